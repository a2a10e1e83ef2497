//! A record as what the index takes of it, and back.

use super::analysis::{self, Analysed};
use super::number;
use super::schema::Fields;
use crate::article::Record;
use crate::facts::identity::identities;
use crate::mention::{Fact, Unit};
use anyhow::{Context, Result};
use jiff::civil::Date;
use std::collections::BTreeSet;
use tantivy::schema::{Field, Value};
use tantivy::{DateTime, TantivyDocument};

/// Bytes for what is beside the body in a document: room that is taken at once.
const REST: usize = 8 << 10;

/// A record as the index takes it.
pub struct Indexable {
    /// Everything but the terms of its texts.
    pub document: TantivyDocument,
    /// The title.
    pub title: Analysed,
    /// Title, lead and body as one text.
    pub text: Analysed,
}

impl Indexable {
    /// Returns the analysed text of a field of terms or pairs, in the form that the field's tokenizer reads; `None` of others.
    pub fn form(&self, fields: &Fields, field: Field) -> Option<&str> {
        for (text, exact, folded, pairs) in [
            (&self.title, fields.title_exact, fields.title_folded, fields.title_pairs),
            (&self.text, fields.text_exact, fields.text_folded, fields.text_pairs),
        ] {
            if field == exact {
                return Some(&text.exact);
            }
            if field == folded || field == pairs {
                return Some(text.folded());
            }
        }
        None
    }
}

/// Makes what the index takes of a record of a shard.
///
/// # Errors
/// When the record cannot be written as JSON.
pub fn indexable(fields: &Fields, record: Record, shard: &str) -> Result<Indexable> {
    let article = &record.article;
    let mut document = TantivyDocument::with_capacity(article.body.len() + REST);
    document.add_text(fields.id, &article.id);
    document.add_text(fields.shard, shard);
    document.add_i64(fields.fetched, fetched(&record));

    let (title, text) = (analysis::analyse(article.title.as_deref().unwrap_or("")), texts(&record));
    document.add_i64(fields.syllables, text.count as i64);
    document.add_i64(fields.pair_count, pairs(&text) as i64);
    document.add_text(fields.kind, article.page_kind.name());

    for (field, value) in [
        (fields.site, &article.site),
        (fields.source, &article.source),
        (fields.province_old, &article.province_old),
        (fields.province_new, &article.province_new),
        (fields.section, &article.section),
        (fields.author, &article.author),
    ] {
        if let Some(value) = value {
            document.add_text(field, value);
        }
    }
    if let Some(day) = article.published_day().and_then(midnight) {
        document.add_date(fields.date, day);
    }
    add_mentions(fields, &record, &mut document);
    store(fields, record, &mut document)?;
    Ok(Indexable { document, title, text })
}

/// Analyses title, lead and body as one text of three parts.
fn texts(record: &Record) -> Analysed {
    let article = &record.article;
    let parts = [article.title.as_deref().unwrap_or(""), article.lead.as_deref().unwrap_or(""), &article.body];
    let mut text = Analysed::with_capacity(parts.iter().map(|part| part.len() + part.len() / 16).sum());
    for part in parts {
        text.add(part, analysis::PART, &mut |_, _| {});
    }
    text
}

/// Counts the pairs of a text.
fn pairs(text: &Analysed) -> usize {
    let mut left = "";
    let terms = analysis::terms(&text.exact).filter(|(mark, _)| *mark != analysis::SAME);
    terms.filter(|&(mark, term)| analysis::is_pair(std::mem::replace(&mut left, term), mark, term)).count()
}

/// Returns when the page of a record was fetched, in seconds since 1970; 0 when that is not known.
pub fn fetched(record: &Record) -> i64 {
    record.article.fetched.map_or(0, |time| time.as_second())
}

/// Returns a day as its midnight UTC, as the index keeps days.
pub fn midnight(day: Date) -> Option<DateTime> {
    // tantivy keeps nanoseconds: other years would wrap.
    if !(1678..=2261).contains(&day.year()) {
        return None;
    }
    let moment = jiff::tz::Offset::UTC.to_timestamp(day.to_datetime(jiff::civil::Time::midnight())).ok()?;
    Some(DateTime::from_timestamp_secs(moment.as_second()))
}

/// Returns a day as the days since 1970: of any year, where a moment in nanoseconds ends in 1677 and 2262.
pub fn day_number(day: Date) -> i64 {
    day.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24
}

fn add_mentions(fields: &Fields, record: &Record, document: &mut TantivyDocument) {
    let mut numbers = BTreeSet::new();
    for (mention, identity) in record.mentions.iter().zip(identities(record)) {
        match &mention.fact {
            Fact::Citation(citation) => {
                numbers.insert(number::key(&citation.value));
                document.add_text(fields.cite_value, &citation.value);
                document
                    .add_text(fields.cite_key, identity.map_or_else(String::new, |identity| identity.key.to_string()));
                document.add_text(fields.cite_type, citation.type_.as_deref().unwrap_or(""));
                document.add_text(fields.cite_issuer, citation.issuer.as_deref().unwrap_or(""));
                document.add_text(fields.cite_place, citation.place.as_deref().unwrap_or(""));
            }
            Fact::Percent(percent) => {
                document.add_f64(fields.percent_low, percent.low);
                document.add_f64(fields.percent_high, percent.high);
                document.add_text(fields.percent_unit, unit(percent.unit));
                document.add_text(fields.percent_indicator, percent.indicator.as_deref().unwrap_or(""));
            }
            Fact::Date(date) => {
                if let Some((begin, end)) = date.date_begin.zip(date.date_end) {
                    document.add_i64(fields.date_begin, day_number(begin));
                    document.add_i64(fields.date_end, day_number(end));
                }
            }
        }
    }
    for number in numbers.iter().filter(|number| !number.is_empty()) {
        document.add_text(fields.number, number);
    }
}

/// Names a unit as the JSON of a record does.
pub fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Percent => "%",
        Unit::Points => "pp",
        Unit::PerMille => "‰",
    }
}

/// Stores a record: its texts as they are, the rest as JSON.
fn store(fields: &Fields, mut record: Record, document: &mut TantivyDocument) -> Result<()> {
    let article = &record.article;
    for (field, text) in [(fields.title, &article.title), (fields.lead, &article.lead)] {
        if let Some(text) = text {
            document.add_text(field, text);
        }
    }
    document.add_text(fields.body, &article.body);
    (record.article.title, record.article.lead, record.article.body) = (None, None, String::new());
    let rest = serde_json::to_string(&record).with_context(|| record.article.id.clone())?;
    document.add_text(fields.rest, rest);
    Ok(())
}

/// Reads the record that a stored document holds.
///
/// # Errors
/// When the index is damaged.
pub fn record(fields: &Fields, document: &TantivyDocument) -> Result<Record> {
    let text = |field| document.get_first(field).and_then(|value| value.as_str());
    let rest = text(fields.rest).context("the index holds a document without its record; make it again")?;
    let mut record: Record =
        serde_json::from_str(rest).context("the index holds a record that cannot be read; make it again")?;
    record.article.title = text(fields.title).map(Into::into);
    record.article.lead = text(fields.lead).map(Into::into);
    record.article.body = text(fields.body).unwrap_or("").into();
    Ok(record)
}
