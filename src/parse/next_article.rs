//! The next article on a page that goes on without end: where it begins.
//!
//! Invariant: a heading inside the text is none; the next article is a box beside the first, built like it.

use super::blocks::{Block, Kind, running};
use scraper::ElementRef;

/// Running text that each of two articles has, in bytes.
const LEAST: usize = 300;

/// Returns the block at which another article begins, and its box.
pub fn next_article<'a>(blocks: &[Block<'a>], title: usize) -> Option<(usize, ElementRef<'a>)> {
    let headline = blocks.get(title)?;
    let of_article = |head: ElementRef<'a>| {
        head.ancestors().filter_map(ElementRef::wrap).any(|above| above.value().name() == "article")
    };
    let heads = blocks.iter().enumerate().skip(title + 1).filter(|(_, block)| {
        let same = block.element.value().name() == headline.element.value().name();
        // Long pages are made of sections that are built alike; their headings are smaller than the headline.
        block.kind == Kind::Heading && block.text != headline.text && (same || of_article(block.element))
    });
    for (at, head) in heads {
        let Some((own, other)) = branches(headline.element, head.element) else { continue };
        let same = head.element.value().name() == headline.element.value().name();
        if !are_alike(own, other) || !(same || other.value().name() == "article") {
            continue;
        }
        let inside = |root: ElementRef<'a>| -> Vec<Block<'a>> {
            let of = |block: &&Block<'a>| crate::parse::holds(root, block.element);
            blocks.iter().skip(title).filter(of).cloned().collect()
        };
        if running(&inside(own)) >= LEAST && running(&inside(other)) >= LEAST {
            let begin = blocks[..at].iter().rposition(|block| !crate::parse::holds(other, block.element));
            return Some((begin.map_or(at, |before| before + 1), other));
        }
    }
    None
}

/// Returns the boxes of two elements that stand beside one another.
fn branches<'a>(first: ElementRef<'a>, second: ElementRef<'a>) -> Option<(ElementRef<'a>, ElementRef<'a>)> {
    let path = |element: ElementRef<'a>| {
        let mut path: Vec<_> =
            std::iter::once(element).chain(element.ancestors().filter_map(ElementRef::wrap)).collect();
        path.reverse();
        path
    };
    let (a, b) = (path(first), path(second));
    let apart = a.iter().zip(&b).position(|(x, y)| x != y)?;
    Some((*a.get(apart)?, *b.get(apart)?))
}

/// Says whether two boxes are built alike: one kind of element, and a class in common or none at all.
fn are_alike(a: ElementRef<'_>, b: ElementRef<'_>) -> bool {
    let boxed = matches!(a.value().name(), "article" | "div" | "section" | "main" | "li");
    let shared = a.value().classes().any(|class| b.value().classes().any(|other| other == class));
    let bare = a.value().classes().next().is_none() && b.value().classes().next().is_none();
    boxed && a.value().name() == b.value().name() && (shared || bare && a.value().name() == "article")
}

#[cfg(test)]
mod tests {
    use super::super::blocks::{Rules, blocks};
    use super::*;
    use scraper::Html;

    #[test]
    fn the_next_article_is_a_box_like_the_first() {
        let text = "<p>Hội đồng nhân dân xã đã họp ngày 2/4/2023 và thông qua hai nghị quyết về học phí.</p>".repeat(5);
        let begins = |html: &str| {
            let page = Html::parse_fragment(html);
            let rules = Rules { large: 10_000, names: true, ..Rules::default() };
            next_article(&blocks(page.root_element(), &rules), 0).map(|(at, _)| at)
        };
        let two = format!(
            "<article class=post><h1>Một</h1>{text}</article><article class=post><p>Tin</p><h1>Hai</h1>{text}</article>"
        );
        assert_eq!(begins(&two), Some(6));
        assert_eq!(begins(&format!("<article><h1>Một</h1>{text}<h1>Hai</h1>{text}</article>")), None);
        assert_eq!(
            begins(&format!("<div class=a><h1>Một</h1>{text}</div><div class=b><h2>Hai</h2>{text}</div>")),
            None
        );
    }
}
