//! The provision of a document before its number: `khoản 2 Điều 5`.
//!
//! Invariant: looks at a bounded stretch of text.

/// Words that divide a document.
const KEYS: &[&str] = &["chương", "khoản", "lục", "mục", "điểm", "điều"];

/// Reads the article, clause and point that directly precede a citation: `khoản 2 Điều 5`. `floor` is the end of the citation before.
pub fn read(text: &str, start: usize, floor: usize) -> Option<String> {
    let before = text[..start].trim_end_matches(' ');
    let mut from = before.len().saturating_sub(120);
    while !before.is_char_boundary(from) {
        from += 1;
    }
    let before = &before[from..];
    let tail = ["của", "ban hành kèm theo", "kèm theo"].iter().find_map(|tail| before.strip_suffix(tail));
    // `khoản 4, Điều 174, Bộ luật Hình sự`.
    let comma = before.strip_suffix(',');
    let before = tail.or(comma).unwrap_or(before).trim_end();
    let last = before.chars().next_back()?;
    if !(last.is_ascii_digit() || last.is_ascii_lowercase() || matches!(last, 'đ' | 'I' | 'V' | 'X'))
        || before.contains('\n') && before.ends_with('\n')
    {
        return None;
    }
    let mut named = None;
    let mut end = before.len();
    // Words are taken from the right as long as they can be of a provision.
    while let Some(word) = before[..end].split([' ', '\n']).next_back() {
        let start = end - word.trim_start_matches('(').len();
        let bare = word.trim_start_matches('(').trim_end_matches(',');
        let key = KEYS.contains(&bare.to_lowercase().as_str());
        let number = bare.len() <= 4
            && !bare.is_empty()
            && bare.chars().all(|c| c.is_ascii_digit() || "abcdđeghiklmn.ABCDEIVX".contains(c));
        if !(key || number || matches!(bare, "và" | "các" | "của" | "Phụ" | "phụ" | "tiểu")) {
            break;
        }
        if key {
            named = Some(
                start
                    - match bare {
                        "lục" if before[..start].to_lowercase().ends_with("phụ ") => "phụ ".len(),
                        "mục" if before[..start].ends_with("tiểu ") => "tiểu ".len(),
                        _ => 0,
                    },
            );
        }
        if start == 0 || before.as_bytes()[start - 1] == b'\n' {
            break;
        }
        end = start - 1;
    }
    let named = named?;
    // `Nghị quyết số 1 Điều 14, Nghị quyết số 2`: the article is of the document before it.
    if comma.is_some()
        && floor > 0
        && floor <= from + named
        && text[floor..from + named].trim_matches([' ', ',', '(']).is_empty()
    {
        return None;
    }
    let words = before[named..].trim_end_matches(',');
    let words = words.strip_suffix(" của").unwrap_or(words).trim_end_matches(',');
    // `một số điều của`: a provision has a number.
    let last = words.rsplit([' ', '\n']).next()?;
    (!KEYS.contains(&last.to_lowercase().as_str())).then(|| words.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provision_is_what_directly_precedes() {
        let before = |text: &str| read(text, text.len(), 0);
        assert_eq!(before("Tại điểm a khoản 2 Điều 1 ").as_deref(), Some("điểm a khoản 2 Điều 1"));
        assert_eq!(before("theo khoản 3, khoản 4 Điều 125 của ").as_deref(), Some("khoản 3, khoản 4 Điều 125"));
        assert_eq!(before("theo Phụ lục II của ").as_deref(), Some("Phụ lục II"));
        assert_eq!(before("theo khoản 4, Điều 174, ").as_deref(), Some("khoản 4, Điều 174"));
        assert_eq!(before("nghiêm (Điều 3, khoản 93, ").as_deref(), Some("Điều 3, khoản 93"));
        assert_eq!(before("tại Mục A Phụ lục IV của ").as_deref(), Some("Mục A Phụ lục IV"));
        assert_eq!(before("Phụ lục I ban hành kèm theo ").as_deref(), Some("Phụ lục I"));
        assert_eq!(read("Luật A Điều 14, ", "Luật A Điều 14, ".len(), "Luật A".len()), None);
        assert_eq!(before("chi tiết một số điều của "), None);
        assert_eq!(before("có 52 "), None);
        assert_eq!(before("thực hiện "), None);
    }
}
