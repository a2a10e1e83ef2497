//! Drift of a newspaper's layout: how many of its articles lack a part, month by month, against its own earlier months.
//!
//! A month is the one the page was fetched in, because a layout changes for all pages at once, old articles too; what was
//! never fetched (files given by hand) counts in its month of publication.

use crate::article::{Article, BodyState, VIETNAM, Warning};
use serde::Serialize;
use std::collections::BTreeMap;

/// Names what an article can lack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Symptom {
    /// No headline.
    NoTitle,
    /// No publication date.
    NoDate,
    /// No text, or a page that stands in its place.
    EmptyBody,
    /// The layout and the generic extractor take another text for the body.
    BodiesDisagree,
    /// Nothing of an article was found on the page.
    NotAnArticle,
}

impl Symptom {
    /// Lists all symptoms, in the order of [`Month::symptoms`].
    pub const ALL: [Symptom; 5] =
        [Symptom::NoTitle, Symptom::NoDate, Symptom::EmptyBody, Symptom::BodiesDisagree, Symptom::NotAnArticle];

    /// Says whether an article shows the symptom.
    fn is_shown_by(self, article: &Article) -> bool {
        use BodyState::{BotChallenge, Empty, NotAnArticle, Refused, Soft404};
        let is_article = article.body_state != NotAnArticle;
        match self {
            Symptom::NoTitle => is_article && article.title.is_none(),
            Symptom::NoDate => is_article && article.published.is_none(),
            Symptom::EmptyBody => matches!(article.body_state, Empty | Soft404 | BotChallenge | Refused),
            Symptom::BodiesDisagree => is_article && article.has_warning(Warning::BodiesDisagree),
            Symptom::NotAnArticle => !is_article,
        }
    }
}

/// Counts the pages of one newspaper and month.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Month {
    /// Pages, articles or not.
    pub pages: u64,
    /// Pages that show each symptom, in the order of [`Symptom::ALL`].
    pub symptoms: [u64; 5],
}

impl Month {
    /// Returns how many pages show a symptom.
    pub fn count(&self, symptom: Symptom) -> u64 {
        self.symptoms[symptom as usize]
    }

    /// Returns how many pages could show a symptom: what is no article cannot lack a title.
    pub fn pages_for(&self, symptom: Symptom) -> u64 {
        if symptom == Symptom::NotAnArticle { self.pages } else { self.pages - self.count(Symptom::NotAnArticle) }
    }

    /// Returns the share of pages that show a symptom, in percent; 0 of none.
    pub fn rate(&self, symptom: Symptom) -> f64 {
        100.0 * self.count(symptom) as f64 / self.pages_for(symptom).max(1) as f64
    }

    fn add(&mut self, other: &Month) {
        self.pages += other.pages;
        for (sum, more) in self.symptoms.iter_mut().zip(other.symptoms) {
            *sum += more;
        }
    }
}

/// Counts the pages of every newspaper by month.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Health {
    /// Months of each newspaper, by its id; the month is `YYYY-MM`, empty when neither fetched nor dated.
    pub papers: BTreeMap<String, BTreeMap<String, Month>>,
    /// Articles of no newspaper in the table.
    pub others: u64,
}

/// Says when a newspaper counts as drifted.
#[derive(Debug, Clone, Copy)]
pub struct Threshold {
    /// Rise of a rate over that of all earlier months, in percentage points.
    pub points: f64,
    /// Pages that the month, and the earlier months together, must have.
    pub pages: u64,
}

/// Holds one alarm: a rate that rose.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Drift {
    /// Id of the newspaper.
    pub site: String,
    /// Month, `YYYY-MM`.
    pub month: String,
    /// What its articles lack.
    pub symptom: Symptom,
    /// Share of the month's pages, in percent.
    pub rate: f64,
    /// Share of the pages of all earlier months, in percent.
    pub before: f64,
}

impl Health {
    /// Counts one article.
    pub fn add(&mut self, article: &Article) {
        let Some(site) = &article.site else {
            self.others += 1;
            return;
        };
        let fetched = article.fetched.map(|time| VIETNAM.to_datetime(time).date());
        let day = fetched.or_else(|| article.published_day());
        let name = day.map_or(String::new(), |day| format!("{:04}-{:02}", day.year(), day.month()));
        let month = self.papers.entry(site.clone()).or_default().entry(name).or_default();
        month.pages += 1;
        for symptom in Symptom::ALL {
            month.symptoms[symptom as usize] += u64::from(symptom.is_shown_by(article));
        }
    }

    /// Returns the alarms of each newspaper's latest month that has enough pages.
    pub fn drifts(&self, threshold: Threshold) -> Vec<Drift> {
        let mut alarms = Vec::new();
        for (site, months) in &self.papers {
            let dated = months.iter().filter(|(name, _)| !name.is_empty());
            let Some((name, latest)) = dated.clone().rfind(|(_, month)| month.pages >= threshold.pages) else {
                continue;
            };
            let mut before = Month::default();
            dated.take_while(|(other, _)| *other < name).for_each(|(_, month)| before.add(month));
            for symptom in Symptom::ALL {
                let enough =
                    latest.pages_for(symptom) >= threshold.pages && before.pages_for(symptom) >= threshold.pages;
                if enough && latest.rate(symptom) - before.rate(symptom) >= threshold.points {
                    let (rate, before) = (latest.rate(symptom), before.rate(symptom));
                    alarms.push(Drift { site: site.clone(), month: name.clone(), symptom, rate, before });
                }
            }
        }
        alarms
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::When;
    use jiff::civil::date;

    const THRESHOLD: Threshold = Threshold { points: 20.0, pages: 10 };

    fn article(fetched: &str, title: bool) -> Article {
        Article {
            site: Some("baoquangninh.vn".to_string()),
            title: title.then(|| "Tin".to_string()),
            published: Some(When::Day(date(2024, 4, 25))),
            fetched: fetched.parse().ok(),
            ..Article::default()
        }
    }

    fn health(rows: &[(&str, usize, usize)]) -> Health {
        let mut health = Health::default();
        for &(fetched, with_title, without) in rows {
            (0..with_title).for_each(|_| health.add(&article(fetched, true)));
            (0..without).for_each(|_| health.add(&article(fetched, false)));
        }
        health
    }

    #[test]
    fn a_paper_that_loses_its_titles_has_drifted() {
        let alarms = health(&[("2026-01-05T00:00:00Z", 19, 1), ("2026-02-05T00:00:00Z", 10, 10)]).drifts(THRESHOLD);
        let expected = Drift {
            site: "baoquangninh.vn".into(),
            month: "2026-02".into(),
            symptom: Symptom::NoTitle,
            rate: 50.0,
            before: 5.0,
        };
        assert_eq!(alarms, [expected]);
    }

    #[test]
    fn what_was_always_so_is_no_drift() {
        assert_eq!(health(&[("2026-01-05T00:00:00Z", 0, 20), ("2026-02-05T00:00:00Z", 0, 20)]).drifts(THRESHOLD), []);
        assert_eq!(health(&[("2026-02-05T00:00:00Z", 0, 20)]).drifts(THRESHOLD), []);
    }

    #[test]
    fn a_handful_of_pages_raises_no_alarm() {
        assert_eq!(health(&[("2026-01-05T00:00:00Z", 20, 0), ("2026-02-05T00:00:00Z", 0, 9)]).drifts(THRESHOLD), []);
        assert_eq!(health(&[("2026-01-05T00:00:00Z", 9, 0), ("2026-02-05T00:00:00Z", 0, 20)]).drifts(THRESHOLD), []);
    }

    #[test]
    fn the_month_is_the_vietnamese_one() {
        let months = health(&[("2026-01-31T17:02:00Z", 1, 0)]).papers;
        assert_eq!(months["baoquangninh.vn"].keys().collect::<Vec<_>>(), ["2026-02"]);
    }

    #[test]
    fn a_section_page_lacks_no_title_but_counts_as_no_article() {
        let mut health = Health::default();
        health.add(&Article { body_state: BodyState::NotAnArticle, ..article("2026-01-05T00:00:00Z", false) });
        let month = health.papers["baoquangninh.vn"]["2026-01"];
        assert_eq!((month.count(Symptom::NoTitle), month.count(Symptom::NotAnArticle)), (0, 1));
    }
}
