//! The two languages of the pages, and how each writes numbers and days.

use jiff::civil::Date;

/// Names the languages of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Vietnamese.
    Vietnamese,
    /// English.
    English,
}

/// Holds a text in both languages; `{name}` stands for a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// In Vietnamese.
    pub vi: &'static str,
    /// In English.
    pub en: &'static str,
}

/// Holds the text of a count in both languages; `{n}` stands for the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// In Vietnamese, for every number.
    pub vi: &'static str,
    /// In English, for one.
    pub one: &'static str,
    /// In English, for every other number.
    pub many: &'static str,
}

impl Language {
    /// All of them.
    pub const ALL: [Language; 2] = [Language::Vietnamese, Language::English];

    /// Returns the code as in `lang` and in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Language::Vietnamese => "vi",
            Language::English => "en",
        }
    }

    /// Returns the language of a code.
    pub fn of(code: &str) -> Option<Language> {
        Language::ALL.into_iter().find(|language| language.code() == code)
    }

    /// Returns the other language.
    pub fn other(self) -> Language {
        match self {
            Language::Vietnamese => Language::English,
            Language::English => Language::Vietnamese,
        }
    }

    /// Returns the one of a header `Accept-Language` that is named first; Vietnamese when neither is.
    pub fn preferred(header: Option<&str>) -> Language {
        let tags = header.unwrap_or_default().split(',');
        tags.filter_map(|tag| Language::of(tag.trim().get(..2)?)).next().unwrap_or(Language::Vietnamese)
    }

    /// Writes a whole number: `26.281` or `26,281`.
    pub fn number(self, number: u64) -> String {
        let digits = number.to_string();
        let mut written = String::with_capacity(digits.len() + digits.len() / 3);
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                written.push(if self == Language::Vietnamese { '.' } else { ',' });
            }
            written.push(digit);
        }
        written
    }

    /// Writes a number with so many decimals at most.
    pub fn decimal(self, number: f64, decimals: usize) -> String {
        let text = format!("{:.decimals$}", number.abs());
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let fraction = fraction.trim_end_matches('0');
        let whole = whole.parse().map_or_else(|_| whole.to_string(), |whole| self.number(whole));
        let sign = if number < 0.0 && (whole != "0" || !fraction.is_empty()) { "−" } else { "" };
        let point = if self == Language::Vietnamese { ',' } else { '.' };
        if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}{point}{fraction}") }
    }

    /// Writes a day: `27/4/2024` or `27 April 2024`.
    pub fn day(self, day: Date) -> String {
        match self {
            Language::Vietnamese => format!("{}/{}/{}", day.day(), day.month(), day.year()),
            Language::English => {
                let month = MONTHS[usize::try_from(day.month() - 1).unwrap_or_default()];
                format!("{} {month} {}", day.day(), day.year())
            }
        }
    }

    /// Writes a month `2024-04` or a year `2024` as it is read.
    pub fn period(self, period: &str) -> String {
        match (self, period.split_once('-')) {
            (Language::Vietnamese, Some((year, month))) => format!("{}/{year}", month.trim_start_matches('0')),
            (Language::English, Some((year, month))) => {
                let name = month.parse().ok().and_then(|month: usize| MONTHS.get(month.wrapping_sub(1)));
                name.map_or_else(|| period.to_string(), |name| format!("{name} {year}"))
            }
            (_, None) => period.to_string(),
        }
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Words {
    /// Returns the text in a language.
    pub fn in_(self, language: Language) -> &'static str {
        match language {
            Language::Vietnamese => self.vi,
            Language::English => self.en,
        }
    }

    /// Returns the text in a language with values in the place of their names.
    pub fn with(self, language: Language, values: &[(&str, &str)]) -> String {
        filled(self.in_(language), values)
    }
}

impl Counted {
    /// Returns the text of a number.
    pub fn of(self, language: Language, number: u64) -> String {
        let text = match language {
            Language::Vietnamese => self.vi,
            Language::English if number == 1 => self.one,
            Language::English => self.many,
        };
        filled(text, &[("n", &language.number(number))])
    }
}

fn filled(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, behind)) = after.split_once('}') else { break };
        filled.push_str(before);
        filled.push_str(values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value));
        rest = behind;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_writes_numbers_and_days_its_own_way() {
        let (vi, en) = (Language::Vietnamese, Language::English);
        assert_eq!((vi.number(26281).as_str(), en.number(1_000_000).as_str()), ("26.281", "1,000,000"));
        assert_eq!((vi.decimal(-1234.5, 2), en.decimal(0.3, 2)), ("−1.234,5".to_string(), "0.3".to_string()));
        assert_eq!((vi.decimal(-0.001, 2), en.decimal(14.0, 2)), ("0".to_string(), "14".to_string()));
        let day = jiff::civil::date(2024, 4, 27);
        assert_eq!((vi.day(day), en.day(day)), ("27/4/2024".to_string(), "27 April 2024".to_string()));
        assert_eq!((vi.period("2024-04"), en.period("2024-04")), ("4/2024".to_string(), "April 2024".to_string()));
    }

    #[test]
    fn the_language_named_first_is_preferred() {
        assert_eq!(Language::preferred(Some("en-GB,en;q=0.9,vi;q=0.8")), Language::English);
        assert_eq!(Language::preferred(Some("fr, vi")), Language::Vietnamese);
        assert_eq!(Language::preferred(Some("é")), Language::Vietnamese);
        assert_eq!(Language::preferred(None), Language::Vietnamese);
    }
}
