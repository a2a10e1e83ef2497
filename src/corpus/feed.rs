//! Dumps of feeds: RSS and Atom, each entry handed over as what the newspaper says of one article.
//!
//! Invariant: the entries before the place where a feed breaks off are read, and the break is one error.

use super::file;
use super::input::{Aside, Each, Item};
use crate::article::{Entry, Origin, When};
use crate::report::Failure;
use crate::text::charset;
use crate::text::written_date::Order;
use anyhow::{Context, Result, anyhow};
use feed_rs::model::{self, Feed};
use feed_rs::parser;
use jiff::Timestamp;
use std::path::Path;
use std::sync::{Arc, Mutex};

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
    let ((feed, dates), broken) = match parse(text, None) {
        Ok(read) => (read, false),
        Err(error) => (salvage(text).context(error)?, true),
    };
    let (title, language, count) = (feed.title.map(|title| title.content), feed.language, feed.entries.len());
    for (number, found) in (1..).zip(feed.entries) {
        let origin = Origin { path: name.clone(), offset: None, line: Some(number) };
        let mut item = entry(found, &dates, origin);
        item.feed.clone_from(&title);
        item.language = item.language.or_else(|| language.clone());
        if !each(Ok(Item::Entry(item))) {
            return Ok(());
        }
    }
    if broken {
        let reason = format!("the feed is broken after its {count} entries; these are read");
        each(Err(Aside::Failure(Failure { place: name, reason })));
    }
    Ok(())
}

/// Says whether a file's first bytes are those of a feed.
pub(super) fn is_feed(start: &[u8]) -> bool {
    let start = &start[..start.len().min(2048)];
    [&b"<rss"[..], b"<feed", b"<rdf:RDF"].iter().any(|mark| memchr::memmem::find(start, mark).is_some())
}

/// Holds the dates of a feed as they were written: a date, or the text that is none.
///
/// The parser of feeds takes moments only; it is handed the number of the date here in place of one.
#[derive(Debug, Clone, Default)]
pub struct Dates(Arc<Mutex<Vec<Result<When, String>>>>);

impl Dates {
    fn note(&self, text: &str) -> Option<Timestamp> {
        let mut dates = self.0.lock().ok()?;
        dates.push(When::read(text, Order::DayFirst).ok_or_else(|| text.trim().to_string()));
        Timestamp::from_second(i64::try_from(dates.len()).ok()?).ok()
    }

    /// Returns when an entry says that it was published. An `updated` alone may be any later edit and is no publication.
    pub fn published(&self, entry: &model::Entry) -> Option<Result<When, String>> {
        let number = usize::try_from(entry.published?.timestamp()).ok()?.checked_sub(1)?;
        self.0.lock().ok()?.get(number).cloned()
    }
}

/// Reads a feed and its dates; relative addresses are of `base`.
///
/// # Errors
/// When it is no feed, or one that is broken.
pub fn parse(text: &str, base: Option<&str>) -> Result<(Feed, Dates)> {
    let dates = Dates::default();
    let noted = dates.clone();
    let parser = parser::Builder::new()
        .base_uri(base)
        .sanitize_content(false)
        .timestamp_parser(move |text| noted.note(text)?.to_string().parse().ok())
        .build();
    let feed = parser.parse(text.as_bytes()).context("not an RSS or Atom feed, or one that is broken")?;
    Ok((feed, dates))
}

/// Reads the whole entries of a feed that breaks off.
fn salvage(text: &str) -> Result<(Feed, Dates)> {
    let closings: [(&str, &[&str]); 2] = [("</item>", &["</channel></rss>", "</rdf:RDF>"]), ("</entry>", &["</feed>"])];
    let cuts = closings.iter().filter_map(|(end, rest)| Some((text.rfind(end)? + end.len(), *rest)));
    let mut whole = cuts.flat_map(|(cut, rest)| rest.iter().map(move |rest| format!("{}{rest}", &text[..cut])));
    whole.find_map(|text| parse(&text, None).ok()).context("not one entry of it can be read")
}

fn entry(entry: model::Entry, dates: &Dates, origin: Origin) -> Entry {
    let page = |link: &&model::Link| link.rel.as_deref().is_none_or(|rel| rel == "alternate");
    let address = entry.links.iter().find(page).or(entry.links.first()).map(|link| link.href.clone());
    // An identifier that is the address is what RSS calls a permalink.
    let address = address.or_else(|| entry.id.starts_with("http").then(|| entry.id.clone()));
    let (published, unread) = match dates.published(&entry) {
        Some(Ok(when)) => (Some(when), None),
        Some(Err(text)) => (None, Some(text).filter(|text| !text.is_empty())),
        None => (None, None),
    };
    Entry {
        url: address,
        title: entry.title.map(|title| title.content),
        published,
        unread,
        authors: entry.authors.into_iter().filter_map(|person| person.name).filter(|name| !name.is_empty()).collect(),
        tags: entry.categories.into_iter().map(|category| category.label.unwrap_or(category.term)).collect(),
        language: entry.language,
        feed: None,
        content: entry.content.and_then(|content| content.body).filter(|text| !text.trim().is_empty()),
        summary: entry.summary.map(|summary| summary.content).filter(|text| !text.trim().is_empty()),
        origin,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_entries_keep_what_was_written() {
        let item = |date: &str| format!("<item><title>Tin</title><pubDate>{date}</pubDate></item>");
        let written = ["2024-04-25", "Thu, 25 Apr 2024 08:00:00 GMT", "hôm qua", "4/2024"];
        let items: String = written.iter().map(|date| item(date)).collect();
        let text = format!("<rss version='2.0'><channel><title>Báo</title>{items}</channel></rss>");
        let (feed, dates) = parse(&text, None).expect("a feed");
        let read: Vec<_> = feed.entries.iter().filter_map(|entry| dates.published(entry)).collect();
        let read: Vec<_> = read.iter().map(|date| date.as_ref().map(When::to_string)).collect();
        let wanted = [Ok("2024-04-25"), Ok("2024-04-25T08:00:00+00:00"), Err("hôm qua"), Ok("2024-04")];
        assert_eq!(read.len(), 4);
        for (read, wanted) in read.iter().zip(wanted) {
            assert_eq!(read.as_deref().map_err(|text| text.as_str()), wanted);
        }
    }
}
