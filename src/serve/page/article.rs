//! One article: its text with the hits of a query and all that was found in it, each explained, and where it came from.

use super::facts;
use crate::article::{Article, Record};
use crate::export::bibliography::{Style, references};
use crate::mention::{Fact, Mention, Part};
use crate::search::snippet;
use crate::search::{Query, query::Condition};
use crate::serve::gate::Cost;
use crate::serve::problem::Problem;
use crate::serve::request::Request;
use crate::serve::route::{Data, EXPAND, Q, Route, Shown};
use crate::serve::{html, words};
use maud::{Markup, html};
use std::ops::Range;

/// The route.
pub static ROUTE: Route = Route {
    name: "article",
    item: true,
    title: words::T_ARTICLE,
    about: words::A_ARTICLE,
    parameters: &[&Q, &EXPAND],
    cost: Cost::Page,
    shown: Shown::Inside,
    page,
    data: Data::Texts(
        &[
            ("json", "application/json"),
            ("bib", "application/x-bibtex"),
            ("ris", "application/x-research-info-systems"),
            ("csl", "application/vnd.citationstyles.csl+json"),
        ],
        text,
    ),
    picture: None,
};

fn record(request: &Request) -> Result<Record, Problem> {
    let id = request.item.as_deref().unwrap_or_default();
    let mut record =
        request.archive.find(id)?.ok_or_else(|| Problem::new(404, "no-article", words::ERROR_NO_ARTICLE))?;
    if !request.site.options.with_text {
        (record.article.lead, record.article.body) = (None, String::new());
    }
    Ok(record)
}

fn text(request: &Request, ending: &str) -> Result<String, Problem> {
    let record = record(request)?;
    let style = match ending {
        "bib" => Style::Bibtex,
        "ris" => Style::Ris,
        "csl" => Style::CslJson,
        _ => return Ok(serde_json::to_string(&record).map_err(anyhow::Error::from)?),
    };
    Ok(references(std::slice::from_ref(&record.article), style))
}

fn page(request: &Request) -> Result<Markup, Problem> {
    let (record, query) = (record(request)?, request.query()?);
    let asked = !request.asked.get("q").is_empty();
    let article = &record.article;
    let title = article.title.as_deref().unwrap_or(request.text(words::NO_TITLE));
    let main = html! {
        @if asked {
            p.meta { a href=(request.about("search", request.asked.get("q"))) { "← " (request.text(words::SEARCH_BACK)) } }
        }
        article.wide {
            div {
                p.meta { (about(request, article)) }
                h1 lang="vi" {
                    @if article.title.is_some() { (marked(request, &record, Part::Title, 0..title.chars().count(), &query)) }
                    @else { (title) }
                }
                div.text lang="vi" { (paragraphs(request, &record, &query)) }
                @if !record.mentions.is_empty() { p.meta { (request.text(words::LEGEND)) } }
            }
            aside.stack {
                @if !record.mentions.is_empty() { (panel(request, &record)) }
                (source(request, article))
            }
        }
    };
    Ok(html::page(request, title, asked.then_some(&query), main))
}

fn about(request: &Request, article: &Article) -> Markup {
    let paper = article.source.as_deref().or(article.site.as_deref());
    let texts = [paper, article.section.as_deref(), article.author.as_deref()];
    html! {
        (request.day(article.published_day()))
        @for text in texts.into_iter().flatten() { " · " span lang="vi" { (text) } }
        @if let Some(url) = &article.url { " · " (link(url, request.text(words::ORIGINAL))) }
    }
}

/// Links to an address of the web; another scheme is shown as text.
fn link(url: &str, text: &str) -> Markup {
    let is_web = ["http://", "https://"].iter().any(|scheme| url.to_ascii_lowercase().starts_with(scheme));
    html! {
        @if is_web { a href=(url) rel="noopener noreferrer external" { (text) " ↗" } } @else { code { (url) } }
    }
}

fn paragraphs(request: &Request, record: &Record, query: &Query) -> Markup {
    let article = &record.article;
    if !request.site.options.with_text {
        return html! { p.empty lang=(request.language.code()) { (request.text(words::PRIVATE_TEXT)) } };
    }
    let mut at = 0;
    let blocks: Vec<Range<usize>> = article
        .body
        .split('\n')
        .map(|block| {
            let start = at;
            at += block.chars().count() + 1;
            start..at - 1
        })
        .collect();
    let lead = article.part(Part::Lead).chars().count();
    html! {
        @if lead > 0 { p.lead { (marked(request, record, Part::Lead, 0..lead, query)) } }
        @if article.body.is_empty() { p.empty lang=(request.language.code()) { (request.text(words::NO_TEXT)) } }
        @for block in blocks.into_iter().filter(|block| !block.is_empty()) {
            p { (marked(request, record, Part::Body, block, query)) }
        }
    }
}

/// Makes a stretch of a part: hits of the query are marked, what was found leads to its explanation.
fn marked(request: &Request, record: &Record, part: Part, within: Range<usize>, query: &Query) -> Markup {
    let text = record.article.part(part);
    let asked = !request.asked.get("q").is_empty();
    let mut hits = if asked { snippet::marks(text, part, query) } else { Vec::new() };
    if asked {
        let cited = snippet::cited(record, query).into_iter().filter(|mention| mention.part == part);
        hits.extend(cited.map(|mention| mention.start..mention.end));
    }
    let mentions: Vec<&Mention> = record.mentions.iter().filter(|mention| mention.part == part).collect();
    let characters: Vec<char> = text.chars().collect();
    html! {
        @for stretch in stretches(&mentions, within) {
            @let pieces = html! { @for (piece, hit) in pieces(&hits, stretch.1.clone()) {
                @let text: String = characters.get(piece.clone()).unwrap_or_default().iter().collect();
                @match hit {
                    Some(true) => mark id=(format!("{}-{}", facts::part_name(part), piece.start)) { (text) },
                    Some(false) => mark { (text) },
                    None => (text),
                }
            } };
            @match stretch.0 {
                Some(mention) => {
                    @let anchor = facts::anchor(mention);
                    @let id = (stretch.1.start == mention.start).then_some(&anchor);
                    a class=(format!("m {}", facts::class(&mention.fact))) id=[id] href=(format!("#e-{anchor}")) { (pieces) }
                }
                None => (pieces),
            }
        }
    }
}

/// Cuts a text at the borders of mentions; where two overlap the shorter is shown.
fn stretches<'a>(mentions: &[&'a Mention], within: Range<usize>) -> Vec<(Option<&'a Mention>, Range<usize>)> {
    let inside = |at: &usize| within.contains(at);
    let mut borders: Vec<usize> =
        mentions.iter().flat_map(|mention| [mention.start, mention.end]).filter(inside).collect();
    borders.extend([within.start, within.end]);
    borders.sort_unstable();
    borders.dedup();
    let shown = |at: usize| {
        let around = mentions.iter().filter(|mention| (mention.start..mention.end).contains(&at));
        around.min_by_key(|mention| mention.end - mention.start).copied()
    };
    borders.windows(2).map(|pair| (shown(pair[0]), pair[0]..pair[1])).collect()
}

/// Cuts a stretch at the borders of hits; of each piece says whether it begins a hit, goes on with one, or is none.
fn pieces(hits: &[Range<usize>], within: Range<usize>) -> Vec<(Range<usize>, Option<bool>)> {
    let mut borders: Vec<usize> =
        hits.iter().flat_map(|hit| [hit.start, hit.end]).filter(|at| within.contains(at)).collect();
    borders.extend([within.start, within.end]);
    borders.sort_unstable();
    borders.dedup();
    let hit = |at: usize| hits.iter().find(|hit| hit.contains(&at)).map(|hit| hit.start == at);
    borders.windows(2).map(|pair| (pair[0]..pair[1], hit(pair[0]))).collect()
}

fn panel(request: &Request, record: &Record) -> Markup {
    let count = record.mentions.len() as u64;
    html! {
        section.panel {
            h2 { (words::FACTS.of(request.language, count)) }
            @for mention in &record.mentions { (facts::explained(request, mention, target(request, &mention.fact))) }
        }
    }
}

/// Returns the search for the articles that hold the same fact.
fn target(request: &Request, fact: &Fact) -> Option<(String, &'static str)> {
    let search = |text: String| {
        crate::search::parse(&text, true).ok().map(|query| request.page("search", &[("q", &query.to_string())]))
    };
    match fact {
        Fact::Citation(citation) => {
            let query = Query::Condition(Condition::cites(&citation.value)).to_string();
            Some((search(query)?, request.text(words::ARTICLES_CITING)))
        }
        Fact::Percent(percent) => {
            let indicator = percent.indicator.as_ref()?.replace('"', " ");
            Some((search(format!("indicator:\"{indicator}\""))?, request.text(words::ARTICLES_ABOUT)))
        }
        Fact::Date(_) => None,
    }
}

fn source(request: &Request, article: &Article) -> Markup {
    let language = request.language;
    let origin = &article.origin;
    let file = match (origin.offset, origin.line) {
        (Some(offset), _) => {
            words::AT_BYTE.with(language, &[("path", &origin.path), ("offset", &language.number(offset))])
        }
        (None, Some(line)) => {
            words::AT_LINE.with(language, &[("path", &origin.path), ("line", &language.number(line))])
        }
        (None, None) => origin.path.clone(),
    };
    let from = article.published_source.and_then(|source| serde_json::to_value(source).ok());
    let from = from.as_ref().and_then(|source| source.as_str());
    let days: std::collections::BTreeSet<_> = article.published_candidates.iter().map(|it| it.value.day()).collect();
    html! {
        section.panel {
            h2 { (request.text(words::SOURCE)) }
            dl {
                dt { (request.text(words::PUBLISHED)) }
                dd { (request.day(article.published_day()))
                    @if let Some(from) = from { ", " (words::PUBLISHED_FROM.with(language, &[("source", from)])) }
                    @if let Some(sure) = article.published_confidence {
                        @let sure = language.decimal(f64::from(sure) * 100.0, 0);
                        ", " (words::CONFIDENCE.with(language, &[("value", &sure)]))
                    }
                }
                @if let Some(province) = &article.province { dt { (request.text(words::PROVINCE)) } dd lang="vi" { (province) } }
                @if let Some(fetched) = article.fetched {
                    dt { (request.text(words::FETCHED)) } dd { (fetched.strftime("%F %R UTC").to_string()) }
                }
                @if !file.is_empty() { dt { (request.text(words::FILE)) } dd.num { (file) } }
                dt { (request.text(words::ARTICLE_ID)) } dd.num { (article.id) }
                dt { (request.text(words::REVISION)) } dd.num { (article.revision) }
            }
            @if days.len() > 1 {
                @let days: Vec<_> = days.into_iter().map(|day| language.day(day)).collect();
                p.doubt { (request.text(words::CONFLICT)) ": " (days.join("; ")) }
            }
            @if !article.warnings.is_empty() {
                details { summary { (request.text(words::WARNINGS)) }
                    ul lang="en" { @for warning in &article.warnings { li { (warning) } } } }
            }
            p.files {
                (request.text(words::CITE)) ": "
                @for (ending, name) in [("bib", "BibTeX"), ("ris", "RIS"), ("csl", "CSL-JSON"), ("json", "JSON")] {
                    a href=(request.data(ending)) { (name) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_at_hits_and_loses_nothing() {
        let hits = [2..4, 6..9];
        let cut = pieces(&hits, 3..10);
        assert_eq!(cut, [(3..4, Some(false)), (4..6, None), (6..9, Some(true)), (9..10, None)]);
    }

    #[test]
    fn of_two_mentions_the_shorter_is_shown() {
        let mention = |start, end| Mention {
            part: Part::Body,
            start,
            end,
            text: String::new(),
            rule: "x".into(),
            flags: Vec::new(),
            sentence_start: 0,
            sentence_end: 9,
            fact: Fact::Date(Default::default()),
        };
        let (long, short) = (mention(1, 8), mention(3, 5));
        let shown: Vec<_> = stretches(&[&long, &short], 0..9)
            .into_iter()
            .map(|(mention, range)| (mention.map(|it| it.start), range))
            .collect();
        assert_eq!(shown, [(None, 0..1), (Some(1), 1..3), (Some(3), 3..5), (Some(1), 5..8), (None, 8..9)]);
    }
}
