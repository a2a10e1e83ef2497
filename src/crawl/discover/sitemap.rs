//! Sitemaps, read as a stream: plain, news, indexes, gzip children, and children set among pages.
//!
//! Invariant: at most [`MOST`] entries and [`coding::LIMIT`] bytes are taken of one file, whatever it holds.

use crate::article::When;
use crate::corpus::warc::coding;
use crate::text::charset;
use crate::text::written_date::Order;
use quick_xml::Reader;
use quick_xml::events::Event;
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

/// Reads a sitemap, decoded of HTTP's codings but maybe a gzip file; entries in the order of the file.
///
/// # Errors
/// Says that it is no sitemap. What comes before broken XML is kept.
pub fn read(bytes: &[u8], base: &Url) -> Result<Vec<Entry>, String> {
    let inflated = match bytes.starts_with(&[0x1f, 0x8b]) {
        true => Some(coding::decode(bytes, "gzip", coding::LIMIT).map_err(|error| error.to_string())?),
        false => None,
    };
    let xml = charset::decode(inflated.as_deref().unwrap_or(bytes), None, &mut Vec::new())?;
    let mut reader = Reader::from_str(xml.trim_start());
    reader.config_mut().check_end_names = false;
    let (mut entries, mut fields, mut text) = (Vec::new(), Fields::default(), String::new());
    let mut rooted = false;
    while entries.len() < MOST {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                match tag.local_name().as_ref() {
                    "urlset" | "sitemapindex" => rooted = true,
                    "url" | "sitemap" => fields = Fields::default(),
                    _ => {}
                }
                text.clear();
            }
            Ok(Event::Text(piece)) => text.push_str(piece.as_ref()),
            Ok(Event::CData(piece)) => text.push_str(piece.as_ref()),
            Ok(Event::GeneralRef(name)) => text.push_str(match name.as_ref() {
                "amp" => "&",
                "quot" => "\"",
                "apos" => "'",
                "lt" => "<",
                "gt" => ">",
                _ => "",
            }),
            Ok(Event::End(tag)) => match tag.local_name().as_ref() {
                // Pictures and videos have a `loc` of another name space, whose local name is the same: the first counts.
                "loc" if fields.url.is_none() => fields.url = base.join(text.trim()).ok(),
                "lastmod" => fields.modified = When::read(&text, Order::DayFirst),
                "publication_date" => fields.published = When::read(&text, Order::DayFirst),
                name @ ("url" | "sitemap") => {
                    let is_sitemap = name == "sitemap";
                    let taken = std::mem::take(&mut fields);
                    entries.extend(taken.url.map(|url| Entry {
                        url,
                        is_sitemap,
                        modified: taken.modified,
                        published: taken.published,
                    }));
                }
                _ => {}
            },
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(_) if rooted => break,
            Err(error) => return Err(format!("no sitemap: {error}")),
        }
    }
    if rooted { Ok(entries) } else { Err("no sitemap: the root is neither urlset nor sitemapindex".to_string()) }
}

#[derive(Default)]
struct Fields {
    url: Option<Url>,
    modified: Option<When>,
    published: Option<When>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn base() -> Url {
        Url::parse("https://bao.example/sitemap.xml").expect("a URL")
    }

    const NEWS: &str = "<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:news='n' xmlns:image='i'>\
        <url><loc>\n https://bao.example/a?x=1&amp;y=2 </loc><image:image><image:loc>https://anh.example/1.jpg</image:loc></image:image>\
        <news:news><news:publication_date>2024-04-25T08:00:00+07:00</news:publication_date></news:news></url>\
        <url><loc><![CDATA[/b]]></loc><lastmod>2024-04-24</lastmod></url>\
        <sitemap><loc>https://bao.example/2023.xml.gz</loc></sitemap></urlset>";

    #[test]
    fn news_dates_children_among_pages_and_padded_addresses_are_read() {
        let entries = read(NEWS.as_bytes(), &base()).expect("a sitemap");
        let urls: Vec<&str> = entries.iter().map(|entry| entry.url.as_str()).collect();
        assert_eq!(urls, ["https://bao.example/a?x=1&y=2", "https://bao.example/b", "https://bao.example/2023.xml.gz"]);
        assert_eq!(entries[0].published.as_ref().map(When::to_string).as_deref(), Some("2024-04-25T08:00:00+07:00"));
        assert_eq!(entries[1].modified.as_ref().map(When::to_string).as_deref(), Some("2024-04-24"));
        assert_eq!(entries.iter().map(|entry| entry.is_sitemap).collect::<Vec<_>>(), [false, false, true]);
    }

    #[test]
    fn a_gzip_file_is_read_and_a_broken_end_keeps_what_came_before() {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        gzip.write_all(NEWS.as_bytes()).expect("memory");
        assert_eq!(read(&gzip.finish().expect("memory"), &base()).expect("a sitemap").len(), 3);
        assert_eq!(read(&NEWS.as_bytes()[..NEWS.len() - 60], &base()).expect("a sitemap").len(), 2);
        assert!(read(b"<!DOCTYPE html><p>Not here", &base()).is_err());
    }
}
