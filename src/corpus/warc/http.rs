//! HTTP messages as a WARC keeps them: a start line, headers, a body with its transfer and content codings.

use super::coding;
use std::borrow::Cow;

/// Holds an HTTP message in parts, none decoded.
#[derive(Debug, Clone)]
pub struct Message<'a> {
    /// Status or request line.
    pub start: String,
    /// Headers in their order.
    pub headers: Vec<(String, String)>,
    /// Body as stored.
    pub body: &'a [u8],
}

impl<'a> Message<'a> {
    /// Splits a message; `None` when it has no start line.
    pub fn parse(bytes: &'a [u8]) -> Option<Message<'a>> {
        let crlf = memchr::memmem::find(bytes, b"\r\n\r\n").map(|at| (at, at + 4));
        let lf = memchr::memmem::find(bytes, b"\n\n").map(|at| (at, at + 2));
        let (end, body) = crlf.into_iter().chain(lf).min().unwrap_or((bytes.len(), bytes.len()));
        let head = String::from_utf8_lossy(&bytes[..end]);
        let mut lines = head.lines();
        let start = lines.next()?.trim_end().to_string();
        let mut headers: Vec<(String, String)> = Vec::new();
        for line in lines {
            match (line.split_once(':'), headers.last_mut()) {
                (_, Some((_, value))) if line.starts_with([' ', '\t']) => {
                    value.push(' ');
                    value.push_str(line.trim());
                }
                (Some((name, value)), _) => headers.push((name.trim().to_string(), value.trim().to_string())),
                // A line that is no header carries nothing.
                (None, _) => {}
            }
        }
        Some(Message { start, headers, body: &bytes[body..] })
    }

    /// Returns the status of a response.
    pub fn status(&self) -> Option<u16> {
        self.start.strip_prefix("HTTP/")?.split_ascii_whitespace().nth(1)?.parse().ok()
    }

    /// Returns the first header of a name, in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Returns the body with chunks joined and content codings undone, at most `limit` bytes.
    ///
    /// # Errors
    /// When a coding cannot be undone.
    pub fn decoded(&self, limit: u64) -> Result<Vec<u8>, coding::Error> {
        let chunked =
            self.header("transfer-encoding").is_some_and(|codings| codings.to_ascii_lowercase().contains("chunked"));
        // Many writers join the chunks and keep the header: a body that is not chunked is taken as it is.
        let body = if chunked {
            joined(self.body).map_or(Cow::Borrowed(self.body), Cow::Owned)
        } else {
            Cow::Borrowed(self.body)
        };
        let codings: Vec<&str> = self
            .headers
            .iter()
            .filter(|(name, _)| name.eq_ignore_ascii_case("content-encoding"))
            .map(|(_, value)| value.as_str())
            .collect();
        coding::decode(&body, &codings.join(","), limit)
    }
}

/// Joins chunks; `None` when the body is not in chunks. A body cut off inside a chunk yields what is there.
fn joined(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::with_capacity(body.len());
    let mut first = true;
    loop {
        let Some(end) = memchr::memchr(b'\n', body) else { return (!first).then_some(whole) };
        let line = std::str::from_utf8(&body[..end]).ok()?;
        let size = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        body = &body[end + 1..];
        if size == 0 {
            return Some(whole);
        }
        whole.extend_from_slice(&body[..size.min(body.len())]);
        body = body.get(size..).unwrap_or_default();
        body = body.strip_prefix(b"\r\n").or(body.strip_prefix(b"\n")).unwrap_or(body);
        first = false;
    }
}

/// Says whether a body is an HTML document: by its content type, or by its first bytes when it has none.
pub fn is_html(content_type: Option<&str>, body: &[u8]) -> bool {
    match content_type.map(|value| value.split(';').next().unwrap_or("").trim().to_ascii_lowercase()) {
        Some(kind) if !kind.is_empty() => kind == "text/html" || kind == "application/xhtml+xml",
        _ => {
            let start = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body).trim_ascii_start();
            let start = start[..start.len().min(512)].to_ascii_lowercase();
            [&b"<!doctype html"[..], b"<html", b"<head", b"<body"].iter().any(|mark| start.starts_with(mark))
                || start.starts_with(b"\x1f\x8b")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_joined_and_a_body_without_them_is_kept() {
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        for (body, whole) in [
            ("4\r\nbáo\r\n2;x=y\r\n t\r\n0\r\n\r\n", "báo t"),
            ("<p>báo tỉnh</p>\n", "<p>báo tỉnh</p>\n"),
            ("5\r\nabc", "abc"),
        ] {
            let bytes = format!("{head}{body}");
            let message = Message::parse(bytes.as_bytes()).expect("a message");
            assert_eq!(message.decoded(coding::LIMIT).expect("decoded"), whole.as_bytes(), "{body:?}");
        }
    }

    #[test]
    fn a_message_with_bare_line_feeds_is_read() {
        let message = Message::parse(b"HTTP/1.0 404 Not Found\nX-A: b\n c\n\nbody").expect("a message");
        assert_eq!((message.status(), message.header("x-a"), message.body), (Some(404), Some("b c"), &b"body"[..]));
    }
}
