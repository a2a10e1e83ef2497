//! The year that a date leaves out: said by the sentence, else the one nearest to publication, else unknown.

use super::bare;
use super::calendar::DateValue;
use super::list;
use super::reading::Reading;
use super::words;
use crate::extract::{Extracted, ArticleText};
use jiff::civil::Date;

/// Words that ask for the future when they stand before or after a date in its sentence.
const AHEAD: &[&str] = &["sẽ", "dự kiến", "sắp", "tới đây", "phấn đấu", "chậm nhất", "kế hoạch", "phải", "hoàn thành"];

/// Words that ask for the past.
const BEHIND: &[&str] = &[
    "đã",
    "vừa qua",
    "vừa rồi",
    "trước đó",
    "đến nay",
    "đón",
    "ghi nhận",
    "xảy ra",
    "bị bắt",
    "bắt giữ",
    "khởi tố",
    "tử vong",
];

/// Words before a year that make it another's: the year of a comparison, an aim or a document.
const NOT_REPORTED: &[&str] = &["kỳ", "với", "đến", "của", "giai đoạn", "tới", "hơn", "sinh", "sn"];

/// Completes the readings in place: what has no year gets one. Answers for each whether its year is inferred.
pub fn complete(scene: &ArticleText<'_>, taken: &Extracted, readings: &mut [Reading]) -> Vec<bool> {
    let mut inferred = vec![false; readings.len()];
    // From right to left, because the last member of a list says what the others leave out.
    for i in (0..readings.len()).rev() {
        // `tháng 1 năm nay` without a publication date is of no known year.
        if !readings[i].said.lacks_year() || readings[i].lunar || readings[i].relative {
            continue;
        }
        let governed = || {
            if scene.published.is_some() && pointed(scene.text, readings[i].span.end) {
                None
            } else {
                governing(scene, taken, readings, &inferred, i)
            }
        };
        let year = issued(taken, &readings[i])
            .or_else(governed)
            .or_else(|| year_of_list(scene, readings, &inferred, i))
            .or_else(|| near(scene, &readings[i]));
        let Some(year) = year else { continue };
        inferred[i] = true;
        let reading = &mut readings[i];
        reading.said = reading.said.in_year(year);
        if let Some(until) = reading.until {
            let same = until.in_year(year);
            reading.until = Some(if same.end() < reading.said.begin() { until.in_year(year + 1) } else { same });
        }
    }
    inferred
}

/// Says whether a word behind a date points from the day of publication, whatever year the sentence is about:
/// `năm 2023 khép lại; trong tháng 1 này`. In `từ tháng 1 tới tháng 3` the word joins.
fn pointed(text: &str, end: usize) -> bool {
    const POINT: &[&str] = &["này", "vừa qua", "vừa rồi", "sắp tới", "tới đây", "tới"];
    const JOINED: &[&str] =
        &["tới ngày", "tới tháng", "tới năm", "tới cuối", "tới đầu", "tới giữa", "tới hết", "tới quý", "tới nay"];
    let number = |rest: &str| {
        rest.trim_start()
            .strip_prefix("tới")
            .is_some_and(|next| next.trim_start().starts_with(|c: char| c.is_ascii_digit()))
    };
    words::follows_one(text, end, POINT) && !words::follows_one(text, end, JOINED) && !number(&text[end..])
}

/// Returns the year of the document whose issue date a reading is.
fn issued(taken: &Extracted, reading: &Reading) -> Option<i16> {
    let date =
        taken.issued.iter().find(|date| date.span.start < reading.span.end && reading.span.start < date.span.end)?;
    let value = taken.citations.get(date.citation)?.fact.issued.as_ref()?;
    value.get(..4)?.parse().ok()
}

/// Returns the year that the sentence of a reading is about: said by a date before it in the sentence, not by one of a
/// comparison, of an aim or of a document; without publication date also by one after it.
fn governing(scene: &ArticleText<'_>, taken: &Extracted, readings: &[Reading], inferred: &[bool], i: usize) -> Option<i16> {
    let sentence = scene.sentence(readings[i].span.start);
    let reports = |j: &usize| {
        let other = &readings[*j];
        let plain = !inferred[*j] && !other.relative && !other.lunar && other.until.is_none();
        let year = other.said.year().filter(|_| plain)?;
        // `World Cup 2014`: what is told of a feast to come happens before it.
        if other.rule == bare::NAMED && scene.published.is_some_and(|published| published.year() != year) {
            return None;
        }
        let before = &scene.text[words::back(scene.text, other.span.start, 24)..other.span.start];
        let documents = &taken.citations;
        let after = documents.partition_point(|citation| citation.span.end <= other.span.start);
        // An issue date stands right behind its document.
        let issued = after > 0 && other.span.start - documents[after - 1].span.end <= 4;
        // `anh H. (1987, trú tại thôn 4)` is born in that year.
        let aside = before.ends_with('(')
            && matches!(other.said, DateValue::Year(_))
            && scene.text[other.span.end..].starts_with([',', ';']);
        (!issued && !aside && !words::word_before(before, NOT_REPORTED)).then_some(year)
    };
    let inside = |j: &usize| sentence.contains(&readings[*j].span.start);
    let before = (0..i).rev().take(8).take_while(inside).find_map(|j| reports(&j));
    // With a publication date a year that does not open the sentence governs only when it is one of those around, and no
    // day at hand: `cổ tức năm 2012 từ ngày 31/5` of 29 May 2013 is about to be paid.
    if let Some(published) = scene.published {
        let around = |year: i16| (published.year() - year).abs() <= 1 && !at_hand(&readings[i], published);
        return before.filter(|year| around(*year) || opens(scene, readings, i, *year));
    }
    before.or_else(|| (i + 1..readings.len()).take(8).take_while(inside).find_map(|j| reports(&j)))
}

/// Says whether a day of some year is within three weeks of publication.
fn at_hand(reading: &Reading, published: Date) -> bool {
    const DAYS: i32 = 21;
    let near =
        |year: i16| reading.said.in_year(year).begin().is_some_and(|day| (day - published).get_days().abs() <= DAYS);
    matches!(reading.said, DateValue::Day { .. }) && (published.year() - 1..=published.year() + 1).any(near)
}

/// Says whether the sentence of a reading begins with that year.
fn opens(scene: &ArticleText<'_>, readings: &[Reading], i: usize, year: i16) -> bool {
    let start = scene.sentence(readings[i].span.start).start;
    readings[..i]
        .iter()
        .rev()
        .take(8)
        .any(|other| other.span.start <= start + 16 && other.span.start >= start && other.said.year() == Some(year))
}

/// Returns the year inferred for the next member of a list, when the list grows: `quý II và quý III`.
fn year_of_list(scene: &ArticleText<'_>, readings: &[Reading], inferred: &[bool], i: usize) -> Option<i16> {
    let (reading, next) = (&readings[i], readings.get(i + 1)?);
    let year = next.said.year().filter(|_| inferred[i + 1])?;
    let said = reading.said.in_year(year);
    (said.grain() == next.said.grain() && said.begin() < next.said.begin() && list::goes_on(scene.text, reading, next))
        .then_some(year)
}

/// Returns the year that brings a reading nearest to publication, with a cue in its clause the nearest on that side.
fn near(scene: &ArticleText<'_>, reading: &Reading) -> Option<i16> {
    let published = scene.published?;
    let distance = |year: i16| reading.said.in_year(year).begin().map(|begin| (begin - published).get_days());
    let whole = |year: i16| reading.said.in_year(year).end().map(|end| (end - published).get_days());
    let years = [published.year() - 1, published.year(), published.year() + 1];
    let nearest = |allowed: &dyn Fn(i16) -> bool| {
        years
            .into_iter()
            .filter(|&year| allowed(year))
            .filter_map(|year| Some((reach(distance(year)?, whole(year)?), year)))
            .min()
            .map(|(_, year)| year)
    };
    let plain = nearest(&|_| true)?;
    // Within three months the nearest is right whatever the tense.
    if reach(distance(plain)?, whole(plain)?) <= 92 {
        return Some(plain);
    }
    match tense(scene, reading) {
        Some(true) => nearest(&|year| whole(year).is_some_and(|days| days >= 0)),
        Some(false) => nearest(&|year| distance(year).is_some_and(|days| days <= 0)),
        None => Some(plain),
    }
}

/// Returns how many days a span of time lies from publication; none when it holds it.
fn reach(begin: i32, end: i32) -> i32 {
    if begin > 0 { begin } else { (-end).max(0) }
}

/// Returns whether the words around ask for the future (true) or the past (false).
fn tense(scene: &ArticleText<'_>, reading: &Reading) -> Option<bool> {
    let sentence = scene.sentence(reading.span.start);
    let before = scene.text[words::back(scene.text, reading.span.start, 60).max(sentence.start)..reading.span.start]
        .to_lowercase();
    let mut until = (reading.span.end + 90).min(sentence.end);
    while !scene.text.is_char_boundary(until) {
        until -= 1;
    }
    let after = scene.text[reading.span.end..until.max(reading.span.end)].to_lowercase();
    if after.starts_with(" tới") && !after.starts_with(" tới ngày") {
        return Some(true);
    }
    let said = |words: &[&str]| words.iter().any(|word| before.contains(word) || after.contains(word));
    match (said(AHEAD), said(BEHIND)) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}
