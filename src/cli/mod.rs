//! The command line: one file a command, each with its `Args` and its `run`.
//!
//! stdout is data; messages and progress go to stderr.

pub mod archive;
pub mod audit;
pub mod chart;
pub mod cite;
pub mod cited;
pub mod cites;
pub mod collocates;
pub mod completions;
pub mod crawl;
pub mod duplicates;
pub mod explain;
pub mod export;
pub mod extract;
pub mod facets;
pub mod help_query;
pub mod index;
pub mod keyness;
pub mod kwic;
pub mod pipeline;
pub mod progress;
pub mod quickwit;
pub mod run;
pub mod schema;
pub mod score;
pub mod search;
pub mod selection;
pub mod sites;
pub mod snapshot;
pub mod stats;
pub mod table;
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
    after_help = "Exit status: 0 done, 1 nothing found, 2 something failed (what could be done is done)."
)]
struct Cli {
    /// Say on standard error what goes on: requests, shards, commits; RUST_LOG chooses more finely
    #[arg(short, long, global = true)]
    verbose: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Pages to articles to records to the index to the first figures: the whole chain
    Run(run::Args),
    /// Fetch the pages of newspapers politely into a corpus; resume after any interruption
    Crawl(crawl::Args),
    /// Read articles from anywhere and write them as records with their mentions
    Extract(extract::Args),
    /// Bring records into the search index
    Index(index::Args),
    /// Find articles, best first
    Search(search::Args),
    /// Show every occurrence of a query in its context
    Kwic(kwic::Args),
    /// List what stands near a query more often than chance would have it
    Collocates(collocates::Args),
    /// List what tells the articles of a query from others
    Keyness(keyness::Args),
    /// Count a query over time, with what it is a share of
    Trend(trend::Args),
    /// Count a query by newspaper, province, section, year, type or issuer of documents cited
    Facets(facets::Args),
    /// List the documents that articles cite most
    Cited(cited::Args),
    /// List every article that cites a document
    Cites(cites::Args),
    /// Explain the query language
    HelpQuery,
    /// Write records as JSON, JSONL, CSV or Parquet: whole, or as a table of articles, mentions or citations
    Export(export::Args),
    /// Find articles that say the same: who printed it first, who reprinted it
    Duplicates(duplicates::Args),
    /// Count articles and mentions by kind, year and newspaper
    Stats(stats::Args),
    /// Freeze records as a folder of tables with what makes them citable (RO-Crate)
    Snapshot(snapshot::Args),
    /// Print the references of articles as BibTeX, RIS or CSL-JSON
    Cite(cite::Args),
    /// Print the JSON Schema of a record or the data dictionary
    Schema(schema::Args),
    /// Print precision, recall and F1 of records against gold
    Score(score::Args),
    /// List, show and check the newspapers of the table
    Sites(sites::Args),
    /// Print what a shell needs to complete commands and flags
    Completions(completions::Args),
}

/// Says how a command ended when nothing stopped it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// All of it is done.
    Done,
    /// The question has no answer.
    NothingFound,
    /// Some inputs failed and were named; the rest is done.
    SomeFailed,
}

/// Runs the program.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    if cli.verbose {
        let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("baotinh=debug"));
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).init();
    }
    panics::tell_as_error(complain);
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
        Command::HelpQuery => help_query::run(),
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
