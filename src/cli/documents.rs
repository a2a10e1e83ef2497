//! `baotinh documents`: the documents that articles cite, with what they say of them.

use super::{Outcome, archive, output, selection};
use anyhow::Result;
use baotinh::search::cited::Wanted;
use baotinh::search::listing;
use jiff::civil::Date;

/// Arguments of `baotinh documents`.
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
    /// Only documents of bodies of this province; one of today stands for those that it was made of, too
    #[arg(long, value_name = "PROVINCE")]
    place: Option<String>,
    /// Only documents issued on this day or later (YYYY-MM-DD, YYYY-MM or YYYY); where no day is known the year counts
    #[arg(long, value_name = "DATE", value_parser = selection::first_day)]
    since: Option<Date>,
    /// Documents to show; 0 shows all
    #[arg(short, value_name = "N", default_value_t = 20)]
    k: usize,
    #[command(flatten)]
    archive: archive::Args,
    #[command(flatten)]
    output: output::Args,
}

/// Runs `baotinh documents`.
pub fn run(args: Args) -> Result<Outcome> {
    let (archive, query) = (args.archive.open()?, args.archive.query(&args.query)?);
    let wanted = Wanted { type_: args.type_, issuer: args.issuer, place: args.place, since: args.since };
    args.output.print(&listing::answer(&archive, &query, &wanted, args.k)?)
}
