//! Date lines: the dates printed beside the headline, or alone on the page as a date line, and the one in the address.
//!
//! Invariant: a date inside a sentence is text, and a date that a line calls an update is never read as the publication.

use super::blocks::{Block, Kind};
use super::clock::is_header_clock;
use super::cue::Cue;
use super::published::{Evidence, is_clock_of};
use crate::article::When;
use crate::text::written_date::{Order, is_ambiguous, page_day};
use crate::text::{fold, normalize};
use regex::Regex;
use std::sync::LazyLock;

/// Blocks above and below the headline among which its date line stands.
const ABOVE: usize = 8;
const BELOW: usize = 14;
/// Longest date line, in bytes, with and without a word that says what it is.
const LONGEST: usize = 160;
const LONGEST_BARE: usize = 60;

/// Blocks of the page that are searched for a lone date line.
const MOST_BLOCKS: usize = 5_000;

/// Words before a date, by what they make of it: the publication, an update, something else.
static LABELS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?P<other>copyright|expires|deadline|het han|giay phep[^.|]*|so gp[^.|]*|khai mac|khoi cong|han nop|han chot|ngay sinh|hieu luc)",
        r"|(?P<published>published|posted|publish date|date published|publication date|release date|post(?:ed)? (?:time|date)",
        r"|\bdate\s*:|ngay dang|dang ngay|dang luc|xuat ban|ngay phat hanh|ngay tao)",
        r"|(?P<updated>updated?\b|updated|modified|reviewed|cap nhat|chinh sua|sua doi luc)"
    ))
    .ok()
});

/// Says what a line makes of its date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    Published,
    Bare,
    Updated,
}

/// Holds the dates that are printed on the page.
#[derive(Debug, Default)]
pub struct Printed {
    /// The publication, and how far to trust it.
    pub published: Option<(When, f32)>,
    /// What the date line calls an update.
    pub update: Option<When>,
}

/// Finds the date line: beside the headline, else the only one of the page; one that tells an update only when there is no other.
pub fn printed(evidence: &Evidence<'_, '_>, order: Order) -> Printed {
    let mut update: Option<When> = None;
    for at in window(evidence) {
        let block = &evidence.blocks[at];
        let below = evidence.title.is_none_or(|title| at > title);
        if block.kind == Kind::Heading && block.cue != Cue::Dateline || is_foreign(block, evidence, !below) {
            continue;
        }
        let Some((value, label, ambiguous)) = line(block, order) else { continue };
        // Below the text stand comments, events and the page's own dates; only what says that it is the publication counts there.
        if label != Label::Published && evidence.vietnamese && below && is_below_text(at, evidence) {
            continue;
        }
        if label == Label::Updated {
            update.get_or_insert(value);
            continue;
        }
        let doubt = if order == Order::MonthFirst && ambiguous { 0.2 } else { 0.0 };
        let said = if label == Label::Published || block.cue == Cue::Dateline { 0.06 } else { 0.0 };
        return Printed { published: Some((value, if below { 0.72 } else { 0.55 } + said - doubt)), update };
    }
    // Vietnamese papers head their date line with `Cập nhật`; elsewhere an update says little of the publication.
    let updated = || update.clone().map(|value| (value, if evidence.vietnamese { 0.66 } else { 0.45 }));
    Printed { published: only_one(evidence, order).map(|value| (value, 0.54)).or_else(updated), update }
}

/// Returns the blocks around the headline, nearest first: those below, then those above.
fn window(evidence: &Evidence<'_, '_>) -> Vec<usize> {
    let Some(title) = evidence.title else { return Vec::new() };
    let mut running = 0;
    let below = (title + 1..(title + 1 + BELOW).min(evidence.blocks.len())).take_while(|&at| {
        running += usize::from(evidence.blocks[at].text.len() > 250);
        running <= 2
    });
    let below: Vec<_> = below.collect();
    below.into_iter().chain((title.saturating_sub(ABOVE)..title).rev()).collect()
}

/// Says whether more than a lead stands between the headline and a block.
fn is_below_text(at: usize, evidence: &Evidence<'_, '_>) -> bool {
    let between = evidence.title.map_or(&[][..], |title| &evidence.blocks[title + 1..at]);
    between
        .iter()
        .filter(|block| block.kind == Kind::Paragraph && block.link_share() < 0.5 && block.text.len() > 160)
        .count()
        > 1
}

/// Returns the date of the only date line of the page.
fn only_one(evidence: &Evidence<'_, '_>, order: Order) -> Option<When> {
    let mut only = None;
    for block in
        evidence.blocks.iter().take(MOST_BLOCKS).filter(|block| block.link_share() < 0.5 && block.kind != Kind::Picture)
    {
        if is_foreign(block, evidence, true) {
            continue;
        }
        let Some((value, label, _)) = line(block, order) else { continue };
        let named =
            label == Label::Published || !evidence.vietnamese && matches!(block.cue, Cue::Dateline | Cue::Byline);
        if label == Label::Updated || !named {
            continue;
        }
        if only.as_ref().is_some_and(|only: &When| only.day() != value.day()) {
            return None;
        }
        only.get_or_insert(value);
    }
    only
}

/// Says whether a block is a clock's or a link to another article.
fn is_foreign(block: &Block<'_>, evidence: &Evidence<'_, '_>, above: bool) -> bool {
    let headline = evidence.title.and_then(|title| evidence.blocks.get(title)).map(|block| block.element);
    block.text.len() > LONGEST
        || block.link_share() > 0.7 && block.cue != Cue::Dateline
        || evidence.clocks.holds(block.element)
        || evidence.layout.is_some_and(|layout| is_clock_of(layout, block.element))
        || is_header_clock(block, headline, above)
}

/// Reads a date line: its date, what the line makes of it, and whether the order of day and month is open.
fn line(block: &Block<'_>, order: Order) -> Option<(When, Label, bool)> {
    if !block.text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let text = fold(&spaced(&normalize(&block.text)));
    if ["giay phep", "ban quyen"].iter().any(|word| text.contains(word)) {
        return None;
    }
    // The line in parts, each from one label to the next.
    let mut starts = vec![(0, Some(Label::Bare))];
    for found in LABELS.as_ref()?.captures_iter(&text) {
        let label = match (found.name("published"), found.name("updated")) {
            (Some(_), _) => Some(Label::Published),
            (_, Some(_)) => Some(Label::Updated),
            _ => None,
        };
        starts.push((found.get(0)?.start(), label));
    }
    let ends = starts.iter().skip(1).map(|&(start, _)| start).chain([text.len()]);
    let parts: Vec<_> = starts.iter().zip(ends).map(|(&(start, label), end)| (&text[start..end], label)).collect();
    let named = matches!(block.cue, Cue::Dateline | Cue::Byline);
    [Label::Published, Label::Bare, Label::Updated].into_iter().find_map(|wanted| {
        let of_label = parts.iter().filter(|(_, label)| *label == Some(wanted));
        let (part, value) = of_label.filter_map(|(part, _)| Some((*part, When::find(part, order)?))).next()?;
        (wanted != Label::Bare || named || is_mostly_date(&text)).then(|| (value, wanted, is_ambiguous(part)))
    })
}

/// Sets a blank where two inline elements were glued: `Đời sống25/4/2024`, `HealthDecember 22`, `Thứ Năm,25/4/2024`.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + 4);
    let (mut earlier, mut before) = (' ', ' ');
    for c in text.chars() {
        let signed = matches!(before, ',' | '-' | '.') && c.is_ascii_digit() && !earlier.is_ascii_digit();
        if signed
            || before.is_lowercase() && (c.is_uppercase() || c.is_ascii_digit())
            || before.is_ascii_digit() && c.is_uppercase() && c != 'T' && c != 'Z'
        {
            spaced.push(' ');
        }
        spaced.push(c);
        (earlier, before) = (before, c);
    }
    spaced
}

/// Says whether a text is short for the date in it, or at least a third of it is digits and signs of dates.
fn is_mostly_date(folded: &str) -> bool {
    let digits = folded.chars().filter(char::is_ascii_digit).count();
    let sentence = folded.ends_with(['.', ';', ':', '?', '!']);
    digits >= 5 && folded.len() <= LONGEST_BARE && !sentence || digits * 3 >= folded.len()
}

static IN_PATH: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:/|-|_)(?P<y>(?:19|20)\d{2})[-/_](?P<m>0?[1-9]|1[0-2])[-/_](?P<d>0?[1-9]|[12]\d|3[01])(?:[/_.-]|$)")
        .ok()
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
static WITH_MONTH_NAME: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"/(?P<y>20\d{2})/(?P<name>[a-z]{3,9})/(?P<d>[0-3]?\d)(?:/|$)").ok());

/// Reads the date in an address.
pub fn in_address(url: &str) -> Option<When> {
    let path = url.split(['?', '#']).next()?.split_once("://").map_or(url, |(_, rest)| rest);
    let number =
        |found: &regex::Captures<'_>, name: &str| found.name(name).and_then(|part| part.as_str().parse::<i16>().ok());
    let date = |pattern: &Option<Regex>, century: i16| {
        let found = pattern.as_ref()?.captures(path)?;
        page_day(
            number(&found, "y")? + century,
            i8::try_from(number(&found, "m")?).ok()?,
            i8::try_from(number(&found, "d")?).ok()?,
        )
    };
    let named = || {
        let found = WITH_MONTH_NAME.as_ref()?.captures(path)?;
        When::find(&format!("{} {} {}", &found["d"], &found["name"], &found["y"]), Order::DayFirst)
    };
    date(&IN_PATH, 0).or_else(|| date(&COMPACT, 0)).or_else(|| date(&NUMBERED, 2000)).map(When::Day).or_else(named)
}

#[cfg(test)]
mod tests {
    use super::super::blocks::{Rules, blocks};
    use super::*;
    use scraper::Html;

    fn read_line(html: &str) -> Option<(String, Label)> {
        let page = Html::parse_fragment(html);
        let found = blocks(page.root_element(), &Rules::default());
        line(&found[0], Order::DayFirst).map(|(value, label, _)| (value.day().to_string(), label))
    }

    #[test]
    fn a_line_says_what_its_date_is() {
        for (html, day, label) in [
            ("<p>Thứ Năm, 25/4/2024 - 08:00</p>", "2024-04-25", Label::Bare),
            ("<p>Cập nhật lúc 08:00, 25/04/2024 (GMT+7)</p>", "2024-04-25", Label::Updated),
            ("<p>Ngày đăng: 25/04/2024 | Cập nhật: 27/04/2024</p>", "2024-04-25", Label::Published),
            ("<p>Cập nhật: 27/04/2024 | Ngày đăng: 25/04/2024</p>", "2024-04-25", Label::Published),
            ("<p><span>April 26, 2024</span><span>Updated on: October 28, 2024</span></p>", "2024-04-26", Label::Bare),
            ("<p><span>Đời sống</span><span>25/4/2024</span></p>", "2024-04-25", Label::Bare),
            ("<p>Thứ Năm,25/4/2024|08:00 GMT+7</p>", "2024-04-25", Label::Bare),
            ("<p>February 4, 2025 - 11 minutes</p>", "2025-02-04", Label::Bare),
        ] {
            assert_eq!(read_line(html), Some((day.to_string(), label)), "{html}");
        }
    }

    #[test]
    fn a_sentence_with_a_date_is_no_date_line() {
        for html in [
            "<p>Ngày 25/4/2024, đoàn công tác của tỉnh đã đến thăm và tặng quà các gia đình chính sách.</p>",
            "<p>Nghị quyết có hiệu lực từ ngày 1/7/2025.</p>",
            "<p>Copyright 1/1/2020</p>",
            "<p>Giấy phép số 33/GP. Xuất bản: 12/1/2020</p>",
            "<p>Khai mạc: 20/3/2025</p>",
            "<p>Giấy phép xuất bản số 12/GP, ngày 1/2/2020</p>",
            "<p>Lê Thị Mây</p>",
        ] {
            assert_eq!(read_line(html), None, "{html}");
        }
    }

    #[test]
    fn addresses_hold_dates() {
        for (url, day) in [
            ("https://bao.vn/2024/04/25/xa-hop.html", Some("2024-04-25")),
            ("https://bao.vn/xa-hop-20240425.html", Some("2024-04-25")),
            ("https://bao.vn/kinh-te/xa-hop-20240425080718123.htm", Some("2024-04-25")),
            ("https://bao.vn/xa-hop-102240425093004191.htm", Some("2024-04-25")),
            ("https://bao.vn/blog/2024/april/25/xa-hop", Some("2024-04-25")),
            ("https://bao.vn/kinh-te/202404/xa-hop-3210121/", None),
            ("https://bao.vn/xa-hop-3291811.html", None),
        ] {
            assert_eq!(in_address(url).map(|when| when.to_string()).as_deref(), day, "{url}");
        }
    }
}
