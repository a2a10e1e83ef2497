//! `baotinh export`: records to JSON, JSONL, CSV, TSV, Parquet or XLSX, complete and as a stream.

use super::output::{ending, refuse_ending, refuse_file};
use super::selection::{self, tell_failures};
use super::{Outcome, quickwit, say};
use anyhow::{Context, Result, bail, ensure};
use baotinh::corpus::file::AtomicFile;
use baotinh::export::keep::Keep;
use baotinh::export::rows::Table;
use baotinh::export::{self, Exported, Options};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Arguments of `baotinh export`.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    selection: selection::Args,
    /// Format; without it by the name of FILE, else jsonl
    #[arg(short, long, value_enum)]
    format: Option<Format>,
    /// Table; without it JSON and JSONL hold the records as they are, CSV and Parquet the articles
    #[arg(short, long, value_enum)]
    table: Option<TableName>,
    /// Of the tables mentions and citations only rows of these kinds: citation, percent, date
    #[arg(long, value_name = "KIND,…", value_delimiter = ',', value_parser = ["citation", "percent", "date"])]
    kind: Vec<String>,
    /// Only citations of documents of these types (NQ, QĐ, NĐ …)
    #[arg(long = "type", value_name = "TYPE,…", value_delimiter = ',')]
    types: Vec<String>,
    /// Only citations of documents of these issuers (HĐND, CP …)
    #[arg(long, value_name = "ISSUER,…", value_delimiter = ',')]
    issuer: Vec<String>,
    /// Only citations and percentages of this place or of places in this province; may be given more than once
    #[arg(long, value_name = "PLACE")]
    place: Vec<String>,
    /// Where the rows go, compressed by name (.gz, .zst); without it standard output. For quickwit a new folder
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Only these fields, in this order (`baotinh schema --dictionary en` lists them)
    #[arg(long, value_name = "NAME,…", value_delimiter = ',')]
    fields: Vec<String>,
    /// Start CSV with a byte order mark, by which Excel knows UTF-8
    #[arg(long)]
    bom: bool,
    /// Put ' before text in CSV that a spreadsheet would take for a formula (=, +, -, @)
    #[arg(long, visible_alias = "neutralize-formulas")]
    neutralise_formulas: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Json,
    Jsonl,
    Csv,
    /// Tab separated, quoted as CSV
    Tsv,
    Parquet,
    /// A workbook of Excel
    Xlsx,
    /// Index configuration and documents for a Quickwit cluster
    Quickwit,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum TableName {
    Articles,
    Mentions,
    Citations,
    Documents,
    Relations,
    Figures,
}

impl From<TableName> for Table {
    fn from(name: TableName) -> Table {
        match name {
            TableName::Articles => Table::Articles,
            TableName::Mentions => Table::Mentions,
            TableName::Citations => Table::Citations,
            TableName::Documents => Table::Documents,
            TableName::Relations => Table::Relations,
            TableName::Figures => Table::Figures,
        }
    }
}

/// Runs `baotinh export`.
pub fn run(args: Args) -> Result<Outcome> {
    let output = args.output.as_deref().filter(|path| *path != Path::new("-"));
    if let (None, Some(path)) = (args.format, output) {
        refuse_ending(path, ENDINGS, "say the format by the name or with --format")?;
    }
    let format = match args.format.or_else(|| by_name(output?)).unwrap_or(Format::Jsonl) {
        Format::Parquet if output.is_none() => bail!("Parquet is binary: give -o FILE.parquet"),
        Format::Xlsx if output.is_none() => bail!("XLSX is binary: give -o FILE.xlsx"),
        Format::Quickwit => {
            let plain = args.table.is_none() && args.fields.is_empty() && !args.bom && !args.neutralise_formulas;
            ensure!(
                plain,
                "--table, --fields, --bom and --neutralise-formulas are not for quickwit, which holds whole articles"
            );
            return quickwit::export(&args.selection, output.context("quickwit is a folder: name it with -o FOLDER")?);
        }
        Format::Json => export::Format::Json,
        Format::Jsonl => export::Format::Jsonl,
        Format::Csv => export::Format::Csv,
        Format::Tsv => export::Format::Tsv,
        Format::Xlsx => export::Format::Xlsx,
        Format::Parquet => export::Format::Parquet,
    };
    if (args.bom || args.neutralise_formulas) && !matches!(format, export::Format::Csv | export::Format::Tsv) {
        bail!("--bom and --neutralise-formulas are for CSV and TSV");
    }
    let (selection, evidence) = args.selection.selection_with_evidence()?;
    let mut keep = Keep { kinds: args.kind, types: args.types, issuers: args.issuer, places: args.place, asked: None };
    let table = args.table.map(Table::from);
    let has_mentions = table.is_some_and(Table::is_of_mentions);
    ensure!(
        has_mentions || keep.is_all(),
        "--kind, --type, --issuer and --place choose rows of --table mentions, citations or figures"
    );
    if let Some(evidence) = evidence.filter(|_| has_mentions) {
        keep.asked = Some(Arc::new(move |record| evidence.holds(record)));
    }
    let options = Options {
        keep,
        table,
        fields: args.fields,
        bom: args.bom,
        neutralise_formulas: args.neutralise_formulas,
        facts: None,
    };
    let files = args.selection.files()?;
    if let Some(path) = output {
        refuse_file(&files, path)?;
    }
    let exported = match output {
        Some(path) => {
            let (file, exported) = export::export(&files, &selection, format, &options, AtomicFile::create(path)?)?;
            file.finish()?;
            exported
        }
        None => {
            let (mut out, exported) =
                export::export(&files, &selection, format, &options, BufWriter::with_capacity(1 << 16, io::stdout()))?;
            out.flush()?;
            exported
        }
    };
    Ok(told(&exported, output))
}

/// Endings of names that tell the format.
const ENDINGS: &[&str] = &["json", "jsonl", "ndjson", "csv", "tsv", "xlsx", "parquet"];

/// Reads the format off a file's name, through its compression.
fn by_name(path: &Path) -> Option<Format> {
    match ending(path)?.as_str() {
        "json" => Some(Format::Json),
        "jsonl" | "ndjson" => Some(Format::Jsonl),
        "csv" => Some(Format::Csv),
        "tsv" => Some(Format::Tsv),
        "xlsx" => Some(Format::Xlsx),
        "parquet" => Some(Format::Parquet),
        _ => None,
    }
}

/// Says on standard error what was exported.
fn told(exported: &Exported, output: Option<&Path>) -> Outcome {
    let Exported { records, rows, notes } = exported;
    let failed = tell_failures(records);
    for note in notes {
        say(&format!("note: {note}"));
    }
    let place = output.map(|path| format!(" to {}", path.display())).unwrap_or_default();
    say(&format!(
        "{rows} rows of {} articles written{place}; {} articles left out, {} failed",
        records.done,
        records.skipped,
        records.failed.len()
    ));
    match (failed, records.done) {
        (true, _) => Outcome::SomeFailed,
        (false, 0) => Outcome::NothingFound,
        (false, _) => Outcome::Done,
    }
}
