//! Extraction: Article to Mentions. Citations, percentages, dates, and what links them. Pure.
//!
//! Title, lead and body are read as one text, so that what one says resolves what another leaves out.
//!
//! 1. [`scan`] goes over the text once and notes the anchors: digits, signs and cue words.
//! 2. [`citation`], [`percent`] and [`date`] run their rules at the anchors, in this order; what an earlier kind has
//!    taken a later one never reads inside.
//! 3. [`link`] ties them: issue dates to citations, periods and comparisons to percentages.
//!
//! 4. [`choice`] weighs what a percentage may mean.
//!
//! Rules are values ([`rule::Rule`]) with examples and counterexamples that a test runs.
#![doc = include_str!("README.md")]

pub mod choice;
pub mod citation;
pub mod date;
pub mod explain;
pub mod lexicon;
pub mod link;
pub mod mask;
pub mod percent;
pub mod places;
pub mod rule;
pub mod scan;
pub mod tags;
pub mod tokens;

use crate::article::Article;
use crate::mention::{CalendarDate, Citation, Fact, Flag, Mention, Part, Percent};
use crate::text::{CodePoints, sentences};
use jiff::civil::Date;
use scan::Anchor;
use std::borrow::Cow;
use std::ops::Range;

/// Version of the rules: a number for the logic, and a hash of every file that decides what is extracted (`scripts/rules_version.rs`).
///
/// Records of another version may hold other mentions; `baotinh extract` makes them again.
pub const RULES_VERSION: &str = concat!("2-", env!("BAOTINH_RULES"));

/// Holds title, lead and body of an article as one text.
#[derive(Debug)]
pub struct Parts<'a> {
    text: Cow<'a, str>,
    /// The parts that are there and their byte ranges in the text, in order.
    ranges: Vec<(Part, Range<usize>)>,
}

impl<'a> Parts<'a> {
    /// Joins the parts that an article has, with [`BETWEEN`] between them; a body alone is not copied.
    pub fn of(article: &'a Article) -> Self {
        let mut there =
            Part::ALL.map(|part| (part, article.part(part))).into_iter().filter(|(_, text)| !text.is_empty());
        let Some((first, text)) = there.next() else { return Parts { text: Cow::Borrowed(""), ranges: Vec::new() } };
        let mut parts = Parts { text: Cow::Borrowed(text), ranges: vec![(first, 0..text.len())] };
        for (part, text) in there {
            let whole = parts.text.to_mut();
            whole.push_str(BETWEEN);
            parts.ranges.push((part, whole.len()..whole.len() + text.len()));
            whole.push_str(text);
        }
        parts
    }
}

/// Holds the text of one article and all that rules may know: they see nothing else.
#[derive(Debug)]
pub struct ArticleText<'a> {
    /// Title, lead and body with [`BETWEEN`] between them ([`Parts`]).
    pub text: &'a str,
    /// The parts that are there and their byte ranges in the text, in order.
    pub parts: Vec<(Part, Range<usize>)>,
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

impl<'a> ArticleText<'a> {
    /// Scans the parts of an article.
    pub fn of(parts: &'a Parts<'_>, published: Option<Date>, province: Option<&'a str>) -> Self {
        Self::scan(&parts.text, parts.ranges.clone(), published, province)
    }

    /// Scans a body.
    pub fn new(body: &'a str, published: Option<Date>, province: Option<&'a str>) -> Self {
        Self::scan(body, vec![(Part::Body, 0..body.len())], published, province)
    }

    fn scan(
        text: &'a str,
        parts: Vec<(Part, Range<usize>)>,
        published: Option<Date>,
        province: Option<&'a str>,
    ) -> Self {
        let anchors = scan::scan(text);
        let masks = mask::masks(text, &anchors);
        let sentences = sentences(text);
        ArticleText { text, parts, published, province, sentences, anchors, masks }
    }

    /// Returns the part around a byte offset and its byte range.
    pub fn part(&self, at: usize) -> (Part, Range<usize>) {
        let after = self.parts.partition_point(|(_, range)| range.start <= at);
        let found = after.checked_sub(1).and_then(|i| self.parts.get(i)).cloned();
        found.unwrap_or((Part::Body, 0..self.text.len()))
    }

    /// Returns the newspaper's province as the gazetteer writes it.
    pub fn province_name(&self) -> Option<&'static str> {
        let known = crate::place::find(self.province?)?;
        Some(known.name_on(self.published)).filter(|name| Some(*name) == self.province).or(Some(known.old))
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

/// Stands between the parts of an article's text: no pattern passes it and no sentence holds it, for normalised text has
/// no such character.
pub const BETWEEN: &str = "\n\u{1f}\n";

/// Holds one find of a kind before offsets are counted in code points.
#[derive(Debug, Clone, PartialEq)]
pub struct Found<T> {
    /// Byte range in the body.
    pub span: Range<usize>,
    /// Name of the rule that fired.
    pub rule: &'static str,
    /// How the value was inferred beyond the text.
    pub flags: Vec<Flag>,
    /// What was found.
    pub fact: T,
}

/// Holds all finds of one body, each list in the order of the text, none overlapping another.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Extracted {
    /// References to documents.
    pub citations: Vec<Found<Citation>>,
    /// Where the issue dates of citations stand.
    pub issued: Vec<citation::issued::IssueDate>,
    /// Percentages.
    pub percents: Vec<Found<Percent>>,
    /// Dates. `of` is an index into `citations` until the mentions are put in order.
    pub dates: Vec<Found<CalendarDate>>,
}

/// Finds every mention in a body of text, in its order.
///
/// The text must be normalised ([`crate::text::normalize()`]); offsets count its code points. `published` is the Vietnamese
/// day of publication, against which relative dates and missing years are resolved; `province` is the newspaper's.
///
/// ```
/// let published = "2026-03-10".parse().ok();
/// let mentions = baotinh::extract::text("Hôm qua, HĐND tỉnh thông qua Nghị quyết 05/2026/NQ-HĐND.", published, None);
/// let values: Vec<_> = mentions.iter().map(|mention| mention.value()).collect();
/// assert_eq!(values, ["2026-03-09", "05/2026/NQ-HĐND"]);
/// ```
pub fn text(body: &str, published: Option<Date>, province: Option<&str>) -> Vec<Mention> {
    let scene = ArticleText::new(body, published, province);
    mentions(&scene, find(&scene))
}

/// Finds every mention in the title, lead and body of an article, in the order of the text.
///
/// ```
/// use baotinh::article::Article;
/// use baotinh::mention::Part;
///
/// let article = Article {
///     title: Some("Bốn kết quả sau Nghị quyết 57-NQ/TW".into()),
///     body: "Đến nay, 82,5% thủ tục được giải quyết trực tuyến.".into(),
///     ..Article::default()
/// };
/// let mentions = baotinh::extract::extract(&article);
/// assert_eq!((mentions[0].part, mentions[0].value().as_ref()), (Part::Title, "57-NQ/TW"));
/// assert_eq!((mentions[1].part, mentions[1].text.as_str()), (Part::Body, "82,5%"));
/// ```
pub fn extract(article: &Article) -> Vec<Mention> {
    let parts = Parts::of(article);
    let scene = ArticleText::of(&parts, article.published_day(), article.province.as_deref());
    mentions(&scene, find(&scene))
}

/// Runs the three kinds in order and links them.
pub fn find(scene: &ArticleText<'_>) -> Extracted {
    find_watched(scene, None)
}

/// Does the same, and appends what each choice was among when asked.
fn find_watched(scene: &ArticleText<'_>, seen: Option<&mut Vec<percent::meaning::Seen>>) -> Extracted {
    let (citations, issued) = citation::find(scene);
    let mut finds = Extracted { citations, issued, ..Extracted::default() };
    finds.percents = percent::find(scene, &finds);
    finds.dates = date::find(scene, &finds);
    citation::issued::link(&mut finds);
    link::link(scene, &mut finds);
    percent::meaning::choose(scene, &mut finds, seen);
    finds
}

/// Puts what was found in the order of the text, with offsets in code points of its part.
fn mentions(scene: &ArticleText<'_>, finds: Extracted) -> Vec<Mention> {
    let points = CodePoints::new(scene.text);
    let origins: Vec<usize> = scene.parts.iter().map(|(_, range)| points.at(range.start)).collect();
    let mut spans: Vec<(usize, Option<usize>, Mention)> =
        Vec::with_capacity(finds.citations.len() + finds.percents.len() + finds.dates.len());
    let locate = |at: usize| {
        let index = scene.parts.partition_point(|(_, range)| range.start <= at).saturating_sub(1);
        (scene.parts.get(index).map_or(Part::Body, |(part, _)| *part), origins.get(index).copied().unwrap_or(0))
    };
    let mut put = |span: Range<usize>, rule, flags, fact, citation| {
        let (part, origin) = locate(span.start);
        // A line may break inside a number: the sentence reaches to the end of what it mentions.
        let (first, last) = (scene.sentence(span.start), scene.sentence(span.end - 1));
        let sentence = first.start..last.end.max(span.end);
        let mention = Mention {
            part,
            start: points.at(span.start) - origin,
            end: points.at(span.end) - origin,
            text: scene.text[span.clone()].to_string(),
            rule: Cow::Borrowed(rule),
            flags,
            sentence_start: points.at(sentence.start) - origin,
            sentence_end: points.at(sentence.end) - origin,
            fact,
        };
        spans.push((span.start, citation, mention));
    };
    for (index, found) in finds.citations.into_iter().enumerate() {
        put(found.span, found.rule, found.flags, Fact::Citation(found.fact), Some(index));
    }
    for mut found in finds.percents {
        let percent = &mut found.fact;
        if let (Some(start), Some(end)) = (percent.indicator_start, percent.indicator_end) {
            let (part, origin) = locate(start);
            percent.indicator_part = Some(part);
            percent.indicator_start = Some(points.at(start) - origin);
            percent.indicator_end = Some(points.at(end) - origin);
        }
        put(found.span, found.rule, found.flags, Fact::Percent(found.fact), None);
    }
    for found in finds.dates {
        put(found.span, found.rule, found.flags, Fact::Date(found.fact), None);
    }
    in_order(spans)
}

/// Sorts mentions by where they start, and lets dates refer to citations by their place in that order.
fn in_order(mut spans: Vec<(usize, Option<usize>, Mention)>) -> Vec<Mention> {
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
