//! The queue of documents on their way to tantivy's thread, kept short.
//!
//! tantivy's own holds 10,000, most of the memory of a build and cold by the time they are read. Invariant: a document
//! holds its place from [`Queue::admit`] until tantivy has indexed and dropped it.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;
use tantivy::TantivyDocument;
use tantivy::schema::document::Document;

/// Documents under way at a time.
const MOST: usize = 128;
/// Longest wait for a place: tantivy's thread may have ended, which the next document is told.
const PATIENCE: Duration = Duration::from_secs(5);

/// Lets in as many documents as have a place.
#[derive(Clone, Default)]
pub struct Queue(Arc<Places>);

#[derive(Default)]
struct Places {
    taken: Mutex<usize>,
    left: Condvar,
}

/// A document with its place in the queue.
pub struct Queued {
    document: TantivyDocument,
    queue: Queue,
}

impl Queue {
    /// Gives a document its place, as soon as there is one.
    pub fn admit(&self, document: TantivyDocument) -> Queued {
        let taken = self.0.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.0.left.wait_timeout_while(taken, PATIENCE, |taken| *taken >= MOST);
        *waited.unwrap_or_else(PoisonError::into_inner).0 += 1;
        Queued { document, queue: self.clone() }
    }
}

impl Drop for Queued {
    fn drop(&mut self) {
        *self.queue.0.taken.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        self.queue.0.left.notify_one();
    }
}

impl Document for Queued {
    type Value<'a> = <TantivyDocument as Document>::Value<'a>;
    type FieldsValuesIter<'a> = <TantivyDocument as Document>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.document.iter_fields_and_values()
    }
}
