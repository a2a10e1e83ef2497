//! Years without their word: where the words around leave no doubt that four digits are one.

use super::calendar::DateValue;
use super::filters;
use super::lexicon::{COUNTED, EDITIONS, GO_ON, YEARS_FOLLOW};
use super::reading::{self, Reading};
use super::words;
use super::year::LIKELY;
use crate::extract::ArticleText;
use crate::extract::rule::Groups;

/// Name of the rule of [`named`].
pub const NAMED: &str = "named-year";

/// Years that a title, or the name of a contest or a feast, may carry.
const EDITION_YEARS: std::ops::RangeInclusive<i16> = 1950..=2060;

/// Reads the year in the name of a contest or a feast, or one that is itself spoken of: `World Cup 2014`, `2020 là năm`.
pub fn named(found: &Groups<'_>, at: usize, scene: &ArticleText<'_>) -> Option<Vec<Reading>> {
    let span = reading::span(found, at);
    let year = reading::number(found, "year")?;
    let before = &scene.text[words::back(scene.text, at, 24)..at];
    let edition = EDITION_YEARS.contains(&year) && (words::word_before(before, EDITIONS) || words::sexagenary(before));
    let told = LIKELY.contains(&year) && words::follows(scene.text, span.end, "là năm");
    let named = (edition || told) && !filters::counts(scene.text, &span);
    (named && filters::starts(scene.text, at) && filters::ends(scene.text, &span))
        .then(|| vec![Reading::new(span, DateValue::Year(year))])
}

/// Reads a year without its word, where the words around leave no doubt.
pub fn year(found: &Groups<'_>, at: usize, scene: &ArticleText<'_>) -> Option<Vec<Reading>> {
    let span = reading::span(found, at);
    let year = reading::number(found, "year")
        .filter(|year| LIKELY.contains(year) || *year < *LIKELY.start() && dynastic(scene.text, &span))?;
    if !filters::starts(scene.text, at) || !filters::ends(scene.text, &span) || filters::counts(scene.text, &span) {
        return None;
    }
    let before = &scene.text[words::back(scene.text, at, 24)..at];
    let after = &scene.text[span.end..];
    let joins = |after: &str| {
        after
            .strip_prefix(" và ")
            .is_some_and(|next| next.len() >= 4 && next.as_bytes()[..4].iter().all(u8::is_ascii_digit))
    };
    let bracketed = before.ends_with('(') && (after.starts_with([')', ',', ';']) || joins(after));
    let closed = after.is_empty()
        || after.starts_with(['.', ',', ';', ')', ':', '\n', '?'])
        || words::follows(scene.text, span.end, "đến")
        || words::follows(scene.text, span.end, "tới");
    // `SN: 1985`.
    let born =
        before.trim_end().strip_suffix(':').is_some_and(|born| words::word_before(born, &["sn", "sinh", "năm sinh"]));
    let sentence = scene.sentence(at).start;
    let opens = scene.text.get(sentence..at).is_some_and(|text| text.trim().is_empty())
        && after.strip_prefix(", ").is_some_and(|rest| rest.starts_with(char::is_alphabetic));
    let strong = words::word_before(before, YEARS_FOLLOW) || born || opens;
    let weak = words::word_before(before, &["đến", "tới", "từ", "trước", "sau", "vào", "trong", "hết", "và"]);
    let weak = weak
        && (closed
            || !filters::measured(scene.text, span.end) && words::word_before(before, &["đến", "từ", "trước", "sau"]));
    let listed = before
        .trim_end()
        .strip_suffix([',', '/'])
        .is_some_and(|list| list.len() >= 4 && list.bytes().rev().take(4).all(|b| b.is_ascii_digit()));
    // `năm 2021, 2022 và 2023`: a list that begins with its word may go on with any.
    let named = listed && {
        let list = &scene.text[words::back(scene.text, at, 48)..at];
        words::word_before(list.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | ' ')), &["năm"])
    };
    // `năm 2011 và 2012`: the word before the first is said of both.
    let joined = before.trim_end().strip_suffix("và").is_some_and(|list| {
        let list = list.trim_end_matches([' ', ',']);
        list.len() >= 4 && list.bytes().rev().take(4).all(|b| b.is_ascii_digit()) && !list.ends_with("000")
    });
    let strong = strong || words::numbered(&scene.text[words::back(scene.text, at, 40)..at]);
    (bracketed || strong || weak || joined || named || listed && closed || titled(scene, &span, year))
        .then(|| vec![Reading::new(span, DateValue::Year(year))])
}

/// Says whether brackets give the years of a dynasty or a reign that its clause names: `năm Minh Mạng thứ 12 (1831)`.
pub fn dynastic(text: &str, span: &std::ops::Range<usize>) -> bool {
    let before = &text[words::back(text, span.start, 64)..span.start];
    let Some(before) = before.strip_suffix('(').filter(|_| text[span.end..].starts_with(')')) else { return false };
    let clause = before.rsplit([',', '.', ';', ':', '\n', '(', ')']).next().unwrap_or(before).to_lowercase();
    ["năm ", "đời ", "vua ", "triều ", "thời "].iter().any(|word| clause.contains(word))
}

/// Says whether two years before the likely ones are a life or an age: in brackets behind a name, `Phan Bội Châu (1867-1940)`, or
/// behind a word and not round, `chống Pháp 1858-1884`.
pub fn lived(text: &str, read: &Reading) -> bool {
    let (Some(from), Some(until)) = (read.said.year(), read.until.and_then(DateValue::year)) else { return false };
    let (before, rest) = (&text[words::back(text, read.span.start, 24)..read.span.start], &text[read.span.end..]);
    let round = from % 10 == 0 && until % 10 == 0;
    let bracket = before.strip_suffix('(').filter(|_| rest.starts_with([')', ',', ';']));
    let name = bracket.and_then(|before| before.split_whitespace().next_back());
    let named = name.is_some_and(|name| name.starts_with(char::is_uppercase));
    let closed = rest.is_empty() || rest.starts_with(['.', ',', ';', ')', '\n']);
    let word = before.strip_suffix(' ').is_some_and(|before| before.ends_with(char::is_alphabetic));
    named && !(round && from < 1500)
        || word
            && closed
            && !round
            && from >= 1500
            && !filters::announces_count(before)
            && !words::word_before(before, COUNTED)
}

/// Says whether a year stands as in titles and names: `Bảng giá đất Hà Nội 2026`, `World Cup 2014`.
fn titled(scene: &ArticleText<'_>, span: &std::ops::Range<usize>, year: i16) -> bool {
    let before = &scene.text[words::back(scene.text, span.start, 24)..span.start];
    let rest = &scene.text[span.end..];
    // The year of a law belongs to its name, whether the citations know the law or not.
    let clause = &scene.text[words::back(scene.text, span.start, 120)..span.start];
    let clause = clause.rsplit([',', ';', ':', '\n', '(', '?']).next().unwrap_or(clause);
    if ["Luật", "luật ", "Hiến pháp", "Pháp lệnh", "Nghị định", "Thông tư"].iter().any(|law| clause.contains(law))
    {
        return false;
    }
    let word = before.strip_suffix(' ').is_some_and(|before| before.ends_with(char::is_alphabetic));
    let closed = rest.is_empty()
        || rest.starts_with(['.', ',', ';', ')', ':', '\n', '?', '*', '"', '”', '’', '»', '…', '!'])
        || [" (", " -", " –", " **"].iter().any(|mark| rest.starts_with(mark));
    let goes_on = closed || GO_ON.iter().any(|words| words::follows(scene.text, span.end, words));
    EDITION_YEARS.contains(&year)
        && word
        && goes_on
        && !words::word_before(before, COUNTED)
        && !filters::announces_count(before)
}
