//! The register of laws, codes and ordinances (`laws.toml`): which number a name with a year, or a name on a day, means.
//!
//! Invariant: every row's numbers, days and references are checked when the table is read; a wrong row names itself.

use super::identity::slug;
use anyhow::{Context, Result, bail, ensure};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// Holds one law, code or ordinance.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Law {
    /// Number as promulgated: `31/2024/QH15`.
    pub number: String,
    /// Name as promulgated, with its type word.
    pub name: String,
    /// Day of adoption.
    pub issued: Date,
    /// First day in force.
    pub force: Date,
    /// Numbers of the laws that it changes; empty for a law of its own.
    #[serde(default)]
    pub amends: Vec<String>,
}

impl Law {
    /// Returns the year of the number.
    pub fn year(&self) -> i16 {
        self.number.split('/').nth(1).and_then(|year| year.parse().ok()).unwrap_or_default()
    }

    /// Returns the number before the year.
    pub fn serial(&self) -> &str {
        self.number.split('/').next().unwrap_or_default()
    }

    /// Returns the type: `L`, `BL` or `PL`.
    pub fn type_(&self) -> &'static str {
        match &self.name {
            name if name.starts_with("Bộ luật") => "BL",
            name if name.starts_with("Pháp lệnh") => "PL",
            _ => "L",
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    laws: Vec<Law>,
    abbreviations: BTreeMap<String, String>,
    aliases: BTreeMap<String, String>,
    short: BTreeMap<String, String>,
}

/// Holds the register and finds laws in it.
pub struct Laws {
    laws: Vec<Law>,
    /// Laws of their own by the bare name, in the order of their first days in force.
    by_name: HashMap<String, Vec<usize>>,
    /// Amending laws by the bare name of what they change.
    amending: HashMap<String, Vec<usize>>,
    by_number: HashMap<(String, i16), usize>,
    abbreviations: BTreeMap<String, String>,
    aliases: BTreeMap<String, String>,
    /// Short forms by type and number as slugs, with year and issuer.
    short: HashMap<(String, String), (String, String)>,
}

/// Holds what the name of a law says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The name without type word, year and small words, as a slug; an ordinance keeps its type word.
    pub bare: String,
    /// Whether it is a law that amends the one of this name.
    pub amending: bool,
    /// The year that the name holds.
    pub year: Option<i16>,
}

static LAWS: LazyLock<Laws> = LazyLock::new(|| match read(include_str!("laws.toml")) {
    Ok(laws) => laws,
    Err(error) => unreachable!("laws.toml is checked by a test: {error:#}"),
});

/// Returns the register of the program.
pub fn laws() -> &'static Laws {
    &LAWS
}

/// Reads a register.
///
/// # Errors
/// Names the row that is wrong.
pub fn read(text: &str) -> Result<Laws> {
    let file: File = toml::from_str(text)?;
    let mut laws = Laws {
        laws: Vec::new(),
        by_name: HashMap::new(),
        amending: HashMap::new(),
        by_number: HashMap::new(),
        abbreviations: file.abbreviations,
        aliases: file.aliases,
        short: HashMap::new(),
    };
    for (form, number) in file.short {
        let wrong = || format!("{form:?} = {number:?}: a short form is TYPE NUMBER = NUMBER/YEAR/TYPE-ISSUER");
        let (type_, serial) = form.split_once(' ').with_context(wrong)?;
        let mut parts = number.split('/');
        let (_, year, symbol) = (parts.next(), parts.next().with_context(wrong)?, parts.next().with_context(wrong)?);
        let issuer = symbol.split_once('-').with_context(wrong)?.1;
        laws.short.insert((slug(type_), slug(serial)), (year.to_string(), slug(issuer)));
    }
    for law in file.laws {
        laws.add(law)?;
    }
    for place in 0..laws.laws.len() {
        for number in laws.laws[place].amends.clone() {
            let named = || format!("{} amends {number}, which has no row", laws.laws[place].number);
            let amended = laws.numbered(&number).with_context(named)?;
            let bare = laws.name(&amended.name).bare;
            laws.amending.entry(bare).or_default().push(place);
        }
    }
    let force = |place: &usize| laws.laws[*place].force;
    laws.by_name.values_mut().for_each(|places| places.sort_by_key(force));
    Ok(laws)
}

impl Laws {
    fn add(&mut self, law: Law) -> Result<()> {
        ensure!(law.year() > 1945, "{}: a number is NUMBER/YEAR/SYMBOL", law.number);
        ensure!(law.issued.year() == law.year(), "{}: adopted in another year than its number's", law.number);
        ensure!(law.force >= law.issued, "{}: in force before it was adopted", law.number);
        let key = (law.serial().to_string(), law.year());
        // Ordinances and laws have numbers of their own.
        let key = if law.type_() == "PL" { (format!("pl-{}", key.0), key.1) } else { key };
        if self.by_number.insert(key, self.laws.len()).is_some() {
            bail!("{} has two rows", law.number);
        }
        if law.amends.is_empty() {
            self.by_name.entry(self.name(&law.name).bare).or_default().push(self.laws.len());
        }
        self.laws.push(law);
        Ok(())
    }

    /// Returns the law of a number, whatever its session of the Assembly.
    pub fn numbered(&self, number: &str) -> Option<&Law> {
        let mut parts = number.split('/');
        let (serial, year, symbol) = (parts.next()?, parts.next()?.parse().ok()?, parts.next()?);
        let serial = if symbol.contains("UBTVQH") { format!("pl-{serial}") } else { serial.to_string() };
        self.by_number.get(&(serial, year)).map(|&place| &self.laws[place])
    }

    /// Reads the name of a law: `Luật Đất đai năm 2024`, `Luật sửa đổi Bộ luật Hình sự năm 2017`, `Luật BHXH`.
    pub fn name(&self, text: &str) -> Name {
        let mut words: Vec<String> = text
            .to_lowercase()
            .split([' ', ','])
            .filter(|word| !word.is_empty())
            .flat_map(|word| match self.abbreviations.get(word) {
                Some(full) => full.split([' ', ',']).map(str::to_string).collect(),
                None => vec![word.to_string()],
            })
            .filter(|word| !word.is_empty())
            .collect();
        let mut year = None;
        if let Some(last) = words.last().and_then(|word| word.parse::<i16>().ok()).filter(|year| *year > 1900) {
            year = Some(last);
            words.truncate(words.len() - 1);
            words.truncate(words.len() - usize::from(words.last().is_some_and(|word| word == "năm")));
        }
        let joined = words.join(" ");
        let amending = joined.contains("sửa đổi");
        let bare = bare(&joined);
        let bare =
            self.aliases.iter().find(|(alias, _)| self::bare(alias) == bare).map_or(bare, |(_, name)| self::bare(name));
        Name { bare, amending, year }
    }

    /// Returns the law of a name that has its year; an amending one when the name says so or no other has the year.
    pub fn of_year(&self, name: &Name) -> Option<&Law> {
        let year = name.year?;
        let one = |places: Option<&Vec<usize>>| {
            let mut found =
                places.into_iter().flatten().map(|&place| &self.laws[place]).filter(|law| law.year() == year);
            found.next().filter(|_| found.next().is_none())
        };
        let amending = || one(self.amending.get(&name.bare));
        if name.amending { amending() } else { one(self.by_name.get(&name.bare)).or_else(amending) }
    }

    /// Returns the law of a name in force from one day to another; none when that changed, or a new one was adopted.
    pub fn in_force(&self, bare: &str, from: Date, to: Date) -> Option<&Law> {
        let laws = self.by_name.get(bare)?;
        let law = laws.iter().map(|&place| &self.laws[place]).rev().find(|law| law.force <= from)?;
        // From half a year before its adoption on, the name may mean the new law, or its draft.
        let doubtful = |other: &Law| {
            let talked_of = other.issued.checked_sub(6.months()).unwrap_or(date(1, 1, 1));
            other.force > from && talked_of <= to
        };
        laws.iter().all(|&place| !doubtful(&self.laws[place])).then_some(law)
    }

    /// Says whether the register has a law of this name.
    pub fn knows(&self, bare: &str) -> bool {
        self.by_name.contains_key(bare)
    }

    /// Returns year and issuer of a document that its type and number, as slugs, say everywhere: `Thông tư 200`.
    pub fn short(&self, type_: &str, number: &str) -> Option<(&str, &str)> {
        let known = self.short.get(&(type_.to_string(), number.to_string()))?;
        Some((&known.0, &known.1))
    }

    /// Returns all rows, in the order of the table.
    pub fn rows(&self) -> &[Law] {
        &self.laws
    }
}

/// Reduces a name in lower case to what tells it from others.
fn bare(name: &str) -> String {
    let ordinance = name.contains("pháp lệnh");
    // `Luật sửa đổi, bổ sung một số điều của Luật X`, `Luật X sửa đổi`: the name is X, the first of several.
    let mut rest = name.replace(',', " ");
    for words in ["sửa đổi bổ sung", "sửa đổi", "bổ sung", "một số điều", "các luật", "(", ")"]
    {
        rest = rest.replace(words, " ");
    }
    let rest = rest.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut names = rest.split("luật ").map(|name| name.trim_end_matches("bộ ").trim()).filter(|name| {
        !name.trim_matches(|c: char| c == ' ').is_empty() && !["của", "bộ", "bộ luật", "các"].contains(name)
    });
    let first = names.next().unwrap_or_default();
    // The law on lawyers is called Luật Luật sư.
    let first = if first == "sư" { "luật sư" } else { first };
    let kept: Vec<&str> = first
        .split_whitespace()
        .filter(|word| !["của", "và", "ở", "pháp", "lệnh"].contains(word) || (*word == "pháp" && !ordinance))
        .collect();
    let slug = slug(&kept.join(" "));
    let slug = slug.strip_suffix("-viet-nam").unwrap_or(&slug);
    if ordinance { format!("phap-lenh-{slug}") } else { slug.to_string() }
}
