//! Whether the clause of a date tells of what has been or of what is to come, and how firmly.
//!
//! Firmness is measured in days: by so many a reading on the wrong side of publication counts as farther away.

use super::lexicon::{
    AHEAD, BEHIND, HAPPENED, NO_TENSE, PLANNED, POINT_AHEAD, POINT_BACK, PREPOSITIONS, REPORTED, TOLD,
};
use super::reading::Reading;
use super::words;
use crate::extract::ArticleText;
use crate::mention::Grain;

/// Days for words that leave no doubt: more than a year.
const CERTAIN: i32 = 400;

/// Days for a word of tense in the clause.
const FIRM: i32 = 290;

/// Days for a word that only suggests a tense.
const WEAK: i32 = 200;

/// Days after publication at which a span whose result is told may end: `ước 9 tháng` is told before it is over.
const ESTIMATED: i32 = 15;

/// Bytes of the clause that are looked at before and after a date.
const WINDOW: usize = 96;

/// Bytes within which a word of the past beats the word `trước` of a term: `đã xong trước ngày 30/6`.
const TERM: usize = 24;

/// Says how firmly a clause tells of one side of publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tense {
    /// What has been; the number is the days that a reading after publication counts for.
    Past(i32),
    /// What has been over a span of time that has ended, or nearly.
    Reported(i32),
    /// What is to come; the number is the days that a reading before publication counts for.
    Coming(i32),
    /// Neither.
    Open,
}

impl Tense {
    /// Returns the days that a span counts for when it lies on the wrong side; its ends are given in days from publication.
    pub fn cost(self, begin: i32, end: i32) -> i32 {
        match self {
            Tense::Past(days) if begin > 0 => days,
            Tense::Reported(days) if end > ESTIMATED => days,
            Tense::Coming(days) if end < 0 => days,
            _ => 0,
        }
    }
}

/// Reads the tense of the clause around a reading.
pub fn tense(scene: &ArticleText<'_>, reading: &Reading) -> Tense {
    let (text, span) = (scene.text, &reading.span);
    if words::follows_one(text, span.end, POINT_BACK) {
        return Tense::Past(CERTAIN);
    }
    // `tháng 12 tới`, but `từ tháng 1 tới tháng 3`.
    let number = |rest: &str| rest.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let points = words::follows_one(text, span.end, POINT_AHEAD);
    if points && !text[span.end..].trim_start().strip_prefix("tới").is_some_and(|rest| number(rest) || joins(rest)) {
        return Tense::Coming(CERTAIN);
    }
    let sentence = scene.sentence(span.start);
    let before = &text[words::back(text, span.start, WINDOW).max(sentence.start)..span.start];
    let before = before.rsplit([';', '>', '\n']).next().unwrap_or(before);
    let whole = text.floor_char_boundary((span.end + WINDOW).min(sentence.end.max(span.end)));
    let after = &text[span.end..whole];
    let after = after.split([';', '>', '\n']).next().unwrap_or(after);
    if words::word_before(without_prepositions(before), HAPPENED) {
        return Tense::Past(CERTAIN);
    }
    let term = words::word_before(before, &["trước"]);
    let (before, after) = (before.to_lowercase(), after.to_lowercase());
    let distance =
        |list: &[&str]| [nearest(&before, list, true), nearest(&after, list, false)].into_iter().flatten().min();
    // `sự cố xảy ra hôm trước và bàn giao trước ngày 30/6`: a term lies ahead, unless what is told stands close by.
    let coming = distance(AHEAD).or_else(|| distance(BEHIND).filter(|past| term && *past > TERM).map(|_| TERM));
    match (distance(BEHIND), coming) {
        (Some(past), Some(coming)) if past > coming => return Tense::Coming(FIRM),
        (None, Some(_)) => return Tense::Coming(FIRM),
        (Some(_), _) => return Tense::Past(FIRM),
        (None, None) => {}
    }
    let period = reading.said.grain() != Grain::Day;
    let told = distance(TOLD).is_some();
    let reported = period && distance(REPORTED).is_some();
    match (told || reported, term || distance(PLANNED).is_some()) {
        (false, true) => Tense::Coming(if period { FIRM } else { WEAK }),
        (true, false) if reported => Tense::Reported(FIRM),
        (true, false) => Tense::Past(WEAK),
        // `9 tháng đầu năm` is a span that is reported on.
        _ if reading.until.is_some() && period && text[span.clone()].contains("đầu năm") => Tense::Reported(WEAK),
        _ => Tense::Open,
    }
}

/// Says whether what follows `tới` is the other end of a span of time.
fn joins(rest: &str) -> bool {
    const ENDS: &[&str] = &["ngày", "tháng", "năm", "cuối", "đầu", "giữa", "hết", "quý", "nay"];
    words::follows_one(rest, 0, ENDS)
}

/// Returns a text without the prepositions at its end.
fn without_prepositions(mut before: &str) -> &str {
    loop {
        before = before.trim_end_matches(|c: char| !c.is_alphanumeric());
        let word = PREPOSITIONS.iter().find(|word| words::word_before(before, &[word]));
        let Some(rest) = word.and_then(|word| before.get(..before.len() - word.len())) else { return before };
        before = rest;
    }
}

/// Returns how many bytes part a date from the nearest of some words, which stand whole before it or after it.
fn nearest(text: &str, list: &[&str], before: bool) -> Option<usize> {
    let whole = |at: usize, word: &str| {
        let end = at + word.len();
        let touches = text[..at].ends_with(char::is_alphabetic) || text[end..].starts_with(char::is_alphabetic);
        // `thiết bị`, `sắp xếp`: part of a longer word of other sense.
        let part = |longer: &&str| {
            longer.match_indices(word).any(|(skip, _)| {
                at.checked_sub(skip).is_some_and(|from| text.get(from..from + longer.len()) == Some(longer))
            })
        };
        !touches && !NO_TENSE.iter().any(part)
    };
    let places = list.iter().flat_map(|word| text.match_indices(word)).filter(|(at, word)| whole(*at, word));
    places.map(|(at, word)| if before { text.len() - at - word.len() } else { at }).min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::date::calendar::DateValue;

    fn of(text: &str, words: &str, said: DateValue) -> Tense {
        let scene = ArticleText::new(text, None, None);
        let start = text.find(words).expect("the date");
        tense(&scene, &Reading::new(start..start + words.len(), said))
    }

    #[test]
    fn a_bracket_between_preposition_and_date_is_borne() {
        assert_eq!(without_prepositions("hội ngộ trong tháng 6 vào ("), "hội ngộ trong tháng 6");
        assert_eq!(without_prepositions("Vào “"), "");
    }

    #[test]
    fn the_nearest_word_of_tense_decides() {
        let day = DateValue::Day { day: 1, month: Some(7), year: None };
        for (text, expected) in [
            ("Theo kế hoạch đã được phê duyệt, ngày 1/7 sẽ khai trương", Tense::Coming(FIRM)),
            ("Ngày 1/7, UBND tỉnh đã ban hành kế hoạch", Tense::Past(FIRM)),
            ("Ông bị bắt vào ngày 1/7", Tense::Past(CERTAIN)),
            ("Vụ cháy xảy ra ngày 1/7", Tense::Past(CERTAIN)),
            ("báo cáo trước ngày 1/7", Tense::Coming(WEAK)),
            ("phải báo cáo kết quả ngày 1/7", Tense::Coming(WEAK)),
            ("bàn giao thiết bị ngày 1/7", Tense::Open),
        ] {
            assert_eq!(
                of(text, if text.contains("ngày 1/7") { "ngày 1/7" } else { "Ngày 1/7" }, day),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn a_span_whose_result_is_told_is_past() {
        let quarter = DateValue::Quarter { quarter: 1, year: None };
        assert_eq!(of("quý I đạt 25% dự toán", "quý I", quarter), Tense::Reported(FIRM));
        assert_eq!(of("phấn đấu quý I đạt 25% dự toán", "quý I", quarter), Tense::Coming(FIRM));
    }
}
