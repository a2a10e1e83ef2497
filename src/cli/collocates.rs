//! `baotinh collocates`: what stands near a query more often than chance would have it.

use super::{Outcome, archive, output};
use anyhow::Result;
use baotinh::search::collocation;
use baotinh::search::frequency;

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
    /// Minimum occurrences of a collocate near the query
    #[arg(long, alias = "least", value_name = "N", default_value_t = 5)]
    min_count: u64,
    /// Order
    #[arg(long, value_enum, default_value_t)]
    sort: Sort,
    /// Collocates to show; 0 shows all
    #[arg(short, value_name = "N", default_value_t = 30)]
    k: usize,
    #[command(flatten)]
    archive: archive::Args,
    #[command(flatten)]
    output: output::Args,
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
    let by = match args.sort {
        Sort::LogLikelihood => collocation::By::LogLikelihood,
        Sort::LogDice => collocation::By::LogDice,
    };
    let answer = collocation::answer(&archive, &query, usize::from(args.window), args.min_count, args.unit.into(), by)?;
    args.output.print(&answer.first(args.k))
}
