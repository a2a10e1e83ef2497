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

static CREDIT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:^|[\s(.\-–|])(?:anh|anh minh hoa|nguon anh|photo|do hoa|clip|video)\s*:\s*\S").ok()
});

/// Takes pictures and captions out of the blocks.
pub fn take_pictures<'a>(blocks: Vec<Block<'a>>, images: &mut Vec<Image>, vietnamese: bool) -> Vec<Block<'a>> {
    let plain = vietnamese && has_plain_captions(&blocks);
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
