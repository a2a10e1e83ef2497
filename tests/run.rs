//! `baotinh run` from outside: the whole chain on pages of this test's own, and what goes on from it.

use crate::program::run;
use std::fs;

fn page(title: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=vi><head><meta charset=utf-8><title>{title}</title></head><body><h1>{title}</h1><div>{body}</div></body></html>"
    )
}

fn pages() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let told = "Nghị quyết số 04/2023/NQ-HĐND đặt chỉ tiêu tỷ lệ hộ nghèo của tỉnh còn 0,75% vào cuối năm 2024.";
    let more = "Ông Trần Giả Tên, Chủ tịch UBND xã, cho biết xã đã vận động từng hộ tham gia mô hình trồng chè sạch.";
    fs::create_dir(folder.path().join("pages")).expect("made");
    for (name, title) in [("a.html", "Xã Khe Mây giảm nghèo"), ("b.html", "Xã Đồi Sim giảm nghèo")] {
        let body = format!("<p>{title}. {told}</p><p>{more}</p>");
        fs::write(folder.path().join("pages").join(name), page(title, &body)).expect("written");
    }
    fs::write(
        folder.path().join("pages/c.html"),
        page("Giải bóng đá xã Khe Mây", &format!("<p>{more}</p><p>{more}</p>")),
    )
    .expect("written");
    folder
}

#[test]
fn the_chain_ends_with_figures_and_four_commands() {
    let folder = pages();
    let (status, out, message) = run(folder.path(), &["run", "pages"]);
    assert_eq!(status, 0, "{message}");
    assert!(out.starts_with("3 articles, 2 citations, 2 percentages, 2 dates\n"), "{out}");
    assert!(out.contains("     2  04/2023/NQ-HĐND\n"), "{out}");
    let tries: Vec<&str> = out.lines().filter_map(|line| line.strip_prefix("  baotinh ")).collect();
    assert_eq!(tries.len(), 4);
    let (status, again, message) = run(folder.path(), &["run", "pages"]);
    assert_eq!((status, again == out), (0, true), "{message}");
    assert!(message.contains("0 articles indexed from 0 shards"), "{message}");
}

#[test]
fn a_query_chooses_what_export_and_stats_take() {
    let folder = pages();
    run(folder.path(), &["run", "pages"]);
    let (status, out, message) =
        run(folder.path(), &["export", "--query", "cites:04/2023/NQ-HĐND", "--table", "mentions", "--format", "csv"]);
    assert_eq!((status, out.lines().count()), (0, 1 + 2), "{message}");
    let (status, out, _) = run(folder.path(), &["stats", "--query", "bong da"]);
    assert_eq!((status, out.starts_with("1 articles")), (0, true), "{out}");
    assert_eq!(run(folder.path(), &["export", "--query", "\"không có\""]).0, 1);
    let (status, _, message) = run(folder.path(), &["export", "--query", "title:(", "--format", "csv"]);
    assert_eq!((status, message.starts_with("error: ")), (2, true), "{message}");
}

#[test]
fn an_input_that_fails_is_named_and_the_chain_goes_on() {
    let folder = pages();
    let (status, out, message) = run(folder.path(), &["run", "nothing", "pages"]);
    assert_eq!((status, out.starts_with("3 articles")), (2, true), "{message}");
    assert!(message.contains("error: nothing: cannot be read"), "{message}");
}

#[test]
fn an_index_of_another_version_is_told_with_its_remedy() {
    let folder = pages();
    run(folder.path(), &["run", "pages"]);
    let meta = folder.path().join("index/meta.json");
    let text = fs::read_to_string(&meta).expect("meta.json");
    fs::write(&meta, text.replace("index_version\\\":", "index_version\\\":9")).expect("written");
    for command in [&["search", "nghèo"][..], &["run", "pages"]] {
        let (status, _, message) = run(folder.path(), command);
        assert_eq!(status, 2);
        assert!(
            message.contains("another version of the program") && message.contains("delete the folder"),
            "{message}"
        );
    }
}

#[test]
fn verbose_says_what_goes_on_and_leaves_the_data_alone() {
    let folder = pages();
    let (_, quiet, _) = run(folder.path(), &["run", "pages"]);
    fs::remove_dir_all(folder.path().join("index")).expect("removed");
    let (status, out, message) = run(folder.path(), &["run", "pages", "--verbose"]);
    assert_eq!((status, out), (0, quiet));
    assert!(message.contains("whole, and in its place") && message.contains("committed"), "{message}");
}

#[test]
fn a_shell_is_given_every_command() {
    let folder = tempfile::tempdir().expect("a folder");
    let (status, script, _) = run(folder.path(), &["completions", "bash"]);
    assert_eq!(status, 0);
    for command in ["crawl", "kwic", "help-query", "duplicates"] {
        assert!(script.contains(command), "{command}");
    }
}

#[test]
fn title_lead_and_body_count_alike_in_every_command() {
    let folder = tempfile::tempdir().expect("a folder");
    let article = serde_json::json!({
        "id": "a", "published": "2023-08-01", "province": "Lào Cai",
        "title": "Nghị quyết số 04/2023/NQ-HĐND có hiệu lực",
        "lead": "Theo Nghị quyết số 04/2023/NQ-HĐND, học phí không tăng.",
        "body": "Nghị quyết số 04/2023/NQ-HĐND được HĐND tỉnh thông qua ngày 12/7/2023.",
    });
    fs::write(folder.path().join("a.jsonl"), article.to_string()).expect("written");
    let answered = |args: &[&str]| {
        let (status, out, message) = run(folder.path(), args);
        assert_eq!(status, 0, "{args:?}: {message}");
        out
    };
    answered(&["extract", "a.jsonl", "-o", "r.jsonl"]);
    answered(&["index", "r.jsonl"]);
    for args in [&["cites", "04/2023/NQ-HĐND"][..], &["cited"]] {
        let rows = answered(&[args, &["--format", "jsonl"]].concat());
        let row: serde_json::Value = serde_json::from_str(&rows).expect("one row");
        assert_eq!(row["citations"], 3, "{args:?}");
    }
    let exported = answered(&["export", "r.jsonl", "--table", "citations", "--format", "jsonl"]);
    assert_eq!(exported.lines().count(), 1, "an article counts once");
    assert!(answered(&["stats", "r.jsonl"]).contains("3 citations (1 article-document pairs)"));
}
