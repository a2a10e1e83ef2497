//! Calendar values: what a form says, as ISO 8601 and EDTF text, with first and last day. Invariant: a value that is
//! written out can be put on a calendar; 31 February never gets this far.

use crate::mention::Grain;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use std::fmt;

/// Says a point or span of time as far as its own words go; what they leave out is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateValue {
    /// One day.
    Day {
        /// 1 to 31.
        day: i8,
        /// 1 to 12.
        month: Option<i8>,
        /// Astronomical year.
        year: Option<i16>,
    },
    /// One month.
    Month {
        /// 1 to 12.
        month: i8,
        /// Astronomical year.
        year: Option<i16>,
    },
    /// A quarter, 1 to 4.
    Quarter {
        /// 1 to 4.
        quarter: i8,
        /// Astronomical year.
        year: Option<i16>,
    },
    /// Half a year.
    Half {
        /// 1 or 2.
        half: i8,
        /// Astronomical year.
        year: Option<i16>,
    },
    /// One year; 1 BC is 0.
    Year(i16),
    /// Ten years from this one.
    Decade(i16),
    /// A hundred years: `20` is the years 2000 to 2099, which is how EDTF and newspapers write the 21st century; `-3` is
    /// the third before Christ, the years -299 to -200.
    Century(i16),
}

impl DateValue {
    /// Returns the year, if it is said.
    pub fn year(self) -> Option<i16> {
        match self {
            DateValue::Day { year, .. }
            | DateValue::Month { year, .. }
            | DateValue::Quarter { year, .. }
            | DateValue::Half { year, .. } => year,
            DateValue::Year(year) => Some(year),
            DateValue::Decade(_) | DateValue::Century(_) => None,
        }
    }

    /// Says whether a year belongs to the value and is missing.
    pub fn lacks_year(self) -> bool {
        self.year().is_none() && !matches!(self, DateValue::Decade(_) | DateValue::Century(_))
    }

    /// Returns the same in a year; where the year is said already it stays.
    pub fn in_year(self, of: i16) -> DateValue {
        match self {
            DateValue::Day { day, month, year } => DateValue::Day { day, month, year: year.or(Some(of)) },
            DateValue::Month { month, year } => DateValue::Month { month, year: year.or(Some(of)) },
            DateValue::Quarter { quarter, year } => DateValue::Quarter { quarter, year: year.or(Some(of)) },
            DateValue::Half { half, year } => DateValue::Half { half, year: year.or(Some(of)) },
            other => other,
        }
    }

    /// Returns a number that grows with fineness; two ends of an interval are of one fineness.
    pub fn grain(self) -> Grain {
        match self {
            DateValue::Day { .. } => Grain::Day,
            DateValue::Month { .. } => Grain::Month,
            DateValue::Quarter { .. } => Grain::Quarter,
            DateValue::Half { .. } => Grain::Half,
            DateValue::Year(_) => Grain::Year,
            DateValue::Decade(_) => Grain::Decade,
            DateValue::Century(_) => Grain::Century,
        }
    }

    /// Says whether this can be on a calendar; without a year 29 February can.
    pub fn possible(self) -> bool {
        match self {
            DateValue::Day { day, month: None, .. } => (1..=31).contains(&day),
            DateValue::Day { day, month: Some(month), year } => Date::new(year.unwrap_or(2000), month, day).is_ok(),
            DateValue::Month { month, .. } => (1..=12).contains(&month),
            DateValue::Quarter { quarter, .. } => (1..=4).contains(&quarter),
            DateValue::Half { half, .. } => (1..=2).contains(&half),
            DateValue::Year(year) | DateValue::Decade(year) => (-9999..=9999).contains(&year),
            DateValue::Century(century) => (-98..=98).contains(&century),
        }
    }

    /// Returns the first day; `None` when a digit is unknown.
    pub fn begin(self) -> Option<Date> {
        match self {
            DateValue::Day { day, month, year } => Date::new(year?, month?, day).ok(),
            DateValue::Month { month, year } => Date::new(year?, month, 1).ok(),
            DateValue::Quarter { quarter, year } => Date::new(year?, quarter * 3 - 2, 1).ok(),
            DateValue::Half { half, year } => Date::new(year?, half * 6 - 5, 1).ok(),
            DateValue::Year(year) | DateValue::Decade(year) => Date::new(year, 1, 1).ok(),
            DateValue::Century(century) if century < 0 => Date::new(century * 100 + 1, 1, 1).ok(),
            DateValue::Century(century) => Date::new(century * 100, 1, 1).ok(),
        }
    }

    /// Returns the last day; `None` when a digit is unknown.
    pub fn end(self) -> Option<Date> {
        let months = match self {
            DateValue::Day { .. } => return self.begin(),
            DateValue::Month { .. } => 1,
            DateValue::Quarter { .. } => 3,
            DateValue::Half { .. } => 6,
            DateValue::Year(_) => 12,
            DateValue::Decade(_) => 120,
            DateValue::Century(_) => 1200,
        };
        self.begin()?.checked_add(months.months()).ok()?.yesterday().ok()
    }
}

impl fmt::Display for DateValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            DateValue::Decade(year) => return write!(f, "{:03}X", year / 10),
            DateValue::Century(century) if century < 0 => return write!(f, "-{:02}XX", -i32::from(century) - 1),
            DateValue::Century(century) => return write!(f, "{century:02}XX"),
            _ => {}
        }
        match self.year() {
            Some(year) if year < 0 => write!(f, "-{:04}", -i32::from(year))?,
            Some(year) => write!(f, "{year:04}")?,
            None => f.write_str("XXXX")?,
        }
        match *self {
            DateValue::Day { day, month: Some(month), .. } => write!(f, "-{month:02}-{day:02}"),
            DateValue::Day { day, month: None, .. } => write!(f, "-XX-{day:02}"),
            DateValue::Month { month, .. } => write!(f, "-{month:02}"),
            DateValue::Quarter { quarter, .. } => write!(f, "-Q{quarter}"),
            DateValue::Half { half, .. } => write!(f, "-H{half}"),
            DateValue::Year(_) | DateValue::Decade(_) | DateValue::Century(_) => Ok(()),
        }
    }
}

impl From<Date> for DateValue {
    fn from(date: Date) -> DateValue {
        DateValue::Day { day: date.day(), month: Some(date.month()), year: Some(date.year()) }
    }
}

/// Returns the month a number of months after the month of a day.
pub fn month_after(day: Date, months: i32) -> Option<DateValue> {
    let month = day.first_of_month().checked_add(months.months()).ok()?;
    Some(DateValue::Month { month: month.month(), year: Some(month.year()) })
}

/// Returns Monday and Sunday of the week a number of weeks after the week of a day.
pub fn week_after(day: Date, weeks: i32) -> Option<(Date, Date)> {
    let monday = day
        .checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days())
        .ok()?
        .checked_add(weeks.weeks())
        .ok()?;
    Some((monday, monday.checked_add(6.days()).ok()?))
}

/// Returns the weekday of the week a number of weeks after the week of a day.
pub fn weekday_after(day: Date, weekday: Weekday, weeks: i32) -> Option<Date> {
    week_after(day, weeks)?.0.checked_add(i64::from(weekday.to_monday_zero_offset()).days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_iso_and_edtf_write_them() {
        for (said, value) in [
            (DateValue::Day { day: 31, month: Some(8), year: Some(2022) }, "2022-08-31"),
            (DateValue::Day { day: 31, month: Some(8), year: None }, "XXXX-08-31"),
            (DateValue::Month { month: 8, year: Some(2022) }, "2022-08"),
            (DateValue::Quarter { quarter: 1, year: Some(2023) }, "2023-Q1"),
            (DateValue::Half { half: 2, year: None }, "XXXX-H2"),
            (DateValue::Year(938), "0938"),
            (DateValue::Year(-220), "-0220"),
            (DateValue::Decade(1990), "199X"),
            (DateValue::Century(20), "20XX"),
            (DateValue::Century(-3), "-02XX"),
        ] {
            assert_eq!(said.to_string(), value);
        }
    }

    #[test]
    fn first_and_last_day_are_inclusive() {
        let days = |said: DateValue| (said.begin().map(|d| d.to_string()), said.end().map(|d| d.to_string()));
        let both = |a: &str, b: &str| (Some(a.to_string()), Some(b.to_string()));
        assert_eq!(days(DateValue::Month { month: 2, year: Some(2024) }), both("2024-02-01", "2024-02-29"));
        assert_eq!(days(DateValue::Quarter { quarter: 4, year: Some(2023) }), both("2023-10-01", "2023-12-31"));
        assert_eq!(days(DateValue::Half { half: 1, year: Some(2023) }), both("2023-01-01", "2023-06-30"));
        assert_eq!(days(DateValue::Decade(1990)), both("1990-01-01", "1999-12-31"));
        assert_eq!(days(DateValue::Month { month: 2, year: None }), (None, None));
    }

    #[test]
    fn day_31_of_february_is_impossible() {
        assert!(!DateValue::Day { day: 31, month: Some(2), year: Some(2022) }.possible());
        assert!(!DateValue::Day { day: 29, month: Some(2), year: Some(2023) }.possible());
        assert!(DateValue::Day { day: 29, month: Some(2), year: None }.possible());
        assert!(!DateValue::Day { day: 50, month: Some(53), year: None }.possible());
    }
}
