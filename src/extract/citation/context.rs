//! What stands around a citation: issuer and place; `title` reads what it is about, `provision` what is cited of it.
//!
//! Invariant: looks at a bounded stretch of text, within the sentence.

use super::issued::{self, Issued};
use super::{issuers, named, title};
use crate::extract::ArticleText;
use crate::place::{self, PlaceName};

/// Bytes of text looked at on either side.
const REACH: usize = 240;

/// Holds what follows a citation.
#[derive(Debug, Clone, Default)]
pub struct After {
    /// Issue date.
    pub issued: Option<Issued>,
    /// Code of the organ that `của …` names.
    pub issuer: Option<&'static str>,
    /// Place of that organ; of `UBND huyện` the type word only.
    pub place: Option<PlaceName>,
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
            if let Some((place, after)) = place_of(scene, code, at) {
                found.place = Some(place);
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

/// Reads the place behind the name of an organ at a byte offset: `UBND [tỉnh Phú Thọ]`, `Huyện ủy [Sìn Hồ]`.
fn place_of(scene: &ArticleText<'_>, organ: &str, at: usize) -> Option<(PlaceName, usize)> {
    let text = scene.text;
    let district = || match organ {
        "HU" => place::bare_district(text, at, "huyện"),
        "QU" => place::bare_district(text, at, "quận"),
        _ => None,
    };
    place::read(text, at).or_else(district).map(|(place, end)| (place.on(scene.published), end))
}

/// Lists the words after which the clause before a citation names its organ's place, sorted.
const ORGANS_BEFORE: &[&str] = &[
    "BCH Đảng bộ",
    "CA",
    "Công an",
    "HĐND",
    "Huyện uỷ",
    "Huyện ủy",
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

/// Reads the place of the organ that the clause before a citation names: `UBND tỉnh Phú Thọ đã ban hành`, `HĐND huyện`
/// (the type word only). `floor` is the end of the citation before.
pub fn before(scene: &ArticleText<'_>, start: usize, floor: usize) -> Option<PlaceName> {
    let text = scene.text;
    let from = scene.sentence(start).start.max(floor).max(start.saturating_sub(REACH));
    let clause = text.get(text.ceil_char_boundary(from)..start)?;
    let clause = &clause[clause.rfind(';').map_or(0, |at| at + 1)..];
    let from = start - clause.len();
    ORGANS_BEFORE
        .iter()
        .filter_map(|organ| clause.rfind(organ).map(|at| (from + at + organ.len(), *organ)))
        .max()
        .and_then(|(end, organ)| {
            place_of(scene, if organ.starts_with("Huyện") { "HU" } else { "" }, issued::skip(text, end))
        })
        .map(|(place, _)| place)
        .or_else(|| department(scene, from + clause.rfind("Sở ")? + "Sở ".len(), start))
}

/// Reads the place of an organ that no list knows, behind a citation: `của Ban Chỉ huy Phòng, chống thiên tai thành phố`.
pub fn unlisted(scene: &ArticleText<'_>, end: usize) -> Option<PlaceName> {
    let text = scene.text;
    let of = issued::word(text, issued::skip(text, end), "của").map(|end| issued::skip(text, end))?;
    let upto = scene.sentence(of).end.min(text.floor_char_boundary(of + REACH / 2)).max(of);
    let name = &text[of..upto];
    if !LOCAL_BODIES.iter().any(|body| name.starts_with(body)) {
        return None;
    }
    let words = name.match_indices(' ').map(|(blank, _)| of + blank + 1);
    words.filter_map(|at| place::read(text, at)).map(|(place, _)| place.on(scene.published)).next()
}

/// Words with which the names of bodies of a place begin, sorted.
const LOCAL_BODIES: &[&str] = &["Ban ", "Chi cục ", "Cục ", "Hội ", "Trung tâm ", "Văn phòng ", "Đoàn "];

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
        let place = || place_of(scene, code, issued::skip(text, after));
        let whole = after == end || place().is_some_and(|(_, after)| after == end);
        whole.then_some(code)
    })
}

/// Reads the place of a department whose field starts at a byte offset: `Y tế tỉnh Kon Tum`, `GD&ĐT Nghệ An`.
fn department(scene: &ArticleText<'_>, at: usize, end: usize) -> Option<PlaceName> {
    let field = &scene.text[at..end];
    let words = field.match_indices(' ').map(|(blank, _)| at + blank + 1).take(FIELD);
    let mut places = words.filter_map(|word| place_of(scene, "", word)).map(|(place, _)| place);
    places.find(|place| place.province.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_issues_a_document_stands_before_it() {
        let read = |text: &str| subject(&ArticleText::new(text, None, None), text.len(), 0);
        assert_eq!(read("Tháng 7, HĐND huyện Yên Bình đã ban hành "), Some("HĐND"));
        assert_eq!(read("Chính phủ vừa có "), Some("CP"));
        assert_eq!(read("Xã xin Chính phủ cho phép, thôn đã ban hành "), None);
        assert_eq!(read("UBND tỉnh thực hiện "), None);
    }
}
