//! MinHash of one article: a fixed number of minima over its shingles of folded syllables.
//!
//! One permutation split into bins (Li, Owen, Zhang 2012), empty bins filled from others (Shrivastava 2017), so that
//! each shingle is hashed once. Invariant: the share of equal bins estimates the share of common shingles (Jaccard).

use crate::article::Article;
use crate::text::fold_char;
use xxhash_rust::xxh3::xxh3_64;

/// Bins of a signature; the standard error of a similarity of 0.8 is 0.035.
const BINS: usize = 128;
/// Bands that a signature is cut into to find candidates; two texts with similarity 0.8 share one but once in ten million.
pub(super) const BANDS: usize = 32;
/// Words in a shingle.
const SHINGLE: usize = 5;

/// Holds the signature of an article; empty when the article has no words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature(Vec<u32>);

impl Signature {
    /// Reads the body of an article.
    pub fn of(article: &Article) -> Signature {
        let (folded, words) = words(&article.body);
        let mut bins = vec![None; BINS];
        let last = words.len().saturating_sub(SHINGLE - 1).max(usize::from(!words.is_empty()));
        for at in 0..last {
            let end = words[(at + SHINGLE).min(words.len()) - 1].1;
            let hash = xxh3_64(&folded.as_bytes()[words[at].0..end]);
            let bin = &mut bins[(hash >> 32) as usize % BINS];
            *bin = Some(bin.map_or(hash as u32, |least: u32| least.min(hash as u32)));
        }
        Signature(if words.is_empty() { Vec::new() } else { filled(&bins) })
    }

    /// Estimates the share of common shingles, from 0 to 1; an article without words is like no other.
    pub fn similarity(&self, other: &Signature) -> f64 {
        self.0.iter().zip(&other.0).filter(|(a, b)| a == b).count() as f64 / BINS as f64
    }

    /// Returns the hash of one band, by which candidates meet.
    pub(super) fn band(&self, band: usize) -> Option<u64> {
        let rows = BINS / BANDS;
        let bins = self.0.get(band * rows..(band + 1) * rows)?;
        let bytes: Vec<u8> = bins.iter().flat_map(|bin| bin.to_le_bytes()).collect();
        Some(xxh3_64(&bytes))
    }
}

/// Fills empty bins from others that a fixed walk names, the same for every article.
fn filled(bins: &[Option<u32>]) -> Vec<u32> {
    let borrowed = |empty: usize| {
        let steps = (1u64..)
            .map(|step| xxh3_64(&[&(empty as u64).to_le_bytes()[..], &step.to_le_bytes()].concat()) as usize % BINS);
        steps.filter_map(|other| bins[other]).next().unwrap_or_default()
    };
    bins.iter().enumerate().map(|(at, bin)| bin.unwrap_or_else(|| borrowed(at))).collect()
}

/// Returns the words of a text, folded and with one blank between, and their byte ranges in it.
fn words(text: &str) -> (String, Vec<(usize, usize)>) {
    let (mut folded, mut words) = (String::with_capacity(text.len()), Vec::new());
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let start = folded.len();
        folded.extend(word.chars().map(fold_char));
        words.push((start, folded.len()));
        folded.push(' ');
    }
    (folded, words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signature(body: &str) -> Signature {
        Signature::of(&Article { body: body.into(), ..Article::default() })
    }

    #[test]
    fn the_estimate_is_near_the_share_of_common_shingles() {
        let text = |from: usize| (from..from + 1000).map(|n| format!("{n} ")).collect::<String>();
        for (shift, share) in [(0, 1.0), (100, 896.0 / 1096.0), (500, 496.0 / 1496.0), (1000, 0.0)] {
            let estimate = signature(&text(0)).similarity(&signature(&text(shift)));
            assert!((estimate - share).abs() < 0.12, "{shift}: {estimate} for {share}");
        }
    }

    #[test]
    fn a_text_shorter_than_a_shingle_has_a_signature() {
        assert_eq!(signature("Hỏa tốc").similarity(&signature("hoả tốc!")), 1.0);
        assert_eq!(signature("").similarity(&signature("")), 0.0);
    }
}
