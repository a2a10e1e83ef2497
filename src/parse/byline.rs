//! Names in bylines and signatures: labels and remarks around them taken off, and what is no name told from one.
//!
//! Invariant: the name of the paper, a login, a placeholder and a source are no author.

use super::metadata::tidy;
use super::split::same_form;
use crate::text::{fold, is_syllable};
use regex::Regex;
use std::sync::LazyLock;

/// Longest author line, in characters.
pub const LONGEST_AUTHOR: usize = 80;
/// Longest line in which a label names the author among other things, in bytes.
const LONGEST_BAR: usize = 240;
/// Shortest word that is taken for a login or the name of a company when it cannot be Vietnamese.
const SHORTEST_LOGIN: usize = 5;

/// What the labels of Vietnamese papers name: who wrote, photographed, drew.
const ROLES: &str = "(?:tin|bai viet|bai|anh|video|clip|do hoa|minh hoa|thuc hien|trinh bay|thiet ke|ghi chep|noi dung\
                     |nhom tac gia|tac gia|nguoi viet|nhom phong vien|nhom pv|phong vien|pv|author|written by)";

fn pattern(text: &str) -> Option<Regex> {
    Regex::new(&text.replace("ROLES", ROLES)).ok()
}

/// Label at the front, and between two names: `Tin, ảnh:`, `… - Ảnh:`; on folded text.
static FRONT: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"^(?:ROLES(?:\s*(?:,|va|&|\+|-|–|/)\s*ROLES)*\s*:\s*|by\s+|written by\s+)"));
static BETWEEN: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"[\s,;.|–-]+ROLES(?:\s*(?:,|va|&|-|–|/)\s*ROLES)*\s*:\s*"));
/// Remark in brackets behind a name: `(Theo Báo X)`, `(tổng hợp)`.
static REMARK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"\s*\((?P<said>(?:theo|nguon|tong hop|t\.?\s?h\b|luoc ghi|luoc dich|bien dich|dich|ghi|thuc hien)[^()]*)\)[\s.]*$",
    )
});
/// Author among the other fields of a line: `Cập nhật: 10/12/2023 | Tác giả: Lò Sương`.
static FIELD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:^|[\s|•·-])(?:tac gia|nguoi viet|nguoi dang|author)\s*:\s*(?P<name>[^|•·:;/\d]{2,80}?)\s*(?:$|[|•·;/\d]|\s-\s|cap nhat|dang ngay|ngay dang|luot xem|nguon)",
    )
});

/// Takes the words around a name away; beside the name the remark that says from whom the text was taken.
pub fn name_of(text: &str) -> (String, Option<String>) {
    let mut line = tidy(text);
    let mut reprint = None;
    if let Some((start, end, said)) = find(&line, &REMARK, "said") {
        let is_source = ["theo", "nguon"].iter().any(|front| fold(&said).starts_with(front));
        reprint = is_source.then_some(said);
        line.replace_range(start..end, "");
    }
    if let Some((start, end, _)) = find(&line, &FRONT, "") {
        line.replace_range(start..end, "");
    }
    while let Some((start, end, _)) = find(&line, &BETWEEN, "") {
        line.replace_range(start..end, " - ");
    }
    let sign = |c: char| matches!(c, ':' | '-' | '–' | '|' | ',' | '/' | '•' | ' ');
    (line.trim_matches(sign).to_string(), reprint)
}

/// Returns the author that a label names in a short line of several fields.
pub fn labelled(text: &str) -> Option<String> {
    let line = Some(text).filter(|text| text.len() <= LONGEST_BAR && text.contains(':')).map(tidy)?;
    let (.., name) = find(&line, &FIELD, "name")?;
    Some(name.trim().to_string()).filter(|name| !name.is_empty())
}

/// Finds a pattern of folded text; returns where it stands in the text itself, and the text of a group.
fn find(text: &str, pattern: &LazyLock<Option<Regex>>, group: &str) -> Option<(usize, usize, String)> {
    let folded = fold(text);
    let found = pattern.as_ref()?.captures(&folded)?;
    // Folding keeps one character for one character.
    let place = |at: usize| {
        let nth = folded[..at].chars().count();
        text.char_indices().nth(nth).map_or(text.len(), |(at, _)| at)
    };
    let whole = found.get(0)?;
    let said = found.name(group).map(|said| text[place(said.start())..place(said.end())].to_string());
    Some((place(whole.start()), place(whole.end()), said.unwrap_or_default()))
}

/// Says whether a word is a login or the name of a company, by its letters: `MEDIATECH`, `ltmay95`.
pub fn is_login(name: &str) -> bool {
    let name = name.trim();
    name.len() >= SHORTEST_LOGIN && name.bytes().all(|byte| byte.is_ascii_alphanumeric()) && !is_syllable(name)
}

/// Says whether a text can be the name of a person: no address, no login name, not the paper.
pub fn is_person(name: &str, names: &[&str]) -> bool {
    let form = same_form(name);
    let length = name.chars().count();
    let login = !name.contains(' ')
        && (name.chars().any(|c| c.is_ascii_digit()) || name.chars().all(|c| c.is_ascii_lowercase()));
    let is_paper = |paper: &&str| {
        let paper = same_form(paper);
        paper == form || paper.replace(' ', "") == form.replace(' ', "")
    };
    (2..=LONGEST_AUTHOR).contains(&length)
        && !login
        && !name.contains(['@', '/', '<', '{'])
        && !PLACEHOLDERS.contains(&form.as_str())
        && !["bao ", "theo ", "nguon "].iter().any(|front| form.starts_with(front))
        && !names.iter().any(is_paper)
}

/// Says whether what a signature leaves is a name and no source.
pub fn is_signature(name: &str) -> bool {
    let form = same_form(name);
    !form.is_empty()
        && !PLACEHOLDERS.contains(&form.as_str())
        && !["theo ", "nguon "].iter().any(|front| form.starts_with(front))
}

/// What systems print where nobody filled in a name.
const PLACEHOLDERS: &[&str] = &[
    "admin",
    "administrator",
    "author",
    "ban bien tap",
    "but danh",
    "editor",
    "guest",
    "ho ten",
    "ho va ten",
    "quan tri vien",
    "tac gia",
    "ten tac gia",
    "toa soan",
    "unknown",
    "user",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_remarks_are_no_part_of_a_name() {
        for (line, name, reprint) in [
            ("Tin và ảnh: Lê Hư Cấu", "Lê Hư Cấu", None),
            ("Tin: Lê Hư Cấu - Ảnh: Hà Sông", "Lê Hư Cấu - Hà Sông", None),
            ("BÀI, ẢNH: HÀ SÔNG", "HÀ SÔNG", None),
            ("SÔNG VÍ (Theo Báo Ví Dụ)", "SÔNG VÍ", Some("Theo Báo Ví Dụ")),
            ("Hà Sông (tổng hợp)", "Hà Sông", None),
            ("By Jane Smith", "Jane Smith", None),
            ("Tác giả: Lò Sương", "Lò Sương", None),
            ("Tín Nghĩa", "Tín Nghĩa", None),
        ] {
            assert_eq!(name_of(line), (name.to_string(), reprint.map(str::to_string)), "{line}");
        }
    }

    #[test]
    fn a_field_of_a_line_names_the_author() {
        for (line, name) in [
            ("Cập nhật lúc: 10/12/2023 Đăng ngày: 02/01/2023 07:30 Tác giả: Lò Sương", Some("Lò Sương")),
            ("Tác giả: Lò Sương | Ngày đăng: 02/01/2023", Some("Lò Sương")),
            ("Ngày đăng: 02/01/2023", None),
        ] {
            assert_eq!(labelled(line).as_deref(), name, "{line}");
        }
    }

    #[test]
    fn neither_logins_nor_papers_nor_placeholders_are_authors() {
        for (name, person) in [
            ("Lê Thị Mây", true),
            ("admin", false),
            ("ltmay95", false),
            ("Bút danh", false),
            ("Theo TTXVN", false),
            ("Báo Quảng Ninh", false),
            ("https://x.vn/a", false),
        ] {
            assert_eq!(is_person(name, &["Báo Quảng Ninh"]), person, "{name}");
        }
        assert!(is_login("MEDIATECH") && is_login("ltmay95") && !is_login("Nghiêm") && !is_login("LÊ HƯ CẤU"));
    }

    #[test]
    fn placeholders_are_sorted() {
        assert!(PLACEHOLDERS.is_sorted());
    }
}
