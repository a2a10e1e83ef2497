//! Where the parts of an article stand on its page: selectors of the layout, metadata, elements.
//!
//! Invariant: only looked up after the fact, by text; a place says that the part stands there too, not which one decided.

use super::page_metadata::PageMetadata;
use super::split::same_form;
use super::{ParsedPage, blocks, layouts, metadata, open, parse};
use crate::article::{Article, Page};
use crate::site::layout::{Field, Layout};
use scraper::{ElementRef, Html};
use serde::Serialize;
use serde_json::Value;

/// Most places that are named for one part.
const MOST: usize = 8;
/// Letters of the beginning of a long text by which it is found.
const BEGINNING: usize = 80;

/// Says what was read of one part of an article, and where on the page it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartPlaces {
    /// Part of the article.
    pub part: &'static str,
    /// What was read; null when nothing was.
    pub value: Option<String>,
    /// Places where it stands: `layout SELECTOR`, `meta NAME`, `json-ld KEY`, `element PATH`.
    pub places: Vec<String>,
    /// Selectors of the layout for this part that find nothing on the page.
    pub missed: Vec<String>,
}

/// Parses a page and looks up where the parts of its article stand.
pub fn places(page: &Page) -> (Article, Vec<PartPlaces>) {
    let article = parse(page);
    let site = article.site.as_deref().and_then(|id| crate::site::sites().named(id));
    let found = open(page, &mut Vec::new(), |sheet| {
        let layout = layouts(page, sheet, site).into_iter().next();
        parts(&article).into_iter().map(|(part, value)| look(sheet, layout, part, value, &article)).collect()
    });
    (article, found.unwrap_or_default())
}

/// Lists the parts with their values, in the order in which an article is read.
fn parts(article: &Article) -> Vec<(&'static str, Option<String>)> {
    let captions: Vec<_> = article.images.iter().filter_map(|image| image.caption.as_deref()).collect();
    let several = |texts: &[String]| (!texts.is_empty()).then(|| texts.join(" | "));
    vec![
        ("section", article.section.clone()),
        ("title", article.title.clone()),
        ("published", article.published.as_ref().map(ToString::to_string)),
        ("author", article.author.clone()),
        ("lead", article.lead.clone()),
        ("body", Some(article.body.clone()).filter(|body| !body.is_empty())),
        ("captions", several(&captions.iter().map(ToString::to_string).collect::<Vec<_>>())),
        ("tags", several(&article.tags)),
    ]
}

fn look(
    sheet: &ParsedPage<'_>,
    layout: Option<&Layout>,
    part: &'static str,
    value: Option<String>,
    article: &Article,
) -> PartPlaces {
    // The first of several values, the beginning of a long one.
    let sought = match part {
        "tags" => article.tags.first().cloned(),
        "captions" => article.images.iter().find_map(|image| image.caption.clone()),
        _ => value.as_deref().and_then(|value| value.lines().next()).map(str::to_string),
    };
    let form = sought.map(|sought| same_form(&sought)).filter(|form| !form.is_empty());
    let (mut places, mut missed) = (Vec::new(), Vec::new());
    for field in layout.map(|layout| fields(layout, part)).unwrap_or_default() {
        let texts: Vec<_> = sheet.tree.select(&field.selector).filter_map(|element| text(element, field)).collect();
        if texts.is_empty() {
            missed.push(field.written.clone());
        } else if part == "published" {
            places.push(format!("layout {}: {:?}", field.written, texts[0]));
        } else if form.as_ref().is_some_and(|form| texts.iter().any(|text| begins(&same_form(text), form))) {
            places.push(format!("layout {}", field.written));
        }
    }
    if part == "published" {
        let claims = article.published_candidates.iter();
        places.extend(
            claims.map(|claim| format!("{}: {} ({:.2})", source(&claim.source), claim.value, claim.confidence)),
        );
    } else if let Some(form) = &form {
        places.extend(in_metadata(&sheet.page_metadata, form));
        places.extend(in_elements(sheet.tree, form));
    }
    places.truncate(MOST);
    PartPlaces { part, value, places, missed }
}

fn source(source: &impl Serialize) -> String {
    serde_json::to_value(source).ok().and_then(|name| name.as_str().map(str::to_string)).unwrap_or_default()
}

/// Returns where a layout looks for a part.
fn fields<'l>(layout: &'l Layout, part: &str) -> Vec<&'l Field> {
    match part {
        "title" => layout.title.iter().collect(),
        "lead" => layout.lead.iter().collect(),
        "body" => layout.body.iter().collect(),
        "section" => layout.section.iter().collect(),
        "author" => layout.author.iter().collect(),
        "tags" => layout.tags.iter().collect(),
        "published" => layout.date.iter().map(|date| &date.field).collect(),
        _ => Vec::new(),
    }
}

fn text(element: ElementRef<'_>, field: &Field) -> Option<String> {
    let text = match field.attribute.as_deref() {
        Some(name) => element.attr(name)?.to_string(),
        None => blocks::text_of(element),
    };
    Some(metadata::tidy(&text)).filter(|text| !text.is_empty())
}

/// Says whether a text is or holds another at its beginning, or somewhere when that is long.
fn begins(text: &str, form: &str) -> bool {
    let front: String = form.chars().take(BEGINNING).collect();
    text == form || text.starts_with(&front) || front.len() >= BEGINNING / 2 && text.contains(&front)
}

fn in_metadata(page_metadata: &PageMetadata<'_>, form: &str) -> Vec<String> {
    let metas = page_metadata.metas.iter().filter(|(_, content)| begins(&same_form(content), form));
    let mut found: Vec<_> = metas.map(|(name, _)| format!("meta {name}")).collect();
    for object in &page_metadata.objects {
        let kind = object.get("@type").and_then(Value::as_str).unwrap_or("object");
        in_object(object, kind, form, &mut found);
    }
    found
}

/// Finds the keys of a JSON-LD value that hold a text.
fn in_object(value: &Value, path: &str, form: &str, found: &mut Vec<String>) {
    match value {
        Value::String(text) if found.len() < MOST && begins(&same_form(text), form) => {
            found.push(format!("json-ld {path}"));
        }
        Value::Array(values) => values.iter().for_each(|value| in_object(value, path, form, found)),
        Value::Object(fields) => {
            fields.iter().for_each(|(key, value)| in_object(value, &format!("{path}.{key}"), form, found));
        }
        _ => {}
    }
}

/// Finds the innermost elements whose text is or begins with a text.
fn in_elements(tree: &Html, form: &str) -> Vec<String> {
    let holds = |element: ElementRef<'_>| begins(&same_form(&blocks::text_of(element)), form);
    let (mut found, mut here) = (Vec::new(), vec![tree.root_element()]);
    while let Some(element) = here.pop() {
        let inner: Vec<_> =
            element.child_elements().filter(|child| may_hold(*child, form) && holds_some(*child, form)).collect();
        if inner.is_empty() && holds(element) && element.value().name() != "title" {
            found.push(format!("element {}", path(element)));
        }
        here.extend(inner.into_iter().rev());
        if found.len() >= 3 {
            break;
        }
    }
    found
}

/// Says whether an element is large enough to hold a text.
fn may_hold(element: ElementRef<'_>, form: &str) -> bool {
    let mut seen = 0;
    element.text().any(|text| {
        seen += text.len();
        seen >= form.len().min(BEGINNING)
    })
}

fn holds_some(element: ElementRef<'_>, form: &str) -> bool {
    let front: String = form.chars().take(BEGINNING).collect();
    same_form(&blocks::text_of(element)).contains(&front)
}

/// Writes an element and the two above it as a selector.
fn path(element: ElementRef<'_>) -> String {
    let name = |element: ElementRef<'_>| {
        let value = element.value();
        let id = value.id().map(|id| format!("#{id}")).unwrap_or_default();
        let classes: String = value.classes().take(2).map(|class| format!(".{class}")).collect();
        format!("{}{id}{classes}", value.name())
    };
    let mut names: Vec<_> =
        std::iter::once(element).chain(element.ancestors().filter_map(ElementRef::wrap)).take(3).map(name).collect();
    names.reverse();
    names.join(" > ")
}
