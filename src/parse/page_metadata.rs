//! What a page says about itself: meta elements, links in the head, headings, JSON-LD; collected in one pass.

use super::blocks::text_of;
use super::json_ld;
use scraper::{ElementRef, Html};
use serde_json::Value;

/// Holds what a page says about itself.
#[derive(Debug)]
pub struct PageMetadata<'a> {
    /// `name`, `property` or `itemprop` in lower case, and `content`.
    pub metas: Vec<(String, &'a str)>,
    /// Text of the `title` element.
    pub title: Option<String>,
    /// Address that `link rel=canonical` names.
    pub canonical: Option<&'a str>,
    /// Address that `link rel=amphtml` names.
    pub amp: Option<&'a str>,
    /// Language of the `html` element.
    pub language: Option<&'a str>,
    /// The `h1` elements.
    pub headings: Vec<ElementRef<'a>>,
    /// The `time` elements, and others that say by `itemprop` when the page was published.
    pub times: Vec<ElementRef<'a>>,
    /// The `body` element.
    pub body: Option<ElementRef<'a>>,
    /// Objects of all JSON-LD blocks, those of articles first.
    pub objects: Vec<Value>,
}

/// Collects what a page says about itself; `blocks` are its JSON-LD.
pub fn page_metadata<'a>(page: &'a Html, blocks: &[&str]) -> PageMetadata<'a> {
    let root = page.root_element();
    let mut page_metadata = PageMetadata {
        metas: Vec::new(),
        title: None,
        canonical: None,
        amp: None,
        language: root.attr("lang").or_else(|| root.attr("xml:lang")).filter(|lang| !lang.is_empty()),
        headings: Vec::new(),
        times: Vec::new(),
        body: None,
        objects: json_ld::objects(blocks),
    };
    for element in root.descendent_elements() {
        let value = element.value();
        match value.name() {
            "meta" => {
                let name = ["property", "name", "itemprop", "http-equiv"].iter().find_map(|name| value.attr(name));
                if let (Some(name), Some(content)) =
                    (name, value.attr("content").filter(|content| !content.trim().is_empty()))
                {
                    page_metadata.metas.push((name.trim().to_ascii_lowercase(), content));
                }
            }
            "link" => {
                let (rel, href) = (value.attr("rel").unwrap_or("").to_ascii_lowercase(), value.attr("href"));
                match rel.as_str() {
                    "canonical" => page_metadata.canonical = page_metadata.canonical.or(href),
                    "amphtml" => page_metadata.amp = page_metadata.amp.or(href),
                    _ => {}
                }
            }
            "title" if page_metadata.title.is_none() => {
                page_metadata.title = Some(text_of(element)).filter(|title| !title.is_empty())
            }
            "body" => page_metadata.body = page_metadata.body.or(Some(element)),
            "h1" => page_metadata.headings.push(element),
            "time" => page_metadata.times.push(element),
            _ if value.attrs().any(|said| said == ("itemprop", "datePublished")) => page_metadata.times.push(element),
            _ => {}
        }
    }
    page_metadata
}

impl<'a> PageMetadata<'a> {
    /// Returns the content of the first meta element of one of these names, in the order of the names.
    pub fn meta(&self, names: &[&str]) -> Option<&'a str> {
        names
            .iter()
            .find_map(|name| self.metas.iter().find(|(other, _)| other == name).map(|(_, content)| content.trim()))
    }

    /// Returns the first string under a key of the objects that are articles.
    pub fn of_article(&self, key: &str) -> Option<&Value> {
        self.articles().find_map(|object| object.get(key).filter(|value| !value.is_null()))
    }

    /// Returns the objects that are articles.
    pub fn articles(&self) -> impl Iterator<Item = &Value> {
        self.objects.iter().filter(|object| is_article(object))
    }
}

impl PageMetadata<'_> {
    /// Returns the objects that are pages, which systems date as their articles.
    pub fn pages(&self) -> impl Iterator<Item = &Value> {
        self.objects
            .iter()
            .filter(|object| object.get("@type").and_then(Value::as_str).is_some_and(|kind| kind.ends_with("WebPage")))
    }
}

/// Says whether a JSON-LD object is an article.
fn is_article(object: &Value) -> bool {
    let named = |name: &str| {
        ["Article", "BlogPosting", "Posting", "Report", "Recipe", "Review"].iter().any(|end| name.ends_with(end))
    };
    match object.get("@type") {
        Some(Value::String(name)) => named(name),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).any(named),
        _ => false,
    }
}
