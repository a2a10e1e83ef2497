//! Masks: stretches of text whose digits belong to something else: URLs, e-mail addresses, telephone numbers, vehicle
//! plates, road numbers and standards. No rule of any kind reads inside one. Invariant: in order, none touching another.

use super::scan::{Anchor, Kinds, What};
use std::ops::Range;

/// Cue words and signs at which something masked may stand, in lower case.
pub const CUES: &[&str] = &[
    "://",
    "@",
    "www.", // addresses
    "hương lộ",
    "quốc lộ",
    "ql",
    "tl",
    "tỉnh lộ",
    "đt",
    "đường tỉnh",
    "đường huyện", // roads
    "astm",
    "iec",
    "iso",
    "qcvn",
    "tccs",
    "tcvn",
    "tcxd",
    "tcxdvn", // standards
];

/// Longest part of an address before its cue: `https` before `://`, the name before `@`. Longer is no address.
const LONGEST_BEFORE: usize = 64;

/// Returns the byte ranges of everything that digits are not to be read in.
pub fn masks(text: &str, anchors: &[Anchor]) -> Vec<Range<usize>> {
    let mut masks: Vec<Range<usize>> = Vec::new();
    let mut masked_to = 0;
    for anchor in anchors {
        if anchor.start < masked_to {
            continue;
        }
        let found = match anchor.what {
            What::Digits => telephone(text, anchor).or_else(|| plate(text, anchor)),
            What::Cue(kinds) if kinds.has(Kinds::MASK) => match text.as_bytes()[anchor.start] {
                b':' | b'@' | b'w' | b'W' => address(text, anchor),
                _ => code(text, anchor),
            },
            What::Cue(_) => None,
        };
        if let Some(mut found) = found {
            masked_to = found.end;
            if let Some(last) = masks.last_mut().filter(|last| last.end >= found.start) {
                found.start = last.start.min(found.start);
                *last = found;
            } else {
                masks.push(found);
            }
        }
    }
    masks
}

/// Reads a URL or an e-mail address around its cue: to the next blank or bracket, sentence marks at its end left out.
fn address(text: &str, anchor: &Anchor) -> Option<Range<usize>> {
    let ends = |c: char| {
        c.is_whitespace() || matches!(c, '<' | '>' | '"' | '“' | '”' | '(' | ')' | '[' | ']' | '|' | '*' | ',' | ';')
    };
    let end = text[anchor.end..].find(ends).map_or(text.len(), |length| anchor.end + length);
    let end = anchor.end + text[anchor.end..end].trim_end_matches(['.', ':', '!', '?', '…', '/']).len();
    let before = &text.as_bytes()[anchor.start.saturating_sub(LONGEST_BEFORE)..anchor.start];
    let length = before
        .iter()
        .rev()
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-' | b'+' | b'%'))
        .count();
    let needs_name = !matches!(text.as_bytes()[anchor.start], b'w' | b'W');
    (end > anchor.end && (length > 0 || !needs_name)).then_some(anchor.start - length..end)
}

/// Reads the number of a road or a standard after its cue: `QL18A`, `ĐT.326`, `quốc lộ 1A`, `TCVN 5574:2018`, `ISO/IEC 17025:2017`.
fn code(text: &str, anchor: &Anchor) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = anchor.end;
    // Letters of a compound standard, dots and single blanks may stand before the number.
    while at < bytes.len() && at - anchor.end < 12 {
        match bytes[at] {
            b'0'..=b'9' => {
                let token = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b':' | b'-' | b'/' | b'.');
                let end = at + bytes[at..].iter().take(LONGEST_BEFORE).take_while(|b| token(b)).count();
                let end = at + text[at..end].trim_end_matches([':', '-', '/', '.']).len();
                return Some(anchor.start..end);
            }
            b'.' | b'/' | b'-' | b' ' | b'A'..=b'Z' => at += 1,
            _ => return None,
        }
    }
    None
}

/// Reads a telephone number: a leading 0 or +84, then groups parted by dots, dashes or blanks, 9 to 11 digits in all;
/// or a hotline (`1900 1234`, `1800.6789`).
fn telephone(text: &str, anchor: &Anchor) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let digits = anchor.end - anchor.start;
    let plus = anchor.start > 0 && bytes[anchor.start - 1] == b'+';
    let hotline =
        digits >= 4 && (bytes[anchor.start..].starts_with(b"1900") || bytes[anchor.start..].starts_with(b"1800"));
    if !(bytes[anchor.start] == b'0' && digits >= 2 || plus || hotline) || !(2..=12).contains(&digits) {
        return None;
    }
    let (mut at, mut count, mut groups) = (anchor.end, digits, 1);
    while let Some(skip) = separator(&bytes[at..]) {
        let run = bytes[at + skip..].iter().take(12).take_while(|b| b.is_ascii_digit()).count();
        // `01.02.2024` and `1900 2000` are no telephone numbers: after two digits come three or more, after 1900 no year.
        let dated = digits == 2 && run < 3 && !plus
            || hotline && run == 4 && (bytes[at + skip..].starts_with(b"19") || bytes[at + skip..].starts_with(b"20"));
        if run == 0 || groups == 1 && dated || count + run > 12 {
            break;
        }
        (at, count, groups) = (at + skip + run, count + run, groups + 1);
    }
    let long_enough =
        if hotline { (8..=10).contains(&count) && groups > 1 || count == 8 } else { (9..=12).contains(&count) };
    let ends = !bytes.get(at).is_some_and(|b| matches!(b, b'%' | b'/'));
    (long_enough && ends).then_some(anchor.start - usize::from(plus)..at)
}

/// Returns the length of what parts two groups of a telephone number.
fn separator(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [b' ', b'-', b' ', ..] => Some(3),
        [b')', b' ' | b'.' | b'-', ..] | [b'.' | b'-', b' ', ..] => Some(2),
        [b')' | b'.' | b'-' | b' ', ..] => Some(1),
        _ => None,
    }
}

/// Reads a vehicle plate: `29A-123.45`, `14C-12345`, `51F 123.45`, `59-X1 123.45`.
fn plate(text: &str, anchor: &Anchor) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    if anchor.end - anchor.start != 2 {
        return None;
    }
    let dash = |at: usize| usize::from(bytes.get(at).is_some_and(|b| matches!(b, b'-' | b' ')));
    let digits = |at: usize| bytes[at.min(bytes.len())..].iter().take(6).take_while(|b| b.is_ascii_digit()).count();
    let letter_at = anchor.end + usize::from(bytes.get(anchor.end) == Some(&b'-'));
    let letters = bytes[letter_at.min(bytes.len())..].iter().take(3).take_while(|b| b.is_ascii_uppercase()).count();
    if !(1..=2).contains(&letters) {
        return None;
    }
    let mut at = letter_at + letters;
    // The series of a motorbike has a digit: `59-X1 123.45`.
    if digits(at) == 1 && dash(at + 1) == 1 {
        at += 1;
    }
    at += dash(at);
    let first = digits(at);
    let dotted = first == 3 && bytes.get(at + 3) == Some(&b'.') && digits(at + 4) == 2;
    match (first, dotted) {
        (3, true) => Some(anchor.start..at + 6),
        (4 | 5, _) => Some(anchor.start..at + first),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::scan::scan;

    fn masked(text: &str) -> Vec<&str> {
        masks(text, &scan(text)).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn what_digits_belong_to_is_masked() {
        for (text, expected) in [
            ("xem https://bao.example.vn/2024/05/01-tin.html.", "https://bao.example.vn/2024/05/01-tin.html"),
            ("tại www.bao-2024.vn/1-1, và", "www.bao-2024.vn/1-1"),
            ("gửi toasoan2024@bao.example.vn trước", "toasoan2024@bao.example.vn"),
            ("gọi 0203.3.835.678 để biết", "0203.3.835.678"),
            ("số 0912 345 678", "0912 345 678"),
            ("ĐT: (028) 38.123.456", "028) 38.123.456"),
            ("ĐT: (028)-38.123.456", "028)-38.123.456"),
            ("ĐT: (0912345678)-", "0912345678"),
            ("ĐT: 0203 - 3.835.678", "0203 - 3.835.678"),
            ("hotline 1900 1234", "1900 1234"),
            ("gọi +84 24 3826 1234 nhé", "+84 24 3826 1234"),
            ("xe 29A-123.45 chạy", "29A-123.45"),
            ("xe 14C-12345 chạy", "14C-12345"),
            ("xe máy 59-X1 123.45", "59-X1 123.45"),
            ("tuyến QL18A và", "QL18A"),
            ("đường ĐT.326 qua", "ĐT.326"),
            ("Quốc lộ 1A", "Quốc lộ 1A"),
            ("theo TCVN 5574:2018 thì", "TCVN 5574:2018"),
            ("đạt ISO/IEC 17025:2017.", "ISO/IEC 17025:2017"),
        ] {
            assert_eq!(masked(text), [expected], "{text}");
        }
    }

    #[test]
    fn dates_and_numbers_are_not_masked() {
        for text in [
            "ngày 01.02.2024",
            "ngày 01-02-2024",
            "0,34%",
            "09 - 10/2024",
            "01/2022/NQ-HĐND",
            "tăng 1900 tỷ",
            "năm 1900 2000",
            "02 vụ",
        ] {
            assert_eq!(masked(text), Vec::<&str>::new(), "{text}");
        }
    }

    #[test]
    fn masks_are_linear_in_one_long_address() {
        let text = "://a@".repeat(100_000);
        assert!(masked(&text).len() <= 1);
    }
}
