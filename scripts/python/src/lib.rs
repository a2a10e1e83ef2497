//! The Python module `baotinh`: extraction, records, and an archive to search and count; tables go out as Arrow.
//!
//! Invariant: what is computed is the library's; here it is only handed over. Work on texts and archives releases the GIL.

mod archive;
mod table;

use ::baotinh::article::{Article, Record};
use ::baotinh::corpus::records::Reader;
use ::baotinh::{extract as extraction, text as said};
use pyo3::exceptions::{PyOSError, PyValueError};
use pyo3::prelude::*;
use pythonize::pythonize;
use std::path::PathBuf;
use std::sync::Mutex;

/// Finds the documents, percentages and dates of a text, in the order of title, lead and body, as dicts with the fields of the data dictionary; offsets count code points of the text in NFC, days are ISO 8601, percentages in units of `unit` (0,34% is 0.34).
#[pyfunction]
#[pyo3(signature = (text, *, title = None, lead = None, published = None, province = None))]
fn extract<'py>(
    py: Python<'py>,
    text: &str,
    title: Option<&str>,
    lead: Option<&str>,
    published: Option<&str>,
    province: Option<&str>,
) -> PyResult<Bound<'py, PyAny>> {
    let normal = |text: &str| said::normalize(text).into_owned();
    let mut article = Article {
        title: title.map(normal),
        lead: lead.map(normal),
        body: normal(text),
        province: province.map(Into::into),
        ..Article::default()
    };
    if let Some(day) = published {
        let wrong = |_| PyValueError::new_err(format!("published: {day:?} is no day as YYYY-MM-DD"));
        article.published = Some(day.parse().map_err(wrong)?);
    }
    let mentions = py.detach(|| extraction::extract(&article));
    Ok(pythonize(py, &mentions)?)
}

/// Reads the records of a file that `baotinh extract` wrote, one after the other; a line that is no record raises ValueError, and the iterator goes on after it.
#[pyfunction]
fn records(path: PathBuf) -> PyResult<Records> {
    let reader = Reader::open(&path).map_err(|error| PyOSError::new_err(format!("{error:#}")))?;
    Ok(Records { reader: Mutex::new(reader) })
}

/// Iterates over records.
#[pyclass(frozen)]
struct Records {
    reader: Mutex<Reader>,
}

#[pymethods]
impl Records {
    fn __iter__(this: PyRef<'_, Self>) -> PyRef<'_, Self> {
        this
    }

    fn __next__<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let next = || self.reader.lock().ok().and_then(|mut reader| reader.next());
        match py.detach(next) {
            None => Ok(None),
            Some(Ok(record)) => Ok(Some(pythonize::<Record>(py, &record)?)),
            Some(Err(error)) => Err(PyValueError::new_err(format!("{error:#}"))),
        }
    }
}

/// Vietnamese news text-mining: document numbers, percentages and dates with their values, and an archive to search and count.
#[pymodule]
fn baotinh(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add("RULES_VERSION", extraction::RULES_VERSION)?;
    module.add_function(wrap_pyfunction!(extract, module)?)?;
    module.add_function(wrap_pyfunction!(records, module)?)?;
    module.add_class::<archive::PyArchive>()?;
    module.add_class::<table::Table>()
}
