//! The guard before the tree builder: one pass over the markup that keeps hostile pages from costing more than others.
//!
//! html5ever is quadratic in nesting depth and in attributes; browsers cap both. Scripts, styles and comments are taken out,
//! which also makes the tree of an honest page three times cheaper. Invariant: time and output are linear in the input.

use memchr::{memchr, memchr_iter, memchr2, memmem};

/// Deepest nesting that reaches the tree (browsers: 512); elements below it are flattened, their text stays.
const DEEPEST: usize = 256;
/// Most tags of a page that is parsed.
const MOST_TAGS: usize = 300_000;
/// Most character references (`&#225;`) of a page that is parsed.
const MOST_REFERENCES: usize = 1_500_000;
/// Most formatting elements (`b`, `font`) left open: each is opened again in every later paragraph.
const MOST_OPEN_FORMATTING: usize = 64;
/// Tags up to this length are copied as they are.
const SHORT_TAG: usize = 512;
/// Most attributes of a longer tag, and longest value.
const MOST_ATTRIBUTES: usize = 64;
const LONGEST_VALUE: usize = 16 << 10;

/// Holds markup that is safe to build a tree of, and the scripts that stood in it.
#[derive(Debug, Default)]
pub struct Guarded<'a> {
    /// Markup without scripts, styles, comments and drawings.
    pub markup: String,
    /// JSON-LD blocks.
    pub json_ld: Vec<&'a str>,
    /// Other inline scripts.
    pub scripts: Vec<&'a str>,
    /// What was taken out that may be missed.
    pub warnings: Vec<String>,
}

/// Makes markup safe.
///
/// # Errors
/// Says why the page is refused.
pub fn guard(html: &str) -> Result<Guarded<'_>, String> {
    if html.len() > MOST_REFERENCES && memchr_iter(b'&', html.as_bytes()).count() > MOST_REFERENCES {
        return Err(format!("more than {MOST_REFERENCES} character references"));
    }
    let mut pass = Pass { html, out: Guarded::default(), open: Vec::new(), formatting: 0, flattened: 0, unclosed: 0 };
    pass.out.markup.reserve(html.len() / 2);
    pass.out.markup.push_str("<!doctype html>");
    pass.run()?;
    if pass.flattened > 0 {
        pass.out.warnings.push(format!("{} elements nested deeper than {DEEPEST} were flattened", pass.flattened));
    }
    Ok(pass.out)
}

struct Pass<'a> {
    html: &'a str,
    out: Guarded<'a>,
    /// Open elements: name, and whether its tag was let through.
    open: Vec<(Name, bool)>,
    formatting: usize,
    flattened: usize,
    /// Bit set of [`SKIPPED`]: no end tag of that name is left in the page.
    unclosed: u32,
}

/// Holds the first eight letters of an element's name, lower case.
type Name = u64;

const fn name(text: &[u8]) -> Name {
    let mut packed = 0;
    let mut at = 0;
    while at < text.len() && at < 8 {
        packed = packed << 8 | text[at].to_ascii_lowercase() as u64;
        at += 1;
    }
    packed
}

/// Elements taken out with all they hold.
const SKIPPED: &[&str] = &["script", "style", "noscript", "iframe", "svg", "math", "object", "noembed", "noframes", "xmp"];

const VOID: &[Name] = &[
    name(b"area"),
    name(b"base"),
    name(b"br"),
    name(b"col"),
    name(b"embed"),
    name(b"hr"),
    name(b"img"),
    name(b"input"),
    name(b"link"),
    name(b"meta"),
    name(b"param"),
    name(b"source"),
    name(b"track"),
    name(b"wbr"),
];
/// Elements that another of the same name closes.
const SELF_CLOSING: &[Name] = &[
    name(b"p"),
    name(b"li"),
    name(b"option"),
    name(b"tr"),
    name(b"td"),
    name(b"th"),
    name(b"dd"),
    name(b"dt"),
    name(b"a"),
    name(b"optgroup"),
    name(b"tbody"),
];
const FORMATTING: &[Name] = &[
    name(b"b"),
    name(b"big"),
    name(b"code"),
    name(b"em"),
    name(b"font"),
    name(b"i"),
    name(b"nobr"),
    name(b"s"),
    name(b"small"),
    name(b"strike"),
    name(b"strong"),
    name(b"tt"),
    name(b"u"),
];
/// Tags that change how the rest of the page is read, and end tags after which pages go on.
const IGNORED: &[Name] = &[name(b"plaintext"), name(b"frameset"), name(b"frame")];

impl<'a> Pass<'a> {
    fn run(&mut self) -> Result<(), String> {
        let bytes = self.html.as_bytes();
        let (mut at, mut tags) = (0, 0);
        while at < bytes.len() {
            let Some(next) = memchr(b'<', &bytes[at..]).map(|offset| at + offset) else {
                self.out.markup.push_str(&self.html[at..]);
                break;
            };
            self.out.markup.push_str(&self.html[at..next]);
            at = match bytes.get(next + 1) {
                Some(b'!') if bytes[next..].starts_with(b"<!--") => {
                    memmem::find(&bytes[next + 2..], b"-->").map_or(bytes.len(), |end| next + 2 + end + 3)
                }
                Some(b'!' | b'?') => end_of(bytes, next),
                Some(b'/') => {
                    let end = end_of(bytes, next);
                    self.close(next, end);
                    end
                }
                Some(letter) if letter.is_ascii_alphabetic() => self.start(next),
                _ => {
                    self.out.markup.push_str("&lt;");
                    next + 1
                }
            };
            tags += 1;
            if tags > MOST_TAGS {
                return Err(format!("more than {MOST_TAGS} tags"));
            }
        }
        Ok(())
    }

    /// Handles the start tag at a byte; returns where reading goes on.
    fn start(&mut self, from: usize) -> usize {
        let bytes = self.html.as_bytes();
        let letters = name_at(bytes, from + 1);
        let end = tag_end(bytes, from + 1 + letters.len());
        let this = name(letters);
        if let Some(which) = SKIPPED.iter().position(|skipped| letters.eq_ignore_ascii_case(skipped.as_bytes())) {
            return self.skip(which, from, end);
        }
        if IGNORED.contains(&this) {
            return end;
        }
        if SELF_CLOSING.contains(&this) && self.open.last().is_some_and(|&(top, _)| top == this) {
            self.open.pop();
        }
        let void = VOID.contains(&this);
        let formatting = FORMATTING.contains(&this);
        let fits = self.open.len() < DEEPEST && (!formatting || self.formatting < MOST_OPEN_FORMATTING);
        if fits {
            copy_tag(&self.html[from..end], 1 + letters.len(), &mut self.out.markup);
            self.formatting += usize::from(formatting);
        } else {
            self.flattened += 1;
            self.out.markup.push(' ');
        }
        if !void {
            self.open.push((this, fits));
        }
        end
    }

    /// Handles the end tag between two bytes.
    fn close(&mut self, from: usize, end: usize) {
        let letters = name_at(self.html.as_bytes(), from + 2);
        let this = name(letters);
        // Some pages end before they begin (`</html>` before `<head>`); the tree builder closes both by itself.
        if letters.is_empty() || this == name(b"html") || this == name(b"body") {
            return;
        }
        let found = self.open.iter().rev().take(DEEPEST).position(|&(open, _)| open == this);
        let passed = match found {
            Some(above) => {
                let at = self.open.len() - 1 - above;
                let (_, passed) = self.open[at];
                self.open.truncate(at);
                passed
            }
            None => self.open.len() <= DEEPEST,
        };
        if passed {
            self.out.markup.push_str("</");
            self.out.markup.push_str(&self.html[from + 2..from + 2 + letters.len()]);
            self.out.markup.push('>');
            if FORMATTING.contains(&this) {
                self.formatting = self.formatting.saturating_sub(1);
            }
        } else if end > from {
            self.out.markup.push(' ');
        }
    }

    /// Takes out an element with all it holds; keeps the text of scripts.
    fn skip(&mut self, which: usize, from: usize, after: usize) -> usize {
        let bytes = self.html.as_bytes();
        if bytes[..after].ends_with(b"/>") && SKIPPED[which] == "svg" {
            return after;
        }
        let end = if self.unclosed & 1 << which == 0 { find_end(bytes, after, SKIPPED[which].as_bytes()) } else { None };
        let Some(end) = end else {
            self.unclosed |= 1 << which;
            // The rest of an unclosed script or style is no text; of others it may be the page.
            return if which < 2 { bytes.len() } else { after };
        };
        if which == 0 {
            let text = &self.html[after..end];
            if contains_ignoring_case(&bytes[from..after], b"ld+json") {
                self.out.json_ld.push(text);
            } else if !text.trim().is_empty() {
                self.out.scripts.push(text);
            }
        }
        end_of(bytes, end)
    }
}

fn name_at(bytes: &[u8], from: usize) -> &[u8] {
    let rest = bytes.get(from..).unwrap_or_default();
    let end = rest.iter().position(|b| !b.is_ascii_alphanumeric() && *b != b'-' && *b != b':').unwrap_or(rest.len());
    &rest[..end]
}

/// Returns the byte after the next `>`.
fn end_of(bytes: &[u8], from: usize) -> usize {
    memchr(b'>', &bytes[from..]).map_or(bytes.len(), |end| from + end + 1)
}

/// Returns the byte after the `>` that ends a tag; one in a quoted value does not.
fn tag_end(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() {
        match bytes[at] {
            b'>' => return at + 1,
            b'=' => {
                at += 1;
                while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
                    at += 1;
                }
                if let Some(&quote) = bytes.get(at).filter(|&&b| b == b'"' || b == b'\'') {
                    at = memchr(quote, &bytes[at + 1..]).map_or(bytes.len(), |end| at + 1 + end + 1);
                }
            }
            _ => at += 1,
        }
    }
    bytes.len()
}

/// Returns where the end tag of a name begins.
fn find_end(bytes: &[u8], from: usize, letters: &[u8]) -> Option<usize> {
    let mut at = from;
    loop {
        at += memmem::find(&bytes[at..], b"</")?;
        if name_at(bytes, at + 2).eq_ignore_ascii_case(letters) {
            return Some(at);
        }
        at += 2;
    }
}

fn contains_ignoring_case(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window.eq_ignore_ascii_case(part))
}

/// Copies a tag; a long one without its long values (pictures as data) and its attributes past the first ones.
fn copy_tag(tag: &str, letters: usize, out: &mut String) {
    if tag.len() <= SHORT_TAG {
        out.push_str(tag);
        return;
    }
    let bytes = tag.as_bytes();
    out.push_str(&tag[..letters]);
    let (mut at, mut count) = (letters, 0);
    while at < bytes.len() && count < MOST_ATTRIBUTES {
        while bytes.get(at).is_some_and(|b| b.is_ascii_whitespace() || *b == b'/') {
            at += 1;
        }
        let start = at;
        at = memchr2(b'=', b' ', &bytes[at..]).map_or(bytes.len(), |offset| at + offset);
        if bytes.get(at) == Some(&b'=') {
            let quote = bytes.get(at + 1).copied();
            at = match quote {
                Some(quote @ (b'"' | b'\'')) => memchr(quote, &bytes[at + 2..]).map_or(bytes.len(), |end| at + 2 + end + 1),
                _ => bytes[at..].iter().position(|b| b.is_ascii_whitespace() || *b == b'>').map_or(bytes.len(), |end| at + end),
            };
        }
        let attribute = tag.get(start..at).unwrap_or("").trim_end_matches('>');
        if !attribute.is_empty() && attribute.len() <= LONGEST_VALUE && !attribute.contains("=\"data:") {
            out.push(' ');
            out.push_str(attribute);
        }
        count += 1;
        at = at.max(start + 1);
    }
    out.push('>');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn markup(html: &str) -> String {
        guard(html).expect("accepted").markup["<!doctype html>".len()..].to_string()
    }

    #[test]
    fn honest_markup_stays_as_it_is() {
        let html = r#"<html><body><div class="a > b"><p>Một &amp; hai<br/>1 &lt; 2</p><p>ba</div>"#;
        assert_eq!(markup(html), html);
    }

    #[test]
    fn scripts_styles_and_comments_go_and_json_ld_is_kept() {
        let html =
            "<script>if (a</b/) '</p>'</script><style>p{}</style><!-- <p>x</p> --><script type='application/ld+json'>{}</script><p>y";
        let guarded = guard(html).expect("accepted");
        assert_eq!(guarded.markup, "<!doctype html><p>y");
        assert_eq!((guarded.json_ld.as_slice(), guarded.scripts.len()), (&["{}"][..], 1));
    }

    #[test]
    fn depth_is_capped_and_the_text_stays() {
        let html = format!("{}Nội dung{}<p>sau</p>", "<div>".repeat(100_000), "</div>".repeat(100_000));
        let guarded = guard(&html).expect("accepted");
        assert_eq!(guarded.markup.matches("<div>").count(), DEEPEST);
        assert_eq!(guarded.markup.matches("</div>").count(), DEEPEST);
        assert!(guarded.markup.contains("Nội dung") && guarded.markup.ends_with("<p>sau</p>"));
        assert_eq!(guarded.warnings.len(), 1);
    }

    #[test]
    fn unclosed_paragraphs_are_not_depth() {
        let html = "<p>một <li>hai".repeat(1000);
        assert!(guard(&html).expect("accepted").markup.matches("<p>").count() >= DEEPEST / 2);
        let html = "<p>một".repeat(1000);
        assert_eq!(markup(&html), html);
    }

    #[test]
    fn formatting_left_open_is_capped() {
        let html: String = (0..10_000).map(|n| format!("<p><font size={n}>chữ</p>")).collect();
        assert_eq!(guard(&html).expect("accepted").markup.matches("<font").count(), MOST_OPEN_FORMATTING);
    }

    #[test]
    fn floods_are_cut_or_refused() {
        let attributes: String = (0..50_000).map(|n| format!(" a{n}=1")).collect();
        assert_eq!(markup(&format!("<p{attributes}>x</p>")).matches("=1").count(), MOST_ATTRIBUTES);
        assert!(guard(&"<a href=x>y</a>".repeat(200_000)).is_err());
        assert!(guard(&"&#225;".repeat(MOST_REFERENCES + 1)).is_err());
        assert_eq!(markup(&format!("<img alt=x src=\"data:{}\" title='y'>", "A".repeat(100_000))), "<img alt=x title='y'>");
    }

    #[test]
    fn broken_markup_loses_no_text() {
        assert_eq!(markup("a < b <3 </ c > d"), "a &lt; b &lt;3  d");
        assert_eq!(markup("</html><head><title>x</title>"), "<head><title>x</title>");
        assert_eq!(markup("<iframe src=x>tiếp theo"), "tiếp theo");
    }
}
