//! The articles that cite one document.

use super::query::Query;
use super::{Archive, listing, snippet};
use crate::answer::{Answer, Cell, Column, Kind};
use crate::facts::ask::Asked;
use anyhow::Result;
use jiff::civil::Date;
use std::ops::ControlFlow;

/// Holds an article that cites a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citing {
    /// Vietnamese day of publication.
    pub published: Option<Date>,
    /// Newspaper.
    pub source: Option<String>,
    /// Id of the article.
    pub id: String,
    /// Times that the body cites it.
    pub citations: u64,
    /// Address.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
}

/// Columns of [`answer`].
pub const COLUMNS: [Column; 6] = [
    Column::new("published", Kind::Day, "Day of publication", "Ngày đăng"),
    Column::new("source", Kind::Text, "Newspaper", "Báo"),
    Column::new("id", Kind::Text, "Id of the article", "Mã bài"),
    Column::new("citations", Kind::Integer, "Citations of the document in its body", "Số lần viện dẫn trong thân bài"),
    Column::new("url", Kind::Text, "Address", "Địa chỉ").in_files(),
    Column::new("title", Kind::Text, "Headline", "Nhan đề"),
];

/// Returns the articles that a query of a document finds, in order of publication, the undated ones last.
///
/// # Errors
/// When the index is damaged.
pub fn citing(archive: &Archive, query: &Query) -> Result<Vec<Citing>> {
    let query = &*archive.resolved(query)?;
    let mut articles = Vec::new();
    archive.each(query, &mut |record| {
        let citations = snippet::cited(&record, query).len() as u64;
        let article = record.article;
        articles.push(Citing {
            published: article.published_day(),
            source: article.source.or(article.site),
            id: article.id,
            citations,
            url: article.url,
            title: article.title,
        });
        Ok(ControlFlow::Continue(()))
    })?;
    articles
        .sort_by(|a, b| (a.published.is_none(), a.published, &a.id).cmp(&(b.published.is_none(), b.published, &b.id)));
    Ok(articles)
}

/// Answers which articles cite a document, named in any spelling; several of one number are listed instead.
///
/// # Errors
/// When the index is damaged.
pub fn answer(archive: &Archive, said: &str) -> Result<Answer> {
    let documents = archive.documents()?;
    let asked = documents.ask(said);
    let mut answer = match &asked {
        Asked::One(one, _) => {
            let query = documents.condition(said, &[*one]);
            let row = |article: Citing| {
                vec![
                    article.published.into(),
                    article.source.into(),
                    article.id.into(),
                    Cell::count(article.citations),
                    article.url.into(),
                    article.title.into(),
                ]
            };
            let mut answer =
                archive.answer("cites", &query, &COLUMNS, citing(archive, &query)?.into_iter().map(row).collect())?;
            answer.summary =
                format!("{} of {} articles cite {}", answer.total.found, answer.total.of, documents.names(&[*one]));
            answer
        }
        Asked::Several(several) => listing::of(archive, "cites", said, several)?,
        Asked::Nothing(_) => archive.answer("cites", &documents.condition(said, &[]), &COLUMNS, Vec::new())?,
    };
    answer.notes = documents.note(said, &asked).into_iter().collect();
    Ok(answer)
}
