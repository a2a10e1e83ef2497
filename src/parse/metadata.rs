//! Headline, author, section, tags, language, addresses, newspaper and province of a page.
//!
//! Invariant: unknown stays `None`; the name of the paper is never the author, nor part of the headline.

use super::blocks::{Block, text_of};
use super::byline::{self, LONGEST_AUTHOR};
use super::cue::{Cue, cue};
use super::page_metadata::PageMetadata;
use super::reference;
use super::split::same_form;
use crate::article::{Article, Page};
use crate::site::layout::{Field, Layout};
use crate::site::{self, Site};
use crate::text::{fold, normalize};
use scraper::{ElementRef, Html};
use serde_json::Value;
use url::Url;

/// Longest headline, in bytes.
const LONGEST_HEADLINE: usize = 400;
/// Letters that tell the language of a text.
const ENOUGH_LETTERS: usize = 2000;
/// Most tags that are kept.
const MOST_TAGS: usize = 30;

/// Fills the addresses of an article and returns its newspaper.
pub fn addresses(page: &Page, page_metadata: &PageMetadata<'_>, article: &mut Article) -> Option<&'static Site> {
    let own = page.url.as_deref().and_then(|url| Url::parse(url).ok());
    let absolute = |href: &str| -> Option<Url> {
        let href = href.trim();
        // Some systems glue two addresses: `https://amp.bao.vnhttps://bao.vn/...`.
        if href.matches("://").count() > 1 {
            return None;
        }
        let url = own.as_ref().map_or_else(|| Url::parse(href), |base| base.join(href)).ok()?;
        (matches!(url.scheme(), "http" | "https") && url.host_str().is_some_and(|host| host.contains('.')))
            .then_some(url)
    };
    // A page that moved to another domain with its paper often goes on to name the old one in `og:url`.
    let bare = |url: &Url| url.host_str().map(|host| host.strip_prefix("www.").unwrap_or(host).to_string());
    let shared = page_metadata
        .meta(&["og:url"])
        .and_then(absolute)
        .filter(|url| own.as_ref().is_none_or(|own| bare(own) == bare(url)));
    let said = page_metadata.canonical.or_else(|| page_metadata.meta(&["canonical"])).and_then(absolute).or(shared);
    // A canonical address that is the front page is a mistake of the system.
    let canonical = said.filter(|said| said.path() != "/" || own.as_ref().is_none_or(|own| own.path() == "/"));
    article.canonical_url = canonical.as_ref().map(Url::to_string).filter(|url| page.url.as_ref() != Some(url));
    article.amp_url = page_metadata.amp.and_then(absolute).map(String::from);
    if page_metadata.amp.is_some() && article.amp_url.is_none() {
        article.warnings.push("the address of the AMP edition is malformed".to_string());
    }
    let sites = site::sites();
    let named = own.as_ref().or(canonical.as_ref())?;
    let site = sites.by_host(named.host_str()?)?;
    article.site = Some(site.id.clone());
    article.source = Some(site.name.clone());
    article.site_number = own.iter().chain(&canonical).find_map(|url| sites.article_number(site, url));
    Some(site)
}

/// Returns the text a list of fields points at: the first that has some.
pub fn field_text(tree: &Html, fields: &[Field]) -> Option<String> {
    fields.iter().find_map(|field| tree.select(&field.selector).find_map(|element| value_of(field, element)))
}

/// Returns the text that a field takes of an element.
fn value_of(field: &Field, element: ElementRef<'_>) -> Option<String> {
    let text = match &field.attribute {
        Some(name) => element.attr(name)?.to_string(),
        None => text_of(element),
    };
    Some(tidy(&text)).filter(|text| !text.is_empty())
}

/// Normalises a line: one kind of blank, and single ones; references that are left in it become letters.
pub fn tidy(text: &str) -> String {
    normalize(&reference::again(text)).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Finds the headline, and its element where it has one.
pub fn headline<'a>(
    tree: &'a Html,
    page_metadata: &PageMetadata<'a>,
    layout: Option<&Layout>,
    names: &[&str],
) -> (Option<String>, Option<ElementRef<'a>>) {
    for field in layout.map_or(&[][..], |layout| &layout.title) {
        if let Some((element, text)) =
            tree.select(&field.selector).find_map(|element| Some((element, value_of(field, element)?)))
        {
            return (Some(cut_suffix(&text, names)), field.attribute.is_none().then_some(element));
        }
    }
    let said = ["og:title", "twitter:title", "title"]
        .iter()
        .find_map(|name| page_metadata.meta(&[name]))
        .map(|text| cut_suffix(&tidy(text), names));
    let in_head = page_metadata.title.as_ref().map(|text| cut_suffix(&tidy(text), names));
    // Some systems give every page the paper's name for a headline; the page's own title ends in it.
    let is_brand = |said: &String| {
        let (whole, brand) = (same_form(page_metadata.title.as_deref().unwrap_or("")), same_form(said));
        whole.len() > brand.len() + 15 && whole.ends_with(&format!(" {brand}"))
    };
    let said = said.filter(|said| !is_brand(said));
    let written = page_metadata
        .of_article("headline")
        .or_else(|| page_metadata.of_article("name"))
        .and_then(Value::as_str)
        .map(tidy);
    let references: Vec<_> = [&written, &said, &in_head]
        .into_iter()
        .flatten()
        .map(|text| same_form(text))
        .filter(|form| !form.is_empty())
        .collect();
    let headings: Vec<_> = page_metadata
        .headings
        .iter()
        .map(|&element| (element, tidy(&text_of(element))))
        .filter(|(_, text)| !text.is_empty())
        .collect();
    let fits = |text: &str| {
        let form = same_form(text);
        references.iter().any(|reference| {
            *reference == form
                || form.len() > 15 && (reference.starts_with(&form) || form.starts_with(reference.as_str()))
        })
    };
    if let Some((element, text)) = headings.iter().find(|(_, text)| fits(text)) {
        // A headline whose end tag is missing holds the text too.
        let form = same_form(text);
        let whole = |said: &&String| text.len() > LONGEST_HEADLINE && form.starts_with(&same_form(said));
        let said = [&written, &said, &in_head].into_iter().flatten().find(whole);
        return (Some(said.unwrap_or(text).clone()), Some(*element));
    }
    // Nothing agrees: a heading that is no link and not the paper's name, then what the page says of itself.
    let own = headings.iter().filter(|(element, text)| {
        !is_linked(*element, text) && !names.iter().any(|name| same_form(name) == same_form(text))
    });
    let heading = own.clone().find(|(element, _)| !in_frame(*element)).or_else(|| own.clone().next());
    match (heading, references.is_empty()) {
        (Some((element, text)), _) if text.chars().count() >= 15 => (Some(text.clone()), Some(*element)),
        (Some((element, text)), true) => (Some(text.clone()), Some(*element)),
        _ => (written.filter(|text| text.len() > 3).or(said).or(in_head).map(|title| cut_suffix(&title, names)), None),
    }
}

fn is_linked(element: ElementRef<'_>, text: &str) -> bool {
    let linked: usize =
        element.descendent_elements().filter(|inner| inner.value().name() == "a").map(|link| text_of(link).len()).sum();
    linked * 2 > text.len()
}

fn in_frame(element: ElementRef<'_>) -> bool {
    element.ancestors().filter_map(ElementRef::wrap).any(|above| cue(above) == Cue::Drop)
}

/// Cuts the name of the paper off a headline: ` - Báo X điện tử`, ` | Báo X`.
pub fn cut_suffix(title: &str, names: &[&str]) -> String {
    let mut title = title.trim();
    for _ in 0..3 {
        let cut = [" | ", " - ", " – ", " — ", " :: ", " » ", " • ", " · ", "| "]
            .iter()
            .filter_map(|sign| title.rfind(sign).map(|at| (at, sign.len())))
            .max();
        let Some((at, length)) = cut else { break };
        let suffix = title[at + length..].trim();
        let form = same_form(suffix);
        let glued = form.replace(' ', "");
        let named = names.iter().map(|name| same_form(name)).any(|name| {
            let tight = name.replace(' ', "");
            name.len() > 2
                && (name == form
                    || form.contains(&name) && form.len() < name.len() + 25
                    || tight == glued
                    || tight.starts_with(&glued) && glued.len() > 3)
        });
        let paper = ["bao ", "tap chi ", "dai pt", "dai phat thanh", "cong thong tin", "trang thong tin", "cong tt"]
            .iter()
            .any(|front| form.starts_with(front));
        let domain = !suffix.contains(' ')
            && [".vn", ".com", ".net", ".org", ".gov"].iter().any(|end| suffix.to_lowercase().contains(end));
        if at == 0 || !(named || domain || paper && suffix.split(' ').count() <= 9) {
            break;
        }
        title = title[..at].trim();
    }
    cut_prefix(title, names).to_string()
}

/// Cuts the name of the paper off the front of a headline: `Báo điện tử X - `.
fn cut_prefix<'t>(title: &'t str, names: &[&str]) -> &'t str {
    let sign =
        [" | ", " - ", " – ", " :: "].iter().filter_map(|sign| title.find(sign).map(|at| (at, sign.len()))).min();
    let Some((at, length)) = sign else { return title };
    let form = same_form(&title[..at]);
    let named = names.iter().any(|name| same_form(name) == form);
    let paper =
        ["bao dien tu", "trang thong tin", "cong thong tin", "trang tin"].iter().any(|front| form.starts_with(front));
    let rest = title[at + length..].trim();
    if (named || paper) && rest.chars().count() >= 15 { rest } else { title }
}

/// Returns the names by which the paper may call itself.
pub fn names<'a>(site: Option<&'a Site>, page_metadata: &'a PageMetadata<'_>, host: Option<&'a str>) -> Vec<&'a str> {
    let mut names: Vec<&str> = site.map(|site| site.name.as_str()).into_iter().collect();
    names.extend(page_metadata.meta(&["og:site_name"]));
    names.extend(
        page_metadata.of_article("publisher").and_then(|publisher| publisher.get("name")).and_then(Value::as_str),
    );
    names.extend(page_metadata.meta(&["application-name", "twitter:site", "al:ios:app_name", "copyright"]));
    if let Some(host) = host {
        let bare = host.strip_prefix("www.").unwrap_or(host);
        names.push(bare);
        names.extend(bare.split('.').max_by_key(|part| part.len()));
    }
    names.retain(|name| !name.trim().is_empty());
    names
}

/// Finds the name of the paper: the site's name, else the publisher of the article.
pub fn publisher(page_metadata: &PageMetadata<'_>) -> Option<String> {
    let said = page_metadata.meta(&["og:site_name"]).map(tidy).filter(|name| !name.is_empty());
    said.or_else(|| page_metadata.of_article("publisher").and_then(author_names).map(|name| tidy(&name)))
}

/// Holds where an author may stand on a page.
#[derive(Clone, Copy)]
pub struct Bylines<'s, 'a> {
    /// Blocks between headline and text.
    pub near: &'s [Block<'a>],
    /// The headline and the first blocks below it, of the text or not.
    pub head: &'s [Block<'a>],
    /// Element of the headline.
    pub headline: Option<ElementRef<'a>>,
    /// Signature at the end of the text.
    pub signature: Option<&'s str>,
    /// The page is Vietnamese.
    pub vietnamese: bool,
}

/// Finds the author: layout, byline beside the headline, JSON-LD, meta elements, signature; never the paper itself.
///
/// Beside the author it returns the words that say from whom the text was taken, where the byline has them.
pub fn author(
    tree: &Html,
    page_metadata: &PageMetadata<'_>,
    layout: Option<&Layout>,
    names: &[&str],
    bylines: Bylines<'_, '_>,
) -> (Option<String>, Option<String>) {
    let of_layout = layout.and_then(|layout| field_text(tree, &layout.author));
    let written = page_metadata.of_article("author").and_then(author_names);
    let metas = [
        "author",
        "article:author",
        "dable:author",
        "dc.creator",
        "parsely-author",
        "byl",
        "sailthru.author",
        "twitter:creator",
    ];
    let said = page_metadata
        .metas
        .iter()
        .filter(|(name, _)| metas.contains(&name.as_str()))
        .map(|(_, content)| content.to_string());
    let byline = bylines.near.iter().find(|block| block.cue == Cue::Byline && block.text.len() < 160);
    let beside = bylines.headline.and_then(beside);
    let labelled = bylines.head.iter().find_map(|block| byline::labelled(&block.text));
    // A name that only the system gives may be that of the one who typed, or of the maker of the system.
    let system = written.into_iter().chain(said).filter(|name| !bylines.vietnamese || !byline::is_login(name));
    let claims = of_layout
        .into_iter()
        .chain(system)
        .chain(byline.map(|block| block.text.clone()))
        .chain(beside)
        .chain(labelled)
        .map(|claim| byline::name_of(&claim))
        .find(|(name, _)| byline::is_person(name, names));
    let signed = || bylines.signature.map(byline::name_of).filter(|(name, _)| byline::is_signature(name));
    match claims.or_else(signed) {
        Some((name, reprint)) => (Some(name), reprint),
        None => (None, None),
    }
}

/// Finds the byline that shares a line with other things: an element named after authors in the box of the headline.
fn beside(headline: ElementRef<'_>) -> Option<String> {
    let boxes = headline.ancestors().filter_map(ElementRef::wrap).take(2);
    boxes.filter(|around| !matches!(around.value().name(), "body" | "main" | "html")).find_map(|around| {
        let named = around.descendent_elements().skip(1).take(60).filter(|inner| cue(*inner) == Cue::Byline);
        named.map(|inner| tidy(&text_of(inner))).find(|text| (2..=LONGEST_AUTHOR).contains(&text.chars().count()))
    })
}

/// Returns the names in the author or publisher of a JSON-LD object.
pub fn author_names(value: &Value) -> Option<String> {
    match value {
        Value::String(name) => Some(name.clone()),
        Value::Object(person) => person.get("name").and_then(author_names),
        Value::Array(people) => {
            let mut names: Vec<_> = people.iter().filter_map(author_names).collect();
            names.dedup();
            (!names.is_empty()).then(|| names.join(", "))
        }
        _ => None,
    }
}

/// Finds the section: layout, JSON-LD, meta elements, the last step of a breadcrumb.
pub fn section(
    tree: &Html,
    page_metadata: &PageMetadata<'_>,
    layout: Option<&Layout>,
    title: Option<&str>,
) -> Option<String> {
    let title = title.map(same_form).unwrap_or_default();
    let fits = |text: &String| {
        let form = same_form(text);
        !form.is_empty()
            && text.chars().count() <= 60
            && form != title
            && !["trang chu", "home", "trang nhat", "homepage"].contains(&form.as_str())
    };
    // Of a breadcrumb the last step is the narrowest section.
    let of_layout = layout
        .map_or(&[][..], |layout| &layout.section)
        .iter()
        .find_map(|field| tree.select(&field.selector).filter_map(|element| value_of(field, element)).rfind(fits));
    of_layout
        .or_else(|| {
            page_metadata
                .meta(&["article:section", "articlesection", "parsely-section", "cxenseparse:section"])
                .map(tidy)
                .filter(fits)
        })
        .or_else(|| {
            let section = page_metadata.of_article("articleSection")?;
            let first = section.as_array().and_then(|sections| sections.first()).unwrap_or(section);
            first.as_str().map(tidy).filter(fits)
        })
        .or_else(|| {
            let crumbs = page_metadata
                .objects
                .iter()
                .find(|object| object.get("@type").and_then(Value::as_str) == Some("BreadcrumbList"))?;
            let steps = crumbs.get("itemListElement")?.as_array()?;
            let name = |step: &Value| {
                step.get("name").or_else(|| step.get("item")?.get("name")).and_then(Value::as_str).map(tidy)
            };
            steps.iter().filter_map(name).rfind(fits)
        })
}

/// Collects the tags: layout, meta elements, JSON-LD, links that say `rel=tag`.
///
/// Keywords of which hardly any stands in the text are those of the whole site, and no tags.
pub fn tags(tree: &Html, page_metadata: &PageMetadata<'_>, layout: Option<&Layout>, article: &Article) -> Vec<String> {
    let of_layout = layout.map_or(&[][..], |layout| &layout.tags).iter();
    let mut tags: Vec<String> = of_layout
        .flat_map(|field| tree.select(&field.selector).filter_map(|element| value_of(field, element)))
        .collect();
    if tags.is_empty() {
        let metas = page_metadata.metas.iter().filter(|(name, _)| name == "article:tag");
        tags.extend(metas.flat_map(|(_, content)| content.split(',').map(tidy)));
    }
    if tags.is_empty() {
        tags = match page_metadata.of_article("keywords") {
            Some(Value::String(words)) => words.split([',', ';']).map(tidy).collect(),
            Some(Value::Array(words)) => words.iter().filter_map(Value::as_str).map(tidy).collect(),
            _ => page_metadata
                .meta(&["news_keywords", "keywords"])
                .map(|words| words.split([',', ';']).map(tidy).collect())
                .unwrap_or_default(),
        };
        let text = [article.title.as_deref(), article.lead.as_deref(), Some(&*article.body)];
        if are_of_site(&tags, &text.into_iter().flatten().collect::<Vec<_>>().join("\n")) {
            tags.clear();
        }
    }
    let mut seen = std::collections::HashSet::new();
    tags.retain(|tag| !tag.is_empty() && tag.chars().count() <= 80 && seen.insert(fold(tag)));
    tags.truncate(MOST_TAGS);
    tags
}

/// Says whether keywords are those of the whole site: of three or more not one in three stands in the text.
fn are_of_site(tags: &[String], text: &str) -> bool {
    if tags.len() < 3 {
        return false;
    }
    let form = format!(" {} ", same_form(text));
    let stands = |tag: &&String| form.contains(&format!(" {} ", same_form(tag)));
    tags.iter().filter(stands).count() * 3 < tags.len()
}

/// Returns the language of a text: Vietnamese by its letters, else what the page says.
pub fn language(text: &str, said: Option<&str>) -> Option<String> {
    let said = said
        .map(|said| said.split(['-', '_']).next().unwrap_or("").to_ascii_lowercase())
        .filter(|said| said.len() == 2);
    let (mut letters, mut vietnamese) = (0usize, 0usize);
    for c in text.chars() {
        let of_vietnamese = matches!(c, 'ă' | 'đ' | 'ơ' | 'ư' | 'Đ' | '\u{1ea0}'..='\u{1ef9}');
        letters += usize::from(of_vietnamese || c.is_alphabetic());
        vietnamese += usize::from(of_vietnamese);
        if letters == ENOUGH_LETTERS {
            break;
        }
    }
    match (letters >= 40, vietnamese * 20 > letters) {
        (true, true) => Some("vi".to_string()),
        // Foreign editions often keep the language of the mother page.
        (true, false) => said.filter(|said| said != "vi"),
        _ => said,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_the_paper_is_cut_off() {
        let names = ["Báo Quảng Ninh", "baoquangninh.vn"];
        for (title, bare) in [
            ("Xã Đồng Mây họp - Báo Quảng Ninh điện tử", "Xã Đồng Mây họp"),
            ("Xã Đồng Mây họp | Báo Đồng Mây Online", "Xã Đồng Mây họp"),
            ("Xã Đồng Mây họp - Kinh tế - baoquangninh.vn", "Xã Đồng Mây họp - Kinh tế"),
            ("Báo điện tử Đồng Mây - Xã Đồng Mây họp thường kỳ", "Xã Đồng Mây họp thường kỳ"),
            ("Hà Nội - Hải Phòng", "Hà Nội - Hải Phòng"),
        ] {
            assert_eq!(cut_suffix(title, &names), bare, "{title}");
        }
    }

    #[test]
    fn keywords_of_the_whole_site_are_no_tags() {
        let tags = |words: &str| words.split(',').map(str::to_string).collect::<Vec<_>>();
        let text = "Xã Đồng Mây trồng chè: cập nhật giá chè hữu cơ";
        assert!(are_of_site(&tags("tin nhanh,cập nhật,báo điện tử,rao vặt"), text));
        assert!(!are_of_site(&tags("Đồng Mây,chè hữu cơ,nông thôn mới"), text));
        assert!(!are_of_site(&tags("nông thôn mới"), text));
    }

    #[test]
    fn the_text_decides_on_the_language() {
        let vietnamese = "Hội đồng nhân dân xã đã họp và thông qua nghị quyết về học phí.";
        assert_eq!(language(vietnamese, Some("en-US")).as_deref(), Some("vi"));
        let english = "The people's council of the commune met and passed a resolution on school fees.";
        assert_eq!(language(english, Some("vi-VN")), None);
        assert_eq!(language(english, Some("en-US")).as_deref(), Some("en"));
    }
}
