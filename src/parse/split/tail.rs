//! The tail of a body: related links, teasers of other articles, buttons; and boxes of them between paragraphs.
//!
//! Invariant: running text that goes on below a box is kept.

use super::{Around, same_form};
use crate::parse::blocks::{Block, Kind};
use crate::parse::plain::is_tail;
use crate::text::fold;

/// Most boxes of related links that are looked for in one body.
const MOST_BOXES: usize = 32;

/// Cuts what follows a heading such as `Tin liên quan`; where running text goes on, only the list below the heading.
pub fn cut_tail(blocks: &mut Vec<Block<'_>>, around: &Around<'_>) {
    let running = |blocks: &[Block<'_>]| -> usize {
        blocks
            .iter()
            .filter(|block| block.kind == Kind::Paragraph && block.link_share() < 0.5 && block.text.len() > 120)
            .map(|b| b.text.len())
            .sum()
    };
    let mut from = 0;
    for _ in 0..MOST_BOXES {
        let Some(at) = (from..blocks.len()).find(|&at| ends_article(&blocks[at], around)) else { return };
        let (before, after) = (running(&blocks[..at]), running(&blocks[at + 1..]));
        let listed = around
            .layout
            .is_some_and(|layout| layout.tail.iter().any(|tail| same_form(tail) == same_form(&blocks[at].text)));
        if after * 3 < before || listed || around.vietnamese && lists_others(&blocks[at + 1..]) {
            blocks.truncate(at);
            return;
        }
        let end = (at + 1..blocks.len()).find(|&next| blocks[next].link_share() < 0.6).unwrap_or(blocks.len());
        blocks.drain(at..end);
        from = at;
    }
}

/// Says whether blocks are other articles, each a linked headline and one teaser: never two paragraphs without a headline.
fn lists_others(blocks: &[Block<'_>]) -> bool {
    let (mut teasers, mut headed) = (0, false);
    for block in blocks.iter().filter(|block| block.kind != Kind::Picture) {
        if block.link_share() > 0.6 {
            headed = true;
        } else if block.text.len() > 120 {
            if !std::mem::take(&mut headed) {
                return false;
            }
            teasers += 1;
        }
    }
    teasers >= 2
}

fn ends_article(block: &Block<'_>, around: &Around<'_>) -> bool {
    if block.kind == Kind::Picture || block.text.len() > 80 {
        return false;
    }
    let form = same_form(&block.text);
    is_tail(&block.text)
        || around.layout.is_some_and(|layout| layout.tail.iter().any(|tail| same_form(tail) == form))
        || [
            "tu khoa:",
            "tags:",
            "tag:",
            "xem them:",
            "doc them:",
            "tin lien quan:",
            "bai lien quan",
            "moi quy doc gia",
            "moi ban doc",
        ]
        .iter()
        .any(|front| fold(&block.text).starts_with(front) && around.vietnamese)
        || ENGLISH_TAIL.binary_search(&form.as_str()).is_ok()
}

/// Says whether a line heads what stands behind an article, in either language.
pub fn ends_text(block: &Block<'_>) -> bool {
    ends_article(block, &Around::default())
}

/// Headings after which nothing belongs to an English article, sorted.
const ENGLISH_TAIL: &[&str] = &[
    "about the author",
    "comments",
    "get our newsletter",
    "leave a comment",
    "leave a reply",
    "like this",
    "more from",
    "more like this",
    "more on this story",
    "more on this topic",
    "more stories",
    "most popular",
    "most read",
    "newsletter sign up",
    "popular posts",
    "read more",
    "read next",
    "recommended",
    "recommended for you",
    "recommended reading",
    "related",
    "related articles",
    "related content",
    "related links",
    "related news",
    "related posts",
    "related stories",
    "related topics",
    "related video",
    "related videos",
    "share this",
    "share this article",
    "share this post",
    "sign up for our newsletter",
    "sponsored content",
    "subscribe to our newsletter",
    "tags",
    "topics",
    "trending",
    "trending now",
    "you may also like",
    "you might also like",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tail_headings_are_sorted() {
        assert!(ENGLISH_TAIL.is_sorted());
    }
}
