//! One spelling of what Vietnamese spells in two ways: where the tone of open oa, oe, uy stands.

/// Moves the tone of a final `òa`, `òe`, `ùy` to the second vowel: `hòa` and `hoà`, `thủy` and `thuỷ` are one term.
///
/// `form[start..]` is the term, in lower case; `của`, `quý` and closed syllables stay as they are.
pub fn unify(form: &mut String, start: usize) {
    let mut ends = form[start..].chars().rev();
    let Some(last @ ('a' | 'e' | 'y')) = ends.next() else { return };
    let Some(before) = ends.next() else { return };
    let Some((plain, tone)) =
        TONED.iter().find_map(|(plain, toned)| Some((*plain, toned.chars().position(|c| c == before)?)))
    else {
        return;
    };
    let toned = match (plain, last) {
        ('o', 'a') => "àáảãạ",
        ('o', 'e') => "èéẻẽẹ",
        ('u', 'y') => "ỳýỷỹỵ",
        _ => return,
    };
    form.truncate(form.len() - last.len_utf8() - before.len_utf8());
    form.push(plain);
    form.extend(toned.chars().nth(tone));
}

/// Vowels that bear the tone in the old placement, with their five tones in one order.
const TONED: &[(char, &str)] = &[('o', "òóỏõọ"), ('u', "ùúủũụ")];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_placements_of_the_tone_are_one() {
        for (text, want) in [
            ("hòa", "hoà"),
            ("hoà", "hoà"),
            ("khóa", "khoá"),
            ("thủy", "thuỷ"),
            ("khỏe", "khoẻ"),
            ("ủy", "uỷ"),
            ("lũy", "luỹ"),
        ] {
            let mut form = text.to_string();
            unify(&mut form, 0);
            assert_eq!(form, want);
        }
    }

    #[test]
    fn other_vowels_keep_their_tone() {
        for text in ["của", "quý", "mùa", "hoàn", "tuần", "a", "y", "", "đúa"] {
            let mut form = text.to_string();
            unify(&mut form, 0);
            assert_eq!(form, text);
        }
    }
}
