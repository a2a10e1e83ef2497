//! What a figure says: the evidence for each sense, and the flags that go with the one chosen.

use super::seen::Watch;
use super::{BEHIND, View, year};
use crate::extract::Found;
use crate::extract::choice::{indicator, sense};
use crate::extract::lexicon::*;
use crate::extract::percent::sense::direction_flag;
use crate::mention::{Flag, Percent, Sense};
use std::ops::Range;

/// Chooses the sense and writes it, with its flags.
pub fn set(found: &mut Found<Percent>, evidence: &sense::Evidence, watch: &mut Watch<'_>) {
    let ruled = found.fact.sense;
    let label = |reading: &Sense| Some(sense::name(*reading).to_string());
    let chosen = watch.pick(&sense::SPACE, &sense::WEIGHTS, sense::candidates(evidence, ruled), label);
    let Some(chosen) = chosen.filter(|chosen| *chosen != ruled) else { return };
    let direction = direction_flag(ruled).filter(|_| chosen == Sense::Target);
    found.flags.retain(|flag| !matches!(flag, Flag::Increase | Flag::Decrease | Flag::Excess));
    found.flags.extend(direction);
    found.fact.sense = chosen;
}

impl View<'_> {
    /// Gathers what speaks for one sense or another.
    pub fn evidence(
        &self,
        tokens: &[Token],
        fact: &Percent,
        words: Option<&Range<usize>>,
        senses: &[Sense],
    ) -> sense::Evidence {
        let text = self.scene.text;
        let own = self.figure();
        let first = tokens.iter().position(|token| token.is(SELF)).unwrap_or(0);
        let last = tokens.iter().rposition(|token| token.is(SELF)).unwrap_or(0);
        let from = text.ceil_char_boundary(own.start.saturating_sub(BEHIND)).max(self.around.sentence.start);
        let until = text.floor_char_boundary((own.end + 100).min(self.around.sentence.end)).max(own.end);
        let years = self.dates[self.around.dates.clone()].iter().filter_map(|date| year(&date.fact.value));
        let words = words.filter(|words| words.start < words.end);
        sense::Evidence {
            before: text[from.min(own.start)..own.start].to_lowercase(),
            after: text[own.end..until].to_lowercase(),
            title: self.article.title_words.clone(),
            above: self.around.above_words.clone(),
            indicator: fact.indicator.as_deref().unwrap_or("").to_lowercase(),
            govern: indicator::govern(tokens, first),
            behind: indicator::behind(tokens, last),
            unit: fact.unit,
            later_year: self.article.year.is_some_and(|year| years.max().is_some_and(|later| later > year)),
            role: fact.role.is_some(),
            range: fact.value.is_none(),
            right: words.is_some_and(|words| words.start >= own.end),
            all: fact.value == Some(100.0),
            undated: self.scene.published.is_none(),
            in_title: self.article.title.as_ref().is_some_and(|title| title.contains(&own.start)),
            opening: self.around.opening,
            previous: self
                .at
                .checked_sub(1)
                .filter(|before| self.around.figures.contains(before))
                .and_then(|before| senses.get(before).copied()),
            words: Vec::new(),
        }
    }
}
