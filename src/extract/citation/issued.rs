//! The issue date of a citation, in its many positions beside the number, or from the clause (`Ngày D, X ban hành N`).
//!
//! Invariant: a broken or impossible date gives nothing, not a part of itself.

use super::number::{dash, digits};
use crate::extract::{ArticleText, Extracted};
use crate::mention::DateRole;
use crate::text::fold_char;
use jiff::civil::Date;
use std::ops::Range;

/// Holds an issue date and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// Date value: `2022-08-31`, `2022-08`, `2022`, `XXXX-08-31`.
    pub value: String,
    /// Byte range of its digits, `ngày`, `tháng` or `năm` included.
    pub span: Range<usize>,
    /// Whether the year comes from the publication date.
    pub inferred: bool,
}

/// Holds where the issue date of a citation stands, for the date that overlaps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueDate {
    /// Index of the citation among the citations found.
    pub citation: usize,
    /// Byte range of the date in the body.
    pub span: Range<usize>,
}

/// Gives the dates that are issue dates their role and the citation they issued; both lists are in the order of the text.
pub fn link(finds: &mut Extracted) {
    let mut places: Vec<&IssueDate> = finds.issued.iter().collect();
    places.sort_by_key(|place| place.span.start);
    for date in &mut finds.dates {
        let after = places.partition_point(|place| place.span.end <= date.span.start);
        // Members of a list share one date: it is said to be of the first.
        if let Some(place) = places.get(after).filter(|place| place.span.start < date.span.end) {
            date.fact.role = Some(DateRole::Issued);
            date.fact.of = Some(place.citation);
        }
    }
}

/// Skips blanks, marks of emphasis and one line break; returns the byte offset after them.
pub fn skip(text: &str, at: usize) -> usize {
    let mut broken = false;
    let length = text[at..]
        .bytes()
        .take(8)
        .take_while(|&byte| match byte {
            b' ' | b'*' | b'_' => true,
            b'\n' if !broken => {
                broken = true;
                true
            }
            _ => false,
        })
        .count();
    at + length
}

/// Returns the byte offset after a word (given in lower case) at a byte offset, in any of its usual spellings, also without
/// diacritics in lower case (`ngay 31/8/2022`, but `Việt Nam 2019`), not with those of another word.
pub fn word(text: &str, at: usize, word: &str) -> Option<usize> {
    // Cheap first: most words begin with another letter.
    let (first, wanted) = (*text.as_bytes().get(at)?, *word.as_bytes().first()?);
    if wanted.is_ascii() && !first.eq_ignore_ascii_case(&wanted) {
        return None;
    }
    let mut end = at;
    let plain = !first.is_ascii_uppercase();
    let mut found = text.get(at..)?.chars();
    for wanted in word.chars() {
        let c = found.next()?;
        let same = c == wanted || c.is_uppercase() && c.to_lowercase().eq([wanted]);
        let bare = plain && c.is_ascii() && c == fold_char(wanted);
        if !same && !bare {
            return None;
        }
        end += c.len_utf8();
    }
    (!found.next().is_some_and(char::is_alphabetic)).then_some(end)
}

/// Reads the issue date that follows a number. `yearless`: a bare `năm 2025` counts only after a number without year.
pub fn after(scene: &ArticleText<'_>, at: usize, yearless: bool) -> Option<Issued> {
    let text = scene.text;
    // `118/KH-UBND 2025`: behind a symbol the year needs no word.
    let symbol = text[..at].ends_with(char::is_alphabetic);
    let mut at = skip(text, at);
    if let Some(year) = year(text, at).filter(|_| yearless && symbol) {
        return Some(Issued { value: year.to_string(), span: at..at + 4, inferred: false });
    }
    let mut opened = false;
    if let Some(mark @ (b',' | b'(')) = text.as_bytes().get(at) {
        opened = true;
        let bracket = *mark == b'(';
        at = skip(text, at + 1);
        if bracket && !text[at..].starts_with(|c: char| c.is_ascii_digit() || matches!(c, 'n' | 'N' | 'b' | 'k')) {
            return None;
        }
    }
    for verb in ["được", "đã được", "do", "ký", "ban hành", "thông qua", "vào", "đề", "cùng"] {
        if let Some(end) = word(text, at, verb) {
            at = skip(text, end);
            // `ban hành từ ngày`, but not `có hiệu lực từ ngày`.
            at = word(text, at, "từ").map_or(at, |end| skip(text, end));
        }
    }
    if let Some(end) = word(text, at, "ngày") {
        return day(scene, at, skip(text, end));
    }
    if let Some(end) = word(text, at, "tháng") {
        return month(text, at, skip(text, end));
    }
    if let Some(end) = word(text, at, "năm").filter(|_| yearless && !opened) {
        let from = skip(text, end);
        let year = year(text, from)?;
        return Some(Issued { value: year.to_string(), span: at..from + 4, inferred: false });
    }
    // Without `ngày` only a whole date counts: `(31/8/2022)`, `, 11/12/2024`.
    if opened && digits(text.as_bytes(), at) > 0 {
        return day(scene, at, at).filter(|issued| !issued.inferred && !issued.value.starts_with('X'));
    }
    None
}

fn year(text: &str, at: usize) -> Option<i16> {
    let run = digits(text.as_bytes(), at);
    text.get(at..at + run).filter(|_| run == 4)?.parse().ok().filter(|year| (1930..2100).contains(year))
}

fn month(text: &str, start: usize, at: usize) -> Option<Issued> {
    let bytes = text.as_bytes();
    let run = digits(bytes, at);
    let month: u8 = text.get(at..at + run)?.parse().ok().filter(|month| (1..=12).contains(month))?;
    let mut from = at + run;
    if bytes.get(from) == Some(&b'/') || dash(bytes, from) > 0 {
        from += dash(bytes, from).max(1);
    } else {
        from = skip(text, word(text, skip(text, from), "năm")?);
    }
    let year = year(text, from)?;
    Some(Issued { value: format!("{year}-{month:02}"), span: start..from + 4, inferred: false })
}

/// Reads `31/8/2022`, `15 - 5 - 2016`, `1.4.2013`, `22/9`, `11 tháng 12 năm 2024` at a byte offset.
fn day(scene: &ArticleText<'_>, start: usize, at: usize) -> Option<Issued> {
    let (text, bytes) = (scene.text, scene.text.as_bytes());
    let small = |at: usize| -> Option<(i8, usize)> {
        let run = digits(bytes, at);
        Some((text.get(at..at + run).filter(|_| run <= 2)?.parse().ok()?, at + run))
    };
    let mark = |at: usize| -> Option<(u8, usize)> {
        let from = skip(text, at);
        match bytes.get(from)? {
            mark @ (b'/' | b'.') => Some((*mark, skip(text, from + 1))),
            _ => Some((b'-', skip(text, from + Some(dash(bytes, from)).filter(|&width| width > 0)?))),
        }
    };
    let (day, end) = small(at)?;
    let (month, year, end) = if let Some(from) = word(text, skip(text, end), "tháng") {
        let (month, end) = small(skip(text, from))?;
        let from = match word(text, skip(text, end), "năm") {
            Some(from) => Some(skip(text, from)),
            None => mark(end)
                .filter(|&(mark, _)| mark != b'.')
                .map(|(_, from)| from)
                .filter(|&from| digits(bytes, from) == 4),
        };
        (month, from.and_then(|from| self::year(text, from)), from.map_or(end, |from| from + digits(bytes, from)))
    } else {
        let (first, from) = mark(end)?;
        let (month, end) = small(from)?;
        match mark(end).filter(|&(mark, from)| mark == first && digits(bytes, from) > 0) {
            Some((_, from)) => (month, Some(self::year(text, from)?), from + 4),
            // `ngày 22/9 . 5`: only a glued mark would make it a longer, broken date.
            None => (month, None, end),
        }
    };
    if bytes.get(end).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    let span = start..end;
    match year {
        Some(year) => Some(Issued { value: Date::new(year, month, day).ok()?.to_string(), span, inferred: false }),
        None => {
            Date::new(2000, month, day).ok()?;
            let of = |year: i16| Date::new(year, month, day).ok();
            // A document was issued before it was written about.
            let known = scene
                .published
                .and_then(|day| of(day.year()).filter(|date| *date <= day).or_else(|| of(day.year() - 1)));
            let value = known.map_or_else(|| format!("XXXX-{month:02}-{day:02}"), |date| date.to_string());
            Some(Issued { value, span, inferred: known.is_some() })
        }
    }
}

/// Verbs that issue, sorted; the last words before the citation.
const VERBS: &[&str] = &["ban hành", "có", "công bố", "gửi", "ký", "phê duyệt", "ra", "thông qua"];

/// Bytes looked back for the date of the clause.
const CLAUSE: usize = 320;

/// Reads the date of `Ngày D, X (đã) ban hành N`, when nothing but one clause stands between. `floor` is the end of the citation before.
pub fn from_clause(scene: &ArticleText<'_>, start: usize, floor: usize) -> Option<Issued> {
    let text = scene.text;
    let before = text[..start].trim_end_matches([' ', '*']);
    let before =
        ["các", "kèm theo", "số"].iter().find_map(|word| before.strip_suffix(word)).unwrap_or(before).trim_end();
    VERBS.iter().find(|verb| before.ends_with(**verb))?;
    let mut from = scene.sentence(start).start.max(floor).max(start.saturating_sub(CLAUSE));
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let clause = &text[from..start];
    let at = clause.find("gày ").map(|at| from + at)?;
    // The date opens the clause: `Ngày`, or `ngày` after at most a few words (`Chiều ngày`, `Trước đó, ngày`).
    let opens = text[from..at].len() <= 40;
    if !opens || clause.contains(';') {
        return None;
    }
    day(scene, at - 1, skip(text, at + "gày ".len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn issued(text: &str) -> Option<String> {
        after(&ArticleText::new(text, None, None), 0, true).map(|issued| issued.value)
    }

    #[test]
    fn an_issue_date_is_read_in_every_position() {
        for (text, value) in [
            (" ngày 31/8/2022 về", "2022-08-31"),
            (" (31/8/2022)", "2022-08-31"),
            (", 11/12/2024", "2024-12-11"),
            (",ngày 5/1/2024,của", "2024-01-05"),
            (" ngày 15 - 5 - 2016 của", "2016-05-15"),
            (" NGÀY 11 THÁNG 12 NĂM 2024", "2024-12-11"),
            (" được ban hành ngày 10 tháng 12 năm 2025", "2025-12-10"),
            (" ban hành từ ngày 17/8/2005,", "2005-08-17"),
            ("** ngày 06/7/2019 của", "2019-07-06"),
            (" ngày 22/9, UBND", "XXXX-09-22"),
            (" năm 2025, quy mô", "2025"),
            (" tháng 5/2020", "2020-05"),
            (" ngay 31/8/2022 cua", "2022-08-31"),
        ] {
            assert_eq!(issued(text).as_deref(), Some(value), "{text}");
        }
    }

    #[test]
    fn a_year_needs_no_word_behind_a_symbol() {
        let issued = |text: &str, at| after(&ArticleText::new(text, None, None), at, true).map(|issued| issued.value);
        assert_eq!(issued("118/KH-UBND 2025 nêu rõ", 11).as_deref(), Some("2025"));
        assert_eq!(issued("Nghị quyết 68 2025 hộ", 16), None);
    }

    #[test]
    fn a_broken_date_gives_nothing() {
        for text in [
            " ngày 14/12/202; UBND",
            " ngày 31/2/2022",
            " ngày 5",
            ", 12 thôn",
            " (50/53 đại biểu)",
            " có hiệu lực từ ngày 1/2/2022",
        ] {
            assert_eq!(issued(text), None, "{text}");
        }
    }
}
