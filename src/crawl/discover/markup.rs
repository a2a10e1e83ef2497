//! Feeds and sitemaps as servers really write them: a scanner that no error stops, and references of XML and HTML.
//!
//! Invariant: every byte is looked at once, and what cannot be read is passed over up to the next tag.

use html5ever::data::NAMED_ENTITIES;
use std::borrow::Cow;

/// Longest name of a character reference, in bytes.
const LONGEST_NAME: usize = 32;

/// One piece of markup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// A start tag: its name with the prefix, what follows the name, and whether it is its own end.
    Open(&'a str, &'a str, bool),
    /// An end tag.
    Close(&'a str),
    /// Text, references not resolved.
    Text(&'a str),
    /// Text of a CDATA section.
    Plain(&'a str),
}

/// Iterates over the pieces of a text; remarks, declarations and instructions are passed over.
pub struct Pieces<'a> {
    rest: &'a str,
    /// Tags that were broken off.
    pub broken: usize,
}

impl<'a> Pieces<'a> {
    /// Begins at the beginning of a text.
    pub fn of(text: &'a str) -> Pieces<'a> {
        Pieces { rest: text, broken: 0 }
    }

    /// Takes what stands up to a mark, and passes over the mark; the whole rest when there is none.
    fn up_to(&mut self, start: usize, mark: &str) -> &'a str {
        let (inner, rest) = match self.rest[start..].find(mark) {
            Some(at) => (&self.rest[start..start + at], &self.rest[start + at + mark.len()..]),
            None => {
                self.broken += 1;
                (&self.rest[start..], "")
            }
        };
        self.rest = rest;
        inner
    }

    /// Takes a tag; one that another tag begins in is broken off there.
    fn tag(&mut self) -> Option<Piece<'a>> {
        let mut quote = None;
        let end = self.rest.bytes().enumerate().skip(1).find(|&(_, byte)| match (quote, byte) {
            (Some(open), _) if open == byte => {
                quote = None;
                false
            }
            (None, b'"' | b'\'') => {
                quote = Some(byte);
                false
            }
            (None, b'>') | (_, b'<') => true,
            _ => false,
        });
        let end = end.map_or(self.rest.len(), |(at, _)| at);
        let inner = &self.rest[1..end];
        let whole = self.rest[end..].starts_with('>');
        self.broken += usize::from(!whole);
        self.rest = &self.rest[end + usize::from(whole)..];
        if let Some(name) = inner.strip_prefix('/') {
            return Some(Piece::Close(name.trim()));
        }
        let inner = inner.trim_end();
        let (inner, is_empty) = inner.strip_suffix('/').map_or((inner, false), |inner| (inner, true));
        let (name, attributes) = inner.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((inner, ""));
        whole.then_some(Piece::Open(name, attributes, is_empty))
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let begins_tag = |text: &str| {
                text.starts_with('<')
                    && text[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?' | '_'))
            };
            if !begins_tag(self.rest) {
                let next = self.rest.match_indices('<').find(|&(at, _)| begins_tag(&self.rest[at..]));
                let (text, rest) = self.rest.split_at(next.map_or(self.rest.len(), |(at, _)| at));
                self.rest = rest;
                return Some(Piece::Text(text));
            }
            if self.rest.starts_with("<!--") {
                self.up_to(4, "-->");
            } else if self.rest.starts_with("<![CDATA[") {
                return Some(Piece::Plain(self.up_to(9, "]]>")));
            } else if self.rest.starts_with("<?") {
                self.up_to(2, "?>");
            } else if self.rest.starts_with("<!") {
                self.up_to(2, ">");
            } else if let Some(piece) = self.tag() {
                return Some(piece);
            }
        }
    }
}

/// Returns a name without its prefix, and the prefix.
pub fn local(name: &str) -> (&str, &str) {
    name.rsplit_once(':').map_or((name, ""), |(prefix, local)| (local, prefix))
}

/// Returns the value of an attribute, references resolved.
pub fn attribute<'a>(attributes: &'a str, wanted: &str) -> Option<Cow<'a, str>> {
    let mut rest = attributes;
    while let Some((name, value)) = rest.split_once('=') {
        let name = name.trim().rsplit(|c: char| c.is_ascii_whitespace()).next().unwrap_or("");
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (found, after) = match quote {
            Some(quote) => value[1..].split_once(quote)?,
            None => value.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((value, "")),
        };
        if name.eq_ignore_ascii_case(wanted) {
            return Some(resolved(found));
        }
        rest = after;
    }
    None
}

/// Resolves character references: those of XML, those of HTML by name, and numbers; an `&` that begins none stays.
pub fn resolved(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match reference(rest) {
            Some((value, length)) => {
                out.push_str(&value);
                rest = &rest[length..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    Cow::Owned(out + rest)
}

/// Mends XML that a strict parser would refuse: raw `&`, names of HTML, characters that XML does not know.
pub fn mended(text: &str) -> Cow<'_, str> {
    let is_foreign = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{80}'..='\u{9f}');
    if !text.contains(|c| c == '&' || is_foreign(c)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some(at) = rest.find(|c| c == '&' || c == '<' || is_foreign(c)) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let skipped = [("<![CDATA[", "]]>"), ("<!--", "-->")].iter().find(|(begin, _)| rest.starts_with(begin));
        if let Some((_, end)) = skipped {
            let length = rest.find(end).map_or(rest.len(), |at| at + end.len());
            out.extend(rest[..length].chars().filter(|&c| !is_foreign(c)));
            rest = &rest[length..];
        } else if rest.starts_with('&') {
            let (value, length) = reference(rest).unwrap_or(("&".to_string(), 1));
            for c in value.chars().filter(|&c| !is_foreign(c)) {
                match c {
                    '&' => out.push_str("&amp;"),
                    '<' => out.push_str("&lt;"),
                    '>' => out.push_str("&gt;"),
                    '"' => out.push_str("&quot;"),
                    '\'' => out.push_str("&apos;"),
                    c => out.push(c),
                }
            }
            rest = &rest[length..];
        } else {
            let length = rest.chars().next().map_or(1, char::len_utf8);
            if rest.starts_with('<') {
                out.push('<');
            }
            rest = &rest[length..];
        }
    }
    Cow::Owned(out + rest)
}

/// Reads the reference that a text begins with; answers what it stands for and its length.
fn reference(text: &str) -> Option<(String, usize)> {
    let end = text.bytes().take(LONGEST_NAME + 2).position(|byte| byte == b';')?;
    let name = text.get(1..end)?;
    let value = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|&c| c != '\0')?.to_string()
        }
        None if name == "apos" => "'".to_string(),
        None => {
            let (first, second) = *NAMED_ENTITIES.get(&text[1..=end])?;
            [first, second].into_iter().filter(|&code| code != 0).filter_map(char::from_u32).collect()
        }
    };
    (!value.is_empty()).then_some((value, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved_and_a_raw_ampersand_stays() {
        for (text, read) in [
            ("a?x=1&#38;y=2&#x26;z=3&amp;w", "a?x=1&y=2&z=3&w"),
            ("x&#225;-m&#7899;i &aacute;&nbsp;&apos;&copy;", "xá-mới á\u{a0}'©"),
            (
                "a?id=1&copy=2&sect=3& &khong; &#0; &#xD800; &#99999999;",
                "a?id=1&copy=2&sect=3& &khong; &#0; &#xD800; &#99999999;",
            ),
            ("&", "&"),
            ("&ớ;", "&ớ;"),
        ] {
            assert_eq!(resolved(text), read);
        }
    }

    #[test]
    fn xml_is_mended_and_sections_stay_as_they_are() {
        assert_eq!(
            mended("<a b='1&2'>x & y &eacute; &lt;&#60;\u{1}<![CDATA[c & d\u{2}]]></a><!-- & -->"),
            "<a b='1&amp;2'>x &amp; y é &lt;&lt;<![CDATA[c & d]]></a><!-- & -->"
        );
        assert_eq!(mended("<a>sạch</a>"), "<a>sạch</a>");
    }

    #[test]
    fn no_error_stops_the_scanner() {
        let text = "<?xml version='1.0'?><!DOCTYPE x><a x='>'>1 < 2<b/><!-- <c> --><d<e>x</ e ><![CDATA[<f>]]></a>t<g";
        let mut pieces = Pieces::of(text);
        let found: Vec<Piece<'_>> = pieces.by_ref().collect();
        use Piece::{Close, Open, Plain, Text};
        let wanted = [
            Open("a", "x='>'", false),
            Text("1 < 2"),
            Open("b", "", true),
            Open("e", "", false),
            Text("x"),
            Close("e"),
            Plain("<f>"),
            Close("a"),
            Text("t"),
        ];
        assert_eq!((found, pieces.broken), (wanted.to_vec(), 2));
        assert_eq!(attribute("rel=alternate href=\"/a?x=1&amp;y=2\"", "href").as_deref(), Some("/a?x=1&y=2"));
    }
}
