//! Tables as input: what was exported comes back byte for byte, and tables of others become articles.

use crate::export::{baotinh, folder, write_records};
use std::path::Path;

fn run(arguments: &[&str]) {
    let (status, _, err) = baotinh(arguments);
    assert_eq!(status, 0, "{arguments:?}: {err}");
}

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

#[test]
fn export_import_export_gives_the_same_bytes() {
    let (folder, given) = folder(3);
    let at = |name: &str| folder.path().join(name);
    std::fs::rename(&given, at("given.jsonl")).expect("renamed");
    // Mentions made by hand are found again by the rules: extract once before the first export.
    run(&["extract", text(&at("given.jsonl")), "-o", text(&at("records.jsonl"))]);
    for format in ["parquet", "csv"] {
        let (first, second) = (at(&format!("first.{format}")), at(&format!("second.{format}")));
        run(&["export", text(&at("records.jsonl")), "--table", "articles", "-o", text(&first)]);
        run(&["extract", text(&first), "-o", text(&at("again.jsonl"))]);
        run(&["export", text(&at("again.jsonl")), "--table", "articles", "-o", text(&second)]);
        assert!(std::fs::read(&first).expect("first") == std::fs::read(&second).expect("second"), "{format}");
        let bytes = |name| std::fs::read_to_string(at(name)).expect("read");
        assert_eq!(bytes("records.jsonl"), bytes("again.jsonl"), "{format}");
    }
    run(&["export", text(&at("records.jsonl")), "-o", text(&at("whole.jsonl"))]);
    run(&["extract", text(&at("whole.jsonl")), "-o", text(&at("again.jsonl"))]);
    assert_eq!(std::fs::read(at("whole.jsonl")).expect("read"), std::fs::read(at("again.jsonl")).expect("read"));
}

#[test]
fn a_table_of_others_is_read_by_its_mapping() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = folder.path().join("bao.csv");
    let rows = "\u{feff}headline;content;link;date\r\n\"Tít; có dấu\";\"Tỷ lệ\ncòn 0,34%.\";https://baoquangninh.vn/a-3210121.html;2022-09-01\r\nthiếu;cột\r\n";
    std::fs::write(&table, rows).expect("written");
    let (status, out, err) =
        baotinh(&["extract", text(&table), "--map", "title=headline,body=content,url=link,published=date"]);
    assert_eq!(status, 2);
    assert!(err.contains("bao.csv:2: 2 fields where the header has 4"), "{err}");
    let record: serde_json::Value = serde_json::from_slice(&out).expect("one record");
    assert_eq!((&record["title"], &record["body"]), (&"Tít; có dấu".into(), &"Tỷ lệ\ncòn 0,34%.".into()));
    assert_eq!((&record["id"], &record["published"]), (&"baoquangninh.vn:3210121".into(), &"2022-09-01".into()));
    assert_eq!(record["origin"]["line"], 1);
    let (status, again, err) = baotinh(&["extract", text(&table)]);
    assert_eq!((status, again == out), (2, true), "{err}");
    assert!(err.contains("body = \"content\""), "{err}");
}

#[test]
fn a_mapping_without_columns_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = folder.path().join("bai.html");
    std::fs::write(&page, "<h1>Chè</h1><p>Năm 2022.").expect("written");
    let (status, _, err) = baotinh(&["extract", text(&page), "--map", "body=content"]);
    assert_eq!(status, 2);
    assert!(err.contains("--map is for tables and JSON"), "{err}");
}

#[test]
fn a_broken_parquet_is_an_error_with_its_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("gãy.parquet");
    std::fs::write(&path, "PAR1 và hết").expect("written");
    let good = write_records(folder.path(), "good.jsonl", &[crate::export::record(1)]);
    let (status, out, err) = baotinh(&["extract", text(&path), text(&good)]);
    assert_eq!(status, 2);
    assert!(err.contains("gãy.parquet: not a Parquet file"), "{err}");
    assert_eq!(out.iter().filter(|&&byte| byte == b'\n').count(), 1);
}
