//! The truth table of robots.txt, row by row, with every request counted.

use super::{crawl, page, state, states};
use crate::program::run;
use crate::web::{Reply, Request, Web};
use std::io::Write;
use std::net::TcpStream;
use std::time::Duration;

/// What a row of the table expects of the pages `/`, `/mo` (allowed by the rules) and `/cam` (denied by them).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pages {
    /// All are asked.
    Allowed,
    /// Those that the rules allow are asked.
    ByRules,
    /// None is asked.
    Denied,
}

const RULES: &str = "User-agent: *\nDisallow: /cam\n";

/// Serves a robots.txt by a rule, and three pages.
fn web(robots: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Web {
    Web::start(move |request| match request.path.as_str() {
        "/" => Reply::html(page("Trang chủ", &["/mo".to_string(), "/cam".to_string()])),
        "/mo" | "/cam" => Reply::html(page("Bài", &[])),
        "/sitemap.xml" => Reply::status(404),
        _ => robots(request),
    })
}

fn utf_16(text: &str) -> Vec<u8> {
    [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
}

/// Returns a file of more than 500 KiB; the rule after the limit is cut off.
fn long() -> String {
    format!("{RULES}{}Disallow: /mo\n", format!("# {}\n", "x".repeat(97)).repeat(5200))
}

/// Redirects in a chain of `hops` before the rules.
fn chain(hops: usize) -> impl Fn(&Request) -> Reply + Send + Sync + 'static {
    move |request| {
        let at: usize = request.path.strip_prefix("/r").and_then(|at| at.parse().ok()).unwrap_or(0);
        if at == hops { Reply::text(RULES) } else { Reply::redirect(302, &format!("/r{}", at + 1)) }
    }
}

fn silence(_: &mut TcpStream) -> std::io::Result<()> {
    std::thread::sleep(Duration::from_secs(4));
    Ok(())
}

type Row = (&'static str, Web, Pages, &'static str, &'static str);

fn table() -> Vec<Row> {
    use Pages::{Allowed, ByRules, Denied};
    let always = |reply: fn() -> Reply| web(move |_| reply());
    vec![
        ("200, text", always(|| Reply::text(RULES)), ByRules, "parsed", "200"),
        ("200, HTML page", always(|| Reply::html("<!DOCTYPE html><p>Disallow: /")), Allowed, "absent", "html"),
        ("3xx, one hop", web(chain(1)), ByRules, "parsed", "200"),
        ("3xx, five hops", web(chain(5)), ByRules, "parsed", "200"),
        ("more than 5 hops", web(chain(6)), Allowed, "absent", "redirects"),
        ("redirect to itself", always(|| Reply::redirect(301, "/robots.txt")), Allowed, "absent", "redirects"),
        ("404", always(|| Reply::status(404)), Allowed, "absent", "404"),
        ("410", always(|| Reply::status(410)), Allowed, "absent", "410"),
        ("400", always(|| Reply::status(400)), Allowed, "absent", "400"),
        ("451", always(|| Reply::status(451)), Allowed, "absent", "451"),
        ("401", always(|| Reply::status(401)), Denied, "denied", "401"),
        ("403", always(|| Reply::status(403)), Denied, "denied", "403"),
        ("429", always(|| Reply::status(429)), Denied, "unreachable", "429"),
        ("500", always(|| Reply::status(500)), Denied, "unreachable", "500"),
        ("503", always(|| Reply::status(503)), Denied, "unreachable", "503"),
        ("timeout", always(|| Reply::raw(silence)), Denied, "unreachable", "timeout"),
        (
            "not HTTP",
            always(|| Reply::raw(|stream| stream.write_all(b"220 mail ready\r\n"))),
            Denied,
            "unreachable",
            "broken answer",
        ),
        ("UTF-8 with BOM", always(|| Reply::text(format!("\u{feff}{RULES}"))), ByRules, "parsed", "200"),
        ("UTF-16 with BOM", always(|| Reply::text(utf_16(RULES))), ByRules, "parsed", "200"),
        ("over 500 KiB", always(|| Reply::text(long())), ByRules, "parsed", "200"),
        ("gzip", always(gzip), ByRules, "parsed", "200"),
        ("empty", always(|| Reply::text("")), Allowed, "parsed", "200"),
    ]
}

fn gzip() -> Reply {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    out.write_all(RULES.as_bytes()).expect("memory");
    Reply::text(out.finish().expect("memory")).with("Content-Encoding: gzip")
}

#[test]
fn the_truth_table_of_robots_txt_holds_row_by_row() {
    let wrong: Vec<String> = std::thread::scope(|threads| {
        let rows: Vec<_> = table().into_iter().map(|row| threads.spawn(move || check(row))).collect();
        rows.into_iter().filter_map(|row| row.join().expect("no panic")).collect()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Crawls one row; answers what is wrong.
fn check((name, web, pages, access, reason): Row) -> Option<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let (_, _, errors) = crawl(folder.path(), &web, &["--timeout", "1"]);
    let asked = ["/", "/mo", "/cam"].map(|path| web.count(path));
    let expected = match pages {
        Pages::Allowed => [1, 1, 1],
        Pages::ByRules => [1, 1, 0],
        Pages::Denied => [0, 0, 0],
    };
    let query = "SELECT robots_access, robots_reason FROM host";
    let kept: (String, String) =
        state(folder.path()).query_row(query, [], |row| Ok((row.get(0)?, row.get(1)?))).expect("a host");
    let right = asked == expected && kept.0 == access && kept.1.starts_with(reason);
    (!right).then(|| {
        format!("{name}: asked {asked:?} for {expected:?}, kept {kept:?} for {:?}\n{errors}", (access, reason))
    })
}

#[test]
fn a_host_that_cannot_be_reached_is_denied_and_said_so() {
    let folder = tempfile::tempdir().expect("a folder");
    for start in ["http://127.0.0.1:9/", "http://khong-co-may-nay.invalid/"] {
        let (status, _, errors) =
            run(folder.path(), &["crawl", "--allow-private-hosts", "--delay", "0", "--start", start]);
        assert_eq!(status, 1, "{errors}");
        assert!(errors.contains("robots.txt unreachable: no connection"), "{errors}");
    }
}

#[test]
fn rules_hold_for_a_day_and_older_ones_go_on_when_the_file_cannot_be_had() {
    let folder = tempfile::tempdir().expect("a folder");
    let fails = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let failing = std::sync::Arc::clone(&fails);
    let web =
        web(
            move |_| {
                if failing.load(std::sync::atomic::Ordering::Relaxed) { Reply::status(503) } else { Reply::text(RULES) }
            },
        );
    let robots = || web.count("/robots.txt");
    assert_eq!(crawl(folder.path(), &web, &[]).0, 0);
    let held = "SELECT robots_until_ms - unixepoch(robots_at) * 1000 FROM host";
    let held: i64 = state(folder.path()).query_row(held, [], |row| row.get(0)).expect("a host");
    assert_eq!(held / 3_600_000, 24);
    crawl(folder.path(), &web, &["--again"]);
    assert_eq!(robots(), 1, "held for a day");
    fails.store(true, std::sync::atomic::Ordering::Relaxed);
    state(folder.path()).execute("UPDATE host SET robots_until_ms = 0", []).expect("expired");
    web.forget();
    assert_eq!(crawl(folder.path(), &web, &["--again"]).0, 0);
    assert_eq!((robots(), web.count("/mo"), web.count("/cam")), (1, 1, 0));
}

#[test]
fn a_robots_txt_that_asks_for_patience_is_asked_again_and_its_delay_is_kept_on_disk() {
    let folder = tempfile::tempdir().expect("a folder");
    let asked = std::sync::atomic::AtomicUsize::new(0);
    let web = web(move |_| match asked.fetch_add(1, std::sync::atomic::Ordering::Relaxed) {
        0 => Reply::status(429).with("Retry-After: 1"),
        _ => Reply::text("User-agent: *\nCrawl-delay: 0.2\nDisallow: /cam\n"),
    });
    assert_eq!(crawl(folder.path(), &web, &[]).0, 0);
    assert_eq!((web.count("/robots.txt"), web.count("/mo"), web.count("/cam")), (2, 1, 0));
    let base: i64 = state(folder.path()).query_row("SELECT base_ms FROM host", [], |row| row.get(0)).expect("a host");
    assert_eq!(base, 200);
    assert_eq!(states(folder.path())["/cam"].0, "denied");
}
