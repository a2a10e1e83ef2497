//! What a query asks for, and its canonical text.
//!
//! Invariant: the canonical text of a query reads back as the same query, so a permalink or a paper can quote it.

use super::abbreviation;
use super::phrase::{self, Read};
use crate::index::analysis;
use crate::text::fold;
use jiff::civil::Date;
use std::fmt;
use std::ops::Bound;

/// Holds a query.
#[derive(Debug, Clone, PartialEq)]
pub enum Query {
    /// Every article.
    All,
    /// Words beside one another: the phrase that they make. A ranked search has articles that lack some among its hits,
    /// behind those with the phrase, and says so.
    Words(Vec<Word>),
    /// A phrase in quotes.
    Phrase(Terms),
    /// Two words or phrases with at most so many syllables between them, in either order.
    Near(Terms, Terms, usize),
    /// A condition on the article or on what it mentions.
    Condition(Condition),
    /// All of these.
    And(Vec<Query>),
    /// At least one of these.
    Or(Vec<Query>),
    /// Articles that this does not find.
    Not(Box<Query>),
}

/// Holds a word as it was typed.
#[derive(Debug, Clone, PartialEq)]
pub enum Word {
    /// One term, a punctuation mark between others among them.
    Terms(Terms),
    /// An abbreviation that stands for its words too: as it is written, itself, and its full forms.
    Abbreviation(&'static str, Vec<Terms>),
    /// The number of a document, by its key ([`crate::index::number::key`]), as it was typed.
    Number(String, String),
}

/// Holds terms in a row, as the index has them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Terms {
    /// Terms of one form, one position each; never empty, and the first and last are words.
    pub terms: Vec<Term>,
    /// Which form.
    pub form: Form,
    /// Where they stand.
    pub part: Part,
}

/// Holds what is asked of the term at one position.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Term {
    /// It is this: a word, or a punctuation mark as [`analysis::SIGN`] begins it.
    Is(String),
    /// It begins so: `ngh*`.
    Begins(String),
    /// It ends so: `*inh`.
    Ends(String),
}

impl Word {
    /// Says whether this is a punctuation mark.
    pub fn is_sign(&self) -> bool {
        matches!(self, Word::Terms(terms) if terms.terms.iter().all(|term| !analysis::is_word(term.text())))
    }
}

impl Term {
    /// Returns the letters that are asked for.
    pub fn text(&self) -> &str {
        match self {
            Term::Is(text) | Term::Begins(text) | Term::Ends(text) => text,
        }
    }

    /// Says whether no letter of it has a tone or mark.
    pub fn is_folded(&self) -> bool {
        analysis::fold_form(self.text()) == self.text()
    }

    /// Says whether a term of a text is what is asked for.
    pub fn matches(&self, term: &str) -> bool {
        match self {
            Term::Is(text) => term == text,
            Term::Begins(text) => term.starts_with(text.as_str()),
            Term::Ends(text) => term.ends_with(text.as_str()) && analysis::is_word(term),
        }
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Term::Is(text) => f.write_str(text.trim_start_matches(analysis::SIGN)),
            Term::Begins(text) => write!(f, "{text}*"),
            Term::Ends(text) => write!(f, "*{text}"),
        }
    }
}

/// Names the two forms of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// With just these diacritics.
    Exact,
    /// With any diacritics.
    Folded,
}

/// Names the parts of an article that terms are looked for in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// Title, lead and body.
    Text,
    /// The title alone.
    Title,
}

/// Holds a condition that is no text.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// A name of the article's has this value, by its folded form.
    Name(Name, String),
    /// The id of the article.
    Id(String),
    /// Published on one of these days; undated articles are not.
    Published(Days),
    /// Cites this document.
    Cites(Document),
    /// Cites a document of this type.
    Type(String),
    /// Cites a document of this issuer.
    Issuer(String),
    /// Has a percentage within these bounds.
    Percent(Bound<f64>, Bound<f64>),
    /// Has a percentage of this indicator: folded or exact terms.
    Indicator(Terms),
    /// Mentions a date that lies within these days.
    Mentions(Days),
}

impl Condition {
    /// Returns the condition that an article cites a document, by its number, name or id.
    pub fn cites(said: &str) -> Condition {
        Condition::Cites(Document { said: said.replace('"', " "), keys: Vec::new() })
    }
}

/// Holds a document that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its number, name or id, as it was typed.
    pub said: String,
    /// Its keys in an archive ([`crate::facts::identity`]); none before the archive was asked, and when it has none.
    pub keys: Vec<String>,
}

/// Names the names of an article that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    /// The newspaper, by id or name.
    Source,
    /// The province of the newspaper, before or after 1 July 2025.
    Province,
    /// The province before.
    ProvinceOld,
    /// The province after.
    ProvinceNew,
    /// The section.
    Section,
    /// The author.
    Author,
    /// What the page is: `article`, `list` …; without this condition only articles are found.
    Kind,
}

/// Holds a span of days, both ends in it; an open end is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
}

impl Name {
    /// Returns the name of the field in the query language.
    pub fn field(self) -> &'static str {
        match self {
            Name::Source => "source",
            Name::Province => "province",
            Name::ProvinceOld => "province-old",
            Name::ProvinceNew => "province-new",
            Name::Section => "section",
            Name::Author => "author",
            Name::Kind => "kind",
        }
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Query::All => f.write_str("*"),
            Query::Words(words) => match phrase::phrases(words) {
                Read::One(word) => word.fmt(f),
                Read::Parts(runs) => join(f, &parts(&runs, &[Shape::Or]), " AND "),
                Read::Any(phrases) => join(f, &phrases, " OR "),
            },
            Query::Phrase(terms) => terms.fmt(f),
            Query::Near(one, other, distance) => write!(f, "{one} NEAR/{distance} {other}"),
            Query::Condition(condition) => condition.fmt(f),
            Query::And(queries) => join(f, &parts(queries, &[Shape::Or]), " AND "),
            Query::Or(queries) => join(f, &parts(queries, &[Shape::And]), " OR "),
            Query::Not(query) if query.shape() == Shape::One => write!(f, "NOT {query}"),
            Query::Not(query) => write!(f, "NOT ({query})"),
        }
    }
}

/// What joins the parts of a query in its canonical text.
#[derive(PartialEq, Eq)]
enum Shape {
    One,
    And,
    Or,
}

impl Query {
    fn shape(&self) -> Shape {
        match self {
            Query::And(_) => Shape::And,
            Query::Or(_) => Shape::Or,
            Query::Words(words) => match phrase::phrases(words) {
                Read::Parts(parts) if parts.len() > 1 => Shape::And,
                Read::Any(_) => Shape::Or,
                _ => Shape::One,
            },
            _ => Shape::One,
        }
    }
}

/// Returns the canonical texts of queries, those of some shapes in brackets.
fn parts(queries: &[Query], bracketed: &[Shape]) -> Vec<String> {
    let part = |query: &Query| {
        if bracketed.contains(&query.shape()) { format!("({query})") } else { query.to_string() }
    };
    queries.iter().map(part).collect()
}

fn join(f: &mut fmt::Formatter<'_>, parts: &[impl fmt::Display], between: &str) -> fmt::Result {
    for (at, part) in parts.iter().enumerate() {
        f.write_str(if at > 0 { between } else { "" })?;
        part.fmt(f)?;
    }
    Ok(())
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Word::Terms(terms) => terms.fmt(f),
            Word::Abbreviation(name, _) => f.write_str(name),
            Word::Number(_, typed) => f.write_str(typed),
        }
    }
}

impl fmt::Display for Terms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // `and` in small letters would be taken for the operator.
        let is_operator = |text: &str| matches!(text, "and" | "or" | "not") && self.part == Part::Text;
        self.write(f, self.terms.len() > 1 || is_operator(self.terms[0].text()))
    }
}

impl Terms {
    /// Says whether each term is whole, with no `*`.
    pub fn is_plain(&self) -> bool {
        self.terms.iter().all(|term| matches!(term, Term::Is(_)))
    }

    /// Returns the terms as text, with blanks between.
    pub fn words(&self) -> String {
        self.terms.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }

    /// Writes the terms, in quotes or bare.
    fn write(&self, f: &mut fmt::Formatter<'_>, quoted: bool) -> fmt::Result {
        if self.part == Part::Title {
            f.write_str("title:")?;
        }
        // Terms without diacritics are read as folded, terms with them as exact.
        let plain = self.terms.iter().all(|term| term.is_folded());
        let expanded =
            !quoted && matches!(&self.terms[..], [Term::Is(term)] if abbreviation::find(&fold(term)).is_some());
        match self.form {
            Form::Exact if plain || expanded => f.write_str("=")?,
            Form::Folded if expanded => f.write_str("~")?,
            _ => {}
        }
        let quote = if quoted { "\"" } else { "" };
        f.write_str(quote)?;
        for (at, term) in self.terms.iter().enumerate() {
            let tight =
                matches!(term.text(), "\u{1}," | "\u{1}." | "\u{1};" | "\u{1}:" | "\u{1}!" | "\u{1}?" | "\u{1})");
            f.write_str(if at > 0 && !tight { " " } else { "" })?;
            write!(f, "{term}")?;
        }
        f.write_str(quote)
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Condition::Name(name, value) => write!(f, "{}:{}", name.field(), Value(value)),
            Condition::Id(id) => write!(f, "id:{}", Value(id)),
            Condition::Published(days) => write!(f, "date:{days}"),
            Condition::Cites(document) => write!(f, "cites:{}", Value(&document.said)),
            Condition::Type(name) => write!(f, "type:{}", Value(name)),
            Condition::Issuer(name) => write!(f, "issuer:{}", Value(name)),
            Condition::Percent(low, high) => {
                f.write_str("pct:")?;
                match (low, high) {
                    (Bound::Included(low), Bound::Included(high)) if low == high => write!(f, "{low}"),
                    (Bound::Included(low), Bound::Included(high)) => write!(f, "{low}..{high}"),
                    (Bound::Included(low), _) => write!(f, ">={low}"),
                    (Bound::Excluded(low), _) => write!(f, ">{low}"),
                    (_, Bound::Included(high)) => write!(f, "<={high}"),
                    (_, Bound::Excluded(high)) => write!(f, "<{high}"),
                    _ => f.write_str("*"),
                }
            }
            Condition::Indicator(terms) => {
                f.write_str("indicator:")?;
                terms.write(f, true)
            }
            Condition::Mentions(days) => write!(f, "mentions-date:{days}"),
        }
    }
}

/// Writes a value in quotes.
struct Value<'a>(&'a str);

impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.0)
    }
}

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.from, self.to) {
            (Some(from), Some(to)) if from == to => write!(f, "{from}"),
            (from, to) => {
                let day = |day: Option<Date>| day.map_or(String::new(), |day| day.to_string());
                write!(f, "{}..{}", day(from), day(to))
            }
        }
    }
}
