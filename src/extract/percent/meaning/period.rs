//! The times near a figure, and which of them it is for.

use super::seen::Watch;
use super::totals::{TOTAL, total};
use super::{ACTS, BEHIND, NEAR, View, year};
use crate::extract::Found;
use crate::extract::choice::period;
use crate::extract::link::{said, usage};
use crate::mention::{CalendarDate, DateRole, Flag, Grain, Percent, Sense};
use std::ops::Range;

/// Words that open the name of a state, in lower case: a stock or a rate at a day, not what was counted up to it.
const STATES: &[&str] = &[
    "tỷ lệ",
    "tỉ lệ",
    "độ ",
    "dư nợ",
    "nợ ",
    "tổng dư nợ",
    "tỷ trọng",
    "dân số",
    "số dư",
    "tỷ suất",
    "lãi suất",
    "vốn hóa",
];

/// Words that open the name of a rate, in lower case.
const RATES: &[&str] = &["thuế", "mức", "lãi suất", "phí", "giá"];

impl View<'_> {
    /// Chooses the time that the figure is for.
    pub fn period(&self, fact: &mut Percent, words: Option<&Range<usize>>, watch: &mut Watch<'_>) {
        let own = self.figure();
        let mut near = Vec::new();
        let sentence = &self.dates[self.around.dates.clone()];
        let left = sentence.iter().rev().filter(|date| date.span.end <= own.start).take(NEAR);
        let right = sentence.iter().filter(|date| date.span.start >= own.end && date.span.start <= own.end + BEHIND);
        let above = self.dates[self.around.above_dates.clone()].iter().rev().take(NEAR);
        let of = |part: &Option<Range<usize>>| {
            let outside = part.clone().filter(|part| !part.contains(&own.start)).unwrap_or(0..0);
            self.dates.iter().take(NEAR * 2).filter(move |date| outside.contains(&date.span.start)).take(3)
        };
        for (region, dates) in [
            left.collect::<Vec<_>>(),
            right.take(NEAR - 2).collect(),
            above.collect(),
            of(&self.article.title).collect(),
            of(&self.article.lead).collect(),
        ]
        .into_iter()
        .enumerate()
        {
            for (rank, date) in dates.into_iter().enumerate() {
                self.times(fact, date, region, rank, &mut near);
            }
        }
        let mut none = vec![usize::from(!sentence.is_empty()), 2 + usize::from(fact.period.is_some()), 9];
        none.extend(near.iter().any(|date| date.region >= 3).then_some(4));
        none.extend((!self.around.above_dates.is_empty()).then_some(5));
        none.extend(fact.compared_to.is_some().then_some(6));
        let named = words.map_or("", |words| &self.scene.text[words.clone()]).to_lowercase();
        none.extend(RATES.iter().any(|rate| named.starts_with(rate)).then_some(7));
        let opens = self.scene.text[self.around.sentence.clone()].trim_start().starts_with(['-', '+', '•', '*', '–']);
        none.extend(opens.then_some(8));
        let candidates = period::candidates(near, &none, fact.sense);
        fact.period = watch.pick(&period::SPACE, &period::WEIGHTS, candidates, Clone::clone).flatten();
    }

    /// Appends the times that a date may stand for: itself, and the running total up to it.
    fn times(
        &self,
        fact: &Percent,
        date: &Found<CalendarDate>,
        region: usize,
        rank: usize,
        near: &mut Vec<period::Near>,
    ) {
        let text = self.scene.text;
        let own = self.figure();
        let sentence = self.scene.sentence(date.span.start);
        let between = if date.span.end <= own.start { date.span.end..own.start } else { own.end..date.span.start };
        let between = between.start..between.end.max(between.start);
        let before =
            &text[text.ceil_char_boundary(date.span.start.saturating_sub(40)).max(sentence.start)..date.span.start];
        let value = &date.fact.value;
        let mut rule = vec![if fact.period.is_none() {
            2
        } else if fact.period.as_ref() == Some(value) {
            1
        } else {
            3
        }];
        rule.extend((fact.compared_to.as_ref() == Some(value)).then_some(5));
        let previous = self.at.checked_sub(1).and_then(|before| self.periods[before].as_ref());
        rule.extend(previous.map(|previous| if previous == value { 6 } else { 7 }));
        let trimmed = before.trim_end().to_lowercase();
        let ends = |cues: &[&str]| cues.iter().any(|cue| trimmed.ends_with(cue));
        let words = text[date.span.clone()].to_lowercase();
        let until = ends(&["đến", "tới", "hết", "lũy kế", "luỹ kế"]);
        let from = ends(&["từ", "kể từ", "từ ngày"]) || words.starts_with("từ ");
        let form = match (date.rule == TOTAL, until, from) {
            (true, ..) => 4,
            (_, true, _) => 1,
            (.., true) => 8,
            _ => 0,
        };
        let place = period::Near {
            value: value.clone(),
            region,
            rank,
            usage: usage(text, &sentence, date) as usize,
            grain: date.fact.grain,
            form,
            rule,
            figures: self.crossed(&between),
            distance: if region < 3 { between.len() } else { 0 },
            facts: self.facts(fact, date, region, &text[between.clone()], before),
            before: before.to_string(),
            state: fact.indicator.as_ref().is_some_and(|words| {
                let words = words.to_lowercase();
                STATES.iter().any(|state| words.starts_with(state))
            }),
        };
        let mut also = |value: String, form| near.push(period::Near { value, form, rule: Vec::new(), ..place.clone() });
        let filled = value.replacen("XXXX", &self.article.year.map_or("XXXX".to_string(), |year| year.to_string()), 2);
        if let Some(total) = total(&filled, date.fact.grain).filter(|_| until || trimmed.ends_with("ngày")) {
            also(total, if until { 2 } else { 3 });
        }
        if filled != *value {
            also(filled, 7);
        }
        if let Some(next) = self.next_year(date) {
            also(format!("{value}/{next}"), 9);
        }
        if from && !value.contains('/') {
            also(format!("{value}/.."), 5);
        }
        let last = date.fact.date_end.filter(|_| date.fact.grain != Grain::Day && (until || ends(&["cuối"])));
        if let Some(last) = last {
            also(last.to_string(), 6);
        }
        near.push(place);
    }

    /// Returns the year that follows a year in the text and on the calendar: `năm 2011, 2012`, `2011 và 2012`.
    fn next_year(&self, date: &Found<CalendarDate>) -> Option<&str> {
        let behind = self.dates.partition_point(|other| other.span.start < date.span.end);
        let next = self.dates.get(behind).filter(|_| date.fact.grain == Grain::Year)?;
        let joint = self.scene.text[date.span.end..next.span.start].trim();
        let follows = matches!(joint, "," | "và") && next.fact.grain == Grain::Year;
        let own = year(&date.fact.value)?;
        (follows && year(&next.fact.value) == Some(own + 1)).then_some(next.fact.value.as_str())
    }

    /// Returns the numbers of what is known of a date.
    fn facts(
        &self,
        fact: &Percent,
        date: &Found<CalendarDate>,
        region: usize,
        between: &str,
        before: &str,
    ) -> Vec<usize> {
        let own = year(&date.fact.value);
        let now = self.article.year;
        let later = own.zip(now).is_some_and(|(own, now)| own > now);
        let aim = fact.sense == Sense::Target;
        let lower = before.to_lowercase();
        let near = region < 3;
        let sentence = self.scene.sentence(date.span.start);
        [
            date.fact.role == Some(DateRole::Issued),
            date.flags.contains(&Flag::InferredYear),
            later,
            own.is_some() && own == now,
            own.zip(now).is_some_and(|(own, now)| own + 1 < now),
            date.fact.value.contains('X'),
            ACTS.iter().any(|act| lower.contains(act)),
            date.span.start < sentence.start + 24,
            region == 2 && !between.contains('\n'),
            before.trim_end().ends_with('('),
            near && between.contains(';'),
            near && between.contains(", "),
            later && aim,
            later && !aim,
            said(self.scene.text, date, self.figure().start),
            region == 2 && between.contains("\n-"),
            ACTS.iter().any(|act| self.article.title_words.contains(act)),
            fact.indicator
                .as_ref()
                .is_some_and(|words| RATES.iter().any(|rate| words.to_lowercase().starts_with(rate))),
            aim && ["kế hoạch", "chương trình", "mục tiêu"].iter().any(|plan| self.article.title_words.contains(plan)),
            own.is_some() && own == self.article.commonest,
        ]
        .into_iter()
        .enumerate()
        .filter(|(_, there)| *there)
        .map(|(number, _)| number)
        .collect()
    }
}
