//! Which records a command is about: the arguments that export, stats and snapshot share.

use super::complain;
use anyhow::{Context, Result, bail, ensure};
use baotinh::corpus::{Corpus, file};
use baotinh::export::select::Selection;
use baotinh::report::Report;
use baotinh::search::{self, Archive};
use baotinh::site::sites;
use jiff::civil::Date;
use std::collections::HashMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// Arguments that choose records.
#[derive(clap::Args)]
#[group(skip)]
pub struct Args {
    /// Record files, folders of them, or `-` for standard input; without any the record shards of the corpus
    #[arg(value_name = "RECORDS")]
    pub records: Vec<PathBuf>,
    /// Corpus folder
    #[arg(long, value_name = "DIR", default_value = "corpus")]
    pub corpus: PathBuf,
    /// Only articles of this newspaper, by id or domain; may be given more than once
    #[arg(long, value_name = "SITE")]
    pub site: Vec<String>,
    /// Only articles published on or after this day (YYYY-MM-DD, YYYY-MM or YYYY); leaves undated ones out
    #[arg(long, value_name = "DATE", value_parser = first_day)]
    pub since: Option<Date>,
    /// Only articles published on or before this day, or the last of the month or year
    #[arg(long, value_name = "DATE", value_parser = last_day)]
    pub until: Option<Date>,
    /// Only articles that this query finds in the index (`baotinh search` says what it finds)
    #[arg(long, value_name = "QUERY")]
    pub query: Option<String>,
    /// Index folder that --query looks in
    #[arg(long, value_name = "DIR", default_value = "index", requires = "query")]
    pub index: PathBuf,
}

impl Args {
    /// Finds the record files.
    ///
    /// # Errors
    /// When one is missing, or there is none at all.
    pub fn files(&self) -> Result<Vec<PathBuf>> {
        files(&self.records, &self.corpus)
    }

    /// Says which articles are wanted.
    ///
    /// # Errors
    /// When the span of time is empty.
    pub fn selection(&self) -> Result<Selection> {
        if let (Some(since), Some(until)) = (self.since, self.until) {
            ensure!(since <= until, "--since {since} is after --until {until}");
        }
        // A newspaper that the table does not know may still have given records: its name is taken as it is.
        let id = |name: &String| sites().named(name).map_or_else(|| name.clone(), |site| site.id.clone());
        let found = self.query.as_deref().map(|query| found(query, &self.index)).transpose()?;
        Ok(Selection { sites: self.site.iter().map(id).collect(), since: self.since, until: self.until, found })
    }
}

/// Asks the index: the articles that a query finds, all of them, each with its revision.
fn found(query: &str, index: &Path) -> Result<HashMap<String, String>> {
    let (query, archive) = (search::parse(query, true)?, Archive::open(index)?);
    let mut found = HashMap::new();
    archive.each(&query, &mut |record| {
        found.insert(record.article.id, record.article.revision);
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(found)
}

/// Finds the record files at paths and in folders; without any path those of the corpus.
///
/// # Errors
/// When one is missing, or there is none at all.
pub fn files(paths: &[PathBuf], corpus: &Path) -> Result<Vec<PathBuf>> {
    if paths.is_empty() {
        let corpus = Corpus::at(corpus);
        let (shards, folder) = (corpus.record_shards()?, corpus.records());
        ensure!(
            !shards.is_empty(),
            "no records in {}; make them with `baotinh extract`, or name record files",
            folder.display()
        );
        return Ok(shards);
    }
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            let wanted = |name: &str| [".jsonl", ".jsonl.gz", ".jsonl.zst"].iter().any(|end| name.ends_with(end));
            let found = file::list(path, &wanted)?;
            ensure!(
                !found.is_empty(),
                "{}: no record files (.jsonl, .jsonl.gz, .jsonl.zst) in this folder",
                path.display()
            );
            files.extend(found);
        } else {
            ensure!(
                path.exists() || path.as_os_str() == "-",
                "{}: no such file; records are made with `baotinh extract`",
                path.display()
            );
            files.push(path.clone());
        }
    }
    Ok(files)
}

/// Prints each failure of a pass over records, and says whether there was one.
pub fn tell_failures(report: &Report) -> bool {
    for failure in &report.failed {
        complain(&failure.to_string());
    }
    !report.failed.is_empty()
}

/// Reads a day, or the first day of a month or year.
pub fn first_day(text: &str) -> Result<Date> {
    Ok(span(text)?.0)
}

/// Reads a day, or the last day of a month or year.
fn last_day(text: &str) -> Result<Date> {
    Ok(span(text)?.1)
}

fn span(text: &str) -> Result<(Date, Date)> {
    let wrong = || format!("{text:?} is no date as YYYY-MM-DD, YYYY-MM or YYYY");
    let day = |month_day: &str| format!("{text}{month_day}").parse::<Date>().with_context(wrong);
    match text.len() {
        4 => Ok((day("-01-01")?, day("-12-31")?)),
        7 => day("-01").map(|first| (first, first.last_of_month())),
        10 => day("").map(|day| (day, day)),
        _ => bail!(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_month_or_year_stands_for_its_days() {
        assert_eq!(span("2024-02").expect("a month"), (date(2024, 2, 1), date(2024, 2, 29)));
        assert_eq!(span("2024").expect("a year"), (date(2024, 1, 1), date(2024, 12, 31)));
        assert_eq!(span("2024-02-29").expect("a day"), (date(2024, 2, 29), date(2024, 2, 29)));
        for text in ["", "24", "2024-13", "2024-02-30", "25/4/2024", "hôm qua"] {
            assert!(span(text).is_err(), "{text}");
        }
    }
}
