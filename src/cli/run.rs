//! `baotinh run`: the whole chain, from a newspaper or pages to records to the index to the first figures.

use super::extract::{self, summarise};
use super::{Outcome, crawl, index, interrupt, pipeline, selection, stdout};
use anyhow::{Context, Result};
use baotinh::corpus::input::{self, Input};
use baotinh::corpus::{Corpus, file::AtomicFile};
use baotinh::export::{counts, select::Selection};
use baotinh::parse::Options;
use baotinh::search::cited::{Wanted, cited};
use baotinh::search::{self, Archive};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Documents named in the summary.
const MOST_CITED: usize = 5;

/// Arguments of `baotinh run`.
#[derive(clap::Args)]
pub struct Args {
    /// What to read: all that `baotinh extract` reads; or name a newspaper to crawl
    #[arg(value_name = "INPUT", required_unless_present_any = ["sites", "province", "all", "starts"])]
    inputs: Vec<PathBuf>,
    /// Index folder
    #[arg(long, value_name = "DIR", default_value = "index")]
    index: PathBuf,
    #[command(flatten)]
    fetch: crawl::Fetch,
    #[command(flatten)]
    fields: extract::Fields,
}

/// Runs `baotinh run`.
pub fn run(args: Args) -> Result<Outcome> {
    let corpus = Corpus::at(args.fetch.corpus());
    let (mut shards, mut failed) = (Vec::new(), false);
    if args.fetch.names_a_start() {
        failed |= crawl::fetch(args.fetch)? == Outcome::SomeFailed;
        failed |= extract::corpus(&corpus, false)?;
        shards.extend(corpus.record_shards()?);
    } else {
        interrupt::end_in_good_order();
    }
    for path in &args.inputs {
        let (made, bad) = records(path, &corpus, &args.fields)?;
        shards.extend(made);
        failed |= bad;
    }
    shards.sort();
    shards.dedup();
    if shards.is_empty() {
        return Ok(if failed { Outcome::SomeFailed } else { Outcome::NothingFound });
    }
    failed |= index::bring_in(&shards, false, corpus.root(), &args.index)?;
    summary(&shards, &corpus, &args.index)?;
    Ok(if failed { Outcome::SomeFailed } else { Outcome::Done })
}

/// Makes the record shards of one input; returns them, and whether anything failed.
fn records(path: &Path, corpus: &Corpus, fields: &extract::Fields) -> Result<(Vec<PathBuf>, bool)> {
    if path.is_dir() && input::is_corpus(path) {
        let given = Corpus::at(path);
        let failed = extract::corpus(&given, false)?;
        return Ok((given.record_shards()?, failed));
    }
    let (mut inputs, unreadable) = extract::inputs(&[path.to_path_buf()]);
    if inputs.is_empty() {
        return Ok((Vec::new(), true));
    }
    fields.map(&mut inputs)?;
    let shard = corpus.records().join("given").join(format!("{}.jsonl.zst", shard_name(path)));
    let failed = write(&inputs, &fields.reading(), &shard)?;
    Ok((vec![shard], failed || !unreadable.is_empty()))
}

fn write(inputs: &[Input], reading: &Options, shard: &Path) -> Result<bool> {
    let mut file = AtomicFile::create(shard)?;
    let tally = pipeline::write_records(inputs, reading, &mut file)?;
    file.finish()?;
    summarise(&tally);
    Ok(!tally.report.failed.is_empty())
}

/// Names the shard of an input: its own name, and a hash of where it lies, so that two of one name stay apart.
fn shard_name(path: &Path) -> String {
    let whole = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let stem = whole.file_name().and_then(|name| name.to_str()).unwrap_or("stdin");
    let stem: String = stem.chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { '-' }).collect();
    format!("{stem}-{:08x}", xxhash_rust::xxh3::xxh3_64(whole.to_string_lossy().as_bytes()) as u32)
}

/// Prints what a newcomer wants to see, to standard output.
fn summary(shards: &[PathBuf], corpus: &Corpus, index: &Path) -> Result<()> {
    let (counts, report) = counts::count(shards, &Selection::default())?;
    selection::tell_failures(&report);
    let total = counts.total;
    let mut out = stdout();
    writeln!(
        out,
        "{} articles, {} citations, {} percentages, {} dates",
        total.articles, total.citations, total.percents, total.dates
    )?;
    let archive = Archive::open(index)?;
    let wanted = Wanted { type_: Some("NQ".to_string()), ..Wanted::default() };
    let heads = archive.documents()?.heads();
    let documents = cited(&archive, &search::parse("*", false)?, &wanted)?;
    if let Some(first) = documents.first() {
        writeln!(out, "\nMost cited resolutions of {} articles in the index:", archive.len())?;
        for document in documents.iter().take(MOST_CITED) {
            writeln!(out, "{:>6}  {}", document.articles, heads[document.head].value)?;
        }
        tries(&mut out, &heads[first.head].value, corpus.root(), index)?;
    }
    out.flush().context("the summary could not be written")
}

/// Prints three commands that go on from here, with the folders that were asked for.
fn tries(out: &mut impl Write, value: &str, corpus: &Path, index: &Path) -> Result<()> {
    let flag = |name: &str, folder: &Path| {
        if folder == Path::new(name) { String::new() } else { format!(" --{name} {}", folder.display()) }
    };
    let (corpus, index) = (flag("corpus", corpus), flag("index", index));
    writeln!(out, "\nTry next:")?;
    writeln!(out, "  baotinh search 'ty le ho ngheo'{index}")?;
    writeln!(out, "  baotinh cites '{value}'{index}")?;
    writeln!(out, "  baotinh export --table mentions -o mentions.csv{corpus}")?;
    writeln!(out, "  baotinh serve --open{index}")?;
    Ok(())
}
