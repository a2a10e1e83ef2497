//! Vietnamese numbers: decimal comma, thousands with dots, and number words.

/// Reads digits as Vietnamese newspapers print them.
///
/// The comma is the decimal mark and the dot parts thousands (`1.240,5`); a dot with one or two digits after it is a
/// decimal point (`96.97`), with a leading zero always (`0.345`), with exactly three digits it parts thousands. English
/// print is understood where it cannot be Vietnamese (`1,234,567`, `1,123.56`).
///
/// ```
/// use baotinh::text::number::parse_decimal;
///
/// assert_eq!(parse_decimal("1.240,5"), Some(1240.5));
/// assert_eq!(parse_decimal("96.97"), Some(96.97));
/// assert_eq!(parse_decimal("tám"), None);
/// ```
pub fn parse_decimal(text: &str) -> Option<f64> {
    let dots = text.bytes().filter(|&b| b == b'.').count();
    let commas = text.bytes().filter(|&b| b == b',').count();
    if text.is_empty()
        || !text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',')
        || !text.starts_with(|c: char| c.is_ascii_digit())
        || !text.ends_with(|c: char| c.is_ascii_digit())
    {
        return None;
    }
    // What is left after the marks: thousands gone, the decimal mark a point.
    let (thousands, decimal) = match (dots, commas) {
        (0, 0) => (None, None),
        (0, 1) => (None, Some(',')),
        (0, _) => (Some(','), None),
        (1, 0) => {
            let (whole, fraction) = text.split_once('.')?;
            if fraction.len() == 3 && whole != "0" && whole.len() <= 3 { (Some('.'), None) } else { (None, Some('.')) }
        }
        (_, 0) => (Some('.'), None),
        _ if text.rfind(',') > text.rfind('.') => (Some('.'), Some(',')),
        _ => (Some(','), Some('.')),
    };
    let (whole, fraction) = match decimal {
        Some(mark) => text.rsplit_once(mark)?,
        None => (text, ""),
    };
    if fraction.len() > MAX_DIGITS || whole.len() > MAX_DIGITS || thousands.is_some_and(|mark| !grouped(whole, mark)) {
        return None;
    }
    let mut plain = String::with_capacity(text.len());
    plain.extend(whole.chars().filter(|&c| Some(c) != thousands));
    plain.push('.');
    plain.push_str(fraction);
    plain.parse().ok()
}

/// Digits that a printed number may have on one side of its decimal mark.
const MAX_DIGITS: usize = 40;

/// Says whether a whole number is parted into groups of three digits.
fn grouped(text: &str, mark: char) -> bool {
    let mut groups = text.split(mark);
    groups.next().is_some_and(|first| (1..=3).contains(&first.len()))
        && groups.all(|group| group.len() == 3 && group.bytes().all(|b| b.is_ascii_digit()))
}

/// Reads a number in words that may have a fraction: `ba mươi lăm phẩy hai`, `năm rưỡi`, `nửa`, `mấy chục` not.
pub fn parse_decimal_words(text: &str) -> Option<f64> {
    if text.eq_ignore_ascii_case("nửa") {
        return Some(0.5);
    }
    if let Some((whole, fraction)) = text.split_once(" phẩy ") {
        let mut value = f64::from(parse_words(whole)?);
        let mut step = 0.1;
        // `phẩy hai mươi lăm` is read as 25 hundredths, `phẩy không năm` digit by digit.
        match parse_words(fraction).filter(|&n| n >= 10) {
            Some(digits) => value += f64::from(digits) / 10f64.powi(digits.to_string().len() as i32),
            None => {
                for word in fraction.split_whitespace() {
                    value += f64::from(digit(&word.to_lowercase())?) * step;
                    step /= 10.0;
                }
            }
        }
        return Some((value * 1e6).round() / 1e6);
    }
    match text.strip_suffix(" rưỡi") {
        Some(whole) => Some(f64::from(parse_words(whole)?) + 0.5),
        None => parse_words(text).map(f64::from),
    }
}

/// Reads a whole number in words, folded or not: `hai mươi mốt`, `một trăm linh năm`, `mười lăm`, `rưỡi` not included.
pub fn parse_words(text: &str) -> Option<u32> {
    let (mut total, mut part, mut previous) = (0u32, 0u32, String::new());
    for word in text.split_whitespace() {
        let word = word.to_lowercase();
        match word.as_str() {
            "linh" | "lẻ" => {}
            "mười" => part += 10,
            "hăm" => part += 20,
            // `trăm hai mươi`: the digit before becomes tens, the hundreds stay.
            "mươi" => part = part / 100 * 100 + (part % 10).max(1) * 10,
            "chục" => part = part.max(1) * 10,
            "trăm" if previous == "không" => {}
            "trăm" => part = part.max(1) * 100,
            "nghìn" | "ngàn" => {
                total += part.max(1) * 1000;
                part = 0;
            }
            word => {
                let digit = digit(word)?;
                part = match part % 10 {
                    0 => part + digit,
                    // `chín trăm bốn lăm`: tens without their word, before a form of a digit that only follows tens.
                    tens @ 2.. if matches!(word, "mốt" | "tư" | "lăm") && part / 10 % 10 == 0 => {
                        part - tens + tens * 10 + digit
                    }
                    // Two digits in a row are no number.
                    _ => return None,
                };
            }
        }
        previous = word;
    }
    (!previous.is_empty()).then_some(total + part)
}

/// Reads one digit word.
fn digit(word: &str) -> Option<u32> {
    Some(match word {
        "không" => 0,
        "một" | "mốt" => 1,
        "hai" => 2,
        "ba" => 3,
        "bốn" | "tư" => 4,
        "năm" | "lăm" => 5,
        "sáu" => 6,
        "bảy" | "bẩy" => 7,
        "tám" => 8,
        "chín" => 9,
        _ => return None,
    })
}

/// Reads a Roman numeral in capitals, up to 3,999: `XV` is 15.
pub fn parse_roman(text: &str) -> Option<u32> {
    let value = |c| {
        Some(match c {
            'I' => 1,
            'V' => 5,
            'X' => 10,
            'L' => 50,
            'C' => 100,
            'D' => 500,
            'M' => 1000,
            _ => return None,
        })
    };
    let digits: Vec<u32> = text.chars().map(value).collect::<Option<_>>()?;
    let number = digits.iter().enumerate().fold(0i64, |sum, (i, &d)| {
        if digits.get(i + 1).is_some_and(|&next| next > d) { sum - i64::from(d) } else { sum + i64::from(d) }
    });
    let number = u32::try_from(number).ok().filter(|&n| n > 0)?;
    (roman(number) == text).then_some(number)
}

/// Writes a Roman numeral.
pub fn roman(mut number: u32) -> String {
    const STEPS: &[(u32, &str)] = &[
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut text = String::new();
    for &(value, letters) in STEPS {
        while number >= value {
            text.push_str(letters);
            number -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_read_as_newspapers_print_them() {
        for (text, value) in [
            ("0,34", 0.34),
            ("1.240", 1240.0),
            ("1.240,5", 1240.5),
            ("96.97", 96.97),
            ("0.345", 0.345),
            ("13.6", 13.6),
            ("1,234,567", 1234567.0),
            ("1,123.56", 1123.56),
            ("100", 100.0),
            ("818,303", 818.303),
        ] {
            assert_eq!(parse_decimal(text), Some(value), "{text}");
        }
        for text in ["", "1.", ",5", "1.2.3", "1,2,3", "a"] {
            assert_eq!(parse_decimal(text), None, "{text}");
        }
    }

    #[test]
    fn words_are_read() {
        for (text, value) in [
            ("một", 1),
            ("mười", 10),
            ("mười lăm", 15),
            ("hai mươi", 20),
            ("hai mươi mốt", 21),
            ("Ba mươi tư", 34),
            ("một trăm linh năm", 105),
            ("hai nghìn không trăm hai mươi", 2020),
            ("chín mươi chín", 99),
            ("hăm ba", 23),
            ("một nghìn chín trăm bốn lăm", 1945),
            ("hai nghìn hai tư", 2024),
        ] {
            assert_eq!(parse_words(text), Some(value), "{text}");
        }
        for text in ["", "năm năm", "hai ba", "mười hai tư", "hộ nghèo"] {
            assert_eq!(parse_words(text), None, "{text}");
        }
    }

    #[test]
    fn fractions_are_read_in_words() {
        for (text, value) in [
            ("ba mươi lăm phẩy hai", 35.2),
            ("không phẩy không năm", 0.05),
            ("một phẩy hai mươi lăm", 1.25),
            ("năm rưỡi", 5.5),
            ("nửa", 0.5),
            ("bảy mươi", 70.0),
        ] {
            assert_eq!(parse_decimal_words(text), Some(value), "{text}");
        }
        assert_eq!(parse_decimal_words("năm phẩy"), None);
    }

    #[test]
    fn roman_numerals_go_round() {
        assert!((1..4000).all(|n| parse_roman(&roman(n)) == Some(n)));
        assert_eq!(parse_roman("IIX"), None);
        assert_eq!(parse_roman(""), None);
    }
}
