//! `baotinh facets`: how many of the articles that a query finds are of each newspaper, province, year and so on.

use super::{Outcome, archive, output};
use anyhow::Result;
use baotinh::search::facet::{self, By};

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
    #[command(flatten)]
    output: output::Args,
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
    Document,
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
        Name::Document => By::Document,
    };
    args.output.print(&facet::answer(&archive, &query, by)?)
}
