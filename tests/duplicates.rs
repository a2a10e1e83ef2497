//! `baotinh duplicates` from outside.

use crate::program::run;
use std::fs;

fn line(id: &str, published: &str, body: &str) -> String {
    format!(
        "{{\"id\": \"{id}\", \"source\": \"Báo {id}\", \"published\": \"{published}\", \"title\": \"Tin\", \"body\": \"{body}\"}}\n"
    )
}

#[test]
fn a_reprint_is_listed_after_the_first_and_what_stands_alone_is_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let body: String = (0..60).map(|n| format!("Xã thứ {n} của huyện đạt {} tiêu chí. ", n * 5 % 19)).collect();
    let lines = [
        line("b", "2024-05-02", &body),
        line("a", "2024-05-01", &body),
        line("c", "2024-05-01", "Tin khác hẳn, không ai in lại."),
    ];
    fs::write(folder.path().join("in.jsonl"), lines.concat()).expect("written");
    assert_eq!(run(folder.path(), &["extract", "in.jsonl", "-o", "records.jsonl"]).0, 0);
    let (status, out, message) = run(folder.path(), &["duplicates", "records.jsonl"]);
    assert_eq!(
        (status, message.contains("3 articles; 2 of them in 1 clusters, 2 texts in all")),
        (0, true),
        "{message}"
    );
    let rows: Vec<serde_json::Value> = out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let told: Vec<_> =
        rows.iter().map(|row| (row["cluster"].as_str(), row["id"].as_str(), row["order"].as_u64())).collect();
    assert_eq!(told, [(Some("a"), Some("a"), Some(1)), (Some("a"), Some("b"), Some(2))]);
    let (status, ..) = run(folder.path(), &["duplicates", "records.jsonl", "-o", "out.csv"]);
    let csv = fs::read_to_string(folder.path().join("out.csv")).expect("CSV");
    assert_eq!((status, csv.lines().count()), (0, 3));
    assert!(csv.starts_with("cluster,order,id,similarity,exact,source"), "{csv}");
    assert_eq!(run(folder.path(), &["duplicates", "records.jsonl", "--threshold", "2"]).0, 2);
}
