//! Lost block boundaries: `… cho nhân dânCác cơ quan …` is two paragraphs whose break was lost when a page became text.

use crate::text::is_syllable;

/// Restores lost breaks: a `\n` between a whole lower-case syllable and a capitalised one glued to it.
///
/// Names such as `VinFast` or `TikTok` stay whole: both halves must be Vietnamese syllables and one must carry a
/// diacritic, which hardly a brand in camel case does.
pub fn restore_breaks(text: &str) -> String {
    let mut restored = String::with_capacity(text.len() + 16);
    let mut copied = 0;
    let mut previous: Option<char> = None;
    for (at, c) in text.char_indices() {
        if c.is_uppercase() && previous.is_some_and(char::is_lowercase) && is_lost(&text[..at], &text[at..]) {
            restored.push_str(&text[copied..at]);
            restored.push('\n');
            copied = at;
        }
        previous = Some(c);
    }
    restored.push_str(&text[copied..]);
    restored
}

fn is_lost(before: &str, after: &str) -> bool {
    let left = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let right = after.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let small_left = left.chars().skip(1).all(char::is_lowercase);
    let capital_right = right.chars().skip(1).all(char::is_lowercase);
    small_left && capital_right && !(left.is_ascii() && right.is_ascii()) && is_syllable(left) && is_syllable(right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lost_break_is_restored() {
        assert_eq!(
            restore_breaks("tinh thần cho nhân dânCác cơ quan tăng cường"),
            "tinh thần cho nhân dân\nCác cơ quan tăng cường"
        );
    }

    #[test]
    fn names_in_camel_case_stay_whole() {
        for text in [
            "xe VinFast chạy",
            "kênh YouTube",
            "báo VnExpress",
            "ứng dụng VNeID",
            "UBND TP.HCM",
            "mạng TikTok",
            "siêu thị SaigonCoop",
        ] {
            assert_eq!(restore_breaks(text), text);
        }
    }
}
