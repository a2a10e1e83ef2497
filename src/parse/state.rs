//! Says what a page is when it is no article: a list, a front page, a challenge for robots, a page whose text a script holds.

use super::blocks::{Block, Kind};
use super::page_metadata::PageMetadata;
use super::split::same_form;
use crate::article::BodyState;
use crate::text::fold;
use serde_json::Value;
use url::Url;

/// Body below which an article is thin, in characters.
const THIN: usize = 250;
/// Length of a paragraph of running text, in characters.
const PARAGRAPH: usize = 120;
/// Shortest text that a script holds instead of the page, in bytes.
const HELD: usize = 400;

/// Holds what the state is judged by.
pub struct Signs<'s, 'a> {
    /// Text blocks of the body.
    pub text: &'s [String],
    /// Links to other articles inside the body.
    pub cards: usize,
    /// Paragraphs right below such a link.
    pub teasers: usize,
    /// Blocks of the whole page.
    pub blocks: &'s [Block<'a>],
    /// What the page says about itself.
    pub page_metadata: &'s PageMetadata<'a>,
    /// Headline.
    pub title: Option<&'s str>,
    /// Address, else the canonical one.
    pub url: Option<&'s str>,
    /// Inline scripts.
    pub scripts: &'s [&'s str],
    /// The page has the newspaper's own article number in its address.
    pub numbered: bool,
    /// A layout found the body.
    pub by_layout: bool,
}

/// Names the state of a page, with the reason when it is no whole article.
pub fn classify(signs: &Signs<'_, '_>) -> (BodyState, Option<String>) {
    let length: usize = signs.text.iter().map(|text| text.chars().count()).sum();
    let page: usize =
        signs.blocks.iter().filter(|block| block.kind != Kind::Picture).map(|block| block.text.len()).sum();
    let title = signs.title.map(same_form).unwrap_or_default();
    if length < 600 && is_challenge(signs, page) {
        return (BodyState::BotChallenge, Some("a challenge for robots instead of the page".to_string()));
    }
    if length < 1500 && is_missing(&title) {
        return (BodyState::Soft404, Some(format!("the page calls itself {:?}", signs.title.unwrap_or(""))));
    }
    if let Some(reason) = list(signs, length) {
        let moved =
            !is_front(signs.url) && signs.page_metadata.canonical.is_some_and(|canonical| is_front(Some(canonical)));
        return (if moved { BodyState::Soft404 } else { BodyState::NotAnArticle }, Some(reason));
    }
    match length {
        0 => (BodyState::Empty, Some("no text was found".to_string())),
        _ if length < THIN => (BodyState::Thin, None),
        _ => (BodyState::Ok, None),
    }
}

fn is_missing(title: &str) -> bool {
    let words = [
        "khong tim thay",
        "khong ton tai",
        "not found",
        "page not available",
        "trang ban tim",
        "da bi xoa",
        "loi 404",
        "error 404",
    ];
    title == "404" || title.starts_with("404 ") || title.len() < 90 && words.iter().any(|word| title.contains(word))
}

fn is_challenge(signs: &Signs<'_, '_>, page: usize) -> bool {
    const WORDS: &[&str] = &[
        "just a moment",
        "checking your browser",
        "verify you are human",
        "are you a robot",
        "attention required",
        "enable javascript and cookies",
        "access denied",
        "captcha",
        "xac minh ban la con nguoi",
        "xac thuc nguoi dung",
    ];
    let text = || {
        signs
            .blocks
            .iter()
            .take(30)
            .map(|block| fold(&block.text))
            .chain(signs.title.map(fold))
            .chain(signs.page_metadata.title.as_deref().map(fold))
    };
    let said = page < 2500 && text().any(|text| WORDS.iter().any(|word| text.contains(word)));
    // A shell that sets a cookie and loads itself again.
    let shell = page < 120
        && signs.page_metadata.metas.len() < 4
        && signs.scripts.iter().any(|script| {
            script.contains("document.cookie")
                || script.contains("location.reload")
                || script.contains("window.location")
        });
    said || shell
}

/// Says why a page is a list of articles.
fn list(signs: &Signs<'_, '_>, length: usize) -> Option<String> {
    let running = signs.text.iter().filter(|text| text.chars().count() >= PARAGRAPH).count();
    let (mut linked, mut whole, mut cards) = (0usize, 0usize, 0usize);
    for block in signs.blocks.iter().filter(|block| block.kind != Kind::Picture) {
        whole += block.text.len();
        linked += block.linked;
        cards += usize::from(is_card(block));
    }
    let (typed, dated) = (is_typed(signs), signs.is_dated());
    let listed = signs.page_metadata.objects.iter().any(|object| {
        let kind = object.get("@type").and_then(Value::as_str).unwrap_or("");
        matches!(kind, "CollectionPage" | "ItemList" | "SearchResultsPage")
    });
    let front = is_front(signs.url);
    let claims = [typed, dated, signs.numbered, signs.by_layout].iter().filter(|claim| **claim).count();
    let share = linked as f64 / whole.max(1) as f64;
    // A long text with hardly a headline of others in it is an article, however many links the page's menus hold.
    let menus = length >= 3000 && running >= 8 && signs.cards * 3 < running;
    let against = [
        front,
        listed && !typed,
        cards >= 25 && claims == 0 && !menus,
        share > 0.6 && claims <= 1 && !menus,
        running < 3 && cards >= 10,
    ]
    .iter()
    .filter(|sign| **sign)
    .count();
    // Headlines of other articles between short texts: a section page, whose teasers look like running text.
    let teasers = !typed && !signs.by_layout && signs.cards >= 6 && signs.cards >= running;
    // Many systems call every page an article in `og:type`; only JSON-LD is a claim against a page of teasers.
    let written = signs.page_metadata.articles().next().is_some();
    let paired = !written && !signs.numbered && !signs.by_layout && signs.teasers >= 5 && {
        signs.teasers * 2 > signs.text.iter().filter(|text| text.chars().count() > 40).count()
    };
    if (teasers || paired) && claims <= 1 {
        return Some(format!("{} links to articles among {running} paragraphs", signs.cards));
    }
    let few = length < 1200 || running < 4;
    if front && claims < 2 || (claims == 0 && against >= 2) || (claims <= 1 && against >= 2 && few) {
        return Some(format!("{cards} links to articles, {:.0} % of the text is links", share * 100.0));
    }
    None
}

/// Says whether the page calls itself an article.
pub fn is_typed(signs: &Signs<'_, '_>) -> bool {
    signs.page_metadata.articles().next().is_some()
        || signs.page_metadata.meta(&["og:type"]).is_some_and(|kind| kind.eq_ignore_ascii_case("article"))
}

impl Signs<'_, '_> {
    /// Says whether a meta element dates the page as an article.
    pub fn is_dated(&self) -> bool {
        self.page_metadata.meta(&["article:published_time", "pubdate", "datepublished"]).is_some()
    }

    /// Says whether the title of the page is no more than the name of the paper.
    pub fn title_is_brand(&self) -> bool {
        let name = self.page_metadata.meta(&["og:site_name", "application-name"]).map(same_form);
        let title = self.page_metadata.title.as_deref().map(same_form);
        name.zip(title).is_some_and(|(name, title)| !name.is_empty() && title.starts_with(&name))
    }
}

/// Says whether a block is a link with the length of a headline.
pub fn is_card(block: &Block<'_>) -> bool {
    block.kind != Kind::Picture && block.link_share() > 0.8 && block.text.split(' ').count() >= 6
}

/// Says whether an address is a front page.
pub fn is_front(url: Option<&str>) -> bool {
    url.and_then(|url| Url::parse(url).ok()).is_some_and(|url| {
        matches!(url.path(), "" | "/" | "/index.html" | "/index.php" | "/home" | "/trang-chu") && url.query().is_none()
    })
}

/// Returns the bytes of text that an inline script holds and the page itself does not show.
pub fn held_in_script(scripts: &[&str], blocks: &[Block<'_>]) -> Option<usize> {
    scripts.iter().find_map(|script| {
        let opened = ["<p", "\\u003cp", "\\x3cp", "&lt;p", "%3Cp", "%3cp"]
            .iter()
            .map(|mark| script.matches(mark).count())
            .max()
            .unwrap_or(0);
        if script.len() < HELD || opened < 3 {
            return None;
        }
        let text = plain_text(script);
        let longest = text.iter().max_by_key(|line| line.len());
        let longest = longest.filter(|line| line.len() > 100)?;
        let start: String = longest.chars().take(60).collect();
        let shown = blocks.iter().any(|block| same_form(&block.text).contains(&start));
        (!shown).then(|| text.iter().map(String::len).sum())
    })
}

/// Returns the pieces of text between the tags of markup in a script, folded.
fn plain_text(script: &str) -> Vec<String> {
    let markup = script
        .replace("\\u003c", "<")
        .replace("\\x3c", "<")
        .replace("&lt;", "<")
        .replace("%3C", "<")
        .replace("%3c", "<");
    let markup = markup
        .replace("\\u003e", ">")
        .replace("\\x3e", ">")
        .replace("&gt;", ">")
        .replace("%3E", ">")
        .replace("%3e", ">");
    markup.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| same_form(text)).collect()
}
