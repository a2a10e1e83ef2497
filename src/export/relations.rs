//! The table of relations: one row each time that an article tells what one document does to another.

use super::articles::column;
use super::facts::{Above, Facts};
use super::mentions::{points, sentence};
use super::rows::{Cell, Column, Kind, Row};
use crate::article::Record;
use crate::facts::identity::identities;
use crate::facts::relation::{Relation, relations};
use crate::mention::Mention;
use anyhow::Result;

/// Calls `take` with each relation that a record tells.
pub(super) fn rows(record: &Record, facts: Option<&Facts>, take: &mut dyn FnMut(&Row<'_>) -> Result<()>) -> Result<()> {
    let found = relations(record, &identities(record));
    if found.is_empty() {
        return Ok(());
    }
    let (points, documents) = (points(record), Facts::ids(facts, record));
    for relation in &found {
        let row = Row { points: Some(&points), documents: &documents, ..Row::of(record) };
        let (above, mention) = (Above::Relation(relation), record.mentions.get(relation.from.max(relation.to)));
        take(&Row { mention, above, ..row })?;
    }
    Ok(())
}

/// Reads a cell off the row's relation.
fn relation<'a>(row: &Row<'a>, cell: fn(&Row<'a>, &'a Relation) -> Cell<'a>) -> Cell<'a> {
    match row.above {
        Above::Relation(relation) => cell(row, relation),
        _ => Cell::Null,
    }
}

/// Returns the mentions of both documents in the order of the text.
fn ends<'a>(row: &Row<'a>, relation: &Relation) -> Option<(&'a Mention, &'a Mention)> {
    let (first, last) = (relation.from.min(relation.to), relation.from.max(relation.to));
    row.record.mentions.get(first).zip(row.record.mentions.get(last))
}

fn value<'a>(row: &Row<'a>, place: usize) -> Cell<'a> {
    row.record.mentions.get(place).map_or(Cell::Null, |mention| Cell::Text(mention.value()))
}

/// The columns of the table but those of its article, in order.
#[rustfmt::skip]
pub(super) static COLUMNS: &[Column] = &[
    column("id", Kind::Text,
        "Article id: the key to the table of articles",
        "Mã bài viết: khóa nối với bảng articles",
        |row| Cell::text(Some(&row.record.article.id))),
    column("from_id", Kind::Text,
        "Id of the document that acts, in the table of documents; null when the words say no single one",
        "Mã văn bản tác động, trong bảng documents; trống khi từ ngữ không chỉ một văn bản duy nhất",
        |row| relation(row, |row, relation| row.document(relation.from))),
    column("relation", Kind::Text,
        "amends, implements, replaces or repeals",
        "Quan hệ: amends (sửa đổi), implements (thi hành), replaces (thay thế), repeals (bãi bỏ)",
        |row| relation(row, |_, relation| Cell::text(Some(relation.type_.name())))),
    column("scope", Kind::Text,
        "whole, or part when only provisions are meant",
        "whole: toàn bộ văn bản; part: một phần",
        |row| relation(row, |_, relation| Cell::text(Some(relation.scope.name())))),
    column("to_id", Kind::Text,
        "Id of the document that it acts on",
        "Mã văn bản bị tác động",
        |row| relation(row, |row, relation| row.document(relation.to))),
    column("from", Kind::Text,
        "Number or name of the document that acts, as this article gives it",
        "Số hiệu hoặc tên văn bản tác động, theo bài này",
        |row| relation(row, |row, relation| value(row, relation.from))),
    column("to", Kind::Text,
        "Number or name of the document that it acts on, as this article gives it",
        "Số hiệu hoặc tên văn bản bị tác động, theo bài này",
        |row| relation(row, |row, relation| value(row, relation.to))),
    column("from_mention", Kind::Integer,
        "Number of the mention of the document that acts: with id the key to the table of mentions",
        "Số thứ tự của văn bản tác động trong bài: cùng id là khóa nối với bảng mentions",
        |row| relation(row, |_, relation| Cell::count(relation.from))),
    column("to_mention", Kind::Integer,
        "Number of the mention of the document that it acts on",
        "Số thứ tự của văn bản bị tác động trong bài",
        |row| relation(row, |_, relation| Cell::count(relation.to))),
    column("provision", Kind::Text,
        "Article, clause and point of the document acted on, when they precede it",
        "Điều, khoản, điểm của văn bản bị tác động, khi đứng trước",
        |row| relation(row, |row, relation| {
            let to = row.record.mentions.get(relation.to);
            super::mentions::citation(&Row { mention: to, ..*row }, |citation| Cell::text(citation.provision.as_deref()))
        })),
    column("part", Kind::Text,
        "Part of the article that both stand in: title, lead or body",
        "Phần của bài chứa cả hai: title (tiêu đề), lead (sapo), body (thân bài)",
        |row| row.mention.map_or(Cell::Null, |mention| Cell::name(mention.part))),
    column("start", Kind::Integer,
        "First code point of the first of the two citations in that part",
        "Điểm mã đầu tiên của viện dẫn đứng trước, trong phần bài",
        |row| relation(row, |row, relation| ends(row, relation).map_or(Cell::Null, |(first, _)| Cell::count(first.start)))),
    column("end", Kind::Integer,
        "Code point after the last of them",
        "Điểm mã ngay sau viện dẫn đứng sau",
        |row| relation(row, |row, relation| ends(row, relation).map_or(Cell::Null, |(_, last)| Cell::count(last.end)))),
    column("rule", Kind::Text,
        "Name of the rule: active or passive",
        "Tên luật: active (chủ động) hoặc passive (bị động)",
        |row| relation(row, |_, relation| Cell::text(Some(&relation.rule)))),
    column("sentence", Kind::Text,
        "Sentence of the later citation",
        "Câu của viện dẫn đứng sau",
        sentence),
];
