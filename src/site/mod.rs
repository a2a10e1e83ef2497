//! One newspaper each: province, domains over time, feeds, article URLs and layouts, read from `sites.toml`.
//!
//! A site's id outlives its domains: an old URL still belongs to the same paper. Every selector and pattern is compiled
//! when the table is loaded, so a wrong row is an error with the row's name and never a page that silently yields nothing.

pub mod health;
pub mod layout;
pub mod probe;
mod table;

pub use table::{Sites, sites};

use crate::place::{self, Province};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Describes one newspaper.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// Id, never changed: the paper's main domain when it was entered.
    pub id: String,
    /// Name as the paper writes it.
    pub name: String,
    /// Province of before July 2025 whose paper it is; see [`crate::place`].
    pub province: String,
    /// Domains, newest first, without `www.`; a subdomain belongs to the longest domain listed.
    pub domains: Vec<Domain>,
    /// The paper it was merged into, when it is no longer one of its own.
    pub merged: Option<Merger>,
    /// Feeds, with what says that they exist.
    #[serde(default)]
    pub feeds: Vec<Feed>,
    /// Addresses of sitemaps, beside those that robots.txt names.
    #[serde(default)]
    pub sitemaps: Vec<String>,
    /// Addresses of section pages, where links to articles are found.
    #[serde(default)]
    pub sections: Vec<String>,
    /// Pattern of an article's path and query; the group `id`, where there is one, is the site's own article number.
    pub article: Option<String>,
    /// Pattern of paths never to fetch (e-paper, print and event pages).
    pub skip: Option<String>,
    /// Seconds between two requests, when the paper needs more than the default.
    pub delay: Option<f64>,
    /// Layouts, newest first; none: the generic extractor serves. Compiled, they are [`Sites::layouts_for`].
    #[serde(default)]
    layouts: Vec<layout::Row>,
    /// What the row rests on.
    pub confidence: Confidence,
    /// Where the facts of the row were seen.
    #[serde(default)]
    pub provenance: String,
}

/// Holds one domain of a newspaper and when it served.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Domain {
    /// Host name without `www.`.
    pub host: String,
    /// First day, when known.
    pub from: Option<Date>,
    /// Last day, when known.
    pub until: Option<Date>,
}

/// Says which paper a newspaper became part of.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Merger {
    /// Id of the paper that goes on.
    pub into: String,
    /// First day of the merged paper; the provinces' own day where the paper's is not known.
    pub on: Date,
    /// What says so.
    pub evidence: Evidence,
}

/// Holds the address of a feed.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Feed {
    /// Address.
    pub url: String,
    /// What says that it exists.
    pub evidence: Evidence,
}

/// Names what a single fact of a row rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// The paper's own pages or addresses show it.
    Page,
    /// Public lists or crawlers name it; nobody of this project has seen it answer.
    Listed,
    /// It follows from something else that is known, as a paper's merger from its province's.
    Inferred,
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Evidence::Page => "page",
            Evidence::Listed => "listed",
            Evidence::Inferred => "inferred",
        })
    }
}

/// Names what a row rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// A public crawler's configuration with selectors or URL rules was seen.
    ConfigSeen,
    /// Only URLs of the paper were seen.
    UrlSeen,
    /// Nothing but the name is sure.
    Unverified,
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Confidence::ConfigSeen => "config-seen",
            Confidence::UrlSeen => "url-seen",
            Confidence::Unverified => "unverified",
        })
    }
}

impl Site {
    /// Returns the province the paper belongs to.
    pub fn place(&self) -> Option<&'static Province> {
        place::find(&self.province)
    }
}
