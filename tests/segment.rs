//! Segments: what is made here is what tantivy would make, and what is superseded goes.

use baotinh::article::{Article, Record, SCHEMA_VERSION};
use baotinh::extract::extract;
use baotinh::index::document::{Indexable, indexable};
use baotinh::index::segment::SegmentBuilder;
use baotinh::index::superseded::SegmentOrder;
use baotinh::index::{Opened, open_or_create};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tantivy::collector::Count;
use tantivy::query::AllQuery;
use tantivy::{DocId, IndexWriter, Term};

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
    indexable(&opened.fields, record(n), "corpus/1.jsonl").expect("made")
}

/// Reads the files of the only segment of an index, by extension.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = fs::read_dir(folder).expect("a folder").map(|file| file.expect("a file").path());
    let of_segment =
        files.filter(|path| path.extension().is_some_and(|extension| extension != "json" && extension != "lock"));
    of_segment
        .map(|path| (path.extension().expect("one").to_string_lossy().into(), fs::read(&path).expect("read")))
        .collect()
}

const RECORDS: usize = 400;

/// Makes two indexes of the same records, one written here and one by tantivy's writer, and returns their files.
fn written(make: &dyn Fn(&Opened, usize) -> Indexable) -> [BTreeMap<String, Vec<u8>>; 2] {
    let (ours, theirs) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let opened = open_or_create(theirs.path()).expect("made");
    let mut writer: IndexWriter = opened.index.writer_with_num_threads(1, 50 << 20).expect("a writer");
    for n in 0..RECORDS {
        let made = make(&opened, n);
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
        assert_eq!(segment.add(&make(&opened, n)).expect("added"), n as DocId);
    }
    writer.add_segment(segment.finish(0).expect("finished")).expect("taken");
    writer.commit().expect("committed");
    let both = [files(ours.path()), files(theirs.path())];
    for files in &both {
        assert_eq!(files.keys().collect::<Vec<_>>(), ["fast", "fieldnorm", "idx", "pos", "store", "term"]);
    }
    both
}

fn check(extensions: &[&str], [ours, theirs]: &[BTreeMap<String, Vec<u8>>; 2]) {
    for &extension in extensions {
        let (ours, theirs) = (&ours[extension], &theirs[extension]);
        assert!(ours == theirs, "{extension}: {} bytes here, {} there", ours.len(), theirs.len());
    }
}

#[test]
fn the_files_are_those_that_tantivy_writes() {
    check(&["fast", "pos", "store"], &written(&made));
}

#[test]
fn without_punctuation_marks_every_file_is_the_one_that_tantivy_writes() {
    let bare = |text: &str| text.replace(|c: char| c.is_ascii_punctuation() || c == '\n', " ");
    let make = |opened: &Opened, n: usize| {
        let mut record = record(n);
        record.article.title = record.article.title.as_deref().map(bare);
        record.article.lead = record.article.lead.as_deref().map(bare);
        record.article.body = bare(&record.article.body);
        record.mentions.clear();
        indexable(&opened.fields, record, "corpus/1.jsonl").expect("made")
    };
    check(&["fast", "fieldnorm", "idx", "pos", "store", "term"], &written(&make));
}

#[test]
fn what_is_superseded_goes_and_what_supersedes_it_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    let opened = open_or_create(folder.path()).expect("made");
    let mut writer: IndexWriter = opened.index.writer_with_num_threads(1, 15 << 20).expect("a writer");
    let segment_order = SegmentOrder::default();
    let count = || opened.index.reader().expect("read").searcher().search(&AllQuery, &Count).expect("searched");
    for round in 1..4 {
        // The article of the rounds before is deleted before this one's is added, and no commit stands between.
        writer
            .delete_query(Box::new(segment_order.existing(Term::from_field_text(opened.fields.id, "bai-1"))))
            .expect("asked");
        let mut segment = SegmentBuilder::new(&writer, &opened.fields).expect("begun");
        let twice = segment.add(&made(&opened, 1)).expect("added");
        segment.supersede(twice);
        segment.add(&made(&opened, 1)).expect("added");
        segment.add(&made(&opened, 10 * round)).expect("added");
        segment_order.add(segment.id());
        writer.add_segment(segment.finish(writer.commit_opstamp()).expect("finished")).expect("taken");
        if round > 1 {
            writer.commit().expect("committed");
            assert_eq!(count(), 1 + round);
        }
    }
}
