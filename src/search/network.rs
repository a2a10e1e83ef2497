//! The citation network of the articles that a query finds, and its nodes and edges as rows.

use super::Archive;
use super::query::Query;
use crate::answer::{Answer, Cell, Column, Kind};
use crate::facts::gather::Digest;
use crate::facts::network::{Builder, By, Edge, Network, Node, Ties};
use anyhow::Result;
use std::ops::ControlFlow;

/// Columns of [`edges`]: named as Gephi reads them.
pub const EDGES: [Column; 7] = [
    Column::new("Source", Kind::Text, "Id of the node that the edge starts at", "Mã nút đầu cạnh"),
    Column::new("Target", Kind::Text, "Id of the node that it ends at", "Mã nút cuối cạnh"),
    Column::new("Type", Kind::Text, "Directed or Undirected", "Directed: có hướng; Undirected: vô hướng").in_files(),
    Column::new(
        "Weight",
        Kind::Integer,
        "Citations of cites, articles of all others",
        "Số lần viện dẫn (cites), số bài (còn lại)",
    ),
    Column::new(
        "Kind",
        Kind::Text,
        "cites, cited_with, or a relation",
        "cites: viện dẫn; cited_with: cùng được viện dẫn; hoặc quan hệ",
    ),
    Column::new("Start", Kind::Day, "First day of the period", "Ngày đầu kỳ"),
    Column::new("End", Kind::Day, "Last day of the period", "Ngày cuối kỳ"),
];

/// Columns of [`nodes`].
pub const NODES: [Column; 9] = [
    Column::new("Id", Kind::Text, "Id of the article or document", "Mã bài hoặc văn bản"),
    Column::new("Label", Kind::Text, "Headline, or number or name", "Nhan đề, hoặc số hiệu, tên văn bản"),
    Column::new("Kind", Kind::Text, "article or document", "article: bài; document: văn bản"),
    Column::new("Type", Kind::Text, "Type of a document", "Loại văn bản"),
    Column::new("Issuer", Kind::Text, "Issuer of a document", "Cơ quan ban hành"),
    Column::new(
        "Place",
        Kind::Text,
        "Place of the issuer; province of the newspaper",
        "Nơi của cơ quan ban hành; tỉnh của báo",
    ),
    Column::new("Source", Kind::Text, "Newspaper of an article", "Báo"),
    Column::new("Day", Kind::Day, "Day of publication of an article", "Ngày đăng"),
    Column::new("Articles", Kind::Integer, "Articles that cite the document", "Số bài viện dẫn văn bản"),
];

/// Makes the network of the articles of a query: edges of at least a weight, and the nodes that they join.
///
/// # Errors
/// When the index is damaged.
pub fn network(archive: &Archive, query: &Query, ties: Ties, by: Option<By>, min_weight: u64) -> Result<Network> {
    let registry = archive.documents()?.registry();
    let mut builder = Builder::new(registry, ties, by);
    archive.each(query, &mut |record| {
        builder.add(&Digest::of(&record), record.article.title.as_deref());
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(builder.finish(min_weight))
}

/// Answers with the edges of a network.
///
/// # Errors
/// When the index is damaged.
pub fn edges(archive: &Archive, query: &Query, network: &Network) -> Result<Answer> {
    let id = |place: usize| Cell::from(network.nodes[place].id.as_str());
    let row = |edge: &Edge| {
        vec![
            id(edge.source),
            id(edge.target),
            if network.directed { "Directed" } else { "Undirected" }.into(),
            Cell::count(edge.weight),
            edge.kind.into(),
            edge.period.map(|(first, _)| first).into(),
            edge.period.map(|(_, last)| last).into(),
        ]
    };
    of(archive, query, network, &EDGES, network.edges.iter().map(row).collect())
}

/// Answers with the nodes of a network.
///
/// # Errors
/// When the index is damaged.
pub fn nodes(archive: &Archive, query: &Query, network: &Network) -> Result<Answer> {
    let row = |node: &Node| {
        vec![
            node.id.as_str().into(),
            node.label.as_str().into(),
            node.kind.into(),
            node.type_.clone().into(),
            node.issuer.clone().into(),
            node.place.clone().into(),
            node.source.clone().into(),
            node.day.into(),
            if node.kind == "document" { Cell::count(node.articles) } else { Cell::Null },
        ]
    };
    of(archive, query, network, &NODES, network.nodes.iter().map(row).collect())
}

fn of(archive: &Archive, query: &Query, network: &Network, columns: &[Column], rows: Vec<Vec<Cell>>) -> Result<Answer> {
    let mut answer = archive.answer("network", query, columns, rows)?;
    answer.summary = format!(
        "{} nodes and {} edges of {} of {} articles: {query}",
        network.nodes.len(),
        network.edges.len(),
        answer.total.found,
        answer.total.of
    );
    if network.undated > 0 {
        answer.notes.push(format!("{} articles that cite documents have no day and are in no period", network.undated));
    }
    Ok(answer)
}
