//! Counting articles by what they are: exact, with the number of all articles beside it.

use super::Archive;
use super::query::Query;
use crate::answer::{Answer, Cell, Column, Kind};
use crate::facts::registry::Head;
use anyhow::Result;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError};
use tantivy::columnar::Column as DocValues;
use tantivy::index::SegmentReader;
use tantivy::{DateTime, DocId};

/// Names what articles are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum By {
    /// Province of the newspaper before 1 July 2025.
    ProvinceOld,
    /// Province of the newspaper since 1 July 2025.
    ProvinceNew,
    /// Newspaper.
    Source,
    /// Section.
    Section,
    /// Author.
    Author,
    /// Month of publication, `2022-08`.
    Month,
    /// Year of publication.
    Year,
    /// Type of a document cited, as [`super::cited`] has it; an article counts once for each type.
    Type,
    /// Issuer of a document cited, as [`super::cited`] has it; an article counts once for each issuer.
    Issuer,
    /// Document cited, by its id; words that say no single one by their key.
    Document,
}

/// Counts the articles of one value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Articles that the query finds.
    pub found: u64,
    /// Articles of the archive: the denominator.
    pub all: u64,
}

/// Counts the articles that a query finds by a value; `None` are those without one.
///
/// # Errors
/// When the index is damaged.
pub fn facets(archive: &Archive, query: &Query, by: By) -> Result<BTreeMap<Option<String>, Count>> {
    let mut counts: BTreeMap<Option<String>, Count> = BTreeMap::new();
    for (value, found) in count(archive, query, by)? {
        counts.entry(value).or_default().found = found;
    }
    for (value, all) in archive.denominators.of(archive, by)?.iter() {
        counts.entry(value.clone()).or_default().all = *all;
    }
    Ok(counts)
}

/// Articles of the whole archive by value.
type Counted = Arc<HashMap<Option<String>, u64>>;

/// Counts all articles by value, once an archive.
#[derive(Default)]
pub(super) struct Denominators(Mutex<HashMap<By, Counted>>);

impl Denominators {
    fn of(&self, archive: &Archive, by: By) -> Result<Counted> {
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(counted) = lock().get(&by) {
            return Ok(Arc::clone(counted));
        }
        let counted = Arc::new(count(archive, &Query::All, by)?);
        lock().insert(by, Arc::clone(&counted));
        Ok(counted)
    }
}

/// Columns of [`answer`].
pub const COLUMNS: [Column; 4] = [
    Column::new("articles", Kind::Integer, "Articles that the query finds", "Số bài tìm thấy"),
    Column::new(
        "all_articles",
        Kind::Integer,
        "Articles of this value in the archive",
        "Số bài có giá trị này trong kho",
    ),
    Column::new("per_cent", Kind::Number, "Share of the articles of this value", "Tỷ lệ trên số bài có giá trị này"),
    Column::new("value", Kind::Text, "The value; unknown when an article has none", "Giá trị; trống khi không rõ")
        .or("(unknown)"),
];

/// Answers how many of the articles that a query finds are of each value: time in its order, all else by size; what has
/// no value comes last.
///
/// # Errors
/// When the index is damaged.
pub fn answer(archive: &Archive, query: &Query, by: By) -> Result<Answer> {
    let mut counts: Vec<_> = facets(archive, query, by)?.into_iter().filter(|(_, count)| count.found > 0).collect();
    if !matches!(by, By::Year | By::Month) {
        counts.sort_by_key(|(_, count)| Reverse(count.found));
    }
    counts.sort_by_key(|(value, _)| value.is_none());
    let row = |(value, count): (Option<String>, Count)| {
        let share = count.found as f64 / count.all as f64 * 100.0;
        vec![Cell::count(count.found), Cell::count(count.all), Cell::rounded(share, 4), value.into()]
    };
    archive.answer("facets", query, &COLUMNS, counts.into_iter().map(row).collect())
}

fn count(archive: &Archive, query: &Query, by: By) -> Result<HashMap<Option<String>, u64>> {
    let mut counts = HashMap::new();
    archive.each_segment(query, &mut |segment, docs| {
        let values = Values::of(archive, segment, by)?;
        let mut here: HashMap<Option<u64>, u64> = HashMap::new();
        let mut seen = HashSet::new();
        docs(&mut |doc| {
            seen.clear();
            values.each(doc, &mut |value| {
                if seen.insert(value) {
                    *here.entry(Some(value)).or_default() += 1;
                }
            });
            if seen.is_empty() {
                *here.entry(None).or_default() += 1;
            }
            Ok(ControlFlow::Continue(()))
        })?;
        for (value, count) in here {
            let name = value.map(|value| values.name(value)).transpose()?;
            *counts.entry(name.filter(|name| !name.is_empty())).or_default() += count;
        }
        Ok(())
    })?;
    Ok(counts)
}

/// The values of one segment as numbers, and their names.
enum Values {
    Names(tantivy::columnar::StrColumn),
    Months(DocValues<DateTime>),
    Years(DocValues<DateTime>),
    /// Of each key the name of its document, its type or its issuer, and these.
    Documents(tantivy::columnar::StrColumn, HashMap<u64, usize>, Vec<String>),
    Missing,
}

impl Values {
    fn of(archive: &Archive, segment: &SegmentReader, by: By) -> Result<Values> {
        let columns = segment.fast_fields();
        let name = match by {
            By::Month => return Ok(Values::Months(columns.date("date")?)),
            By::Year => return Ok(Values::Years(columns.date("date")?)),
            By::ProvinceOld => "province_old",
            By::ProvinceNew => "province_new",
            By::Source => "source",
            By::Section => "section",
            By::Author => "author",
            By::Type => return Values::of_documents(archive, segment, |head| head.type_.clone()),
            By::Issuer => return Values::of_documents(archive, segment, |head| head.issuer.clone()),
            By::Document => return Values::of_documents(archive, segment, |head| Some(head.name())),
        };
        Ok(columns.str(name)?.map_or(Values::Missing, Values::Names))
    }

    /// The names that documents have: one name of two documents is one value.
    fn of_documents(archive: &Archive, segment: &SegmentReader, name: fn(&Head) -> Option<String>) -> Result<Values> {
        let Some(keys) = segment.fast_fields().str("cite_key")? else { return Ok(Values::Missing) };
        let documents = archive.documents()?;
        let names: Vec<Option<String>> = documents.heads().iter().map(name).collect();
        let distinct: BTreeSet<&String> = names.iter().flatten().collect();
        let number: HashMap<&String, usize> = distinct.iter().enumerate().map(|(at, name)| (*name, at)).collect();
        let mut of = documents.by_number(&keys)?;
        of.retain(|_, head| names[*head].is_some());
        of.values_mut().for_each(|head| *head = names[*head].as_ref().map_or(0, |name| number[name]));
        let distinct = distinct.into_iter().cloned().collect();
        Ok(Values::Documents(keys, of, distinct))
    }

    fn each(&self, doc: DocId, take: &mut dyn FnMut(u64)) {
        match self {
            Values::Names(column) => column.term_ords(doc).for_each(take),
            Values::Documents(keys, of, _) => {
                keys.term_ords(doc).filter_map(|key| of.get(&key)).for_each(|&head| take(head as u64));
            }
            Values::Months(column) => column.first(doc).into_iter().for_each(|day| take(month(day))),
            Values::Years(column) => column.first(doc).into_iter().for_each(|day| take(month(day) / 100)),
            Values::Missing => {}
        }
    }

    fn name(&self, value: u64) -> Result<String> {
        let mut name = String::new();
        match self {
            Values::Names(column) => {
                column.ord_to_str(value, &mut name)?;
            }
            Values::Documents(_, _, names) => name = names.get(value as usize).cloned().unwrap_or_default(),
            Values::Months(_) => name = format!("{:04}-{:02}", value / 100, value % 100),
            Values::Years(_) => name = format!("{value:04}"),
            Values::Missing => {}
        }
        Ok(name)
    }
}

/// Returns the month of a day as `202208`.
fn month(day: DateTime) -> u64 {
    let day = super::day(day);
    day.year().unsigned_abs() as u64 * 100 + day.month().unsigned_abs() as u64
}
