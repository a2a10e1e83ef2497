//! Tags as they are written: the name, and those attributes that something reads.
//!
//! Invariant: a tag ends where a browser ends it (HTML, 13.2.5), and costs time in its length once.

use html5ever::tendril::StrTendril;
use html5ever::{Attribute, LocalName, QualName, ns};
use memchr::{memchr, memchr3};

/// Attributes that the parser, a cue or a selector of `sites.toml` reads, sorted; a third of a page is others' values.
pub const READ: &[&str] = &[
    "align",
    "aria-hidden",
    "class",
    "content",
    "data",
    "data-caption",
    "data-full",
    "data-image",
    "data-lazy",
    "data-lazy-src",
    "data-original",
    "data-src",
    "data-srcset",
    "data-time",
    "datetime",
    "height",
    "hidden",
    "href",
    "http-equiv",
    "id",
    "itemprop",
    "lang",
    "name",
    "property",
    "pubdate",
    "rel",
    "role",
    "src",
    "srcset",
    "style",
    "type",
    "width",
    "xml:lang",
];
/// Longest value that is kept; longer ones are data.
const LONGEST_VALUE: usize = 16 << 10;

/// Returns the name of the tag whose first letter stands at a byte.
pub fn name_at(bytes: &[u8], from: usize) -> &[u8] {
    let rest = bytes.get(from..).unwrap_or_default();
    let end = rest.iter().position(|&byte| is_blank(byte) || matches!(byte, b'/' | b'>')).unwrap_or(rest.len());
    &rest[..end]
}

/// Reads the attributes from the byte after the name of a tag; returns where the tag ends, or nothing when the page ends first.
///
/// `each` gets names and values as they are written, without quotes.
pub fn attributes<'h>(html: &'h str, mut at: usize, mut each: impl FnMut(&'h [u8], &'h str)) -> Option<usize> {
    let bytes = html.as_bytes();
    let skip = |at: &mut usize| {
        while bytes.get(*at).is_some_and(|&byte| is_blank(byte)) {
            *at += 1;
        }
    };
    loop {
        while bytes.get(at).is_some_and(|&byte| is_blank(byte) || byte == b'/') {
            at += 1;
        }
        if *bytes.get(at)? == b'>' {
            return Some(at + 1);
        }
        let start = at;
        at += 1;
        while bytes.get(at).is_some_and(|&byte| !is_blank(byte) && !matches!(byte, b'/' | b'>' | b'=')) {
            at += 1;
        }
        let name = &bytes[start..at];
        skip(&mut at);
        let mut value = "";
        if bytes.get(at) == Some(&b'=') {
            at += 1;
            skip(&mut at);
            let first = *bytes.get(at)?;
            if matches!(first, b'"' | b'\'') {
                let end = at + 1 + memchr(first, &bytes[at + 1..])?;
                value = &html[at + 1..end];
                at = end + 1;
            } else {
                let start = at;
                while bytes.get(at).is_some_and(|&byte| !is_blank(byte) && byte != b'>') {
                    at += 1;
                }
                value = &html[start..at];
            }
        }
        each(name, value);
    }
}

/// Adds an attribute to those of an element when something reads it and it is the first of its name.
///
/// Addresses of links count in the head only, and pictures whose address is the picture itself have none.
pub fn keep(element: &[u8], name: &[u8], value: &str, kept: &mut Vec<Attribute>) {
    let Some(&read) = READ.iter().find(|read| read.as_bytes().eq_ignore_ascii_case(name)) else { return };
    let unread = read == "href" && !element.eq_ignore_ascii_case(b"link");
    if unread
        || value.len() > LONGEST_VALUE
        || value.starts_with("data:")
        || kept.iter().any(|other| *other.name.local == *read)
    {
        return;
    }
    let value = if memchr3(b'&', b'\r', 0, value.as_bytes()).is_some() {
        super::reference::in_value(value)
    } else {
        StrTendril::from_slice(value)
    };
    kept.push(Attribute { name: QualName::new(None, ns!(), LocalName::from(read)), value });
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | 0xc)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::sites;
    use regex::Regex;
    use scraper::selector::ToCss;

    fn read(tag: &str) -> (Vec<(String, String)>, Option<usize>) {
        let mut found = Vec::new();
        let end = attributes(tag, 2, |name, value| {
            found.push((String::from_utf8_lossy(name).into_owned(), value.to_string()))
        });
        (found, end)
    }

    #[test]
    fn attributes_are_read_as_browsers_read_them() {
        for (tag, names) in [
            (r#"<a href="x > y" b>"#, &["href=x > y", "b="][..]),
            ("<a b = 'c\"d' e=f/g h=>", &["b=c\"d", "e=f/g", "h="]),
            ("<a/b/c=d/>", &["b=", "c=d/"]),
            (r#"<a ="b" c="d"e="f">"#, &["=\"b\"=", "c=d", "e=f"]),
            ("<a>", &[]),
        ] {
            let (found, end) = read(tag);
            assert_eq!(found.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>(), names, "{tag}");
            assert_eq!(end, Some(tag.len()), "{tag}");
        }
        assert_eq!(read("<a b=\"c>").1, None);
        assert_eq!(read("<a b").1, None);
    }

    #[test]
    fn the_table_is_sorted() {
        assert!(READ.is_sorted());
    }

    #[test]
    fn every_attribute_that_a_layout_reads_is_kept() {
        let own = sites().all().iter().flat_map(|site| sites().layouts_for(site, None));
        let attribute = Regex::new(r"\[\s*([\w:-]+)").expect("a pattern");
        for layout in own.chain(sites().families()) {
            let dates = layout.date.iter().map(|date| &date.field);
            let lists = [
                &layout.title,
                &layout.lead,
                &layout.body,
                &layout.section,
                &layout.author,
                &layout.tags,
                &layout.image,
            ];
            let fields: Vec<_> = lists.into_iter().flatten().chain(dates).collect();
            let others = [&layout.mark, &layout.drop, &layout.caption, &layout.clock].into_iter().flatten();
            let css: String = fields
                .iter()
                .map(|field| &field.selector)
                .chain(others)
                .map(|selector| selector.to_css_string())
                .collect();
            let matched = attribute.captures_iter(&css).map(|found| found[1].to_string());
            for name in matched.chain(fields.iter().filter_map(|field| field.attribute.clone())) {
                assert!(READ.binary_search(&name.as_str()).is_ok(), "{}: {name}", layout.name);
                assert_ne!(name, "href", "{}: addresses of links are not kept", layout.name);
            }
        }
    }
}
