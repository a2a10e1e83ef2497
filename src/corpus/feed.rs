//! Dumps of feeds: RSS and Atom, each entry handed over as what the newspaper says of one article.
//!
//! Invariant: the entries before the place where a feed breaks off are read, and the break is one error.

use super::file;
use super::input::{Each, Item};
use crate::article::{Entry, Origin, When};
use crate::report::Failure;
use crate::text::charset;
use anyhow::{Context, Result, anyhow};
use feed_rs::model::{self, Feed};
use feed_rs::parser;
use jiff::civil::{Date, DateTime};
use std::path::Path;

/// Largest feed that is read.
const LARGEST: u64 = charset::LARGEST as u64;

/// Hands every entry of a feed to `each`; `each` answers whether to go on.
///
/// # Errors
/// When the file cannot be read as a feed.
pub(super) fn read(path: &Path, each: Each<'_>) -> Result<()> {
    let bytes = file::read(path, LARGEST)?;
    let name = path.display().to_string();
    // Feeds that declare UTF-16 and are UTF-8 are about: the text is decoded here, and the declaration taken off.
    let text = charset::decode(&bytes, None, &mut Vec::new()).map_err(|reason| anyhow!(reason))?;
    let text = text.trim_start();
    let text = text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")).map_or(text, |(_, rest)| rest);
    let (feed, broken) = match parse(text) {
        Ok(feed) => (feed, false),
        Err(error) => (salvage(text).context(error)?, true),
    };
    let (title, language, count) = (feed.title.map(|title| title.content), feed.language, feed.entries.len());
    for (number, found) in (1..).zip(feed.entries) {
        let origin = Origin { path: name.clone(), offset: None, line: Some(number) };
        let mut item = entry(found, origin);
        item.feed.clone_from(&title);
        item.language = item.language.or_else(|| language.clone());
        if !each(Ok(Item::Entry(item))) {
            return Ok(());
        }
    }
    if broken {
        each(Err(Failure {
            place: name,
            reason: format!("the feed is broken after its {count} entries; these are read"),
        }));
    }
    Ok(())
}

/// Says whether a file's first bytes are those of a feed.
pub(super) fn is_feed(start: &[u8]) -> bool {
    let start = &start[..start.len().min(2048)];
    [&b"<rss"[..], b"<feed", b"<rdf:RDF"].iter().any(|mark| memchr::memmem::find(start, mark).is_some())
}

fn parse(text: &str) -> Result<Feed> {
    let time = |text: &str| when(text)?.timestamp()?.to_string().parse().ok();
    let parser = parser::Builder::new().sanitize_content(false).timestamp_parser(time).build();
    parser.parse(text.as_bytes()).context("not an RSS or Atom feed, or one that is broken")
}

/// Reads the whole entries of a feed that breaks off.
fn salvage(text: &str) -> Result<Feed> {
    let closings: [(&str, &[&str]); 2] = [("</item>", &["</channel></rss>", "</rdf:RDF>"]), ("</entry>", &["</feed>"])];
    let cuts = closings.iter().filter_map(|(end, rest)| Some((text.rfind(end)? + end.len(), *rest)));
    let mut whole = cuts.flat_map(|(cut, rest)| rest.iter().map(move |rest| format!("{}{rest}", &text[..cut])));
    whole.find_map(|text| parse(&text).ok()).context("not one entry of it can be read")
}

fn entry(entry: model::Entry, origin: Origin) -> Entry {
    let page = |link: &&model::Link| link.rel.as_deref().is_none_or(|rel| rel == "alternate");
    let address = entry.links.iter().find(page).or(entry.links.first()).map(|link| link.href.clone());
    // An identifier that is the address is what RSS calls a permalink.
    let address = address.or_else(|| entry.id.starts_with("http").then(|| entry.id.clone()));
    // An `updated` alone may be any later edit; it is no publication date.
    let published = entry.published.and_then(|time| jiff::Timestamp::from_second(time.timestamp()).ok());
    Entry {
        url: address,
        title: entry.title.map(|title| title.content),
        published: published
            .map(|time| When::Moment(time.to_zoned(jiff::tz::TimeZone::fixed(crate::article::VIETNAM)))),
        authors: entry.authors.into_iter().filter_map(|person| person.name).filter(|name| !name.is_empty()).collect(),
        tags: entry.categories.into_iter().map(|category| category.label.unwrap_or(category.term)).collect(),
        language: entry.language,
        feed: None,
        content: entry.content.and_then(|content| content.body).filter(|text| !text.trim().is_empty()),
        summary: entry.summary.map(|summary| summary.content).filter(|text| !text.trim().is_empty()),
        origin,
    }
}

/// Reads a time as feeds, sitemaps and their careless authors write it; a time without zone is Vietnamese.
pub fn when(text: &str) -> Option<When> {
    let text = text.trim();
    if let Ok(when) = text.parse::<When>() {
        return Some(when);
    }
    if let Ok(zoned) = jiff::fmt::rfc2822::parse(text) {
        return Some(When::Moment(zoned));
    }
    // The day's name, often in Vietnamese, says nothing more.
    let bare = text.split_once(',').map_or(text, |(_, rest)| rest).trim();
    if let Ok(zoned) = jiff::fmt::rfc2822::parse(bare) {
        return Some(When::Moment(zoned));
    }
    let bare = bare.replace(['-', '.'], "/").replace("GMT+7", "").replace(" / ", " ");
    let american = ["%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %I:%M %p"];
    let day_first =
        ["%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d %b %Y %H:%M:%S", "%d %b %Y %H:%M", "%b %d, %Y %H:%M:%S"];
    let time = american.iter().chain(&day_first).find_map(|form| DateTime::strptime(form, bare.trim()).ok());
    time.and_then(When::local).or_else(|| Date::strptime("%d/%m/%Y", bare.trim()).ok().map(When::Day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_in_any_usual_form_are_read() {
        for (text, read) in [
            ("Thu, 25 Apr 2024 08:00:00 +0700", "2024-04-25T08:00:00+07:00"),
            ("Thứ Năm, 25 Apr 2024 08:00:00 GMT", "2024-04-25T08:00:00+00:00"),
            ("2024-04-25T01:00:00Z", "2024-04-25T01:00:00+00:00"),
            ("25/04/2024 08:00", "2024-04-25T08:00:00+07:00"),
            ("Thứ năm, 25/04/2024 - 08:00", "2024-04-25T08:00:00+07:00"),
            ("4/25/2024 8:00:00 PM", "2024-04-25T20:00:00+07:00"),
            ("25/4/2024", "2024-04-25"),
            ("2024-04-25", "2024-04-25"),
        ] {
            assert_eq!(when(text).map(|when| when.to_string()).as_deref(), Some(read), "{text}");
        }
        assert_eq!(when("hôm qua"), None);
    }
}
