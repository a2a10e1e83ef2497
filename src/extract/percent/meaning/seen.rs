//! What each choice was among, kept for whoever asks why.

use crate::extract::choice::{self, Candidate, Space};
use crate::extract::lexicon::Token;
use serde::Serialize;

/// Holds what one choice was among, for whoever asks why.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// Number of the percentage in the article.
    pub figure: usize,
    /// Name of the choice.
    pub choice: &'static str,
    /// What it was among.
    pub candidates: Vec<Reading>,
    /// Tokens of the sentence, of the choice of the indicator: the others have none.
    pub tokens: Vec<Token>,
}

/// Holds one candidate of a choice as people and scripts read it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reading {
    /// What is read; nothing is a reading too.
    pub label: Option<String>,
    /// What speaks for and against it.
    pub features: Vec<String>,
    /// Sum of the weights of its features.
    pub sum: f32,
    /// Says that it was taken.
    pub taken: bool,
}

/// Holds the candidates of one figure's choices for whoever asks.
pub struct Watch<'a> {
    /// Number of the figure.
    pub figure: usize,
    /// What was chosen among so far, if it is asked for.
    pub seen: Option<&'a mut Vec<Seen>>,
}

impl Watch<'_> {
    /// Chooses among candidates by their sums; in a joint space those of one label count together.
    pub fn pick<T>(
        &mut self,
        space: &Space,
        weights: &[f32],
        mut candidates: Vec<Candidate<T>>,
        label: impl Fn(&T) -> Option<String>,
    ) -> Option<T> {
        let sums: Vec<f32> = candidates.iter().map(|one| choice::sum(weights, &one.features)).collect();
        let of = |at: usize| label(&candidates[at].reading);
        let chosen = match space.joint {
            Some(joint) => choice::likeliest(joint, &sums, of),
            None => choice::best(&sums),
        };
        if let Some(seen) = &mut self.seen {
            let described = |at: usize| {
                let features = candidates[at].features.0.iter().map(|feature| space.feature(*feature)).collect();
                Reading { label: of(at), features, sum: sums[at], taken: chosen == Some(at) }
            };
            let all = (0..sums.len()).map(described).collect();
            seen.push(Seen { figure: self.figure, choice: space.name, candidates: all, tokens: Vec::new() });
        }
        chosen.map(|at| candidates.swap_remove(at).reading)
    }
}
