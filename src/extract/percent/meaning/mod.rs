//! What each figure means, chosen among candidates once figures and dates are found: indicator, sense, period, place.
//!
//! What the rules of this room and of [`link`](crate::extract::link) read is one candidate and evidence among the others.

mod context;
mod period;
mod place;
mod seen;
mod sense;
mod totals;

use crate::extract::choice::words::{self, Known};
use crate::extract::choice::{self, indicator};
use crate::extract::lexicon::*;
use crate::extract::{ArticleText, Extracted, Found, tokens};
use crate::mention::{CalendarDate, Percent, Sense};
use context::{Around, Article, year};
use seen::Watch;
pub use seen::{Reading, Seen};
use std::ops::Range;
use totals::with_totals;

/// Bytes behind a figure in which its time and place may stand.
const BEHIND: usize = 260;

/// Dates and places looked at in each region.
const NEAR: usize = 6;

/// Words for documents, in lower case.
const ACTS: &[&str] =
    &["nghị định", "nghị quyết", "luật", "quyết định", "thông tư", "công văn", "chỉ thị", "chương trình", "kế hoạch"];

/// Entries of the lexicon on either side of a figure, and bytes, that its tokens are cut from.
const REACH: usize = 60;
const FAR: usize = 700;

/// Chooses what each figure means; appends what each choice was among when asked.
pub fn choose(scene: &ArticleText<'_>, finds: &mut Extracted, mut seen: Option<&mut Vec<Seen>>) {
    if finds.percents.is_empty() {
        return;
    }
    let figures: Vec<Range<usize>> = finds.percents.iter().map(|found| found.span.clone()).collect();
    let rules: Vec<Option<Range<usize>>> =
        finds.percents.iter().map(|found| Some(found.fact.indicator_start?..found.fact.indicator_end?)).collect();
    let article = Article::of(scene, &finds.dates);
    let senses: Vec<Sense> = finds.percents.iter().map(|found| found.fact.sense).collect();
    let periods: Vec<Option<String>> = finds.percents.iter().map(|found| found.fact.period.clone()).collect();
    let dates = with_totals(scene, &finds.dates, article.year);
    let mut around = Around::default();
    let mut last_place: Option<Option<String>> = None;
    for at in 0..figures.len() {
        let sentence = scene.sentence(figures[at].start);
        if at == 0 || sentence.start != around.sentence.start {
            around = Around::of(scene, sentence, &figures, &dates);
        }
        let view =
            View { scene, article: &article, around: &around, at, figures: &figures, dates: &dates, periods: &periods };
        let fact = &mut finds.percents[at].fact;
        let mut watch = Watch { figure: at, seen: seen.as_deref_mut() };
        let tokens = view.tokens();
        let known = words::known(scene.text, &tokens);
        let words = view.indicator(&tokens, &known, fact, &rules, &mut watch);
        view.set_indicator(fact, words.as_ref());
        let mut evidence = view.evidence(&tokens, fact, words.as_ref(), &senses);
        evidence.words = choice::sense::words(&tokens, &known);
        sense::set(&mut finds.percents[at], &evidence, &mut watch);
        let fact = &mut finds.percents[at].fact;
        view.period(fact, words.as_ref(), &mut watch);
        view.place(fact, words.as_ref(), &mut last_place, &mut watch);
    }
}

/// Looks at one figure.
pub struct View<'a> {
    /// The text.
    pub scene: &'a ArticleText<'a>,
    /// What is the same in all of it.
    pub article: &'a Article,
    /// What is the same in the sentence.
    pub around: &'a Around,
    /// Number of the figure.
    pub at: usize,
    /// All figures.
    pub figures: &'a [Range<usize>],
    /// All dates and running totals.
    pub dates: &'a [Found<CalendarDate>],
    /// The periods that the rules read, of all figures.
    pub periods: &'a [Option<String>],
}

impl View<'_> {
    /// Returns the byte range of the figure.
    pub fn figure(&self) -> &Range<usize> {
        &self.figures[self.at]
    }

    /// Counts the figures that lie in a range.
    fn crossed(&self, between: &Range<usize>) -> usize {
        let first = self.figures.partition_point(|figure| figure.start < between.start);
        self.figures.partition_point(|figure| figure.start < between.end).saturating_sub(first)
    }

    /// Returns the tokens of the sentence near the figure.
    fn tokens(&self) -> Vec<Token> {
        let figures = &self.figures[self.around.figures.clone()];
        let dates: Vec<Range<usize>> =
            self.dates[self.around.dates.clone()].iter().map(|date| date.span.clone()).collect();
        // A sentence may be a whole table: what is far is not looked at.
        let entries = &self.around.entries;
        let own = self.figure();
        let middle = entries.partition_point(|entry| entry.end <= own.start);
        let (first, last) = (middle.saturating_sub(REACH), (middle + REACH).min(entries.len()));
        let from = if first == 0 { self.around.sentence.start } else { entries[first].start };
        let until = if last == entries.len() { self.around.sentence.end } else { entries[last - 1].end };
        let text = self.scene.text;
        let from = from.max(text.ceil_char_boundary(own.start.saturating_sub(FAR)));
        let until = until.min(text.floor_char_boundary(own.end + FAR));
        let entries: Vec<Token> =
            entries[first..last].iter().copied().filter(|entry| from <= entry.start && entry.end <= until).collect();
        tokens::fill(text, &(from..until.max(own.end)), &entries, figures, &dates, own)
    }

    fn indicator(
        &self,
        tokens: &[Token],
        known: &[Known],
        fact: &Percent,
        rules: &[Option<Range<usize>>],
        watch: &mut Watch<'_>,
    ) -> Option<Range<usize>> {
        let before = self.at.checked_sub(1).filter(|before| self.around.figures.contains(before));
        let figure = indicator::Figure {
            tokens,
            words: known,
            rule: rules[self.at].clone(),
            all: fact.value == Some(100.0),
            previous: before.map(|before| (rules[before].clone(), self.figures[before].clone())),
        };
        let text = self.scene.text;
        let label = |reading: &Option<Range<usize>>| Some(text[reading.clone()?].to_string());
        let chosen = watch.pick(&indicator::SPACE, &indicator::WEIGHTS, indicator::candidates(&figure), label);
        if let Some(seen) = watch.seen.as_mut().and_then(|seen| seen.last_mut()) {
            seen.tokens = tokens.to_vec();
        }
        chosen.flatten()
    }

    fn set_indicator(&self, fact: &mut Percent, words: Option<&Range<usize>>) {
        fact.indicator = words.map(|words| self.scene.text[words.clone()].to_string());
        fact.indicator_start = words.map(|words| words.start);
        fact.indicator_end = words.map(|words| words.end);
        fact.base = fact.base.take().filter(|base| fact.indicator.as_ref().is_some_and(|own| own != base));
    }
}
