//! Running totals that are no dates to the rules of dates: `11 tháng`, `từ đầu năm`.

use crate::extract::{ArticleText, Found};
use crate::mention::{CalendarDate, Grain};
use std::borrow::Cow;
use std::ops::Range;

/// Returns the dates and the running totals that are none to the rules of dates: `11 tháng`, `từ đầu năm`.
pub fn with_totals<'d>(
    scene: &ArticleText<'_>,
    dates: &'d [Found<CalendarDate>],
    year: Option<i16>,
) -> Cow<'d, [Found<CalendarDate>]> {
    let totals = totals(scene, dates, year);
    if totals.is_empty() {
        return Cow::Borrowed(dates);
    }
    let mut all: Vec<_> = dates.iter().cloned().chain(totals).collect();
    all.sort_by_key(|date| date.span.start);
    Cow::Owned(all)
}

/// Finds `11 tháng` and `từ đầu năm` outside the dates.
fn totals(scene: &ArticleText<'_>, dates: &[Found<CalendarDate>], year: Option<i16>) -> Vec<Found<CalendarDate>> {
    let text = scene.text;
    let mut found = Vec::new();
    let Some(year) = year else { return found };
    let free = |span: &Range<usize>| {
        let after = dates.partition_point(|date| date.span.end <= span.start);
        dates.get(after).is_none_or(|date| date.span.start >= span.end)
    };
    let mut push = |span: Range<usize>, value: String| {
        if free(&span) {
            let fact = CalendarDate { value, grain: Grain::Interval, ..CalendarDate::default() };
            found.push(Found { span, rule: TOTAL, flags: Vec::new(), fact });
        }
    };
    for (at, words) in text.match_indices(" tháng") {
        let digits = text[..at].chars().rev().take_while(char::is_ascii_digit).count();
        let start = at - digits;
        let next = text[at + words.len()..].split_whitespace().next().unwrap_or("");
        let end = text[at + words.len()..].starts_with([' ', ',', ')', '.', ':']);
        let joined =
            text[..start].ends_with(['-', '–', '/', ',', '.']) || text[..start].ends_with(char::is_alphanumeric);
        let last = || text[..start].split_whitespace().next_back().unwrap_or("").to_lowercase();
        let Ok(months @ 2..=12) = text[start..at].parse::<i8>() else { continue };
        if !end || joined || NOT_BEHIND.contains(&next) || NOT_BEFORE.contains(&last().as_str()) {
            continue;
        }
        let ahead = scene.published.is_some_and(|day| months > day.month());
        let year = year - i16::from(ahead);
        let value = match months {
            6 => format!("{year}-H1"),
            12 => format!("{year}"),
            _ => format!("{year}-01/{year}-{months:02}"),
        };
        push(start..at + words.len(), value);
    }
    for cue in ["từ đầu năm", "Từ đầu năm"] {
        for (at, words) in text.match_indices(cue) {
            let Some(day) = scene.published else { break };
            push(at..at + words.len(), format!("{year}-01-01/{day}"));
        }
    }
    found.sort_by_key(|date| date.span.start);
    found
}

/// Name of what [`totals`] finds.
pub const TOTAL: &str = "running-total";

/// Words behind and before a number of months that is a length of time.
const NOT_BEHIND: &[&str] = &[
    "tuổi", "tuổi,", "tuổi.", "liên", "trở", "kể", "một", "lương", "tù", "tù,", "thử", "sau", "trước", "nữa", "cuối",
    "tới",
];
const NOT_BEFORE: &[&str] =
    &["hạn", "sau", "dưới", "trên", "mỗi", "khoảng", "gần", "hơn", "tháng", "đủ", "quá", "cả", "tối"];

/// Returns the running total up to a day or month, from the start of its year.
pub fn total(value: &str, grain: Grain) -> Option<String> {
    let year = value.get(..4)?;
    match grain {
        Grain::Day if value.len() == 10 => Some(format!("{year}-01-01/{value}")),
        Grain::Month if value.len() == 7 => Some(format!("{year}-01/{value}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_total_begins_with_its_year() {
        assert_eq!(total("2020-10-15", Grain::Day).as_deref(), Some("2020-01-01/2020-10-15"));
        assert_eq!(total("2013-10", Grain::Month).as_deref(), Some("2013-01/2013-10"));
        assert_eq!(total("XXXX-10", Grain::Year), None);
    }
}
