//! What the archive holds: articles and mentions by newspaper and year, in one pass over columns.

use super::{Archive, Query};
use crate::answer::{Answer, Cell, Column, Figure, Kind};
use anyhow::Result;
use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;

/// Columns of [`answer`].
pub const COLUMNS: [Column; 6] = [
    Column::new("source", Kind::Text, "Newspaper", "Báo").or("(unknown)"),
    Column::new("year", Kind::Text, "Year of publication", "Năm đăng").or("(unknown)"),
    Column::new("articles", Kind::Integer, "Articles", "Số bài"),
    Column::new("citations", Kind::Integer, "Mentions of documents", "Số lần viện dẫn văn bản"),
    Column::new("percentages", Kind::Integer, "Percentages", "Số tỷ lệ phần trăm"),
    Column::new("dates", Kind::Integer, "Dates on the calendar", "Số mốc thời gian theo lịch"),
];

/// Counts articles, citations, percentages and dates.
type Counts = [u64; 4];

/// Answers how many articles and mentions there are of each newspaper and year; unknown ones come last.
///
/// # Errors
/// When the index is damaged.
pub fn answer(archive: &Archive) -> Result<Answer> {
    let mut counts: BTreeMap<(Option<String>, Option<i16>), Counts> = BTreeMap::new();
    archive.each_segment(&Query::All, &mut |segment, docs| {
        let columns = segment.fast_fields();
        let (sources, dates) = (columns.str("source")?, columns.date("date")?);
        let (citations, percents, days) =
            (columns.str("cite_key")?, columns.f64("percent_low")?, columns.i64("date_begin")?);
        let mut here: HashMap<(Option<u64>, Option<i16>), Counts> = HashMap::new();
        docs(&mut |doc| {
            let source = sources.as_ref().and_then(|column| column.term_ords(doc).next());
            let year = dates.first(doc).map(|day| super::day(day).year());
            let cited = citations.as_ref().map_or(0, |column| column.term_ords(doc).count());
            let found = [1, cited, percents.values_for_doc(doc).count(), days.values_for_doc(doc).count()];
            let sum = here.entry((source, year)).or_default();
            sum.iter_mut().zip(found).for_each(|(sum, count)| *sum += count as u64);
            Ok(ControlFlow::Continue(()))
        })?;
        for ((source, year), found) in here {
            let mut name = String::new();
            if let (Some(column), Some(source)) = (&sources, source) {
                column.ord_to_str(source, &mut name)?;
            }
            let sum = counts.entry((Some(name).filter(|name| !name.is_empty()), year)).or_default();
            sum.iter_mut().zip(found).for_each(|(sum, count)| *sum += count);
        }
        Ok(())
    })?;
    let mut rows: Vec<_> = counts.into_iter().collect();
    rows.sort_by(|((a, year), _), ((b, other), _)| {
        (a.is_none(), a, year.is_none(), year).cmp(&(b.is_none(), b, other.is_none(), other))
    });
    let mut total = Counts::default();
    for (_, found) in &rows {
        total.iter_mut().zip(found).for_each(|(sum, count)| *sum += count);
    }
    let undated = rows.iter().filter(|((_, year), _)| year.is_none()).map(|(_, found)| found[0]).sum();
    let row = |((source, year), found): ((Option<String>, Option<i16>), Counts)| {
        let year = year.map(|year| format!("{year:04}"));
        [source.into(), year.into()].into_iter().chain(found.map(Cell::count)).collect()
    };
    let mut answer = archive.answer("stats", &Query::All, &COLUMNS, rows.into_iter().map(row).collect())?;
    answer.total.undated = Some(undated);
    answer.figures = vec![
        Figure::count("citations", "Mentions of documents", total[1]),
        Figure::count("percentages", "Percentages", total[2]),
        Figure::count("dates", "Dates on the calendar", total[3]),
    ];
    answer.summary = format!("{} articles, {undated} of them undated", total[0]);
    Ok(answer)
}
