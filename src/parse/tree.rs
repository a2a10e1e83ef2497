//! The tree of a page, built by html5ever from tags that were found already.
//!
//! Invariant: blanks between two tags where a line begins or ends, which no browser shows, are no nodes; all other text is.

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Doctype, Tag, TagKind, Token, TokenSink};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink};
use html5ever::{Attribute, LocalName, local_name};
use memchr::memchr3;
use scraper::{Html, HtmlTreeSink, Node};

/// Bytes of a page to a node of its tree, of usual pages, and most nodes that are reserved before they are seen.
const BYTES_A_NODE: usize = 50;
const MOST_RESERVED: usize = 1 << 14;

/// Builds a tree.
pub struct Tree {
    builder: TreeBuilder<<HtmlTreeSink as TreeSink>::Handle, HtmlTreeSink>,
    idle: bool,
    /// No preformatted text was seen: blanks say no more than that words are apart.
    loose: bool,
    /// What the tag before this place does to the line.
    before: Edge,
    /// Blanks were read and not yet given on.
    blank: bool,
}

impl Tree {
    /// Begins the tree of a page of so many bytes.
    pub fn new(bytes: usize) -> Tree {
        let nodes = ego_tree::Tree::with_capacity(Node::Document, (bytes / BYTES_A_NODE).min(MOST_RESERVED));
        let page = Html { tree: nodes, ..Html::new_document() };
        let tree = Tree {
            builder: TreeBuilder::new(HtmlTreeSink::new(page), TreeBuilderOpts::default()),
            idle: false,
            loose: true,
            before: Edge::Head,
            blank: false,
        };
        tree.give(Token::DoctypeToken(Doctype { name: Some(StrTendril::from_slice("html")), ..Doctype::default() }));
        tree
    }

    /// Makes a tree that takes everything and builds nothing, for counting.
    pub fn idle() -> Tree {
        Tree { idle: true, ..Tree::new(0) }
    }

    /// Adds text as it is written.
    pub fn text(&mut self, text: &str) {
        if text.is_empty() || self.idle {
            return;
        }
        if self.loose && text.bytes().all(|byte| byte.is_ascii_whitespace()) {
            self.blank = true;
            return;
        }
        self.give_blank();
        self.before = Edge::None;
        let decoded = if memchr3(b'&', b'\r', 0, text.as_bytes()).is_some() {
            super::reference::in_text(text)
        } else {
            StrTendril::from_slice(text)
        };
        self.give(Token::CharacterTokens(decoded));
    }

    /// Adds a start tag; `plain`: no formatting or link is open that blanks would continue.
    pub fn start(&mut self, name: &str, attrs: Vec<Attribute>, plain: bool) {
        self.tag(TagKind::StartTag, name, attrs, plain);
    }

    /// Adds an end tag.
    pub fn end(&mut self, name: &str, plain: bool) {
        self.tag(TagKind::EndTag, name, Vec::new(), plain);
    }

    /// Ends the tree.
    pub fn finish(mut self) -> Html {
        self.give_blank();
        self.give(Token::EOFToken);
        self.builder.end();
        self.builder.sink.finish()
    }

    fn tag(&mut self, kind: TagKind, name: &str, attrs: Vec<Attribute>, plain: bool) {
        if self.idle {
            return;
        }
        let name = if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
            LocalName::from(name.to_ascii_lowercase())
        } else {
            LocalName::from(name)
        };
        self.loose &= name != local_name!("pre");
        let edge = edge(&name);
        let hidden = self.before == Edge::Line || edge == Edge::Line || (self.before, edge) == (Edge::Head, Edge::Head);
        self.blank &= !(hidden && plain);
        self.give_blank();
        self.before = edge;
        self.give(Token::TagToken(Tag { kind, name, self_closing: false, attrs, had_duplicate_attributes: false }));
    }

    fn give_blank(&mut self) {
        if std::mem::take(&mut self.blank) {
            self.give(Token::CharacterTokens(StrTendril::from_char(' ')));
        }
    }

    fn give(&self, token: Token) {
        // What the builder asks of a tokenizer concerns scripts and text that holds no tags; the guard sees to both.
        let _ = self.builder.process_token(token, 1);
    }
}

/// Says what a tag does to the line that is being set.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Edge {
    /// Nothing: the line goes on.
    None,
    /// It shows nothing: blanks between two such tags are not shown either.
    Head,
    /// A line begins or ends.
    Line,
}

fn edge(name: &LocalName) -> Edge {
    match *name {
        local_name!("html")
        | local_name!("head")
        | local_name!("body")
        | local_name!("title")
        | local_name!("meta")
        | local_name!("link") => Edge::Head,
        local_name!("div")
        | local_name!("p")
        | local_name!("br")
        | local_name!("hr")
        | local_name!("ul")
        | local_name!("ol")
        | local_name!("li")
        | local_name!("dl")
        | local_name!("dt")
        | local_name!("dd")
        | local_name!("table")
        | local_name!("thead")
        | local_name!("tbody")
        | local_name!("tr")
        | local_name!("td")
        | local_name!("th")
        | local_name!("section")
        | local_name!("article")
        | local_name!("header")
        | local_name!("footer")
        | local_name!("nav")
        | local_name!("aside")
        | local_name!("main")
        | local_name!("figure")
        | local_name!("figcaption")
        | local_name!("form")
        | local_name!("blockquote")
        | local_name!("h1")
        | local_name!("h2")
        | local_name!("h3")
        | local_name!("h4")
        | local_name!("h5")
        | local_name!("h6") => Edge::Line,
        _ => Edge::None,
    }
}
