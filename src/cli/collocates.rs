//! `baotinh collocates`: what stands near a query more often than chance would have it.

use super::{Outcome, archive, say, table};
use anyhow::Result;
use baotinh::search::collocation;
use baotinh::search::frequency;
use serde_json::{Value, json};

/// Arguments of `baotinh collocates`.
#[derive(clap::Args)]
pub struct Args {
    /// Query; what stands near its words and phrases is counted, in the articles that it finds
    query: String,
    /// Syllables before and behind each occurrence
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..=100))]
    window: u16,
    /// What is counted
    #[arg(long, value_enum, default_value_t)]
    unit: Unit,
    /// Times that a collocate stands near at least
    #[arg(long, value_name = "N", default_value_t = 5)]
    least: u64,
    /// Order
    #[arg(long, value_enum, default_value_t)]
    sort: Sort,
    /// Collocates to show; 0 shows all
    #[arg(short, value_name = "N", default_value_t = 30)]
    k: usize,
    #[command(flatten)]
    archive: archive::Args,
    #[arg(long, value_enum, default_value_t)]
    format: table::Format,
}

/// What is counted.
#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
pub enum Unit {
    /// One syllable, with its diacritics
    #[default]
    Syllable,
    /// Two neighbouring syllables, without diacritics: mostly a word
    Pair,
}

impl From<Unit> for frequency::Unit {
    fn from(unit: Unit) -> frequency::Unit {
        match unit {
            Unit::Syllable => frequency::Unit::Syllable,
            Unit::Pair => frequency::Unit::Pair,
        }
    }
}

#[derive(Clone, Copy, Default, clap::ValueEnum)]
enum Sort {
    /// By log-likelihood: what is certain
    #[default]
    LogLikelihood,
    /// By logDice: what is typical
    LogDice,
}

/// Runs `baotinh collocates`.
pub fn run(args: Args) -> Result<Outcome> {
    let (archive, query) = (args.archive.open()?, args.archive.query(&args.query)?);
    let mut found = collocation::collocates(&archive, &query, usize::from(args.window), args.least, args.unit.into())?;
    if matches!(args.sort, Sort::LogDice) {
        found.collocates.sort_by(|a, b| b.log_dice.total_cmp(&a.log_dice).then_with(|| a.unit.cmp(&b.unit)));
    }
    let shown = if args.k == 0 { found.collocates.len() } else { args.k.min(found.collocates.len()) };
    let rows: Vec<Vec<Value>> = found.collocates[..shown]
        .iter()
        .map(|collocate| {
            vec![
                json!(collocate.near),
                json!(collocate.all),
                json!(rounded(collocate.log_likelihood)),
                json!(rounded(collocate.log_dice)),
                json!(collocate.unit),
            ]
        })
        .collect();
    table::print(args.format, &["near", "all", "log_likelihood", "log_dice", "collocate"], &rows)?;
    say(&format!(
        "{} occurrences with {} units near them, of {}; {shown} of {} collocates: {query}",
        found.occurrences,
        found.near,
        found.all,
        found.collocates.len()
    ));
    Ok(if rows.is_empty() { Outcome::NothingFound } else { Outcome::Done })
}

/// Rounds a measure to what is worth reading.
pub fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
