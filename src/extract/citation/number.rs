//! The number of a document: digits, year and symbol, read forward from its first digit by hand.
//!
//! Any dash, stray blanks and one line break are let through; nothing is allocated until a number is accepted.
//! Invariant: reading looks at a bounded stretch of text.

use super::{issuers, types};
use std::ops::Range;

/// Segments that a symbol may have: joint circulars name many organs.
const MOST_SEGMENTS: usize = 10;

/// Holds what was read, as byte ranges of the text.
#[derive(Debug, Clone)]
pub struct Number {
    /// From the first digit to the end of the symbol, the year or the digits.
    pub span: Range<usize>,
    /// The digits, a dotted part and a letter (`66.25`, `15a`) included.
    pub digits: Range<usize>,
    /// Year, when the number holds one.
    pub year: Option<i16>,
    /// Segments of the symbol; empty for a bare number.
    segments: [(usize, usize); MOST_SEGMENTS],
    count: usize,
    /// Whether the first mark was a dash, as the Party writes.
    pub dashed: bool,
    /// Whether a slash stands between the code and the organ, as the Party writes too.
    pub slashed: bool,
}

impl Number {
    /// Returns the segments of the symbol as printed.
    pub fn segments<'a>(&self, text: &'a str) -> impl ExactSizeIterator<Item = &'a str> + use<'a> {
        let (segments, count) = (self.segments, self.count);
        (0..count).map(move |i| &text[segments[i].0..segments[i].1])
    }

    /// Takes what it lacks from the member of its list that closes it.
    pub fn share(&mut self, last: &Number) {
        (self.segments, self.count, self.dashed, self.slashed) = (last.segments, last.count, last.dashed, last.slashed);
        self.year = self.year.or(last.year);
    }

    /// Says whether there is a symbol.
    pub fn has_symbol(&self) -> bool {
        self.count > 0
    }
}

/// Returns the length of blanks (at most two, one line break among them) at a byte offset.
fn gap(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at..).unwrap_or_default() {
        [b' ' | b'\t', b'\n', ..] | [b'\n' | b' ', b' ', ..] => 2,
        [b' ' | b'\t' | b'\n', ..] => 1,
        _ => 0,
    }
}

/// Returns the length of a dash of any kind at a byte offset.
pub fn dash(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at..).unwrap_or_default() {
        [b'-', ..] => 1,
        // U+2010 to U+2015, U+2212.
        [0xe2, 0x80, 0x90..=0x95, ..] | [0xe2, 0x88, 0x92, ..] => 3,
        _ => 0,
    }
}

/// Returns the length of a run of ASCII digits, counted up to eight.
pub fn digits(bytes: &[u8], at: usize) -> usize {
    bytes.get(at..).unwrap_or_default().iter().take(8).take_while(|byte| byte.is_ascii_digit()).count()
}

/// Reads a number at a byte offset where a run of digits starts.
pub fn read(text: &str, at: usize) -> Option<Number> {
    let bytes = text.as_bytes();
    let run = digits(bytes, at);
    if !(1..=6).contains(&run) {
        return None;
    }
    let mut end = at + run;
    if bytes.get(end) == Some(&b'.') {
        let part = digits(bytes, end + 1);
        if (1..=3).contains(&part) && matches!(bytes.get(end + 1 + part), Some(b'/' | b'-')) {
            end += 1 + part;
        }
    }
    if matches!(bytes.get(end), Some(b'a'..=b'e')) && matches!(bytes.get(end + 1), Some(b'/' | b'-')) {
        end += 1;
    }
    let mut number = bare(at..end);
    let blank = gap(bytes, end);
    let mut mark = end + blank;
    let width = dash(bytes, mark);
    // A dot or a dash for the slash before the year: `133.2016/TT-BTC`, `19-2017/NQ-CP`.
    let dotted = if bytes.get(end) == Some(&b'.') { 1 } else { width };
    if dotted > 0 && blank == 0 && digits(bytes, end + dotted) == 4 && coded(text, end + dotted + 4) {
        mark += dotted;
    } else if bytes.get(mark) == Some(&b'/') {
        // A slash may be doubled by mistake: `14//2010/TT-BTTTT`.
        mark += if bytes.get(mark + 1) == Some(&b'/') { 2 } else { 1 };
    } else if width > 0 {
        number.dashed = true;
        mark += width;
    } else if blank == 1 && bytes[end] == b' ' && bytes.get(mark).is_some_and(u8::is_ascii_uppercase) {
        // `11 NQ/TU`: a blank for the dash, only before a code and a mark.
        return headed(text, mark).then(|| symbol(text, mark, number)).flatten();
    } else {
        return None;
    }
    let mut from = mark + gap(bytes, mark);
    let run = digits(bytes, from);
    if run > 0 {
        if run != 4 || number.dashed {
            return None;
        }
        let year = text[from..from + 4].parse().ok().filter(|year| (1945..2046).contains(year))?;
        number.year = Some(year);
        number.span.end = from + 4;
        let mut mark = from + 4 + gap(bytes, from + 4);
        match bytes.get(mark) {
            Some(b'/') => mark += 1,
            // A dash or nothing at all for the slash: `07/2024-QĐ-UBND`, `07/2024QĐ-UBND`.
            _ if dash(bytes, mark) > 0 && mark == from + 4 => mark += dash(bytes, mark),
            Some(b'A'..=b'Z') if mark == from + 4 => {}
            // A blank for the slash, only before a code and a mark: `08/2021 QĐ-UBND`.
            Some(b'A'..=b'Z') if mark == from + 5 && bytes[from + 4] == b' ' && headed(text, mark) => {}
            _ => return Some(number),
        }
        from = mark + gap(bytes, mark);
        let bare = number.clone();
        return symbol(text, from, number)
            .or((bytes.get(mark).is_none_or(|byte| !byte.is_ascii_digit())).then_some(bare));
    }
    symbol(text, from, number)
}

/// Reads a bare run of digits, with a letter or not, as a number without a symbol.
pub fn only_digits(text: &str, at: usize) -> Option<Number> {
    let run = digits(text.as_bytes(), at);
    let end = at + run;
    // `Nghị quyết 30a`.
    let lettered = matches!(text.as_bytes().get(end), Some(b'a'..=b'e'))
        && !text.get(end + 1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '-'));
    (1..=5).contains(&run).then(|| bare(at..end + usize::from(lettered)))
}

/// Says whether a mark and the code of a type stand at a byte offset, so that the digits before are a year.
fn coded(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let width = if bytes.get(at) == Some(&b'/') { 1 } else { dash(bytes, at) };
    width > 0 && segment(text, at + width).is_some_and(|code| types::CODES.binary_search(&&text[code]).is_ok())
}

/// Says whether the code of a type and a mark stand at a byte offset.
fn headed(text: &str, at: usize) -> bool {
    let marked = |end: usize| text.as_bytes().get(end) == Some(&b'/') || dash(text.as_bytes(), end) > 0;
    segment(text, at).is_some_and(|code| marked(code.end) && types::CODES.binary_search(&&text[code]).is_ok())
}

/// Makes a number of nothing but digits.
fn bare(digits: Range<usize>) -> Number {
    let span = digits.clone();
    Number { span, digits, year: None, segments: Default::default(), count: 0, dashed: false, slashed: false }
}

/// Reads the segments of a symbol into a number.
fn symbol(text: &str, at: usize, mut number: Number) -> Option<Number> {
    let bytes = text.as_bytes();
    let mut from = at;
    loop {
        let range = segment(text, from)?;
        number.segments[number.count] = (range.start, range.end);
        number.count += 1;
        number.span.end = range.end;
        from = range.end;
        if number.count == MOST_SEGMENTS {
            break;
        }
        if let Some(end) = unit(text, range.clone()) {
            number.segments[number.count - 1].1 = end;
            (number.span.end, from) = (end, end);
        }
        let before = gap(bytes, from);
        let slash = bytes.get(from + before) == Some(&b'/');
        let width = if slash || dotted(text, range, from) { 1 } else { dash(bytes, from + before) };
        number.slashed |= slash && number.count == 1;
        if width == 0 {
            break;
        }
        let mark = from + before + width;
        let after = gap(bytes, mark);
        let Some(next) = segment(text, mark + after) else { break };
        // Blanks around the mark are stray only before an organ (`1655/QĐ - UBND`, but not `15/QĐ-UBND - Ông A`) and,
        // behind the first mark, before a unit of one: `405/SGDĐT- KTKĐCLGD`.
        let unit =
            number.count == 1 && before == 0 && next.len() >= 3 && text[next.clone()].chars().all(char::is_uppercase);
        if before + after > 0 && !issuers::is_organ(&text[next.clone()]) && !unit {
            break;
        }
        from = next.start;
    }
    Some(number)
}

/// Returns the offset after the unit that a dot ties to an organ, as some provinces write: `889/QĐ-UBND.NN`.
fn unit(text: &str, organ: Range<usize>) -> Option<usize> {
    let from = text[organ.end..].strip_prefix('.').map(|_| organ.end + 1)?;
    let unit = segment(text, from).filter(|_| issuers::is_organ(&text[organ]))?;
    let (printed, rest) = (&text[unit.clone()], &text[unit.end..]);
    let short = (2..=4).contains(&printed.chars().count()) && printed.chars().all(char::is_uppercase);
    // `NQ-HĐND.UBND tỉnh`, `QĐ-UBND.TS Nguyễn Văn A`: the blank after a full stop was lost.
    let sentence =
        issuers::is_organ(printed) || rest.strip_prefix(' ').is_some_and(|next| next.starts_with(char::is_uppercase));
    (short && !sentence && types::code(printed).is_none()).then_some(unit.end)
}

/// Says whether a dot stands for the dash between a code and its organ: `1043/QĐ.UBND`.
fn dotted(text: &str, code: Range<usize>, at: usize) -> bool {
    let organ = || segment(text, at + 1).is_some_and(|organ| issuers::is_organ(&text[organ]));
    text[at..].starts_with('.') && types::CODES.binary_search(&&text[code]).is_ok() && organ()
}

/// Reads one segment of a symbol: an acronym with its digits and `&`, or a known code in any case.
fn segment(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = text.get(at..)?;
    if let Some(name) = ["Chính phủ", "CHÍNH PHỦ", "T.Ư", "T.W"].iter().find(|name| rest.starts_with(**name)) {
        return Some(at..at + name.len());
    }
    let mut end = 0;
    let (mut upper, mut lower, mut count, mut lower_from) = (0, 0, 0, 0);
    for c in rest.chars() {
        if !(c.is_alphanumeric() || c == '&' && count > 0) || count == 24 {
            break;
        }
        if c.is_uppercase() {
            upper += 1;
            lower_from = end + c.len_utf8();
        } else if c.is_lowercase() {
            lower += 1;
        }
        end += c.len_utf8();
        count += 1;
    }
    let word = rest[..end].trim_end_matches('&');
    let first = word.chars().next()?;
    if !first.is_alphabetic() {
        return None;
    }
    let acronym = first.is_uppercase() && lower * 2 <= upper;
    if (acronym && lower <= 2) || known(word) {
        return Some(at..at + word.len());
    }
    // Lost blank after the symbol: `NQ-HĐNDngày`.
    let cut = &word[..lower_from.min(word.len())];
    if upper >= 2 {
        if let Some(more) =
            word[cut.len()..].chars().next().map(|c| &word[..cut.len() + c.len_utf8()]).filter(|more| known(more))
        {
            return Some(at..at + more.len());
        }
        if known(cut) || acronym {
            return Some(at..at + cut.len());
        }
    }
    None
}

fn known(word: &str) -> bool {
    types::code(word).is_some() || issuers::is_organ(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Option<(String, Vec<&str>)> {
        let at = text.find(|c: char| c.is_ascii_digit())?;
        read(text, at).map(|number| (text[number.span.clone()].to_string(), number.segments(text).collect()))
    }

    #[test]
    fn a_number_ends_where_its_symbol_does() {
        for (text, span, segments) in [
            ("01/2022/NQ-HĐND ngày", "01/2022/NQ-HĐND", vec!["NQ", "HĐND"]),
            ("06 - NQ/TU, về", "06 - NQ/TU", vec!["NQ", "TU"]),
            ("1655/QĐ - UBND của", "1655/QĐ - UBND", vec!["QĐ", "UBND"]),
            ("15/QĐ-UBND - Ông A", "15/QĐ-UBND", vec!["QĐ", "UBND"]),
            ("01/2022/\nNQ-HĐND", "01/2022/\nNQ-HĐND", vec!["NQ", "HĐND"]),
            ("75/NQ-HĐNDngày 5", "75/NQ-HĐND", vec!["NQ", "HĐND"]),
            ("12/QĐ-TTgngày 5", "12/QĐ-TTg", vec!["QĐ", "TTg"]),
            ("310/2025 sửa đổi", "310/2025", vec![]),
            ("11 NQ/TU của", "11 NQ/TU", vec!["NQ", "TU"]),
            ("14//2010/TT-BTTTT quy", "14//2010/TT-BTTTT", vec!["TT", "BTTTT"]),
            ("19-2017/NQ-CP của", "19-2017/NQ-CP", vec!["NQ", "CP"]),
            ("133.2016/TT-BTC quy", "133.2016/TT-BTC", vec!["TT", "BTC"]),
            ("889/QĐ-UBND.NN của", "889/QĐ-UBND.NN", vec!["QĐ", "UBND.NN"]),
            ("1043/QĐ.UBND ngày", "1043/QĐ.UBND", vec!["QĐ", "UBND"]),
            ("20/NQ-HĐND.UBND tỉnh", "20/NQ-HĐND", vec!["NQ", "HĐND"]),
            ("20/NQ-HĐND.TS Nguyễn", "20/NQ-HĐND", vec!["NQ", "HĐND"]),
        ] {
            assert_eq!(parts(text), Some((span.to_string(), segments)), "{text}");
        }
    }

    #[test]
    fn ratios_scores_and_days_are_no_numbers() {
        for text in [
            "1.240/1.591",
            "24/7",
            "2-1",
            "50/53 đại biểu",
            "31/8/2022",
            "5 hộ",
            "80/82 triệu",
            "19-2017/18",
            "3.2016 đồng",
        ] {
            assert_eq!(parts(text), None, "{text}");
        }
    }
}
