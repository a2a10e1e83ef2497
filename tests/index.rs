//! Index: incremental, idempotent, the newest revision held, safe to kill, and honest about what it is.

use crate::program::run;
use baotinh::article::{Article, Record, SCHEMA_VERSION};
use baotinh::index;
use baotinh::search::{Archive, Query};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Makes a record with a title, a body and the day its page was fetched.
pub fn record(id: &str, title: &str, body: &str, fetched: &str) -> Record {
    let mut article = Article {
        id: id.into(),
        title: Some(title.into()),
        body: body.into(),
        fetched: Some(format!("{fetched}T00:00:00Z").parse().expect("a time")),
        ..Article::default()
    };
    article.seal();
    Record { schema_version: SCHEMA_VERSION, rules_version: "test".into(), mentions: Vec::new(), article }
}

/// Writes records to a file of the folder.
pub fn write(folder: &Path, name: &str, records: &[Record]) {
    let lines: Vec<_> = records.iter().map(|record| serde_json::to_string(record).expect("JSON") + "\n").collect();
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(path, lines.concat()).expect("written");
}

fn titles(folder: &Path) -> Vec<String> {
    let archive = Archive::open(&folder.join("index")).expect("an index");
    let mut titles = Vec::new();
    archive
        .each(&Query::All, &mut |record| {
            titles.push(record.article.title.unwrap_or_default());
            Ok(std::ops::ControlFlow::Continue(()))
        })
        .expect("read");
    titles.sort();
    titles
}

#[test]
fn the_revision_fetched_last_is_held_whatever_the_order_of_the_shards() {
    let (old, new) =
        (record("a", "Bản cũ", "Nội dung cũ.", "2024-01-01"), record("a", "Bản mới", "Nội dung mới.", "2024-02-01"));
    for (first, second) in [(&old, &new), (&new, &old)] {
        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path(), "1.jsonl", std::slice::from_ref(first));
        write(folder.path(), "2.jsonl", std::slice::from_ref(second));
        assert_eq!(run(folder.path(), &["index", "1.jsonl"]).0, 0);
        assert_eq!(run(folder.path(), &["index", "2.jsonl"]).0, 0);
        assert_eq!(titles(folder.path()), ["Bản mới"]);
    }
}

#[test]
fn the_revision_fetched_last_is_held_when_all_are_read_at_once() {
    let (old, new) =
        (record("a", "Bản cũ", "Nội dung cũ.", "2024-01-01"), record("a", "Bản mới", "Nội dung mới.", "2024-02-01"));
    let (other, last) =
        (record("b", "Tin khác", "Nội dung.", "2024-01-01"), record("a", "Bản cuối", "Nội dung.", "2024-03-01"));
    for (first, second) in [(&old, &new), (&new, &old)] {
        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path(), "1.jsonl", &[first.clone(), other.clone(), second.clone(), first.clone()]);
        write(folder.path(), "2.jsonl", std::slice::from_ref(second));
        assert_eq!(run(folder.path(), &["index", "1.jsonl", "2.jsonl"]).0, 0);
        assert_eq!(titles(folder.path()), ["Bản mới", "Tin khác"]);
        // What a segment was born without stays away when more of it is deleted.
        write(folder.path(), "3.jsonl", std::slice::from_ref(&last));
        assert_eq!(run(folder.path(), &["index", "3.jsonl"]).0, 0);
        assert_eq!(titles(folder.path()), ["Bản cuối", "Tin khác"]);
        write(folder.path(), "1.jsonl", std::slice::from_ref(&other));
        assert_eq!(run(folder.path(), &["index", "1.jsonl"]).0, 0);
        assert_eq!(titles(folder.path()), ["Bản cuối", "Tin khác"]);
    }
}

#[test]
fn a_shard_that_did_not_change_is_passed_over_and_one_that_did_is_replaced() {
    let folder = tempfile::tempdir().expect("a folder");
    let one = |title| record("a", title, "Một hai.", "2024-01-01");
    write(folder.path(), "r/1.jsonl", &[one("Một"), record("b", "Hai", "Ba bốn.", "2024-01-01")]);
    run(folder.path(), &["index", "r"]);
    let (status, _, message) = run(folder.path(), &["index", "r"]);
    assert_eq!((status, message.starts_with("0 articles indexed from 0 shards")), (0, true), "{message}");
    write(folder.path(), "r/1.jsonl", &[one("Khác")]);
    run(folder.path(), &["index", "r"]);
    assert_eq!(titles(folder.path()), ["Khác"]);
}

#[test]
fn an_older_revision_comes_back_when_the_newer_one_is_taken_out() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "corpus/records/s/1.jsonl.zst", &[record("a", "Bản cũ", "Nội dung.", "2024-01-01")]);
    write(folder.path(), "corpus/records/s/2.jsonl.zst", &[record("a", "Bản mới", "Nội dung.", "2024-02-01")]);
    run(folder.path(), &["index"]);
    assert_eq!(titles(folder.path()), ["Bản mới"]);
    fs::remove_file(folder.path().join("corpus/records/s/2.jsonl.zst")).expect("removed");
    let (status, _, message) = run(folder.path(), &["index"]);
    assert_eq!((status, titles(folder.path())), (0, vec!["Bản cũ".to_string()]), "{message}");
}

#[test]
fn a_bad_line_is_named_and_the_rest_is_indexed() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "1.jsonl", &[record("a", "Một", "Một hai.", "2024-01-01")]);
    let whole = fs::read_to_string(folder.path().join("1.jsonl")).expect("read");
    fs::write(folder.path().join("1.jsonl"), format!("{{\"broken\n{whole}")).expect("written");
    let (status, _, message) = run(folder.path(), &["index", "1.jsonl"]);
    assert_eq!((status, message.contains("error: 1.jsonl:1: not a record")), (2, true), "{message}");
    assert_eq!(titles(folder.path()), ["Một"]);
}

#[test]
fn an_index_of_another_version_is_refused_with_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "1.jsonl", &[record("a", "Một", "Một hai.", "2024-01-01")]);
    run(folder.path(), &["index", "1.jsonl"]);
    let meta = folder.path().join("index/meta.json");
    let text = fs::read_to_string(&meta).expect("read");
    let version = format!("index_version\\\":{}", index::INDEX_VERSION);
    assert!(text.contains(&version), "{text}");
    fs::write(&meta, text.replace(&version, "index_version\\\":99")).expect("written");
    for args in [&["index", "1.jsonl"][..], &["search", "một"]] {
        let (status, _, message) = run(folder.path(), args);
        assert_eq!((status, message.contains("another version")), (2, true), "{message}");
    }
    let (status, _, message) = run(folder.path(), &["search", "một", "--index", "nowhere"]);
    assert_eq!((status, message.contains("error: nowhere: no index here")), (2, true), "{message}");
}

#[test]
fn check_tells_damage_from_shards_that_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    let body = "Nhiều chữ để có gì mà hỏng. ".repeat(50);
    write(folder.path(), "1.jsonl", &[record("a", "Một", &body, "2024-01-01")]);
    write(folder.path(), "2.jsonl", &[record("b", "Hai", &body, "2024-01-01")]);
    run(folder.path(), &["index", "1.jsonl", "2.jsonl"]);
    let (status, out, message) = run(folder.path(), &["index", "check"]);
    assert_eq!((status, out.lines().count()), (0, 3), "{out}{message}");
    write(folder.path(), "1.jsonl", &[record("a", "Khác", &body, "2024-01-01")]);
    fs::remove_file(folder.path().join("2.jsonl")).expect("removed");
    let (status, _, message) = run(folder.path(), &["index", "check"]);
    assert_eq!((status, message.contains("1 shards changed, 1 gone")), (0, true), "{message}");
    let store = fs::read_dir(folder.path().join("index"))
        .expect("listed")
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .find(|path| path.extension().is_some_and(|end| end == "store"))
        .expect("a store");
    let mut bytes = fs::read(&store).expect("read");
    bytes[10] ^= 0xff;
    fs::remove_file(&store).expect("removed");
    fs::write(&store, bytes).expect("written");
    let (status, _, message) = run(folder.path(), &["index", "check"]);
    assert_eq!((status, message.contains("damaged")), (2, true), "{message}");
}

#[test]
fn an_index_killed_half_way_is_finished_by_the_next_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let sentence = "Hội đồng nhân dân tỉnh thông qua nghị quyết về phát triển kinh tế - xã hội năm 2024. ";
    for shard in 0..4 {
        let records: Vec<_> = (0..300)
            .map(|at| {
                record(
                    &format!("{shard}-{at}"),
                    &format!("Tin {at}"),
                    &format!("{}{shard} {at}", sentence.repeat(40)),
                    "2024-01-01",
                )
            })
            .collect();
        write(folder.path(), &format!("r/{shard}.jsonl"), &records);
    }
    for wait in [20, 80, 200] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_baotinh"))
            .args(["index", "r"])
            .current_dir(folder.path())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        std::thread::sleep(Duration::from_millis(wait));
        child.kill().expect("killed");
        child.wait().expect("ended");
    }
    let (status, _, message) = run(folder.path(), &["index", "r"]);
    assert_eq!(status, 0, "{message}");
    assert_eq!(titles(folder.path()).len(), 1200);
    assert_eq!(run(folder.path(), &["index", "check"]).0, 0);
}

#[test]
fn two_writers_do_not_mix_and_readers_go_on() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "1.jsonl", &[record("a", "Một", "Một hai.", "2024-01-01")]);
    run(folder.path(), &["index", "1.jsonl"]);
    let opened = index::open(&folder.path().join("index")).expect("an index");
    let _writer: tantivy::IndexWriter = opened.index.writer_with_num_threads(1, 16 << 20).expect("the lock");
    write(folder.path(), "2.jsonl", &[record("b", "Hai", "Ba bốn.", "2024-01-01")]);
    let (status, _, message) = run(folder.path(), &["index", "2.jsonl"]);
    assert_eq!((status, message.contains("another program is writing")), (2, true), "{message}");
    assert_eq!(run(folder.path(), &["search", "một"]).0, 0);
}

#[test]
fn a_search_ends_when_its_reader_has_gone() {
    let folder = tempfile::tempdir().expect("a folder");
    let records: Vec<_> =
        (0..200).map(|at| record(&at.to_string(), "Tin", &"một hai ba bốn năm ".repeat(200), "2024-01-01")).collect();
    write(folder.path(), "1.jsonl", &records);
    run(folder.path(), &["index", "1.jsonl"]);
    let started = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_baotinh"))
        .args(["kwic", "một"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    assert!(child.wait().expect("ended").success());
    assert!(started.elapsed() < Duration::from_secs(60));
}
