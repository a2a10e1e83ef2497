//! Where rows go and how: the arguments that every command with rows shares.

use super::{Outcome, say, stdout};
use anyhow::{Result, bail, ensure};
use baotinh::answer::{self, Answer, Cell, Column, RowWriter};
use baotinh::corpus::file::AtomicFile;
use baotinh::export::is_formula;
use baotinh::export::sheet::AnswerSheet;
use std::io::{self, BufWriter, StdoutLock, Write};
use std::path::{Path, PathBuf};

/// Endings of files of records.
const RECORD_ENDINGS: &[&str] = &["jsonl", "ndjson"];

/// Returns the ending of a file's name that tells its format, in lower case: `csv` of `a.CSV.gz`.
pub fn ending(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?.to_lowercase();
    let bare = name.trim_end_matches(".gz").trim_end_matches(".zst");
    bare.rsplit_once('.').map(|(_, ending)| ending.to_string())
}

/// Refuses a name whose ending is none of those known: a file never bears the name of another format. Devices have none.
///
/// # Errors
/// Names the endings that are known.
pub fn refuse_ending(path: &Path, known: &[&str], what: &str) -> Result<()> {
    let is_device = std::fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir());
    if path == Path::new("-") || is_device || ending(path).is_some_and(|ending| known.contains(&ending.as_str())) {
        return Ok(());
    }
    let known: Vec<_> = known.iter().map(|ending| format!(".{ending}")).collect();
    bail!(
        "{}: the ending says no format that can be written here; {what} ({}, also with .gz or .zst)",
        path.display(),
        known.join(", ")
    )
}

/// Refuses a file for records that does not bear their name; an empty file that is there already tells no format, as those
/// that `mktemp` makes.
///
/// # Errors
/// Names the endings of records.
pub fn refuse_other_than_records(path: &Path, what: &str) -> Result<()> {
    let is_empty = std::fs::metadata(path).is_ok_and(|found| found.is_file() && found.len() == 0);
    if is_empty && !ending(path).is_some_and(|ending| OTHER_ENDINGS.contains(&&*ending)) {
        return Ok(());
    }
    refuse_ending(path, RECORD_ENDINGS, what)
}

/// Endings that name formats which are no records.
const OTHER_ENDINGS: &[&str] =
    &["csv", "db", "html", "json", "ods", "parquet", "sqlite", "tsv", "txt", "warc", "xls", "xlsx", "xml"];

/// Refuses to write over a file that is read.
///
/// # Errors
/// Names the file.
pub fn refuse_file(read: &[PathBuf], output: &Path) -> Result<()> {
    let Ok(output) = output.canonicalize() else { return Ok(()) };
    match read.iter().find(|path| path.canonicalize().is_ok_and(|path| path == output)) {
        Some(path) => bail!("{}: is read as an input; choose another name for -o", path.display()),
        None => Ok(()),
    }
}

/// Arguments that say where rows go and how.
#[derive(clap::Args)]
#[group(skip)]
pub struct Args {
    /// Format; without it by the name of FILE, else text
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// File for the rows, compressed by name (.gz, .zst); without it standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Put ' before text in CSV and TSV that a spreadsheet would take for a formula (=, +, -, @)
    #[arg(long, visible_alias = "neutralize-formulas")]
    pub neutralise_formulas: bool,
}

/// Names the formats of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Columns for reading
    Text,
    /// RFC 4180 with a header
    Csv,
    /// Tab separated with a header
    Tsv,
    /// One array of objects
    Json,
    /// One object a line
    Jsonl,
    /// A workbook of Excel
    Xlsx,
}

impl Format {
    /// Returns the format of text, if it is one.
    fn text(self) -> Option<answer::Format> {
        match self {
            Format::Text => Some(answer::Format::Text),
            Format::Csv => Some(answer::Format::Csv),
            Format::Tsv => Some(answer::Format::Tsv),
            Format::Json => Some(answer::Format::Json),
            Format::Jsonl => Some(answer::Format::Jsonl),
            Format::Xlsx => None,
        }
    }
}

/// Endings of names that tell the format of rows.
const ROW_ENDINGS: &[&str] = &["csv", "tsv", "json", "jsonl", "ndjson", "xlsx", "txt"];

impl Args {
    /// Returns the format asked for, by name or by the name of the file; nothing of a workbook, which is no text.
    pub fn format(&self) -> Option<answer::Format> {
        self.format.or_else(|| by_name(self.path()?)).unwrap_or(Format::Text).text()
    }

    /// Returns the file that the rows go to, if it is not standard output.
    pub fn path(&self) -> Option<&Path> {
        self.output.as_deref().filter(|path| *path != Path::new("-"))
    }

    /// Opens what the rows go to.
    ///
    /// # Errors
    /// When the file cannot be made.
    pub fn open(&self) -> Result<Sink> {
        Ok(match self.path() {
            Some(path) if self.format.is_none() => {
                refuse_ending(path, ROW_ENDINGS, "say the format by the name or with --format")?;
                Sink::File(Box::new(AtomicFile::create(path)?))
            }
            Some(path) => Sink::File(Box::new(AtomicFile::create(path)?)),
            None => Sink::Stdout(stdout()),
        })
    }

    /// Begins rows that come one at a time.
    ///
    /// # Errors
    /// When the file cannot be made or written.
    pub fn rows(&self, name: &str, columns: &[Column]) -> Result<Rows> {
        let (format, sink) = (self.format(), self.open()?);
        Ok(match format {
            Some(format) => {
                let table = matches!(format, answer::Format::Csv | answer::Format::Tsv);
                ensure!(table || !self.neutralise_formulas, "--neutralise-formulas is for CSV and TSV");
                Rows::Text(Box::new(RowWriter::new(sink, format, columns)?), self.neutralise_formulas)
            }
            None => {
                let Sink::File(file) = sink else { bail!("XLSX is binary: give -o FILE.xlsx") };
                Rows::Sheet(Box::new(AnswerSheet::new(*file, name, columns)?))
            }
        })
    }

    /// Prints an answer: the rows where they go, what they are of on standard error.
    ///
    /// # Errors
    /// When the rows cannot be written.
    pub fn print(&self, answer: &Answer) -> Result<Outcome> {
        let mut rows = self.rows(answer.name, &answer.columns)?;
        for row in &answer.rows {
            rows.row(row)?;
        }
        rows.finish()?;
        summarise(answer);
        Ok(if answer.rows.is_empty() { Outcome::NothingFound } else { Outcome::Done })
    }
}

/// Writes rows in the format asked for.
pub enum Rows {
    /// As text of any format, and whether formulas are neutralised.
    Text(Box<RowWriter<Sink>>, bool),
    /// As a workbook.
    Sheet(Box<AnswerSheet<AtomicFile>>),
}

impl Rows {
    /// Writes a row: a cell for each column.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn row(&mut self, cells: &[Cell]) -> Result<()> {
        match self {
            Rows::Text(rows, true) => Ok(rows.row(&cells.iter().map(neutralised).collect::<Vec<_>>())?),
            Rows::Text(rows, false) => Ok(rows.row(cells)?),
            Rows::Sheet(sheet) => sheet.row(cells),
        }
    }

    /// Returns the number of rows so far.
    pub fn rows(&self) -> u64 {
        match self {
            Rows::Text(rows, _) => rows.rows(),
            Rows::Sheet(sheet) => sheet.rows(),
        }
    }

    /// Hands on what is written so far, so that a reader sees it at once.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn flush(&mut self) -> Result<()> {
        match self {
            Rows::Text(rows, _) => Ok(rows.flush()?),
            Rows::Sheet(_) => Ok(()),
        }
    }

    /// Ends the rows; a file is moved to its place, and what a workbook could not hold is said.
    ///
    /// # Errors
    /// When the rest cannot be written.
    pub fn finish(self) -> Result<()> {
        match self {
            Rows::Text(rows, _) => rows.finish()?.finish(),
            Rows::Sheet(sheet) => {
                let (file, notes) = sheet.finish()?;
                file.finish()?;
                notes.iter().for_each(|note| say(&format!("note: {note}")));
                Ok(())
            }
        }
    }
}

/// Puts a `'` before a text that a spreadsheet would take for a formula.
fn neutralised(cell: &Cell) -> Cell {
    match cell {
        Cell::Text(text) if is_formula(text) => Cell::Text(format!("'{text}")),
        Cell::Texts(texts) if texts.first().is_some_and(|text| is_formula(text)) => {
            let mut texts = texts.clone();
            texts[0].insert(0, '\'');
            Cell::Texts(texts)
        }
        cell => cell.clone(),
    }
}

/// Says on standard error what the numbers of an answer are of, and what they leave out.
pub fn summarise(answer: &Answer) {
    for note in &answer.notes {
        say(&format!("note: {note}"));
    }
    if !answer.summary.is_empty() {
        say(&answer.summary);
    }
}

/// Reads the format off a file's name, through its compression.
fn by_name(path: &Path) -> Option<Format> {
    match ending(path)?.as_str() {
        "csv" => Some(Format::Csv),
        "tsv" => Some(Format::Tsv),
        "json" => Some(Format::Json),
        "jsonl" | "ndjson" => Some(Format::Jsonl),
        "xlsx" => Some(Format::Xlsx),
        "txt" => Some(Format::Text),
        _ => None,
    }
}

/// What rows are written to: standard output, or a file that is in its place only when it is whole.
pub enum Sink {
    /// Standard output.
    Stdout(BufWriter<StdoutLock<'static>>),
    /// A file.
    File(Box<AtomicFile>),
}

impl Sink {
    /// Ends the output; a file is moved to its place.
    ///
    /// # Errors
    /// When the rest cannot be written.
    pub fn finish(self) -> Result<()> {
        match self {
            Sink::Stdout(mut out) => Ok(out.flush()?),
            Sink::File(file) => file.finish(),
        }
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Sink::Stdout(out) => out.write(bytes),
            Sink::File(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Sink::Stdout(out) => out.flush(),
            Sink::File(file) => file.flush(),
        }
    }
}
