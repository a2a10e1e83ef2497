//! `baotinh extract --explain`: why each mention is there: the rule, its pattern, and the reading that was chosen.

use baotinh::article::Record;
use baotinh::extract::explain::{self, Choice, Tagged, rule};
use baotinh::mention::{Fact, Mention};
use baotinh::text::offset::slice;
use serde::Serialize;
use std::fmt::Write;

/// Returns the explanation of every mention of a record, a paragraph each.
pub fn explain(record: &Record) -> String {
    let mut text = String::new();
    let choices = explain::choices(&record.article);
    for mention in &record.mentions {
        let own = |choice: &&Choice| choice.part == mention.part && choice.start == mention.start;
        let own: Vec<&Choice> = choices.iter().filter(own).collect();
        // Writing to a string cannot fail.
        let _ = paragraph(&mut text, record, mention, &own);
    }
    text
}

/// Returns the choices of what each percentage of a record means, a JSON line each.
pub fn choices(record: &Record) -> String {
    let row = |choice| Row { article: &record.article.id, choice };
    let rows = explain::choices(&record.article).into_iter().map(row);
    // A row always has a text.
    rows.filter_map(|row| serde_json::to_string(&row).ok()).map(|row| row + "\n").collect()
}

/// Holds one line of [`choices`].
#[derive(Serialize)]
struct Row<'a> {
    article: &'a str,
    #[serde(flatten)]
    choice: Choice,
}

/// Candidates of a choice that are shown: those with the highest sums.
const SHOWN: usize = 4;

/// Writes what the readings of a percentage were chosen among: the best candidates, their sums and features.
fn readings(text: &mut String, choice: &Choice) -> std::fmt::Result {
    if !choice.tokens.is_empty() {
        let token = |token: &Tagged| format!("{}[{}]", token.text.trim(), token.tags.join(" "));
        writeln!(text, "  tokens   {}", choice.tokens.iter().map(token).collect::<Vec<_>>().join(" "))?;
    }
    let mut best: Vec<_> = choice.candidates.iter().collect();
    best.sort_by(|one, next| next.sum.total_cmp(&one.sum));
    writeln!(text, "  {:<9}{} candidates", choice.choice, best.len())?;
    for reading in best.iter().take(SHOWN) {
        let mark = if reading.taken { '*' } else { ' ' };
        let label = reading.label.as_deref().unwrap_or("(nothing)");
        writeln!(text, "    {mark} {:7.2} {label}", reading.sum)?;
        writeln!(text, "              {}", reading.features.join(" "))?;
    }
    Ok(())
}

fn paragraph(text: &mut String, record: &Record, mention: &Mention, choices: &[&Choice]) -> std::fmt::Result {
    let kind = match mention.fact {
        Fact::Citation(_) => "citation",
        Fact::Percent(_) => "percent",
        Fact::Date(_) => "date",
    };
    let line = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ");
    writeln!(text, "{}:{}-{} {kind} “{}”", record.article.id, mention.start, mention.end, line(&mention.text))?;
    writeln!(text, "  value    {}", mention.value())?;
    writeln!(text, "  rule     {}", mention.rule)?;
    if let Some(rule) = rule(&mention.rule) {
        let (example, values) = rule.example;
        writeln!(text, "  pattern  {}", rule.pattern)?;
        writeln!(text, "  example  “{}” is {}", line(example), values.join(", "))?;
    }
    writeln!(text, "  reading  {}", reading(mention))?;
    if let Some(sentence) = slice(record.article.part(mention.part), mention.sentence_start, mention.sentence_end) {
        writeln!(text, "  in       {}", line(sentence))?;
    }
    for choice in choices {
        readings(text, choice)?;
    }
    writeln!(text)
}

/// Writes the fields that were read as `name=value`, and the flags, that say what is not in the words of the mention.
fn reading(mention: &Mention) -> String {
    let fields = serde_json::to_value(&mention.fact).unwrap_or_default();
    let fields = fields.as_object().into_iter().flatten();
    let told = fields.filter(|(name, value)| !value.is_null() && !matches!(name.as_str(), "kind" | "value"));
    let mut words: Vec<String> = told
        .map(|(name, value)| {
            value.as_str().map_or_else(|| format!("{name}={value}"), |text| format!("{name}={text:?}"))
        })
        .collect();
    let flags = serde_json::to_value(&mention.flags).unwrap_or_default();
    words.extend(flags.as_array().into_iter().flatten().filter_map(|flag| Some(format!("+{}", flag.as_str()?))));
    words.join(" ")
}
