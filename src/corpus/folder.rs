//! A folder as people have it: pages, texts, feeds, tables and JSON are read, what cannot be is named and counted.
//!
//! Invariant: files come in the order of their paths, each once; a file that holds no articles is passed over, not a failure.

use super::file::{self, Line};
use super::input::{Aside, Each, Input, Row, html};
use super::{feed, saved};
use crate::report::Failure;
use anyhow::{Context, Result};
use std::collections::HashMap;
use std::io::BufRead;
use std::path::Path;

/// Endings of files that are parts of pages, settings or systems' own: nobody expects articles in them.
#[rustfmt::skip]
const PARTS: &[&str] = &[
    "bmp", "css", "db", "eot", "gif", "ico", "ini", "jpeg", "jpg", "js", "lock", "log", "map", "md", "mjs", "png", "py", "r",
    "sh", "sql", "sqlite", "svg", "toml", "ttf", "webp", "woff", "woff2", "yaml", "yml",
];

/// Names what a file is that no article can be read from, by its ending.
fn kind(ending: &str) -> &'static str {
    match ending {
        "pdf" => "PDF",
        "doc" | "docx" | "odt" | "rtf" => "Word",
        "ppt" | "pptx" => "slides",
        "zip" | "rar" | "7z" | "tar" | "tgz" | "gz" | "zst" | "bz2" | "xz" => "archive",
        "mp3" | "mp4" | "avi" | "mov" | "wav" | "webm" => "sound or film",
        ending if PARTS.contains(&ending) => "picture, style or setting",
        _ => "other",
    }
}

/// Reads what a folder and the folders in it hold.
pub(super) fn read(folder: &Path, each: Each<'_>) -> Result<()> {
    let manifest = manifest(folder, each)?;
    let (mut found, mut going) = (0u64, true);
    for path in file::list(folder, &|name| !name.starts_with('.') && name != "manifest.jsonl")? {
        let inside = path.strip_prefix(folder).unwrap_or(&path);
        if saved::is_part(folder, inside) {
            continue;
        }
        let input = match takes(&path) {
            Ok(input) => input,
            Err(kind) => {
                each(Err(Aside::PassedOver { path, kind }));
                continue;
            }
        };
        found += 1;
        let inside = inside.to_string_lossy().replace('\\', "/");
        let mut passed = |item| {
            going = each(item);
            going
        };
        match &input {
            Input::Html(path) => {
                if let Err(error) = html(path, manifest.get(&inside), &mut passed) {
                    passed(Err(Aside::Failure(input.failure(&error))));
                }
            }
            input => input.read(&mut passed),
        }
        if !going {
            return Ok(());
        }
    }
    anyhow::ensure!(
        found > 0,
        "no page (.html, .htm, .mhtml), text (.txt), table (.csv, .tsv, .xlsx, .parquet), JSON (.jsonl, .json), feed (.xml, .rss) or WARC in the folder"
    );
    Ok(())
}

/// Says how a file of a folder is read, or what it is when it is not.
pub(super) fn takes(path: &Path) -> Result<Input, &'static str> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    match Input::of_file(path) {
        Ok(Input::Feed(path)) if !holds_feed(&path) => Err("XML that is no feed"),
        Ok(Input::Lines(path, _)) if holds_records(&path) => Err("records of this program; name the file to read it"),
        // Settings and lists are JSON too: without a text they are none of ours.
        Ok(Input::Lines(path, _)) if !holds_articles(&path) => Err("JSON without articles"),
        Ok(input) => Ok(input),
        Err(_) => Err(kind(&ending)),
    }
}

/// Says whether an XML file is a feed; sitemaps and settings are XML too.
fn holds_feed(path: &Path) -> bool {
    start(path).is_some_and(|start| feed::is_feed(&start))
}

/// Says whether a file of JSON begins with a record.
fn holds_records(path: &Path) -> bool {
    let record = |start: Vec<u8>| {
        let start = start.trim_ascii_start();
        let start = start.strip_prefix(b"[").unwrap_or(start).trim_ascii_start();
        start.starts_with(b"{\"schema_version\"")
    };
    start(path).is_some_and(record)
}

/// Says whether the beginning of a file of JSON speaks of a text, under one of the names that others give it.
fn holds_articles(path: &Path) -> bool {
    let Some(start) = start(path) else { return true };
    let text = String::from_utf8_lossy(&start);
    text.split('"').any(super::fields::means_text)
}

fn start(path: &Path) -> Option<Vec<u8>> {
    file::open(path).ok()?.fill_buf().ok().map(<[u8]>::to_vec)
}

/// Reads what a folder's `manifest.jsonl` says of its pages, by their path in the folder.
fn manifest(folder: &Path, each: Each<'_>) -> Result<HashMap<String, Row>> {
    let path = folder.join("manifest.jsonl");
    let mut rows = HashMap::new();
    if !path.is_file() {
        return Ok(rows);
    }
    let (mut reader, mut buffer) = (file::open(&path)?, Vec::new());
    for number in 1.. {
        let place = || format!("{}:{number}", path.display());
        match file::next_line(&mut reader, &mut buffer).with_context(place)? {
            Line::End => break,
            Line::TooLong(length) => {
                each(Err(Aside::Failure(Failure { place: place(), reason: Line::refusal(length) })));
                continue;
            }
            Line::Whole if buffer.trim_ascii().is_empty() => continue,
            Line::Whole => {}
        }
        match serde_json::from_slice::<Row>(&buffer) {
            Ok(row) => {
                rows.insert(row.file.clone(), row);
            }
            Err(error) => {
                let reason =
                    format!("not a line {{\"file\": …, \"url\": …}}: {error}; the page is read without its address");
                each(Err(Aside::Failure(Failure { place: place(), reason })));
            }
        }
    }
    Ok(rows)
}
