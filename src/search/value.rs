//! The values that the fields of the query language take.

use super::language::FIELDS;
use super::lexer::Asked;
use super::parser::phrase;
use super::query::{Condition, Days, Document, Name, Part, Query, Terms};
use crate::index::number;
use crate::text::number::parse_decimal;
use jiff::civil::Date;
use std::ops::Bound;

/// Says what is wrong with a condition: its field, or its value.
pub struct Wrong {
    /// Whether the field is wrong and not the value.
    pub field: bool,
    /// What is wrong, and what to do.
    pub reason: String,
}

/// Makes the condition of a field and its value.
pub fn condition(name: &str, asked: Option<Asked>, text: &str) -> Result<Query, Wrong> {
    let wrong = |reason: String| Wrong { field: false, reason };
    let terms = || phrase(text, asked).ok_or_else(|| wrong(format!("{name}: needs a word")));
    let said = || {
        let said = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if said.is_empty() { Err(wrong(format!("{name}: wants a name"))) } else { Ok(said) }
    };
    let named = |name: Name| said().map(|said| Condition::Name(name, said));
    Ok(Query::Condition(match name {
        "title" => return Ok(Query::Phrase(Terms { part: Part::Title, ..terms()? })),
        "source" | "site" => named(Name::Source)?,
        "province" => named(Name::Province)?,
        "province-old" => named(Name::ProvinceOld)?,
        "province-new" => named(Name::ProvinceNew)?,
        "section" => named(Name::Section)?,
        "author" => named(Name::Author)?,
        "kind" => named(Name::Kind)?,
        "id" => Condition::Id(said()?),
        "date" => Condition::Published(days(text).map_err(wrong)?),
        "mentions-date" => Condition::Mentions(days(text).map_err(wrong)?),
        "cites" => {
            if number::key(text).is_empty() {
                return Err(wrong("cites: wants a number as 01/2022/NQ-HĐND, or a name".into()));
            }
            Condition::Cites(Document { said: said()?, keys: Vec::new() })
        }
        "type" => Condition::Type(said()?),
        "issuer" => Condition::Issuer(said()?),
        "pct" => {
            let (low, high) = bounds(text).map_err(wrong)?;
            Condition::Percent(low, high)
        }
        "indicator" => Condition::Indicator(terms()?),
        _ => {
            let names: Vec<_> = FIELDS.iter().map(|field| field.name).collect();
            return Err(Wrong {
                field: true,
                reason: format!(
                    "there is no field {name}; there are {}; to search for the text itself, quote it",
                    names.join(", ")
                ),
            });
        }
    }))
}

/// Reads a day, month, year, or span of them with `..`; an end may be open.
fn days(text: &str) -> Result<Days, String> {
    let days = match text.split_once("..") {
        Some((from, to)) => {
            let from = if from.is_empty() { None } else { Some(span(from)?.0) };
            let to = if to.is_empty() { None } else { Some(span(to)?.1) };
            Days { from, to }
        }
        None => {
            let (from, to) = span(text)?;
            Days { from: Some(from), to: Some(to) }
        }
    };
    if days.from.zip(days.to).is_some_and(|(from, to)| from > to) {
        Err(format!("the span {text} ends before it begins"))
    } else {
        Ok(days)
    }
}

/// Reads the first and last day of `2022`, `2022-08`, `2022-08-31` or `31/8/2022`.
fn span(text: &str) -> Result<(Date, Date), String> {
    let wrong = || format!("{text:?} is no date; write 2022, 2022-08, 2022-08-31 or a span as 2022..2023");
    let number = |part: &str| {
        if part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit()) { part.parse::<i16>().ok() } else { None }
    };
    let mut parts: Vec<_> = text.split(['-', '/']).map(number).collect::<Option<_>>().ok_or_else(wrong)?;
    if text.contains('/') {
        parts.reverse();
    }
    let small = |part: i16| i8::try_from(part).map_err(|_| wrong());
    let day = |year: i16, month: i16, day: i16| Date::new(year, small(month)?, small(day)?).map_err(|_| wrong());
    match parts[..] {
        [year] if year >= 1000 => Ok((day(year, 1, 1)?, day(year, 12, 31)?)),
        [year, month] if year >= 1000 => day(year, month, 1).map(|first| (first, first.last_of_month())),
        [year, month, date] if year >= 1000 => day(year, month, date).map(|day| (day, day)),
        _ => Err(wrong()),
    }
}

/// Reads `70`, `>=70`, `>70`, `<=5`, `<5` or `70..80`, with a decimal comma or point.
fn bounds(text: &str) -> Result<(Bound<f64>, Bound<f64>), String> {
    let number = |text: &str| {
        let bare = text.trim().trim_end_matches('%').trim_end();
        let plain = bare
            .parse::<f64>()
            .ok()
            .filter(|_| bare.contains('.') && bare.bytes().all(|b| b.is_ascii_digit() || b == b'.'));
        plain
            .or_else(|| parse_decimal(bare))
            .ok_or_else(|| format!("{text:?} is no number; write pct:>=70, pct:70..80 or pct:0,34"))
    };
    let text = text.trim().replace('≥', ">=").replace('≤', "<=");
    let after = |sign: &str| text.strip_prefix(sign);
    Ok(if let Some(low) = after(">=") {
        (Bound::Included(number(low)?), Bound::Unbounded)
    } else if let Some(low) = after(">") {
        (Bound::Excluded(number(low)?), Bound::Unbounded)
    } else if let Some(high) = after("<=") {
        (Bound::Unbounded, Bound::Included(number(high)?))
    } else if let Some(high) = after("<") {
        (Bound::Unbounded, Bound::Excluded(number(high)?))
    } else if let Some((low, high)) = text.split_once("..") {
        let (low, high) = (number(low)?, number(high)?);
        if low > high {
            return Err(format!("the span {text} ends before it begins"));
        }
        (Bound::Included(low), Bound::Included(high))
    } else {
        let value = number(&text)?;
        (Bound::Included(value), Bound::Included(value))
    })
}
