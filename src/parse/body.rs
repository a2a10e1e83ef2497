//! The body of a page: the element of the layout, else the generic one; and what of the running text it leaves out.
//!
//! Invariant: what is left out for a name or for its place is weighed against what is kept, and a loss is said.

use super::blocks::{self, Block, Kind, Rules, running};
use super::{ParsedPage, generic, holds, neighbours};
use crate::article::{Article, BodyState, Warning};
use crate::site::layout::Layout;
use scraper::{ElementRef, Html};
use serde_json::Value;

/// Share of the running text in the body of the layout below which layout and generic body disagree.
const AGREED: f64 = 0.5;
/// Running text outside the body that is a loss: its share of the body's, and the least, in bytes.
const LOST: f64 = 0.5;
const LEAST_LOST: usize = 600;
/// The same of one box inside the body.
const LOST_INSIDE: f64 = 0.25;
/// Length of the text that the system itself gives, over the body's, from which on the body is held to be cut.
const LONGER: f64 = 1.3;

/// Holds the body that was chosen.
pub struct Chosen<'a> {
    /// Its elements; none when the page has no running text.
    pub elements: Vec<ElementRef<'a>>,
    /// Blocks in it.
    pub inside: Vec<Block<'a>>,
    /// A layout found it.
    pub by_layout: bool,
}

/// Finds the body of a layout: its element, which may be empty, and what is read of it.
pub fn by_layout<'a>(tree: &'a Html, layout: &Layout) -> Option<(ElementRef<'a>, blocks::Reading<'a>)> {
    let rules = Rules {
        drop: layout.drop.as_ref(),
        caption: layout.caption.as_ref(),
        image: &layout.image,
        large: usize::MAX,
        names: true,
    };
    let mut empty = None;
    for field in &layout.body {
        for element in tree.select(&field.selector) {
            let inside = blocks::read(element, &rules);
            if inside.blocks.iter().any(|block| block.kind != Kind::Picture) {
                return Some((element, inside));
            }
            empty.get_or_insert((element, inside));
        }
    }
    empty
}

/// Chooses the body: what the layout found, else the generic one; says when both disagree or a name was overruled.
pub fn choose<'a>(
    sheet: &ParsedPage<'a>,
    blocks: &[Block<'a>],
    title: Option<usize>,
    found: Option<(ElementRef<'a>, blocks::Reading<'a>)>,
    article: &mut Article,
) -> Chosen<'a> {
    let body = sheet.page_metadata.body;
    let generic = body.and_then(|body| generic::container(body, &blocks[title.unwrap_or(0)..]));
    match found {
        Some((element, reading)) => {
            disagree(element, generic, blocks, article);
            overruled(&reading.overruled, article);
            Chosen { elements: vec![element], inside: reading.blocks, by_layout: true }
        }
        None => {
            let from = &blocks[title.unwrap_or(0)..];
            let elements = generic.zip(body).map_or_else(Vec::new, |(generic, body)| {
                let mut elements = neighbours::neighbours(generic, body, from);
                elements.push(generic);
                elements
            });
            let of = |block: &&Block<'a>| elements.iter().any(|element| holds(*element, block.element));
            let inside = blocks.iter().filter(of).cloned().collect();
            let kept =
                sheet.reading.overruled.iter().filter(|(kept, _)| {
                    elements.iter().any(|element| holds(*element, *kept) || holds(*kept, *element))
                });
            overruled(&kept.copied().collect::<Vec<_>>(), article);
            Chosen { elements, inside, by_layout: false }
        }
    }
}

/// Warns of boxes that were kept against their names.
fn overruled(kept: &[(ElementRef<'_>, usize)], article: &mut Article) {
    for (element, bytes) in kept {
        let value = element.value();
        let name = value.attr("class").or(value.id()).unwrap_or(value.name()).trim();
        let seen = format!("{name:?} holds {bytes} bytes of running text, more than all that was kept without it");
        article.warn(Warning::NameOverruled, seen);
    }
}

/// Warns when most of the running text of the page lies outside the body of the layout.
fn disagree(element: ElementRef<'_>, generic: Option<ElementRef<'_>>, blocks: &[Block<'_>], article: &mut Article) {
    let Some(generic) = generic else { return };
    let running = |root: ElementRef<'_>| -> usize {
        let inside = blocks.iter().filter(|block| block.kind == Kind::Paragraph && holds(root, block.element));
        inside.filter(|block| block.link_share() < 0.5).map(|block| block.text.len()).sum()
    };
    let (ours, theirs) = (running(element) as f64, running(generic) as f64);
    if ours < AGREED * theirs {
        article.warn(Warning::BodiesDisagree, format_args!("{ours:.0} against {theirs:.0} bytes of running text"));
    }
}

impl<'a> Chosen<'a> {
    /// Returns where the body begins among the blocks of the page; behind them all when it has none.
    pub fn begins(&self, blocks: &[Block<'a>]) -> usize {
        let inside = |block: &Block<'a>| self.elements.iter().any(|body| holds(*body, block.element));
        blocks.iter().position(inside).unwrap_or(blocks.len())
    }

    /// Warns of running text that may belong to the article and is not in its body.
    pub fn say_losses(
        &self,
        sheet: &ParsedPage<'a>,
        blocks: &[Block<'a>],
        title: Option<usize>,
        article: &mut Article,
    ) {
        if !matches!(article.body_state, BodyState::Ok | BodyState::Thin) {
            return;
        }
        let kept = article.body.len() + article.lead.as_ref().map_or(0, String::len);
        let much = |bytes: usize| bytes >= LEAST_LOST && bytes as f64 >= LOST * kept as f64;
        let outside = |block: &&Block<'a>| !self.elements.iter().any(|body| holds(*body, block.element));
        let below = blocks.iter().skip(title.unwrap_or(0)).filter(outside).filter(|block| block.text.len() > 120);
        let beside: Vec<_> = below.filter(|block| block.linked == 0).cloned().collect();
        if beside.len() > 1 && much(running(&beside)) {
            article.warn(Warning::BodyCut, format_args!("{} bytes of running text beside it", running(&beside)));
        }
        self.say_left_out(sheet, kept, article);
        let given = sheet.page_metadata.of_article("articleBody").and_then(Value::as_str).map_or(0, str::len);
        if given as f64 > LONGER * kept as f64 && given > kept + LEAST_LOST {
            article
                .warn(Warning::BodyCut, format_args!("the page gives its text with {given} bytes, {kept} were read"));
        }
    }

    /// Warns of running text in boxes that were left out of the body for their names, or because they are hidden.
    fn say_left_out(&self, sheet: &ParsedPage<'a>, kept: usize, article: &mut Article) {
        let of_body = |element: ElementRef<'a>| self.elements.iter().any(|body| holds(*body, element));
        let boxes = sheet.reading.left_out.iter().copied().filter(|element| of_body(*element));
        let least = LEAST_LOST.max((LOST_INSIDE * kept as f64) as usize);
        if let Some(bytes) = boxes.filter_map(|element| blocks::lost_in(element, least, &sheet.reading.blocks)).max() {
            article.warn(Warning::BodyCut, format_args!("{bytes} bytes of running text left out inside it"));
        }
    }
}
