//! The guard before the tree builder: one pass over the markup that keeps hostile pages from costing more than others.
//!
//! html5ever is quadratic in nesting depth and in attributes; browsers cap both. Scripts, styles, comments, attributes that
//! nothing reads and blanks that nothing shows are taken out, and the tags that are found go straight to the tree builder: the
//! tree of an honest page costs a fifth. Invariant: time and output are linear in the input.

use super::tag::{attributes, keep, name_at};
use super::tree::Tree;
use memchr::{memchr, memchr_iter, memmem};
use scraper::Html;

/// Deepest nesting that reaches the tree (browsers: 512); elements below it are flattened, their text stays.
const DEEPEST: usize = 256;
/// Most tags of a page that is parsed.
const MOST_TAGS: usize = 300_000;
/// Most character references (`&#225;`) of a page that is parsed.
const MOST_REFERENCES: usize = 1_500_000;
/// Most formatting elements (`b`, `font`) left open: each is opened again in every later paragraph.
const MOST_OPEN_FORMATTING: usize = 64;

/// Holds the tree of a page, and the scripts that stood in it.
#[derive(Debug)]
pub struct Guarded<'a> {
    /// Tree without scripts, styles, comments and drawings.
    pub tree: Html,
    /// JSON-LD blocks.
    pub json_ld: Vec<&'a str>,
    /// Other inline scripts.
    pub scripts: Vec<&'a str>,
    /// What was taken out that may be missed.
    pub warnings: Vec<String>,
}

/// Builds the tree of a page.
///
/// # Errors
/// Says why the page is refused.
pub fn guard(html: &str) -> Result<Guarded<'_>, String> {
    if html.len() > MOST_REFERENCES && memchr_iter(b'&', html.as_bytes()).count() > MOST_REFERENCES {
        return Err(format!("more than {MOST_REFERENCES} character references"));
    }
    if memchr_iter(b'<', html.as_bytes()).count() > MOST_TAGS {
        // Scripts may hold most of them; the tags are counted before any of them costs a node.
        Pass::new(html, Tree::idle()).run()?;
    }
    let mut pass = Pass::new(html, Tree::new(html.len()));
    pass.run()?;
    let deep = (pass.flattened > 0)
        .then(|| format!("{} elements nested deeper than {DEEPEST} were flattened", pass.flattened));
    Ok(Guarded {
        tree: pass.tree.finish(),
        json_ld: pass.json_ld,
        scripts: pass.scripts,
        warnings: deep.into_iter().collect(),
    })
}

struct Pass<'a> {
    html: &'a str,
    tree: Tree,
    json_ld: Vec<&'a str>,
    scripts: Vec<&'a str>,
    /// Open elements: name, and whether its tag was let through.
    open: Vec<(Name, bool)>,
    /// Formatting elements and links that are open, or were never closed.
    formatting: usize,
    links: usize,
    flattened: usize,
    /// Bit set of [`SKIPPED`] and [`RAW`]: no end tag of that name is left in the page.
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
const SKIPPED: &[&str] =
    &["script", "style", "noscript", "iframe", "svg", "math", "object", "noembed", "noframes", "xmp"];

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
/// Elements whose content is text, whatever it looks like.
const RAW: &[Name] = &[name(b"title"), name(b"textarea")];
const LINK: Name = name(b"a");
/// Tags that change how the rest of the page is read, and end tags after which pages go on.
const IGNORED: &[Name] = &[name(b"plaintext"), name(b"frameset"), name(b"frame")];

impl<'a> Pass<'a> {
    fn new(html: &'a str, tree: Tree) -> Pass<'a> {
        Pass {
            html,
            tree,
            json_ld: Vec::new(),
            scripts: Vec::new(),
            open: Vec::new(),
            formatting: 0,
            links: 0,
            flattened: 0,
            unclosed: 0,
        }
    }

    fn run(&mut self) -> Result<(), String> {
        let bytes = self.html.as_bytes();
        let (mut at, mut tags) = (0, 0);
        while at < bytes.len() {
            let Some(next) = memchr(b'<', &bytes[at..]).map(|offset| at + offset) else {
                self.tree.text(&self.html[at..]);
                break;
            };
            self.tree.text(&self.html[at..next]);
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
                    self.tree.text("<");
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
        let after = from + 1 + letters.len();
        let this = name(letters);
        if let Some(which) = SKIPPED.iter().position(|skipped| letters.eq_ignore_ascii_case(skipped.as_bytes())) {
            return self.skip(which, from, attributes(self.html, after, |_, _| {}).unwrap_or(bytes.len()));
        }
        if IGNORED.contains(&this) {
            return attributes(self.html, after, |_, _| {}).unwrap_or(bytes.len());
        }
        let mut kept = Vec::new();
        // A tag that the page breaks off is none.
        let Some(end) = attributes(self.html, after, |name, value| keep(letters, name, value, &mut kept)) else {
            return bytes.len();
        };
        if SELF_CLOSING.contains(&this) && self.open.last().is_some_and(|&(top, _)| top == this) {
            self.open.pop();
        }
        let formatting = FORMATTING.contains(&this);
        let fits = self.open.len() < DEEPEST && (!formatting || self.formatting < MOST_OPEN_FORMATTING);
        if fits {
            self.tree.start(&self.html[from + 1..after], kept, self.formatting + self.links == 0);
            self.formatting += usize::from(formatting);
            self.links += usize::from(this == LINK);
        } else {
            self.flattened += 1;
            self.tree.text(" ");
        }
        if RAW.contains(&this) {
            return self.raw(from + 1, letters, end, fits);
        }
        if !VOID.contains(&this) {
            self.open.push((this, fits));
        }
        end
    }

    /// Handles the text of an element that holds no other, and its end tag; where there is none, it is empty.
    fn raw(&mut self, from: usize, letters: &[u8], after: usize, fits: bool) -> usize {
        let bytes = self.html.as_bytes();
        let bit = 1 << (SKIPPED.len() + usize::from(letters.len() > "title".len()));
        let end = if self.unclosed & bit == 0 { find_end(bytes, after, letters) } else { None };
        self.unclosed |= if end.is_none() { bit } else { 0 };
        self.tree.text(&self.html[after..end.unwrap_or(after)]);
        if fits {
            self.tree.end(&self.html[from..from + letters.len()], false);
        }
        end.map_or(after, |end| end_of(bytes, end))
    }

    /// Handles the end tag between two bytes.
    fn close(&mut self, from: usize, end: usize) {
        let letters = name_at(self.html.as_bytes(), from + 2);
        let this = name(letters);
        // Some pages end before they begin (`</html>` before `<head>`); the tree builder closes both by itself.
        if !letters.first().is_some_and(u8::is_ascii_alphabetic) || this == name(b"html") || this == name(b"body") {
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
            self.tree.end(&self.html[from + 2..from + 2 + letters.len()], self.formatting + self.links == 0);
            if FORMATTING.contains(&this) {
                self.formatting = self.formatting.saturating_sub(1);
            }
            if this == LINK {
                self.links = self.links.saturating_sub(1);
            }
        } else if end > from {
            self.tree.text(" ");
        }
    }

    /// Takes out an element with all it holds; keeps the text of scripts.
    fn skip(&mut self, which: usize, from: usize, after: usize) -> usize {
        let bytes = self.html.as_bytes();
        if bytes[..after].ends_with(b"/>") && SKIPPED[which] == "svg" {
            return after;
        }
        let end =
            if self.unclosed & 1 << which == 0 { find_end(bytes, after, SKIPPED[which].as_bytes()) } else { None };
        let Some(end) = end else {
            self.unclosed |= 1 << which;
            // The rest of an unclosed script or style is no text; of others it may be the page.
            return if which < 2 { bytes.len() } else { after };
        };
        if which == 0 {
            let text = &self.html[after..end];
            if contains_ignoring_case(&bytes[from..after], b"ld+json") {
                self.json_ld.push(text);
            } else if !text.trim().is_empty() {
                self.scripts.push(text);
            }
        }
        end_of(bytes, end)
    }
}

/// Returns the byte after the next `>`.
fn end_of(bytes: &[u8], from: usize) -> usize {
    memchr(b'>', &bytes[from..]).map_or(bytes.len(), |end| from + end + 1)
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the body that is built of markup.
    fn body(html: &str) -> String {
        let tree = guard(html).expect("accepted").tree.html();
        let (_, after) = tree.split_once("<body>").expect("a body");
        after.strip_suffix("</body></html>").expect("its end").to_string()
    }

    #[test]
    fn honest_markup_stays_as_it_is() {
        for html in [
            r#"<div class="a &gt; b"><p>Một &amp; hai<br>1 &lt; 2</p><p>ba</p></div>"#,
            "<p>một <b>hai</b> <i>ba</i></p> bốn <span>năm</span> <span>sáu</span>",
            "<pre>  một\n\n  hai </pre> <p>ba</p>",
            r#"<img src="a.jpg" width="60"><a>tin</a>"#,
        ] {
            assert_eq!(body(html), html);
        }
    }

    #[test]
    fn the_tree_is_the_one_that_browsers_build() {
        for html in [
            "<table>x<tr><td>1<td>2<p>3</table>4",
            "<p>a<b>b<p>c</b>d<div>e</div>",
            "<ul><li>a<li>b<ul><li>c</ul></ul>",
            "<title>a <b> &amp; c</title><P CLASS=x ID='y z' lang = vi>&aacute;&#7879;&nbsp;&ltx &copy=1\r\n.</P>",
            "<a href=x>1<a href=y>2</a><h1>3<h2>4</h2></br></p>5",
            "<select><option>a<option>b</select><textarea>\n<p>c</textarea>d",
            "<img src=a.jpg class=b / width=3/><p class=a class=b>x</p",
            "<div class='a\r\nb &amp; c'><o:p>x</o:p><x_y>z</x_y></div>",
        ] {
            let tree = Html::parse_document(&format!("<!doctype html>{html}")).html();
            assert_eq!(
                guard(html).expect("accepted").tree.html(),
                tree.replace(" href=\"x\"", "").replace(" href=\"y\"", ""),
                "{html}"
            );
        }
    }

    #[test]
    fn what_nothing_reads_and_what_nothing_shows_is_left_out() {
        let html =
            "<div onclick=\"x('>')\" title='y' class=a>\n  <p style='color: red'>một</p>\n\n  <p>hai\n</p></div>";
        assert_eq!(body(html), "<div class=\"a\"><p style=\"color: red\">một</p><p>hai\n</p></div>");
    }

    #[test]
    fn scripts_styles_and_comments_go_and_json_ld_is_kept() {
        let html = "<script>if (a</b/) '</p>'</script><style>p{}</style><!-- <p>x</p> --><script type='application/ld+json'>{}</script><p>y";
        let guarded = guard(html).expect("accepted");
        assert_eq!(body(html), "<p>y</p>");
        assert_eq!((guarded.json_ld.as_slice(), guarded.scripts.len()), (&["{}"][..], 1));
    }

    #[test]
    fn depth_is_capped_and_the_text_stays() {
        let html = format!("{}Nội dung{}<p>sau</p>", "<div>".repeat(100_000), "</div>".repeat(100_000));
        assert_eq!(body(&html).matches("<div>").count(), DEEPEST);
        assert!(body(&html).contains("Nội dung") && body(&html).ends_with("<p>sau</p>"));
        assert_eq!(guard(&html).expect("accepted").warnings.len(), 1);
    }

    #[test]
    fn unclosed_paragraphs_are_not_depth() {
        assert!(body(&"<p>một <li>hai".repeat(1000)).matches("<p>").count() >= DEEPEST / 2);
        assert_eq!(body(&"<p>một".repeat(1000)), "<p>một</p>".repeat(1000));
    }

    #[test]
    fn formatting_left_open_is_capped() {
        let html: String = (0..10_000).map(|n| format!("<p><b class={n}>chữ</b></p><p><i class={n}>chữ</p>")).collect();
        let open = body(&html).split("<p>").last().map(|last| last.matches("<i").count());
        assert_eq!(open, Some(MOST_OPEN_FORMATTING));
    }

    #[test]
    fn floods_are_cut_or_refused() {
        let attributes: String = (0..50_000).map(|n| format!(" a{n}=1")).collect();
        assert_eq!(body(&format!("<p{attributes}>x</p>")), "<p>x</p>");
        assert!(guard(&"<a href=x>y</a>".repeat(200_000)).is_err());
        assert!(guard(&"&#225;".repeat(MOST_REFERENCES + 1)).is_err());
        assert_eq!(
            body(&format!("<img id=x src=\"data:{}\" lang='y'>", "A".repeat(100_000))),
            "<img id=\"x\" lang=\"y\">"
        );
        assert_eq!(body(&"<title>x".repeat(100_000)).matches('x').count(), 100_000);
    }

    #[test]
    fn broken_markup_loses_no_text() {
        assert_eq!(body("a < b <3 </ c > d"), "a &lt; b &lt;3  d");
        assert_eq!(body("<iframe src=x>tiếp theo"), "tiếp theo");
        let tree = guard("</html><head><title>x</title>").expect("accepted").tree.html();
        assert!(tree.contains("<head><title>x</title></head>"), "{tree}");
    }
}
