//! `baotinh run`: the whole chain, from pages to records to the index to the first figures.

use super::extract::{self, summarise};
use super::pipeline::{self, Tally};
use super::{Outcome, index, stdout};
use anyhow::{Context, Result};
use baotinh::article::Record;
use baotinh::corpus::input::{self, Input};
use baotinh::corpus::{Corpus, file::AtomicFile, records::Reader};
use baotinh::mention::Fact;
use std::collections::{BTreeMap, HashSet};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Documents named in the summary.
const MOST_CITED: usize = 5;

/// Arguments of `baotinh run`.
#[derive(clap::Args)]
pub struct Args {
    /// What to read: all that `baotinh extract` reads
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// Corpus folder, where the records are kept
    #[arg(long, value_name = "DIR", default_value = "corpus")]
    corpus: PathBuf,
    /// Index folder
    #[arg(long, value_name = "DIR", default_value = "index")]
    index: PathBuf,
}

/// Runs `baotinh run`.
pub fn run(args: Args) -> Result<Outcome> {
    let corpus = Corpus::at(&args.corpus);
    let (mut shards, mut failed) = (Vec::new(), false);
    for path in &args.inputs {
        let (made, bad) = records(path, &corpus)?;
        shards.extend(made);
        failed |= bad;
    }
    let shards: Vec<PathBuf> = shards.into_iter().filter(|shard| shard.exists()).collect();
    if shards.is_empty() {
        return Ok(Outcome::SomeFailed);
    }
    failed |= index::bring_in(&shards, false, &args.corpus, &args.index)?;
    summary(&shards, &args)?;
    Ok(if failed { Outcome::SomeFailed } else { Outcome::Done })
}

/// Makes the record shards of one input; returns them, and whether anything failed.
fn records(path: &Path, corpus: &Corpus) -> Result<(Vec<PathBuf>, bool)> {
    if path.is_dir() && input::is_corpus(path) {
        let given = Corpus::at(path);
        let failed = extract::corpus(&given, false)?;
        return Ok((given.record_shards()?, failed));
    }
    let (inputs, unreadable) = extract::inputs(&[path.to_path_buf()]);
    if inputs.is_empty() {
        return Ok((Vec::new(), true));
    }
    let shard = corpus.records().join("given").join(format!("{}.jsonl.zst", shard_name(path)));
    let tally = write(&inputs, &shard)?;
    summarise(&tally);
    Ok((vec![shard], !(tally.report.failed.is_empty() && unreadable.is_empty())))
}

fn write(inputs: &[Input], shard: &Path) -> Result<Tally> {
    let mut file = AtomicFile::create(shard)?;
    let tally = pipeline::write_records(inputs, &mut file)?;
    file.finish()?;
    Ok(tally)
}

/// Names the shard of an input: its own name, and a hash of where it lies, so that two of one name stay apart.
fn shard_name(path: &Path) -> String {
    let whole = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let stem = whole.file_name().and_then(|name| name.to_str()).unwrap_or("stdin");
    let stem: String = stem.chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { '-' }).collect();
    format!("{stem}-{:08x}", xxhash_rust::xxh3::xxh3_64(whole.to_string_lossy().as_bytes()) as u32)
}

/// Counts what a document was cited for.
#[derive(Default)]
struct Cited {
    value: String,
    issuer: Option<String>,
    articles: usize,
}

/// Prints what a newcomer wants to see, to standard output.
fn summary(shards: &[PathBuf], args: &Args) -> Result<()> {
    let (mut articles, mut mentions) = (0u64, [0u64; 3]);
    let mut cited: BTreeMap<String, Cited> = BTreeMap::new();
    for shard in shards {
        for record in Reader::open(shard)?.filter_map(Result::ok) {
            articles += 1;
            count(&record, &mut mentions, &mut cited);
        }
    }
    let [citations, percents, dates] = mentions;
    let mut out = stdout();
    writeln!(out, "{articles} articles, {citations} citations, {percents} percentages, {dates} dates")?;
    let mut most: Vec<&Cited> = cited.values().collect();
    most.sort_by(|a, b| b.articles.cmp(&a.articles).then_with(|| a.value.cmp(&b.value)));
    if let Some(first) = most.first() {
        writeln!(out, "\nMost cited resolutions:")?;
        for document in most.iter().take(MOST_CITED) {
            let issuer = document.issuer.as_deref().map(|issuer| format!("  ({issuer})")).unwrap_or_default();
            writeln!(out, "{:>6}  {}{issuer}", document.articles, document.value)?;
        }
        tries(&mut out, &first.value, args)?;
    }
    out.flush().context("the summary could not be written")
}

/// Counts the mentions of a record, and once an article each resolution.
fn count(record: &Record, mentions: &mut [u64; 3], cited: &mut BTreeMap<String, Cited>) {
    let mut seen = HashSet::new();
    for mention in &record.mentions {
        match &mention.fact {
            Fact::Citation(citation) => {
                mentions[0] += 1;
                let identity = citation.key.as_ref().unwrap_or(&citation.value);
                if citation.type_.as_deref().is_some_and(|name| name.starts_with("NQ")) && seen.insert(identity) {
                    let document = cited.entry(identity.clone()).or_default();
                    document.articles += 1;
                    document.value.clone_from(&citation.value);
                    document.issuer.clone_from(&citation.issuer);
                }
            }
            Fact::Percent(_) => mentions[1] += 1,
            Fact::Date(_) => mentions[2] += 1,
        }
    }
}

/// Prints three commands that go on from here, with the folders that were asked for.
fn tries(out: &mut impl Write, value: &str, args: &Args) -> Result<()> {
    let flag = |name: &str, folder: &Path| {
        if folder == Path::new(name) { String::new() } else { format!(" --{name} {}", folder.display()) }
    };
    let (corpus, index) = (flag("corpus", &args.corpus), flag("index", &args.index));
    writeln!(out, "\nTry next:")?;
    writeln!(out, "  baotinh search 'ty le ho ngheo'{index}")?;
    writeln!(out, "  baotinh search 'cites:{value}'{index}")?;
    writeln!(out, "  baotinh export --table mentions -o mentions.csv{corpus}")?;
    Ok(())
}
