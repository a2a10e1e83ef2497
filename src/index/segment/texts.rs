//! Texts as numbers: every distinct term once, and of each document the numbers of its terms in a row.
//!
//! Invariant: a token holds the number of its exact term until [`Texts::renumber`] gives it another; how it stands to the
//! token before it never changes.

use crate::index::analysis::{self, NEXT, PART, SAME};
use foldhash::fast::RandomState;
use indexmap::IndexSet;
use tantivy::DocId;

/// Longest term in bytes; of a longer one, which is no word, the beginning is taken. tantivy refuses terms, and so pairs, of 64 KiB.
const LONGEST: usize = 1 << 14;
/// Bytes that a term takes beside its letters, about.
const TERM_BYTES: usize = 48;

/// Numbers distinct terms as they come.
#[derive(Default)]
pub struct Vocabulary {
    terms: IndexSet<Box<str>, RandomState>,
    bytes: usize,
}

impl Vocabulary {
    fn number(&mut self, term: &str) -> usize {
        self.terms.get_index_of(term).unwrap_or_else(|| {
            self.bytes += term.len() + TERM_BYTES;
            self.terms.insert_full(term.into()).0
        })
    }

    /// Returns the memory it takes in bytes, about.
    pub fn memory(&self) -> usize {
        self.bytes
    }

    /// Returns the terms in order, and of each number the rank of its term.
    pub fn ranked(&self) -> (Vec<&str>, Vec<u32>) {
        let mut order: Vec<(&str, usize)> =
            self.terms.iter().enumerate().map(|(number, term)| (&**term, number)).collect();
        order.sort_unstable();
        let mut ranks = vec![0; order.len()];
        for (rank, (_, number)) in order.iter().enumerate() {
            ranks[*number] = rank as u32;
        }
        (order.into_iter().map(|(term, _)| term).collect(), ranks)
    }
}

/// Returns the folded forms of exact terms in order, and of each exact term the rank of its folded form.
pub fn folded(exact: &[&str]) -> (Vec<String>, Vec<u32>) {
    let mut order: Vec<(String, usize)> =
        exact.iter().enumerate().map(|(rank, term)| (analysis::fold_form(term), rank)).collect();
    order.sort_unstable();
    let (mut terms, mut ranks) = (Vec::<String>::new(), vec![0; exact.len()]);
    for (term, rank) in order {
        if terms.last() != Some(&term) {
            terms.push(term);
        }
        ranks[rank] = terms.len() as u32 - 1;
    }
    (terms, ranks)
}

/// How a token stands to the one before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    /// At its position.
    Same,
    /// At the next position, and the two are a pair.
    Pair,
    /// At the next position.
    Next,
    /// In another part.
    Part,
}

/// Steps by their number, with the positions that each goes on.
const STEPS: [(Step, usize); 4] = [
    (Step::Same, analysis::step(SAME)),
    (Step::Pair, analysis::step(NEXT)),
    (Step::Next, analysis::step(NEXT)),
    (Step::Part, analysis::step(PART)),
];
/// Bits of a token that number its term; those above number its step.
const TERM_BITS: u32 = 29;
const TERM_MASK: u32 = (1 << TERM_BITS) - 1;

/// One text of each document, as numbers.
#[derive(Default)]
pub struct Texts {
    tokens: Vec<u32>,
    /// Of each document where its tokens end.
    ends: Vec<usize>,
    /// Words in all documents.
    words: u64,
    /// Pairs in all documents.
    pairs: u64,
}

impl Texts {
    /// Adds the next document's analysed text, and returns how many words and how many pairs it has: its lengths.
    pub fn add(&mut self, vocabulary: &mut Vocabulary, exact: &str) -> (u32, u32) {
        let (mut words, mut pairs, mut left) = (0, 0, "");
        for (mark, term) in analysis::terms(exact) {
            let term = &term[..term.floor_char_boundary(LONGEST)];
            let step = match mark {
                SAME => Step::Same,
                _ if analysis::is_pair(left, mark, term) => Step::Pair,
                NEXT => Step::Next,
                _ => Step::Part,
            };
            // `76,95%` stands beside `76,95`, and the number is the neighbour.
            if step != Step::Same {
                left = term;
            }
            words += u32::from(analysis::is_word(term));
            pairs += u32::from(step == Step::Pair);
            self.tokens.push((step as u32) << TERM_BITS | vocabulary.number(term) as u32);
        }
        self.ends.push(self.tokens.len());
        self.words += u64::from(words);
        self.pairs += u64::from(pairs);
        (words, pairs)
    }

    /// Returns the number of words in all documents.
    pub fn words(&self) -> u64 {
        self.words
    }

    /// Returns the number of pairs in all documents.
    pub fn pairs(&self) -> u64 {
        self.pairs
    }

    /// Returns the memory it takes in bytes.
    pub fn memory(&self) -> usize {
        self.tokens.len() * size_of::<u32>() + self.ends.len() * size_of::<usize>()
    }

    /// Gives every term the number that stands at its own.
    pub fn renumber(&mut self, numbers: &[u32]) {
        for token in &mut self.tokens {
            *token = *token & !TERM_MASK | numbers[(*token & TERM_MASK) as usize];
        }
    }

    /// Calls `take` with the term, the document and the position of every token, in order.
    pub fn each_term(&self, take: &mut impl FnMut(u32, DocId, u32)) {
        self.each(&mut |token, doc, position, _| take(token, doc, position));
    }

    /// Calls `take` with the two terms and the document of every pair, in order.
    pub fn each_pair(&self, take: &mut impl FnMut(u32, u32, DocId)) {
        let mut left = 0;
        self.each(&mut |term, doc, _, step| {
            if step == Step::Pair {
                take(left, term, doc);
            }
            if step != Step::Same {
                left = term;
            }
        });
    }

    fn each(&self, take: &mut impl FnMut(u32, DocId, u32, Step)) {
        let mut start = 0;
        for (doc, &end) in self.ends.iter().enumerate() {
            let mut position = 0;
            for token in &self.tokens[start..end] {
                let (step, positions) = STEPS[(token >> TERM_BITS) as usize];
                position += positions as u32;
                take(token & TERM_MASK, doc as DocId, position, step);
            }
            start = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::analysis::analyse;

    #[test]
    fn texts_are_read_back_term_by_term_and_pair_by_pair() {
        let (mut vocabulary, mut texts) = (Vocabulary::default(), Texts::default());
        assert_eq!(texts.add(&mut vocabulary, &analyse("Hộ nghèo còn 0,34%. Hộ\n\nkhá").exact), (7, 2));
        assert_eq!(texts.add(&mut vocabulary, ""), (0, 0));
        assert_eq!(texts.add(&mut vocabulary, &analyse("hồ khá").exact), (2, 1));
        let (exact, ranks) = vocabulary.ranked();
        assert_eq!(exact, ["\u{1}.", "\u{1}¶", "0,34", "0,34%", "còn", "hồ", "hộ", "khá", "nghèo"]);
        texts.renumber(&ranks);
        let mut found = Vec::new();
        texts.each_term(&mut |term, doc, position| found.push((exact[term as usize], doc, position)));
        let first = [
            ("hộ", 1),
            ("nghèo", 2),
            ("còn", 3),
            ("0,34", 4),
            ("0,34%", 4),
            ("\u{1}.", 5),
            ("hộ", 6),
            ("\u{1}¶", 7),
            ("khá", 8),
        ];
        assert_eq!(found[..9], first.map(|(term, position)| (term, 0, position)));
        assert_eq!(found[9..], [("hồ", 2, 1), ("khá", 2, 2)]);
        let (folded, ranks) = folded(&exact);
        assert_eq!(folded, ["\u{1}.", "\u{1}¶", "0,34", "0,34%", "con", "ho", "kha", "ngheo"]);
        texts.renumber(&ranks);
        let mut pairs = Vec::new();
        texts.each_pair(&mut |left, right, doc| pairs.push((&*folded[left as usize], &*folded[right as usize], doc)));
        assert_eq!(pairs, [("ho", "ngheo", 0), ("ngheo", "con", 0), ("ho", "kha", 2)]);
    }

    #[test]
    fn a_term_without_end_is_cut() {
        let (mut vocabulary, mut texts) = (Vocabulary::default(), Texts::default());
        texts.add(&mut vocabulary, &format!(" {}", "đ".repeat(LONGEST)));
        assert_eq!(vocabulary.ranked().0[0].len(), LONGEST);
    }
}
