//! What stands above single records: the documents that their citations are of, known when all records are read.

use super::rows::Row;
use super::select::{self, Selection};
use crate::article::Record;
use crate::facts::figure::Figure;
use crate::facts::gather::{Digest, Gathered, Gatherer, Links};
use crate::facts::identity::identities;
use crate::facts::registry::Registry;
use crate::facts::relation::Relation;
use crate::facts::works::Work;
use anyhow::Result;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

/// Knows the documents of all records.
#[derive(Debug, Default)]
pub struct Facts {
    registry: Arc<Registry>,
}

impl Facts {
    /// Takes the documents of a corpus.
    pub fn of(registry: Arc<Registry>) -> Facts {
        Facts { registry }
    }

    /// Returns the ids of the documents that the mentions of a record are of; none at all without `facts`.
    pub(super) fn ids<'f>(facts: Option<&'f Facts>, record: &Record) -> Vec<Option<&'f str>> {
        let Some(Facts { registry }) = facts else { return Vec::new() };
        let id = |identity: crate::facts::identity::Identity| {
            registry.find(&identity.key.to_string()).and_then(|(head, _)| head.id.as_deref())
        };
        identities(record).into_iter().map(|identity| identity.and_then(id)).collect()
    }
}

/// What a row is of besides its record.
#[derive(Clone, Copy)]
pub enum Above<'a> {
    /// Nothing.
    Nothing,
    /// A document.
    Document(&'a Linked),
    /// A relation that the record tells.
    Relation(&'a Relation),
    /// A figure that the record gives.
    Figure(&'a Figure),
}

/// Holds a document with the others that articles tell it to be related to.
pub struct Linked {
    /// What the articles say of it.
    pub work: Work,
    /// The others.
    pub links: Links,
}

static NO_RECORD: LazyLock<Record> = LazyLock::new(Record::default);

impl Linked {
    /// Makes the row of a document.
    pub(super) fn row(&self) -> Row<'_> {
        Row { above: Above::Document(self), ..Row::of(&NO_RECORD) }
    }
}

/// Gathers the documents of all records of the files; their rows are to count the wanted ones alone.
///
/// # Errors
/// When no temporary file can be written. What cannot be read is left to the pass that writes the rows, which says so.
pub fn gather(files: &[PathBuf], selection: &Selection) -> Result<Gathered> {
    let mut gatherer = Gatherer::new()?;
    select::each(files, &Selection::default(), &mut |record| {
        let mut digest = Digest::of(record);
        digest.wanted = selection.takes(&record.article);
        gatherer.add(&digest)
    })?;
    gatherer.finish()
}

/// Returns the rows of the documents, the most cited first.
///
/// # Errors
/// When the temporary file cannot be read.
pub fn documents(gathered: &mut Gathered) -> Result<Vec<Linked>> {
    let (works, mut links) = (gathered.works()?, gathered.links()?);
    let linked = |work: Work| {
        let links = work.id.as_ref().and_then(|id| links.remove(id)).unwrap_or_default();
        Linked { work, links }
    };
    Ok(works.into_iter().map(linked).collect())
}
