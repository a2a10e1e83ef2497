//! Lines of English pages that are no text: what buttons, players and advertisements say, and bylines.
//!
//! Invariant: a whole short line is judged, never a part of one.

use super::same_form;
use regex::Regex;
use std::sync::LazyLock;

/// Lines of widgets, letters and digits only, sorted.
const WIDGETS: &[&str] = &[
    "ad",
    "add to favorites",
    "advertisement",
    "advertisement continue reading below",
    "article continues after advertisement",
    "article continues below",
    "article continues below advertisement",
    "article continues below this ad",
    "back to top",
    "bookmark",
    "close",
    "comment",
    "comments",
    "continue reading",
    "copied",
    "copied to clipboard",
    "copy",
    "copy link",
    "download pdf",
    "email",
    "expand",
    "facebook",
    "follow",
    "follow us",
    "get our newsletter",
    "hide",
    "in this article",
    "jump to",
    "learn more",
    "like",
    "link copied",
    "linkedin",
    "listen",
    "listen to this article",
    "load more",
    "loading",
    "loading paragraph",
    "next",
    "on this page",
    "photo",
    "pinterest",
    "play",
    "previous",
    "print",
    "print this page",
    "read full bio",
    "read more",
    "reply",
    "report this ad",
    "save",
    "save article",
    "scroll to continue",
    "see all",
    "see all plans",
    "see more",
    "share",
    "share article",
    "share on facebook",
    "share on twitter",
    "share post",
    "share this",
    "share this article",
    "share this post",
    "show less",
    "show more",
    "sign up",
    "skip advertisement",
    "skip to content",
    "skip to main content",
    "sponsored",
    "story continues below advertisement",
    "subscribe",
    "subscribe now",
    "table of contents",
    "toggle",
    "tweet",
    "twitter",
    "view all",
    "view more",
    "watch",
];
static BYLINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)^(?:by|written by|reviewed by|medically reviewed by|fact[- ]checked by|edited by|updated|last updated|published",
        r"|posted|last modified|author|date)\b[\s:]*\S|^(?:(?:about|approx\.?|est\.?)\s+)?\d{1,3}[- ]?min(?:ute)?s?(?: read)?$"
    ))
    .ok()
});
/// Longest byline, in characters.
const LONGEST: usize = 90;

/// Says whether a line is what a button, a player or an advertisement says.
pub fn is_widget(text: &str) -> bool {
    text.len() < 60 && WIDGETS.binary_search(&same_form(text).as_str()).is_ok()
}

/// Says whether a line above the text names its author, its dates or how long it takes to read.
pub fn is_byline(text: &str) -> bool {
    let (end, words) = (text.trim_end(), text.split(' ').count());
    let sentence = end.ends_with(['.', '?', '!', '”', '"']) && words > 6 || end.ends_with(':') && words > 2;
    text.chars().count() <= LONGEST && !sentence && BYLINE.as_ref().is_some_and(|byline| byline.is_match(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widgets_are_sorted() {
        assert!(WIDGETS.is_sorted());
    }

    #[test]
    fn bylines_and_widgets_are_told_from_text() {
        for line in ["By Jane Smith", "Updated on October 21, 2025", "Medically reviewed by Ann Lee, MD", "5 min read"]
        {
            assert!(is_byline(line), "{line}");
        }
        for line in
            ["By the end of the year, the plan had failed.", "Published works are listed below:", "Datable rocks"]
        {
            assert!(!is_byline(line), "{line}");
        }
        assert!(is_widget("Advertisement") && is_widget("Read more »") && !is_widget("Share the bread with others"));
    }
}
