//! Dumps of feeds: RSS and Atom, each entry handed over as what the newspaper says of one article.
//!
//! Invariant: the entries before the place where a feed breaks off are read, and the break is one error.

use super::file;
use super::input::{Each, Item};
use crate::article::{Entry, Origin, When};
use crate::report::Failure;
use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use feed_rs::model::{self, Feed};
use feed_rs::parser;
use std::path::Path;

/// Largest feed that is read.
const LARGEST: u64 = 64 << 20;

/// Hands every entry of a feed to `each`; `each` answers whether to go on.
///
/// # Errors
/// When the file cannot be read as a feed.
pub(super) fn read(path: &Path, each: Each<'_>) -> Result<()> {
    let bytes = file::read(path, LARGEST)?;
    let name = path.display().to_string();
    let (feed, broken) = match parse(&bytes) {
        Ok(feed) => (feed, None),
        Err(error) => (salvage(&bytes).context(error)?, Some(())),
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
    if broken.is_some() {
        each(Err(Failure { place: name, reason: format!("the feed is broken after its {count} entries; these are read") }));
    }
    Ok(())
}

/// Says whether a file's first bytes are those of a feed.
pub(super) fn is_feed(start: &[u8]) -> bool {
    let start = &start[..start.len().min(2048)];
    [&b"<rss"[..], b"<feed", b"<rdf:RDF"].iter().any(|mark| memchr::memmem::find(start, mark).is_some())
}

fn parse(bytes: &[u8]) -> Result<Feed> {
    let parser = parser::Builder::new().timestamp_parser(time).build();
    parser.parse(bytes.trim_ascii_start()).context("not an RSS or Atom feed, or one that is broken")
}

/// Reads the whole entries of a feed that breaks off.
fn salvage(bytes: &[u8]) -> Result<Feed> {
    let closings: [(&[u8], &[&[u8]]); 2] = [(b"</item>", &[b"</channel></rss>", b"</rdf:RDF>"]), (b"</entry>", &[b"</feed>"])];
    let cuts = closings.iter().filter_map(|(end, rest)| Some((memchr::memmem::rfind(bytes, end)? + end.len(), *rest)));
    let whole = cuts.flat_map(|(cut, rest)| rest.iter().map(move |rest| [&bytes[..cut], *rest].concat()));
    whole.into_iter().find_map(|bytes| parse(&bytes).ok()).context("not one entry of it can be read")
}

fn entry(entry: model::Entry, origin: Origin) -> Entry {
    let page = |link: &&model::Link| link.rel.as_deref().is_none_or(|rel| rel == "alternate");
    let address = entry.links.iter().find(page).or(entry.links.first()).map(|link| link.href.clone());
    // An identifier that is the address is what RSS calls a permalink.
    let address = address.or_else(|| entry.id.starts_with("http").then(|| entry.id.clone()));
    let when = entry.published.or(entry.updated);
    Entry {
        url: address,
        title: entry.title.map(|title| title.content),
        published: when.and_then(|when| when.to_rfc3339().parse::<When>().ok()),
        authors: entry.authors.into_iter().filter_map(|person| person.name).filter(|name| !name.is_empty()).collect(),
        tags: entry.categories.into_iter().map(|category| category.label.unwrap_or(category.term)).collect(),
        language: entry.language,
        feed: None,
        content: entry.content.and_then(|content| content.body).filter(|text| !text.trim().is_empty()),
        summary: entry.summary.map(|summary| summary.content).filter(|text| !text.trim().is_empty()),
        origin,
    }
}

/// Reads a time as feeds write it; one without a zone, or of the zone `GMT+7`, is Vietnamese.
fn time(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim().replace("GMT+7", "+0700").replace("GMT+07:00", "+0700");
    let mail = |text: &str| jiff::fmt::rfc2822::parse(text).ok().map(|time| time.timestamp());
    let moment = mail(&text).or_else(|| mail(&format!("{text} +0700")));
    let moment = moment.or_else(|| text.parse::<When>().ok()?.timestamp())?;
    DateTime::from_timestamp(moment.as_second(), 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_without_a_zone_is_vietnamese() {
        for text in [
            "Thu, 25 Apr 2024 01:30:00 +0700",
            "Thu, 25 Apr 2024 01:30:00 GMT+7",
            "Thu, 25 Apr 2024 01:30:00",
            "Wed, 24 Apr 2024 18:30:00 GMT",
            "2024-04-25T01:30:00",
            "2024-04-24T18:30:00Z",
        ] {
            assert_eq!(time(text).map(|time| time.to_rfc3339()).as_deref(), Some("2024-04-24T18:30:00+00:00"), "{text}");
        }
        assert_eq!(time("hôm qua"), None);
    }
}
