//! `baotinh trend`: a query over time, with what the counts are a share of.

use super::{Outcome, archive, chart, output};
use anyhow::{Result, bail};
use baotinh::search::trend::{self, Period, Point};
use baotinh::search::{Archive, Query};
use std::io::Write;
use std::path::PathBuf;

/// Arguments of `baotinh trend`.
#[derive(clap::Args)]
pub struct Args {
    /// Query
    query: String,
    /// Periods
    #[arg(long, value_enum, default_value_t = By::Year)]
    by: By,
    /// Count occurrences too, and how many they are in a million syllables
    #[arg(long)]
    per_million: bool,
    #[command(flatten)]
    archive: archive::Args,
    /// Rows as everywhere, or a chart for the terminal or as SVG; without it by the name of FILE, else text
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// File for the rows or the chart; without it standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum By {
    Month,
    Year,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Csv,
    Tsv,
    Json,
    Jsonl,
    /// A workbook of Excel
    Xlsx,
    Chart,
    Svg,
}

impl Args {
    /// Says whether a picture is wanted, by the format or by the name of the file.
    fn draws_svg(&self) -> bool {
        let named = || self.output.as_deref().and_then(output::ending).is_some_and(|ending| ending == "svg");
        matches!(self.format, Some(Format::Svg)) || self.format.is_none() && named()
    }
}

/// Runs `baotinh trend`.
pub fn run(args: Args) -> Result<Outcome> {
    let (archive, query) = (args.archive.open()?, args.archive.query(&args.query)?);
    let period = match args.by {
        By::Month => Period::Month,
        By::Year => Period::Year,
    };
    if args.draws_svg() || matches!(args.format, Some(Format::Chart)) {
        return draw(&archive, &query, period, &args);
    }
    let answer = trend::answer(&archive, &query, period, args.per_million)?;
    let format = args.format.and_then(rows);
    let outcome = output::Args { format, output: args.output, neutralise_formulas: false }.print(&answer)?;
    Ok(if answer.total.found == 0 { Outcome::NothingFound } else { outcome })
}

/// Returns the format of rows that a format is, if it is one.
fn rows(format: Format) -> Option<output::Format> {
    Some(match format {
        Format::Text => output::Format::Text,
        Format::Csv => output::Format::Csv,
        Format::Tsv => output::Format::Tsv,
        Format::Json => output::Format::Json,
        Format::Jsonl => output::Format::Jsonl,
        Format::Xlsx => output::Format::Xlsx,
        Format::Chart | Format::Svg => return None,
    })
}

/// Draws the dated periods.
fn draw(archive: &Archive, query: &Query, period: Period, args: &Args) -> Result<Outcome> {
    let points = trend::trend(archive, query, period, args.per_million)?;
    let title = format!(
        "{query}: {}",
        if args.per_million { "occurrences per million syllables" } else { "articles, per cent of all" }
    );
    let height = |point: &Point| if args.per_million { point.per_million() } else { point.per_cent() };
    let bars: Vec<_> =
        points.iter().filter_map(|(name, point)| Some((name.clone()?, height(point), point.articles))).collect();
    if bars.is_empty() {
        bail!("no article has a publication date: there is nothing to plot");
    }
    let svg = args.draws_svg();
    let picture = if svg { chart::svg(&title, &bars) } else { chart::chart(&title, &bars) };
    // A chart is text of its own kind: the name says nothing of rows.
    let format = Some(output::Format::Text);
    let mut sink = output::Args { format, output: args.output.clone(), neutralise_formulas: false }.open()?;
    sink.write_all(picture.as_bytes())?;
    sink.finish()?;
    let found: u64 = points.values().map(|point| point.articles).sum();
    Ok(if found == 0 { Outcome::NothingFound } else { Outcome::Done })
}
