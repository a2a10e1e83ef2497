//! What all figures of an article, and all figures of a sentence, have in common: parts, places, dates, years.

use crate::extract::lexicon::{self, *};
use crate::extract::link::{Use, usage};
use crate::extract::places::{self, Place};
use crate::extract::{ArticleText, Found};
use crate::mention::{CalendarDate, Part};
use crate::place::exact;
use std::ops::Range;

/// Bytes above a sentence in which its times and places may stand.
const ABOVE: usize = 600;

/// Holds what is the same for all figures of an article.
pub struct Article {
    /// Year of publication, else the year that its dates name most.
    pub year: Option<i16>,
    /// Year that its dates name most.
    pub commonest: Option<i16>,
    /// Byte range of the title.
    pub title: Option<Range<usize>>,
    /// Byte range of the lead.
    pub lead: Option<Range<usize>>,
    /// Places of the title.
    pub title_places: Vec<Place>,
    /// Places of the lead.
    pub lead_places: Vec<Place>,
    /// Province of the title, else of the newspaper.
    pub province: Option<String>,
    /// The title in lower case.
    pub title_words: String,
}

impl Article {
    pub fn of(scene: &ArticleText<'_>, dates: &[Found<CalendarDate>]) -> Self {
        let part = |wanted| scene.parts.iter().find(|(part, _)| *part == wanted).map(|(_, range)| range.clone());
        let (title, lead) = (part(Part::Title), part(Part::Lead));
        let places = |range: &Option<Range<usize>>| {
            range.clone().map_or(Vec::new(), |range| places::find(scene.text, clip(scene.text, range)))
        };
        let (title_places, lead_places) = (places(&title), places(&lead));
        let told = title_places.iter().find_map(|place| place.read.as_ref()?.province);
        let province = told.and_then(exact).map(|known| known.name_on(scene.published).to_string());
        let commonest = commonest(dates);
        Article {
            year: scene.published.map(|day| day.year()).or_else(|| likeliest(scene, dates)),
            commonest,
            province: province.or_else(|| scene.province.map(str::to_string)),
            title_words: title.clone().map_or(String::new(), |range| scene.text[range].to_lowercase()),
            title,
            lead,
            title_places,
            lead_places,
        }
    }
}

/// Returns the first kilobyte of a part.
fn clip(text: &str, part: Range<usize>) -> Range<usize> {
    part.start..text.floor_char_boundary(part.end.min(part.start + 1000))
}

/// Returns the year that most dates name.
fn commonest(dates: &[Found<CalendarDate>]) -> Option<i16> {
    most(dates.iter().filter_map(|date| year(&date.fact.value)).collect())
}

/// Returns the year that an article without a day of publication tells of: what it compares to is the year before.
fn likeliest(scene: &ArticleText<'_>, dates: &[Found<CalendarDate>]) -> Option<i16> {
    let told = |date: &Found<CalendarDate>| {
        let compared = usage(scene.text, &scene.sentence(date.span.start), date) == Use::Compared;
        Some(year(&date.fact.value)? + i16::from(compared))
    };
    most(dates.iter().filter_map(told).collect())
}

fn most(mut years: Vec<i16>) -> Option<i16> {
    years.sort_unstable();
    years.chunk_by(|one, next| one == next).max_by_key(|run| run.len())?.first().copied()
}

/// Returns the first year of a date value.
pub fn year(value: &str) -> Option<i16> {
    value.get(..4)?.parse().ok()
}

/// Holds what is the same for all figures of a sentence.
#[derive(Default)]
pub struct Around {
    /// Byte range of the sentence.
    pub sentence: Range<usize>,
    /// Entries of the lexicon in it.
    pub entries: Vec<Token>,
    /// Tags of its first word, when the lexicon has it.
    pub opening: Roles,
    /// Places of the sentence.
    pub places: Vec<Place>,
    /// Places of the text above.
    pub above_places: Vec<Place>,
    /// The text above in lower case.
    pub above_words: String,
    /// Dates of the sentence, as indices.
    pub dates: Range<usize>,
    /// Dates of the text above, as indices.
    pub above_dates: Range<usize>,
    /// Figures of the sentence, as indices.
    pub figures: Range<usize>,
}

impl Around {
    pub fn of(
        scene: &ArticleText<'_>,
        sentence: Range<usize>,
        figures: &[Range<usize>],
        dates: &[Found<CalendarDate>],
    ) -> Self {
        let text = scene.text;
        let (_, part) = scene.part(sentence.start);
        let from = text.ceil_char_boundary(sentence.start.saturating_sub(ABOVE)).max(part.start);
        let above = from.min(sentence.start)..sentence.start;
        let mut entries = Vec::new();
        lexicon::tag(text, sentence.clone(), &mut entries);
        let within = |range: &Range<usize>| {
            let from = dates.partition_point(|date| date.span.start < range.start);
            from..from.max(dates.partition_point(|date| date.span.start < range.end))
        };
        let first = figures.partition_point(|figure| figure.start < sentence.start);
        Around {
            places: places::find(text, sentence.clone()),
            above_places: places::find(text, above.clone()),
            above_words: text[above.clone()].to_lowercase(),
            dates: within(&sentence),
            above_dates: within(&above),
            figures: first..figures.partition_point(|figure| figure.start < sentence.end).max(first),
            opening: opening(text, &sentence, &entries),
            entries,
            sentence,
        }
    }
}

/// Returns the tags of the first word of a sentence: signs and numbers of a list aside.
fn opening(text: &str, sentence: &Range<usize>, entries: &[Token]) -> Roles {
    let first = entries.iter().find(|entry| !entry.is(NUMBER.or(COMMA).or(OPEN).or(CLOSE).or(DASH).or(COLON)));
    let Some(first) = first else { return WORD };
    let before = text[sentence.start..first.start].chars().filter(|c| c.is_alphabetic()).count();
    if before <= 1 { first.roles } else { WORD }
}
