//! Folding: lower case, tones and marks gone, đ as d. One character stays one character.

use std::sync::LazyLock;
use unicode_normalization::char::decompose_canonical;

/// Code points below this are folded by table; Vietnamese ends at U+1EF9.
const TABLE: usize = 0x1f00;

static FOLDED: LazyLock<Vec<char>> =
    LazyLock::new(|| (0..TABLE as u32).map(|c| char::from_u32(c).map_or('\0', fold_slowly)).collect());

/// Folds one character: `Ễ` to `e`, `Đ` to `d`, `7` to itself.
pub fn fold_char(c: char) -> char {
    if c.is_ascii() {
        c.to_ascii_lowercase()
    } else {
        FOLDED.get(c as usize).copied().unwrap_or_else(|| fold_slowly(c))
    }
}

/// Folds text, keeping the count of characters: `Nghị quyết số 01/2022/NQ-HĐND` to `nghi quyet so 01/2022/nq-hdnd`.
///
/// ```
/// assert_eq!(baotinh::text::fold("Tỷ lệ hộ nghèo ở Đắk Lắk"), "ty le ho ngheo o dak lak");
/// ```
pub fn fold(text: &str) -> String {
    text.chars().map(fold_char).collect()
}

fn fold_slowly(c: char) -> char {
    let lower = c.to_lowercase().next().unwrap_or(c);
    let mut base = None;
    decompose_canonical(lower, |part| {
        base.get_or_insert(part);
    });
    match base.unwrap_or(lower) {
        'đ' | 'ð' => 'd',
        letter => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tones_marks_and_case_go() {
        assert_eq!(fold("Nghị quyết HĐND: Ễ Ự ỹ, 0,34%"), "nghi quyet hdnd: e u y, 0,34%");
    }

    #[test]
    fn folding_keeps_the_count_of_characters() {
        let text = "Thủ đô İstanbul Ðà Nẵng ﬁ ǅ 漢字";
        assert_eq!(fold(text).chars().count(), text.chars().count());
    }
}
