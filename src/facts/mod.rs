//! What stands above single mentions: the documents that articles cite, relations between them, figures side by side.
//!
//! 1. [`identity`] makes a key of each citation from its own article and the register of [`laws`].
//! 2. [`registry`] says which keys are one document, from all keys of a corpus.
//! 3. [`gather`] goes over records once, keeps on disk what is needed of each, and makes [`works`] of it.
//! 4. [`relation`] reads what sentences tell between two documents.
//! 5. [`figure`] says which percentages are of an indicator of the list ([`indicators`]), where, when and who says so.
//! 6. [`ask`] reads a question for a document in any spelling.
//!
//! Invariant: the order of the records changes nothing, and a superseded revision of an article counts nowhere.

pub mod ask;
pub mod figure;
pub mod gather;
pub mod identity;
pub mod indicators;
pub mod laws;
pub mod network;
pub mod period;
pub mod registry;
pub mod relation;
pub mod series;
mod title;
mod when;
pub mod works;
