//! A segment of the index, made here and read by tantivy like one of its own.
//!
//! 1. `texts` keeps the long fields as numbers, `keys` the terms of the short ones.
//! 2. `postings` turns them into terms with their documents, in tantivy's own serializer.
//!
//! tantivy's writer keeps a hash table of all terms and asks it for every token; of three lists of terms a text that was
//! two thirds of a build. Invariant: the files are, byte for byte, those that tantivy's writer makes of the same documents.

mod keys;
mod postings;
mod texts;

use super::document::Indexable;
use super::schema::Fields;
use keys::Keys;
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
    keys: Keys,
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
            text: TextFields { exact: fields.text_exact, folded: fields.text_folded, pairs: fields.text_pairs, texts: Texts::default() },
            keys: Keys::new(index)?,
            norms: FieldNormsWriter::for_schema(&schema),
            columns: FastFieldsWriter::from_schema_and_tokenizer_manager(&schema, index.fast_field_tokenizer().clone())?,
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
            let (terms, pairs) = fields.texts.add(&mut self.vocabulary, form);
            for (field, count) in [(fields.exact, terms), (fields.folded, terms), (fields.pairs, pairs)] {
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
        self.norms.serialize(FieldNormsSerializer::from_write(self.segment.open_write(SegmentComponent::FieldNorms)?)?, None)?;
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
        let mut write_field = |field: Field, terms: u64, write: &mut dyn FnMut(&mut FieldSerializer) -> io::Result<()>| {
            if terms == 0 {
                return tantivy::Result::Ok(());
            }
            let mut field = serializer.new_field(field, terms, norms.get_field(field)?)?;
            write(&mut field)?;
            Ok(field.close()?)
        };
        for (field, _) in self.segment.schema().fields().filter(|(_, entry)| entry.is_indexed()) {
            let Some(fields) = [&mut self.title, &mut self.text].into_iter().find(|fields| fields.has(field)) else {
                write_field(field, self.keys.terms(field), &mut |serializer| self.keys.write(field, serializer))?;
                continue;
            };
            let (terms, pairs) = (fields.texts.terms(), fields.texts.pairs());
            // In this order of the schema: terms are numbered by the rank of their exact form first, then of the folded one.
            if field == fields.exact {
                fields.texts.renumber(&ranks);
                write_field(field, terms, &mut |serializer| postings::write_terms(&fields.texts, &exact, serializer))?;
            } else if field == fields.folded {
                fields.texts.renumber(&folded_ranks);
                write_field(field, terms, &mut |serializer| postings::write_terms(&fields.texts, &folded, serializer))?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Article, Record, SCHEMA_VERSION};
    use crate::extract::extract;
    use crate::index::superseded::Births;
    use crate::index::{Opened, document, open_or_create};
    use std::collections::BTreeMap;
    use std::fs;
    use std::path::Path;
    use tantivy::Term;
    use tantivy::collector::Count;
    use tantivy::query::AllQuery;

    const SENTENCES: &[&str] = &[
        "Nghị quyết số 01/2022/NQ-HĐND ngày 31/8/2022 của HĐND tỉnh.",
        "Tỷ lệ hộ nghèo còn 0,34%, giảm 1,2 điểm phần trăm so với năm 2021;",
        "thu ngân sách đạt 76,95 % kế hoạch (1.240,5 tỷ đồng)",
        "Thủy lợi ở xã Hòa Bình, thuỷ sản ở xã Hoà Bình.",
        "\n\nKinh tế - xã hội: KT-XH, M'Nông, Đắk Lắk",
        "QĐ-UBND, 5G, 漢字, İstanbul, a\u{323}\u{302}",
        "kinh tế kinh tế kinh tế, ngày 2 tháng 9 và tháng 9-2024.",
    ];

    /// Makes the n-th record: a text of its own, and some parts left out.
    fn record(n: usize) -> Record {
        let body: Vec<_> = (0..n % 23).map(|at| SENTENCES[(n * 7 + at * (1 + n % 5)) % SENTENCES.len()]).collect();
        let mut article = Article {
            id: format!("bai-{n}"),
            title: (!n.is_multiple_of(4)).then(|| SENTENCES[n % SENTENCES.len()].into()),
            lead: (!n.is_multiple_of(3)).then(|| format!("Sở {n} của tỉnh")),
            body: body.join(" "),
            source: Some("Báo  Quảng Ninh".into()),
            author: (!n.is_multiple_of(2)).then(|| format!("Lê {}", n % 7)),
            ..Article::default()
        };
        article.seal();
        let mentions = extract(&article);
        Record { schema_version: SCHEMA_VERSION, rules_version: "test".into(), mentions, article }
    }

    fn made(opened: &Opened, n: usize) -> Indexable {
        document::indexable(&opened.fields, record(n), "corpus/1.jsonl").expect("made")
    }

    /// Reads the files of the only segment of an index, by extension.
    fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
        let files = fs::read_dir(folder).expect("a folder").map(|file| file.expect("a file").path());
        let of_segment = files.filter(|path| path.extension().is_some_and(|extension| extension != "json" && extension != "lock"));
        of_segment.map(|path| (path.extension().expect("one").to_string_lossy().into(), fs::read(&path).expect("read"))).collect()
    }

    #[test]
    fn the_files_are_those_that_tantivy_writes() {
        const RECORDS: usize = 400;
        let (ours, theirs) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        let opened = open_or_create(theirs.path()).expect("made");
        let mut writer: IndexWriter = opened.index.writer_with_num_threads(1, 50 << 20).expect("a writer");
        for n in 0..RECORDS {
            let made = made(&opened, n);
            let mut document = made.document.clone();
            for (field, _) in opened.index.schema().fields() {
                if let Some(form) = made.form(&opened.fields, field) {
                    document.add_text(field, form);
                }
            }
            writer.add_document(document).expect("added");
        }
        writer.commit().expect("committed");

        let opened = open_or_create(ours.path()).expect("made");
        let mut writer: IndexWriter = opened.index.writer_with_num_threads(1, 15 << 20).expect("a writer");
        let mut segment = SegmentBuilder::new(&writer, &opened.fields).expect("begun");
        for n in 0..RECORDS {
            assert_eq!(segment.add(&made(&opened, n)).expect("added"), n as DocId);
        }
        writer.add_segment(segment.finish(0).expect("finished")).expect("taken");
        writer.commit().expect("committed");

        let (ours, theirs) = (files(ours.path()), files(theirs.path()));
        assert_eq!(ours.keys().collect::<Vec<_>>(), ["fast", "fieldnorm", "idx", "pos", "store", "term"]);
        assert_eq!(ours.keys().collect::<Vec<_>>(), theirs.keys().collect::<Vec<_>>());
        for (extension, bytes) in &ours {
            assert!(bytes == &theirs[extension], "{extension}: {} bytes here, {} there", bytes.len(), theirs[extension].len());
        }
    }

    #[test]
    fn what_is_superseded_goes_and_what_supersedes_it_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let opened = open_or_create(folder.path()).expect("made");
        let mut writer: IndexWriter = opened.index.writer_with_num_threads(1, 15 << 20).expect("a writer");
        let births = Births::default();
        let count = || opened.index.reader().expect("read").searcher().search(&AllQuery, &Count).expect("searched");
        for round in 1..4 {
            // The article of the rounds before is deleted before this one's is added, and no commit stands between.
            writer.delete_query(Box::new(births.until_now(Term::from_field_text(opened.fields.id, "bai-1")))).expect("asked");
            let mut segment = SegmentBuilder::new(&writer, &opened.fields).expect("begun");
            let twice = segment.add(&made(&opened, 1)).expect("added");
            segment.supersede(twice);
            segment.add(&made(&opened, 1)).expect("added");
            segment.add(&made(&opened, 10 * round)).expect("added");
            births.add(segment.id());
            writer.add_segment(segment.finish(writer.commit_opstamp()).expect("finished")).expect("taken");
            if round > 1 {
                writer.commit().expect("committed");
                assert_eq!(count(), 1 + round);
            }
        }
    }
}
