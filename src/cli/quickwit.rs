//! `baotinh export --format quickwit`: the same index for a Quickwit cluster, as configuration, documents and a note.

use super::selection::{self, tell_failures};
use super::{Outcome, say};
use anyhow::{Result, ensure};
use baotinh::article::Record;
use baotinh::corpus::file::{AtomicFile, AtomicFolder};
use baotinh::export::select;
use baotinh::index::quickwit::{Documents, config};
use std::collections::HashMap;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Bytes of a file of documents after which the next one is begun.
const PART: u64 = 256 << 20;

const NOTE: &str = "# An index for Quickwit

`index-config.yaml` describes the index that `baotinh index` makes, with the same fields and terms; `documents-*.ndjson`
hold one article a line, of each article the revision fetched last.

```sh
quickwit index create --index-config index-config.yaml
for part in documents-*.ndjson; do quickwit tool local-ingest --index baotinh --input-path $part; done   # one machine
for part in documents-*.ndjson; do quickwit index ingest --index baotinh --input-path $part; done        # a cluster
```

* `text_exact` wants diacritics, `text_folded` does not: `text_folded:\"nghi quyet\"`. `text_pairs` holds neighbours as
  `nghi_quyet`, which rank phrases without their positions. Titles are in `title_exact`, `title_folded`, `title_pairs`.
* A percentage is found as a number in `text_exact:\"0,34\"` and `text_exact:\"0,34%\"`, and by `percent_low:[70 TO *]`.
* There is no timestamp field: Quickwit drops documents without one, and articles without a date must stay.
* `title`, `lead`, `body` and `rest` are stored; together they are the record.
";

/// Writes the folder.
///
/// # Errors
/// When it exists, or cannot be written; records that cannot be read are named and left out.
pub fn export(selection: &selection::Args, folder: &Path) -> Result<Outcome> {
    let (files, wanted) = (selection.files()?, selection.selection()?);
    ensure!(
        !files.contains(&PathBuf::from("-")),
        "records are read twice for Quickwit: give record files, not standard input"
    );
    let room = AtomicFolder::create(folder)?;

    // As in the index: of each article the revision fetched last, of equals the later one.
    let mut newest: HashMap<String, (Option<jiff::Timestamp>, u64)> = HashMap::new();
    let mut number = 0;
    select::each(&files, &wanted, &mut |record| {
        number += 1;
        let held = newest.entry(record.article.id.clone()).or_default();
        *held = (*held).max((record.article.fetched, number));
        Ok(())
    })?;
    let (documents, mut parts, mut number, mut older) = (Documents::default(), Parts::new(room.room()), 0, 0u64);
    let report = select::each(&files, &wanted, &mut |record: &Record| {
        number += 1;
        if newest.get(&record.article.id).is_some_and(|(_, last)| *last == number) {
            parts.put(&documents.document(record, &record.article.origin.path)?.to_string())
        } else {
            older += 1;
            Ok(())
        }
    })?;
    let (written, count) = parts.finish()?;
    for (name, text) in [("index-config.yaml", config("baotinh")), ("README.md", NOTE.to_string())] {
        let mut file = AtomicFile::create(&room.room().join(name))?;
        file.write_all(text.as_bytes())?;
        file.finish()?;
    }
    let failed = tell_failures(&report);
    room.finish()?;
    say(&format!("{written} documents in {count} files, {older} older revisions left out, in {}", folder.display()));
    Ok(match (failed, written) {
        (true, _) => Outcome::SomeFailed,
        (false, 0) => Outcome::NothingFound,
        (false, _) => Outcome::Done,
    })
}

/// Writes lines to files of bounded size.
struct Parts<'a> {
    folder: &'a Path,
    open: Option<(AtomicFile, u64)>,
    files: u64,
    lines: u64,
}

impl Parts<'_> {
    fn new(folder: &Path) -> Parts<'_> {
        Parts { folder, open: None, files: 0, lines: 0 }
    }

    fn put(&mut self, line: &str) -> Result<()> {
        let (mut file, length) = match self.open.take() {
            Some(open) => open,
            None => {
                self.files += 1;
                (AtomicFile::create(&self.folder.join(format!("documents-{:05}.ndjson", self.files)))?, 0)
            }
        };
        writeln!(file, "{line}")?;
        self.lines += 1;
        let length = length + line.len() as u64 + 1;
        if length < PART {
            self.open = Some((file, length))
        } else {
            file.finish()?
        }
        Ok(())
    }

    fn finish(self) -> Result<(u64, u64)> {
        if let Some((file, _)) = self.open {
            file.finish()?;
        }
        Ok((self.lines, self.files))
    }
}
