//! What stands on the pages: text as text, links that answer, one address for one thing.

use super::{addresses, encoded, get, get_with, shared};
use std::collections::BTreeSet;

/// Returns the addresses that a page links to.
pub fn links(page: &str) -> Vec<String> {
    let values =
        page.split(" href=\"").skip(1).chain(page.split(" action=\"").skip(1)).chain(page.split(" src=\"").skip(1));
    values.filter_map(|rest| rest.split_once('"')).map(|(value, _)| value.replace("&amp;", "&")).collect()
}

#[test]
fn text_of_newspapers_is_text_on_every_page() {
    for path in addresses() {
        let answer = get(shared(), &path);
        assert_eq!(answer.status, 200, "{path}");
        let page = answer.text();
        for wrong in ["<script>", "<img", "<i>Lạ", "<b>mía", "href=\"javascript", " style=", "onmouseover=\"alert"] {
            assert!(!page.contains(wrong), "{path}: {wrong}");
        }
        assert_eq!(page.matches("<script").count(), 1, "{path}: our own script alone");
        assert_eq!(page.matches("<h1").count(), 1, "{path}: one heading");
        assert!(page.len() < 100_000, "{path}: {} bytes", page.len());
        assert!(page.starts_with("<!DOCTYPE html><html lang=\""), "{path}");
    }
    let page = get(shared(), "/en/article/x~2F~3Cy~3E~3F~22z~22?q=m%C3%ADa");
    assert!(page.text().contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(page.text().contains("<code>javascript:alert(3)</code>"), "an address of another scheme is text");
}

#[test]
fn every_link_of_every_page_answers() {
    let mut open: Vec<String> = addresses();
    let mut seen: BTreeSet<String> = open.iter().cloned().collect();
    let mut asked = 0;
    while let Some(path) = open.pop() {
        let answer = get(shared(), &path);
        asked += 1;
        assert!([200, 302].contains(&answer.status), "{path}: {} {:.300}", answer.status, answer.text());
        assert!(answer.status != 302 || path.ends_with("/search"), "{path}: a link that is not canonical");
        if !answer.header("content-type").starts_with("text/html") {
            continue;
        }
        let page = answer.text();
        for link in links(page) {
            match link.strip_prefix('#') {
                Some(target) => assert!(page.contains(&format!(" id=\"{target}\"")), "{path}: #{target}"),
                None if link.starts_with("http") => {}
                // Two steps from the first pages; the graph of queries has no end.
                None => {
                    let link = link.split('#').next().unwrap_or_default().to_string();
                    if asked <= addresses().len() && seen.insert(link.clone()) {
                        open.insert(0, link);
                    }
                }
            }
        }
    }
    assert!(asked > 150, "{asked}");
}

#[test]
fn one_thing_has_one_address() {
    let q = encoded("mía");
    let twisted = get(shared(), &format!("/vi/search?page=1&sort=date&q={q}"));
    assert_eq!((twisted.status, twisted.header("location")), (302, format!("/vi/search?q={q}&sort=date").as_str()));
    let bare = get_with(shared(), &format!("/search?q={q}"), &["Accept-Language: en, vi;q=0.5"]);
    assert_eq!((bare.status, bare.header("location")), (302, format!("/en/search?q={q}").as_str()));
    assert_eq!(bare.header("vary"), "accept-language");
    let page = get(shared(), &format!("/vi/search?q={q}"));
    let tag = format!("If-None-Match: {}", page.header("etag"));
    assert_eq!(get_with(shared(), &format!("/vi/search?q={q}"), &[&tag]).status, 304);
    assert_eq!(get_with(shared(), &format!("/en/search?q={q}"), &[&tag]).status, 200);
    for missing in
        ["/vi/nothing", "/vi/article/", "/vi/article/none", "/fr/search", "/search.exe", "/assets/../Cargo.toml"]
    {
        assert_eq!(get(shared(), missing).status, 404, "{missing}");
    }
    let style = links(page.text()).into_iter().find(|link| link.contains("style")).expect("a style sheet");
    let style = get(shared(), &style);
    assert!(style.header("cache-control").contains("immutable") && style.body.len() < 15_000, "{}", style.body.len());
}

#[test]
fn a_query_is_shown_as_it_was_read_and_each_condition_can_be_taken_out() {
    let page = get(shared(), &format!("/en/search?q={}", encoded("UBND date:2023")));
    let text = page.text();
    assert!(text.contains("UBND also finds: "), "abbreviations are told");
    assert!(text.contains("aria-label=\"Remove the condition date:2023-01-01..2023-12-31\""));
    assert!(links(text).iter().any(|link| link == "/en/search?q=UBND"), "the chip's cross");
    assert!(links(text).iter().any(|link| link.ends_with("&expand=no")), "the switch");
    assert!(get(shared(), "/en/search?q=kh%C3%B4ngc%C3%B3%C4%91%C3%A2u").text().contains("No article found."));
}

#[test]
fn the_description_names_what_answers() {
    let description = get(shared(), "/openapi.json").json();
    assert_eq!(description["openapi"], "3.1.0");
    let paths = description["paths"].as_object().expect("paths");
    assert!(paths.len() > 30, "{}", paths.len());
    for (path, operations) in paths {
        let answer = get(
            shared(),
            &format!("{}?q=m%C3%ADa", path.replace("{id}", "a")).replace("stats.csv?q=m%C3%ADa", "stats.csv"),
        );
        let takes_query =
            operations["get"]["parameters"].as_array().expect("a list").iter().any(|it| it["name"] == "q");
        assert_eq!(answer.status, if takes_query || path == "/stats.csv" { 200 } else { 400 }, "{path}");
        let types = operations["get"]["responses"]["200"]["content"].as_object().expect("types");
        assert!(answer.status != 200 || types.contains_key(answer.header("content-type")), "{path}");
    }
}
