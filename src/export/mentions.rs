//! The table of mentions: one row each, its sentence, the fields of its kind, and the keys of its article.

use super::articles::column;
use super::facts::Facts;
use super::rows::{Cell, Column, Kind, Row};
use crate::article::Record;
use crate::mention::{CalendarDate, Citation, Fact, Part, Percent};
use crate::text::CodePoints;
use anyhow::Result;

/// Counts the code points of each part of an article.
pub(super) fn points(record: &Record) -> [CodePoints<'_>; Part::ALL.len()] {
    Part::ALL.map(|part| CodePoints::new(record.article.part(part)))
}

/// Calls `take` with each mention of a record that is kept, by its place among all.
pub(super) fn rows(
    record: &Record,
    is_kept: &dyn Fn(usize) -> bool,
    facts: Option<&Facts>,
    take: &mut dyn FnMut(&Row<'_>) -> Result<()>,
) -> Result<()> {
    let (points, documents) = (points(record), Facts::ids(facts, record));
    for (place, mention) in record.mentions.iter().enumerate().filter(|(place, _)| is_kept(*place)) {
        let row = Row { points: Some(&points), documents: &documents, ..Row::of(record) };
        take(&Row { mention: Some(mention), places: &[place], ..row })?;
    }
    Ok(())
}

/// Reads a cell off the row's citation; null for other kinds.
pub(super) fn citation<'a>(row: &Row<'a>, cell: fn(&'a Citation) -> Cell<'a>) -> Cell<'a> {
    match row.mention.map(|mention| &mention.fact) {
        Some(Fact::Citation(citation)) => cell(citation),
        _ => Cell::Null,
    }
}

/// Reads a cell off the row's percentage; null for other kinds.
pub(super) fn percent<'a>(row: &Row<'a>, cell: fn(&'a Percent) -> Cell<'a>) -> Cell<'a> {
    match row.mention.map(|mention| &mention.fact) {
        Some(Fact::Percent(percent)) => cell(percent),
        _ => Cell::Null,
    }
}

fn date<'a>(row: &Row<'a>, cell: fn(&'a CalendarDate) -> Cell<'a>) -> Cell<'a> {
    match row.mention.map(|mention| &mention.fact) {
        Some(Fact::Date(date)) => cell(date),
        _ => Cell::Null,
    }
}

/// Returns the sentence of the row's mention; null when its offsets are not on its part.
pub(super) fn sentence<'a>(row: &Row<'a>) -> Cell<'a> {
    let cut = |points: &'a [CodePoints<'a>; Part::ALL.len()]| {
        let mention = row.mention?;
        points[mention.part as usize].slice(mention.sentence_start, mention.sentence_end)
    };
    Cell::text(row.points.and_then(cut))
}

/// The columns of the table but those of its article, in order.
#[rustfmt::skip]
pub(super) static COLUMNS: &[Column] = &[
    column("id", Kind::Text,
        "Article id: the key to the table of articles",
        "Mã bài viết: khóa nối với bảng articles",
        |row| Cell::text(Some(&row.record.article.id))),
    column("mention", Kind::Integer,
        "Number of the mention in its article, from 0; id and mention together are the key of this table",
        "Số thứ tự trong bài, từ 0; id và mention là khóa của bảng này",
        |row| row.places.first().map_or(Cell::Null, |&place| Cell::count(place))),
    column("kind", Kind::Text,
        "citation, percent or date",
        "Loại: citation (viện dẫn văn bản), percent (tỷ lệ), date (thời gian)",
        |row| match row.mention.map(|mention| &mention.fact) {
            Some(Fact::Citation(_)) => Cell::text(Some("citation")),
            Some(Fact::Percent(_)) => Cell::text(Some("percent")),
            Some(Fact::Date(_)) => Cell::text(Some("date")),
            None => Cell::Null,
        }),
    column("value", Kind::Text,
        "Canonical value to group by: document number or name, number (low..high for a range), ISO 8601 or EDTF date",
        "Giá trị chuẩn để gộp nhóm: số hiệu hoặc tên văn bản, con số (low..high nếu là khoảng), ngày theo ISO 8601 hoặc EDTF",
        |row| row.mention.map_or(Cell::Null, |mention| Cell::Text(mention.value()))),
    column("text", Kind::Text,
        "Words of the article: exactly [start:end] of the part",
        "Nguyên văn trong bài: đúng bằng [start:end] của phần bài (part)",
        |row| Cell::text(row.mention.map(|mention| mention.text.as_str()))),
    column("part", Kind::Text,
        "Part of the article that the mention stands in: title, lead or body; all its offsets count in that part",
        "Phần của bài chứa nội dung được trích: title (tiêu đề), lead (sapo), body (thân bài); mọi vị trí tính trong phần đó",
        |row| row.mention.map_or(Cell::Null, |mention| Cell::name(mention.part))),
    column("start", Kind::Integer,
        "First code point of the mention in its part, from 0",
        "Điểm mã đầu tiên trong phần bài, từ 0",
        |row| row.mention.map_or(Cell::Null, |mention| Cell::count(mention.start))),
    column("end", Kind::Integer,
        "Code point after the last one",
        "Điểm mã ngay sau điểm mã cuối",
        |row| row.mention.map_or(Cell::Null, |mention| Cell::count(mention.end))),
    column("sentence", Kind::Text,
        "Sentence the mention stands in",
        "Câu chứa nội dung được trích",
        sentence),
    column("sentence_start", Kind::Integer,
        "First code point of that sentence in the part",
        "Điểm mã đầu tiên của câu trong phần bài",
        |row| row.mention.map_or(Cell::Null, |mention| Cell::count(mention.sentence_start))),
    column("sentence_end", Kind::Integer,
        "Code point after that sentence",
        "Điểm mã ngay sau câu",
        |row| row.mention.map_or(Cell::Null, |mention| Cell::count(mention.sentence_end))),
    column("rule", Kind::Text,
        "Name of the rule that fired",
        "Tên luật đã áp dụng",
        |row| Cell::text(row.mention.map(|mention| mention.rule.as_ref()))),
    column("flags", Kind::Texts,
        "How the value was inferred beyond the text: inferred-year, resolved, ambiguous and others",
        "Phần suy ra ngoài câu chữ: inferred-year, resolved, ambiguous và các cờ khác",
        |row| row.mention.map_or(Cell::Null, |mention| Cell::Texts(
            mention.flags.iter().filter_map(|flag| match Cell::name(flag) { Cell::Text(name) => Some(name), _ => None }).collect()))),
    column("shape", Kind::Text,
        "Citation: numbered, short or named",
        "Viện dẫn: numbered (đủ số, ký hiệu), short (rút gọn), named (theo tên)",
        |row| citation(row, |citation| Cell::name(citation.shape))),
    column("type", Kind::Text,
        "Citation: official abbreviation of the type of document (NQ, QĐ, L and others)",
        "Viện dẫn: viết tắt loại văn bản (NQ, QĐ, L và các loại khác)",
        |row| citation(row, |citation| Cell::text(citation.type_.as_deref()))),
    column("number", Kind::Text,
        "Citation: number, with at least two digits",
        "Viện dẫn: số văn bản, ít nhất hai chữ số",
        |row| citation(row, |citation| Cell::text(citation.number.as_deref()))),
    column("year", Kind::Integer,
        "Citation: year, only when the number holds one",
        "Viện dẫn: năm, chỉ khi số hiệu có năm",
        |row| citation(row, |citation| citation.year.map_or(Cell::Null, Cell::count))),
    column("symbol", Kind::Text,
        "Citation: symbol (NQ-HĐND, NQ/TW)",
        "Viện dẫn: ký hiệu (NQ-HĐND, NQ/TW)",
        |row| citation(row, |citation| Cell::text(citation.symbol.as_deref()))),
    column("issuer", Kind::Text,
        "Citation: abbreviation of the issuing organ (HĐND, CP, TU and others)",
        "Viện dẫn: viết tắt cơ quan ban hành (HĐND, CP, TU và các cơ quan khác)",
        |row| citation(row, |citation| Cell::text(citation.issuer.as_deref()))),
    column("level", Kind::Text,
        "Citation: central, province, district, commune or party",
        "Viện dẫn: cấp ban hành: central, province, district, commune, party",
        |row| citation(row, |citation| citation.level.map_or(Cell::Null, Cell::name))),
    column("place", Kind::Text,
        "Citation: province (and district) whose body issued the document, local bodies only. Percent: the territory or body that the figure is about",
        "Viện dẫn: tỉnh (và huyện) của cơ quan ban hành, chỉ cơ quan địa phương. Tỷ lệ: địa bàn hoặc đơn vị mà số liệu nói về",
        |row| match row.mention.map(|mention| &mention.fact) {
            Some(Fact::Citation(citation)) => Cell::text(citation.place.as_deref()),
            Some(Fact::Percent(percent)) => Cell::text(percent.place.as_deref()),
            _ => Cell::Null,
        }),
    column("place_from", Kind::Text,
        "Percent: where the place was read: indicator, sentence, title, lead, paragraph or source",
        "Tỷ lệ: nơi đọc được địa bàn: indicator (chỉ tiêu), sentence (câu), title (tiêu đề), lead (sapo), paragraph (đoạn), source (tỉnh của báo)",
        |row| percent(row, |percent| percent.place_from.map_or(Cell::Null, Cell::name))),
    column("issued", Kind::Text,
        "Citation: issue date as a date value, when the text gives it",
        "Viện dẫn: ngày ban hành dạng chuẩn, khi bài có nêu",
        |row| citation(row, |citation| Cell::text(citation.issued.as_deref()))),
    column("document_title", Kind::Text,
        "Citation: title of the document, when it follows the number",
        "Viện dẫn: trích yếu, khi đứng sau số hiệu",
        |row| citation(row, |citation| Cell::text(citation.title.as_deref()))),
    column("provision", Kind::Text,
        "Citation: article, clause and point that precede",
        "Viện dẫn: điều, khoản, điểm đứng trước",
        |row| citation(row, |citation| Cell::text(citation.provision.as_deref()))),
    column("key", Kind::Text,
        "Citation: identity across articles: place|issuer|type|year or issued|number",
        "Viện dẫn: khóa nhận dạng văn bản giữa các bài: place|issuer|type|năm hoặc ngày ban hành|số",
        |row| citation(row, |citation| Cell::text(citation.key.as_deref()))),
    column("document_id", Kind::Text,
        "Citation: id of the document in the table of documents; null when the words say no single one",
        "Viện dẫn: mã văn bản trong bảng documents; trống khi từ ngữ không chỉ một văn bản duy nhất",
        |row| row.places.first().map_or(Cell::Null, |&place| row.document(place))),
    column("percent_value", Kind::Number,
        "Percent: number in units of unit (0,34% is 0.34); null for a range",
        "Tỷ lệ: con số theo đơn vị unit (0,34% là 0.34); trống nếu là khoảng",
        |row| percent(row, |percent| Cell::number(percent.value))),
    column("low", Kind::Number,
        "Percent: lower end of a range, else percent_value",
        "Tỷ lệ: đầu dưới của khoảng, nếu không thì bằng percent_value",
        |row| percent(row, |percent| Cell::Number(percent.low))),
    column("high", Kind::Number,
        "Percent: upper end of a range, else percent_value",
        "Tỷ lệ: đầu trên của khoảng, nếu không thì bằng percent_value",
        |row| percent(row, |percent| Cell::Number(percent.high))),
    column("unit", Kind::Text,
        "Percent: %, pp (percentage points) or ‰",
        "Tỷ lệ: %, pp (điểm phần trăm) hoặc ‰",
        |row| percent(row, |percent| Cell::name(percent.unit))),
    column("bound", Kind::Text,
        "Percent: exact, about, over, under, at_least, at_most",
        "Tỷ lệ: exact (đúng), about (khoảng), over (trên), under (dưới), at_least (ít nhất), at_most (không quá)",
        |row| percent(row, |percent| Cell::name(percent.bound))),
    column("sense", Kind::Text,
        "Percent: level, increase, decrease, difference (a gap against another thing), completion (of a plan) or target",
        "Tỷ lệ: level (mức), increase (tăng), decrease (giảm), difference (chênh lệch), completion (so với kế hoạch), target (mục tiêu)",
        |row| percent(row, |percent| Cell::name(percent.sense))),
    column("indicator", Kind::Text,
        "Percent: what is measured, in the words of the text",
        "Tỷ lệ: chỉ tiêu được đo, theo lời trong bài",
        |row| percent(row, |percent| Cell::text(percent.indicator.as_deref()))),
    column("indicator_part", Kind::Text,
        "Percent: part of the article that the indicator stands in",
        "Tỷ lệ: phần của bài chứa chỉ tiêu",
        |row| percent(row, |percent| percent.indicator_part.map_or(Cell::Null, Cell::name))),
    column("indicator_start", Kind::Integer,
        "Percent: first code point of the indicator in indicator_part",
        "Tỷ lệ: điểm mã đầu tiên của chỉ tiêu trong indicator_part",
        |row| percent(row, |percent| percent.indicator_start.map_or(Cell::Null, Cell::count))),
    column("indicator_end", Kind::Integer,
        "Percent: code point after the indicator",
        "Tỷ lệ: điểm mã ngay sau chỉ tiêu",
        |row| percent(row, |percent| percent.indicator_end.map_or(Cell::Null, Cell::count))),
    column("base", Kind::Text,
        "Percent: of what it is a share, when said",
        "Tỷ lệ: phần trăm của cái gì, khi bài có nêu",
        |row| percent(row, |percent| Cell::text(percent.base.as_deref()))),
    column("period", Kind::Text,
        "Percent: date value that the figure is for",
        "Tỷ lệ: kỳ số liệu",
        |row| percent(row, |percent| Cell::text(percent.period.as_deref()))),
    column("compared_to", Kind::Text,
        "Percent: date value that it is compared to",
        "Tỷ lệ: kỳ so sánh",
        |row| percent(row, |percent| Cell::text(percent.compared_to.as_deref()))),
    column("backing_part", Kind::Number,
        "Percent: part of the ratio printed beside it",
        "Tỷ lệ: tử số của tỷ số in kèm",
        |row| percent(row, |percent| Cell::number(percent.backing.map(|[part, _]| part)))),
    column("backing_whole", Kind::Number,
        "Percent: whole of that ratio",
        "Tỷ lệ: mẫu số của tỷ số đó",
        |row| percent(row, |percent| Cell::number(percent.backing.map(|[_, whole]| whole)))),
    column("grain", Kind::Text,
        "Date: day, month, quarter, half, year, decade, century or interval",
        "Thời gian: day, month, quarter, half, year, decade, century, interval",
        |row| date(row, |date| Cell::name(date.grain))),
    column("date_begin", Kind::Day,
        "Date: first day, inclusive; null when a digit is unknown or the calendar is lunar",
        "Thời gian: ngày đầu; trống khi thiếu chữ số hoặc là âm lịch",
        |row| date(row, |date| date.date_begin.map_or(Cell::Null, Cell::Day))),
    column("date_end", Kind::Day,
        "Date: last day, inclusive",
        "Thời gian: ngày cuối, tính cả ngày đó",
        |row| date(row, |date| date.date_end.map_or(Cell::Null, Cell::Day))),
    column("part_of_day", Kind::Text,
        "Date: morning, noon, afternoon, evening or night",
        "Thời gian: buổi: morning, noon, afternoon, evening, night",
        |row| date(row, |date| date.part_of_day.map_or(Cell::Null, Cell::name))),
    column("mod", Kind::Text,
        "Date: start, mid, end, before, after or approx",
        "Thời gian: start (đầu), mid (giữa), end (cuối), before (trước), after (sau), approx (khoảng)",
        |row| date(row, |date| date.modifier.map_or(Cell::Null, Cell::name))),
    column("role", Kind::Text,
        "Percent: from or to, the ends of a change. Date: issued (of a citation) or dateline",
        "Tỷ lệ: from, to (hai đầu của thay đổi). Thời gian: issued (ngày ban hành) hoặc dateline",
        |row| match row.mention.map(|mention| &mention.fact) {
            Some(Fact::Percent(percent)) => percent.role.map_or(Cell::Null, Cell::name),
            Some(Fact::Date(date)) => date.role.map_or(Cell::Null, Cell::name),
            _ => Cell::Null,
        }),
    column("of", Kind::Integer,
        "Date: number of the mention, in the same article, whose issue date it is",
        "Thời gian: số thứ tự (mention) của văn bản có ngày ban hành này, trong cùng bài",
        |row| date(row, |date| date.of.map_or(Cell::Null, Cell::count))),
    column("calendar", Kind::Text,
        "Date: gregorian or lunar",
        "Thời gian: gregorian (dương lịch) hoặc lunar (âm lịch)",
        |row| date(row, |date| Cell::name(date.calendar))),
];
