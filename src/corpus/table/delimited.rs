//! CSV and its kin: comma, semicolon or tab, told by the header; UTF-8 with or without a byte order mark.

use super::{Mapping, Shape};
use crate::corpus::file::{self, LONGEST_LINE};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::path::Path;
use std::rc::Rc;

/// Longest header looked at for its delimiter.
const HEADER: u64 = 1 << 16;

/// Hands each row as a line of JSON to `each`, with its number from 1 after the header.
pub(super) fn read(path: &Path, mapping: &Mapping, each: &mut dyn FnMut(u64, Result<Vec<u8>>) -> bool) -> Result<()> {
    let mut reader = file::open(path)?;
    let mut header = Vec::new();
    reader.by_ref().take(HEADER).read_until(b'\n', &mut header).with_context(|| path.display().to_string())?;
    let header = header.strip_prefix("\u{feff}".as_bytes()).map(<[u8]>::to_vec).unwrap_or(header);
    let delimiter = delimiter(&header);
    let budget = Rc::new(Cell::new(0));
    let bounded = Bounded { input: std::io::Cursor::new(header).chain(reader), budget: Rc::clone(&budget) };
    budget.set(LONGEST_LINE);
    let mut rows = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(bounded);
    let columns: Vec<String> =
        rows.headers().context("the header is not UTF-8")?.iter().map(|name| name.trim().to_string()).collect();
    let shape = Shape::of(columns.clone(), mapping)?;
    for (number, row) in (1..).zip(rows.byte_records()) {
        budget.set(LONGEST_LINE);
        let line = match row {
            Ok(row) if row.len() != columns.len() => {
                Err(anyhow::anyhow!("{} fields where the header has {}; is a quote missing?", row.len(), columns.len()))
            }
            Ok(row) => cells(&row).and_then(|cells| shape.line(&cells)),
            Err(error) => bail!("row {number}: {error}"),
        };
        if !each(number, line) {
            break;
        }
    }
    Ok(())
}

/// Ends the reading with an error when a row takes more than [`LONGEST_LINE`] bytes, as after a quote that is never closed.
struct Bounded<R> {
    input: R,
    /// Bytes that may still be read for the row under way.
    budget: Rc<Cell<usize>>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        if self.budget.get() == 0 {
            let most = LONGEST_LINE >> 20;
            return Err(io::Error::other(format!("longer than {most} MB; is a quote never closed?")));
        }
        let read = self.input.read(bytes)?;
        self.budget.set(self.budget.get().saturating_sub(read));
        Ok(read)
    }
}

fn cells(row: &csv::ByteRecord) -> Result<Vec<Value>> {
    let text = |field: &[u8]| {
        Ok(Value::String(std::str::from_utf8(field).context("not UTF-8; save the table as UTF-8")?.to_string()))
    };
    row.iter().map(text).collect()
}

/// Returns the delimiter that stands most often in the header.
fn delimiter(header: &[u8]) -> u8 {
    let count = |sign: u8| header.iter().filter(|&&byte| byte == sign).count();
    // The last of equals wins: a comma where there is none of them.
    [b'\t', b';', b','].into_iter().max_by_key(|&sign| count(sign)).unwrap_or(b',')
}
