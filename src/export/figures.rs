//! The table of figures: one row each percentage that is of an indicator of the list, with its sentence.

use super::articles::column;
use super::facts::Above;
use super::mentions::{percent, points, sentence};
use super::rows::{Cell, Column, Kind, Row};
use crate::article::Record;
use crate::facts::figure::{Figure, figures};
use anyhow::Result;

/// Calls `take` with each figure of a record whose mention is kept.
pub(super) fn rows(
    record: &Record,
    is_kept: &dyn Fn(usize) -> bool,
    take: &mut dyn FnMut(&Row<'_>) -> Result<()>,
) -> Result<()> {
    let mut found = figures(record);
    found.retain(|figure| is_kept(figure.mention));
    if found.is_empty() {
        return Ok(());
    }
    let points = points(record);
    for figure in &found {
        let row = Row { points: Some(&points), mention: record.mentions.get(figure.mention), ..Row::of(record) };
        take(&Row { above: Above::Figure(figure), ..row })?;
    }
    Ok(())
}

/// Reads a cell off the row's figure.
fn figure<'a>(row: &Row<'a>, cell: fn(&'a Figure) -> Cell<'a>) -> Cell<'a> {
    match row.above {
        Above::Figure(figure) => cell(figure),
        _ => Cell::Null,
    }
}

/// The columns of the table but those of its article, in order.
#[rustfmt::skip]
pub(super) static COLUMNS: &[Column] = &[
    column("id", Kind::Text,
        "Article id: the key to the table of articles",
        "Mã bài viết: khóa nối với bảng articles",
        |row| Cell::text(Some(&row.record.article.id))),
    column("mention", Kind::Integer,
        "Number of the percentage among the article's mentions: with id the key to the table of mentions",
        "Số thứ tự của tỷ lệ trong bài: cùng id là khóa nối với bảng mentions",
        |row| figure(row, |figure| Cell::count(figure.mention))),
    column("indicator", Kind::Text,
        "Id of the indicator in the list: poverty, grdp, cpi and others",
        "Mã chỉ tiêu trong danh mục: poverty, grdp, cpi và các mã khác",
        |row| figure(row, |figure| Cell::text(Some(&figure.indicator)))),
    column("indicator_text", Kind::Text,
        "What is measured, in the words of the text",
        "Chỉ tiêu theo lời trong bài",
        |row| percent(row, |percent| Cell::text(percent.indicator.as_deref()))),
    column("subgroup", Kind::Text,
        "Part of the indicator that the figure is about; null when it is about the whole",
        "Bộ phận của chỉ tiêu mà số liệu nói về; trống khi là toàn bộ",
        |row| figure(row, |figure| Cell::text(figure.subgroup.as_deref()))),
    column("measure", Kind::Text,
        "level, change (growth or fall) or completion (of a plan)",
        "level (mức), change (tăng, giảm), completion (so với kế hoạch)",
        |row| figure(row, |figure| Cell::text(Some(figure.measure.name())))),
    column("low", Kind::Number,
        "Lower end, equal to high but for a range; a fall is negative (OBS_VALUE)",
        "Đầu dưới, bằng high nếu không phải khoảng; số giảm mang dấu âm (OBS_VALUE)",
        |row| figure(row, |figure| Cell::Number(figure.low))),
    column("high", Kind::Number,
        "Upper end",
        "Đầu trên của khoảng",
        |row| figure(row, |figure| Cell::Number(figure.high))),
    column("unit", Kind::Text,
        "%, pp (percentage points) or ‰ (UNIT_MEASURE)",
        "%, pp (điểm phần trăm) hoặc ‰ (UNIT_MEASURE)",
        |row| figure(row, |figure| Cell::name(figure.unit))),
    column("bound", Kind::Text,
        "exact, about, over, under, at_least, at_most",
        "exact (đúng), about (khoảng), over (trên), under (dưới), at_least (ít nhất), at_most (không quá)",
        |row| figure(row, |figure| Cell::name(figure.bound))),
    column("compared_to", Kind::Text,
        "What a change is against: period (the one before), december, year, or a date value",
        "Gốc so sánh: period (kỳ trước), december (tháng 12 năm trước), year (cùng kỳ năm trước), hoặc thời gian cụ thể",
        |row| figure(row, |figure| Cell::text(figure.compared_to.as_deref()))),
    column("nature", Kind::Text,
        "measured, target or forecast",
        "measured (thực hiện), target (mục tiêu), forecast (dự báo)",
        |row| figure(row, |figure| Cell::text(Some(figure.nature.name())))),
    column("status", Kind::Text,
        "A normal, E estimated, P provisional, F forecast (OBS_STATUS)",
        "A (chính thức), E (ước), P (sơ bộ), F (dự báo) (OBS_STATUS)",
        |row| figure(row, |figure| Cell::name(figure.status))),
    column("place", Kind::Text,
        "Place that it is about (REF_AREA): Việt Nam, a province, district or commune; null without evidence",
        "Địa bàn (REF_AREA): Việt Nam, tỉnh, huyện hoặc xã; trống khi bài không nêu",
        |row| figure(row, |figure| Cell::text(figure.place.as_deref()))),
    column("place_from", Kind::Text,
        "Where the place was read: indicator, sentence, title and source are relied on, lead and paragraph are hints",
        "Nơi đọc được địa bàn: indicator, sentence, title, source là chắc; lead, paragraph là gợi ý",
        |row| figure(row, |figure| figure.place_from.map_or(Cell::Null, Cell::name))),
    column("entity", Kind::Text,
        "Body or country abroad that it is about: in no place's series",
        "Đơn vị hoặc nước ngoài mà số liệu nói về: không thuộc chuỗi của địa bàn nào",
        |row| figure(row, |figure| Cell::text(figure.entity.as_deref()))),
    column("period", Kind::Text,
        "Date value that it is for (TIME_PERIOD); the last day of a year is the year for a level",
        "Kỳ số liệu (TIME_PERIOD); với level, ngày cuối năm được tính là năm",
        |row| figure(row, |figure| Cell::text(figure.period.as_deref()))),
    column("cumulative", Kind::Text,
        "yes when the period is a running total from January",
        "yes (có) khi kỳ là số lũy kế từ tháng 1",
        |row| figure(row, |figure| Cell::text(Some(if figure.cumulative { "yes" } else { "no" })))),
    column("said_by", Kind::Text,
        "Who says it, in the words of the sentence",
        "Ai nêu, theo lời trong câu",
        |row| figure(row, |figure| Cell::text(figure.said_by.as_deref()))),
    column("text", Kind::Text,
        "Words of the percentage: exactly [start:end] of the part",
        "Nguyên văn tỷ lệ: đúng bằng [start:end] của phần bài (part)",
        |row| Cell::text(row.mention.map(|mention| mention.text.as_str()))),
    column("part", Kind::Text,
        "Part of the article that it stands in: title, lead or body",
        "Phần của bài: title (tiêu đề), lead (sapo), body (thân bài)",
        |row| row.mention.map_or(Cell::Null, |mention| Cell::name(mention.part))),
    column("start", Kind::Integer,
        "First code point of it in its part, from 0",
        "Điểm mã đầu tiên trong phần bài, từ 0",
        |row| row.mention.map_or(Cell::Null, |mention| Cell::count(mention.start))),
    column("end", Kind::Integer,
        "Code point after the last one",
        "Điểm mã ngay sau điểm mã cuối",
        |row| row.mention.map_or(Cell::Null, |mention| Cell::count(mention.end))),
    column("sentence", Kind::Text,
        "Sentence it stands in",
        "Câu chứa số liệu",
        sentence),
];
