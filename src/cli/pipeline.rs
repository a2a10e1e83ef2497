//! The chain from inputs to records: one thread reads, all cores parse and extract, one thread writes, in input order.
//!
//! Invariant: memory is flat in the input's size: at most a few batches are in flight.

use super::{complain, progress, say};
use anyhow::{Context, Result, anyhow};
use baotinh::article::{BodyState, Record, SCHEMA_VERSION, Warning};
use baotinh::corpus::input::{Aside, Input, Item};
use baotinh::mention::Fact;
use baotinh::panics;
use baotinh::parse::Options;
use baotinh::report::{Failure, Report};
use baotinh::{extract, parse};
use indicatif::ProgressBar;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashSet};
use std::io::Write;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::{Duration, Instant};

/// Bytes of input in a batch, and items in it at most, for each core: few, so that memory is used again while it is warm.
const BATCH_BYTES: usize = 512 << 10;
const BATCH_ITEMS: usize = 64;
/// Bytes that a mention takes as JSON, rather more than less.
const MENTION_BYTES: usize = 640;
/// Publication dates that are not understood and shown as examples.
const UNREAD_EXAMPLES: usize = 5;
/// Failures that are printed one by one; the rest is counted.
const PRINTED_FAILURES: usize = 50;

/// Counts what a run read, wrote and found.
#[derive(Debug, Default)]
pub struct Tally {
    /// Articles written; what failed, with reasons.
    pub report: Report,
    /// Bytes of the items read, undecoded.
    pub bytes: u64,
    /// Citations, percentages and dates found.
    pub mentions: [u64; 3],
    /// Articles without body text.
    pub empty: u64,
    /// Articles whose publication date is not understood.
    pub unread_dates: u64,
    /// The first of these dates, each with its place.
    pub unread_examples: Vec<(String, String)>,
    /// Articles given with an id that one before them has.
    pub same_ids: u64,
    /// The first of them, each with its place.
    pub same_id_examples: Vec<(String, String)>,
    /// Files of folders that no article can be read from: their number by kind, with one of them each.
    pub passed_over: BTreeMap<&'static str, (u64, String)>,
    /// Ids that were given, hashed.
    ids: HashSet<u64>,
    /// Time from start to end.
    pub time: Duration,
}

impl Tally {
    /// Adds what another run counted.
    pub fn add(&mut self, other: Tally) {
        self.report.add(other.report);
        self.bytes += other.bytes;
        self.empty += other.empty;
        self.unread_dates += other.unread_dates;
        self.unread_examples.extend(other.unread_examples);
        self.unread_examples.truncate(UNREAD_EXAMPLES);
        self.same_ids += other.same_ids;
        self.same_id_examples.extend(other.same_id_examples);
        self.same_id_examples.truncate(UNREAD_EXAMPLES);
        for (kind, (count, example)) in other.passed_over {
            self.passed_over.entry(kind).or_insert((0, example)).0 += count;
        }
        self.time += other.time;
        for (sum, count) in self.mentions.iter_mut().zip(other.mentions) {
            *sum += count;
        }
    }
}

/// Reads the inputs, makes a record of each item, maps it on all cores and hands the results to `sink` in input order.
///
/// # Errors
/// When the sink fails, as a full disk makes it; what is wrong with an input goes into the tally instead.
pub fn extract_all<T: Send>(
    inputs: &[Input],
    reading: &Options,
    map: impl Fn(Record) -> T + Sync,
    mut sink: impl FnMut(T) -> Result<()> + Send,
) -> Result<Tally> {
    let started = Instant::now();
    let bar = progress::bytes(inputs.iter().map(Input::size).sum(), "extract");
    let mut tally = Tally::default();
    std::thread::scope(|scope| -> Result<()> {
        let (items, batches) = sync_channel::<Batch>(2);
        let (made, results) = sync_channel::<Vec<T>>(4);
        scope.spawn(move || read(inputs, &items));
        let writer = scope.spawn(move || results.into_iter().flatten().try_for_each(&mut sink));
        process(batches, &made, &|item, input| make(item, &inputs[input], reading, &map), &mut tally, &bar);
        drop(made);
        writer.join().map_err(|_| anyhow!("the writer stopped; please report it"))?
    })?;
    bar.finish_and_clear();
    tally.time = started.elapsed();
    Ok(tally)
}

/// Returns a record as one line of JSON.
pub fn json_line(record: &Record) -> Vec<u8> {
    // Room for all of it: growing would copy what is written.
    let mut line = Vec::with_capacity(record.article.body.len() * 5 / 4 + record.mentions.len() * MENTION_BYTES + 2048);
    // A record holds no map with keys that are no strings and no writer that fails: nothing can go wrong.
    if serde_json::to_writer(&mut line, record).is_ok() {
        line.push(b'\n');
    }
    line
}

/// Writes records as lines of JSON.
///
/// # Errors
/// When the output cannot be written.
pub fn write_records(inputs: &[Input], reading: &Options, out: &mut (dyn Write + Send)) -> Result<Tally> {
    let tally = extract_all(
        inputs,
        reading,
        |record| json_line(&record),
        |line: Vec<u8>| out.write_all(&line).context("the records could not be written"),
    )?;
    out.flush().context("the records could not be written")?;
    Ok(tally)
}

/// Items and what stands beside them, each with the place of its input.
type Batch = Vec<(Result<Item, Aside>, usize)>;

fn read(inputs: &[Input], items: &SyncSender<Batch>) {
    let cores = rayon::current_num_threads();
    let (mut batch, mut bytes) = (Vec::new(), 0);
    for (at, input) in inputs.iter().enumerate() {
        let mut listening = true;
        input.read(&mut |item| {
            bytes += item.as_ref().map_or(0, length);
            batch.push((item, at));
            if bytes >= BATCH_BYTES * cores || batch.len() >= BATCH_ITEMS * cores {
                bytes = 0;
                listening = items.send(std::mem::take(&mut batch)).is_ok();
            }
            listening
        });
        if !listening {
            return;
        }
    }
    // Nobody listens any more when the output has failed, and that error is the one that counts.
    let _ = items.send(batch);
}

fn length(item: &Item) -> usize {
    match item {
        Item::Page(page) => page.bytes.len(),
        Item::Entry(entry) => entry.content.iter().chain(&entry.summary).map(String::len).sum(),
        Item::Line { json, .. } => json.len(),
        Item::Text { bytes, .. } => bytes.len(),
    }
}

fn process<T: Send>(
    batches: Receiver<Batch>,
    results: &SyncSender<Vec<T>>,
    make: &(impl Fn(Item, usize) -> Result<Made<T>, Failure> + Sync),
    tally: &mut Tally,
    bar: &ProgressBar,
) {
    for batch in batches {
        let made: Vec<(usize, Result<Made<T>, Aside>)> = batch
            .into_par_iter()
            .map(|(item, input)| {
                let bytes = item.as_ref().map_or(0, length);
                (bytes, item.and_then(|item| make(item, input).map_err(Aside::Failure)))
            })
            .collect();
        let mut whole = Vec::with_capacity(made.len());
        for (bytes, made) in made {
            tally.bytes += bytes as u64;
            bar.inc(bytes as u64);
            match made {
                Ok(made) => whole.push(tally.count(made, bar)),
                Err(Aside::Failure(failure)) => note(failure, tally, bar),
                Err(Aside::Note(text)) => bar.suspend(|| say(&text)),
                Err(Aside::PassedOver { path, kind }) => {
                    tally.passed_over.entry(kind).or_insert_with(|| (0, path.display().to_string())).0 += 1;
                }
            }
        }
        if results.send(whole).is_err() {
            return;
        }
    }
}

impl Tally {
    /// Counts one record, and returns what is wanted of it.
    fn count<T>(&mut self, made: Made<T>, bar: &ProgressBar) -> T {
        self.report.done += 1;
        self.empty += u64::from(made.empty);
        if let Some(failure) = made.refused {
            note(failure, self, bar);
        }
        if let Some(example) = made.unread_date {
            self.unread_dates += 1;
            if self.unread_examples.len() < UNREAD_EXAMPLES {
                self.unread_examples.push(example);
            }
        }
        if let Some((id, place)) = made.given_id
            && !self.ids.insert(xxhash_rust::xxh3::xxh3_64(id.as_bytes()))
        {
            self.same_ids += 1;
            if self.same_id_examples.len() < UNREAD_EXAMPLES {
                self.same_id_examples.push((id, place));
            }
        }
        for (sum, count) in self.mentions.iter_mut().zip(made.mentions) {
            *sum += count;
        }
        made.result
    }
}

/// Makes the record of an item and what is wanted of it.
fn make<T>(item: Item, input: &Input, reading: &Options, map: &impl Fn(Record) -> T) -> Result<Made<T>, Failure> {
    let place = place(item.origin());
    let is_given = matches!(item, Item::Line { .. });
    let done = panics::contain(|| {
        let mut record = record(item, reading)?;
        let article = &mut record.article;
        // A saved page; that a fetched one is empty is known of the crawl.
        if article.origin.offset.is_none() && !is_given && article.title.is_none() && article.body.trim().is_empty() {
            let why = article.warnings.last().map(|warning| format!(" ({warning})")).unwrap_or_default();
            return Err(Failure { place: place.clone(), reason: format!("neither a title nor a text in it{why}") });
        }
        article.origin.path = input.inside(&article.origin.path);
        let given_id = is_given.then(|| (article.id.clone(), place.clone()));
        Ok(Made::of(record, &place, given_id, map))
    });
    done.unwrap_or_else(|reason| Err(Failure { place, reason: reason.to_string() }))
}

/// Prints a failure, unless too many were, and counts it.
fn note(failure: Failure, tally: &mut Tally, bar: &ProgressBar) {
    if tally.report.failed.len() < PRINTED_FAILURES {
        bar.suspend(|| complain(&failure.to_string()));
    }
    tally.report.failed.push(failure);
}

/// Holds what was made of one record, and what the record counts.
struct Made<T> {
    result: T,
    mentions: [u64; 3],
    empty: bool,
    /// Why the page was not parsed; its record is kept all the same.
    refused: Option<Failure>,
    /// Place and text of a publication date that is not understood.
    unread_date: Option<(String, String)>,
    /// Id and place of an article given as fields.
    given_id: Option<(String, String)>,
}

impl<T> Made<T> {
    fn of(record: Record, place: &str, given_id: Option<(String, String)>, map: &impl Fn(Record) -> T) -> Made<T> {
        let mut mentions = [0; 3];
        for mention in &record.mentions {
            mentions[match mention.fact {
                Fact::Citation(_) => 0,
                Fact::Percent(_) => 1,
                Fact::Date(_) => 2,
            }] += 1;
        }
        let empty = record.article.body.trim().is_empty();
        let refused = (record.article.body_state == BodyState::Refused).then(|| Failure {
            place: place.to_string(),
            reason: record.article.warnings.last().cloned().unwrap_or_default(),
        });
        let unread = record.article.seen(Warning::UnreadDate);
        let unread_date = unread.map(|text| (place.to_string(), text.to_string()));
        Made { result: map(record), mentions, empty, refused, unread_date, given_id }
    }
}

/// Makes the record of one item.
///
/// # Errors
/// Names the item and what is wrong with it.
pub fn record(item: Item, reading: &Options) -> Result<Record, Failure> {
    let article = match item {
        Item::Page(page) => parse::parse(&page),
        Item::Entry(entry) => parse::entry(&entry),
        Item::Line { json, origin } => {
            let place = place(&origin);
            parse::given(&json, origin, reading).map_err(|reason| Failure { place, reason })?
        }
        Item::Text { bytes, origin } => parse::plain(&String::from_utf8_lossy(&bytes), origin),
    };
    let mentions = extract::extract(&article);
    Ok(Record { schema_version: SCHEMA_VERSION, rules_version: extract::RULES_VERSION.to_string(), article, mentions })
}

/// Names an origin as people point at a line: `file:line`, or `file@offset` in a WARC.
fn place(origin: &baotinh::article::Origin) -> String {
    match (origin.line, origin.offset) {
        (Some(line), _) => format!("{}:{line}", origin.path),
        (_, Some(offset)) => format!("{}@{offset}", origin.path),
        _ => origin.path.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use baotinh::corpus::fields::Mapping;
    use std::path::PathBuf;

    #[test]
    fn an_article_that_the_program_fails_at_is_named_and_the_rest_is_done() {
        let folder = tempfile::tempdir().expect("a folder");
        let path: PathBuf = folder.path().join("tin.jsonl");
        std::fs::write(&path, "{\"body\": \"một\"}\n{\"body\": \"hai\"}\n{\"body\": \"ba\"}\n").expect("written");
        let mut written = Vec::new();
        let map = |record: Record| {
            assert_ne!(record.article.body, "hai", "a fault");
            record.article.body
        };
        let tally = extract_all(&[Input::Lines(path.clone(), Mapping::default())], &Options::default(), map, |body| {
            written.push(body);
            Ok(())
        });
        let report = tally.expect("done").report;
        assert_eq!(written, ["một", "ba"]);
        assert_eq!((report.done, report.failed.len()), (2, 1));
        assert_eq!(report.failed[0], Failure { place: format!("{}:2", path.display()), reason: panics::REASON.into() });
    }
}
