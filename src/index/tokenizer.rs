//! The tokenizers of the index. They read what [`super::analysis`] wrote, so all that is left is to part it.
//!
//! They are what the schema means; [`super::segment`] reads terms and pairs for itself, and writes what tantivy's own
//! writer would with these.

use super::analysis::{self, SAME, is_mark};
use crate::text::fold;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

/// Name of the tokenizer of exact and folded terms.
pub const TERMS: &str = "baotinh_terms";
/// Name of the tokenizer of pairs of neighbours.
pub const PAIRS: &str = "baotinh_pairs";
/// Name of the tokenizer of names.
pub const NAME: &str = "baotinh_name";

/// Returns the tokenizers of the index by name.
pub fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(TERMS, Terms::default());
    manager.register(PAIRS, Pairs::default());
    manager.register(NAME, Name::default());
    manager
}

/// Parts analysed text into terms.
#[derive(Clone, Default)]
pub struct Terms {
    token: Token,
}

/// Goes over the terms of analysed text.
pub struct TermStream<'a> {
    rest: &'a str,
    token: &'a mut Token,
}

impl Tokenizer for Terms {
    type TokenStream<'a> = TermStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TermStream<'a> {
        self.token.position = 0;
        TermStream { rest: text, token: &mut self.token }
    }
}

impl TokenStream for TermStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(&mark) = self.rest.as_bytes().first() else { return false };
        let end = term_end(self.rest);
        self.token.text.clear();
        self.token.text.push_str(&self.rest[1..end]);
        self.token.position += analysis::step(mark);
        self.rest = &self.rest[end..];
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

/// Parts analysed text into pairs of neighbouring terms, `nghi quyet`; [`analysis::is_pair`] says which are.
#[derive(Clone, Default)]
pub struct Pairs {
    token: Token,
}

/// Goes over the pairs of analysed text.
pub struct PairStream<'a> {
    left: &'a str,
    rest: &'a str,
    token: &'a mut Token,
}

impl Tokenizer for Pairs {
    type TokenStream<'a> = PairStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> PairStream<'a> {
        self.token.position = 0;
        PairStream { left: "", rest: text, token: &mut self.token }
    }
}

impl TokenStream for PairStream<'_> {
    fn advance(&mut self) -> bool {
        while let Some(&mark) = self.rest.as_bytes().first() {
            let end = term_end(self.rest);
            let term = &self.rest[1..end];
            self.rest = &self.rest[end..];
            // `76,95%` stands beside `76,95`, and the number is the neighbour.
            if mark == SAME {
                continue;
            }
            let left = std::mem::replace(&mut self.left, term);
            if analysis::is_pair(left, mark, term) {
                self.token.text.clear();
                self.token.text.push_str(left);
                self.token.text.push(' ');
                self.token.text.push_str(term);
                self.token.position += 1;
                return true;
            }
        }
        false
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

/// Makes one term of a whole name: folded, its words parted by one blank.
#[derive(Clone, Default)]
pub struct Name {
    token: Token,
}

/// Gives the one term of a name.
pub struct NameStream<'a> {
    given: bool,
    token: &'a mut Token,
}

/// Returns the term that a name is found by: `Báo  Quảng Ninh` is `bao quang ninh`.
pub fn name_term(name: &str) -> String {
    fold(name).split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Tokenizer for Name {
    type TokenStream<'a> = NameStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> NameStream<'a> {
        self.token = Token { position: 0, text: name_term(text), ..Token::default() };
        NameStream { given: self.token.text.is_empty(), token: &mut self.token }
    }
}

impl TokenStream for NameStream<'_> {
    fn advance(&mut self) -> bool {
        !std::mem::replace(&mut self.given, true)
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

/// Returns where the term behind the first mark ends.
fn term_end(rest: &str) -> usize {
    rest.bytes().skip(1).position(is_mark).map_or(rest.len(), |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::analysis::analyse;

    fn tokens(mut tokenizer: impl Tokenizer, form: &str) -> Vec<(usize, String)> {
        let mut stream = tokenizer.token_stream(form);
        let mut tokens = Vec::new();
        while stream.advance() {
            tokens.push((stream.token().position, stream.token().text.clone()));
        }
        tokens
    }

    #[test]
    fn positions_show_percentages_and_paragraphs() {
        let form = analyse("Còn 0,34%.\n\nNăm\n2022").exact;
        let want = [(1, "còn"), (2, "0,34"), (2, "0,34%"), (3, "\u{1}."), (4, "\u{1}¶"), (5, "năm"), (6, "2022")];
        assert_eq!(tokens(Terms::default(), &form), want.map(|(at, term)| (at, term.to_string())));
    }

    #[test]
    fn pairs_are_neighbouring_words_of_one_clause() {
        let text = "Còn 0,34% hộ nghèo, kinh tế - xã hội (trong tỉnh).\nNăm 2022";
        let pairs: Vec<_> =
            tokens(Pairs::default(), analyse(text).folded()).into_iter().map(|(_, pair)| pair).collect();
        assert_eq!(pairs, ["ho ngheo", "kinh te", "xa hoi", "trong tinh"]);
    }
}
