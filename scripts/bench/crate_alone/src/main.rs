//! What the generic extractor's crate reaches alone: title, body and date of a folder of HTML as records, for the articles' scorer.
//!
//! `cargo run --release --manifest-path scripts/bench/crate_alone/Cargo.toml -- FOLDER > alone.jsonl`, then score as `scripts/eval` does; pages are gzip or plain.

use flate2::read::MultiGzDecoder;
use serde_json::json;
use std::io::{Read, Write};
use trafilatura::{ExtractionFocus, Options, extract};

fn main() -> anyhow::Result<()> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "corpus/sample".to_string());
    let mut out = std::io::stdout().lock();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let bytes = std::fs::read(&path)?;
        let mut html = Vec::new();
        match bytes.starts_with(&[0x1f, 0x8b]) {
            true => MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut html).map(drop)?,
            false => html = bytes,
        }
        if !path.to_string_lossy().contains(".html") {
            continue;
        }
        let options = Options::default()
            .with_fallback(true)
            .with_focus(ExtractionFocus::FavorPrecision)
            .with_exclude_comments(true);
        let origin = json!({"path": path});
        let record = match extract(&String::from_utf8_lossy(&html), &options) {
            Ok(found) => {
                let published = found.metadata.date.map(|date| date.format("%Y-%m-%d").to_string());
                json!({"origin": origin, "title": found.metadata.title, "body": found.content_text, "published": published})
            }
            Err(error) => json!({"origin": origin, "body": "", "warnings": [error.to_string()]}),
        };
        writeln!(out, "{record}")?;
    }
    Ok(())
}
