//! What each figure means, chosen among candidates once figures and dates are found: indicator, sense, period, place.
//!
//! What the rules of this room and of [`link`](crate::extract::link) read is one candidate and evidence among the others.

use super::sense::direction_flag;
use crate::extract::choice::{self, Candidate, Space, indicator, period, place, sense};
use crate::extract::lexicon::{self, *};
use crate::extract::link::{said, usage};
use crate::extract::places::{self, Kind, Place};
use crate::extract::{ArticleText, Extracted, Found, tokens};
use crate::mention::{CalendarDate, DateRole, Flag, Grain, Part, Percent, PlaceFrom, Sense};
use crate::place::{PlaceName, exact};
use serde::Serialize;
use std::borrow::Cow;
use std::ops::Range;

/// Holds what one choice was among, for whoever asks why.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// Number of the percentage in the article.
    pub figure: usize,
    /// Name of the choice.
    pub choice: &'static str,
    /// What it was among.
    pub candidates: Vec<Reading>,
    /// Tokens of the sentence, of the choice of the indicator: the others have none.
    pub tokens: Vec<Token>,
}

/// Holds one candidate of a choice as people and scripts read it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reading {
    /// What is read; nothing is a reading too.
    pub label: Option<String>,
    /// What speaks for and against it.
    pub features: Vec<String>,
    /// Sum of the weights of its features.
    pub sum: f32,
    /// Says that it was taken.
    pub taken: bool,
}

/// Bytes above a sentence in which its times and places may stand.
const ABOVE: usize = 600;

/// Bytes behind a figure in which its time and place may stand.
const BEHIND: usize = 260;

/// Dates and places looked at in each region.
const NEAR: usize = 6;

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
        let words = view.indicator(&tokens, fact, &rules, &mut watch);
        view.set_indicator(fact, words.as_ref());
        let evidence = view.evidence(&tokens, fact, words.as_ref(), &senses);
        let chosen = watch.pick(&sense::SPACE, &sense::WEIGHTS, sense::candidates(&evidence, fact.sense), |reading| {
            Some(sense::name(*reading).to_string())
        });
        set_sense(&mut finds.percents[at], chosen);
        let fact = &mut finds.percents[at].fact;
        view.period(fact, words.as_ref(), &mut watch);
        view.place(fact, words.as_ref(), &mut last_place, &mut watch);
    }
}

/// Writes the sense, and the flags that go with it.
fn set_sense(found: &mut Found<Percent>, chosen: Option<Sense>) {
    let Some(chosen) = chosen.filter(|chosen| *chosen != found.fact.sense) else { return };
    let direction = direction_flag(found.fact.sense).filter(|_| chosen == Sense::Target);
    found.flags.retain(|flag| !matches!(flag, Flag::Increase | Flag::Decrease | Flag::Excess));
    found.flags.extend(direction);
    found.fact.sense = chosen;
}

/// Holds the candidates of one figure's choices for whoever asks.
struct Watch<'a> {
    figure: usize,
    seen: Option<&'a mut Vec<Seen>>,
}

impl Watch<'_> {
    fn pick<T: Clone + PartialEq>(
        &mut self,
        space: &Space,
        weights: &[f32],
        candidates: Vec<Candidate<T>>,
        label: impl Fn(&T) -> Option<String>,
    ) -> Option<T> {
        let Some(seen) = &mut self.seen else { return choice::choose(weights, candidates) };
        let described = |candidate: &Candidate<T>, taken: bool| {
            let names = candidate.features.0.iter().map(|feature| space.feature(*feature)).collect();
            let sum = choice::sum(weights, &candidate.features);
            Reading { label: label(&candidate.reading), features: names, sum, taken }
        };
        let chosen = choice::choose(weights, candidates.clone());
        let all = candidates.iter().map(|candidate| described(candidate, Some(&candidate.reading) == chosen.as_ref()));
        seen.push(Seen { figure: self.figure, choice: space.name, candidates: all.collect(), tokens: Vec::new() });
        chosen
    }
}

/// Holds what is the same for all figures of an article.
struct Article {
    /// Year of publication, else the year that its dates name most.
    year: Option<i16>,
    /// Year that its dates name most.
    commonest: Option<i16>,
    /// Byte ranges of title and lead.
    title: Option<Range<usize>>,
    lead: Option<Range<usize>>,
    title_places: Vec<Place>,
    lead_places: Vec<Place>,
    /// Province of the title, else of the newspaper.
    province: Option<String>,
    title_words: String,
}

impl Article {
    fn of(scene: &ArticleText<'_>, dates: &[Found<CalendarDate>]) -> Self {
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
            year: scene.published.map(|day| day.year()).or(commonest),
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
    let mut years: Vec<i16> = dates.iter().filter_map(|date| year(&date.fact.value)).collect();
    years.sort_unstable();
    years.chunk_by(|one, next| one == next).max_by_key(|run| run.len())?.first().copied()
}

/// Returns the first year of a date value.
fn year(value: &str) -> Option<i16> {
    value.get(..4)?.parse().ok()
}

/// Holds what is the same for all figures of a sentence.
#[derive(Default)]
struct Around {
    sentence: Range<usize>,
    /// The text above it that is looked at.
    entries: Vec<Token>,
    /// Tags of its first word, when the lexicon has it.
    opening: Roles,
    places: Vec<Place>,
    above_places: Vec<Place>,
    above_words: String,
    /// Dates of the sentence and of the text above, as indices.
    dates: Range<usize>,
    above_dates: Range<usize>,
    /// Figures of the sentence, as indices.
    figures: Range<usize>,
}

impl Around {
    fn of(
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

/// Returns the dates and the running totals that are none to the rules of dates: `11 tháng`, `từ đầu năm`.
fn with_totals<'d>(
    scene: &ArticleText<'_>,
    dates: &'d [Found<CalendarDate>],
    year: Option<i16>,
) -> Cow<'d, [Found<CalendarDate>]> {
    let totals = totals(scene, dates, year);
    if totals.is_empty() {
        return Cow::Borrowed(dates);
    }
    let mut all: Vec<_> = dates.iter().cloned().chain(totals).collect();
    all.sort_by_key(|date| date.span.start);
    Cow::Owned(all)
}

/// Finds `11 tháng` and `từ đầu năm` outside the dates.
fn totals(scene: &ArticleText<'_>, dates: &[Found<CalendarDate>], year: Option<i16>) -> Vec<Found<CalendarDate>> {
    let text = scene.text;
    let mut found = Vec::new();
    let Some(year) = year else { return found };
    let free = |span: &Range<usize>| {
        let after = dates.partition_point(|date| date.span.end <= span.start);
        dates.get(after).is_none_or(|date| date.span.start >= span.end)
    };
    let mut push = |span: Range<usize>, value: String| {
        if free(&span) {
            let fact = CalendarDate { value, grain: Grain::Interval, ..CalendarDate::default() };
            found.push(Found { span, rule: TOTAL, flags: Vec::new(), fact });
        }
    };
    for (at, words) in text.match_indices(" tháng") {
        let digits = text[..at].chars().rev().take_while(char::is_ascii_digit).count();
        let start = at - digits;
        let next = text[at + words.len()..].split_whitespace().next().unwrap_or("");
        let end = text[at + words.len()..].starts_with([' ', ',', ')', '.', ':']);
        let joined =
            text[..start].ends_with(['-', '–', '/', ',', '.']) || text[..start].ends_with(char::is_alphanumeric);
        let last = || text[..start].split_whitespace().next_back().unwrap_or("").to_lowercase();
        let Ok(months @ 2..=12) = text[start..at].parse::<i8>() else { continue };
        if !end || joined || NOT_BEHIND.contains(&next) || NOT_BEFORE.contains(&last().as_str()) {
            continue;
        }
        let ahead = scene.published.is_some_and(|day| months > day.month());
        let year = year - i16::from(ahead);
        let value = match months {
            6 => format!("{year}-H1"),
            12 => format!("{year}"),
            _ => format!("{year}-01/{year}-{months:02}"),
        };
        push(start..at + words.len(), value);
    }
    for cue in ["từ đầu năm", "Từ đầu năm"] {
        for (at, words) in text.match_indices(cue) {
            let Some(day) = scene.published else { break };
            push(at..at + words.len(), format!("{year}-01-01/{day}"));
        }
    }
    found.sort_by_key(|date| date.span.start);
    found
}

/// Name of what [`totals`] finds.
const TOTAL: &str = "running-total";

/// Words behind and before a number of months that is a length of time.
const NOT_BEHIND: &[&str] = &[
    "tuổi", "tuổi,", "tuổi.", "liên", "trở", "kể", "một", "lương", "tù", "tù,", "thử", "sau", "trước", "nữa", "cuối",
    "tới",
];
const NOT_BEFORE: &[&str] =
    &["hạn", "sau", "dưới", "trên", "mỗi", "khoảng", "gần", "hơn", "tháng", "đủ", "quá", "cả", "tối"];

/// Looks at one figure.
struct View<'a> {
    scene: &'a ArticleText<'a>,
    article: &'a Article,
    around: &'a Around,
    at: usize,
    figures: &'a [Range<usize>],
    dates: &'a [Found<CalendarDate>],
    /// The periods that the rules read, of all figures.
    periods: &'a [Option<String>],
}

impl View<'_> {
    fn figure(&self) -> &Range<usize> {
        &self.figures[self.at]
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
        fact: &Percent,
        rules: &[Option<Range<usize>>],
        watch: &mut Watch<'_>,
    ) -> Option<Range<usize>> {
        let before = self.at.checked_sub(1).filter(|before| self.around.figures.contains(before));
        let figure = indicator::Figure {
            tokens,
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

    fn evidence(
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
        }
    }

    fn period(&self, fact: &mut Percent, words: Option<&Range<usize>>, watch: &mut Watch<'_>) {
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
        if from && !value.contains('/') {
            also(format!("{value}/.."), 5);
        }
        let last = date.fact.date_end.filter(|_| date.fact.grain != Grain::Day && (until || ends(&["cuối"])));
        if let Some(last) = last {
            also(last.to_string(), 6);
        }
        near.push(place);
    }

    /// Counts the figures that lie in a range.
    fn crossed(&self, between: &Range<usize>) -> usize {
        let first = self.figures.partition_point(|figure| figure.start < between.start);
        self.figures.partition_point(|figure| figure.start < between.end).saturating_sub(first)
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

    fn place(
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

/// Entries of the lexicon on either side of a figure, and bytes, that its tokens are cut from.
const REACH: usize = 60;
const FAR: usize = 700;

/// Words for documents, in lower case.
const ACTS: &[&str] =
    &["nghị định", "nghị quyết", "luật", "quyết định", "thông tư", "công văn", "chỉ thị", "chương trình", "kế hoạch"];

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

/// Returns the places of a part that does not hold the figure.
fn outside<'p>(part: &Option<Range<usize>>, figure: usize, places: &'p [Place]) -> Vec<&'p Place> {
    let holds = part.as_ref().is_none_or(|part| part.contains(&figure));
    if holds { Vec::new() } else { places.iter().take(NEAR - 2).collect() }
}

/// Returns the running total up to a day or month, from the start of its year.
fn total(value: &str, grain: Grain) -> Option<String> {
    let year = value.get(..4)?;
    match grain {
        Grain::Day if value.len() == 10 => Some(format!("{year}-01-01/{value}")),
        Grain::Month if value.len() == 7 => Some(format!("{year}-01/{value}")),
        _ => None,
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_total_begins_with_its_year() {
        assert_eq!(total("2020-10-15", Grain::Day).as_deref(), Some("2020-01-01/2020-10-15"));
        assert_eq!(total("2013-10", Grain::Month).as_deref(), Some("2013-01/2013-10"));
        assert_eq!(total("XXXX-10", Grain::Year), None);
    }
}
