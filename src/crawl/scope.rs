//! What belongs to a crawl: allowed hosts, what kind of page an address is, days asked for, and the traps.
//!
//! Invariant: an address is judged before it enters the frontier, so what stands there may be asked, robots.txt aside.

use super::canonical;
use crate::article::When;
use crate::site::{Site, sites};
use jiff::civil::{Date, date};
use std::collections::HashMap;
use url::Url;

/// Steps from a page asked for by hand beyond which links are not followed: endless calendars end here.
const DEEPEST: u32 = 32;
/// Parts a path may have, and how often one may stand in it.
const LONGEST_PATH: usize = 32;
const REPETITIONS: usize = 3;
/// Last of the days that stand for no date (0001, 1900, 1970, 1980, 2000): hardly a page on the web is as old.
const DEFAULT_DAY: Date = date(2000, 1, 1);
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
    /// Whether a person, a feed or a sitemap named it, or it has the form of an article in the table of newspapers:
    /// such addresses are not what traps are made of.
    pub certain: bool,
}

/// Says how many addresses of one host are asked; what a bound leaves out is counted and listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Addresses that only links lead to; below one folder of the host, half of them.
    pub linked: u64,
    /// Addresses that feeds and sitemaps name, or that have the form of articles.
    pub certain: u64,
    /// Sitemaps and feeds.
    pub sources: u64,
    /// Queries of one path, when it is no list; queries that hold a number may be 40 times as many.
    pub queries: u64,
}

/// How many more queries of one path are asked when they hold a number, as those of articles do.
pub const NUMBERED: u64 = 40;

impl Default for Bounds {
    fn default() -> Bounds {
        Bounds { linked: 30_000, certain: 2_000_000, sources: 5_000, queries: 256 }
    }
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
    /// Day after which no page can have been published; none is checked when it is missing.
    pub latest: Option<Date>,
    /// How much of one host is asked.
    pub bounds: Bounds,
}

impl Scope {
    /// Makes the scope of some days and bounds; hosts are added. No page is published after `latest`.
    pub fn of(since: Option<Date>, until: Option<Date>, latest: Option<Date>, bounds: Bounds) -> Scope {
        Scope { hosts: HashMap::new(), since, until, latest, bounds }
    }

    /// Adds the host of an address.
    pub fn add_host(&mut self, url: &Url) {
        let host = canonical::host(url);
        let folder = match sites().by_host(url.host_str().unwrap_or("")) {
            Some(site) => site.id.clone(),
            None => canonical::folder(&host),
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

    /// Says whether a host belongs to the crawl: by itself, or because a robots.txt of the crawl names a sitemap there.
    pub fn covers(&self, origin: &str, folder: &str) -> bool {
        Url::parse(origin).is_ok_and(|url| self.folder(&url).is_some()) || self.hosts.values().any(|own| own == folder)
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
        let form = site.and_then(|site| sites().is_article(site, &url));
        let turned = list_page(&url)
            .is_some_and(|page| page <= LAST_LIST_PAGE && list_page(from).is_none_or(|before| page > before));
        let depth = if turned { depth.saturating_sub(1) } else { depth };
        if depth > DEEPEST {
            return Err("trap: too many steps from the start");
        }
        let kind = if form.unwrap_or(true) { Kind::Article } else { Kind::Page };
        Ok(Found { depth, certain: form == Some(true), ..found(url, kind) })
    }

    /// Judges the address of a feed or sitemap that `from` names: on a host of the crawl, or on that of `from`.
    ///
    /// # Errors
    /// Names why the address is not asked.
    pub fn source(&self, url: Url, kind: Kind, from: &Url) -> Result<Found, &'static str> {
        let url = canonical::clean(url).ok_or("address not HTTP or too long")?;
        if self.folder(&url).is_none() && url.host() != from.host() {
            return Err("other host");
        }
        Ok(found(url, kind))
    }

    /// Judges the address of a sitemap that the robots.txt of a host of the crawl names: on any host (sitemaps.org).
    ///
    /// # Errors
    /// Names why the address is not asked.
    pub fn named_sitemap(&self, url: Url) -> Result<Found, &'static str> {
        Ok(found(canonical::clean(url).ok_or("address not HTTP or too long")?, Kind::Sitemap))
    }

    /// Says whether a page can have been published at a time; what machines write for want of a date is not believed.
    pub fn is_believable(&self, when: &When) -> bool {
        when.day() > DEFAULT_DAY && self.latest.is_none_or(|latest| when.day() <= latest)
    }

    /// Says why a page of a claimed publication day, or one last changed on a day, is outside the days asked for.
    pub fn outside(&self, published: Option<&When>, modified: Option<&When>) -> Option<&'static str> {
        let before = |when: &When| self.is_believable(when) && self.since.is_some_and(|since| when.last_day() < since);
        let after = |when: &When| self.is_believable(when) && self.until.is_some_and(|until| when.day() > until);
        match (published, modified) {
            (Some(published), _) if before(published) => Some("published before --since"),
            (Some(published), _) if after(published) => Some("published after --until"),
            // What was last changed before a day was published before it; the other way says nothing.
            (None, Some(modified)) if before(modified) => Some("last changed before --since"),
            _ => None,
        }
    }
}

/// Makes what was found of an address and its kind, named by a list.
fn found(url: Url, kind: Kind) -> Found {
    let key = canonical::key(&url);
    Found { url, key, kind, depth: 0, announced: None, modified: None, skipped: None, certain: true }
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
        for no_date in ["0001-01-01", "1900-01-01", "1970-01-01T07:00:00+07:00", "1980-01-01", "2000-01-01"] {
            assert!(!outside(day(no_date), None) && !outside(None, day(no_date)), "{no_date}");
        }
        let scope = Scope { latest: "2024-06-01".parse().ok(), ..scope };
        assert_eq!(scope.outside(day("9999-12-31").as_ref(), None), None);
    }
}
