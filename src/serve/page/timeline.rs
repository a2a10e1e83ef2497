//! The articles of a query by month or year of publication, above the hits and as a picture.

use crate::search::Query;
use crate::search::facet::By;
use crate::search::narrow::narrow;
use crate::search::trend::{self, Period};
use crate::serve::chart::{self, Slot};
use crate::serve::problem::Problem;
use crate::serve::request::Request;
use crate::serve::words;
use maud::{Markup, html};

/// Months that are drawn as such; a longer time is drawn by year.
const MONTHS: usize = 48;

/// Holds the periods of a query.
pub struct Timeline {
    /// Periods in order.
    pub slots: Vec<Slot>,
    /// Articles found without a date.
    pub undated: u64,
    /// What a column is.
    period: Period,
}

/// Counts the articles of a query by month, or by year where that is a long time.
pub fn slots(request: &Request, query: &Query) -> Result<Timeline, Problem> {
    let months = counted(request, query, Period::Month)?;
    if months.slots.len() > MONTHS { counted(request, query, Period::Year) } else { Ok(months) }
}

fn counted(request: &Request, query: &Query, period: Period) -> Result<Timeline, Problem> {
    let points = trend::trend(&request.archive, query, period, false)?;
    let undated = points.get(&None).map_or(0, |point| point.articles);
    let by = if period == Period::Month { By::Month } else { By::Year };
    let slot = |(name, point): (Option<String>, trend::Point)| {
        let period = name?;
        let href = narrow(query, by, &period).map(|query| request.about("search", &query.to_string()));
        let (found, all) = (point.articles, point.all_articles);
        Some(Slot { period, height: found as f64, found, all, href })
    };
    let slots = points.into_iter().filter_map(slot).collect();
    Ok(Timeline { slots: chart::without_holes(slots), undated, period })
}

impl Timeline {
    /// Returns what its columns count.
    fn title(&self, request: &Request) -> &'static str {
        request.text(if self.period == Period::Month { words::PER_MONTH } else { words::PER_YEAR })
    }
}

/// Draws the timeline of a page; nothing when no article has a date.
pub fn figure(request: &Request, query: &Query, timeline: &Timeline) -> Markup {
    let number = |height: f64| request.number(height as u64);
    let by = if timeline.period == Period::Month { "month" } else { "" };
    let text = query.to_string();
    let mut pairs = vec![("q", text.as_str())];
    pairs.extend(request.asked.pairs().into_iter().filter(|(name, _)| *name == "expand"));
    if !by.is_empty() {
        pairs.push(("by", by));
    }
    html! {
        @if timeline.slots.iter().any(|slot| slot.found > 0) {
            figure {
                (chart::columns(request, timeline.title(request), &timeline.slots, &number))
                figcaption {
                    span { (timeline.title(request)) }
                    span {
                        a href=(request.page("trend", &pairs)) { (request.text(words::T_TREND)) } " · "
                        a href=(request.data("svg")) data-png="timeline.png" { "SVG" } " · "
                        a href=(request.file("trend", "csv", &pairs)) { "CSV" }
                    }
                }
                (chart::numbers(request, &timeline.slots, None))
            }
        }
    }
}

/// Makes the timeline as a file.
pub fn picture(request: &Request) -> Result<String, Problem> {
    let query = request.query()?;
    let timeline = slots(request, &query)?;
    let source = format!("{} {}", request.text(words::SNAPSHOT), request.snapshot.id());
    let title = format!("{}: {query}", timeline.title(request));
    Ok(chart::picture(&title, &source, &timeline.slots, &|height| request.number(height as u64)))
}
