//! `baotinh schema`: the shape of records and tables, for programs and for people.

use super::{Outcome, say, stdout};
use anyhow::Result;
use baotinh::corpus::file::AtomicFile;
use baotinh::export::dictionary::{Language, dictionary, json_schema, tables};
use std::io::Write;
use std::path::PathBuf;

/// Arguments of `baotinh schema`.
#[derive(clap::Args)]
pub struct Args {
    /// Print the data dictionary of the tables instead, in English (en) or Vietnamese (vi) as Markdown, or both as JSON
    #[arg(long, value_name = "LANGUAGE", value_enum, conflicts_with = "output")]
    dictionary: Option<Name>,
    /// Write the schema and both dictionaries to a folder
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Name {
    En,
    Vi,
    Json,
}

/// Runs `baotinh schema`.
pub fn run(args: Args) -> Result<Outcome> {
    if let Some(folder) = args.output {
        for (name, text) in baotinh::export::dictionary::files() {
            let mut file = AtomicFile::create(&folder.join(name))?;
            file.write_all(text.as_bytes())?;
            file.finish()?;
            say(&format!("{} written", folder.join(name).display()));
        }
        return Ok(Outcome::Done);
    }
    let text = match args.dictionary {
        Some(Name::En) => dictionary(Language::English),
        Some(Name::Vi) => dictionary(Language::Vietnamese),
        Some(Name::Json) => format!("{:#}\n", tables()),
        None => format!("{:#}\n", json_schema()),
    };
    let mut out = stdout();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(Outcome::Done)
}
