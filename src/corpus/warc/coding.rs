//! Content codings undone with limits: a few kilobytes on the wire may be gigabytes behind them.
//!
//! Invariant: at most [`LAYERS`] codings are undone, and never more than twice the limit comes out of all of them.

use std::fmt;
use std::io::{self, Read};

/// Most bytes of a page after all codings are undone.
pub const LIMIT: u64 = 20 << 20;
/// Most codings one upon the other; servers use one, proxies two.
pub const LAYERS: usize = 4;
/// Bytes by which text is told from what a coding makes.
const SAMPLE: usize = 512;
/// Bytes from which on text cannot be a short Brotli or deflate stream by chance.
const TELLING: usize = 16;
/// What ends a whole page, feed or sitemap, in lower case.
const ENDINGS: &[&[u8]] = &[b"</html>", b"</urlset>", b"</sitemapindex>", b"</rss>", b"</feed>", b"</rdf:rdf>"];

/// Says why a body cannot be decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Error {
    /// More bytes than the limit come out.
    TooLarge,
    /// More codings than [`LAYERS`].
    TooDeep,
    /// The bytes are not what the coding says.
    Broken,
    /// No coding of this name is known.
    Unknown,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Error::TooLarge => "the body is too large when its content coding is undone",
            Error::TooDeep => "the body has more than four content codings",
            Error::Broken => "the body is not in the content coding its header names",
            Error::Unknown => "the content coding is not known",
        })
    }
}

impl std::error::Error for Error {}

/// Undoes the codings of a `Content-Encoding` header, last first; at most `limit` bytes at each step.
///
/// A body that names a coding and is text all the same is returned as it is: servers do that, and browsers show it.
///
/// # Errors
/// When a coding is unknown, the codings are too many, or the bytes are broken or too many.
pub fn decode(bytes: &[u8], codings: &str, limit: u64) -> Result<Vec<u8>, Error> {
    let names = codings.rsplit(',').map(|coding| coding.trim().to_ascii_lowercase());
    let names = names.filter(|coding| !matches!(coding.as_str(), "" | "identity" | "utf-8"));
    let names: Vec<String> = names.take(LAYERS + 1).collect();
    let (mut decoded, mut left): (Option<Vec<u8>>, u64) = (None, limit.saturating_mul(2));
    for coding in &names {
        let input = decoded.as_deref().unwrap_or(bytes);
        let is_text = is_text(input);
        if is_text && (input.len() >= TELLING || names.len() > LAYERS) {
            break;
        }
        if names.len() > LAYERS {
            return Err(Error::TooDeep);
        }
        match undo(input, coding, limit.min(left)) {
            Ok(output) => {
                left = left.saturating_sub(output.len() as u64);
                decoded = Some(output);
            }
            Err(Error::Broken | Error::Unknown) if is_text => break,
            Err(error) => return Err(error),
        }
    }
    match decoded {
        Some(bytes) => Ok(bytes),
        None if bytes.len() as u64 > limit => Err(Error::TooLarge),
        None => Ok(bytes.to_vec()),
    }
}

/// Takes gzip off a file as far as it can be read; answers whether all of it could.
///
/// # Errors
/// When nothing can be read, or more than `limit` bytes come out.
pub fn gunzip(bytes: &[u8], limit: u64) -> Result<(Vec<u8>, bool), Error> {
    match capped(flate2::read::MultiGzDecoder::new(bytes), limit) {
        Ok(whole) => Ok((whole, true)),
        Err((Error::Broken, part)) if !part.is_empty() => Ok((part, false)),
        Err((error, _)) => Err(error),
    }
}

/// Says whether a decoded body ends as a whole page, feed or sitemap does; remarks and scripts may follow.
pub fn is_complete(body: &[u8]) -> bool {
    let tail = body[body.len().saturating_sub(SAMPLE)..].to_ascii_lowercase();
    ENDINGS.iter().any(|ending| memchr::memmem::rfind(&tail, ending).is_some())
}

fn undo(input: &[u8], coding: &str, limit: u64) -> Result<Vec<u8>, Error> {
    // What is damaged after the end of the page shows the page: a wrong checksum, bytes too many.
    let whole = |read: Result<Vec<u8>, (Error, Vec<u8>)>| match read {
        Err((Error::Broken, part)) if is_complete(&part) => Ok(part),
        other => other.map_err(|(error, _)| error),
    };
    match coding {
        "gzip" | "x-gzip" => whole(capped(flate2::read::MultiGzDecoder::new(input), limit)),
        // Both forms are in use: with the zlib header, as the standard says, and without.
        "deflate" => match whole(capped(flate2::read::ZlibDecoder::new(input), limit)) {
            Err(Error::Broken) => whole(capped(flate2::read::DeflateDecoder::new(input), limit)),
            other => other,
        },
        "br" => whole(capped(brotli_decompressor::Decompressor::new(input, 1 << 14), limit)),
        "zstd" => {
            let mut decoder = zstd::Decoder::new(input).map_err(|_| Error::Broken)?;
            // A window of more than 8 MiB is not allowed in HTTP (RFC 9659).
            decoder.window_log_max(23).map_err(|_| Error::Broken)?;
            whole(capped(decoder, limit))
        }
        _ => Err(Error::Unknown),
    }
}

/// Reads at most `limit` bytes; an error comes with what was read before it.
fn capped(reader: impl Read, limit: u64) -> Result<Vec<u8>, (Error, Vec<u8>)> {
    let mut bytes = Vec::new();
    match reader.take(limit + 1).read_to_end(&mut bytes) {
        Ok(_) if bytes.len() as u64 > limit => Err((Error::TooLarge, Vec::new())),
        Ok(_) => Ok(bytes),
        Err(error) if error.kind() == io::ErrorKind::OutOfMemory => Err((Error::TooLarge, Vec::new())),
        Err(_) => Err((Error::Broken, bytes)),
    }
}

/// Says whether a body is text already, which no coding's bytes are: no control characters, and UTF-8 or long enough.
fn is_text(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    if sample.starts_with(&[0xff, 0xfe]) || sample.starts_with(&[0xfe, 0xff]) {
        return true;
    }
    let is_control = |&byte: &u8| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r' | 0xc) || byte == 0x7f;
    if sample.iter().any(is_control) {
        return false;
    }
    match std::str::from_utf8(sample) {
        Ok(_) => true,
        // A character cut by the end of the sample; or a charset of old, which only a long sample shows.
        Err(error) => error.error_len().is_none() || (sample.len() >= SAMPLE / 2 && !is_magic(sample)),
    }
}

fn is_magic(bytes: &[u8]) -> bool {
    [&[0x1f, 0x8b][..], &[0x28, 0xb5, 0x2f, 0xfd]].iter().any(|magic| bytes.starts_with(magic))
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
        let text = "<p>Nghi\u{323} quyê\u{301}t cu\u{309}a ti\u{309}nh ".repeat(20);
        let old = encoding_rs::WINDOWS_1258.encode(&text).0;
        for body in [
            b"<!DOCTYPE html>".as_slice(),
            b"User-agent: *\nDisallow: /tim-kiem\n",
            "\n<urlset><!-- tỉnh -->".as_bytes(),
            b"{\"tin\": []}",
            b"\xff\xfe<\0p\0>\0",
            &old,
        ] {
            for coding in ["gzip", "br", "deflate", "zstd", "none", "text/html", "gzip, gzip, gzip, gzip, gzip, gzip"] {
                assert_eq!(decode(body, coding, LIMIT), Ok(body.to_vec()), "{coding}");
            }
        }
    }

    #[test]
    fn layers_and_the_work_of_all_are_bounded() {
        let mut bytes = "Báo tỉnh ".repeat(50).into_bytes();
        for _ in 0..LAYERS {
            bytes = gzip(&bytes);
        }
        assert!(decode(&bytes, &["gzip"; LAYERS].join(","), LIMIT).is_ok());
        assert_eq!(decode(&gzip(&bytes), &["gzip"; LAYERS + 1].join(","), LIMIT), Err(Error::TooDeep));
        assert_eq!(decode(&bytes, &"br,".repeat(100_000), LIMIT), Err(Error::TooDeep));
        // Each layer stays below the limit, all of them together do not.
        let mut random = 0x2545_f491_4f6c_dd1d_u64;
        let noise: Vec<u8> = (0..60_000)
            .map(|_| {
                random ^= random << 13;
                random ^= random >> 7;
                random ^= random << 17;
                random as u8
            })
            .collect();
        let many = gzip(&gzip(&gzip(&noise)));
        assert!(decode(&many, "gzip, gzip, gzip", 1 << 16) == Err(Error::TooLarge));
    }

    #[test]
    fn a_page_that_is_damaged_after_its_end_is_kept() {
        let page = format!("<html><p>{}</html>", "Báo tỉnh ".repeat(50));
        let whole = gzip(page.as_bytes());
        let mut wrong_sum = whole.clone();
        let at = wrong_sum.len() - 6;
        wrong_sum[at] ^= 0xff;
        let more = [&whole[..], b"<!-- cache -->"].concat();
        for bytes in [&whole[..whole.len() - 4], &wrong_sum, &more] {
            assert_eq!(decode(bytes, "gzip", LIMIT).as_deref(), Ok(page.as_bytes()));
        }
        assert_eq!(decode(&whole[..whole.len() / 2], "gzip", LIMIT), Err(Error::Broken));
    }

    #[test]
    fn broken_bytes_are_told_from_unknown_codings() {
        assert_eq!(decode(b"\x1f\x8b\x08 not so", "gzip", LIMIT), Err(Error::Broken));
        assert_eq!(decode(b"\x1f\x9d\x90abc", "compress", LIMIT), Err(Error::Unknown));
    }
}
