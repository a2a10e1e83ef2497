//! Extraction: Article to Mentions. Citations, percentages, dates, and what links them. Pure.
//!
//! 1. [`scan`] goes over the body once and notes the anchors: digits, signs and cue words.
//! 2. [`citation`], [`percent`] and [`date`] run their rules at the anchors, in this order; what an earlier kind has
//!    taken a later one never reads inside.
//! 3. [`link`] ties them: issue dates to citations, periods and comparisons to percentages.
//!
//! Rules are values ([`rule::Rule`]) with examples and counterexamples that a test runs.

pub mod citation;
pub mod date;
pub mod explain;
pub mod link;
pub mod mask;
pub mod percent;
pub mod rule;
pub mod scan;

use crate::article::Article;
use crate::mention::{CalendarDate, Citation, Fact, Flag, Mention, Percent};
use crate::text::{CodePoints, sentences};
use jiff::civil::Date;
use scan::Anchor;
use std::borrow::Cow;
use std::ops::Range;

/// Version of the rules; raised whenever a rule is added, dropped or reads differently.
pub const RULES_VERSION: &str = "1";

/// Holds one body and all that rules may know: they see nothing else.
#[derive(Debug)]
pub struct Scene<'a> {
    /// The body.
    pub text: &'a str,
    /// Vietnamese day of publication, if known.
    pub published: Option<Date>,
    /// Province of the newspaper on that day, if known.
    pub province: Option<&'a str>,
    /// Byte ranges of the sentences, in order.
    pub sentences: Vec<Range<usize>>,
    /// Anchors, in order.
    pub anchors: Vec<Anchor>,
    /// Byte ranges that no rule reads inside, in order: URLs, telephone numbers, plates, roads, standards.
    pub masks: Vec<Range<usize>>,
}

impl<'a> Scene<'a> {
    /// Scans a body.
    pub fn new(text: &'a str, published: Option<Date>, province: Option<&'a str>) -> Self {
        let anchors = scan::scan(text);
        let masks = mask::masks(text, &anchors);
        Scene { text, published, province, sentences: sentences(text), anchors, masks }
    }

    /// Says whether a byte offset lies in a mask.
    pub fn masked(&self, at: usize) -> bool {
        let after = self.masks.partition_point(|mask| mask.start <= at);
        after.checked_sub(1).is_some_and(|i| at < self.masks[i].end)
    }

    /// Returns the byte range of the sentence around a byte offset; of the whole text when there is none.
    pub fn sentence(&self, at: usize) -> Range<usize> {
        let after = self.sentences.partition_point(|sentence| sentence.start <= at);
        after
            .checked_sub(1)
            .and_then(|i| self.sentences.get(i))
            .filter(|sentence| at < sentence.end)
            .cloned()
            .unwrap_or(0..self.text.len())
    }
}

/// Holds one find of a kind before offsets are counted in code points.
#[derive(Debug, Clone, PartialEq)]
pub struct Found<T> {
    /// Byte range in the body.
    pub span: Range<usize>,
    /// Name of the rule that fired.
    pub rule: &'static str,
    /// What the value owes to more than the words of the span.
    pub flags: Vec<Flag>,
    /// What was found.
    pub fact: T,
}

/// Holds all finds of one body, each list in the order of the text, none overlapping another.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Finds {
    /// References to documents.
    pub citations: Vec<Found<Citation>>,
    /// Where the issue dates of citations stand.
    pub issued: Vec<citation::issued::IssueDate>,
    /// Percentages.
    pub percents: Vec<Found<Percent>>,
    /// Dates. `of` is an index into `citations` until the mentions are put in order.
    pub dates: Vec<Found<CalendarDate>>,
}

/// Finds every mention in the body of an article, in the order of the text.
pub fn extract(article: &Article) -> Vec<Mention> {
    let scene = Scene::new(&article.body, article.published_day(), article.province.as_deref());
    mentions(&scene, find(&scene))
}

/// Runs the three kinds in order and links them.
pub fn find(scene: &Scene<'_>) -> Finds {
    let (citations, issued) = citation::find(scene);
    let mut finds = Finds { citations, issued, ..Finds::default() };
    finds.percents = percent::find(scene, &finds);
    finds.dates = date::find(scene, &finds);
    citation::issued::link(&mut finds);
    link::link(scene, &mut finds);
    finds
}

/// Puts finds in the order of the text, with offsets in code points.
fn mentions(scene: &Scene<'_>, finds: Finds) -> Vec<Mention> {
    let points = CodePoints::new(scene.text);
    let mut spans: Vec<(usize, Option<usize>, Mention)> =
        Vec::with_capacity(finds.citations.len() + finds.percents.len() + finds.dates.len());
    let mut put = |span: Range<usize>, rule, flags, fact, citation| {
        let sentence = scene.sentence(span.start);
        let mention = Mention {
            start: points.at(span.start),
            end: points.at(span.end),
            text: scene.text[span.clone()].to_string(),
            rule: Cow::Borrowed(rule),
            flags,
            sentence_start: points.at(sentence.start),
            sentence_end: points.at(sentence.end),
            fact,
        };
        spans.push((span.start, citation, mention));
    };
    for (index, found) in finds.citations.into_iter().enumerate() {
        put(found.span, found.rule, found.flags, Fact::Citation(found.fact), Some(index));
    }
    for mut found in finds.percents {
        found.fact.indicator_start = found.fact.indicator_start.map(|byte| points.at(byte));
        found.fact.indicator_end = found.fact.indicator_end.map(|byte| points.at(byte));
        put(found.span, found.rule, found.flags, Fact::Percent(found.fact), None);
    }
    for found in finds.dates {
        put(found.span, found.rule, found.flags, Fact::Date(found.fact), None);
    }
    spans.sort_by_key(|&(start, ..)| start);
    let mut place_of = vec![0; spans.len()];
    for (place, (_, citation, _)) in spans.iter().enumerate() {
        if let Some(citation) = *citation {
            place_of[citation] = place;
        }
    }
    let renumber = |(_, _, mut mention): (usize, Option<usize>, Mention)| {
        if let Fact::Date(date) = &mut mention.fact {
            date.of = date.of.map(|citation| place_of[citation]);
        }
        mention
    };
    spans.into_iter().map(renumber).collect()
}
