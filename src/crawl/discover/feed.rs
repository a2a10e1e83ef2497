//! RSS and Atom: the pages a feed names, and when it says they were published.

use crate::article::When;
use crate::corpus::feed::parse;
use crate::text::charset;
use url::Url;

/// Most entries that are taken of one feed.
const MOST: usize = 10_000;

/// Reads a feed; entries in the feed's order, with the time of publication where it is given.
///
/// # Errors
/// Says that it is no feed.
pub fn read(bytes: &[u8], content_type: Option<&str>, base: &Url) -> Result<Vec<(Url, Option<When>)>, String> {
    // Feeds that declare UTF-16 and are UTF-8 are about: the text is decoded here, and the declaration taken off.
    let text = charset::decode(bytes, content_type, &mut Vec::new())?;
    let text = text.trim_start();
    let text = text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")).map_or(text, |(_, rest)| rest);
    let (feed, dates) = parse(text, Some(base.as_str())).map_err(|error| format!("no feed: {error:#}"))?;
    let mut found = Vec::new();
    for entry in feed.entries.into_iter().take(MOST) {
        let link = entry.links.iter().find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"));
        let published = dates.published(&entry).and_then(Result::ok);
        let address = link.map(|link| link.href.trim()).filter(|href| !href.is_empty()).unwrap_or(entry.id.trim());
        found
            .extend(base.join(address).ok().filter(|url| url.scheme().starts_with("http")).map(|url| (url, published)));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &[u8]) -> Vec<(String, Option<String>)> {
        let base = Url::parse("https://bao.example/rss/home.rss").expect("a URL");
        let entries = read(text, Some("text/xml"), &base).expect("a feed");
        entries.into_iter().map(|(url, when)| (url.to_string(), when.map(|when| when.to_string()))).collect()
    }

    const RSS: &str = "<rss version='2.0'><channel><title>Báo</title><item><title>Tin</title><link> /bai-1.html </link>\
        <pubDate>Thứ Năm, 25/04/2024 08:00</pubDate></item><item><title>Tin</title><link>https://bao.example/bai-2.html</link>\
        <pubDate>Thu, 25 Apr 2024 01:00:00 GMT</pubDate></item></channel></rss>";

    #[test]
    fn entries_have_their_time_also_in_vietnamese() {
        let when = Some("2024-04-25T08:00:00+07:00".to_string());
        let wanted = [
            ("https://bao.example/bai-1.html".to_string(), when.clone()),
            ("https://bao.example/bai-2.html".to_string(), when),
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
    fn a_page_is_no_feed() {
        let base = Url::parse("https://bao.example/").expect("a URL");
        assert!(read(b"<!DOCTYPE html><p>Not here", None, &base).is_err());
    }
}
