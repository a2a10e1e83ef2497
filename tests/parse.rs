//! Pages and what they must yield: the fixtures of each layout family, the sample corpus, and what makes pages hostile.
//!
//! A fixture is a page in `tests/pages/<family>/`, its address in `manifest.jsonl`, and the expected article beside it as JSON;
//! `UPDATE_EXPECTED=1 cargo test --test baotinh parse` writes the expected files anew, to be read before they are committed.

use baotinh::article::{Article, Page};
use baotinh::parse::{Clocks, parse, parse_with};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Reads the pages that a manifest names, in its order: the file as written there, and the page.
fn pages(folder: &Path) -> Vec<(String, Page)> {
    let manifest = fs::read_to_string(folder.join("manifest.jsonl")).expect("a manifest");
    let rows = manifest.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    rows.map(|row| {
        let text = |key: &str| row[key].as_str().map(str::to_string);
        let file = text("file").expect("a file");
        let bytes = fs::read(folder.join(&file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        let fetched = text("fetched").map(|time| time.parse().expect("a time"));
        (file, Page { url: text("url"), fetched, content_type: text("content_type"), bytes, ..Page::default() })
    })
    .collect()
}

/// Returns what a fixture says of an article.
fn yields(article: &Article) -> Value {
    let captions: Vec<_> = article.images.iter().filter_map(|image| image.caption.as_deref()).collect();
    json!({
        "site": article.site, "site_number": article.site_number, "title": article.title, "lead": article.lead,
        "author": article.author, "section": article.section, "tags": article.tags, "published": article.published,
        "published_source": article.published_source, "canonical_url": article.canonical_url, "amp_url": article.amp_url,
        "captions": captions, "body_state": article.body_state, "body": article.body.lines().collect::<Vec<_>>(),
    })
}

/// Lists the files of a folder and its folders with one of the endings, as the manifest would name them.
fn files(folder: &Path, ending: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            let inner = path.file_name().expect("a name").to_string_lossy().into_owned();
            found.extend(files(&path, ending).into_iter().map(|file| format!("{inner}/{file}")));
        } else if path.extension().is_some_and(|extension| extension == ending) {
            found.push(path.file_name().expect("a name").to_string_lossy().into_owned());
        }
    }
    found.sort();
    found
}

#[test]
fn each_page_yields_what_stands_beside_it() {
    let folder = root("tests/pages");
    let (pages, update) = (pages(&folder), std::env::var_os("UPDATE_EXPECTED").is_some());
    let mut wrong = Vec::new();
    for (file, page) in &pages {
        let expected = folder.join(file).with_extension("json");
        let got = yields(&parse(page));
        if update {
            fs::write(&expected, serde_json::to_string_pretty(&got).expect("JSON") + "\n").expect("written");
            continue;
        }
        let text = fs::read_to_string(&expected).unwrap_or_else(|error| panic!("{}: {error}", expected.display()));
        let want: Value = serde_json::from_str(&text).expect("JSON");
        for (key, want) in want.as_object().expect("an object") {
            if got[key] != *want {
                wrong.push(format!("{file}: {key}\n  is       {}\n  and not  {want}", got[key]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_page_is_the_same_article_at_every_address_of_its_paper() {
    let mut others = 0;
    for (file, page) in pages(&root("tests/pages")) {
        let article = parse(&page);
        let Some(site) = article.site.as_deref().and_then(|id| baotinh::site::sites().named(id)) else { continue };
        let mut url = url::Url::parse(page.url.as_deref().expect("an address")).expect("a URL");
        for domain in &site.domains {
            url.set_host(Some(&domain.host)).expect("a host");
            let other = parse(&Page { url: Some(url.to_string()), ..page.clone() });
            others += usize::from(other.url != article.url);
            assert_eq!(
                (&other.id, &other.site_number, &other.body),
                (&article.id, &article.site_number, &article.body),
                "{file} {url}"
            );
        }
    }
    assert!(others >= 8, "{others} other addresses");
}

#[test]
fn no_page_and_no_expected_file_is_left_over() {
    let folder = root("tests/pages");
    let mut named: Vec<_> = pages(&folder).into_iter().map(|(file, _)| file).collect();
    named.sort();
    assert_eq!(files(&folder, "html"), named, "pages and manifest.jsonl name the same files");
    let expected: Vec<_> = files(&folder, "json").iter().map(|file| file.replace(".json", ".html")).collect();
    assert_eq!(expected, named, "each page has its expected article, and no expected article lacks its page");
}

/// Returns what the sample's expected file says of a page.
fn sample_yields(file: &str, article: &Article) -> Value {
    let captions: Vec<_> = article.images.iter().filter_map(|image| image.caption.as_deref()).collect();
    let mentions: Vec<_> = baotinh::extract::extract(article)
        .iter()
        .map(|mention| {
            let row = serde_json::to_value(mention).expect("JSON");
            let ends =
                || json!(format!("{}..{}", row["low"].as_f64().unwrap_or(0.0), row["high"].as_f64().unwrap_or(0.0)));
            let value = if row["value"].is_null() && row["kind"] == "percent" { ends() } else { row["value"].clone() };
            json!({"kind": row["kind"], "text": row["text"], "value": value})
        })
        .collect();
    json!({
        "file": file, "title": article.title, "lead": article.lead, "author": article.author, "section": article.section,
        "published": article.published, "captions": captions, "body": article.body.lines().collect::<Vec<_>>(), "mentions": mentions,
    })
}

/// Writes `13` and `13.0` the same way.
fn whole_as_float(value: &Value) -> Value {
    match value {
        Value::Number(number) => json!(number.as_f64()),
        Value::Array(values) => values.iter().map(whole_as_float).collect(),
        Value::Object(fields) => fields.iter().map(|(key, value)| (key.clone(), whole_as_float(value))).collect(),
        other => other.clone(),
    }
}

#[test]
fn the_sample_corpus_yields_its_articles_and_mentions() {
    let path = root("tests/expected/sample.jsonl");
    let got: Vec<_> =
        pages(&root("corpus/sample")).iter().map(|(file, page)| sample_yields(file, &parse(page))).collect();
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        let lines: String = got.iter().map(|row| format!("{row}\n")).collect();
        fs::write(path, lines).expect("written");
        return;
    }
    let text = fs::read_to_string(path).expect("the expected articles");
    let want: BTreeMap<String, Value> = text
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON"))
        .map(|row| (row["file"].as_str().expect("a file").to_string(), row))
        .collect();
    assert_eq!(want.keys().collect::<Vec<_>>(), files(&root("corpus/sample"), "html").iter().collect::<Vec<_>>());
    let mut wrong = Vec::new();
    for row in &got {
        let want = &want[row["file"].as_str().expect("a file")];
        for (key, want) in want.as_object().expect("an object") {
            if whole_as_float(&row[key]) != whole_as_float(want) {
                wrong.push(format!("{}: {key}\n  is       {}\n  and not  {want}", row["file"], row[key]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_clock_is_learned_from_several_pages_of_a_site() {
    let page = |number: u32, published: u32| {
        let text = "Hội đồng nhân dân xã đã họp và thông qua nghị quyết về hỗ trợ học phí cho học sinh. ".repeat(4);
        let html = format!(
            "<html lang=vi><body><div class=top><span class=ngay>Thứ Năm, 25/4/2024</span></div><h1>Xã Đồng Mây họp lần {number}</h1>\
             <div class=info>{published:02}/03/2024 08:00</div><div class=text><p>{text}</p><p>{text}</p></div></body></html>"
        );
        Page {
            fetched: Some("2024-04-25T03:00:00Z".parse().expect("a time")),
            bytes: html.into_bytes(),
            ..Page::default()
        }
    };
    let pages: Vec<_> = (1..=4).map(|number| page(number, number + 10)).collect();
    let clocks = Clocks::learn(&pages);
    for (page, day) in pages.iter().zip(11..) {
        let published = parse_with(page, &clocks).published.map(|when| when.day().to_string());
        assert_eq!(published, Some(format!("2024-03-{day}")));
    }
}

#[test]
fn what_is_said_to_be_published_after_the_fetch_is_not() {
    let html = "<html><head><meta property='article:published_time' content='2031-01-02T00:00:00+07:00'></head><body><h1>Xã họp</h1></body>";
    let fetched = Some("2024-04-25T03:00:00Z".parse().expect("a time"));
    let article = parse(&Page { fetched, bytes: html.into(), ..Page::default() });
    assert_eq!(article.published, None);
    assert!(article.warnings.iter().any(|warning| warning.contains("after the fetch")), "{:?}", article.warnings);
}
