//! `baotinh facets`: how many of the articles that a query finds are of each newspaper, province, year and so on.

use super::{Outcome, archive, say, table};
use anyhow::Result;
use baotinh::search::facet::{self, By};
use serde_json::{Value, json};
use std::cmp::Reverse;

/// Arguments of `baotinh facets`.
#[derive(clap::Args)]
pub struct Args {
    /// Query; `*` counts every article
    #[arg(default_value = "*")]
    query: String,
    /// What to count by
    #[arg(long, value_enum, default_value_t = Name::Source)]
    by: Name,
    #[command(flatten)]
    archive: archive::Args,
    #[arg(long, value_enum, default_value_t)]
    format: table::Format,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Name {
    Source,
    ProvinceOld,
    ProvinceNew,
    Section,
    Author,
    Year,
    Month,
    Type,
    Issuer,
}

/// Runs `baotinh facets`.
pub fn run(args: Args) -> Result<Outcome> {
    let (archive, query) = (args.archive.open()?, args.archive.query(&args.query)?);
    let by = match args.by {
        Name::Source => By::Source,
        Name::ProvinceOld => By::ProvinceOld,
        Name::ProvinceNew => By::ProvinceNew,
        Name::Section => By::Section,
        Name::Author => By::Author,
        Name::Year => By::Year,
        Name::Month => By::Month,
        Name::Type => By::Type,
        Name::Issuer => By::Issuer,
    };
    let mut counts: Vec<_> =
        facet::facets(&archive, &query, by)?.into_iter().filter(|(_, count)| count.found > 0).collect();
    // Time in its order, all else by size; what has no value comes last.
    if !matches!(by, By::Year | By::Month) {
        counts.sort_by_key(|(_, count)| Reverse(count.found));
    }
    counts.sort_by_key(|(value, _)| value.is_none());
    let rows: Vec<Vec<Value>> = counts
        .iter()
        .map(|(value, count)| {
            let share = (count.found as f64 / count.all as f64 * 1e6).round() / 1e4;
            vec![json!(count.found), json!(count.all), json!(share), named(value.as_deref(), args.format)]
        })
        .collect();
    table::print(args.format, &["articles", "all_articles", "per_cent", "value"], &rows)?;
    say(&format!("{} of {} articles: {query}", archive.count(&query)?, archive.len()));
    Ok(if rows.is_empty() { Outcome::NothingFound } else { Outcome::Done })
}

/// Returns a value, or that there is none: in words for people, null for programs.
pub fn named(value: Option<&str>, format: table::Format) -> Value {
    match value {
        Some("") | None if format == table::Format::Text => json!("(unknown)"),
        Some("") | None => Value::Null,
        Some(value) => json!(value),
    }
}
