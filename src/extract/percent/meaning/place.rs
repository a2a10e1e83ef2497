//! The places near a figure, and which of them it is about.

use super::seen::Watch;
use super::{ACTS, BEHIND, NEAR, View};
use crate::extract::ArticleText;
use crate::extract::choice::place;
use crate::extract::places::{Kind, Place};
use crate::mention::{Percent, PlaceFrom};
use crate::place::{PlaceName, exact};
use std::ops::Range;

impl View<'_> {
    /// Chooses the place that the figure is about; `last` is that of the figure before.
    pub fn place(
        &self,
        fact: &mut Percent,
        words: Option<&Range<usize>>,
        last: &mut Option<Option<String>>,
        watch: &mut Watch<'_>,
    ) {
        let own = self.figure();
        let mut near: Vec<place::Near> = Vec::new();
        let inside =
            |place: &&Place| words.is_some_and(|words| words.start <= place.span.start && place.span.end <= words.end);
        let sentence = &self.around.places;
        let regions: [(usize, PlaceFrom, Vec<&Place>); 6] = [
            (0, PlaceFrom::Indicator, sentence.iter().filter(inside).take(NEAR).collect()),
            (1, PlaceFrom::Sentence, {
                let left = sentence.iter().rev().filter(|place| !inside(place) && place.span.end <= own.start);
                left.take(NEAR).collect()
            }),
            (2, PlaceFrom::Sentence, {
                let right = sentence.iter().filter(|place| !inside(place) && place.span.start >= own.end);
                right.filter(|place| place.span.start <= own.end + BEHIND).take(NEAR - 2).collect()
            }),
            (3, PlaceFrom::Paragraph, self.around.above_places.iter().rev().take(NEAR).collect()),
            (4, PlaceFrom::Title, outside(&self.article.title, own.start, &self.article.title_places)),
            (5, PlaceFrom::Lead, outside(&self.article.lead, own.start, &self.article.lead_places)),
        ];
        let counts: Vec<usize> = regions.iter().map(|(.., places)| places.len()).collect();
        for (region, from, places) in regions {
            for (rank, place) in places.into_iter().enumerate() {
                near.extend(self.near(place, from, region, rank, counts[region], last));
            }
        }
        if let Some(province) = &self.article.province {
            let titled = self.article.title_places.iter().any(|place| place.read.is_some());
            near.push(place::Near {
                name: province.clone(),
                from: if titled { PlaceFrom::Title } else { PlaceFrom::Source },
                region: 6,
                kind: if titled { Kind::Province } else { Kind::Generic },
                rank: 0,
                figures: 0,
                facts: Vec::new(),
                before: String::new(),
            });
        }
        let mut none = vec![0];
        none.extend((counts[0] > 0).then_some(1));
        none.extend((counts[1] + counts[2] > 0).then_some(2));
        none.extend((counts[3] > 0).then_some(3));
        none.extend((counts[4] > 0).then_some(4));
        none.extend(self.article.province.is_some().then_some(5));
        none.extend(ACTS.iter().any(|act| self.article.title_words.contains(act)).then_some(6));
        none.extend(last.as_ref().map(|last| 7 + usize::from(last.is_some())));
        let candidates = place::candidates(near, &none, fact.sense);
        let chosen = watch
            .pick(&place::SPACE, &place::WEIGHTS, candidates, |reading| reading.as_ref().map(|(name, _)| name.clone()));
        let (name, from) = chosen.flatten().unzip();
        (fact.place, fact.place_from) = (name, from);
        *last = Some(fact.place.clone());
    }

    /// Describes a place near the figure.
    fn near(
        &self,
        found: &Place,
        from: PlaceFrom,
        region: usize,
        rank: usize,
        count: usize,
        last: &Option<Option<String>>,
    ) -> Option<place::Near> {
        let text = self.scene.text;
        let own = self.figure();
        let name = self.named(found)?;
        let between = if found.span.end <= own.start { found.span.end..own.start } else { own.end..found.span.start };
        let between = between.start..between.end.max(between.start);
        let sentence = self.scene.sentence(found.span.start);
        let before =
            &text[text.ceil_char_boundary(found.span.start.saturating_sub(24)).max(sentence.start)..found.span.start];
        let crossed = &text[between.clone()];
        let local = region < 4;
        let same = |place: &Place| place.span != found.span && self.named(place).as_ref() == Some(&name);
        let facts = [
            self.article.title_places.iter().any(same),
            self.article.province.as_ref() == Some(&name),
            self.around.places.iter().chain(&self.around.above_places).any(same),
            local && crossed.contains(';'),
            found.span.start < sentence.start + 6,
            count == 1,
            found.kind == Kind::Generic,
            region == 3 && !crossed.contains('\n'),
            before.trim_end().ends_with(char::is_uppercase)
                || before.trim_end().rsplit(' ').next().is_some_and(|word| word.starts_with(char::is_uppercase)),
            before.trim_end().ends_with('('),
            last.as_ref().is_some_and(|last| last.as_ref() == Some(&name)),
            local && between.len() > 150,
        ];
        let facts = facts.into_iter().enumerate().filter(|(_, there)| *there).map(|(number, _)| number).collect();
        let figures = if local { self.crossed(&between) } else { 0 };
        Some(place::Near { name, from, region, kind: found.kind, rank, figures, facts, before: before.to_string() })
    }

    /// Returns the canonical name of a place.
    fn named(&self, place: &Place) -> Option<String> {
        let province = self.article.province.as_deref();
        match (&place.read, place.kind) {
            (Some(read), _) => canonical(read.clone(), self.scene, province),
            (None, Kind::Generic) if matches!(place.name.as_str(), "tỉnh" | "thành phố") => {
                province.map(str::to_string)
            }
            (None, Kind::Generic) => {
                // `toàn huyện`: the one that title or text above names.
                let titled = self.article.title_places.iter().chain(self.around.above_places.iter().rev());
                let local = titled
                    .filter_map(|other| other.read.as_ref())
                    .find(|read| read.local.as_ref().is_some_and(|local| local.starts_with(&place.name)))?;
                canonical(local.clone(), self.scene, province)
            }
            (None, _) => Some(place.name.clone()),
        }
    }
}

/// Returns the places of a part that does not hold the figure.
fn outside<'p>(part: &Option<Range<usize>>, figure: usize, places: &'p [Place]) -> Vec<&'p Place> {
    let holds = part.as_ref().is_none_or(|part| part.contains(&figure));
    if holds { Vec::new() } else { places.iter().take(NEAR - 2).collect() }
}

/// Returns the canonical form of a place of the gazetteer; a local name that says no province is of the article's.
fn canonical(read: PlaceName, scene: &ArticleText<'_>, article: Option<&str>) -> Option<String> {
    let read = read.on(scene.published);
    let fits = |article: &&str| {
        let is = |old: &&str| *old == *article || exact(old).is_some_and(|known| known.new == *article);
        read.provinces.is_empty() || read.provinces.iter().any(is)
    };
    let own = read.province.and_then(exact).map(|known| known.name_on(scene.published)).or(read.province);
    let province = own.or_else(|| article.filter(fits));
    read.canonical(province, scene.published)
}
