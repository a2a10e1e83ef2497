//! The year that a date leaves out: said by the sentence, else the one nearest to publication, else unknown.

use super::bare;
use super::calendar::DateValue;
use super::lexicon::{AGENDA, NOT_REPORTED};
use super::list;
use super::reading::Reading;
use super::tense;
use super::words;
use crate::extract::{ArticleText, Extracted};
use crate::mention::Grain;
use jiff::civil::Date;

/// Readings of a sentence that are looked at on each side of one.
const NEAR: usize = 8;

/// Completes the readings in place: what has no year gets one. Answers for each whether its year is inferred.
pub fn complete(scene: &ArticleText<'_>, taken: &Extracted, readings: &mut [Reading]) -> Vec<bool> {
    let mut inferred = vec![false; readings.len()];
    // From right to left, because the last member of a list says what the others leave out.
    for i in (0..readings.len()).rev() {
        // `tháng 1 năm nay` without a publication date is of no known year.
        let reading = &readings[i];
        if !reading.said.lacks_year() || reading.lunar || reading.relative || reading.yearly {
            continue;
        }
        let governed = || {
            if scene.published.is_some() && pointed(scene.text, readings[i].span.end) {
                None
            } else {
                governing(scene, taken, readings, &inferred, i)
            }
        };
        let year = issued(taken, reading)
            .or_else(|| year_in_brackets(scene.text, readings, i))
            .or_else(governed)
            .or_else(|| year_of_list(scene, readings, &inferred, i))
            .or_else(|| near(scene, reading));
        let Some(year) = year else { continue };
        inferred[i] = true;
        let reading = &mut readings[i];
        (reading.said, reading.until) = ends_in(reading, year);
    }
    look_back(scene, readings, &inferred);
    inferred
}

/// Returns both ends of a reading in a year; the last is of the next year when it would lie before the first.
fn ends_in(reading: &Reading, year: i16) -> (DateValue, Option<DateValue>) {
    let said = reading.said.in_year(year);
    let until = reading.until.map(|until| {
        let same = until.in_year(year);
        if same.end() < said.begin() { until.in_year(year + 1) } else { same }
    });
    (said, until)
}

/// Lets `cùng kỳ năm trước` look back from the span of time that its sentence reports, whose year was inferred.
fn look_back(scene: &ArticleText<'_>, readings: &mut [Reading], inferred: &[bool]) {
    for i in 0..readings.len() {
        let reading = &readings[i];
        if reading.rule != "relative-year" || !scene.text[reading.span.clone()].ends_with("trước") {
            continue;
        }
        let sentence = scene.sentence(reading.span.start);
        let before = readings[..i].iter().zip(inferred).rev().take(NEAR / 2);
        let reported = before
            .take_while(|(other, _)| sentence.contains(&other.span.start))
            .find(|(other, _)| other.said.grain() != Grain::Day)
            .and_then(|(other, inferred)| other.said.year().filter(|_| *inferred));
        if let Some(year) = reported {
            readings[i].said = DateValue::Year(year - 1);
        }
    }
}

/// Returns the year that stands in brackets right behind: `tháng 6 (năm 2025)`.
fn year_in_brackets(text: &str, readings: &[Reading], i: usize) -> Option<i16> {
    let next = readings.get(i + 1).filter(|next| next.until.is_none() && !next.relative)?;
    let DateValue::Year(year) = next.said else { return None };
    (text.get(readings[i].span.end..next.span.start)?.trim() == "(").then_some(year)
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
fn governing(
    scene: &ArticleText<'_>,
    taken: &Extracted,
    readings: &[Reading],
    inferred: &[bool],
    i: usize,
) -> Option<i16> {
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
        let other = issued || aside || words::word_before(before, NOT_REPORTED) || on_agenda(scene, other);
        (!other).then_some(year)
    };
    let inside = |j: &usize| sentence.contains(&readings[*j].span.start);
    let before = || (0..i).rev().take(NEAR).take_while(inside);
    let behind = || (i + 1..readings.len()).take(NEAR).take_while(inside);
    // `Ngày 29/7, tỉnh họp phiên thường kỳ tháng 7/2022`: the month that is named with its year is that of the day.
    let month = month_of(readings[i].said);
    let of_month = |j: &usize| month.is_some() && month_of(readings[*j].said) == month;
    let close = scene.published.is_some_and(|published| at_hand(&readings[i], published));
    let of_month = |j: &usize| of_month(j) && !compared(scene, &readings[*j]);
    let named = before().chain(behind()).filter(of_month).find_map(|j| reports(&j)).filter(|_| !close);
    if named.is_some() {
        return named;
    }
    let before = before().find_map(|j| reports(&j));
    // With a publication date a year that does not open the sentence governs only when it is one of those around, and no
    // day at hand: `cổ tức năm 2012 từ ngày 31/5` of 29 May 2013 is about to be paid.
    if let Some(published) = scene.published {
        let around = |year: i16| (published.year() - year).abs() <= 1 && !at_hand(&readings[i], published);
        return before.filter(|year| around(*year) || opens(scene, readings, i, *year));
    }
    before.or_else(|| behind().find_map(|j| reports(&j)))
}

/// Says whether the clause of a reading compares: `so với đợt lũ tháng 10/2021`.
fn compared(scene: &ArticleText<'_>, reading: &Reading) -> bool {
    clause(scene, reading).contains("so với")
}

/// Returns the clause before a reading, in lower case.
fn clause(scene: &ArticleText<'_>, reading: &Reading) -> String {
    const LONGEST: usize = 90;
    let start = words::back(scene.text, reading.span.start, LONGEST).max(scene.sentence(reading.span.start).start);
    let before = &scene.text[start..reading.span.start];
    before.rsplit([',', ';', '(', ')']).next().unwrap_or(before).to_lowercase()
}

/// Returns the month of a day or a month.
fn month_of(said: DateValue) -> Option<i8> {
    match said {
        DateValue::Day { month, .. } => month,
        DateValue::Month { month, .. } => Some(month),
        _ => None,
    }
}

/// Says whether a year is what a meeting reports on or plans: `tổng kết năm 2021`, `triển khai nhiệm vụ năm 2022`.
fn on_agenda(scene: &ArticleText<'_>, year: &Reading) -> bool {
    if !matches!(year.said, DateValue::Year(_)) {
        return false;
    }
    let clause = clause(scene, year);
    AGENDA.iter().any(|word| clause.contains(word))
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
        .take(NEAR)
        .any(|other| other.span.start <= start + 16 && other.span.start >= start && other.said.year() == Some(year))
}

/// Returns the year inferred for the next member of a list, when the list grows: `quý II và quý III`. Months and quarters
/// of one sentence are a list, whatever stands between: `quý I đạt 25%; quý II đạt 51%`.
fn year_of_list(scene: &ArticleText<'_>, readings: &[Reading], inferred: &[bool], i: usize) -> Option<i16> {
    let reading = &readings[i];
    let day = matches!(reading.said, DateValue::Day { .. });
    let end = scene.sentence(reading.span.start).end;
    let (j, next) = (i + 1..readings.len())
        .take(if day { 1 } else { NEAR / 2 })
        .map(|j| (j, &readings[j]))
        .take_while(|(_, next)| next.span.start < end)
        .find(|(_, next)| next.said.grain() == reading.said.grain())?;
    let year = next.said.year().filter(|_| inferred[j])?;
    let grows = reading.said.in_year(year).begin() < next.said.begin();
    let listed = if day { list::goes_on(scene.text, reading, next) } else { reading.until.is_none() };
    (grows && listed).then_some(year)
}

/// Returns the year that brings a reading nearest to publication, where being told as past or as coming counts as so many
/// days more on the wrong side.
fn near(scene: &ArticleText<'_>, reading: &Reading) -> Option<i16> {
    let published = scene.published?;
    let tense = tense::tense(scene, reading);
    let days = |date: Date| (date - published).get_days();
    let cost = |year: i16| {
        let (said, until) = ends_in(reading, year);
        let (begin, end) = (days(said.begin()?), days(until.unwrap_or(said).end()?));
        Some((reach(begin, end) + tense.cost(begin, end), year))
    };
    let years = published.year() - 1..=published.year() + 1;
    years.filter_map(cost).min().map(|(_, year)| year)
}

/// Returns how many days a span of time lies from publication; none when it holds it.
fn reach(begin: i32, end: i32) -> i32 {
    if begin > 0 { begin } else { (-end).max(0) }
}
