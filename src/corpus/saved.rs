//! Pages that a browser saved: the address and time that they carry, and MHTML, where a page travels as a mail.
//!
//! Invariant: what a page says of itself fills only what a manifest did not say.

use anyhow::{Context, Result};
use jiff::Timestamp;
use mailparse::{MailHeaderMap, ParsedMail};
use std::path::Path;

/// Bytes at the start of a page in which a browser's remark stands.
const REMARK: usize = 4096;
/// Ends of the names of folders in which browsers put the parts of a page.
const PARTS: &[&str] = &[".files", "_files", "_tệp"];

/// Holds a saved page and what its saver noted.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Saved {
    /// Address the page was saved from.
    pub url: Option<String>,
    /// When it was saved.
    pub fetched: Option<Timestamp>,
    /// Type and charset as the server said.
    pub content_type: Option<String>,
    /// The page itself.
    pub bytes: Vec<u8>,
}

/// Reads the bytes of a saved page.
///
/// # Errors
/// When they are MHTML without a page.
pub(super) fn open(bytes: Vec<u8>) -> Result<Saved> {
    if is_mail(&bytes) {
        return mail(&bytes);
    }
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(REMARK)]).into_owned();
    let (url, fetched) = remark(&start);
    Ok(Saved { url, fetched, content_type: None, bytes })
}

/// Says whether a file, by its path inside a folder of saved pages, is a part of one: `Bài_files/quảng-cáo.html`.
pub(super) fn is_part(root: &Path, inside: &Path) -> bool {
    let folders = inside.ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty());
    folders.into_iter().any(|folder| {
        let Some(name) = folder.to_str() else { return false };
        let page = PARTS.iter().find_map(|end| name.strip_suffix(end));
        page.is_some_and(|page| ["html", "htm", "xhtml"].iter().any(|end| root.join(format!("{page}.{end}")).is_file()))
    })
}

/// Reads the remark of a browser (`saved from url=(0029)https://…`) or of SingleFile (`url: …`, `saved date: …`).
fn remark(start: &str) -> (Option<String>, Option<Timestamp>) {
    let web = |url: &str| (url.starts_with("http://") || url.starts_with("https://")).then(|| url.to_string());
    if let Some((_, after)) = start.split_once("saved from url=(") {
        let url = after.split_once(')').and_then(|(_, after)| after.split_ascii_whitespace().next());
        return (url.and_then(web), None);
    }
    let Some((_, after)) = start.split_once("Page saved with SingleFile") else { return (None, None) };
    let note = after.split("-->").next().unwrap_or("");
    let field = |name: &str| note.lines().find_map(|line| line.trim().strip_prefix(name)).map(str::trim);
    let time = field("saved date:").and_then(|text| {
        let text = text.split(" (").next()?;
        jiff::fmt::strtime::parse("%a %b %d %Y %H:%M:%S GMT%z", text).ok()?.to_timestamp().ok()
    });
    (field("url:").and_then(web), time)
}

fn is_mail(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(REMARK)];
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    !head.trim_start().starts_with('<') && head.contains("mime-version:") && head.contains("content-type:")
}

/// Takes the page out of a mail: its first part that is HTML.
fn mail(bytes: &[u8]) -> Result<Saved> {
    let mail = mailparse::parse_mail(bytes).context("not MHTML, or broken")?;
    let page = mail.parts().find(|part| part.ctype.mimetype == "text/html").context("MHTML without an HTML page")?;
    let header = |part: &ParsedMail<'_>, name: &str| part.headers.get_first_value(name);
    let seconds = header(&mail, "Date").and_then(|text| mailparse::dateparse(&text).ok());
    Ok(Saved {
        url: header(page, "Content-Location").or_else(|| header(&mail, "Snapshot-Content-Location")),
        fetched: seconds.and_then(|seconds| Timestamp::from_second(seconds).ok()),
        content_type: header(page, "Content-Type"),
        bytes: page.get_body_raw().context("the page's transfer encoding is broken")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_remark_of_each_saver_gives_the_address() {
        let url = Some("https://baoquangninh.vn/a-3210121.html".to_string());
        let chromium = "<!DOCTYPE html>\n<!-- saved from url=(0038)https://baoquangninh.vn/a-3210121.html -->\n<html>";
        assert_eq!(remark(chromium), (url.clone(), None));
        let single = "<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: https://baoquangninh.vn/a-3210121.html \n saved date: Thu Apr 25 2024 08:00:00 GMT+0700 (Giờ Đông Dương)\n-->";
        assert_eq!(remark(single), (url, "2024-04-25T01:00:00Z".parse().ok()));
        assert_eq!(remark("<!-- saved from url=(0014)about:internet -->"), (None, None));
        assert_eq!(remark("<html><p>url: https://a.vn"), (None, None));
    }

    #[test]
    fn a_page_is_taken_out_of_its_mail() {
        let mail = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.vn/1.html\r\nSubject: x\r\nDate: Thu, 25 Apr 2024 01:00:00 +0000\r\n\
            MIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"--b--\"\r\n\r\n----b--\r\n\
            Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://a.vn/1.html\r\n\r\n\
            <p class=3D\"x\">t=E1=BB=89nh =\r\nnh=C3=A0</p>\r\n----b--\r\nContent-Type: image/png\r\n\r\nx\r\n----b----\r\n";
        let saved = open(mail.as_bytes().to_vec()).expect("a page");
        assert_eq!(String::from_utf8_lossy(&saved.bytes).trim_end(), "<p class=\"x\">tỉnh nhà</p>");
        assert_eq!(saved.url.as_deref(), Some("https://a.vn/1.html"));
        assert_eq!(saved.fetched, "2024-04-25T01:00:00Z".parse().ok());
        assert_eq!(saved.content_type.as_deref(), Some("text/html; charset=utf-8"));
        assert!(open(mail.replace("text/html;", "text/css;").into_bytes()).is_err());
    }
}
