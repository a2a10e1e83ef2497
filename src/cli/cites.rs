//! `baotinh cites`: every article that cites a document.

use super::{Outcome, archive, say, table};
use anyhow::Result;
use baotinh::search::snippet;
use serde_json::{Value, json};
use std::ops::ControlFlow;

/// Arguments of `baotinh cites`.
#[derive(clap::Args)]
pub struct Args {
    /// Number or name of the document, in any spelling: 01/2022/NQ-HĐND
    number: String,
    #[command(flatten)]
    archive: archive::Args,
    #[arg(long, value_enum, default_value_t)]
    format: table::Format,
}

/// Runs `baotinh cites`.
pub fn run(args: Args) -> Result<Outcome> {
    let archive = args.archive.open()?;
    let query = args.archive.query(&format!("cites:\"{}\"", args.number.replace('"', " ")))?;
    let mut rows: Vec<Vec<Value>> = Vec::new();
    archive.each(&query, &mut |record| {
        let article = &record.article;
        rows.push(vec![
            json!(article.published_day().map(|day| day.to_string())),
            json!(article.source.as_ref().or(article.site.as_ref())),
            json!(article.id),
            json!(snippet::cited(&record, &query).len()),
            json!(article.url),
            json!(article.title),
        ]);
        Ok(ControlFlow::Continue(()))
    })?;
    rows.sort_by_key(|row| (row[0].is_null(), table::cell(&row[0]), table::cell(&row[2])));
    if args.format == table::Format::Text {
        rows.iter_mut().for_each(|row| drop(row.remove(4)));
        table::print(args.format, &["published", "source", "id", "citations", "title"], &rows)?;
    } else {
        table::print(args.format, &["published", "source", "id", "citations", "url", "title"], &rows)?;
    }
    say(&format!("{} of {} articles: {query}", rows.len(), archive.len()));
    Ok(if rows.is_empty() { Outcome::NothingFound } else { Outcome::Done })
}
