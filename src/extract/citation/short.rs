//! Short forms (`Nghị quyết 68`): when a number after a type word is one, and which full form of the article it means.
//!
//! Invariant: a count (`quyết định 5 vụ`) is never a short form; what two full forms could be stays short.

use super::Draft;
use super::number::{dash, digits};
use super::types::{Short, Type};
use crate::mention::{Flag, Shape};
use std::collections::HashMap;

/// Words that are counted: a number before one is a count. Sorted.
const COUNTED: &[&str] = &[
    "bị",
    "ca",
    "cá",
    "chiếc",
    "chương",
    "con",
    "công",
    "cuộc",
    "căn",
    "cơ",
    "cấp",
    "doanh",
    "dự",
    "em",
    "giai",
    "giải",
    "giờ",
    "gói",
    "ha",
    "hình",
    "hộ",
    "kg",
    "khu",
    "km",
    "loại",
    "lô",
    "lần",
    "m2",
    "mục",
    "nghìn",
    "ngàn",
    "ngày",
    "ngôi",
    "người",
    "nhiệm",
    "nhà",
    "nhóm",
    "nội",
    "năm",
    "phiên",
    "phút",
    "phần",
    "suất",
    "sản",
    "thành",
    "tháng",
    "thí",
    "thửa",
    "trang",
    "triệu",
    "trường",
    "tuần",
    "tuyến",
    "tàu",
    "tấn",
    "tỉ",
    "tỉnh",
    "tổ",
    "tỷ",
    "vị",
    "vụ",
    "xe",
    "xã",
    "xây",
    "đ",
    "điều",
    "điểm",
    "đoàn",
    "đơn",
    "đường",
    "đại",
    "đảng",
    "đối",
    "đồng",
    "đội",
    "đợt",
];

/// Says whether digits that end at a byte offset, after a type word, are the number of a document. `said`: after `số`.
pub fn is_number(text: &str, kind: &Type, said: bool, capital: bool, span: (usize, usize), with_year: bool) -> bool {
    let (start, end) = span;
    let bytes = text.as_bytes();
    let allowed = match kind.short {
        Short::Bare => true,
        Short::Capital => said || capital,
        Short::Number => said || with_year && capital,
        Short::Never => false,
    };
    if !allowed || end - start > if with_year { 12 } else { 4 } {
        return false;
    }
    match bytes.get(end) {
        Some(b'%' | b':') => return false,
        Some(b'.' | b',' | b'/') if bytes.get(end + 1).is_some_and(u8::is_ascii_digit) => return false,
        Some(byte) if byte.is_ascii_alphabetic() => return false,
        _ if dash(bytes, end) > 0 && digits(bytes, end + dash(bytes, end)) > 0 => return false,
        _ => {}
    }
    if said || with_year {
        return true;
    }
    let rest = text[end..].trim_start_matches([' ', '\n']);
    if rest.len() == text.len() - end && rest.starts_with(char::is_alphabetic) {
        return false;
    }
    let word = &rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())];
    if word == "ngày" || word == "năm" {
        // `Nghị quyết 51 ngày 22/7`, `Nghị quyết 19 năm 2017`, but `chỉ thị 5 ngày sau`.
        return digits(rest.as_bytes(), word.len() + 1) > 0 && capital;
    }
    let one = end - start == 1;
    !COUNTED.contains(&word) && (!one || capital)
}

/// Gives short forms the value of the one full form of the article with their type and number, and its issuer.
pub fn resolve(drafts: &mut [Draft]) {
    if !drafts.iter().any(|draft| draft.found.fact.shape == Shape::Short) {
        return;
    }
    type Name<'a> = (&'a str, &'a str);
    let mut full: HashMap<Name<'_>, Vec<usize>> = HashMap::new();
    for (index, draft) in drafts.iter().enumerate() {
        let fact = &draft.found.fact;
        if let (Shape::Numbered, Some(kind), Some(number)) = (fact.shape, &fact.type_, &fact.number) {
            let known = full.entry((kind, number)).or_default();
            if !known.iter().any(|&other| drafts[other].found.fact.value == fact.value) {
                known.push(index);
            }
        }
    }
    let fits = |short: &Draft, long: &Draft| {
        let (short, long) = (&short.found.fact, &long.found.fact);
        short.year.is_none_or(|year| long.year == Some(year))
            && short.issuer.as_ref().is_none_or(|issuer| long.issuer.as_ref() == Some(issuer))
    };
    let meant: Vec<(usize, usize)> = drafts
        .iter()
        .enumerate()
        .filter(|(_, draft)| draft.found.fact.shape == Shape::Short)
        .filter_map(|(index, draft)| {
            let name = (draft.found.fact.type_.as_deref()?, draft.found.fact.number.as_deref()?);
            let mut known = full.get(&name)?.iter().copied().filter(|&long| fits(draft, &drafts[long]));
            let long = known.next()?;
            known.next().is_none().then_some((index, long))
        })
        .collect();
    for (short, long) in meant {
        let long = drafts[long].found.fact.clone();
        let found = &mut drafts[short].found;
        found.fact.value = long.value;
        found.fact.issuer = long.issuer;
        found.fact.level = long.level;
        found.fact.symbol = long.symbol;
        found.fact.year = long.year;
        found.flags.push(Flag::Resolved);
    }
}
