//! The nouns that flow through the pipeline: a [`Page`] as fetched, the [`Article`] it says, and the [`Record`] kept of it.
//!
//! Invariant: the text fields of an [`Article`] went once through [`text::normalize`](crate::text::normalize()); every offset
//! anywhere counts Unicode code points of one part of the article: title, lead or body.

use crate::mention::{Mention, Part};
use crate::text::written_date::{self, Order, Written};
use jiff::civil::{Date, DateTime, date};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// Version of the JSON shape of a [`Record`]; raised whenever a field is added, renamed or changes its meaning.
pub const SCHEMA_VERSION: u32 = 2;

/// Holds one page as it was fetched or given: undecoded bytes and what is known about them.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Address the bytes were served at (after redirects), if known.
    pub url: Option<String>,
    /// When the bytes were fetched; the publication date is never later than this.
    pub fetched: Option<Timestamp>,
    /// Value of the `Content-Type` header, if any.
    pub content_type: Option<String>,
    /// Body with transfer and content encodings removed, in the page's own charset.
    pub bytes: Vec<u8>,
    /// Publication dates said by others: the feed's or news sitemap's entry for this page.
    pub announced: Vec<DateCandidate>,
    /// Where the bytes lie.
    pub origin: Origin,
}

/// Says where a record was read from, so that a figure leads back to its page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Origin {
    /// File the article was read from, as it was given or relative to the corpus; `-` is standard input.
    pub path: String,
    /// Byte offset of the WARC record in the (compressed) file; null for other files.
    pub offset: Option<u64>,
    /// Line of a JSONL, row of a table or entry of a feed, from 1; null for other files.
    pub line: Option<u64>,
}

/// Holds one entry of a feed: what a newspaper says of an article, with its text or a summary.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Entry {
    /// Address of the article.
    pub url: Option<String>,
    /// Headline, which may be markup.
    pub title: Option<String>,
    /// Publication date.
    pub published: Option<When>,
    /// What stands in place of a publication date and is none.
    pub unread: Option<String>,
    /// Names of the authors.
    pub authors: Vec<String>,
    /// Categories.
    pub tags: Vec<String>,
    /// Language of the entry or the feed (BCP 47).
    pub language: Option<String>,
    /// Title of the feed.
    pub feed: Option<String>,
    /// Text as markup, when the feed gives it.
    pub content: Option<String>,
    /// Summary as markup.
    pub summary: Option<String>,
    /// The feed's file, and the number of the entry as its line.
    pub origin: Origin,
}

/// Holds what a page says: the article without the page around it.
///
/// Unknown is `None` (`null` in JSON), never an empty guess. Text fields are normalised (NFC, one kind of blank).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Article {
    /// Stable over re-crawls and moves of domain: `<site>:<the site's article number>`, else a hash of the canonical URL, else of the text.
    pub id: String,
    /// Address the page was fetched from.
    pub url: Option<String>,
    /// Address the page itself calls canonical, when it differs from `url`.
    pub canonical_url: Option<String>,
    /// Address of the AMP edition, if the page names a well-formed one.
    pub amp_url: Option<String>,
    /// Id of the newspaper in `sites.toml`.
    pub site: Option<String>,
    /// The newspaper's own number of the article.
    pub site_number: Option<String>,
    /// Name of the newspaper, as people write it.
    pub source: Option<String>,
    /// Province of the newspaper on the publication day (of the newspaper's latest days when undated).
    pub province: Option<String>,
    /// Province before 1 July 2025.
    pub province_old: Option<String>,
    /// Province since 1 July 2025.
    pub province_new: Option<String>,
    /// Section of the newspaper the article stands in.
    pub section: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Lead (sapo), when set apart from the body.
    pub lead: Option<String>,
    /// Text of the article: blocks separated by `\n`; without captions, byline, tags and related boxes.
    pub body: String,
    /// `ok`, or why there is less than an article.
    pub body_state: BodyState,
    /// What the page is; counts of articles hold the kind `article` only.
    pub page_kind: PageKind,
    /// Why the page is held to be of that kind; null for an article.
    pub page_kind_reason: Option<String>,
    /// Author or byline.
    pub author: Option<String>,
    /// Tags or keywords printed with the article.
    pub tags: Vec<String>,
    /// Pictures of the body with their captions.
    pub images: Vec<Image>,
    /// Language of the text as BCP 47 (`vi`, `en`), if the page says so or the text shows it.
    pub language: Option<String>,
    /// Publication date, the best of `published_candidates`; null rather than wrong.
    pub published: Option<When>,
    /// Where `published` came from.
    pub published_source: Option<DateSource>,
    /// How far to trust `published`, from 0 to 1.
    pub published_confidence: Option<f32>,
    /// Every publication date that was claimed, best first; candidates that disagree on the day are the conflict.
    pub published_candidates: Vec<DateCandidate>,
    /// When the page was fetched.
    #[schemars(with = "Option<String>")]
    pub fetched: Option<Timestamp>,
    /// Hash of title, lead and body: another value under the same `id` is a new revision.
    pub revision: String,
    /// Where the article was read from.
    pub origin: Origin,
    /// What was noticed while parsing: rejected dates, layout and generic body that disagree, text cut off.
    pub warnings: Vec<String>,
}

impl Article {
    /// Returns the Vietnamese calendar day (+07:00) of publication; none when only a year or month is known.
    pub fn published_day(&self) -> Option<Date> {
        self.published.as_ref().and_then(When::exact_day)
    }

    /// Returns the text of a part; empty when the article has none.
    pub fn part(&self, part: Part) -> &str {
        match part {
            Part::Title => self.title.as_deref().unwrap_or_default(),
            Part::Lead => self.lead.as_deref().unwrap_or_default(),
            Part::Body => &self.body,
        }
    }

    /// Adds a warning that others ask for: its name, and what was seen.
    pub fn warn(&mut self, warning: Warning, seen: impl fmt::Display) {
        self.warnings.push(format!("{}: {seen}", warning.name()));
    }

    /// Returns what was seen by the first warning of a name.
    pub fn seen(&self, warning: Warning) -> Option<&str> {
        self.warnings.iter().find_map(|text| text.strip_prefix(warning.name())?.strip_prefix(": "))
    }

    /// Says whether a warning was given.
    pub fn has_warning(&self, warning: Warning) -> bool {
        let is_of = |text: &String| text.strip_prefix(warning.name()).is_some_and(|rest| rest.starts_with(':'));
        self.warnings.iter().any(is_of)
    }

    /// Sets [`Article::revision`] from the text as it stands.
    pub fn seal(&mut self) {
        let mut hash = xxhash_rust::xxh3::Xxh3::new();
        for part in [self.title.as_deref().unwrap_or(""), self.lead.as_deref().unwrap_or(""), &self.body] {
            hash.update(part.as_bytes());
            hash.update(&[0]);
        }
        self.revision = format!("{:016x}", hash.digest());
    }
}

/// Holds an article and what was found in it: one line of a record shard.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Record {
    /// [`SCHEMA_VERSION`] of the program that wrote the record.
    pub schema_version: u32,
    /// Version of the rules that found the mentions.
    #[serde(default)]
    pub rules_version: String,
    /// The article, its fields beside these.
    #[serde(flatten)]
    pub article: Article,
    /// Mentions in the order of title, lead and body.
    pub mentions: Vec<Mention>,
}

/// Says whether an article has its text, and why not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BodyState {
    /// The body is there.
    #[default]
    Ok,
    /// The page has a title but no body text; bodies drawn by script end here.
    Empty,
    /// The text is there but shorter than an article's.
    Thin,
    /// A "not found" page or the home page served with status 200.
    Soft404,
    /// A challenge for robots instead of the page.
    BotChallenge,
    /// A list, a section front or another page that is no article.
    NotAnArticle,
    /// The page was refused as hostile (too deep, too large) and not parsed.
    Refused,
}

/// Names what a page is: an article, or one of the pages around the articles of a site.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PageKind {
    /// One text with a headline of its own, complete or not; articles given as fields are of this kind.
    #[default]
    Article,
    /// Links to articles that a tag, a search, an author, an event or a page number selects.
    List,
    /// The front of a section.
    Section,
    /// The front page of a site.
    Home,
    /// A "not found" page, a challenge for robots, or another answer that stands in the place of the page.
    Error,
    /// None of these: contact and login pages, pages that were refused, pages with neither headline nor text.
    Other,
}

impl PageKind {
    /// Lists all kinds.
    pub const ALL: [PageKind; 6] =
        [PageKind::Article, PageKind::List, PageKind::Section, PageKind::Home, PageKind::Error, PageKind::Other];

    /// Returns the name as JSON writes it.
    pub fn name(self) -> &'static str {
        match self {
            PageKind::Article => "article",
            PageKind::List => "list",
            PageKind::Section => "section",
            PageKind::Home => "home",
            PageKind::Error => "error",
            PageKind::Other => "other",
        }
    }
}

/// Names what was noticed while parsing and is asked for by others; its name heads the text in [`Article::warnings`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Warning {
    /// The layout and the generic extractor take another text for the body.
    BodiesDisagree,
    /// Running text of the article may be missing from the body.
    BodyCut,
    /// A box whose name or hidden state speaks against it was kept, because it holds the running text.
    NameOverruled,
    /// The text was in a font coding of before Unicode (TCVN3, VNI, VPS) and was converted.
    FontCoding,
    /// Another article follows on the page and was cut off.
    NextArticle,
    /// The last line of the text names a source.
    SourceLine,
    /// The byline says from whom the text was taken.
    Reprint,
    /// A publication date was given that is not understood.
    UnreadDate,
}

impl Warning {
    /// Returns the name that heads the warning.
    pub fn name(self) -> &'static str {
        match self {
            Warning::BodiesDisagree => "layout and generic body disagree",
            Warning::BodyCut => "body may be cut",
            Warning::NameOverruled => "name overruled",
            Warning::FontCoding => "font coding",
            Warning::NextArticle => "next article cut off",
            Warning::SourceLine => "source line",
            Warning::Reprint => "reprint",
            Warning::UnreadDate => "unread date",
        }
    }
}

/// Holds one picture of an article.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Image {
    /// Address of the picture as printed, made absolute when the page's address is known.
    pub url: Option<String>,
    /// Caption, null when there is none.
    pub caption: Option<String>,
}

/// Holds one claim about the publication date.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DateCandidate {
    /// The date claimed.
    pub value: When,
    /// Who claims it.
    pub source: DateSource,
    /// How far to trust it, from 0 to 1.
    pub confidence: f32,
}

/// Names who claims a publication date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DateSource {
    /// The input itself: the `published` field of a JSONL line or a table.
    Given,
    /// `datePublished` in JSON-LD.
    Jsonld,
    /// A `meta` element.
    Meta,
    /// A `time` element.
    Time,
    /// The newspaper's feed.
    Feed,
    /// A news sitemap.
    NewsSitemap,
    /// Text printed beside the title.
    Visible,
    /// Digits in the URL.
    Url,
}

/// Holds a day, a moment with the offset it was written with, or a month or year where no more is known.
///
/// In JSON `2024-04-25`, `2024-04-25T08:00:00+07:00`, `2024-04` or `2024`. A time without a zone is Vietnamese time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum When {
    /// A year alone.
    Year(i16),
    /// A month of a year, from 1 to 12.
    Month(i16, i8),
    /// A calendar day without a time.
    Day(Date),
    /// A moment, in the offset it was written with.
    Moment(Zoned),
}

/// Vietnamese time: +07:00 the whole year.
pub const VIETNAM: Offset = Offset::constant(7);

impl When {
    /// Reads a field that holds a date, as papers, feeds, content systems and spreadsheets write it.
    pub fn read(text: &str, order: Order) -> Option<When> {
        written_date::read(text, order).and_then(When::of)
    }

    /// Finds the first date of a line that holds other words too.
    pub fn find(text: &str, order: Order) -> Option<When> {
        written_date::find(text, order).and_then(When::of)
    }

    /// Makes a date of what is written; a time without a zone is Vietnamese.
    pub fn of(written: Written) -> Option<When> {
        match written {
            Written::Year(year) => Some(When::Year(year)),
            Written::Month(year, month) => Some(When::Month(year, month)),
            Written::Day(day) => Some(When::Day(day)),
            Written::Time(time, zone) => When::at(time, zone.unwrap_or(VIETNAM)),
        }
    }

    /// Returns the first Vietnamese calendar day that it may be: a moment in another zone is taken to +07:00.
    pub fn day(&self) -> Date {
        match self {
            When::Year(year) => date(*year, 1, 1),
            When::Month(year, month) => date(*year, *month, 1),
            When::Day(day) => *day,
            When::Moment(moment) => VIETNAM.to_datetime(moment.timestamp()).date(),
        }
    }

    /// Returns the last Vietnamese calendar day that it may be.
    pub fn last_day(&self) -> Date {
        match self {
            When::Year(year) => date(*year, 12, 31),
            When::Month(..) => self.day().last_of_month(),
            _ => self.day(),
        }
    }

    /// Returns the Vietnamese calendar day; none when only a month or year is known.
    pub fn exact_day(&self) -> Option<Date> {
        matches!(self, When::Day(_) | When::Moment(_)).then(|| self.day())
    }

    /// Returns the moment; a bare day is its midnight in Vietnam, a month or year has none.
    pub fn timestamp(&self) -> Option<Timestamp> {
        match self {
            When::Moment(moment) => Some(moment.timestamp()),
            _ => VIETNAM.to_timestamp(self.exact_day()?.to_datetime(jiff::civil::Time::midnight())).ok(),
        }
    }

    /// Makes a moment of a Vietnamese local time.
    pub fn local(time: DateTime) -> Option<When> {
        Self::at(time, VIETNAM)
    }

    /// Makes a moment of a local time at an offset from UTC.
    pub fn at(time: DateTime, offset: Offset) -> Option<When> {
        TimeZone::fixed(offset).to_zoned(time).ok().map(When::Moment)
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            When::Year(year) => write!(f, "{year:04}"),
            When::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            When::Day(day) => write!(f, "{day}"),
            When::Moment(moment) => {
                let seconds = moment.offset().seconds();
                let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.abs() / 60);
                write!(
                    f,
                    "{}{sign}{:02}:{:02}",
                    moment.datetime().strftime("%Y-%m-%dT%H:%M:%S"),
                    minutes / 60,
                    minutes % 60
                )
            }
        }
    }
}

impl FromStr for When {
    type Err = String;

    /// Reads what [`When`] is written as, and ISO 8601 of its like: dates of others are for [`When::read`].
    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text.len() == 4 || text.len() == 7 {
            let written = written_date::read(text, Order::DayFirst).and_then(When::of);
            return written
                .filter(|when| when.to_string() == text)
                .ok_or_else(|| format!("{text:?} is not a year or month as YYYY or YYYY-MM"));
        }
        if text.len() <= 10 {
            return text.parse().map(When::Day).map_err(|_| format!("{text:?} is not a day as YYYY-MM-DD"));
        }
        let wrong = || format!("{text:?} is not a time as YYYY-MM-DDTHH:MM:SS+07:00");
        let text = text.replacen(' ', "T", 1).replace(' ', "");
        if let Ok(pieces) = jiff::fmt::temporal::DateTimeParser::new().parse_pieces(&text) {
            let time = pieces.date().to_datetime(pieces.time().unwrap_or(jiff::civil::Time::midnight()));
            let offset = pieces.to_numeric_offset().unwrap_or(VIETNAM);
            let offset = if text.ends_with(['Z', 'z']) { Offset::UTC } else { offset };
            return When::at(time, offset).ok_or_else(wrong);
        }
        Err(wrong())
    }
}

impl Serialize for When {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for When {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "When".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "A day as YYYY-MM-DD, or a time as YYYY-MM-DDTHH:MM:SS with its offset from UTC; YYYY-MM or YYYY where no more is known",
            "pattern": r"^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2})?)?)?$"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seventeen_hours_utc_is_the_next_day_in_vietnam() {
        let when: When = "2020-02-02T17:02:00.000Z".parse().expect("a time");
        assert_eq!(when.day().to_string(), "2020-02-03");
        assert_eq!(when.to_string(), "2020-02-02T17:02:00+00:00");
    }

    #[test]
    fn a_time_without_zone_is_vietnamese() {
        for text in
            ["2024-04-25T08:00:00", "2024-04-25 08:00:00", "2024-04-25T08:00:00+0700", "2024-04-25T08:00:00+07:00"]
        {
            assert_eq!(
                text.parse::<When>().map(|w| w.to_string()),
                Ok("2024-04-25T08:00:00+07:00".to_string()),
                "{text}"
            );
        }
    }

    #[test]
    fn a_month_or_year_has_no_day_and_a_span() {
        for (text, last) in [("2024", "2024-12-31"), ("2024-02", "2024-02-29")] {
            let when: When = text.parse().expect("a date");
            assert_eq!((when.to_string().as_str(), when.exact_day(), when.timestamp()), (text, None, None));
            assert_eq!(when.last_day().to_string(), last);
        }
    }

    #[test]
    fn rubbish_is_no_date() {
        for text in ["", "2024-02-31", "hôm qua", "2024-04-25T25:00:00"] {
            assert!(text.parse::<When>().is_err(), "{text}");
        }
    }
}
