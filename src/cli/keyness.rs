//! `baotinh keyness`: what tells one set of articles from another.

use super::collocates::{Unit, rounded};
use super::{Outcome, archive, say, table};
use anyhow::Result;
use baotinh::search::{Query, keyness};
use serde_json::{Value, json};

/// Arguments of `baotinh keyness`.
#[derive(clap::Args)]
pub struct Args {
    /// Query of the one set
    query: String,
    /// Query of the other set; without it all other articles
    #[arg(long, value_name = "QUERY")]
    against: Option<String>,
    /// What is counted
    #[arg(long, value_enum, default_value_t)]
    unit: Unit,
    /// Times that a unit stands in both sets together at least
    #[arg(long, value_name = "N", default_value_t = 5)]
    least: u64,
    /// Units to show; 0 shows all
    #[arg(short, value_name = "N", default_value_t = 30)]
    k: usize,
    #[command(flatten)]
    archive: archive::Args,
    #[arg(long, value_enum, default_value_t)]
    format: table::Format,
}

/// Runs `baotinh keyness`.
pub fn run(args: Args) -> Result<Outcome> {
    let (archive, first) = (args.archive.open()?, args.archive.query(&args.query)?);
    let second = match &args.against {
        Some(against) => args.archive.query(against)?,
        None => Query::Not(Box::new(first.clone())),
    };
    let (keys, totals) = keyness::keyness(&archive, &first, &second, args.least, args.unit.into())?;
    let shown = if args.k == 0 { keys.len() } else { args.k.min(keys.len()) };
    let million = |count: u64, total: u64| rounded(count as f64 / (total as f64).max(1.0) * 1e6);
    let rows: Vec<Vec<Value>> = keys[..shown]
        .iter()
        .map(|key| {
            vec![
                json!(key.count.first),
                json!(million(key.count.first, totals.first)),
                json!(key.count.second),
                json!(million(key.count.second, totals.second)),
                json!(rounded(key.log_likelihood)),
                json!(rounded(key.log_ratio)),
                json!(key.unit),
            ]
        })
        .collect();
    let columns = ["first", "first_per_million", "second", "second_per_million", "log_likelihood", "log_ratio", "unit"];
    table::print(args.format, &columns, &rows)?;
    say(&format!(
        "{} articles ({} units): {first}; against {} ({} units): {second}",
        archive.count(&first)?,
        totals.first,
        archive.count(&second)?,
        totals.second
    ));
    Ok(if totals.first == 0 || totals.second == 0 { Outcome::NothingFound } else { Outcome::Done })
}
