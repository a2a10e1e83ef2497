//! Tries a layout on a page: which selector yields which part, and which find nothing.
//!
//! A probe only looks; the article is made by the parser, which also weighs, cuts and falls back.

use super::layout::{Field, Layout};
use scraper::{ElementRef, Html};
use serde::Serialize;

/// Says what a layout finds of one part of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Probe {
    /// Part of the article.
    pub part: &'static str,
    /// The selector that yields it, as the row writes it; none of them: null.
    pub selector: Option<String>,
    /// Length of what it yields, in code points.
    pub length: usize,
    /// Selectors tried before it that yield nothing.
    pub missed: Vec<String>,
}

/// Tries each part that a layout knows on a page, in the order of [`parts`].
pub fn probe(layout: &Layout, page: &Html) -> Vec<Probe> {
    parts(layout).into_iter().map(|(part, fields)| look(part, &fields, page)).collect()
}

/// Lists the parts that a layout knows where to find, with where they stand.
pub fn parts(layout: &Layout) -> Vec<(&'static str, Vec<&Field>)> {
    let lists = [
        ("title", &layout.title),
        ("lead", &layout.lead),
        ("body", &layout.body),
        ("section", &layout.section),
        ("author", &layout.author),
        ("tags", &layout.tags),
    ];
    let dates = ("date", layout.date.iter().map(|date| &date.field).collect());
    let parts = lists.into_iter().map(|(part, fields)| (part, fields.iter().collect::<Vec<_>>())).chain([dates]);
    parts.filter(|(_, fields)| !fields.is_empty()).collect()
}

fn look(part: &'static str, fields: &[&Field], page: &Html) -> Probe {
    let mut missed = Vec::new();
    for field in fields {
        let length =
            page.select(&field.selector).map(|element| length(element, field.attribute.as_deref())).max().unwrap_or(0);
        if length > 0 {
            return Probe { part, selector: Some(field.written.clone()), length, missed };
        }
        missed.push(field.written.clone());
    }
    Probe { part, selector: None, length: 0, missed }
}

fn length(element: ElementRef<'_>, attribute: Option<&str>) -> usize {
    match attribute {
        Some(name) => element.attr(name).map_or(0, |value| value.trim().chars().count()),
        None => element
            .text()
            .collect::<String>()
            .split_whitespace()
            .map(|word| word.chars().count() + 1)
            .sum::<usize>()
            .saturating_sub(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::sites;

    #[test]
    fn a_probe_names_what_yields_and_what_does_not() {
        let paper = sites().named("baolaocai.vn").expect("in the table");
        let layout = sites().layouts_for(paper, None)[0];
        let found = probe(
            layout,
            &Html::parse_document("<h1 class='article__title'> Một  tin </h1><div class='article__body'>Lời</div>"),
        );
        let of = |part: &str| found.iter().find(|probe| probe.part == part).cloned().expect("probed");
        assert_eq!((of("title").selector.as_deref(), of("title").length), (Some("h1.article__title"), 7));
        assert_eq!((of("body").selector.as_deref(), of("body").missed.len()), (Some("div.article__body"), 2));
        assert_eq!((of("lead").selector, of("lead").missed), (None, vec![".article__sapo".to_string()]));
    }
}
