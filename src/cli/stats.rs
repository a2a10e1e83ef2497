//! `baotinh stats`: what a set of records holds, counted.

use super::selection::{self, tell_failures};
use super::{Outcome, output};
use anyhow::Result;
use baotinh::answer::Format;
use baotinh::export::counts::{self, Count, Counts};
use std::collections::BTreeMap;
use std::io::Write;

/// Arguments of `baotinh stats`.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    selection: selection::Args,
    /// Print JSON
    #[arg(long, conflicts_with = "format")]
    json: bool,
    #[command(flatten)]
    output: output::Args,
}

/// Runs `baotinh stats`.
pub fn run(args: Args) -> Result<Outcome> {
    let (counts, report) = counts::count(&args.selection.files()?, &args.selection.selection()?)?;
    let failed = tell_failures(&report);
    if !args.json && args.output.format() != Some(Format::Text) {
        let outcome = args.output.print(&counts.answer())?;
        return Ok(if failed { Outcome::SomeFailed } else { outcome });
    }
    let mut out = args.output.open()?;
    if args.json {
        serde_json::to_writer_pretty(&mut out, &counts).map_err(std::io::Error::from)?;
        writeln!(out)?;
    } else {
        print(&mut out, &counts)?;
    }
    out.finish()?;
    Ok(match (failed, counts.total.articles) {
        (true, _) => Outcome::SomeFailed,
        (false, 0) => Outcome::NothingFound,
        (false, _) => Outcome::Done,
    })
}

fn print(out: &mut impl Write, counts: &Counts) -> Result<()> {
    let total = &counts.total;
    writeln!(
        out,
        "{} articles, {} of them with mentions; {} characters of body text",
        total.articles, total.with_mentions, total.characters
    )?;
    writeln!(
        out,
        "{} mentions: {} citations ({} article-document pairs), {} percentages, {} dates",
        total.mentions(),
        total.citations,
        total.documents,
        total.percents,
        total.dates
    )?;
    let versions: Vec<_> = counts.rules_versions.iter().map(String::as_str).collect();
    writeln!(out, "rules {}", versions.join(", "))?;
    if versions.len() > 1 {
        writeln!(
            out,
            "these records were made by {} versions of the rules; run `baotinh extract` again",
            versions.len()
        )?;
    }
    table(out, "year", &counts.by_year)?;
    table(out, "newspaper", &counts.by_site)
}

fn table(out: &mut impl Write, name: &str, rows: &BTreeMap<String, Count>) -> Result<()> {
    let width = rows.keys().map(|key| key.chars().count()).max().unwrap_or(0).max(name.len());
    writeln!(out, "\n{name:width$}  {:>10}  {:>10}  {:>11}  {:>10}", "articles", "citations", "percentages", "dates")?;
    for (key, count) in rows {
        writeln!(
            out,
            "{key:width$}  {:>10}  {:>10}  {:>11}  {:>10}",
            count.articles, count.citations, count.percents, count.dates
        )?;
    }
    Ok(())
}
