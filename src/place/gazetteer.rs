//! Districts and communes, before and since 1 July 2025, by name.
//!
//! Source of the three tables: the package `vietnam-provinces` of PyPI, versions 0.6.0 and 2025.10.1, which carry over the
//! list of the General Statistics Office; districts dissolved before 2025 by hand (`scripts/gazetteer` makes all three).

use super::{Province, find};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Holds a district, town or city of a province: abolished on 1 July 2025.
#[derive(Debug, PartialEq, Eq)]
pub struct District {
    /// Name without its type word; that of a numbered district with it: `Quận 1`.
    pub name: &'static str,
    /// Type word it had last: `huyện`, `quận`, `thị xã`, `thành phố`.
    pub kind: &'static str,
    /// Its province.
    pub province: &'static Province,
}

/// Holds a commune, ward, township or special zone.
#[derive(Debug, PartialEq, Eq)]
pub struct Commune {
    /// Name without its type word; that of a numbered ward with it: `Phường 5`.
    pub name: &'static str,
    /// Type word: `xã`, `phường`, `thị trấn`, `đặc khu`.
    pub kind: &'static str,
    /// Its district; `None` for the communes since 1 July 2025.
    pub district: Option<&'static str>,
    /// Name of its province in its time.
    pub province: &'static str,
}

type ByName<T> = HashMap<String, Vec<T>>;

static DISTRICTS: LazyLock<ByName<District>> = LazyLock::new(|| {
    by_name(include_str!("districts.tsv"), |row| match row {
        [name, kind, province] => Some((*name, District { name, kind, province: find(province)? })),
        _ => None,
    })
});

static SINCE: LazyLock<ByName<Commune>> = LazyLock::new(|| {
    by_name(include_str!("communes.tsv"), |row| match row {
        [name, kind, province] => Some((*name, Commune { name, kind, district: None, province })),
        _ => None,
    })
});

static BEFORE: LazyLock<ByName<Commune>> = LazyLock::new(|| {
    by_name(include_str!("communes-before.tsv"), |row| match row {
        [name, kind, district, province] => Some((*name, Commune { name, kind, district: Some(district), province })),
        _ => None,
    })
});

/// Reads a table with a head line into lists by name.
fn by_name<T>(table: &'static str, read: impl Fn(&[&'static str]) -> Option<(&'static str, T)>) -> ByName<T> {
    let mut found: ByName<T> = HashMap::new();
    for line in table.lines().skip(1) {
        let row: Vec<&'static str> = line.split('\t').collect();
        if let Some((name, unit)) = read(&row) {
            found.entry(spelled(name)).or_default().push(unit);
        }
    }
    found
}

/// Returns the districts of a name, in any case and tone placement; a name that several provinces have gives several.
///
/// ```
/// let found = baotinh::place::gazetteer::districts("Châu Thành");
/// assert!(found.len() > 5, "one name, many provinces");
/// ```
pub fn districts(name: &str) -> &'static [District] {
    DISTRICTS.get(&spelled(name)).map_or(&[], Vec::as_slice)
}

/// Returns the communes of a name since 1 July 2025.
pub fn communes(name: &str) -> &'static [Commune] {
    SINCE.get(&spelled(name)).map_or(&[], Vec::as_slice)
}

/// Returns the communes of a name as they were at the end of 2024.
pub fn former_communes(name: &str) -> &'static [Commune] {
    BEFORE.get(&spelled(name)).map_or(&[], Vec::as_slice)
}

/// Writes a name as the tables are looked up: lower case, one tone placement (`hoà` is `hòa`), plain dashes and apostrophes.
pub fn spelled(name: &str) -> String {
    let mut spelled = String::with_capacity(name.len());
    let mut letters = name.chars().flat_map(char::to_lowercase).peekable();
    let mut before = ' ';
    while let Some(letter) = letters.next() {
        let open = letters.peek().is_none_or(|next| !next.is_alphabetic());
        match toned(before, letter).filter(|_| open) {
            // `quý` has its tone on the vowel already: the `u` is of the onset.
            Some(pair) if !(before == 'u' && spelled.ends_with("qu")) => {
                spelled.pop();
                spelled.push_str(pair);
            }
            _ => match letter {
                '’' | '‘' => spelled.push('\''),
                '–' | '‐' | '-' => {
                    spelled.truncate(spelled.trim_end().len());
                    spelled.push('-');
                    while letters.next_if_eq(&' ').is_some() {}
                }
                letter => spelled.push(letter),
            },
        }
        before = letter;
    }
    spelled
}

/// Moves the tone of `oà`, `oè`, `uý` to the first of the two vowels, as most print has it.
fn toned(first: char, second: char) -> Option<&'static str> {
    const PAIRS: &[(char, char, &str)] = &[
        ('o', 'à', "òa"),
        ('o', 'á', "óa"),
        ('o', 'ả', "ỏa"),
        ('o', 'ã', "õa"),
        ('o', 'ạ', "ọa"),
        ('o', 'è', "òe"),
        ('o', 'é', "óe"),
        ('o', 'ẻ', "ỏe"),
        ('o', 'ẽ', "õe"),
        ('o', 'ẹ', "ọe"),
        ('u', 'ỳ', "ùy"),
        ('u', 'ý', "úy"),
        ('u', 'ỷ', "ủy"),
        ('u', 'ỹ', "ũy"),
        ('u', 'ỵ', "ụy"),
    ];
    PAIRS.iter().find(|(one, two, _)| *one == first && *two == second).map(|(.., pair)| *pair)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_tables_is_read() {
        let rows = |table: &str| table.lines().count() - 1;
        let units = |sizes: &mut dyn Iterator<Item = usize>| sizes.sum::<usize>();
        assert_eq!(units(&mut DISTRICTS.values().map(Vec::len)), rows(include_str!("districts.tsv")));
        assert_eq!(units(&mut SINCE.values().map(Vec::len)), 3321);
        assert_eq!(units(&mut BEFORE.values().map(Vec::len)), rows(include_str!("communes-before.tsv")));
        for commune in SINCE.values().flatten().chain(BEFORE.values().flatten()) {
            let known = find(commune.province).is_some_and(|p| p.old == commune.province || p.new == commune.province);
            assert!(known, "{}: {}", commune.name, commune.province);
        }
    }

    #[test]
    fn a_name_that_several_provinces_have_gives_several() {
        let of = |name| districts(name).iter().map(|district| district.province.old).collect::<Vec<_>>();
        assert_eq!(of("Văn Bàn"), ["Lào Cai"]);
        assert_eq!(of("Tam Nông"), ["Phú Thọ", "Đồng Tháp"]);
        assert_eq!(of("HÒA VANG"), ["Đà Nẵng"]);
        assert_eq!(of("Hoà Vang"), ["Đà Nẵng"]);
        assert_eq!(of("phan rang-tháp chàm"), ["Ninh Thuận"]);
        assert_eq!(of("Van Ban"), Vec::<&str>::new());
        assert!(former_communes("Tân Lập").len() > 1 && communes("Bắc Hà").iter().any(|c| c.province == "Lào Cai"));
    }

    #[test]
    fn one_spelling_has_one_tone_placement() {
        for (name, key) in [("Hoà Bình", "hòa bình"), ("Thuỷ", "thủy"), ("Quý", "quý"), ("Hoàng Mai", "hoàng mai")]
        {
            assert_eq!(spelled(name), key);
        }
    }
}
