//! `baotinh network`: the citation network for Gephi and others.

use super::output::{self, summarise};
use super::{Outcome, archive};
use anyhow::Result;
use baotinh::corpus::file::AtomicFile;
use baotinh::export::graph;
use baotinh::facts::network;
use baotinh::search::network::{edges, network, nodes};

/// Arguments of `baotinh network`.
#[derive(clap::Args)]
#[command(
    after_help = "-o FILE.gexf and -o FILE.graphml hold the whole network; all other formats hold its edges, or with --nodes its nodes."
)]
pub struct Args {
    /// Count only the articles that this query finds
    #[arg(default_value = "*")]
    query: String,
    /// What edges stand for: documents cited together, articles that cite documents, or relations between documents
    #[arg(long, value_enum, default_value = "together")]
    ties: Ties,
    /// Count edges for each period of publication
    #[arg(long, value_enum)]
    by: Option<By>,
    /// Leave out edges of a lower weight
    #[arg(long, value_name = "N", default_value_t = 1)]
    min_count: u64,
    /// Rows of the nodes, not of the edges
    #[arg(long)]
    nodes: bool,
    #[command(flatten)]
    archive: archive::Args,
    #[command(flatten)]
    output: output::Args,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Ties {
    Together,
    Citations,
    Relations,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum By {
    Year,
    Month,
}

/// Runs `baotinh network`.
pub fn run(args: Args) -> Result<Outcome> {
    let (archive, query) = (args.archive.open()?, args.archive.query(&args.query)?);
    let ties = match args.ties {
        Ties::Together => network::Ties::Together,
        Ties::Citations => network::Ties::Citations,
        Ties::Relations => network::Ties::Relations,
    };
    let by = args.by.map(|by| match by {
        By::Year => network::By::Year,
        By::Month => network::By::Month,
    });
    let network = network(&archive, &query, ties, by, args.min_count)?;
    let answer = if args.nodes { nodes } else { edges }(&archive, &query, &network)?;
    let path = args.output.path().filter(|_| args.output.format.is_none());
    let graph = path.and_then(|path| match output::ending(path)?.as_str() {
        "gexf" => Some((path, graph::Format::Gexf)),
        "graphml" => Some((path, graph::Format::Graphml)),
        _ => None,
    });
    let Some((path, format)) = graph else { return args.output.print(&answer) };
    let mut file = AtomicFile::create(path)?;
    graph::write(&network, format, &mut file)?;
    file.finish()?;
    summarise(&answer);
    Ok(if network.edges.is_empty() { Outcome::NothingFound } else { Outcome::Done })
}
