//! A segment of the index, made here and read by tantivy like one of its own.
//!
//! 1. `texts` keeps the long fields as numbers, `keys` the terms of the short ones.
//! 2. `postings` turns them into terms with their documents, in tantivy's own serializer.
//!
//! tantivy's writer keeps a hash table of all terms and asks it for every token; of three lists of terms a text that was
//! two thirds of a build. Invariant: the files are, byte for byte, those that tantivy's writer makes of the same documents,
//! but for the length of a text, by which it is ranked: punctuation marks are terms and do not make it longer.

mod keys;
mod postings;
mod texts;

use super::document::Indexable;
use super::schema::Fields;
use keys::ShortFields;
use std::collections::BTreeSet;
use std::io;
use tantivy::directory::TerminatingWrite;
use tantivy::fastfield::{FastFieldsWriter, write_alive_bitset};
use tantivy::fieldnorm::{FieldNormReaders, FieldNormsSerializer, FieldNormsWriter};
use tantivy::index::{Segment, SegmentComponent, SegmentId, SegmentMeta};
use tantivy::postings::{FieldSerializer, InvertedIndexSerializer};
use tantivy::schema::Field;
use tantivy::store::StoreWriter;
use tantivy::{BitSet, DocId, IndexWriter};
use texts::{Texts, Vocabulary};

/// A segment that takes documents.
pub struct SegmentBuilder {
    segment: Segment,
    vocabulary: Vocabulary,
    title: TextFields,
    text: TextFields,
    keys: ShortFields,
    norms: FieldNormsWriter,
    columns: FastFieldsWriter,
    store: StoreWriter,
    documents: DocId,
    superseded: BTreeSet<DocId>,
}

/// The fields of one text, and the text of each document.
struct TextFields {
    exact: Field,
    folded: Field,
    pairs: Field,
    texts: Texts,
}

impl SegmentBuilder {
    /// Begins a segment of the index that a writer writes to.
    ///
    /// # Errors
    /// When its files cannot be made.
    pub fn new(writer: &IndexWriter, fields: &Fields) -> tantivy::Result<SegmentBuilder> {
        let segment = writer.new_segment();
        let (index, schema) = (segment.index(), segment.schema());
        let settings = index.settings();
        let store = StoreWriter::new(
            segment.open_write(SegmentComponent::Store)?,
            settings.docstore_compression,
            settings.docstore_blocksize,
            settings.docstore_compress_dedicated_thread,
        )?;
        Ok(SegmentBuilder {
            vocabulary: Vocabulary::default(),
            title: TextFields {
                exact: fields.title_exact,
                folded: fields.title_folded,
                pairs: fields.title_pairs,
                texts: Texts::default(),
            },
            text: TextFields {
                exact: fields.text_exact,
                folded: fields.text_folded,
                pairs: fields.text_pairs,
                texts: Texts::default(),
            },
            keys: ShortFields::new(index)?,
            norms: FieldNormsWriter::for_schema(&schema),
            columns: FastFieldsWriter::from_schema_and_tokenizer_manager(
                &schema,
                index.fast_field_tokenizer().clone(),
            )?,
            store,
            documents: 0,
            superseded: BTreeSet::new(),
            segment,
        })
    }

    /// Returns the id of the segment.
    pub fn id(&self) -> SegmentId {
        self.segment.id()
    }

    /// Takes the next document and returns its number.
    ///
    /// # Errors
    /// When it does not fit the schema, or cannot be written.
    pub fn add(&mut self, made: &Indexable) -> tantivy::Result<DocId> {
        let doc = self.documents;
        for (fields, form) in [(&mut self.title, &made.title.exact), (&mut self.text, &made.text.exact)] {
            let (words, pairs) = fields.texts.add(&mut self.vocabulary, form);
            for (field, count) in [(fields.exact, words), (fields.folded, words), (fields.pairs, pairs)] {
                self.norms.record(doc, field, count);
            }
        }
        self.keys.add(doc, &made.document, &mut |field, count| self.norms.record(doc, field, count));
        self.columns.add_document(&made.document)?;
        self.store.store(&made.document, &self.segment.schema())?;
        self.documents += 1;
        Ok(doc)
    }

    /// Marks a document of this segment as deleted.
    pub fn supersede(&mut self, doc: DocId) {
        self.superseded.insert(doc);
    }

    /// Returns the memory that it takes in bytes, about.
    pub fn memory(&self) -> usize {
        self.vocabulary.memory()
            + self.title.texts.memory()
            + self.text.texts.memory()
            + self.keys.memory()
            + self.norms.mem_usage()
            + self.columns.mem_usage()
            + self.store.mem_usage()
    }

    /// Writes the segment and returns what an index is told of it; `opstamp` is the index's last commit.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn finish(mut self, opstamp: u64) -> tantivy::Result<SegmentMeta> {
        self.norms.fill_up_to_max_doc(self.documents);
        self.norms.serialize(
            FieldNormsSerializer::from_write(self.segment.open_write(SegmentComponent::FieldNorms)?)?,
            None,
        )?;
        self.write_postings()?;
        let mut columns = self.segment.open_write(SegmentComponent::FastFields)?;
        self.columns.serialize(&mut columns, None)?;
        columns.terminate()?;
        self.store.close()?;
        let mut segment = self.segment.with_max_doc(self.documents);
        if !self.superseded.is_empty() {
            segment = segment.with_delete_meta(self.superseded.len() as u32, opstamp);
            let mut alive = BitSet::with_max_value_and_full(self.documents);
            self.superseded.into_iter().for_each(|doc| alive.remove(doc));
            let mut file = segment.open_write(SegmentComponent::Delete)?;
            write_alive_bitset(&alive, &mut file)?;
            file.terminate()?;
        }
        segment.meta().untrack_temp_docstore();
        Ok(segment.meta().clone())
    }

    /// Writes the postings of all fields, in the order of the schema.
    fn write_postings(&mut self) -> tantivy::Result<()> {
        let norms = FieldNormReaders::open(self.segment.open_read(SegmentComponent::FieldNorms)?)?;
        let mut serializer = InvertedIndexSerializer::open(&self.segment)?;
        let (exact, ranks) = self.vocabulary.ranked();
        let (folded, folded_ranks) = texts::folded(&exact);
        let mut write_field =
            |field: Field, length: u64, write: &mut dyn FnMut(&mut FieldSerializer) -> io::Result<()>| {
                if length == 0 {
                    return tantivy::Result::Ok(());
                }
                let mut field = serializer.new_field(field, length, norms.get_field(field)?)?;
                write(&mut field)?;
                Ok(field.close()?)
            };
        for (field, _) in self.segment.schema().fields().filter(|(_, entry)| entry.is_indexed()) {
            let Some(fields) = [&mut self.title, &mut self.text].into_iter().find(|fields| fields.has(field)) else {
                write_field(field, self.keys.terms(field), &mut |serializer| self.keys.write(field, serializer))?;
                continue;
            };
            let (words, pairs) = (fields.texts.words(), fields.texts.pairs());
            // In this order of the schema: terms are numbered by the rank of their exact form first, then of the folded one.
            if field == fields.exact {
                fields.texts.renumber(&ranks);
                write_field(field, words, &mut |serializer| postings::write_terms(&fields.texts, &exact, serializer))?;
            } else if field == fields.folded {
                fields.texts.renumber(&folded_ranks);
                write_field(field, words, &mut |serializer| postings::write_terms(&fields.texts, &folded, serializer))?;
            } else {
                write_field(field, pairs, &mut |serializer| postings::write_pairs(&fields.texts, &folded, serializer))?;
            }
        }
        Ok(serializer.close()?)
    }
}

impl TextFields {
    fn has(&self, field: Field) -> bool {
        [self.exact, self.folded, self.pairs].contains(&field)
    }
}
