//! Merging: an index made of parts answers as one made at once, scores and all.

use crate::export::{baotinh, record, write_records};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

fn run(arguments: &[&str]) -> String {
    let (status, _, err) = baotinh(arguments);
    assert_eq!(status, 0, "{arguments:?}: {err}");
    err
}

/// Returns what a query finds: how many, and by id the title and the score.
fn found(index: &Path, query: &str) -> (u64, BTreeMap<String, (String, f64)>) {
    let (_, out, err) = baotinh(&["search", query, "--index", text(index), "--json", "-k", "100"]);
    let answer: Value = serde_json::from_slice(&out).unwrap_or_else(|_| panic!("JSON; {err}"));
    let hit = |hit: &Value| {
        let field = |name: &str| hit[name].as_str().expect("a text").to_string();
        (field("id"), (field("title"), hit["score"].as_f64().expect("a score")))
    };
    (answer["total"].as_u64().expect("a total"), answer["hits"].as_array().expect("hits").iter().map(hit).collect())
}

#[test]
fn a_merged_index_answers_as_one_made_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let records: Vec<_> = (0..30)
        .map(|number| {
            let mut record = record(number);
            record.article.title =
                Some(["Hội đồng nhân dân họp", "Hộ nghèo giảm", "Nông thôn mới ở Đồng Mây"][number % 3].into());
            record.article.body.push_str(&" Thuỷ lợi.".repeat(number % 7));
            record
        })
        .collect();
    let mut older = records[3].clone();
    (older.article.title, older.article.fetched) =
        (Some("Bản cũ về thuỷ lợi".into()), "2024-01-01T00:00:00Z".parse().ok());
    let shards =
        [[&records[..9], &[older]].concat(), records[9..20].to_vec(), [&records[20..], &records[3..4]].concat()];
    let files: Vec<_> = (0..)
        .zip(&shards)
        .map(|(number, shard)| write_records(folder.path(), &format!("s{number}.jsonl"), shard))
        .collect();
    // An index that never saw the older revision: one that did keeps it in its frequencies for a while.
    let newest = write_records(folder.path(), "newest.jsonl", &records);
    run(&["index", text(&newest), "--index", text(&at("whole"))]);
    run(&["index", text(&files[0]), text(&files[1]), "--index", text(&at("part-1"))]);
    run(&["index", text(&files[2]), "--index", text(&at("part-2"))]);
    let said = run(&["index", "--merge", text(&at("part-1")), text(&at("part-2")), "--index", text(&at("merged"))]);
    assert!(said.contains("30 articles from 2 indexes, 1 older revisions left out"), "{said}");
    for query in ["hội đồng nhân dân", "ho ngheo", "thuỷ lợi", "\"nông thôn mới\"", "01/2022/NQ-HĐND", "bản cũ"]
    {
        let (whole, merged) = (found(&at("whole"), query), found(&at("merged"), query));
        assert_eq!((whole.0, whole.1.len()), (merged.0, merged.1.len()), "{query}");
        for (id, (title, score)) in &whole.1 {
            let other = &merged.1[id];
            // Where a revision was taken out, the length of all texts is an estimate (of tantivy), and with it the score.
            assert!(*title == other.0 && (score / other.1 - 1.0).abs() < 1e-3, "{query}: {id} {score} {other:?}");
        }
    }
    assert_eq!(found(&at("merged"), "đồng mây").0, 10);
    let said = run(&["index", text(&files[0]), text(&files[1]), text(&files[2]), "--index", text(&at("merged"))]);
    assert!(said.contains("3 shards unchanged"), "{said}");
}

#[test]
fn indexes_that_hold_the_same_shard_are_not_merged() {
    let folder = tempfile::tempdir().expect("a folder");
    let records = write_records(folder.path(), "records.jsonl", &[record(1)]);
    let part = folder.path().join("part");
    run(&["index", text(&records), "--index", text(&part)]);
    let into = folder.path().join("merged");
    let (status, _, err) = baotinh(&["index", "--merge", text(&part), text(&part), "--index", text(&into)]);
    assert_eq!(status, 2);
    assert!(err.contains("is in another of these indexes too") && !into.exists(), "{err}");
}
