//! Coming back: what has not changed costs a line, what has is a new revision.

use super::{crawl, page, paper, state};
use crate::program::run;
use crate::web::{Reply, Web};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Counts the records of a kind.
fn records(folder: &Path, kind: &str) -> i64 {
    state(folder).query_row("SELECT count(*) FROM fetch WHERE record = ?1", [kind], |row| row.get(0)).expect("a count")
}

fn size(folder: &Path) -> i64 {
    state(folder).query_row("SELECT sum(length) FROM warc", [], |row| row.get(0)).expect("a sum")
}

#[test]
fn an_unchanged_site_answers_304_and_the_warc_grows_by_revisits_only() {
    let folder = tempfile::tempdir().expect("a folder");
    let pages = paper(60);
    let web = Web::start(move |request| {
        let tag = format!("\"{}\"", request.path.len());
        match request.header("if-none-match") {
            Some(known) if known == tag => Reply::status(304).with(&format!("ETag: {tag}")),
            _ => pages(request).with(&format!("ETag: {tag}")),
        }
    });
    assert_eq!(crawl(folder.path(), &web, &[]).0, 0);
    let (responses, before) = (records(folder.path(), "response"), size(folder.path()));
    assert_eq!(crawl(folder.path(), &web, &["--again"]).0, 0);
    let sql = "SELECT sum(status = 304), count(*) FROM fetch WHERE run = 2";
    let (unchanged, polls): (i64, i64) =
        state(folder.path()).query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).expect("sums");
    assert!(polls >= 60 && unchanged * 100 >= polls * 95, "{unchanged} of {polls}");
    assert_eq!((records(folder.path(), "response"), records(folder.path(), "revisit")), (responses, unchanged));
    assert!(size(folder.path()) - before < 1500 * unchanged, "a revisit has no body");
    assert_eq!(run(folder.path(), &["crawl", "verify"]).0, 0);
}

#[test]
fn the_same_bytes_are_a_revisit_and_a_change_is_a_revision_that_keeps_the_old_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let edited = Arc::new(AtomicBool::new(false));
    let edit = Arc::clone(&edited);
    let web = Web::start(move |request| match request.path.as_str() {
        "/" => Reply::html(page("Trang chủ", &["/bai".to_string()])),
        "/bai" => Reply::html(page(if edit.load(Ordering::Relaxed) { "Bài đã sửa" } else { "Bài" }, &[])),
        _ => Reply::status(404),
    });
    assert_eq!(crawl(folder.path(), &web, &[]).0, 0);
    edited.store(true, Ordering::Relaxed);
    assert_eq!(crawl(folder.path(), &web, &["--again"]).0, 0);
    let sql = "SELECT url.url LIKE '%/bai', fetch.reason, fetch.record FROM fetch JOIN url ON url.id = fetch.url WHERE run = 2 AND fetch.status = 200 ORDER BY 1";
    let db = state(folder.path());
    let mut query = db.prepare(sql).expect("a query");
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).expect("rows");
    let rows: Vec<(bool, String, String)> = rows.map(|row| row.expect("a row")).collect();
    let row = |is_article, reason: &str, record: &str| (is_article, reason.to_string(), record.to_string());
    assert_eq!(rows, [row(false, "unchanged: same bytes", "revisit"), row(true, "changed", "response")]);
    assert_eq!(run(folder.path(), &["extract", "corpus"]).0, 0);
    let (_, out, _) = run(folder.path(), &["export", "--format", "jsonl"]);
    assert_eq!(out.lines().filter(|line| line.contains("/bai\"")).count(), 2, "both revisions are kept");
}

#[test]
fn a_page_whose_time_has_not_come_is_not_asked_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let web = Web::start(paper(40));
    assert_eq!(crawl(folder.path(), &web, &[]).0, 0);
    web.forget();
    assert_eq!(crawl(folder.path(), &web, &[]).0, 0);
    assert_eq!((web.count("/"), web.count("/bai-1.html")), (1, 0));
    state(folder.path()).execute("UPDATE url SET due_ms = 1 WHERE url LIKE '%bai-1.html'", []).expect("due");
    assert_eq!(crawl(folder.path(), &web, &[]).0, 0);
    assert_eq!((web.count("/bai-1.html"), web.count("/bai-2.html")), (1, 0));
}
