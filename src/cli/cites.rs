//! `baotinh cites`: every article that cites a document.

use super::{Outcome, archive, output};
use anyhow::Result;
use baotinh::search::citing;

/// Arguments of `baotinh cites`.
#[derive(clap::Args)]
pub struct Args {
    /// Number, name or id of the document, in any spelling: 01/2022/NQ-HĐND, `nq 57`, `Luật Đất đai 2024`
    number: String,
    #[command(flatten)]
    archive: archive::Args,
    #[command(flatten)]
    output: output::Args,
}

/// Runs `baotinh cites`.
pub fn run(args: Args) -> Result<Outcome> {
    args.output.print(&citing::answer(&args.archive.open()?, &args.number)?)
}
