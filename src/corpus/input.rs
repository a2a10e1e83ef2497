//! What `extract` reads: WARC files, folders of pages or text, feeds, tables, JSONL, standard input; each item with where it lies.
//!
//! Invariant: an input that cannot be read is one [`Failure`] with its name, in its place in the order; the others are
//! still read. Items come in the order of the inputs and, in a folder, of the paths.

use super::file::{self, Line};
use super::table::{self, Mapping};
use super::{Corpus, feed, saved, warc};
use crate::article::{Entry, Origin, Page};
use crate::report::Failure;
use anyhow::{Context, Result};
use serde::Deserialize;
use std::collections::HashMap;
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

/// Names what an input is, told by its name and its first bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Lines of JSON on standard input.
    Stdin,
    /// A WARC file.
    Warc(PathBuf),
    /// A file of JSON lines.
    Lines(PathBuf),
    /// A folder of pages and text.
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
            return Ok(vec![Input::Stdin]);
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

    fn of_file(path: &Path) -> Result<Input> {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("").to_lowercase();
        let bare = name.trim_end_matches(".gz").trim_end_matches(".zst");
        let path = path.to_path_buf();
        Ok(match bare.rsplit('.').next() {
            Some("warc") => Input::Warc(path),
            Some("jsonl" | "ndjson" | "json") => Input::Lines(path),
            Some("html" | "htm" | "xhtml" | "mhtml" | "mht" | "bbg" | "shtml") => Input::Html(path),
            Some("txt" | "text") => Input::Text(path),
            Some("rss" | "atom" | "rdf" | "xml") => Input::Feed(path),
            Some("parquet" | "csv" | "tsv") => Input::Table(path, Mapping::default()),
            _ => {
                let mut reader = file::open(&path)?;
                let start = reader.fill_buf().with_context(|| path.display().to_string())?.trim_ascii_start();
                match start.first() {
                    Some(b'W') if start.starts_with(b"WARC/") => Input::Warc(path),
                    Some(b'{') => Input::Lines(path),
                    Some(b'<') if feed::is_feed(start) => Input::Feed(path),
                    Some(b'<') => Input::Html(path),
                    _ => anyhow::bail!(
                        "{}: neither WARC, JSONL, HTML, feed, text nor a table; name it .warc.gz, .jsonl, .html, .xml, .txt, .csv or .parquet",
                        path.display()
                    ),
                }
            }
        })
    }

    /// Hands every item of the input to `each`, in order; `each` answers whether to go on.
    pub fn read(&self, each: &mut dyn FnMut(Result<Item, Failure>) -> bool) {
        let outcome = match self {
            Input::Stdin => lines("-", Box::new(BufReader::with_capacity(1 << 16, io::stdin())), each),
            Input::Lines(path) => file::open(path).and_then(|reader| lines(&path.to_string_lossy(), reader, each)),
            Input::Warc(path) => pages_of_warc(path, each),
            Input::Html(path) => html(path, None, each),
            Input::Text(path) => text(path, each),
            Input::Feed(path) => feed::read(path, each),
            Input::Table(path, mapping) => table::read(path, mapping, each),
            Input::Folder(path) => folder(path, each),
        };
        if let Err(error) = outcome {
            each(Err(Failure { place: self.name(), reason: reason(&error, &self.name()) }));
        }
    }

    /// Returns the name of the input, as it was given.
    pub fn name(&self) -> String {
        match self {
            Input::Stdin => "-".to_string(),
            Input::Warc(path)
            | Input::Lines(path)
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
            Input::Stdin => 0,
            Input::Warc(path)
            | Input::Lines(path)
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
pub(super) type Each<'a> = &'a mut dyn FnMut(Result<Item, Failure>) -> bool;

/// Reads JSON lines; empty lines are passed over.
fn lines(name: &str, mut reader: Box<dyn BufRead + Send>, each: Each<'_>) -> Result<()> {
    // One buffer grows to the longest line; each line is a copy of its own size.
    let mut buffer = Vec::new();
    for line in 1.. {
        let read = file::next_line(&mut reader, &mut buffer)
            .with_context(|| format!("{name}:{line}: broken off here; what came before is read"))?;
        let item = match read {
            Line::End => break,
            Line::TooLong(length) => Err(Failure { place: format!("{name}:{line}"), reason: Line::refusal(length) }),
            Line::Whole => {
                let json = buffer.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&buffer);
                if json.trim_ascii().is_empty() {
                    continue;
                }
                let origin = Origin { path: name.to_string(), offset: None, line: Some(line) };
                Ok(Item::Line { json: json.to_vec(), origin })
            }
        };
        if !each(item) {
            break;
        }
    }
    Ok(())
}

fn pages_of_warc(path: &Path, each: Each<'_>) -> Result<()> {
    for page in warc::pages(path)? {
        let item = page.map(Item::Page).map_err(|error| Failure {
            place: path.display().to_string(),
            reason: reason(&error, &path.display().to_string()),
        });
        if !each(item) {
            break;
        }
    }
    Ok(())
}

fn html(path: &Path, row: Option<&Row>, each: Each<'_>) -> Result<()> {
    let saved = saved::open(file::read(path, LARGEST_PAGE)?)?;
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
    let bytes = file::read(path, LARGEST_PAGE)?;
    each(Ok(Item::Text { bytes, origin: Origin { path: path.display().to_string(), ..Origin::default() } }));
    Ok(())
}

/// Holds one line of a folder's `manifest.jsonl`.
#[derive(Debug, Deserialize)]
struct Row {
    file: String,
    url: Option<String>,
    fetched: Option<jiff::Timestamp>,
    content_type: Option<String>,
}

/// Reads the pages, texts and feeds of a folder and the folders in it, by path.
fn folder(folder: &Path, each: Each<'_>) -> Result<()> {
    let manifest = manifest(folder, each)?;
    let mut found = 0u64;
    let mut going = true;
    for path in file::list(folder, &|name| !name.starts_with('.') && name != "manifest.jsonl")? {
        let inside = path.strip_prefix(folder).unwrap_or(&path);
        let input = match Input::of_file(&path) {
            _ if saved::is_part(folder, inside) => continue,
            Ok(input @ (Input::Html(_) | Input::Text(_) | Input::Warc(_))) => input,
            Ok(Input::Feed(path)) if holds_feed(&path) => Input::Feed(path),
            // A folder of saved pages also holds pictures, styles and notes.
            _ => continue,
        };
        found += 1;
        let inside = inside.to_string_lossy().replace('\\', "/");
        let mut passed = |item| {
            going = each(item);
            going
        };
        match &input {
            Input::Html(path) => {
                if let Err(error) = html(path, manifest.get(&inside), &mut passed) {
                    passed(Err(Failure { place: input.name(), reason: reason(&error, &input.name()) }));
                }
            }
            input => input.read(&mut passed),
        }
        if !going {
            return Ok(());
        }
    }
    anyhow::ensure!(found > 0, "no page (.html, .htm, .mhtml), text (.txt), feed (.xml, .rss) or WARC in the folder");
    Ok(())
}

/// Says whether an XML file is a feed; sitemaps and settings are XML too.
fn holds_feed(path: &Path) -> bool {
    file::open(path).is_ok_and(|mut reader| reader.fill_buf().is_ok_and(feed::is_feed))
}

fn manifest(folder: &Path, each: Each<'_>) -> Result<HashMap<String, Row>> {
    let path = folder.join("manifest.jsonl");
    let mut rows = HashMap::new();
    if !path.is_file() {
        return Ok(rows);
    }
    let (mut reader, mut buffer) = (file::open(&path)?, Vec::new());
    for number in 1.. {
        let place = || format!("{}:{number}", path.display());
        match file::next_line(&mut reader, &mut buffer).with_context(place)? {
            Line::End => break,
            Line::TooLong(length) => {
                each(Err(Failure { place: place(), reason: Line::refusal(length) }));
                continue;
            }
            Line::Whole if buffer.trim_ascii().is_empty() => continue,
            Line::Whole => {}
        }
        match serde_json::from_slice::<Row>(&buffer) {
            Ok(row) => {
                rows.insert(row.file.clone(), row);
            }
            Err(error) => {
                each(Err(Failure {
                    place: place(),
                    reason: format!(
                        "not a line {{\"file\": …, \"url\": …}}: {error}; the page is read without its address"
                    ),
                }));
            }
        }
    }
    Ok(rows)
}
