//! What the lines of a concordance are sorted by.

use super::concordance::Line;
use crate::text::collation_key;
use std::str::FromStr;

/// Names what lines are sorted by. Words sort as in a Vietnamese dictionary ([`collation_key`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The n-th word before, counted from the occurrence.
    Left(usize),
    /// The n-th word behind.
    Right(usize),
    /// The occurrence.
    Hit,
    /// Day of publication; undated articles last.
    Date,
    /// Newspaper.
    Source,
}

/// Farthest word that lines are sorted by.
const FARTHEST: usize = 9;
/// Places that lines are sorted by at most.
pub const MOST_PLACES: usize = 3;
/// Parts the places in a key; it lies below what [`collation_key`] makes.
const NEXT_PLACE: char = '\0';

impl FromStr for Place {
    type Err = String;

    /// Reads `left1` to `left9`, `right1` to `right9`, `hit`, `date`, `source`.
    fn from_str(text: &str) -> Result<Place, String> {
        let number = |digits: &str| digits.parse().ok().filter(|number| (1..=FARTHEST).contains(number));
        let word = text.strip_prefix("left").and_then(number).map(Place::Left);
        let place = word.or_else(|| text.strip_prefix("right").and_then(number).map(Place::Right)).or(match text {
            "hit" => Some(Place::Hit),
            "date" => Some(Place::Date),
            "source" => Some(Place::Source),
            _ => None,
        });
        place.ok_or_else(|| {
            format!("lines are sorted by left1 to left{FARTHEST}, right1 to right{FARTHEST}, hit, date or source")
        })
    }
}

/// Returns what a line is sorted by: its words at the places, then, where these are equal, all words on the side of the
/// first, the nearest first.
pub fn key(line: &Line, order: &[Place]) -> String {
    let mut key = String::new();
    for &place in order {
        key.push_str(&at(line, place));
        key.push(NEXT_PLACE);
    }
    let rest = match order.first() {
        Some(Place::Left(_)) => words_before(line).collect::<Vec<_>>().join(" "),
        Some(Place::Right(_)) => line.right.clone(),
        _ => return key,
    };
    key.push_str(&collation_key(&rest));
    key
}

fn at(line: &Line, place: Place) -> String {
    match place {
        Place::Left(n) => words_before(line).nth(n - 1).map(collation_key).unwrap_or_default(),
        Place::Right(n) => words(&line.right).nth(n - 1).map(collation_key).unwrap_or_default(),
        Place::Hit => collation_key(&line.hit),
        Place::Date => line.date.clone().unwrap_or_else(|| "~".into()),
        Place::Source => line.source.as_deref().map_or_else(|| "~".into(), collation_key),
    }
}

fn words(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Returns the words before an occurrence, the nearest first.
fn words_before(line: &Line) -> impl Iterator<Item = &str> {
    words(&line.left).rev()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(left: &str, right: &str, date: Option<&str>) -> Line {
        Line { left: left.into(), hit: "x".into(), right: right.into(), date: date.map(Into::into), ..Line::default() }
    }

    fn sorted(lines: &[Line], order: &[&str]) -> Vec<String> {
        let order: Vec<Place> = order.iter().map(|place| place.parse().expect("a place")).collect();
        let mut lines = lines.to_vec();
        lines.sort_by_cached_key(|line| key(line, &order));
        lines.iter().map(|line| format!("{}|{}", line.left, line.right)).collect()
    }

    #[test]
    fn the_nearest_word_decides_then_the_next_in_the_order_of_the_dictionary() {
        let lines = ["xã Đồi", "a, b", "hộ bé", "c b!", "", "Đồi", "b"].map(|left| line(left, "", None));
        assert_eq!(sorted(&lines, &["left1"]), ["|", "b|", "a, b|", "c b!|", "hộ bé|", "Đồi|", "xã Đồi|"]);
    }

    #[test]
    fn three_places_decide_one_after_the_other() {
        let lines = [
            line("cho", "ở huyện", Some("2024-01-02")),
            line("các", "ở xã", Some("2024-01-01")),
            line("các", "ở huyện", None),
            line("các", "ở huyện", Some("2023-01-01")),
        ];
        assert_eq!(
            sorted(&lines, &["right1", "right2", "date"]),
            ["các|ở huyện", "cho|ở huyện", "các|ở huyện", "các|ở xã"]
        );
        assert_eq!(sorted(&lines, &["left1", "date"])[3], "cho|ở huyện");
    }

    #[test]
    fn what_is_no_place_is_refused_with_those_there_are() {
        for text in ["left", "left0", "left10", "up", ""] {
            assert!(text.parse::<Place>().is_err_and(|error| error.contains("left1 to left9")), "{text}");
        }
    }
}
