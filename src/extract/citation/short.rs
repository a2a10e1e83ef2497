//! Short forms (`Nghị quyết 68`): when a number after a type word is one, and which full form of the article it means.
//!
//! Invariant: a count (`quyết định 5 vụ`) is never a short form; what two full forms could be stays short.

use super::issued::skip;
use super::number::{dash, digits};
use super::types::{Short, Type};
use super::{Draft, issuers};
use crate::mention::{Flag, Shape};
use std::collections::HashMap;

/// Words that are counted: a number before one is a count. Sorted.
const COUNTED: &[&str] = &[
    "bị",
    "ca",
    "chiếc",
    "chương",
    "con",
    "cuộc",
    "cá",
    "công",
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
    "năm",
    "nội",
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
    "tuyến",
    "tuần",
    "tàu",
    "tấn",
    "tỉ",
    "tỉnh",
    "tổ",
    "tỷ",
    "vị",
    "vụ",
    "xe",
    "xây",
    "xã",
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

/// Words that a counted word begins and that are not counted: `Quyết định 2000 thành lập tiểu ban`. Sorted.
const ACTS: &[&str] =
    &["công bố", "công nhận", "giải quyết", "giải thể", "thành lập", "xây dựng", "điều chỉnh", "điều động", "đối với"];

/// Words that may follow a closed short form: what is said of a document, not what is counted. Sorted.
const SAID_OF: &[&str] = &[
    "ban hành",
    "bị",
    "bộ",
    "chi tiết",
    "cho thấy",
    "chính",
    "chính thức",
    "chấp thuận",
    "chỉ",
    "có",
    "có hiệu lực",
    "có quy định",
    "cũng",
    "của",
    "do",
    "dưới đây",
    "gồm",
    "gửi",
    "hướng dẫn",
    "hết hiệu lực",
    "hợp nhất",
    "khi",
    "không",
    "kèm",
    "là",
    "là gì",
    "mới",
    "mới nhất",
    "như thế nào",
    "nhằm",
    "nêu",
    "nói trên",
    "phê duyệt",
    "quy định",
    "ra sao",
    "sẽ",
    "sửa đổi",
    "thay thế",
    "thì",
    "thế nào",
    "thực hiện",
    "triển khai",
    "trong",
    "trên",
    "tại",
    "và",
    "về",
    "vừa",
    "yêu cầu",
    "áp dụng",
    "đang",
    "đã",
    "đúng",
    "được",
    "đối với",
    "ở đâu",
];

/// Says whether what follows a number leaves it the number of a document: an end, a mark, a capital, or a word that is said of one.
fn closes(text: &str, end: usize) -> bool {
    let rest = &text[end..];
    let words = rest.trim_start_matches(' ');
    let Some(next) = words.chars().next() else { return true };
    if words.len() == rest.len() {
        return !next.is_alphanumeric() && !matches!(next, '-' | '%' | '+' | '/');
    }
    let dated = ["ngày ", "năm "]
        .iter()
        .any(|word| words.strip_prefix(word).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())));
    dated
        || next.is_uppercase()
        || !next.is_alphanumeric()
        || SAID_OF.iter().any(|said| super::issued::word(words, 0, said).is_some())
}

/// Says whether digits that end at a byte offset, after a type word, are the number of a document. `said`: after `số`.
pub fn is_number(text: &str, kind: &Type, said: bool, capital: bool, span: (usize, usize), with_year: bool) -> bool {
    let (start, end) = span;
    let bytes = text.as_bytes();
    let allowed = match kind.short {
        Short::Bare => true,
        Short::Capital => said || capital,
        Short::Closed => {
            let year = text[start..end].parse::<u16>().is_ok_and(|number| (1990..2051).contains(&number));
            said || capital
                && (with_year || end - start >= 2 && !(year && matches!(kind.code, "KH")) && closes(text, end))
        }
        Short::Code => said || with_year || end - start >= 2 && closes(text, end),
        Short::Number => said || with_year && capital,
        Short::Never => false,
    };
    let longest = if with_year {
        12
    } else if kind.short == Short::Closed || kind.code == "CV" {
        5
    } else {
        4
    };
    if !allowed || end - start > longest {
        return false;
    }
    match bytes.get(end) {
        Some(b'%') => return false,
        Some(b'/') if !with_year => return false,
        Some(b'.' | b',' | b'/' | b':') if bytes.get(end + 1).is_some_and(u8::is_ascii_digit) => return false,
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
        // `Nghị quyết 51 ngày 22/7`, `nghị định 56 năm 2009`, but `chỉ thị 5 ngày sau`, `kế hoạch 5 năm 2016-2020`.
        let dated = digits(rest.as_bytes(), word.len() + 1);
        let bare = kind.short == Short::Bare && (word == "ngày" || dated == 4 && end - start >= 2);
        return dated > 0 && (capital || bare);
    }
    let one = end - start == 1;
    let act = capital && ACTS.iter().any(|act| super::issued::word(rest, 0, act).is_some());
    (!COUNTED.contains(&word) || act) && (!one || capital)
}

/// Bodies that have programmes and that no organ's name begins, sorted.
const BODIES: &[&str] =
    &["ban", "công an", "huyện", "hội", "mặt trận", "phường", "quận", "thành phố", "tỉnh", "xã", "đoàn", "đảng"];

/// Says whether a numbered programme in lower case is of a body that issues no documents: `chương trình số 5 của VTV`.
pub fn is_foreign(text: &str, kind: &Type, end: usize) -> bool {
    let Some(of) = super::issued::word(text, skip(text, end), "của").filter(|_| kind.code == "CTr") else {
        return false;
    };
    let of = skip(text, of);
    issuers::named(text, of).is_none() && !BODIES.iter().any(|body| super::issued::word(text, of, body).is_some())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{ArticleText, citation};

    #[test]
    fn the_words_are_sorted() {
        for list in [BODIES, COUNTED, ACTS, SAID_OF] {
            assert!(list.is_sorted(), "{list:?}");
        }
    }

    #[test]
    fn a_number_after_a_type_word_is_a_document_where_nothing_is_counted() {
        let values = |text: &str| {
            let found = citation::find(&ArticleText::new(text, None, None)).0;
            found.into_iter().map(|found| found.fact.value).collect::<Vec<_>>()
        };
        for (text, value) in [
            ("theo Thông tư 200:", "TT 200"),
            ("Công văn 4998 gửi các tỉnh", "CV 4998"),
            ("tại Hướng dẫn 43?", "HD 43"),
            ("Quy định 377 *(Điều 9)*", "QyĐ 377"),
            ("lùi TT02, nợ xấu", "TT 02"),
            ("huyện nghèo theo Nghị quyết 30a giảm mạnh", "NQ 30a"),
            ("tại văn bản số 10129 ngày 21/11/2011", "CV 10129"),
            ("hiệu quả của NQ02 đối với thị trường", "NQ 02"),
            ("theo TT80/2021 thì", "TT 80/2021"),
            ("Quyết định 2000 thành lập tiểu ban", "QĐ 2000"),
            ("(gọi tắt là Đề án 844– ISEV)", "ĐA 844"),
            ("chương trình hành động số 4 của Tỉnh ủy", "CTr 04"),
            ("chính sách của NĐ116/2020 về học phí", "NĐ 116/2020"),
        ] {
            assert_eq!(values(text), [value], "{text}");
        }
        for text in [
            "Hướng dẫn 43 doanh nghiệp",
            "Kế hoạch 60 ngày cao điểm",
            "Kế hoạch 2026 | 2027",
            "kế hoạch 27 tỷ",
            "tt 12, thị trấn",
            "chương trình hành động số 4 của Liên minh Nghị viện",
            "Báo cáo 6 tháng",
            "Quy định 10 bệnh thuộc diện",
            "(nq57.vn)",
            "Quyết định 5 vụ",
            "Chương trình 24h",
            "ban hành 12 văn bản 3 lần",
        ] {
            assert_eq!(values(text), Vec::<String>::new(), "{text}");
        }
    }
}
