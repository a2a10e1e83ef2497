//! What a citation refers to as far as its own article can say: a [`Key`] of place, issuer, type, year and number.
//!
//! Invariant: a key is made of one record and the register of laws alone, so that an index can hold it; what only the other
//! articles of a corpus can say is left open in it (`~`, `?`, `^`) and settled by [`super::registry`].

use super::laws::{Law, Name, laws};
use super::when::{evidence, written};
use crate::article::Record;
use crate::mention::{Citation, Fact, Level, Mention, Shape};
use crate::place;
use crate::text::{CodePoints, fold};
use jiff::civil::Date;
use std::collections::{BTreeSet, HashMap};
use std::fmt;

/// Holds what is known of a document's identity, each part a slug.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// `vn` for central bodies; a province, and `:` before a district or commune of it; [`UNPLACED`]; a province with
    /// [`UNPLACED`] behind it may be the one of before 1 July 2025 or another that is now part of it.
    pub place: String,
    /// Abbreviation of the body, `-` when unknown.
    pub issuer: String,
    /// Abbreviation of the type, `-` when unknown.
    pub type_: String,
    /// Year of the number or of the issue date; `~` and the year of the article when not known.
    pub year: String,
    /// Number, or the name of a document without one; [`SHORT`] before it when the symbol is not known.
    pub number: String,
}

/// Marks a local body's document whose place is not known.
pub const UNPLACED: &str = "?";
/// Marks a number whose symbol is not known.
pub const SHORT: char = '^';
/// Marks the year of the article where that of the document is not known.
pub const UNDATED: char = '~';
/// Stands before a number that holds no year, where the body has another series whose numbers do.
pub const YEARLESS: &str = "so-";

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Key { place, issuer, type_, year, number } = self;
        write!(f, "{place}/{issuer}/{type_}/{year}/{number}")
    }
}

impl Key {
    /// Reads a key as it is written; `None` of anything else.
    pub fn read(text: &str) -> Option<Key> {
        let mut parts = text.split('/').map(str::to_string);
        let mut next = || parts.next();
        let key = Key { place: next()?, issuer: next()?, type_: next()?, year: next()?, number: next()? };
        parts.next().is_none().then_some(key)
    }

    /// Says whether the article names the document fully, so that the key is its id.
    pub fn is_whole(&self) -> bool {
        self.type_ != "-"
            && !self.place.ends_with(UNPLACED)
            && !self.year.starts_with(UNDATED)
            && !self.number.starts_with(SHORT)
    }
}

/// Holds the key of a citation and the rule that made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The key.
    pub key: Key,
    /// Name of the rule.
    pub rule: &'static str,
}

/// Returns the identity of each mention of a record, `None` for those that are no citations.
pub fn identities(record: &Record) -> Vec<Option<Identity>> {
    let mentions = &record.mentions;
    if !mentions.iter().any(|mention| matches!(mention.fact, Fact::Citation(_))) {
        return vec![None; mentions.len()];
    }
    let article = Article::of(record);
    let identity = |mention: &Mention| match &mention.fact {
        Fact::Citation(citation) => Some(article.identity(mention, citation)),
        _ => None,
    };
    mentions.iter().map(identity).collect()
}

/// What the rules know of an article.
struct Article<'a> {
    record: &'a Record,
    day: Option<Date>,
    /// First and last day on which it may have been written, where anything says so.
    written: Option<(Date, Date)>,
    /// Documents and days that say so.
    evidence: usize,
    /// Years that the article gives a law's name.
    years: HashMap<String, BTreeSet<i16>>,
}

impl<'a> Article<'a> {
    fn of(record: &'a Record) -> Article<'a> {
        let mut years: HashMap<String, BTreeSet<i16>> = HashMap::new();
        for mention in &record.mentions {
            let Fact::Citation(citation) = &mention.fact else { continue };
            let name = if citation.shape == Shape::Named { Some(laws().name(&citation.value)) } else { None };
            let numbered = citation.year.zip(laws().numbered(&citation.value).map(|law| laws().name(&law.name)));
            let (name, year) = match (name, numbered) {
                (Some(name), _) => (name.clone(), name.year),
                (_, Some((year, name))) => (name, Some(year)),
                _ => continue,
            };
            if let Some(year) = year.filter(|_| !name.amending) {
                years.entry(name.bare).or_default().insert(year);
            }
        }
        let evidence = evidence(record);
        Article { record, day: record.article.published_day(), written: written(record), evidence, years }
    }

    fn identity(&self, mention: &Mention, citation: &Citation) -> Identity {
        match citation.shape {
            Shape::Named => self.named(mention, citation),
            Shape::Numbered | Shape::Short => self.numbered(citation),
        }
    }

    /// The year of a document that does not say its own: the article's, marked. One document alone dates no article.
    fn undated(&self) -> String {
        self.day
            .or(self.written.filter(|_| self.evidence > 1).map(|(_, last)| last))
            .map_or(UNDATED.to_string(), |day| format!("{UNDATED}{}", day.year()))
    }

    fn numbered(&self, citation: &Citation) -> Identity {
        let symbol = latin(citation.symbol.as_deref().unwrap_or_default());
        let number = citation.number.as_deref().map_or_else(|| slug(&citation.value), fold);
        let (type_, issuer, by_symbol) = type_and_issuer(citation, &symbol);
        let issued = citation.issued.as_deref().and_then(year_of);
        let year = citation.year.or(issued);
        if let Some(issuer) = assembly(&symbol)
            && let Some(year) = year
        {
            return Identity { key: assembly_key(citation, issuer, year, number), rule: "assembly-number" };
        }
        let rule = match (citation.shape, citation.year, issued) {
            (Shape::Short, ..) => "short",
            _ if by_symbol => "symbol-decides-type",
            (_, Some(_), _) => "number-and-year",
            (_, None, Some(_)) => "year-of-issue",
            _ => "undated-number",
        };
        let place = self.place(citation, &issuer, &symbol, year);
        let number = match citation.shape {
            Shape::Short => format!("{SHORT}{number}"),
            _ if citation.year.is_none() && has_two_series(&type_, &issuer) => format!("{YEARLESS}{number}"),
            _ => number,
        };
        let year = year.map_or_else(|| self.undated(), |year| year.to_string());
        let known = |slug: String| if slug.is_empty() { "-".to_string() } else { slug };
        Identity { key: Key { place, issuer: known(issuer), type_: known(type_), year, number }, rule }
    }

    /// The place of the body that issued a document.
    fn place(&self, citation: &Citation, issuer: &str, symbol: &str, year: Option<i16>) -> String {
        let Some(place) = citation.place.as_deref() else {
            return if is_local(citation, issuer, symbol) { UNPLACED } else { "vn" }.to_string();
        };
        let parts: Vec<&str> = place.split(',').map(str::trim).collect();
        let province = parts.last().copied().unwrap_or_default();
        let within: String = parts.iter().rev().skip(1).map(|part| format!(":{}", slug(part))).collect();
        let Some(known) = place::find(province) else { return format!("{}{within}", slug(province)) };
        // An article of today may give the document of a province of before to the one it is part of.
        let before = year.is_some_and(|year| year < place::MERGER.year());
        let several = place::PROVINCES.iter().filter(|other| other.new == known.new).count() > 1;
        let today = self.day.is_none_or(|day| day >= place::MERGER);
        let open = before && several && today && known.old == known.new;
        format!("{}{}{within}", slug(province_name(province, known)), if open { UNPLACED } else { "" })
    }

    fn named(&self, mention: &Mention, citation: &Citation) -> Identity {
        let type_ = citation.type_.as_deref().unwrap_or_default();
        if !matches!(type_, "L" | "BL" | "PL") {
            return self.otherwise_named(citation, type_);
        }
        let name = laws().name(&citation.value);
        if let Some(law) = laws().of_year(&name) {
            return Identity { key: law_key(law), rule: "law-by-year" };
        }
        if name.year.is_none() && !name.amending && !self.is_draft(mention) {
            let mut years = self.years.get(&name.bare).into_iter().flatten();
            if let (Some(&year), None) = (years.next(), years.next())
                && let Some(law) = laws().of_year(&Name { year: Some(year), ..name.clone() })
            {
                return Identity { key: law_key(law), rule: "year-in-article" };
            }
            let in_force = self.written.and_then(|(from, to)| laws().in_force(&name.bare, from, to));
            if let Some(law) = in_force.filter(|_| self.years.get(&name.bare).is_none_or(BTreeSet::is_empty)) {
                return Identity { key: law_key(law), rule: "law-in-force" };
            }
        }
        let number = if name.amending { format!("sua-doi-{}", name.bare) } else { name.bare.clone() };
        let year = name.year.map_or_else(|| UNDATED.to_string(), |year| year.to_string());
        let key = Key { place: "vn".into(), issuer: "qh".into(), type_: type_slug(type_), year, number };
        Identity { key, rule: if name.year.is_some() { "law-by-name" } else { "undated-name" } }
    }

    /// Says whether a name is that of a draft: `dự thảo Luật Đất đai`, `Luật Đất đai (sửa đổi)`.
    fn is_draft(&self, mention: &Mention) -> bool {
        let points = CodePoints::new(self.record.article.part(mention.part));
        let before = points.slice(mention.start.saturating_sub(24), mention.start).unwrap_or_default();
        let rest = points
            .byte(mention.end)
            .and_then(|at| self.record.article.part(mention.part).get(at..))
            .unwrap_or_default();
        let (before, after) = (fold(before), fold(rest.get(..rest.floor_char_boundary(24)).unwrap_or_default()));
        ["du thao", "du an", "sua doi"].iter().any(|word| before.contains(word))
            || ["(sua doi", "sua doi", "(moi"].iter().any(|word| after.trim_start().starts_with(word))
    }

    fn otherwise_named(&self, citation: &Citation, type_: &str) -> Identity {
        let value = latin(&citation.value);
        let words: Vec<String> = fold(&value)
            .replace("t.u", "trung uong")
            .replace("tu ", "trung uong ")
            .split_whitespace()
            .filter(|word| *word != "nam" && *word != "bieu")
            .map(str::to_string)
            .collect();
        let year = words.last().and_then(|word| word.parse::<i16>().ok()).filter(|year| *year > 1900);
        let name = slug(&words[..words.len() - usize::from(year.is_some())].join(" "));
        let year = year.or(citation.year).or(citation.issued.as_deref().and_then(year_of));
        let place = citation.place.as_deref().map_or_else(|| "vn".to_string(), |_| self.place(citation, "", "", year));
        // A plenum or congress is one by its ordinal; what has none is named and no more.
        let told = year.is_some() || name.contains("-lan-thu-") || name.contains("-khoa-");
        let open = !told || (name.contains("dai-hoi") && name.contains("-tinh-lan-thu") && place == "vn");
        let year = match year {
            Some(year) => year.to_string(),
            None if open => UNDATED.to_string(),
            None => "-".to_string(),
        };
        let issuer =
            citation.issuer.as_deref().map_or_else(|| if type_ == "HP" { "qh".into() } else { "tw".into() }, slug);
        let key = Key { place, issuer, type_: type_slug(type_), year, number: name };
        Identity { key, rule: if open { "undated-name" } else { "by-name" } }
    }
}

/// Returns the key of a law of the register.
pub fn law_key(law: &Law) -> Key {
    let (issuer, number) = if law.type_() == "PL" { ("ubtvqh", law.serial()) } else { ("qh", law.serial()) };
    Key {
        place: "vn".into(),
        issuer: issuer.into(),
        type_: type_slug(law.type_()),
        year: law.year().to_string(),
        number: number.to_lowercase(),
    }
}

/// Returns the body of a symbol that names no type: `QH15` of the National Assembly, `UBTVQH15` of its Standing Committee.
fn assembly(symbol: &str) -> Option<&'static str> {
    let folded = fold(symbol);
    let bare = folded.strip_prefix("pl-").unwrap_or(&folded);
    ["ubtvqh", "qh"]
        .into_iter()
        .find(|issuer| bare.strip_prefix(issuer).is_some_and(|session| session.chars().all(|c| c.is_ascii_digit())))
}

/// Returns the key of a document of the National Assembly, whose laws and resolutions are told apart by the word alone.
fn assembly_key(citation: &Citation, issuer: &str, year: i16, number: String) -> Key {
    let type_ = match citation.type_.as_deref() {
        Some(type_) => type_slug(type_),
        // A number without a word is a law's where the register has it.
        None => laws().numbered(&citation.value).map_or_else(|| "-".to_string(), |law| type_slug(law.type_())),
    };
    Key { place: "vn".into(), issuer: issuer.into(), type_, year: year.to_string(), number }
}

/// Returns the slugs of type and issuer, and whether the symbol overruled the word before the number.
fn type_and_issuer(citation: &Citation, symbol: &str) -> (String, String, bool) {
    let issuer = slug(&latin(citation.issuer.as_deref().unwrap_or_default()));
    let word = citation.type_.as_deref().unwrap_or_default();
    for type_ in ["TTLT", "NĐ", "TT", "HD"] {
        let Some(rest) = symbol.strip_prefix(type_).and_then(|rest| rest.strip_prefix(['-', '/'])) else { continue };
        let issuer = if issuer.is_empty() || issuer == slug(type_) { slug(rest) } else { issuer };
        return (type_slug(type_), issuer, !word.is_empty() && word != type_);
    }
    (type_slug(word), issuer, false)
}

/// Says whether a body numbers documents of a type in two series, one with the year in the number and one without.
fn has_two_series(type_: &str, issuer: &str) -> bool {
    match type_ {
        "qd" => !issuer.ends_with("tw") && !["tu", "hu", "du"].contains(&issuer),
        "nq" => ["hdnd", "ubtvqh", "qh", "ubnd"].contains(&issuer),
        _ => false,
    }
}

/// Says whether a document is of a province, district or commune.
fn is_local(citation: &Citation, issuer: &str, symbol: &str) -> bool {
    let folded = fold(symbol);
    match citation.level {
        Some(Level::Province | Level::District | Level::Commune) => true,
        Some(Level::Central) => false,
        Some(Level::Party) => !issuer.ends_with("tw") && issuer != "tw",
        None => ["hdnd", "ubnd"].iter().any(|body| issuer.contains(body) || folded.contains(body)) || issuer == "tu",
    }
}

fn province_name<'a>(printed: &'a str, known: &'static place::Province) -> &'a str {
    // One name for the spellings of a province: the old one unless the printed one is today's.
    if fold(printed) == fold(known.new) { known.new } else { known.old }
}

/// Returns the year that a date value begins with.
pub fn year_of(value: &str) -> Option<i16> {
    value.get(..4)?.parse().ok().filter(|year| (1900..2200).contains(year))
}

/// Returns the slug of a type: its abbreviation, folded; laws and codes are `luat`.
pub fn type_slug(type_: &str) -> String {
    match type_ {
        "L" | "BL" => "luat".to_string(),
        // Quy định and quyết định fold alike.
        "QyĐ" => "qyd".to_string(),
        type_ => slug(type_),
    }
}

/// Returns text folded, its letters, digits and dots kept, everything else one hyphen.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in fold(text).chars() {
        if c.is_alphanumeric() || c == '.' {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches(['-', '.']).len());
    slug
}

/// Replaces the Cyrillic and Greek letters that look like Latin ones.
pub fn latin(text: &str) -> String {
    const FROM: &str = "АВЕЅКМНОРСТХУІЈаеорсхуіјΑΒΕΖΗΙΚΜΝΟΡΤΥΧο";
    const TO: &str = "ABESKMHOPCTXYIJaeopcxyijABEZHIKMNOPTYXo";
    let replaced = |c: char| FROM.chars().position(|from| from == c).and_then(|at| TO.chars().nth(at)).unwrap_or(c);
    if text.is_ascii() { text.to_string() } else { text.chars().map(replaced).collect() }
}
