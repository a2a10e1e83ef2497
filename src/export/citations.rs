//! The table of citations: one row an article and document, the edges of the citation graph.
//!
//! A document is known by its identity key, or by its canonical value where the text does not give enough for a key.

use super::articles::column;
use super::facts::Facts;
use super::mentions::{citation, points, sentence};
use super::rows::{Cell, Column, Kind, Row};
use crate::article::Record;
use crate::mention::{Citation, Fact};
use anyhow::Result;
use std::collections::HashMap;

/// Returns what a cited document is known by.
fn identity(citation: &Citation) -> &str {
    citation.key.as_deref().unwrap_or(&citation.value)
}

/// Groups the citations of a record by document, in the order of their first mentions; indices into its mentions.
pub(super) fn edges(record: &Record) -> Vec<Vec<usize>> {
    let mut edges: Vec<Vec<usize>> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for (place, mention) in record.mentions.iter().enumerate() {
        if let Fact::Citation(citation) = &mention.fact {
            let edge = *known.entry(identity(citation)).or_insert(edges.len());
            if edge == edges.len() {
                edges.push(Vec::new());
            }
            edges[edge].push(place);
        }
    }
    edges
}

/// Calls `take` with each document cited by a record, of the citations those that are kept.
pub(super) fn rows(
    record: &Record,
    is_kept: &dyn Fn(usize) -> bool,
    facts: Option<&Facts>,
    take: &mut dyn FnMut(&Row<'_>) -> Result<()>,
) -> Result<()> {
    let (points, documents) = (points(record), Facts::ids(facts, record));
    for mut places in edges(record) {
        places.retain(|&place| is_kept(place));
        let Some(&first) = places.first() else { continue };
        let row = Row { points: Some(&points), documents: &documents, ..Row::of(record) };
        take(&Row { mention: record.mentions.get(first), places: &places, ..row })?;
    }
    Ok(())
}

/// Collects a text of each of the row's citations, each once, in order.
fn gathered<'a>(row: &Row<'a>, text: fn(&'a Citation) -> Option<&'a str>) -> Cell<'a> {
    let mut texts = Vec::new();
    for &place in row.places {
        if let Some(Fact::Citation(citation)) = row.record.mentions.get(place).map(|mention| &mention.fact)
            && let Some(text) = text(citation)
            && !texts.iter().any(|known| known == text)
        {
            texts.push(text.into());
        }
    }
    Cell::Texts(texts)
}

/// The columns of the table but those of its article, in order.
#[rustfmt::skip]
pub(super) static COLUMNS: &[Column] = &[
    column("id", Kind::Text,
        "Article id: where the edge starts",
        "Mã bài viết: đầu cạnh",
        |row| Cell::text(Some(&row.record.article.id))),
    column("document", Kind::Text,
        "Document cited, where the edge ends: its key, or its value when the text does not give enough for a key",
        "Văn bản được viện dẫn, cuối cạnh: khóa (key), hoặc value khi bài không đủ thông tin để lập khóa",
        |row| citation(row, |citation| Cell::text(Some(identity(citation))))),
    column("document_id", Kind::Text,
        "Id of the document in the table of documents, from all articles together; null when the words say no single one",
        "Mã văn bản trong bảng documents, theo tất cả các bài; trống khi từ ngữ không chỉ một văn bản duy nhất",
        |row| row.places.first().map_or(Cell::Null, |&place| row.document(place))),
    column("times", Kind::Integer,
        "How many times the article cites it",
        "Số lần bài viện dẫn văn bản này",
        |row| Cell::count(row.places.len())),
    column("mentions", Kind::Texts,
        "Numbers of these mentions in the table of mentions",
        "Số thứ tự (mention) của các lần đó trong bảng mentions",
        |row| Cell::Texts(row.places.iter().map(|place| place.to_string().into()).collect())),
    column("value", Kind::Text,
        "Canonical number or name of the document, as first cited",
        "Số hiệu hoặc tên chuẩn của văn bản, theo lần viện dẫn đầu",
        |row| citation(row, |citation| Cell::text(Some(&citation.value)))),
    column("key", Kind::Text,
        "Identity across articles: place|issuer|type|year or issued|number",
        "Khóa nhận dạng giữa các bài: place|issuer|type|năm hoặc ngày ban hành|số",
        |row| citation(row, |citation| Cell::text(citation.key.as_deref()))),
    column("shape", Kind::Text,
        "numbered, short or named, as first cited",
        "numbered, short hoặc named, theo lần viện dẫn đầu",
        |row| citation(row, |citation| Cell::name(citation.shape))),
    column("type", Kind::Text,
        "Official abbreviation of the type of document",
        "Viết tắt loại văn bản",
        |row| citation(row, |citation| Cell::text(citation.type_.as_deref()))),
    column("number", Kind::Text,
        "Number, with at least two digits",
        "Số văn bản, ít nhất hai chữ số",
        |row| citation(row, |citation| Cell::text(citation.number.as_deref()))),
    column("year", Kind::Integer,
        "Year, only when the number holds one",
        "Năm, chỉ khi số hiệu có năm",
        |row| citation(row, |citation| citation.year.map_or(Cell::Null, Cell::count))),
    column("symbol", Kind::Text,
        "Symbol (NQ-HĐND, NQ/TW)",
        "Ký hiệu (NQ-HĐND, NQ/TW)",
        |row| citation(row, |citation| Cell::text(citation.symbol.as_deref()))),
    column("issuer", Kind::Text,
        "Abbreviation of the issuing organ",
        "Viết tắt cơ quan ban hành",
        |row| citation(row, |citation| Cell::text(citation.issuer.as_deref()))),
    column("level", Kind::Text,
        "central, province, district, commune or party",
        "Cấp ban hành: central, province, district, commune, party",
        |row| citation(row, |citation| citation.level.map_or(Cell::Null, Cell::name))),
    column("place", Kind::Text,
        "Province (and district) whose organ issued it; local organs only",
        "Tỉnh (và huyện) của cơ quan ban hành; chỉ cơ quan địa phương",
        |row| citation(row, |citation| Cell::text(citation.place.as_deref()))),
    column("issued", Kind::Texts,
        "Issue dates that the article gives it, as date values: more than one is a contradiction",
        "Ngày ban hành nêu trong bài, dạng chuẩn: nhiều hơn một là mâu thuẫn",
        |row| gathered(row, |citation| citation.issued.as_deref())),
    column("document_title", Kind::Texts,
        "Titles that the article gives it",
        "Trích yếu nêu trong bài",
        |row| gathered(row, |citation| citation.title.as_deref())),
    column("provisions", Kind::Texts,
        "Articles, clauses and points cited",
        "Các điều, khoản, điểm được viện dẫn",
        |row| gathered(row, |citation| citation.provision.as_deref())),
    column("start", Kind::Integer,
        "First code point of the first mention in the body, from 0",
        "Điểm mã đầu tiên của lần viện dẫn đầu, từ 0",
        |row| row.mention.map_or(Cell::Null, |mention| Cell::count(mention.start))),
    column("end", Kind::Integer,
        "Code point after it",
        "Điểm mã ngay sau đó",
        |row| row.mention.map_or(Cell::Null, |mention| Cell::count(mention.end))),
    column("sentence", Kind::Text,
        "Sentence of the first mention",
        "Câu có lần viện dẫn đầu",
        sentence),
];
