//! Accuracy on gold of our own: 36 articles in the manner of provincial papers, and pages built like those of seven papers.

use crate::program::run;
use serde_json::Value;
use std::path::Path;
use tempfile::TempDir;

/// Least value F1 of each kind, in title, lead and body.
const LEAST: [(&str, f64); 3] = [("citation", 0.99), ("percent", 0.99), ("date", 0.99)];
/// Least share of fields that are right, of those marked.
const FIELDS: [(&str, f64); 4] =
    [("citation.type", 0.99), ("citation.issuer", 0.99), ("citation.issued", 0.96), ("percent.bound", 0.99)];

fn folder(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

#[test]
fn mentions_of_the_provincial_articles_are_as_marked() {
    let work = TempDir::new().expect("a folder");
    let gold = folder("gold").join("provincial-news.jsonl");
    let gold = gold.to_str().expect("a path");
    let (status, _, message) = run(work.path(), &["extract", gold, "-o", "records.jsonl"]);
    assert_eq!(status, 0, "{message}");
    let (status, out, message) = run(work.path(), &["score", gold, "records.jsonl", "--json"]);
    assert_eq!(status, 0, "{message}");
    let score: Value = serde_json::from_str(&out).expect("JSON");
    for (kind, least) in LEAST {
        let f1 = score[kind]["value"][2].as_f64().expect("a figure");
        assert!(f1 >= least, "{kind}: value F1 {f1} is below {least}");
    }
    for (field, least) in FIELDS {
        let counts = score[field].as_array().expect("right and marked");
        let (right, marked) = (counts[0].as_f64().expect("a count"), counts[1].as_f64().expect("a count"));
        assert!(marked > 100.0 && right / marked >= least, "{field}: {right} of {marked} is below {least}");
    }
}

#[test]
fn fields_of_the_provincial_pages_are_as_marked() {
    let work = TempDir::new().expect("a folder");
    let pages = folder("gold").join("pages");
    let (_, _, message) = run(work.path(), &["extract", pages.to_str().expect("a path"), "-o", "records.jsonl"]);
    let records = std::fs::read_to_string(work.path().join("records.jsonl")).expect(&message);
    let records: Vec<Value> = records.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let manifest = std::fs::read_to_string(pages.join("manifest.jsonl")).expect("a manifest");
    let (mut fields, mut wrong) = (0, Vec::new());
    for line in manifest.lines() {
        let page: Value = serde_json::from_str(line).expect("JSON");
        let file = page["file"].as_str().expect("a file");
        let of_page = |record: &&Value| record["origin"]["path"].as_str().is_some_and(|path| path.ends_with(file));
        let record = records.iter().find(of_page).unwrap_or_else(|| panic!("{file} has no record"));
        for (field, marked) in page["gold"].as_object().expect("fields") {
            fields += 1;
            let got = field_of(record, field);
            if &got != marked {
                wrong.push(format!("{file}, {field}: {got}, not {marked}"));
            }
        }
    }
    assert!(fields >= 80, "{fields} fields were compared");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Returns a field of a record as the manifest writes it.
fn field_of(record: &Value, field: &str) -> Value {
    match field {
        "paragraphs" => record["body"].as_str().unwrap_or("").split('\n').collect(),
        "captions" => record["images"]
            .as_array()
            .map_or(&[][..], Vec::as_slice)
            .iter()
            .filter_map(|image| image["caption"].as_str().filter(|caption| !caption.is_empty()))
            .collect(),
        "source_line" => record["warnings"]
            .as_array()
            .and_then(|warnings| warnings.iter().find_map(|warning| warning.as_str()?.strip_prefix("source-line: ")))
            .map_or(Value::Null, Value::from),
        _ => record[field].clone(),
    }
}
