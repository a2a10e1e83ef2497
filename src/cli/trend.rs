//! `baotinh trend`: a query over time, with what the counts are a share of.

use super::facets::named;
use super::{Outcome, archive, chart, say, stdout, table};
use anyhow::{Result, bail};
use baotinh::search::trend::{self, Period, Point};
use serde_json::{Value, json};
use std::io::Write;

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
    /// Table, CSV, JSON, JSONL, or a chart for the terminal or as SVG
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
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
    Json,
    Jsonl,
    Chart,
    Svg,
}

/// Runs `baotinh trend`.
pub fn run(args: Args) -> Result<Outcome> {
    let (archive, query) = (args.archive.open()?, args.archive.query(&args.query)?);
    let period = match args.by {
        By::Month => Period::Month,
        By::Year => Period::Year,
    };
    let mut points: Vec<_> = trend::trend(&archive, &query, period, args.per_million)?.into_iter().collect();
    points.sort_by_key(|(name, _)| name.is_none());
    let found: u64 = points.iter().map(|(_, point)| point.articles).sum();
    let format = match args.format {
        Format::Text => table::Format::Text,
        Format::Csv => table::Format::Csv,
        Format::Json => table::Format::Json,
        Format::Jsonl => table::Format::Jsonl,
        Format::Chart | Format::Svg => {
            let title = format!(
                "{query}: {}",
                if args.per_million { "occurrences per million syllables" } else { "articles, per cent of all" }
            );
            let bars: Vec<_> = points
                .iter()
                .filter_map(|(name, point)| Some((name.clone()?, height(point, args.per_million), point.articles)))
                .collect();
            if bars.is_empty() {
                bail!("no article has a publication date: there is no time to draw");
            }
            let mut out = stdout();
            match args.format {
                Format::Svg => out.write_all(chart::svg(&title, &bars).as_bytes())?,
                _ => out.write_all(chart::chart(&title, &bars).as_bytes())?,
            }
            out.flush()?;
            return Ok(if found == 0 { Outcome::NothingFound } else { Outcome::Done });
        }
    };
    let mut columns = vec!["period", "articles", "all_articles", "per_cent"];
    if args.per_million {
        columns.extend(["occurrences", "syllables", "per_million"]);
    }
    let rows: Vec<Vec<Value>> = points
        .iter()
        .map(|(name, point)| {
            let mut row = vec![
                named(name.as_deref(), format),
                json!(point.articles),
                json!(point.all_articles),
                json!(rounded(height(point, false))),
            ];
            if args.per_million {
                row.extend([json!(point.occurrences), json!(point.syllables), json!(rounded(height(point, true)))]);
            }
            row
        })
        .collect();
    table::print(format, &columns, &rows)?;
    say(&format!("{found} of {} articles: {query}", archive.len()));
    Ok(if found == 0 { Outcome::NothingFound } else { Outcome::Done })
}

/// Returns the share that is drawn: of articles in per cent, or occurrences in a million syllables.
fn height(point: &Point, per_million: bool) -> f64 {
    let (part, whole, unit) = if per_million {
        (point.occurrences, point.syllables, 1e6)
    } else {
        (point.articles, point.all_articles, 100.0)
    };
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 * unit }
}

fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}
