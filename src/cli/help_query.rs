//! `baotinh help-query`: the query language on one page.

use super::{Outcome, stdout};
use anyhow::Result;
use baotinh::search::value::FIELDS;
use std::io::Write;

/// Words, phrases and operators, with what they find.
const LANGUAGE: &[(&str, &str)] = &[
    ("hộ nghèo", "articles with both words; a word with diacritics finds just these diacritics"),
    ("ho ngheo", "a word without diacritics finds any: hộ, hồ, ho"),
    ("\"hộ nghèo\"", "the words in a row; without diacritics in the quotes with any"),
    ("=ban  =\"dan so\"", "just these letters: ban and not bàn, bạn"),
    ("~nghị  ~\"nghị quyết\"", "any diacritics, though some were typed"),
    ("nghi*  \"hộ ngh\"*", "words, or last words, that begin so"),
    ("01/2022/NQ-HĐND", "articles that cite this document, in any spelling of its number"),
    ("0,34%  0,34", "a percentage; a number, percentage or not"),
    ("UBND", "an abbreviation finds its words too (ủy ban nhân dân); =UBND and --no-expand do not"),
    ("a AND b  a b", "both"),
    ("a OR b", "either; AND binds before OR"),
    (
        "a NEAR/5 \"b c\"",
        "words or phrases with at most 5 syllables between them, in either order; NEAR alone is NEAR/5",
    ),
    ("NOT a", "articles without it"),
    ("(a OR b) c", "brackets"),
    ("*", "every article"),
];

/// Runs `baotinh help-query`.
pub fn run() -> Result<Outcome> {
    let mut out = stdout();
    writeln!(out, "The query language. Tone placement does not matter (hòa, hoà), nor does NFC or NFD.\n")?;
    for (example, meaning) in LANGUAGE {
        row(&mut out, example, meaning)?;
    }
    writeln!(out, "\nFields, with a value directly behind the colon, in quotes when it has blanks:\n")?;
    for (_, meaning, example) in FIELDS {
        row(&mut out, example, meaning)?;
    }
    writeln!(
        out,
        "\nConditions on citations beside one another (cites, type, issuer) are of one citation, those on percentages\n\
         (pct, indicator) of one percentage: pct:>=70 indicator:\"hộ nghèo\".\n\n\
         Every query has a canonical text, shown with its results, that finds the same articles. Search ranks by score:\n\
         articles that lack some of the words are among its hits, and are marked. Counts, concordances and exports hold only\n\
         articles with all the words."
    )?;
    out.flush()?;
    Ok(Outcome::Done)
}

fn row(out: &mut impl Write, example: &str, meaning: &str) -> Result<()> {
    let blanks = 32usize.saturating_sub(example.chars().count()).max(2);
    writeln!(out, "  {example}{:blanks$}{meaning}", "")?;
    Ok(())
}
