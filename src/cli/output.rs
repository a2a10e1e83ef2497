//! Where rows go and how: the arguments that every command with rows shares.

use super::{Outcome, say, stdout};
use anyhow::Result;
use baotinh::answer::{self, Answer, Column, RowWriter};
use baotinh::corpus::file::AtomicFile;
use std::io::{self, BufWriter, StdoutLock, Write};
use std::path::{Path, PathBuf};

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
}

impl From<Format> for answer::Format {
    fn from(format: Format) -> answer::Format {
        match format {
            Format::Text => answer::Format::Text,
            Format::Csv => answer::Format::Csv,
            Format::Tsv => answer::Format::Tsv,
            Format::Json => answer::Format::Json,
            Format::Jsonl => answer::Format::Jsonl,
        }
    }
}

impl Args {
    /// Returns the format asked for, by name or by the name of the file.
    pub fn format(&self) -> answer::Format {
        self.format.or_else(|| by_name(self.path()?)).unwrap_or(Format::Text).into()
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
            Some(path) => Sink::File(Box::new(AtomicFile::create(path)?)),
            None => Sink::Stdout(stdout()),
        })
    }

    /// Begins rows that come one at a time.
    ///
    /// # Errors
    /// When the file cannot be made or written.
    pub fn rows(&self, columns: &[Column]) -> Result<RowWriter<Sink>> {
        Ok(RowWriter::new(self.open()?, self.format(), columns)?)
    }

    /// Prints an answer: the rows where they go, what they are of on standard error.
    ///
    /// # Errors
    /// When the rows cannot be written.
    pub fn print(&self, answer: &Answer) -> Result<Outcome> {
        let mut sink = self.open()?;
        answer.write(&mut sink, self.format())?;
        sink.finish()?;
        summarise(answer);
        Ok(if answer.rows.is_empty() { Outcome::NothingFound } else { Outcome::Done })
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
    let name = path.file_name()?.to_str()?.to_lowercase();
    let bare = name.trim_end_matches(".gz").trim_end_matches(".zst");
    match bare.rsplit_once('.')?.1 {
        "csv" => Some(Format::Csv),
        "tsv" => Some(Format::Tsv),
        "json" => Some(Format::Json),
        "jsonl" | "ndjson" => Some(Format::Jsonl),
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
