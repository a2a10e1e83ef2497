//! The relations between documents that the articles of an archive tell.

use super::Archive;
use super::query::Query;
use crate::answer::{Answer, Cell, Column, Kind};
use crate::article::Record;
use crate::facts::gather::Digest;
use crate::facts::relation::{RelationType, Scope};
use crate::text::offset::slice;
use anyhow::Result;
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

/// Holds a relation between two documents with the articles that tell it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Index of the head of the document that acts.
    pub from: usize,
    /// Index of the head of the document that it acts on.
    pub to: usize,
    /// Kind.
    pub type_: RelationType,
    /// Articles that tell it.
    pub articles: u64,
    /// Sentences that tell it of the whole document, and of a part.
    pub scopes: [u64; 2],
    /// First and last day of publication.
    pub days: Option<(Date, Date)>,
    /// Id of the first article in order of publication, the undated ones last, and its sentence.
    pub article: (String, String),
}

impl Told {
    /// Returns how much of the document most sentences speak of; of equals the whole.
    pub fn scope(&self) -> Scope {
        if self.scopes[1] > self.scopes[0] { Scope::Part } else { Scope::Whole }
    }
}

/// Columns of [`answer`].
pub const COLUMNS: [Column; 11] = [
    Column::new("articles", Kind::Integer, "Articles that tell it", "Số bài nêu"),
    Column::new("from", Kind::Text, "Document that acts", "Văn bản tác động"),
    Column::new(
        "relation",
        Kind::Text,
        "amends, implements, replaces or repeals",
        "sửa đổi, thi hành, thay thế hoặc bãi bỏ",
    ),
    Column::new("scope", Kind::Text, "whole, or part when only provisions are meant", "whole: toàn bộ; part: một phần"),
    Column::new("to", Kind::Text, "Document that it acts on", "Văn bản bị tác động"),
    Column::new("from_id", Kind::Text, "Id of the document that acts", "Mã văn bản tác động").in_files(),
    Column::new("to_id", Kind::Text, "Id of the document that it acts on", "Mã văn bản bị tác động").in_files(),
    Column::new("first", Kind::Day, "First day of publication", "Ngày đăng đầu tiên").in_files(),
    Column::new("last", Kind::Day, "Last day of publication", "Ngày đăng cuối cùng").in_files(),
    Column::new("id", Kind::Text, "First article that tells it", "Bài đầu tiên nêu").in_files(),
    Column::new("sentence", Kind::Text, "Its sentence", "Câu nêu"),
];

/// Returns the relations that the articles of a query tell, those of most articles first.
///
/// # Errors
/// When the index is damaged.
pub fn relations(archive: &Archive, query: &Query, type_: Option<RelationType>) -> Result<Vec<Told>> {
    let documents = archive.documents()?;
    let mut all: BTreeMap<(usize, usize, RelationType), Told> = BTreeMap::new();
    archive.each(query, &mut |record| {
        let digest = Digest::of(&record);
        let day = record.article.published_day();
        let head = |mention: usize| {
            let cite = digest.cites.iter().find(|cite| cite.mention == mention)?;
            documents.find(&cite.key)
        };
        let mut seen = BTreeSet::new();
        for relation in digest.relations.iter().filter(|relation| type_.is_none_or(|type_| relation.type_ == type_)) {
            let Some((from, to)) = head(relation.from).zip(head(relation.to)).filter(|(from, to)| from != to) else {
                continue;
            };
            let key = (from, to, relation.type_);
            let told = all.entry(key).or_insert_with(|| Told {
                from,
                to,
                type_: relation.type_,
                articles: 0,
                scopes: [0; 2],
                days: None,
                article: (String::new(), String::new()),
            });
            told.articles += u64::from(seen.insert(key));
            told.scopes[usize::from(relation.scope == Scope::Part)] += 1;
            let is_first = match (told.days, day) {
                _ if told.article.0.is_empty() => true,
                (Some((first, _)), Some(day)) => (day, &record.article.id) < (first, &told.article.0),
                (None, day) => day.is_some() || record.article.id < told.article.0,
                (Some(_), None) => false,
            };
            if is_first {
                told.article = (record.article.id.clone(), sentence(&record, relation.from.max(relation.to)));
            }
            told.days = match (told.days, day) {
                (Some((first, last)), Some(day)) => Some((first.min(day), last.max(day))),
                (days, day) => days.or(day.map(|day| (day, day))),
            };
        }
        Ok(ControlFlow::Continue(()))
    })?;
    let mut all: Vec<Told> = all.into_values().collect();
    all.sort_by_key(|told| Reverse(told.articles));
    Ok(all)
}

fn sentence(record: &Record, mention: usize) -> String {
    let sentence = record
        .mentions
        .get(mention)
        .and_then(|mention| slice(record.article.part(mention.part), mention.sentence_start, mention.sentence_end));
    sentence.unwrap_or_default().to_string()
}

/// Answers which relations between documents the articles of a query tell.
///
/// # Errors
/// When the index is damaged.
pub fn answer(archive: &Archive, query: &Query, type_: Option<RelationType>) -> Result<Answer> {
    let heads = archive.documents()?.heads();
    let row = |told: Told| {
        let (from, to) = (&heads[told.from], &heads[told.to]);
        vec![
            Cell::count(told.articles),
            from.value.as_str().into(),
            told.type_.name().into(),
            told.scope().name().into(),
            to.value.as_str().into(),
            from.name().into(),
            to.name().into(),
            told.days.map(|(first, _)| first).into(),
            told.days.map(|(_, last)| last).into(),
            told.article.0.into(),
            told.article.1.into(),
        ]
    };
    let rows = relations(archive, query, type_)?.into_iter().map(row).collect();
    let mut answer = archive.answer("relations", query, &COLUMNS, rows)?;
    answer.summary = format!(
        "{} relations that {} of {} articles tell: {query}",
        answer.of_rows, answer.total.found, answer.total.of
    );
    Ok(answer)
}
