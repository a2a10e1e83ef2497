//! Dates as people, papers, feeds, content systems and spreadsheets write them: the one reader of all inputs.
//!
//! Invariant: what is not a day of the calendar, and what a machine writes for want of a date (0001-01-01, 1970-01-01),
//! is no date; a time without a zone is left without one. Pure.

mod clock;
mod number;

use super::{fold, normalize};
use jiff::civil::{Date, DateTime, ISOWeekDate, Weekday, date};
use jiff::fmt::strtime::BrokenDownTime;
use jiff::tz::Offset;
use regex::{Captures, Regex};
use std::ops::Range;
use std::sync::LazyLock;

/// Holds a date as far as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// A year alone.
    Year(i16),
    /// A month of a year, from 1 to 12.
    Month(i16, i8),
    /// A calendar day.
    Day(Date),
    /// A day and a time, with the offset from UTC when one is written.
    Time(DateTime, Option<Offset>),
}

/// Says which number of `3/4/2024` is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Day, month, year.
    DayFirst,
    /// Month, day, year.
    MonthFirst,
}

/// First year in which a web page can have been published.
const FIRST_PAGE: i16 = 1995;
/// First year of a newspaper in Vietnamese, the Gia Định Báo.
const FIRST_PAPER: i16 = 1865;
/// Last year that is read.
const LAST: i16 = 2100;
/// Characters of a text that are looked at.
const LONGEST: usize = 300;

/// Days that machines write for want of a date: of .NET, FILETIME, SQL Server, OLE, Excel, Unix (east and west of
/// Greenwich), DOS. Years before [`FIRST_PAPER`] are none anyway.
const DEFAULTS: &[Date] =
    &[date(1899, 12, 30), date(1899, 12, 31), date(1900, 1, 1), date(1969, 12, 31), date(1970, 1, 1), date(1980, 1, 1)];

const ENGLISH_MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const ENGLISH: &str = "(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|\
    sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";
/// Names of the months, folded, from the first; a name that begins with another stands with it.
const VIETNAMESE_MONTHS: &[&str] =
    &["mot", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi", "muoi mot", "muoi hai"];
const VIETNAMESE: &str =
    r"(?:thang|thg|th)\.?\s*(?P<m>\d{1,2}|muoi (?:mot|hai)\b|muoi|mot|hai|ba|tu|bon|nam|sau|bay|tam|chin)";

/// Compiles a pattern of this file; one that does not compile finds nothing, and the test of examples says so.
fn pattern(text: &str) -> Option<Regex> {
    Regex::new(&text.replace("ENGLISH", ENGLISH).replace("VIETNAMESE", VIETNAMESE)).ok()
}

/// Forms of a whole day, by name for what they capture: `date` all of it, `inside` a time in its middle.
static FORMS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        r"(?:^|[^\d])(?P<date>(?P<y>\d{4})\s?[-/.]\s?(?P<m>\d{1,2})\s?[-/.]\s?(?P<d>\d{1,2}))(?:$|[^\d])",
        r"(?:^|[^\d])(?P<date>(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2}))t\d{2}",
        r"(?:^|[^\d])(?P<date>(?P<d>\d{1,2})\s*[-/,.]?\s*VIETNAMESE\s*[-/,.]?\s*(?:nam\b)?\s*,?\s*(?P<y>\d{4}))(?:$|[^\d])",
        r"\b(?P<date>VIETNAMESE\s*[,.]?\s+(?:ngay\s+)?(?P<d>\d{1,2})(?:\s*,\s*|\s+)(?:nam\s+)?(?P<y>\d{4}))\b",
        r"\b(?P<date>ENGLISH\.?[\s-]*(?P<d>\d{1,2})(?:st|nd|rd|th)?(?:\s*,?\s+|,|-)(?:at\s+)?(?P<y>\d{4}))\b",
        r"\b(?P<date>(?P<d>\d{1,2})(?:st|nd|rd|th)?[\s/-]*(?:of\s+)?ENGLISH\.?\s*,?[\s/-]*(?P<y>\d{4}))\b",
        r"\b(?P<date>(?P<y>\d{4})[\s,/-]+ENGLISH\.?[\s/-]+(?P<d>\d{1,2}))\b",
        r"\b(?P<date>ENGLISH\s+(?P<d>\d{1,2}),?\s+(?P<inside>\d{1,2}:\d{2}(?::\d{2})?\s+(?:[a-z]{2,5}(?:[+-]\d+)?|[+-]\d{4})?)\s*(?P<y>\d{4}))\b",
        r"(?:^|[^\d/.,\\-]|:\d{2}\s?-)(?P<date>(?P<a>\d{1,2})\s?[/.\\-]\s?(?P<b>\d{1,2})\s?[/.\\-]\s?(?P<y>\d{4}))(?:$|[^\d/])",
    ]
    .iter()
    .filter_map(|text| pattern(text))
    .collect()
});
/// Forms whose year has two digits, which are believed only where a date and nothing else is written.
static SHORT_FORMS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        r"(?:^|[\s,|(])(?P<date>(?P<a>\d{1,2})\s?[/.-]\s?(?P<b>\d{1,2})\s?[/.-]\s?(?P<y>\d{2}))(?:$|[\s,|)])",
        r"\b(?P<date>(?P<d>\d{1,2})[\s-]+ENGLISH\.?[\s-]+(?P<y>\d{2}))(?:$|[\s,|)])",
    ]
    .iter()
    .filter_map(|text| pattern(text))
    .collect()
});
/// Forms of a month or year alone.
static PARTS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        r"^(?:nam\s+)?(?P<y>\d{4})$",
        r"^VIETNAMESE\s*(?:[/.,-]|\s)\s*(?:nam\s+)?(?P<y>\d{4})$",
        r"^(?P<m>\d{1,2})\s?[/.-]\s?(?P<y>\d{4})$",
        r"^(?P<y>\d{4})\s?[/.-]\s?(?P<m>\d{1,2})(?:[/.-]00)?(?:[t\s]00:00.*)?$",
        r"^ENGLISH\.?,?[\s-]*(?P<y>\d{4})$",
        r"^(?P<y>\d{4})[\s,-]+ENGLISH\.?$",
    ]
    .iter()
    .filter_map(|text| pattern(text))
    .collect()
});
/// Week and ordinal dates of ISO 8601.
static WEEK: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"^(?P<y>\d{4})-?(?:w(?P<w>\d{2})-?(?P<k>[1-7])|(?P<n>\d{3}))(?:t|$)"));
/// Names of weekdays, which say nothing that the date does not.
static WEEKDAY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"\b(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|cn|t[2-7]|mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\b[\s,.|-]*",
    )
});
/// What else may stand in a field that holds a date with a year of two digits.
static AROUND: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"^(?:[\d\s:,.|()+-]|\b(?:ngay|dang|luc|vao|hoi|gio|phut|cap|nhat|am|pm|sa|ch|sang|chieu|toi|gmt|utc|ict|z|at|on)\b|h|g)*$",
    )
});

/// Reads a field that holds a date: the whole text, which may name a weekday, a label and a time beside it.
///
/// Two different days in it are none. A year or a month alone, the serial number of a spreadsheet, and seconds or
/// milliseconds since 1970 are read too.
pub fn read(text: &str, order: Order) -> Option<Written> {
    let text = prepared(text)?;
    let written = match number::read(&text) {
        Some(written) => Some(written),
        None => match whole(&text, order, FIRST_PAPER) {
            Some((_, range)) if contradicted(&text, range.end, order) => None,
            Some((written, _)) => Some(written),
            None => iso_week(&text).or_else(|| short(&text, order)).or_else(|| part(&text)),
        },
    };
    written.filter(|written| !is_default(written))
}

/// Finds the first date of a line that holds other words too; a year of two digits or a month alone is none there.
pub fn find(text: &str, order: Order) -> Option<Written> {
    let (written, _) = whole(&prepared(text)?, order, FIRST_PAGE)?;
    Some(written).filter(|written| !is_default(written))
}

/// Reads a text in a format of strftime, as a user gives it.
///
/// # Errors
/// When the format itself is wrong.
pub fn read_as(format: &str, text: &str) -> Result<Option<Written>, String> {
    if let Err(error) = jiff::fmt::strtime::format(format, &jiff::Zoned::default()) {
        return Err(format!("{format:?} is not a date format: {error}; write one like %d/%m/%Y %H:%M"));
    }
    let Ok(parsed) = BrokenDownTime::parse(format, text.trim()) else { return Ok(None) };
    // A format without an hour gives midnight, which was not written.
    let time = parsed.hour().and_then(|_| parsed.to_time().ok());
    let written = match (parsed.to_date(), time) {
        (Ok(day), Some(time)) => Some(Written::Time(day.to_datetime(time), parsed.offset())),
        (Ok(day), None) => Some(Written::Day(day)),
        (Err(_), _) => match (parsed.year(), parsed.month()) {
            (Some(year), Some(month)) => Some(Written::Month(year, month)),
            (Some(year), None) => Some(Written::Year(year)),
            _ => None,
        },
    };
    Ok(written.filter(|written| !is_default(written)))
}

/// Says whether a text has both numbers of `3/4/2024` below 13, so that the order decides.
pub fn is_ambiguous(text: &str) -> bool {
    let found = FORMS.last().and_then(|numbers| numbers.captures(text));
    found.is_some_and(|found| {
        ["a", "b"].iter().all(|part| found[*part].parse::<u8>().is_ok_and(|n| n <= 12)) && found["a"] != found["b"]
    })
}

/// Makes a day that a page can have been published on.
pub fn page_day(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok().filter(|date| (FIRST_PAGE..=LAST).contains(&date.year()))
}

/// Folds a text and takes the weekdays off; nothing when it has no digit.
fn prepared(text: &str) -> Option<String> {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let text: String = normalize(text).chars().take(LONGEST).collect();
    let text: String =
        fold(&text).chars().map(|c| if matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}') { '-' } else { c }).collect();
    let text = WEEKDAY.as_ref()?.replace_all(text.trim(), " ");
    Some(text.trim().to_string())
}

/// Finds a whole day in prepared text, with the time beside it and the range of the date.
fn whole(text: &str, order: Order, first: i16) -> Option<(Written, Range<usize>)> {
    if !has_year(text) {
        return None;
    }
    FORMS.iter().find_map(|form| {
        let found = form.captures(text)?;
        let range = found.name("date")?.range();
        let after = &text[range.end..];
        let day = day(&found, found["y"].parse().ok()?, american(&found, after).unwrap_or(order))
            .filter(|day| (first..=LAST).contains(&day.year()))?;
        let inside = found.name("inside").map_or("", |part| part.as_str());
        Some((clock::beside(day, [inside, after, &text[..range.start]]), range))
    })
}

/// Says whether four digits stand together, without which there is no year: most lines of a page end here.
fn has_year(text: &str) -> bool {
    text.as_bytes().windows(4).any(|four| four.iter().all(u8::is_ascii_digit))
}

/// Makes the day of a match, in the order given or, where that is none of the calendar, in the other.
fn day(found: &Captures<'_>, year: i16, order: Order) -> Option<Date> {
    let number = |name: &str| found.name(name).and_then(|part| part.as_str().parse::<i8>().ok());
    if let (Some(a), Some(b)) = (number("a"), number("b")) {
        let (day_first, month_first) = (Date::new(year, b, a).ok(), Date::new(year, a, b).ok());
        return if order == Order::DayFirst { day_first.or(month_first) } else { month_first.or(day_first) };
    }
    Date::new(year, month(found)?, number("d")?).ok()
}

/// Returns the month of a match, by its number or its name.
fn month(found: &Captures<'_>) -> Option<i8> {
    if let Some(name) = found.name("name") {
        let at = ENGLISH_MONTHS.iter().position(|month| name.as_str().starts_with(month))?;
        return i8::try_from(at + 1).ok();
    }
    let text = found.name("m")?.as_str();
    text.parse().ok().or_else(|| {
        let name = if text == "bon" { "tu" } else { text };
        i8::try_from(VIETNAMESE_MONTHS.iter().position(|month| *month == name)? + 1).ok()
    })
}

/// Tells the default form of American systems, `4/3/2024 8:00:00 PM`: slashes, no zero in front, an English half of day.
fn american(found: &Captures<'_>, after: &str) -> Option<Order> {
    let (a, b) = (found.name("a")?.as_str(), found.name("b")?.as_str());
    let plain = !a.starts_with('0') && !b.starts_with('0') && found["date"].matches('/').count() == 2;
    (plain && clock::is_english_half(after)).then_some(Order::MonthFirst)
}

/// Says whether behind a date another day is written.
fn contradicted(text: &str, from: usize, order: Order) -> bool {
    let day = |written: Written| match written {
        Written::Time(time, _) => Some(time.date()),
        Written::Day(day) => Some(day),
        _ => None,
    };
    let first = whole(text, order, FIRST_PAPER).and_then(|(written, _)| day(written));
    whole(&text[from..], order, FIRST_PAPER).is_some_and(|(second, _)| day(second) != first)
}

fn iso_week(text: &str) -> Option<Written> {
    let found = WEEK.as_ref()?.captures(text)?;
    let year: i16 = found["y"].parse().ok().filter(|year| (FIRST_PAPER..=LAST).contains(year))?;
    let day = match (found.name("w"), found.name("k"), found.name("n")) {
        (Some(week), Some(weekday), _) => {
            let weekday = Weekday::from_monday_one_offset(weekday.as_str().parse().ok()?).ok()?;
            ISOWeekDate::new(year, week.as_str().parse().ok()?, weekday).ok()?.date()
        }
        (_, _, Some(number)) => {
            let number: i16 = number.as_str().parse().ok()?;
            date(year, 1, 1).with().day_of_year(number).build().ok()?
        }
        _ => return None,
    };
    Some(clock::beside(day, ["", &text[found.get(0)?.end().saturating_sub(1)..], ""]))
}

/// Reads a date whose year has two digits: 70 and later are of the last century.
fn short(text: &str, order: Order) -> Option<Written> {
    SHORT_FORMS.iter().find_map(|form| {
        let found = form.captures(text)?;
        let range = found.name("date")?.range();
        let (before, after) = (&text[..range.start], &text[range.end..]);
        if ![before, after].iter().all(|rest| AROUND.as_ref().is_some_and(|around| around.is_match(rest))) {
            return None;
        }
        let year: i16 = found["y"].parse().ok()?;
        let day = day(&found, year + if year < 70 { 2000 } else { 1900 }, american(&found, after).unwrap_or(order))?;
        Some(clock::beside(day, ["", after, before]))
    })
}

/// Reads a month or a year alone.
fn part(text: &str) -> Option<Written> {
    PARTS.iter().find_map(|form| {
        let found = form.captures(text)?;
        let year = found["y"].parse().ok().filter(|year| (FIRST_PAPER..=LAST).contains(year))?;
        match month(&found) {
            Some(month @ 1..=12) => Some(Written::Month(year, month)),
            // MySQL writes 00 for what is not known.
            Some(0) => Some(Written::Year(year)),
            Some(_) => None,
            None => Some(Written::Year(year)),
        }
    })
}

/// Says whether a machine writes this for want of a date.
fn is_default(written: &Written) -> bool {
    let day = match written {
        Written::Day(day) => *day,
        Written::Time(time, _) => time.date(),
        Written::Year(1900 | 1970) => return true,
        Written::Year(year) | Written::Month(year, _) => return *year < FIRST_PAPER || *year > LAST,
    };
    DEFAULTS.contains(&day) || !(FIRST_PAPER..=LAST).contains(&day.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns what is read as text: ISO 8601, the offset only where one is written.
    fn text(written: Written) -> String {
        match written {
            Written::Year(year) => year.to_string(),
            Written::Month(year, month) => format!("{year}-{month:02}"),
            Written::Day(day) => day.to_string(),
            Written::Time(time, zone) => format!("{time}{}", zone.map_or(String::new(), |zone| format!(" {zone}"))),
        }
    }

    #[test]
    fn every_pattern_compiles() {
        assert_eq!((FORMS.len(), SHORT_FORMS.len(), PARTS.len()), (9, 2, 6));
        assert!(WEEK.is_some() && WEEKDAY.is_some() && AROUND.is_some());
    }

    #[test]
    fn dates_in_lines_are_found() {
        for (line, value) in [
            ("Thứ Hai, ngày 06/05/2024 10:30 (GMT+7)", "2024-05-06T10:30:00 +07"),
            ("09:15 | 07-03-2026", "2026-03-07T09:15:00"),
            ("Ngày 5 tháng 7 năm 2025, 8h05", "2025-07-05T08:05:00"),
            ("Published 3 Jan 2024 at 9:05 pm", "2024-01-03T21:05:00"),
            ("08:00-25/4/2024", "2024-04-25T08:00:00"),
            ("Thứ Năm,25/4/2024|08:00 GMT+7", "2024-04-25T08:00:00 +07"),
        ] {
            assert_eq!(find(line, Order::DayFirst).map(text).as_deref(), Some(value), "{line}");
        }
    }

    #[test]
    fn american_metas_are_month_first() {
        let when = read("4/3/2024 8:00:00 PM", Order::DayFirst).map(text);
        assert_eq!(when.as_deref(), Some("2024-04-03T20:00:00"));
        let padded = read("04/03/2024 08:00 AM", Order::DayFirst).map(text);
        assert_eq!(padded.as_deref(), Some("2024-03-04T08:00:00"));
        assert!(is_ambiguous("4/3/2024") && !is_ambiguous("4/25/2024"));
    }

    #[test]
    fn what_is_no_day_is_no_date() {
        for text in [
            "31/2/2024",
            "50/53/2024",
            "1/2/1790",
            "13.13.2024",
            "01/2022/NQ-HĐND",
            "điện thoại 0203.3835.669",
            "",
            "hôm qua",
            "3 giờ trước",
            "2024-02-31",
            "2024-13-01",
            "số nhà 25/4/12",
            "12",
            "-",
            "quý I/2024",
            "0001-01-01T00:00:00+00:00",
            "Mon, 01 Jan 0001 00:00:00 GMT",
            "1970-01-01T07:00:00+07:00",
            "1900-01-01",
            "1899-12-30T00:00:00",
            "0000-00-00 00:00:00",
            "0",
            "9999-12-31",
            "Thu, 01 Jan 1970 00:00:00 GMT",
            "2025-10-08T07:18:53.846344Z 2015-06-15T15:33:55.288302Z",
        ] {
            assert_eq!(read(text, Order::DayFirst), None, "{text}");
        }
    }

    #[test]
    fn a_line_with_a_year_or_a_short_date_holds_no_date() {
        for text in ["Năm 2024", "nhà 25/4/12", "tháng 4/2024", "45408", "mùa hè 2024-2025"] {
            assert_eq!(find(text, Order::DayFirst), None, "{text}");
        }
    }

    #[test]
    fn a_format_given_is_followed_and_a_wrong_one_is_said() {
        assert_eq!(read_as("%m/%d/%Y", "04/05/2024").map(|w| w.map(text)), Ok(Some("2024-04-05".to_string())));
        assert_eq!(read_as("%m/%d/%Y", "hôm qua"), Ok(None));
        assert!(read_as("%Q%!", "x").is_err());
    }
}
