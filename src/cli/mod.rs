//! The command line: one file a command, each with its `Args` and its `run`.
//!
//! stdout is data; messages and progress go to stderr.

pub mod archive;
pub mod chart;
pub mod cite;
pub mod cited;
pub mod cites;
pub mod collocates;
pub mod completions;
pub mod crawl;
pub mod document;
pub mod documents;
pub mod duplicates;
pub mod explain;
pub mod export;
pub mod extract;
pub mod facets;
pub mod help_query;
pub mod index;
pub mod interrupt;
pub mod keyness;
pub mod kwic;
pub mod network;
pub mod output;
pub mod pipeline;
pub mod progress;
pub mod quickwit;
pub mod relations;
pub mod run;
pub mod schema;
pub mod score;
pub mod search;
pub mod selection;
pub mod series;
pub mod serve;
pub mod sites;
pub mod snapshot;
pub mod stats;
pub mod trend;

use baotinh::panics;
use baotinh::text::shown::shown_message;
use clap::{Parser, Subcommand};
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

/// Vietnamese provincial newspapers as data: crawl, extract resolutions, percentages and dates, search, export.
#[derive(Parser)]
#[command(
    name = "baotinh",
    version,
    max_term_width = 100,
    after_help = "Exit status: 0 done, 1 nothing found, 2 something failed (the rest is still done), 130 interrupted."
)]
struct Cli {
    /// Log progress to standard error: requests, shards, commits; RUST_LOG filters it
    #[arg(short, long, global = true)]
    verbose: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the whole chain: pages to articles, mentions, index and first figures
    Run(run::Args),
    /// Fetch newspapers politely into a corpus; resume after any interruption
    Crawl(crawl::Args),
    /// Read articles from any source and write records with their mentions
    Extract(extract::Args),
    /// Add records to the search index
    Index(index::Args),
    /// Find articles, best first
    Search(search::Args),
    /// Show every occurrence of a query in context (concordance)
    Kwic(kwic::Args),
    /// List words that occur near a query more often than by chance
    Collocates(collocates::Args),
    /// List terms distinctive of the matching articles
    Keyness(keyness::Args),
    /// Count a query over time, with totals for each period
    Trend(trend::Args),
    /// Count a query by newspaper, province, section, year, document, its type or issuer
    Facets(facets::Args),
    /// List the most cited documents
    Cited(cited::Args),
    /// List the articles that cite a document
    Cites(cites::Args),
    /// List documents with title, issue day, spellings and doubts
    Documents(documents::Args),
    /// Show a document: title, days, relations, and who cites it when, in which sentences, with what
    Document(document::Args),
    /// List what articles tell between documents: one amends, implements, replaces or repeals another
    Relations(relations::Args),
    /// Write the citation network for Gephi and others: nodes and weighted edges as CSV, GEXF or GraphML
    Network(network::Args),
    /// Put figures of an indicator side by side, by place and period, with who says so
    Series(series::Args),
    /// Open the archive in the browser: a page and an API on this machine
    Serve(serve::Args),
    /// Explain the query language
    HelpQuery(help_query::Args),
    /// Export records or tables of articles, mentions and citations
    Export(export::Args),
    /// Find reprints: articles with the same text, and which came first
    Duplicates(duplicates::Args),
    /// Count articles and mentions by kind, year and newspaper
    Stats(stats::Args),
    /// Write a citable snapshot: a folder of tables with metadata (RO-Crate)
    Snapshot(snapshot::Args),
    /// Print the references of articles as BibTeX, RIS or CSL-JSON
    Cite(cite::Args),
    /// Print the JSON Schema of a record or the data dictionary
    Schema(schema::Args),
    /// Score records against gold: precision, recall and F1
    Score(score::Args),
    /// List, show and check the known newspapers
    Sites(sites::Args),
    /// Generate shell completions
    Completions(completions::Args),
}

/// Says how a command ended when nothing stopped it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Everything is done.
    Done,
    /// No match.
    NothingFound,
    /// Some inputs failed and were reported; the rest is done.
    SomeFailed,
}

/// Runs the program.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    if cli.verbose {
        let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("baotinh=debug"));
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).init();
    }
    panics::report_as_error(complain);
    if !matches!(cli.command, Command::Crawl(_) | Command::Run(_)) {
        interrupt::end_in_good_order();
    }
    match panics::contain(|| run_command(cli.command)) {
        Ok(Ok(Outcome::Done)) => ExitCode::SUCCESS,
        Ok(Ok(Outcome::NothingFound)) => ExitCode::from(1),
        Ok(Err(error)) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Ok(Err(error)) => {
            complain(&format!("{error:#}"));
            ExitCode::from(2)
        }
        Ok(Ok(Outcome::SomeFailed)) | Err(_) => ExitCode::from(2),
    }
}

fn run_command(command: Command) -> anyhow::Result<Outcome> {
    match command {
        Command::Run(args) => run::run(args),
        Command::Crawl(args) => crawl::run(args),
        Command::Extract(args) => extract::run(args),
        Command::Index(args) => index::run(args),
        Command::Search(args) => search::run(args),
        Command::Kwic(args) => kwic::run(args),
        Command::Collocates(args) => collocates::run(args),
        Command::Keyness(args) => keyness::run(args),
        Command::Trend(args) => trend::run(args),
        Command::Facets(args) => facets::run(args),
        Command::Cited(args) => cited::run(args),
        Command::Cites(args) => cites::run(args),
        Command::Documents(args) => documents::run(args),
        Command::Document(args) => document::run(args),
        Command::Relations(args) => relations::run(args),
        Command::Network(args) => network::run(args),
        Command::Series(args) => series::run(args),
        Command::Serve(args) => serve::run(args),
        Command::HelpQuery(args) => help_query::run(args),
        Command::Export(args) => export::run(args),
        Command::Duplicates(args) => duplicates::run(args),
        Command::Stats(args) => stats::run(args),
        Command::Snapshot(args) => snapshot::run(args),
        Command::Cite(args) => cite::run(args),
        Command::Schema(args) => schema::run(args),
        Command::Score(args) => score::run(args),
        Command::Sites(args) => sites::run(args),
        Command::Completions(args) => completions::run(args),
    }
}

/// Returns standard output, buffered; a line at a time where a person reads it.
pub fn stdout() -> BufWriter<StdoutLock<'static>> {
    BufWriter::with_capacity(1 << 16, io::stdout().lock())
}

/// Prints one error to standard error.
pub fn complain(message: &str) {
    let style = io::stderr().is_terminal();
    let (on, off) = if style { ("\x1b[1;31m", "\x1b[0m") } else { ("", "") };
    let _ = writeln!(io::stderr(), "{on}error:{off} {}", shown_message(message));
}

/// Prints one message to standard error.
pub fn say(message: &str) {
    let _ = writeln!(io::stderr(), "{}", shown_message(message));
}

/// Says whether an error comes from a reader that has gone, as `head` does.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe))
}
