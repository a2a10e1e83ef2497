//! Articles given as fields: a line of JSON from elsewhere, or a record of ours.
//!
//! Invariant: nothing that was given is lost; an unknown date becomes a warning, not a failure.

use super::entry;
use crate::article::{Article, BodyState, DateCandidate, DateSource, Origin, Page, Warning, When};
use crate::site::{self, Site};
use crate::text::normalize;
use crate::text::written_date::{self, Order};
use serde::de::{Deserialize, Deserializer, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;
use url::Url;

/// Longest id, in characters: addresses are the longest that serve as one.
const LONGEST_ID: usize = 2048;

/// Holds the fields of an article as others write them; any may be missing but the body.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
struct Given<'a> {
    #[serde(borrow)]
    id: Scalar<'a>,
    #[serde(borrow)]
    url: Scalar<'a>,
    #[serde(borrow)]
    published: Scalar<'a>,
    #[serde(borrow)]
    source: Scalar<'a>,
    #[serde(borrow)]
    section: Scalar<'a>,
    #[serde(borrow)]
    title: Scalar<'a>,
    #[serde(borrow)]
    lead: Scalar<'a>,
    #[serde(borrow)]
    body: Scalar<'a>,
    #[serde(borrow)]
    html: Scalar<'a>,
    #[serde(borrow)]
    fetched: Scalar<'a>,
    #[serde(borrow)]
    author: Scalar<'a>,
    #[serde(borrow)]
    language: Scalar<'a>,
    #[serde(borrow)]
    province: Scalar<'a>,
    tags: Tags,
}

/// Holds the text of a field; of a list of texts a line each; a number as it is written.
#[derive(Debug, Default)]
struct Scalar<'a>(Option<Cow<'a, str>>);

impl<'de: 'a, 'a> Deserialize<'de> for Scalar<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl<'de> Visitor<'de> for Text {
            type Value = Scalar<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or a number")
            }
            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Scalar(Some(Cow::Borrowed(text))))
            }
            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Scalar(Some(Cow::Owned(text.to_string()))))
            }
            fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
                Ok(Scalar(Some(Cow::Owned(number.to_string()))))
            }
            fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
                Ok(Scalar(Some(Cow::Owned(number.to_string()))))
            }
            fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
                Ok(Scalar(Some(Cow::Owned(number.to_string()))))
            }
            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(Scalar(None))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
                let mut texts = Vec::new();
                while let Some(Scalar(text)) = items.next_element()? {
                    texts.extend(text);
                }
                Ok(Scalar(Some(Cow::Owned(texts.join("\n")))))
            }
        }
        deserializer.deserialize_any(Text)
    }
}

/// Holds tags: a list of texts, or one text with commas between them.
#[derive(Debug, Default)]
struct Tags(Vec<String>);

impl<'de> Deserialize<'de> for Tags {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct List;
        impl<'de> Visitor<'de> for List {
            type Value = Tags;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of texts")
            }
            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Tags(
                    text.split([',', ';']).map(|tag| tag.trim().to_string()).filter(|tag| !tag.is_empty()).collect(),
                ))
            }
            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(Tags::default())
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
                let mut tags = Vec::new();
                while let Some(Scalar(text)) = items.next_element()? {
                    tags.extend(text.map(Cow::into_owned));
                }
                Ok(Tags(tags))
            }
        }
        deserializer.deserialize_any(List)
    }
}

/// Says how the fields of others are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// Formats of `published` and `fetched`, in the manner of strftime, tried in order before the usual ones.
    pub date_formats: Vec<String>,
    /// Newspaper of articles that name none.
    pub source: Option<String>,
    /// Province of articles that name none and whose newspaper is not known.
    pub province: Option<String>,
}

impl Options {
    fn date(&self, text: &str) -> Option<When> {
        let given = self.date_formats.iter().find_map(|format| written_date::read_as(format, text).ok()?);
        given.and_then(When::of).or_else(|| When::read(text, Order::DayFirst))
    }
}

/// Makes an article of one line of JSON.
///
/// A line with `schema_version` is a record and keeps all its fields; any other is read as fields `id, url, published,
/// fetched, source, section, title, lead, body, author, language, province, tags`, of which only `body` is needed. In
/// place of it `html` may hold a page, which is parsed as a fetched one, or a piece of markup; fields given beside win.
///
/// # Errors
/// Says what is wrong with the line.
pub fn given(json: &[u8], origin: Origin, reading: &Options) -> Result<Article, String> {
    // The whole line is checked at once, which is much faster than string by string.
    let json = simdutf8::compat::from_utf8(json).map_err(|error| format!("not UTF-8: {error}"))?;
    if is_record(json) {
        let mut article: Article =
            serde_json::from_str(json).map_err(|error| format!("not a record: {}", in_words(json, &error)))?;
        if article.origin.path.is_empty() {
            article.origin = origin;
        }
        return Ok(article);
    }
    let given: Given<'_> = serde_json::from_str(json).map_err(|error| in_words(json, &error))?;
    let text =
        |field: Scalar<'_>| field.0.map(|text| normalize(&text).trim().to_string()).filter(|text| !text.is_empty());
    let id = given.id.0.map(|id| identity(&id)).transpose()?;
    let (url, title, mut warnings) = (text(given.url), text(given.title), Vec::new());
    let fetched = given.fetched.0.filter(|text| !text.trim().is_empty()).and_then(|text| {
        let moment = reading.date(&text).and_then(|when| when.timestamp());
        if moment.is_none() {
            warnings.push(format!("fetched: {text:?} is no time as YYYY-MM-DDTHH:MM:SS+07:00"));
        }
        moment
    });
    let mut article = match (given.body.0, given.html.0) {
        // Not trimmed: offsets of marks made elsewhere count from the first character.
        (Some(body), _) => Article { body: normalize(&body).into_owned(), ..Article::default() },
        (None, Some(html)) if is_page(&html) => {
            let content_type = Some("text/html; charset=utf-8".to_string());
            super::parse(&Page {
                url: url.clone(),
                fetched,
                content_type,
                bytes: html.into_owned().into_bytes(),
                ..Page::default()
            })
        }
        (None, Some(html)) => {
            let mut article = Article { title: title.clone(), ..Article::default() };
            entry::fill(&html, None, &mut article);
            if article.body.is_empty() && article.body_state == BodyState::Ok {
                article.body_state = BodyState::Empty;
            }
            article
        }
        (None, None) => return Err("no field \"body\"; every article needs one, or \"html\"".to_string()),
    };
    (article.url, article.fetched, article.origin) = (url, fetched, origin);
    article.title = title.or(article.title);
    article.source = text(given.source).or(article.source).or_else(|| reading.source.clone());
    article.section = text(given.section).or(article.section);
    article.lead = text(given.lead).or(article.lead);
    article.author = text(given.author).map(|names| names.replace('\n', ", ")).or(article.author);
    article.language = text(given.language).or(article.language);
    if !given.tags.0.is_empty() {
        article.tags = given.tags.0.iter().map(|tag| normalize(tag).into_owned()).collect();
    }
    article.warnings.append(&mut warnings);
    if let Some(published) = given.published.0.filter(|text| !text.trim().is_empty()) {
        match reading.date(&published) {
            Some(when) => publish(&mut article, when, DateSource::Given, 1.0),
            None => article.warn(Warning::UnreadDate, format_args!("{:?}", published.trim())),
        }
    }
    let site = belong(&mut article);
    let unknown = || article.province.is_none().then(|| reading.province.clone()).flatten();
    if let Some(name) = text(given.province).or_else(unknown) {
        settle(&mut article, &name);
    }
    article.seal();
    article.id = id.unwrap_or_else(|| super::identity(&article, site));
    Ok(article)
}

/// Says whether an object is a record of ours, wherever its version stands among its fields.
fn is_record(json: &str) -> bool {
    #[derive(serde::Deserialize)]
    struct Version {
        #[serde(rename = "schema_version")]
        _schema_version: u32,
    }
    json.trim_ascii_start().starts_with("{\"schema_version\"")
        || memchr::memmem::find(json.as_bytes(), b"\"schema_version\"").is_some()
            && serde_json::from_str::<Version>(json).is_ok()
}

/// Cleans an id: no control characters, no blanks around it.
fn identity(given: &str) -> Result<String, String> {
    let id: String = normalize(given).trim().chars().filter(|c| !c.is_control()).collect();
    match id.chars().count() {
        0 => Err("the id is empty; leave the field out, and one is made of the address or the text".to_string()),
        length if length > LONGEST_ID => {
            Err(format!("an id of {length} characters, where {LONGEST_ID} are the most; is it the text of a field?"))
        }
        _ => Ok(id),
    }
}

/// Says in words what is wrong with an object of JSON, where, and what helps.
fn in_words(json: &str, error: &serde_json::Error) -> String {
    let text = error.to_string();
    let cause = text.split(" at line ").next().unwrap_or(&text);
    let place = match error.line() {
        0 | 1 => format!("column {}", error.column()),
        line => format!("column {} of its line {line}", error.column()),
    };
    if error.is_data() {
        // The JSON is whole: a field holds another type.
        let object = serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(json);
        let Ok(object) = object else {
            return "an object with an article's fields is wanted, as {\"body\": …}".to_string();
        };
        let field = object.iter().find(|(name, value)| {
            let alone = serde_json::json!({ name.as_str(): value }).to_string();
            serde_json::from_str::<Given<'_>>(&alone).is_err()
        });
        return match field {
            Some((name, _)) => format!(
                "the field {name:?} holds {}",
                cause.replace("invalid type: ", "").replace(", expected", " where it must hold")
            ),
            None => format!("{cause} ({place})"),
        };
    }
    let remedy = WORDS.iter().find(|(sign, _)| cause.contains(sign)).map_or(cause, |(_, words)| words);
    format!("broken JSON at {place}: {remedy}")
}

/// What the parser of JSON says, and what it means.
const WORDS: &[(&str, &str)] = &[
    ("EOF while parsing", "the object does not end; is the line cut off, or a quote or bracket missing?"),
    ("control character", "a line break or tab stands in a text as it is; write it as \\n or \\t"),
    ("key must be a string", "a name without double quotes, or a comma after the last field"),
    (
        "expected value",
        "a value in double quotes, a number, true, false or null is wanted; single quotes, NaN and None are none",
    ),
    ("trailing comma", "a comma after the last field; take it away"),
    ("trailing characters", "something stands after the end of the object; one object a line"),
    ("invalid escape", "a backslash that begins no escape; write it as \\\\"),
    ("surrogate", "half of a character written as \\u…; write the character itself"),
    (
        "expected `,` or `}`",
        "a comma is missing between fields, or a double quote stands in a text as it is; write it as \\\"",
    ),
    ("expected `:`", "a colon is missing after a name"),
];

/// Says whether markup is a whole page, not a piece of one.
fn is_page(html: &str) -> bool {
    let head = html.as_bytes();
    let start = String::from_utf8_lossy(&head[..head.len().min(2048)]).to_ascii_lowercase();
    ["<html", "<!doctype", "<head", "<body"].iter().any(|mark| start.contains(mark))
}

/// Sets a publication date before those found otherwise.
pub(super) fn publish(article: &mut Article, when: When, source: DateSource, confidence: f32) {
    article.published_candidates.insert(0, DateCandidate { value: when.clone(), source, confidence });
    article.published = Some(when);
    article.published_source = Some(source);
    article.published_confidence = Some(confidence);
}

/// Fills what the newspaper of the article's address or of its source says: site, source, provinces.
pub(super) fn belong(article: &mut Article) -> Option<&'static Site> {
    let url = article.url.as_deref().and_then(|url| Url::parse(url).ok());
    let by_url = url.as_ref().and_then(|url| site::sites().by_host(url.host_str()?));
    let site = by_url.or_else(|| site::sites().named(article.source.as_deref()?))?;
    article.site = Some(site.id.clone());
    article.site_number = url.and_then(|url| site::sites().article_number(site, &url));
    article.source.get_or_insert_with(|| site.name.clone());
    settle(article, &site.province);
    Some(site)
}

/// Fills the three names of the province.
pub(super) fn settle(article: &mut Article, name: &str) {
    match crate::place::find(name) {
        Some(province) => {
            // Of a year alone the last day counts: the merger of 2025 was in its middle.
            let day = article.published.as_ref().map(When::last_day);
            article.province = Some(province.name_on(day).to_string());
            article.province_old = Some(province.old.to_string());
            article.province_new = Some(province.new.to_string());
        }
        None => article.province = Some(name.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<Article, String> {
        given(json.as_bytes(), Origin::default(), &Options::default())
    }

    #[test]
    fn only_the_body_is_needed() {
        let article = read(r#"{"body": "Tỷ lệ hộ nghèo còn 0,34%."}"#).expect("read");
        assert_eq!(article.body, "Tỷ lệ hộ nghèo còn 0,34%.");
        assert!(!article.id.is_empty());
        assert!(read(r#"{"title": "x"}"#).is_err());
        assert!(read(r#"{"body": "#).is_err());
    }

    #[test]
    fn a_strange_date_is_a_warning_and_the_article_stays() {
        let article = read(r#"{"id": 7, "published": "hôm qua", "body": "x"}"#).expect("read");
        assert_eq!((article.id.as_str(), article.published, article.warnings.len()), ("7", None, 1));
    }

    #[test]
    fn the_province_is_the_one_of_the_publication_day() {
        let article =
            read(r#"{"url": "https://baoquangninh.vn/a-3210121.html", "published": "2022-09-01", "body": "x"}"#)
                .expect("read");
        assert_eq!(article.id, "baoquangninh.vn:3210121");
        assert_eq!(article.province.as_deref(), Some("Quảng Ninh"));
    }

    #[test]
    fn the_time_of_fetching_is_kept_and_a_strange_one_is_a_warning() {
        let article = read(r#"{"fetched": "2024-05-01T07:00:00+07:00", "body": "x"}"#).expect("read");
        assert_eq!(article.fetched, "2024-05-01T00:00:00Z".parse().ok());
        let article = read(r#"{"fetched": 7, "body": "x"}"#).expect("read");
        assert_eq!((article.fetched, article.warnings.len()), (None, 1));
    }

    #[test]
    fn markup_stands_in_for_a_body_and_what_is_given_beside_wins() {
        let piece =
            read(r#"{"html": "<p>Tỷ lệ hộ nghèo<br>còn 0,34%.</p><p>Năm 2022.</p>", "title": "Tít"}"#).expect("read");
        assert_eq!(
            (piece.body.as_str(), piece.title.as_deref()),
            ("Tỷ lệ hộ nghèo\ncòn 0,34%.\nNăm 2022.", Some("Tít"))
        );
        let page = r#"{"html": "<html><head><title>Cũ</title></head><body><h1>Cũ</h1><p>Cuối năm 2022, tỷ lệ hộ nghèo của xã Đồng Mây còn 0,34%, giảm một nửa.</p></body></html>", "title": "Mới"}"#;
        let page = read(page).expect("read");
        assert!(page.body.starts_with("Cuối năm 2022") && page.title.as_deref() == Some("Mới"), "{page:?}");
    }

    #[test]
    fn a_record_comes_back_as_it_was() {
        let article =
            read(r#"{"id": "a", "published": "2022-09-01T08:00:00+07:00", "tags": ["x"], "body": "Năm 2022."}"#)
                .expect("read");
        let record = crate::article::Record { schema_version: 1, article: article.clone(), ..Default::default() };
        assert_eq!(read(&serde_json::to_string(&record).expect("json")), Ok(article));
    }
}
