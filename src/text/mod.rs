//! Vietnamese text, below every stage: normalise once, fold, count code points, find sentences, read numbers.
//!
//! Invariant: everything here is pure and total; folding keeps one character for one character, so offsets survive it.

pub mod charset;
pub mod collate;
pub mod fold;
pub mod font_coding;
pub mod homoglyph;
pub mod normalize;
pub mod number;
pub mod offset;
pub mod sentence;
pub mod shown;
pub mod syllable;
pub mod written_date;

pub use collate::collation_key;
pub use fold::{fold, fold_char};
pub use normalize::normalize;
pub use offset::CodePoints;
pub use sentence::sentences;
pub use shown::shown;
pub use syllable::is_syllable;
