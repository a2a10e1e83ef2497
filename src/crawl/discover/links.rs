//! Links of a page, read by the HTML tokenizer alone: no tree is built, so no nesting is too deep.

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::{RawKind, Rawtext, Rcdata, ScriptData};
use html5ever::tokenizer::{
    BufferQueue, CharacterTokens, StartTag, Tag, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use regex::Regex;
use std::cell::RefCell;
use std::sync::LazyLock;
use url::Url;

/// Most links that are taken of one page.
const MOST: usize = 2048;
/// Links up to which a page may be a shell that only leads on by a script.
const SHELL: usize = 5;
/// Bytes of scripts that are looked at.
const SCRIPT: usize = 16 << 10;

/// A script that leads to another page: `location = "…"`, `location.href='…'`, `location.replace("…")`; and what follows.
static LOCATION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let target = r#"["']([^"'<>\\]+)["']\s*(.)?"#;
    Regex::new(&format!(r"(?s)\blocation(?:\.href)?\s*=\s*{target}|\blocation\.(?:replace|assign)\s*\(\s*{target}"))
        .ok()
});

/// Holds what a page says about other addresses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Links {
    /// Pages it links to, in the order of the page, each once.
    pub pages: Vec<Url>,
    /// Pages that it shows in its place or leads on to by itself: frames, a refresh, a script of an empty page.
    pub onward: Vec<Url>,
    /// Feeds it announces.
    pub feeds: Vec<Url>,
    /// The address it calls canonical.
    pub canonical: Option<Url>,
    /// Links that passed the limit.
    pub more: usize,
}

/// Reads the links of a page; a page that asks robots not to follow has none.
pub fn read(html: &str, base: &Url) -> Links {
    let sink = Sink(RefCell::new(Seen::default()));
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from(html));
    // Scripts are passed over as raw text and never run, so the tokenizer does not stop before the end.
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    tokenizer.sink.0.into_inner().resolved(base)
}

#[derive(Default)]
struct Seen {
    base: Option<String>,
    hrefs: Vec<String>,
    onward: Vec<String>,
    inner: Vec<String>,
    in_script: bool,
    script: String,
    feeds: Vec<String>,
    canonical: Option<String>,
    nofollow: bool,
    more: usize,
}

struct Sink(RefCell<Seen>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let tag = match token {
            TagToken(tag) => tag,
            CharacterTokens(text) => {
                self.0.borrow_mut().text(&text);
                return TokenSinkResult::Continue;
            }
            _ => return TokenSinkResult::Continue,
        };
        self.0.borrow_mut().in_script = tag.kind == StartTag && &*tag.name == "script";
        if tag.kind != StartTag {
            return TokenSinkResult::Continue;
        }
        self.0.borrow_mut().tag(&tag);
        let raw: RawKind = match &*tag.name {
            "script" => ScriptData,
            "style" | "iframe" | "noembed" | "noframes" | "xmp" => Rawtext,
            "title" | "textarea" => Rcdata,
            _ => return TokenSinkResult::Continue,
        };
        TokenSinkResult::RawData(raw)
    }
}

impl Seen {
    fn text(&mut self, text: &str) {
        if self.in_script && self.script.len() + text.len() <= SCRIPT {
            self.script.push_str(text);
            self.script.push('\n');
        }
    }

    fn tag(&mut self, tag: &Tag) {
        let attribute = |name: &str| {
            tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
        };
        match &*tag.name {
            "base" if self.base.is_none() => self.base = attribute("href").map(str::to_string),
            "a" | "area" => match attribute("href") {
                Some(_) if self.hrefs.len() >= MOST => self.more += 1,
                Some(href) if !href.trim_start().starts_with(['#', '{']) => self.hrefs.push(href.to_string()),
                _ => {}
            },
            "link" => {
                let (Some(rel), Some(href)) = (attribute("rel"), attribute("href")) else { return };
                let is = |name: &str| rel.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case(name));
                let kind = attribute("type").unwrap_or("").to_ascii_lowercase();
                if is("canonical") {
                    self.canonical = Some(href.to_string());
                } else if is("alternate") && (kind.contains("rss") || kind.contains("atom")) {
                    self.feeds.push(href.to_string());
                } else if is("next") {
                    self.hrefs.push(href.to_string());
                }
            }
            "frame" => self.onward.extend(attribute("src").map(str::to_string)),
            "iframe" => self.inner.extend(attribute("src").map(str::to_string)),
            "body" => {
                if let Some(script) = attribute("onload") {
                    self.in_script = true;
                    self.text(script);
                    self.in_script = false;
                }
            }
            "meta" if attribute("http-equiv").is_some_and(|name| name.trim().eq_ignore_ascii_case("refresh")) => {
                self.onward.extend(attribute("content").and_then(refresh).map(str::to_string));
            }
            "meta"
                if attribute("name").is_some_and(|name| {
                    ["robots", super::super::robots::TOKEN].iter().any(|known| name.eq_ignore_ascii_case(known))
                }) =>
            {
                let content = attribute("content").unwrap_or("").to_ascii_lowercase();
                self.nofollow |= content.split(',').any(|word| matches!(word.trim(), "nofollow" | "none"));
            }
            _ => {}
        }
    }

    fn resolved(self, page: &Url) -> Links {
        let base = self.base.and_then(|base| page.join(base.trim()).ok()).unwrap_or_else(|| page.clone());
        let resolve =
            |href: &String| base.join(href.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
        let canonical = self.canonical.as_ref().and_then(resolve);
        let mut onward: Vec<Url> = self.onward.iter().filter_map(resolve).collect();
        if self.hrefs.len() <= SHELL {
            onward.extend(scripted(&self.script).iter().filter_map(resolve));
            onward.extend(self.inner.iter().filter_map(resolve));
        }
        if self.nofollow {
            return Links { canonical, onward, ..Links::default() };
        }
        let mut seen = std::collections::HashSet::new();
        let mut pages: Vec<Url> = self.hrefs.iter().filter_map(resolve).collect();
        for url in &mut pages {
            url.set_fragment(None);
        }
        pages.retain(|url| seen.insert(url.clone()));
        Links { pages, onward, feeds: self.feeds.iter().filter_map(resolve).collect(), canonical, more: self.more }
    }
}

/// Returns the address of a refresh as browsers read it: `0; URL='/trang-chu'`, `5,url=/a`, `0;/b`.
pub fn refresh(content: &str) -> Option<&str> {
    let rest = content.trim_start().trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let rest = rest.trim_start().strip_prefix([';', ','])?.trim_start();
    let named = rest.get(..3).is_some_and(|name| name.eq_ignore_ascii_case("url"));
    let value = if named { rest[3..].trim_start().strip_prefix('=').map_or(rest, str::trim_start) } else { rest };
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    let value = quote.map_or(value, |quote| value[1..].split(quote).next().unwrap_or(""));
    Some(value.trim()).filter(|value| !value.is_empty())
}

/// Returns the addresses that scripts lead to; what a script puts together is none.
fn scripted(script: &str) -> Vec<String> {
    let Some(location) = LOCATION.as_ref() else { return Vec::new() };
    let found = location.captures_iter(script).filter_map(|found| {
        let (target, after) =
            found.get(1).map(|target| (target, found.get(2))).or(found.get(3).map(|it| (it, found.get(4))))?;
        let is_whole = after.is_none_or(|after| after.as_str() != "+");
        is_whole.then(|| target.as_str().trim().to_string())
    });
    found.filter(|target| !target.is_empty() && !target.starts_with('#')).take(SHELL).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(html: &str) -> Links {
        read(html, &Url::parse("https://bao.example/kinh-te/").expect("a URL"))
    }

    fn pages(html: &str) -> Vec<String> {
        of(html).pages.iter().map(Url::to_string).collect()
    }

    #[test]
    fn links_are_resolved_and_each_stands_once() {
        let html = "<title><a href=/khong></title><a href=' bai-1.html#a'>x</a><a href=bai-1.html#b><a href='//bao.example/b?x=1&amp;y=2'>\
            <a href='mailto:a@b.example'><a href='javascript:void(0)'><a href='#tren'><script>'<a href=/trong-ma>'</script><a href=/sau>";
        assert_eq!(
            pages(html),
            ["https://bao.example/kinh-te/bai-1.html", "https://bao.example/b?x=1&y=2", "https://bao.example/sau"]
        );
    }

    #[test]
    fn base_canonical_and_feeds_are_read() {
        let links = of(
            "<base href=/goc/><link rel=canonical href=/mot><link rel='alternate' type='application/rss+xml' href=a.rss><a href=b>",
        );
        assert_eq!(links.pages[0].as_str(), "https://bao.example/goc/b");
        assert_eq!(links.feeds[0].as_str(), "https://bao.example/goc/a.rss");
        assert_eq!(links.canonical.map(String::from).as_deref(), Some("https://bao.example/mot"));
    }

    #[test]
    fn shells_lead_on_by_refresh_frame_and_script() {
        for html in [
            "<META HTTP-EQUIV=REFRESH CONTENT='0; URL=/trang-chu'>",
            "<meta http-equiv='refresh' content=\"0;url='/trang-chu'\"><meta name=robots content=nofollow>",
            "<meta http-equiv=Refresh content='1,/trang-chu'>",
            "<frameset><frame src=/trang-chu></frameset><noframes><a href=/khong>",
            "<script>window.location = \"/trang-chu\";</script>",
            "<script language=javascript><!--\nwindow.top.location.href='/trang-chu'\n//--></script>",
            "<script>setTimeout(function () { location.replace( '/trang-chu' ) }, 0)</script><a href=/khong>",
            "<body onload=\"document.location='/trang-chu'\">",
            "<iframe src=/trang-chu>",
        ] {
            let onward: Vec<String> = of(html).onward.iter().map(|url| url.path().to_string()).collect();
            assert_eq!(onward, ["/trang-chu"], "{html}");
        }
        let links: String = (0..20).map(|number| format!("<a href=/{number}>")).collect();
        for html in [
            format!("<script>location.href = '/tim?q=a'</script>{links}<iframe src=/quang-cao>"),
            "<script>location.href = '/tim?q=' + q; x = 'location'; lastlocation = '/b'</script>".to_string(),
            "<meta http-equiv=refresh content=300><meta http-equiv=refresh content='5; url='>".to_string(),
        ] {
            assert!(of(&html).onward.is_empty(), "{html}");
        }
    }

    #[test]
    fn a_page_that_asks_so_is_not_followed() {
        assert!(pages("<meta name=ROBOTS content='noindex, nofollow'><a href=/a>").is_empty());
        assert!(pages("<meta name=robots content='noindex'><a href=/a>").len() == 1);
    }

    #[test]
    fn hostile_nesting_and_numbers_of_links_are_survived() {
        assert_eq!(pages(&format!("{}<a href=/a>", "<div>".repeat(100_000))).len(), 1);
        let many: String = (0..MOST + 10).map(|number| format!("<a href=/{number}>")).collect();
        assert_eq!((pages(&many).len(), of(&many).more), (MOST, 10));
    }
}
