//! `baotinh snapshot`: freezes records as a folder that can be cited.

use super::selection::{self, tell_failures};
use super::{Outcome, say};
use anyhow::{Result, ensure};
use baotinh::export::ro_crate::{Snapshot, snapshot};
use jiff::civil::Date;
use serde_json::json;
use std::path::PathBuf;

/// Arguments of `baotinh snapshot`.
#[derive(clap::Args)]
pub struct Args {
    /// Name of the snapshot and of its folder
    name: String,
    #[command(flatten)]
    selection: selection::Args,
    /// Folder that the snapshot's folder is made in
    #[arg(short, long, value_name = "DIR", default_value = "snapshots")]
    output: PathBuf,
    /// Day of publication of the snapshot; without it the latest day in the records
    #[arg(long, value_name = "DATE")]
    date: Option<Date>,
    /// Leave lead and body out: the newspapers' texts are not passed on
    #[arg(long)]
    without_text: bool,
}

/// Runs `baotinh snapshot`.
pub fn run(args: Args) -> Result<Outcome> {
    let plain = !args.name.is_empty() && !args.name.starts_with('.') && !args.name.contains(['/', '\\']);
    ensure!(plain, "{:?} is not a valid folder name", args.name);
    let (files, selection) = (args.selection.files()?, args.selection.selection()?);
    let query = json!({
        "sites": selection.sites,
        "since": selection.since,
        "until": selection.until,
        "query": args.selection.query,
        "without_text": args.without_text,
    });
    let folder = args.output.join(&args.name);
    let wanted = Snapshot { name: args.name, query, date: args.date, without_text: args.without_text };
    let (counts, report) = snapshot(&folder, &wanted, &files, &selection)?;
    let failed = tell_failures(&report);
    say(&format!("{} articles, {} mentions in {}", counts.total.articles, counts.total.mentions(), folder.display()));
    Ok(if failed { Outcome::SomeFailed } else { Outcome::Done })
}
