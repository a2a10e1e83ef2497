//! Parsing: Page to Article. Site layout or generic body, blocks, publication date with its evidence.
//!
//! Invariant: pure and total. What is wrong with a page is its [`BodyState`] and its warnings, never a failure.

mod blocks;
mod body;
mod byline;
mod clock;
mod cue;
mod dateline;
mod entry;
mod generic;
mod given;
mod glue;
mod guard;
mod json_ld;
mod metadata;
mod neighbours;
mod next_article;
mod page_kind;
mod page_metadata;
mod places;
mod plain;
mod published;
mod reference;
mod split;
mod state;
mod tag;
mod tree;

pub use clock::Clocks;
pub use entry::entry;
pub use given::{Options, given};
pub use places::{PartPlaces, places};
pub use plain::plain;

use crate::article::{Article, BodyState, Image, Page, PageKind, Warning};
use crate::site::layout::Layout;
use crate::site::{self, Site};
use crate::text::{charset, font_coding};
use blocks::{Block, Kind, Reading, Rules, running};
use cue::Cue;
use guard::Guarded;
use metadata::Bylines;
use page_metadata::PageMetadata;
use published::Evidence;
use scraper::{ElementRef, Html};
use split::{Around, agrees, has_form, same_form};
use std::borrow::Cow;
use url::Url;

/// Bytes of running text below which a page is read again with less regard to names.
const SCARCE: usize = 400;
/// Bytes of text that tell the language of a page.
const SAMPLE: usize = 4000;
/// Shortest lead outside the body of a page that is not Vietnamese, in characters.
const LEAST_LEAD: usize = 200;
/// Body below which a longer text in a script is taken for the real one, in bytes.
const SHORT: usize = 1500;

/// Makes an article of a page.
///
/// ```
/// use baotinh::article::Page;
///
/// let html = "<html><head><title>Tin</title></head><body><article><h1>Xã Mây Trắng có đường mới</h1>\
///             <p>Con đường dài 4,2 km nối ba bản của xã với quốc lộ, rút ngắn một giờ đi chợ của bà con.</p></article></body></html>";
/// let page = Page { bytes: html.as_bytes().to_vec(), ..Page::default() };
/// let article = baotinh::parse::parse(&page);
/// assert!(article.body.starts_with("Con đường dài 4,2 km"));
/// ```
pub fn parse(page: &Page) -> Article {
    parse_with(page, &Clocks::default())
}

/// Makes an article of a page of a site whose clocks are known.
pub fn parse_with(page: &Page, clocks: &Clocks) -> Article {
    let mut article =
        Article { url: page.url.clone(), fetched: page.fetched, origin: page.origin.clone(), ..Article::default() };
    let mut warnings = Vec::new();
    let read = open(page, &mut warnings, |sheet| read(page, sheet, clocks, &mut article));
    article.warnings.splice(0..0, warnings);
    if let Err(reason) = read {
        article.body_state = BodyState::Refused;
        article.page_kind = PageKind::Other;
        article.page_kind_reason = Some(reason.clone());
        article.warnings.push(format!("refused: {reason}"));
    }
    article.seal();
    article.id = identity(&article, article.site.as_deref().and_then(|id| site::sites().named(id)));
    article
}

/// Returns the tree of a page: without scripts and styles, and with those attributes only that something reads.
///
/// A page that is refused has an empty tree; [`parse`] says why.
pub fn tree(page: &Page) -> Html {
    let html = decode(page, &mut Vec::new());
    html.and_then(|html| Ok(guard::guard(&html)?.tree)).unwrap_or_else(|_| Html::new_document())
}

/// Holds a page as markup: its tree, what it says about itself, and its scripts.
struct ParsedPage<'a> {
    tree: &'a Html,
    page_metadata: PageMetadata<'a>,
    scripts: &'a [&'a str],
    /// Blocks of the whole page, and what was left out or kept against its name.
    reading: Reading<'a>,
    vietnamese: bool,
}

/// Decodes a page; text in a font coding of before Unicode is converted, with a warning.
fn decode<'p>(page: &'p Page, warnings: &mut Vec<String>) -> Result<Cow<'p, str>, String> {
    let html = charset::decode(&page.bytes, page.content_type.as_deref(), warnings)?;
    let as_written = || {
        // Bytes that no charset fits are guessed to be another one's letters.
        let legacy = simdutf8::basic::from_utf8(&page.bytes).is_err() && !page.bytes.starts_with(&[0x1f, 0x8b]);
        legacy.then(|| font_coding::convert(&encoding_rs::WINDOWS_1252.decode_without_bom_handling(&page.bytes).0))?
    };
    match font_coding::convert(&html).or_else(as_written) {
        Some((converted, coding)) => {
            warnings.push(format!("{}: the text was {} and was converted", Warning::FontCoding.name(), coding.name()));
            Ok(Cow::Owned(converted))
        }
        None => Ok(html),
    }
}

/// Guards a page against hostile markup, builds the tree and reads what both say.
fn open<T>(page: &Page, warnings: &mut Vec<String>, then: impl FnOnce(&ParsedPage<'_>) -> T) -> Result<T, String> {
    let html = decode(page, warnings)?;
    let Guarded { tree, json_ld, scripts, warnings: guarded } = guard::guard(&html)?;
    warnings.extend(guarded);
    let page_metadata = page_metadata::page_metadata(&tree, &json_ld);
    let rules = Rules { large: usize::MAX, names: true, ..Rules::default() };
    let read = |rules: &Rules<'_>| page_metadata.body.map(|body| blocks::read(body, rules)).unwrap_or_default();
    let mut reading = read(&rules);
    // A short page whose whole text stands in boxes that are named like widgets: `newsletter-email`.
    if running(&reading.blocks) < SCARCE {
        let wider = read(&Rules { large: SCARCE, ..rules });
        reading = if running(&wider.blocks) > 2 * SCARCE { wider } else { reading };
    }
    let blocks = &reading.blocks;
    let mut sample = String::new();
    for block in blocks.iter().filter(|block| block.kind != Kind::Picture) {
        if sample.len() > SAMPLE {
            break;
        }
        sample.push_str(&block.text);
    }
    let vietnamese =
        metadata::language(&crate::text::normalize(&sample), page_metadata.language).as_deref() == Some("vi");
    Ok(then(&ParsedPage { tree: &tree, page_metadata, scripts: &scripts, reading, vietnamese }))
}

fn read(page: &Page, sheet: &ParsedPage<'_>, clocks: &Clocks, article: &mut Article) {
    let ParsedPage { tree, page_metadata, .. } = sheet;
    let site = metadata::addresses(page, page_metadata, article);
    let address = page.url.clone().or_else(|| article.canonical_url.clone());
    let host =
        address.as_deref().and_then(|url| Url::parse(url).ok()).and_then(|url| url.host_str().map(str::to_string));
    let names = metadata::names(site, page_metadata, host.as_deref());
    let layouts = layouts(page, sheet, site);
    let found = layouts.iter().find_map(|layout| Some((*layout, body::by_layout(tree, layout)?)));
    let layout = found.as_ref().map(|(layout, _)| *layout).or_else(|| layouts.first().copied());
    let (title, headline) = metadata::headline(tree, page_metadata, layout, &names);
    article.title = title;
    let blocks = &*sheet.reading.blocks;
    let title_at = title_index(blocks, headline, article.title.as_deref());
    let next = title_at.and_then(|title| next_article::next_article(blocks, title));
    let blocks = &blocks[..next.map_or(blocks.len(), |(at, _)| at)];
    if let Some((_, other)) = next {
        let words = metadata::tidy(&blocks::text_of(other)).chars().take(60).collect::<String>();
        article.warn(Warning::NextArticle, words);
    }
    let chosen = body::choose(sheet, blocks, title_at, found.map(|(_, found)| found), article);
    if !chosen.by_layout
        && let Some(layout) = layouts.first()
    {
        article.warnings.push(format!("layout {} found no body; read without a layout", layout.name));
    }
    let body_at = chosen.begins(blocks);
    let near = match title_at {
        Some(title) if title < body_at => &blocks[title + 1..body_at.min(title + 25)],
        _ => &blocks[body_at.saturating_sub(6)..body_at],
    };
    let description = page_metadata.meta(&["og:description", "description", "twitter:description"]).map(metadata::tidy);
    let lead = outer_lead(tree, layout, near, description.as_deref(), sheet.vietnamese);
    let title = article.title.clone();
    let written = page_metadata.of_article("author").and_then(metadata::author_names);
    let around = Around {
        title: title.as_deref(),
        description: description.as_deref(),
        lead: lead.as_deref(),
        author: written.as_deref(),
        layout,
        vietnamese: sheet.vietnamese,
    };
    let inside = chosen.inside.iter().filter(|block| next.is_none_or(|(_, other)| !holds(other, block.element)));
    let parts = split::split(inside.cloned().collect(), &around);
    article.lead = lead.or(parts.lead);
    let head = title_at.map_or(&blocks[..blocks.len().min(8)], |title| &blocks[title..blocks.len().min(title + 8)]);
    let bylines = Bylines { near, head, headline, signature: parts.signature.as_deref(), vietnamese: sheet.vietnamese };
    let (author, reprint) = metadata::author(tree, page_metadata, layout, &names, bylines);
    article.author = author;
    if let Some(source) = parts.source {
        article.warn(Warning::SourceLine, source);
    }
    if let Some(reprint) = reprint {
        article.warn(Warning::Reprint, reprint);
    }
    article.section = metadata::section(tree, page_metadata, layout, article.title.as_deref());
    article.source = article.source.take().or_else(|| metadata::publisher(page_metadata));
    article.images = absolute(parts.images, address.as_deref());
    let evidence = Evidence {
        page,
        tree,
        page_metadata,
        layout,
        blocks,
        title: title_at.or(body_at.checked_sub(1)),
        next: next.map(|(_, other)| other),
        clocks,
        vietnamese: sheet.vietnamese,
    };
    published::publish(&evidence, article);
    let found = Found { layout, by_layout: chosen.by_layout, cards: parts.cards, teasers: parts.teasers };
    settle_state(sheet, &found, parts.text, article);
    article.tags = metadata::tags(tree, page_metadata, layout, article);
    if article.body_state == BodyState::NotAnArticle {
        // The dates of a list are those of the articles in it.
        (article.published, article.published_source, article.published_confidence) = (None, None, None);
    } else {
        if parts.offer {
            article.warn(Warning::BodyCut, "the page offers the rest to those who subscribe or sign in");
        }
        chosen.say_losses(sheet, blocks, title_at, article);
    }
    article.language = metadata::language(&article.body, page_metadata.language);
    if let Some(site) = site {
        given::settle(article, &site.province);
    }
}

/// Returns the layouts to try: the newspaper's, else the families whose mark is on the page.
fn layouts(page: &Page, sheet: &ParsedPage<'_>, site: Option<&Site>) -> Vec<&'static Layout> {
    let sites = site::sites();
    let own = site.map(|site| sites.layouts_for(site, clock::visited(page))).unwrap_or_default();
    if !own.is_empty() {
        return own;
    }
    let marked = |layout: &&Layout| layout.mark.as_ref().is_some_and(|mark| sheet.tree.select(mark).next().is_some());
    sites.families().iter().filter(marked).collect()
}

/// Finds the headline among the blocks.
fn title_index(blocks: &[Block<'_>], headline: Option<ElementRef<'_>>, title: Option<&str>) -> Option<usize> {
    let by_element = headline.and_then(|headline| blocks.iter().position(|block| holds(headline, block.element)));
    by_element.or_else(|| {
        let form = same_form(title?);
        let equal = |block: &Block<'_>| block.text.len() < 600 && has_form(&block.text, &form);
        blocks
            .iter()
            .position(|block| block.kind == Kind::Heading && equal(block))
            .or_else(|| blocks.iter().position(equal))
    })
}

/// Finds the lead that stands between headline and body.
fn outer_lead(
    tree: &Html,
    layout: Option<&Layout>,
    near: &[Block<'_>],
    description: Option<&str>,
    vietnamese: bool,
) -> Option<String> {
    let of_layout = layout.and_then(|layout| metadata::field_text(tree, &layout.lead));
    of_layout.filter(|lead| lead.chars().count() >= 20).or_else(|| {
        let is_lead = |block: &&Block<'_>| {
            let length = block.text.chars().count();
            // Elsewhere a short line below the headline is its subtitle.
            let least = if vietnamese { 40 } else { LEAST_LEAD };
            (least..=900).contains(&length)
                && !matches!(block.kind, Kind::Picture | Kind::Caption)
                && block.link_share() < 0.5
                && (block.cue == Cue::Lead
                    || description.is_some_and(|description| agrees(description, &block.text))
                    || vietnamese
                        && (block.strong || block.kind == Kind::Heading && block.text.trim_end().ends_with('.')))
        };
        near.iter().find(is_lead).map(|block| metadata::tidy(&block.text))
    })
}

/// Says whether an element is another or holds it.
fn holds(outer: ElementRef<'_>, inner: ElementRef<'_>) -> bool {
    outer == inner || inner.ancestors().any(|above| above.id() == outer.id())
}

/// Holds how a body was found.
struct Found<'l> {
    layout: Option<&'l Layout>,
    by_layout: bool,
    /// Links to other articles in the body, and paragraphs right below such links.
    cards: usize,
    teasers: usize,
}

/// Sets body and state; a body that only a script holds stays empty and is never replaced by what stands beside it.
fn settle_state(sheet: &ParsedPage<'_>, found: &Found<'_>, text: Vec<String>, article: &mut Article) {
    let &Found { layout, by_layout, cards, teasers } = found;
    let length: usize = text.iter().map(String::len).sum();
    let known = layout
        .and_then(|layout| layout.script_body.as_ref())
        .is_some_and(|held| sheet.scripts.iter().any(|script| held.is_match(script)));
    let empty_layout = by_layout && length == 0;
    if (known && (length < 500 || !by_layout))
        || !by_layout
            && length < SHORT
            && state::held_in_script(sheet.scripts, &sheet.reading.blocks).is_some_and(|held| held > length)
    {
        article.body_state = BodyState::Empty;
        article
            .warnings
            .push("the body is held in a script; it is left empty rather than taken from beside it".to_string());
        return;
    }
    let url = article.url.as_deref().or(article.canonical_url.as_deref());
    let signs = state::Signs {
        text: &text,
        cards,
        teasers,
        blocks: &sheet.reading.blocks,
        page_metadata: &sheet.page_metadata,
        title: article.title.as_deref(),
        url,
        scripts: sheet.scripts,
        numbered: article.site_number.is_some(),
        by_layout: by_layout && !empty_layout,
    };
    let (state, reason) = state::classify(&signs);
    article.body_state = state;
    (article.page_kind, article.page_kind_reason) = page_kind::page_kind(state, reason, &signs);
    article.body = text.join("\n");
}

/// Makes the addresses of pictures absolute.
fn absolute(images: Vec<Image>, address: Option<&str>) -> Vec<Image> {
    let base = address.and_then(|address| Url::parse(address).ok());
    let join = |url: String| base.as_ref().and_then(|base| base.join(&url).ok()).map_or(url, String::from);
    images.into_iter().map(|image| Image { url: image.url.map(join), ..image }).collect()
}

/// Returns the dates printed on a page and where they stand.
fn sightings(page: &Page) -> Vec<clock::Sighting> {
    let found = open(page, &mut Vec::new(), |sheet| {
        let (title, headline) = metadata::headline(sheet.tree, &sheet.page_metadata, None, &[]);
        let title = title_index(&sheet.reading.blocks, headline, title.as_deref());
        let (page_metadata, blocks) = (&sheet.page_metadata, &sheet.reading.blocks);
        let evidence = Evidence {
            page,
            tree: sheet.tree,
            page_metadata,
            layout: None,
            blocks,
            title,
            next: None,
            clocks: &Clocks::default(),
            vietnamese: sheet.vietnamese,
        };
        published::sightings(&evidence)
    });
    found.unwrap_or_default()
}

/// Returns the id of an article that was given none: the site and its number, else a hash of the address, else of the text.
fn identity(article: &Article, site: Option<&Site>) -> String {
    match (site, &article.site_number) {
        (Some(site), Some(number)) => format!("{}:{number}", site.id),
        _ => match article.canonical_url.as_ref().or(article.url.as_ref()) {
            Some(url) => format!("url:{:016x}", xxhash_rust::xxh3::xxh3_64(url.as_bytes())),
            None => format!("text:{}", article.revision),
        },
    }
}
