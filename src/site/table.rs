//! The table of newspapers: read from `sites.toml`, checked and compiled as a whole, and asked by name, host or URL.

use super::Site;
use super::layout::{self, Layout};
use crate::place;
use anyhow::{Context, Result, bail};
use jiff::civil::Date;
use regex::Regex;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;
use url::Url;

/// Holds all newspapers.
#[derive(Debug)]
pub struct Sites {
    rows: Vec<Site>,
    compiled: Vec<Compiled>,
    families: Vec<Layout>,
}

/// Holds what the row of one newspaper compiles to.
#[derive(Debug)]
struct Compiled {
    article: Option<Regex>,
    skip: Option<Regex>,
    layouts: Vec<Layout>,
}

static BUILT_IN: LazyLock<Sites> = LazyLock::new(|| match Sites::parse(include_str!("../sites.toml")) {
    Ok(sites) => sites,
    Err(error) => unreachable!("sites.toml is checked by a test: {error:#}"),
});

/// Returns the newspapers that come with the program.
pub fn sites() -> &'static Sites {
    &BUILT_IN
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(default)]
    layout: Vec<layout::Row>,
    #[serde(default)]
    site: Vec<Site>,
}

impl Sites {
    /// Reads a table of newspapers and layout families.
    ///
    /// # Errors
    /// Names the row when a field is unknown, a selector or pattern does not compile, a province, family or successor does
    /// not exist, or an id or host stands twice.
    pub fn parse(text: &str) -> Result<Sites> {
        let table: Table = toml::from_str(text).context("sites.toml")?;
        let mut families = HashMap::new();
        for row in &table.layout {
            if families.insert(row.family.as_str(), row).is_some() {
                bail!("layout {}: stands twice", row.family);
            }
        }
        let mut ids: HashMap<&str, &Site> = HashMap::new();
        let mut hosts: HashMap<&str, &Site> = HashMap::new();
        for site in &table.site {
            let named = || format!("site {}", site.id);
            if ids.insert(&site.id, site).is_some() {
                bail!("{}: stands twice", named());
            }
            if site.domains.is_empty() {
                bail!("{}: has no domain", named());
            }
            for domain in &site.domains {
                if let Some(other) = hosts.insert(&domain.host, site) {
                    bail!("{}: {} is a domain of {} too", named(), domain.host, other.id);
                }
            }
        }
        if let Some((site, merger)) = table
            .site
            .iter()
            .filter_map(|site| Some((site, site.merged.as_ref()?)))
            .find(|(_, merger)| !ids.contains_key(&*merger.into))
        {
            bail!("site {}: merged into {:?}, which no row is called", site.id, merger.into);
        }
        let compiled =
            table.site.iter().map(|site| site.compile(&families).with_context(|| format!("site {}", site.id)));
        let compiled = compiled.collect::<Result<_>>()?;
        let own = table.layout.iter().map(|row| {
            let name = row.family.clone();
            row.clone().compile(name).with_context(|| format!("layout {}", row.family))
        });
        Ok(Sites { compiled, families: own.collect::<Result<_>>()?, rows: table.site })
    }

    /// Returns every newspaper, in the order of the table.
    pub fn all(&self) -> &[Site] {
        &self.rows
    }

    /// Finds a newspaper by its id or one of its domains, with or without `www.`.
    pub fn named(&self, name: &str) -> Option<&Site> {
        let name = name.trim().to_lowercase();
        let host = name.strip_prefix("www.").unwrap_or(&name);
        self.rows.iter().find(|site| site.id == host).or_else(|| self.by_host(host))
    }

    /// Finds the newspaper a host belongs to: the longest domain that is the host or a parent of it.
    pub fn by_host(&self, host: &str) -> Option<&Site> {
        let host = host.strip_prefix("www.").unwrap_or(host);
        let owns = |domain: &str| host == domain || host.strip_suffix(domain).is_some_and(|front| front.ends_with('.'));
        let rows =
            self.rows.iter().flat_map(|site| site.domains.iter().map(move |domain| (domain.host.len(), site, domain)));
        rows.filter(|(_, _, domain)| owns(&domain.host)).max_by_key(|&(length, ..)| length).map(|(_, site, _)| site)
    }

    /// Returns the site's own number of the article at a URL; `None` when the URL is no article's.
    pub fn article_number(&self, site: &Site, url: &Url) -> Option<String> {
        let pattern = self.compiled(site)?.article.as_ref()?;
        let found = pattern.captures(path_and_query(url)).or_else(|| pattern.captures(url.path()))?;
        found.name("id").map(|id| id.as_str().to_string())
    }

    /// Says whether a URL has the form of an article's, whatever query hangs on it; `None` when that form is not known.
    pub fn is_article(&self, site: &Site, url: &Url) -> Option<bool> {
        self.compiled(site)?
            .article
            .as_ref()
            .map(|pattern| pattern.is_match(path_and_query(url)) || pattern.is_match(url.path()))
    }

    /// Says whether a page of a newspaper is never to be fetched: e-paper, print and event pages.
    pub fn is_skipped(&self, site: &Site, url: &Url) -> bool {
        self.compiled(site).and_then(|row| row.skip.as_ref()).is_some_and(|skip| skip.is_match(path_and_query(url)))
    }

    /// Returns the layouts of a newspaper in the order to try them: those valid on the day the page was fetched come first.
    ///
    /// Without a day, in the order of the table, which is newest first.
    pub fn layouts_for(&self, site: &Site, day: Option<Date>) -> Vec<&Layout> {
        let mut layouts: Vec<_> = self.compiled(site).map_or(&[][..], |row| &row.layouts).iter().collect();
        layouts.sort_by_key(|layout| day.is_some_and(|day| !layout.is_valid_on(day)));
        layouts
    }

    /// Returns the layout families, which read the pages of newspapers not in the table where their mark matches.
    pub fn families(&self) -> &[Layout] {
        &self.families
    }

    fn compiled(&self, site: &Site) -> Option<&Compiled> {
        let row = self.rows.iter().position(|other| other.id == site.id)?;
        self.compiled.get(row)
    }
}

fn path_and_query(url: &Url) -> &str {
    &url[url::Position::BeforePath..url::Position::AfterQuery]
}

impl Site {
    fn compile(&self, families: &HashMap<&str, &layout::Row>) -> Result<Compiled> {
        if place::find(&self.province).is_none() {
            bail!("no province is called {:?}", self.province);
        }
        let article = self.article.as_deref().map(Regex::new).transpose().context("article")?;
        if let Some(name) =
            article.iter().flat_map(|pattern| pattern.capture_names().flatten()).find(|name| *name != "id")
        {
            bail!("article: the pattern has a group {name:?}, but only `id` is known");
        }
        let unknown = layout::Row::default();
        let layouts = self.layouts.iter().map(|row| {
            let own = row.family.is_empty();
            let family = if own { Some(&unknown) } else { families.get(&*row.family).copied() };
            let family = family.with_context(|| format!("no layout family is called {:?}", row.family))?;
            let name = format!("{}@{}", if own { "own" } else { &*row.family }, self.id);
            row.clone().over(family).compile(name.clone()).with_context(|| format!("layout {name}"))
        });
        Ok(Compiled {
            article,
            skip: self.skip.as_deref().map(Regex::new).transpose().context("skip")?,
            layouts: layouts.collect::<Result<_>>()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_table_loads() {
        Sites::parse(include_str!("../sites.toml")).expect("sites.toml");
    }

    #[test]
    fn an_old_url_belongs_to_the_same_paper() {
        for host in ["baoquangninh.vn", "www.baoquangninh.vn", "baoquangninh.com.vn"] {
            assert_eq!(sites().by_host(host).map(|site| site.id.as_str()), Some("baoquangninh.vn"), "{host}");
        }
        assert!(sites().by_host("notbaoquangninh.vn").is_none());
    }

    #[test]
    fn a_wrong_row_is_named() {
        let row = |more: &str| {
            let table = format!(
                "[[layout]]\nfamily = \"f\"\ntitle = [\"h1\"]\n[[site]]\nid = \"a.vn\"\nname = \"A\"\nprovince = \"An Giang\"\n\
                 domains = [{{ host = \"a.vn\" }}]\nconfidence = \"unverified\"\n{more}"
            );
            Sites::parse(&table).map(drop).map_err(|error| format!("{error:#}"))
        };
        assert_eq!(row(""), Ok(()));
        for (more, said) in [
            ("article = '('", "site a.vn: article"),
            ("article = '(?<number>x)'", "group \"number\""),
            ("[[site.layouts]]\nfamily = \"g\"", "site a.vn: no layout family is called \"g\""),
            ("[[site.layouts]]\nfamily = \"f\"\nbody = [\"#\"]", "site a.vn: layout f@a.vn: body"),
            ("merged = { into = \"b.vn\", on = \"2025-07-01\", evidence = \"page\" }", "merged into \"b.vn\""),
            ("titel = 1", "titel"),
        ] {
            let error = row(more).expect_err(more);
            assert!(error.contains(said), "{more}: {error}");
        }
    }

    #[test]
    fn the_layout_of_the_fetch_day_is_tried_first() {
        let paper = sites().named("baoquangninh.vn").expect("in the table");
        let names = |day| sites().layouts_for(paper, day).iter().map(|layout| layout.name.as_str()).collect::<Vec<_>>();
        let (new, old) = ("mediatech@baoquangninh.vn", "month-path@baoquangninh.vn");
        assert_eq!(names(None), [new, old]);
        assert_eq!(names(Some(jiff::civil::date(2026, 1, 1))), [new, old]);
    }

    #[test]
    fn the_number_is_the_papers_own() {
        let paper = sites().named("baoquangninh.vn").expect("in the table");
        let number = |url: &str| sites().article_number(paper, &Url::parse(url).expect("a URL"));
        assert_eq!(number("https://baoquangninh.vn/mot-bai-viet-3210121.html").as_deref(), Some("3210121"));
        assert_eq!(
            number("http://www.baoquangninh.com.vn/kinh-te/201803/mot-bai-viet-2377123/").as_deref(),
            Some("2377123")
        );
        assert_eq!(number("https://baoquangninh.vn/kinh-te"), None);
    }

    #[test]
    fn every_province_has_its_paper_and_what_was_merged_goes_on_in_its_new_province() {
        for province in place::PROVINCES {
            assert!(sites().all().iter().any(|site| site.province == province.old), "{}", province.old);
        }
        for site in sites().all() {
            let place = site.place().expect("checked at load");
            assert_eq!(
                site.merged.is_some(),
                place::find(place.new).is_some_and(|new| new.old != place.old),
                "{}",
                site.id
            );
            let Some(merger) = &site.merged else { continue };
            let successor = sites().named(&merger.into).expect("checked at load");
            assert_eq!(successor.place().map(|place| place.new), Some(place.new), "{}", site.id);
            assert!(successor.merged.is_none(), "{}", site.id);
        }
    }

    #[test]
    fn article_urls_of_every_system_give_their_number() {
        for (url, site, number) in [
            ("https://baolaocai.vn/ten-bai-post400123.html", "baolaocai.vn", Some("400123")),
            ("https://www.baohaiphong.vn/ten-bai-512345.html", "baohaiphong.vn", Some("512345")),
            ("https://baotuyenquang.com.vn/thoi-su/202601/ten-bai-0a1b2c3/", "baotuyenquang.com.vn", Some("0a1b2c3")),
            ("http://baophuyen.vn/82/312345/ten-bai.html", "phuyen.baodaklak.vn", Some("312345")),
            ("https://phuyen.baodaklak.vn/kinh-te/202601/ten-bai-0a1b2c3/", "phuyen.baodaklak.vn", Some("0a1b2c3")),
            ("https://baocantho.com.vn/ten-bai-a190001.html", "baocantho.com.vn", Some("190001")),
            ("https://baobacninhtv.vn/ten-bai-postid431234.bbg", "baobacninhtv.vn", Some("431234")),
            ("https://baophutho.vn/ten-bai-230001.htm", "baophutho.vn", Some("230001")),
            ("https://baothaibinh.com.vn/tin-tuc/4/220011/ten-bai", "baothaibinh.com.vn", Some("220011")),
            ("https://baobinhdinh.vn/viewer.aspx?macm=1&macmp=2&mabb=250077", "baobinhdinh.vn", Some("250077")),
            ("https://baobinhdinh.vn/Viewer.aspx?MaBB=250077", "baobinhdinh.vn", Some("250077")),
            ("https://baodienbienphu.vn/tin-bai/kinh-te/ten-bai", "baodienbienphu.vn", None),
        ] {
            let url = Url::parse(url).expect("a URL");
            let paper = url.host_str().and_then(|host| sites().by_host(host)).expect("a known host");
            assert_eq!(paper.id, site);
            assert_eq!(sites().article_number(paper, &url).as_deref(), number, "{url}");
            assert_eq!(sites().is_article(paper, &url), Some(true), "{url}");
        }
    }

    #[test]
    fn event_pages_and_the_e_paper_are_skipped() {
        for (url, skipped) in [
            ("https://baohaiphong.vn/chuyen-de-event123.html", true),
            ("https://baohaiphong.vn/ten-bai-512345.html", false),
            ("https://baoninhbinh.org.vn/bao-in/so-1", true),
        ] {
            let url = Url::parse(url).expect("a URL");
            let paper = url.host_str().and_then(|host| sites().by_host(host)).expect("a known host");
            assert_eq!(sites().is_skipped(paper, &url), skipped, "{url}");
        }
    }
}
