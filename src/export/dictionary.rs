//! The shape of what is written, as a promise: JSON Schema of a record, and the dictionary of the tables in two languages.
//!
//! Both are printed from the types and columns themselves, so neither can lag behind; a test holds the shape of each
//! schema version.

use super::rows::{Column, Table};
use crate::article::{Record, SCHEMA_VERSION};
use serde_json::{Value, json};

/// Names the languages of the dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// Vietnamese.
    Vietnamese,
}

/// Returns the JSON Schema (2020-12) of one record, with the schema version it is of.
pub fn json_schema() -> Value {
    let mut schema = schemars::schema_for!(Record).to_value();
    schema["title"] = json!(format!("baotinh record, schema version {SCHEMA_VERSION}"));
    schema["properties"]["schema_version"]["const"] = json!(SCHEMA_VERSION);
    schema
}

/// Returns the names and types of all that is written, without a word of description: what a schema version fixes.
pub fn shape() -> Value {
    let mut record = json_schema();
    strip(&mut record);
    let columns = |table: Table| {
        table.columns().iter().map(|column| format!("{}: {}", column.name, column.kind.name())).collect::<Vec<_>>()
    };
    let tables: serde_json::Map<_, _> =
        Table::ALL.iter().map(|&table| (table.name().to_string(), json!(columns(table)))).collect();
    json!({ "schema_version": SCHEMA_VERSION, "tables": tables, "record": record })
}

/// Removes titles and descriptions, which may be worded better at any time.
fn strip(value: &mut Value) {
    match value {
        Value::Object(object) => {
            // A field may be called `title` or `description`: its schema is an object, an annotation is a string.
            object.retain(|key, value| !(matches!(key.as_str(), "title" | "description") && value.is_string()));
            object.values_mut().for_each(strip);
        }
        Value::Array(values) => values.iter_mut().for_each(strip),
        _ => {}
    }
}

/// Writes the data dictionary of the tables as Markdown.
pub fn dictionary(language: Language) -> String {
    let english = language == Language::English;
    let mut text = if english {
        format!(
            "# Data dictionary\n\nbaotinh {}, schema version {SCHEMA_VERSION}. Offsets count Unicode code points from 0, half-open, as Python, R and DuckDB count.\n\
            An empty field of CSV, or null, is unknown. Days are Vietnamese days (+07:00). A list stands in CSV as texts joined by `|` (`\\|` and `\\\\` are those characters themselves).\n",
            env!("CARGO_PKG_VERSION")
        )
    } else {
        format!(
            "# Từ điển dữ liệu\n\nbaotinh {}, phiên bản cấu trúc {SCHEMA_VERSION}. Vị trí đếm theo điểm mã Unicode từ 0, không gồm đầu cuối, như Python, R và DuckDB.\n\
            Ô trống trong CSV, hoặc null, là không biết. Ngày tính theo giờ Việt Nam (+07:00). Danh sách trong CSV là các chuỗi nối bằng `|` (chính hai ký tự đó viết là `\\|` và `\\\\`).\n",
            env!("CARGO_PKG_VERSION")
        )
    };
    for table in Table::ALL {
        let (name, kind, meaning) =
            if english { ("column", "type", "meaning") } else { ("cột", "kiểu", "ý nghĩa") };
        text += &format!(
            "\n## {}\n\n{}\n\n| {name} | {kind} | {meaning} |\n|---|---|---|\n",
            table.name(),
            purpose(table, language)
        );
        for column in table.columns() {
            let meaning = if english { column.english } else { column.vietnamese };
            text += &format!("| `{}` | {} | {} |\n", column.name, column.kind.name(), meaning.replace('|', "\\|"));
        }
    }
    text
}

/// Returns the dictionary for programs: of each table its columns in order, with name, type and both meanings.
pub fn tables() -> Value {
    let column = |column: &&Column| json!({ "name": column.name, "type": column.kind.name(), "en": column.english, "vi": column.vietnamese });
    let columns = |table: Table| table.columns().iter().map(column).collect::<Vec<_>>();
    Table::ALL
        .iter()
        .map(|&table| (table.name().to_string(), json!(columns(table))))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

/// Returns the schema and both dictionaries, each with the name of its file.
pub fn files() -> [(&'static str, String); 3] {
    [
        ("record.schema.json", format!("{:#}\n", json_schema())),
        ("dictionary.en.md", dictionary(Language::English)),
        ("dictionary.vi.md", dictionary(Language::Vietnamese)),
    ]
}

fn purpose(table: Table, language: Language) -> &'static str {
    match (table, language) {
        (Table::Articles, Language::English) => "One row an article.",
        (Table::Articles, Language::Vietnamese) => "Mỗi bài viết một dòng.",
        (Table::Mentions, Language::English) => "One row a mention, with the keys of its article.",
        (Table::Mentions, Language::Vietnamese) => {
            "Mỗi lần nêu (văn bản, tỷ lệ, thời gian) một dòng, kèm khóa của bài."
        }
        (Table::Citations, Language::English) => {
            "One row an article and document cited in it: the edges of the citation graph."
        }
        (Table::Citations, Language::Vietnamese) => {
            "Mỗi cặp bài viết và văn bản được viện dẫn một dòng: các cạnh của đồ thị viện dẫn."
        }
        (Table::Documents, Language::English) => {
            "One row a document that the articles cite, as they tell it; or words that say no single document (id is null)."
        }
        (Table::Documents, Language::Vietnamese) => {
            "Mỗi văn bản được viện dẫn một dòng, theo lời các bài; hoặc từ ngữ không chỉ một văn bản duy nhất (id trống)."
        }
        (Table::Relations, Language::English) => {
            "One row each time that an article tells that one document amends, implements, replaces or repeals another."
        }
        (Table::Relations, Language::Vietnamese) => {
            "Mỗi lần một bài nêu văn bản này sửa đổi, thi hành, thay thế hoặc bãi bỏ văn bản khác là một dòng."
        }
        (Table::Figures, Language::English) => {
            "One row a percentage of a known indicator: what, where, when, measured or aimed at, and who says it."
        }
        (Table::Figures, Language::Vietnamese) => {
            "Mỗi tỷ lệ của một chỉ tiêu trong danh mục một dòng: chỉ tiêu, địa bàn, kỳ, thực hiện hay mục tiêu, ai nêu."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shape_keeps_fields_called_title() {
        assert!(json_schema()["properties"]["title"]["description"].is_string());
        let shape = shape();
        assert!(shape["record"]["properties"]["title"].is_object());
        assert!(!shape.to_string().contains("\"description\":\""));
    }

    #[test]
    fn every_column_is_told_in_both_languages() {
        for table in Table::ALL {
            for column in table.columns() {
                assert!(
                    !column.english.is_empty() && column.english != column.vietnamese,
                    "{}.{}",
                    table.name(),
                    column.name
                );
                assert!(
                    !column.vietnamese.is_ascii() || column.vietnamese.len() < 30,
                    "{}.{}: no diacritics",
                    table.name(),
                    column.name
                );
            }
        }
        assert!(dictionary(Language::Vietnamese).contains("| `lead` | text | Sapô"));
    }
}
