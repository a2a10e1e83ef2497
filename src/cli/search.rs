//! `baotinh search`: the articles that a query finds, best first.

use super::{Outcome, archive, complain, output, say, stdout};
use anyhow::{Context, Result, bail};
use baotinh::answer::Format;
use baotinh::corpus::file::{Line, next_line};
use baotinh::search::hits::{self, Order, Shown};
use baotinh::search::{self, Archive, snippet};
use baotinh::text::shown;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Arguments of `baotinh search`.
#[derive(clap::Args)]
pub struct Args {
    /// Query; `baotinh help-query` explains the language
    #[arg(required_unless_present = "batch")]
    query: Option<String>,
    #[command(flatten)]
    archive: archive::Args,
    /// Articles to show
    #[arg(short, value_name = "N", default_value_t = 10)]
    k: usize,
    /// Order: the best first, or the latest (such as have all the words and a date)
    #[arg(long, value_enum, default_value_t)]
    sort: Sort,
    /// Print JSON: one object; with --batch one a line
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    output: output::Args,
    /// Answer the queries of a JSONL file, lines {id, query}; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with = "query")]
    batch: Option<PathBuf>,
}

#[derive(Clone, Copy, Default, clap::ValueEnum)]
enum Sort {
    #[default]
    Score,
    Date,
}

impl From<Sort> for Order {
    fn from(sort: Sort) -> Order {
        match sort {
            Sort::Score => Order::Score,
            Sort::Date => Order::Date,
        }
    }
}

/// Runs `baotinh search`.
pub fn run(args: Args) -> Result<Outcome> {
    let archive = args.archive.open()?;
    if let Some(file) = &args.batch {
        return batch(&archive, file, &args);
    }
    let query = args.archive.query(args.query.as_deref().unwrap_or(""))?;
    let found = hits::hits(&archive, &query, args.sort.into(), args.k)?;
    let outcome = if found.total == 0 && found.hits.is_empty() { Outcome::NothingFound } else { Outcome::Done };
    if args.json {
        let mut sink = args.output.open()?;
        serde_json::to_writer(&mut sink, &found).map_err(io::Error::from)?;
        writeln!(sink)?;
        sink.finish()?;
    } else if args.output.format() == Some(Format::Text) {
        let colours = args.output.path().is_none() && io::stdout().is_terminal();
        let mut sink = args.output.open()?;
        for (at, hit) in found.hits.iter().enumerate() {
            print(&mut sink, at + 1, hit, colours)?;
        }
        sink.finish()?;
        say(&found.summary());
    } else {
        args.output.print(&found.answer())?;
    }
    Ok(outcome)
}

fn print(out: &mut impl Write, rank: usize, hit: &Shown, colours: bool) -> Result<()> {
    let (bold, plain) = if colours { ("\x1b[1m", "\x1b[0m") } else { ("", "") };
    writeln!(out, "{rank}. {bold}{}{plain}", shown(hit.title.as_deref().unwrap_or("(no title)")))?;
    let day = hit.day.map(|day| day.to_string());
    let about = [day.as_deref(), hit.source.as_deref(), hit.province.as_deref()];
    let about: Vec<_> = about.into_iter().flatten().chain([hit.id.as_str()]).collect();
    let lacking = if hit.complete { "" } else { " · has the words apart, or lacks some" };
    writeln!(out, "   {}{lacking}", shown(&about.join(" · ")))?;
    writeln!(out, "   {}\n", marked(&hit.snippet, colours))?;
    Ok(())
}

/// Returns a snippet on one line with what was sought in it marked: by colour on a terminal, else by brackets.
fn marked(snippet: &snippet::Snippet, colours: bool) -> String {
    let (on, off) = if colours { ("\x1b[1;33m", "\x1b[0m") } else { ("[", "]") };
    let mut line = String::with_capacity(snippet.text.len() + 32);
    // Words side by side are one mark: what stands between them is a blank.
    let mut marks: Vec<(usize, usize)> = Vec::new();
    for &(start, end) in &snippet.marks {
        match marks.last_mut() {
            Some(last) if start <= last.1 + 1 && snippet.text.chars().nth(last.1 - snippet.start) == Some(' ') => {
                last.1 = end.max(last.1)
            }
            _ => marks.push((start, end)),
        }
    }
    for (at, c) in snippet.text.chars().enumerate() {
        let at = at + snippet.start;
        if marks.iter().any(|mark| mark.0 == at) {
            line.push_str(on);
        }
        match c {
            '\n' => line.push(' '),
            c => line.push_str(&shown(c.encode_utf8(&mut [0; 4]))),
        }
        if marks.iter().any(|mark| mark.1 == at + 1) {
            line.push_str(off);
        }
    }
    line
}

/// One line of a batch of queries.
#[derive(Deserialize)]
struct Asked {
    id: String,
    query: String,
}

/// The answer to it.
#[derive(Serialize)]
struct Answered {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    warning: Option<String>,
    hits: Vec<Ranked>,
}

#[derive(Serialize)]
struct Ranked {
    id: String,
    score: f32,
}

/// Answers a file of queries; one that is not of the language is searched as words alone, and the answer says so.
fn batch(archive: &Archive, file: &Path, args: &Args) -> Result<Outcome> {
    if !args.json {
        bail!("--batch answers in JSON: give --json too");
    }
    let talking = file == Path::new("-");
    let mut lines: Box<dyn BufRead> = match talking {
        true => Box::new(io::stdin().lock()),
        false => Box::new(BufReader::new(File::open(file).with_context(|| file.display().to_string())?)),
    };
    let (mut out, mut failed, mut line) = (stdout(), false, Vec::new());
    for number in 1.. {
        let place = || format!("{}:{number}", file.display());
        match next_line(&mut lines, &mut line).with_context(place)? {
            Line::End => break,
            Line::TooLong(length) => {
                complain(&format!("{}: {}", place(), Line::refusal(length)));
                failed = true;
                continue;
            }
            Line::Whole if line.trim_ascii().is_empty() => continue,
            Line::Whole => {}
        }
        let asked: Asked = match serde_json::from_slice(&line) {
            Ok(asked) => asked,
            Err(error) => {
                complain(&format!("{}: not a line as {{\"id\": …, \"query\": …}}: {error}", place()));
                failed = true;
                continue;
            }
        };
        let (query, warning) = match search::parse(&asked.query, !args.archive.no_expand) {
            Ok(query) => (query, None),
            Err(error) => (
                search::parse_plain(&asked.query, !args.archive.no_expand),
                Some(format!("searched as words alone: {error}")),
            ),
        };
        let hits = archive.search(&query, args.k)?;
        let hits = hits
            .iter()
            .map(|hit| Ok(Ranked { id: archive.id(hit.address)?, score: hit.score }))
            .collect::<Result<_>>()?;
        serde_json::to_writer(&mut out, &Answered { id: asked.id, warning, hits }).map_err(io::Error::from)?;
        writeln!(out)?;
        // Who asks by a pipe may wait for the answer before the next question.
        if talking {
            out.flush()?;
        }
    }
    out.flush()?;
    Ok(if failed { Outcome::SomeFailed } else { Outcome::Done })
}
