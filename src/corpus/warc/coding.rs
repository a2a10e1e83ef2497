//! Content codings undone with a limit: a few kilobytes on the wire may be gigabytes behind them.

use std::fmt;
use std::io::{self, Read};

/// Most bytes of a page after all codings are undone.
pub const LIMIT: u64 = 20 << 20;

/// Says why a body cannot be decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Error {
    /// More bytes than the limit come out.
    TooLarge,
    /// The bytes are not what the coding says.
    Broken,
    /// No coding of this name is known.
    Unknown,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Error::TooLarge => "the body is too large when its content coding is undone",
            Error::Broken => "the body is not in the content coding its header names",
            Error::Unknown => "the content coding is not known",
        })
    }
}

impl std::error::Error for Error {}

/// Undoes the codings of a `Content-Encoding` header, last first; at most `limit` bytes at each step.
///
/// A body that names a coding but is plain text is returned as it is: servers do that.
///
/// # Errors
/// When a coding is unknown, the bytes are broken or too many.
pub fn decode(bytes: &[u8], codings: &str, limit: u64) -> Result<Vec<u8>, Error> {
    let mut decoded: Option<Vec<u8>> = None;
    for coding in codings.rsplit(',').map(|coding| coding.trim().to_ascii_lowercase()) {
        let input = decoded.as_deref().unwrap_or(bytes);
        if coding.is_empty() || coding == "identity" || coding == "utf-8" || looks_plain(input) {
            continue;
        }
        decoded = Some(undo(input, &coding, limit)?);
    }
    match decoded {
        Some(bytes) => Ok(bytes),
        None if bytes.len() as u64 > limit => Err(Error::TooLarge),
        None => Ok(bytes.to_vec()),
    }
}

fn undo(input: &[u8], coding: &str, limit: u64) -> Result<Vec<u8>, Error> {
    match coding {
        "gzip" | "x-gzip" => capped(flate2::read::MultiGzDecoder::new(input), limit),
        // Both forms are in use: with the zlib header, as the standard says, and without.
        "deflate" => match capped(flate2::read::ZlibDecoder::new(input), limit) {
            Err(Error::Broken) => capped(flate2::read::DeflateDecoder::new(input), limit),
            other => other,
        },
        "br" => capped(brotli_decompressor::Decompressor::new(input, 1 << 14), limit),
        "zstd" => {
            let mut decoder = zstd::Decoder::new(input).map_err(|_| Error::Broken)?;
            // A window of more than 8 MiB is not allowed in HTTP (RFC 9659).
            decoder.window_log_max(23).map_err(|_| Error::Broken)?;
            capped(decoder, limit)
        }
        _ => Err(Error::Unknown),
    }
}

fn capped(reader: impl Read, limit: u64) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    match reader.take(limit + 1).read_to_end(&mut bytes) {
        Ok(_) if bytes.len() as u64 > limit => Err(Error::TooLarge),
        Ok(_) => Ok(bytes),
        Err(error) if error.kind() == io::ErrorKind::OutOfMemory => Err(Error::TooLarge),
        Err(_) => Err(Error::Broken),
    }
}

/// Says whether a body begins like text of a page, which no coding's bytes do.
fn looks_plain(bytes: &[u8]) -> bool {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    start.is_empty()
        || [&b"<!"[..], b"<html", b"<HTML", b"<?xml", b"<head", b"<rss"].iter().any(|mark| start.starts_with(mark))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        out.write_all(bytes).expect("written");
        out.finish().expect("finished")
    }

    #[test]
    fn each_coding_is_undone() {
        let text = "Báo tỉnh ".repeat(50).into_bytes();
        let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        zlib.write_all(&text).expect("written");
        let mut raw = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
        raw.write_all(&text).expect("written");
        let zstd = zstd::encode_all(&text[..], 3).expect("encoded");
        let both = zstd::encode_all(&gzip(&text)[..], 3).expect("encoded");
        for (coding, bytes) in [
            ("gzip", gzip(&text)),
            ("deflate", zlib.finish().expect("finished")),
            ("deflate", raw.finish().expect("finished")),
            ("zstd", zstd),
            ("gzip, zstd", both),
            ("", text.clone()),
        ] {
            assert_eq!(decode(&bytes, coding, LIMIT), Ok(text.clone()), "{coding}");
        }
    }

    #[test]
    fn a_bomb_stops_at_the_limit() {
        let bomb = gzip(&vec![b' '; 1 << 20]);
        assert!(bomb.len() < 4096);
        assert_eq!(decode(&bomb, "gzip", 1 << 16), Err(Error::TooLarge));
        assert_eq!(decode(&gzip(&bomb), "gzip, gzip", 1 << 16), Err(Error::TooLarge));
    }

    #[test]
    fn a_plain_body_that_claims_a_coding_is_kept() {
        assert_eq!(decode(b"<!DOCTYPE html>", "br", LIMIT), Ok(b"<!DOCTYPE html>".to_vec()));
    }

    #[test]
    fn broken_bytes_are_told_from_unknown_codings() {
        assert_eq!(decode(b"\x1f\x8b\x08 not so", "gzip", LIMIT), Err(Error::Broken));
        assert_eq!(decode(b"abc", "compress", LIMIT), Err(Error::Unknown));
    }
}
