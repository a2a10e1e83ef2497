//! `baotinh extract --explain`: why each mention is there: the rule, its pattern, and the reading that was chosen.

use baotinh::article::Record;
use baotinh::extract::explain::rule;
use baotinh::mention::{Fact, Mention};
use baotinh::text::offset::slice;
use std::fmt::Write;

/// Returns the explanation of every mention of a record, a paragraph each.
pub fn explain(record: &Record) -> String {
    let mut text = String::new();
    for mention in &record.mentions {
        // Writing to a string cannot fail.
        let _ = paragraph(&mut text, record, mention);
    }
    text
}

fn paragraph(text: &mut String, record: &Record, mention: &Mention) -> std::fmt::Result {
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
