//! A query as tantivy runs it, in two ways: the articles it finds, and those a person should see first.

use super::excluded::Excluded;
use super::fact;
use super::near::NearQuery;
use super::phrase::{self, Read};
use super::query::{self, Condition, Days, Form, Name, Part, Query, Terms, Word};
use crate::article::PageKind;
use crate::index::Fields;
use crate::index::analysis;
use crate::index::document::midnight;
use crate::index::tokenizer::name_term;
use crate::place;
use std::collections::HashSet;
use std::ops::Bound;
use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery, Query as Tantivy, RangeQuery,
    RegexPhraseQuery, RegexQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

type Boxed = Box<dyn Tantivy>;

/// Weight of what stands in the title, on top of its weight in the text.
const TITLE_WEIGHT: f32 = 1.0;
/// Weight of the number of a document.
const NUMBER_WEIGHT: f32 = 10.0;

/// Makes the query that finds exactly the articles asked for: pages of another kind only when it asks for a kind.
pub fn articles(fields: &Fields, query: &Query) -> Boxed {
    only_articles(fields, query, strict(fields, query))
}

/// Makes the query of what both find, scored by the second.
pub fn both(found: Boxed, ranked: Boxed) -> Boxed {
    Box::new(BooleanQuery::intersection(vec![constant(found), ranked]))
}

/// Makes the query that ranks the articles; such as lack some of the words are among them.
pub fn best(fields: &Fields, query: &Query) -> Boxed {
    only_articles(fields, query, ranked(fields, query))
}

fn only_articles(fields: &Fields, query: &Query, found: Boxed) -> Boxed {
    if asks_kind(query) {
        return found;
    }
    let others = PageKind::ALL.into_iter().filter(|kind| *kind != PageKind::Article);
    let others = any(others.map(|kind| term(fields.kind, &name_term(kind.name()))).collect());
    Box::new(BooleanQuery::new(vec![(Occur::Must, found), (Occur::MustNot, Box::new(Excluded(others)))]))
}

fn asks_kind(query: &Query) -> bool {
    match query {
        Query::Condition(Condition::Name(Name::Kind, _)) => true,
        Query::And(queries) | Query::Or(queries) => queries.iter().any(asks_kind),
        Query::Not(query) => asks_kind(query),
        _ => false,
    }
}

/// Makes the query that finds what a part of a query asks for, without scores.
fn strict(fields: &Fields, query: &Query) -> Boxed {
    match query {
        Query::All => Box::new(AllQuery),
        Query::Words(words) => match phrase::phrases(words) {
            Read::One(word) => strict_word(fields, word),
            Read::Parts(parts) => all(parts.iter().map(|part| strict(fields, part)).collect()),
            Read::Any(phrases) => any(phrases.iter().map(|phrase| strict(fields, phrase)).collect()),
        },
        Query::Phrase(terms) => sequence(fields, terms),
        Query::Near(one, other, distance) => {
            let row = |terms: &Terms| {
                terms.terms.iter().map(|term| Term::from_field_text(field(fields, terms), term.text())).collect()
            };
            Box::new(NearQuery { rows: [row(one), row(other)], distance: *distance })
        }
        Query::Condition(condition) => self::condition(fields, condition),
        Query::And(queries) => and(fields, queries, None),
        Query::Or(queries) => any(queries.iter().map(|query| strict(fields, query)).collect()),
        Query::Not(query) => not(strict(fields, query)),
    }
}

/// Makes the query that ranks: words beside one another may be missing, all else must hold.
fn ranked(fields: &Fields, query: &Query) -> Boxed {
    match query {
        Query::And(queries) => and(fields, queries, Some(&ranked)),
        Query::Words(_) | Query::Phrase(_) | Query::Near(..) => and(fields, std::slice::from_ref(query), Some(&ranked)),
        Query::Or(queries) => any(queries.iter().map(|query| ranked(fields, query)).collect()),
        Query::Not(_) | Query::All | Query::Condition(_) => constant(strict(fields, query)),
    }
}

/// Adds the words that a part of a query is scored by; says whether that is all there is to the part.
///
/// The words of a quotation score as they would without the quotes, which only make a condition of them.
fn scored(query: &Query, run: &mut Vec<Word>) -> bool {
    let mut row = |terms: &Terms| {
        let words = terms.terms.iter().filter(|term| matches!(term, query::Term::Is(_)));
        run.extend(words.map(|term| Word::Terms(Terms { terms: vec![term.clone()], ..terms.clone() })));
    };
    match query {
        Query::Phrase(terms) if terms.part == Part::Text => row(terms),
        Query::Near(one, other, _) => [one, other].into_iter().for_each(row),
        Query::Words(words) => {
            run.extend(words.iter().cloned());
            return true;
        }
        _ => {}
    }
    false
}

/// Scores a run of words: exact and folded terms and folded pairs, in the text and again in the title.
fn score_words(fields: &Fields, words: &[Word]) -> Vec<Boxed> {
    // Beside a word with diacritics one without is taken as it is too; should it lack its own, its folded pairs make good.
    let accented = words.iter().any(|word| matches!(word, Word::Terms(terms) if terms.form == Form::Exact));
    let mut scores: Vec<Boxed> = Vec::new();
    // What is said twice in a query is not sought twice as much.
    let mut added = HashSet::new();
    let mut add = |field: Field, text: &str, weight: f32| {
        if added.insert((field, text.to_string())) {
            scores.push(weighted(field, text, weight));
        }
    };
    let mut before: Option<String> = None;
    for word in words {
        let Word::Terms(terms) = word else {
            before = None;
            continue;
        };
        let (term, folded) = (terms.terms[0].text(), analysis::fold_form(terms.terms[0].text()));
        if word.is_sign() || !terms.is_plain() {
            before = None;
            continue;
        }
        let (text, title) =
            if accented { (fields.text_exact, fields.title_exact) } else { (fields.text_folded, fields.title_folded) };
        add(text, term, 1.0);
        add(title, term, TITLE_WEIGHT);
        if let Some(before) = &before {
            let pair = format!("{before} {folded}");
            add(fields.text_pairs, &pair, 1.0);
            add(fields.title_pairs, &pair, TITLE_WEIGHT);
        }
        before = Some(folded);
    }
    for word in words {
        match word {
            Word::Number(..) => scores.push(Box::new(BoostQuery::new(strict_word(fields, word), NUMBER_WEIGHT))),
            Word::Abbreviation(..) => scores.push(strict_word(fields, word)),
            Word::Terms(terms) if !terms.is_plain() => scores.push(strict_word(fields, word)),
            Word::Terms(_) => {}
        }
    }
    scores
}

fn weighted(field: Field, text: &str, weight: f32) -> Boxed {
    let query = TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs);
    if weight == 1.0 { Box::new(query) } else { Box::new(BoostQuery::new(Box::new(query), weight)) }
}

fn strict_word(fields: &Fields, word: &Word) -> Boxed {
    match word {
        Word::Terms(terms) => sequence(fields, terms),
        Word::Abbreviation(_, forms) => any(forms.iter().map(|terms| sequence(fields, terms)).collect()),
        Word::Number(key, _) => term(fields.number, key),
    }
}

/// Finds terms in a row.
fn sequence(fields: &Fields, terms: &Terms) -> Boxed {
    let field = field(fields, terms);
    match &terms.terms[..] {
        [] => Box::new(EmptyQuery),
        [query::Term::Is(term)] => weighted(field, term, 1.0),
        [term] => match RegexQuery::from_pattern(&pattern(term), field) {
            Ok(query) => Box::new(query),
            // What is escaped is a pattern; one that is not would find nothing.
            Err(_) => Box::new(EmptyQuery),
        },
        row if terms.is_plain() => {
            Box::new(PhraseQuery::new(row.iter().map(|term| Term::from_field_text(field, term.text())).collect()))
        }
        row => {
            let mut query = RegexPhraseQuery::new(field, row.iter().map(pattern).collect());
            query.set_max_expansions(u32::MAX);
            Box::new(query)
        }
    }
}

/// Returns the pattern of what is asked of a term.
fn pattern(term: &query::Term) -> String {
    match term {
        query::Term::Is(text) => escaped(text),
        query::Term::Begins(text) => format!("{}.*", escaped(text)),
        query::Term::Ends(text) => format!(".*{}", escaped(text)),
    }
}

fn escaped(term: &str) -> String {
    // A bar before another sign, `\<`, has a meaning of its own.
    let is_special = |c: char| r"\.+*?()|[]{}^$#&-~".contains(c);
    term.chars().flat_map(|c| is_special(c).then_some('\\').into_iter().chain([c])).collect()
}

/// Returns the field that holds terms of this form in this part.
fn field(fields: &Fields, terms: &Terms) -> Field {
    match (terms.part, terms.form) {
        (Part::Text, Form::Exact) => fields.text_exact,
        (Part::Text, Form::Folded) => fields.text_folded,
        (Part::Title, Form::Exact) => fields.title_exact,
        (Part::Title, Form::Folded) => fields.title_folded,
    }
}

fn term(field: Field, text: &str) -> Boxed {
    Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::Basic))
}

fn condition(fields: &Fields, condition: &Condition) -> Boxed {
    match condition {
        Condition::Name(name, value) => self::name(fields, *name, value),
        Condition::Id(id) => term(fields.id, id),
        Condition::Published(days) => self::days(fields.date, days),
        Condition::Cites(document) => any(document.keys.iter().map(|key| term(fields.cite_key, key)).collect()),
        Condition::Type(_)
        | Condition::Issuer(_)
        | Condition::Percent(..)
        | Condition::Indicator(_)
        | Condition::Mentions(_) => fact::query(std::slice::from_ref(&condition)),
    }
}

fn name(fields: &Fields, name: Name, value: &str) -> Boxed {
    let known = place::find(value);
    let find = |field, value: &str| term(field, &name_term(value));
    match name {
        Name::Source => any(vec![find(fields.source, value), find(fields.site, value)]),
        Name::Section => find(fields.section, value),
        Name::Author => find(fields.author, value),
        Name::Kind => find(fields.kind, value),
        Name::ProvinceOld => find(fields.province_old, known.map_or(value, |province| province.old)),
        // Today's name may be one that no province of before bears alone.
        Name::ProvinceNew => find(fields.province_new, known.map_or(value, |province| province.new)),
        Name::Province => {
            let mut found = vec![find(fields.province_old, known.map_or(value, |province| province.old))];
            if known.is_none_or(|province| province.old == province.new || name_term(province.new) == name_term(value))
            {
                found.push(find(fields.province_new, known.map_or(value, |province| province.new)));
            }
            any(found)
        }
    }
}

fn days(field: Field, days: &Days) -> Boxed {
    let bound = |day: Option<jiff::civil::Date>| {
        day.and_then(midnight)
            .map_or(Bound::Unbounded, |day| Bound::Included(Term::from_field_date_for_search(field, day)))
    };
    match (bound(days.from), bound(days.to)) {
        // Both ends open: any day will do.
        (Bound::Unbounded, Bound::Unbounded) => {
            let first = Term::from_field_date_for_search(field, tantivy::DateTime::MIN);
            Box::new(RangeQuery::new(Bound::Included(first), Bound::Unbounded))
        }
        (from, to) => Box::new(RangeQuery::new(from, to)),
    }
}

type Make<'a> = &'a dyn Fn(&Fields, &Query) -> Boxed;

/// Finds what all the parts find; conditions on one kind of mention are of one mention. Scores when `rank` is there.
fn and(fields: &Fields, queries: &[Query], rank: Option<Make>) -> Boxed {
    let (mut clauses, mut run): (Vec<(Occur, Boxed)>, Vec<Word>) = (Vec::new(), Vec::new());
    let joint = fact::joint(queries);
    clauses.extend(joint.iter().map(|group| (Occur::Must, constant(fact::query(group)))));
    for query in queries {
        match query {
            Query::Not(query) => clauses.push((Occur::MustNot, Box::new(Excluded(strict(fields, query))))),
            Query::Condition(condition) if joint.iter().flatten().any(|&one| std::ptr::eq(one, condition)) => {}
            query => match rank {
                None => clauses.push((Occur::Must, strict(fields, query))),
                Some(_) if scored(query, &mut run) => {}
                Some(_) if matches!(query, Query::Phrase(_) | Query::Near(..)) => {
                    clauses.push((Occur::Must, constant(strict(fields, query))));
                }
                Some(rank) => clauses.push((Occur::Must, rank(fields, query))),
            },
        }
    }
    if !run.is_empty() {
        let scores = any(score_words(fields, &run));
        if clauses.is_empty() {
            return scores;
        }
        clauses.push((Occur::Must, scores));
    }
    if !clauses.iter().any(|(occur, _)| *occur == Occur::Must) {
        clauses.push((Occur::Must, constant(Box::new(AllQuery))));
    }
    Box::new(BooleanQuery::new(clauses))
}

fn all(mut queries: Vec<Boxed>) -> Boxed {
    if queries.len() == 1 { queries.remove(0) } else { Box::new(BooleanQuery::intersection(queries)) }
}

fn any(mut queries: Vec<Boxed>) -> Boxed {
    match queries.len() {
        0 => Box::new(EmptyQuery),
        1 => queries.remove(0),
        _ => Box::new(BooleanQuery::union(queries)),
    }
}

fn not(query: Boxed) -> Boxed {
    Box::new(BooleanQuery::new(vec![(Occur::Must, Box::new(AllQuery)), (Occur::MustNot, Box::new(Excluded(query)))]))
}

/// Takes the score away from a condition: it holds or does not.
fn constant(query: Boxed) -> Boxed {
    Box::new(ConstScoreQuery::new(query, 0.0))
}
