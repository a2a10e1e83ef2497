//! The period that a figure is for: one form for all that mean the same days.

use jiff::ToSpan;
use jiff::civil::{Date, date};

/// Holds the first and last day of a period, both inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// First day.
    pub begin: Date,
    /// Last day.
    pub end: Date,
}

impl Period {
    /// Reads a date value: a day, month, quarter, half, year or an interval of such; `None` of what has unknown digits or
    /// no end.
    pub fn read(value: &str) -> Option<Period> {
        let (first, last) = value.split_once('/').unwrap_or((value, value));
        let period = Period { begin: bounds(first)?.0, end: bounds(last)?.1 };
        (period.begin <= period.end).then_some(period)
    }

    /// Says whether it runs from the first day of a year to a day before its last: a running total.
    pub fn is_cumulative(&self) -> bool {
        let first = date(self.begin.year(), 1, 1);
        self.begin == first
            && self.end < date(first.year(), 12, 31)
            && self.end != first
            && self.end != first.last_of_month()
    }

    /// Returns the period with the last day of a year read as that year: what is told of its end.
    #[must_use]
    pub fn of_state(self) -> Period {
        let year_end = self.begin == self.end && (self.end.month(), self.end.day()) == (12, 31);
        let month_end = self.begin == self.end && self.end == self.end.last_of_month();
        let begin = match (year_end, month_end) {
            (true, _) => date(self.end.year(), 1, 1),
            (_, true) => self.end.first_of_month(),
            _ => self.begin,
        };
        Period { begin, end: self.end }
    }

    /// Returns the shortest value of these days: `2013`, `2013-Q1`, `2013-H1`, `2013-05`, `2013-01/2013-09`, `2011/2015`.
    pub fn value(&self) -> String {
        let (begin, end) = (self.begin, self.end);
        let (first, last) = (begin.month(), end.month());
        let of_months = begin.day() == 1 && end == end.last_of_month();
        match (begin.year() == end.year(), of_months) {
            _ if begin == end => begin.to_string(),
            (true, true) if (first, last) == (1, 12) => format!("{:04}", begin.year()),
            (true, true) if (first, last) == (1, 6) || (first, last) == (7, 12) => {
                format!("{:04}-H{}", begin.year(), last / 6)
            }
            (true, true) if first % 3 == 1 && last == first + 2 => format!("{:04}-Q{}", begin.year(), last / 3),
            (true, true) if first == last => format!("{:04}-{first:02}", begin.year()),
            (false, true) if (first, last) == (1, 12) => format!("{:04}/{:04}", begin.year(), end.year()),
            (_, true) => format!("{:04}-{first:02}/{:04}-{last:02}", begin.year(), end.year()),
            _ => format!("{begin}/{end}"),
        }
    }
}

/// Returns the first and last day of one part of a value.
fn bounds(value: &str) -> Option<(Date, Date)> {
    let year = value.get(..4)?.parse::<i16>().ok()?;
    let from = |month: i8| Date::new(year, month, 1).ok();
    let months = |first: i8, count: i8| Some((from(first)?, from(first + count - 1)?.last_of_month()));
    match value.get(4..)? {
        "" => months(1, 12),
        "-H1" => months(1, 6),
        "-H2" => months(7, 6),
        quarter if quarter.starts_with("-Q") => match quarter.get(2..)?.parse::<i8>().ok()? {
            number @ 1..=4 => months(number * 3 - 2, 3),
            _ => None,
        },
        month if month.len() == 3 => months(month.get(1..)?.parse().ok()?, 1),
        _ => value.parse().ok().map(|day| (day, day)),
    }
}

/// Returns what a change is against, by both periods: the month before, the December before, the year before; the
/// compared period's own value when it is none of these.
pub fn compared(period: Option<Period>, to: Period) -> String {
    let Some(period) = period else { return to.value() };
    let ends = |day: Date| (day.year(), day.month());
    let before = period.begin.checked_sub(1.days()).map(ends).ok();
    if to.end.year() == period.end.year() - 1
        && (to.end.month() == period.end.month() || ends(to.end) == (period.end.year() - 1, 12) && is_year(to))
    {
        "year".to_string()
    } else if to.end.year() == period.end.year() - 1 && to.end.month() == 12 {
        "december".to_string()
    } else if before == Some(ends(to.end)) {
        "period".to_string()
    } else {
        to.value()
    }
}

fn is_year(period: Period) -> bool {
    period.begin == date(period.begin.year(), 1, 1) && period.end == date(period.begin.year(), 12, 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_the_same_days_are_one() {
        for (value, same) in [
            ("2012", "2012"),
            ("2012-01/2012-12", "2012"),
            ("2012-01-01/2012-09-30", "2012-01/2012-09"),
            ("2012-01/2012-06", "2012-H1"),
            ("2012-Q3", "2012-Q3"),
            ("2012-07-01/2012-09-30", "2012-Q3"),
            ("2011/2015", "2011/2015"),
            ("2012-05-17", "2012-05-17"),
            ("2012-01-01/2012-10-15", "2012-01-01/2012-10-15"),
        ] {
            assert_eq!(Period::read(value).map(|period| period.value()).as_deref(), Some(same), "{value}");
        }
        for none in ["XXXX-05", "2026-07-01/..", "2012-13", "2012-02-30", "199X", ""] {
            assert_eq!(Period::read(none), None, "{none}");
        }
    }

    #[test]
    fn a_change_says_what_it_is_against() {
        let against = |period: &str, to: &str| compared(Period::read(period), Period::read(to).expect("a period"));
        assert_eq!(against("2013-05", "2013-04"), "period");
        assert_eq!(against("2013-05", "2012-12"), "december");
        assert_eq!(against("2013-05", "2012-05"), "year");
        assert_eq!(against("2013", "2012"), "year");
        assert_eq!(against("2013-01/2013-05", "2012-01/2012-05"), "year");
        assert_eq!(against("2013", "2010"), "2010");
    }

    #[test]
    fn a_total_from_january_is_cumulative() {
        let cumulative = |value: &str| Period::read(value).is_some_and(|period| period.is_cumulative());
        assert!(cumulative("2013-01/2013-10") && cumulative("2013-01-01/2013-10-25"));
        assert!(!cumulative("2013") && !cumulative("2013-05") && !cumulative("2011/2015"));
    }
}
