//! Names weighed against text: a box that holds more running text than what is kept stays, whatever it is called.
//!
//! Invariant: what is kept against its name looks like the text of an article: no comments, no teasers, no small print.

use super::{Block, Kind, Rules, is_longer, walk};
use crate::parse::split::same_form;
use crate::text::fold;
use scraper::ElementRef;
use std::collections::HashSet;
use xxhash_rust::xxh3::xxh3_64;

/// Running text below which no box is kept against its name, in bytes.
const SCARCE: usize = 400;
/// Text of a box that is long, in bytes.
const LONG: usize = 3000;
/// Words of the pieces by which two texts are compared.
const SHINGLE: usize = 5;
/// Most boxes that are kept against their names.
const MOST: usize = 3;
/// Elements that are no boxes of text whatever they hold.
const NEVER: &[&str] =
    &["nav", "footer", "button", "select", "textarea", "template", "dialog", "menu", "video", "audio"];
/// Words of the small print of pages, folded.
const SMALL_PRINT: &[&str] = &[
    "all rights reserved",
    "ban quyen thuoc",
    "cookie",
    "copyright",
    "giay phep",
    "ghi ro nguon",
    "privacy policy",
    "terms of",
    "tong bien tap",
    "toa soan:",
];

/// Holds the blocks of an element, and what was weighed for them.
#[derive(Debug, Default)]
pub struct Reading<'a> {
    /// Blocks in reading order.
    pub blocks: Vec<Block<'a>>,
    /// Boxes that were kept against their names, with the bytes of their running text.
    pub overruled: Vec<(ElementRef<'a>, usize)>,
    /// Boxes that were left out.
    pub left_out: Vec<ElementRef<'a>>,
}

/// Reads the blocks of an element; boxes of more running text than all that is kept stay.
pub fn read<'a>(root: ElementRef<'a>, rules: &Rules<'_>) -> Reading<'a> {
    let (blocks, left_out) = walk(root, rules, &[]);
    let mut reading = Reading { blocks, left_out, overruled: Vec::new() };
    for _ in 0..MOST {
        let have = running(&reading.blocks);
        let kept = &reading.blocks;
        let mut boxes: Vec<_> = (reading.left_out.iter())
            .filter_map(|&element| {
                let (found, inside) = text_in(element, have, rules)?;
                (!repeats(&inside, kept)).then_some((element, found))
            })
            .collect();
        boxes.sort_by_key(|&(_, found)| found);
        let Some((element, found)) = boxes.pop() else { break };
        reading.overruled.push((element, found));
        let kept: Vec<_> = reading.overruled.iter().map(|(element, _)| element.id()).collect();
        (reading.blocks, reading.left_out) = walk(root, rules, &kept);
    }
    reading
}

/// Returns the bytes of running text of a box that was left out, and its blocks, when they are more than what is kept and an
/// article's.
fn text_in<'a>(element: ElementRef<'a>, have: usize, rules: &Rules<'_>) -> Option<(usize, Vec<Block<'a>>)> {
    // A long text stands even beside somewhat more text of others, as under comments.
    let least = if is_longer(element, LONG) { have * 2 / 3 } else { have }.max(SCARCE);
    if NEVER.contains(&element.value().name()) || !is_longer(element, least) {
        return None;
    }
    let (inside, _) = walk(element, rules, &[element.id()]);
    let found = running(&inside);
    (found > least && is_article_text(element, &inside)).then_some((found, inside))
}

/// Says whether most of the running text of a box is in the kept one already: a hidden copy for printing or for machines.
fn repeats(inside: &[Block<'_>], kept: &[Block<'_>]) -> bool {
    let shingles = |blocks: &[Block<'_>]| -> HashSet<u64> {
        let forms = blocks.iter().filter(|block| is_running(block)).map(|block| same_form(&block.text));
        let of_words = |form: String| {
            let words: Vec<_> = form.split(' ').collect();
            words.windows(SHINGLE).map(|shingle| xxh3_64(shingle.join(" ").as_bytes())).collect::<Vec<_>>()
        };
        forms.flat_map(of_words).collect()
    };
    let (inside, kept) = (shingles(inside), shingles(kept));
    !inside.is_empty() && inside.intersection(&kept).count() * 2 > inside.len()
}

/// Returns the bytes of running text of a box that was left out, when it has that many, looks like an article's text and is not
/// kept elsewhere.
pub fn lost_in(element: ElementRef<'_>, least: usize, kept: &[Block<'_>]) -> Option<usize> {
    if NEVER.contains(&element.value().name()) || !is_longer(element, least) {
        return None;
    }
    let (inside, _) = walk(element, &Rules { large: usize::MAX, names: true, ..Rules::default() }, &[element.id()]);
    let found = running(&inside);
    // Compared with all that is kept last: boxes of that size are few.
    (found >= least && is_article_text(element, &inside) && !repeats(&inside, kept)).then_some(found)
}

/// Returns the bytes of running text among blocks.
pub fn running(blocks: &[Block<'_>]) -> usize {
    blocks.iter().filter(|block| is_running(block)).map(|block| block.text.len()).sum()
}

fn is_running(block: &Block<'_>) -> bool {
    block.kind == Kind::Paragraph && block.link_share() < 0.5 && block.text.len() > 80
}

/// Says whether a paragraph is of the small print of a page: rights, cookies, the paper's licence.
pub fn is_small_print(text: &str) -> bool {
    let folded = fold(text);
    SMALL_PRINT.iter().any(|word| folded.contains(word))
}

/// Says whether the blocks of a box are the text of an article: few links to others, no small print, no list of comments.
fn is_article_text(element: ElementRef<'_>, blocks: &[Block<'_>]) -> bool {
    let paragraphs = blocks.iter().filter(|block| is_running(block));
    let count = paragraphs.clone().count();
    let small = paragraphs.filter(|block| is_small_print(&block.text));
    let cards = blocks.iter().filter(|block| block.link_share() > 0.8 && block.text.split(' ').count() >= 4).count();
    let of_comments = |inner: ElementRef<'_>| {
        let named = |class: &str| ["comment", "reply", "avatar", "binhluan"].iter().any(|word| class.contains(word));
        inner.value().attr("class").is_some_and(named)
    };
    let comments = element.descendent_elements().skip(1).filter(|inner| of_comments(*inner)).take(3).count();
    cards * 2 < count && small.count() * 3 < count && comments < 3
}
