//! The page of a document: what it is, who cites it when, in which sentences, and with which other documents.

use super::query::Query;
use super::relations::{Told, relations};
use super::{Archive, listing};
use crate::answer::{Answer, Cell, Column, Kind};
use crate::article::Record;
use crate::facts::ask::Asked;
use crate::facts::gather::Digest;
use crate::facts::works::{Cite, Sum, Work};
use crate::mention::{Fact, Mention};
use crate::text::offset::slice;
use anyhow::Result;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

/// Other documents shown that the same articles cite.
const TOGETHER: usize = 10;

/// Holds the page of a document.
#[derive(Debug, Clone, Serialize)]
pub struct Page {
    /// What the articles say of it; `None` when the question is not of one document.
    pub document: Option<Work>,
    /// What articles tell between it and others, both ways, the most told first.
    pub relations: Vec<Related>,
    /// The other documents that the same articles cite most: name, id or key, and articles.
    pub cited_with: Vec<(String, String, u64)>,
    /// Its citations in order of publication; where the question is of several documents, these.
    pub citations: Answer,
}

/// Holds what articles tell between a document and another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Related {
    /// Name of the relation, from the document to the other: `amends`, `amended_by`.
    pub relation: &'static str,
    /// `whole` or `part` of the document that is acted on.
    pub scope: &'static str,
    /// Canonical number or name of the other.
    pub value: String,
    /// Its id, else its key.
    pub id: String,
    /// Articles that tell it.
    pub articles: u64,
}

/// Columns of the citations of a page.
pub const COLUMNS: [Column; 8] = [
    Column::new("published", Kind::Day, "Day of publication", "Ngày đăng"),
    Column::new("source", Kind::Text, "Newspaper", "Báo"),
    Column::new("id", Kind::Text, "Id of the article", "Mã bài"),
    Column::new(
        "mention",
        Kind::Integer,
        "Number of the citation among the article's mentions, from 0",
        "Số thứ tự trong mentions của bài, từ 0",
    )
    .in_files(),
    Column::new("text", Kind::Text, "The citation as printed", "Viện dẫn như in trong bài"),
    Column::new("provision", Kind::Text, "Article, clause and point cited", "Điều, khoản, điểm được dẫn"),
    Column::new("title", Kind::Text, "Headline", "Nhan đề").in_files(),
    Column::new("sentence", Kind::Text, "Sentence of the citation", "Câu có viện dẫn"),
];

/// Makes the page of a document that is named in any spelling.
///
/// # Errors
/// When the index is damaged.
pub fn page(archive: &Archive, said: &str) -> Result<Page> {
    let documents = archive.documents()?;
    let asked = documents.ask(said);
    let mut page = match &asked {
        Asked::One(one, _) => of(archive, said, *one)?,
        Asked::Several(several) => {
            let citations = listing::of(archive, "document", said, several)?;
            Page { document: None, relations: Vec::new(), cited_with: Vec::new(), citations }
        }
        Asked::Nothing(_) => {
            let citations = archive.answer("document", &documents.condition(said, &[]), &COLUMNS, Vec::new())?;
            Page { document: None, relations: Vec::new(), cited_with: Vec::new(), citations }
        }
    };
    page.citations.notes = documents.note(said, &asked).into_iter().collect();
    Ok(page)
}

fn of(archive: &Archive, said: &str, head: usize) -> Result<Page> {
    let documents = archive.documents()?;
    let query = documents.condition(said, &[head]);
    let (mut sum, mut rows) = (Sum::default(), Vec::new());
    let mut together: BTreeMap<usize, u64> = BTreeMap::new();
    archive.each(&query, &mut |record| {
        let digest = Digest::of(&record);
        let is_it = |cite: &&Cite| documents.find(&cite.key) == Some(head);
        let cites: Vec<&Cite> = digest.cites.iter().filter(is_it).collect();
        sum.add(&digest.citing, &cites);
        rows.extend(
            cites.iter().filter_map(|cite| Some(row(&record, cite.mention, record.mentions.get(cite.mention)?))),
        );
        let others: BTreeSet<usize> = digest.cites.iter().filter_map(|cite| documents.find(&cite.key)).collect();
        others.into_iter().filter(|other| *other != head).for_each(|other| *together.entry(other).or_default() += 1);
        Ok(ControlFlow::Continue(()))
    })?;
    rows.sort_by_cached_key(|row| match &row[..] {
        [Cell::Day(day), _, Cell::Text(id), Cell::Integer(mention), ..] => (false, Some(*day), id.clone(), *mention),
        [_, _, Cell::Text(id), Cell::Integer(mention), ..] => (true, None, id.clone(), *mention),
        _ => (true, None, String::new(), 0),
    });
    let mut together: Vec<(usize, u64)> = together.into_iter().collect();
    together.retain(|(other, _)| documents.heads()[*other].id.is_some());
    together.sort_by_key(|&(other, articles)| (Reverse(articles), other));
    together.truncate(TOGETHER);
    let named = |(other, articles): (usize, u64)| {
        let head = &documents.heads()[other];
        (head.value.clone(), head.name(), articles)
    };
    let mut citations = archive.answer("document", &query, &COLUMNS, rows)?;
    citations.summary = format!(
        "{} citations in {} of {} articles of {}",
        citations.of_rows,
        citations.total.found,
        citations.total.of,
        documents.names(&[head])
    );
    let work = sum.work(&documents.heads()[head]);
    let relations = related(archive, &query, head)?;
    Ok(Page { document: Some(work), relations, cited_with: together.into_iter().map(named).collect(), citations })
}

/// Returns the relations of a document, both ways.
fn related(archive: &Archive, query: &Query, head: usize) -> Result<Vec<Related>> {
    let documents = archive.documents()?;
    let related = |told: Told| {
        let (relation, other) = match (told.from == head, told.to == head) {
            (true, _) => (told.type_.name(), told.to),
            (_, true) => (told.type_.inverse(), told.from),
            _ => return None,
        };
        let other = &documents.heads()[other];
        let (value, id) = (other.value.clone(), other.name());
        Some(Related { relation, scope: told.scope().name(), value, id, articles: told.articles })
    };
    Ok(relations(archive, query, None)?.into_iter().filter_map(related).collect())
}

fn row(record: &Record, place: usize, mention: &Mention) -> Vec<Cell> {
    let article = &record.article;
    let provision = match &mention.fact {
        Fact::Citation(citation) => citation.provision.clone(),
        _ => None,
    };
    let sentence = slice(article.part(mention.part), mention.sentence_start, mention.sentence_end);
    vec![
        article.published_day().into(),
        article.source.clone().or(article.site.clone()).into(),
        article.id.as_str().into(),
        Cell::count(place),
        mention.text.as_str().into(),
        provision.into(),
        article.title.clone().into(),
        sentence.map(str::to_string).into(),
    ]
}
