//! Entries of feeds, and articles given as a piece of markup: the same blocks and the same split as a page's body.
//!
//! Invariant: a summary that stands for a text is said to be one, by the state `thin` and a warning.

use super::given::{belong, publish};
use super::open;
use super::split::{Around, Parts, agrees, split};
use crate::article::{Article, BodyState, DateSource, Entry, Page, Warning};
use crate::text::normalize;

/// How far a date that the paper itself announces is trusted.
const CONFIDENCE: f32 = 0.9;

/// Makes an article of an entry of a feed.
pub fn entry(entry: &Entry) -> Article {
    let mut article = Article { url: entry.url.clone(), origin: entry.origin.clone(), ..Article::default() };
    article.title = entry.title.as_deref().and_then(words);
    article.author = Some(entry.authors.join(", ")).filter(|names| !names.is_empty()).as_deref().and_then(words);
    article.tags = entry.tags.iter().filter_map(|tag| words(tag)).collect();
    article.language.clone_from(&entry.language);
    if let Some(when) = &entry.published {
        publish(&mut article, when.clone(), DateSource::Feed, CONFIDENCE);
    }
    if let Some(text) = &entry.unread {
        article.warn(Warning::UnreadDate, format_args!("{text:?}"));
    }
    let site = belong(&mut article);
    article.source = article.source.take().or_else(|| entry.feed.as_deref().and_then(words));
    let summary = entry.summary.as_deref().and_then(words);
    match (&entry.content, &entry.summary) {
        (Some(content), _) => {
            fill(content, summary.as_deref(), &mut article);
            article.lead = article.lead.take().or(summary.filter(|summary| !agrees(summary, &article.body)));
        }
        (None, Some(text)) => {
            fill(text, None, &mut article);
            article.body_state = BodyState::Thin;
            article.warnings.push("only the summary that the feed gives".to_string());
        }
        (None, None) => {}
    }
    if article.body.is_empty() {
        article.body_state = BodyState::Empty;
    }
    article.seal();
    article.id = super::identity(&article, site);
    article
}

/// Fills lead, body and pictures from a piece of markup, or plain text.
pub(super) fn fill(markup: &str, description: Option<&str>, article: &mut Article) {
    let (title, mut warnings) = (article.title.clone(), Vec::new());
    let read = fragment(markup, &mut warnings, |vietnamese| Around {
        title: title.as_deref(),
        description,
        vietnamese,
        ..Around::default()
    });
    article.warnings.append(&mut warnings);
    match read {
        Ok(parts) => {
            article.body = parts.text.join("\n");
            article.lead = article.lead.take().or(parts.lead);
            article.author = article.author.take().or(parts.signature);
            article.images = super::absolute(parts.images, article.url.as_deref());
            if let Some(source) = parts.source {
                article.warn(Warning::SourceLine, source);
            }
        }
        Err(reason) => {
            article.body_state = BodyState::Refused;
            article.warnings.push(format!("refused: {reason}"));
        }
    }
}

/// Returns the words of a title, name or summary that may be markup.
fn words(text: &str) -> Option<String> {
    let plain = if text.contains(['<', '&']) {
        let parts = fragment(text, &mut Vec::new(), |_| Around::default()).ok()?;
        parts.lead.into_iter().chain(parts.text).collect::<Vec<_>>().join(" ")
    } else {
        normalize(text).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    Some(plain).filter(|plain| !plain.is_empty())
}

fn fragment<'a>(
    markup: &str,
    warnings: &mut Vec<String>,
    around: impl FnOnce(bool) -> Around<'a>,
) -> Result<Parts, String> {
    let content_type = Some("text/html; charset=utf-8".to_string());
    let page = Page { content_type, bytes: markup.as_bytes().to_vec(), ..Page::default() };
    open(&page, warnings, |sheet| split(sheet.reading.blocks.clone(), &around(sheet.vietnamese)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given() -> Entry {
        Entry {
            url: Some("https://baoquangninh.vn/ho-ngheo-3210121.html".into()),
            title: Some("Hộ nghèo còn 0,34% &amp; những &quot;điểm sáng&quot;".into()),
            published: "2024-04-24T18:30:00Z".parse().ok(),
            summary: Some(
                "<a href=\"x\"><img src=\"/a.jpg\"></a><br/>Năm 2023, tỷ lệ hộ nghèo của tỉnh còn 0,34%.".into(),
            ),
            ..Entry::default()
        }
    }

    #[test]
    fn a_summary_becomes_the_body_and_is_said_to_be_one() {
        let article = entry(&given());
        assert_eq!(article.id, "baoquangninh.vn:3210121");
        assert_eq!(article.title.as_deref(), Some("Hộ nghèo còn 0,34% & những \"điểm sáng\""));
        assert_eq!(article.body, "Năm 2023, tỷ lệ hộ nghèo của tỉnh còn 0,34%.");
        assert_eq!((article.body_state, article.warnings.len()), (BodyState::Thin, 1));
        assert_eq!(
            (article.published_day().map(|day| day.to_string()).as_deref(), article.published_source),
            (Some("2024-04-25"), Some(DateSource::Feed))
        );
    }

    #[test]
    fn a_text_in_the_feed_becomes_the_body_and_its_summary_the_lead() {
        let content = Some("<p>Xã Đồng Mây có 95% hộ khá.</p><p>Cuối năm 2023, xã đạt chuẩn.</p>".to_string());
        let article = entry(&Entry { content, ..given() });
        assert_eq!(article.body, "Xã Đồng Mây có 95% hộ khá.\nCuối năm 2023, xã đạt chuẩn.");
        assert_eq!(article.lead.as_deref(), Some("Năm 2023, tỷ lệ hộ nghèo của tỉnh còn 0,34%."));
        assert_eq!(article.body_state, BodyState::Ok);
    }

    #[test]
    fn an_entry_with_nothing_is_empty() {
        assert_eq!(entry(&Entry::default()).body_state, BodyState::Empty);
    }
}
