//! Boxes of text beside the generic body: its introduction, or the rest of a text that is set in several boxes.
//!
//! Invariant: a neighbour is text of its own, hardly linked and no small print; behind related links nothing is taken.

use super::blocks::{Block, Kind, is_small_print};
use super::cue::Cue;
use super::holds;
use super::split::{ends_text, same_form};
use scraper::ElementRef;

/// Levels above the body at which neighbours are looked for.
const LEVELS: usize = 5;
/// Least running text of a neighbour, in bytes: one built like the body, one before it, one behind it.
const LEAST_ALIKE: usize = 120;
const LEAST_BEFORE: usize = 200;
const LEAST_BEHIND: usize = 1000;
/// Running text of a box behind the body that is not built like it, of the body's, in percent.
const SHARE_BEHIND: usize = 30;
/// Length from which a paragraph is running text, in bytes.
const RUNNING: usize = 80;

/// Returns the neighbours of a body, given the blocks of the page from its headline on.
pub fn neighbours<'a>(body: ElementRef<'a>, root: ElementRef<'a>, blocks: &[Block<'a>]) -> Vec<ElementRef<'a>> {
    let mut found = Vec::new();
    let (mut here, mut ended) = (body, false);
    for _ in 0..LEVELS {
        let Some(above) = here.parent().and_then(ElementRef::wrap).filter(|_| here != root) else { break };
        let mut behind = false;
        for beside in above.child_elements() {
            if beside == here {
                behind = true;
                continue;
            }
            if behind && ended {
                break;
            }
            let inside = blocks_in(beside, blocks);
            if inside.is_empty() {
                continue;
            }
            let place = Place { body: here, behind, least: running_of(&blocks_in(here, blocks)) * SHARE_BEHIND / 100 };
            match judge(beside, &inside, place) {
                Judged::Text => found.push(beside),
                Judged::End if behind => ended = true,
                Judged::End | Judged::Mixed if !behind || is_alike(beside, here) => {
                    descend(beside, blocks, place, &mut found, LEVELS);
                }
                _ => {}
            }
        }
        here = above;
    }
    found
}

/// Takes the text out of a box that holds other things too.
fn descend<'a>(
    element: ElementRef<'a>,
    blocks: &[Block<'a>],
    place: Place<'a>,
    found: &mut Vec<ElementRef<'a>>,
    levels: usize,
) {
    for child in element.child_elements() {
        let inside = blocks_in(child, blocks);
        if inside.is_empty() || matches!(child.value().name(), "ul" | "ol" | "table") {
            continue;
        }
        match judge(child, &inside, place) {
            Judged::Text => found.push(child),
            Judged::End | Judged::Mixed if levels > 0 => descend(child, blocks, place, found, levels - 1),
            _ => {}
        }
    }
}

fn blocks_in<'b, 'a>(element: ElementRef<'a>, blocks: &'b [Block<'a>]) -> Vec<&'b Block<'a>> {
    blocks.iter().filter(|block| holds(element, block.element)).collect()
}

fn running_of(blocks: &[&Block<'_>]) -> usize {
    blocks.iter().filter(|block| is_running(block)).map(|block| block.text.len()).sum()
}

/// Says where a box stands.
#[derive(Clone, Copy)]
struct Place<'a> {
    /// The body, or what holds it beside the box.
    body: ElementRef<'a>,
    /// The box stands behind it.
    behind: bool,
    /// Running text from which on a box behind the body that is not built like it is text, in bytes.
    least: usize,
}

enum Judged {
    /// Text of the article.
    Text,
    /// What stands behind articles: related links, comments.
    End,
    /// Text among other things.
    Mixed,
    /// No text.
    Other,
}

/// Says whether two boxes are built alike: one kind of element, and a class in common or none at all.
fn is_alike(beside: ElementRef<'_>, body: ElementRef<'_>) -> bool {
    let shared = beside.value().classes().any(|class| body.value().classes().any(|other| other == class));
    let bare = |element: ElementRef<'_>| element.value().classes().next().is_none();
    beside.value().name() == body.value().name() && (shared || bare(beside) && bare(body))
}

fn judge(beside: ElementRef<'_>, inside: &[&Block<'_>], place: Place<'_>) -> Judged {
    let text: Vec<_> = inside.iter().filter(|block| block.kind != Kind::Picture).collect();
    let (whole, linked) =
        text.iter().fold((0, 0), |(whole, linked), block| (whole + block.text.len(), linked + block.linked));
    let cards = text.iter().filter(|block| block.link_share() > 0.8 && block.text.split(' ').count() >= 4).count();
    let running: Vec<_> = text.iter().filter(|block| is_running(block)).collect();
    if text.iter().take(2).any(|block| ends_text(block) || is_promotion(&block.text)) {
        return Judged::End;
    }
    if cards >= 3 && cards >= running.len() {
        return Judged::End;
    }
    let bytes = running.iter().map(|block| block.text.len()).sum::<usize>();
    let least = match (is_alike(beside, place.body), place.behind) {
        (true, _) => LEAST_ALIKE,
        (_, false) => LEAST_BEFORE,
        (_, true) => place.least.max(LEAST_BEHIND),
    };
    let small = running.iter().filter(|block| is_small_print(&block.text)).count();
    if bytes < least || matches!(beside.value().name(), "aside" | "footer" | "nav" | "form") {
        return Judged::Other;
    }
    let is_text =
        bytes * 10 >= whole * 6 && linked * 4 < whole && cards * 3 <= running.len() && small * 3 < running.len();
    if is_text { Judged::Text } else { Judged::Mixed }
}

/// Beginnings of the boxes in which sites speak of themselves and their authors, folded, letters and digits only; sorted.
const PROMOTION: &[&str] = &[
    "about ",
    "article sources",
    "author ",
    "contact us",
    "disclaimer",
    "editor s note",
    "follow us",
    "get started",
    "how to purchase",
    "join ",
    "latest news",
    "meet ",
    "our services",
    "share ",
    "sign up",
    "subscribe",
    "testimonial",
    "the value of ",
    "why choose ",
    "work with us",
    "written by",
];

fn is_promotion(text: &str) -> bool {
    text.len() < 300 && PROMOTION.iter().any(|front| format!("{} ", same_form(text)).starts_with(front))
}

fn is_running(block: &Block<'_>) -> bool {
    matches!(block.kind, Kind::Paragraph | Kind::Item | Kind::Quote)
        && block.text.len() >= RUNNING
        && block.link_share() < 0.3
        && !matches!(block.cue, Cue::Tags | Cue::Byline)
}
