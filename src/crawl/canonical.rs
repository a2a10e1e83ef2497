//! One article, one address: what of a URL is asked, what of it is the identity, and how an index of WARCs sorts it.
//!
//! Nothing is cut that may matter: queries and trailing slashes stay, only what is known to be noise goes.

use crate::site::sites;
use url::Url;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

/// Longest URL that is asked, in bytes.
const LONGEST: usize = 1024;
/// Longest name of a folder, in bytes; file systems take 255, and the names of files in it begin with it.
const LONGEST_FOLDER: usize = 100;
/// Shortest value of a parameter called `s` or `session` that is a session's.
const SESSION_VALUE: usize = 16;

/// Parameters that say where a reader came from or which session it has, never which page it is; sorted.
const NOISE: &[&str] = &[
    "_ga", "cfid", "cftoken", "dclid", "fbclid", "gbraid", "gclid", "igshid", "mc_cid", "mc_eid", "msclkid", "oscsid",
    "sid", "twclid", "wbraid", "yclid", "zarsrc", "zenid",
];
/// Names that Windows keeps for devices, as files and as folders; sorted.
const DEVICES: &[&str] = &["aux", "con", "nul", "prn"];

/// Makes an address ready to be asked, in the one form of it; `None` when it is not HTTP or too long.
///
/// No fragment, no credentials, no session and no noise; percent-encoding only where it must be, in capitals; no dot at
/// the end of the host.
pub fn clean(url: Url) -> Option<Url> {
    let mut url = plain(url)?;
    let path = url.path();
    if path.contains(';') || path.contains("(") || path.contains('=') || path.contains("%3") {
        url.set_path(&without_sessions(path));
    }
    if let Some(query) = url.query().map(str::to_string) {
        let kept: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty() && !is_noise(pair)).collect();
        url.set_query((!kept.is_empty()).then(|| kept.join("&")).as_deref());
    }
    Some(url)
}

/// Does the same but keeps a session: for a server that leads to no page without one.
pub fn plain(mut url: Url) -> Option<Url> {
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    if url.host_str()?.ends_with('.') {
        let host = url.host_str()?.trim_end_matches('.').to_string();
        url.set_host(Some(&host)).ok()?;
    }
    if url.host_str().is_none_or(str::is_empty) {
        return None;
    }
    url.set_fragment(None);
    url.set_username("").ok()?;
    url.set_password(None).ok()?;
    if url.path().contains('%') {
        url.set_path(&encoded_once(url.path()));
    }
    if let Some(query) = url.query().filter(|query| query.contains('%')).map(encoded_once) {
        url.set_query(Some(&query));
    }
    (url.as_str().len() <= LONGEST).then_some(url)
}

/// Writes percent-encoding in its one form (RFC 3986, 6.2.2): letters, digits and `-._~` plain, the rest in capitals.
fn encoded_once(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        let digits = rest.get(at + 1..at + 3).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let Some(byte) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) else {
            out.push('%');
            rest = &rest[at + 1..];
            continue;
        };
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
        rest = &rest[at + 3..];
    }
    out + rest
}

/// Takes sessions out of a path: `;jsessionid=…`, ASP.NET's `/(S(…))/`, `/PHPSESSID=…/`.
fn without_sessions(path: &str) -> String {
    let segments = path.split('/').filter(|segment| !is_session_segment(segment));
    let segments: Vec<String> = segments.map(without_session_parameters).collect();
    let path = segments.join("/");
    if path.starts_with('/') { path } else { format!("/{path}") }
}

fn is_session_segment(segment: &str) -> bool {
    let group = |text: &str| text.split_once('(').is_some_and(|(name, rest)| name.len() == 1 && rest.len() >= 10);
    let inner = segment.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let is_asp = inner.is_some_and(|inner| inner.ends_with(')') && inner.split(')').any(group));
    let is_pair = !segment.contains(';') && !segment.contains("%3B");
    is_asp || (is_pair && segment.split_once('=').is_some_and(|(name, value)| is_session(name, value)))
}

fn without_session_parameters(segment: &str) -> String {
    let segment = if segment.contains("%3B") { segment.replace("%3B", ";") } else { segment.to_string() };
    let mut parts = segment.split(';');
    let first = parts.next().unwrap_or_default().to_string();
    let kept = parts.filter(|part| {
        let (name, value) = part.split_once('=').or(part.split_once("%3D")).unwrap_or((part, ""));
        !is_session(name, value) && !name.to_ascii_lowercase().contains("sessionid")
    });
    kept.fold(first, |segment, part| format!("{segment};{part}"))
}

/// Says whether a parameter names a session by its name, or by its name and a value that nobody writes.
fn is_session(name: &str, value: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let by_name = ["sessionid", "sessid", "session_id", "session-id"].iter().any(|end| name.ends_with(end))
        || name.starts_with("aspsession")
        || matches!(name.as_str(), "sid" | "oscsid" | "zenid" | "cftoken");
    let random = value.len() >= SESSION_VALUE
        && value.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && value.bytes().any(|byte| byte.is_ascii_digit());
    by_name || (random && matches!(name.as_str(), "s" | "sess" | "session"))
}

fn is_noise(pair: &str) -> bool {
    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
    let lower = name.to_ascii_lowercase();
    lower.starts_with("utm_") || NOISE.binary_search(&lower.as_str()).is_ok() || is_session(name, value)
}

/// Returns the name of a folder for a host: no path, no device, no more than any file system takes.
pub fn folder(host: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-') { c } else { '-' };
    let name: String = host.to_ascii_lowercase().chars().map(safe).collect();
    let name = name.trim_matches('.');
    let stem = name.split('.').next().unwrap_or("");
    let numbered = |kind: &str| stem.strip_prefix(kind).is_some_and(|rest| rest.len() == 1);
    let is_device = DEVICES.binary_search(&stem).is_ok() || numbered("com") || numbered("lpt");
    if name.len() > LONGEST_FOLDER {
        return format!("{}-{:016x}", &name[..LONGEST_FOLDER - 17], xxh3_64(host.as_bytes()));
    }
    if name.is_empty() || is_device { format!("host-{name}") } else { name.to_string() }
}

/// Returns what a cleaned URL is known by: a hash of newspaper and article number, else of the address without scheme and `www.`.
pub fn key(url: &Url) -> [u8; 16] {
    let host = url.host_str().unwrap_or("");
    let numbered = sites().by_host(host).and_then(|site| Some((site, sites().article_number(site, url)?)));
    let name = match numbered {
        Some((site, number)) => format!("{}:{number}", site.id),
        None => {
            let port = url.port().map_or(String::new(), |port| format!(":{port}"));
            // Browsers leave these plain, other programs encode them.
            let path = url[url::Position::BeforePath..].replace('[', "%5B").replace(']', "%5D").replace('|', "%7C");
            format!("{}{port}{path}", host.strip_prefix("www.").unwrap_or(host))
        }
    };
    xxh3_128(name.as_bytes()).to_be_bytes()
}

/// Returns the host of a URL as scopes compare it: without `www.`, with a port that is not the scheme's.
pub fn host(url: &Url) -> String {
    let host = url.host_str().unwrap_or("");
    let port = url.port().map_or(String::new(), |port| format!(":{port}"));
    format!("{}{port}", host.strip_prefix("www.").unwrap_or(host))
}

/// Writes a URL so that pages of one domain sort together: `vn,bao)/kinh-te?a=1` (SURT, as pywb wants it).
pub fn sort_friendly(url: &Url) -> String {
    let host = url.host_str().unwrap_or("").trim_start_matches("www.");
    let labels: Vec<&str> = match url.host() {
        // pywb's own keys turn the parts of an IPv4 address round as well.
        Some(url::Host::Domain(_) | url::Host::Ipv4(_)) => host.rsplit('.').collect(),
        _ => vec![host],
    };
    let path = url.path().strip_suffix('/').filter(|path| !path.is_empty()).unwrap_or(url.path());
    let port = url.port().map_or(String::new(), |port| format!(":{port}"));
    let mut query: Vec<&str> = url.query().map_or(Vec::new(), |query| query.split('&').collect());
    query.sort_unstable();
    let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
    format!("{}{port}){path}{query}", labels.join(",")).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(url: &str) -> Option<Url> {
        clean(Url::parse(url).expect("a URL"))
    }

    #[test]
    fn the_tables_are_sorted() {
        assert!(NOISE.is_sorted() && DEVICES.is_sorted());
    }

    #[test]
    fn sessions_go_from_paths_and_queries_and_what_looks_like_one_stays() {
        for (url, kept) in [
            ("https://bao.example/tin/1;jsessionid=0A1B.nut1", "https://bao.example/tin/1"),
            ("https://bao.example/tin;JSESSIONID_X_SESSIONID=1/bai.html;v=2", "https://bao.example/tin/bai.html;v=2"),
            ("https://bao.example/tin%3bjsessionid%3D0A1B?id=1", "https://bao.example/tin?id=1"),
            ("https://bao.example/(S(lit3py55t21z5v55vlm25s55))/bai.aspx", "https://bao.example/bai.aspx"),
            ("https://bao.example/(X(1)F(abcdefghij)S(lit3py55t21z5v55))/", "https://bao.example/"),
            ("https://bao.example/PHPSESSID=9f86d081884c7d65/bai", "https://bao.example/bai"),
            ("https://bao.example/?ASPSESSIONIDQQ=A&id=2&s=9f86d081884c7d659", "https://bao.example/?id=2"),
            ("https://bao.example/?s=nghị", "https://bao.example/?s=ngh%E1%BB%8B"),
            ("https://bao.example/bai-(ky-2).html", "https://bao.example/bai-(ky-2).html"),
            ("https://bao.example/tin;muc=2?session=3", "https://bao.example/tin;muc=2?session=3"),
        ] {
            assert_eq!(cleaned(url).as_ref().map(Url::as_str), Some(kept), "{url}");
        }
    }

    #[test]
    fn one_address_has_one_spelling() {
        for url in [
            "https://bao.example/x%C3%A3-m%E1%BB%9Bi/~a?t=%E1%BB%9B",
            "https://bao.example/xã-mới/~a?t=ớ",
            "https://BAO.example./x%c3%a3-m%e1%bb%9bi/%7Ea?t=%e1%bb%9b",
            "https://bao.example:443/b/../x%c3%A3%2dmới/%7ea?t=%E1%bb%9b#dau",
        ] {
            assert_eq!(cleaned(url), cleaned("https://bao.example/xã-mới/~a?t=ớ"), "{url}");
        }
        assert_eq!(cleaned("https://bao.example/100%").map(String::from).as_deref(), Some("https://bao.example/100%"));
        assert_eq!(
            cleaned("https://bao.example/a%2Fb").map(String::from).as_deref(),
            Some("https://bao.example/a%2Fb")
        );
        let of = |url: &str| key(&cleaned(url).expect("clean"));
        assert_eq!(of("https://bao.example/?a[]=1|2"), of("https://bao.example/?a%5b%5D=1%7c2"));
    }

    #[test]
    fn every_host_has_a_safe_folder() {
        for (host, name) in [
            ("bao.example", "bao.example"),
            ("127.0.0.1:8080", "127.0.0.1-8080"),
            ("[::1]:80", "---1--80"),
            ("..", "host-"),
            ("...bao", "bao"),
            ("con", "host-con"),
            ("NUL.vn", "host-nul.vn"),
            ("lpt1.vn", "host-lpt1.vn"),
            ("a/../../b", "a-..-..-b"),
        ] {
            assert_eq!(folder(host), name, "{host}");
        }
        let (one, other) = (folder(&"a.".repeat(120)), folder(&"a.".repeat(123)));
        assert!(one.len() <= LONGEST_FOLDER && one != other, "{one} {other}");
    }

    #[test]
    fn noise_goes_and_the_rest_stays() {
        for (url, kept) in [
            ("https://bao.example/a?utm_source=x&id=3&fbclid=y#binh-luan", Some("https://bao.example/a?id=3")),
            ("https://bao.example/a/?fbclid=y", Some("https://bao.example/a/")),
            ("https://u:p@bao.example/p2", Some("https://bao.example/p2")),
            ("mailto:toasoan@bao.example", None),
            ("ftp://bao.example/", None),
        ] {
            assert_eq!(cleaned(url).as_ref().map(Url::as_str), kept, "{url}");
        }
        assert_eq!(cleaned(&format!("https://bao.example/{}", "a".repeat(LONGEST))), None);
    }

    #[test]
    fn one_article_has_one_key() {
        let of = |url: &str| key(&cleaned(url).expect("clean"));
        assert_eq!(of("https://www.bao.example/a?fbclid=1"), of("http://bao.example/a"));
        assert_ne!(of("https://bao.example/a/"), of("https://bao.example/a"));
        assert_ne!(of("https://bao.example:8080/a"), of("https://bao.example/a"));
        assert_eq!(
            of("https://baoquangninh.vn/ten-cu-3210121.html"),
            of("http://www.baoquangninh.vn/ten-moi-3210121.html?a=1")
        );
    }

    #[test]
    fn an_index_sorts_by_domain() {
        for (url, written) in [
            ("https://www.bao.example/Kinh-te?b=2&a=1", "example,bao)/kinh-te?a=1&b=2"),
            ("http://127.0.0.1:8080/", "1,0,0,127:8080)/"),
            ("https://bao.example/kinh-te/", "example,bao)/kinh-te"),
        ] {
            assert_eq!(sort_friendly(&Url::parse(url).expect("a URL")), written);
        }
    }
}
