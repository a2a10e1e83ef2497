//! Which articles are exported, and one pass over them: read on a thread of its own, handed over in order.

use crate::article::{Article, Record};
use crate::corpus::records::Reader;
use crate::report::Report;
use anyhow::Result;
use jiff::civil::Date;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::mpsc;
use std::thread;

/// Records handed over at once; with the two batches under way, the memory of a pass.
const BATCH: usize = 64;

/// Says which articles are wanted; the default wants all.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Ids of newspapers; none: all.
    pub sites: Vec<String>,
    /// First Vietnamese day of publication. Articles without a date are left out when a day is set.
    pub since: Option<Date>,
    /// Last day of publication, inclusive.
    pub until: Option<Date>,
    /// Articles that a query found: id and [`Article::revision`].
    pub found: Option<HashMap<String, String>>,
}

impl Selection {
    /// Says whether the query, if there is one, found an article.
    fn finds(&self, article: &Article) -> bool {
        self.found.as_ref().is_none_or(|found| found.get(&article.id) == Some(&article.revision))
    }

    /// Says whether an article is wanted.
    pub fn takes(&self, article: &Article) -> bool {
        let day = article.published_day();
        self.finds(article)
            && (self.sites.is_empty() || article.site.as_ref().is_some_and(|site| self.sites.contains(site)))
            && self.since.is_none_or(|since| day.is_some_and(|day| day >= since))
            && self.until.is_none_or(|until| day.is_some_and(|day| day <= until))
    }
}

/// Calls `take` with every wanted record of the files, in order.
///
/// The report counts records taken and left out; a file or line that cannot be read is a failure, and reading goes on.
/// So are articles that the query found and no file holds.
///
/// # Errors
/// Passes on the first error of `take` and stops there.
pub fn each(files: &[PathBuf], selection: &Selection, take: &mut dyn FnMut(&Record) -> Result<()>) -> Result<Report> {
    let (sender, receiver) = mpsc::sync_channel::<Vec<Result<Record>>>(1);
    thread::scope(|scope| {
        scope.spawn(move || read(files, &sender));
        let (mut report, mut there) = (Report::default(), 0);
        for record in receiver.into_iter().flatten() {
            there += usize::from(record.as_ref().is_ok_and(|record| selection.finds(&record.article)));
            match record {
                Ok(record) if selection.takes(&record.article) => {
                    take(&record)?;
                    report.done += 1;
                }
                Ok(_) => report.skipped += 1,
                Err(error) => {
                    let (place, reason) =
                        (error.to_string(), error.chain().skip(1).map(|cause| format!("{cause}")).collect::<Vec<_>>());
                    report.fail(place, reason.join(": "));
                }
            }
        }
        if let Some(missing) =
            selection.found.as_ref().and_then(|found| found.len().checked_sub(there)).filter(|missing| *missing > 0)
        {
            report.fail("the index", format!("{missing} of the articles found are not in these record files; name the files they came from, or run `baotinh index` again"));
        }
        Ok(report)
    })
}

/// Sends the records of the files in batches until the receiver has gone.
fn read(files: &[PathBuf], sender: &mpsc::SyncSender<Vec<Result<Record>>>) {
    let mut batch = Vec::with_capacity(BATCH);
    for file in files {
        let (reader, unopened) = match Reader::open(file) {
            Ok(reader) => (Some(reader), None),
            Err(error) => (None, Some(Err(error))),
        };
        for record in reader.into_iter().flatten().chain(unopened) {
            batch.push(record);
            if batch.len() == BATCH && sender.send(std::mem::replace(&mut batch, Vec::with_capacity(BATCH))).is_err() {
                return;
            }
        }
    }
    // The receiver is gone only when its own error is told already.
    let _ = sender.send(batch);
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn article(id: &str, site: Option<&str>, published: Option<&str>) -> Article {
        let published = published.map(|text| text.parse().expect("a date"));
        Article { id: id.into(), site: site.map(Into::into), published, ..Article::default() }
    }

    #[test]
    fn an_undated_article_is_in_no_span_of_time() {
        let undated = article("a", None, None);
        assert!(Selection::default().takes(&undated));
        assert!(!Selection { since: Some(date(1900, 1, 1)), ..Selection::default() }.takes(&undated));
        assert!(!Selection { until: Some(date(2100, 1, 1)), ..Selection::default() }.takes(&undated));
    }

    #[test]
    fn both_ends_of_the_span_belong_to_it_in_vietnamese_days() {
        let selection =
            Selection { since: Some(date(2024, 4, 25)), until: Some(date(2024, 4, 26)), ..Selection::default() };
        for (published, taken) in [
            ("2024-04-24T16:59:59Z", false),
            ("2024-04-24T17:00:00Z", true),
            ("2024-04-26T23:59:00+07:00", true),
            ("2024-04-27", false),
        ] {
            assert_eq!(selection.takes(&article("a", None, Some(published))), taken, "{published}");
        }
    }

    #[test]
    fn every_condition_must_hold() {
        let selection = Selection {
            sites: vec!["baoquangninh.vn".into()],
            found: Some(HashMap::from([("a".into(), String::new())])),
            ..Selection::default()
        };
        assert!(selection.takes(&article("a", Some("baoquangninh.vn"), None)));
        assert!(!selection.takes(&article("b", Some("baoquangninh.vn"), None)));
        assert!(!selection.takes(&article("a", Some("baonghean.vn"), None)));
        assert!(!selection.takes(&article("a", None, None)));
        let mut older = article("a", Some("baoquangninh.vn"), None);
        older.seal();
        assert!(!selection.takes(&older), "a revision that the index does not hold");
    }
}
