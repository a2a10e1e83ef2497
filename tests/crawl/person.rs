//! What a person sees of a crawl, and what a wrong command or a broken folder is told.

use super::{crawl, page, paper, state, states};
use crate::program::run;
use crate::web::{Reply, Web};
use serde_json::Value;
use std::process::{Command, Stdio};
use std::time::Duration;

#[test]
fn every_decision_is_logged_and_listed_with_its_reason() {
    let folder = tempfile::tempdir().expect("a folder");
    let web = Web::start(paper(20));
    let (_, out, errors) = crawl(folder.path(), &web, &["--log", "json"]);
    let events: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let find = |event: &str, path: &str| {
        events.iter().find(|line| line["event"] == event && line["url"] == web.url(path)).expect(path)
    };
    assert_eq!(find("robots", "/robots.txt")["access"], "parsed");
    assert_eq!(find("done", "/cam/x")["robots"], "disallow: /cam/");
    assert_eq!(
        (&find("done", "/bai-1.html")["state"], &find("done", "/bai-1.html")["status"]),
        (&"fetched".into(), &200.into())
    );
    assert!(errors.contains("denied: robots.txt"), "{errors}");
    let (_, out, _) = run(folder.path(), &["crawl", "list"]);
    let denied = out.lines().find(|line| line.contains("/cam/x")).expect("listed");
    assert!(denied.contains("disallow: /cam/") && denied.contains("parsed (200)"), "{denied}");
    let (_, out, _) = run(folder.path(), &["crawl", "status"]);
    assert!(out.contains("fetched: new") && out.contains("parsed (200)"), "{out}");
}

#[test]
fn days_and_numbers_of_pages_bound_a_crawl_and_a_later_one_goes_beyond() {
    let folder = tempfile::tempdir().expect("a folder");
    let web = Web::start(|request| match request.path.as_str() {
        "/robots.txt" => Reply::text("Sitemap: /sitemap.xml\n"),
        "/" => Reply::html(page("Trang chủ", &["/cu".to_string()])),
        "/sitemap.xml" => Reply::xml(
            "<urlset xmlns:news='n'><url><loc>/cu</loc><news:publication_date>2023-01-01</news:publication_date></url>\
             <url><loc>/moi</loc><news:publication_date>2024-04-25</news:publication_date></url>\
             <url><loc>/khong-doi</loc><lastmod>2023-01-01</lastmod></url></urlset>",
        ),
        _ => Reply::html(page("Bài", &[])),
    });
    let since = ["--since", "2024-01-01"];
    assert_eq!(crawl(folder.path(), &web, &since).0, 0);
    assert_eq!((web.count("/moi"), web.count("/khong-doi")), (1, 0));
    assert_eq!(states(folder.path())["/khong-doi"].1, "last changed before --since");
    assert_eq!(crawl(folder.path(), &web, &[]).0, 0);
    assert_eq!((web.count("/cu"), web.count("/khong-doi")), (1, 1));

    let folder = tempfile::tempdir().expect("a folder");
    let web = Web::start(paper(100));
    assert_eq!(crawl(folder.path(), &web, &["--max-pages", "30"]).0, 0);
    assert_eq!(web.asked().keys().filter(|path| *path != "/robots.txt" && *path != "/sitemap.xml").count(), 30);
    assert_eq!(crawl(folder.path(), &web, &[]).0, 0);
    assert_eq!(web.asked().len(), 108);
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_a_crawl_cleanly_and_the_same_command_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let web = Web::start(paper(100));
    let child = Command::new(env!("CARGO_BIN_EXE_baotinh"))
        .current_dir(folder.path())
        .args(["crawl", "--allow-private-hosts", "--delay", "0.05", "--start", &web.url("/")])
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    for _ in 0..3000 {
        if web.asked().len() > 10 {
            break;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let (locked, _, errors) = crawl(folder.path(), &web, &[]);
    assert_eq!(locked, 2);
    assert!(errors.starts_with("error:") && errors.contains("another crawl is at work"), "{errors}");
    assert_eq!(run(folder.path(), &["crawl", "status"]).0, 0, "at any time");
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill").success());
    let output = child.wait_with_output().expect("ended");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && errors.contains("the same command resumes"), "{errors}");
    assert_eq!(run(folder.path(), &["crawl", "verify"]).0, 0);
    assert_eq!(crawl(folder.path(), &web, &[]).0, 0);
    assert!(web.asked().values().all(|&count| count == 1), "{:?}", web.asked());
    assert_eq!(web.asked().len(), 108);
}

#[test]
fn a_delay_that_trouble_taught_survives_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    let web = Web::start(|request| match request.path.as_str() {
        "/robots.txt" | "/sitemap.xml" => Reply::status(404),
        "/" => Reply::status(429).with("Retry-After: 7200"),
        _ => Reply::status(404),
    });
    let (status, _, errors) = crawl(folder.path(), &web, &[]);
    assert!(status == 1 && errors.contains("asks for patience until"), "{errors}");
    let (status, _, errors) = crawl(folder.path(), &web, &[]);
    assert!(status == 1 && errors.contains("asks for patience until"), "{errors}");
    assert_eq!(web.count("/"), 1, "asked once, and left alone");
}

#[test]
fn the_index_beside_a_warc_is_sorted_and_leads_to_the_records() {
    let folder = tempfile::tempdir().expect("a folder");
    let web = Web::start(paper(30));
    assert_eq!(crawl(folder.path(), &web, &[]).0, 0);
    let warc: String = state(folder.path()).query_row("SELECT path FROM warc", [], |row| row.get(0)).expect("a file");
    let warc = folder.path().join("corpus/warc").join(warc);
    let index =
        std::fs::read_to_string(warc.with_file_name(
            warc.file_name().and_then(|name| name.to_str()).expect("a name").replace(".warc.gz", ".cdxj"),
        ));
    let index = index.expect("an index");
    assert!(index.lines().is_sorted());
    let line = index.lines().find(|line| line.contains("/bai-7.html")).expect("indexed");
    let fields: Value = serde_json::from_str(line.splitn(3, ' ').nth(2).expect("fields")).expect("JSON");
    assert_eq!((&fields["mime"], &fields["status"]), (&"text/html".into(), &"200".into()));
    let offset: u64 = fields["offset"].as_str().expect("text").parse().expect("a number");
    let records = baotinh::corpus::warc::read(&warc).expect("opened");
    let record = records.flatten().find(|record| record.offset == offset).expect("a record");
    assert_eq!(record.target(), Some(web.url("/bai-7.html").as_str()));
}

#[test]
fn full_warc_files_are_changed_for_new_ones() {
    let folder = tempfile::tempdir().expect("a folder");
    let web = Web::start(|request| match request.path.as_str() {
        "/" => Reply::html(page("Trang chủ", &(0..12).map(|number| format!("/{number}")).collect::<Vec<_>>())),
        "/robots.txt" | "/sitemap.xml" => Reply::status(404),
        path => {
            // Bytes that do not compress.
            let mut random = path.len() as u64 * 77 + path.as_bytes()[1] as u64;
            let mut next = || {
                random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                char::from(b'a' + (random >> 59) as u8 % 26)
            };
            Reply::html(format!("<p>{}", (0..600_000).map(|_| next()).collect::<String>()))
        }
    });
    assert_eq!(crawl(folder.path(), &web, &["--warc-size", "1"]).0, 0);
    let files: i64 =
        state(folder.path()).query_row("SELECT count(*) FROM warc", [], |row| row.get(0)).expect("a count");
    assert!(files > 2, "{files}");
    let (status, out, errors) = run(folder.path(), &["crawl", "verify"]);
    assert_eq!(status, 0, "{out}{errors}");
}

#[test]
fn what_does_not_agree_is_named_and_broken_folders_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(run(folder.path(), &["crawl", "verify"]).0, 1);
    let web = Web::start(paper(20));
    assert_eq!(crawl(folder.path(), &web, &[]).0, 0);
    let sql = "SELECT path, fetch.offset + fetch.length / 2 FROM fetch JOIN warc ON warc.id = fetch.warc WHERE fetch.offset > 0 ORDER BY fetch.id DESC LIMIT 1";
    let (path, middle): (String, i64) =
        state(folder.path()).query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).expect("a record");
    let path = folder.path().join("corpus/warc").join(path);
    let whole = std::fs::read(&path).expect("read");
    let mut damaged = whole.clone();
    damaged[middle as usize] ^= 0xff;
    std::fs::write(&path, damaged).expect("written");
    let (status, out, errors) = run(folder.path(), &["crawl", "verify"]);
    assert_eq!(status, 2);
    assert!(out.contains("disagree in") && errors.contains("no record here, where the answer of"), "{out}{errors}");
    std::fs::write(&path, &whole[..whole.len() / 2]).expect("written");
    let (status, _, errors) = crawl(folder.path(), &web, &[]);
    assert!(status == 2 && errors.contains("were committed; put the whole file back"), "{errors}");
    std::fs::write(folder.path().join("corpus/crawl.sqlite"), "tin").expect("written");
    let (status, _, errors) = crawl(folder.path(), &web, &[]);
    assert!(status == 2 && errors.contains("crawl.sqlite"), "{errors}");
}

#[test]
fn a_wrong_command_is_told_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    for (args, said) in [
        (&["crawl"][..], "--site"),
        (&["crawl", "--site", "khong-co.vn"], "baotinh sites list"),
        (&["crawl", "--province", "Atlantis"], "baotinh sites list"),
        (&["crawl", "--start", "ftp://bao.example/"], "http://"),
        (&["crawl", "--start", "http://bao.example/", "--delay", "inf"], "--delay"),
        (&["crawl", "--start", "http://bao.example/", "--contact", "a\nb"], "--contact"),
    ] {
        let (status, _, errors) = run(folder.path(), args);
        assert!(status == 2 && errors.contains("error:") && errors.contains(said), "{args:?}: {errors}");
    }
}
