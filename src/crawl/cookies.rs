//! Cookies, kept in memory for the length of a crawl: some servers lead nowhere without theirs (RFC 6265).
//!
//! Invariant: a cookie goes only to the host that set it and, where it says so, to hosts below; their number is bounded.

use std::collections::HashMap;
use std::sync::Mutex;
use url::Url;

/// Most cookies of one host, longest cookie and longest header, in bytes.
const MOST: usize = 50;
const LONGEST: usize = 4096;
const LONGEST_HEADER: usize = 8192;
/// Most hosts that have any.
const MOST_HOSTS: usize = 10_000;

/// Keeps the cookies of all hosts.
#[derive(Debug, Default)]
pub struct Jar(Mutex<HashMap<String, Vec<Cookie>>>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Cookie {
    name: String,
    value: String,
    path: String,
    secure: bool,
    /// Hosts below the one that it is kept under get it too.
    below: bool,
}

impl Jar {
    /// Takes the cookies of an answer; answers whether any is new or has another value.
    pub fn learn<'a>(&self, url: &Url, headers: impl Iterator<Item = &'a [u8]>) -> bool {
        let Some(host) = url.host_str() else { return false };
        let Ok(mut jar) = self.0.lock() else { return false };
        let mut news = false;
        for header in headers.take(MOST) {
            let Some((domain, cookie, gone)) = read(&String::from_utf8_lossy(header), url, host) else { continue };
            if jar.len() >= MOST_HOSTS && !jar.contains_key(&domain) {
                continue;
            }
            let own = jar.entry(domain).or_default();
            let at = own.iter().position(|known| known.name == cookie.name && known.path == cookie.path);
            let before = at.map(|at| own.remove(at));
            if !gone {
                news |= before.is_none_or(|before| before.value != cookie.value);
                own.push(cookie);
            }
            if own.len() > MOST {
                own.remove(0);
            }
        }
        news
    }

    /// Returns the `Cookie` header for an address.
    pub fn header(&self, url: &Url) -> Option<String> {
        let host = url.host_str()?;
        let jar = self.0.lock().ok()?;
        if jar.is_empty() {
            return None;
        }
        let parents = host.match_indices('.').map(|(at, _)| &host[at + 1..]).filter(|_| url.domain().is_some());
        let mut header = String::new();
        for domain in std::iter::once(host).chain(parents) {
            for cookie in jar.get(domain).into_iter().flatten() {
                let goes = (domain == host || cookie.below)
                    && (!cookie.secure || url.scheme() == "https")
                    && is_below(url.path(), &cookie.path)
                    && header.len() + cookie.name.len() + cookie.value.len() < LONGEST_HEADER;
                if goes {
                    let mark = if header.is_empty() { "" } else { "; " };
                    header.push_str(&format!("{mark}{}={}", cookie.name, cookie.value));
                }
            }
        }
        (!header.is_empty()).then_some(header)
    }
}

/// Reads a `Set-Cookie` header: the host it is kept under, the cookie, and whether it takes an earlier one away.
fn read(header: &str, url: &Url, host: &str) -> Option<(String, Cookie, bool)> {
    let mut parts = header.split(';');
    let (name, value) = parts.next()?.split_once('=')?;
    let (name, value) = (name.trim(), value.trim());
    let is_plain = |text: &str| text.bytes().all(|byte| byte > 0x1f && byte != 0x7f);
    if name.is_empty() || header.len() > LONGEST || !is_plain(name) || !is_plain(value) {
        return None;
    }
    let folder = url.path().rsplit_once('/').map_or("", |(folder, _)| folder);
    let path = if folder.is_empty() { "/" } else { folder };
    let (name, value, path) = (name.to_string(), value.to_string(), path.to_string());
    let mut cookie = Cookie { name, value, path, secure: false, below: false };
    let (mut domain, mut gone) = (host.to_string(), false);
    for part in parts {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "path" if value.starts_with('/') => cookie.path = value.to_string(),
            "secure" => cookie.secure = true,
            "max-age" => gone |= value.parse::<i64>().is_ok_and(|seconds| seconds <= 0),
            "domain" => {
                let wanted = value.trim_start_matches('.').to_ascii_lowercase();
                let is_parent = host.strip_suffix(&wanted).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
                // A domain of one label is a country's or a company's, and no newspaper's.
                if url.domain().is_none() || !is_parent || !wanted.contains('.') {
                    continue;
                }
                (domain, cookie.below) = (wanted, true);
            }
            _ => {}
        }
    }
    Some((domain, cookie, gone))
}

/// Says whether a path is a cookie's or below it.
fn is_below(path: &str, of: &str) -> bool {
    path.strip_prefix(of).is_some_and(|rest| rest.is_empty() || of.ends_with('/') || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).expect("a URL")
    }

    fn learn(jar: &Jar, from: &str, header: &str) -> bool {
        jar.learn(&url(from), std::iter::once(header.as_bytes()))
    }

    #[test]
    fn a_cookie_goes_where_it_belongs_and_nowhere_else() {
        let jar = Jar::default();
        assert!(learn(&jar, "https://www.bao.example/tin/1", "phien=1; path=/; HttpOnly"));
        assert!(learn(&jar, "https://www.bao.example/tin/1", "muc=2; Secure"));
        assert!(learn(&jar, "https://www.bao.example/", "chung=3; Domain=.bao.example; Path=/"));
        assert!(learn(&jar, "https://www.bao.example/", "la=4; Domain=khac.example; Path=/"));
        for (to, header) in [
            ("https://www.bao.example/", Some("phien=1; la=4; chung=3")),
            ("https://www.bao.example/tin/2", Some("phien=1; muc=2; la=4; chung=3")),
            ("http://www.bao.example/tin/2", Some("phien=1; la=4; chung=3")),
            ("https://www.bao.example/tintuc", Some("phien=1; la=4; chung=3")),
            ("https://media.bao.example/", Some("chung=3")),
            ("https://bao.example.khac/", None),
            ("https://khac.example/", None),
        ] {
            assert_eq!(jar.header(&url(to)).as_deref(), header, "{to}");
        }
    }

    #[test]
    fn only_a_new_value_is_news_and_a_cookie_can_be_taken_away() {
        let (jar, home) = (Jar::default(), "http://127.0.0.1:8080/");
        assert!(learn(&jar, home, "a=1") && !learn(&jar, home, "a=1") && learn(&jar, home, "a=2"));
        assert!(!learn(&jar, home, "a=2; Max-Age=0"));
        assert_eq!(jar.header(&url(home)), None);
        assert!(!learn(&jar, home, "=x") && !learn(&jar, home, "tin") && !learn(&jar, home, "a=b\u{7f}c"));
    }

    #[test]
    fn cookies_are_bounded() {
        let jar = Jar::default();
        for number in 0..500 {
            learn(&jar, "http://bao.example/", &format!("c{number}={}", "x".repeat(1000)));
        }
        assert!(jar.header(&url("http://bao.example/")).is_some_and(|header| header.len() <= LONGEST_HEADER));
        assert!(!learn(&jar, "http://bao.example/", &format!("lon={}", "x".repeat(LONGEST))));
    }
}
