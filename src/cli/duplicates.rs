//! `baotinh duplicates`: clusters of articles that say the same, as a table.

use super::selection::{self, tell_failures};
use super::{Outcome, say};
use anyhow::{Result, ensure};
use baotinh::corpus::file::AtomicFile;
use baotinh::duplicates::{Finder, Member, Signature, THRESHOLD};
use baotinh::export::select;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Arguments of `baotinh duplicates`.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    selection: selection::Args,
    /// Share of common shingles (five syllables, folded) from which two articles are one text, above 0 and up to 1
    #[arg(long, value_name = "SHARE", default_value_t = THRESHOLD)]
    threshold: f64,
    /// Where the rows go, as CSV when FILE ends in .csv; without it JSON lines on standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Runs `baotinh duplicates`.
pub fn run(args: Args) -> Result<Outcome> {
    ensure!(args.threshold > 0.0 && args.threshold <= 1.0, "--threshold {} is not above 0 and up to 1", args.threshold);
    let mut finder = Finder::default();
    let report = select::each(&args.selection.files()?, &args.selection.selection()?, &mut |record| {
        finder.add(&record.article, Signature::of(&record.article));
        Ok(())
    })?;
    let failed = tell_failures(&report);
    let articles = finder.articles();
    let clusters = finder.clusters(args.threshold);
    let members = clusters.iter().flatten();
    match args.output.as_deref().filter(|path| *path != Path::new("-")) {
        Some(path) => {
            let csv = path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.contains(".csv"));
            let mut file = AtomicFile::create(path)?;
            if csv {
                write_csv(members, &mut file)?
            } else {
                write_lines(members, &mut file)?
            }
            file.finish()?;
        }
        None => write_lines(members, &mut super::stdout())?,
    }
    let copies: usize = clusters.iter().map(Vec::len).sum();
    say(&format!(
        "{articles} articles; {copies} of them in {} clusters, {} texts in all",
        clusters.len(),
        articles - copies + clusters.len()
    ));
    Ok(match (failed, clusters.is_empty()) {
        (true, _) => Outcome::SomeFailed,
        (false, true) => Outcome::NothingFound,
        (false, false) => Outcome::Done,
    })
}

fn write_lines<'a>(members: impl Iterator<Item = &'a Member>, out: &mut impl Write) -> Result<()> {
    for member in members {
        serde_json::to_writer(&mut *out, member).map_err(std::io::Error::from)?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}

fn write_csv<'a>(members: impl Iterator<Item = &'a Member>, out: &mut impl Write) -> Result<()> {
    let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    for member in members {
        out.serialize(member)?;
    }
    Ok(out.flush()?)
}
