//! `baotinh extract` from outside: every kind of input, and every kind of bad input.

use crate::program::{baotinh, run};
use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::Path;

const LINE: &str = r#"{"id": "a", "published": "2022-09-01", "title": "Kỳ họp", "body": "Nghị quyết số 01/2022/NQ-HĐND ngày 31/8/2022 đặt chỉ tiêu hộ nghèo còn 0,34%."}"#;

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        fs::write(path, bytes).expect("written");
    }
    folder
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).expect("compressed");
    encoder.finish().expect("compressed")
}

fn records(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("a record")).collect()
}

fn read(path: &Path) -> Vec<Value> {
    records(&fs::read_to_string(path).expect("records"))
}

#[test]
fn a_line_becomes_a_record_whose_mentions_are_on_the_text() {
    let folder = folder(&[("a.jsonl", LINE.as_bytes())]);
    let (status, out, message) = run(folder.path(), &["extract", "a.jsonl"]);
    assert_eq!(status, 0, "{message}");
    let record = &records(&out)[0];
    assert_eq!(
        (record["schema_version"].as_u64(), record["id"].as_str(), record["lead"].is_null()),
        (Some(2), Some("a"), true)
    );
    assert_eq!((record["origin"]["path"].as_str(), record["origin"]["line"].as_u64()), (Some("a.jsonl"), Some(1)));
    let body: Vec<char> = record["body"].as_str().expect("body").chars().collect();
    let mentions = record["mentions"].as_array().expect("mentions");
    assert_eq!(
        mentions.iter().map(|m| m["value"].to_string()).collect::<Vec<_>>(),
        ["\"01/2022/NQ-HĐND\"", "\"2022-08-31\"", "0.34"]
    );
    for mention in mentions {
        let at = |field: &str| mention[field].as_u64().expect("an offset") as usize;
        assert_eq!(body[at("start")..at("end")].iter().collect::<String>(), mention["text"].as_str().expect("text"));
        assert!(at("sentence_start") <= at("start") && at("end") <= at("sentence_end"));
    }
}

#[test]
fn compressed_files_and_standard_input_read_alike() {
    let plain = format!("{LINE}\n\n{LINE}\n");
    let folder = folder(&[
        ("a.jsonl", plain.as_bytes()),
        ("b.jsonl.gz", &gzip(plain.as_bytes())),
        ("c.jsonl.zst", &zstd::encode_all(plain.as_bytes(), 1).expect("zstd")),
    ]);
    for (input, output) in
        [("a.jsonl", "a-out.jsonl"), ("b.jsonl.gz", "b-out.jsonl.gz"), ("c.jsonl.zst", "c-out.jsonl.zst")]
    {
        let (status, _, message) = run(folder.path(), &["extract", input, "-o", output]);
        assert_eq!(status, 0, "{message}");
        let bytes = baotinh::corpus::file::read(&folder.path().join(output), 1 << 20).expect("read");
        assert_eq!(records(std::str::from_utf8(&bytes).expect("UTF-8")).len(), 2, "{input}");
    }
    let output = baotinh(folder.path()).args(["extract", "-"]).write_stdin(plain).output().expect("run");
    assert_eq!(records(std::str::from_utf8(&output.stdout).expect("UTF-8")).len(), 2);
}

#[test]
fn output_is_in_input_order() {
    let lines: String =
        (0..3000).map(|n| format!("{{\"id\": {n}, \"body\": \"{}\"}}\n", "Năm 2022. ".repeat(n % 50))).collect();
    let folder = folder(&[("a.jsonl", lines.as_bytes())]);
    run(folder.path(), &["extract", "a.jsonl", "-o", "out.jsonl"]);
    let ids: Vec<String> = read(&folder.path().join("out.jsonl"))
        .iter()
        .map(|record| record["id"].as_str().expect("id").to_string())
        .collect();
    assert_eq!(ids, (0..3000).map(|n| n.to_string()).collect::<Vec<_>>());
}

#[test]
fn records_extracted_again_are_the_same_bytes() {
    let folder = folder(&[("a.jsonl", LINE.as_bytes())]);
    run(folder.path(), &["extract", "a.jsonl", "-o", "one.jsonl"]);
    run(folder.path(), &["extract", "one.jsonl", "-o", "two.jsonl"]);
    assert_eq!(
        fs::read(folder.path().join("one.jsonl")).expect("one"),
        fs::read(folder.path().join("two.jsonl")).expect("two")
    );
}

#[test]
fn a_missing_file_is_named_and_the_others_are_done() {
    let folder = folder(&[("a.jsonl", LINE.as_bytes())]);
    let (status, out, message) = run(folder.path(), &["extract", "nowhere.jsonl", "a.jsonl"]);
    assert_eq!((status, records(&out).len()), (2, 1));
    assert!(message.contains("error: nowhere.jsonl: cannot be read"), "{message}");
}

#[test]
fn an_empty_folder_is_named() {
    let folder = folder(&[("a.jsonl", LINE.as_bytes())]);
    fs::create_dir(folder.path().join("empty")).expect("made");
    let (status, out, message) = run(folder.path(), &["extract", "empty", "a.jsonl"]);
    assert_eq!((status, records(&out).len()), (2, 1));
    assert!(message.contains("error: empty: no page"), "{message}");
}

#[test]
fn a_broken_line_is_named_and_the_others_are_done() {
    let lines = format!("{LINE}\n{{\"id\": \"b\", \"body\": \n{{\"id\": \"c\"}}\n{LINE}\n");
    let folder = folder(&[("a.jsonl", lines.as_bytes())]);
    let (status, out, message) = run(folder.path(), &["extract", "a.jsonl"]);
    assert_eq!((status, records(&out).len()), (2, 2));
    assert!(
        message.contains("error: a.jsonl:2: ") && message.contains("error: a.jsonl:3: no field \"body\""),
        "{message}"
    );
    assert!(message.contains("2 articles written, 2 failed"), "{message}");
}

#[test]
fn a_file_cut_in_its_compression_gives_what_came_before() {
    let lines: String =
        (0..2000).map(|n| format!("{{\"id\": {n}, \"body\": \"Năm {n}, số {}\"}}\n", n * 7919 % 1_000_003)).collect();
    let whole = gzip(lines.as_bytes());
    let folder = folder(&[("cut.jsonl.gz", &whole[..whole.len() / 2])]);
    let (status, out, message) = run(folder.path(), &["extract", "cut.jsonl.gz"]);
    assert_eq!(status, 2);
    assert!(records(&out).len() > 500 && message.contains("broken off"), "{message}");
}

#[test]
fn an_output_that_cannot_be_written_keeps_what_was_there() {
    if !Path::new("/dev/full").exists() {
        return;
    }
    let folder = folder(&[("a.jsonl", LINE.as_bytes())]);
    let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("/dev/full");
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_baotinh"))
        .current_dir(folder.path())
        .args(["extract", "a.jsonl"])
        .stdout(full)
        .output();
    let output = output.expect("run");
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2));
    assert!(message.contains("error: the records could not be written: No space left"), "{message}");
    assert!(!message.contains("panicked"), "{message}");
    let (status, _, message) = run(folder.path(), &["extract", "a.jsonl", "-o", "/dev/full"]);
    assert_eq!(status, 2);
    assert!(message.contains("/dev/full: No space left"), "{message}");
    assert!(!fs::metadata("/dev/full").expect("still there").is_file(), "a device is written through, never replaced");
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let lines = format!("{LINE}\n").repeat(20_000);
    let folder = folder(&[("a.jsonl", lines.as_bytes())]);
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_baotinh"))
        .current_dir(folder.path())
        .args(["extract", "a.jsonl"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("started");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("ended");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).contains("error")), (Some(0), false));
}

#[test]
fn a_text_of_a_saved_page_becomes_an_article_without_its_clock() {
    let text = "Thứ Hai, 6/5/2024\nXã Đồng Mây về đích\n\nĐoàn công tác thăm xã.\n\n\nNăm 2023, xã có 95% hộ khá.\n\nMọi việc là nhờ nhân dânCác thôn thi đua.\n\nGửi cho bạn bè\n\nXem nhiều nhất";
    let folder = folder(&[("pages/a.txt", text.as_bytes())]);
    let (status, out, message) = run(folder.path(), &["extract", "pages"]);
    assert_eq!(status, 0, "{message}");
    let record = &records(&out)[0];
    assert!(record["published"].is_null());
    assert_eq!(record["body"], "Năm 2023, xã có 95% hộ khá.\nMọi việc là nhờ nhân dân\nCác thôn thi đua.");
}

#[test]
fn an_audit_draws_the_same_mentions_twice() {
    let lines: String =
        (0..200).map(|n| format!("{{\"id\": {n}, \"body\": \"Năm 2022 có {n}% hộ nghèo.\"}}\n")).collect();
    let folder = folder(&[("a.jsonl", lines.as_bytes())]);
    let (status, one, _) = run(folder.path(), &["extract", "a.jsonl", "--audit", "5"]);
    let (_, two, _) = run(folder.path(), &["extract", "a.jsonl", "--audit", "5"]);
    let (_, other, _) = run(folder.path(), &["extract", "a.jsonl", "--audit", "5", "--seed", "2"]);
    assert_eq!((status, one.lines().count(), one == two, one == other), (0, 11, true, false), "{one}");
}

#[test]
fn a_page_of_random_bytes_is_named_and_the_others_are_done() {
    let noise: Vec<u8> = (0u32..40_000).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let page = "<!DOCTYPE html><title>Kỳ họp</title><h1>Kỳ họp</h1><p>Tỷ lệ hộ nghèo của tỉnh năm 2022 còn 0,34%.</p>";
    let folder = folder(&[("pages/a.html", &noise), ("pages/b.html", page.as_bytes())]);
    let (status, out, message) = run(folder.path(), &["extract", "pages"]);
    assert_eq!(status, 2);
    assert!(
        message.contains("error: pages/a.html: neither a title nor a text in it (refused: binary data"),
        "{message}"
    );
    let made = records(&out);
    assert_eq!((made.len(), made[0]["body_state"].as_str()), (1, Some("thin")), "the other page is done");
}

#[test]
fn explain_names_rule_pattern_and_reading_of_every_mention() {
    let folder = folder(&[("a.jsonl", LINE.as_bytes())]);
    let (status, out, message) = run(folder.path(), &["extract", "a.jsonl", "--explain"]);
    assert_eq!(status, 0, "{message}");
    let paragraphs: Vec<&str> = out.split("\n\n").filter(|part| !part.trim().is_empty()).collect();
    assert_eq!(paragraphs.len(), 3, "{out}");
    let expected = [
        ["citation “Nghị quyết số 01/2022/NQ-HĐND”", "rule     normative", "issued=\"2022-08-31\""],
        ["date “ngày 31/8/2022”", "rule     day-month-year", "role=\"issued\""],
        ["percent “0,34%”", "rule     percent", "indicator=\"hộ nghèo\""],
    ];
    for (paragraph, expected) in paragraphs.iter().zip(expected) {
        for words in expected.iter().chain(&["  pattern  ", "  example  ", "  in       "]) {
            assert!(paragraph.contains(words), "{words}: {paragraph}");
        }
    }
}

#[test]
fn an_audit_sheet_has_a_row_a_mention_as_csv_and_as_html() {
    let folder = folder(&[("a.jsonl", LINE.as_bytes())]);
    let (status, sheet, message) = run(folder.path(), &["extract", "a.jsonl", "--audit", "9"]);
    assert_eq!(status, 0, "{message}");
    let mut reader = csv::Reader::from_reader(sheet.as_bytes());
    assert_eq!(reader.headers().expect("a head").get(0), Some("right"));
    let kinds: Vec<String> = reader.records().map(|row| row.expect("a row")[1].to_string()).collect();
    assert_eq!(kinds, ["citation", "percent", "date"]);
    let (status, _, message) = run(folder.path(), &["extract", "a.jsonl", "--audit", "9", "-o", "sheet.html"]);
    assert_eq!(status, 0, "{message}");
    let page = fs::read_to_string(folder.path().join("sheet.html")).expect("a sheet");
    assert!(page.contains("<mark>0,34%</mark>") && page.matches("<input type=radio").count() == 6, "{page}");
}

#[test]
fn records_of_other_rules_or_another_schema_are_made_again_and_that_is_said() {
    let folder = folder(&[]);
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages/own");
    let page = fs::read_dir(sample).expect("pages").flatten().map(|entry| entry.path());
    let page = page.filter(|path| path.extension().is_some_and(|end| end == "html")).min().expect("a page");
    let warc = folder.path().join("corpus/warc/bao.example/1.warc");
    fs::create_dir_all(warc.parent().expect("a folder")).expect("made");
    let body = fs::read(page).expect("read");
    let http = [b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n".as_slice(), &body].concat();
    let head = format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://bao.example/bai-1.html\r\nWARC-Date: 2026-01-02T03:04:05Z\r\n\
         WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\nContent-Type: application/http;msgtype=response\r\n\
         Content-Length: {}\r\n\r\n",
        http.len()
    );
    fs::write(&warc, [head.as_bytes(), &http, b"\r\n\r\n"].concat()).expect("written");
    assert_eq!(run(folder.path(), &["extract", "corpus"]).0, 0);
    let (_, _, message) = run(folder.path(), &["extract", "corpus"]);
    assert!(message.contains("1 record shards were up to date"), "{message}");
    let shard = folder.path().join("corpus/records/bao.example/1.jsonl.zst");
    let text = zstd::decode_all(fs::File::open(&shard).expect("opened")).expect("zstd");
    let text = String::from_utf8(text).expect("UTF-8");
    for other in [
        text.replace(baotinh::extract::RULES_VERSION, "1"),
        text.replace("\"schema_version\":2", "\"schema_version\":1").replace("\"part\":", "\"teil\":"),
    ] {
        assert_ne!(other, text);
        fs::write(&shard, zstd::encode_all(other.as_bytes(), 1).expect("zstd")).expect("written");
        let (status, _, message) = run(folder.path(), &["stats", "corpus/records"]);
        assert!(status == 0 || message.contains("schema version 1 where this program reads 2"), "{message}");
        let (status, _, message) = run(folder.path(), &["extract", "corpus"]);
        assert!(status == 0 && message.contains("1 record shards were made again"), "{message}");
    }
}
