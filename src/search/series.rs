//! The figures of one indicator that the articles of an archive give, side by side.

use super::Archive;
use super::query::Query;
use crate::answer::{Answer, Cell, Column, Figure as Number, Kind};
use crate::duplicates::{Finder, Signature, THRESHOLD};
use crate::facts::figure::{Nature, figures};
use crate::facts::indicators::{Indicator, indicators};
use crate::facts::series::{LeftOut, Told, Value, Wanted, decimals, series};
use crate::mention::Bound;
use crate::text::offset::slice;
use anyhow::{Result, bail};
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::ControlFlow;

/// Columns of [`answer`].
pub const COLUMNS: [Column; 20] = [
    Column::new("place", Kind::Text, "Place (REF_AREA)", "Địa bàn (REF_AREA)"),
    Column::new("period", Kind::Text, "Period (TIME_PERIOD)", "Kỳ (TIME_PERIOD)"),
    Column::new(
        "measure",
        Kind::Text,
        "level, change or completion",
        "level: mức; change: tăng, giảm; completion: so với kế hoạch",
    ),
    Column::new("compared_to", Kind::Text, "What a change is against: period, december, year or a date", "Gốc so sánh"),
    Column::new(
        "nature",
        Kind::Text,
        "measured, target or forecast",
        "measured: thực hiện; target: mục tiêu; forecast: dự báo",
    ),
    Column::new(
        "bound",
        Kind::Text,
        "How exact it is said to be; empty when exact",
        "Mức chính xác; trống khi là số đúng",
    ),
    Column::new(
        "value",
        Kind::Number,
        "Value (OBS_VALUE); the lower end of a range; a fall is negative",
        "Giá trị (OBS_VALUE); đầu dưới của khoảng; số giảm mang dấu âm",
    ),
    Column::new("high", Kind::Number, "Upper end of a range", "Đầu trên của khoảng"),
    Column::new("unit", Kind::Text, "Unit (UNIT_MEASURE)", "Đơn vị (UNIT_MEASURE)"),
    Column::new(
        "of_values",
        Kind::Integer,
        "Values told of this place and period: more than one contradict each other, or one revises another",
        "Số giá trị được nêu cho cùng địa bàn và kỳ: nhiều hơn một là mâu thuẫn hoặc điều chỉnh",
    ),
    Column::new(
        "articles",
        Kind::Integer,
        "Articles that say it, reprints of one text counted once",
        "Số bài nêu, bài đăng lại chỉ tính một lần",
    ),
    Column::new("figures", Kind::Integer, "Figures that say it", "Số lần nêu").in_files(),
    Column::new(
        "status",
        Kind::Text,
        "A normal, E estimated, P provisional, F forecast (OBS_STATUS)",
        "A: chính thức; E: ước; P: sơ bộ; F: dự báo (OBS_STATUS)",
    ),
    Column::new("first", Kind::Day, "First day of publication", "Ngày đăng đầu tiên").in_files(),
    Column::new("last", Kind::Day, "Last day of publication", "Ngày đăng cuối cùng").in_files(),
    Column::new("said_by", Kind::Texts, "Who says it, in the words of the sentences", "Ai nêu, theo lời trong câu")
        .in_files(),
    Column::new("ids", Kind::Texts, "Articles, one each sentence", "Các bài, mỗi câu một bài").in_files(),
    Column::new("sentences", Kind::Texts, "All sentences that say it", "Mọi câu nêu giá trị này").in_files(),
    Column::new("said", Kind::Text, "Who says it", "Ai nêu").for_reading(),
    Column::new("sentence", Kind::Text, "The first sentence that says it", "Câu nêu đầu tiên").for_reading(),
];

/// Answers what the articles of a query say of an indicator, by place and period.
///
/// # Errors
/// When the indicator is not of the list, which names those near it, or the index is damaged.
pub fn answer(archive: &Archive, indicator: &str, query: &Query, wanted: &Wanted) -> Result<Answer> {
    let list = indicators();
    let Some(row) = list.find(indicator).map(|row| &list.rows()[row]) else {
        let ids: Vec<_> = list.rows().iter().map(|row| row.id.as_str()).collect();
        bail!("no indicator {indicator:?}; there are {} (baotinh series lists them)", ids.join(", "))
    };
    let (mut told, mut finder) = (Vec::new(), Finder::default());
    archive.each(query, &mut |record| {
        let article = &record.article;
        let before = told.len();
        for figure in figures(&record).into_iter().filter(|figure| figure.indicator == row.id) {
            let Some(mention) = record.mentions.get(figure.mention) else { continue };
            let sentence = slice(article.part(mention.part), mention.sentence_start, mention.sentence_end);
            told.push(Told {
                article: article.id.clone(),
                day: article.published_day(),
                sentence: sentence.unwrap_or_default().trim().to_string(),
                decimals: decimals(&mention.text),
                figure,
            });
        }
        if told.len() > before {
            finder.add(article, Signature::of(article));
        }
        Ok(ControlFlow::Continue(()))
    })?;
    let all = told.len() as u64;
    let mut original: HashMap<String, String> = HashMap::new();
    for member in finder.clusters(THRESHOLD).into_iter().flatten() {
        original.insert(member.id, member.cluster);
    }
    let (values, left) = if row.terms { (Vec::new(), LeftOut::default()) } else { series(told, wanted, &original) };
    let points: HashSet<_> = values.iter().map(|value| (value.line.clone().place, value.period)).collect();
    let in_points: u64 = values.iter().map(|value| value.figures).sum();
    let mut answer = archive.answer("series", query, &COLUMNS, values.into_iter().map(self::row).collect())?;
    answer.summary = format!(
        "{} ({}): {in_points} of {all} figures in {} points of place and period, in {} of {} articles: {query}",
        row.name,
        row.id,
        points.len(),
        answer.total.found,
        answer.total.of
    );
    answer.figures = vec![
        Number::count("figures", "Figures of the indicator", all),
        Number::count("in_points", "Of them those with a place and a period", in_points),
    ];
    answer.notes.push(left_out(row, &left, all));
    Ok(answer)
}

/// Says in a line what is in no point.
fn left_out(row: &Indicator, left: &LeftOut, all: u64) -> String {
    if row.terms {
        return format!(
            "the terms of {} differ, so its {all} figures make no series; they stand in the table of figures",
            row.id
        );
    }
    let parts = [
        (left.unplaced, "without a place that is sure"),
        (left.undated, "without a period"),
        (left.entity, "of a body or a country abroad"),
        (left.subgroup, "of a part of it"),
        (left.other_nature[Nature::Measured as usize], "measured"),
        (left.other_nature[Nature::Target as usize], "targets"),
        (left.other_nature[Nature::Forecast as usize], "forecasts"),
        (left.other, "of another place or measure"),
    ];
    let parts: Vec<_> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    let parts = if parts.is_empty() { "nothing".to_string() } else { parts.join(", ") };
    format!("left out: {parts}; {} reprints are counted once with their originals", left.reprints)
}

fn row(value: Value) -> Vec<Cell> {
    let statuses: String = value.statuses.iter().collect();
    let said_by: Vec<String> = value.said_by.into_iter().collect();
    let bound = match value.bound {
        Bound::Exact => None,
        bound => serde_json::to_value(bound).ok().and_then(|name| name.as_str().map(str::to_string)),
    };
    let (ids, sentences): (Vec<_>, Vec<_>) = value.sentences.into_iter().unzip();
    vec![
        value.line.place.into(),
        value.period.value().into(),
        value.line.measure.name().into(),
        value.line.compared_to.into(),
        value.line.nature.name().into(),
        bound.into(),
        Cell::Number(value.low),
        if value.high == value.low { Cell::Null } else { Cell::Number(value.high) },
        value.line.unit.into(),
        Cell::count(value.of_values),
        Cell::count(value.articles),
        Cell::count(value.figures),
        statuses.into(),
        value.days.map(|(first, _)| first).into(),
        value.days.map(|(_, last)| last).into(),
        Cell::Texts(said_by.clone()),
        Cell::Texts(ids),
        Cell::Texts(sentences.clone()),
        said_by.first().cloned().into(),
        sentences.first().cloned().into(),
    ]
}

/// Columns of [`list`].
pub const LIST_COLUMNS: [Column; 7] = [
    Column::new("figures", Kind::Integer, "Figures of the indicator", "Số lần nêu"),
    Column::new("articles", Kind::Integer, "Articles with one", "Số bài có nêu"),
    Column::new(
        "in_points",
        Kind::Integer,
        "Figures with a place and a period, of the whole",
        "Số lần nêu có địa bàn và kỳ",
    ),
    Column::new("indicator", Kind::Text, "Id", "Mã chỉ tiêu"),
    Column::new("measures", Kind::Texts, "level, change or completion", "Loại số liệu").in_files(),
    Column::new("name", Kind::Text, "Name in Vietnamese", "Tên chỉ tiêu"),
    Column::new("english", Kind::Text, "Name in English", "Tên tiếng Anh"),
];

/// Answers which indicators there are, and how often the articles of a query give a figure of each.
///
/// # Errors
/// When the index is damaged.
pub fn list(archive: &Archive, query: &Query) -> Result<Answer> {
    let mut counts: BTreeMap<String, [u64; 3]> = BTreeMap::new();
    archive.each(query, &mut |record| {
        let mut seen = HashSet::new();
        for figure in figures(&record) {
            let whole = figure.is_placed() && figure.period.is_some() && figure.subgroup.is_none();
            let count = counts.entry(figure.indicator.clone()).or_default();
            count[0] += 1;
            count[1] += u64::from(seen.insert(figure.indicator));
            count[2] += u64::from(whole);
        }
        Ok(ControlFlow::Continue(()))
    })?;
    let mut rows: Vec<(u64, Vec<Cell>)> = indicators()
        .rows()
        .iter()
        .map(|row| {
            let [figures, articles, in_points] = counts.get(&row.id).copied().unwrap_or_default();
            let measures = row.measures.iter().map(|measure| measure.name().to_string()).collect();
            let cells = vec![
                Cell::count(figures),
                Cell::count(articles),
                Cell::count(if row.terms { 0 } else { in_points }),
                row.id.as_str().into(),
                Cell::Texts(measures),
                row.name.as_str().into(),
                row.english.as_str().into(),
            ];
            (figures, cells)
        })
        .collect();
    rows.sort_by_key(|(figures, _)| Reverse(*figures));
    let rows = rows.into_iter().map(|(_, cells)| cells).collect();
    let mut answer = archive.answer("series", query, &LIST_COLUMNS, rows)?;
    let all: u64 = counts.values().map(|[figures, ..]| figures).sum();
    answer.summary = format!(
        "{} indicators, {all} figures in {} of {} articles: {query}",
        answer.of_rows, answer.total.found, answer.total.of
    );
    Ok(answer)
}
