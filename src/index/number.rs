//! Document numbers as one term in every spelling.

use crate::text::{fold, normalize};

/// Returns the term that a document's number or name is found by, however it is spelt.
///
/// Folded runs of letters and digits joined by `/`, the first number without leading zeros: `01/2022/NQ-HĐND`,
/// `1/2022/nq-hdnd` and `01 / 2022/NQ–HĐND` are `1/2022/nq/hdnd`; `06-NQ/TU` and `06/NQ-TU` are `6/nq/tu`.
///
/// ```
/// use baotinh::index::number::key;
///
/// assert_eq!(key("01 / 2022/NQ–HĐND"), key("1/2022/nq-hdnd"));
/// ```
pub fn key(text: &str) -> String {
    let folded = fold(&normalize(text));
    let mut key = String::with_capacity(folded.len());
    for part in folded.split(|c: char| !(c.is_alphanumeric() || c == '.')).map(|part| part.trim_matches('.')) {
        if part.is_empty() {
            continue;
        }
        let part = if key.is_empty() && part.starts_with(|c: char| c.is_ascii_digit()) {
            part.trim_start_matches('0')
        } else {
            part
        };
        if !key.is_empty() {
            key.push('/');
        }
        key.push_str(if part.is_empty() { "0" } else { part });
    }
    key
}

/// Says whether text has the shape of a document's number: digits first, a `/`, and a symbol of letters: `06-NQ/TU`.
pub fn is_number(text: &str) -> bool {
    let mut parts = text.split(['/', '-', '‐', '‑', '–', '—', '−']).map(str::trim);
    let first = parts.next().unwrap_or("");
    let digits = first.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    // `19a/NQ-CP` and `66.25/2026/NQ-CP` are numbers too.
    first.len() - digits.len() <= 1
        && digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
        && text.contains('/')
        && parts.clone().any(|part| part.chars().filter(|c| c.is_alphabetic()).count() >= 2)
        && parts
            .all(|part| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || matches!(c, '&' | '.' | ',')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_number_meet() {
        for text in ["01/2022/NQ-HĐND", "1/2022/nq-hdnd", "01 / 2022/NQ–HĐND", "01/2022/NQ-HÐND", "01/2022/NQ-HĐND."]
        {
            assert_eq!(key(text), "1/2022/nq/hdnd", "{text}");
        }
        assert_eq!(key("06-NQ/TU"), key("06/NQ-TU"));
        assert_eq!(key("66.25/2026/NQ-CP"), "66.25/2026/nq/cp");
        assert_eq!(key("Luật Đất đai năm 2024"), "luat/dat/dai/nam/2024");
        assert_eq!(key(""), "");
    }

    #[test]
    fn numbers_are_told_from_dates_and_ratios() {
        for text in [
            "01/2022/NQ-HĐND",
            "20/NQ-HĐND",
            "06-NQ/TU",
            "202/2025/QH15",
            "60/CP",
            "19a/NQ-CP",
            "05/2013/TTLT-BTNMT-BNN&PTNT",
        ] {
            assert!(is_number(text), "{text}");
        }
        for text in ["31/8/2022", "50/53", "24/7", "KT-XH", "2020-2025", "xã/phường", "5/x", "Covid-19", "/", "1/"]
        {
            assert!(!is_number(text), "{text}");
        }
    }
}
