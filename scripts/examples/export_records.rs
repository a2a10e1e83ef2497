//! Writes the mentions of a folder of pages or of any other input as CSV: `cargo run --example export_records INPUT > mentions.csv`.

use anyhow::{Context, Result, anyhow};
use baotinh::article::{Record, SCHEMA_VERSION};
use baotinh::corpus::input::{Aside, Input, Item};
use baotinh::export::rows::Table;
use baotinh::export::{Format, Options, writer};
use baotinh::{extract, parse};
use std::path::Path;

fn main() -> Result<()> {
    let input = std::env::args().nth(1).context("name a folder of pages")?;
    let options = Options { table: Some(Table::Mentions), ..Options::default() };
    let mut csv = writer(Format::Csv, &options, std::io::stdout())?;
    let mut failure = None;
    for input in Input::at(Path::new(&input))? {
        input.read(&mut |item| {
            let done = match item {
                Ok(Item::Page(page)) => Ok(parse::parse(&page)),
                Ok(other) => Err(anyhow!("{}: not a page", other.origin().path)),
                Err(Aside::Failure(failure)) => Err(anyhow!("{failure}")),
                Err(Aside::Note(_) | Aside::PassedOver { .. }) => return true,
            };
            let written = done.and_then(|article| {
                let mentions = extract::extract(&article);
                let rules_version = extract::RULES_VERSION.to_string();
                csv.record(&Record { schema_version: SCHEMA_VERSION, rules_version, article, mentions })
            });
            failure = failure.take().or(written.err());
            failure.is_none()
        });
    }
    csv.finish()?;
    failure.map_or(Ok(()), Err)
}
