//! The one normalisation: NFC, one đ, one kind of blank, nothing invisible. Everything after it counts in its result.

use std::borrow::Cow;
use std::sync::LazyLock;
use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Normalises text from outside; borrowed when there is nothing to do. Idempotent.
///
/// NFC; `Ð`/`ð` (U+00D0, U+00F0) become `Đ`/`đ`; no-break, thin and other odd spaces become a space; zero-width
/// characters, soft hyphens and control characters go; `\r\n`, `\r` and Unicode line and paragraph separators become `\n`.
///
/// ```
/// assert_eq!(baotinh::text::normalize("NQ-HÐND\u{a0}ti\u{309}nh"), "NQ-HĐND tỉnh");
/// ```
pub fn normalize(text: &str) -> Cow<'_, str> {
    let Some(mut odd) = odd(text, 0) else { return Cow::Borrowed(text) };
    let mut normal = String::with_capacity(text.len());
    let mut copied = 0;
    // A plain character never composes with what stands before it, so what lies between two of them, the first
    // included, is normalised by itself and the rest is copied.
    loop {
        let start = text[copied..odd].char_indices().next_back().map_or(odd, |(at, _)| copied + at);
        let end = find(text, odd, is_plain).unwrap_or(text.len());
        normal.push_str(&text[copied..start]);
        let piece =
            text[start..end].strip_suffix('\r').filter(|_| text[end..].starts_with('\n')).unwrap_or(&text[start..end]);
        // Invisible characters go first: one between a letter and its tone would keep the two from composing.
        normal.extend(piece.chars().filter_map(replacement).nfc().filter_map(replacement));
        copied = end;
        match self::odd(text, end) {
            Some(next) => odd = next,
            None => break,
        }
    }
    normal.push_str(&text[copied..]);
    Cow::Owned(normal)
}

/// Returns the byte offset of the first character from an offset on that is not plain.
fn odd(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        // A block may end inside a character: its first byte has been looked at.
        while bytes.get(at..=at + BLOCK).is_some_and(plainly_vietnamese) {
            at += BLOCK;
        }
        at = text.floor_char_boundary(at);
        let end = (at + BLOCK).min(bytes.len());
        for c in text[at..].chars() {
            if !is_plain(c) {
                return Some(at);
            }
            at += c.len_utf8();
            if at >= end {
                break;
            }
        }
        if at >= bytes.len() {
            return None;
        }
    }
}

/// Bytes that are looked at together.
const BLOCK: usize = 32;

/// Says whether a block of UTF-8, one byte more than [`BLOCK`], begins only characters of ASCII that stand for themselves,
/// of U+00C0 to U+01BF but Ð and ð, and of U+1E80 to U+1EFF: with those nearly all Vietnamese text is written, and all
/// of them are plain. Written without a branch, so that a processor does the bytes of a block at once.
fn plainly_vietnamese(block: &[u8]) -> bool {
    let pairs = block[..BLOCK].iter().zip(&block[1..]);
    !pairs.fold(false, |odd, (&byte, &next)| {
        let control = byte < b' ' && byte != b'\n' && byte != b'\t' || byte == 0x7f;
        let eth = byte == 0xc3 && (next == 0x90 || next == 0xb0);
        let far = byte == 0xe1 && next != 0xba && next != 0xbb;
        let other = byte == 0xc2 || byte > 0xc6 && byte != 0xe1;
        odd | control | eth | far | other
    })
}

fn find(text: &str, from: usize, wanted: impl Fn(char) -> bool) -> Option<usize> {
    text[from..].find(wanted).map(|at| from + at)
}

/// Code points below this are looked up in a table.
const TABLE: usize = 0x3000;

static PLAIN: LazyLock<Vec<bool>> =
    LazyLock::new(|| (0..TABLE as u32).map(|c| char::from_u32(c).is_some_and(is_plain_slowly)).collect());

/// Says whether a character stands for itself wherever it stands: kept, no combining mark, already composed.
fn is_plain(c: char) -> bool {
    c.is_ascii_graphic() || c == ' ' || PLAIN.get(c as usize).copied().unwrap_or_else(|| is_plain_slowly(c))
}

fn is_plain_slowly(c: char) -> bool {
    replacement(c) == Some(c)
        && canonical_combining_class(c) == 0
        && is_nfc_quick(std::iter::once(c)) == IsNormalized::Yes
}

/// Returns what a character becomes, `None` when it goes.
fn replacement(c: char) -> Option<char> {
    match c {
        '\n' | '\t' => Some(c),
        '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => None,
        'Ð' => Some('Đ'),
        'ð' => Some('đ'),
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => Some(' '),
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}'
        | '\u{feff}'
        | '\u{fffe}' => None,
        _ => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decomposed_and_composed_text_meet() {
        assert_eq!(normalize("Nghi\u{323} quye\u{302}\u{301}t"), "Nghị quyết");
    }

    #[test]
    fn icelandic_eth_is_vietnamese_d() {
        assert_eq!(normalize("HÐND ðã"), "HĐND đã");
    }

    #[test]
    fn odd_blanks_become_one_kind_and_invisible_characters_go() {
        assert_eq!(normalize("01\u{a0}/\u{2009}2022\u{200b}/NQ\u{ad}-HĐND\r\nx\ry"), "01 / 2022/NQ-HĐND\nx\ny");
    }

    #[test]
    fn pieces_give_what_the_whole_text_gives() {
        for text in [
            "e\u{323}\u{302}\u{301}a\u{200b}\u{301} x\r\n\r\ry",
            "\u{301}\u{301}",
            "\u{1100}\u{1161}\u{11a8}",
            "a\r",
            "\r\n",
            "q\u{307}\u{323}z\u{323}\u{307}",
            "\u{200b}\r\n\u{ad}e\u{301}",
        ] {
            let lines = text.replace("\r\n", "\n");
            let whole: String = lines.chars().filter_map(replacement).nfc().filter_map(replacement).collect();
            assert_eq!(normalize(text), whole, "{text:?}");
        }
    }

    #[test]
    fn what_a_block_lets_through_is_plain() {
        for c in ('\0'..='\u{2fff}').filter(|c| !is_plain(*c)) {
            let mut block = c.to_string().into_bytes();
            block.resize(BLOCK + 1, b' ');
            assert!(!plainly_vietnamese(&block), "{c:?}");
        }
        for at in 0..80 {
            let text = format!("{}\u{a0}{}", "ế".repeat(at), "a".repeat(80));
            assert_eq!(odd(&text, 0), Some(3 * at), "{at}");
        }
    }

    #[test]
    fn plain_text_is_borrowed() {
        assert!(matches!(normalize("Tỷ lệ hộ nghèo còn 0,34%.\n"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_zero_width_space_before_a_tone_does_not_keep_it_apart() {
        assert_eq!(normalize("tê\u{200b}\u{301}t"), "tết");
    }
}
