//! When an article was written: its day of publication, else what the documents and days that it mentions let one say.

use crate::article::Record;
use crate::mention::{Fact, Grain};
use jiff::civil::{Date, date};

/// Returns the first and last day on which a record's article may have been written; `None` when nothing says so.
///
/// An undated article is of the year of the latest document that it cites, else of the latest day that it mentions.
pub fn written(record: &Record) -> Option<(Date, Date)> {
    if let Some(day) = record.article.published_day() {
        return Some((day, day));
    }
    let fetched = record.article.fetched.map(|time| crate::article::VIETNAM.to_datetime(time).date());
    let possible = |day: &Date| fetched.is_none_or(|fetched| *day <= fetched) && *day > date(1990, 1, 1);
    let latest = |day: fn(&Fact) -> Option<Date>| {
        record.mentions.iter().filter_map(|mention| day(&mention.fact)).filter(possible).max()
    };
    let latest = latest(issued).or_else(|| latest(mentioned))?;
    Some((latest, date(latest.year(), 12, 31)))
}

/// Returns how many documents and days of a record say when it was written.
pub fn evidence(record: &Record) -> usize {
    record.mentions.iter().filter(|mention| issued(&mention.fact).or(mentioned(&mention.fact)).is_some()).count()
}

/// Returns the day that a cited document was issued, or the first of its year.
fn issued(fact: &Fact) -> Option<Date> {
    let Fact::Citation(citation) = fact else { return None };
    let named = || citation.value.rsplit_once(" năm ").and_then(|(_, year)| year.parse().ok());
    let day = citation.issued.as_deref().and_then(|issued| issued.parse().ok());
    day.or_else(|| citation.year.or_else(named).and_then(|year| Date::new(year, 1, 1).ok()))
}

fn mentioned(fact: &Fact) -> Option<Date> {
    if let Fact::Date(date) = fact
        && date.grain == Grain::Day
    {
        date.date_begin
    } else {
        None
    }
}
