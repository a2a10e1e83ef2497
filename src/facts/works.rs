//! Documents as the articles of a corpus tell them: names, dates, titles, who cites them when; a row each.

use super::identity::year_of;
use super::registry::{Doubt, Head};
use super::title::Titles;
use crate::mention::Level;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Holds a document, or words that stand for no single one (`id` is null then, and `doubts` says why).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Work {
    /// `place/issuer/type/year/number`, folded; stable, for it holds no day, title or hash.
    pub id: Option<String>,
    /// Commonest canonical number or name.
    pub value: String,
    /// Every form in print, with its mentions, the commonest first.
    pub spellings: Vec<(String, u64)>,
    /// Other canonical names, and how each is known: `table`, `corpus`.
    pub aliases: Vec<(String, String)>,
    /// Official abbreviation of the type.
    #[serde(rename = "type")]
    pub type_: Option<String>,
    /// Number.
    pub number: Option<String>,
    /// Year of the number or of issue.
    pub year: Option<i16>,
    /// Symbol.
    pub symbol: Option<String>,
    /// Abbreviation of the body that issued it.
    pub issuer: Option<String>,
    /// Level of the body.
    pub level: Option<Level>,
    /// Place of a local body.
    pub place: Option<String>,
    /// Issue day that most articles give, or that of the register.
    pub issued: Option<String>,
    /// Articles that give this day.
    pub issued_support: u64,
    /// Other days that articles give, with the articles.
    pub issued_other: Vec<(String, u64)>,
    /// Title as articles print it.
    pub title: Option<String>,
    /// Citations that print it or its beginning.
    pub title_support: u64,
    /// Articles that cite it.
    pub articles: u64,
    /// Citations in them.
    pub citations: u64,
    /// First day of publication.
    #[schemars(with = "Option<String>")]
    pub first: Option<Date>,
    /// Last day of publication.
    #[schemars(with = "Option<String>")]
    pub last: Option<Date>,
    /// Newspapers that cite it.
    pub sources: BTreeSet<String>,
    /// Provinces of the newspapers, of before 1 July 2025.
    pub provinces: BTreeSet<String>,
    /// What is doubtful.
    pub doubts: BTreeSet<Doubt>,
}

/// Holds what one article says of one document.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Cite {
    /// Key of the document as the article alone knows it.
    pub key: String,
    /// Index into the record's mentions.
    pub mention: usize,
    /// The words.
    pub text: String,
    /// Canonical number or name.
    pub value: String,
    /// Fields of the citation.
    pub type_: Option<String>,
    /// Number.
    pub number: Option<String>,
    /// Symbol.
    pub symbol: Option<String>,
    /// Issuer.
    pub issuer: Option<String>,
    /// Level.
    pub level: Option<Level>,
    /// Place.
    pub place: Option<String>,
    /// Issue date, and whether it stands beside the number rather than in the clause.
    pub issued: Option<(String, bool)>,
    /// Title and its score.
    pub title: Option<(String, i64)>,
}

/// Holds what is needed of an article.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Citing {
    /// Vietnamese day of publication.
    pub day: Option<Date>,
    /// Newspaper.
    pub source: Option<String>,
    /// Its province of before 1 July 2025.
    pub province: Option<String>,
}

/// Adds up one document.
#[derive(Debug, Default)]
pub struct Sum {
    spellings: BTreeMap<String, u64>,
    values: BTreeMap<String, u64>,
    numbers: BTreeMap<String, u64>,
    symbols: BTreeMap<String, u64>,
    levels: BTreeMap<String, (Level, u64)>,
    /// Issue days: articles that print it beside the number, and others.
    issued: BTreeMap<String, (u64, u64)>,
    titles: Titles,
    articles: u64,
    citations: u64,
    first: Option<Date>,
    last: Option<Date>,
    sources: BTreeSet<String>,
    provinces: BTreeSet<String>,
}

impl Sum {
    /// Adds the citations of one article.
    pub fn add(&mut self, citing: &Citing, cites: &[&Cite]) {
        self.articles += 1;
        self.citations += cites.len() as u64;
        self.first = self.first.into_iter().chain(citing.day).min();
        self.last = self.last.into_iter().chain(citing.day).max();
        self.sources.extend(citing.source.clone());
        self.provinces.extend(citing.province.clone());
        let mut days: BTreeMap<&str, bool> = BTreeMap::new();
        for cite in cites {
            let vote = |votes: &mut BTreeMap<String, u64>, text: &str| *votes.entry(text.to_string()).or_default() += 1;
            vote(&mut self.spellings, &cite.text);
            vote(&mut self.values, &cite.value);
            cite.number.iter().for_each(|number| vote(&mut self.numbers, number));
            cite.symbol.iter().for_each(|symbol| vote(&mut self.symbols, symbol));
            if let Some(level) = cite.level {
                self.levels.entry(format!("{level:?}")).or_insert((level, 0)).1 += 1;
            }
            if let Some((day, beside)) = &cite.issued {
                *days.entry(day).or_default() |= beside;
            }
            if let Some((title, score)) = &cite.title {
                self.titles.add(title, *score);
            }
        }
        for (day, beside) in days {
            let votes = self.issued.entry(day.to_string()).or_default();
            if beside { votes.0 += 1 } else { votes.1 += 1 }
        }
    }

    /// Makes the row of a document.
    pub fn work(self, head: &Head) -> Work {
        let law = super::registry::law(&head.key);
        let year = head.key.year.parse().ok();
        let mut work = Work {
            id: head.id.clone(),
            value: head.value.clone(),
            spellings: by_count(&self.spellings),
            aliases: Vec::new(),
            type_: head.type_.clone(),
            number: by_count(&self.numbers).into_iter().next().map(|(number, _)| number),
            year,
            symbol: by_count(&self.symbols).into_iter().next().map(|(symbol, _)| symbol),
            issuer: head.issuer.clone(),
            level: self.levels.values().max_by_key(|(_, count)| *count).map(|(level, _)| *level),
            place: head.place.clone(),
            articles: self.articles,
            citations: self.citations,
            first: self.first,
            last: self.last,
            sources: self.sources,
            provinces: self.provinces,
            doubts: head.doubts.clone(),
            ..Work::default()
        };
        issue(&mut work, &self.issued);
        let title = self.titles.best();
        (work.title, work.title_support) = title.map_or((None, 0), |(title, count)| (Some(title), count));
        if let Some(law) = law {
            // The register is promulgation itself: what articles say otherwise stays visible.
            let own = law.issued.to_string();
            if work.issued.as_ref().is_some_and(|issued| issued != &own) {
                work.issued_other.insert(0, (work.issued.take().unwrap_or_default(), work.issued_support));
                work.issued_other.retain(|(day, _)| *day != own);
                work.issued_support = self.issued.get(&own).map_or(0, |(beside, other)| beside + other);
            }
            (work.issued, work.title) = (Some(own), Some(law.name.clone()));
            work.number.get_or_insert_with(|| law.serial().to_string());
            work.symbol = law.number.splitn(3, '/').nth(2).map(str::to_string);
            let named = format!("{} năm {}", law.name, law.year());
            work.aliases.push((named, "table".to_string()));
        }
        let known: BTreeSet<&String> = work.aliases.iter().map(|(alias, _)| alias).chain([&work.value]).collect();
        let others = by_count(&self.values).into_iter().map(|(value, _)| value).filter(|value| !known.contains(value));
        let others: Vec<_> = others.map(|value| (value, "corpus".to_string())).collect();
        work.aliases.extend(others);
        work
    }
}

/// Chooses the issue day and notes what contradicts it.
fn issue(work: &mut Work, issued: &BTreeMap<String, (u64, u64)>) {
    let mut days: Vec<(&String, u64, u64)> =
        issued.iter().map(|(day, &(beside, other))| (day, beside, other)).collect();
    // A whole day before a year alone; days beside the number before a ceremony's in the clause.
    days.sort_by_key(|&(day, beside, other)| {
        (std::cmp::Reverse((day.len() == 10, beside > 0, beside * 2 + other)), day)
    });
    let Some(&(chosen, beside, other)) = days.first() else { return };
    work.issued = Some(chosen.clone());
    work.issued_support = beside + other;
    let contradicts = |day: &str| !chosen.starts_with(day) && !day.starts_with("XXXX");
    work.issued_other =
        days[1..].iter().filter(|(day, ..)| contradicts(day)).map(|&(day, a, b)| (day.clone(), a + b)).collect();
    if work.issued_other.iter().any(|(day, _)| day.len() == 10 && chosen.len() == 10) {
        work.doubts.insert(Doubt::DatesDiffer);
    }
    let years = work.issued_other.iter().map(|(day, _)| day).chain(&work.issued).filter_map(|day| year_of(day));
    if let Some(year) = work.year
        && years.into_iter().any(|of_day| of_day != year)
    {
        work.doubts.insert(Doubt::YearAndDateDiffer);
    }
}

/// Returns texts with their counts, the commonest first, of equals in order of text.
fn by_count(votes: &BTreeMap<String, u64>) -> Vec<(String, u64)> {
    let mut all: Vec<_> = votes.iter().map(|(text, count)| (text.clone(), *count)).collect();
    all.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    all
}
