//! Prints the best articles for a query and how many there are: `cargo run --example search_index INDEX QUERY`.

#![allow(clippy::print_stdout)]

use anyhow::{Context, Result};
use baotinh::search::{self, Archive};
use std::path::Path;

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (index, query) = (arguments.next().context("an index folder")?, arguments.next().context("a query")?);
    let archive = Archive::open(Path::new(&index))?;
    let query = search::parse(&query, true)?;
    for hit in archive.search(&query, 10)? {
        let article = archive.record(hit.address)?.article;
        println!("{:.2}\t{}\t{}", hit.score, article.id, article.title.unwrap_or_default());
    }
    println!("{} of {} articles: {query}", archive.count(&query)?, archive.len());
    Ok(())
}
