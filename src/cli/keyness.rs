//! `baotinh keyness`: what tells one set of articles from another.

use super::collocates::Unit;
use super::{Outcome, archive, output};
use anyhow::Result;
use baotinh::search::{Query, keyness};

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
    /// Minimum occurrences of a unit in both sets together
    #[arg(long, alias = "least", value_name = "N", default_value_t = 5)]
    min_count: u64,
    /// Units to show; 0 shows all
    #[arg(short, value_name = "N", default_value_t = 30)]
    k: usize,
    #[command(flatten)]
    archive: archive::Args,
    #[command(flatten)]
    output: output::Args,
}

/// Runs `baotinh keyness`.
pub fn run(args: Args) -> Result<Outcome> {
    let (archive, first) = (args.archive.open()?, args.archive.query(&args.query)?);
    let second = match &args.against {
        Some(against) => args.archive.query(against)?,
        None => Query::Not(Box::new(first.clone())),
    };
    let answer = keyness::answer(&archive, &first, &second, args.min_count, args.unit.into())?.first(args.k);
    args.output.print(&answer)
}
