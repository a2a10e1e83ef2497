//! The publication date: every claim with its source, weighed; none rather than a wrong one.
//!
//! Invariant: no date after the fetch, never the header's clock, and every claim that was read is kept.

mod weigh;

use super::blocks::Block;
use super::clock::Clocks;
use super::cue::Cue;
use super::dateline;
use super::page_metadata::PageMetadata;
use super::split::same_form;
use crate::article::{Article, DateCandidate, DateSource, Page, When};
use crate::site::layout::{DateFormat, Layout};
use crate::text::written_date::{Order, is_ambiguous};
use jiff::civil::Date;
use scraper::{ElementRef, Html};
use weigh::{doubt, weigh};

/// Confidence below which a date is only a candidate.
const ENOUGH: f32 = 0.5;
/// Highest confidence of a month or year beside a day.
const PART: f32 = 0.4;

/// Meta elements that say when a page was published, with how far to trust them.
const METAS: &[(&str, f32)] = &[
    ("article:published_time", 0.9),
    ("article:published", 0.9),
    ("og:article:published_time", 0.9),
    ("og:published_time", 0.85),
    ("datepublished", 0.9),
    ("article.published", 0.85),
    ("cms-date", 0.85),
    ("pubdate", 0.85),
    ("publishdate", 0.85),
    ("publish-date", 0.85),
    ("publish_date", 0.85),
    ("published_at", 0.85),
    ("publication_date", 0.85),
    ("publication-date", 0.85),
    ("parsely-pub-date", 0.85),
    ("sailthru.date", 0.8),
    ("article_date_original", 0.85),
    ("dc.date.issued", 0.8),
    ("dcterms.issued", 0.8),
    ("dcterms.created", 0.7),
    ("dc.date.created", 0.7),
    ("dcterms.date", 0.7),
    ("dc.date", 0.7),
    ("citation_publication_date", 0.8),
    ("citation_date", 0.7),
    ("date", 0.65),
    ("article:post_date", 0.8),
    ("rnews:datepublished", 0.8),
    ("displaydate", 0.7),
    ("cxenseparse:recs:publishtime", 0.85),
    ("ptime", 0.7),
    ("originalpublicationdate", 0.85),
    ("prism.publicationdate", 0.8),
];

/// Holds what the dates are looked for in.
pub struct Evidence<'p, 'a> {
    /// The page as fetched.
    pub page: &'p Page,
    /// Its tree.
    pub tree: &'a Html,
    /// What it says about itself.
    pub page_metadata: &'p PageMetadata<'a>,
    /// Its layout.
    pub layout: Option<&'p Layout>,
    /// Blocks of the whole page.
    pub blocks: &'p [Block<'a>],
    /// Index of the headline among the blocks.
    pub title: Option<usize>,
    /// Box of the next article on the page, whose dates are not this one's.
    pub next: Option<ElementRef<'a>>,
    /// Clocks known of the site.
    pub clocks: &'p Clocks,
    /// The page is Vietnamese: days come first.
    pub vietnamese: bool,
}

/// Fills the publication date of an article.
pub fn publish(evidence: &Evidence<'_, '_>, article: &mut Article) {
    let printed = dateline::printed(evidence, order(evidence));
    let mut claims = claims(evidence, printed.published, article.title.as_deref());
    let today = super::clock::visited(evidence.page);
    claims.retain(|claim| {
        let late = match (&claim.value, evidence.page.fetched) {
            (When::Moment(moment), Some(fetched)) => moment.timestamp() > fetched,
            (When::Moment(_), None) => false,
            (value, _) => today.is_some_and(|today| value.day() > today),
        };
        if late {
            article
                .warnings
                .push(format!("date {} ({:?}) is after the fetch and was left out", claim.value, claim.source));
        }
        !late
    });
    // A month or year alone counts only where no day is claimed.
    let mut parts = Vec::new();
    if claims.iter().any(|claim| claim.value.exact_day().is_some()) {
        parts = claims.extract_if(.., |claim| claim.value.exact_day().is_none()).collect();
    }
    weigh(&mut claims);
    // A layout knows which date of its pages to trust; Vietnamese papers call their date line an update (`Cập nhật`).
    if evidence.layout.is_none_or(|layout| layout.date.is_empty()) {
        let update = printed.update.filter(|_| !evidence.vietnamese);
        doubt(&mut claims, &updates(evidence), update.map(|update| update.day()));
    }
    if let Some(best) = claims.first() {
        let day = best.value.day();
        let others: Vec<_> =
            claims.iter().filter(|claim| claim.value.day() != day).map(|claim| claim.value.day().to_string()).collect();
        if !others.is_empty() {
            article.warnings.push(format!("other publication days are claimed: {}", others.join(", ")));
        }
        if best.confidence >= ENOUGH {
            // The best source may know only the day, or the minute, where another knows the second.
            let value = claims.iter().filter(|claim| claim.confidence >= ENOUGH).find(|claim| is_finer(claim, best));
            let value = value.unwrap_or(best);
            article.published = Some(value.value.clone());
            article.published_source = Some(value.source);
            article.published_confidence = Some(best.confidence);
        }
    }
    for part in &mut parts {
        part.confidence = part.confidence.min(PART);
    }
    claims.append(&mut parts);
    article.published_candidates = claims;
}

/// Reads the date of an element that is one: the first in it, else a month, a year or a number alone.
fn read(text: &str, order: Order) -> Option<When> {
    When::find(text, order).or_else(|| When::read(text, order))
}

/// Says whether a claim is of the same day or minute as another and tells it more exactly.
fn is_finer(claim: &DateCandidate, other: &DateCandidate) -> bool {
    match (&claim.value, &other.value) {
        (When::Moment(_), When::Day(day)) => claim.value.day() == *day,
        (When::Moment(fine), When::Moment(rough)) => {
            rough.second() == 0 && (1..60).contains(&(fine.timestamp().as_second() - rough.timestamp().as_second()))
        }
        _ => false,
    }
}

/// Returns the days on which the page says that it was changed.
fn updates(evidence: &Evidence<'_, '_>) -> Vec<Date> {
    let order = order(evidence);
    let written = evidence
        .page_metadata
        .objects
        .iter()
        .filter_map(|object| object.get("dateModified").and_then(serde_json::Value::as_str));
    let names =
        ["article:modified_time", "og:updated_time", "datemodified", "last-modified", "updated", "modified-date"];
    let said = evidence
        .page_metadata
        .metas
        .iter()
        .filter(|(name, _)| names.contains(&name.as_str()))
        .map(|(_, content)| *content);
    written.chain(said).filter_map(|text| read(text, order)).map(|when| when.day()).collect()
}

/// Returns which number of `3/4/2024` is the day: the month comes first in America only.
fn order(evidence: &Evidence<'_, '_>) -> Order {
    let language = evidence.page_metadata.language.unwrap_or("").to_ascii_lowercase();
    let american = language.is_empty() || language == "en" || language.ends_with("us");
    if evidence.vietnamese || !american { Order::DayFirst } else { Order::MonthFirst }
}

/// Says how far to trust a meta element as the publication date.
fn trust(name: &str) -> Option<f32> {
    if let Some(&(_, trust)) = METAS.iter().find(|(known, _)| *known == name) {
        return Some(trust);
    }
    let says = name.contains("publi") && !name.contains("publisher") && !name.contains("republi");
    (says && (name.contains("date") || name.contains("time") || name.ends_with("published"))).then_some(0.75)
}

/// Returns the objects that say when this article was published: of several that disagree, those with its headline.
fn written<'s>(page_metadata: &'s PageMetadata<'_>, title: Option<&str>) -> Vec<(&'s str, f32)> {
    let dated = |object: &'s serde_json::Value| object.get("datePublished").and_then(serde_json::Value::as_str);
    let all: Vec<_> = page_metadata.articles().filter_map(|object| Some((object, dated(object)?))).collect();
    let Some(title) =
        title.map(same_form).filter(|_| all.windows(2).any(|pair| pair[0].1.get(..10) != pair[1].1.get(..10)))
    else {
        let pages = page_metadata.pages().filter_map(dated).map(|text| (text, 0.8));
        return all
            .into_iter()
            .map(|(_, text)| (text, 0.92))
            .chain(pages.filter(|_| page_metadata.articles().next().is_none()))
            .collect();
    };
    let own = |object: &serde_json::Value| {
        ["headline", "name"]
            .iter()
            .filter_map(|key| object.get(*key)?.as_str())
            .any(|headline| same_form(headline) == title)
    };
    let named: Vec<_> = all.iter().filter(|(object, _)| own(object)).map(|(_, text)| (*text, 0.92)).collect();
    if named.is_empty() { all.into_iter().take(1).map(|(_, text)| (text, 0.85)).collect() } else { named }
}

/// Collects every claim.
fn claims(evidence: &Evidence<'_, '_>, printed: Option<(When, f32)>, title: Option<&str>) -> Vec<DateCandidate> {
    let mut claims = evidence.page.announced.clone();
    let order = order(evidence);
    let mut claim = |value: Option<When>, source: DateSource, confidence: f32| {
        if let Some(value) = value {
            claims.push(DateCandidate { value, source, confidence });
        }
    };
    if let Some(layout) = evidence.layout {
        for field in &layout.date {
            let found = evidence.tree.select(&field.field.selector).next();
            let text = found.and_then(|element| match &field.field.attribute {
                Some(name) => element.attr(name).map(str::to_string),
                None => Some(super::blocks::text_of(element)),
            });
            let in_clock = found.is_some_and(|element| is_clock_of(layout, element) || evidence.clocks.holds(element));
            let Some(text) = text.filter(|_| !in_clock) else { continue };
            let source = match field.field.attribute.as_deref() {
                Some("content") => DateSource::Meta,
                Some("datetime") => DateSource::Time,
                _ => DateSource::Visible,
            };
            let order = if field.format == DateFormat::MdyUs { Order::MonthFirst } else { Order::DayFirst };
            claim(read(&text, order), source, 0.93);
        }
    }
    for (text, trust) in written(evidence.page_metadata, title) {
        claim(read(text, order), DateSource::Jsonld, trust);
    }
    for (name, content) in &evidence.page_metadata.metas {
        let Some(confidence) = trust(name) else { continue };
        if evidence.layout.is_some_and(|layout| !layout.date.is_empty())
            && evidence.vietnamese
            && has_half(content)
            && is_ambiguous(content)
        {
            // The layout knows how its own system writes this; a second reading would only make a conflict.
            continue;
        }
        let order = if has_half(content) && !evidence.vietnamese { Order::MonthFirst } else { order };
        let doubt = if is_ambiguous(content) && !has_half(content) { 0.25 } else { 0.0 };
        claim(read(content, order), DateSource::Meta, confidence - doubt);
    }
    times(evidence, order, &mut claim);
    if let Some((value, trust)) = printed {
        claim(Some(value), DateSource::Visible, trust);
    }
    if let Some(url) = evidence.page.url.as_deref().or(evidence.page_metadata.canonical) {
        claim(dateline::in_address(url), DateSource::Url, 0.6);
    }
    claims
}

/// Says whether a twelve-hour clock stands in a text, as American systems write it.
fn has_half(text: &str) -> bool {
    let text = text.to_ascii_uppercase();
    text.ends_with("AM") || text.ends_with("PM")
}

pub(super) fn is_clock_of(layout: &Layout, element: ElementRef<'_>) -> bool {
    let Some(clock) = &layout.clock else { return false };
    std::iter::once(element)
        .chain(element.ancestors().filter_map(ElementRef::wrap))
        .any(|element| clock.matches(&element))
}

/// Claims of `time` elements: those that say they are the publication, else those beside the headline.
fn times(evidence: &Evidence<'_, '_>, order: Order, claim: &mut impl FnMut(Option<When>, DateSource, f32)) {
    let mut plain = Vec::new();
    let of_next = |time: ElementRef<'_>| evidence.next.is_some_and(|next| super::holds(next, time));
    for &time in evidence.page_metadata.times.iter().filter(|time| !of_next(**time)) {
        let names = [
            time.attr("class"),
            time.attr("itemprop"),
            time.attr("property"),
            time.attr("pubdate").map(|_| "published"),
        ];
        let names = names.into_iter().flatten().collect::<Vec<_>>().join(" ").to_ascii_lowercase();
        let own = names.contains("publish") || names.contains("entry-date") || names.contains("posted");
        if is_aside(time, evidence, own)
            || evidence.clocks.holds(time)
            || evidence.layout.is_some_and(|layout| is_clock_of(layout, time))
        {
            continue;
        }
        let text = ["datetime", "content", "data-time"].iter().find_map(|name| time.attr(name)).map(str::to_string);
        let value = text.and_then(|text| read(&text, order)).or_else(|| read(&super::blocks::text_of(time), order));
        if names.contains("modified") || names.contains("update") {
            continue;
        }
        if own {
            claim(value, DateSource::Time, 0.8);
            continue;
        }
        plain.extend(value.map(|value| (time, value)));
    }
    // The first one outside lists and asides, when there are only a few or it stands between headline and text: more of them
    // are other articles'.
    let heading = plain.iter().position(|&(time, _)| is_heading_text(time, evidence));
    if (1..=4).contains(&plain.len()) || heading.is_some() {
        let agree = plain.windows(2).all(|pair| pair[0].1.day() == pair[1].1.day());
        let first = plain.swap_remove(heading.unwrap_or(0)).1;
        claim(Some(first), DateSource::Time, if agree || heading.is_some() { 0.7 } else { 0.52 });
    }
}

/// Says whether an element stands between the headline and the first paragraph of the text.
fn is_heading_text(element: ElementRef<'_>, evidence: &Evidence<'_, '_>) -> bool {
    let Some(after) = evidence.title.and_then(|title| evidence.blocks.get(title..)) else { return false };
    let text = after.iter().skip(1).take(12).find(|block| block.text.len() > 250);
    text.zip(after.first()).is_some_and(|(text, title)| (title.element.id()..text.element.id()).contains(&element.id()))
}

/// Says whether a link leads to another article: not the one around an article's own date, as blogs set it.
fn is_foreign_link(element: ElementRef<'_>) -> bool {
    element.value().name() == "a" && !element.attr("rel").is_some_and(|rel| rel.contains("bookmark"))
}

/// Says whether an element stands in a list of other articles, in the page's frame or in a link.
///
/// One that calls itself the publication date is believed inside a box that is named after its buttons.
fn is_aside(element: ElementRef<'_>, evidence: &Evidence<'_, '_>, own: bool) -> bool {
    element.ancestors().filter_map(ElementRef::wrap).any(|above| {
        let holds_title = evidence
            .title
            .and_then(|at| evidence.blocks.get(at))
            .is_some_and(|title| title.element.ancestors().any(|a| a.id() == above.id()));
        let in_title = evidence
            .title
            .and_then(|at| evidence.blocks.get(at))
            .is_some_and(|title| super::holds(title.element, above));
        !holds_title
            && !in_title
            && (is_foreign_link(above)
                || matches!(above.value().name(), "aside" | "nav" | "footer" | "li")
                || !own && super::cue::cue(above) == Cue::Drop)
    })
}

/// Returns the dates that are printed on a page, with where they stand, for learning clocks.
pub(super) fn sightings(evidence: &Evidence<'_, '_>) -> Vec<super::clock::Sighting> {
    let order = order(evidence);
    let without_text = Evidence { title: None, ..*evidence };
    let others: Vec<_> = claims(&without_text, None, None).into_iter().map(|claim| claim.value.day()).collect();
    let visited = super::clock::visited(evidence.page);
    let short = evidence.blocks.iter().enumerate().filter(|(_, block)| block.text.len() <= 120);
    short
        .filter_map(|(at, block)| {
            let day = When::find(&block.text, order)?.day();
            Some(super::clock::Sighting {
                place: super::clock::place_of(block.element),
                day,
                visited,
                above_title: evidence.title.is_some_and(|title| at < title),
                contradicted: !others.is_empty() && !others.contains(&day),
            })
        })
        .collect()
}
