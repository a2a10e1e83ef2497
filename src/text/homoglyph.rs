//! Greek and Cyrillic letters that look like Latin ones and stand among them by mistake: `НĐND` with a Cyrillic Н.
//!
//! Invariant: only for symbols and acronyms; words of running text are left as they are printed.

use std::borrow::Cow;

/// Letters that look like a Latin one, in the order of code points.
const ALIKE: &[(char, char)] = &[
    ('Α', 'A'),
    ('Β', 'B'),
    ('Ε', 'E'),
    ('Ζ', 'Z'),
    ('Η', 'H'),
    ('Ι', 'I'),
    ('Κ', 'K'),
    ('Μ', 'M'),
    ('Ν', 'N'),
    ('Ο', 'O'),
    ('Ρ', 'P'),
    ('Τ', 'T'),
    ('Υ', 'Y'),
    ('Χ', 'X'),
    ('Ѕ', 'S'),
    ('І', 'I'),
    ('Ј', 'J'),
    ('А', 'A'),
    ('В', 'B'),
    ('Е', 'E'),
    ('К', 'K'),
    ('М', 'M'),
    ('Н', 'H'),
    ('О', 'O'),
    ('Р', 'P'),
    ('С', 'C'),
    ('Т', 'T'),
    ('У', 'Y'),
    ('Х', 'X'),
    ('а', 'a'),
    ('е', 'e'),
    ('о', 'o'),
    ('р', 'p'),
    ('с', 'c'),
    ('у', 'y'),
    ('х', 'x'),
];

/// Writes an acronym in Latin letters.
///
/// ```
/// assert_eq!(baotinh::text::homoglyph::latin("НĐND"), "HĐND");
/// ```
pub fn latin(acronym: &str) -> Cow<'_, str> {
    let look = |c: char| ALIKE.binary_search_by_key(&c, |&(strange, _)| strange).ok().map(|at| ALIKE[at].1);
    if acronym.chars().any(|c| !c.is_ascii() && look(c).is_some()) {
        Cow::Owned(acronym.chars().map(|c| look(c).unwrap_or(c)).collect())
    } else {
        Cow::Borrowed(acronym)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_look_latin_become_latin() {
        assert!(ALIKE.is_sorted());
        assert_eq!((latin("СV-UВND").as_ref(), latin("ΗĐΝD").as_ref()), ("CV-UBND", "HĐND"));
        assert!(matches!(latin("QĐ-UBND"), Cow::Borrowed("QĐ-UBND")));
    }
}
