//! `baotinh score`: precision, recall and F1 of extracted mentions against gold.

use super::{Outcome, complain, stdout};
use anyhow::{Context, Result};
use baotinh::corpus::file::{self, Line};
use baotinh::score::{self, Scores};
use serde_json::{Value, json};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Arguments of `baotinh score`.
#[derive(clap::Args)]
pub struct Args {
    /// Gold: lines {"id", "body", "gold": [{"kind", "start", "end", "text", "value", …}]}; offsets in code points of body
    gold: PathBuf,
    /// Records as `extract` writes them, matched by id
    records: PathBuf,
    /// Print up to N misses, wrong values and false finds of each kind
    #[arg(long, value_name = "N", default_value_t = 0)]
    show: usize,
    /// Print the figures as JSON
    #[arg(long)]
    json: bool,
}

/// Runs `baotinh score`.
pub fn run(args: Args) -> Result<Outcome> {
    let gold = lines(&args.gold, "gold")?;
    let records = lines(&args.records, "mentions")?;
    let scores = score::score(&gold, &records);
    if scores.missing > 0 {
        complain(&format!(
            "no record for {} of {} gold articles; they count as empty",
            scores.missing, scores.articles
        ));
    }
    let mut out = stdout();
    if args.json {
        writeln!(out, "{}", as_json(&scores))?;
    } else {
        table(&scores, args.show, &mut out)?;
    }
    out.flush()?;
    Ok(Outcome::Done)
}

/// Reads lines of JSON that have an id and the field they are read for; of two with one id the last counts.
fn lines(path: &Path, field: &str) -> Result<Vec<Value>> {
    let mut found: Vec<Value> = Vec::new();
    let mut rows = std::collections::HashMap::new();
    let (mut reader, mut buffer) = (file::open(path)?, Vec::new());
    for number in 1.. {
        let place = || format!("{}:{number}", path.display());
        match file::next_line(&mut reader, &mut buffer).with_context(place)? {
            Line::End => break,
            // Scores of a part of the file would be of something else: this ends it.
            Line::TooLong(length) => anyhow::bail!("{}: {}", place(), Line::refusal(length)),
            Line::Whole if buffer.trim_ascii().is_empty() => continue,
            Line::Whole => {}
        }
        let value: Value = serde_json::from_slice(&buffer).with_context(|| format!("{}: not JSON", place()))?;
        anyhow::ensure!(
            value.get(field).is_some() && value.get("id").is_some(),
            "{}: no field {field:?} beside \"id\"",
            place()
        );
        match rows.get(&value["id"].to_string()) {
            Some(&row) => found[row] = value,
            None => {
                rows.insert(value["id"].to_string(), found.len());
                found.push(value);
            }
        }
    }
    Ok(found)
}

fn table(scores: &Scores, show: usize, out: &mut impl Write) -> Result<()> {
    writeln!(out, "{} articles; bodies that differ from gold: {}", scores.articles, scores.differing)?;
    writeln!(
        out,
        "{:10} {:>5} {:>5} | {:>8} {:>6} {:>6} | {:>8} {:>6} {:>6} | {:>13}",
        "kind", "gold", "pred", "found P", "R", "F1", "value P", "R", "F1", "span+value F1"
    )?;
    for (kind, counts) in &scores.kinds {
        let [found, right, exact] =
            [counts.found, counts.right, counts.exact].map(|hits| counts.rates(hits).map(|rate| rate * 100.0));
        writeln!(
            out,
            "{kind:10} {:5} {:5} | {:8.2} {:6.2} {:6.2} | {:8.2} {:6.2} {:6.2} | {:13.2}",
            counts.gold, counts.predicted, found[0], found[1], found[2], right[0], right[1], right[2], exact[2]
        )?;
    }
    writeln!(out, "fields (right / marked, on found mentions):")?;
    for (field, (right, marked)) in &scores.fields {
        writeln!(out, "  {field}: {right}/{marked} = {:.1}", 100.0 * *right as f64 / *marked as f64)?;
    }
    for (kind, _) in &scores.kinds {
        for what in ["missed", "wrong value", "false"] {
            for error in scores.errors.iter().filter(|error| error.kind == *kind && error.what == what).take(show) {
                writeln!(out, "{kind} {what}: {}", error.row)?;
            }
        }
    }
    Ok(())
}

fn as_json(scores: &Scores) -> Value {
    let mut figures = serde_json::Map::new();
    for (kind, counts) in &scores.kinds {
        let value = json!({
            "gold": counts.gold, "pred": counts.predicted, "found": counts.rates(counts.found), "value": counts.rates(counts.right),
            "exact_f1": counts.rates(counts.exact)[2],
        });
        figures.insert(kind.to_string(), value);
    }
    for (field, (right, marked)) in &scores.fields {
        figures.insert(field.clone(), json!([right, marked]));
    }
    Value::Object(figures)
}
