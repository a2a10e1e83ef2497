//! Documents cited by name: laws by name and year, and resolutions of congresses and plenums of the Party.
//!
//! Invariant: a bare type word is never a name; a name that no list knows needs its year.

use super::issued::{skip, word};
use super::laws;
use super::number::{dash, digits};
use super::types::Type;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Holds a document cited by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// From the type word to the end of the name or its year.
    pub span: Range<usize>,
    /// Canonical value.
    pub value: String,
    /// What the identity key calls it, folded later.
    pub identity: String,
    /// Year, when said.
    pub year: Option<i16>,
    /// Name of the rule.
    pub rule: &'static str,
}

/// Longest name that no list knows, in bytes.
const LONGEST: usize = 200;

/// Reads a law, code, ordinance or constitution whose type word stands in a range.
pub fn law(text: &str, kind: &Type, cue: Range<usize>) -> Option<Name> {
    let printed = &text[cue.clone()];
    let capital = printed.starts_with(char::is_uppercase);
    let from = cue.end + text[cue.end..].starts_with(' ').then_some(1)?;
    if kind.code == "L"
        && ["pháp ", "kỷ ", "Pháp ", "Kỷ ", "PHÁP ", "quy ", "trọng "]
            .iter()
            .any(|word| text[..cue.start].ends_with(word))
    {
        return None;
    }
    if kind.code == "HP" {
        return constitution(text, cue);
    }
    if let Some((name, end)) = laws::named(kind.code, text, from, !printed.is_ascii()) {
        let revised =
            [" (sửa đổi)", " sửa đổi", " (sửa đổi, bổ sung)"].iter().find(|word| text[end..].starts_with(**word));
        let (year, upto) = match year(text, end) {
            Some((year, upto)) => (Some(year), upto),
            None => match revised.and_then(|word| year(text, end + word.len())) {
                Some((year, upto)) => (Some(year), upto),
                None => (None, end),
            },
        };
        let shown = &text[from..end];
        // Print that says nothing of its own case takes the list's.
        let shown = if shown.chars().any(char::is_lowercase) { single(shown) } else { name.to_string() };
        if year.is_none() && !capital {
            return None;
        }
        let between = revised.filter(|_| year.is_some() && upto > end + 10).map_or("", |word| *word);
        let value = with_year(&format!("{} {shown}{between}", title_word(kind)), year);
        return Some(Name {
            span: cue.start..upto,
            value,
            identity: format!("{} {name}", kind.word),
            year,
            rule: "law-name",
        });
    }
    let amending = word(text, from, "sửa đổi").is_some();
    if !capital || !(amending || text[from..].starts_with(char::is_uppercase)) {
        return None;
    }
    let (end, year, upto) = unlisted(text, from, amending)?;
    let value = with_year(&format!("{} {}", title_word(kind), single(&text[from..end])), Some(year));
    let identity = value.clone();
    Some(Name {
        span: cue.start..upto,
        value,
        identity,
        year: Some(year),
        rule: if amending { "amending-law" } else { "law-and-year" },
    })
}

/// Reads an abbreviation of a code: `BLHS năm 2015`, `BLTTDS 2015`.
pub fn short_code(text: &str, cue: Range<usize>) -> Option<Name> {
    let (_, name) = laws::SHORT_NAMES.iter().find(|(short, _)| *short == &text[cue.clone()])?;
    let (year, upto) = year(text, cue.end).map_or((None, cue.end), |(year, upto)| (Some(year), upto));
    let value = with_year(name, year);
    Some(Name { span: cue.start..upto, value, identity: name.to_string(), year, rule: "code-abbreviation" })
}

fn constitution(text: &str, cue: Range<usize>) -> Option<Name> {
    let mut from = cue.end;
    for state in [" nước Cộng hòa xã hội chủ nghĩa Việt Nam", " nước CHXHCN Việt Nam", " Việt Nam", " sửa đổi"]
    {
        if text[from..].starts_with(state) {
            from += state.len();
        }
    }
    let (year, upto) = year(text, from)?;
    let value = with_year("Hiến pháp", Some(year));
    Some(Name { span: cue.start..upto, identity: value.clone(), value, year: Some(year), rule: "constitution" })
}

/// Reads ` năm 2024`, ` 2024`, ` (năm 2024)`, `, năm 2024`; returns the year and the offset after it.
fn year(text: &str, at: usize) -> Option<(i16, usize)> {
    let bytes = text.as_bytes();
    let bracket = text[at..].starts_with(" (");
    let from =
        if bracket { at + 2 } else { at + [", ", " ", "-"].iter().find(|gap| text[at..].starts_with(**gap))?.len() };
    let said = word(text, from, "năm");
    if text[at..].starts_with([',', '(']) && said.is_none() {
        return None;
    }
    let from = said.map_or(from, |end| skip(text, end));
    if digits(bytes, from) != 4 {
        return None;
    }
    let end = from + 4;
    let goes_on = match bytes.get(end) {
        Some(b'/' | b'.' | b',') => bytes.get(end + 1).is_some_and(u8::is_ascii_digit),
        _ => dash(bytes, end) > 0 && digits(bytes, end + dash(bytes, end)) > 0,
    };
    let year: i16 = text[from..end].parse().ok().filter(|year| (1945..2046).contains(year))?;
    if bracket && bytes.get(end) != Some(&b')') || goes_on {
        return None;
    }
    Some((year, if bracket { end + 1 } else { end }))
}

/// Words that no name of a law holds: they begin what is said of it. Sorted.
const STOPS: &[&str] = &[
    "ban", "bằng", "bị", "chưa", "có", "cũng", "cần", "cho", "đã", "đang", "được", "hết", "hiện", "khi", "không", "kể",
    "là", "này", "nêu", "nếu", "ngày", "như", "phải", "quy", "sau", "sẽ", "thì", "theo", "trong", "trên", "trước",
    "từ", "tại", "tới", "vào", "vẫn", "đến", "để",
];

/// Reads words up to a year; returns the end of the name, the year and the offset after it.
fn unlisted(text: &str, from: usize, amending: bool) -> Option<(usize, i16, usize)> {
    let mut at = from;
    let mut words = 0;
    while at - from < LONGEST && words < 40 {
        let rest = &text[at..];
        let length = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let found = &rest[..length];
        if length == 0
            || !amending && STOPS.contains(&found)
            || amending && matches!(found, "này" | "đã" | "được" | "là")
        {
            return None;
        }
        at += length;
        words += 1;
        if words >= 1
            && let Some((year, upto)) = year(text, at)
        {
            return Some((at, year, upto));
        }
        at += [", ", " - ", " "].iter().find(|gap| text[at..].starts_with(**gap))?.len();
    }
    None
}

fn title_word(kind: &Type) -> String {
    let mut letters = kind.word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn with_year(name: &str, year: Option<i16>) -> String {
    year.map_or_else(|| name.to_string(), |year| format!("{name} năm {year}"))
}

fn single(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Ordinals in words and Roman or Arabic digits.
const ORDINAL: &str = r"(?:[IVXLivxl]{1,6}|\d{1,2}|nhất|nhì|hai|ba|bốn|tư|năm|sáu|bảy|tám|chín|mười(?: (?:một|hai|ba|bốn|tư|lăm|sáu|bảy|tám|chín))?|hai mươi)";

/// Congresses: `Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XV`, `Nghị quyết Đại hội XIII`.
static CONGRESS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let bodies = r"đại biểu|toàn quốc|đảng bộ|đảng|đoàn|công đoàn|hội|tỉnh|thành phố|tp\.?|huyện|thị xã|quận|xã|phường|khối|quân đội|công an|cấp|các|cơ quan|(?-i:[A-ZĐÂÔƯĂÊ]\p{Ll}+)";
    // Whose congress it was may stand behind its number: `Đại hội XIX Đảng bộ tỉnh`.
    let owner = r"(?: (?:của )?đảng bộ (?:tỉnh|thành phố|tp\.?|huyện|thị xã|quận|xã|phường|thị trấn|khối)(?: (?-i:[A-ZĐÂÔƯĂÊÁÀÝ]\p{Ll}+)){0,4})?";
    Regex::new(&format!(
        r"^(?i: (?:đại hội|đh)(?: (?:{bodies})){{0,10}}?,? (?:(?:lần thứ |lần ){ORDINAL}|(?-i:[IVXL]{{1,6}})){owner})(?:$|\P{{L}})"
    ))
    .ok()
});

/// Plenums: `Nghị quyết Trung ương 4 khóa XII`, `Nghị quyết Hội nghị lần thứ tư Ban Chấp hành Trung ương khóa XI`.
static PLENUM: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let term = r"(?:,? ?\(?(?:khóa|khoá) (?-i:[IVXL]{1,6})\)?)";
    let organ = r"(?:(?:ban chấp hành|bch) )?(?:trung ương|tw|t\.ư\.?|tư)(?: đảng)?";
    Regex::new(&format!(
        r"^(?i: (?:hội nghị )?(?:{organ},? (?:lần thứ )?(?:{ORDINAL})\b{term}?|lần thứ {ORDINAL},? (?:của )?{organ}{term}?))"
    ))
    .ok()
});

/// Returns the byte offset after a plenum named at a byte offset behind a blank: `Hội nghị Trung ương 8 khóa XI`.
pub fn plenum(text: &str, at: usize) -> Option<usize> {
    let from = at.checked_sub(1).filter(|&from| text[from..].starts_with(' '))?;
    let rest = &text[from..text.floor_char_boundary(from + LONGEST)];
    let read = PLENUM.as_ref()?.find(rest)?.as_str();
    Some(from + read.len())
}

/// Reads a resolution of a congress or a plenum of the Party after its type word.
pub fn party(text: &str, cue: Range<usize>) -> Option<Name> {
    let rest = &text[cue.end..text.floor_char_boundary(cue.end + LONGEST)];
    // Cheap first: a blank and one of the letters that such a name starts with.
    let mut letters = rest.chars();
    if letters.next() != Some(' ') || !letters.next().is_some_and(|c| "ĐđHhTtBbLl".contains(c)) {
        return None;
    }
    let read = |pattern: &Option<Regex>| {
        Some(pattern.as_ref()?.find(rest)?.as_str().trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')').len())
    };
    let (length, rule) = match read(&CONGRESS) {
        Some(length) => (length, "congress-resolution"),
        None => (read(&PLENUM)?, "plenum-resolution"),
    };
    let length = if rest[..length].ends_with(')') && !rest[..length].contains('(') { length - 1 } else { length };
    let length = if !rest[..length].ends_with(')') && rest[..length].contains('(') {
        rest[..length].find('(').map(|at| rest[..at].trim_end().len())?
    } else {
        length
    };
    let plain: String = rest[..length].replace("khoá", "khóa").replace(['(', ')', ','], "");
    let value = format!("Nghị quyết {}", single(&plain));
    Some(Name { span: cue.start..cue.end + length, identity: value.clone(), value, year: None, rule })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::citation::types::TYPES;

    #[test]
    fn congresses_and_plenums_are_names() {
        let read =
            |text: &str| party(text, 0.."Nghị quyết".len()).map(|name| (text[name.span].to_string(), name.value));
        for text in [
            "Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XV",
            "Nghị quyết Đại hội XIII",
            "Nghị quyết Đại hội đại biểu toàn quốc lần thứ XI",
            "Nghị quyết Đại hội Đảng bộ huyện Hòa Vang lần thứ XVI",
            "Nghị quyết Đại hội XIX Đảng bộ tỉnh",
            "Nghị quyết Đại hội đại biểu lần thứ XX Đảng bộ tỉnh Quảng Ninh",
            "Nghị quyết Trung ương 4 khóa XII",
            "Nghị quyết Hội nghị lần thứ tư Ban Chấp hành Trung ương Đảng khóa XI",
            "Nghị quyết Hội nghị Trung ương 8",
        ] {
            assert_eq!(read(&format!("{text} về")), Some((text.to_string(), text.to_string())), "{text}");
        }
        let bracket = "Nghị quyết Trung ương 4 (khoá XI)";
        assert_eq!(read(bracket), Some((bracket.to_string(), "Nghị quyết Trung ương 4 khóa XI".to_string())));
        for text in ["Nghị quyết Đại hội đồng cổ đông", "Nghị quyết của HĐND", "Nghị quyết Đại hội đã đề ra"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn laws_are_names_with_or_without_a_year() {
        let read = |text: &str| {
            let kind = TYPES.iter().rev().find(|kind| word(text, 0, kind.word).is_some())?;
            let end = word(text, 0, kind.word)?;
            law(text, kind, 0..end).map(|name| name.value)
        };
        for (text, value) in [
            ("Luật Đất đai 2024 quy định", "Luật Đất đai năm 2024"),
            ("Luật Đất đai năm 2024", "Luật Đất đai năm 2024"),
            ("luật đất đai năm 2013", "Luật đất đai năm 2013"),
            ("LUẬT ĐẤT ĐAI 2024", "Luật Đất đai năm 2024"),
            ("Luật Sở hữu trí tuệ có", "Luật Sở hữu trí tuệ"),
            ("Bộ luật Hình sự năm 2015", "Bộ luật Hình sự năm 2015"),
            ("Luật Bảo vệ trăng sao năm 2030", "Luật Bảo vệ trăng sao năm 2030"),
            ("Hiến pháp năm 2013", "Hiến pháp năm 2013"),
            ("Luật Xuất nhập cảnh của công dân Việt Nam 2019", "Luật Xuất nhập cảnh của công dân Việt Nam năm 2019"),
            (
                "Luật sửa đổi Luật Quy hoạch, Luật Đầu tư và Luật Đấu thầu 2024)",
                "Luật sửa đổi Luật Quy hoạch, Luật Đầu tư và Luật Đấu thầu năm 2024",
            ),
        ] {
            assert_eq!(read(text).as_deref(), Some(value), "{text}");
        }
        for text in [
            "Luật sư Nguyễn Văn A năm 2024",
            "Luật này",
            "Luật gia Việt Nam",
            "luật chơi năm 2024",
            "Hiến pháp và pháp luật",
            "Luật được ban hành năm 2024",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
