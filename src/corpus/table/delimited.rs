//! CSV and its kin: comma, semicolon, tab or bar, told by the header or by Excel's line `sep=;`; any charset.

use super::{Mapping, Rows, Shape};
use crate::corpus::decoded;
use crate::corpus::file::LONGEST_LINE;
use anyhow::{Context, Result, anyhow, bail};
use serde_json::Value;
use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::path::Path;
use std::rc::Rc;

/// Longest header looked at for its delimiter.
const HEADER: u64 = 1 << 16;
/// Signs that stand between fields; the first of equals is taken, and a comma where there is none.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Takes each row as a line of JSON, with its number from 1 after the header.
pub(super) fn read(path: &Path, mapping: &Mapping, rows: &mut Rows<'_, '_>) -> Result<()> {
    let (mut reader, charset) = decoded::open(path)?;
    rows.note(charset.map(|name| format!("read as {name}")));
    let mut header = Vec::new();
    let mut next = |header: &mut Vec<u8>| {
        header.clear();
        reader.by_ref().take(HEADER).read_until(b'\n', header).with_context(|| path.display().to_string())
    };
    next(&mut header)?;
    let said = said_delimiter(&header);
    if said.is_some() {
        next(&mut header)?;
    }
    if header.trim_ascii().is_empty() && reader.fill_buf()?.is_empty() {
        bail!("empty: not even a header");
    }
    let delimiter = said.unwrap_or_else(|| delimiter(&header));
    let budget = Rc::new(Cell::new(LONGEST_LINE));
    let bounded = Bounded { input: io::Cursor::new(header).chain(reader), budget: Rc::clone(&budget) };
    let mut table = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(bounded);
    let columns: Vec<String> =
        table.headers().context("the header is not UTF-8")?.iter().map(|name| name.trim().to_string()).collect();
    let shape = Shape::of(columns.clone(), mapping)?;
    rows.note(shape.note(&columns));
    for (number, row) in (1..).zip(table.byte_records()) {
        budget.set(LONGEST_LINE);
        let line = match row {
            Ok(row) if row.iter().all(|field| field.trim_ascii().is_empty()) => continue,
            Ok(row) => fields(&row, &columns).and_then(|cells| shape.line(&cells)),
            Err(error) => bail!("row {number}: {error}"),
        };
        if !rows.take(number, line) {
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

/// Returns the cells of a row, a text for each column.
fn fields(row: &csv::ByteRecord, columns: &[String]) -> Result<Vec<Value>> {
    let place = || row.position().map(|at| format!(" (line {} of the file)", at.line())).unwrap_or_default();
    // Spreadsheets leave separators at the end of a line; only a field with text in it is one too many.
    let more = row.iter().skip(columns.len()).any(|field| !field.trim_ascii().is_empty());
    if more || row.len() < columns.len() {
        let hint = if more { "is a quote missing?" } else { "is the row cut off?" };
        return Err(anyhow!("{} fields where the header has {}; {hint}{}", row.len(), columns.len(), place()));
    }
    let text = |(field, column): (&[u8], &String)| match std::str::from_utf8(field) {
        Ok(text) => Ok(Value::String(text.to_string())),
        Err(_) => Err(anyhow!("column {column:?}: not UTF-8; save the table as UTF-8{}", place())),
    };
    row.iter().zip(columns).map(text).collect()
}

/// Reads the delimiter off Excel's first line `sep=;`.
fn said_delimiter(line: &[u8]) -> Option<u8> {
    match line.trim_ascii_end() {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', sign] => Some(*sign),
        // The blank that was cut off was the sign.
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'='] => Some(b'\t'),
        _ => None,
    }
}

/// Returns the delimiter that stands most often in the header, outside quotes.
fn delimiter(header: &[u8]) -> u8 {
    let mut counts = [0usize; DELIMITERS.len()];
    let mut quoted = false;
    for byte in header {
        quoted ^= *byte == b'"';
        if let Some(at) = DELIMITERS.iter().position(|sign| sign == byte && !quoted) {
            counts[at] += 1;
        }
    }
    let most = counts.iter().max().copied().unwrap_or(0);
    counts.iter().position(|&count| count == most).map_or(b',', |at| DELIMITERS[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_the_sign_most_seen_outside_quotes() {
        for (header, sign) in [
            ("title,body", b','),
            ("title;body;\"a,b,c,d\"", b';'),
            ("title\tbody", b'\t'),
            ("title|body", b'|'),
            ("body", b','),
        ] {
            assert_eq!(delimiter(header.as_bytes()), sign, "{header}");
        }
        assert_eq!(said_delimiter(b"sep=;\r\n"), Some(b';'));
        assert_eq!(said_delimiter(b"sep=\t\n"), Some(b'\t'));
        assert_eq!(said_delimiter(b"separator;body\n"), None);
    }
}
