//! What stands between a type word and its numbers, and chains of numbers that share a head or a tail.
//!
//! `18, 19-NQ/TW`; `33 và 34/2023/QĐ-UBND`; `từ số 15 đến số 20/NQ-HĐND`. Invariant: a chain is of bounded length.

use super::issued::{skip, word};
use super::issuers;
use super::number::{self, Number, digits};
use super::types::{self, Type};
use crate::extract::scan;
use crate::place;
use crate::text::fold_char;
use std::ops::Range;

/// Numbers in one chain.
const MOST: usize = 24;

/// Holds one member of a chain.
#[derive(Debug, Clone)]
pub struct Member {
    /// The mention: its own number, of the first the type word too.
    pub span: Range<usize>,
    /// The number, with the tail it shares.
    pub number: Number,
    /// Whether it is one end of a range.
    pub range: bool,
}

/// Words that may stand between the type word and `số`, sorted.
const BETWEEN: &[&str] = &[
    "chung",
    "chuyên đề",
    "hành động",
    "hỏa tốc",
    "khẩn",
    "liên bộ",
    "liên ngành",
    "liên sở",
    "liên tịch",
    "mật",
    "phối hợp",
    "thực hiện",
];

/// Returns the byte offset of the first digit after a type word, and whether `số` was said.
pub fn number_after(text: &str, end: usize, kind: &Type) -> Option<(usize, bool)> {
    let bytes = text.as_bytes();
    let mut at = skip(text, end);
    if digits(bytes, at) > 0 {
        let glued = at == end && number::read(text, at).is_some_and(|number| number.has_symbol());
        return (at > end || glued || kind.short == types::Short::Code || kind.is_code()).then_some((at, false));
    }
    // Cheap first: one of the letters and marks that may follow.
    match bytes.get(at)? {
        b's' | b'S' | b'c' | b'C' | b'h' | b'H' | b'k' | b'K' | b'l' | b'L' | b'm' | b'M' | b'p' | b'P' | b't'
        | b'T' | b'x' | b'X' | b':' | b'(' | 0xe2 => {}
        b'A'..=b'Z' | 0xc4 => {}
        _ => return None,
    }
    for between in BETWEEN {
        if let Some(end) = word(text, at, between) {
            at = skip(text, end);
            break;
        }
    }
    at = organ_between(text, at).unwrap_or(at);
    // `Công văn CV 2270/TCT-CS`, `Nghị quyết (NQ) số 12`.
    let open = usize::from(bytes.get(at) == Some(&b'('));
    if text[at + open..].starts_with(kind.code) {
        let end = at + open + kind.code.len();
        let end = if open == 1 && bytes.get(end) == Some(&b')') { end + 1 } else { end };
        if skip(text, end) > end {
            at = skip(text, end);
        }
    }
    if let Some(end) = word(text, at, "từ") {
        at = skip(text, end);
    }
    let said = ["số", "so", "sô", "s"]
        .iter()
        .find_map(|said| word(text, at, said).filter(|end| *said != "s" || bytes.get(*end) == Some(&b'.')));
    if let Some(end) = said {
        at = skip(text, end);
        while matches!(bytes.get(at), Some(b':' | b'.')) {
            at = skip(text, at + 1);
        }
    }
    (digits(bytes, at) > 0).then_some((at, said.is_some()))
}

/// Returns the offset after an organ between the type word and `số`: `Nghị quyết của Quốc hội số`, `Quyết định UBND tỉnh số`.
fn organ_between(text: &str, at: usize) -> Option<usize> {
    let from = word(text, at, "của").map_or(at, |end| skip(text, end));
    let (_, end) = issuers::named(text, from)?;
    let after = skip(text, end);
    let place = place::read(text, after).map(|(_, end)| skip(text, end));
    place.into_iter().chain([after]).find(|&next| word(text, next, "số").is_some())
}

/// Returns where `số` (with a colon or not) before a byte offset starts, and whether it is there.
pub fn said_before(text: &str, at: usize) -> (usize, bool) {
    let before = text[..at].trim_end_matches([' ', ':', '*', '.']);
    match ["số", "Số", "SỐ"].iter().find_map(|said| before.strip_suffix(said)) {
        Some(rest) => (rest.trim_end_matches(' ').len(), true),
        None => (at, false),
    }
}

/// Returns where a code before a number starts (`NQ 57-NQ/TW`, `QĐ số 12/QĐ-UBND`), and its type.
pub fn code_before(text: &str, at: usize) -> Option<(usize, &'static Type)> {
    let before = text[..at]
        .strip_suffix(' ')
        .or_else(|| text[..at].strip_suffix("số "))
        .unwrap_or(&text[..at])
        .trim_end_matches(' ');
    let start = before.char_indices().rev().take(6).take_while(|(_, c)| c.is_alphanumeric()).last()?.0;
    let found = &before[start..];
    if text[..start].ends_with(|c: char| c.is_alphanumeric() || c == '-' || c == '/' || c == '&')
        || types::CODES.binary_search(&found).is_err()
    {
        return None;
    }
    types::TYPES.iter().rev().find(|kind| kind.code == found && kind.word != "thông tri").map(|kind| (start, kind))
}

/// Characters of the longest type word with `số`, and some blanks.
const HEAD: usize = 30;

/// Returns the type word before a number that is spelled as the scan does not look for it, and its type: without diacritics
/// (`Nghi quyet so`), with wrong ones (`Nghị quyêt`), or on two lines (`Nghị⏎định số`).
pub fn unknown_word(text: &str, at: usize) -> Option<(Range<usize>, &'static Type)> {
    let before = text[..at].trim_end_matches([' ', ':', '.', '\n', '*']);
    let said = ["số", "Số", "SỐ", "so", "So", "SO"].iter().find_map(|said| before.strip_suffix(said));
    let before = said
        .filter(|rest| !rest.ends_with(char::is_alphabetic))
        .map_or(before, |rest| rest.trim_end_matches([' ', '\n', '*']));
    let fits = |word: &str| {
        let mut start = before.len();
        let mut printed = before.char_indices().rev().take(HEAD);
        for wanted in word.chars().rev() {
            let (index, c) = printed.next()?;
            let same = if wanted == ' ' { c == ' ' || c == '\n' } else { fold_char(c) == fold_char(wanted) };
            start = same.then_some(index)?;
        }
        let whole = !before[..start].ends_with(char::is_alphanumeric);
        let known = scan::spellings(word).iter().any(|known| *known == before[start..]);
        (whole && !known).then_some(start..before.len())
    };
    let words = types::TYPES.iter().filter(|kind| kind.word.contains(' ') || kind.code == "L");
    words.filter_map(|kind| Some((fits(kind.word)?, kind))).max_by_key(|(word, _)| word.len())
}

/// Words before the number of a form, an annex or a heading, which is no document.
const FORMS: &[&str] =
    &["mẫu", "biểu", "biểu mẫu", "phụ lục", "mẫu biểu", "tờ khai", "bảng kê", "ký hiệu", "bản án", "lô", "thửa"];

/// Says whether the text ends with the name of a form: `Mẫu số`, `phụ lục`.
pub fn is_form(before: &str) -> bool {
    let before = before.trim_end_matches([' ', '*']);
    let before = ["số", "Số"].iter().find_map(|said| before.strip_suffix(said)).unwrap_or(before).trim_end();
    let Some((start, _)) = before.char_indices().rev().take(8).last() else { return false };
    let tail = before[start..].to_lowercase();
    FORMS.iter().any(|form| tail.ends_with(form))
}

/// Returns the organs in brackets after a number without one: `687/KHLN (SGTVT- CAT)`.
pub fn bracketed(text: &str, end: usize) -> Option<String> {
    let at = skip(text, end);
    let inside = text[at..].strip_prefix('(')?;
    let inside = &inside[..inside.char_indices().take(40).find(|(_, c)| *c == ')')?.0];
    let plain: String = inside.chars().filter(|c| !c.is_whitespace()).collect();
    let organs = plain.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '-' | '&'));
    (organs && plain.chars().any(char::is_alphabetic)).then_some(plain)
}

/// Reads the chain of numbers that starts at a byte offset: one number, or several of which the later give what the earlier lack.
pub fn chain(text: &str, at: usize) -> Vec<Member> {
    let mut members: Vec<Member> = Vec::new();
    let mut whole = 0;
    let mut from = at;
    let mut range = false;
    while members.len() < MOST {
        let Some(number) = number::read(text, from).or_else(|| number::only_digits(text, from)) else { break };
        let end = number.span.end;
        let symbol = number.has_symbol();
        members.push(Member { span: number.span.clone(), number, range: false });
        if range {
            let last = members.len() - 1;
            (members[last - 1].range, members[last].range) = (true, true);
        }
        if symbol {
            let before = members.len() - 1;
            let (earlier, last) = members.split_at_mut(before);
            earlier[whole..].iter_mut().for_each(|member| member.number.share(&last[0].number));
            whole = members.len();
        }
        match separator(text, end) {
            Some((next, to)) => (from, range) = (next, to),
            None => break,
        }
    }
    // Numbers after the last symbol, or a list without any, are left to be read alone; a list of short forms needs marks on both sides.
    let keep = if whole > 0 { whole } else { short_list(text, &members) };
    members.truncate(keep);
    if keep == 1 && whole == 0 {
        members[0].range = false;
    }
    members
}

/// Returns how many of the members are a list of short forms: `Nghị quyết số 18, 19 của Trung ương`; else one.
fn short_list(text: &str, members: &[Member]) -> usize {
    let Some(last) = members.last().filter(|_| members.len() > 1) else { return members.len() };
    let rest = text[last.span.end..].trim_start();
    let closed = rest.is_empty()
        || rest.starts_with(['.', ';', '(', ')', '”', '"', ',', ':', '?', '–', '-'])
        || ["của", "về", "ngày", "năm", "khóa", "khoá", "nêu", "quy định"]
            .iter()
            .any(|next| word(rest, 0, next).is_some());
    if closed && members.iter().all(|member| member.number.digits.len() <= 3) { members.len() } else { 1 }
}

/// Reads what parts two members; returns the offset of the next digit and whether it is the `đến` of a range.
fn separator(text: &str, at: usize) -> Option<(usize, bool)> {
    let bytes = text.as_bytes();
    let mut from = skip(text, at);
    let mut parted = false;
    let mut range = false;
    if let Some(b',' | b';' | b'&') = bytes.get(from) {
        from = skip(text, from + 1);
        parted = true;
    }
    for (joint, to) in [("và", false), ("hoặc", false), ("đến", true)] {
        if let Some(end) = word(text, from, joint) {
            (from, parted, range) = (skip(text, end), true, to);
            break;
        }
    }
    if let Some(end) = word(text, from, "số") {
        from = skip(text, end);
    }
    (parted && digits(bytes, from) > 0).then_some((from, range))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_between_are_sorted() {
        assert!(BETWEEN.is_sorted());
    }

    #[test]
    fn a_type_word_is_known_in_any_spelling() {
        let read = |text: &str| unknown_word(text, text.len()).map(|(word, kind)| (text[word].to_string(), kind.code));
        for (text, word, code) in [
            ("theo Nghi quyet so ", "Nghi quyet", "NQ"),
            ("Căn cứ Nghị\nđịnh số ", "Nghị\nđịnh", "NĐ"),
            ("Quyêt định ", "Quyêt định", "QĐ"),
            ("Thong tu lien tich so ", "Thong tu lien tich", "TTLT"),
        ] {
            assert_eq!(read(text), Some((word.to_string(), code)), "{text}");
        }
        for text in ["theo Nghị quyết số ", "có ", "caso ", "xNghi quyet "] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_chain_shares_its_tail() {
        let read = |text: &str| {
            chain(text, 0)
                .iter()
                .map(|member| {
                    (
                        text[member.span.clone()].to_string(),
                        member.number.segments(text).collect::<Vec<_>>().join("+"),
                        member.number.year,
                    )
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(
            read("18, 19-NQ/TW và 5 hộ"),
            [("18".into(), "NQ+TW".into(), None), ("19-NQ/TW".into(), "NQ+TW".into(), None)]
        );
        assert_eq!(
            read("33 và 34/2023/QĐ-UBND"),
            [
                ("33".to_string(), "QĐ+UBND".to_string(), Some(2023)),
                ("34/2023/QĐ-UBND".to_string(), "QĐ+UBND".to_string(), Some(2023))
            ]
        );
        assert_eq!(read("16, 20 hộ"), [("16".to_string(), String::new(), None)]);
    }
}
