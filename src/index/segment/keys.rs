//! Postings of the short fields: ids, names, numbers, days. Terms in order as they come, each with its documents.

use std::collections::BTreeMap;
use std::io;
use tantivy::postings::FieldSerializer;
use tantivy::schema::{Field, Schema, Value};
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{DocId, Index, TantivyDocument, Term};

/// Bytes that a term takes beside its own, about.
const TERM_BYTES: usize = 64;

/// The terms of short fields, each with the documents that hold it.
pub struct ShortFields {
    schema: Schema,
    tokenizers: BTreeMap<Field, TextAnalyzer>,
    fields: BTreeMap<Field, Postings>,
    bytes: usize,
}

#[derive(Default)]
struct Postings {
    documents: BTreeMap<Vec<u8>, Vec<DocId>>,
    /// Terms of all documents, those that one holds twice counted twice.
    terms: u64,
}

impl ShortFields {
    /// Makes the terms of an index ready to be taken.
    ///
    /// # Errors
    /// When the index does not know a tokenizer of its schema.
    pub fn new(index: &Index) -> tantivy::Result<ShortFields> {
        let schema = index.schema();
        let texts = schema.fields().filter(|(_, entry)| entry.is_indexed() && entry.field_type().is_str());
        let tokenizers =
            texts.map(|(field, _)| Ok((field, index.tokenizer_for_field(field)?))).collect::<tantivy::Result<_>>()?;
        Ok(ShortFields { schema, tokenizers, fields: BTreeMap::new(), bytes: 0 })
    }

    /// Takes the terms of the next document, and tells how many each field has.
    pub fn add(&mut self, doc: DocId, document: &TantivyDocument, told: &mut dyn FnMut(Field, u32)) {
        let mut counts = BTreeMap::new();
        for (field, value) in
            document.field_values().filter(|(field, _)| self.schema.get_field_entry(*field).is_indexed())
        {
            let mut take = |term: &[u8]| {
                *counts.entry(field).or_default() += 1;
                self.bytes += self.fields.entry(field).or_default().add(term, doc);
            };
            if let Some(day) = value.as_datetime() {
                take(Term::from_field_date_for_search(field, day).serialized_value_bytes());
            } else if let (Some(text), Some(tokenizer)) = (value.as_str(), self.tokenizers.get_mut(&field)) {
                tokenizer.token_stream(text).process(&mut |token| take(token.text.as_bytes()));
            }
        }
        counts.into_iter().for_each(|(field, count)| told(field, count));
    }

    /// Returns the memory it takes in bytes, about.
    pub fn memory(&self) -> usize {
        self.bytes
    }

    /// Returns the number of terms of a field in all documents.
    pub fn terms(&self, field: Field) -> u64 {
        self.fields.get(&field).map_or(0, |postings| postings.terms)
    }

    /// Writes the postings of a field.
    pub fn write(&self, field: Field, serializer: &mut FieldSerializer) -> io::Result<()> {
        for (term, documents) in self.fields.get(&field).into_iter().flat_map(|postings| &postings.documents) {
            serializer.new_term(term, documents.len() as u32, false)?;
            documents.iter().for_each(|doc| serializer.write_doc(*doc, 0, &[]));
            serializer.close_term()?;
        }
        Ok(())
    }
}

impl Postings {
    /// Takes a term of a document and returns the bytes of memory that it cost.
    fn add(&mut self, term: &[u8], doc: DocId) -> usize {
        self.terms += 1;
        match self.documents.get_mut(term) {
            Some(documents) if documents.last() == Some(&doc) => 0,
            Some(documents) => {
                documents.push(doc);
                size_of::<DocId>()
            }
            None => {
                self.documents.insert(term.to_vec(), vec![doc]);
                term.len() + TERM_BYTES
            }
        }
    }
}
