//! RSS and Atom: the pages a feed names, and when it says they were published.

use super::markup::{Piece, Pieces, attribute, local, mended, resolved};
use super::when;
use crate::article::When;
use crate::corpus::feed::parse;
use crate::text::charset;
use url::Url;

/// Most entries that are taken of one feed.
const MOST: usize = 10_000;

/// Holds what could be read of a feed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Feed {
    /// Addresses in the feed's order, with the time of publication where it is given.
    pub entries: Vec<(Url, Option<When>)>,
    /// Entries without a readable address.
    pub unread: usize,
    /// Whether the feed is damaged or broken off.
    pub damaged: bool,
}

/// Reads a feed.
///
/// # Errors
/// Says that it is no feed.
pub fn read(bytes: &[u8], content_type: Option<&str>, base: &Url) -> Result<Feed, String> {
    // Feeds that declare UTF-16 and are UTF-8 are about: the text is decoded here, and the declaration taken off.
    let text = charset::decode(bytes, content_type, &mut Vec::new())?;
    let text = text.trim_start();
    let text = text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")).map_or(text, |(_, rest)| rest);
    match strictly(&mended(text), base) {
        Ok(feed) => Ok(feed),
        Err(error) => by_pieces(text, base).ok_or_else(|| format!("no feed: {error}")),
    }
}

fn strictly(text: &str, base: &Url) -> Result<Feed, String> {
    let (read, dates) = parse(text, Some(base.as_str())).map_err(|error| format!("{error:#}"))?;
    let mut feed = Feed::default();
    for entry in read.entries.into_iter().take(MOST) {
        let link = entry.links.iter().find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"));
        let published = dates.published(&entry).and_then(Result::ok);
        let address = link.map(|link| link.href.trim()).filter(|href| !href.is_empty()).unwrap_or(entry.id.trim());
        feed.add(address, published, base);
    }
    Ok(feed)
}

/// Reads a feed that no strict parser takes: each entry by itself; `None` when there is none.
fn by_pieces(text: &str, base: &Url) -> Option<Feed> {
    let mut feed = Feed { damaged: true, ..Feed::default() };
    let mut entry: Option<Scanned> = None;
    let (mut field, mut content) = (None, String::new());
    let mut rooted = false;
    for piece in Pieces::of(text) {
        match piece {
            Piece::Text(text) if field.is_some() => content.push_str(&resolved(text)),
            Piece::Plain(text) if field.is_some() => content.push_str(text),
            Piece::Text(_) | Piece::Plain(_) => {}
            Piece::Open(name, ..) | Piece::Close(name) => {
                if let (Some(name), Some(entry)) = (field.take(), entry.as_mut()) {
                    entry.set(name, content.trim());
                }
                content.clear();
                let (name, prefix) = local(name);
                match name.to_ascii_lowercase().as_str() {
                    "rss" | "feed" | "rdf" => rooted = true,
                    "item" | "entry" => {
                        feed.end(entry.take(), base);
                        entry = matches!(piece, Piece::Open(..)).then(Scanned::default);
                    }
                    name @ ("link" | "guid" | "pubdate" | "published" | "date")
                        if matches!(prefix, "" | "dc" | "atom") =>
                    {
                        let Piece::Open(_, attributes, is_empty) = piece else { continue };
                        field = (!is_empty).then(|| name.to_string());
                        if let (Some(entry), "link") = (entry.as_mut(), name) {
                            entry.link_of(attributes);
                        }
                    }
                    _ => {}
                }
            }
        }
    }
    feed.end(entry, base);
    (rooted && feed.entries.len() + feed.unread > 0).then_some(feed)
}

/// What an entry says when it is scanned.
#[derive(Default)]
struct Scanned {
    link: Option<String>,
    guid: Option<String>,
    published: Option<When>,
}

impl Scanned {
    fn set(&mut self, field: String, content: &str) {
        match field.as_str() {
            _ if content.is_empty() => {}
            "link" if self.link.is_none() => self.link = Some(content.to_string()),
            "guid" => self.guid = Some(content.to_string()).filter(|guid| guid.starts_with("http")),
            "link" => {}
            _ => self.published = self.published.take().or_else(|| when(content)),
        }
    }

    fn link_of(&mut self, attributes: &str) {
        let is_page = attribute(attributes, "rel").is_none_or(|rel| rel == "alternate");
        if let (true, Some(href)) = (is_page && self.link.is_none(), attribute(attributes, "href")) {
            self.link = Some(href.into_owned());
        }
    }
}

impl Feed {
    fn add(&mut self, address: &str, published: Option<When>, base: &Url) {
        match base.join(address).ok().filter(|url| !address.is_empty() && url.scheme().starts_with("http")) {
            Some(url) => self.entries.push((url, published)),
            None => self.unread += 1,
        }
    }

    fn end(&mut self, entry: Option<Scanned>, base: &Url) {
        if let Some(entry) = entry.filter(|_| self.entries.len() < MOST) {
            self.add(entry.link.or(entry.guid).as_deref().unwrap_or("").trim(), entry.published, base);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &[u8]) -> Vec<(String, Option<String>)> {
        let base = Url::parse("https://bao.example/rss/home.rss").expect("a URL");
        let feed = read(text, Some("text/xml"), &base).expect("a feed");
        feed.entries.into_iter().map(|(url, when)| (url.to_string(), when.map(|when| when.to_string()))).collect()
    }

    const RSS: &str = "<rss version='2.0'><channel><title>Báo</title><item><title>Tin</title><link> /bai-1.html </link>\
        <pubDate>Thứ Năm, 25/04/2024 08:00</pubDate></item><item><title>Tin</title><link>https://bao.example/bai-2.html</link>\
        <pubDate>Thu, 25 Apr 2024 01:00:00 GMT</pubDate></item></channel></rss>";

    #[test]
    fn entries_have_their_time_also_in_vietnamese() {
        let wanted = [
            ("https://bao.example/bai-1.html".to_string(), Some("2024-04-25T08:00:00+07:00".to_string())),
            ("https://bao.example/bai-2.html".to_string(), Some("2024-04-25T01:00:00+00:00".to_string())),
        ];
        assert_eq!(found(RSS.as_bytes()), wanted);
        let wrong = format!("<?xml version='1.0' encoding='utf-16'?>\n{RSS}");
        assert_eq!(found(wrong.as_bytes()), wanted, "declared in a wrong encoding");
    }

    #[test]
    fn atom_is_read_and_an_update_is_no_publication() {
        let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><title>Báo</title><id>a</id><updated>2024-05-01T00:00:00Z</updated>\
            <entry><id>1</id><title>Tin</title><link href='/a'/><updated>2024-05-01T00:00:00Z</updated></entry></feed>";
        assert_eq!(found(atom.as_bytes()), [("https://bao.example/a".to_string(), None)]);
    }

    #[test]
    fn raw_ampersands_names_of_html_and_foreign_characters_are_mended() {
        let text = "<rss version='2.0'><channel><title>Kinh tế & xã hội</title><item><title>Th&agrave;nh phố \u{3}</title>\
            <link>https://bao.example/?id=1&muc=2</link></item><item><title><![CDATA[a & b]]></title>\
            <link>https://bao.example/?id=2&amp;muc=3</link></item></channel></rss>";
        let urls: Vec<String> = found(text.as_bytes()).into_iter().map(|(url, _)| url).collect();
        assert_eq!(urls, ["https://bao.example/?id=1&muc=2", "https://bao.example/?id=2&muc=3"]);
    }

    #[test]
    fn an_error_costs_its_entry_and_those_before_and_after_are_read() {
        let base = Url::parse("https://bao.example/").expect("a URL");
        let text = "<rss version='2.0'><channel><link>https://bao.example/</link><item><link>/1</link><pubDate>25/04/2024 08:00</pubDate></item>\
            <item><title>a < b</b></title><link>/2</link></item><item><title>Tin</item><item><link>/4</link>\
            <item><guid>https://bao.example/5</guid>";
        let feed = read(text.as_bytes(), None, &base).expect("a feed");
        let paths: Vec<&str> = feed.entries.iter().map(|(url, _)| url.path()).collect();
        assert_eq!((paths, feed.unread, feed.damaged), (vec!["/1", "/2", "/4", "/5"], 1, true));
        assert!(feed.entries[0].1.is_some());
        let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><title>a & b<entry><link rel='self' href='/x'/><link href='/a?b=1&amp;c=2'/>\
            <published>2024-04-25T01:00:00Z</published></entry></feed>";
        let feed = read(atom.as_bytes(), None, &base).expect("a feed");
        assert_eq!(feed.entries[0].0.as_str(), "https://bao.example/a?b=1&c=2");
    }

    #[test]
    fn a_page_is_no_feed() {
        let base = Url::parse("https://bao.example/").expect("a URL");
        assert!(read(b"<!DOCTYPE html><p>Not here", None, &base).is_err());
    }
}
