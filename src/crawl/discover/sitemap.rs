//! Sitemaps: plain, news, indexes, gzip children, children set among pages, and text files of addresses.
//!
//! Invariant: at most `MOST` entries and [`coding::LIMIT`] bytes are taken of one file, whatever it holds; an error in it
//! costs the entry in which it stands, and is counted.

use super::markup::{Piece, Pieces, local, resolved};
use super::when;
use crate::article::When;
use crate::corpus::warc::coding;
use crate::text::charset;
use url::Url;

/// Most entries of one file, as the protocol says.
const MOST: usize = 50_000;

/// Holds one entry of a sitemap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Address.
    pub url: Url,
    /// Whether it is another sitemap.
    pub is_sitemap: bool,
    /// `lastmod`: not before the day of publication.
    pub modified: Option<When>,
    /// `news:publication_date`.
    pub published: Option<When>,
}

/// Holds what could be read of a sitemap.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sitemap {
    /// Entries in the order of the file.
    pub entries: Vec<Entry>,
    /// Entries without a readable address.
    pub unread: usize,
    /// Entries beyond `MOST`.
    pub more: usize,
    /// Whether the file is damaged or broken off.
    pub damaged: bool,
}

/// Reads a sitemap, decoded of HTTP's codings but maybe a gzip file.
///
/// # Errors
/// Says that it is no sitemap.
pub fn read(bytes: &[u8], base: &Url) -> Result<Sitemap, String> {
    let inflated = match bytes.starts_with(&[0x1f, 0x8b]) {
        true => Some(coding::gunzip(bytes, coding::LIMIT).map_err(|error| format!("no sitemap: {error}"))?),
        false => None,
    };
    let (bytes, whole) = inflated.as_ref().map_or((bytes, true), |(bytes, whole)| (&bytes[..], *whole));
    let text = charset::decode(bytes, None, &mut Vec::new())?;
    let mut sitemap = if text.trim_start().starts_with('<') { markup(&text, base)? } else { lines(&text, base)? };
    sitemap.damaged |= !whole;
    Ok(sitemap)
}

/// Reads a text file of addresses, one a line (sitemaps.org).
fn lines(text: &str, base: &Url) -> Result<Sitemap, String> {
    let mut sitemap = Sitemap::default();
    for line in text.trim_start_matches('\u{feff}').lines().map(str::trim).filter(|line| !line.is_empty()) {
        let is_address = line.starts_with('/') || line.starts_with("http://") || line.starts_with("https://");
        let address = is_address.then(|| base.join(line).ok()).flatten();
        sitemap.add(Fields { url: address, is_sitemap: false, modified: None, published: None, any: true });
    }
    match sitemap.entries.is_empty() {
        true => Err("no sitemap: neither markup nor lines of addresses".to_string()),
        false => Ok(sitemap),
    }
}

fn markup(text: &str, base: &Url) -> Result<Sitemap, String> {
    let mut sitemap = Sitemap::default();
    let mut pieces = Pieces::of(text);
    let (mut fields, mut field, mut content) = (Fields::default(), None, String::new());
    let (mut rooted, mut closed) = (false, false);
    for piece in pieces.by_ref() {
        match piece {
            Piece::Text(text) if field.is_some() => content.push_str(&resolved(text)),
            Piece::Plain(text) if field.is_some() => content.push_str(text),
            Piece::Text(_) | Piece::Plain(_) => {}
            Piece::Open(name, ..) | Piece::Close(name) => {
                if let Some(field) = field.take() {
                    fields.set(field, &content, base);
                }
                content.clear();
                let is_open = matches!(piece, Piece::Open(.., false));
                match (local(name), is_open) {
                    (("urlset" | "sitemapindex", _), _) => (rooted, closed) = (true, !is_open),
                    ((name @ ("url" | "sitemap"), _), _) => {
                        // An entry that was not ended ends where the next begins.
                        sitemap.add(std::mem::take(&mut fields));
                        fields.is_sitemap = name == "sitemap";
                    }
                    // Pictures and videos have addresses of their own.
                    (("loc", "" | "sitemap" | "sm"), true) => field = Some(Field::Address),
                    (("lastmod", _), true) => field = Some(Field::Modified),
                    (("publication_date", _), true) => field = Some(Field::Published),
                    _ => {}
                }
            }
        }
    }
    if let Some(field) = field {
        fields.set(field, &content, base);
    }
    sitemap.add(fields);
    if !rooted && sitemap.entries.is_empty() {
        return Err("no sitemap: the root is neither urlset nor sitemapindex".to_string());
    }
    sitemap.damaged = pieces.broken > 0 || !closed;
    Ok(sitemap)
}

impl Sitemap {
    fn add(&mut self, fields: Fields) {
        let Fields { url, is_sitemap, modified, published, any } = fields;
        match url {
            Some(_) if self.entries.len() >= MOST => self.more += 1,
            Some(url) => self.entries.push(Entry { url, is_sitemap, modified, published }),
            None => self.unread += usize::from(any),
        }
    }
}

/// Names a field of an entry.
enum Field {
    Address,
    Modified,
    Published,
}

#[derive(Default)]
struct Fields {
    url: Option<Url>,
    is_sitemap: bool,
    modified: Option<When>,
    published: Option<When>,
    /// Whether a field was there.
    any: bool,
}

impl Fields {
    fn set(&mut self, field: Field, content: &str, base: &Url) {
        self.any = true;
        match field {
            // References encoded twice are no part of an address; the first address counts.
            Field::Address if self.url.is_none() => {
                let address = content.trim().replace("&amp;", "&").replace("&#38;", "&");
                self.url = Some(address).filter(|address| !address.is_empty()).and_then(|it| base.join(&it).ok());
            }
            Field::Address => {}
            Field::Modified => self.modified = when(content),
            Field::Published => self.published = when(content),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn base() -> Url {
        Url::parse("https://bao.example/sitemap.xml").expect("a URL")
    }

    fn urls(text: &str) -> Vec<String> {
        let sitemap = read(text.as_bytes(), &base()).expect("a sitemap");
        sitemap.entries.iter().map(|entry| entry.url[url::Position::BeforePath..].to_string()).collect()
    }

    const NEWS: &str = "<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:news='n' xmlns:image='i'>\
        <url><image:image><image:loc>https://anh.example/1.jpg</image:loc></image:image><loc>\n https://bao.example/a?x=1&amp;y=2 </loc>\
        <news:news><news:publication_date>2024-04-25T08:00:00+07:00</news:publication_date></news:news></url>\
        <url><loc><![CDATA[/b]]></loc><lastmod>2024-04-24</lastmod></url>\
        <sitemap><loc>https://bao.example/2023.xml.gz</loc></sitemap></urlset>";

    #[test]
    fn news_dates_children_among_pages_and_padded_addresses_are_read() {
        let sitemap = read(NEWS.as_bytes(), &base()).expect("a sitemap");
        let entries = &sitemap.entries;
        assert_eq!(urls(NEWS), ["/a?x=1&y=2", "/b", "/2023.xml.gz"]);
        assert_eq!(entries[0].published.as_ref().map(When::to_string).as_deref(), Some("2024-04-25T08:00:00+07:00"));
        assert_eq!(entries[1].modified.as_ref().map(When::to_string).as_deref(), Some("2024-04-24"));
        assert_eq!(entries.iter().map(|entry| entry.is_sitemap).collect::<Vec<_>>(), [false, false, true]);
        assert_eq!((sitemap.unread, sitemap.more, sitemap.damaged), (0, 0, false));
    }

    #[test]
    fn a_gzip_file_is_read_and_a_broken_end_keeps_what_came_before() {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        gzip.write_all(NEWS.as_bytes()).expect("memory");
        let bytes = gzip.finish().expect("memory");
        assert_eq!(read(&bytes, &base()).expect("a sitemap").entries.len(), 3);
        let cut = read(&bytes[..bytes.len() - 20], &base()).expect("a sitemap");
        assert!(cut.damaged && !cut.entries.is_empty(), "{cut:?}");
        let cut = read(&NEWS.as_bytes()[..NEWS.len() - 60], &base()).expect("a sitemap");
        assert!(cut.damaged && cut.entries.len() >= 2, "{cut:?}");
        assert!(read(b"<!DOCTYPE html><p>Not here", &base()).is_err());
    }

    #[test]
    fn an_error_costs_its_entry_and_those_before_and_after_are_read() {
        let text = "<urlset><url><loc>/1</loc></url><url><loc>/2 & 3</loc></url><url><loc>/4<lastmod>2024-01-01</lastmod></url>\
            <url><loc>http://[</loc></url><url><loc></loc></url><url>\u{1}<loc>/5</loc><url><loc>/6</loc></url><url <loc>/7</loc></url>\
            <URL></URL></url></x><url><loc>/8?a=1&amp;amp;b=2&b2=3</loc></url></urlset>";
        let sitemap = read(text.as_bytes(), &base()).expect("a sitemap");
        assert_eq!(urls(text), ["/1", "/2%20&%203", "/4", "/5", "/6", "/7", "/8?a=1&b=2&b2=3"]);
        assert_eq!((sitemap.unread, sitemap.damaged), (2, true));
    }

    #[test]
    fn a_text_file_of_addresses_is_read() {
        let text =
            "\u{feff}https://bao.example/bai-1.html\r\nhttp://bao.example/bai-2.html\n\n/bai-3\nkhông phải địa chỉ\n";
        let sitemap = read(text.as_bytes(), &base()).expect("a sitemap");
        assert_eq!(urls(text), ["/bai-1.html", "/bai-2.html", "/bai-3"]);
        assert_eq!(sitemap.unread, 1);
        assert!(read("Không có trang này".as_bytes(), &base()).is_err());
    }
}
