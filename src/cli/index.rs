//! `baotinh index`: records into the search index, incrementally, or several indexes into one.

use super::selection::{self, tell_failures};
use super::{Outcome, complain, output, progress, say};
use anyhow::Result;
use baotinh::corpus::Corpus;
use baotinh::index::{self, check, freshness, writer};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Arguments of `baotinh index`.
#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Args {
    #[command(subcommand)]
    command: Option<Command>,
    /// Record files or folders of them; without any the record shards of the corpus, and what has gone from it is taken out
    #[arg(value_name = "RECORDS")]
    records: Vec<PathBuf>,
    /// Corpus folder
    #[arg(long, value_name = "DIR", default_value = "corpus")]
    corpus: PathBuf,
    /// Index folder
    #[arg(long, value_name = "DIR", default_value = "index")]
    index: PathBuf,
    /// Instead of records merge these index folders, made apart, into a new index folder
    #[arg(long, value_name = "DIR", num_args = 1.., conflicts_with_all = ["records", "corpus"])]
    merge: Vec<PathBuf>,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Check that the index is whole and says what the record shards say
    Check {
        /// Index folder
        #[arg(long, value_name = "DIR", default_value = "index")]
        index: PathBuf,
        #[command(flatten)]
        output: output::Args,
    },
}

/// Runs `baotinh index`.
pub fn run(args: Args) -> Result<Outcome> {
    if let Some(Command::Check { index, output }) = &args.command {
        return check(index, output);
    }
    if !args.merge.is_empty() {
        let merged = index::merge::merge(&args.merge, &args.index)?;
        say(&format!(
            "{} articles from {} indexes, {} older revisions left out",
            merged.articles,
            args.merge.len(),
            merged.older
        ));
        return Ok(Outcome::Done);
    }
    let files = selection::files(&args.records, &args.corpus)?;
    let failed = bring_in(&files, args.records.is_empty(), &args.corpus, &args.index)?;
    Ok(if failed { Outcome::SomeFailed } else { Outcome::Done })
}

/// Brings record files into the index and says what was done; answers whether anything failed.
///
/// When they are the whole corpus, what has gone from it is taken out of the index.
pub fn bring_in(files: &[PathBuf], whole: bool, corpus: &Path, folder: &Path) -> Result<bool> {
    let opened = index::open_or_create(folder)?;
    let shards: Vec<_> =
        files.iter().map(|file| writer::Shard { name: file.display().to_string(), path: file.clone() }).collect();
    let gone = if whole { writer::gone(&opened.manifest()?.shards, &shards, &below(corpus)) } else { Vec::new() };
    let started = Instant::now();
    let bar = progress::bytes(files.iter().map(|file| file.metadata().map_or(0, |file| file.len())).sum(), "index");
    let built = writer::build(&opened, &shards, &gone, &mut |bytes| bar.inc(bytes))?;
    bar.finish_and_clear();
    let failed = tell_failures(&built.records);
    let (time, megabytes) = (started.elapsed().as_secs_f64(), built.bytes as f64 / 1e6);
    say(&format!(
        "{} articles indexed from {} shards, {} older revisions left out, {} failed; {} shards unchanged",
        built.records.done,
        built.shards,
        built.records.skipped,
        built.records.failed.len(),
        built.unchanged
    ));
    say(&format!("{megabytes:.1} MB of text in {time:.1} s, {:.1} MB/s", megabytes / time.max(1e-9)));
    Ok(failed)
}

/// Checks an index: damage is an error, shards that changed or went are told.
fn check(folder: &Path, output: &output::Args) -> Result<Outcome> {
    let checked = check::check(&index::open(folder)?)?;
    for file in &checked.damaged {
        complain(&format!("{}: damaged; delete the index folder and run `baotinh index` again", file.display()));
    }
    for id in &checked.doubled {
        complain(&format!("{id}: held more than once; delete the index folder and run `baotinh index` again"));
    }
    for name in &checked.changed {
        say(&format!("{name}: changed since it was indexed; run `baotinh index` again"));
    }
    for name in &checked.missing {
        say(&format!("{name}: gone since it was indexed"));
    }
    for name in &freshness::behind(&index::open(folder)?)?.new {
        say(&format!("{name}: not in the index; run `baotinh index`"));
    }
    output.print(&checked.answer())?;
    let broken = checked.damaged.len() + checked.doubled.len();
    Ok(if broken > 0 { Outcome::SomeFailed } else { Outcome::Done })
}

/// Returns what the names of the shards of a corpus begin with.
fn below(corpus: &Path) -> String {
    format!("{}/", Corpus::at(corpus).records().display())
}
