//! `baotinh cite`: references of articles for reference managers.

use super::selection::{self, tell_failures};
use super::{Outcome, complain, stdout};
use anyhow::Result;
use baotinh::article::Article;
use baotinh::export::bibliography::{Style, references};
use baotinh::export::select::{self, Selection};
use std::io::Write;
use std::path::PathBuf;

/// Arguments of `baotinh cite`.
#[derive(clap::Args)]
pub struct Args {
    /// Ids or addresses of articles
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
    /// Record file or folder to look in; may be given more than once; without any the corpus
    #[arg(long, value_name = "RECORDS")]
    records: Vec<PathBuf>,
    /// Corpus folder
    #[arg(long, value_name = "DIR", default_value = "corpus")]
    corpus: PathBuf,
    /// Format of the references
    #[arg(short, long, value_enum, default_value = "bibtex")]
    format: Name,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Name {
    Bibtex,
    Ris,
    CslJson,
}

/// Runs `baotinh cite`.
pub fn run(args: Args) -> Result<Outcome> {
    let files = selection::files(&args.records, &args.corpus)?;
    let mut found: Vec<Option<Article>> = vec![None; args.ids.len()];
    let report = select::each(&files, &Selection::default(), &mut |record| {
        let article = &record.article;
        for (id, found) in args.ids.iter().zip(&mut found) {
            let named = *id == article.id
                || [&article.url, &article.canonical_url].into_iter().any(|url| url.as_ref() == Some(id));
            // Of an article fetched more than once the newest is cited.
            if named && found.as_ref().is_none_or(|known| known.fetched <= article.fetched) {
                *found = Some(article.clone());
            }
        }
        Ok(())
    })?;
    let failed = tell_failures(&report);
    for (id, _) in args.ids.iter().zip(&found).filter(|(_, found)| found.is_none()) {
        complain(&format!("{id}: no such article; `baotinh export --fields id,url,title` lists them"));
    }
    let missing = found.iter().any(Option::is_none);
    let articles: Vec<_> = found.into_iter().flatten().collect();
    let style = match args.format {
        Name::Bibtex => Style::Bibtex,
        Name::Ris => Style::Ris,
        Name::CslJson => Style::CslJson,
    };
    let mut out = stdout();
    if !articles.is_empty() {
        out.write_all(references(&articles, style).as_bytes())?;
    }
    out.flush()?;
    Ok(match (failed, missing) {
        (true, _) => Outcome::SomeFailed,
        (false, true) => Outcome::NothingFound,
        (false, false) => Outcome::Done,
    })
}
