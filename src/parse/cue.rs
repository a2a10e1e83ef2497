//! What the names of an element (class, id, type) say of its content: words that papers and content systems use.
//!
//! A cue is a hint of the page's author, not a proof: a large element is never dropped for its name.

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use scraper::ElementRef;
use std::sync::LazyLock;

/// Says what an element is by its names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cue {
    /// Nothing known.
    None,
    /// Related links, sharing buttons, comments, advertisements, menus.
    Drop,
    /// Tags of the article.
    Tags,
    /// Caption of a picture.
    Caption,
    /// Author or signature.
    Byline,
    /// Date or time line.
    Dateline,
    /// Lead (sapo).
    Lead,
    /// Name of the source.
    Source,
}

impl Cue {
    /// Returns the bytes of text above which the names of an element do not speak of all it holds; none: no cue, or dropped.
    pub fn limit(self) -> Option<usize> {
        match self {
            Cue::None | Cue::Drop => None,
            Cue::Byline | Cue::Dateline | Cue::Source => Some(400),
            Cue::Tags | Cue::Caption | Cue::Lead => Some(1500),
        }
    }
}

/// Words of names, sorted, of what does not belong to an article.
const DROP: &[&str] = &[
    "addthis",
    "ads",
    "adsense",
    "advert",
    "advertisement",
    "advertising",
    "affiliate",
    "alsoread",
    "audio",
    "authorbox",
    "banner",
    "bio",
    "bookmark",
    "breadcrumb",
    "breadcrumbs",
    "button",
    "buttons",
    "carousel",
    "cart",
    "comment",
    "commentlist",
    "comments",
    "consent",
    "cookie",
    "cookies",
    "copyright",
    "cta",
    "disclosure",
    "disqus",
    "donate",
    "donation",
    "dropdown",
    "facebook",
    "fb",
    "flyout",
    "follow",
    "footer",
    "gdpr",
    "jp",
    "languages",
    "linkbox",
    "login",
    "masthead",
    "menu",
    "modal",
    "mostread",
    "mostviewed",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "optin",
    "outbrain",
    "pagination",
    "paging",
    "paywall",
    "pinterest",
    "player",
    "popular",
    "popup",
    "print",
    "promo",
    "promoted",
    "promotion",
    "rating",
    "readmore",
    "readnext",
    "recirc",
    "recirculation",
    "recommend",
    "recommendation",
    "recommendations",
    "recommended",
    "register",
    "relate",
    "related",
    "relatedposts",
    "reply",
    "respond",
    "rss",
    "search",
    "share",
    "sharedaddy",
    "sharing",
    "shortcut",
    "sidebar",
    "signin",
    "signup",
    "skip",
    "skiplink",
    "social",
    "sponsor",
    "sponsored",
    "subscribe",
    "subscription",
    "taboola",
    "teaser",
    "toolbar",
    "trending",
    "tts",
    "tweet",
    "twitter",
    "upsell",
    "vote",
    "voting",
    "whatsapp",
    "yarpp",
    "zalo",
];
/// Parts of names that say the same.
const DROP_PARTS: &[&str] = &[
    "lien-quan",
    "lienquan",
    "lien_quan",
    "cung-chuyen-muc",
    "cungchuyenmuc",
    "doc-nhieu",
    "docnhieu",
    "xem-nhieu",
    "xemnhieu",
    "tin-khac",
    "tinkhac",
    "tin-moi",
    "tinmoi",
    "binh-luan",
    "binhluan",
    "chia-se",
    "chiase",
    "quang-cao",
    "quangcao",
    "block-news",
    "news-relate",
    "relatednews",
    "related-",
    "read-more",
    "read-next",
    "also-like",
    "most-read",
    "most-popular",
    "author-box",
    "author-bio",
    "about-author",
    "post-navigation",
    "voice-",
    "text-to-speech",
    "table-of-contents",
    "post-nav",
];
const CAPTION: &[&str] =
    &["caption", "captions", "chuthich", "imagedesc", "photodesc", "credit", "credits", "wp-caption-text", "cap"];
const BYLINE: &[&str] = &["author", "authors", "byline", "tacgia", "pseudonym", "signature", "butdanh", "writer"];
const DATELINE: &[&str] =
    &["date", "datetime", "time", "timestamp", "published", "publish", "pubdate", "ngaydang", "updated"];
const LEAD: &[&str] = &[
    "sapo",
    "lead",
    "lede",
    "standfirst",
    "dek",
    "desc",
    "description",
    "summary",
    "excerpt",
    "subtitle",
    "subhead",
    "intro",
    "phead",
];
const TAGS: &[&str] = &["tag", "tags", "tagcloud", "keyword", "keywords", "tukhoa", "taglist"];
const SOURCE: &[&str] = &["source", "nguon", "sourcenews"];

/// Lists of words and what they say, in the order in which they count.
const SAID: &[(&[&str], Cue)] = &[
    (CAPTION, Cue::Caption),
    (TAGS, Cue::Tags),
    (BYLINE, Cue::Byline),
    (DATELINE, Cue::Dateline),
    (LEAD, Cue::Lead),
    (SOURCE, Cue::Source),
];
/// Longest name that is a name, in bytes; longer ones are data.
const LONGEST_NAME: usize = 64;
/// Finds the parts of [`DROP_PARTS`], all at once.
static PARTS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let parts = AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).build(DROP_PARTS);
    parts.expect("a few short literals")
});

/// Returns the cue of an element.
pub fn cue(element: ElementRef<'_>) -> Cue {
    let value = element.value();
    match value.name() {
        "nav" | "footer" | "form" | "button" | "select" | "textarea" | "template" | "dialog" | "menu" | "video"
        | "audio" | "canvas" => {
            return Cue::Drop;
        }
        "aside" => return Cue::Drop,
        "figcaption" => return Cue::Caption,
        // What is quoted is text, whatever the quotation is called: `twitter-tweet`.
        "html" | "body" | "main" | "blockquote" => return Cue::None,
        _ => {}
    }
    // Elements are many and their attributes few: one pass over the attributes, whose order does not matter below.
    let (mut class, mut id, mut box_type, mut role, mut itemprop) = (None, None, None, None, None);
    let mut hidden = false;
    for (name, said) in value.attrs() {
        match name {
            "class" => class = Some(said),
            "id" => id = Some(said),
            "type" if value.name() == "div" => box_type = Some(said),
            "role" => role = Some(said),
            "itemprop" => itemprop = Some(said),
            "hidden" => hidden = true,
            "aria-hidden" if said == "true" => hidden = true,
            "style" if said.contains("none") && said.replace(' ', "").contains("display:none") => hidden = true,
            _ => {}
        }
    }
    // A click unfolds what a heading labels.
    if hidden && !matches!(role, Some("region" | "tabpanel")) && !is_shown_later(class, id) {
        return Cue::Drop;
    }
    if matches!(role, Some("navigation" | "complementary" | "banner" | "search" | "dialog" | "contentinfo")) {
        return Cue::Drop;
    }
    match itemprop {
        Some("author") => return Cue::Byline,
        Some("articleBody") => return Cue::None,
        Some("datePublished" | "dateModified") => return Cue::Dateline,
        _ => {}
    }
    let mut found = Cue::None;
    for names in [class, id, box_type].into_iter().flatten() {
        match cue_of_names(names) {
            Cue::None => {}
            Cue::Drop => return Cue::Drop,
            other if found == Cue::None => found = other,
            _ => {}
        }
    }
    found
}

/// Says whether what is hidden is text that a click unfolds, or a piece that a script puts in its place: `S:4`.
fn is_shown_later(class: Option<&str>, id: Option<&str>) -> bool {
    const UNFOLDED: &[&str] = &["collaps", "accordion", "faq", "tab-pane", "tabpanel"];
    let number = id.and_then(|id| id.strip_prefix("S:"));
    let streamed = number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let unfolded = [class, id].into_iter().flatten().any(|names| {
        let names = names.to_ascii_lowercase();
        UNFOLDED.iter().any(|word| names.contains(word)) && !names.contains("nav") && !names.contains("menu")
    });
    streamed || unfolded
}

/// Returns the cue of a class list, id or type.
fn cue_of_names(names: &str) -> Cue {
    let mut found = Cue::None;
    let mut lower = [0; LONGEST_NAME];
    for name in names.split_ascii_whitespace().filter(|name| name.len() <= LONGEST_NAME && !name.contains(':')) {
        let lower = &mut lower[..name.len()];
        lower.copy_from_slice(name.as_bytes());
        lower.make_ascii_lowercase();
        // `has-sidebar`, `no-comments` speak of the page around.
        if [&b"has-"[..], b"no-", b"with-", b"is-", b"not-"].iter().any(|front| lower.starts_with(front)) {
            continue;
        }
        if PARTS.is_match(&*lower) {
            return Cue::Drop;
        }
        let (mut from, mut before, mut holds_text) = (0, "", false);
        for word in words(name) {
            // The words of a name are letters and digits, found again in the lower-case copy at the same place.
            let start = from + name[from..].find(word).unwrap_or(0);
            from = start + word.len();
            let word = std::str::from_utf8(&lower[start..from]).unwrap_or_default();
            let word = word.trim_end_matches(|c: char| c.is_ascii_digit());
            // `content-sidebar-wrap`, `map-and-related` hold both.
            let is_of_both = before == "and" || holds_text && word == "sidebar";
            if !is_of_both && DROP.binary_search(&word).is_ok() {
                return Cue::Drop;
            }
            holds_text |= word == "content";
            before = word;
            if found == Cue::None {
                found = SAID.iter().find(|(list, _)| list.contains(&word)).map_or(Cue::None, |&(_, cue)| cue);
            }
        }
    }
    found
}

/// Splits a name at signs and at capitals: `RelatedNewsBox`, `box_related-news`.
fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_ascii_alphanumeric()).flat_map(|part| {
        let mut rest = part;
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let bytes = rest.as_bytes();
            let end = (1..bytes.len())
                .find(|&at| bytes[at].is_ascii_uppercase() && bytes[at - 1].is_ascii_lowercase())
                .unwrap_or(bytes.len());
            let (word, after) = rest.split_at(end);
            rest = after;
            Some(word)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_speak() {
        for (names, cue) in [
            ("box-related-news", Cue::Drop),
            ("VCSortableInPreviewMode RelatedNewsBox", Cue::Drop),
            ("news-tin-lien-quan", Cue::Drop),
            ("PhotoCMS_Caption", Cue::Caption),
            ("article__sapo cms-desc", Cue::Lead),
            ("post-content has-sidebar", Cue::None),
            ("detail-content afcbc-body", Cue::None),
            ("tags", Cue::Tags),
            ("adsorption", Cue::None),
            ("content-sidebar-wrap", Cue::None),
            ("sidebar-content", Cue::Drop),
            ("map-and-related", Cue::None),
            ("share-and-print", Cue::Drop),
        ] {
            assert_eq!(cue_of_names(names), cue, "{names}");
        }
    }

    #[test]
    fn the_table_is_sorted() {
        assert!(DROP.is_sorted());
    }
}
