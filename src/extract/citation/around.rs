//! What stands around a citation: issuer, place, title and provision.
//!
//! Invariant: looks at a bounded stretch of text, within the sentence.

use super::issued::{self, Issued};
use super::issuers;
use crate::extract::Scene;
use crate::mention::Level;
use crate::place;

/// Bytes of text looked at on either side.
const REACH: usize = 240;

/// Holds a place as the words say it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spot {
    /// Level of the organ whose place it is.
    pub level: Option<Level>,
    /// District or commune.
    pub local: Option<String>,
    /// Province.
    pub province: Option<&'static str>,
}

/// Holds what follows a citation.
#[derive(Debug, Clone, Default)]
pub struct After {
    /// Issue date.
    pub issued: Option<Issued>,
    /// Code of the organ that `của …` names.
    pub issuer: Option<&'static str>,
    /// Place of that organ.
    pub spot: Option<Spot>,
    /// Title.
    pub title: Option<String>,
}

/// Reads issue date, issuer with place, and title after a citation.
pub fn after(scene: &Scene<'_>, end: usize, yearless: bool) -> After {
    let text = scene.text;
    let mut found = After { issued: issued::after(scene, end, yearless), ..After::default() };
    let mut at = found.issued.as_ref().map_or(end, |issued| issued.span.end);
    at = issued::skip(text, at);
    if text.as_bytes().get(at) == Some(&b')') {
        at = issued::skip(text, at + 1);
    }
    if text.as_bytes().get(at) == Some(&b',') {
        at = issued::skip(text, at + 1);
    }
    if let Some(of) = issued::word(text, at, "của") {
        let of = issued::skip(text, of);
        if let Some((code, after)) = issuers::named(text, of) {
            found.issuer = Some(code);
            at = issued::skip(text, after);
            if let Some((spot, after)) = spot(text, at) {
                found.spot = Some(spot);
                at = after;
            }
            if found.issued.is_none() {
                found.issued = issued::after(scene, at, yearless).filter(|issued| issued.value.len() == 10);
                at = found.issued.as_ref().map_or(at, |issued| issued.span.end);
            }
        }
    }
    found.title = title(scene, at);
    found
}

/// Lists the words for divisions with the level of their organs, sorted.
const DIVISIONS: &[(&str, Level)] = &[
    ("huyện", Level::District),
    ("phường", Level::Commune),
    ("quận", Level::District),
    ("thành phố", Level::Province),
    ("thị trấn", Level::Commune),
    ("thị xã", Level::District),
    ("tp", Level::Province),
    ("tỉnh", Level::Province),
    ("xã", Level::Commune),
    ("đặc khu", Level::Commune),
];

/// Reads a place at a byte offset: `tỉnh Quảng Ninh`, `huyện Văn Yên, tỉnh Yên Bái`, `TP.HCM`, `Hà Nội`, `tỉnh`; returns it and the offset after it.
pub fn spot(text: &str, at: usize) -> Option<(Spot, usize)> {
    let first = text.get(at..)?.chars().next()?;
    if !matches!(first.to_ascii_lowercase(), 'h' | 'p' | 'q' | 't' | 'x' | 'đ' | 'Đ') && !first.is_uppercase() {
        return None;
    }
    let division = DIVISIONS.iter().rev().find_map(|&(word, level)| issued::word(text, at, word).map(|end| (level, end)));
    // `TP.HCM`: the stop parts two words.
    let glued = (text[at..].starts_with("TP.") || text[at..].starts_with("Tp.")).then_some((Level::Province, at + 3));
    let Some((level, after)) = glued.or(division) else {
        let (province, end) = province(text, at)?;
        return Some((Spot { level: Some(Level::Province), local: None, province: Some(province) }, end));
    };
    let from = issued::skip(text, after);
    let cities = level == Level::Province;
    if cities && let Some((province, end)) = province(text, from) {
        return Some((Spot { level: Some(level), local: None, province: Some(province) }, end));
    }
    let end = name(text, from, 4).last().copied().unwrap_or(after);
    let printed = (end > after).then(|| text[from..end].split_whitespace().collect::<Vec<_>>().join(" "));
    // A city that is no province is a city of one.
    let tinh = issued::word(text, at, "tỉnh").is_some();
    let level = if cities && printed.is_some() && !tinh { Level::District } else { level };
    let mut found = Spot { level: Some(level), local: printed.filter(|_| !tinh), province: None };
    let mut upto = end;
    if found.local.is_some() {
        let next = issued::skip(text, end);
        let next = if matches!(text.as_bytes().get(next), Some(b',' | b'(' | b'-')) { issued::skip(text, next + 1) } else { next };
        let next = issued::word(text, next, "tỉnh").map_or(next, |end| issued::skip(text, end));
        if let Some((province, end)) = province(text, next) {
            (found.province, upto) = (Some(province), end);
        }
    }
    Some((found, upto))
}

/// Returns the byte offsets after each of the capitalised words at a byte offset, up to a count of them.
fn name(text: &str, at: usize, most: usize) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut from = at;
    while ends.len() < most {
        let rest = &text[from..];
        if !rest.starts_with(char::is_uppercase) {
            break;
        }
        let length = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        ends.push(from + length);
        // `Bà Rịa - Vũng Tàu`, `Bà Rịa-Vũng Tàu`.
        let gap = [" - ", " – ", "-", "–", ". ", ".", " "].iter().find(|gap| rest[length..].starts_with(**gap));
        let Some(gap) = gap else { break };
        if gap.starts_with('.') && length > 2 {
            break;
        }
        from += length + gap.len();
    }
    ends
}

/// Reads the longest name of a province at a byte offset.
fn province(text: &str, at: usize) -> Option<(&'static str, usize)> {
    let ends = name(text, at, 5);
    ends.into_iter().rev().find_map(|end| place::find(&text[at..end]).map(|found| (found.old, end)))
}

/// Lists the words after which the clause before a citation names its organ's place, sorted.
const ORGANS_BEFORE: &[&str] =
    &["BCH Đảng bộ", "CA", "Công an", "HĐND", "Hội đồng nhân dân", "UBND", "Uỷ ban nhân dân", "nhân dân", "Ủy ban nhân dân", "Đảng bộ"];

/// Reads the place of the organ that the clause before a citation names: `UBND tỉnh Phú Thọ đã ban hành`. `floor` is the end of the citation before.
pub fn before(scene: &Scene<'_>, start: usize, floor: usize) -> Option<Spot> {
    let text = scene.text;
    let mut from = scene.sentence(start).start.max(floor).max(start.saturating_sub(REACH));
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let clause = &text[from..start];
    let clause = &clause[clause.rfind(';').map_or(0, |at| at + 1)..];
    let from = start - clause.len();
    ORGANS_BEFORE
        .iter()
        .filter_map(|organ| clause.rfind(organ).map(|at| from + at + organ.len()))
        .max()
        .and_then(|end| spot(text, issued::skip(text, end)))
        .map(|(spot, _)| spot)
        .filter(|spot| spot.province.is_some() || spot.local.is_some())
}

/// Reads the province that the sentence names after a citation: `… trên địa bàn tỉnh Gia Lai`, `… tại Hà Nội`.
pub fn later(scene: &Scene<'_>, end: usize) -> Option<&'static str> {
    let text = scene.text;
    let mut upto = scene.sentence(end.saturating_sub(1)).end.min(end + REACH).max(end);
    while !text.is_char_boundary(upto) {
        upto -= 1;
    }
    let rest = &text[end..upto];
    let rest = &rest[..rest.find(';').unwrap_or(rest.len())];
    ["tỉnh ", "thành phố ", "TP ", "TP.", "tại "].iter().find_map(|word| {
        let at = end + rest.find(word)? + word.len();
        province(text, at).map(|(province, _)| province)
    })
}

/// Longest title, in bytes.
const TITLE: usize = 400;

/// Reads the quoted or `về …` title at a byte offset.
fn title(scene: &Scene<'_>, at: usize) -> Option<String> {
    let text = scene.text;
    let at = issued::skip(text, at);
    let rest = text.get(at..)?;
    let rest_of = |from: usize| {
        let mut upto = (at + from + TITLE).min(text.len());
        while !text.is_char_boundary(upto) {
            upto -= 1;
        }
        &text[at + from..upto]
    };
    let quoted = [('“', '”'), ('"', '"'), ('«', '»'), ('‘', '’')].into_iter().find(|(open, _)| rest.starts_with(*open));
    if let Some((open, close)) = quoted {
        let inside = rest_of(open.len_utf8());
        let end = inside.find(close)?;
        return tidy(&inside[..end]);
    }
    if !["về ", "Về ", "V/v ", "v/v "].iter().any(|word| rest.starts_with(word)) {
        return None;
    }
    let sentence = scene.sentence(at);
    let inside = rest_of(0);
    let inside = &inside[..inside.len().min(sentence.end.saturating_sub(at))];
    let end = inside.find([';', '\n', '“', '"']).unwrap_or(inside.len());
    let inside = inside.get(..end)?;
    // What is said of the document after its title.
    let end = GO_ON.iter().filter_map(|words| inside.find(words)).min().unwrap_or(inside.len());
    tidy(&inside[..end])
}

/// Words with which a sentence goes on after a title.
const GO_ON: &[&str] = &[" (sau đây", " có hiệu lực", " thì ", " được sửa đổi", " đã được", ", được sửa đổi", ", trong đó"];

fn tidy(title: &str) -> Option<String> {
    let title = [", cụ thể như sau", " cụ thể như sau", " như sau"]
        .iter()
        .find_map(|tail| title.trim_end_matches([' ', ':', '.']).strip_suffix(tail))
        .unwrap_or(title);
    let title = title.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | ':' | '*' | ')'));
    (!title.is_empty()).then(|| title.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Words that divide a document.
const KEYS: &[&str] = &["chương", "khoản", "lục", "mục", "điểm", "điều"];

/// Reads the article, clause and point that directly precede a citation: `khoản 2 Điều 5`.
pub fn provision(text: &str, start: usize) -> Option<String> {
    let before = text[..start].trim_end_matches(' ');
    let mut from = before.len().saturating_sub(120);
    while !before.is_char_boundary(from) {
        from += 1;
    }
    let before = &before[from..];
    let before = before.strip_suffix("của").unwrap_or(before).trim_end();
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
        let start = end - word.len();
        let bare = word.trim_end_matches(',');
        let key = KEYS.contains(&bare.to_lowercase().as_str());
        let number = bare.len() <= 4 && !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit() || "abcdđeghiklmn.IVX".contains(c));
        if !(key || number || matches!(bare, "và" | "các" | "của")) {
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
    let words = before[named?..].trim_end_matches(',');
    let words = words.strip_suffix(" của").unwrap_or(words).trim_end_matches(',');
    // `một số điều của`: a provision has a number.
    let last = words.rsplit([' ', '\n']).next()?;
    (!KEYS.contains(&last.to_lowercase().as_str())).then(|| words.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_at_every_level() {
        let read = |text: &str| spot(text, 0).map(|(spot, _)| (spot.level, spot.local, spot.province));
        let province = |name| Some((Some(Level::Province), None, Some(name)));
        assert_eq!(read("tỉnh Quảng Ninh về"), province("Quảng Ninh"));
        assert_eq!(read("tỉnh Hoà Bình"), province("Hòa Bình"));
        assert_eq!(read("thành phố Hà Nội,"), province("Hà Nội"));
        assert_eq!(read("TP.HCM"), province("TP. Hồ Chí Minh"));
        assert_eq!(read("tỉnh về"), Some((Some(Level::Province), None, None)));
        assert_eq!(read("huyện Văn Yên, tỉnh Yên Bái"), Some((Some(Level::District), Some("Văn Yên".to_string()), Some("Yên Bái"))));
        assert_eq!(read("về việc"), None);
    }

    #[test]
    fn a_provision_is_what_directly_precedes() {
        let read = |text: &str| provision(text, text.len());
        assert_eq!(read("Tại điểm a khoản 2 Điều 1 ").as_deref(), Some("điểm a khoản 2 Điều 1"));
        assert_eq!(read("theo khoản 3, khoản 4 Điều 125 của ").as_deref(), Some("khoản 3, khoản 4 Điều 125"));
        assert_eq!(read("theo Phụ lục II của ").as_deref(), Some("Phụ lục II"));
        assert_eq!(read("chi tiết một số điều của "), None);
        assert_eq!(read("có 52 "), None);
        assert_eq!(read("thực hiện "), None);
    }
}
