//! `baotinh sites check URL-OR-FILE`: what is read of one page, part by part, and where on the page it stands.

use super::Outcome;
use super::check::Args;
use crate::cli::crawl::stop_on_signal;
use crate::cli::{complain, stdout};
use anyhow::{Context, Result};
use baotinh::article::{Article, Page};
use baotinh::corpus::Corpus;
use baotinh::corpus::input::{Aside, Input, Item};
use baotinh::crawl::status::addresses;
use baotinh::crawl::{Bounds, Plan, crawl};
use baotinh::parse::{PartPlaces, places};
use baotinh::text::shown::{shown, shown_json};
use serde_json::json;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;
use url::Url;

/// Longest value that is printed for reading, in characters.
const LONGEST: usize = 160;

/// Looks at saved pages.
pub fn files(paths: &[PathBuf], json: bool) -> Result<Outcome> {
    let (mut pages, mut failed) = (0, false);
    let mut out = stdout();
    for path in paths {
        let (seen, whole) = at(path, json, &mut out)?;
        pages += seen;
        failed |= !whole;
    }
    out.flush()?;
    Ok(match (failed, pages) {
        (true, _) => Outcome::SomeFailed,
        (_, 0) => Outcome::NothingFound,
        _ => Outcome::Done,
    })
}

/// Fetches a page as a crawl does, with regard to robots.txt, and looks at it.
pub fn address(url: Url, args: &Args) -> Result<Outcome> {
    let folder = tempfile::tempdir().context("no folder for what is fetched")?;
    let plan = Plan {
        sites: Vec::new(),
        starts: vec![url.clone()],
        corpus: Corpus::at(folder.path()),
        max_pages: Some(1),
        since: None,
        until: None,
        delay: Duration::from_secs(1),
        timeout: Duration::from_secs(30),
        contact: None,
        allow_private: args.allow_private_hosts,
        refetch: false,
        retry_now: false,
        bounds: Bounds::default(),
        largest_warc: 1_000_000_000,
    };
    crawl(&plan, stop_on_signal()?, &mut |_| {})?;
    let mut out = stdout();
    let (pages, _) = at(folder.path(), args.json, &mut out)?;
    out.flush()?;
    if pages > 0 {
        return Ok(Outcome::Done);
    }
    addresses(&plan.corpus, |row| {
        if row.kind == "start" {
            complain(&format!("{}: {} ({})", row.url, row.state, row.reason.as_deref().unwrap_or("no reason")));
        }
        Ok(())
    })?;
    Ok(Outcome::NothingFound)
}

/// Looks at the pages of a file, a folder or a corpus; answers how many there are, and whether all could be read.
fn at(path: &Path, json: bool, out: &mut impl Write) -> Result<(usize, bool)> {
    let (mut pages, mut whole, mut written) = (0, true, Ok(()));
    for input in Input::at(path)? {
        input.read(&mut |item| {
            match item {
                Ok(Item::Page(page)) => {
                    pages += 1;
                    written = print(&page, json, out);
                }
                Ok(_) => {}
                Err(Aside::Failure(failure)) => {
                    complain(&failure.to_string());
                    whole = false;
                }
                Err(Aside::Note(_) | Aside::PassedOver { .. }) => {}
            }
            written.is_ok()
        });
    }
    written.map(|()| (pages, whole))
}

fn print(page: &Page, json: bool, out: &mut impl Write) -> Result<()> {
    let (article, parts) = places(page);
    let address = article.url.as_deref().or(article.canonical_url.as_deref()).unwrap_or(&article.origin.path);
    if json {
        let line = json!({
            "page": address, "site": article.site, "site_number": article.site_number, "body_state": article.body_state,
            "page_kind": article.page_kind, "parts": parts, "warnings": article.warnings,
        });
        writeln!(out, "{}", shown_json(&line.to_string()))?;
        return Ok(());
    }
    writeln!(out, "{}", shown(address))?;
    for part in &parts {
        print_part(part, out)?;
    }
    print_rest(&article, out)
}

fn print_part(part: &PartPlaces, out: &mut impl Write) -> Result<()> {
    let value = part.value.as_deref().map_or("-".to_string(), |value| {
        let lines = value.lines().count();
        let short: String = value.lines().next().unwrap_or_default().chars().take(LONGEST).collect();
        let more = if lines > 1 {
            format!(" … ({lines} paragraphs, {} characters)", value.chars().count())
        } else {
            String::new()
        };
        format!("{short}{more}")
    });
    writeln!(out, "  {:<10} {}", part.part, shown(&value))?;
    for place in &part.places {
        writeln!(out, "  {:<10}   in {}", "", shown(place))?;
    }
    for selector in &part.missed {
        writeln!(out, "  {:<10}   not in layout {}", "", shown(selector))?;
    }
    Ok(())
}

fn print_rest(article: &Article, out: &mut impl Write) -> Result<()> {
    let paper = article.site.as_deref().unwrap_or("no newspaper of the table");
    let number = article.site_number.as_deref().map(|number| format!(", number {number}")).unwrap_or_default();
    writeln!(out, "  {:<10} {}{}", "site", shown(paper), shown(&number))?;
    let kind = serde_json::to_value(article.page_kind)?;
    let state = serde_json::to_value(article.body_state)?;
    let words = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_string();
    writeln!(out, "  {:<10} {}, body {}", "page", words(&kind), words(&state))?;
    for warning in &article.warnings {
        writeln!(out, "  {:<10} {}", "warning", shown(warning))?;
    }
    Ok(())
}
