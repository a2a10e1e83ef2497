//! What stands around a citation: issuer and place; `title` reads what it is about, `provision` what is cited of it.
//!
//! Invariant: looks at a bounded stretch of text, within the sentence.

use super::issued::{self, Issued};
use super::{issuers, named, title};
use crate::extract::ArticleText;
use crate::mention::Level;
use crate::place;

/// Bytes of text looked at on either side.
const REACH: usize = 240;

/// Holds a place as the words say it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlaceRef {
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
    pub spot: Option<PlaceRef>,
    /// Title.
    pub title: Option<String>,
}

/// Reads issue date, issuer with place, and title after a citation that starts and ends at byte offsets.
pub fn after(scene: &ArticleText<'_>, start: usize, end: usize, yearless: bool) -> After {
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
            if let Some((spot, after)) =
                spot(text, at).or_else(|| matches!(code, "HU" | "QU").then(|| district(text, at)).flatten())
            {
                found.spot = Some(spot);
                at = after;
            }
            at = beyond(text, at);
            if found.issued.is_none() {
                found.issued = issued::after(scene, at, yearless).filter(|issued| issued.value.len() == 10);
                at = found.issued.as_ref().map_or(at, |issued| issued.span.end);
            }
        }
    }
    // `Nghị quyết số 29-NQ/TW, Hội nghị Trung ương 8 khóa XI về …`, with `của` or without.
    let of = issued::word(text, at, "của").map_or(at, |end| issued::skip(text, end));
    if let Some(end) = issued::word(text, of, "hội nghị").and_then(|_| named::plenum(text, of)) {
        at = beyond(text, issued::skip(text, end));
    }
    found.title = title::read(scene, start, at);
    found
}

/// Returns the byte offset after what may stand between the organ and the title: `Đảng`, the term, organs that issued it too.
fn beyond(text: &str, at: usize) -> usize {
    let mut at = at;
    for _ in 0..4 {
        let from = issued::skip(text, at);
        if let Some(end) = issued::word(text, from, "đảng") {
            at = end;
            continue;
        }
        let mark = from + usize::from(text[from..].starts_with(['(', ',']));
        let next = issued::skip(text, mark);
        if let Some(end) = ["khóa", "khoá"].iter().find_map(|term| issued::word(text, next, term)) {
            let number = issued::skip(text, end);
            let length = text[number..]
                .find(|c: char| !(c.is_ascii_digit() || "IVXL".contains(c)))
                .unwrap_or(text.len() - number);
            at = number + length;
            at += usize::from(text[from..].starts_with('(') && text[at..].starts_with(')'));
            continue;
        }
        let joint = issued::word(text, next, "và").map(|end| issued::skip(text, end)).or((mark > from).then_some(next));
        match joint.and_then(|organ| issuers::named(text, organ)) {
            Some((_, end)) => at = end,
            None => break,
        }
    }
    issued::skip(text, at)
}

/// Reads the bare name of a district at a byte offset: `Huyện ủy Sìn Hồ`.
fn district(text: &str, at: usize) -> Option<(PlaceRef, usize)> {
    let end = name(text, at, 3).last().copied()?;
    let local = text[at..end].split_whitespace().collect::<Vec<_>>().join(" ");
    Some((PlaceRef { level: Some(Level::District), local: Some(local), province: None }, end))
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
pub fn spot(text: &str, at: usize) -> Option<(PlaceRef, usize)> {
    let first = text.get(at..)?.chars().next()?;
    if !matches!(first.to_ascii_lowercase(), 'h' | 'p' | 'q' | 't' | 'x' | 'đ' | 'Đ') && !first.is_uppercase() {
        return None;
    }
    let division =
        DIVISIONS.iter().rev().find_map(|&(word, level)| issued::word(text, at, word).map(|end| (level, end)));
    // `TP.HCM`: the stop parts two words.
    let glued = (text[at..].starts_with("TP.") || text[at..].starts_with("Tp.")).then_some((Level::Province, at + 3));
    let Some((level, after)) = glued.or(division) else {
        let (province, end) = province(text, at)?;
        return Some((PlaceRef { level: Some(Level::Province), local: None, province: Some(province) }, end));
    };
    let from = issued::skip(text, after);
    let cities = level == Level::Province;
    if cities && let Some((province, end)) = province(text, from) {
        return Some((PlaceRef { level: Some(level), local: None, province: Some(province) }, end));
    }
    let end = name(text, from, 4).last().copied().unwrap_or(after);
    let printed = (end > after).then(|| text[from..end].split_whitespace().collect::<Vec<_>>().join(" "));
    // A city that is no province is a city of one.
    let tinh = issued::word(text, at, "tỉnh").is_some();
    let level = if cities && printed.is_some() && !tinh { Level::District } else { level };
    let mut found = PlaceRef { level: Some(level), local: printed.filter(|_| !tinh), province: None };
    let mut upto = end;
    if found.local.is_some() {
        let next = issued::skip(text, end);
        let next = if matches!(text.as_bytes().get(next), Some(b',' | b'(' | b'-')) {
            issued::skip(text, next + 1)
        } else {
            next
        };
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
const ORGANS_BEFORE: &[&str] = &[
    "BCH Đảng bộ",
    "CA",
    "Công an",
    "HĐND",
    "Hội đồng nhân dân",
    "Thành uỷ",
    "Thành ủy",
    "Tỉnh uỷ",
    "Tỉnh ủy",
    "UBND",
    "Uỷ ban nhân dân",
    "nhân dân",
    "Đảng bộ",
    "Ủy ban nhân dân",
];

/// Words of a department's name before its place: `Sở Nông nghiệp và Phát triển nông thôn tỉnh Kon Tum`.
const FIELD: usize = 10;

/// Reads the place of the organ that the clause before a citation names: `UBND tỉnh Phú Thọ đã ban hành`. `floor` is the end of the citation before.
pub fn before(scene: &ArticleText<'_>, start: usize, floor: usize) -> Option<PlaceRef> {
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
        .or_else(|| department(text, from + clause.rfind("Sở ")? + "Sở ".len(), start))
}

/// Verbs of the organ that issues a document, sorted. One that signs or passes it may do so for another.
const ISSUES: &[&str] = &["ban hành", "có", "ra"];

/// Words between the organ and its verb, sorted.
const ADVERBS: &[&str] = &["cũng", "mới", "sẽ", "tiếp tục", "vừa", "đã"];

/// Reads the organ that the words right before a citation say issues it: `HĐND huyện A đã ban hành Nghị quyết 15`. `floor`
/// is the end of the citation before.
pub fn subject(scene: &ArticleText<'_>, start: usize, floor: usize) -> Option<&'static str> {
    let text = scene.text;
    let from = scene.sentence(start).start.max(floor).max(text.floor_char_boundary(start.saturating_sub(REACH / 2)));
    let strip = |clause: &'static [&str], words: &mut &str| {
        let rest = clause.iter().find_map(|word| words.strip_suffix(word)?.strip_suffix(' '));
        *words = rest.unwrap_or(words);
        rest.is_some()
    };
    let mut clause = text.get(from..start)?.trim_end();
    if !strip(ISSUES, &mut clause) {
        return None;
    }
    while strip(ADVERBS, &mut clause) {}
    let end = from + clause.len();
    let begins = clause.match_indices(' ').map(|(blank, _)| from + blank + 1);
    [from].into_iter().chain(begins).find_map(|at| {
        let (code, after) = issuers::named(text, at)?;
        let whole = after == end || spot(text, issued::skip(text, after)).is_some_and(|(_, after)| after == end);
        whole.then_some(code)
    })
}

/// Reads the place of a department whose field starts at a byte offset: `Y tế tỉnh Kon Tum`, `GD&ĐT Nghệ An`.
fn department(text: &str, at: usize, end: usize) -> Option<PlaceRef> {
    let field = &text[at..end];
    let words = field.match_indices(' ').map(|(blank, _)| at + blank + 1).take(FIELD);
    let mut spots = words.filter_map(|word| spot(text, word)).map(|(spot, _)| spot);
    spots.find(|spot| spot.province.is_some())
}

/// Reads the province that the sentence names after a citation: `… trên địa bàn tỉnh Gia Lai`, `… tại Hà Nội`.
pub fn later(scene: &ArticleText<'_>, end: usize) -> Option<&'static str> {
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
        assert_eq!(
            read("huyện Văn Yên, tỉnh Yên Bái"),
            Some((Some(Level::District), Some("Văn Yên".to_string()), Some("Yên Bái")))
        );
        assert_eq!(read("về việc"), None);
    }

    #[test]
    fn who_issues_a_document_stands_before_it() {
        let read = |text: &str| subject(&ArticleText::new(text, None, None), text.len(), 0);
        assert_eq!(read("Tháng 7, HĐND huyện Yên Bình đã ban hành "), Some("HĐND"));
        assert_eq!(read("Chính phủ vừa có "), Some("CP"));
        assert_eq!(read("Xã xin Chính phủ cho phép, thôn đã ban hành "), None);
        assert_eq!(read("UBND tỉnh thực hiện "), None);
    }
}
