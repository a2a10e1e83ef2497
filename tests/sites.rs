//! `baotinh sites` from outside: the table, and the alarm when a layout has drifted.

use crate::program::run;
use crate::web::{Reply, Web};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// Writes a record file: for each month the number of articles with and without a title.
fn records(path: &Path, months: &[(&str, usize, usize)]) {
    let mut lines = String::new();
    for (month, with_title, without) in months {
        for number in 0..with_title + without {
            let title = (number < *with_title).then_some("Tin");
            let record = json!({
                "schema_version": baotinh::article::SCHEMA_VERSION, "id": format!("baoquangninh.vn:{number}"), "site": "baoquangninh.vn",
                "title": title, "body": "Nội dung.", "published": "2024-04-25", "fetched": format!("{month}-05T00:00:00Z"), "mentions": [],
            });
            lines += &format!("{record}\n");
        }
    }
    fs::write(path, lines).expect("written");
}

#[test]
fn a_province_of_today_lists_the_papers_it_was_made_of() {
    let folder = tempfile::tempdir().expect("a folder");
    let (status, out, _) = run(folder.path(), &["sites", "list", "--province", "Ninh Binh", "--json"]);
    assert_eq!(status, 0);
    let rows: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let provinces: Vec<_> = rows.iter().map(|row| row["province_old"].as_str().expect("a province")).collect();
    assert_eq!(provinces, ["Ninh Bình", "Hà Nam", "Nam Định"]);
    let (_, out, _) = run(folder.path(), &["sites", "list", "--province", "Nam Định", "--json"]);
    assert_eq!(out.lines().count(), 1);
    let (_, out, _) = run(folder.path(), &["sites", "list", "--json"]);
    assert_eq!(out.lines().count(), 63);
}

#[test]
fn an_old_domain_shows_the_paper_and_an_unknown_name_is_not_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let (status, out, _) = run(folder.path(), &["sites", "show", "www.baophuyen.vn"]);
    assert_eq!(status, 0);
    assert!(out.contains("Phú Yên; Đắk Lắk since 1 July 2025") && out.contains("into baodaklak.vn"), "{out}");
    let (status, out, message) = run(folder.path(), &["sites", "show", "atlantis.vn"]);
    assert_eq!((status, out.as_str()), (1, ""));
    assert!(message.contains("atlantis.vn"), "{message}");
    let (status, _, message) = run(folder.path(), &["sites", "list", "--province", "Atlantis"]);
    assert_eq!(status, 2);
    assert!(message.starts_with("error: no province is called \"Atlantis\""), "{message}");
}

#[test]
fn a_paper_that_lost_its_titles_ends_health_with_status_1() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("records.jsonl");
    records(&file, &[("2026-01", 30, 0), ("2026-02", 5, 25)]);
    let (status, out, message) = run(folder.path(), &["sites", "health", "records.jsonl", "--json"]);
    assert_eq!(status, 1);
    assert!(message.contains("drift: baoquangninh.vn 2026-02: no title 83.3%, before 0.0%"), "{message}");
    let rows: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!((rows.len(), &rows[1]["no_title"], &rows[2]["drift"]["month"]), (3, &json!(25), &json!("2026-02")));
    records(&file, &[("2026-01", 30, 0), ("2026-02", 30, 1)]);
    assert_eq!(run(folder.path(), &["sites", "health", "records.jsonl"]).0, 0);
}

#[test]
fn health_of_nothing_and_of_a_broken_file_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let (status, _, message) = run(folder.path(), &["sites", "health"]);
    assert_eq!(status, 1);
    assert!(message.contains("baotinh extract"), "{message}");
    fs::write(folder.path().join("a.jsonl"), "{}\n").expect("written");
    let (status, _, message) = run(folder.path(), &["sites", "health", "a.jsonl"]);
    assert_eq!(status, 2);
    assert!(message.contains("a.jsonl:1"), "{message}");
}

#[test]
fn check_says_what_a_layout_yields_and_ends_with_1_when_it_finds_no_body() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = |body: &str| {
        format!(
            "<html lang=vi><body><h1 class=name>Xã Đồng Mây họp</h1><div id={body}><p>Xã đã họp.</p></div></body></html>"
        )
    };
    fs::write(folder.path().join("a.html"), page("content-detail")).expect("written");
    fs::write(folder.path().join("b.html"), page("other")).expect("written");
    let (status, out, _) = run(folder.path(), &["sites", "check", "baoquangninh.vn", "a.html", "b.html"]);
    assert_eq!(status, 0, "{out}");
    assert!(out.contains("mediatech@baoquangninh.vn body        1/2    #content-detail (1)"), "{out}");
    assert!(out.contains("2 pages:") && out.contains("1 where no layout finds the body"), "{out}");
    let (status, out, _) = run(folder.path(), &["sites", "check", "baoquangninh.vn", "b.html", "--json"]);
    assert_eq!(status, 1);
    let last: Value = serde_json::from_str(out.lines().last().expect("a line")).expect("JSON");
    assert_eq!((&last["pages"], &last["no_layout_body"]), (&json!(1), &json!(1)));
    let (status, _, message) = run(folder.path(), &["sites", "check", "baoquangninh.vn", "missing"]);
    assert_eq!(status, 2);
    assert!(message.contains("missing"), "{message}");
    let (status, _, message) = run(folder.path(), &["sites", "check", "atlantis.vn", "a.html"]);
    assert_eq!(status, 2);
    assert!(message.contains("atlantis.vn"), "{message}");
}

#[test]
fn a_page_is_looked_at_part_by_part_from_a_file_and_from_its_address() {
    const PAGE: &str = "<html lang=vi><head><meta property=og:title content='Xã Mây Trắng có đường mới'><title>Tin</title></head><body>\
        <div class=wrap><h1 class=name>Xã Mây Trắng có đường mới</h1><div class=date>Thứ Ba, 09/09/2025 | 08:15</div>\
        <div id=content-detail><p>Con đường dài 4,2 km nối ba bản của xã với quốc lộ, rút ngắn một giờ đi chợ của bà con trong xã.</p>\
        <p>Tỷ lệ hộ nghèo của xã còn 1,2%, giảm 0,5 điểm phần trăm so với cùng kỳ năm trước, theo báo cáo của xã.</p></div></div></body></html>";
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.html"), PAGE).expect("written");
    let (status, out, errors) = run(folder.path(), &["sites", "check", "a.html"]);
    assert_eq!(status, 0, "{errors}");
    for line in
        ["title      Xã Mây Trắng có đường mới", "in meta og:title", "> h1.name", "lead       -", "(2 paragraphs, "]
    {
        assert!(out.contains(line), "{line:?} in {out}");
    }
    let (status, out, _) = run(folder.path(), &["sites", "check", "a.html", "--json"]);
    let row: Value = serde_json::from_str(out.trim()).expect("JSON");
    assert_eq!(
        (status, &row["parts"][1]["part"], &row["parts"][2]["value"]),
        (0, &json!("title"), &json!("2025-09-09T08:15:00+07:00"))
    );
    let web = Web::start(|request| match request.path.as_str() {
        "/robots.txt" => Reply::text("User-agent: *\nDisallow: /cam\n"),
        "/tin.html" | "/cam.html" => Reply::html(PAGE),
        _ => Reply::status(404),
    });
    let look = |path: &str| run(folder.path(), &["sites", "check", &web.url(path), "--allow-private-hosts"]);
    let (status, out, errors) = look("/tin.html");
    assert_eq!((status, out.contains("title      Xã Mây Trắng có đường mới")), (0, true), "{errors}{out}");
    let (status, out, errors) = look("/cam.html");
    assert_eq!((status, out.as_str(), web.count("/cam.html")), (1, "", 0), "{errors}");
    assert!(errors.contains("robots.txt"), "{errors}");
}
