//! The figure itself: a number or range and its unit, in digits or in words.
//!
//! A figure is found from its unit leftwards: `starts` walks back over at most `REACH` bytes, the rules then read
//! forwards from there. Signs (`-0,39%`) and cue words stay outside.

use crate::extract::ArticleText;
use crate::extract::rule::{Compiled, Groups, Rule};
use crate::mention::Unit;
use crate::text::number::{parse_decimal, parse_decimal_words};
use std::ops::Range;
use std::sync::LazyLock;

/// Bytes that are looked at to the left of a unit: enough for two numbers in words.
const REACH: usize = 96;

/// Holds what is printed: the number or range, its unit and where both stand.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Lower end; the number itself when there is no range.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// What is counted in.
    pub unit: Unit,
    /// Byte range in the body.
    pub span: Range<usize>,
    /// Says that two numbers are printed.
    pub range: bool,
}

/// Writes the pattern of a number in words: one word or several.
macro_rules! words {
    () => {
        concat!(word!(), "(?: ", word!(), ")*")
    };
}

/// Writes the pattern of one number word.
macro_rules! word {
    () => {
        "(?:mươi|mười|một|mốt|hai|ba|bốn|tư|năm|lăm|sáu|bảy|bẩy|tám|chín|không|linh|lẻ|phẩy|chục|trăm|nghìn|ngàn|rưỡi|nửa)"
    };
}

/// Lists the forms of a figure, the longer before the shorter.
pub const RULES: &[Rule<Figure>] = &[
    Rule {
        name: "points-range",
        pattern: r"(\d(?:[\d.,]*\d)?) ?(?:điểm ?(?:%|phần trăm))? ?(?:[-‐‑–—−~]|đến|tới) ?(\d(?:[\d.,]*\d)?) ?điểm ?(?:%|phần trăm)",
        value: |found, at, scene| digits(found, at, scene, Unit::Points),
        examples: &[("tăng 0,5 – 1 điểm % so với năm 2023", &["0.5..1"]), ("giảm 2-3 điểm phần trăm", &["2..3"])],
        counterexamples: &["giảm 2-3 điểm"],
    },
    Rule {
        name: "points",
        pattern: r"(\d(?:[\d.,]*\d)?) ?điểm ?(?:%|phần trăm)",
        value: |found, at, scene| digits(found, at, scene, Unit::Points),
        examples: &[("tăng 2,5 điểm phần trăm", &["2.5"]), ("thấp hơn 8 điểm %", &["8"])],
        counterexamples: &["đạt 71,25 điểm", "VN-Index tăng 4 điểm"],
    },
    Rule {
        name: "per-mille-range",
        pattern: r"(\d(?:[\d.,]*\d)?) ?‰? ?(?:[-‐‑–—−~]|đến|tới) ?(\d(?:[\d.,]*\d)?) ?(?:‰|phần (?:nghìn|ngàn))",
        value: |found, at, scene| digits(found, at, scene, Unit::PerMille),
        examples: &[("chiết khấu 3-5‰", &["3..5"])],
        counterexamples: &["3-5 nghìn"],
    },
    Rule {
        name: "per-mille",
        pattern: r"(\d(?:[\d.,]*\d)?) ?(?:‰|phần (?:nghìn|ngàn))",
        value: |found, at, scene| digits(found, at, scene, Unit::PerMille),
        examples: &[("tỷ suất sinh 14,2‰", &["14.2"]), ("chiết khấu 5 phần nghìn", &["5"])],
        counterexamples: &["5 phần quà"],
    },
    Rule {
        name: "percent-range",
        pattern: r"(\d(?:[\d.,]*\d)?) {0,2}(?:%|phần trăm)?(?:/năm)? ?(?:[-‐‑–—−~]|đến|tới) ?(\d(?:[\d.,]*\d)?) {0,2}(?:%|phần trăm)",
        value: |found, at, scene| digits(found, at, scene, Unit::Percent),
        examples: &[
            ("chiếm 3-5% dân số", &["3..5"]),
            ("khoảng 10% - 20%", &["10..20"]),
            ("dao động từ 5% đến 7%", &["5..7"]),
            ("tăng từ 10 đến 30 phần trăm", &["10..30"]),
            ("còn 1 – 1,5 %/năm", &["1..1.5"]),
        ],
        counterexamples: &["năm 2012-2013", "từ 5 đến 7 hộ"],
    },
    Rule {
        name: "percent",
        pattern: r"(\d(?:[\d.,]*\d)?) {0,2}(?:%|phần trăm)",
        value: |found, at, scene| digits(found, at, scene, Unit::Percent),
        examples: &[
            ("còn 0,34%", &["0.34"]),
            ("đạt 67,5 % kế hoạch", &["67.5"]),
            ("độ chính xác 96.97%", &["96.97"]),
            ("gấp rưỡi, tăng 1.240,5%", &["1240.5"]),
            ("giảm từ 15% xuống 6,11%", &["15", "6.11"]),
            ("tăng 20 phần trăm", &["20"]),
            ("quý I/2013 - 20%", &["20"]),
            ("tăng90%", &["90"]),
        ],
        counterexamples: &[
            "gấp 2,2 lần",
            "tính %",
            "quan%20ninh",
            "50/53 đại biểu",
            "tỷ lệ phần trăm",
            "tháng 5/2013%20x",
        ],
    },
    Rule {
        name: "percent-bracketed",
        pattern: r"(\d+,\d+) ?\(%\)",
        value: |found, at, scene| digits(found, at, scene, Unit::Percent),
        examples: &[("chiếm tỷ lệ 6,04 (%).", &["6.04"])],
        counterexamples: &["năm 2019 (%)", "tỷ lệ (%)"],
    },
    Rule {
        name: "words-range",
        pattern: concat!(
            "(",
            words!(),
            ")(?: phần trăm)? (?:đến|tới|-|–) (",
            words!(),
            ") (?:điểm )?(?:%|‰|phần (?:trăm|nghìn|ngàn))"
        ),
        value: words,
        examples: &[("từ năm đến bảy phần trăm", &["5..7"]), ("hai mươi phần trăm tới ba mươi phần trăm", &["20..30"])],
        counterexamples: &["mấy phần trăm", "đến phần trăm"],
    },
    Rule {
        name: "words",
        pattern: concat!("(", words!(), ") (?:điểm )?(?:%|‰|phần (?:trăm|nghìn|ngàn))"),
        value: words,
        examples: &[
            ("tăng hai mươi lăm phần trăm", &["25"]),
            ("Một trăm phần trăm số hộ", &["100"]),
            ("ba phẩy năm phần trăm", &["3.5"]),
            ("giảm hai điểm phần trăm", &["2"]),
            ("năm phần nghìn", &["5"]),
            ("không quá 2 (hai phần trăm) số đại biểu", &["2"]),
        ],
        counterexamples: &["vài phần trăm", "mỗi năm phần trăm tăng", "một phần nghìn giây"],
    },
];

static READER: LazyLock<Compiled<Figure>> = LazyLock::new(|| Compiled::new(RULES));

/// Reads the figure whose unit is the anchor `unit`, not reaching left of `floor`.
pub fn read(scene: &ArticleText<'_>, unit: Range<usize>, floor: usize) -> Option<(&'static str, Figure)> {
    let (wide, narrow) = starts(scene.text, unit.start, floor)?;
    [wide, Some(narrow)].into_iter().flatten().find_map(|at| {
        let (rule, figure) = READER.read(at, scene)?;
        (figure.span.end >= unit.end).then_some((rule.name, figure))
    })
}

/// Returns where the figure before a unit may start: at the first number of a range, if there may be one, and at the number.
fn starts(text: &str, unit: usize, floor: usize) -> Option<(Option<usize>, usize)> {
    let mut edge = floor.max(unit.saturating_sub(REACH));
    while !text.is_char_boundary(edge) {
        edge += 1;
    }
    let before = &text[edge..unit];
    let before = before.strip_suffix(' ').unwrap_or(before);
    let before = before.strip_suffix(' ').unwrap_or(before);
    let before = before.strip_suffix("điểm").map_or(before, str::trim_end);
    let before = before.strip_suffix('(').map_or(before, |number| number.strip_suffix(' ').unwrap_or(number));
    if !before.ends_with(|c: char| c.is_ascii_digit()) {
        return spelled(before).map(|at| (None, edge + at));
    }
    let number = number_start(before);
    let mut left = before[..number].trim_end_matches(' ');
    let dashed = left.trim_end_matches(['-', '‐', '‑', '–', '—', '−', '~']);
    let joined = if dashed.len() < left.len() {
        left = dashed;
        true
    } else if let Some(rest) = left.strip_suffix("đến").or_else(|| left.strip_suffix("tới")) {
        left = rest;
        true
    } else {
        false
    };
    if !joined {
        return Some((None, edge + number));
    }
    let left = left.trim_end_matches(' ');
    let left = left.strip_suffix("/năm").unwrap_or(left);
    let left =
        left.strip_suffix(['%', '‰']).or_else(|| left.strip_suffix("phần trăm")).unwrap_or(left).trim_end_matches(' ');
    let wide = left.ends_with(|c: char| c.is_ascii_digit()).then(|| edge + number_start(left));
    Some((wide, edge + number))
}

/// Returns where the digits at the end of a text start.
fn number_start(text: &str) -> usize {
    let at = text.bytes().rposition(|b| !b.is_ascii_digit() && b != b'.' && b != b',').map_or(0, |at| at + 1);
    at + text[at..].bytes().take_while(|b| !b.is_ascii_digit()).count()
}

/// Returns where the number words at the end of a text start.
fn spelled(text: &str) -> Option<usize> {
    let mut start = text.len();
    let mut end = text.len();
    loop {
        // `2% (hai phần trăm)`.
        let word = text[..end].rfind([' ', '(']).map_or(0, |at| at + 1);
        if !NUMBER_WORDS.contains(&&text[word..end]) && !capital_number(&text[word..end]) {
            break;
        }
        start = word;
        if word == 0 || text[..word].ends_with('(') {
            break;
        }
        end = word - 1;
    }
    // A figure begins with a number, not with what joins two of them.
    while let Some(rest) = JOINERS.iter().find_map(|joiner| text[start..].strip_prefix(joiner)) {
        start = text.len() - rest.trim_start().len();
    }
    (start < text.len()).then_some(start)
}

/// Says whether a word is a number word that begins a sentence.
fn capital_number(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && NUMBER_WORDS.contains(&word.to_lowercase().as_str())
}

/// Words that stand inside a number in words, and those that join two of them.
const NUMBER_WORDS: &[&str] = &[
    "mươi", "năm", "trăm", "một", "hai", "ba", "mười", "bốn", "sáu", "bảy", "bẩy", "tám", "chín", "lăm", "mốt", "tư",
    "không", "linh", "lẻ", "phẩy", "chục", "nghìn", "ngàn", "rưỡi", "nửa", "đến", "tới", "-", "–", "phần",
];

/// Words that join the two numbers of a range.
const JOINERS: &[&str] = &["đến", "tới", "-", "–", "phần trăm", "phần"];

fn digits(found: &Groups<'_>, at: usize, scene: &ArticleText<'_>, unit: Unit) -> Option<Figure> {
    let text = scene.text;
    let all = found.get(0)?;
    let end = at + all.end();
    // `20` of a percent-encoded address: two hexadecimal digits follow and nothing parts them.
    let escaped =
        text.as_bytes()[end..].iter().take(2).filter(|b| b.is_ascii_digit() || (b'A'..=b'F').contains(b)).count() == 2;
    if escaped && text[..end].ends_with('%') {
        return None;
    }
    let before = text[..at].chars().next_back();
    let first = found.get(1)?;
    if let Some(second) = found.get(2) {
        let (low, high) = (parse_decimal(first.as_str())?, parse_decimal(second.as_str())?);
        // A year, a date, a plan's number before a dash is no lower end; and ranges rise.
        if before.is_some_and(|c| matches!(c, '/' | '-' | '–' | '.' | ',') || c.is_alphabetic())
            || low >= high
            || low >= 1900.0
        {
            return None;
        }
        return Some(Figure { low, high, unit, span: at..end, range: true });
    }
    if before == Some('/') {
        return None;
    }
    let (value, skip) = lenient(first.as_str())?;
    Some(Figure { low: value, high: value, unit, span: at + skip..end, range: false })
}

/// Reads digits; when they are no number (`2.Trên`, `1.2.3,5`) the longest end of them that is one.
fn lenient(text: &str) -> Option<(f64, usize)> {
    let mut skip = 0;
    loop {
        if let Some(value) = parse_decimal(&text[skip..]) {
            return Some((value, skip));
        }
        skip += text[skip..].find(['.', ','])? + 1;
    }
}

fn words(found: &Groups<'_>, at: usize, scene: &ArticleText<'_>) -> Option<Figure> {
    let all = found.get(0)?;
    let (text, after) = (all.as_str(), &scene.text[at + all.end()..]);
    let unit = if text.contains("điểm ") {
        Unit::Points
    } else if text.ends_with('‰') || text.ends_with("nghìn") || text.ends_with("ngàn") {
        Unit::PerMille
    } else {
        Unit::Percent
    };
    if [" giây", " milimét", " mm"].iter().any(|measure| after.starts_with(measure)) {
        return None;
    }
    let before = &scene.text[..at];
    let year = text.starts_with("năm ")
        && ["mỗi ", "hàng ", "hằng ", "trong ", "từng ", "cả ", "một "].iter().any(|cue| before.ends_with(cue));
    if year {
        return None;
    }
    let low = parse_decimal_words(found.get(1)?.as_str())?;
    let high = found.get(2).map_or(Some(low), |second| parse_decimal_words(second.as_str()))?;
    Some(Figure { low, high, unit, span: at..at + all.end(), range: high > low })
        .filter(|figure| figure.low <= figure.high)
}
