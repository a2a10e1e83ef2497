//! The publication date: every claim with its source, weighed; none rather than a wrong one.
//!
//! Invariant: no date after the fetch, never the header's clock, and every claim that was read is kept.

use super::blocks::Block;
use super::clock::{Clocks, is_header_clock};
use super::cue::Cue;
use super::survey::Survey;
use super::when::{Order, calendar, is_ambiguous, read};
use crate::article::{Article, DateCandidate, DateSource, Page, When};
use crate::site::layout::{DateFormat, Layout};
use crate::text::fold;
use regex::Regex;
use scraper::{ElementRef, Html};
use std::sync::LazyLock;

/// Confidence below which a date is only a candidate.
const ENOUGH: f32 = 0.5;
/// Blocks above and below the headline among which its date line stands.
const ABOVE: usize = 8;
const BELOW: usize = 14;

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
    pub survey: &'p Survey<'a>,
    /// Its layout.
    pub layout: Option<&'p Layout>,
    /// Blocks of the whole page.
    pub blocks: &'p [Block<'a>],
    /// Index of the headline among the blocks.
    pub title: Option<usize>,
    /// Clocks known of the site.
    pub clocks: &'p Clocks,
    /// The page is Vietnamese: days come first.
    pub vietnamese: bool,
}

/// Fills the publication date of an article.
pub fn publish(evidence: &Evidence<'_, '_>, article: &mut Article) {
    let mut claims = claims(evidence);
    let today = super::clock::visited(evidence.page);
    claims.retain(|claim| {
        let late = match (&claim.value, evidence.page.fetched) {
            (When::Moment(moment), Some(fetched)) => moment.timestamp() > fetched,
            (When::Day(day), _) => today.is_some_and(|today| *day > today),
            _ => false,
        };
        if late {
            article.warnings.push(format!("date {} ({:?}) is after the fetch and was left out", claim.value, claim.source));
        }
        !late
    });
    weigh(&mut claims);
    if let Some(best) = claims.first() {
        let day = best.value.day();
        let others: Vec<_> = claims.iter().filter(|claim| claim.value.day() != day).map(|claim| claim.value.day().to_string()).collect();
        if !others.is_empty() {
            article.warnings.push(format!("other publication days are claimed: {}", others.join(", ")));
        }
        if best.confidence >= ENOUGH {
            // The best source may know only the day where another knows the time.
            let exact = claims
                .iter()
                .find(|claim| matches!(claim.value, When::Moment(_)) && claim.value.day() == day && claim.confidence >= ENOUGH);
            let value = exact.filter(|_| matches!(best.value, When::Day(_))).unwrap_or(best);
            article.published = Some(value.value.clone());
            article.published_source = Some(value.source);
            article.published_confidence = Some(best.confidence);
        }
    }
    article.published_candidates = claims;
}

/// Raises what others agree with, lowers what they contradict, and sorts, best first.
fn weigh(claims: &mut Vec<DateCandidate>) {
    let days: Vec<_> = claims.iter().map(|claim| (claim.value.day(), claim.source, claim.confidence)).collect();
    for claim in claims.iter_mut() {
        let day = claim.value.day();
        let agree = days.iter().any(|&(other, source, _)| other == day && source != claim.source);
        let stronger =
            days.iter().any(|&(other, source, confidence)| other != day && source != claim.source && confidence >= claim.confidence);
        claim.confidence += if agree { (1.0 - claim.confidence) * 0.5 } else { 0.0 };
        claim.confidence -= if stronger && !agree { 0.2 } else { 0.0 };
        claim.confidence = (claim.confidence * 100.0).round() / 100.0;
    }
    claims.sort_by(|a, b| b.confidence.total_cmp(&a.confidence).then(a.source.cmp(&b.source)));
    let mut kept: Vec<DateCandidate> = Vec::new();
    for claim in claims.drain(..) {
        if !kept.iter().any(|other| other.source == claim.source && other.value == claim.value) {
            kept.push(claim);
        }
    }
    *claims = kept;
}

/// Collects every claim.
fn claims(evidence: &Evidence<'_, '_>) -> Vec<DateCandidate> {
    let mut claims = evidence.page.announced.clone();
    let order = if evidence.vietnamese { Order::DayFirst } else { Order::MonthFirst };
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
    for object in evidence.survey.articles() {
        if let Some(text) = object.get("datePublished").and_then(serde_json::Value::as_str) {
            claim(read(text, order), DateSource::Jsonld, 0.92);
        }
    }
    for (name, content) in &evidence.survey.metas {
        let Some(&(_, confidence)) = METAS.iter().find(|(known, _)| known == name) else { continue };
        if evidence.layout.is_some_and(|layout| !layout.date.is_empty())
            && evidence.vietnamese
            && has_half(content)
            && is_ambiguous(content)
        {
            // The layout knows how its own system writes this; a second reading would only make a conflict.
            continue;
        }
        let order = if has_half(content) { Order::MonthFirst } else { order };
        let doubt = if is_ambiguous(content) && !has_half(content) { 0.25 } else { 0.0 };
        claim(read(content, order), DateSource::Meta, confidence - doubt);
    }
    times(evidence, order, &mut claim);
    visible(evidence, order, &mut claim);
    if let Some(url) = evidence.page.url.as_deref().or(evidence.survey.canonical) {
        claim(in_address(url), DateSource::Url, 0.6);
    }
    claims
}

/// Says whether a twelve-hour clock stands in a text, as American systems write it.
fn has_half(text: &str) -> bool {
    let text = text.to_ascii_uppercase();
    text.ends_with("AM") || text.ends_with("PM")
}

fn is_clock_of(layout: &Layout, element: ElementRef<'_>) -> bool {
    let Some(clock) = &layout.clock else { return false };
    std::iter::once(element).chain(element.ancestors().filter_map(ElementRef::wrap)).any(|element| clock.matches(&element))
}

/// Claims of `time` elements: those that say they are the publication, else those beside the headline.
fn times(evidence: &Evidence<'_, '_>, order: Order, claim: &mut impl FnMut(Option<When>, DateSource, f32)) {
    let mut plain = Vec::new();
    for &time in &evidence.survey.times {
        if is_aside(time, evidence) || evidence.clocks.holds(time) || evidence.layout.is_some_and(|layout| is_clock_of(layout, time)) {
            continue;
        }
        let text = ["datetime", "content", "data-time"].iter().find_map(|name| time.attr(name)).map(str::to_string);
        let value = text.and_then(|text| read(&text, order)).or_else(|| read(&super::blocks::text_of(time), order));
        let names = [time.attr("class"), time.attr("itemprop"), time.attr("pubdate").map(|_| "published")].into_iter().flatten();
        let names = names.collect::<Vec<_>>().join(" ").to_ascii_lowercase();
        if names.contains("modified") || names.contains("update") {
            continue;
        }
        if names.contains("publish") || names.contains("entry-date") || names.contains("posted") {
            claim(value, DateSource::Time, 0.8);
            continue;
        }
        plain.extend(value);
    }
    // The first one outside lists and asides, when there are only a few: more of them are other articles'.
    if (1..=4).contains(&plain.len()) {
        let agree = plain.windows(2).all(|pair| pair[0].day() == pair[1].day());
        claim(plain.into_iter().next(), DateSource::Time, if agree { 0.7 } else { 0.52 });
    }
}

/// Says whether an element stands in a list of other articles, in the page's frame or in a link.
fn is_aside(element: ElementRef<'_>, evidence: &Evidence<'_, '_>) -> bool {
    element.ancestors().filter_map(ElementRef::wrap).any(|above| {
        let holds_title = evidence
            .title
            .and_then(|at| evidence.blocks.get(at))
            .is_some_and(|title| title.element.ancestors().any(|a| a.id() == above.id()));
        !holds_title && (matches!(above.value().name(), "a" | "aside" | "nav" | "footer" | "li") || super::cue::cue(above) == Cue::Drop)
    })
}

static LABEL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b(?:published|posted|publish date|first published|date|ngay dang|dang ngay|dang luc|xuat ban|ngay xuat ban)\b").ok()
});
static UPDATED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\b(?:updated|modified|reviewed|cap nhat|chinh sua|copyright|expires|deadline)\b").ok());

/// Claims of the text beside the headline.
fn visible(evidence: &Evidence<'_, '_>, order: Order, claim: &mut impl FnMut(Option<When>, DateSource, f32)) {
    let Some(title) = evidence.title else { return };
    let headline = evidence.blocks.get(title).map(|block| block.element);
    let above = (title.saturating_sub(ABOVE)..title).rev();
    let below = title + 1..(title + 1 + BELOW).min(evidence.blocks.len());
    let mut running = 0;
    for at in below.chain(above) {
        let block = &evidence.blocks[at];
        if at > title {
            running += usize::from(block.text.len() > 250);
        }
        if block.text.len() > 160 || running > 2 || evidence.clocks.holds(block.element) {
            continue;
        }
        if evidence.layout.is_some_and(|layout| is_clock_of(layout, block.element)) || is_header_clock(block, headline, at < title) {
            continue;
        }
        let Some(value) = read(&block.text, order) else { continue };
        let folded = fold(&block.text);
        let updated = UPDATED.as_ref().is_some_and(|updated| updated.is_match(&folded));
        let labelled = LABEL.as_ref().is_some_and(|label| label.is_match(&folded));
        if updated && !labelled || block.link_share() > 0.7 {
            continue;
        }
        // A date line is short and hardly anything but the date; a sentence with a date in it is text.
        let only = is_mostly_date(&folded) || labelled || block.cue == Cue::Dateline || block.cue == Cue::Byline;
        if only {
            let doubt = if order == Order::MonthFirst && is_ambiguous(&block.text) { 0.15 } else { 0.0 };
            let near = if at > title { 0.72 } else { 0.55 };
            claim(Some(value), DateSource::Visible, near + if labelled || block.cue == Cue::Dateline { 0.06 } else { 0.0 } - doubt);
            return;
        }
    }
}

/// Says whether at least a third of a text is digits and signs of dates.
fn is_mostly_date(folded: &str) -> bool {
    let digits = folded.chars().filter(char::is_ascii_digit).count();
    digits >= 6 && folded.len() <= 60 || digits * 3 >= folded.len()
}

static IN_PATH: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:/|-|_)(?P<y>(?:19|20)\d{2})[-/_](?P<m>0?[1-9]|1[0-2])[-/_](?P<d>0?[1-9]|[12]\d|3[01])(?:[/_.-]|$)").ok()
});
static COMPACT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:[/_-])(?P<y>20\d{2})(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?:(?P<h>[01]\d|2[0-3])(?P<n>[0-5]\d)(?P<s>[0-5]\d)\d{3})?(?:[/_.-]|$)").ok()
});
/// Article numbers that begin with two or three digits of the section and then the second of publication: `102260228093004191`.
static NUMBERED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"-\d{2,3}(?P<y>[12]\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?P<h>[01]\d|2[0-3])(?P<n>[0-5]\d)(?P<s>[0-5]\d)\d{3}\.",
    )
    .ok()
});

/// Reads the date in an address.
pub fn in_address(url: &str) -> Option<When> {
    let path = url.split(['?', '#']).next()?.split_once("://").map_or(url, |(_, rest)| rest);
    let number = |found: &regex::Captures<'_>, name: &str| found.name(name).and_then(|part| part.as_str().parse::<i16>().ok());
    let read = |pattern: &Option<Regex>, century: i16| {
        let found = pattern.as_ref()?.captures(path)?;
        calendar(number(&found, "y")? + century, i8::try_from(number(&found, "m")?).ok()?, i8::try_from(number(&found, "d")?).ok()?)
    };
    read(&IN_PATH, 0).or_else(|| read(&COMPACT, 0)).or_else(|| read(&NUMBERED, 2000)).map(When::Day)
}

/// Returns the dates that are printed on a page, with where they stand, for learning clocks.
pub(super) fn sightings(evidence: &Evidence<'_, '_>) -> Vec<super::clock::Sighting> {
    let order = if evidence.vietnamese { Order::DayFirst } else { Order::MonthFirst };
    let without_text = Evidence { title: None, ..*evidence };
    let others: Vec<_> = claims(&without_text).into_iter().map(|claim| claim.value.day()).collect();
    let visited = super::clock::visited(evidence.page);
    let short = evidence.blocks.iter().enumerate().filter(|(_, block)| block.text.len() <= 120);
    short
        .filter_map(|(at, block)| {
            let day = read(&block.text, order)?.day();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_hold_dates() {
        for (url, day) in [
            ("https://bao.vn/2024/04/25/xa-hop.html", Some("2024-04-25")),
            ("https://bao.vn/xa-hop-20240425.html", Some("2024-04-25")),
            ("https://bao.vn/kinh-te/xa-hop-20240425080718123.htm", Some("2024-04-25")),
            ("https://bao.vn/xa-hop-102240425093004191.htm", Some("2024-04-25")),
            ("https://bao.vn/kinh-te/202404/xa-hop-3210121/", None),
            ("https://bao.vn/xa-hop-3291811.html", None),
        ] {
            assert_eq!(in_address(url).map(|when| when.to_string()).as_deref(), day, "{url}");
        }
    }

    #[test]
    fn agreement_is_worth_more_than_one_voice() {
        let claim = |value: &str, source, confidence| DateCandidate { value: value.parse().expect("a date"), source, confidence };
        let mut claims = vec![
            claim("2024-04-26", DateSource::Meta, 0.65),
            claim("2024-04-25", DateSource::Visible, 0.6),
            claim("2024-04-25", DateSource::Url, 0.6),
        ];
        weigh(&mut claims);
        assert_eq!(claims[0].value.to_string(), "2024-04-25");
        assert_eq!(claims.len(), 3);
    }
}
