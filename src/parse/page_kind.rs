//! Names the kind of a page: an article, or one of the pages around the articles of a site, with the reason.
//!
//! Invariant: what has a text and a claim to be an article stays one; an address alone never makes a page a list.

use super::state::{Signs, is_front, is_typed};
use crate::article::{BodyState, PageKind};
use crate::text::fold;
use url::Url;

/// Segments of paths that lead to selections of articles, sorted.
const LISTS: &[&str] = &[
    "archive",
    "archives",
    "author",
    "authors",
    "category-search",
    "chu-de",
    "event",
    "events",
    "latest",
    "moi-nhat",
    "page",
    "search",
    "su-kien",
    "tac-gia",
    "tag",
    "tags",
    "tim-kiem",
    "tin-moi",
    "tin-moi-nhat",
    "topic",
    "topics",
    "tu-khoa",
];
/// Last segments of paths of pages that are neither article nor list, sorted.
const STANDING: &[&str] = &[
    "about",
    "about-us",
    "advertise",
    "bao-gia-quang-cao",
    "chinh-sach-bao-mat",
    "contact",
    "contact-us",
    "dang-ky",
    "dang-nhap",
    "dieu-khoan-su-dung",
    "gioi-thieu",
    "lien-he",
    "lien-he-quang-cao",
    "lien-he-toa-soan",
    "login",
    "privacy",
    "privacy-policy",
    "quang-cao",
    "register",
    "rss",
    "sitemap",
    "so-do-trang",
    "terms",
    "terms-of-use",
    "thong-tin-toa-soan",
    "toa-soan",
];
/// Parameters of a query that select articles.
const SELECTING: &[&str] = &["q", "s", "search", "keyword", "keywords", "tag", "page", "tukhoa"];

/// Names the kind of a page of a state; `reason` is what the state rests on.
pub fn page_kind(state: BodyState, reason: Option<String>, signs: &Signs<'_, '_>) -> (PageKind, Option<String>) {
    let claimed = signs.numbered || is_typed(signs) || signs.is_dated();
    match state {
        BodyState::Soft404 | BodyState::BotChallenge => (PageKind::Error, reason),
        BodyState::Refused => (PageKind::Other, reason),
        BodyState::NotAnArticle => {
            let (kind, address) = kind_of_list(signs);
            (kind, Some([reason.as_deref(), address].into_iter().flatten().collect::<Vec<_>>().join("; ")))
        }
        _ if !claimed && signs.url.is_some_and(is_standing) => {
            (PageKind::Other, Some("the address is that of a page about the paper".to_string()))
        }
        BodyState::Empty if !claimed && !signs.by_layout && signs.title.is_none() => {
            (PageKind::Other, Some("neither headline, date nor text".to_string()))
        }
        _ => (PageKind::Article, None),
    }
}

/// Names the kind of a page that lists articles, and what in its address or title says so.
fn kind_of_list(signs: &Signs<'_, '_>) -> (PageKind, Option<&'static str>) {
    if is_front(signs.url) {
        return (PageKind::Home, Some("the address of a front page"));
    }
    let Some(url) = signs.url.and_then(|url| Url::parse(url).ok()) else {
        return if signs.title_is_brand() {
            (PageKind::Home, Some("the title is the name of the paper"))
        } else {
            (PageKind::List, None)
        };
    };
    let selects = url.query_pairs().any(|(key, _)| SELECTING.contains(&&*key.to_ascii_lowercase()));
    if selects || segments(&url).any(|segment| LISTS.binary_search(&segment.as_str()).is_ok() || is_page(&segment)) {
        return (PageKind::List, Some("the address selects articles"));
    }
    (PageKind::Section, Some("the address of a section"))
}

/// Says whether a segment of a path is the number of a page: `trang-2`, `page2`, `p3`.
fn is_page(segment: &str) -> bool {
    let bare = segment.trim_end_matches(|c: char| c.is_ascii_digit());
    bare.len() < segment.len() && matches!(bare.trim_end_matches('-'), "trang" | "page" | "p")
}

fn is_standing(url: &str) -> bool {
    let last = Url::parse(url).ok().and_then(|url| segments(&url).last());
    last.is_some_and(|last| STANDING.binary_search(&last.as_str()).is_ok())
}

/// Returns the segments of a path, folded, without an extension.
fn segments(url: &Url) -> impl Iterator<Item = String> {
    let bare = |segment: &str| fold(segment.rsplit_once('.').map_or(segment, |(front, _)| front));
    url.path().split('/').filter(|segment| !segment.is_empty()).map(bare).collect::<Vec<_>>().into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted() {
        assert!(LISTS.is_sorted() && STANDING.is_sorted());
    }

    #[test]
    fn addresses_of_pages_and_of_standing_texts_are_told_apart() {
        for (segment, numbered) in [("trang-2", true), ("page3", true), ("p2", true), ("trang-an", false), ("p", false)]
        {
            assert_eq!(is_page(segment), numbered, "{segment}");
        }
        assert!(is_standing("https://bao.vn/lien-he.html") && is_standing("https://bao.vn/contact/"));
        assert!(!is_standing("https://bao.vn/lien-he-vung-trong-phat-trien-123.html"));
    }
}
