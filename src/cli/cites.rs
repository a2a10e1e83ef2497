//! `baotinh cites`: every article that cites a document.

use super::{Outcome, archive, output};
use anyhow::Result;
use baotinh::search::citing;

/// Arguments of `baotinh cites`.
#[derive(clap::Args)]
pub struct Args {
    /// Number or name of the document, in any spelling: 01/2022/NQ-HĐND
    number: String,
    #[command(flatten)]
    archive: archive::Args,
    #[command(flatten)]
    output: output::Args,
}

/// Runs `baotinh cites`.
pub fn run(args: Args) -> Result<Outcome> {
    let archive = args.archive.open()?;
    let query = args.archive.query(&format!("cites:\"{}\"", args.number.replace('"', " ")))?;
    args.output.print(&citing::answer(&archive, &query)?)
}
