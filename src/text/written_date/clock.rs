//! The time and zone beside a date: `08:30`, `8h05`, `8 giờ 5 phút`, `1:05:00 CH`, `GMT+7`, `ICT`.

use super::Written;
use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use regex::{Captures, Regex};
use std::sync::LazyLock;

const HALF: &str = r"(?P<half>am|pm|a\.m|p\.m|sa|ch|sang|trua|chieu|toi|dem)";

fn pattern(text: &str) -> Option<Regex> {
    Regex::new(&text.replace("HALF", HALF)).ok()
}

/// Forms of a time, the fullest first.
static FORMS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        r"(?:^|[^\d])(?P<h>\d{1,2})\s?(?:[:hg]|gio)\s?(?P<n>\d{2})(?:\s?(?::|phut)\s?(?P<s>\d{2}))?(?:[.,]\d+)?(?:\s?phut)?(?:\s*HALF\b)?(?:[^\d]|$)",
        r"(?:^|[^\d])(?P<h>\d{1,2})\s?gio\s?(?P<n>\d)\s?phut(?:\s*HALF\b)?",
        r"^t(?P<h>\d{2})(?P<n>\d{2})(?P<s>\d{2})?(?:[.,]\d+)?",
        r"^t(?P<h>\d{2})(?:[^\d]|$)",
        r"(?:^|[^\d])(?P<h>\d{1,2})\s?(?:h|gio)?\s?HALF\b",
        r"(?:^|[^\d])(?P<h>\d{1,2})\s?(?:h|gio)\b",
    ]
    .iter()
    .filter_map(|text| pattern(text))
    .collect()
});
static ZONE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"^[\s,(\[|]*(?:-\s+)?[(\[]?(?:(?P<place>(?:asia|america|europe|australia)/[a-z_]+)|(?P<utc>gmt|utc|z)?\s*(?P<sign>[+-])\s?(?P<h>\d{1,2})(?::?(?P<m>\d{2}))?(?:[^\d/.:]|$)|(?P<name>[a-z]{1,5})\b)",
    )
});
/// Names of zones, folded, and their hours from UTC; the American ones as RFC 822 has them.
const ZONES: &[(&str, i8)] = &[
    ("aedt", 11),
    ("aest", 10),
    ("bst", 1),
    ("cdt", -5),
    ("cest", 2),
    ("cet", 1),
    ("cst", -6),
    ("edt", -4),
    ("eest", 3),
    ("eet", 2),
    ("est", -5),
    ("gmt", 0),
    ("hkt", 8),
    ("ict", 7),
    ("jst", 9),
    ("kst", 9),
    ("mdt", -6),
    ("msk", 3),
    ("mst", -7),
    ("pdt", -7),
    ("pst", -8),
    ("sgt", 8),
    ("ut", 0),
    ("utc", 0),
    ("wet", 0),
    ("wib", 7),
    ("z", 0),
];
/// Places whose zone is +07:00 the whole year.
const INDOCHINA: &[&str] =
    &["asia/bangkok", "asia/hanoi", "asia/ho_chi_minh", "asia/phnom_penh", "asia/saigon", "asia/vientiane"];
/// Bytes behind a time in which its zone stands.
const NEAR: usize = 24;

/// Sets a day and the first time that is written in one of the texts around it.
pub(super) fn beside(day: Date, around: [&str; 3]) -> Written {
    around
        .iter()
        .find_map(|text| FORMS.iter().find_map(|form| at(day, text, &form.captures(text)?)))
        .unwrap_or(Written::Day(day))
}

/// Says whether the first time of a text has an English half of the day.
pub(super) fn is_english_half(text: &str) -> bool {
    let Some(found) = FORMS.first().and_then(|form| form.captures(text)) else { return false };
    let english = found.name("half").is_some_and(|half| half.as_str().starts_with(['a', 'p']));
    english && !found["h"].starts_with('0')
}

fn at(day: Date, text: &str, found: &Captures<'_>) -> Option<Written> {
    let number = |name: &str| found.name(name).and_then(|part| part.as_str().parse::<i8>().ok());
    let hour = match (number("h")?, found.name("half").map(|half| half.as_str())) {
        (12, Some("am" | "a.m" | "sa" | "sang" | "dem")) => 0,
        (hour, Some("pm" | "p.m" | "ch" | "chieu" | "toi")) if hour < 12 => hour + 12,
        (hour @ 6..12, Some("dem")) | (hour @ 1..3, Some("trua")) => hour + 12,
        (hour, _) => hour,
    };
    let (minute, second) = (number("n").unwrap_or(0), number("s").unwrap_or(0).min(59));
    // The end of a day is the beginning of the next.
    let (day, hour) = if (hour, minute, second) == (24, 0, 0) { (day.tomorrow().ok()?, 0) } else { (day, hour) };
    let time = Time::new(hour, minute, second, 0).ok()?;
    // The last character of a form may be the first of the zone.
    let end = ["half", "s", "n", "h"].iter().filter_map(|name| found.name(name)).map(|part| part.end()).max()?;
    let rest = text[end..].trim_start_matches(|c: char| c == '.' || c == ',' || c.is_ascii_digit());
    Some(Written::Time(day.to_datetime(time), zone(rest.trim_start_matches("phut"))))
}

/// Reads the zone that begins a text.
fn zone(text: &str) -> Option<Offset> {
    let found = ZONE.as_ref()?.captures(text.get(..NEAR).unwrap_or(text))?;
    if let Some(place) = found.name("place") {
        return INDOCHINA.binary_search(&place.as_str()).is_ok().then(|| Offset::constant(7));
    }
    if let Some(name) = found.name("name") {
        let at = ZONES.binary_search_by_key(&name.as_str(), |&(known, _)| known).ok()?;
        return Some(Offset::constant(ZONES[at].1));
    }
    let (hours, minutes) = (found["h"].parse::<i32>().ok()?, found.name("m").map_or("0", |part| part.as_str()));
    let negative = &found["sign"] == "-";
    // `08:00-25/4/2024` has no zone: a bare minus needs its minutes.
    if hours > 14 || negative && found.name("m").is_none() && found.name("utc").is_none() {
        return None;
    }
    let seconds = hours * 3600 + minutes.parse::<i32>().ok()? * 60;
    Offset::from_seconds(if negative { -seconds } else { seconds }).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn every_pattern_compiles_and_the_tables_are_sorted() {
        assert_eq!(FORMS.len(), 6);
        assert!(ZONE.is_some() && ZONES.is_sorted() && INDOCHINA.is_sorted());
    }

    #[test]
    fn times_are_read_with_their_zone() {
        let day = date(2024, 4, 25);
        for (text, time, zone) in [
            ("t08:00:00.000z", "08:00:00", Some(0)),
            ("t080000+0700", "08:00:00", Some(7)),
            (" 23:30:00 ict", "23:30:00", Some(7)),
            (" 23:30:00 utc+7", "23:30:00", Some(7)),
            (" 23:30:00 +07", "23:30:00", Some(7)),
            (" 23:30 (gmt+7)", "23:30:00", Some(7)),
            (" 23:30:00 -0500", "23:30:00", Some(-5)),
            (" 11:30:00 ch", "23:30:00", None),
            (" 12:05 sa", "00:05:00", None),
            ("luc 8 gio 5 phut, ngay", "08:05:00", None),
            ("8h, ngay", "08:00:00", None),
            ("8 gio sang", "08:00:00", None),
            (" 8 pm", "20:00:00", None),
        ] {
            let wanted = Written::Time(day.to_datetime(time.parse().expect("a time")), zone.map(Offset::constant));
            assert_eq!(beside(day, [text, "", ""]), wanted, "{text}");
        }
        assert_eq!(beside(day, [" 24:00", "", ""]), Written::Time(date(2024, 4, 26).at(0, 0, 0, 0), None));
        assert_eq!(beside(day, [" va 25", "", ""]), Written::Day(day));
    }
}
