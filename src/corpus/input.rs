//! What `extract` reads: WARC files, folders, pages, texts, feeds, tables, JSON, standard input; each item with where it lies.
//!
//! Invariant: an input that cannot be read is one [`Failure`] with its name, in its place in the order; the others are
//! still read. Items come in the order of the inputs and, in a folder, of the paths.

use super::fields::Mapping;
use super::{Corpus, decoded, feed, file, folder, json, saved, table, warc};
use crate::article::{Entry, Origin, Page};
use crate::report::Failure;
use anyhow::{Context, Result};
use serde::Deserialize;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

/// Largest file of a page or text that is read.
const LARGEST_PAGE: u64 = 64 << 20;

/// Holds one thing to make an article of.
#[derive(Debug)]
pub enum Item {
    /// A fetched or saved page.
    Page(Page),
    /// An entry of a feed.
    Entry(Entry),
    /// A line of JSON: the fields of an article, or a record.
    Line {
        /// The line without its end.
        json: Vec<u8>,
        /// File and line.
        origin: Origin,
    },
    /// The text of a saved page, undecoded.
    Text {
        /// The file whole.
        bytes: Vec<u8>,
        /// The file.
        origin: Origin,
    },
}

impl Item {
    /// Returns where it was read from.
    pub fn origin(&self) -> &Origin {
        match self {
            Item::Page(page) => &page.origin,
            Item::Entry(entry) => &entry.origin,
            Item::Line { origin, .. } | Item::Text { origin, .. } => origin,
        }
    }
}

/// Says what stands beside the items of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Aside {
    /// Something that cannot be read.
    Failure(Failure),
    /// How a file is read, for people to check: `bao.csv: columns taken by their names: …`.
    Note(String),
    /// A file of a folder that no article can be read from.
    PassedOver {
        /// The file.
        path: PathBuf,
        /// What it is: `PDF`, `Word`, `archive`.
        kind: &'static str,
    },
}

/// Names what an input is, told by its name and its first bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// JSON on standard input.
    Stdin(Mapping),
    /// A WARC file.
    Warc(PathBuf),
    /// A file of JSON, and which of its names stand for which field.
    Lines(PathBuf, Mapping),
    /// A folder of pages, texts and tables.
    Folder(PathBuf),
    /// One saved page.
    Html(PathBuf),
    /// The text of one saved page.
    Text(PathBuf),
    /// A feed as it was fetched or dumped.
    Feed(PathBuf),
    /// A table of articles, and which of its columns stand for which field.
    Table(PathBuf, Mapping),
}

impl Input {
    /// Tells what lies at a path; a corpus folder stands for its WARC shards.
    ///
    /// # Errors
    /// When there is nothing, or nothing that can be read as articles.
    pub fn at(path: &Path) -> Result<Vec<Input>> {
        if path == Path::new("-") {
            return Ok(vec![Input::Stdin(Mapping::default())]);
        }
        let found = std::fs::metadata(path).with_context(|| format!("{}: cannot be read", path.display()))?;
        if !found.is_dir() {
            return Ok(vec![Input::of_file(path)?]);
        }
        let corpus = Corpus::at(path);
        if is_corpus(path) {
            let shards = corpus.warc_shards()?;
            anyhow::ensure!(
                !shards.is_empty(),
                "{}: the corpus holds no WARC shard yet; fill it with `baotinh crawl`",
                path.display()
            );
            return Ok(shards.into_iter().map(Input::Warc).collect());
        }
        Ok(vec![Input::Folder(path.to_path_buf())])
    }

    pub(super) fn of_file(path: &Path) -> Result<Input> {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("").to_lowercase();
        let bare = name.trim_end_matches(".gz").trim_end_matches(".zst");
        let path = path.to_path_buf();
        Ok(match bare.rsplit('.').next() {
            Some("warc") => Input::Warc(path),
            Some("jsonl" | "ndjson" | "json") => Input::Lines(path, Mapping::default()),
            Some("html" | "htm" | "xhtml" | "mhtml" | "mht" | "bbg" | "shtml") => Input::Html(path),
            Some("txt" | "text") => Input::Text(path),
            Some("rss" | "atom" | "rdf" | "xml") => Input::Feed(path),
            Some("parquet" | "csv" | "tsv" | "tab") => Input::Table(path, Mapping::default()),
            Some(ending) if table::is_workbook(ending) => Input::Table(path, Mapping::default()),
            _ => {
                let mut reader = file::open(&path)?;
                let start = reader.fill_buf().with_context(|| path.display().to_string())?.trim_ascii_start();
                match start.first() {
                    Some(b'W') if start.starts_with(b"WARC/") => Input::Warc(path),
                    Some(b'{' | b'[') => Input::Lines(path, Mapping::default()),
                    Some(b'<') if feed::is_feed(start) => Input::Feed(path),
                    Some(b'<') => Input::Html(path),
                    _ => anyhow::bail!(
                        "{}: neither WARC, JSON, HTML, feed, text nor a table; name it .warc.gz, .jsonl, .html, .xml, .txt, .csv, .xlsx or .parquet",
                        path.display()
                    ),
                }
            }
        })
    }

    /// Hands every item of the input to `each`, in order; `each` answers whether to go on.
    pub fn read(&self, each: &mut dyn FnMut(Result<Item, Aside>) -> bool) {
        let outcome = match self {
            Input::Stdin(mapping) => stdin(mapping, each),
            Input::Lines(path, mapping) => lines(path, mapping, each),
            Input::Warc(path) => pages_of_warc(path, each),
            Input::Html(path) => html(path, None, each),
            Input::Text(path) => text(path, each),
            Input::Feed(path) => feed::read(path, each),
            Input::Table(path, mapping) => table::read(path, mapping, each),
            Input::Folder(path) => folder::read(path, each),
        };
        if let Err(error) = outcome {
            each(Err(Aside::Failure(self.failure(&error))));
        }
    }

    /// Makes the failure of the whole input.
    pub(super) fn failure(&self, error: &anyhow::Error) -> Failure {
        Failure { place: self.name(), reason: reason(error, &self.name()) }
    }

    /// Gives an input of columns or names the fields they stand for; answers whether it is one.
    pub fn map(&mut self, to: &Mapping) -> bool {
        match self {
            Input::Stdin(mapping) | Input::Lines(_, mapping) | Input::Table(_, mapping) => {
                mapping.clone_from(to);
                true
            }
            _ => false,
        }
    }

    /// Says whether a file is one that is read here, or would be.
    pub fn reads(&self, file: &Path) -> bool {
        let Ok(file) = file.canonicalize() else { return false };
        let same = |path: &Path| path.canonicalize().is_ok_and(|path| path == file);
        match self {
            Input::Stdin(_) => false,
            Input::Folder(folder) => {
                folder.canonicalize().is_ok_and(|folder| file.starts_with(folder)) && folder::takes(&file).is_ok()
            }
            Input::Warc(path)
            | Input::Lines(path, _)
            | Input::Html(path)
            | Input::Text(path)
            | Input::Feed(path)
            | Input::Table(path, _) => same(path),
        }
    }

    /// Takes the machine's part off the path of an item: what is left is relative to the corpus or the folder, or the file's name.
    pub fn inside(&self, path: &str) -> String {
        let of = |base: Option<&Path>| {
            base.and_then(|base| Path::new(path).strip_prefix(base).ok()).unwrap_or(Path::new(path)).to_path_buf()
        };
        let found = match self {
            Input::Stdin(_) => return path.to_string(),
            Input::Folder(folder) => of(Some(folder)),
            Input::Warc(file) => {
                let warcs = file.ancestors().skip(1).find(|folder| folder.ends_with("warc"));
                of(warcs.or(Some(file)).and_then(Path::parent))
            }
            Input::Lines(file, _)
            | Input::Html(file)
            | Input::Text(file)
            | Input::Feed(file)
            | Input::Table(file, _) => of(file.parent()),
        };
        found.to_string_lossy().replace('\\', "/")
    }

    /// Returns the name of the input, as it was given.
    pub fn name(&self) -> String {
        match self {
            Input::Stdin(_) => "-".to_string(),
            Input::Warc(path)
            | Input::Lines(path, _)
            | Input::Folder(path)
            | Input::Html(path)
            | Input::Text(path)
            | Input::Feed(path)
            | Input::Table(path, _) => path.display().to_string(),
        }
    }

    /// Returns the size of the input's files in bytes, for the progress bar; 0 when it is not known.
    pub fn size(&self) -> u64 {
        let of = |path: &Path| std::fs::metadata(path).map_or(0, |found| found.len());
        match self {
            Input::Stdin(_) => 0,
            Input::Warc(path)
            | Input::Lines(path, _)
            | Input::Html(path)
            | Input::Text(path)
            | Input::Feed(path)
            | Input::Table(path, _) => of(path),
            Input::Folder(path) => {
                file::list(path, &|_| true).map_or(0, |files| files.iter().map(|file| of(file)).sum())
            }
        }
    }
}

/// Says whether a folder is a corpus: it holds WARC shards or a crawl's state.
pub fn is_corpus(folder: &Path) -> bool {
    let corpus = Corpus::at(folder);
    corpus.warcs().is_dir() || corpus.crawl_state().is_file()
}

/// Writes an error without the name that stands before it anyway.
fn reason(error: &anyhow::Error, name: &str) -> String {
    let text = format!("{error:#}");
    text.strip_prefix(name).and_then(|rest| rest.strip_prefix(": ")).unwrap_or(&text).to_string()
}

/// Takes each item of an input, and answers whether to go on.
pub(super) type Each<'a> = &'a mut dyn FnMut(Result<Item, Aside>) -> bool;

fn stdin(mapping: &Mapping, each: Each<'_>) -> Result<()> {
    // Decompressed as files are, and not waited for: a line is handed on when it is there.
    let reader = file::decompressed(BufReader::with_capacity(1 << 16, io::stdin()))?;
    json::read("-", reader, mapping, each)
}

fn lines(path: &Path, mapping: &Mapping, each: Each<'_>) -> Result<()> {
    let name = path.to_string_lossy();
    let (reader, charset) = decoded::open(path)?;
    if let Some(charset) = charset {
        each(Err(Aside::Note(format!("{name}: read as {charset}"))));
    }
    json::read(&name, reader, mapping, each)
}

fn pages_of_warc(path: &Path, each: Each<'_>) -> Result<()> {
    for page in warc::pages(path)? {
        let item = page.map(Item::Page).map_err(|error| {
            let place = path.display().to_string();
            Aside::Failure(Failure { reason: reason(&error, &place), place })
        });
        if !each(item) {
            break;
        }
    }
    Ok(())
}

pub(super) fn html(path: &Path, row: Option<&Row>, each: Each<'_>) -> Result<()> {
    let saved = saved::open(whole(path)?)?;
    let page = Page {
        url: row.and_then(|row| row.url.clone()).or(saved.url),
        fetched: row.and_then(|row| row.fetched).or(saved.fetched),
        content_type: row.and_then(|row| row.content_type.clone()).or(saved.content_type),
        bytes: saved.bytes,
        announced: Vec::new(),
        origin: Origin { path: path.display().to_string(), ..Origin::default() },
    };
    each(Ok(Item::Page(page)));
    Ok(())
}

fn text(path: &Path, each: Each<'_>) -> Result<()> {
    let bytes = whole(path)?;
    each(Ok(Item::Text { bytes, origin: Origin { path: path.display().to_string(), ..Origin::default() } }));
    Ok(())
}

/// Reads a page or text whole; one without a letter is none.
fn whole(path: &Path) -> Result<Vec<u8>> {
    let bytes = file::read(path, LARGEST_PAGE)?;
    anyhow::ensure!(!bytes.trim_ascii().is_empty(), "empty: nothing to read in the file");
    Ok(bytes)
}

/// Holds one line of a folder's `manifest.jsonl`.
#[derive(Debug, Deserialize)]
pub(super) struct Row {
    pub(super) file: String,
    url: Option<String>,
    fetched: Option<jiff::Timestamp>,
    content_type: Option<String>,
}
