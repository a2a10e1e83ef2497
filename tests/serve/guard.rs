//! Who is answered, and under which limits.

use super::{add, addresses, connect, encoded, get, get_with, indexed, records, send, shared, start};
use crate::index::record;
use baotinh::serve::{Options, Server};
use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr};
use std::time::{Duration, Instant};

#[test]
fn only_our_own_host_names_are_answered() {
    let (server, port) = (shared(), shared().address().port());
    for (host, status) in [
        (format!("127.0.0.1:{port}"), 200),
        (format!("LOCALHOST:{port}"), 200),
        (format!("[::1]:{port}"), 200),
        ("localhost".to_string(), 421),
        (format!("localhost:{}", port ^ 1), 421),
        (format!("127.0.0.1.evil.example:{port}"), 421),
        (format!("evil.example:{port}"), 421),
        (String::new(), 421),
    ] {
        for path in ["/vi/about", "/openapi.json", "/search.json"] {
            let answer = send(server.address(), &format!("GET {path}"), &[format!("Host: {host}")]);
            assert_eq!(answer.status, status, "{host} {path}");
        }
    }
    let two = [format!("Host: localhost:{port}"), "Host: evil.example".to_string()];
    assert!(send(server.address(), "GET /vi/about", &two).status >= 400);
    let absolute = send(server.address(), "GET http://evil.example/vi/about", &two[..1]);
    assert!(absolute.status >= 400, "{}", absolute.status);
}

#[test]
fn nothing_but_get_and_head_is_answered() {
    let server = shared();
    let host = [format!("Host: localhost:{}", server.address().port())];
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW"] {
        let answer = send(server.address(), &format!("{method} /search.json"), &host);
        assert_eq!((answer.status, answer.header("allow")), (405, "GET, HEAD"), "{method}");
    }
    let head = send(server.address(), "HEAD /vi/search", &host);
    assert_eq!((head.status, head.body.len()), (200, 0));
}

#[test]
fn a_page_of_another_site_gets_no_answer_but_a_link_may_be_followed() {
    let cross = "Sec-Fetch-Site: cross-site";
    for (headers, status) in [
        (vec![cross, "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: script"], 403),
        (vec![cross, "Sec-Fetch-Mode: cors", "Sec-Fetch-Dest: empty"], 403),
        (vec![cross, "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"], 403),
        (vec!["Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: image"], 403),
        (vec![cross, "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"], 200),
        (vec!["Sec-Fetch-Site: same-origin", "Sec-Fetch-Mode: cors"], 200),
        (vec!["Sec-Fetch-Site: none"], 200),
        (vec!["Origin: http://evil.example"], 403),
        (vec!["Origin: null"], 403),
    ] {
        assert_eq!(get_with(shared(), "/search.json?q=a", &headers).status, status, "{headers:?}");
    }
    let own = format!("Origin: http://127.0.0.1:{}", shared().address().port());
    assert_eq!(get_with(shared(), "/search.json?q=a", &[&own]).status, 200);
}

#[test]
fn every_answer_forbids_foreign_scripts_frames_and_guesses_of_types() {
    let paths = ["/search.json?q=(", "/nothing", "/robots.txt", "/export.csv", "/search.svg", "/"].map(String::from);
    for path in addresses().into_iter().chain(paths) {
        let answer = get(shared(), &path);
        let policy = answer.header("content-security-policy");
        for rule in
            ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "require-trusted-types-for 'script'"]
        {
            assert!(policy.contains(rule), "{path}: {policy}");
        }
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), "", "{path}");
        assert_eq!(answer.header("set-cookie"), "", "{path}");
    }
}

#[test]
fn what_is_too_long_or_too_wide_is_an_error_that_names_the_limit() {
    let server = shared();
    for (path, status, kind) in [
        (format!("/search.json?q={}", "a".repeat(7_600)), 414, "address-too-long"),
        (format!("/search.json?q={}", "a".repeat(2_100)), 422, "query-too-long"),
        ("/search.json?q=a*".to_string(), 422, "prefix-too-short"),
        ("/search.json?page=51".to_string(), 400, "parameter"),
        ("/kwic.json?q=a&widht=9".to_string(), 400, "parameter"),
        ("/search.csv?q=(a".to_string(), 400, "query"),
        ("/export.csv?q=%22".to_string(), 400, "query"),
        ("/article/none.json".to_string(), 404, "no-article"),
        ("/cited.csv?at=0000000000000000".to_string(), 409, "snapshot"),
    ] {
        let answer = get(server, &path);
        let kind_there = answer.json()["type"].as_str().map(|text| text.ends_with(kind));
        assert_eq!((answer.status, kind_there), (status, Some(true)), "{path:.60}: {}", answer.text());
        assert_eq!(answer.header("content-type"), "application/problem+json");
    }
    let wrong = get(server, &format!("/search.json?q={}", encoded("mía AND (chè"))).json();
    assert_eq!((&wrong["character"], &wrong["query"]), (&9.into(), &"mía AND (chè".into()));
    let page = get(server, &format!("/en/search?q={}", encoded("mía AND (chè")));
    assert!(page.status == 400 && page.text().contains("Character 9") && page.text().contains("<mark>(</mark>"));
    assert!(get(server, "/kwic.json?widht=9").text().contains("did you mean width?"));
}

#[test]
fn a_question_over_its_time_is_an_error_and_not_a_smaller_number() {
    let folder = indexed(&records());
    let (server, _) = start(folder.path(), |options| options.limits.page = Duration::ZERO);
    for path in ["/facets.json", "/kwic.json?q=m%C3%ADa", "/cited.csv", "/search.json?q=m%C3%ADa"] {
        let answer = get(&server, path);
        // What needs no pass over articles may still be answered, whole.
        let whole = answer.status == 200 && answer.json()["total"]["of"] == 6;
        assert!(whole || answer.json()["type"].as_str().is_some_and(|kind| kind.ends_with("too-slow")), "{path}");
    }
    assert_eq!(get(&server, "/facets.json").status, 503);
    assert_eq!(get(&server, "/vi/kwic?q=m%C3%ADa").status, 503);
}

#[test]
fn who_finds_no_turn_is_asked_to_come_again() {
    let folder = indexed(&records());
    let (server, _) = start(folder.path(), |options| {
        options.limits.queue = Duration::from_millis(50);
        (options.limits.scans, options.limits.files) = (0, 0);
    });
    for path in ["/kwic.json?q=a", "/en/collocates?q=a", "/export.csv"] {
        let answer = get(&server, path);
        assert_eq!((answer.status, answer.header("retry-after")), (503, "2"), "{path}");
    }
    assert_eq!(get(&server, "/en/search?q=a").status, 200, "pages have turns of their own");
}

#[test]
fn a_head_that_never_ends_is_cut() {
    let folder = indexed(&records());
    let (server, _) = start(folder.path(), |options| options.limits.head = Duration::from_millis(300));
    let mut slow = connect(server.address());
    slow.write_all(b"GET /vi/ HTTP/1.1\r\nHost: local").expect("sent");
    let begun = Instant::now();
    let mut rest = Vec::new();
    let _ = slow.read_to_end(&mut rest);
    assert!(begun.elapsed() < Duration::from_secs(20), "the connection is closed");
    assert!(!rest.starts_with(b"HTTP/1.1 200"));
    let mut large = connect(server.address());
    let head = format!("GET /vi/ HTTP/1.1\r\nX-Large: {}\r\n\r\n", "a".repeat(100_000));
    let _ = large.write_all(head.as_bytes());
    let mut answer = Vec::new();
    let _ = large.read_to_end(&mut answer);
    assert!(!answer.starts_with(b"HTTP/1.1 2"), "a head of 100 KB");
    assert_eq!(get(&server, "/vi/about").status, 200);
}

#[test]
fn an_address_that_others_reach_needs_a_name() {
    let folder = indexed(&records());
    let refused = |change: &dyn Fn(&mut Options)| {
        let mut options = Options::new(folder.path().join("index"));
        options.port = 0;
        change(&mut options);
        Server::start(options).err().map(|error| format!("{error:#}")).unwrap_or_default()
    };
    assert!(refused(&|options| options.address = IpAddr::V4(Ipv4Addr::UNSPECIFIED)).contains("--host"));
    assert!(refused(&|options| options.base = "archive".into()).contains("slash"));
    assert!(refused(&|options| options.index = "/nowhere/index".into()).contains("no index here"));
    let taken = shared().address().port();
    assert!(refused(&|options| options.port = taken).contains("--port"));
}

#[test]
fn behind_a_proxy_every_link_begins_with_the_base() {
    let folder = indexed(&records());
    let (server, _) = start(folder.path(), |options| {
        options.base = "/kho/".into();
        options.hosts = vec!["archive.example".into()];
        options.with_text = false;
    });
    let ask = |path: &str| send(server.address(), &format!("GET {path}"), &["Host: archive.example".to_string()]);
    assert_eq!(ask("/vi/search").status, 404);
    for path in addresses().into_iter().map(|path| format!("/kho{path}")) {
        let answer = ask(&path);
        assert_eq!(answer.status, 200, "{path}");
        for link in super::pages::links(answer.text()) {
            assert!(link.starts_with("/kho/") || link.starts_with('#') || link.starts_with("http"), "{path}: {link}");
        }
    }
    assert_eq!(ask("/kho/").header("location"), "/kho/vi/");
    let next = ask("/kho/search.json").json();
    assert_eq!(next["next"], serde_json::Value::Null);
    let article = ask("/kho/article/a.json");
    assert_eq!((article.status, article.json()["body"].as_str()), (200, Some("")), "no full text");
    assert!(!ask("/kho/export.jsonl").text().contains("Hội đồng nhân dân tỉnh ban hành"));
}

#[test]
fn the_log_has_a_line_a_request_and_no_query() {
    let folder = indexed(&records());
    let (server, lines) = start(folder.path(), |_| ());
    get(&server, "/vi/search?q=bimat");
    get(&server, "/search.json?q=bimat(");
    let lines = lines.lock().expect("a log").clone();
    assert_eq!(lines.iter().filter(|line| line.contains("GET ")).count(), 2, "{lines:?}");
    assert!(lines[0].contains("GET /vi/search 200") && !lines.concat().contains("bimat"), "{lines:?}");
    let (server, lines) = start(folder.path(), |options| options.log_queries = true);
    get(&server, "/vi/search?q=bimat");
    assert!(lines.lock().expect("a log").concat().contains("q=bimat"));
}

/// An index whose export has more bytes than any buffer between.
fn large() -> tempfile::TempDir {
    let body = "Bà con xã Đồng Mây làm đường mới. ".repeat(1_500);
    let records: Vec<_> = (0..260).map(|at| record(&format!("r{at}"), "Xã Đồng Mây", &body, "2024-06-01")).collect();
    let folder = tempfile::tempdir().expect("a folder");
    add(folder.path(), "large.jsonl", &records);
    folder
}

#[test]
fn a_reader_who_leaves_frees_the_place_and_the_end_cuts_a_file_visibly() {
    let folder = large();
    let (server, lines) = start(folder.path(), |options| {
        options.limits.files = 1;
        options.limits.drain = Duration::from_millis(300);
    });
    let begin = || {
        let mut stream = connect(server.address());
        let head = format!("GET /export.jsonl HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", server.address().port());
        stream.write_all(head.as_bytes()).expect("sent");
        let mut first = [0; 1024];
        assert!(stream.read(&mut first).expect("read") > 0 && first.starts_with(b"HTTP/1.1 200"));
        (stream, first)
    };
    drop(begin());
    let whole = get(&server, "/export.jsonl");
    assert!(whole.status == 200 && whole.whole, "the place is free again");
    assert_eq!(whole.text().lines().count(), 260);
    let (mut stream, first) = begin();
    let stopping = Instant::now();
    server.stop().expect("stopped");
    assert!(stopping.elapsed() < Duration::from_secs(20));
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest);
    let end = [&first[..], &rest].concat();
    assert!(!end.ends_with(b"0\r\n\r\n"), "no closing chunk");
    assert!(lines.lock().expect("a log").iter().any(|line| line.contains("was cut")));
}
