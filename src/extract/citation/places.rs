//! Where a document of a local organ was issued: said beside it, by the same document elsewhere, or inferred.
//!
//! Inferred means, in this order: the sentence, the one province of the title or lead, the newspaper's province. Invariant:
//! a place is made of names of the gazetteer and of communes behind their type word.

use super::{Draft, issuers};
use crate::extract::ArticleText;
use crate::mention::{Flag, Level, Part};
use crate::place::{self, PlaceName};
use std::collections::HashMap;
use std::ops::Range;

/// Words before a place that only something else has to do with, sorted.
const PARTNERS: &[&str] = &["giáp ", "hơn ", "qua ", "sang ", "từ ", "với ", "đi ", "đến "];

/// Words before a bare name that make it the place of what is told, sorted.
const AT: &[&str] = &["tại ", "địa bàn ", "ở "];

/// Holds what an article says of places, read once and only when a citation needs it.
struct Evidence<'a> {
    scene: &'a ArticleText<'a>,
    title: Vec<PlaceName>,
    lead: Vec<PlaceName>,
}

impl<'a> Evidence<'a> {
    fn of(scene: &'a ArticleText<'a>) -> Self {
        let read = |wanted: Part| {
            let ranges = scene.parts.iter().filter(|(part, _)| *part == wanted);
            ranges.flat_map(|(_, range)| named(scene, range.clone())).map(|(_, place)| place).collect()
        };
        Evidence { scene, title: read(Part::Title), lead: read(Part::Lead) }
    }

    /// Returns the one province of the title, else of the lead.
    fn headline_province(&self) -> Option<&'static str> {
        [&self.title, &self.lead].into_iter().find_map(|places| one(places.iter().filter_map(|place| place.province)))
    }

    /// Returns the one place of a kind (`huyện`) or level in the title, else the lead, else the whole text.
    fn headline_local(&self, wanted: &PlaceName) -> Option<PlaceName> {
        let fits = |place: &&PlaceName| alike(place, wanted);
        [&self.title, &self.lead].into_iter().find_map(|places| only(places.iter().filter(fits))).or_else(|| {
            let all: Vec<_> = named(self.scene, 0..self.scene.text.len()).into_iter().map(|(_, place)| place).collect();
            only(all.iter().filter(fits))
        })
    }
}

/// Returns the places named in a byte range, with their byte offsets in the text.
fn named(scene: &ArticleText<'_>, range: Range<usize>) -> Vec<(usize, PlaceName)> {
    let places = place::places(&scene.text[range.clone()]).into_iter();
    places.map(|(at, place)| (range.start + at, place.on(scene.published))).collect()
}

/// Returns the only value of several that may be equal.
fn one<T: PartialEq>(mut values: impl Iterator<Item = T>) -> Option<T> {
    let first = values.next()?;
    values.all(|value| value == first).then_some(first)
}

/// Returns the only local place of several, the one that says the most.
fn only<'p>(places: impl Iterator<Item = &'p PlaceName> + Clone) -> Option<PlaceName> {
    one(places.clone().map(|place| &place.local))?;
    places.max_by_key(|place| (place.province.is_some(), place.district.is_some())).cloned()
}

/// Says whether a local place has the type word, or else the level, of what is looked for.
fn alike(place: &PlaceName, wanted: &PlaceName) -> bool {
    place.local.is_some() && wanted.kind.map_or(place.level == wanted.level, |kind| place.kind == Some(kind))
}

/// Gives local citations their place.
pub fn place(scene: &ArticleText<'_>, drafts: &mut [Draft]) {
    for draft in drafts.iter_mut() {
        // A short form has the organ of the number that it was resolved to.
        draft.local |= draft.found.fact.issuer.as_deref().is_some_and(issuers::is_local);
    }
    if !drafts.iter().any(|draft| draft.local) {
        return;
    }
    let mut said: HashMap<String, PlaceName> = HashMap::new();
    for draft in drafts.iter() {
        if let Some(place) = draft.place.as_ref().filter(|place| place.is_named()) {
            said.entry(draft.found.fact.value.clone()).or_insert_with(|| place.clone());
        }
    }
    let agreed = one(said.values().filter_map(|place| place.province));
    let evidence = std::cell::OnceCell::new();
    let mut before: Option<PlaceName> = None;
    for index in 0..drafts.len() {
        if !drafts[index].local {
            continue;
        }
        let draft = &drafts[index];
        let mut found = draft.place.clone().unwrap_or_default();
        let mut inferred = false;
        if found.is_named() {
            before = Some(found.clone());
        } else if let Some(known) = said.get(&draft.found.fact.value) {
            found = PlaceName { level: found.level.or(known.level), ..known.clone() };
        } else {
            let segment = segment(scene, drafts, index);
            let evidence = evidence.get_or_init(|| Evidence::of(scene));
            found = infer(scene, evidence, found, &draft.found.fact.issuer, segment, before.as_ref());
            inferred = true;
        }
        let mut province = found.province;
        if province.is_none() {
            let evidence = evidence.get_or_init(|| Evidence::of(scene));
            let of = |province: &&'static str| found.provinces.is_empty() || found.provinces.contains(province);
            province = evidence.headline_province().filter(of);
            inferred = true;
        }
        let newspaper = scene.province.filter(|name| found.provinces.is_empty() || found.provinces.contains(name));
        let latest = before.as_ref().and_then(|place| place.province).or(agreed);
        let latest = latest.filter(|name| found.provinces.is_empty() || found.provinces.contains(name));
        let province = province.or(newspaper).or(latest);
        let draft = &mut drafts[index];
        draft.found.fact.place = found.canonical(province, scene.published);
        draft.found.fact.level = draft.found.fact.level.or(found.level);
        if inferred && draft.found.fact.place.is_some() {
            draft.found.flags.push(Flag::InferredPlace);
        }
    }
}

/// Returns the part of a citation's sentence that no other citation stands in.
fn segment(scene: &ArticleText<'_>, drafts: &[Draft], index: usize) -> Range<usize> {
    let span = drafts[index].found.span.clone();
    let sentence = scene.sentence(span.start);
    let floor = index.checked_sub(1).map_or(0, |before| drafts[before].found.span.end);
    let next = drafts.get(index + 1).map_or(usize::MAX, |next| next.found.span.start);
    sentence.start.max(floor)..sentence.end.min(next).max(span.end)
}

/// Infers the place of an organ of which at most the type word is said.
fn infer(
    scene: &ArticleText<'_>,
    evidence: &Evidence<'_>,
    found: PlaceName,
    issuer: &Option<String>,
    segment: Range<usize>,
    before: Option<&PlaceName>,
) -> PlaceName {
    let mut found = found;
    let near = named(scene, segment);
    if found.level.is_none() && matches!(issuer.as_deref(), Some("HU")) {
        (found.level, found.kind) = (Some(Level::District), Some("huyện"));
    }
    // A city of a province, where the article is not of one under the central government.
    let central =
        |name: &str| matches!(name, "Hà Nội" | "TP. Hồ Chí Minh" | "Hải Phòng" | "Đà Nẵng" | "Cần Thơ" | "Huế");
    let home = evidence.headline_province().or(scene.province_name());
    if found.kind == Some("thành phố") && home.is_some_and(|home| !central(home)) {
        found.level = Some(Level::District);
    }
    if matches!(found.level, Some(Level::District | Level::Commune)) {
        let known = only(near.iter().map(|(_, place)| place).filter(|place| alike(place, &found)))
            .or_else(|| before.filter(|place| alike(place, &found)).cloned())
            .or_else(|| evidence.headline_local(&found));
        return known.unwrap_or(found);
    }
    let text = scene.text;
    let told = near.iter().filter(|(at, place)| {
        let words = &text[..*at];
        let partner = PARTNERS.iter().any(|word| words.ends_with(word));
        !partner && (place.kind.is_some() || AT.iter().any(|word| words.ends_with(word)))
    });
    found.province = one(told.filter_map(|(_, place)| place.province))
        .or_else(|| evidence.headline_province())
        .or_else(|| scene.province_name())
        .or_else(|| one(near.iter().filter_map(|(_, place)| place.province)));
    found
}

/// Says whether an organ's documents have a place: by its abbreviation, or because the words say of which place it is.
pub fn is_local(issuer: Option<&str>, level: Option<Level>, said: Option<&PlaceName>) -> bool {
    issuer.is_some_and(issuers::is_local) || said.is_some() && !matches!(level, Some(Level::Central | Level::Party))
}
