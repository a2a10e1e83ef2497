//! What belongs to a crawl: allowed hosts, what kind of page an address is, days asked for, and the traps.
//!
//! Invariant: an address is judged before it enters the frontier, so what stands there may be asked, robots.txt aside.

use super::canonical;
use crate::article::When;
use crate::site::{Site, sites};
use jiff::civil::Date;
use std::collections::HashMap;
use url::Url;

/// Steps from a page asked for by hand beyond which links are not followed: endless calendars end here.
const DEEPEST: u32 = 32;
/// Parts a path may have, and how often one may stand in it.
const LONGEST_PATH: usize = 32;
const REPETITIONS: usize = 3;
/// Pages of a list that are turned over.
const LAST_LIST_PAGE: u32 = 1000;

/// Names that end the paths of what is no page; sorted.
const FILES: &[&str] = &[
    "7z", "apk", "avi", "bmp", "css", "csv", "doc", "docx", "epub", "exe", "gif", "gz", "ico", "jpeg", "jpg", "js",
    "json", "m3u8", "m4a", "mov", "mp3", "mp4", "ogg", "pdf", "png", "ppt", "pptx", "rar", "svg", "swf", "tar", "tif",
    "tiff", "ttf", "txt", "wav", "webm", "webp", "wmv", "woff", "woff2", "xls", "xlsx", "zip",
];

/// Names what is asked for at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A page the crawl begins at.
    Start,
    /// A section page that the table of newspapers names.
    Section,
    /// A feed.
    Feed,
    /// A sitemap.
    Sitemap,
    /// A sitemap that another one names.
    Child,
    /// A page whose address has the form of an article's.
    Article,
    /// A page that links led to.
    Page,
}

impl Kind {
    const NAMES: [(Kind, &'static str); 7] = [
        (Kind::Start, "start"),
        (Kind::Section, "section"),
        (Kind::Feed, "feed"),
        (Kind::Sitemap, "sitemap"),
        (Kind::Child, "child-sitemap"),
        (Kind::Article, "article"),
        (Kind::Page, "page"),
    ];

    /// Returns the name in the crawl's state.
    pub fn name(self) -> &'static str {
        Kind::NAMES.iter().find(|(kind, _)| *kind == self).map_or("", |&(_, name)| name)
    }

    /// Finds a kind by its name.
    pub fn named(name: &str) -> Option<Kind> {
        Kind::NAMES.iter().find(|(_, other)| *other == name).map(|&(kind, _)| kind)
    }

    /// Says whether what is asked for is a document for people, which `--max-pages` counts.
    pub fn is_page(self) -> bool {
        matches!(self, Kind::Start | Kind::Section | Kind::Article | Kind::Page)
    }

    /// Returns the place in a host's queue: what leads to articles, articles, further sitemaps, and then the rest.
    ///
    /// A child sitemap comes after the articles of the one before: an endless index is read slowly, not swallowed.
    pub fn priority(self) -> u8 {
        match self {
            Kind::Start | Kind::Section | Kind::Feed | Kind::Sitemap => 0,
            Kind::Article => 1,
            Kind::Child => 2,
            Kind::Page => 3,
        }
    }
}

/// Holds an address that was found and judged.
#[derive(Debug, Clone)]
pub struct Found {
    /// Address, cleaned.
    pub url: Url,
    /// What it is known by.
    pub key: [u8; 16],
    /// What it is.
    pub kind: Kind,
    /// Steps from where the crawl began.
    pub depth: u32,
    /// Publication date that a feed or news sitemap claims, as written into the WARC.
    pub announced: Option<(&'static str, When)>,
    /// When a sitemap says that it was last changed.
    pub modified: Option<When>,
    /// Why it is not asked now: outside the days asked for.
    pub skipped: Option<&'static str>,
}

/// Says which hosts and days belong to the crawl.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    /// Hosts as [`canonical::host`] writes them, each with the folder of its WARCs.
    hosts: HashMap<String, String>,
    /// First day of publication.
    pub since: Option<Date>,
    /// Last day of publication.
    pub until: Option<Date>,
}

impl Scope {
    /// Makes the scope of some days; hosts are added.
    pub fn of_days(since: Option<Date>, until: Option<Date>) -> Scope {
        Scope { hosts: HashMap::new(), since, until }
    }

    /// Adds the host of an address.
    pub fn add_host(&mut self, url: &Url) {
        let host = canonical::host(url);
        let folder = match sites().by_host(url.host_str().unwrap_or("")) {
            Some(site) => site.id.clone(),
            None => host.chars().map(|sign| if sign.is_alphanumeric() || sign == '.' { sign } else { '-' }).collect(),
        };
        self.hosts.insert(host, folder);
    }

    /// Adds all domains of a newspaper.
    pub fn add_site(&mut self, site: &Site) {
        for domain in &site.domains {
            self.hosts.insert(domain.host.clone(), site.id.clone());
        }
    }

    /// Returns the folder of the WARCs of a host of this crawl; a subdomain of a newspaper in it belongs to the newspaper.
    pub fn folder(&self, url: &Url) -> Option<&str> {
        if let Some(folder) = self.hosts.get(&canonical::host(url)) {
            return Some(folder);
        }
        let site = url.port().is_none().then(|| sites().by_host(url.host_str()?)).flatten()?;
        site.domains.iter().find_map(|domain| self.hosts.get(&domain.host)).map(String::as_str)
    }

    /// Judges the address of a page found at `depth` steps; the error is the reason to leave it.
    ///
    /// # Errors
    /// Names why the address is not asked.
    pub fn page(&self, url: Url, from: &Url, depth: u32) -> Result<Found, &'static str> {
        let url = canonical::clean(url).ok_or("address not HTTP or too long")?;
        self.folder(&url).ok_or("other host")?;
        let last = url.path().rsplit('/').next().unwrap_or("");
        let ending = last.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        if ending.is_some_and(|ending| FILES.binary_search(&ending.as_str()).is_ok()) {
            return Err("file, not page");
        }
        let site = sites().by_host(url.host_str().unwrap_or(""));
        if site.is_some_and(|site| sites().is_skipped(site, &url)) {
            return Err("never fetched by the site's row");
        }
        if is_repetitive(&url) {
            return Err("trap: repetitive path");
        }
        // Where the form of articles is not known, every page may be one.
        let is_article = site.and_then(|site| sites().is_article(site, &url)).unwrap_or(true);
        let turned = list_page(&url)
            .is_some_and(|page| page <= LAST_LIST_PAGE && list_page(from).is_none_or(|before| page > before));
        let depth = if turned { depth.saturating_sub(1) } else { depth };
        if depth > DEEPEST {
            return Err("trap: too many steps from the start");
        }
        let kind = if is_article { Kind::Article } else { Kind::Page };
        Ok(Found { key: canonical::key(&url), kind, depth, url, announced: None, modified: None, skipped: None })
    }

    /// Judges the address of a feed or sitemap.
    ///
    /// # Errors
    /// Names why the address is not asked.
    pub fn source(&self, url: Url, kind: Kind) -> Result<Found, &'static str> {
        let url = canonical::clean(url).ok_or("address not HTTP or too long")?;
        self.folder(&url).ok_or("other host")?;
        Ok(Found { key: canonical::key(&url), kind, depth: 0, url, announced: None, modified: None, skipped: None })
    }

    /// Says why a page of a claimed publication day, or one last changed on a day, is outside the days asked for.
    pub fn outside(&self, published: Option<&When>, modified: Option<&When>) -> Option<&'static str> {
        let before = |when: &When| self.since.is_some_and(|since| when.last_day() < since);
        let after = |when: &When| self.until.is_some_and(|until| when.day() > until);
        match (published, modified) {
            (Some(published), _) if before(published) => Some("published before --since"),
            (Some(published), _) if after(published) => Some("published after --until"),
            // What was last changed before a day was published before it; the other way says nothing.
            (None, Some(modified)) if before(modified) => Some("last changed before --since"),
            _ => None,
        }
    }
}

/// Says whether a path is longer than those of pages, or says the same again and again.
fn is_repetitive(url: &Url) -> bool {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let mut parts = 0;
    for part in url.path_segments().into_iter().flatten().filter(|part| !part.is_empty()) {
        parts += 1;
        *counts.entry(part).or_default() += 1;
    }
    parts > LONGEST_PATH || counts.values().any(|&count| count > REPETITIONS)
}

/// Returns the number of a page of a list: `?page=2`, `/trang-2`, `/p2`.
pub fn list_page(url: &Url) -> Option<u32> {
    let query = url.query_pairs().find(|(name, _)| matches!(&*name.to_lowercase(), "page" | "p" | "trang" | "paged"));
    if let Some((_, value)) = query {
        return value.parse().ok();
    }
    let last = url.path_segments()?.rev().find(|part| !part.is_empty())?;
    let last = last.split('.').next()?;
    ["trang-", "page-", "trang", "page", "p"]
        .iter()
        .find_map(|mark| last.strip_prefix(mark))
        .and_then(|number| number.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).expect("a URL")
    }

    fn judged(text: &str, depth: u32) -> Result<(Kind, u32), &'static str> {
        let mut scope = Scope::default();
        scope.add_host(&url("http://bao.example/"));
        scope.add_site(sites().named("baoquangninh.vn").expect("in the table"));
        scope.page(url(text), &url("http://bao.example/tin"), depth).map(|found| (found.kind, found.depth))
    }

    #[test]
    fn the_table_of_files_is_sorted() {
        assert!(FILES.is_sorted());
    }

    #[test]
    fn each_address_has_its_judgement() {
        for (text, depth, wanted) in [
            ("http://www.bao.example/bai", 1, Ok((Kind::Article, 1))),
            ("https://baoquangninh.vn/mot-bai-3210121.html", 1, Ok((Kind::Article, 1))),
            ("https://baoquangninh.vn/kinh-te", 1, Ok((Kind::Page, 1))),
            ("https://media.baoquangninh.vn/tin", 1, Ok((Kind::Page, 1))),
            ("http://khac.example/", 1, Err("other host")),
            ("http://bao.example:8080/", 1, Err("other host")),
            ("http://bao.example/anh.JPG", 1, Err("file, not page")),
            ("http://bao.example/a/b/a/b/a/b/a/b/", 1, Err("trap: repetitive path")),
            ("http://bao.example/lich/2031/01/01", 33, Err("trap: too many steps from the start")),
            ("http://bao.example/tin?page=40", 33, Ok((Kind::Article, 32))),
            ("http://bao.example/tin?page=4000", 33, Err("trap: too many steps from the start")),
        ] {
            assert_eq!(judged(text, depth), wanted, "{text}");
        }
    }

    #[test]
    fn pages_of_lists_are_told_by_their_number() {
        for (text, page) in [
            ("http://bao.example/tin?page=3", Some(3)),
            ("http://bao.example/tin/trang-3.html", Some(3)),
            ("http://bao.example/tin/p3", Some(3)),
            ("http://bao.example/tin/page/", None),
            ("http://bao.example/pho-bien", None),
        ] {
            assert_eq!(list_page(&url(text)), page, "{text}");
        }
    }

    #[test]
    fn only_what_is_surely_outside_the_days_is_left() {
        let scope = Scope { since: "2024-04-01".parse().ok(), until: "2024-04-30".parse().ok(), ..Scope::default() };
        let day = |text: &str| text.parse::<When>().ok();
        let outside = |published: Option<When>, modified: Option<When>| {
            scope.outside(published.as_ref(), modified.as_ref()).is_some()
        };
        assert!(
            outside(day("2024-03-31"), None) && outside(day("2024-05-01"), None) && outside(None, day("2024-03-01"))
        );
        assert!(!outside(day("2024-04-30"), None) && !outside(None, day("2024-05-20")) && !outside(None, None));
    }
}
