//! Reads the query language. Every error points at a character.

use super::abbreviation;
use super::error::QueryError;
use super::lexer::{self, Asked, Kind, Token};
use super::phrase::{STAR, trimmed};
use super::query::{Form, Part, Query, Term, Terms, Word};
use super::value;
use crate::index::{analysis, number};
use crate::text::{fold, normalize};

/// Code points that a query may have.
const LONGEST: usize = 10_000;
/// Words and values that a query may have.
const MOST: usize = 500;
/// Syllables that NEAR may reach over: fewer than part title, lead and body in the index.
const FARTHEST: usize = 100;
/// Brackets within brackets that a query may have.
const DEEPEST: usize = 50;

/// Reads a query; `expand` says whether abbreviations stand for their words too.
///
/// # Errors
/// When it cannot be read: what is wrong, and at which character.
///
/// ```
/// let query = baotinh::search::parse("type:NQ AND (chè OR mía)", true).expect("a query");
/// assert!(query.to_string().contains("OR"));
/// assert!(baotinh::search::parse("(chè", true).is_err(), "an open bracket");
/// ```
pub fn parse(text: &str, expand: bool) -> Result<Query, QueryError> {
    let text = normalize(text);
    let fail = |at: usize, reason: String| Err(QueryError { query: text.to_string(), at, reason });
    if text.chars().count() > LONGEST {
        return fail(LONGEST, format!("a query has at most {LONGEST} characters"));
    }
    let tokens = lexer::tokens(&text)?;
    if let Some(token) = tokens.get(MOST) {
        return fail(token.at, format!("a query has at most {MOST} words"));
    }
    let mut parser = Parser { text: &text, tokens: &tokens, next: 0, depth: 0, expand };
    let query = parser.any_of()?;
    match parser.peek() {
        Some(token) => fail(token.at, "this bracket closes nothing".into()),
        None => match query {
            Some(query) => Ok(query),
            None => fail(0, "the query holds no word".into()),
        },
    }
}

/// Reads text as words alone, whatever signs it has in it.
pub fn parse_plain(text: &str, expand: bool) -> Query {
    let text = normalize(text);
    let mut words = Vec::new();
    for word in text.split_whitespace().take(MOST) {
        words.extend(self::word(word, expand));
    }
    closed(Query::Words(words)).unwrap_or(Query::Or(Vec::new()))
}

/// Ends a run of words: the punctuation marks around it go. `None` when nothing else is in it.
fn closed(query: Query) -> Option<Query> {
    let Query::Words(mut words) = query else { return Some(query) };
    words.truncate(words.iter().rposition(|word| !word.is_sign())? + 1);
    words.drain(..words.iter().position(|word| !word.is_sign())?);
    Some(Query::Words(words))
}

struct Parser<'a> {
    text: &'a str,
    tokens: &'a [Token],
    next: usize,
    depth: usize,
    expand: bool,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a Token> {
        self.tokens.get(self.next)
    }

    fn eat(&mut self, kind: &Kind) -> bool {
        let found = self.peek().is_some_and(|token| token.kind == *kind);
        self.next += usize::from(found);
        found
    }

    fn fail<T>(&self, at: usize, reason: impl Into<String>) -> Result<T, QueryError> {
        Err(QueryError { query: self.text.to_string(), at, reason: reason.into() })
    }

    fn end(&self) -> usize {
        self.text.chars().count()
    }

    /// `a OR b OR c`; nothing when only signs stand there.
    fn any_of(&mut self) -> Result<Option<Query>, QueryError> {
        let mut queries = Vec::new();
        loop {
            let at = self.peek().map_or(self.end(), |token| token.at);
            let query = self.all_of()?;
            let more = self.peek().is_some_and(|token| token.kind == Kind::Or);
            match query {
                Some(query) => queries.push(query),
                None if more || !queries.is_empty() => return self.fail(at, "OR needs an operand on both sides"),
                None => {}
            }
            if !more {
                break;
            }
            self.next += 1;
        }
        Ok(if queries.len() > 1 {
            Some(Query::Or(flat(queries, |query| match query {
                Query::Or(queries) => Ok(queries),
                query => Err(query),
            })))
        } else {
            queries.pop()
        })
    }

    /// `a AND b`, or just `a b`.
    fn all_of(&mut self) -> Result<Option<Query>, QueryError> {
        let mut queries: Vec<Query> = Vec::new();
        // Whether the last part is a run of bare words that may go on.
        let (mut joined, mut open) = (false, false);
        while let Some(token) = self.peek() {
            match &token.kind {
                Kind::Close | Kind::Or => break,
                Kind::And => {
                    if queries.is_empty() || joined {
                        return self.fail(token.at, "AND needs an operand on both sides");
                    }
                    joined = true;
                    self.next += 1;
                    continue;
                }
                _ => {}
            }
            // `-` between blanks is a punctuation mark of the run; brackets and operators end it.
            let bare = matches!(token.kind, Kind::Word(None, _));
            let Some(query) = self.near()? else { continue };
            match (queries.last_mut(), query) {
                (Some(Query::Words(run)), Query::Words(words)) if !joined && bare && open => run.extend(words),
                (_, Query::Words(words)) if words.iter().all(Word::is_sign) => continue,
                (_, query) => queries.push(query),
            }
            (joined, open) = (false, bare);
        }
        if joined {
            let at = self.peek().map_or(self.end(), |token| token.at);
            return self.fail(at, "AND needs an operand on both sides");
        }
        let mut queries: Vec<Query> = queries.into_iter().filter_map(closed).collect();
        Ok(if queries.len() > 1 {
            Some(Query::And(flat(queries, |query| match query {
                Query::And(queries) => Ok(queries),
                query => Err(query),
            })))
        } else {
            queries.pop()
        })
    }

    /// `a NEAR/5 b`, of words and phrases; `a NEAR b NEAR c` wants both.
    fn near(&mut self) -> Result<Option<Query>, QueryError> {
        let mut before = self.peek().map_or(self.end(), |token| token.at);
        let mut query = self.one()?;
        let mut pairs = Vec::new();
        while let Some(Token { at, kind: Kind::Near(distance) }) = self.peek() {
            self.next += 1;
            if *distance > FARTHEST {
                return self.fail(*at, format!("NEAR reaches over at most {FARTHEST} syllables"));
            }
            let behind = self.peek().map_or(self.end(), |token| token.at);
            let other = self.one()?;
            let terms = |query: &Option<Query>, at| match &query.clone().and_then(closed) {
                Some(Query::Phrase(terms)) if terms.is_plain() && terms.part == Part::Text => Ok(terms.clone()),
                Some(Query::Words(words)) => match &words[..] {
                    [Word::Terms(terms)] if terms.is_plain() => Ok(terms.clone()),
                    _ => self.fail(at, "NEAR stands between two words or quotations; quote what is more than one"),
                },
                _ => self.fail(at, "NEAR stands between two words or quotations"),
            };
            pairs.push(Query::Near(terms(&query, before)?, terms(&other, behind)?, *distance));
            (query, before) = (other, behind);
        }
        Ok(match pairs.len() {
            0 => query,
            1 => pairs.pop(),
            _ => Some(Query::And(pairs)),
        })
    }

    /// One word, phrase, condition or bracket; nothing for signs alone.
    fn one(&mut self) -> Result<Option<Query>, QueryError> {
        let Some(token) = self.peek() else { return Ok(None) };
        self.next += 1;
        match &token.kind {
            Kind::Not => {
                self.deeper(token.at)?;
                if self.peek().is_none_or(|next| matches!(next.kind, Kind::Close | Kind::And | Kind::Or)) {
                    return self.fail(token.at, "NOT needs an operand after it");
                }
                let query = self.one()?.and_then(closed);
                self.depth -= 1;
                Ok(query.map(|query| match query {
                    Query::Not(query) => *query,
                    query => Query::Not(Box::new(query)),
                }))
            }
            Kind::Open => {
                self.deeper(token.at)?;
                let query = self.any_of()?;
                if !self.eat(&Kind::Close) {
                    return self.fail(token.at, "this bracket is not closed");
                }
                self.depth -= 1;
                Ok(query)
            }
            Kind::Field(name) => self.field(name, token.at).map(Some),
            Kind::Word(None, word) if word == "*" => Ok(Some(Query::All)),
            Kind::Word(None, word) if is_regular(word) => self
                .fail(token.at, "a regular expression is not understood; write a beginning (nghi*) or an end (*inh)"),
            Kind::Word(Some(asked), word) => Ok(phrase(word, Some(*asked)).map(Query::Phrase)),
            Kind::Word(None, word) => {
                let words = self::word(word, self.expand);
                Ok((!words.is_empty()).then_some(Query::Words(words)))
            }
            Kind::Quoted(asked, text, star) => {
                let text = if *star { format!("{text}*") } else { text.clone() };
                match phrase(&text, *asked) {
                    Some(terms) => Ok(Some(Query::Phrase(terms))),
                    None => self.fail(token.at, "there is no word in this quotation"),
                }
            }
            Kind::Near(_) => self.fail(token.at, "NEAR stands between two words or quotations"),
            Kind::Small(word) => {
                let large = word.to_uppercase();
                self.fail(token.at, format!("write {large} for the operator, or \"{word}\" in quotes for the word"))
            }
            Kind::And | Kind::Or | Kind::Close => Ok(None),
        }
    }

    fn deeper(&mut self, at: usize) -> Result<(), QueryError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            self.fail(at, format!("a query has at most {DEEPEST} brackets within brackets"))
        } else {
            Ok(())
        }
    }

    /// Reads the value of a field.
    fn field(&mut self, name: &str, at: usize) -> Result<Query, QueryError> {
        let Some(token) = self.peek() else { return self.fail(at, "this field has no value") };
        self.next += 1;
        let (asked, text) = match &token.kind {
            Kind::Word(asked, text) => (*asked, text.clone()),
            Kind::Quoted(asked, text, false) => (*asked, text.clone()),
            // `pct:>=70` is a word; an operator or field here is a value by its text.
            _ => return self.fail(token.at, format!("{name}: needs a word or a quotation after it")),
        };
        value::condition(name, asked, &text).map_err(|wrong| QueryError {
            query: self.text.to_string(),
            at: if wrong.field { at } else { token.at },
            reason: wrong.reason,
        })
    }
}

/// Takes the parts of parts of the same kind up.
fn flat(queries: Vec<Query>, open: impl Fn(Query) -> Result<Vec<Query>, Query>) -> Vec<Query> {
    queries
        .into_iter()
        .flat_map(|query| match open(query) {
            Ok(queries) => queries,
            Err(query) => vec![query],
        })
        .collect()
}

/// Says whether a word is a regular expression between slashes.
fn is_regular(word: &str) -> bool {
    word.len() > 2 && word.starts_with('/') && word.ends_with('/')
}

/// Reads a bare word: mostly one term, more when signs part it.
fn word(text: &str, expand: bool) -> Vec<Word> {
    let bare = text.trim_matches(|c: char| !analysis::is_letter(c));
    if number::is_number(bare) {
        return vec![Word::Number(number::key(bare), bare.to_string())];
    }
    if expand && let Some((name, full)) = abbreviation::find(&fold(bare)) {
        let forms =
            phrase(name, Some(Asked::Folded)).into_iter().chain(full.iter().filter_map(|full| phrase(full, None)));
        let (before, after) = text.split_once(bare).unwrap_or_default();
        let mut words = signs(before);
        words.push(Word::Abbreviation(name, forms.collect()));
        words.extend(signs(after));
        return words;
    }
    terms(text, None).0.into_iter().map(single).collect()
}

/// Returns the punctuation marks of a text as words.
fn signs(text: &str) -> Vec<Word> {
    terms(text, None).0.into_iter().map(single).collect()
}

fn single(term: Term) -> Word {
    let form = if term.is_folded() { Form::Folded } else { Form::Exact };
    Word::Terms(Terms { terms: vec![term], form, part: Part::Text })
}

/// Analyses text as terms in a row, of one form: exact when there is a diacritic in it, unless asked otherwise; `*` behind
/// or before a word stands for more letters.
fn terms(text: &str, asked: Option<Asked>) -> (Vec<Term>, Form) {
    let (analysed, places) = analysis::analyse_with_places(text);
    let form = match asked {
        Some(Asked::Exact) => Form::Exact,
        Some(Asked::Folded) => Form::Folded,
        None if analysed.exact == analysed.folded() => Form::Folded,
        None => Form::Exact,
    };
    let source = if form == Form::Exact { &analysed.exact } else { analysed.folded() };
    let is_star = |at: usize| text.as_bytes().get(at) == Some(&b'*');
    let (mut found, mut word_end): (Vec<Term>, usize) = (Vec::new(), usize::MAX);
    for ((mark, term), place) in analysis::terms(source).zip(places) {
        let (before, behind) = (place.start > 0 && is_star(place.start - 1), is_star(place.end));
        // Of `0,34` and `0,34%` at one position the one with the sign says more.
        if mark == analysis::SAME {
            found.pop();
        }
        match term {
            STAR if place.start == word_end || is_before_letter(text, place.end) => {}
            _ if behind && analysis::is_word(term) => found.push(Term::Begins(term.to_string())),
            _ if before && analysis::is_word(term) => found.push(Term::Ends(term.to_string())),
            _ => found.push(Term::Is(term.to_string())),
        }
        word_end = if analysis::is_word(term) { place.end } else { usize::MAX };
    }
    (found, form)
}

/// Says whether a letter stands at a byte.
fn is_before_letter(text: &str, at: usize) -> bool {
    text[at..].chars().next().is_some_and(analysis::is_letter)
}

/// Reads text as one phrase; nothing when there is no word in it.
pub fn phrase(text: &str, asked: Option<Asked>) -> Option<Terms> {
    let (terms, form) = terms(text, asked);
    Some(Terms { terms: trimmed(terms)?, form, part: Part::Text })
}
