//! `baotinh cited`: the documents that articles cite most.

use super::{Outcome, archive, output};
use anyhow::Result;
use baotinh::search::cited::{self, Wanted};

/// Arguments of `baotinh cited`.
#[derive(clap::Args)]
pub struct Args {
    /// Count only the articles that this query finds
    #[arg(default_value = "*")]
    query: String,
    /// Only documents of this type (NQ, QĐ, L)
    #[arg(long = "type", value_name = "TYPE")]
    type_: Option<String>,
    /// Only documents of this issuer (HĐND, CP)
    #[arg(long)]
    issuer: Option<String>,
    /// Documents to show; 0 shows all
    #[arg(short, value_name = "N", default_value_t = 20)]
    k: usize,
    #[command(flatten)]
    archive: archive::Args,
    #[command(flatten)]
    output: output::Args,
}

/// Runs `baotinh cited`.
pub fn run(args: Args) -> Result<Outcome> {
    let (archive, query) = (args.archive.open()?, args.archive.query(&args.query)?);
    let wanted = Wanted { type_: args.type_, issuer: args.issuer, ..Wanted::default() };
    args.output.print(&cited::answer(&archive, &query, &wanted)?.first(args.k))
}
