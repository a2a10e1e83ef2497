//! WARC 1.1 (ISO 28500): one gzip member a record, appended and read as a stream.
//!
//! [`read`] goes over a file record by record and survives damage; [`Writer`] appends; [`exchange`] says which records a
//! fetched page makes. Invariant: what [`Writer`] wrote and [`Writer::sync`] returned from is read back byte for byte.

pub mod coding;
pub mod exchange;
mod http;
mod reader;
mod source;
mod writer;

pub use http::{Message, is_html};
pub use reader::{Reader, pages, read, read_to};
pub use writer::{Place, Writer};

use crate::article::{DateCandidate, Origin, Page};
use anyhow::{Context, Result};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

/// Names what a record holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// What made the file.
    Warcinfo,
    /// What was asked.
    Request,
    /// What was answered: an HTTP message.
    Response,
    /// A file without the HTTP around it.
    Resource,
    /// A page that had not changed since an earlier record.
    Revisit,
    /// What is known about another record.
    Metadata,
    /// Any other kind.
    Other,
}

impl Kind {
    const NAMES: [(Kind, &'static str); 6] = [
        (Kind::Warcinfo, "warcinfo"),
        (Kind::Request, "request"),
        (Kind::Response, "response"),
        (Kind::Resource, "resource"),
        (Kind::Revisit, "revisit"),
        (Kind::Metadata, "metadata"),
    ];

    /// Returns the value of `WARC-Type`.
    pub fn name(self) -> &'static str {
        Kind::NAMES.iter().find(|(kind, _)| *kind == self).map_or("other", |&(_, name)| name)
    }

    fn named(name: &str) -> Kind {
        Kind::NAMES.iter().find(|(_, other)| other.eq_ignore_ascii_case(name)).map_or(Kind::Other, |&(kind, _)| kind)
    }
}

/// Holds one record as read.
#[derive(Debug, Clone)]
pub struct Record {
    /// What it holds.
    pub kind: Kind,
    /// File it was read from, as given to [`read`].
    pub path: String,
    /// Byte offset in the (compressed) file where the record, or the gzip member that holds it, begins.
    pub offset: u64,
    /// Bytes of the record in the (compressed) file; 0 when it shares a gzip member with others.
    pub length: u64,
    /// Named fields in their order, names as written.
    pub fields: Vec<(String, String)>,
    /// Content block.
    pub block: Vec<u8>,
    /// Publication dates that a metadata record before this one claims for it.
    pub announced: Vec<DateCandidate>,
}

impl Record {
    /// Returns the first field of a name, in any case.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Returns `WARC-Record-ID` as written, in its angle brackets.
    pub fn id(&self) -> Option<&str> {
        self.field("WARC-Record-ID")
    }

    /// Returns the address the record is about; the angle brackets of old writers are taken off.
    pub fn target(&self) -> Option<&str> {
        self.field("WARC-Target-URI").map(|uri| uri.trim_start_matches('<').trim_end_matches('>'))
    }

    /// Returns when the record was made.
    pub fn date(&self) -> Option<Timestamp> {
        self.field("WARC-Date")?.parse().ok()
    }

    /// Returns the HTTP message of a response or request; `None` for other records.
    pub fn message(&self) -> Option<Message<'_>> {
        let http = self
            .field("Content-Type")
            .is_none_or(|kind| kind.trim_start().to_ascii_lowercase().starts_with("application/http"));
        (matches!(self.kind, Kind::Response | Kind::Request | Kind::Revisit) && http)
            .then(|| Message::parse(&self.block))
            .flatten()
    }

    /// Returns the page of a record: an HTML document answered with status 200. Any other record holds none.
    ///
    /// # Errors
    /// When the page is there but its encodings cannot be undone within [`coding::LIMIT`].
    pub fn page(&self) -> Result<Option<Page>> {
        let named = || format!("{}: record at offset {}", self.path, self.offset);
        let (content_type, bytes) = match (self.kind, self.message()) {
            (Kind::Response, Some(message)) if message.status() == Some(200) => {
                let content_type = message.header("content-type").map(str::to_string);
                if !is_html(content_type.as_deref(), message.body) {
                    return Ok(None);
                }
                (content_type, message.decoded(coding::LIMIT).with_context(named)?)
            }
            (Kind::Resource, _) if is_html(self.field("Content-Type"), &self.block) => {
                (self.field("Content-Type").map(str::to_string), self.block.clone())
            }
            _ => return Ok(None),
        };
        Ok(Some(Page {
            url: self.target().map(str::to_string),
            fetched: self.date(),
            content_type,
            bytes,
            announced: self.announced.clone(),
            origin: Origin { path: self.path.clone(), offset: Some(self.offset), line: None },
        }))
    }
}

/// Returns the digest of bytes as WARC writes it: `sha256:` and base 32.
pub fn digest(bytes: &[u8]) -> String {
    format!("sha256:{}", base32(&Sha256::digest(bytes)))
}

/// Writes bytes in base 32 (RFC 4648).
fn base32(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut text = String::with_capacity(bytes.len().div_ceil(5) * 8);
    for group in bytes.chunks(5) {
        let bits = group.iter().enumerate().fold(0u64, |bits, (i, byte)| bits | u64::from(*byte) << (32 - 8 * i));
        let digits = (group.len() * 8).div_ceil(5);
        text.extend(
            (0..8).map(|i| if i < digits { char::from(ALPHABET[(bits >> (35 - 5 * i)) as usize & 31]) } else { '=' }),
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_32_is_that_of_the_standard() {
        for (plain, coded) in [
            ("", ""),
            ("f", "MY======"),
            ("fo", "MZXQ===="),
            ("foo", "MZXW6==="),
            ("foob", "MZXW6YQ="),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI======"),
        ] {
            assert_eq!(base32(plain.as_bytes()), coded);
        }
    }
}
