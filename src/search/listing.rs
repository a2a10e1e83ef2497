//! Documents with what the articles that cite them say of them: titles, issue days, spellings, doubts.

use super::Archive;
use super::cited::{DOUBTS, ID, Wanted, cited};
use super::query::Query;
use crate::answer::{Answer, Cell, Column, Kind};
use crate::facts::gather::Digest;
use crate::facts::works::{Sum, Work};
use anyhow::Result;
use jiff::civil::Date;
use std::collections::HashMap;
use std::ops::ControlFlow;

/// Columns of [`answer`].
pub const COLUMNS: [Column; 22] = [
    Column::new("articles", Kind::Integer, "Articles that cite it", "Số bài viện dẫn"),
    Column::new("citations", Kind::Integer, "Citations in them", "Số lần viện dẫn"),
    Column::new("issued", Kind::Text, "Issue day that most articles give", "Ngày ban hành theo đa số bài"),
    Column::new("document", Kind::Text, "Canonical number or name", "Số hiệu hoặc tên chuẩn"),
    ID,
    Column::new("place", Kind::Text, "Place of a local issuer", "Nơi của cơ quan ban hành địa phương").in_files(),
    Column::new("spellings", Kind::Texts, "Forms in print, the commonest first", "Các cách viết, phổ biến trước"),
    Column::new("papers", Kind::Texts, "Newspapers that cite it", "Các báo viện dẫn"),
    Column::new("doubts", Kind::Text, "What is doubtful", "Điều còn nghi vấn").for_reading(),
    DOUBTS,
    Column::new("title", Kind::Text, "Title, as articles print it", "Trích yếu, theo bài báo"),
    Column::new(
        "title_support",
        Kind::Integer,
        "Citations with it or its beginning",
        "Số lần viện dẫn có trích yếu này",
    )
    .in_files(),
    Column::new("issued_support", Kind::Integer, "Articles that give this issue day", "Số bài nêu ngày này").in_files(),
    Column::new("issued_other", Kind::Texts, "Other issue days that articles give", "Ngày ban hành khác nêu trong bài")
        .in_files(),
    Column::new("type", Kind::Text, "Type", "Loại văn bản").in_files(),
    Column::new("number", Kind::Text, "Number", "Số").in_files(),
    Column::new("year", Kind::Integer, "Year of the number or of issue", "Năm của số hiệu hoặc năm ban hành")
        .in_files(),
    Column::new("issuer", Kind::Text, "Issuer", "Cơ quan ban hành").in_files(),
    Column::new("aliases", Kind::Texts, "Other canonical names", "Tên chuẩn khác").in_files(),
    Column::new("first", Kind::Day, "First day of publication", "Ngày đăng đầu tiên").in_files(),
    Column::new("last", Kind::Day, "Last day of publication", "Ngày đăng cuối cùng").in_files(),
    Column::new(
        "provinces",
        Kind::Texts,
        "Provinces of the newspapers, of before 1 July 2025",
        "Tỉnh của báo, trước 1/7/2025",
    )
    .in_files(),
];

/// Answers which documents are cited, with what the articles that a query finds say of them; 0 as `most` gives all.
///
/// # Errors
/// When the index is damaged.
pub fn answer(archive: &Archive, query: &Query, wanted: &Wanted, most: usize) -> Result<Answer> {
    let heads = archive.documents()?.heads();
    let mut order: Vec<usize> = cited(archive, query, wanted)?.iter().map(|document| document.head).collect();
    let mut of_rows = order.len();
    // The day of issue is known only when the articles are read.
    if let Some(since) = wanted.since {
        let works = works(archive, query, &order)?;
        order.retain(|head| works.get(head).is_some_and(|work| is_since(work, since)));
        of_rows = order.len();
    }
    let single = order.iter().filter(|head| heads[**head].id.is_some()).count();
    let words = order.len() - single;
    if most > 0 {
        order.truncate(most);
    }
    let mut answer = archive.answer("documents", query, &COLUMNS, rows(archive, query, &order)?)?;
    answer.of_rows = of_rows as u64;
    answer.summary = format!(
        "{} of {single} documents, and of {words} numbers or names that say no single one, in {} of {} articles: {query}",
        order.len(),
        answer.total.found,
        answer.total.of
    );
    Ok(answer)
}

/// Answers with a list of documents that one question may mean.
pub(super) fn of(archive: &Archive, name: &'static str, said: &str, heads: &[usize]) -> Result<Answer> {
    let query = archive.documents()?.condition(said, heads);
    let mut answer = archive.answer(name, &query, &COLUMNS, rows(archive, &query, heads)?)?;
    answer.summary = format!("{} documents in {} of {} articles", heads.len(), answer.total.found, answer.total.of);
    Ok(answer)
}

/// Says whether a document was issued on a day or later; one whose year alone is known counts by its year.
fn is_since(work: &Work, since: Date) -> bool {
    match work.issued.as_deref().and_then(|issued| issued.parse::<Date>().ok()) {
        Some(day) => day >= since,
        None => work.year.is_some_and(|year| year >= since.year()),
    }
}

fn rows(archive: &Archive, query: &Query, order: &[usize]) -> Result<Vec<Vec<Cell>>> {
    let works = works(archive, query, order)?;
    Ok(order.iter().filter_map(|head| works.get(head)).map(row).collect())
}

/// Makes the rows of documents from the articles of a query that cite them.
///
/// # Errors
/// When the index is damaged.
pub fn works(archive: &Archive, query: &Query, heads: &[usize]) -> Result<HashMap<usize, Work>> {
    let documents = archive.documents()?;
    let mut sums: HashMap<usize, Sum> = heads.iter().map(|&head| (head, Sum::default())).collect();
    let those_that_cite = Query::And(vec![query.clone(), documents.condition("", heads)]);
    archive.each(&those_that_cite, &mut |record| {
        let digest = Digest::of(&record);
        let mut of: HashMap<usize, Vec<_>> = HashMap::new();
        for cite in &digest.cites {
            of.entry(documents.find(&cite.key).unwrap_or(usize::MAX)).or_default().push(cite);
        }
        for (head, cites) in of {
            if let Some(sum) = sums.get_mut(&head) {
                sum.add(&digest.citing, &cites);
            }
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(sums.into_iter().map(|(head, sum)| (head, sum.work(&documents.heads()[head]))).collect())
}

fn row(work: &Work) -> Vec<Cell> {
    let counted = |(text, count): &(String, u64)| format!("{text} ({count})");
    let doubts: Vec<String> = work.doubts.iter().map(|doubt| doubt.name().to_string()).collect();
    vec![
        Cell::count(work.articles),
        Cell::count(work.citations),
        work.issued.clone().into(),
        work.value.as_str().into(),
        work.id.clone().into(),
        work.place.clone().into(),
        Cell::Texts(work.spellings.iter().map(counted).collect()),
        Cell::Texts(work.sources.iter().cloned().collect()),
        doubts.join(", ").into(),
        Cell::Texts(doubts),
        work.title.clone().into(),
        Cell::count(work.title_support),
        Cell::count(work.issued_support),
        Cell::Texts(work.issued_other.iter().map(counted).collect()),
        work.type_.clone().into(),
        work.number.clone().into(),
        work.year.map_or(Cell::Null, Cell::count),
        work.issuer.clone().into(),
        Cell::Texts(work.aliases.iter().map(|(alias, _)| alias.clone()).collect()),
        work.first.into(),
        work.last.into(),
        Cell::Texts(work.provinces.iter().cloned().collect()),
    ]
}
