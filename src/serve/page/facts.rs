//! What was found in an article: as chips under a hit, and explained one by one.

use crate::extract::explain;
use crate::mention::{Fact, Mention, Part, Sense, Unit};
use crate::serve::language::Language;
use crate::serve::request::Request;
use crate::serve::words;
use maud::{Markup, html};
use serde_json::Value;

/// Chips under a hit.
const CHIPS: usize = 6;

/// Returns the class of a kind of fact.
pub fn class(fact: &Fact) -> &'static str {
    match fact {
        Fact::Citation(_) => "c",
        Fact::Percent(_) => "p",
        Fact::Date(_) => "d",
    }
}

/// Makes the chips of what is mentioned: documents and percentages first, no value twice.
pub fn chips(request: &Request, id: &str, mentions: &[Mention]) -> Markup {
    let mut shown: Vec<&Mention> = Vec::new();
    let documents = mentions.iter().filter(|mention| matches!(mention.fact, Fact::Citation(_)));
    let percents = mentions.iter().filter(|mention| matches!(mention.fact, Fact::Percent(_)));
    for mention in documents.chain(percents) {
        let same = |other: &&Mention| value(request.language, &other.fact) == value(request.language, &mention.fact);
        if !shown.iter().any(same) {
            shown.push(mention);
        }
    }
    html! {
        @if !shown.is_empty() {
            ul.facts { @for mention in shown.iter().take(CHIPS) {
                li { a class=(format!("fact {}", class(&mention.fact)))
                    href=(format!("{}#{}", request.article(id), anchor(mention))) lang="vi" { (chip(request, mention)) } }
            } }
        }
    }
}

/// Returns the name of the place of a mention in a page.
pub fn anchor(mention: &Mention) -> String {
    format!("m-{}-{}", part_name(mention.part), mention.start)
}

/// Returns the name of a part.
pub fn part_name(part: Part) -> &'static str {
    match part {
        Part::Title => "title",
        Part::Lead => "lead",
        Part::Body => "body",
    }
}

/// Makes what is said of a mention in a chip.
pub fn chip(request: &Request, mention: &Mention) -> Markup {
    let indicator = match &mention.fact {
        Fact::Percent(percent) => percent.indicator.as_deref(),
        _ => None,
    };
    html! {
        b { (value(request.language, &mention.fact)) }
        @if let Some(indicator) = indicator { " " (indicator) }
    }
}

/// Writes a value as it is read: `0,34 %`, `−13,6 %`, `01/2022/NQ-HĐND`.
pub fn value(language: Language, fact: &Fact) -> String {
    let Fact::Percent(percent) = fact else {
        return match fact {
            Fact::Citation(citation) => citation.value.clone(),
            Fact::Date(date) => date.value.clone(),
            Fact::Percent(_) => String::new(),
        };
    };
    let sign = match percent.sense {
        Sense::Increase => "+",
        Sense::Decrease => "−",
        _ => "",
    };
    let unit = match (percent.unit, language) {
        (Unit::Percent, _) => "%",
        (Unit::PerMille, _) => "‰",
        (Unit::Points, Language::Vietnamese) => "điểm %",
        (Unit::Points, Language::English) => "pp",
    };
    let number = |number: f64| language.decimal(number, 4);
    match percent.value {
        Some(value) => format!("{sign}{}\u{202f}{unit}", number(value)),
        None => format!("{sign}{}–{}\u{202f}{unit}", number(percent.low), number(percent.high)),
    }
}

/// Explains a mention: its fields, its rule with an example, and where it stands.
pub fn explained(request: &Request, mention: &Mention, target: Option<(String, &'static str)>) -> Markup {
    let rule = explain::rule(&mention.rule);
    let flags: Vec<String> =
        mention.flags.iter().filter_map(|flag| name_of(serde_json::to_value(flag).ok()?)).collect();
    let anchor = anchor(mention);
    html! {
        details.explained id=(format!("e-{anchor}")) {
            summary { span class=(format!("fact {}", class(&mention.fact))) lang="vi" { (chip(request, mention)) } }
            dl {
                @for (name, value) in fields(&mention.fact) { dt { code { (name) } } dd lang="vi" { (value) } }
                dt { (request.text(words::RULE)) } dd { code { (mention.rule) } }
                @if let Some(rule) = rule {
                    dt { (request.text(words::EXAMPLE)) }
                    dd lang="vi" { "“" (rule.example.0) "” → " (rule.example.1.join("; ")) }
                }
                @if !flags.is_empty() { dt { (request.text(words::FLAGS)) } dd { code { (flags.join(", ")) } } }
                dt { (request.text(words::POSITION)) }
                dd { (part_words(request, mention.part)) " " span.num { (mention.start) "–" (mention.end) } }
            }
            p.meta {
                a href=(format!("#{anchor}")) { (request.text(words::BACK_TO_TEXT)) }
                @if let Some((href, text)) = target { " · " a href=(href) { (text) } }
            }
        }
    }
}

fn part_words(request: &Request, part: Part) -> &'static str {
    request.text(match part {
        Part::Title => words::PART_TITLE,
        Part::Lead => words::PART_LEAD,
        Part::Body => words::PART_BODY,
    })
}

/// Returns the known fields of a fact as JSON names them.
fn fields(fact: &Fact) -> Vec<(String, String)> {
    let Ok(Value::Object(fields)) = serde_json::to_value(fact) else { return Vec::new() };
    let known = fields
        .into_iter()
        .filter(|(name, value)| !value.is_null() && !name.ends_with("_start") && !name.ends_with("_end"));
    known.map(|(name, value)| (name, name_of(value.clone()).unwrap_or_else(|| value.to_string()))).collect()
}

fn name_of(value: Value) -> Option<String> {
    value.as_str().map(String::from)
}
