//! A watch over long questions: it is asked every few hundred articles, and its error ends the question.
//!
//! Invariant: a question that is ended gives no answer at all, never a smaller number.

use super::Archive;
use anyhow::Result;
use std::fmt;
use std::sync::Arc;

/// Articles between two looks.
pub(super) const STEP: u32 = 256;

/// Decides whether a question may go on.
#[derive(Clone)]
pub struct Watch(Arc<dyn Fn() -> Result<()> + Send + Sync>);

impl Watch {
    /// Makes a watch of what it asks; an error ends the question.
    pub fn new(ask: impl Fn() -> Result<()> + Send + Sync + 'static) -> Watch {
        Watch(Arc::new(ask))
    }

    pub(super) fn ask(&self) -> Result<()> {
        (self.0)()
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Watch")
    }
}

impl Archive {
    /// Returns the same archive under a watch.
    pub fn watched(&self, watch: Watch) -> Archive {
        Archive { watch: Some(watch), ..self.clone() }
    }
}
