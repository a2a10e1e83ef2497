//! The lexicon: words and signs with their tags, one entry a line of `lexicon.tsv`, sorted, each entry once.
//!
//! [`tag`] finds the entries of a text in one pass, the longest first, whole words only. An entry in lower case stands for
//! its capitalised spellings too.

pub use super::tags::*;
use crate::extract::scan::{spellings, whole};
use aho_corasick::{AhoCorasick, AhoCorasickKind, Input, Match, MatchKind};
use std::ops::Range;
use std::sync::LazyLock;

/// The entries: words, a tab, tags parted by blanks.
const ENTRIES: &str = include_str!("lexicon.tsv");

/// Marks one word or sign of a sentence that plays a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// First byte in the body.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// The parts it may play.
    pub roles: Roles,
}

impl Token {
    /// Says whether the token may play any of some parts.
    pub const fn is(&self, roles: Roles) -> bool {
        self.roles.any(roles)
    }
}

struct Lexicon {
    automaton: AhoCorasick,
    roles: Vec<Roles>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut words: Vec<(&str, Roles)> = entries().filter_map(Result::ok).collect();
    words.extend([" - ", " – ", " — "].map(|dash| (dash, DASH)));
    let spelled: Vec<(String, Roles)> = words
        .into_iter()
        .flat_map(|(word, roles)| spellings(word).into_iter().map(move |spelling| (spelling, roles)))
        .collect();
    let automaton = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .build(spelled.iter().map(|(word, _)| word));
    match automaton {
        Ok(automaton) => Lexicon { automaton, roles: spelled.into_iter().map(|(_, roles)| roles).collect() },
        Err(error) => unreachable!("words around figures: {error}"),
    }
});

/// Reads the entries; of a line that is none, the line.
fn entries() -> impl Iterator<Item = Result<(&'static str, Roles), &'static str>> {
    ENTRIES.lines().map(|line| {
        let (words, tags) = line.split_once('\t').ok_or(line)?;
        let tags = tags.split(' ').map(Roles::named).collect::<Option<Vec<_>>>().ok_or(line)?;
        Ok((words, tags.into_iter().fold(Roles::default(), Roles::or)))
    })
}

/// Appends the words, signs and numbers of a part of a text that play any part, in order.
pub fn tag(text: &str, range: Range<usize>, tokens: &mut Vec<Token>) {
    let mut at = range.start;
    let mut numbers_from = range.start;
    while let Some(found) = LEXICON.automaton.find(Input::new(text).range(at..range.end)) {
        let Some(found) = standing(text, found) else {
            // `nhà nước khoảng 30%`: `ước khoảng` is no word here, `khoảng` is.
            at = found.start() + text[found.range()].find(' ').map_or(found.len(), |blank| blank + 1);
            continue;
        };
        numbers(text, numbers_from..found.start(), tokens);
        // A comma or a unit may belong to the number that was just read.
        let inside = tokens.last().filter(|last| found.start() < last.end);
        at = inside.map_or(found.end(), |last| last.end);
        numbers_from = at;
        let roles = LEXICON.roles[found.pattern().as_usize()];
        if inside.is_none() && !(roles.any(DASH) && joins_numbers(text, &found)) {
            tokens.push(Token { start: found.start(), end: found.end(), roles });
        }
        if at >= range.end {
            return;
        }
    }
    numbers(text, numbers_from..range.end, tokens);
}

/// Says whether a dash stands between two numbers: `giai đoạn 2021 – 2025` is one span, not two parts of a sentence.
fn joins_numbers(text: &str, dash: &Match) -> bool {
    let bytes = text.as_bytes();
    text[..dash.start()].ends_with(|c: char| c.is_ascii_digit())
        && bytes.get(dash.end()).is_some_and(u8::is_ascii_digit)
}

/// Returns a match that is a whole word or sign: the one found, or a shorter one that starts there (`là` of `là do|anh nghiệp`).
fn standing(text: &str, found: Match) -> Option<Match> {
    let mut found = found;
    while !whole(text, found.start(), found.end()) {
        let blank = found.start() + text[found.range()].trim_end().rfind(' ')?;
        found = LEXICON
            .automaton
            .find(Input::new(text).range(found.start()..blank))
            .filter(|shorter| shorter.start() == found.start())?;
    }
    Some(found)
}

/// Appends the numbers of a part of a text, those with a percent sign as figures.
fn numbers(text: &str, range: Range<usize>, tokens: &mut Vec<Token>) {
    let bytes = text.as_bytes();
    let mut at = range.start;
    while let Some(start) = bytes[at..range.end].iter().position(u8::is_ascii_digit).map(|skip| at + skip) {
        at = start;
        // A number may hold marks that are words elsewhere: `0,34`, `1.240/1.591`.
        while at < bytes.len()
            && (bytes[at].is_ascii_digit()
                || (matches!(bytes[at], b'.' | b',' | b'/') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)))
        {
            at += 1;
        }
        let rest = &text[at..];
        let unit = rest.trim_start_matches(' ');
        let unit = unit.strip_prefix("điểm").map_or(unit, |unit| unit.trim_start_matches(' '));
        let sign = ["%", "‰", "phần trăm", "phần nghìn"].iter().find_map(|sign| unit.strip_prefix(sign));
        match sign {
            Some(after) => {
                at = text.len() - after.len();
                let yearly = ["/năm", "/ năm", "/tháng", "/ngày"].iter().find_map(|every| after.strip_prefix(every));
                at = yearly.map_or(at, |after| text.len() - after.len());
                tokens.push(Token { start, end: at, roles: FIGURE });
            }
            None => tokens.push(Token { start, end: at, roles: NUMBER }),
        }
        if at >= range.end {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_sorted_and_stand_once() {
        let words: Vec<&str> = entries().map(|entry| entry.expect("words, a tab, known tags").0).collect();
        assert!(words.is_sorted_by(|one, next| one < next));
    }

    #[test]
    fn words_are_whole_and_numbers_keep_their_marks() {
        let text = "Doanh thu là doanh số, đạt 1.240,5 tỷ; tăng 0,5 %/năm";
        let mut tokens = Vec::new();
        tag(text, 0..text.len(), &mut tokens);
        let words: Vec<_> = tokens.iter().map(|token| &text[token.start..token.end]).collect();
        assert_eq!(words, ["Doanh thu", "là", "doanh số", ",", "đạt", "1.240,5", "tỷ", ";", "tăng", "0,5 %/năm"]);
        assert!(tokens.last().is_some_and(|token| token.is(FIGURE)));
    }

    #[test]
    fn a_light_word_inside_a_compound_is_none() {
        for (text, light) in [
            ("xe gắn máy tham gia tăng", "gia tăng"),
            ("đã bàn giao mặt bằng", "bằng"),
            ("vùng ngoại thành", "thành"),
            ("chi phí đầu ra", "ra"),
            ("khám bệnh, chữa bệnh", ","),
            ("học lực khá", "khá"),
        ] {
            let mut tokens = Vec::new();
            tag(text, 0..text.len(), &mut tokens);
            assert!(tokens.iter().all(|token| &text[token.start..token.end] != light), "{text}");
        }
        let mut tokens = Vec::new();
        tag("dân số gia tăng bằng", 0.."dân số gia tăng bằng".len(), &mut tokens);
        assert_eq!(tokens.iter().filter(|token| token.is(RISE.or(IS))).count(), 2);
    }

    #[test]
    fn a_word_is_found_behind_one_whose_end_runs_into_it() {
        let text = "vốn nhà nước khoảng 30%";
        let mut tokens = Vec::new();
        tag(text, 0..text.len(), &mut tokens);
        assert!(tokens.iter().any(|token| &text[token.start..token.end] == "khoảng" && token.is(ABOUT)));
    }
}
