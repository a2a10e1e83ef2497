//! The documents that articles cite, and how often.

use super::Archive;
use super::query::Query;
use crate::answer::{Answer, Cell, Column, Kind};
use crate::index::tokenizer::name_term;
use anyhow::Result;
use jiff::civil::Date;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::ControlFlow;
use tantivy::columnar::StrColumn;

/// Holds a document with the articles that cite it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cited {
    /// Identity across articles: `place|issuer|type|year or issued|number`, else the value.
    pub key: String,
    /// Canonical number or name.
    pub value: String,
    /// Type of the document, empty when unknown.
    pub type_: String,
    /// Articles that cite it.
    pub articles: u64,
    /// Citations in them.
    pub citations: u64,
    /// First day of publication.
    pub first: Option<Date>,
    /// Last day of publication.
    pub last: Option<Date>,
    /// Newspapers.
    pub sources: BTreeSet<String>,
    /// Provinces of the newspapers, of before 1 July 2025.
    pub provinces: BTreeSet<String>,
}

/// Says which documents are wanted; the default wants all.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Type, by its folded form.
    pub type_: Option<String>,
    /// Issuer, by its folded form.
    pub issuer: Option<String>,
}

/// Returns the documents cited by the articles that a query finds, the most cited first.
///
/// # Errors
/// When the index is damaged.
pub fn cited(archive: &Archive, query: &Query, wanted: &Wanted) -> Result<Vec<Cited>> {
    let mut documents: HashMap<String, Cited> = HashMap::new();
    archive.each_segment(query, &mut |segment, docs| {
        let columns = segment.fast_fields();
        let (Some(keys), Some(values)) = (columns.str("cite_key")?, columns.str("cite_value")?) else { return Ok(()) };
        let (Some(types), Some(issuers)) = (columns.str("cite_type")?, columns.str("cite_issuer")?) else {
            return Ok(());
        };
        let (sources, provinces, dates) = (columns.str("source")?, columns.str("province_old")?, columns.date("date")?);
        let (types_wanted, issuers_wanted) = (ordinals(&types, &wanted.type_)?, ordinals(&issuers, &wanted.issuer)?);
        let mut here: HashMap<u64, Here> = HashMap::new();
        docs(&mut |doc| {
            let day = dates.first(doc).map(super::day);
            let mut seen = HashSet::new();
            for (((key, value), type_), issuer) in
                keys.term_ords(doc).zip(values.term_ords(doc)).zip(types.term_ords(doc)).zip(issuers.term_ords(doc))
            {
                if types_wanted.as_ref().is_some_and(|wanted| !wanted.contains(&type_))
                    || issuers_wanted.as_ref().is_some_and(|wanted| !wanted.contains(&issuer))
                {
                    continue;
                }
                let document = here.entry(key).or_insert_with(|| Here { value, type_, ..Here::default() });
                document.citations += 1;
                if seen.insert(key) {
                    document.articles += 1;
                    document.first = document.first.into_iter().chain(day).min();
                    document.last = document.last.into_iter().chain(day).max();
                    document.sources.extend(sources.iter().flat_map(|column| column.term_ords(doc)));
                    document.provinces.extend(provinces.iter().flat_map(|column| column.term_ords(doc)));
                }
            }
            Ok(ControlFlow::Continue(()))
        })?;
        for (key, document) in here {
            let key = text(&keys, key)?;
            let sum = documents.entry(key).or_default();
            if sum.articles == 0 {
                (sum.value, sum.type_) = (text(&values, document.value)?, text(&types, document.type_)?);
            }
            sum.articles += document.articles;
            sum.citations += document.citations;
            sum.first = sum.first.into_iter().chain(document.first).min();
            sum.last = sum.last.into_iter().chain(document.last).max();
            for (names, column, found) in
                [(&mut sum.sources, &sources, document.sources), (&mut sum.provinces, &provinces, document.provinces)]
            {
                for (column, name) in column.iter().flat_map(|column| found.iter().map(move |name| (column, *name))) {
                    names.insert(text(column, name)?);
                }
            }
        }
        Ok(())
    })?;
    let mut documents: Vec<_> = documents.into_iter().map(|(key, document)| Cited { key, ..document }).collect();
    documents
        .sort_by(|a, b| (b.articles, b.citations, &a.value, &a.key).cmp(&(a.articles, a.citations, &b.value, &b.key)));
    Ok(documents)
}

/// Columns of [`answer`].
pub const COLUMNS: [Column; 10] = [
    Column::new("articles", Kind::Integer, "Articles that cite it", "Số bài viện dẫn"),
    Column::new("citations", Kind::Integer, "Citations in them", "Số lần viện dẫn"),
    Column::new("first", Kind::Day, "First day of publication", "Ngày đăng đầu tiên"),
    Column::new("last", Kind::Day, "Last day of publication", "Ngày đăng cuối cùng"),
    Column::new("papers", Kind::Texts, "Newspapers that cite it", "Các báo viện dẫn"),
    Column::new("provinces", Kind::Texts, "Their provinces, of before 1 July 2025", "Các tỉnh của báo, trước 1/7/2025"),
    Column::new("document", Kind::Text, "Canonical number or name", "Số hiệu hoặc tên chuẩn"),
    Column::new("place", Kind::Text, "Province of the issuer", "Tỉnh của cơ quan ban hành").for_reading(),
    Column::new("type", Kind::Text, "Type of the document", "Loại văn bản").in_files(),
    Column::new("key", Kind::Text, "Identity across articles", "Khóa nhận dạng giữa các bài").in_files(),
];

/// Answers which documents the articles that a query finds cite, the most cited first.
///
/// # Errors
/// When the index is damaged.
pub fn answer(archive: &Archive, query: &Query, wanted: &Wanted) -> Result<Answer> {
    let row = |document: Cited| {
        let place = document.key.split('|').next().filter(|_| document.key.contains('|')).unwrap_or("");
        vec![
            Cell::count(document.articles),
            Cell::count(document.citations),
            document.first.into(),
            document.last.into(),
            Cell::Texts(document.sources.into_iter().collect()),
            Cell::Texts(document.provinces.into_iter().collect()),
            document.value.into(),
            place.into(),
            document.type_.into(),
            document.key.into(),
        ]
    };
    let rows: Vec<_> = cited(archive, query, wanted)?.into_iter().map(row).collect();
    let mut answer = archive.answer("cited", query, &COLUMNS, rows)?;
    answer.summary = format!(
        "{} documents that {} of {} articles cite: {query}",
        answer.of_rows, answer.total.found, answer.total.of
    );
    Ok(answer)
}

/// What one segment says of a document, its names as numbers.
#[derive(Default)]
struct Here {
    value: u64,
    type_: u64,
    articles: u64,
    citations: u64,
    first: Option<Date>,
    last: Option<Date>,
    sources: HashSet<u64>,
    provinces: HashSet<u64>,
}

fn text(column: &StrColumn, ordinal: u64) -> Result<String> {
    let mut text = String::new();
    column.ord_to_str(ordinal, &mut text)?;
    Ok(text)
}

/// Returns the numbers of a name in a column.
fn ordinals(column: &StrColumn, name: &Option<String>) -> Result<Option<HashSet<u64>>> {
    let Some(name) = name else { return Ok(None) };
    let (wanted, mut found) = (name_term(name), HashSet::new());
    let mut values = column.dictionary().stream()?;
    while values.advance() {
        if std::str::from_utf8(values.key()).is_ok_and(|value| name_term(value) == wanted) {
            found.insert(values.term_ord());
        }
    }
    Ok(Some(found))
}
