//! Reads one date as papers and content systems print it.
//!
//! Invariant: what is not a day of the calendar is no date, and a time without a zone is Vietnamese time.

use crate::article::When;
use crate::text::{fold, normalize};
use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// Says which number of `3/4/2024` is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Day, month, year.
    DayFirst,
    /// Month, day, year.
    MonthFirst,
}

/// First year in which a page can have been published.
const FIRST_YEAR: i16 = 1995;

const MONTHS: &str = "(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*";

/// Compiles a pattern of this file; one that does not compile finds nothing, and the test of examples says so.
fn pattern(text: &str) -> Option<Regex> {
    Regex::new(&text.replace("MONTH", MONTHS)).ok()
}

static ISO: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:^|[^\d])(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?:[t ,]+(?P<h>\d{1,2}):(?P<n>\d{2})(?::(?P<s>\d{2})(?:\.\d+)?)?\s*(?P<z>z\b|[+-]\d{2}:?\d{2})?)?(?:$|[^\d])",
    )
});
static NUMBERS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(r"(?:^|[^\d/.,-])(?P<a>\d{1,2})\s?[/.-]\s?(?P<b>\d{1,2})\s?[/.-]\s?(?P<y>\d{4})(?:$|[^\d/])")
});
static WORDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(r"(?:^|[^\d])(?P<d>\d{1,2})\s*(?:thang|th)\s*(?P<m>\d{1,2})\s*(?:,|nam)?\s*,?\s*(?P<y>\d{4})(?:$|[^\d])")
});
static MONTH_DAY: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"\bMONTH\.?\s*(?P<d>\d{1,2})(?:st|nd|rd|th)?\s*,?\s+(?:at\s+)?(?P<y>\d{4})\b"));
static DAY_MONTH: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"\b(?P<d>\d{1,2})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?MONTH\.?\s*,?[\s-]+(?P<y>\d{4})\b"));
static CLOCK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:^|[^\d])(?P<h>\d{1,2})\s?[:hg]\s?(?P<n>\d{2})(?::(?P<s>\d{2}))?\s*(?P<half>am|pm|a\.m|p\.m|sa\b|ch\b)?(?:[^\d]|$)",
    )
});
static ZONE: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"(?:(?:gmt|utc)\s*)?(?P<z>[+-]\d{2}:?\d{2}|[+-]\d{1,2})\b|(?P<u>\b(?:gmt|utc|z)\b)"));

/// Reads the first date of a text.
pub fn read(text: &str, order: Order) -> Option<When> {
    let text: String = fold(&normalize(text)).chars().take(300).collect();
    if let Some(found) = ISO.as_ref()?.captures(&text)
        && let Some(day) = day(&found, "y", "m", "d")
    {
        return Some(
            moment(day, &found).unwrap_or_else(|| with_clock(day, &text, found.get(0).map_or(0..0, |all| all.range()))),
        );
    }
    if let Some(found) = WORDS.as_ref()?.captures(&text) {
        let day = day(&found, "y", "m", "d")?;
        return Some(with_clock(day, &text, found.get(0)?.range()));
    }
    for pattern in [&MONTH_DAY, &DAY_MONTH] {
        if let Some(found) = pattern.as_ref()?.captures(&text) {
            let month = MONTHS
                .trim_start_matches("(?P<name>")
                .split(')')
                .next()?
                .split('|')
                .position(|name| name == &found["name"])?
                + 1;
            let day = calendar(found["y"].parse().ok()?, i8::try_from(month).ok()?, found["d"].parse().ok()?)?;
            return Some(with_clock(day, &text, found.get(0)?.range()));
        }
    }
    let found = NUMBERS.as_ref()?.captures(&text)?;
    let day = match order {
        Order::DayFirst => day(&found, "y", "b", "a").or_else(|| day(&found, "y", "a", "b")),
        Order::MonthFirst => day(&found, "y", "a", "b").or_else(|| day(&found, "y", "b", "a")),
    }?;
    Some(with_clock(day, &text, found.get(0)?.range()))
}

/// Says whether a text has both numbers of `3/4/2024` below 13, so that the order decides.
pub fn is_ambiguous(text: &str) -> bool {
    let found = NUMBERS.as_ref().and_then(|numbers| numbers.captures(text));
    found.is_some_and(|found| {
        ["a", "b"].iter().all(|part| found[*part].parse::<u8>().is_ok_and(|n| n <= 12)) && found["a"] != found["b"]
    })
}

/// Makes a day that a page can have been published on.
pub fn calendar(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok().filter(|date| (FIRST_YEAR..=2100).contains(&date.year()))
}

fn day(found: &Captures<'_>, year: &str, month: &str, day: &str) -> Option<Date> {
    calendar(found[year].parse().ok()?, found[month].parse().ok()?, found[day].parse().ok()?)
}

/// Takes the time and zone that stand in the same match.
fn moment(day: Date, found: &Captures<'_>) -> Option<When> {
    let number = |name: &str| found.name(name).and_then(|part| part.as_str().parse::<i8>().ok());
    let time = Time::new(number("h")?, number("n")?, number("s").unwrap_or(0), 0).ok()?;
    match found.name("z").map(|zone| zone.as_str()) {
        Some(zone) => When::at(day.to_datetime(time), offset(zone)?),
        None => When::local(day.to_datetime(time)),
    }
}

/// Looks for a time beside the date: `08:30, 25/4/2024`, `25/4/2024 8:30 PM (GMT+7)`.
fn with_clock(day: Date, text: &str, range: std::ops::Range<usize>) -> When {
    let around = || {
        let (before, after) =
            (text.get(..range.start + 1).unwrap_or(""), text.get(range.end.saturating_sub(1)..).unwrap_or(""));
        [after, before].into_iter().find_map(|part| {
            let found = CLOCK.as_ref()?.captures(part)?;
            let number = |name: &str| found.name(name).and_then(|part| part.as_str().parse::<i8>().ok());
            let hour = match (number("h")?, found.name("half").map(|half| half.as_str())) {
                (12, Some(half)) if half.starts_with('a') || half == "sa" => 0,
                (hour, Some(half)) if (half.starts_with('p') || half == "ch") && hour < 12 => hour + 12,
                (hour, _) => hour,
            };
            let time = Time::new(hour, number("n")?, number("s").unwrap_or(0), 0).ok()?;
            let zone = part.get(found.get(0)?.end().saturating_sub(1)..).and_then(|rest| {
                let zone = ZONE.as_ref()?.captures(rest.get(..24).unwrap_or(rest))?;
                zone.name("z").map_or(Some(Offset::UTC), |z| offset(z.as_str()))
            });
            match zone {
                Some(zone) => When::at(day.to_datetime(time), zone),
                None => When::local(day.to_datetime(time)),
            }
        })
    };
    around().unwrap_or(When::Day(day))
}

fn offset(zone: &str) -> Option<Offset> {
    if zone == "z" {
        return Some(Offset::UTC);
    }
    let digits: String = zone.chars().filter(char::is_ascii_digit).collect();
    let (hours, minutes) = if digits.len() <= 2 { (digits.as_str(), "0") } else { digits.split_at(digits.len() - 2) };
    let seconds = hours.parse::<i32>().ok()? * 3600 + minutes.parse::<i32>().ok()? * 60;
    Offset::from_seconds(if zone.starts_with('-') { -seconds } else { seconds }).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_printed() {
        for (text, value) in [
            ("Thứ Năm, 25/4/2024", "2024-04-25"),
            ("08/01/2026 - 18:21", "2026-01-08T18:21:00+07:00"),
            ("Thứ Hai, ngày 06/05/2024 10:30 (GMT+7)", "2024-05-06T10:30:00+07:00"),
            ("09:15 | 07-03-2026", "2026-03-07T09:15:00+07:00"),
            ("Ngày 5 tháng 7 năm 2025, 8h05", "2025-07-05T08:05:00+07:00"),
            ("2026-03-07T00:05:00+07:00", "2026-03-07T00:05:00+07:00"),
            ("2026-03-07T09:40:00", "2026-03-07T09:40:00+07:00"),
            ("2020-02-02T17:02:00.000Z", "2020-02-02T17:02:00+00:00"),
            ("2024-04-25", "2024-04-25"),
            ("January 3rd, 2024", "2024-01-03"),
            ("Published 3 Jan 2024 at 9:05 pm", "2024-01-03T21:05:00+07:00"),
            ("Tue, 05 Mar 2024 10:00:00 GMT", "2024-03-05T10:00:00+00:00"),
            ("31/12/2024 1:05:00 CH", "2024-12-31T13:05:00+07:00"),
        ] {
            assert_eq!(read(text, Order::DayFirst).map(|when| when.to_string()).as_deref(), Some(value), "{text}");
        }
    }

    #[test]
    fn american_metas_are_month_first() {
        let when = read("4/3/2024 8:00:00 PM", Order::MonthFirst).map(|when| when.to_string());
        assert_eq!(when.as_deref(), Some("2024-04-03T20:00:00+07:00"));
        assert!(is_ambiguous("4/3/2024") && !is_ambiguous("4/25/2024"));
    }

    #[test]
    fn what_is_no_day_is_no_date() {
        for text in
            ["31/2/2024", "50/53/2024", "1/2/1890", "13.13.2024", "01/2022/NQ-HĐND", "điện thoại 0203.3835.669", ""]
        {
            assert_eq!(read(text, Order::DayFirst), None, "{text}");
        }
    }
}
