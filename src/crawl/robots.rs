//! robots.txt by RFC 9309: absent means allow, unreachable means deny, and every decision has its reason.
//!
//! Invariant: the answers are judged here and nowhere else; [`Robots::rule`] is asked before each request.

use super::fetch::{Answer, Failure};
use robotxt::BYTE_LIMIT;
use std::time::Duration;
use url::{Position, Url};

/// Name of the program in robots.txt files.
pub const TOKEN: &str = "baotinh";
/// Longest delay that a robots.txt may ask for.
const LONGEST_DELAY: Duration = Duration::from_secs(120);

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
            200..=299 => match answer.decoded() {
                Ok(body) if is_html(&body) => ruling(Access::Absent, "html".to_string()),
                Ok(body) => Ruling { access: Access::Parsed, reason: answer.status.to_string(), text: text(&body) },
                Err(error) => ruling(Access::Unreachable, error.to_string()),
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

/// Decodes a robots.txt: UTF-8 unless a mark says UTF-16; what passes the limit goes, to the last whole line.
fn text(body: &[u8]) -> String {
    let cut = |bytes: &[u8]| bytes[..bytes.len().min(BYTE_LIMIT)].to_vec();
    let mut bytes = cut(body);
    if let Some((encoding, length)) = encoding_rs::Encoding::for_bom(body) {
        bytes = cut(encoding.decode_without_bom_handling(&body[length..]).0.as_bytes());
    }
    if body.len() > BYTE_LIMIT {
        let end = bytes.iter().rposition(|&byte| byte == b'\n' || byte == b'\r').map_or(0, |at| at + 1);
        bytes.truncate(end);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn is_html(body: &[u8]) -> bool {
    crate::corpus::warc::is_html(None, body)
}

/// Decides about the paths of one host.
#[derive(Debug, Clone)]
pub struct Robots {
    rules: robotxt::Robots,
    all: Option<String>,
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
        Robots { rules, all }
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

    /// Returns the delay that the file asks for, at most two minutes.
    pub fn delay(&self) -> Duration {
        self.rules.crawl_delay().unwrap_or_default().min(LONGEST_DELAY)
    }

    /// Returns the sitemaps that the file names.
    pub fn sitemaps(&self) -> &[Url] {
        self.rules.sitemaps()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &[u8]) -> Robots {
        Robots::of(&Ruling { access: Access::Parsed, reason: "200".to_string(), text: super::text(text) })
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
        assert_eq!((robots.delay(), robots.sitemaps().len()), (LONGEST_DELAY, 1));
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
