//! `baotinh extract`: inputs of any kind to records.

use super::output::{refuse_ending, refuse_other_than_records};
use super::pipeline::{self, Tally};
use super::{Outcome, complain, explain, say};
use anyhow::{Result, anyhow, bail, ensure};
use baotinh::article::Record;
use baotinh::corpus::fields::Mapping;
use baotinh::corpus::input::{self, Input};
use baotinh::corpus::{Corpus, file::AtomicFile, records, source::Source};
use baotinh::export::audit;
use baotinh::extract::RULES_VERSION;
use baotinh::parse::Options;
use baotinh::text::written_date;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Arguments of `baotinh extract`.
#[derive(clap::Args)]
pub struct Args {
    /// Corpus folders, WARC files, folders of all of these, single pages and texts, tables (CSV, TSV, Excel, LibreOffice, Parquet), JSON of any shape (plain, .gz or .zst); `-` is JSON on standard input
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub fields: Fields,
    /// Province of articles that name none and whose newspaper is not known, old or new name
    #[arg(long, value_name = "NAME")]
    pub province: Option<String>,
    /// Where the records go, compressed by name (.gz, .zst); without it standard output, or the record shards of a corpus folder
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Make the record shards of a corpus again even where they are up to date
    #[arg(long)]
    pub force: bool,
    /// Instead of records write N random mentions of each kind with their sentence and an empty column `right`, as CSV, or HTML when FILE ends in .html
    #[arg(long, value_name = "N", conflicts_with = "force")]
    pub audit: Option<usize>,
    /// Instead of records write, for people, why each mention is there: its rule, the rule's pattern and the reading chosen
    #[arg(long, conflicts_with_all = ["force", "audit"])]
    pub explain: bool,
    /// Instead of records write, as JSON lines for scripts/fit-weights, what each reading of a percentage was chosen among
    #[arg(long, conflicts_with_all = ["force", "audit", "explain"])]
    pub choices: bool,
    /// Random seed for --audit
    #[arg(long, value_name = "NUMBER", default_value_t = 1, requires = "audit")]
    pub seed: u64,
}

/// Arguments that say how the fields of tables and JSON are read.
#[derive(clap::Args)]
pub struct Fields {
    /// Which column of a table, or name in JSON, holds which field, where it is not told by its name: title=headline,body=content; may be given more than once
    #[arg(long, value_name = "FIELD=COLUMN,…")]
    map: Vec<Mapping>,
    /// Format of the publication dates of JSON and tables where it is not understood by itself, as strftime writes it: "%m/%d/%Y %H:%M"; several are tried in order
    #[arg(long, value_name = "FORMAT", value_parser = date_format)]
    date_format: Vec<String>,
    /// Newspaper of articles that name none
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
}

fn date_format(format: &str) -> Result<String, String> {
    written_date::read_as(format, "").map(|_| format.to_string())
}

impl Fields {
    /// Returns how fields are read.
    pub fn reading(&self) -> Options {
        Options { date_formats: self.date_format.clone(), source: self.source.clone(), province: None }
    }

    /// Gives the tables and JSON among the inputs their mapping.
    ///
    /// # Errors
    /// When a field is mapped twice, or no input has columns.
    pub fn map(&self, inputs: &mut [Input]) -> Result<()> {
        let mapping = Mapping::all(&self.map).map_err(|reason| anyhow!("--map: {reason}"))?;
        if mapping.is_empty() {
            return Ok(());
        }
        let mapped = inputs.iter_mut().map(|input| input.map(&mapping)).filter(|&mapped| mapped).count();
        ensure!(
            mapped > 0,
            "--map is for tables and JSON (.csv, .tsv, .xlsx, .parquet, .json, .jsonl), and no input is one"
        );
        Ok(())
    }
}

impl Args {
    fn reading(&self) -> Options {
        Options { province: self.province.clone(), ..self.fields.reading() }
    }
}

/// Runs `baotinh extract`.
pub fn run(args: Args) -> Result<Outcome> {
    if let Some(count) = args.audit {
        return audit(&args, count);
    }
    if args.explain {
        return explained(&args, explain::explain);
    }
    if args.choices {
        return explained(&args, explain::choices);
    }
    let (corpora, others): (Vec<_>, Vec<_>) =
        args.inputs.iter().cloned().partition(|path| args.output.is_none() && path.is_dir() && input::is_corpus(path));
    let mut failed = false;
    for folder in &corpora {
        failed |= corpus(&Corpus::at(folder), args.force)?;
    }
    if !others.is_empty() {
        failed |= given(&others, &args)?;
    }
    Ok(if failed { Outcome::SomeFailed } else { Outcome::Done })
}

/// Writes the records of inputs to one file or to standard output; answers whether anything failed.
fn given(paths: &[PathBuf], args: &Args) -> Result<bool> {
    let (mut inputs, unreadable) = inputs(paths);
    args.fields.map(&mut inputs)?;
    let (reading, output) = (&args.reading(), args.output.as_deref());
    if let Some(output) = output {
        refuse_other_than_records(
            output,
            "extract writes records as JSON lines; `baotinh export` makes tables of them",
        )?;
        refuse_input(&inputs, output)?;
    }
    let mut tally = match output {
        Some(path) if path != Path::new("-") => {
            let mut file = AtomicFile::create(path)?;
            let tally = pipeline::write_records(&inputs, reading, &mut file)?;
            file.finish()?;
            tally
        }
        // Not locked: the writer is a thread of its own.
        _ => pipeline::write_records(&inputs, reading, &mut io::BufWriter::with_capacity(1 << 16, io::stdout()))?,
    };
    tally.report.failed.splice(0..0, unreadable);
    summarise(&tally);
    Ok(!tally.report.failed.is_empty())
}

/// Writes the audit sheet of inputs.
fn audit(args: &Args, count: usize) -> Result<Outcome> {
    let (mut inputs, unreadable) = inputs(&args.inputs);
    args.fields.map(&mut inputs)?;
    if let Some(output) = &args.output {
        refuse_ending(output, &["csv", "html"], "--audit writes a sheet to judge")?;
        refuse_input(&inputs, output)?;
    }
    let mut draw = audit::Draw::new(count);
    let mut tally = pipeline::extract_all(
        &inputs,
        &args.reading(),
        |record| audit::rows(&record, args.seed),
        |rows| {
            draw.add(rows);
            Ok(())
        },
    )?;
    match &args.output {
        Some(path) if path != Path::new("-") => {
            let mut file = AtomicFile::create(path)?;
            draw.write(&mut file, path.extension().is_some_and(|name| name == "html"))?;
            file.finish()?;
        }
        _ => draw.write(&mut super::stdout(), false)?,
    }
    tally.report.failed.splice(0..0, unreadable);
    summarise(&tally);
    Ok(if tally.report.failed.is_empty() { Outcome::Done } else { Outcome::SomeFailed })
}

/// Writes why each mention of the inputs is there, as `tell` tells it.
fn explained(args: &Args, tell: fn(&Record) -> String) -> Result<Outcome> {
    let (mut inputs, unreadable) = inputs(&args.inputs);
    args.fields.map(&mut inputs)?;
    if let Some(output) = &args.output {
        refuse_input(&inputs, output)?;
    }
    let write = |out: &mut (dyn Write + Send)| -> Result<Tally> {
        let tally = pipeline::extract_all(
            &inputs,
            &args.reading(),
            |record| tell(&record),
            |text| Ok(out.write_all(text.as_bytes())?),
        )?;
        out.flush()?;
        Ok(tally)
    };
    let mut tally = match &args.output {
        Some(path) if path != Path::new("-") => {
            let mut file = AtomicFile::create(path)?;
            let tally = write(&mut file)?;
            file.finish()?;
            tally
        }
        _ => write(&mut io::BufWriter::with_capacity(1 << 16, io::stdout()))?,
    };
    tally.report.failed.splice(0..0, unreadable);
    summarise(&tally);
    Ok(if tally.report.failed.is_empty() { Outcome::Done } else { Outcome::SomeFailed })
}

/// Finds the inputs at paths; those that cannot be read are named at once.
pub fn inputs(paths: &[PathBuf]) -> (Vec<Input>, Vec<baotinh::report::Failure>) {
    let (mut inputs, mut failed) = (Vec::new(), Vec::new());
    for path in paths {
        match Input::at(path) {
            Ok(found) => inputs.extend(found),
            Err(error) => {
                complain(&format!("{error:#}"));
                failed
                    .push(baotinh::report::Failure { place: path.display().to_string(), reason: format!("{error:#}") });
            }
        }
    }
    (inputs, failed)
}

/// Refuses to write over what is read.
pub fn refuse_input(inputs: &[Input], output: &Path) -> Result<()> {
    match inputs.iter().find(|input| input.reads(output)) {
        Some(input) => {
            bail!("{}: is read as an input ({}); choose another name for -o", output.display(), input.name())
        }
        None => Ok(()),
    }
}

/// Makes the record shard of every WARC shard of a corpus; answers whether anything failed.
pub fn corpus(corpus: &Corpus, force: bool) -> Result<bool> {
    let mut total = Tally::default();
    let mut outdated = 0;
    for warc in corpus.warc_shards()? {
        let shard = corpus.record_shard_of(&warc)?;
        match state(&shard, &warc) {
            State::Current if !force => {
                total.report.skipped += 1;
                continue;
            }
            State::OtherVersion => outdated += 1,
            _ => {}
        }
        // Described before it is read: what is appended meanwhile makes the shard outdated.
        let source = Source::of(&warc)?;
        let mut file = AtomicFile::create(&shard)?;
        let tally = pipeline::write_records(&[Input::Warc(warc)], &Options::default(), &mut file)?;
        file.finish()?;
        source.note(&shard)?;
        total.add(tally);
    }
    summarise(&total);
    if outdated > 0 {
        say(&format!("{outdated} record shards were made again: other rules or another schema had made them"));
    }
    if total.report.skipped > 0 {
        say(&format!("{} record shards were up to date (--force makes them again)", total.report.skipped));
    }
    Ok(!total.report.failed.is_empty())
}

/// Says how a record shard stands to its WARC.
enum State {
    /// Made of its WARC as it is, and by these rules.
    Current,
    /// Missing, or made of another WARC than the one that is there.
    Behind,
    /// Made by other rules or with another schema.
    OtherVersion,
}

fn state(shard: &Path, warc: &Path) -> State {
    if !shard.is_file() || !Source::noted(shard).is_some_and(|source| source.is(warc)) {
        return State::Behind;
    }
    let first = || records::Reader::open(shard).ok()?.next();
    match first() {
        Some(Ok(record)) if record.rules_version == RULES_VERSION => State::Current,
        Some(_) => State::OtherVersion,
        None => State::Current,
    }
}

/// Prints what a run did, to standard error.
pub fn summarise(tally: &Tally) {
    let [citations, percents, dates] = tally.mentions;
    let seconds = tally.time.as_secs_f64().max(1e-9);
    let megabytes = tally.bytes as f64 / 1e6;
    say(&format!(
        "{} articles written, {} failed; {} without body text",
        tally.report.done,
        tally.report.failed.len(),
        tally.empty
    ));
    say(&format!(
        "{} mentions: {citations} citations, {percents} percentages, {dates} dates",
        citations + percents + dates
    ));
    if tally.same_ids > 0 {
        let examples: Vec<_> = tally.same_id_examples.iter().map(|(id, place)| format!("{id} ({place})")).collect();
        say(&format!(
            "note: {} articles bear the id of one before them; the index keeps the newest of each: {}",
            tally.same_ids,
            examples.join(", ")
        ));
    }
    if !tally.passed_over.is_empty() {
        let kinds: Vec<_> =
            tally.passed_over.iter().map(|(kind, (count, example))| format!("{count} {kind} ({example})")).collect();
        say(&format!("note: passed over, as no article is read from them: {}", kinds.join("; ")));
    }
    if tally.unread_dates > 0 {
        let examples: Vec<_> = tally.unread_examples.iter().map(|(place, text)| format!("{text} ({place})")).collect();
        complain(&format!(
            "{} publication dates are not understood and left empty; say their form with --date-format: {}",
            tally.unread_dates,
            examples.join(", ")
        ));
    }
    say(&format!("{megabytes:.1} MB in {seconds:.1} s, {:.1} MB/s", megabytes / seconds));
    let _ = io::stderr().flush();
}
