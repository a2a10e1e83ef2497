//! `baotinh sites check`: tries the layouts of one newspaper on saved pages or a crawl and says what they yield.
//!
//! A page at another newspaper's address is not counted; one without an address is taken for this newspaper's.

use super::Outcome;
use crate::cli::{complain, say, stdout};
use anyhow::{Result, bail};
use baotinh::article::{Article, BodyState, Page, Warning};
use baotinh::corpus::input::{Aside, Input, Item};
use baotinh::parse;
use baotinh::site::layout::Layout;
use baotinh::site::probe::{parts, probe};
use baotinh::site::{Site, sites};
use serde_json::json;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Args {
    /// Id or any domain of the newspaper
    name: String,
    /// Saved pages, folders of them, WARC files or a corpus
    #[arg(required = true)]
    inputs: Vec<PathBuf>,
    /// Print a JSON line for each layout and part, and one for the articles
    #[arg(long)]
    json: bool,
}

/// Counts on how many pages one part of one layout was found, and by which selector.
#[derive(Default)]
struct Part {
    found: usize,
    by: BTreeMap<String, usize>,
}

/// Counts what came of the pages.
#[derive(Default)]
struct Yield {
    pages: usize,
    elsewhere: usize,
    parts: BTreeMap<(usize, usize), Part>,
    no_title: usize,
    no_date: usize,
    states: BTreeMap<String, usize>,
    without_layout: usize,
    disagree: usize,
}

/// Runs `baotinh sites check`; exit status 1 when a layout's body was found on none of the pages.
pub fn run(args: &Args) -> Result<Outcome> {
    let Some(site) = sites().named(&args.name) else {
        bail!("no newspaper is called {:?}; `baotinh sites list` names all of them", args.name)
    };
    let layouts = sites().layouts_for(site, None);
    let (mut tally, mut failed) = (Yield::default(), false);
    for path in &args.inputs {
        let inputs = match Input::at(path) {
            Ok(inputs) => inputs,
            Err(error) => {
                complain(&format!("{error:#}"));
                failed = true;
                continue;
            }
        };
        for input in inputs {
            input.read(&mut |item| {
                match item {
                    Ok(Item::Page(page)) => tally.add(site, &layouts, &page),
                    Ok(_) => {}
                    Err(Aside::Failure(failure)) => {
                        complain(&failure.to_string());
                        failed = true;
                    }
                    Err(Aside::Note(_) | Aside::PassedOver { .. }) => {}
                }
                true
            });
        }
    }
    if tally.elsewhere > 0 {
        say(&format!(
            "{} pages are at the address of another newspaper, or of none, and were not counted",
            tally.elsewhere
        ));
    }
    if tally.pages == 0 {
        complain(&format!("no page of {} in what was given", site.name));
        return Ok(if failed { Outcome::SomeFailed } else { Outcome::NothingFound });
    }
    let mut out = stdout();
    tally.print(&layouts, args.json, &mut out)?;
    out.flush()?;
    let drifted = !layouts.is_empty() && tally.without_layout == tally.pages;
    Ok(match (failed, drifted) {
        (true, _) => Outcome::SomeFailed,
        (_, true) => Outcome::NothingFound,
        _ => Outcome::Done,
    })
}

impl Yield {
    fn add(&mut self, site: &Site, layouts: &[&Layout], page: &Page) {
        let article = parse::parse(page);
        let addressed = page.url.is_some() || article.canonical_url.is_some();
        if addressed && article.site.as_ref() != Some(&site.id) {
            self.elsewhere += 1;
            return;
        }
        self.pages += 1;
        let tree = parse::tree(page);
        let mut body = false;
        for (at, layout) in layouts.iter().enumerate() {
            for (nth, found) in probe(layout, &tree).into_iter().enumerate() {
                let part = self.parts.entry((at, nth)).or_default();
                if let Some(selector) = found.selector {
                    body |= found.part == "body";
                    part.found += 1;
                    *part.by.entry(selector).or_default() += 1;
                }
            }
        }
        self.without_layout += usize::from(!body);
        self.judge(&article);
    }

    fn judge(&mut self, article: &Article) {
        let is_article = article.body_state != BodyState::NotAnArticle;
        self.no_title += usize::from(is_article && article.title.is_none());
        self.no_date += usize::from(is_article && article.published.is_none());
        self.disagree += usize::from(article.has_warning(Warning::BodiesDisagree));
        let state = serde_json::to_value(article.body_state).ok().and_then(|state| state.as_str().map(str::to_string));
        *self.states.entry(state.unwrap_or_default()).or_default() += 1;
    }

    fn print(&self, layouts: &[&Layout], json: bool, out: &mut impl Write) -> Result<()> {
        for (at, layout) in layouts.iter().enumerate() {
            for (nth, name) in parts(layout).into_iter().map(|(name, _)| name).enumerate() {
                let Some(part) = self.parts.get(&(at, nth)) else { continue };
                if json {
                    writeln!(
                        out,
                        "{}",
                        json!({"layout": layout.name, "part": name, "pages": self.pages, "found": part.found, "by": part.by})
                    )?;
                    continue;
                }
                let by: Vec<_> = part.by.iter().map(|(selector, count)| format!("{selector} ({count})")).collect();
                let by = if by.is_empty() { "no selector of the row".to_string() } else { by.join(", ") };
                writeln!(out, "{:<24} {name:<8} {:>4}/{:<4} {by}", layout.name, part.found, self.pages)?;
            }
        }
        if json {
            let counts = json!({
                "pages": self.pages, "no_title": self.no_title, "no_date": self.no_date, "no_layout_body": self.without_layout,
                "bodies_disagree": self.disagree, "body_states": self.states,
            });
            writeln!(out, "{counts}")?;
            return Ok(());
        }
        let states: Vec<_> = self.states.iter().map(|(state, count)| format!("{count} {state}")).collect();
        writeln!(
            out,
            "{} pages: {}; {} without title, {} without date, {} where no layout finds the body, {} where layout and generic body disagree",
            self.pages,
            states.join(", "),
            self.no_title,
            self.no_date,
            self.without_layout,
            self.disagree
        )?;
        Ok(())
    }
}
