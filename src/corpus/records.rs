//! Record shards: one record a line of JSON, read as a stream.

use super::file::{self, Line};
use crate::article::{Record, SCHEMA_VERSION};
use anyhow::{Context, Result, anyhow, bail};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

/// The field that every version of a record has.
#[derive(serde::Deserialize)]
struct Version {
    schema_version: u32,
}

/// Reads the records of one file, line by line; a bad line is an error that names it, and reading goes on after it.
pub struct Reader {
    path: PathBuf,
    lines: Box<dyn BufRead + Send>,
    line: u64,
    buffer: Vec<u8>,
    ended: bool,
}

impl Reader {
    /// Opens a record file, compressed or not; `-` is standard input.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn open(path: &Path) -> Result<Reader> {
        let lines =
            if path == Path::new("-") { file::decompressed(BufReader::new(io::stdin()))? } else { file::open(path)? };
        Ok(Reader { path: path.to_path_buf(), lines, line: 0, buffer: Vec::new(), ended: false })
    }

    fn parse(&self) -> Result<Record> {
        let place = || format!("{}:{}", self.path.display(), self.line);
        let other_version = |version: u32| {
            format!(
                "{}: schema version {version} where this program reads {SCHEMA_VERSION}; run `baotinh extract` again",
                place()
            )
        };
        match serde_json::from_slice::<Record>(&self.buffer) {
            Ok(record) if record.schema_version != SCHEMA_VERSION => bail!(other_version(record.schema_version)),
            Ok(record) => Ok(record),
            Err(error) => match serde_json::from_slice::<Version>(&self.buffer) {
                Ok(Version { schema_version }) if schema_version != SCHEMA_VERSION => {
                    bail!(other_version(schema_version))
                }
                _ => Err(error).with_context(|| format!("{}: not a record; make it with `baotinh extract`", place())),
            },
        }
    }
}

impl Iterator for Reader {
    type Item = Result<Record>;

    fn next(&mut self) -> Option<Result<Record>> {
        while !self.ended {
            self.line += 1;
            let place = || format!("{}:{}", self.path.display(), self.line);
            match file::next_line(&mut self.lines, &mut self.buffer) {
                Ok(Line::End) => self.ended = true,
                Ok(Line::TooLong(length)) => return Some(Err(anyhow!("{}: {}", place(), Line::refusal(length)))),
                Ok(Line::Whole) if self.buffer.trim_ascii().is_empty() => {}
                Ok(Line::Whole) => return Some(self.parse()),
                Err(error) => {
                    let broken = format!("{}: broken off; make the file again", place());
                    self.ended = true;
                    return Some(Err(error).context(broken));
                }
            }
        }
        None
    }
}
