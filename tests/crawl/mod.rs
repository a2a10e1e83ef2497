//! `baotinh crawl` against a web on the own machine: what is asked, what is kept, and what survives a kill.

mod hostile;
mod kill;
mod person;
mod revisit;
mod robots;

use crate::program::run;
use crate::web::{Reply, Request, Web};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// Opens the state of a crawl.
fn state(folder: &Path) -> rusqlite::Connection {
    rusqlite::Connection::open(folder.join("corpus/crawl.sqlite")).expect("the state")
}

/// Crawls a web into `folder/corpus` without a delay; more arguments may say otherwise.
fn crawl(folder: &Path, web: &Web, more: &[&str]) -> (i32, String, String) {
    let start = web.url("/");
    let mut args = vec!["crawl", "--allow-private-hosts", "--start", &start, "--delay", "0"];
    args.extend(more);
    run(folder, &args)
}

/// Returns each address's path with its state and reason.
fn states(folder: &Path) -> BTreeMap<String, (String, String)> {
    let db = state(folder);
    let mut query = db.prepare("SELECT url, state, coalesce(reason, '') FROM url").expect("a query");
    let rows = query.query_map([], |row| Ok((row.get::<_, String>(0)?, (row.get(1)?, row.get(2)?)))).expect("rows");
    let path =
        |url: String| url::Url::parse(&url).map(|url| url[url::Position::BeforePath..].to_string()).expect("a URL");
    rows.map(|row| row.map(|(url, state)| (path(url), state)).expect("a row")).collect()
}

/// Returns the records of the corpus by address; what must differ between two runs (when and where it was kept) is left out.
fn exported(folder: &Path) -> Vec<String> {
    let (status, _, errors) = run(folder, &["extract", "corpus"]);
    assert_eq!(status, 0, "{errors}");
    let (status, out, errors) = run(folder, &["export", "--format", "jsonl", "--corpus", "corpus"]);
    assert_eq!(status, 0, "{errors}");
    let mut lines: Vec<String> = out
        .lines()
        .map(|line| {
            let mut record: Value = serde_json::from_str(line).expect("JSON");
            record["fetched"].take();
            record["origin"]["offset"].take();
            record.to_string()
        })
        .collect();
    lines.sort();
    lines
}

/// A newspaper of `count` pages, each linking to some others; the first to all lists.
fn paper(count: usize) -> impl Fn(&Request) -> Reply + Send + Sync + 'static {
    move |request| match request.path.as_str() {
        "/robots.txt" => Reply::text("User-agent: *\nDisallow: /cam/\n"),
        "/sitemap.xml" => Reply::status(404),
        "/" => Reply::html(page(
            "Trang chủ",
            &(0..count.div_ceil(20)).map(|list| format!("/muc?page={list}")).collect::<Vec<_>>(),
        )),
        path => match (path.strip_prefix("/muc?page="), path.strip_prefix("/bai-")) {
            (Some(list), _) => {
                let list: usize = list.parse().expect("a number");
                let links: Vec<_> =
                    (list * 20..(list * 20 + 20).min(count)).map(|number| format!("/bai-{number}.html")).collect();
                Reply::html(page("Mục", &links))
            }
            (_, Some(rest)) => {
                let number: usize = rest.trim_end_matches(".html").parse().expect("a number");
                Reply::html(page(
                    &format!("Bài số {number}"),
                    &["/cam/x".to_string(), format!("/bai-{}.html", (number + 1) % count)],
                ))
            }
            _ => Reply::status(404),
        },
    }
}

fn page(title: &str, links: &[String]) -> String {
    let links: String = links.iter().map(|link| format!("<li><a href='{link}'>tin</a></li>")).collect();
    let text = "Hội đồng nhân dân tỉnh họp kỳ thường lệ và thông qua nghị quyết về phát triển kinh tế của địa phương. "
        .repeat(6);
    format!(
        "<!DOCTYPE html><html><head><title>{title}</title></head><body><h1>{title}</h1><article><p>{title}. {text}</p></article><ul>{links}</ul></body></html>"
    )
}

#[test]
fn a_site_is_crawled_whole_and_proved() {
    let folder = tempfile::tempdir().expect("a folder");
    let web = Web::start(paper(100));
    let (status, _, errors) = crawl(folder.path(), &web, &[]);
    assert_eq!(status, 0, "{errors}");
    let states = states(folder.path());
    assert_eq!(states.values().filter(|(state, _)| state == "fetched").count(), 106);
    assert_eq!(states["/cam/x"], ("denied".to_string(), "robots.txt".to_string()));
    assert_eq!(web.count("/cam/x"), 0);
    assert!(web.asked().values().all(|&count| count == 1), "{:?}", web.asked());
    let (status, out, _) = run(folder.path(), &["crawl", "verify"]);
    assert_eq!((status, out.trim_end()), (0, "108 addresses (0 waiting) and 107 records in 1 WARC files agree"));
}
