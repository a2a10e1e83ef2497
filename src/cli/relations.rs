//! `baotinh relations`: what articles tell between two documents.

use super::{Outcome, archive, output};
use anyhow::Result;
use baotinh::facts::relation::RelationType;
use baotinh::search::relations;

/// Arguments of `baotinh relations`.
#[derive(clap::Args)]
pub struct Args {
    /// Count only the articles that this query finds: `cites:168/2024/NĐ-CP`
    #[arg(default_value = "*")]
    query: String,
    /// Only relations of this type
    #[arg(long = "type", value_enum)]
    type_: Option<Name>,
    /// Relations to show; 0 shows all
    #[arg(short, value_name = "N", default_value_t = 20)]
    k: usize,
    #[command(flatten)]
    archive: archive::Args,
    #[command(flatten)]
    output: output::Args,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Name {
    Amends,
    Implements,
    Replaces,
    Repeals,
}

impl From<Name> for RelationType {
    fn from(name: Name) -> RelationType {
        match name {
            Name::Amends => RelationType::Amends,
            Name::Implements => RelationType::Implements,
            Name::Replaces => RelationType::Replaces,
            Name::Repeals => RelationType::Repeals,
        }
    }
}

/// Runs `baotinh relations`.
pub fn run(args: Args) -> Result<Outcome> {
    let (archive, query) = (args.archive.open()?, args.archive.query(&args.query)?);
    args.output.print(&relations::answer(&archive, &query, args.type_.map(RelationType::from))?.first(args.k))
}
