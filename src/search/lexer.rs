//! A query as tokens, each with the character it starts at.

use super::error::QueryError;

/// Holds a token and where it starts, in code points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// First code point.
    pub at: usize,
    /// What it is.
    pub kind: Kind,
}

/// Names the kinds of tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// `(`
    Open,
    /// `)`
    Close,
    /// `AND`
    And,
    /// `OR`
    Or,
    /// `NOT`
    Not,
    /// `NEAR/5`, with its number.
    Near(usize),
    /// `field:` with a value directly behind it.
    Field(String),
    /// An operator in small letters, which may be a word.
    Small(String),
    /// A bare word or value, with what is asked of its diacritics.
    Word(Option<Asked>, String),
    /// Text in quotes, and whether a `*` follows.
    Quoted(Option<Asked>, String, bool),
}

/// Says which diacritics are asked for by a sign before the word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// `=`: just these.
    Exact,
    /// `~`: any.
    Folded,
}

/// Syllables that may stand between what `NEAR` joins, when no number says otherwise.
const USUAL_DISTANCE: usize = 5;

/// Parts a normalised query into tokens.
///
/// # Errors
/// When a quotation has no end.
pub fn tokens(query: &str) -> Result<Vec<Token>, QueryError> {
    let chars: Vec<char> = query.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        if c.is_whitespace() {
            at += 1;
            continue;
        }
        let start = at;
        let kind = match c {
            '(' => Kind::Open,
            ')' => Kind::Close,
            // `+` before a word or by itself is AND, `-` directly before one NOT: `hộ nghèo -trẻ`.
            '+' if begins(&chars, at) && tokens.is_empty() => {
                at += 1;
                continue;
            }
            '+' if begins(&chars, at) || stands_alone(&chars, at) => Kind::And,
            '-' if begins(&chars, at) => Kind::Not,
            _ => {
                let asked = asked(&chars, at);
                let from = at + usize::from(asked.is_some());
                if is_quote(chars[from]) {
                    let Some(length) = chars[from + 1..].iter().position(|&c| is_quote(c)) else {
                        return Err(QueryError {
                            query: query.into(),
                            at: from,
                            reason: "this quotation has no end".into(),
                        });
                    };
                    let end = from + 1 + length;
                    let star = chars.get(end + 1) == Some(&'*');
                    at = end + usize::from(star);
                    Kind::Quoted(asked, chars[from + 1..end].iter().collect(), star)
                } else {
                    let (kind, end) = bare(&chars, from, asked);
                    at = end - 1;
                    kind
                }
            }
        };
        tokens.push(Token { at: start, kind });
        at += 1;
    }
    Ok(tokens)
}

/// Says whether a sign stands behind a blank or bracket and directly before a word, quotation or bracket.
fn begins(chars: &[char], at: usize) -> bool {
    let starts = at == 0 || chars[at - 1].is_whitespace() || chars[at - 1] == '(';
    let follows = |&c: &char| c.is_alphanumeric() || is_quote(c) || matches!(c, '(' | '=' | '~' | '*');
    starts && chars.get(at + 1).is_some_and(follows)
}

/// Says whether a sign stands between blanks.
fn stands_alone(chars: &[char], at: usize) -> bool {
    let blank = |c: Option<&char>| c.is_none_or(|c| c.is_whitespace());
    (at == 0 || blank(chars.get(at - 1))) && blank(chars.get(at + 1))
}

/// Reads `=` or `~` before a letter or a quotation.
fn asked(chars: &[char], at: usize) -> Option<Asked> {
    let follows = chars.get(at + 1).is_some_and(|&c| c.is_alphanumeric() || is_quote(c));
    match chars[at] {
        '=' if follows => Some(Asked::Exact),
        '~' if follows => Some(Asked::Folded),
        _ => None,
    }
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”')
}

/// Reads an operator, the name of a field, or a word, and says where it ends.
fn bare(chars: &[char], from: usize, asked: Option<Asked>) -> (Kind, usize) {
    let length = chars[from..]
        .iter()
        .position(|&c| c.is_whitespace() || is_quote(c) || matches!(c, '(' | ')'))
        .unwrap_or(chars.len() - from);
    let end = from + length;
    let word = &chars[from..end];
    // A value stands directly behind the colon: `date:2022`, `section:"Kinh tế"`.
    let name = word.iter().take_while(|c| c.is_ascii_lowercase() || **c == '-').count();
    let valued = word.len() > name + 1 || chars.get(end).is_some_and(|&c| is_quote(c));
    if asked.is_none() && name > 1 && word.get(name) == Some(&':') && valued {
        return (Kind::Field(word[..name].iter().collect()), from + name + 1);
    }
    let word: String = word.iter().collect();
    match word.as_str() {
        "or" | "and" | "not" if asked.is_none() => (Kind::Small(word), end),
        "AND" if asked.is_none() => (Kind::And, end),
        "OR" if asked.is_none() => (Kind::Or, end),
        "NOT" if asked.is_none() => (Kind::Not, end),
        "NEAR" if asked.is_none() => (Kind::Near(USUAL_DISTANCE), end),
        near if asked.is_none() && near.starts_with("NEAR/") => match near[5..].parse() {
            Ok(distance) => (Kind::Near(distance), end),
            Err(_) => (Kind::Word(asked, word), end),
        },
        _ => (Kind::Word(asked, word), end),
    }
}
