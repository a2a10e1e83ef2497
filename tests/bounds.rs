//! Endless input: each line has a limit, what is beyond it is named with its size, and the rest is done.

use crate::export::{baotinh, record};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
use std::path::Path;

/// Bytes of the long line: beyond the limit of 64 MB, and beyond what a reader has in its buffer when it starts to count.
const LONG: usize = (64 << 20) + (1 << 15);

/// Writes a gzip file: a line, a line of blanks beyond the limit, another line.
fn with_a_long_line(path: &Path, first: &str, last: &str) {
    let mut file = GzEncoder::new(std::fs::File::create(path).expect("created"), Compression::fast());
    file.write_all(first.as_bytes()).expect("written");
    let blanks = vec![b' '; 1 << 20];
    let mut left = LONG;
    while left > 0 {
        let part = left.min(blanks.len());
        file.write_all(&blanks[..part]).expect("written");
        left -= part;
    }
    file.write_all(format!("\n{last}").as_bytes()).expect("written");
    file.finish().expect("finished");
}

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

#[test]
fn a_line_of_json_beyond_the_limit_is_named_and_the_rest_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("tin.jsonl.gz");
    with_a_long_line(&path, "{\"body\": \"Chè.\"}\n", "{\"body\": \"Sim.\"}\n");
    let (status, out, err) = baotinh(&["extract", text(&path)]);
    assert_eq!((status, out.iter().filter(|&&byte| byte == b'\n').count()), (2, 2), "{err}");
    assert!(err.contains("tin.jsonl.gz:2: a line of 64.0 MB"), "{err}");
}

#[test]
fn a_record_beyond_the_limit_is_named_by_every_reader_of_records() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("records.jsonl.gz");
    let line = |number| serde_json::to_string(&record(number)).expect("JSON") + "\n";
    with_a_long_line(&path, &line(1), &line(2));
    let index = folder.path().join("index");
    for command in [
        vec!["index", "--index", text(&index), text(&path)],
        vec!["duplicates", text(&path)],
        vec!["export", text(&path)],
    ] {
        let (status, _, err) = baotinh(&command);
        assert_eq!(status, 2, "{command:?}: {err}");
        assert!(err.contains("records.jsonl.gz:2: a line of 64.0 MB"), "{command:?}: {err}");
        assert!(err.contains("2 articles"), "{command:?}: {err}");
    }
}

#[test]
fn a_quote_that_is_never_closed_ends_the_table_with_its_row() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("tin.csv.gz");
    with_a_long_line(&path, "body\nChè.\n\"Sim", "");
    let (status, out, err) = baotinh(&["extract", text(&path)]);
    assert_eq!((status, out.iter().filter(|&&byte| byte == b'\n').count()), (2, 1), "{err}");
    assert!(err.contains("tin.csv.gz: row 2: longer than 64 MB; is a quote never closed?"), "{err}");
}
