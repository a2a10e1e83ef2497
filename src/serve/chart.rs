//! Columns over time as SVG, drawn here: one for the page, which stretches with it, and one as a file that stands alone.
//!
//! Invariant: presentation attributes and classes only; the numbers of a chart stand in a table beside it.

use super::language::Language;
use super::request::Request;
use super::words;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Holds one period.
#[derive(Debug, Clone, PartialEq)]
pub struct Slot {
    /// Period, `2024` or `2024-04`.
    pub period: String,
    /// Height of its column.
    pub height: f64,
    /// Articles found.
    pub found: u64,
    /// All articles; 0 is a gap.
    pub all: u64,
    /// Address of the articles found.
    pub href: Option<String>,
}

/// Width of a column with the gap to the next.
const STEP: usize = 10;
/// Labels below a chart at most.
const LABELS: usize = 8;

/// Puts periods in order, those without an article between them too; `2022` and `2022-08` do not mix.
pub fn without_holes(slots: Vec<Slot>) -> Vec<Slot> {
    let mut known: BTreeMap<u32, Slot> = BTreeMap::new();
    for slot in slots {
        known.extend(ordinal(&slot.period).map(|at| (at, slot)));
    }
    let (Some(first), Some(last)) = (known.keys().next().copied(), known.keys().last().copied()) else {
        return Vec::new();
    };
    let by_month = known.values().any(|slot| slot.period.contains('-'));
    let gap = |at: u32| {
        let period = if by_month { format!("{:04}-{:02}", at / 12, at % 12 + 1) } else { format!("{at:04}") };
        Slot { period, height: 0.0, found: 0, all: 0, href: None }
    };
    (first..=last).map(|at| known.remove(&at).unwrap_or_else(|| gap(at))).collect()
}

/// Numbers a month or a year.
fn ordinal(period: &str) -> Option<u32> {
    match period.split_once('-') {
        Some((year, month)) => Some(year.parse::<u32>().ok()? * 12 + month.parse::<u32>().ok()?.checked_sub(1)?),
        None => period.parse().ok(),
    }
}

/// Draws columns with a strip of all articles below; `unit` writes a height.
pub fn columns(request: &Request, title: &str, slots: &[Slot], unit: &dyn Fn(f64) -> String) -> Markup {
    let highest = slots.iter().map(|slot| slot.height).fold(0.0, f64::max);
    let most = slots.iter().map(|slot| slot.all).max().unwrap_or(0).max(1) as f64;
    let width = slots.len() * STEP;
    let tall = |part: f64, whole: f64, full: f64| if part > 0.0 { (part / whole * full).max(1.0) } else { 0.0 };
    html! {
        svg.columns viewBox=(format!("0 0 {width} 100")) preserveAspectRatio="none" role="group" aria-label=(title) {
            @for (at, slot) in slots.iter().enumerate() {
                @let height = tall(slot.height, highest, 98.0);
                @let bar = html! {
                    rect.b1 x=(at * STEP + 1) y=(format!("{:.1}", 100.0 - height)) width=(STEP - 2)
                        height=(format!("{height:.1}")) { title { (said(request, slot)) } }
                };
                @match slot.href.as_ref().filter(|_| slot.found > 0) {
                    Some(href) => a href=(href) tabindex="-1" aria-label=(said(request, slot)) {
                        rect.hit x=(at * STEP) y="0" width=(STEP) height="100" {} (bar)
                    },
                    None => (bar),
                }
            }
        }
        svg.strip viewBox=(format!("0 0 {width} 20")) preserveAspectRatio="none" aria-hidden="true" {
            @for (at, slot) in slots.iter().enumerate() {
                @let height = tall(slot.all as f64, most, 20.0);
                rect.b0 x=(at * STEP + 1) y="0" width=(STEP - 2) height=(format!("{height:.1}")) {}
            }
        }
        div.axis aria-hidden="true" {
            @for (label, length) in labels(request.language, slots) { span class=(format!("g{length}")) { (label) } }
        }
        p.meta { (words::HIGHEST.with(request.language, &[("n", &unit(highest))])) " · " (request.text(words::ALL_BELOW)) }
    }
}

fn said(request: &Request, slot: &Slot) -> String {
    let (period, found) = (request.language.period(&slot.period), request.number(slot.found));
    let all = words::ARTICLES.of(request.language, slot.all);
    words::BAR.with(request.language, &[("period", &period), ("found", &found), ("all", &all)])
}

/// Returns the labels below the columns, each with the columns it stands below (at most 12).
fn labels(language: Language, slots: &[Slot]) -> Vec<(String, usize)> {
    let by_month = slots.first().is_some_and(|slot| slot.period.contains('-'));
    if by_month && slots.len() > LABELS {
        let mut labels: Vec<(String, usize)> = Vec::new();
        for slot in slots {
            let year = slot.period.get(..4).unwrap_or_default();
            match labels.last_mut() {
                Some((label, length)) if label == year => *length += 1,
                _ => labels.push((year.to_string(), 1)),
            }
        }
        return labels;
    }
    let step = slots.len().div_ceil(LABELS).clamp(1, 12);
    let label = |slots: &[Slot]| slots.first().map_or_else(String::new, |slot| language.period(&slot.period));
    slots.chunks(step).map(|slots| (label(slots), slots.len())).collect()
}

/// Makes the table with the numbers of a chart.
pub fn numbers(request: &Request, slots: &[Slot], value: Option<(&str, &dyn Fn(f64) -> String)>) -> Markup {
    let share = |slot: &Slot| request.language.decimal(slot.found as f64 / slot.all.max(1) as f64 * 100.0, 2) + " %";
    html! {
        details.numbers {
            summary { (request.text(words::TABLE)) }
            div.scroll role="region" tabindex="0" aria-label=(request.text(words::TABLE)) { table {
                thead { tr {
                    th scope="col" { (request.text(words::PERIOD)) }
                    th.r scope="col" { (request.text(words::FOUND)) }
                    th.r scope="col" { (request.text(words::ALL_ARTICLES)) }
                    th.r scope="col" { (request.text(words::SHARE)) }
                    @if let Some((name, _)) = value { th.r scope="col" { (name) } }
                } }
                tbody { @for slot in slots.iter().filter(|slot| slot.all > 0) { tr {
                    th scope="row" { (request.language.period(&slot.period)) }
                    td.r { @match slot.href.as_ref().filter(|_| slot.found > 0) {
                        Some(href) => a href=(href) { (request.number(slot.found)) },
                        None => (request.number(slot.found)),
                    } }
                    td.r { (request.number(slot.all)) }
                    td.r { (share(slot)) }
                    @if let Some((_, unit)) = value { td.r { (unit(slot.height)) } }
                } } }
            } }
        }
    }
}

/// Draws a picture that stands alone, with its title, its source and its scale.
pub fn picture(title: &str, source: &str, slots: &[Slot], unit: &dyn Fn(f64) -> String) -> String {
    let (width, height, left, base) = (900.0, 320.0, 70.0, 260.0);
    let highest = slots.iter().map(|slot| slot.height).fold(f64::MIN_POSITIVE, f64::max);
    let step = (width - left - 10.0) / slots.len().max(1) as f64;
    let at = |place: usize| left + place as f64 * step;
    let every = slots.len().div_ceil(12).max(1);
    let svg = html! {
        svg xmlns="http://www.w3.org/2000/svg" width=(width) height=(height) viewBox=(format!("0 0 {width} {height}"))
            font-family="sans-serif" font-size="13" fill="#1d1b18" {
            title { (title) }
            rect width=(width) height=(height) fill="#ffffff" {}
            text x="10" y="22" font-size="15" { (title) }
            text x="10" y=(height - 10.0) fill="#5f5a52" { (source) }
            text x=(left - 8.0) y="52" text-anchor="end" { (unit(highest)) }
            text x=(left - 8.0) y=(base) text-anchor="end" { "0" }
            path d=(format!("M{left} 40V{base}H{}", width - 10.0)) fill="none" stroke="#5f5a52" {}
            @for (place, slot) in slots.iter().enumerate() {
                @let tall = slot.height / highest * (base - 48.0);
                rect x=(format!("{:.1}", at(place) + step * 0.1)) y=(format!("{:.1}", base - tall))
                    width=(format!("{:.1}", step * 0.8)) height=(format!("{tall:.1}")) fill="#b9482f" {
                    title { (slot.period) ": " (slot.found) " / " (slot.all) }
                }
                @if place % every == 0 {
                    text x=(format!("{:.1}", at(place) + step * 0.1)) y=(base + 18.0) { (slot.period) }
                }
            }
        }
    };
    svg.into_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slot(period: &str, found: u64) -> Slot {
        Slot { period: period.into(), height: found as f64, found, all: 9, href: None }
    }

    #[test]
    fn a_month_without_articles_is_a_gap_between_its_neighbours() {
        let slots = without_holes(vec![slot("2024-02", 2), slot("2023-11", 1)]);
        let periods: Vec<_> = slots.iter().map(|slot| (slot.period.as_str(), slot.all)).collect();
        assert_eq!(periods, [("2023-11", 9), ("2023-12", 0), ("2024-01", 0), ("2024-02", 9)]);
        assert_eq!(without_holes(vec![slot("2013", 1), slot("2015", 1)]).len(), 3);
        assert!(without_holes(Vec::new()).is_empty());
    }

    #[test]
    fn labels_stand_below_all_columns() {
        let months = without_holes(vec![slot("2022-11", 1), slot("2024-02", 1)]);
        let under = labels(Language::English, &months);
        assert_eq!(under, [("2022".to_string(), 2), ("2023".to_string(), 12), ("2024".to_string(), 2)]);
        let years: Vec<_> = (2001..2024).map(|year| slot(&year.to_string(), 1)).collect();
        assert_eq!(labels(Language::English, &years).iter().map(|(_, length)| length).sum::<usize>(), 23);
    }

    #[test]
    fn text_in_a_picture_is_text() {
        let drawn = picture("<script>&\"", "x", &[slot("2024", 1)], &|height| height.to_string());
        assert!(drawn.contains("&lt;script&gt;&amp;") && !drawn.contains("<script>"), "{drawn}");
    }
}
