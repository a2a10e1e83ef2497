//! The ratio printed beside a percentage, `1.240/1.591 … 78%`, kept only when its quotient is the figure.

use super::sentence::Sentence;
use crate::extract::lexicon::{NUMBER, TIME, Token};
use crate::text::number::parse_decimal;
use std::ops::Range;

/// Numbers before the figure that may be the part.
const PARTS: usize = 4;

/// Bytes between a number and the figure that it backs.
const REACH: usize = 240;

/// Finds part and whole: printed with a slash, or the part before the figure and the whole before or after it.
pub fn find(clause: &Sentence<'_>, figure: &Range<usize>, value: f64) -> Option<[f64; 2]> {
    if value == 0.0 {
        return None;
    }
    let step = step(&clause.text[figure.clone()]);
    let count = clause.before(figure.start);
    let near = |start: usize| figure.start.abs_diff(start) <= REACH;
    let before = clause.tokens[..count]
        .iter()
        .rev()
        .take(24)
        .filter(|token| token.is(NUMBER) && near(token.start) && !dated(clause, token))
        .take(PARTS);
    let after = clause.tokens[clause.before(figure.end)..]
        .iter()
        .take(24)
        .find(|token| token.is(NUMBER) && near(token.start) && !dated(clause, token));
    let mut parts: [f64; PARTS] = [0.0; PARTS];
    for (slot, token) in before.enumerate() {
        let word = clause.word(token);
        if let Some(ratio) = slashed(word) {
            return fits(ratio, value, step).then_some(ratio);
        }
        parts[slot] = printed(word).unwrap_or(0.0);
    }
    let after = after.and_then(|token| {
        slashed(clause.word(token)).or_else(|| printed(clause.word(token)).map(|whole| [0.0, whole]))
    });
    if let Some(ratio) = after.filter(|&[part, _]| part > 0.0) {
        return fits(ratio, value, step).then_some(ratio);
    }
    let whole = after.map_or(0.0, |[_, whole]| whole);
    let pairs = (0..PARTS).map(|i| [parts[i], whole]).chain((1..PARTS).map(|i| [parts[i], parts[i - 1]]));
    pairs.into_iter().find(|&[part, whole]| part >= 10.0 && whole >= 100.0 && fits([part, whole], value, step))
}

/// Says whether a number is a year or stands in a date: `năm 2012`, `tháng 5/2013`, `năm 2016 - 2020`.
fn dated(clause: &Sentence<'_>, number: &Token) -> bool {
    let word = clause.word(number);
    let year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    let part = word.len() <= 2 || word.contains('/');
    year || part && clause.left(clause.before(number.start), number.start).is_some_and(|before| before.is(TIME))
}

/// Reads `1.240/1.591`.
fn slashed(word: &str) -> Option<[f64; 2]> {
    let (part, whole) = word.split_once('/')?;
    Some([parse_decimal(part)?, parse_decimal(whole)?])
}

/// Reads a number as printed; three digits after the only dot or comma and a later one are thousands and a fraction.
fn printed(word: &str) -> Option<f64> {
    parse_decimal(word)
}

/// Says whether the quotient is the figure, rounded or cut at its last digit.
fn fits([part, whole]: [f64; 2], value: f64, step: f64) -> bool {
    whole > 0.0 && (part / whole * 100.0 - value).abs() <= step
}

/// Returns one unit of the last digit printed.
fn step(figure: &str) -> f64 {
    let number = figure.split([' ', '%']).next().unwrap_or("");
    let decimals = number.rsplit_once([',', '.']).map_or(0, |(_, fraction)| fraction.len());
    10f64.powi(-(decimals as i32))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn backing(text: &str) -> Option<[f64; 2]> {
        let mut clause = Sentence::default();
        clause.read(text, 0..text.len());
        let end = text.find('%').map_or(0, |at| at + 1);
        let start = text[..end - 1].rfind(|c: char| !c.is_ascii_digit() && c != ',').map_or(0, |at| at + 1);
        let value = parse_decimal(&text[start..end - 1])?;
        find(&clause, &(start..end), value)
    }

    #[test]
    fn a_ratio_that_gives_the_figure_backs_it() {
        assert_eq!(backing("đã cung cấp 1.240/1.591 dịch vụ công (đạt tỷ lệ 78%)"), Some([1240.0, 1591.0]));
        assert_eq!(backing("giải ngân đạt 20,4% kế hoạch giao (3.711/18.195 tỷ đồng)"), Some([3711.0, 18195.0]));
        assert_eq!(
            backing("thu 464.269,82 tỷ đồng, đạt 97,1% kế hoạch (478.020,733 tỷ đồng)"),
            Some([464269.82, 478020.733])
        );
    }

    #[test]
    fn a_ratio_that_does_not_fit_is_left() {
        assert_eq!(backing("có 50/53 đại biểu, đạt 78%"), None);
        assert_eq!(backing("đạt 1.240 tỷ đồng, tăng 13% so với 1.591 tỷ đồng"), None);
        assert_eq!(backing("Năm 2012, doanh thu đạt 9.000 tỷ đồng, chiếm 22% tổng thu"), None);
    }
}
