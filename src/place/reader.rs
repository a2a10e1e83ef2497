//! Places read in text: `tỉnh Quảng Ninh`, `xã X, huyện Y, Lào Cai`, `TP.HCM`, `Yên Bái`.
//!
//! Invariant: only names of the gazetteer are places, with their marks as printed there, and communes after their type
//! word; half a name, a person or an agency is none.

use super::gazetteer::{self, spelled};
use super::{MERGER, Province, exact};
use crate::mention::Level;
use jiff::civil::{Date, date};

/// Holds a place as text names it; a type word alone (`UBND huyện`) has neither a local name nor a province.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlaceName {
    /// Level of the place; null when nothing says it.
    pub level: Option<Level>,
    /// Type word, in full, as said.
    pub kind: Option<&'static str>,
    /// Canonical name of a district or commune with its type word: `huyện Văn Bàn`, `xã Tân Lập`.
    pub local: Option<String>,
    /// District that a commune is said to be of, with its type word.
    pub district: Option<String>,
    /// Province: as said, or the only one with a district of that name. Its name of before 1 July 2025, but for `Huế`.
    pub province: Option<&'static str>,
    /// Provinces with a district of that name, when there are several and the text does not say which.
    pub provinces: Vec<&'static str>,
}

/// Type words and abbreviations, with the type word they stand for and its level.
const KINDS: &[(&str, &str, Level)] = &[
    ("tỉnh", "tỉnh", Level::Province),
    ("thành phố", "thành phố", Level::Province),
    ("tp", "thành phố", Level::Province),
    ("huyện", "huyện", Level::District),
    ("quận", "quận", Level::District),
    ("thị xã", "thị xã", Level::District),
    ("tx", "thị xã", Level::District),
    ("xã", "xã", Level::Commune),
    ("phường", "phường", Level::Commune),
    ("thị trấn", "thị trấn", Level::Commune),
    ("đặc khu", "đặc khu", Level::Commune),
];

/// Cities under the central government.
const CITIES: &[&str] = &["Cần Thơ", "Hà Nội", "Hải Phòng", "TP. Hồ Chí Minh", "Đà Nẵng"];

/// Names of provinces that are persons or cities of a province too, and so need their type word.
const NEED_KIND: &[&str] = &["hcm", "hồ chí minh", "vũng tàu"];

/// First day of Huế as a city under the central government (Resolution 175/2024/QH15).
const HUE: Date = date(2025, 1, 1);

/// Words of a name of a place.
const WORDS: usize = 5;

/// Words of a name of a commune that no table knows.
const UNKNOWN: usize = 4;

/// Words before a bare name that make it a person or a street, sorted.
const NOT_BEFORE: &[&str] = &[
    "anh",
    "bà",
    "bùi",
    "chị",
    "cụ",
    "dương",
    "hoàng",
    "huỳnh",
    "hồ",
    "lê",
    "lý",
    "nguyễn",
    "ngô",
    "phan",
    "phạm",
    "phố",
    "trương",
    "trần",
    "võ",
    "văn",
    "vũ",
    "ông",
    "đinh",
    "đoàn",
    "đường",
    "đặng",
    "đỗ",
];

impl PlaceName {
    /// Says whether a place is named, not only a type word.
    pub fn is_named(&self) -> bool {
        self.local.is_some() || self.province.is_some()
    }

    /// Returns the canonical form with a province: `xã X, huyện Y, Lào Cai` before 1 July 2025, `xã X, Lào Cai` since.
    pub fn canonical(&self, province: Option<&str>, day: Option<Date>) -> Option<String> {
        let district = self.district.as_deref().filter(|_| day.is_none_or(|day| day < MERGER));
        let parts = [self.local.as_deref(), district, province];
        let named: Vec<&str> = parts.into_iter().flatten().collect();
        (!named.is_empty()).then(|| named.join(", "))
    }

    /// Reads Huế by the day: a city of Thừa Thiên Huế until the end of 2024, under the central government since.
    #[must_use]
    pub fn on(mut self, day: Option<Date>) -> Self {
        let since = day.is_some_and(|day| day >= HUE);
        if self.local.as_deref() == Some("thành phố Huế") && since {
            (self.level, self.local, self.province) = (Some(Level::Province), None, Some("Huế"));
        } else if self.province == Some("Huế") && !since {
            self.province = Some("Thừa Thiên Huế");
        }
        self
    }
}

/// Reads the place that starts at a byte offset; returns it and the offset after it. A type word without a name is read too.
pub fn read(text: &str, at: usize) -> Option<(PlaceName, usize)> {
    let first = text.get(at..)?.chars().next()?;
    if !matches!(first, 'h' | 'p' | 'q' | 't' | 'x' | 'đ') && !first.is_uppercase() {
        return None;
    }
    let Some((kind, level, after)) = kind(text, at) else { return bare(text, at) };
    let from = blank(text, after);
    let alone = PlaceName { level: Some(level), kind: Some(kind), ..PlaceName::default() };
    let said = |(found, end)| (PlaceName { kind: Some(kind), ..found }, end);
    let (found, end) = match kind {
        "tỉnh" => return Some(province(text, from).map_or((alone, after), said)),
        "thành phố" => {
            match province(text, from).filter(|(found, _)| CITIES.contains(&found.province.unwrap_or(""))) {
                Some(found) => return Some(said(found)),
                None => district(text, kind, from).unwrap_or((alone, after)),
            }
        }
        "huyện" | "quận" | "thị xã" => district(text, kind, from).unwrap_or((alone, after)),
        _ => commune(text, kind, from).unwrap_or((alone, after)),
    };
    Some(within(text, found, end))
}

/// Returns the places that a text names, with their byte offsets, in order.
pub fn places(text: &str) -> Vec<(usize, PlaceName)> {
    let mut found = Vec::new();
    let (mut upto, mut before) = (0, ' ');
    for (at, c) in text.char_indices() {
        let start = c.is_alphabetic() && !before.is_alphanumeric() && at >= upto;
        before = c;
        if !start {
            continue;
        }
        if let Some((place, end)) = read(text, at).filter(|(place, _)| place.is_named()) {
            if kind(text, at).is_some() || !follows_a_person(text, at) {
                found.push((at, place));
            }
            upto = end;
        }
    }
    found
}

/// Reads the bare name of a district at a byte offset, behind what says that it is one: `Huyện ủy Sìn Hồ`.
pub fn bare_district(text: &str, at: usize, kind: &str) -> Option<(PlaceName, usize)> {
    district(text, kind, at).map(|(found, end)| within(text, found, end))
}

/// Reads a type word or its abbreviation; returns the whole word, its level and the offset after it.
fn kind(text: &str, at: usize) -> Option<(&'static str, Level, usize)> {
    KINDS.iter().find_map(|&(printed, kind, level)| {
        let end = word(text, at, printed)?;
        let stop = printed.len() == 2 && text[end..].starts_with('.');
        // Print without case marks nothing: `Huyện Tân` in a name is the type word all the same.
        Some((kind, level, end + usize::from(stop)))
    })
}

/// Returns a type word as the table has it.
fn word_of(kind: &str) -> Option<&'static str> {
    KINDS.iter().find(|(_, known, _)| *known == kind).map(|(_, known, _)| *known)
}

/// Returns the offset after a word given in lower case.
fn word(text: &str, at: usize, word: &str) -> Option<usize> {
    let mut letters = text.get(at..)?.char_indices();
    for wanted in word.chars() {
        let (_, c) = letters.next()?;
        if c != wanted && !c.to_lowercase().eq([wanted]) {
            return None;
        }
    }
    let end = letters.next().map_or(text.len(), |(length, _)| at + length);
    (!text[end..].starts_with(char::is_alphanumeric)).then_some(end)
}

fn blank(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let line = rest.starts_with('\n') && rest[1..].starts_with(char::is_uppercase);
    at + if rest.starts_with(' ') || line { 1 } else { 0 }
}

/// Returns the offsets after each of the capitalised words at a byte offset.
fn ends(text: &str, at: usize) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut from = at;
    while ends.len() < WORDS && text[from..].starts_with(char::is_uppercase) {
        let rest = &text[from..];
        // `Chư M'gar`, but not the quote behind `'Hà Nội'`.
        let inside = |at: usize, c: char| {
            c.is_alphanumeric() || matches!(c, '\'' | '’') && rest[at + c.len_utf8()..].starts_with(char::is_alphabetic)
        };
        let length = rest.char_indices().find(|&(at, c)| !inside(at, c)).map_or(rest.len(), |(at, _)| at);
        ends.push(from + length);
        let gap = [" - ", " – ", "-", "–", " "].iter().find(|gap| rest[length..].starts_with(**gap));
        let Some(gap) = gap else { break };
        from += length + gap.len();
    }
    ends
}

/// Reads the longest name at a byte offset that a table knows.
fn longest<T>(text: &str, at: usize, known: impl Fn(&str) -> Option<T>) -> Option<(T, usize)> {
    ends(text, at).into_iter().rev().find_map(|end| Some((known(&text[at..end])?, end)))
}

fn of(province: &'static Province, name: &str) -> PlaceName {
    // What is printed `Huế` is what the day says it is.
    let name = if spelled(name) == "huế" { province.new } else { province.old };
    PlaceName { level: Some(Level::Province), province: Some(name), ..PlaceName::default() }
}

fn province(text: &str, at: usize) -> Option<(PlaceName, usize)> {
    longest(text, at, |name| exact(name).map(|found| of(found, name)))
}

fn bare(text: &str, at: usize) -> Option<(PlaceName, usize)> {
    longest(text, at, |name| {
        exact(name).filter(|_| !NEED_KIND.contains(&spelled(name).as_str())).map(|found| of(found, name))
    })
}

/// Reads the name of a district behind its type word: one of the table, or a number (`quận 1`).
fn district(text: &str, kind: &str, at: usize) -> Option<(PlaceName, usize)> {
    let number = text[at..].find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len() - at);
    let (found, end) = if (1..=2).contains(&number) && kind == "quận" {
        (gazetteer::districts(&format!("quận {}", &text[at..at + number])), at + number)
    } else {
        longest(text, at, |name| Some(gazetteer::districts(name)).filter(|found| !found.is_empty()))?
    };
    let name = found.first()?.name;
    let local = if name.starts_with("Quận ") { name.to_string() } else { format!("{kind} {name}") };
    let mut provinces: Vec<_> = found.iter().map(|district| district.province.old).collect();
    provinces.dedup();
    let province = provinces.first().copied().filter(|_| provinces.len() == 1);
    provinces.retain(|_| province.is_none());
    let level = Some(Level::District);
    Some((PlaceName { level, kind: word_of(kind), local: Some(local), province, provinces, district: None }, end))
}

/// Reads the name of a commune behind its type word: the capitalised words, of the tables or not.
fn commune(text: &str, kind: &str, at: usize) -> Option<(PlaceName, usize)> {
    let number = text[at..].find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len() - at);
    let (name, end) = if (1..=2).contains(&number) && kind == "phường" {
        (text[at..at + number].to_string(), at + number)
    } else {
        let ends = ends(text, at);
        let stop = ends.iter().position(|&end| self::kind(text, blank(text, end)).is_some());
        let ends = &ends[..stop.map_or(ends.len(), |stop| stop + 1)];
        let whole = *ends.last()?;
        let shout = !text[at..whole].contains(char::is_lowercase);
        let known = |end: &&usize| {
            let name = &text[at..**end];
            !gazetteer::communes(name).is_empty() || !gazetteer::former_communes(name).is_empty()
        };
        let end = if ends.len() > UNKNOWN || shout { ends.iter().rev().find(known).copied()? } else { whole };
        (text[at..end].to_string(), end)
    };
    let local = format!("{kind} {}", name.split_whitespace().collect::<Vec<_>>().join(" "));
    let level = Some(Level::Commune);
    Some((PlaceName { level, kind: word_of(kind), local: Some(local), ..PlaceName::default() }, end))
}

/// Reads what a district or commune is said to be of: `, huyện Y, tỉnh Z`, ` (Lào Cai)`, ` - Yên Bái`, ` tỉnh Gia Lai`.
fn within(text: &str, mut found: PlaceName, end: usize) -> (PlaceName, usize) {
    if found.local.is_none() {
        return (found, end);
    }
    let gap = [", ", " (", " - ", " – ", " thuộc ", " của ", " "].iter().find(|gap| text[end..].starts_with(**gap));
    let Some(gap) = gap else { return (found, end) };
    let from = end + gap.len();
    let named = kind(text, from).is_some();
    if !named && matches!(*gap, " " | " của ") {
        return (found, end);
    }
    let Some((above, upto)) = read(text, from).filter(|(above, _)| above.is_named()) else { return (found, end) };
    let higher = matches!(
        (found.level, above.level),
        (Some(Level::Commune), Some(Level::District)) | (Some(Level::Commune | Level::District), Some(Level::Province))
    );
    let fits = |province: &&'static str| {
        found.level == Some(Level::Commune) || found.province == Some(*province) || found.provinces.contains(province)
    };
    if !higher || !above.province.as_ref().is_none_or(fits) {
        return (found, end);
    }
    found.district = above.local.or(above.district);
    found.province = above.province.or(found.province);
    found.provinces = if above.province.is_some() { Vec::new() } else { above.provinces };
    let closed = *gap == " (" && text[upto..].starts_with(')');
    (found, upto + usize::from(closed))
}

/// Says whether a bare name at a byte offset is part of a person's or a street's.
fn follows_a_person(text: &str, at: usize) -> bool {
    let Some(before) = text[..at].strip_suffix(' ') else { return false };
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    NOT_BEFORE.binary_search(&word.to_lowercase().as_str()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(text: &str) -> Option<String> {
        let (place, _) = read(text, 0)?;
        let all = place.canonical(place.province, None).unwrap_or_default();
        Some(format!("{:?} {all}", place.level?))
    }

    #[test]
    fn a_place_is_read_at_every_level() {
        for (text, expected) in [
            ("tỉnh Quảng Ninh về", "Province Quảng Ninh"),
            ("tỉnh Hoà Bình", "Province Hòa Bình"),
            ("TỈNH QUẢNG NINH", "Province Quảng Ninh"),
            ("thành phố Hà Nội,", "Province Hà Nội"),
            ("TP.HCM", "Province TP. Hồ Chí Minh"),
            ("TP. Hồ Chí Minh", "Province TP. Hồ Chí Minh"),
            ("Yên Bái đã", "Province Yên Bái"),
            ("tỉnh về", "Province "),
            ("huyện Văn Yên, tỉnh Yên Bái", "District huyện Văn Yên, Yên Bái"),
            ("HUYỆN VĂN BÀN THÔNG QUA", "District huyện Văn Bàn, Lào Cai"),
            ("thành phố Thái Nguyên", "District thành phố Thái Nguyên, Thái Nguyên"),
            ("TX.Quảng Yên", "District thị xã Quảng Yên, Quảng Ninh"),
            ("huyện Tam Nông", "District huyện Tam Nông"),
            ("huyện Tam Nông (Đồng Tháp)", "District huyện Tam Nông, Đồng Tháp"),
            ("quận 1, TP.HCM", "District Quận 1, TP. Hồ Chí Minh"),
            ("xã Nậm Sỏi, huyện Văn Bàn, tỉnh Lào Cai", "Commune xã Nậm Sỏi, huyện Văn Bàn, Lào Cai"),
            ("xã Tân Lập (huyện Đan Phượng)", "Commune xã Tân Lập, huyện Đan Phượng, Hà Nội"),
            ("phường 5, Quận 3", "Commune phường 5, Quận 3, TP. Hồ Chí Minh"),
            ("huyện Cư M'gar", "District huyện Cư M'gar, Đắk Lắk"),
        ] {
            assert_eq!(form(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn half_a_name_a_person_and_a_name_of_no_table_are_none() {
        for (text, expected) in
            [("Thành phố Nguyễn Văn A", "Province "), ("huyện Mây Trắng", "District "), ("tỉnh Hà", "Province ")]
        {
            assert_eq!(form(text).as_deref(), Some(expected), "{text}");
        }
        for text in ["Hồ, TP. Hồ Chí Minh", "Hà", "Hồ Chí Minh", "về việc", "Vũng Tàu"] {
            assert_eq!(form(text), None, "{text}");
        }
    }

    #[test]
    fn the_places_of_a_sentence_leave_persons_and_streets_out() {
        let named = |text: &str| {
            let all = places(text).into_iter();
            all.map(|(_, place)| place.local.or(place.province.map(str::to_string)).unwrap_or_default())
                .collect::<Vec<_>>()
        };
        let text = "Ông Nguyễn Thái Bình, Bí thư Huyện ủy huyện Bắc Hà (Lào Cai), trú đường Lạng Sơn, thăm Yên Bái và UBND xã.";
        assert_eq!(named(text), ["huyện Bắc Hà", "Yên Bái"]);
    }

    #[test]
    fn the_district_goes_from_the_form_on_the_day_of_the_merger() {
        let (place, _) = read("xã Nậm Sỏi, huyện Văn Bàn, Lào Cai", 0).expect("a place");
        let on = |day: &str| place.canonical(Some("Lào Cai"), day.parse().ok());
        assert_eq!(on("2025-06-30").as_deref(), Some("xã Nậm Sỏi, huyện Văn Bàn, Lào Cai"));
        assert_eq!(on("2025-07-01").as_deref(), Some("xã Nậm Sỏi, Lào Cai"));
        let hue = |day: &str| read("TP Huế", 0).and_then(|(place, _)| place.on(day.parse().ok()).province);
        assert_eq!((hue("2024-12-31"), hue("2025-01-01")), (Some("Thừa Thiên Huế"), Some("Huế")));
    }

    #[test]
    fn the_words_are_sorted() {
        assert!(NOT_BEFORE.is_sorted());
        assert!(CITIES.is_sorted() && NEED_KIND.is_sorted());
    }
}
