//! Keeps the house in order: who may import whom, as the crate's map says.

use std::fs;
use std::path::{Path, PathBuf};

/// Modules, and the other modules that each may import.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("answer", &["text"]),
    ("article", &["mention", "place", "text"]),
    ("corpus", &["article", "mention", "report", "text"]),
    ("crawl", &["article", "corpus", "panics", "report", "site", "text"]),
    ("duplicates", &["article", "text"]),
    ("export", &["answer", "article", "corpus", "facts", "mention", "report", "text"]),
    ("extract", &["article", "mention", "place", "text"]),
    ("facts", &["article", "extract", "mention", "place", "text"]),
    ("panics", &[]),
    ("index", &["answer", "article", "corpus", "facts", "panics", "mention", "report", "text"]),
    ("mention", &["article", "place", "text"]),
    ("parse", &["article", "place", "site", "text"]),
    ("place", &["article", "mention", "text"]),
    ("report", &[]),
    ("score", &[]),
    ("search", &["answer", "article", "duplicates", "facts", "index", "mention", "place", "report", "text"]),
    ("serve", &["answer", "article", "export", "extract", "index", "mention", "panics", "search"]),
    ("site", &["article", "place"]),
    ("text", &[]),
];

/// Crates, and the modules that alone may use them.
const ALONE: &[(&str, &[&str])] = &[
    ("arrow_array", &["export", "corpus"]),
    ("axum", &["serve"]),
    ("clap", &["cli"]),
    ("feed_rs", &["crawl", "corpus"]),
    ("html5ever", &["crawl", "parse"]),
    ("hyper", &["serve"]),
    ("indicatif", &["cli"]),
    ("mailparse", &["corpus"]),
    ("maud", &["serve"]),
    ("parquet", &["export", "corpus"]),
    ("quick_xml", &["crawl"]),
    ("reqwest", &["crawl"]),
    ("robotxt", &["crawl"]),
    ("rusqlite", &["crawl"]),
    ("scraper", &["parse", "crawl", "site"]),
    ("tantivy", &["index", "search"]),
    ("toml", &["facts", "site"]),
];

#[test]
fn modules_import_only_what_the_map_allows() {
    let mut breaches = Vec::new();
    for (file, room, text) in sources() {
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(name, _)| *name == room) else { continue };
        for (module, _) in MAY_IMPORT {
            if *module != room
                && !allowed.contains(module)
                && [";", "::"].iter().any(|end| text.contains(&format!("crate::{module}{end}")))
            {
                breaches.push(format!("{}: {room} may not import {module}", file.display()));
            }
        }
    }
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

#[test]
fn crates_stay_in_their_rooms() {
    let mut breaches = Vec::new();
    for (file, room, text) in sources() {
        for (name, rooms) in ALONE {
            let used = text.contains(&format!("use {name}::")) || text.contains(&format!(" {name}::"));
            if used && !rooms.contains(&room.as_str()) {
                breaches.push(format!("{}: {name} belongs to {rooms:?}", file.display()));
            }
        }
    }
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

#[test]
fn pages_escape_every_text() {
    for (file, room, text) in sources() {
        assert!(room != "serve" || !text.contains("PreEscaped"), "{}: markup by hand", file.display());
    }
}

#[test]
fn every_room_is_on_the_map() {
    for (file, room, _) in sources() {
        assert!(
            ["lib", "main", "cli"].contains(&room.as_str()) || MAY_IMPORT.iter().any(|(name, _)| *name == room),
            "{}: no row for {room}",
            file.display()
        );
    }
}

/// Returns every source file with its room (the first part of its path under `src`) and text.
fn sources() -> Vec<(PathBuf, String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut open = vec![root.clone()];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).expect("src") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let inside = path.strip_prefix(&root).expect("inside");
                let room = inside
                    .iter()
                    .next()
                    .and_then(|part| part.to_str())
                    .expect("UTF-8")
                    .trim_end_matches(".rs")
                    .to_string();
                let text = fs::read_to_string(&path).expect("source");
                found.push((inside.to_path_buf(), room, text));
            }
        }
    }
    found
}
