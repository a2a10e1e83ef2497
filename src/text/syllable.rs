//! Vietnamese syllables: which words can be one, by onset, rhyme and tone.

use unicode_normalization::UnicodeNormalization;

/// Onsets, longest first.
const ONSETS: &[&str] = &[
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g", "h", "k", "l", "m",
    "n", "p", "r", "s", "t", "v", "x", "",
];

/// Vowel nuclei without tone, sorted; `y` and `i` both as written.
const NUCLEI: &[&str] = &[
    "a", "ai", "ao", "au", "ay", "e", "eo", "i", "ia", "iu", "iê", "iêu", "o", "oa", "oai", "oao", "oay", "oe", "oeo",
    "oi", "oo", "oă", "u", "ua", "ui", "uy", "uya", "uyu", "uyê", "uâ", "uây", "uê", "uô", "uôi", "uơ", "y", "yê",
    "yêu", "â", "âu", "ây", "ê", "êu", "ô", "ôi", "ă", "ơ", "ơi", "ư", "ưa", "ưi", "ưu", "ươ", "ươi", "ươu",
];

/// Codas, longest first.
const CODAS: &[&str] = &["ch", "ng", "nh", "c", "m", "n", "p", "t", ""];

/// Says whether a word in any case can be a Vietnamese syllable: `Quyết`, `HOÀ`, `nghiêng`; not `Face`, `jet`, `viet`.
pub fn is_syllable(word: &str) -> bool {
    let (mut letters, mut tones) = (String::new(), Vec::new());
    for c in word.to_lowercase().nfd() {
        match c {
            '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => tones.push(c),
            c => letters.push(c),
        }
    }
    let letters: String = letters.nfc().collect();
    if letters.is_empty() || tones.len() > 1 {
        return false;
    }
    let stopped_needs_tone =
        |coda: &str| !matches!(coda, "c" | "ch" | "p" | "t") || matches!(tones.first(), Some('\u{301}' | '\u{323}'));
    let rhymes = |rest: &str| {
        CODAS.iter().any(|coda| {
            rest.strip_suffix(coda)
                .is_some_and(|nucleus| NUCLEI.binary_search(&nucleus).is_ok() && stopped_needs_tone(coda))
        })
    };
    // `gì`, `gìn`: the i of the onset is the nucleus.
    ONSETS.iter().any(|onset| {
        letters.strip_prefix(onset).is_some_and(|rest| {
            rhymes(rest) || (*onset == "gi" && rhymes(&letters[1..])) || (*onset == "qu" && rhymes(&letters[1..]))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_told_from_other_words() {
        for word in [
            "dân",
            "Các",
            "QUYẾT",
            "nghị",
            "hoà",
            "hòa",
            "thuỷ",
            "quý",
            "gì",
            "giữa",
            "khuya",
            "nghiêng",
            "ưu",
            "yêu",
            "Nguyễn",
            "đường",
            "xã",
        ] {
            assert!(is_syllable(word), "{word}");
        }
        for word in ["", "Face", "Book", "jet", "viet", "Vn", "Express", "Plus", "web", "dânCác", "ồố"] {
            assert!(!is_syllable(word), "{word}");
        }
    }

    #[test]
    fn nuclei_are_sorted() {
        assert!(NUCLEI.is_sorted());
    }
}
