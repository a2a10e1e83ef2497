//! Reads WARC files of any writer: plain, one gzip member a record, or gzip as one stream.
//!
//! A damaged record is one error with its offset, and reading goes on at the next record that can be read.

use super::source::Counted;
use super::{Kind, Record, exchange};
use crate::article::{DateCandidate, Page};
use anyhow::{Context, Result, anyhow, bail};
use flate2::bufread::GzDecoder;
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// Records with larger blocks are named as an error and passed over.
const BLOCK_LIMIT: u64 = 64 << 20;
/// Most bytes the named fields of a record may take.
const FIELDS_LIMIT: u64 = 1 << 20;
/// Most announcements that wait for their response.
const ANNOUNCED_LIMIT: usize = 1024;

/// Opens a WARC file and returns its records in order.
///
/// # Errors
/// When the file cannot be opened; damage inside is an error item of the iterator.
pub fn read(path: &Path) -> Result<Reader> {
    read_to(path, u64::MAX)
}

/// Does the same for the first bytes of a file, to which a crawl may be appending.
///
/// # Errors
/// When the file cannot be opened; damage inside is an error item of the iterator.
pub fn read_to(path: &Path, length: u64) -> Result<Reader> {
    Ok(Reader {
        path: path.display().to_string(),
        input: Input::Between(Counted::open(path, length)?),
        gzip: false,
        announced: HashMap::new(),
    })
}

/// Iterates over the records of one file.
pub struct Reader {
    path: String,
    input: Input,
    gzip: bool,
    announced: HashMap<String, Vec<DateCandidate>>,
}

/// Says where in the file the reader stands.
enum Input {
    /// Before a record or a gzip member.
    Between(Counted),
    /// Inside a gzip member that began at this offset and gave this many records.
    Member(Box<BufReader<GzDecoder<Counted>>>, u64, usize),
    /// At the end, or where nothing more can be read.
    Ended,
}

/// A record that is whole but too large to hold.
struct TooLarge(u64);

impl Iterator for Reader {
    type Item = Result<Record>;

    fn next(&mut self) -> Option<Result<Record>> {
        loop {
            match std::mem::replace(&mut self.input, Input::Ended) {
                Input::Ended => return None,
                Input::Between(counted) => match self.between(counted) {
                    Ok(None) => {}
                    Ok(Some(item)) => return Some(self.finish(item)),
                    Err(error) => return Some(Err(error)),
                },
                Input::Member(decoder, start, records) => match self.member(decoder, start, records) {
                    Ok(None) => {}
                    Ok(Some(item)) => return Some(self.finish(item)),
                    Err(error) => return Some(Err(error)),
                },
            }
        }
    }
}

impl Reader {
    /// Steps from between two records: opens a gzip member, or reads a plain record.
    fn between(&mut self, mut counted: Counted) -> Result<Option<Record>> {
        let start = loop {
            let block = counted.fill_buf().with_context(|| self.path.clone())?;
            match block.first() {
                None => return Ok(None),
                // Blank lines end a plain record.
                Some(b'\r' | b'\n') => counted.consume(1),
                Some(0x1f) => {
                    self.gzip = true;
                    let start = counted.at;
                    self.input =
                        Input::Member(Box::new(BufReader::with_capacity(1 << 15, GzDecoder::new(counted))), start, 0);
                    return Ok(None);
                }
                Some(_) => break counted.at,
            }
        };
        match record(&mut counted) {
            Ok(found) => {
                let length = counted.at - start;
                self.input = Input::Between(counted);
                self.placed(found, start, length).map(Some)
            }
            Err(error) => Err(self.damaged(counted, start, error)),
        }
    }

    /// Steps inside a gzip member: reads its next record, or leaves it.
    fn member(
        &mut self,
        mut decoder: Box<BufReader<GzDecoder<Counted>>>,
        start: u64,
        records: usize,
    ) -> Result<Option<Record>> {
        // A record counts only when what follows it can be read too: the check sum stands at the member's end.
        let step = record(&mut *decoder).and_then(|found| Ok((found, more(&mut *decoder)?)));
        match step {
            Ok((found, more)) => {
                let mut length = 0;
                if more {
                    self.input = Input::Member(decoder, start, records + 1);
                } else {
                    let counted = decoder.into_inner().into_inner();
                    length = if records == 0 { counted.at - start } else { 0 };
                    self.input = Input::Between(counted);
                }
                self.placed(found, start, length).map(Some)
            }
            Err(error) => Err(self.damaged(decoder.into_inner().into_inner(), start, error)),
        }
    }

    /// Goes to the next readable record after damage, and says what was damaged.
    fn damaged(&mut self, mut counted: Counted, start: u64, error: anyhow::Error) -> anyhow::Error {
        match counted.find_record(start + 1, self.gzip) {
            Ok(true) => {
                let at = counted.at;
                self.input = Input::Between(counted);
                error.context(format!("{}: damaged at offset {start}; reading goes on at offset {at}", self.path))
            }
            Ok(false) => error.context(format!(
                "{}: cut off or damaged at offset {start}, and nothing after it can be read",
                self.path
            )),
            Err(seek) => error.context(seek).context(format!("{}: offset {start}", self.path)),
        }
    }

    fn placed(&self, found: Result<Record, TooLarge>, offset: u64, length: u64) -> Result<Record> {
        match found {
            Ok(record) => Ok(Record { path: self.path.clone(), offset, length, ..record }),
            Err(TooLarge(bytes)) => Err(anyhow!(
                "{}: the record at offset {offset} has {bytes} bytes, more than {BLOCK_LIMIT}; passed over",
                self.path
            )),
        }
    }

    /// Ties announcements to the response they are about.
    fn finish(&mut self, mut record: Record) -> Result<Record> {
        match record.kind {
            Kind::Metadata => {
                let announced = exchange::announced(&record.block);
                if let (false, Some(of)) = (announced.is_empty(), record.field("WARC-Concurrent-To")) {
                    if self.announced.len() >= ANNOUNCED_LIMIT {
                        self.announced.clear();
                    }
                    self.announced.insert(of.to_string(), announced);
                }
            }
            Kind::Response | Kind::Revisit => {
                if let Some(announced) = record.id().and_then(|id| self.announced.remove(id)) {
                    record.announced = announced;
                }
            }
            _ => {}
        }
        Ok(record)
    }
}

/// Reads the fields and the block of one record.
fn record(input: &mut impl BufRead) -> Result<Result<Record, TooLarge>> {
    let mut left = FIELDS_LIMIT;
    let mut line = || -> Result<String> {
        let mut bytes = Vec::new();
        let read = input.by_ref().take(left).read_until(b'\n', &mut bytes)?;
        left -= read as u64;
        if !bytes.ends_with(b"\n") {
            bail!(
                "{}",
                if left == 0 {
                    "the fields of the record are too long"
                } else {
                    "the file ends inside the fields of a record"
                }
            );
        }
        Ok(String::from_utf8_lossy(&bytes).trim_end().to_string())
    };
    let version = line()?;
    if !version.starts_with("WARC/") {
        bail!("no record begins here");
    }
    let mut fields: Vec<(String, String)> = Vec::new();
    loop {
        let line = line()?;
        if line.is_empty() {
            break;
        }
        match (line.split_once(':'), fields.last_mut()) {
            // A line that begins with a blank goes on with the one before.
            (_, Some((_, value))) if line.starts_with([' ', '\t']) => {
                value.push(' ');
                value.push_str(line.trim());
            }
            (Some((name, value)), _) => fields.push((name.trim().to_string(), value.trim().to_string())),
            (None, _) => bail!("{line:?} is no field of a record"),
        }
    }
    let field =
        |name: &str| fields.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str());
    let length: u64 =
        field("Content-Length").and_then(|text| text.parse().ok()).context("the record has no Content-Length")?;
    let kind = Kind::named(field("WARC-Type").context("the record has no WARC-Type")?);
    if length > BLOCK_LIMIT {
        let passed = std::io::copy(&mut input.by_ref().take(length), &mut std::io::sink())?;
        if passed < length {
            bail!("the file ends inside a record");
        }
        return Ok(Err(TooLarge(length)));
    }
    let mut block = Vec::with_capacity(length as usize);
    if input.by_ref().take(length).read_to_end(&mut block)? < length as usize {
        bail!("the file ends inside a record");
    }
    Ok(Ok(Record { kind, path: String::new(), offset: 0, length: 0, fields, block, announced: Vec::new() }))
}

/// Passes over the blank lines after a record and says whether another follows.
fn more(input: &mut impl BufRead) -> Result<bool> {
    loop {
        match input.fill_buf()?.first() {
            None => return Ok(false),
            Some(b'\r' | b'\n') => input.consume(1),
            Some(_) => return Ok(true),
        }
    }
}

/// Reads the pages of a WARC file, in order; a broken record is an error that names its offset.
///
/// # Errors
/// When the file cannot be opened.
pub fn pages(path: &Path) -> Result<Box<dyn Iterator<Item = Result<Page>>>> {
    Ok(Box::new(read(path)?.filter_map(|record| record.and_then(|record| record.page()).transpose())))
}
