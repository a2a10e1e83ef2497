//! One article, one address: what of a URL is asked, what of it is the identity, and how an index of WARCs sorts it.
//!
//! Nothing is cut that may matter: queries and trailing slashes stay, only what is known to be noise goes.

use crate::site::sites;
use url::Url;
use xxhash_rust::xxh3::xxh3_128;

/// Longest URL that is asked, in bytes.
const LONGEST: usize = 1024;

/// Parameters that say where a reader came from, never which page it is; sorted.
const NOISE: &[&str] = &[
    "_ga",
    "dclid",
    "fbclid",
    "gbraid",
    "gclid",
    "igshid",
    "jsessionid",
    "mc_cid",
    "mc_eid",
    "msclkid",
    "phpsessid",
    "sessionid",
    "sid",
    "twclid",
    "wbraid",
    "yclid",
    "zarsrc",
];

/// Makes an address ready to be asked: no fragment, no credentials, no noise in the query; `None` when it is not HTTP or too long.
pub fn clean(mut url: Url) -> Option<Url> {
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(str::is_empty) {
        return None;
    }
    url.set_fragment(None);
    url.set_username("").ok()?;
    url.set_password(None).ok()?;
    let is_noise = |pair: &str| {
        let name = pair.split('=').next().unwrap_or("").to_ascii_lowercase();
        name.starts_with("utm_") || NOISE.binary_search(&name.as_str()).is_ok()
    };
    if let Some(query) = url.query().map(str::to_string) {
        let kept: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty() && !is_noise(pair)).collect();
        url.set_query((!kept.is_empty()).then(|| kept.join("&")).as_deref());
    }
    (url.as_str().len() <= LONGEST).then_some(url)
}

/// Returns what a cleaned URL is known by: a hash of newspaper and article number, else of the address without scheme and `www.`.
pub fn key(url: &Url) -> [u8; 16] {
    let host = url.host_str().unwrap_or("");
    let numbered = sites().by_host(host).and_then(|site| Some((site, sites().article_number(site, url)?)));
    let name = match numbered {
        Some((site, number)) => format!("{}:{number}", site.id),
        None => {
            let port = url.port().map_or(String::new(), |port| format!(":{port}"));
            format!("{}{port}{}", host.strip_prefix("www.").unwrap_or(host), &url[url::Position::BeforePath..])
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
    fn the_table_of_noise_is_sorted() {
        assert!(NOISE.is_sorted());
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
