//! An archive as Python sees it: each method is one answer of the library.

use crate::table::Table;
use anyhow::{Result, bail};
use baotinh::answer::Answer;
use baotinh::export::keep::Keep;
use baotinh::export::rows::Table as Rows;
use baotinh::search::cited::{self, Wanted};
use baotinh::search::collocation::{self, By};
use baotinh::search::concordance::{self, Context, Sample, View};
use baotinh::search::evidence::Evidence;
use baotinh::search::frequency::Unit;
use baotinh::search::trend::{self, Period};
use baotinh::search::{self, Archive, Query, citing, facet, hits, keyness, line_order, listing};
use pyo3::exceptions::{PyOSError, PyValueError};
use pyo3::prelude::*;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;

/// An index that is open for search.
#[pyclass(frozen, name = "Archive")]
pub struct PyArchive {
    archive: Archive,
}

fn query(text: &str) -> PyResult<Query> {
    search::parse(text, true).map_err(|error| PyValueError::new_err(error.to_string()))
}

fn wrong(error: anyhow::Error) -> PyErr {
    PyOSError::new_err(format!("{error:#}"))
}

impl PyArchive {
    /// Answers a question without holding the GIL.
    fn ask(&self, py: Python<'_>, question: impl FnOnce(&Archive) -> Result<Answer> + Send) -> PyResult<Table> {
        let answer = py.detach(|| question(&self.archive)).map_err(wrong)?;
        Table::of(answer).map_err(wrong)
    }
}

#[pymethods]
impl PyArchive {
    /// Opens an index that `baotinh index` made. Queries are those of `baotinh help-query`; every count is exact.
    #[new]
    #[pyo3(signature = (path = PathBuf::from("index")))]
    fn new(path: PathBuf) -> PyResult<PyArchive> {
        Ok(PyArchive { archive: Archive::open(&path).map_err(wrong)? })
    }

    fn __len__(&self) -> usize {
        self.archive.len() as usize
    }

    /// Counts the articles that a query finds.
    fn count(&self, py: Python<'_>, text: &str) -> PyResult<u64> {
        let query = query(text)?;
        py.detach(|| self.archive.count(&query)).map_err(wrong)
    }

    /// Finds articles, best first, with a snippet each.
    #[pyo3(signature = (text, k = 10, *, sort = "score"))]
    fn search(&self, py: Python<'_>, text: &str, k: usize, sort: &str) -> PyResult<Table> {
        let (query, sort) = (query(text)?, sort.to_string());
        self.ask(py, move |archive| {
            let order = match sort.as_str() {
                "score" => hits::Order::Score,
                "date" => hits::Order::Date,
                other => bail!("sort: {other:?} is neither score nor date"),
            };
            Ok(hits::hits(archive, &query, order, k)?.answer())
        })
    }

    /// Shows every occurrence in its context (characters of `width`, or the sentence), or `sample` of them drawn with `seed`; sorted by up to three of left1 to left9, right1 to right9, hit, date, source.
    #[pyo3(signature = (text, *, width = 60, context = "characters", sort = Vec::new(), sample = None, seed = 0))]
    fn kwic(
        &self,
        py: Python<'_>,
        text: &str,
        width: usize,
        context: &str,
        sort: Vec<String>,
        sample: Option<usize>,
        seed: u64,
    ) -> PyResult<Table> {
        let query = query(text)?;
        let context = match context {
            "characters" => Context::Characters(width),
            "sentence" => Context::Sentence,
            other => return Err(PyValueError::new_err(format!("context: {other:?} is neither characters nor sentence"))),
        };
        let order = sort.iter().map(|place| place.parse()).collect::<Result<Vec<line_order::Place>, String>>();
        let order = order.map_err(PyValueError::new_err)?;
        let view = View { context, order, sample: sample.map(|size| Sample { size, seed }) };
        self.ask(py, move |archive| concordance::answer(archive, &query, &view, usize::MAX))
    }

    /// Counts what stands within `window` syllables of a query more often than chance would have it.
    #[pyo3(signature = (text, *, window = 5, min_count = 5, unit = "syllable", sort = "log-likelihood"))]
    fn collocates(
        &self,
        py: Python<'_>,
        text: &str,
        window: usize,
        min_count: u64,
        unit: &str,
        sort: &str,
    ) -> PyResult<Table> {
        let (query, unit) = (query(text)?, self::unit(unit)?);
        let by = match sort {
            "log-likelihood" => By::LogLikelihood,
            "log-dice" => By::LogDice,
            other => return Err(PyValueError::new_err(format!("sort: {other:?} is neither log-likelihood nor log-dice"))),
        };
        self.ask(py, move |archive| collocation::answer(archive, &query, window, min_count, unit, by))
    }

    /// Compares the words of two sets of articles; without `against` with all the others.
    #[pyo3(signature = (text, against = None, *, min_count = 5, unit = "syllable"))]
    fn keyness(
        &self,
        py: Python<'_>,
        text: &str,
        against: Option<&str>,
        min_count: u64,
        unit: &str,
    ) -> PyResult<Table> {
        let (first, unit) = (query(text)?, self::unit(unit)?);
        let second = match against {
            Some(against) => query(against)?,
            None => Query::Not(Box::new(first.clone())),
        };
        self.ask(py, move |archive| keyness::answer(archive, &first, &second, min_count, unit))
    }

    /// Counts the articles of each period (year, month), with what they are a share of.
    #[pyo3(signature = (text, *, by = "year", occurrences = false))]
    fn trend(&self, py: Python<'_>, text: &str, by: &str, occurrences: bool) -> PyResult<Table> {
        let query = query(text)?;
        let period = match by {
            "year" => Period::Year,
            "month" => Period::Month,
            other => return Err(PyValueError::new_err(format!("by: {other:?} is neither year nor month"))),
        };
        self.ask(py, move |archive| trend::answer(archive, &query, period, occurrences))
    }

    /// Counts articles by source, province_old, province_new, section, author, year, month, type, issuer or document.
    #[pyo3(signature = (text = "*", *, by = "source"))]
    fn facets(&self, py: Python<'_>, text: &str, by: &str) -> PyResult<Table> {
        let query = query(text)?;
        let by = match by {
            "source" => facet::By::Source,
            "province_old" => facet::By::ProvinceOld,
            "province_new" => facet::By::ProvinceNew,
            "section" => facet::By::Section,
            "author" => facet::By::Author,
            "year" => facet::By::Year,
            "month" => facet::By::Month,
            "type" => facet::By::Type,
            "issuer" => facet::By::Issuer,
            "document" => facet::By::Document,
            other => return Err(PyValueError::new_err(format!("by: there are no facets by {other:?}"))),
        };
        self.ask(py, move |archive| facet::answer(archive, &query, by))
    }

    /// Lists the documents that the articles of a query cite, with title, day of issue, spellings and doubts.
    #[pyo3(signature = (text = "*", *, r#type = None, issuer = None, place = None, since = None))]
    fn documents(
        &self,
        py: Python<'_>,
        text: &str,
        r#type: Option<String>,
        issuer: Option<String>,
        place: Option<String>,
        since: Option<&str>,
    ) -> PyResult<Table> {
        let (query, wanted) = (query(text)?, wanted(r#type, issuer, place, since)?);
        self.ask(py, move |archive| listing::answer(archive, &query, &wanted, 0))
    }

    /// Counts the documents that the articles of a query cite, the most cited first.
    #[pyo3(signature = (text = "*", *, r#type = None, issuer = None, place = None, since = None))]
    fn cited(
        &self,
        py: Python<'_>,
        text: &str,
        r#type: Option<String>,
        issuer: Option<String>,
        place: Option<String>,
        since: Option<&str>,
    ) -> PyResult<Table> {
        let (query, wanted) = (query(text)?, wanted(r#type, issuer, place, since)?);
        self.ask(py, move |archive| cited::answer(archive, &query, &wanted))
    }

    /// Lists the articles that cite a document, in any spelling of its number or name.
    fn cites(&self, py: Python<'_>, document: String) -> PyResult<Table> {
        self.ask(py, move |archive| citing::answer(archive, &document))
    }

    /// Makes a table (articles, mentions, citations) of what a query finds; of mentions and citations those that meet its conditions.
    #[pyo3(signature = (text = "*", *, table = "mentions", fields = Vec::new()))]
    fn export(&self, py: Python<'_>, text: &str, table: &str, fields: Vec<String>) -> PyResult<Table> {
        let query = query(text)?;
        let Some(rows) = Rows::ALL.into_iter().find(|rows| rows.name() == table) else {
            return Err(PyValueError::new_err(format!("table: there is no table {table:?}")));
        };
        py.detach(|| self.exported(&query, rows, &fields)).map_err(wrong)
    }
}

impl PyArchive {
    /// Makes a table of the records that a query finds; of mentions and citations those that meet its conditions.
    fn exported(&self, query: &Query, rows: Rows, fields: &[String]) -> Result<Table> {
        let query = self.archive.resolved(query)?.into_owned();
        let (mut keep, evidence) = (Keep::default(), Evidence::of(&query));
        if !evidence.is_empty() {
            keep.asked = Some(Arc::new(move |record| evidence.holds(record)));
        }
        let mut builder = crate::table::Builder::of_rows(&rows.select(fields)?);
        self.archive.each(&query, &mut |record| {
            rows.rows(&record, &keep, &mut |row| builder.row(row))?;
            Ok(ControlFlow::Continue(()))
        })?;
        let answer = self.archive.total(&query)?;
        builder.finish(format!("{} of {} articles: {query}", answer.1.found, answer.1.of), Some(answer.0.canonical))
    }
}

fn unit(name: &str) -> PyResult<Unit> {
    match name {
        "syllable" => Ok(Unit::Syllable),
        "pair" => Ok(Unit::Pair),
        other => Err(PyValueError::new_err(format!("unit: {other:?} is neither syllable nor pair"))),
    }
}

fn wanted(type_: Option<String>, issuer: Option<String>, place: Option<String>, since: Option<&str>) -> PyResult<Wanted> {
    let day = |day: &str| {
        day.parse().map_err(|_| PyValueError::new_err(format!("since: {day:?} is no day as YYYY-MM-DD")))
    };
    Ok(Wanted { type_, issuer, place, since: since.map(day).transpose()? })
}
