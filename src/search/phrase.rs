//! Words beside one another as one reading: the phrase that they make, whichever command asks.
//!
//! Invariant: what is made here is shown in the canonical text, counted, ranked first and marked.

use super::lexer::Asked;
use super::parser::phrase;
use super::query::{Form, Part, Query, Term, Terms, Word};
use crate::index::analysis;

/// Phrases that abbreviations may make of one run of words; with more, they stand for themselves.
const MOST: usize = 16;

/// Says how a run of words reads.
pub enum Read<'a> {
    /// As one word, number or abbreviation.
    One(&'a Word),
    /// As parts that must all be there: the number of a document is no part of a phrase.
    Parts(Vec<Query>),
    /// As any of these phrases, of which there are at least two.
    Any(Vec<Query>),
}

/// Reads a run of words.
pub fn phrases(words: &[Word]) -> Read<'_> {
    if let [word] = words {
        return Read::One(word);
    }
    let is_number = |word: &Word| matches!(word, Word::Number(..));
    if words.iter().any(is_number) {
        let runs = words.chunk_by(|a, b| !is_number(a) && !is_number(b));
        let runs = runs.filter(|run| !run.iter().all(Word::is_sign));
        return Read::Parts(runs.map(|run| Query::Words(run.to_vec())).collect());
    }
    // As in quotes: one diacritic that was typed asks for all.
    let accented = words.iter().any(|word| matches!(word, Word::Terms(terms) if has_marks(terms)));
    let choices: usize = words.iter().map(|word| forms(word, accented).len()).product();
    let mut rows: Vec<Vec<Term>> = vec![Vec::new()];
    for word in words {
        let mut forms = forms(word, accented);
        forms.truncate(if choices > MOST { 1 } else { usize::MAX });
        rows = rows.iter().flat_map(|row| forms.iter().map(|form| [&row[..], &form[..]].concat())).collect();
    }
    let form = if accented { Form::Exact } else { Form::Folded };
    let mut phrases: Vec<Query> = Vec::new();
    for terms in rows.into_iter().filter_map(trimmed) {
        let phrase = Query::Phrase(Terms { terms, form, part: Part::Text });
        if !phrases.contains(&phrase) {
            phrases.push(phrase);
        }
    }
    if phrases.len() == 1 { Read::Parts(phrases) } else { Read::Any(phrases) }
}

/// Returns the terms that a word of a run may stand for, with their diacritics or without.
fn forms(word: &Word, accented: bool) -> Vec<Vec<Term>> {
    match word {
        Word::Terms(terms) => vec![terms.terms.clone()],
        Word::Abbreviation(name, forms) => {
            let asked = if accented { Asked::Exact } else { Asked::Folded };
            let texts = std::iter::once(name.to_string()).chain(forms.iter().skip(1).map(Terms::words));
            texts.filter_map(|text| Some(phrase(&text, Some(asked))?.terms)).collect()
        }
        Word::Number(..) => Vec::new(),
    }
}

fn has_marks(terms: &Terms) -> bool {
    !terms.terms.iter().all(Term::is_folded)
}

/// Takes punctuation marks away at both ends, and reads what bare words part as a text has it: a mark said twice is one,
/// `5 %` a percentage. Nothing when there is no word.
pub fn trimmed(mut terms: Vec<Term>) -> Option<Vec<Term>> {
    let is_sign = |term: &Term| !analysis::is_word(term.text());
    terms.dedup_by(|next, term| match term {
        Term::Is(number) if next.text() == PERCENT && analysis::is_number(number) => {
            number.push('%');
            true
        }
        term => is_sign(term) && next == term,
    });
    // `a* *` says no more than `a*`.
    let is_star = |term: &Term| matches!(term, Term::Is(text) if text == STAR);
    let open = |at: usize| {
        at.checked_sub(1).is_some_and(|before| matches!(terms[before], Term::Begins(_)))
            || matches!(terms.get(at + 1), Some(Term::Ends(_)))
    };
    let kept: Vec<bool> = terms.iter().enumerate().map(|(at, term)| !(is_star(term) && open(at))).collect();
    let mut kept = kept.into_iter();
    terms.retain(|_| kept.next().unwrap_or(true));
    terms.truncate(terms.iter().rposition(|term| !is_sign(term))? + 1);
    terms.drain(..terms.iter().position(|term| !is_sign(term))?);
    Some(terms)
}

/// The term of a `%` that stands by itself.
const PERCENT: &str = "\u{1}%";
/// The term of a `*` that stands by itself.
pub const STAR: &str = "\u{1}*";

/// Takes runs of words apart: every word by itself must be there. `None` when there is no run to take apart.
pub fn apart(query: &Query) -> Option<Query> {
    let list = |queries: &[Query], of: fn(Vec<Query>) -> Query| {
        let parts: Vec<_> = queries.iter().map(apart).collect();
        let any = parts.iter().any(Option::is_some);
        any.then(|| of(parts.into_iter().zip(queries).map(|(part, whole)| part.unwrap_or(whole.clone())).collect()))
    };
    match query {
        Query::Words(words) if words.len() > 1 => {
            let words = words.iter().filter(|word| !word.is_sign());
            Some(Query::And(words.map(|word| Query::Words(vec![word.clone()])).collect()))
        }
        Query::And(queries) => list(queries, Query::And),
        Query::Or(queries) => list(queries, Query::Or),
        Query::Not(query) => apart(query).map(|query| Query::Not(Box::new(query))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::search::parse;

    #[test]
    fn a_star_beside_an_open_word_says_nothing_more() {
        for (text, canonical) in [
            ("nghị*\n*࡞ quyết", "\"nghị* ࡞ quyết\""),
            ("\"nghị* * quyết\"", "\"nghị* quyết\""),
            ("\"mía * *inh\"", "\"mía *inh\""),
        ] {
            let query = parse(text, true).expect("a query").to_string();
            assert_eq!(query, canonical, "{text}");
            assert_eq!(parse(&query, true).expect("a query").to_string(), canonical, "reads back");
        }
    }
}
