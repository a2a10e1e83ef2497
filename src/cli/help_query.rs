//! `baotinh help-query`: the query language on one page.

use super::{Outcome, output};
use anyhow::Result;
use baotinh::answer::Format;
use baotinh::search::language;
use std::io::Write;

/// Arguments of `baotinh help-query`.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    output: output::Args,
}

/// Runs `baotinh help-query`.
pub fn run(args: Args) -> Result<Outcome> {
    if args.output.format() != Some(Format::Text) {
        return args.output.print(&language::answer());
    }
    let mut out = args.output.open()?;
    writeln!(out, "The query language. Tone placement does not matter (hòa, hoà), nor does NFC or NFD.\n")?;
    for example in language::LANGUAGE {
        row(&mut out, example.form, example.english)?;
    }
    writeln!(out, "\nFields, with a value directly behind the colon, in quotes when it has blanks:\n")?;
    for field in language::FIELDS {
        row(&mut out, field.example, field.english)?;
    }
    writeln!(
        out,
        "\nConditions on citations beside one another (cites, type, issuer) are of one citation, those on percentages\n\
         (pct, indicator) of one percentage: pct:>=70 indicator:\"hộ nghèo\".\n\n\
         Every query has a canonical text, shown with its results, that finds the same articles. Search ranks by score:\n\
         articles that have the words of a phrase apart, or lack some, come behind the others and are marked. Counts,\n\
         concordances and exports hold only articles that the query finds."
    )?;
    out.finish()?;
    Ok(Outcome::Done)
}

fn row(out: &mut impl Write, example: &str, meaning: &str) -> Result<()> {
    let blanks = 32usize.saturating_sub(example.chars().count()).max(2);
    writeln!(out, "  {example}{:blanks$}{meaning}", "")?;
    Ok(())
}
