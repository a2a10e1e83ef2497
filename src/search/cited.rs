//! The documents that articles cite, and how often.

use super::Archive;
use super::documents::text;
use super::query::Query;
use crate::answer::{Answer, Cell, Column, Kind};
use crate::facts::identity::slug;
use crate::facts::registry::Head;
use crate::place::PROVINCES;
use crate::text::fold;
use anyhow::Result;
use jiff::civil::Date;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::ControlFlow;

/// Holds a document with the articles that cite it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cited {
    /// Index of its head among the documents of the archive.
    pub head: usize,
    /// Articles that cite it.
    pub articles: u64,
    /// Citations in them.
    pub citations: u64,
    /// First day of publication.
    pub first: Option<Date>,
    /// Last day of publication.
    pub last: Option<Date>,
    /// Newspapers.
    pub sources: BTreeSet<String>,
    /// Provinces of the newspapers, of before 1 July 2025.
    pub provinces: BTreeSet<String>,
}

/// Says which documents are wanted; the default wants all.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Type, by its folded form.
    pub type_: Option<String>,
    /// Issuer, by its folded form.
    pub issuer: Option<String>,
    /// Province of a local body; one of today stands for those that it was made of, too.
    pub place: Option<String>,
    /// First day of issue; documents whose year alone is known count by their year.
    pub since: Option<Date>,
}

impl Wanted {
    /// Says whether a document is wanted, as far as its head says.
    pub fn takes(&self, head: &Head) -> bool {
        let same = |wanted: &Option<String>, has: &Option<String>| {
            wanted.as_ref().is_none_or(|wanted| has.as_ref().is_some_and(|has| fold(has) == fold(wanted)))
        };
        let since = |since: Date| head.key.year.parse::<i16>().is_ok_and(|year| year >= since.year());
        same(&self.type_, &head.type_)
            && same(&self.issuer, &head.issuer)
            && self.place.as_ref().is_none_or(|place| is_of(head, place))
            && self.since.is_none_or(since)
    }
}

/// Says whether a document is of a body of a province, or of a place in it.
fn is_of(head: &Head, place: &str) -> bool {
    let province = head.key.place.split(':').next().unwrap_or_default().trim_end_matches('?');
    let wanted = fold(place);
    let parts = PROVINCES.iter().filter(|part| fold(part.new) == wanted).map(|part| slug(part.old));
    slug(place) == province || parts.into_iter().any(|part| part == province)
}

/// Returns the documents cited by the articles that a query finds, the most cited first.
///
/// # Errors
/// When the index is damaged.
pub fn cited(archive: &Archive, query: &Query, wanted: &Wanted) -> Result<Vec<Cited>> {
    let documents = archive.documents()?;
    let takes: Vec<bool> = documents.heads().iter().map(|head| wanted.takes(head)).collect();
    let mut sums: HashMap<usize, Cited> = HashMap::new();
    archive.each_segment(query, &mut |segment, docs| {
        let columns = segment.fast_fields();
        let Some(keys) = columns.str("cite_key")? else { return Ok(()) };
        let (sources, provinces, dates) = (columns.str("source")?, columns.str("province_old")?, columns.date("date")?);
        let mut of = documents.by_number(&keys)?;
        of.retain(|_, head| takes[*head]);
        let mut here: HashMap<usize, Here> = HashMap::new();
        docs(&mut |doc| {
            let day = dates.first(doc).map(super::day);
            let mut seen = HashSet::new();
            for &head in keys.term_ords(doc).filter_map(|key| of.get(&key)) {
                let document = here.entry(head).or_default();
                document.sum.citations += 1;
                if seen.insert(head) {
                    document.sum.articles += 1;
                    document.sum.first = document.sum.first.into_iter().chain(day).min();
                    document.sum.last = document.sum.last.into_iter().chain(day).max();
                    document.sources.extend(sources.iter().flat_map(|column| column.term_ords(doc)));
                    document.provinces.extend(provinces.iter().flat_map(|column| column.term_ords(doc)));
                }
            }
            Ok(ControlFlow::Continue(()))
        })?;
        for (head, Here { sum, sources: papers, provinces: of }) in here {
            let all = sums.entry(head).or_insert_with(|| Cited { head, ..Cited::default() });
            all.articles += sum.articles;
            all.citations += sum.citations;
            all.first = all.first.into_iter().chain(sum.first).min();
            all.last = all.last.into_iter().chain(sum.last).max();
            for (names, column, found) in [(&mut all.sources, &sources, papers), (&mut all.provinces, &provinces, of)] {
                for (column, name) in column.iter().flat_map(|column| found.iter().map(move |name| (column, *name))) {
                    names.insert(text(column, name)?);
                }
            }
        }
        Ok(())
    })?;
    let mut all: Vec<_> = sums.into_values().collect();
    let name = |cited: &Cited| (&documents.heads()[cited.head].value, cited.head);
    all.sort_by(|a, b| (b.articles, b.citations, name(a)).cmp(&(a.articles, a.citations, name(b))));
    Ok(all)
}

/// Columns of [`answer`].
pub const COLUMNS: [Column; 11] = [
    Column::new("articles", Kind::Integer, "Articles that cite it", "Số bài viện dẫn"),
    Column::new("citations", Kind::Integer, "Citations in them", "Số lần viện dẫn"),
    Column::new("first", Kind::Day, "First day of publication", "Ngày đăng đầu tiên"),
    Column::new("last", Kind::Day, "Last day of publication", "Ngày đăng cuối cùng"),
    Column::new("papers", Kind::Texts, "Newspapers that cite it", "Các báo viện dẫn"),
    Column::new("provinces", Kind::Texts, "Their provinces, of before 1 July 2025", "Các tỉnh của báo, trước 1/7/2025"),
    Column::new("document", Kind::Text, "Canonical number or name", "Số hiệu hoặc tên chuẩn"),
    Column::new("place", Kind::Text, "Place of a local issuer", "Nơi của cơ quan ban hành địa phương"),
    Column::new("type", Kind::Text, "Type of the document", "Loại văn bản").in_files(),
    ID,
    DOUBTS,
];

/// Column of a document's id.
pub const ID: Column = Column::new(
    "id",
    Kind::Text,
    "Id of the document: place/issuer/type/year/number; empty of words that say no single one",
    "Mã văn bản: nơi/cơ quan/loại/năm/số; trống khi từ ngữ không chỉ một văn bản duy nhất",
)
.or("(no single document)");

/// Column of what is doubtful about a document.
pub const DOUBTS: Column = Column::new("doubts", Kind::Texts, "What is doubtful", "Điều còn nghi vấn").in_files();

/// Answers which documents the articles that a query finds cite, the most cited first.
///
/// # Errors
/// When the index is damaged.
pub fn answer(archive: &Archive, query: &Query, wanted: &Wanted) -> Result<Answer> {
    let heads = archive.documents()?.heads();
    let all = cited(archive, query, wanted)?;
    let single = all.iter().filter(|document| heads[document.head].id.is_some()).count();
    let row = |document: Cited| {
        let head = &heads[document.head];
        vec![
            Cell::count(document.articles),
            Cell::count(document.citations),
            document.first.into(),
            document.last.into(),
            Cell::Texts(document.sources.into_iter().collect()),
            Cell::Texts(document.provinces.into_iter().collect()),
            head.value.as_str().into(),
            head.place.clone().into(),
            head.type_.clone().into(),
            head.id.clone().into(),
            Cell::Texts(head.doubts.iter().map(|doubt| doubt.name().to_string()).collect()),
        ]
    };
    let rows: Vec<_> = all.into_iter().map(row).collect();
    let mut answer = archive.answer("cited", query, &COLUMNS, rows)?;
    answer.summary = format!(
        "{single} documents, and {} numbers or names that say no single one, in {} of {} articles: {query}",
        answer.of_rows - single as u64,
        answer.total.found,
        answer.total.of
    );
    Ok(answer)
}

/// What one segment says of a document, names as numbers.
#[derive(Default)]
struct Here {
    sum: Cited,
    sources: HashSet<u64>,
    provinces: HashSet<u64>,
}
