//! The same index on a Quickwit cluster: its configuration, made from the schema, and its documents, made from those of
//! the index.
//!
//! Quickwit knows only its own tokenizers. What they cannot do is done before: documents carry terms and pairs that
//! [`super::analysis`] made, and the tokenizers named here only part them; a query goes through the same ones.
//! Invariant: configuration and documents follow the schema, field by field; nothing is listed a second time.

use super::analysis;
use super::document::{self, Indexable};
use super::schema::Fields;
use super::tokenizer::{NAME, PAIRS, Pairs, TERMS, Terms};
use crate::article::Record;
use anyhow::{Result, bail};
use jiff::Timestamp;
use serde_json::{Map, Value as Json, json};
use tantivy::schema::{Field, FieldEntry, FieldType, IndexRecordOption, Schema, Value};
use tantivy::tokenizer::{TokenStream, Tokenizer};

/// Stands in a document where positions are left out, so that no phrase goes across.
const GAP: &str = "¶";
/// A term as [`super::analysis`] cuts it, or a gap.
const TERM: &str = r"¶|[0-9]+(?:[.,][0-9]+)*(?:%|[\p{Alphabetic}\p{M}\p{N}]*)|[\p{Alphabetic}\p{M}\p{N}]+";

/// Holds a tokenizer of the configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parting {
    /// Name in the configuration.
    pub name: &'static str,
    /// Pattern of a token.
    pub pattern: &'static str,
    /// Folds to ASCII after lower case.
    pub folds: bool,
}

/// The tokenizers of the configuration.
pub const PARTINGS: [Parting; 4] = [
    Parting { name: "baotinh_exact", pattern: TERM, folds: false },
    Parting { name: "baotinh_folded", pattern: TERM, folds: true },
    Parting { name: "baotinh_pairs", pattern: r"\S+", folds: true },
    Parting { name: "baotinh_name", pattern: r".+", folds: true },
];

/// Says which of [`PARTINGS`] stands for a tokenizer of the index; `None` for one that Quickwit has itself.
fn parting(field: &str, tokenizer: &str) -> Option<&'static str> {
    match tokenizer {
        TERMS if field.ends_with("_folded") => Some(PARTINGS[1].name),
        TERMS => Some(PARTINGS[0].name),
        PAIRS => Some(PARTINGS[2].name),
        NAME => Some(PARTINGS[3].name),
        _ => None,
    }
}

/// Writes the index configuration (YAML, version 0.8) for an index of a name.
pub fn config(name: &str) -> String {
    let (schema, _) = Fields::schema();
    let tokenizers = PARTINGS.map(|parting| {
        let filters: &[&str] = if parting.folds { &["lower_caser", "ascii_folding"] } else { &["lower_caser"] };
        format!(
            "    - {}\n",
            json!({ "name": parting.name, "type": "regex", "pattern": parting.pattern, "filters": filters })
        )
    });
    let fields: String = schema.fields().map(|(_, entry)| format!("    - {}\n", mapping(entry))).collect();
    format!(
        "# Made from the schema of `baotinh index`; an object on a line of its own is a field or tokenizer.\nversion: 0.8\nindex_id: {}\n\
         doc_mapping:\n  mode: strict\n  tokenizers:\n{}  field_mappings:\n{fields}search_settings:\n  default_search_fields: [text_exact, text_folded]\n",
        json!(name),
        tokenizers.concat()
    )
}

/// Describes a field as Quickwit does.
fn mapping(entry: &FieldEntry) -> Json {
    let name = entry.name();
    let typed = |kind: &str| if is_list(name) { format!("array<{kind}>") } else { kind.to_string() };
    let mut mapping =
        json!({ "name": name, "stored": entry.is_stored(), "indexed": entry.is_indexed(), "fast": entry.is_fast() });
    match entry.field_type() {
        FieldType::Str(options) => {
            mapping["type"] = json!(typed("text"));
            if options.is_fast() {
                mapping["fast"] = json!({ "normalizer": "raw" });
            }
            if let Some(indexing) = options.get_indexing_options() {
                let record = match indexing.index_option() {
                    IndexRecordOption::Basic => "basic",
                    IndexRecordOption::WithFreqs => "freq",
                    IndexRecordOption::WithFreqsAndPositions => "position",
                };
                mapping["tokenizer"] = json!(parting(name, indexing.tokenizer()).unwrap_or(indexing.tokenizer()));
                mapping["record"] = json!(record);
                mapping["fieldnorms"] = json!(indexing.fieldnorms());
            }
        }
        FieldType::Date(_) => {
            mapping["type"] = json!(typed("datetime"));
            mapping["input_formats"] = json!(["rfc3339"]);
            mapping["fast_precision"] = json!("seconds");
        }
        FieldType::F64(_) => mapping["type"] = json!(typed("f64")),
        FieldType::I64(_) => mapping["type"] = json!(typed("i64")),
        // A test fails on a field of another type, which is none of Quickwit's or not yet described here.
        other => mapping["type"] = json!(format!("{other:?}")),
    }
    mapping
}

/// Says whether a field holds a value a mention, not one an article.
fn is_list(name: &str) -> bool {
    name == "number" || ["cite_", "percent_", "date_"].iter().any(|start| name.starts_with(start))
}

/// Makes documents for Quickwit.
pub struct Documents {
    schema: Schema,
    fields: Fields,
}

impl Default for Documents {
    fn default() -> Documents {
        let (schema, fields) = Fields::schema();
        Documents { schema, fields }
    }
}

impl Documents {
    /// Makes the document of a record, from a shard of a name.
    ///
    /// # Errors
    /// When the record cannot be taken apart, or has two values in a field of one.
    pub fn document(&self, record: &Record, shard: &str) -> Result<Json> {
        let made = document::indexable(&self.fields, record.clone(), shard)?;
        let mut object = Map::new();
        for (field, entry) in self.schema.fields() {
            let mut values = self.values(&made, field, entry);
            match (is_list(entry.name()), values.len()) {
                (_, 0) => {}
                (true, _) => {
                    object.insert(entry.name().to_string(), values.into());
                }
                (false, 1) => {
                    object.insert(entry.name().to_string(), values.remove(0));
                }
                (false, count) => bail!("{}: {count} values of {}", record.article.id, entry.name()),
            }
        }
        Ok(object.into())
    }

    fn values(&self, made: &Indexable, field: Field, entry: &FieldEntry) -> Vec<Json> {
        let tokenizer = match entry.field_type() {
            FieldType::Str(options) => options.get_indexing_options().map_or("", |indexing| indexing.tokenizer()),
            _ => "",
        };
        if let Some(form) = made.form(&self.fields, field) {
            return vec![json!(if tokenizer == PAIRS { pairs(form) } else { spaced(form) })];
        }
        let value = |text: &str| match tokenizer {
            NAME => text.split_whitespace().collect::<Vec<_>>().join(" "),
            _ => text.to_string(),
        };
        let json = |found: tantivy::schema::document::CompactDocValue<'_>| {
            let day = || Timestamp::from_second(found.as_datetime()?.into_timestamp_secs()).ok();
            let text = found.as_str().map(|text| json!(value(text)));
            text.or_else(|| found.as_i64().map(|number| json!(number)))
                .or_else(|| found.as_f64().map(|number| json!(number)))
                .or_else(|| day().map(|day| json!(day.to_string())))
        };
        made.document.get_all(field).filter_map(json).collect()
    }
}

/// Writes analysed text as terms with blanks between. Where positions are left out stands a gap; terms that share a
/// position with the one before, as `0,34%` does with `0,34`, stand at the end, each behind a gap.
fn spaced(analysed: &str) -> String {
    let (mut tokenizer, mut text, mut beside, mut last) =
        (Terms::default(), String::with_capacity(analysed.len()), String::new(), 0);
    let mut stream = tokenizer.token_stream(analysed);
    while stream.advance() {
        let token = stream.token();
        match token.position - last {
            // A query is parted without punctuation marks; here they are where no phrase goes across.
            _ if !analysis::is_word(&token.text) => [" ", GAP].iter().for_each(|part| text.push_str(part)),
            0 => [" ", GAP, " ", &token.text].iter().for_each(|part| beside.push_str(part)),
            1 => [" ", &token.text].iter().for_each(|part| text.push_str(part)),
            _ => [" ", GAP, " ", &token.text].iter().for_each(|part| text.push_str(part)),
        }
        last = token.position;
    }
    text.push_str(&beside);
    text
}

/// Writes the pairs of analysed text, `nghi_quyet`, with blanks between.
fn pairs(analysed: &str) -> String {
    let (mut tokenizer, mut pairs) = (Pairs::default(), Vec::new());
    let mut stream = tokenizer.token_stream(analysed);
    while stream.advance() {
        pairs.push(stream.token().text.replace(' ', "_"));
    }
    pairs.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::analysis::analyse;
    use tantivy::tokenizer::{AsciiFoldingFilter, LowerCaser, RegexTokenizer, TextAnalyzer};

    /// Builds the tokenizer that Quickwit builds of a parting: of the same parts, which are tantivy's.
    fn analyser(parting: &Parting) -> TextAnalyzer {
        let lower = TextAnalyzer::builder(RegexTokenizer::new(parting.pattern).expect("a pattern")).filter(LowerCaser);
        if parting.folds { lower.filter(AsciiFoldingFilter).build() } else { lower.build() }
    }

    fn tokens(parting: &Parting, text: &str) -> Vec<String> {
        let (mut analyser, mut found) = (analyser(parting), Vec::new());
        analyser.token_stream(text).process(&mut |token| found.push(token.text.clone()));
        found
    }

    const TEXTS: &[&str] = &[
        "Nghị quyết số 01/2022/NQ-HĐND ngày 31/8/2022 của HĐND tỉnh; tỷ lệ hộ nghèo còn 0,34%, giảm 1.240,5 hộ.",
        "KT-XH phát triển 5G, thu 76,95 % kế hoạch (1.240đ); 3.5.2024, 12h30'.",
        "Thuỷ lợi ở xã Đồng Mây, Ỷ Tý\n\nĐường QL18A dài 5km",
    ];

    #[test]
    fn terms_are_parted_as_they_were_made() {
        for text in TEXTS {
            let analysed = analyse(text);
            for (parting, form) in PARTINGS.iter().zip([analysed.exact.as_str(), analysed.folded()]) {
                let mut found = tokens(parting, &spaced(form));
                found.retain(|token| token != GAP);
                let mut made: Vec<_> = analysis::terms(form)
                    .map(|(_, term)| term.to_string())
                    .filter(|term| analysis::is_word(term))
                    .collect();
                found.sort();
                made.sort();
                assert_eq!(found, made, "{text}");
            }
        }
    }

    #[test]
    fn a_query_is_parted_as_a_text_is() {
        for text in TEXTS {
            let made = analyse(text).folded().to_string();
            let ours: Vec<_> = analysis::terms(&made)
                .filter(|(mark, term)| *mark != analysis::SAME && analysis::is_word(term))
                .map(|(_, term)| term)
                .collect();
            let theirs: Vec<_> =
                tokens(&PARTINGS[1], text).iter().map(|token| token.trim_end_matches('%').to_string()).collect();
            assert_eq!(theirs, ours, "{text}");
        }
    }

    #[test]
    fn gaps_stand_where_no_phrase_goes_across() {
        assert_eq!(spaced(&analyse("Còn 0,34% hộ\n\nNăm 2022").exact), " còn 0,34 hộ ¶ năm 2022 ¶ 0,34%");
        assert_eq!(pairs(analyse("Còn 0,34% hộ nghèo.\nNăm tới").folded()), "ho_ngheo nam_toi");
    }

    #[test]
    fn the_configuration_describes_the_schema_field_by_field() {
        let config = config("baotinh");
        let objects: Vec<Json> = config
            .lines()
            .filter_map(|line| line.trim_start().strip_prefix("- "))
            .map(|object| serde_json::from_str(object).expect("an object"))
            .collect();
        let (tokenizers, mappings) = objects.split_at(PARTINGS.len());
        let (schema, _) = Fields::schema();
        assert_eq!(mappings.len(), schema.fields().count());
        for ((_, entry), mapping) in schema.fields().zip(mappings) {
            let bare = mapping["type"].as_str().expect("a type").trim_start_matches("array<").trim_end_matches('>');
            assert_eq!(mapping["name"], entry.name());
            assert_eq!(
                (mapping["stored"] == true, mapping["indexed"] == true),
                (entry.is_stored(), entry.is_indexed()),
                "{mapping}"
            );
            assert_eq!(mapping["fast"] != false, entry.is_fast(), "{mapping}");
            assert!(["text", "datetime", "f64", "i64"].contains(&bare), "{mapping}");
            if let (FieldType::Str(options), true) = (entry.field_type(), entry.is_indexed()) {
                let indexing = options.get_indexing_options().expect("indexed");
                assert_eq!(mapping["fieldnorms"], indexing.fieldnorms(), "{mapping}");
                assert_eq!(mapping["record"] == "position", indexing.index_option().has_positions(), "{mapping}");
                let known = mapping["tokenizer"] == "raw"
                    || tokenizers.iter().any(|tokenizer| tokenizer["name"] == mapping["tokenizer"]);
                assert!(known, "{mapping}");
            }
        }
        for field in ["text_exact", "text_folded", "title_exact"] {
            let mapping = mappings.iter().find(|mapping| mapping["name"] == field).expect("a field");
            assert_eq!((&mapping["record"], &mapping["fieldnorms"]), (&json!("position"), &json!(true)), "{mapping}");
        }
    }
}
