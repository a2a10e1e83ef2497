//! The one table of what can be asked for: handlers, forms, links, the API page and the OpenAPI description read it.

use super::gate::Cost;
use super::language::Words;
use super::page;
use super::parameter::{Kind, Parameter};
use super::problem::Problem;
use super::request::Request;
use super::stream::Sink;
use super::words;
use crate::answer::{Answer, Column};
use maud::Markup;
use std::sync::Arc;

/// What makes something of a request.
pub type Make<T> = fn(&Request) -> Result<T, Problem>;

/// Describes one route: a page and its data.
pub struct Route {
    /// Name: the path behind the language, and that of the command.
    pub name: &'static str,
    /// What follows the name as a further piece of the path (`article/ID`).
    pub item: bool,
    /// Heading.
    pub title: Words,
    /// What it answers, in one sentence.
    pub about: Words,
    /// Parameters in the order of the address.
    pub parameters: &'static [&'static Parameter],
    /// What it costs.
    pub cost: Cost,
    /// Where it is linked.
    pub shown: Shown,
    /// Makes the page.
    pub page: Make<Markup>,
    /// Makes its data.
    pub data: Data,
    /// Makes its picture, the ending `svg`.
    pub picture: Option<Make<String>>,
}

/// Names where a route is linked on every page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Among the pages.
    Head,
    /// At the foot.
    Foot,
    /// Where it belongs to what is shown.
    Inside,
}

/// Says what data a route has.
pub enum Data {
    /// None.
    None,
    /// Rows, all at once: files and JSON hold the same.
    Rows(Make<Arc<Answer>>),
    /// Many rows: JSON in pages, files as a stream.
    Stream {
        /// Makes one page, with the number of the next one when there is one.
        page: Make<(Answer, Option<u64>)>,
        /// Columns of the file.
        columns: &'static [Column],
        /// Hands over every row of the file.
        rows: fn(&Request, &mut super::file::TakeRow) -> anyhow::Result<()>,
    },
    /// Files by other writers: formats, and what writes one.
    Files(&'static [&'static str], fn(&Request, &str, Sink) -> anyhow::Result<()>),
    /// Whole texts of other kinds: endings with their types, and what makes one.
    Texts(&'static [(&'static str, &'static str)], fn(&Request, &str) -> Result<String, Problem>),
}

/// Formats of rows.
pub const ROWS: &[&str] = &["csv", "tsv", "jsonl", "json"];

impl Route {
    /// Returns the endings that its data has.
    pub fn endings(&self) -> Vec<&'static str> {
        let mut endings = match self.data {
            Data::None => Vec::new(),
            Data::Rows(_) | Data::Stream { .. } => ROWS.to_vec(),
            Data::Files(endings, _) => endings.to_vec(),
            Data::Texts(endings, _) => endings.iter().map(|(ending, _)| *ending).collect(),
        };
        endings.extend(self.picture.map(|_| "svg"));
        endings
    }

    /// Says whether it takes a parameter.
    pub fn takes(&self, name: &str) -> bool {
        self.parameters.iter().any(|parameter| parameter.name == name)
    }
}

/// Finds a route by its name.
pub fn find(name: &str) -> Option<&'static Route> {
    ROUTES.iter().copied().find(|route| route.name == name)
}

/// All routes, in the order in which they are linked.
pub const ROUTES: &[&Route] = &[
    &page::home::ROUTE,
    &page::search::ROUTE,
    &page::kwic::ROUTE,
    &page::cited::ROUTE,
    &page::trend::ROUTE,
    &page::collocates::ROUTE,
    &page::keyness::ROUTE,
    &page::stats::ROUTE,
    &page::facets::ROUTE,
    &page::article::ROUTE,
    &page::cite::ROUTE,
    &page::export::ROUTE,
    &page::help_query::ROUTE,
    &page::api::ROUTE,
    &page::about::ROUTE,
];

/// The query.
pub static Q: Parameter = Parameter::new("q", Kind::Query, "", words::QUERY);
/// Whether abbreviations stand for their words too.
pub static EXPAND: Parameter = Parameter::switch("expand", "yes", words::EXPAND);
/// The snapshot that an address cites.
pub static AT: Parameter = Parameter::new("at", Kind::Text, "", words::SNAPSHOT);
/// What is counted by collocates and keyness.
pub static UNIT: Parameter = Parameter::new(
    "unit",
    Kind::Choice(&[("syllable", words::UNIT_SYLLABLE), ("pair", words::UNIT_PAIR)]),
    "syllable",
    words::UNIT,
);
/// Minimum count of collocates and keyness.
pub static MIN_COUNT: Parameter = Parameter::new("min-count", Kind::Whole(1, 1_000_000), "5", words::MIN_COUNT);
