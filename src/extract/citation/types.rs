//! Types of documents: their words, their codes, and how freely a number may follow the bare word.
//!
//! Source: NĐ 30/2020 annex III, NĐ 34/2016, HD 36-HD/VPTW 2018. Invariant: [`TYPES`] and [`CODES`] are sorted.

use crate::extract::scan;
use crate::text::{fold, fold_char};
use std::sync::LazyLock;

/// Says when the word and a number without a symbol are a short form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Short {
    /// `Nghị quyết 68`: after the bare word.
    Bare,
    /// `Đề án 06`, `Quyết định 16`: after the word with a capital, or `số`.
    Capital,
    /// `Công văn 4998:`, `Hướng dẫn 43`: after `số`, or after the word with a capital where nothing is counted.
    Closed,
    /// `TT 200`, `QĐ27`: as the last, and the code must stand in capitals; digits may touch it.
    Code,
    /// `quy chế số 12`: only after `số`.
    Number,
    /// Never: `Báo cáo số 2` is a heading, `dự án số 3` an item.
    Never,
}

/// Describes a type by the word that stands before a number.
#[derive(Debug)]
pub struct Type {
    /// The word, in lower case.
    pub word: &'static str,
    /// Official abbreviation.
    pub code: &'static str,
    /// When a number without a symbol may follow.
    pub short: Short,
}

impl Type {
    /// Says whether the word is a code of two letters, which digits may touch: `NĐ116/2020`.
    pub fn is_code(&self) -> bool {
        self.word.chars().count() == 2
    }
}

const fn row(word: &'static str, code: &'static str, short: Short) -> Type {
    Type { word, code, short }
}

/// Lists the words before a number, sorted.
pub const TYPES: &[Type] = &[
    row("biên bản", "BB", Short::Never),
    row("blds", "BL", Short::Never),
    row("blhs", "BL", Short::Never),
    row("bllđ", "BL", Short::Never),
    row("blttds", "BL", Short::Never),
    row("bltths", "BL", Short::Never),
    row("báo cáo", "BC", Short::Never),
    row("bộ luật", "BL", Short::Never),
    row("chương trình", "CTr", Short::Capital),
    row("chỉ thị", "CT", Short::Bare),
    row("công văn", "CV", Short::Closed),
    row("công điện", "CĐ", Short::Closed),
    row("dự án", "DA", Short::Never),
    row("giấy chứng nhận", "GCN", Short::Never),
    row("giấy mời", "GM", Short::Never),
    row("giấy phép", "GP", Short::Never),
    row("giấy phép xây dựng", "GP", Short::Never),
    row("giấy ủy quyền", "GUQ", Short::Never),
    row("hiến pháp", "HP", Short::Never),
    row("hướng dẫn", "HD", Short::Closed),
    row("hợp đồng", "HĐ", Short::Never),
    row("kế hoạch", "KH", Short::Closed),
    row("kết luận", "KL", Short::Capital),
    row("luật", "L", Short::Never),
    row("lệnh", "L-CTN", Short::Never),
    row("nghị quyết", "NQ", Short::Bare),
    row("nghị quyết liên tịch", "NQLT", Short::Number),
    row("nghị định", "NĐ", Short::Bare),
    row("nq", "NQ", Short::Bare),
    row("nđ", "NĐ", Short::Bare),
    row("pháp lệnh", "PL", Short::Never),
    row("phương án", "PA", Short::Never),
    row("quy chế", "QC", Short::Number),
    row("quy định", "QyĐ", Short::Closed),
    row("quyết định", "QĐ", Short::Capital),
    row("qđ", "QĐ", Short::Code),
    row("sắc luật", "SLT", Short::Number),
    row("sắc lệnh", "SL", Short::Number),
    row("thông báo", "TB", Short::Closed),
    row("thông báo kết luận", "TB", Short::Closed),
    row("thông cáo", "TC", Short::Never),
    row("thông tri", "TT", Short::Number),
    row("thông tư", "TT", Short::Bare),
    row("thông tư liên bộ", "TTLB", Short::Number),
    row("thông tư liên tịch", "TTLT", Short::Bare),
    row("tt", "TT", Short::Code),
    row("ttlt", "TTLT", Short::Code),
    row("tờ trình", "TTr", Short::Number),
    row("văn bản", "CV", Short::Number),
    row("văn bản hợp nhất", "VBHN", Short::Number),
    row("đề án", "ĐA", Short::Capital),
];

/// Lists the words of `TYPES` as the scan looks for them, in the same order.
pub const CUES: &[&str] = &{
    let mut words = [""; TYPES.len()];
    let mut i = 0;
    while i < TYPES.len() {
        words[i] = TYPES[i].word;
        i += 1;
    }
    words
};

/// Lists the codes that may open a symbol, sorted; `LT` codes are joint.
pub const CODES: &[&str] = &[
    "BB", "BC", "BGN", "BTT", "CT", "CTPH", "CTPHLN", "CTr", "CV", "CĐ", "DA", "GCN", "GGT", "GM", "GP", "GUQ", "GXN",
    "HD", "HDLN", "HDLT", "HĐ", "KH", "KHLN", "KHLT", "KHPH", "KL", "L", "LCT", "NQ", "NQLT", "NĐ", "PA", "PC", "PL",
    "QC", "QCLN", "QCPH", "QT", "QyĐ", "QĐ", "QĐi", "SL", "SLT", "TB", "TC", "TT", "TTLB", "TTLN", "TTLT", "TTr",
    "TTĐT", "VBHN", "ĐA",
];

/// Types of the scan's cue words, by the number of the word.
static BY_WORD: LazyLock<Vec<Option<&'static Type>>> = LazyLock::new(|| {
    let mut by_word = Vec::new();
    for known in TYPES {
        let number = usize::from(scan::word(known.word));
        by_word.resize(by_word.len().max(number + 1), None);
        by_word[number] = Some(known);
    }
    by_word
});

/// Returns the type of a cue word by the number that the scan gave it.
pub fn of_word(number: u16) -> Option<&'static Type> {
    BY_WORD.get(usize::from(number)).copied().flatten()
}

/// Returns the word of a type that a text begins with, whatever its case and marks, and how many characters of the text
/// it is: `nghi quyet 57` begins with `nghị quyết`, `NQ-57` with its code.
pub fn beginning(text: &str) -> Option<(&'static str, usize)> {
    let folded = fold(text);
    let begins = |word: &str| {
        let rest = folded.strip_prefix(fold(word).as_str())?;
        // Folding keeps the count of characters.
        (!rest.starts_with(char::is_alphabetic)).then(|| word.chars().count())
    };
    let full = |code: &str| TYPES.iter().find(|known| known.code == code && !known.is_code()).map(|known| known.word);
    let words = TYPES.iter().filter_map(|known| {
        let word = if known.is_code() { full(known.code)? } else { known.word };
        Some((word, begins(known.word)?))
    });
    let codes = CODES.iter().filter_map(|code| Some((full(code)?, begins(code)?)));
    words.chain(codes).max_by_key(|(_, length)| *length)
}

/// Returns the official spelling of a code: as printed, else without regard to case and diacritics (`qd` is `QĐ`).
pub fn code(segment: &str) -> Option<&'static str> {
    official(CODES, segment)
}

/// Finds a spelling in a list, exactly first, then folded.
pub fn official(list: &'static [&'static str], segment: &str) -> Option<&'static str> {
    if segment.len() > 24 {
        return None;
    }
    match list.binary_search(&segment) {
        Ok(i) => Some(list[i]),
        Err(_) => list.iter().copied().find(|known| same(known, segment)),
    }
}

/// Says whether two texts are the same but for case and diacritics.
fn same(a: &str, b: &str) -> bool {
    let (mut a, mut b) = (a.chars(), b.chars());
    loop {
        match (a.next(), b.next()) {
            (None, None) => return true,
            (Some(x), Some(y)) if fold_char(x) == fold_char(y) => {}
            _ => return false,
        }
    }
}

/// Returns the type of a document from the word before its number and the code in its symbol.
///
/// The word wins, but a code that begins with it is more exact: `Thông tư … TTLT`, `Kế hoạch … KHLN`.
pub fn decide(word: Option<&Type>, code: Option<&'static str>) -> Option<&'static str> {
    match (word, code) {
        (Some(word), Some(code)) if code.starts_with(word.code) && word.code != "L" || word.word == "văn bản" => {
            Some(code)
        }
        (Some(word), _) => Some(word.code),
        (None, Some("QĐi")) => Some("QyĐ"),
        (None, Some("L" | "LCT")) => Some("L-CTN"),
        (None, code) => code,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted() {
        assert!(TYPES.is_sorted_by_key(|known| known.word));
        assert!(CODES.is_sorted());
    }

    #[test]
    fn a_code_is_read_in_any_case_and_without_diacritics() {
        assert_eq!(code("nq"), Some("NQ"));
        assert_eq!(code("QD"), Some("QĐ"));
        assert_eq!(code("HD"), Some("HD"));
        assert_eq!(code("HĐ"), Some("HĐ"));
        assert_eq!(code("CTR"), Some("CTr"));
        assert_eq!(code("UBND"), None);
    }

    #[test]
    fn the_word_wins_unless_the_code_is_more_exact() {
        let word = |word: &str| TYPES.iter().find(|known| known.word == word);
        assert_eq!(decide(word("quy định"), Some("QĐ")), Some("QyĐ"));
        assert_eq!(decide(word("thông tư"), Some("TTLT")), Some("TTLT"));
        assert_eq!(decide(word("công văn"), Some("CT")), Some("CV"));
        assert_eq!(decide(word("văn bản"), Some("TB")), Some("TB"));
    }
}
