//! `baotinh document`: the page of one document.

use super::output::{self, summarise};
use super::{Outcome, archive};
use anyhow::Result;
use baotinh::answer::Format;
use baotinh::facts::works::Work;
use baotinh::search::page::{self, Page};
use std::io::{self, Write};

/// Spellings, days and newspapers shown of a document.
const SHOWN: usize = 8;

/// Arguments of `baotinh document`.
#[derive(clap::Args)]
pub struct Args {
    /// Number, name or id of the document, in any spelling: 168/2024/NĐ-CP, `nghi quyet 57`, `Luật Đất đai 2024`
    document: String,
    /// Citations to show; 0 shows all
    #[arg(short, value_name = "N", default_value_t = 20)]
    k: usize,
    #[command(flatten)]
    archive: archive::Args,
    #[command(flatten)]
    output: output::Args,
}

/// Runs `baotinh document`.
pub fn run(args: Args) -> Result<Outcome> {
    let mut page = page::page(&args.archive.open()?, &args.document)?;
    page.citations = page.citations.first(args.k);
    let Some(work) = page.document.as_ref() else { return args.output.print(&page.citations) };
    let format = match args.output.format() {
        Some(format @ (Format::Text | Format::Json)) => format,
        _ => return args.output.print(&page.citations),
    };
    let mut sink = args.output.open()?;
    if format == Format::Json {
        serde_json::to_writer(&mut sink, &page).map_err(io::Error::from)?;
        writeln!(sink)?;
    } else {
        head(&mut sink, work, &page)?;
        page.citations.write(&mut sink, Format::Text)?;
    }
    sink.finish()?;
    summarise(&page.citations);
    Ok(Outcome::Done)
}

/// Writes what is known of a document, a line for each thing.
fn head(out: &mut impl Write, work: &Work, page: &Page) -> Result<()> {
    let counted = |all: &[(String, u64)]| {
        let mut shown: Vec<_> = all.iter().take(SHOWN).map(|(text, count)| format!("{text} ({count})")).collect();
        if all.len() > SHOWN {
            shown.push(format!("{} more", all.len() - SHOWN));
        }
        shown.join(", ")
    };
    let mut line = |name: &str, text: String| -> Result<()> {
        if !text.is_empty() {
            writeln!(out, "{name:<15}{}", text.replace('\n', " "))?;
        }
        Ok(())
    };
    line("document", work.value.clone())?;
    line("id", work.id.clone().unwrap_or_else(|| "none: these words say no single document".to_string()))?;
    line("title", work.title.clone().unwrap_or_default())?;
    let issued = work.issued.as_ref().map(|day| format!("{day}, in {} articles", work.issued_support));
    line("issued", issued.unwrap_or_default())?;
    line("or issued", counted(&work.issued_other))?;
    line("place", work.place.clone().unwrap_or_default())?;
    line("spellings", counted(&work.spellings))?;
    line("other names", work.aliases.iter().map(|(alias, _)| alias.as_str()).collect::<Vec<_>>().join(", "))?;
    let days = work.first.zip(work.last).map_or(String::new(), |(first, last)| format!(", {first} to {last}"));
    line("cited", format!("{} times in {} articles{days}", work.citations, work.articles))?;
    line("papers", work.sources.iter().cloned().collect::<Vec<_>>().join(", "))?;
    for related in &page.relations {
        let part = if related.scope == "part" { " in part" } else { "" };
        line(related.relation, format!("{}{part}, told by {} articles", related.value, related.articles))?;
    }
    let with: Vec<_> = page.cited_with.iter().map(|(value, _, articles)| (value.clone(), *articles)).collect();
    line("cited with", counted(&with))?;
    line("doubts", work.doubts.iter().map(|doubt| doubt.name()).collect::<Vec<_>>().join(", "))?;
    Ok(writeln!(out)?)
}
