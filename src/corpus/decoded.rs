//! Text files of others as UTF-8: UTF-16 with and without its mark, windows-1258 and its kin, told by their bytes.
//!
//! Invariant: a file that is UTF-8, or is but for a few bytes, is handed on as it is, so that its bad places are named.

use super::file;
use crate::text::charset;
use anyhow::{Context, Result};
use encoding_rs::{Decoder, UTF_8};
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;

/// Bytes by which the charset is told.
const SAMPLE: u64 = 1 << 20;
/// Bytes in which the decoder can go on.
const ROOM: usize = 64;

/// Opens a text file, compressed or not; returns its charset too where it is not UTF-8.
///
/// # Errors
/// When the file cannot be opened or read.
pub(super) fn open(path: &Path) -> Result<(Box<dyn BufRead + Send>, Option<&'static str>)> {
    decoded(file::open(path)?).with_context(|| path.display().to_string())
}

/// Wraps a reader so that UTF-8 without a byte order mark comes out.
///
/// A reader that breaks off in its first bytes gives those, then its error.
///
/// # Errors
/// When not a byte can be read.
pub(super) fn decoded(
    mut reader: Box<dyn BufRead + Send>,
) -> io::Result<(Box<dyn BufRead + Send>, Option<&'static str>)> {
    let mut sample = Vec::new();
    let broken = match reader.by_ref().take(SAMPLE).read_to_end(&mut sample) {
        Err(error) if sample.is_empty() => return Err(error),
        read => Broken(read.err()),
    };
    let reader = broken.chain(reader);
    let (encoding, mark) = charset::of_sample(&sample);
    let whole = Cursor::new(sample.split_off(mark)).chain(reader);
    if encoding == UTF_8 {
        return Ok((Box::new(BufReader::with_capacity(1 << 16, whole)), None));
    }
    let decoder = encoding.new_decoder_without_bom_handling();
    let decoding =
        Decoding { input: BufReader::with_capacity(1 << 16, whole), decoder, ended: false, spare: Cursor::default() };
    Ok((Box::new(BufReader::with_capacity(1 << 16, decoding)), Some(encoding.name())))
}

/// The error that a reader broke off with, told once.
struct Broken(Option<io::Error>);

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// Decodes as it is read.
struct Decoding<R> {
    input: R,
    decoder: Decoder,
    ended: bool,
    /// Text that found no room yet.
    spare: Cursor<Vec<u8>>,
}

impl<R: BufRead> Decoding<R> {
    /// Decodes into a buffer that holds a character at least.
    fn decode(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while !self.ended {
            let bytes = self.input.fill_buf()?;
            let last = bytes.is_empty();
            let (_, read, written, _) = self.decoder.decode_to_utf8(bytes, out, last);
            self.input.consume(read);
            self.ended = last;
            if written > 0 {
                return Ok(written);
            }
        }
        Ok(0)
    }
}

impl<R: BufRead> Read for Decoding<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.spare.position() == self.spare.get_ref().len() as u64 {
            if out.len() >= ROOM {
                return self.decode(out);
            }
            // Too little room for a character: it waits in the spare.
            let mut room = [0; ROOM];
            let written = self.decode(&mut room)?;
            self.spare = Cursor::new(room[..written].to_vec());
        }
        self.spare.read(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    const TEXT: &str = "Tiêu đề;Nội dung\nNghị quyết số 12;Tỷ lệ hộ nghèo của tỉnh còn 0,34%, giảm một nửa\n";

    fn read(bytes: &[u8]) -> (String, Option<&'static str>) {
        let (mut reader, name) = decoded(Box::new(Cursor::new(bytes.to_vec()))).expect("read");
        let mut text = String::new();
        reader.read_to_string(&mut text).expect("UTF-8");
        (text, name)
    }

    /// Writes a letter as windows-1258 does: the letter without its tone, then the tone.
    fn base_and_tone(letter: char) -> String {
        let is_tone = |c: &char| "\u{300}\u{301}\u{303}\u{309}\u{323}".contains(*c);
        let (tones, base): (Vec<char>, Vec<char>) = letter.nfd().partition(is_tone);
        base.into_iter().nfc().chain(tones).collect()
    }

    #[test]
    fn utf_16_is_read_with_and_without_its_mark() {
        let little: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(read(&little), (TEXT.to_string(), Some("UTF-16LE")));
        assert_eq!(read(&big), (TEXT.to_string(), Some("UTF-16BE")));
        assert_eq!(read(&[&[0xff, 0xfe], &little[..]].concat()), (TEXT.to_string(), Some("UTF-16LE")));
        assert_eq!(read(&[&[0xfe, 0xff], &big[..]].concat()), (TEXT.to_string(), Some("UTF-16BE")));
    }

    #[test]
    fn windows_1258_is_read_as_the_letters_it_means() {
        let apart: String = TEXT.chars().map(base_and_tone).collect();
        let (bytes, _, lost) = encoding_rs::WINDOWS_1258.encode(&apart);
        assert!(!lost);
        let (text, name) = read(&bytes);
        assert_eq!((crate::text::normalize(&text).as_ref(), name), (TEXT, Some("windows-1258")));
    }

    #[test]
    fn utf_8_stays_as_it_is_without_its_mark_and_with_its_bad_bytes() {
        assert_eq!(read(TEXT.as_bytes()), (TEXT.to_string(), None));
        assert_eq!(read(&["\u{feff}", TEXT].concat().into_bytes()), (TEXT.to_string(), None));
        let broken = [TEXT.as_bytes(), b"\xff"].concat();
        let (mut reader, name) = decoded(Box::new(Cursor::new(broken.clone()))).expect("read");
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes).expect("read");
        assert_eq!((bytes, name), (broken, None));
    }
}
