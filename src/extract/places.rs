//! The places and bodies that a text names, for what a figure is about: those of the gazetteer, countries and regions of
//! `territories.tsv`, words that stand for the article's own place (`toàn tỉnh`), and named bodies.

use super::scan::whole;
use crate::mention::Level;
use crate::place::{self, PlaceName};
use aho_corasick::{AhoCorasick, MatchKind};
use std::ops::Range;
use std::sync::LazyLock;

/// Names, a tab, what they are, a tab, the canonical form.
const TERRITORIES: &str = include_str!("territories.tsv");

/// Says what a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The whole country.
    Nation,
    /// Another country.
    Country,
    /// A part of the country or of the world.
    Region,
    /// A province or a city under the central government.
    Province,
    /// A district, town or city of a province.
    District,
    /// A commune, ward or township.
    Commune,
    /// A named body: an office, a bank, an enterprise.
    Body,
    /// A word for the article's own place.
    Generic,
    /// A body of the state that the table names.
    Agency,
    /// A name in capitals: a bank, a share (`BIDV`, `VPBank`).
    Acronym,
}

/// Names of the kinds in the table.
const KINDS: &[(&str, Kind)] = &[
    ("agency", Kind::Agency),
    ("body", Kind::Body),
    ("country", Kind::Country),
    ("generic", Kind::Generic),
    ("nation", Kind::Nation),
    ("region", Kind::Region),
];

/// Countries whose names are persons' or words as well: they stand behind one of [`CUES`].
const DOUBTFUL: &[&str] = &["Anh", "Bỉ", "Nga", "Nhật", "Pháp", "VN", "Áo", "Ý", "Đức"];

/// Words before a doubtful name.
const CUES: &[&str] =
    &["nước", "ở", "tại", "của", "từ", "sang", "với", "vào", "người", "thị trường", "như", "là", "gồm"];

/// Words in lower case inside the name of a body.
const INSIDE: &[&str] = &[
    "cảng", "cổ", "cửa", "khẩu", "một", "phát", "phần", "quốc", "sách", "thành", "thương", "triển", "tư", "tế", "tỉnh",
    "viên", "và", "xã", "hội", "phố", "mại", "đầu", "nghiệp", "nông", "ngoại", "hàng", "không",
];

/// Words of the name of a body.
const WORDS: usize = 10;

/// Holds a place as it stands in a text.
#[derive(Debug, Clone)]
pub struct Place {
    /// Byte range in the text.
    pub span: Range<usize>,
    /// What it is.
    pub kind: Kind,
    /// Canonical name of what no gazetteer holds; of a generic word its type word.
    pub name: String,
    /// The reading of a place of the gazetteer.
    pub read: Option<PlaceName>,
}

struct Table {
    automaton: AhoCorasick,
    rows: Vec<(&'static str, Kind, &'static str)>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let rows: Vec<_> = rows().filter_map(Result::ok).collect();
    let names = rows.iter().map(|(name, ..)| name);
    match AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(names) {
        Ok(automaton) => Table { automaton, rows },
        Err(error) => unreachable!("names of territories: {error}"),
    }
});

fn rows() -> impl Iterator<Item = Result<(&'static str, Kind, &'static str), &'static str>> {
    TERRITORIES.lines().map(|line| {
        let mut cells = line.split('\t');
        let (name, kind, canonical) = (cells.next(), cells.next(), cells.next());
        let kind = KINDS.iter().find(|(name, _)| Some(*name) == kind).map(|(_, kind)| *kind);
        Ok((name.ok_or(line)?, kind.ok_or(line)?, canonical.ok_or(line)?))
    })
}

/// Returns the places of a part of a text, in the order of their starts.
pub fn find(text: &str, part: Range<usize>) -> Vec<Place> {
    let mut found: Vec<Place> = Vec::new();
    for (offset, place) in place::places(&text[part.clone()]) {
        let start = part.start + offset;
        let end = place::read(text, start).map_or(start, |(_, end)| end).min(part.end);
        let kind = match place.level {
            Some(Level::District) => Kind::District,
            Some(Level::Commune) => Kind::Commune,
            _ => Kind::Province,
        };
        found.push(Place { span: start..end, kind, name: String::new(), read: Some(place) });
    }
    let table = &*TABLE;
    for hit in table.automaton.find_iter(&text[part.clone()]) {
        let span = part.start + hit.start()..part.start + hit.end();
        let (name, kind, canonical) = table.rows[hit.pattern().as_usize()];
        if !whole(text, span.start, span.end) {
            continue;
        }
        let place = match kind {
            Kind::Body => body(text, span, part.end),
            _ => stands(text, &span, name, kind).then(|| Place { span, kind, name: canonical.to_string(), read: None }),
        };
        found.extend(place);
    }
    acronyms(text, part, &mut found);
    found.sort_by_key(|place| (place.span.start, usize::MAX - place.span.end));
    // `địa bàn tỉnh Quảng Ninh`, `của tỉnh Lào Cai`: the name follows.
    let named: Vec<Range<usize>> =
        found.iter().filter(|place| place.read.is_some()).map(|place| place.span.clone()).collect();
    found.retain(|place| {
        place.kind != Kind::Generic
            || !named.iter().any(|name| name.start < place.span.end && place.span.start < name.end)
    });
    found
}

/// Says whether the name of a territory stands for it, not inside another name.
fn stands(text: &str, span: &Range<usize>, name: &str, kind: Kind) -> bool {
    let before = text[..span.start].trim_end_matches(' ');
    if kind == Kind::Generic {
        // `của xã hội`, `địa bàn tỉnh, thành phố`.
        let after = text[span.end..].trim_start();
        return !after.starts_with("hội") && !after.starts_with("nghèo") && !after.starts_with("khác");
    }
    if name.contains(' ') || name.starts_with(char::is_lowercase) {
        return true;
    }
    let next = text[span.end..].strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_uppercase));
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let joined = before.ends_with(char::is_alphanumeric) && word.starts_with(char::is_uppercase);
    let one = name.chars().count() <= 4;
    !(one && (next || joined)) && (!DOUBTFUL.contains(&name) || CUES.iter().any(|cue| before.ends_with(cue)))
}

/// Appends the names in capitals that are no word of statistics.
fn acronyms(text: &str, part: Range<usize>, found: &mut Vec<Place>) {
    let mut start = part.start;
    for word in text[part].split(|c: char| !c.is_alphanumeric()) {
        let capitals = word.chars().filter(|c| c.is_ascii_uppercase()).count();
        let span = start..start + word.len();
        start = span.end + text[span.end..].chars().next().map_or(0, char::len_utf8);
        let odd = word.len() <= 12 && word.is_ascii() && word.starts_with(|c: char| c.is_ascii_uppercase());
        let known = NOT_NAMES.contains(&word)
            || found.iter().any(|place| place.span.start < span.end && span.start < place.span.end);
        if capitals >= 3 && odd && !known {
            found.push(Place { span, kind: Kind::Acronym, name: word.to_string(), read: None });
        }
    }
}

/// Words in capitals that name no body, sorted.
const NOT_NAMES: &[&str] = &[
    "ADSL", "BHTN", "BHXH", "BHYT", "CNTT", "CPI", "FDI", "FTA", "GDP", "GNP", "GRDP", "GTGT", "HIV", "HTML", "IIP",
    "IPO", "KCN", "KNLD", "LED", "NHTM", "NSLD", "NSNN", "ODA", "PCI", "PMI", "PPP", "ROA", "ROE", "TCTD", "THCS",
    "THPT", "TMCP", "TNCN", "TNDN", "TNGT", "TNHH", "UBND", "USD", "VAT", "VND", "WTO", "XNC", "XNK",
];

/// Reads the name of a body behind the word that it begins with.
fn body(text: &str, span: Range<usize>, until: usize) -> Option<Place> {
    let mut end = None;
    let mut at = span.end;
    for _ in 0..WORDS {
        let rest = &text[at..until];
        let Some(word) = rest.strip_prefix(' ') else { break };
        let length = word.find(|c: char| !c.is_alphanumeric() && c != '&' && c != '.').unwrap_or(word.len());
        let (word, length) = (word[..length].trim_end_matches('.'), length);
        if word.starts_with(char::is_uppercase) || end.is_some() && word.starts_with(|c: char| c.is_ascii_digit()) {
            end = Some(at + 1 + word.len());
        } else if !INSIDE.contains(&word) {
            break;
        }
        if word.len() < length {
            break;
        }
        at += 1 + word.len();
    }
    let end = end?;
    let name = text[span.start..end].split_whitespace().collect::<Vec<_>>().join(" ");
    Some(Place { span: span.start..end, kind: Kind::Body, name, read: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        let named = |place: Place| {
            let read = place.read.and_then(|read| read.canonical(read.province, None));
            read.unwrap_or(place.name)
        };
        find(text, 0..text.len()).into_iter().map(named).collect()
    }

    #[test]
    fn names_are_sorted_and_stand_once() {
        let names: Vec<&str> = rows().map(|row| row.expect("name, kind, canonical form").0).collect();
        assert!(names.is_sorted_by(|one, next| one < next));
    }

    #[test]
    fn places_countries_and_bodies_are_found() {
        for (text, expected) in [
            ("Tỷ lệ hộ nghèo của tỉnh Lào Cai thấp hơn cả nước.", &["Lào Cai", "Việt Nam"] as &[_]),
            ("Trên địa bàn tỉnh có 10 xã.", &["tỉnh"]),
            ("Thu của Cục Hải quan Hải Phòng tăng.", &["Cục Hải quan Hải Phòng", "Hải Phòng"]),
            ("Xuất khẩu sang Đức và Mỹ tăng; anh Đức vui.", &["Đức", "Mỹ"]),
            ("Thị xã Mỹ Hào, phố Anh Đào.", &["thị xã Mỹ Hào, Hưng Yên"]),
            ("Ngân hàng Mây Trắng cho biết.", &["Ngân hàng Mây Trắng"]),
        ] {
            assert_eq!(names(text), expected, "{text}");
        }
    }
}
