//! What each figure means, chosen among candidates once figures and dates are found: indicator, sense, period, place.
//!
//! What the rules of this room and of [`link`](crate::extract::link) read is one candidate and evidence among the others.

use super::sense::direction_flag;
use crate::extract::choice::{self, Candidate, Features, Space, indicator, period, place, sense};
use crate::extract::lexicon::{self, *};
use crate::extract::link::{said, usage};
use crate::extract::places::{self, Kind, Place};
use crate::extract::{ArticleText, Extracted, Found, tokens};
use crate::mention::{CalendarDate, DateRole, Flag, Grain, Part, Percent, PlaceFrom, Sense};
use crate::place::{PlaceName, exact};
use std::ops::Range;

/// Holds what one choice was among, for whoever asks why.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// Number of the percentage in the article.
    pub figure: usize,
    /// Name of the choice.
    pub choice: &'static str,
    /// Candidates: what is read, features, sum, and whether it was taken.
    pub candidates: Vec<(Option<String>, Vec<String>, f32, bool)>,
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
    let rules: Vec<Option<Range<usize>>> = finds
        .percents
        .iter()
        .map(|found| Some(found.fact.indicator_start?..found.fact.indicator_end?))
        .collect();
    let article = Article::of(scene, &finds.dates);
    let mut around = Around::default();
    let mut last_place: Option<Option<String>> = None;
    for at in 0..figures.len() {
        let sentence = scene.sentence(figures[at].start);
        if at == 0 || sentence.start != around.sentence.start {
            around = Around::of(scene, sentence, &figures, &finds.dates);
        }
        let view = View { scene, article: &article, around: &around, at, figures: &figures, dates: &finds.dates };
        let fact = &mut finds.percents[at].fact;
        let mut watch = Watch { figure: at, seen: seen.as_deref_mut() };
        let tokens = view.tokens();
        let words = view.indicator(&tokens, &rules, &mut watch);
        view.set_indicator(fact, words.as_ref());
        let evidence = view.evidence(&tokens, fact, words.as_ref());
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
            (label(&candidate.reading), names, choice::sum(weights, &candidate.features), taken)
        };
        let chosen = choice::choose(weights, candidates.clone());
        let all = candidates.iter().map(|candidate| described(candidate, Some(&candidate.reading) == chosen.as_ref()));
        seen.push(Seen { figure: self.figure, choice: space.name, candidates: all.collect() });
        chosen
    }
}

/// Holds what is the same for all figures of an article.
struct Article {
    /// Year of publication, else the year that its dates name most.
    year: Option<i16>,
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
        Article {
            year: scene.published.map(|day| day.year()).or_else(|| commonest(dates)),
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
    above: Range<usize>,
    entries: Vec<Token>,
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
            entries,
            above,
            sentence,
        }
    }
}

/// Looks at one figure.
struct View<'a> {
    scene: &'a ArticleText<'a>,
    article: &'a Article,
    around: &'a Around,
    at: usize,
    figures: &'a [Range<usize>],
    dates: &'a [Found<CalendarDate>],
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
        let entries: Vec<Token> = entries[first..last]
            .iter()
            .copied()
            .filter(|entry| from <= entry.start && entry.end <= until)
            .collect();
        tokens::fill(text, &(from..until.max(own.end)), &entries, figures, &dates, own)
    }

    fn indicator(
        &self,
        tokens: &[Token],
        rules: &[Option<Range<usize>>],
        watch: &mut Watch<'_>,
    ) -> Option<Range<usize>> {
        let before = self.at.checked_sub(1).filter(|before| self.around.figures.contains(before));
        let figure = indicator::Figure {
            tokens,
            rule: rules[self.at].clone(),
            previous: before.map(|before| (rules[before].clone(), self.figures[before].clone())),
        };
        let text = self.scene.text;
        watch
            .pick(&indicator::SPACE, &indicator::WEIGHTS, indicator::candidates(&figure), |reading| {
                reading.as_ref().map(|words| text[words.clone()].to_string())
            })
            .flatten()
    }

    fn set_indicator(&self, fact: &mut Percent, words: Option<&Range<usize>>) {
        fact.indicator = words.map(|words| self.scene.text[words.clone()].to_string());
        fact.indicator_start = words.map(|words| words.start);
        fact.indicator_end = words.map(|words| words.end);
        fact.base = fact.base.take().filter(|base| fact.indicator.as_ref().is_some_and(|own| own != base));
    }

    fn evidence(&self, tokens: &[Token], fact: &Percent, words: Option<&Range<usize>>) -> sense::Evidence {
        let text = self.scene.text;
        let own = self.figure();
        let first = tokens.iter().position(|token| token.is(SELF)).unwrap_or(0);
        let last = tokens.iter().rposition(|token| token.is(SELF)).unwrap_or(0);
        let from = text.ceil_char_boundary(own.start.saturating_sub(BEHIND)).max(self.around.sentence.start);
        let until = text.floor_char_boundary((own.end + 60).min(self.around.sentence.end)).max(own.end);
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
        none.extend(["thuế", "mức", "lãi suất", "phí", "giá"].iter().any(|rate| named.starts_with(rate)).then_some(7));
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
        let before = &text[text.ceil_char_boundary(date.span.start.saturating_sub(40)).max(sentence.start)..date.span.start];
        let value = &date.fact.value;
        let mut rule = vec![if fact.period.is_none() { 2 } else if fact.period.as_ref() == Some(value) { 1 } else { 3 }];
        rule.extend((fact.compared_to.as_ref() == Some(value)).then_some(5));
        let trimmed = before.trim_end().to_lowercase();
        let until = ["đến", "tới", "hết", "lũy kế", "luỹ kế"].iter().any(|cue| trimmed.ends_with(cue));
        let place = period::Near {
            value: value.clone(),
            region,
            rank,
            usage: usage(text, &sentence, date) as usize,
            grain: date.fact.grain,
            form: usize::from(until),
            rule,
            figures: self.crossed(&between),
            distance: if region < 3 { between.len() } else { 0 },
            facts: self.facts(fact, date, region, &text[between.clone()], before),
            before: before.to_string(),
        };
        if let Some(total) = total(value, date.fact.grain).filter(|_| until || trimmed.ends_with("ngày")) {
            let form = if until { 2 } else { 3 };
            near.push(period::Near { value: total, form, rule: Vec::new(), ..place.clone() });
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
        let inside = |place: &&Place| words.is_some_and(|words| words.start <= place.span.start && place.span.end <= words.end);
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
        let chosen = watch.pick(&place::SPACE, &place::WEIGHTS, candidates, |reading| {
            reading.as_ref().map(|(name, _)| name.clone())
        });
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
        let before = &text[text.ceil_char_boundary(found.span.start.saturating_sub(24)).max(sentence.start)..found.span.start];
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
            (None, Kind::Generic) if matches!(place.name.as_str(), "tỉnh" | "thành phố") => province.map(str::to_string),
            (None, Kind::Generic) => {
                // `toàn huyện`: the one that title or text above names.
                let titled = self.article.title_places.iter().chain(self.around.above_places.iter().rev());
                let local = titled.filter_map(|other| other.read.as_ref()).find(|read| {
                    read.local.as_ref().is_some_and(|local| local.starts_with(&place.name))
                })?;
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
