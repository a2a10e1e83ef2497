//! robots.txt by RFC 9309: absent means allow, unreachable means deny, and every decision has its reason.
//!
//! Invariant: the answers are judged here and nowhere else; [`Robots::rule`] is asked before each request.

use super::fetch::{Answer, Failure};
use crate::corpus::warc::{coding, is_html};
use robotxt::BYTE_LIMIT;
use std::time::Duration;
use url::{Position, Url};

/// Name of the program in robots.txt files.
pub const TOKEN: &str = "baotinh";
/// Longest delay that a robots.txt may ask for.
const LONGEST_DELAY: Duration = Duration::from_secs(120);
/// A file of which more than this part are control characters is no text.
const CONTROLS: usize = 50;
/// Most sitemaps that one file may name.
const MOST_SITEMAPS: usize = 1000;

/// Says what an answer for /robots.txt means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Its rules hold.
    Parsed,
    /// There is none: all is allowed.
    Absent,
    /// All is denied.
    Denied,
    /// It cannot be had now: all is denied until it is asked again; older rules go on.
    Unreachable,
}

impl Access {
    const NAMES: [(Access, &'static str); 4] = [
        (Access::Parsed, "parsed"),
        (Access::Absent, "absent"),
        (Access::Denied, "denied"),
        (Access::Unreachable, "unreachable"),
    ];

    /// Returns the name in the crawl's state.
    pub fn name(self) -> &'static str {
        Access::NAMES.iter().find(|(access, _)| *access == self).map_or("", |&(_, name)| name)
    }

    /// Finds an access by its name.
    pub fn named(name: &str) -> Option<Access> {
        Access::NAMES.iter().find(|(_, other)| *other == name).map(|&(access, _)| access)
    }
}

/// Holds what a host's robots.txt was found to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruling {
    /// What it means.
    pub access: Access,
    /// Why: `200`, `html`, `404`, `redirects`, `503`, `timeout`, …
    pub reason: String,
    /// The file in UTF-8, at most 500 KiB to the last whole line; empty unless parsed.
    pub text: String,
}

/// Judges the last answer for a robots.txt, redirects already followed.
pub fn judge(answer: &Result<Answer, Failure>) -> Ruling {
    let ruling = |access, reason: String| Ruling { access, reason, text: String::new() };
    match answer {
        Ok(answer) => match answer.status {
            200..=299 => match answer.decoded().map_err(|error| error.to_string()).and_then(|body| text(&body)) {
                Ok(text) => of_text(text, answer),
                // A file that is there and cannot be read may deny anything.
                Err(reason) => ruling(Access::Unreachable, reason),
            },
            300..=399 => ruling(Access::Absent, "redirects".to_string()),
            401 | 403 => ruling(Access::Denied, answer.status.to_string()),
            429 => ruling(Access::Unreachable, answer.status.to_string()),
            400..=499 => ruling(Access::Absent, answer.status.to_string()),
            status => ruling(Access::Unreachable, status.to_string()),
        },
        Err(failure) => ruling(Access::Unreachable, failure.to_string()),
    }
}

/// Judges the text of a file: its rules count wherever they stand; a page without any is no robots.txt.
fn of_text(text: String, answer: &Answer) -> Ruling {
    if has_rules(&text) || !(is_html(None, text.as_bytes()) || answer.is_html(text.as_bytes())) {
        return Ruling { access: Access::Parsed, reason: answer.status.to_string(), text };
    }
    let bare = without_tags(&text);
    if has_rules(&bare) {
        return Ruling { access: Access::Parsed, reason: format!("{}, in HTML", answer.status), text: bare };
    }
    Ruling { access: Access::Absent, reason: "html".to_string(), text: String::new() }
}

/// Says whether a text has a group: a `User-agent` line with a rule or a delay after it.
fn has_rules(text: &str) -> bool {
    let named = |line: &str, names: &[&str]| {
        let line = line.trim_start();
        names.iter().any(|name| {
            line.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
                && line[name.len()..].trim_start().starts_with(':')
        })
    };
    let mut lines = text.split(['\n', '\r']);
    lines.any(|line| named(line, &["user-agent", "user agent", "useragent"]))
        && lines.any(|line| named(line, &["disallow", "allow", "crawl-delay", "crawl delay", "crawldelay"]))
}

/// Puts a line break in the place of each tag.
fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        out.push('\n');
        rest = after.split_once('>').map_or("", |(_, after)| after);
    }
    out + rest
}

/// Decodes a robots.txt: UTF-8 unless its bytes say UTF-16, with a mark or without; gzip is taken off also where no
/// header names it. What passes the limit goes, to the last whole line.
///
/// # Errors
/// Says why it is no text.
fn text(body: &[u8]) -> Result<String, String> {
    let inflated;
    let body = if body.starts_with(&[0x1f, 0x8b]) {
        inflated = match coding::gunzip(body, coding::LIMIT) {
            Ok((whole, true)) => whole,
            _ => return Err("damaged gzip".to_string()),
        };
        &inflated[..]
    } else {
        body
    };
    let cut = |bytes: &[u8]| bytes[..bytes.len().min(BYTE_LIMIT)].to_vec();
    let marked = encoding_rs::Encoding::for_bom(body).or_else(|| utf_16(body).map(|encoding| (encoding, 0)));
    let bytes = match marked {
        Some((encoding, length)) => cut(encoding.decode_without_bom_handling(&body[length..]).0.as_bytes()),
        None => cut(body),
    };
    let controls = bytes.iter().filter(|&&byte| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r' | 0xc)).count();
    if controls * CONTROLS > bytes.len() {
        return Err("no text".to_string());
    }
    let end = match body.len() > BYTE_LIMIT && bytes.len() >= BYTE_LIMIT {
        true => bytes.iter().rposition(|&byte| byte == b'\n' || byte == b'\r').map_or(0, |at| at + 1),
        false => bytes.len(),
    };
    Ok(String::from_utf8_lossy(&bytes[..end]).into_owned())
}

/// Finds UTF-16 without a mark: every other byte of ASCII is zero.
fn utf_16(body: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let sample = &body[..body.len().min(512)];
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|&&byte| byte == 0).count();
    let many = |count: usize| count * 3 > sample.len() && sample.len() > 1;
    let few = |count: usize| count * 10 < sample.len();
    match (zeros(0), zeros(1)) {
        (even, odd) if many(odd) && few(even) => Some(encoding_rs::UTF_16LE),
        (even, odd) if many(even) && few(odd) => Some(encoding_rs::UTF_16BE),
        _ => None,
    }
}

/// Decides about the paths of one host.
#[derive(Debug, Clone)]
pub struct Robots {
    rules: robotxt::Robots,
    all: Option<String>,
    sitemaps: Vec<String>,
    unreachable: bool,
}

impl Robots {
    /// Reads the rules of a ruling.
    pub fn of(ruling: &Ruling) -> Robots {
        let (rules, all) = match ruling.access {
            Access::Parsed => (robotxt::Robots::parse(ruling.text.as_bytes(), TOKEN), None),
            Access::Absent => (robotxt::Robots::allow_all(), None),
            Access::Denied | Access::Unreachable => (
                robotxt::Robots::disallow_all(),
                Some(format!("robots.txt {}: {}", ruling.access.name(), ruling.reason)),
            ),
        };
        // The parser of rules takes addresses with a host only.
        let sitemaps = ruling.text.split(['\n', '\r']).filter_map(sitemap).take(MOST_SITEMAPS).collect();
        Robots { rules, all, sitemaps, unreachable: ruling.access == Access::Unreachable }
    }

    /// Returns the rule that allows a URL, `None` when no rule is about it.
    ///
    /// # Errors
    /// The rule that denies it.
    pub fn rule(&self, url: &Url) -> Result<Option<String>, String> {
        let path = &url[Position::BeforePath..Position::AfterQuery];
        let rule = self.rules.matching_rule(path);
        if self.rules.is_allowed(path) {
            return Ok(rule.map(|rule| format!("allow: {}", rule.pattern())));
        }
        let said = || rule.map_or("disallow".to_string(), |rule| format!("disallow: {}", rule.pattern()));
        Err(self.all.clone().unwrap_or_else(said))
    }

    /// Says whether all is denied because the file was denied or could not be had.
    pub fn is_shut(&self) -> bool {
        self.all.is_some()
    }

    /// Says whether all is denied only because the file could not be had.
    pub fn is_unreachable(&self) -> bool {
        self.unreachable
    }

    /// Returns why all is denied.
    pub fn refusal(&self) -> Option<&str> {
        self.all.as_deref()
    }

    /// Returns the delay that the file asks for, at most two minutes.
    pub fn delay(&self) -> Duration {
        self.rules.crawl_delay().unwrap_or_default().min(LONGEST_DELAY)
    }

    /// Returns the sitemaps that the file of a host names; those without a host are on its own.
    pub fn sitemaps(&self, origin: &Url) -> Vec<Url> {
        self.sitemaps.iter().filter_map(|address| origin.join(address).ok()).collect()
    }
}

/// Reads a line that names a sitemap.
fn sitemap(line: &str) -> Option<String> {
    let line = line.trim_start().trim_start_matches('\u{feff}');
    let name = ["sitemap", "site-map", "site map"]
        .iter()
        .find(|name| line.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)))?;
    let value = line[name.len()..].trim_start().strip_prefix(':')?;
    let value = value.split_once(" #").map_or(value, |(value, _)| value).trim();
    (!value.is_empty()).then(|| value.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &[u8]) -> Robots {
        Robots::of(&Ruling {
            access: Access::Parsed,
            reason: "200".to_string(),
            text: super::text(text).expect("text"),
        })
    }

    fn rule(robots: &Robots, path: &str) -> Result<Option<String>, String> {
        robots.rule(&Url::parse("https://bao.example").and_then(|base| base.join(path)).expect("a URL"))
    }

    #[test]
    fn the_longest_rule_decides_and_is_named() {
        let robots = parsed(b"User-agent: *\nDisallow: /\n\nUser-agent: BaoTinh\nDisallow: /tim-kiem\nAllow: /tim-kiem/bai\nCrawl-delay: 600\nSitemap: https://bao.example/s.xml\n");
        assert_eq!(rule(&robots, "/"), Ok(None));
        assert_eq!(rule(&robots, "/tim-kiem?q=a"), Err("disallow: /tim-kiem".to_string()));
        assert_eq!(rule(&robots, "/tim-kiem/bai-1"), Ok(Some("allow: /tim-kiem/bai".to_string())));
        assert_eq!(
            (robots.delay(), robots.sitemaps(&Url::parse("https://bao.example").expect("a URL")).len()),
            (LONGEST_DELAY, 1)
        );
    }

    #[test]
    fn marks_are_passed_over_and_utf_16_is_read() {
        let plain = "User-agent: *\nDisallow: /mật\n";
        let marked: Vec<u8> = [0xff, 0xfe].into_iter().chain(plain.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        for text in [plain.as_bytes().to_vec(), format!("\u{feff}{plain}").into_bytes(), marked] {
            assert!(rule(&parsed(&text), "/mật/a").is_err());
        }
    }

    #[test]
    fn sitemaps_are_named_with_and_without_a_host() {
        let text =
            b"Sitemap: /a.xml\nsitemap:b.xml # tin\nSITEMAP : https://tinh.example/c.xml\nSitemap:\nsitemapx: /d";
        let named = parsed(text).sitemaps(&Url::parse("https://bao.example").expect("a URL"));
        let named: Vec<&str> = named.iter().map(Url::as_str).collect();
        assert_eq!(named, ["https://bao.example/a.xml", "https://bao.example/b.xml", "https://tinh.example/c.xml"]);
    }

    #[test]
    fn what_is_no_text_is_not_read_as_rules_and_utf_16_needs_no_mark() {
        let plain = "User-agent: *\nDisallow: /mật\n";
        let little: Vec<u8> = plain.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = plain.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [little, big] {
            assert!(rule(&parsed(&bytes), "/mật/a").is_err());
        }
        let noise: Vec<u8> = (0..4000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(super::text(&noise).is_err() && super::text(b"\x1f\x8b\x08 not so").is_err());
        assert_eq!(super::text(b"").as_deref(), Ok(""));
    }

    #[test]
    fn a_long_file_is_cut_at_a_whole_line() {
        let mut long = b"User-agent: *\nDisallow: /a\n".to_vec();
        long.extend(format!("# {}\n", "x".repeat(98)).repeat(BYTE_LIMIT / 100).into_bytes());
        long.truncate(BYTE_LIMIT - 14);
        long.extend(b"\nDisallow: /b/only-this\n");
        let robots = parsed(&long);
        assert!(rule(&robots, "/a").is_err());
        assert_eq!(rule(&robots, "/b"), Ok(None), "half a rule is no rule");
    }
}
