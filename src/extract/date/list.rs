//! Lists and intervals: what one member leaves out it takes from its neighbour; `A đến B` and `A - B` become one.

use super::calendar::DateValue;
use super::reading::Reading;
use super::words;
use crate::extract::ArticleText;
use crate::text::number::parse_roman;

/// Longest text between two members of a list or the ends of an interval, in bytes.
const LONGEST_GAP: usize = 24;

/// Says what stands between two readings.
#[derive(PartialEq, Eq, Clone, Copy)]
enum Gap {
    /// `đến`, `tới`, also with `hết`.
    Until,
    /// A dash.
    Dash,
    /// A comma or `và`.
    And,
}

/// Reads the numbers of a list such as `27-29, 30` or `I, II`, where a dash or `đến` makes an interval; they must grow.
pub fn members(chain: &str, offset: usize, said: impl Fn(i8) -> DateValue) -> Option<Vec<Reading>> {
    let numeral = |b: &u8| b.is_ascii_digit() || matches!(b, b'I' | b'V');
    let bytes = chain.as_bytes();
    let mut read: Vec<Reading> = Vec::new();
    let (mut at, mut previous, mut until) = (0, 0, false);
    while let Some(skip) = bytes[at..].iter().position(numeral) {
        let start = at + skip;
        let end = start + bytes[start..].iter().take_while(|b| numeral(b)).count();
        let number = chain[start..end].parse().ok().or_else(|| i8::try_from(parse_roman(&chain[start..end])?).ok())?;
        if number <= previous {
            return None;
        }
        if until {
            let last = read.last_mut().filter(|last| last.until.is_none())?;
            (last.until, last.span.end) = (Some(said(number)), offset + end);
        } else {
            // The word before a member is its own: `tháng 3, tháng 4`.
            let word = chain[at..start].trim_end();
            let own = ["tháng", "ngày", "quý", "quí", "qúy"].iter().any(|name| word.to_lowercase().ends_with(name));
            let from = if own { at + word.rfind([' ', ',']).map_or(0, |blank| blank + 1) } else { start };
            read.push(Reading::new(offset + from..offset + end, said(number)));
        }
        (at, previous) = (end, number);
        let gap = chain[end..]
            .split(|c: char| c.is_ascii_digit() || matches!(c, 'I' | 'V'))
            .next()
            .unwrap_or("")
            .to_lowercase();
        until = gap.contains(['-', '‐', '‑', '–', '—', '−']) || gap.contains("đến") || gap.contains("tới");
    }
    (!read.is_empty()).then_some(read)
}

/// Shares what is left out among neighbours and joins the ends of intervals; days that keep no month are dropped.
pub fn join(scene: &ArticleText<'_>, readings: Vec<Reading>) -> Vec<Reading> {
    let mut joined: Vec<Reading> = Vec::with_capacity(readings.len());
    // From right to left, because the last member says what the others leave out.
    for mut reading in readings.into_iter().rev() {
        let next = joined.last_mut();
        if let Some(day) = next.as_ref().filter(|next| in_brackets(scene.text, &reading, next)) {
            (reading.said, reading.relative) = (day.said, day.relative);
        }
        let near = next.as_ref().and_then(|next| gap(scene.text, reading.span.end, next.span.start));
        if let (Some(next), Some(gap)) = (next, near) {
            share(&mut reading, next);
            if gap != Gap::And && spans(scene, &reading, next, gap) {
                next.span.start =
                    if gap == Gap::Until { from(scene.text, reading.span.start) } else { reading.span.start };
                next.until = Some(next.said);
                next.said = reading.said;
                next.relative |= reading.relative;
                next.rule = if gap == Gap::Until { "from-until" } else { "interval" };
                continue;
            }
        }
        let words = &scene.text[reading.span.clone()];
        if reading.until.is_some() && (words.contains("đến") || words.contains("tới")) {
            reading.span.start = from(scene.text, reading.span.start);
        }
        joined.push(reading);
    }
    joined.retain(|reading| !matches!(reading.said, DateValue::Day { month: None, .. }));
    joined.reverse();
    joined
}

/// Says whether a weekday has its day in brackets behind it, so that it is that day and not the one nearest to publication.
fn in_brackets(text: &str, weekday: &Reading, day: &Reading) -> bool {
    let between = text.get(weekday.span.end..day.span.start).unwrap_or_default();
    weekday.rule == "relative-weekday"
        && between.trim() == "("
        && day.until.is_none()
        && matches!(day.said, DateValue::Day { .. })
}

/// Returns where an interval starts with the `từ` that stands right before it, if it does.
fn from(text: &str, start: usize) -> usize {
    let word = start.saturating_sub("từ ".len());
    if text.get(word..start).is_some_and(|from| from.to_lowercase() == "từ ") { word } else { start }
}

/// Says whether two readings are neighbours in a list.
pub fn goes_on(text: &str, reading: &Reading, next: &Reading) -> bool {
    gap(text, reading.span.end, next.span.start) == Some(Gap::And)
}

/// Returns what stands between two byte offsets, `None` when that is more than a joint.
fn gap(text: &str, from: usize, to: usize) -> Option<Gap> {
    let between = text.get(from..to).filter(|between| between.len() <= LONGEST_GAP)?;
    if between.contains('\n') {
        return None;
    }
    let between = between.trim().to_lowercase();
    Some(match between.as_str() {
        "đến" | "tới" | "đến hết" | "cho đến" | "đến cuối" | "kéo dài đến" | "cho tới" | "tới hết" => {
            Gap::Until
        }
        "-" | "–" | "—" | "−" | "‐" | "‑" | "- đến" => Gap::Dash,
        "" | "," | "và" | ", và" | "hoặc" | "&" | ";" | "/" => Gap::And,
        _ => return None,
    })
}

/// Gives a reading the month and year that it leaves out from its neighbour to the right, and the neighbour its year.
fn share(reading: &mut Reading, next: &mut Reading) {
    if let (DateValue::Day { day, month: None, .. }, DateValue::Day { month, year, .. }) = (reading.said, next.said) {
        let later = matches!(next.until.unwrap_or(next.said), DateValue::Day { day: last, .. } if day < last);
        if later {
            reading.said = DateValue::Day { day, month, year };
            reading.relative |= next.relative;
            reading.lunar |= next.lunar;
        }
    }
    if reading.lunar != next.lunar || reading.yearly != next.yearly {
        return;
    }
    match (reading.said.year(), next.said.year()) {
        (None, Some(year)) if !next.relative && reading.said.lacks_year() => {
            // `28/12 - 3/1/2025` begins in the year before.
            let same = reading.said.in_year(year);
            let crosses = same.begin() > next.until.unwrap_or(next.said).end();
            reading.said = if crosses { reading.said.in_year(year - 1) } else { same };
        }
        (Some(year), None) if next.until.is_none() && !reading.relative && next.said.lacks_year() => {
            let same = next.said.in_year(year);
            let crosses = same.end() < reading.said.begin();
            next.said = if crosses { next.said.in_year(year + 1) } else { same };
        }
        _ => {}
    }
}

/// Says whether two readings are the ends of one interval: of one grain, in order, neither a part of a day.
fn spans(scene: &ArticleText<'_>, first: &Reading, last: &Reading, gap: Gap) -> bool {
    let plain = |reading: &Reading| reading.until.is_none() && reading.part_of_day.is_none();
    if !plain(first) || !plain(last) || first.lunar != last.lunar || first.said.grain() != last.said.grain() {
        return false;
    }
    // `cuối năm 2012 đến đầu năm 2013` is no interval of two whole years.
    let before = &scene.text[words::back(scene.text, first.span.start, 12)..first.span.start];
    if words::word_before(before, &["cuối", "giữa", "sau"]) {
        return false;
    }
    match (first.said, last.said) {
        // `(2/9/1945 - 2/9/2024)` is a day and its anniversary.
        (
            DateValue::Day { day, month, year: Some(year) },
            DateValue::Day { day: last, month: until, year: Some(late) },
        ) if gap == Gap::Dash && (day, month) == (last, until) && late > year + 1 => false,
        (DateValue::Day { day, month, year: None }, DateValue::Day { day: last, month: until, year: None }) => {
            gap == Gap::Until || (month, day) < (until, last)
        }
        (DateValue::Month { month, year: None }, DateValue::Month { month: until, year: None }) => {
            gap == Gap::Until || month < until
        }
        (DateValue::Quarter { quarter, year: None }, DateValue::Quarter { quarter: until, year: None }) => {
            quarter < until
        }
        (DateValue::Decade(from), DateValue::Decade(until)) | (DateValue::Century(from), DateValue::Century(until)) => {
            from < until
        }
        (first, last) => matches!((first.begin(), last.begin()), (Some(first), Some(last)) if first < last),
    }
}
