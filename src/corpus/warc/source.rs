//! The bytes of a WARC file: plain or gzip members, with the offset of each, and the way back after damage.

use anyhow::{Context, Result};
use flate2::bufread::GzDecoder;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

/// Reads a file and knows where it is.
pub struct Counted {
    file: BufReader<File>,
    /// Offset of the next byte.
    pub at: u64,
    /// Bytes of the file that are read; what stands after is as if it were not there.
    end: u64,
}

impl Counted {
    /// Opens a file at its beginning, to be read up to an offset.
    pub fn open(path: &Path, end: u64) -> Result<Counted> {
        let file = File::open(path).with_context(|| path.display().to_string())?;
        Ok(Counted { file: BufReader::with_capacity(1 << 16, file), at: 0, end })
    }

    /// Goes to an offset.
    pub fn seek(&mut self, at: u64) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(at))?;
        self.at = at;
        Ok(())
    }

    /// Goes to the next record at or after an offset; false when there is none.
    ///
    /// A record begins a gzip member whose content begins `WARC/`, or, in a plain file, a line `WARC/`.
    pub fn find_record(&mut self, from: u64, gzip: bool) -> io::Result<bool> {
        let magic: &[u8] = if gzip { &[0x1f, 0x8b, 0x08] } else { b"\nWARC/1." };
        let mut from = from;
        loop {
            self.seek(from)?;
            let Some(found) = self.find(magic)? else { return Ok(false) };
            if gzip {
                self.seek(found)?;
                let mut start = [0; 5];
                if GzDecoder::new(&mut *self).read_exact(&mut start).is_ok() && &start == b"WARC/" {
                    self.seek(found)?;
                    return Ok(true);
                }
                from = found + 1;
            } else {
                self.seek(found + 1)?;
                return Ok(true);
            }
        }
    }

    /// Returns the offset of the next occurrence of a short pattern.
    fn find(&mut self, pattern: &[u8]) -> io::Result<Option<u64>> {
        let mut window: Vec<u8> = Vec::new();
        let mut start = self.at;
        loop {
            let block = self.fill_buf()?;
            if block.is_empty() {
                return Ok(None);
            }
            let read = block.len();
            window.extend_from_slice(block);
            self.consume(read);
            if let Some(found) = memchr::memmem::find(&window, pattern) {
                return Ok(Some(start + found as u64));
            }
            let keep = window.len().min(pattern.len() - 1);
            start += (window.len() - keep) as u64;
            window.drain(..window.len() - keep);
        }
    }
}

impl Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.end.saturating_sub(self.at)).unwrap_or(usize::MAX).min(into.len());
        let read = self.file.read(&mut into[..left])?;
        self.at += read as u64;
        Ok(read)
    }
}

impl BufRead for Counted {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let left = usize::try_from(self.end.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let block = self.file.fill_buf()?;
        Ok(&block[..block.len().min(left)])
    }

    fn consume(&mut self, amount: usize) {
        self.file.consume(amount);
        self.at += amount as u64;
    }
}
