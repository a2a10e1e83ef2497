//! Lines that are links and text all the same: names that head a paragraph, items among others, a list that a line introduces.
//!
//! Invariant: a headline of another article is none of them; it has the length of one, or stands among its like.

use super::same_form;
use super::tail::ends_text;
use crate::parse::blocks::{Block, Kind};

/// Words from which on a link has the length of a headline.
const HEADLINE: usize = 6;
/// Length of running text, in bytes.
const RUNNING: usize = 80;
/// Most items of all such lists; a page with more is a directory.
const MOST_NAMED: usize = 40;
/// Length of a paragraph that is longer than a teaser, in bytes.
const LONG: usize = 250;
/// Share of a line that is links, from which on it is a link.
const LINKED: f64 = 0.6;

/// Says of each block whether it is a link that belongs to the text.
pub fn text_links(blocks: &[Block<'_>], vietnamese: bool) -> Vec<bool> {
    let mut found = vec![false; blocks.len()];
    let (mut named, mut at) = (Vec::new(), 0);
    while at < blocks.len() {
        let end = list_end(blocks, at);
        if end == at {
            found[at] = heads_text(blocks, at, vietnamese);
            at += 1;
            continue;
        }
        if is_mixed(&blocks[at..end]) {
            found[at..end].fill(true);
        } else if names_things(blocks, at, end, vietnamese) {
            named.push(at..end);
        }
        at = end;
    }
    if named.iter().map(ExactSizeIterator::len).sum::<usize>() <= MOST_NAMED {
        named.into_iter().for_each(|list| found[list].fill(true));
    }
    found
}

fn is_link(block: &Block<'_>) -> bool {
    block.link_share() > LINKED
}

fn words(block: &Block<'_>) -> usize {
    block.text.split(' ').count()
}

/// Returns where the list that begins at a block ends; the block itself when none begins.
fn list_end(blocks: &[Block<'_>], at: usize) -> usize {
    let list = |block: &Block<'_>| block.element.parent().map(|parent| parent.id());
    let is_item = |block: &Block<'_>| block.kind == Kind::Item && list(block) == list(&blocks[at]);
    at + blocks[at..].iter().take_while(|block| is_item(block)).count()
}

/// Says whether items that are no links stand among those of a list.
fn is_mixed(items: &[Block<'_>]) -> bool {
    items.iter().filter(|item| is_link(item)).count() * 3 <= items.len() * 2
}

/// Says whether a list of links names things amid the text: it is short or introduced by a line, and the text goes on below.
fn names_things(blocks: &[Block<'_>], at: usize, end: usize, vietnamese: bool) -> bool {
    let items = &blocks[at..end];
    let short = items.iter().map(words).sum::<usize>() < HEADLINE * items.len();
    let before = blocks[..at].last().filter(|before| !is_link(before) && !ends_text(before) && !is_apparatus(before));
    let introduced = before.is_some_and(|before| before.text.trim_end().ends_with(':') && words(before) > 3);
    let goes_on = blocks[end..].iter().any(|block| !is_link(block) && block.text.len() >= RUNNING);
    let named = if vietnamese { short && introduced } else { short && before.is_some() || introduced };
    named && goes_on
}

/// Says whether a heading is of what an article rests on, not of its text.
fn is_apparatus(head: &Block<'_>) -> bool {
    let form = same_form(&head.text);
    head.kind == Kind::Heading && ["sources", "references", "further reading", "footnotes"].contains(&form.as_str())
}

/// Says whether a heading that is a link names what stands below it.
fn heads_text(blocks: &[Block<'_>], at: usize, vietnamese: bool) -> bool {
    let head = &blocks[at];
    if head.kind != Kind::Heading {
        return false;
    }
    let below = blocks[at + 1..].iter().find(|block| !matches!(block.kind, Kind::Picture | Kind::Caption));
    let of_cards = |block: &Block<'_>| is_link(block) && block.kind == Kind::Heading;
    let (Some(below), false) = (below, blocks[..at].last().is_some_and(of_cards)) else { return false };
    // Teasers of other articles are short; what a long name heads is no teaser.
    let least = match (words(head) < HEADLINE, vietnamese) {
        (true, true) => RUNNING,
        (true, false) => 1,
        (false, false) => LONG,
        (false, true) => return false,
    };
    !is_link(below) && !ends_text(below) && below.text.len() >= least
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::blocks::{Rules, blocks};
    use scraper::Html;

    const TEXT: &str = "<p>Con đường dài 4,2 km nối ba bản của xã với quốc lộ, rút ngắn một giờ đi chợ của bà con.</p>";

    fn kept(html: &str, vietnamese: bool) -> usize {
        let page = Html::parse_fragment(html);
        let blocks = blocks(page.root_element(), &Rules { large: 10_000, names: true, ..Rules::default() });
        let links = text_links(&blocks, vietnamese);
        links.iter().zip(&blocks).filter(|(kept, block)| **kept && is_link(block)).count()
    }

    #[test]
    fn names_of_things_are_text_and_headlines_of_others_are_not() {
        let heading = |name: &str| format!("{TEXT}<h3><a href=x>{name}</a></h3>{TEXT}");
        for (html, english, vietnamese) in [
            (heading("Acme Press"), 1, 1),
            (heading("Ten more ways to press your own olive oil"), 0, 0),
            (format!("{TEXT}<ul><li><a href=x>Acme</a><li><a href=y>Bolt</a></ul>{TEXT}"), 2, 0),
            (
                format!(
                    "<p>Các xã được chọn gồm:</p><ul><li><a href=x>Đồng Mây</a><li><a href=y>Nậm Lúa</a></ul>{TEXT}"
                ),
                2,
                2,
            ),
            (format!("{TEXT}<ul><li><a href=x>Acme</a></ul>"), 0, 0),
            (format!("<ul><li>Rope<li>Tent<li><a href=x>Acme stove</a></ul>{TEXT}"), 1, 1),
            (format!("{TEXT}<ul>{}</ul>{TEXT}", "<li><a href=x>City movers</a>".repeat(50)), 0, 0),
        ] {
            assert_eq!((kept(&html, false), kept(&html, true)), (english, vietnamese), "{html}");
        }
    }
}
