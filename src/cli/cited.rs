//! `baotinh cited`: the documents that articles cite most.

use super::{Outcome, archive, say, table};
use anyhow::Result;
use baotinh::search::cited::{self, Wanted};
use serde_json::{Value, json};

/// Arguments of `baotinh cited`.
#[derive(clap::Args)]
pub struct Args {
    /// Count only the articles that this query finds
    #[arg(default_value = "*")]
    query: String,
    /// Only documents of this type (NQ, QĐ, L)
    #[arg(long = "type", value_name = "TYPE")]
    type_: Option<String>,
    /// Only documents of this issuer (HĐND, CP)
    #[arg(long)]
    issuer: Option<String>,
    /// Documents to show; 0 shows all
    #[arg(short, value_name = "N", default_value_t = 20)]
    k: usize,
    #[command(flatten)]
    archive: archive::Args,
    #[arg(long, value_enum, default_value_t)]
    format: table::Format,
}

/// Runs `baotinh cited`.
pub fn run(args: Args) -> Result<Outcome> {
    let (archive, query) = (args.archive.open()?, args.archive.query(&args.query)?);
    let wanted = Wanted { type_: args.type_, issuer: args.issuer };
    let documents = cited::cited(&archive, &query, &wanted)?;
    let shown = if args.k == 0 { documents.len() } else { args.k.min(documents.len()) };
    let people = args.format == table::Format::Text;
    let names = |names: &std::collections::BTreeSet<String>| if people { json!(names.len()) } else { json!(names) };
    let rows: Vec<Vec<Value>> = documents[..shown]
        .iter()
        .map(|document| {
            let mut row = vec![
                json!(document.articles),
                json!(document.citations),
                json!(document.first.map(|day| day.to_string())),
                json!(document.last.map(|day| day.to_string())),
                names(&document.sources),
                names(&document.provinces),
                json!(document.value),
            ];
            if people {
                row.push(json!(document.key.split('|').next().filter(|_| document.key.contains('|')).unwrap_or("")));
            } else {
                row.extend([json!(document.type_), json!(document.key)]);
            }
            row
        })
        .collect();
    let first = ["articles", "citations", "first", "last", "papers", "provinces", "document"];
    let columns: Vec<&str> =
        first.into_iter().chain(if people { &["place"][..] } else { &["type", "key"] }.iter().copied()).collect();
    table::print(args.format, &columns, &rows)?;
    say(&format!(
        "{shown} of the {} documents that {} of {} articles cite: {query}",
        documents.len(),
        archive.count(&query)?,
        archive.len()
    ));
    Ok(if rows.is_empty() { Outcome::NothingFound } else { Outcome::Done })
}
