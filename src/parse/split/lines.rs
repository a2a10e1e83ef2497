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
/// What sites say at the end of an article: how to comment, subscribe, follow, complain.
static SITE_VOICE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)\b(?:ability to comment|commenting (?:rules|policy|guidelines)|comments? (?:policy|section|guidelines|rules)",
        r"|comments (?:are|to be|that (?:break|violate|are)|on this|will be|must)",
        r"|(?:leave|post|view|read|report|add|submit|moderat\w+|flag|hide|show) (?:\w+ ){0,2}comments?",
        r"|(?:community|posting) (?:guidelines|standards|rules)|editors.? code|press standards|editorial complaint",
        r"|join the (?:conversation|discussion|debate)|(?:our|free|daily|weekly|the) (?:\w+ ){0,3}newsletters?\b",
        r"|(?:straight|directly|delivered|right) (?:in)?to your (?:\w+ )?inbox|all rights reserved|become a (?:member|subscriber)",
        r"|(?:privacy policy|terms of (?:service|use)|terms and conditions)|(?:ios|android) app\b|support our journalism)",
        r"|^(?:©|copyright\b|sign up\b|subscribe\b|follow (?:us|@|\w+ \w+ on|the \w+ on)|like us on|find us on|log ?in to\b",
        r"|(?:more|read more|also read|see also|related)(?: \w+){0,4}:|more (?:\w+ ){0,3}(?:articles|posts|stories|news|guides)\b",
        r"|filed under|posted in|tagged|categor(?:y|ies):|tags?:|share this|join our|download our)"
    ))
    .ok()
});
/// What stands in place of the rest of a text, letters and digits only, folded.
const OFFERS: &[&str] = &[
    "already a subscriber",
    "continue reading with",
    "create a free account to",
    "dang nhap de doc",
    "log in to continue",
    "log in to read",
    "mua goi de doc",
    "read the full article",
    "read the rest of this",
    "sign in to continue",
    "sign in to read",
    "subscribe to continue",
    "subscribe to read",
    "to continue reading",
    "to keep reading",
    "to read the full",
    "vui long dang nhap",
];
/// Longest paragraph in which a site speaks for itself, in characters.
const LONGEST_VOICE: usize = 500;

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

/// Says whether a paragraph at the end is the site's: rules for comments, offers to subscribe, what else to read.
pub fn is_site_voice(text: &str) -> bool {
    let voice = SITE_VOICE.as_ref().is_some_and(|voice| voice.is_match(text));
    voice && text.chars().count() <= LONGEST_VOICE
}

/// Says whether a last line offers the rest of the text to those who subscribe or sign in.
pub fn is_offer(line: &str) -> bool {
    let (form, short) = (same_form(line), line.chars().count() < 300);
    short && OFFERS.iter().any(|offer| form.contains(offer))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widgets_and_offers_are_sorted() {
        assert!(WIDGETS.is_sorted() && OFFERS.is_sorted());
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
