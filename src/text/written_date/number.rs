//! Dates that are one number: compact ISO, serial numbers of spreadsheets, seconds since 1970.

use super::Written;
use jiff::civil::{Date, DateTime, Time, date};
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};

/// The day before the first of a spreadsheet's serial numbers, as all from 1 March 1900 on count.
const SERIAL_ZERO: Date = date(1899, 12, 30);
/// Serial numbers that are read: from 1954 to 2064.
const SERIALS: std::ops::Range<f64> = 20_000.0..60_000.0;
/// Seconds since 1970 that are read: from 1973 to 2100.
const SECONDS: std::ops::Range<f64> = 1e8..4.1e9;

/// Reads a text that is nothing but a number.
pub(super) fn read(text: &str) -> Option<Written> {
    let whole = text.strip_suffix(".0").unwrap_or(text);
    if whole.bytes().all(|byte| byte.is_ascii_digit()) {
        let part = |range: std::ops::Range<usize>| whole.get(range).and_then(|part| part.parse::<i16>().ok());
        match whole.len() {
            6 => {
                let (year, month) = (part(0..4)?, i8::try_from(part(4..6)?).ok()?);
                return ((1865..=2100).contains(&year) && (1..=12).contains(&month))
                    .then_some(Written::Month(year, month));
            }
            8 => return compact_day(whole).map(Written::Day),
            12 | 14 => {
                let part = |at: usize| whole.get(at..at + 2).map_or(Some(0), |part| part.parse::<i8>().ok());
                let time = Time::new(part(8)?, part(10)?, part(12)?, 0).ok()?;
                return Some(Written::Time(compact_day(&whole[..8])?.to_datetime(time), None));
            }
            13 => return moment(whole.parse::<f64>().ok()? / 1e3),
            16 => return moment(whole.parse::<f64>().ok()? / 1e6),
            _ => {}
        }
    }
    if !text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return None;
    }
    let number: f64 = text.parse().ok()?;
    if SERIALS.contains(&number) && text.split('.').next().is_some_and(|days| days.len() == 5) {
        return serial(number);
    }
    moment(number)
}

fn compact_day(digits: &str) -> Option<Date> {
    let part = |range: std::ops::Range<usize>| digits.get(range);
    let day = Date::new(part(0..4)?.parse().ok()?, part(4..6)?.parse().ok()?, part(6..8)?.parse().ok()?).ok()?;
    (1865..=2100).contains(&day.year()).then_some(day)
}

/// Reads a spreadsheet's serial number: days, and the time as a part of the day.
fn serial(number: f64) -> Option<Written> {
    let seconds = (number.fract() * 86_400.0).round() as i64;
    let day = SERIAL_ZERO.checked_add((number.trunc() as i64).days()).ok()?;
    if number.fract() == 0.0 {
        return Some(Written::Day(day));
    }
    let time: DateTime = day.at(0, 0, 0, 0).checked_add(seconds.seconds()).ok()?;
    Some(Written::Time(time, None))
}

fn moment(seconds: f64) -> Option<Written> {
    if !SECONDS.contains(&seconds) {
        return None;
    }
    let moment = Timestamp::from_second(seconds as i64).ok()?;
    Some(Written::Time(Offset::UTC.to_datetime(moment), Some(Offset::UTC)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_by_their_length() {
        let at = |day: Date, hour, minute| day.at(hour, minute, 0, 0);
        for (text, written) in [
            ("45407", Written::Day(date(2024, 4, 25))),
            ("45408", Written::Day(date(2024, 4, 26))),
            ("45408.5", Written::Time(at(date(2024, 4, 26), 12, 0), None)),
            ("20240425", Written::Day(date(2024, 4, 25))),
            ("202404250810", Written::Time(at(date(2024, 4, 25), 8, 10), None)),
            ("202404", Written::Month(2024, 4)),
            ("1714062600", Written::Time(at(date(2024, 4, 25), 16, 30), Some(Offset::UTC))),
            ("1714062600000", Written::Time(at(date(2024, 4, 25), 16, 30), Some(Offset::UTC))),
        ] {
            assert_eq!(read(text), Some(written), "{text}");
        }
        for text in ["7", "0", "20241340", "123456", "3210121"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
