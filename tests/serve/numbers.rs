//! Numbers agree: of pages, of files, of the library and of the command line.

use super::{SHARED, encoded, get, shared};
use crate::program::run;
use baotinh::search::{self, Archive};
use serde_json::Value;

/// Queries of every kind that the language has.
const QUERIES: &[&str] = &[
    "*",
    "mía",
    "mia",
    "\"hộ nghèo\"",
    "ho ngheo",
    "mía OR chợ",
    "NOT mía",
    "UBND",
    "nghi*",
    "01/2022/NQ-HĐND",
    "type:NQ",
    "issuer:CP",
    "pct:>=70",
    "pct:>=70 indicator:\"hộ nghèo\"",
    "date:2022..2023",
    "date:2023-02..",
    "source:\"bao song lam\"",
    "province:\"Hải Phòng\"",
    "title:\"nghị quyết\"",
    "chợ NEAR/2 bán",
    "khôngcóđâu",
    "(mía OR chợ) AND date:2023",
];

fn csv_rows(text: &str) -> u64 {
    let mut rows = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    rows.records().collect::<Result<Vec<_>, _>>().expect("rows").len() as u64
}

/// Returns what a query finds, of the library.
fn counted(query: &str) -> u64 {
    let archive = Archive::open(&SHARED.0.path().join("index")).expect("an index");
    archive.count(&search::parse(query, true).expect("a query")).expect("counted")
}

#[test]
fn pages_files_library_and_command_line_count_the_same() {
    for query in QUERIES {
        let (count, q) = (counted(query), encoded(query));
        let json = get(shared(), &format!("/search.json?q={q}")).json();
        assert_eq!((&json["total"]["found"], &json["total"]["of"]), (&count.into(), &6.into()), "{query}");
        for path in [format!("/search.csv?q={q}"), format!("/export.csv?q={q}")] {
            let file = get(shared(), &path);
            assert!(file.whole && csv_rows(file.text()) == count, "{path}");
        }
        let page = get(shared(), &format!("/en/search?q={q}"));
        let articles = if count == 1 { "1 article".to_string() } else { format!("{count} articles") };
        assert!(page.text().contains(&format!("<strong>{articles}</strong> of 6")), "{query}");
        for (name, args) in [("facets", vec![]), ("cited", vec!["-k", "0"]), ("trend", vec![])] {
            let (_, expected, _) = run(SHARED.0.path(), &[&[name, query, "--format", "csv"][..], &args].concat());
            assert_eq!(get(shared(), &format!("/{name}.csv?q={q}")).text(), expected, "{name} {query}");
        }
        let lines = get(shared(), &format!("/kwic.json?q={q}")).json();
        let file = get(shared(), &format!("/kwic.csv?q={q}"));
        let (_, expected, _) = run(SHARED.0.path(), &["kwic", query, "--format", "csv"]);
        assert_eq!(
            lines["figures"]["occurrences"].as_f64().map(|count| count as u64),
            Some(csv_rows(file.text())),
            "{query}"
        );
        assert_eq!(file.text(), expected, "{query}");
    }
}

#[test]
fn every_facet_leads_to_as_many_articles_as_it_counts() {
    let mut followed = 0;
    for query in QUERIES {
        for by in ["source", "province-new", "province-old", "year", "month", "type", "issuer", "section"] {
            let page = get(shared(), &format!("/en/facets?q={}&by={by}", encoded(query)));
            let cells =
                page.text().split("<td class=\"r\" data-label=\"Articles that the query finds\"><a href=\"").skip(1);
            for cell in cells {
                let (href, rest) = cell.split_once("\">").expect("a link");
                let count: u64 = rest.split_once('<').expect("a number").0.parse().expect("a number");
                let found = get(shared(), &href.replace("/en/search", "/search.json").replace("&amp;", "&")).json();
                assert_eq!(found["total"]["found"], count, "{query} by {by}: {href}");
                followed += 1;
            }
        }
    }
    assert!(followed > 100, "{followed}");
}

#[test]
fn collocates_and_keyness_have_the_rows_of_the_command_line() {
    for (name, query, parameters, args) in [
        ("collocates", "\"hộ nghèo\"", "&window=2&min-count=1", vec!["--window", "2", "--min-count", "1", "-k", "0"]),
        ("collocates", "mía", "&min-count=1&sort=log-dice", vec!["--min-count", "1", "--sort", "log-dice", "-k", "0"]),
        ("keyness", "mía", "&min-count=1&unit=pair", vec!["--min-count", "1", "--unit", "pair", "-k", "0"]),
        ("trend", "mia", "&by=month&per-million=yes", vec!["--by", "month", "--per-million"]),
        ("facets", "mia", "&by=month", vec!["--by", "month"]),
        ("cited", "*", "&type=nq", vec!["--type", "nq", "-k", "0"]),
    ] {
        let (_, expected, _) = run(SHARED.0.path(), &[&[name, query, "--format", "csv"][..], &args].concat());
        let file = get(shared(), &format!("/{name}.csv?q={}{parameters}", encoded(query)));
        assert_eq!((file.status, file.text()), (200, expected.as_str()), "{name} {query}");
        let json = get(shared(), &format!("/{name}.json?q={}{parameters}", encoded(query))).json();
        assert_eq!(json["items"].as_array().map(|rows| rows.len() as u64), Some(csv_rows(&expected)));
        assert_eq!(file.header("baotinh-rows"), csv_rows(&expected).to_string());
    }
}

#[test]
fn an_answer_names_its_query_its_snapshot_and_its_set() {
    let json = get(shared(), &format!("/search.json?q={}", encoded("UBND mía"))).json();
    let snapshot = json["snapshot"].as_str().expect("a snapshot");
    assert!(snapshot.len() == 16 && snapshot.bytes().all(|byte| byte.is_ascii_hexdigit()), "{snapshot}");
    assert_eq!((&json["query"]["given"], &json["query"]["expanded"][0][0]), (&"UBND mía".into(), &"UBND".into()));
    for key in
        ["name", "query", "total", "figures", "columns", "items", "of_items", "notes", "summary", "next", "snapshot"]
    {
        assert!(json.get(key).is_some(), "{key}");
    }
    let cite = |query: &str| get(shared(), &format!("/cite.json?q={}", encoded(query))).json();
    let (one, same, other) = (cite("mía OR chợ"), cite("chợ OR mía"), cite("NOT mía"));
    assert_eq!(one["fingerprint"], same["fingerprint"], "the order of words is none of the set's");
    assert_ne!(one["fingerprint"], other["fingerprint"]);
    let address = one["address"].as_str().expect("an address");
    let path = address
        .split_once("8642")
        .map_or_else(|| &address[address.find("/vi").or(address.find("/en")).expect("a path")..], |(_, path)| path);
    assert!(path.ends_with(&format!("&at={snapshot}")), "{path}");
    assert_eq!(get(shared(), path).status, 200);
}

#[test]
fn pages_of_json_hold_every_line_once() {
    let whole = get(shared(), "/kwic.jsonl?q=*%20OR%20a").text().lines().count();
    assert_eq!(whole, 0, "every article is no word");
    let (mut path, mut rows) =
        (Some(format!("/kwic.json?q={}&sort=right1", encoded("a OR e OR o* OR b*"))), Vec::new());
    let wide = get(shared(), &format!("/kwic.jsonl?q={}&sort=right1", encoded("mía OR chợ OR tỉnh")));
    let expected: Vec<Value> = wide.text().lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    path.replace(format!("/kwic.json?q={}&sort=right1", encoded("mía OR chợ OR tỉnh")));
    while let Some(next) = path {
        let page = get(shared(), &next).json();
        rows.extend(page["items"].as_array().expect("items").clone());
        path = page["next"].as_str().map(String::from);
    }
    assert_eq!(rows, expected);
}
