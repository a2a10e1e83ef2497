//! Articles given as fields: a line of JSON from elsewhere, or a record of ours.
//!
//! Invariant: nothing that was given is lost; an unknown date becomes a warning, not a failure.

use super::entry;
use crate::article::{Article, BodyState, DateCandidate, DateSource, Origin, Page, Warning, When};
use crate::site::{self, Site};
use crate::text::normalize;
use crate::text::written_date::{self, Order};
use serde::Deserialize;
use std::borrow::Cow;
use url::Url;

/// Holds the fields of an article as others write them; any may be missing but the body.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given<'a> {
    id: Option<Scalar<'a>>,
    #[serde(borrow)]
    url: Option<Cow<'a, str>>,
    published: Option<Scalar<'a>>,
    source: Option<Cow<'a, str>>,
    section: Option<Cow<'a, str>>,
    title: Option<Cow<'a, str>>,
    lead: Option<Cow<'a, str>>,
    body: Option<Cow<'a, str>>,
    html: Option<Cow<'a, str>>,
    fetched: Option<Scalar<'a>>,
    author: Option<Cow<'a, str>>,
    language: Option<Cow<'a, str>>,
    province: Option<Cow<'a, str>>,
    tags: Vec<String>,
}

/// Holds a text or a number, as others write ids and dates.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Scalar<'a> {
    Text(#[serde(borrow)] Cow<'a, str>),
    Number(serde_json::Number),
}

impl Scalar<'_> {
    fn text(self) -> String {
        match self {
            Scalar::Text(text) => text.into_owned(),
            Scalar::Number(number) => number.to_string(),
        }
    }
}

/// Says how the fields of others are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// Formats of `published` and `fetched`, in the manner of strftime, tried in order before the usual ones.
    pub date_formats: Vec<String>,
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
    if json.trim_ascii_start().starts_with("{\"schema_version\"") {
        let mut article: Article = serde_json::from_str(json).map_err(|error| format!("not a record: {error}"))?;
        if article.origin.path.is_empty() {
            article.origin = origin;
        }
        return Ok(article);
    }
    let given: Given<'_> =
        serde_json::from_str(json).map_err(|error| format!("not a line of JSON with an article's fields: {error}"))?;
    let text = |field: Option<Cow<'_, str>>| {
        field.map(|text| normalize(&text).trim().to_string()).filter(|text| !text.is_empty())
    };
    let (url, title, mut warnings) = (text(given.url), text(given.title), Vec::new());
    let fetched = given.fetched.map(Scalar::text).filter(|text| !text.trim().is_empty()).and_then(|text| {
        let moment = reading.date(&text).and_then(|when| when.timestamp());
        if moment.is_none() {
            warnings.push(format!("fetched: {text:?} is no time as YYYY-MM-DDTHH:MM:SS+07:00"));
        }
        moment
    });
    let mut article = match (given.body, given.html) {
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
        (None, None) => return Err("no field \"body\"; every line needs one, or \"html\"".to_string()),
    };
    (article.url, article.fetched, article.origin) = (url, fetched, origin);
    article.title = title.or(article.title);
    article.source = text(given.source).or(article.source);
    article.section = text(given.section).or(article.section);
    article.lead = text(given.lead).or(article.lead);
    article.author = text(given.author).or(article.author);
    article.language = text(given.language).or(article.language);
    if !given.tags.is_empty() {
        article.tags = given.tags.iter().map(|tag| normalize(tag).into_owned()).collect();
    }
    article.warnings.append(&mut warnings);
    if let Some(published) = given.published.map(Scalar::text).filter(|text| !text.trim().is_empty()) {
        match reading.date(&published) {
            Some(when) => publish(&mut article, when, DateSource::Given, 1.0),
            None => article.warn(Warning::UnreadDate, format_args!("{:?}", published.trim())),
        }
    }
    let site = belong(&mut article);
    if let Some(name) = text(given.province) {
        settle(&mut article, &name);
    }
    article.seal();
    article.id = match given.id {
        Some(id) => id.text(),
        None => super::identity(&article, site),
    };
    Ok(article)
}

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
