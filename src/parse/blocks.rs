//! Blocks: the paragraphs, headings, list items, table rows, quotes, captions and pictures of an element, in reading order.
//!
//! Invariant: what a browser shows on two lines is never glued into one block, and no word is in two blocks.

mod overrule;
mod table;

pub use overrule::{Reading, is_small_print, lost_in, read, running};

use super::cue::{Cue, cue};
use crate::site::layout::Field;
use ego_tree::NodeId;
use scraper::{ElementRef, Node, Selector};

/// Names what a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Running text.
    Paragraph,
    /// Heading inside the body.
    Heading,
    /// Item of a list.
    Item,
    /// Row of a table, cells separated by ` | `.
    Row,
    /// Quotation.
    Quote,
    /// Caption of the picture before it.
    Caption,
    /// A picture; the text is its address.
    Picture,
}

/// Holds one block.
#[derive(Debug, Clone)]
pub struct Block<'a> {
    /// What it is.
    pub kind: Kind,
    /// Text with single blanks.
    pub text: String,
    /// Bytes of the text that are links.
    pub linked: usize,
    /// The whole text is bold.
    pub strong: bool,
    /// The whole text is italic.
    pub italic: bool,
    /// Set in the middle.
    pub centred: bool,
    /// Set at the right margin, as signatures are.
    pub right: bool,
    /// What the names of the elements around say.
    pub cue: Cue,
    /// Nearest block element.
    pub element: ElementRef<'a>,
}

impl Block<'_> {
    /// Returns the share of the text that is links.
    pub fn link_share(&self) -> f64 {
        if self.text.is_empty() { 0.0 } else { self.linked as f64 / self.text.len() as f64 }
    }
}

/// Says what to leave out and what is what, beyond the names of elements.
#[derive(Debug, Clone, Copy, Default)]
pub struct Rules<'r> {
    /// Elements to leave out.
    pub drop: Option<&'r Selector>,
    /// Captions.
    pub caption: Option<&'r Selector>,
    /// Where the address of a picture stands.
    pub image: &'r [Field],
    /// Bytes of text above which an element is kept in spite of its names.
    pub large: usize,
    /// Leave out inline elements of names such as `related` too, and blocks that are links and nothing else.
    pub names: bool,
}

/// Reads the blocks of an element, by the names of what it holds.
#[cfg(test)]
pub fn blocks<'a>(root: ElementRef<'a>, rules: &Rules<'_>) -> Vec<Block<'a>> {
    walk(root, rules, &[]).0
}

/// Reads the blocks of an element; `kept` are elements that stay whatever they are called.
///
/// Beside the blocks it returns the elements that were left out for their names or because they are hidden.
fn walk<'a>(root: ElementRef<'a>, rules: &Rules<'_>, kept: &[NodeId]) -> (Vec<Block<'a>>, Vec<ElementRef<'a>>) {
    let mut walk = Walk { rules, kept, found: Vec::new(), left_out: Vec::new(), line: Line::default() };
    let style = Style {
        block: root,
        kind: Kind::Paragraph,
        cue: Cue::None,
        strong: false,
        italic: false,
        link: false,
        centred: false,
        right: false,
    };
    walk.children(root, style);
    walk.flush(style);
    (walk.found, walk.left_out)
}

/// Returns the text of an element with single blanks, block borders as blanks.
pub fn text_of(element: ElementRef<'_>) -> String {
    let mut text = String::new();
    for part in element.text() {
        for word in part.split_whitespace() {
            if !text.is_empty()
                && (part.starts_with(char::is_whitespace) || !text.ends_with(' '))
                && !text.ends_with(' ')
            {
                text.push(' ');
            }
            text.push_str(word);
        }
    }
    text
}

#[derive(Clone, Copy)]
struct Style<'a> {
    block: ElementRef<'a>,
    kind: Kind,
    cue: Cue,
    strong: bool,
    italic: bool,
    link: bool,
    centred: bool,
    right: bool,
}

/// Collects the text of the block being read.
#[derive(Default)]
struct Line {
    text: String,
    /// A blank is due before the next word.
    blank: bool,
    linked: usize,
    strong: usize,
    italic: usize,
    /// Inside an inline element that is named a caption.
    caption: usize,
}

struct Walk<'a, 'r> {
    rules: &'r Rules<'r>,
    /// Elements that stay whatever they are called.
    kept: &'r [NodeId],
    found: Vec<Block<'a>>,
    /// Elements left out for their names or because they are hidden.
    left_out: Vec<ElementRef<'a>>,
    line: Line,
}

impl<'a> Walk<'a, '_> {
    fn children(&mut self, element: ElementRef<'a>, style: Style<'a>) {
        for child in element.children() {
            match child.value() {
                Node::Text(text) => self.text(text, style),
                Node::Element(_) => {
                    if let Some(child) = ElementRef::wrap(child) {
                        self.element(child, style);
                    }
                }
                _ => {}
            }
        }
    }

    fn text(&mut self, text: &str, style: Style<'_>) {
        let line = &mut self.line;
        let before = line.text.len();
        for (nth, word) in text.split(is_blank).enumerate() {
            line.blank |= nth > 0;
            if word.is_empty() {
                continue;
            }
            if line.blank && !line.text.is_empty() {
                line.text.push(' ');
            }
            line.blank = false;
            line.text.push_str(word);
        }
        let added = line.text.len() - before;
        line.linked += if style.link { added } else { 0 };
        line.strong += if style.strong { added } else { 0 };
        line.italic += if style.italic { added } else { 0 };
        line.caption += if style.cue == Cue::Caption { added } else { 0 };
    }

    fn element(&mut self, element: ElementRef<'a>, style: Style<'a>) {
        if self.rules.drop.is_some_and(|drop| drop.matches(&element)) {
            self.line.blank = true;
            return;
        }
        let name = element.value().name();
        match name {
            "br" => {
                if style.kind == Kind::Heading {
                    self.line.blank = true;
                } else {
                    self.flush(style);
                }
            }
            "img" | "amp-img" => self.picture(element, style),
            "wbr" | "input" | "head" | "title" | "meta" | "link" | "source" => {}
            "a" => {
                if is_block_link(element) && self.is_left_out(element, cue(element)) {
                    return;
                }
                self.children(element, Style { link: true, ..style });
            }
            "b" | "strong" => self.children(element, Style { strong: true, ..style }),
            "i" | "em" => self.children(element, Style { italic: true, ..style }),
            "span" | "font" | "u" | "small" | "big" | "sup" | "sub" | "mark" | "abbr" | "cite" | "q" | "code"
            | "label" | "time" | "s" | "del" | "ins" | "tt" | "bdi" | "data" | "kbd" | "var" | "samp" | "acronym"
            | "strike" | "nobr" | "o:p" => {
                let own = cue(element);
                if self.rules.names && self.is_left_out(element, own) {
                    self.line.blank = true;
                    return;
                }
                self.children(element, Style { cue: deeper(style.cue, own), ..style });
            }
            "table" => self.table(element, style),
            "pre" => self.preformatted(element, style),
            _ => self.block(element, name, style),
        }
    }

    fn is_left_out(&mut self, element: ElementRef<'a>, own: Cue) -> bool {
        let left_out = own == Cue::Drop
            && !self.kept.contains(&element.id())
            && !is_longer(element, self.rules.large)
            && !holds_headline(element)
            && !is_quotation(element);
        if left_out {
            self.left_out.push(element);
        }
        left_out
    }

    fn block(&mut self, element: ElementRef<'a>, name: &str, style: Style<'a>) {
        self.flush(style);
        let own = cue(element);
        if self.is_left_out(element, own) {
            return;
        }
        let kind = match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Kind::Heading,
            "li" | "dd" | "dt" => Kind::Item,
            "blockquote" => Kind::Quote,
            "figcaption" => Kind::Caption,
            "p" if matches!(style.kind, Kind::Item | Kind::Quote | Kind::Caption) => style.kind,
            "p" => Kind::Paragraph,
            _ => style.kind,
        };
        // Systems name an article after its author and its tags: `hentry author-le-may tag-hoc-phi`. A cue is of a small element.
        let own = if own.limit().is_some_and(|limit| is_longer(element, limit)) { Cue::None } else { own };
        let named = self.rules.caption.is_some_and(|caption| caption.matches(&element));
        let (kind, own) = if named || own == Cue::Caption { (Kind::Caption, Cue::Caption) } else { (kind, own) };
        let (centred, right) = alignment(element).unwrap_or((style.centred, style.right));
        let inner = Style { block: element, kind, cue: deeper(style.cue, own), centred, right, ..style };
        self.children(element, inner);
        self.flush(inner);
    }

    fn flush(&mut self, style: Style<'a>) {
        let line = std::mem::take(&mut self.line);
        if !line.text.chars().any(char::is_alphanumeric) {
            return;
        }
        let length = line.text.len();
        let most = |part: usize| part + 2 >= length - length.min(2) && part * 20 >= length * 19;
        let (kind, cue) = if most(line.caption) { (Kind::Caption, Cue::Caption) } else { (style.kind, style.cue) };
        self.found.push(Block {
            kind,
            linked: line.linked,
            strong: most(line.strong),
            italic: most(line.italic),
            centred: style.centred,
            right: style.right,
            cue,
            element: style.block,
            text: line.text,
        });
    }

    fn picture(&mut self, element: ElementRef<'a>, style: Style<'a>) {
        self.flush(style);
        let named = self.rules.image.iter().filter(|field| field.selector.matches(&element));
        let named = named.filter_map(|field| element.attr(field.attribute.as_deref()?)).next();
        let address = named.map(str::to_string).or_else(|| address_of(element));
        let small = ["width", "height"]
            .iter()
            .any(|side| element.attr(side).and_then(|size| size.parse::<u32>().ok()).is_some_and(|size| size < 60));
        if let Some(address) = address.filter(|_| !small) {
            self.found.push(Block {
                kind: Kind::Picture,
                text: address,
                linked: 0,
                strong: false,
                italic: false,
                centred: false,
                right: false,
                cue: style.cue,
                element: style.block,
            });
            if let Some(caption) = element.attr("data-caption").filter(|caption| !caption.contains('<')) {
                self.found.push(Block {
                    kind: Kind::Caption,
                    text: caption.split_whitespace().collect::<Vec<_>>().join(" "),
                    linked: 0,
                    strong: false,
                    italic: false,
                    centred: false,
                    right: false,
                    cue: Cue::Caption,
                    element: style.block,
                });
            }
        }
    }

    fn preformatted(&mut self, element: ElementRef<'a>, style: Style<'a>) {
        self.flush(style);
        if self.is_left_out(element, cue(element)) {
            return;
        }
        let style = Style { block: element, ..style };
        for part in element.text() {
            for (nth, line) in part.split('\n').enumerate() {
                if nth > 0 {
                    self.flush(style);
                }
                self.text(line, style);
            }
        }
        self.flush(style);
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace()
}

/// Attributes that hold the address of a picture which a script loads late, before `src`, which then holds a stand-in.
const LATE: &[&str] = &["data-src", "data-original", "data-lazy-src", "data-lazy", "data-image", "data-full"];
/// Attributes that hold several addresses, each with its size.
const SETS: &[&str] = &["data-srcset", "srcset"];

/// Returns the address of a picture: what a script would load, the element's own, or one of its set or its `picture`'s.
fn address_of(picture: ElementRef<'_>) -> Option<String> {
    let usable = |address: &&str| !address.trim().is_empty() && !address.starts_with("data:");
    let late = LATE.iter().filter_map(|name| picture.attr(name)).find(usable);
    let own = picture.attr("src").filter(usable);
    let sets = |element: ElementRef<'_>| {
        let set = SETS.iter().filter_map(|name| element.attr(name)).find(usable)?;
        set.split(',').next()?.split_whitespace().next().map(str::to_string)
    };
    let around = || {
        let above = picture.parent().and_then(ElementRef::wrap).filter(|above| above.value().name() == "picture")?;
        above.child_elements().filter(|child| child.value().name() == "source").find_map(sets)
    };
    let address = late.map(|address| address.trim().to_string());
    address
        .or_else(|| own.filter(|own| !is_stand_in(own)).map(|own| own.trim().to_string()))
        .or_else(|| sets(picture))
        .or_else(around)
        .or_else(|| own.map(|own| own.trim().to_string()))
}

/// Says whether an address is that of a stand-in for a picture that is loaded late.
fn is_stand_in(address: &str) -> bool {
    let file = address.rsplit('/').next().unwrap_or(address).to_ascii_lowercase();
    ["placeholder", "blank.", "lazy", "spacer", "loading", "transparent", "1x1", "pixel."]
        .iter()
        .any(|word| file.contains(word))
}

/// Returns the cue that counts inside: the nearest that says something.
fn deeper(outer: Cue, own: Cue) -> Cue {
    if own == Cue::None || own == Cue::Drop { outer } else { own }
}

/// Says whether a link holds blocks, as cards of other articles do.
fn is_block_link(link: ElementRef<'_>) -> bool {
    link.child_elements().any(|child| matches!(child.value().name(), "div" | "p" | "h2" | "h3" | "h4" | "figure"))
}

/// Says whether an element has more bytes of text than a limit; looks no further than the limit.
fn is_longer(element: ElementRef<'_>, limit: usize) -> bool {
    let mut seen = 0;
    element.text().any(|text| {
        seen += text.trim().len();
        seen > limit
    })
}

/// Says whether an element holds a headline: a box that is named a banner may be the head of the article.
fn holds_headline(element: ElementRef<'_>) -> bool {
    let shown = matches!(element.value().name(), "div" | "section" | "header" | "article" | "td" | "table")
        && element.attr("hidden").is_none()
        && element.attr("style").is_none_or(|style| !style.contains("none"));
    let is_headline = |inner: ElementRef<'_>| {
        inner.value().name() == "h1"
            && is_longer(inner, 15)
            && inner.child_elements().all(|child| child.value().name() != "a")
    };
    shown && element.descendent_elements().any(is_headline)
}

/// Says whether a box is a quotation and hardly anything else, as an embedded post is: `figure.wp-block-embed-twitter`.
fn is_quotation(element: ElementRef<'_>) -> bool {
    let length = |element: ElementRef<'_>| element.text().map(|text| text.trim().len()).sum::<usize>();
    let is_box = matches!(element.value().name(), "div" | "figure" | "section");
    is_box
        && element.descendent_elements().find(|inner| inner.value().name() == "blockquote").is_some_and(|quotation| {
            let quoted = length(quotation);
            quoted > 40 && length(element) <= quoted + quoted / 4
        })
}

/// Returns whether an element centres its text, and whether it sets it at the right margin; `None` when it does not say.
fn alignment(element: ElementRef<'_>) -> Option<(bool, bool)> {
    let value = element.value();
    if value.name() == "center" {
        return Some((true, false));
    }
    let align = value.attr("align").map(str::to_ascii_lowercase).or_else(|| {
        let style = value.attr("style")?.to_ascii_lowercase();
        let (_, after) = style.split_once("text-align")?;
        Some(after.trim_start_matches([':', ' ']).split([';', ' ', '!']).next()?.to_string())
    });
    let align = align.or_else(|| {
        value
            .classes()
            .find(|class| matches!(*class, "text-center" | "align-center" | "text-right"))
            .map(str::to_string)
    })?;
    Some((align.contains("center"), align.contains("right")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use scraper::Html;

    fn read(html: &str) -> Vec<(Kind, String)> {
        let page = Html::parse_fragment(html);
        let rules = Rules { large: 10_000, names: true, ..Rules::default() };
        blocks(page.root_element(), &rules).into_iter().map(|block| (block.kind, block.text)).collect()
    }

    #[test]
    fn what_stands_on_two_lines_is_two_blocks() {
        let html = "<div>Một<br>hai<div>ba</div><span>bốn</span><span> năm</span></div><p>sáu<b>bảy</b></p>";
        let texts: Vec<_> = read(html).into_iter().map(|(_, text)| text).collect();
        assert_eq!(texts, ["Một", "hai", "ba", "bốn năm", "sáubảy"]);
    }

    #[test]
    fn kinds_are_told_apart() {
        use Kind::{Heading, Item, Paragraph, Quote, Row};
        let html = "<h2>Đầu<br>đề</h2><ul><li><p>mục</p></li></ul><blockquote><p>lời</p></blockquote>\
                    <table><tr><th>Năm</th><th>Tỷ lệ</th></tr><tr><td>2022</td><td>0,34%</td></tr></table><p>đoạn</p>";
        let expected = [
            (Heading, "Đầu đề"),
            (Item, "mục"),
            (Quote, "lời"),
            (Row, "Năm | Tỷ lệ"),
            (Row, "2022 | 0,34%"),
            (Paragraph, "đoạn"),
        ];
        assert_eq!(read(html), expected.map(|(kind, text)| (kind, text.to_string())));
    }

    #[test]
    fn text_in_a_table_with_a_picture_is_its_caption() {
        let html = "<table><tr><td><img src=a.jpg></td></tr><tr><td>Lãnh đạo xã thăm vườn chè.</td></tr></table>";
        assert_eq!(
            read(html),
            [(Kind::Picture, "a.jpg".to_string()), (Kind::Caption, "Lãnh đạo xã thăm vườn chè.".to_string())]
        );
    }

    #[test]
    fn related_boxes_are_left_out_unless_they_are_the_page() {
        assert_eq!(read("<div class=related>Tin khác</div><p>đoạn</p>").len(), 1);
        let large = format!("<div class=related><p>{}</p></div>", "chữ ".repeat(5000));
        assert_eq!(read(&large).len(), 1);
    }
}
