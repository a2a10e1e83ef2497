//! Pictures of a body and their captions, which bear a name, a form, a credit, or only their place.
//!
//! Invariant: a line is a caption only right after its picture, and a body whose captions are marked has no unmarked ones.

use crate::article::Image;
use crate::parse::blocks::{Block, Kind};
use crate::text::fold;
use regex::Regex;
use scraper::ElementRef;
use std::sync::LazyLock;

/// Longest caption without any mark but its place, in characters.
const LONGEST_CAPTION: usize = 350;
/// Longest line that is a caption only because it stands under a picture, in characters; paragraphs are hardly so short.
const LONGEST_PLAIN_CAPTION: usize = 120;

/// Fewest alike boxes of a picture and a line that are a gallery.
const SHORTEST_GALLERY: usize = 3;

static CREDIT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:^|[\s(.\-–|])(?:anh|anh minh hoa|nguon anh|photo|do hoa|clip|video)\s*:\s*\S").ok()
});

/// Takes pictures and captions out of the blocks.
pub fn take_pictures<'a>(blocks: Vec<Block<'a>>, images: &mut Vec<Image>, vietnamese: bool) -> Vec<Block<'a>> {
    let plain = vietnamese && has_plain_captions(&blocks);
    let blocks = mark_galleries(blocks);
    let mut rest: Vec<Block<'a>> = Vec::with_capacity(blocks.len());
    // The block before this one was a picture that has no caption yet: its element.
    let mut bare: Option<ElementRef<'a>> = None;
    let mut blocks = blocks.into_iter().peekable();
    while let Some(block) = blocks.next() {
        let beside = bare.take();
        match block.kind {
            Kind::Picture => {
                bare = Some(block.element);
                if images.last().is_none_or(|image| image.url.as_deref() != Some(&block.text)) {
                    images.push(Image { url: Some(block.text), caption: None });
                }
            }
            Kind::Caption => caption(images, block.text),
            _ if beside.is_some_and(|picture| {
                let shared = picture == block.element && blocks.peek().is_none_or(|next| next.element != picture);
                let set_small = matches!(block.element.value().name(), "h5" | "h6");
                looks_like_caption(&block, vietnamese && (shared || set_small)) || plain && is_plain_caption(&block)
            }) =>
            {
                caption(images, block.text);
            }
            _ => rest.push(block),
        }
    }
    rest
}

/// Makes captions of the lines of a gallery: each shares a box with one picture, and three such boxes or more are alike.
fn mark_galleries<'a>(mut blocks: Vec<Block<'a>>) -> Vec<Block<'a>> {
    let mut shared: Vec<(usize, ElementRef<'a>)> = Vec::new();
    for at in 0..blocks.len().saturating_sub(1) {
        let [picture, line] = &blocks[at..at + 2] else { continue };
        let fits = picture.kind == Kind::Picture
            && matches!(line.kind, Kind::Paragraph | Kind::Heading | Kind::Item)
            && line.text.chars().count() <= LONGEST_CAPTION
            && line.link_share() < 0.5;
        if fits && let Some(item) = item_of(picture.element, line.element) {
            shared.push((at + 1, item));
        }
    }
    let alike = |item: ElementRef<'a>| {
        let same = |other: &&(usize, ElementRef<'a>)| {
            other.1.value().name() == item.value().name()
                && other.1.value().attr("class") == item.value().attr("class")
                && other.1.parent().map(|above| above.id()) == item.parent().map(|above| above.id())
        };
        shared.iter().filter(same).count()
    };
    let captions: Vec<_> =
        shared.iter().filter(|(_, item)| alike(*item) >= SHORTEST_GALLERY).map(|&(at, _)| at).collect();
    // In a story told in pictures, the lines below them are the text.
    let bytes = |at: &usize| blocks[*at].text.len();
    let in_gallery: usize = captions.iter().map(bytes).sum();
    let is_text = |block: &Block<'_>| block.kind != Kind::Picture && block.kind != Kind::Caption;
    let whole: usize = blocks.iter().filter(|block| is_text(block)).map(|block| block.text.len()).sum();
    if in_gallery * 2 < whole {
        captions.into_iter().for_each(|at| blocks[at].kind = Kind::Caption);
    }
    blocks
}

/// Returns the box that holds a picture and one line below it, and nothing else.
fn item_of<'a>(picture: ElementRef<'a>, line: ElementRef<'a>) -> Option<ElementRef<'a>> {
    let above = std::iter::once(line).chain(line.ancestors().filter_map(ElementRef::wrap)).take(4);
    let item =
        above.into_iter().find(|around| *around == picture || picture.ancestors().any(|up| up.id() == around.id()))?;
    let boxed = matches!(item.value().name(), "div" | "li" | "figure" | "section" | "article" | "td" | "dl");
    let pictures = item.descendent_elements().filter(|inner| matches!(inner.value().name(), "img" | "amp-img")).count();
    let lines =
        item.descendent_elements().filter(|inner| matches!(inner.value().name(), "p" | "h2" | "h3" | "h4" | "li"));
    (boxed && pictures == 1 && lines.count() <= 2).then_some(item)
}

/// Says whether the captions of a body bear no mark at all: none has one, and a short line follows each lone picture before text.
fn has_plain_captions(blocks: &[Block<'_>]) -> bool {
    let pairs = || blocks.windows(2).filter(|pair| pair[0].kind == Kind::Picture && pair[1].kind != Kind::Picture);
    let marked = blocks.iter().any(|block| block.kind == Kind::Caption)
        || pairs().any(|pair| looks_like_caption(&pair[1], false));
    let ends = blocks.iter().rposition(|block| block.text.len() > LONGEST_PLAIN_CAPTION).unwrap_or(0);
    let before_text = blocks.iter().rposition(|block| block.kind == Kind::Picture).is_some_and(|last| last < ends);
    !marked && before_text && pairs().next().is_some() && pairs().all(|pair| is_plain_caption(&pair[1]))
}

/// Says whether a line under a picture can be its caption although nothing sets it apart.
fn is_plain_caption(block: &Block<'_>) -> bool {
    let length = block.text.chars().count();
    block.kind == Kind::Paragraph
        && !block.strong
        && (15..=LONGEST_PLAIN_CAPTION).contains(&length)
        && block.linked == 0
        && !block.text.ends_with([':', '?', '!', '”', '"', ';'])
}

fn caption(images: &mut Vec<Image>, text: String) {
    match images.last_mut() {
        Some(image) if image.caption.as_ref() == Some(&text) => {}
        Some(image) if image.caption.is_none() => image.caption = Some(text),
        Some(Image { caption: Some(whole), .. }) => {
            whole.push(' ');
            whole.push_str(&text);
        }
        _ => images.push(Image { url: None, caption: Some(text) }),
    }
}

/// Says whether a block right after a picture is its caption: set apart by its form or (`apart`) its place, or credited.
fn looks_like_caption(block: &Block<'_>, apart: bool) -> bool {
    let length = block.text.chars().count();
    if length > LONGEST_CAPTION || !matches!(block.kind, Kind::Paragraph | Kind::Heading) {
        return false;
    }
    let credited = CREDIT.as_ref().is_some_and(|credit| credit.is_match(&fold(&block.text)));
    block.italic || block.centred || (credited || apart) && length < 250
}
