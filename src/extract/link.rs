//! Links between finds: the dates that a percentage is for and is compared to.
//!
//! A link never leaves the sentence of the percentage; every search looks at a few dates on either side, so that a
//! body of nothing but percentages and dates stays linear.

use super::{ArticleText, Extracted, Found};
use crate::mention::{CalendarDate, DateRole, Grain, Modifier, Percent, Sense};
use std::ops::Range;

/// Dates that are looked at on each side of a percentage.
const NEAR: usize = 8;

/// Bytes between a percentage and a date after it.
const FAR: usize = 400;

/// Bytes that are looked at before a date for what it is to the sentence.
const WINDOW: usize = 160;

/// Words after which a date is compared to.
const COMPARISONS: &[&str] = &["so với", "So với", "so cùng", "So cùng", "cùng kỳ", "cùng kì", "Cùng kỳ", "thay vì"];

/// Words after which a date belongs to a plan or a document, not to the figure.
const PLANS: &[&str] = &[
    "chỉ tiêu",
    "cố định",
    "dự toán",
    "giá gốc",
    "giá so sánh",
    "kế hoạch",
    "luật",
    "mục tiêu",
    "nghị quyết",
    "nghị định",
];

/// Words of aim, among those of plans.
const AIMS: &[&str] = &["chỉ tiêu", "mục tiêu"];

/// Names that end with a term of years: `Chương trình … giai đoạn 2021-2025`.
const PROGRAMMES: &[&str] =
    &["Chương trình", "Kế hoạch", "Nghị quyết", "chương trình", "kế hoạch", "nghị quyết", "Đề án", "đề án"];

/// Words of speech: the day before them is when it was said.
const SPEECH: &[&str] = &["cho biết", "cho hay", "công bố", "phát biểu", "khẳng định", "báo cáo", "tổ chức"];

/// Words before a figure that another is compared to.
const BASELINES: &[&str] = &["so với", "so với con số", "so với mức", "so với tỷ lệ", "thay vì", "thay vì mức"];

/// Words that may stand between a figure and its own period: `15% vào năm 2015`, `18,3% (2010)`.
const BEFORE_PERIOD: &[&str] = &[
    "(",
    "vào",
    "cả",
    "trong",
    "của",
    "cho",
    "ở",
    "/năm",
    "mỗi",
    "tính đến",
    "đến",
    "từ",
    "cuối",
    "đầu",
    "hồi",
    "tại",
    "thời điểm",
    "hết",
];

/// Ties the finds of a body to each other.
pub fn link(scene: &ArticleText<'_>, finds: &mut Extracted) {
    let Extracted { percents, dates, .. } = finds;
    if dates.is_empty() {
        return;
    }
    for at in 0..percents.len() {
        let floor = at.checked_sub(1).map_or(0, |before| percents[before].span.end);
        let ceiling = percents.get(at + 1).map_or(scene.text.len(), |after| after.span.start);
        let (period, compared_to) = times(scene, &percents[at], floor..ceiling, dates);
        percents[at].fact.period = period.map(|date| date.fact.value.clone());
        percents[at].fact.compared_to = compared_to.map(|date| date.fact.value.clone());
    }
}

/// Returns the dates that a percentage is for and is compared to; `room` is the text between its neighbours.
fn times<'d>(
    scene: &ArticleText<'_>,
    percent: &Found<Percent>,
    room: Range<usize>,
    dates: &'d [Found<CalendarDate>],
) -> (Option<&'d Found<CalendarDate>>, Option<&'d Found<CalendarDate>>) {
    let sentence = scene.sentence(percent.span.start);
    let split = dates.partition_point(|date| date.span.start < percent.span.start);
    let left = dates[..split].iter().rev().take(NEAR).take_while(|date| date.span.start >= sentence.start);
    let right = dates[split..]
        .iter()
        .take(NEAR)
        .take_while(|date| date.span.end <= sentence.end && date.span.start - percent.span.start <= FAR);
    let use_of = |date: &Found<CalendarDate>| usage(scene.text, &sentence, date);

    // `tăng 5,5% so với mức 3,8% cùng kỳ 2012`: what is compared to has its own time.
    let baseline = BASELINES.iter().any(|cue| scene.text[sentence.start..percent.span.start].trim_end().ends_with(cue));
    let own = right.clone().next().filter(|date| {
        let between = &scene.text[percent.span.end..date.span.start];
        let between = if baseline {
            between.trim().trim_start_matches("của ").trim_start_matches("cùng kỳ")
        } else {
            between
        };
        // `2,12% (quý 1 tăng 3,68%; …)`: the time in the bracket has a figure of its own.
        let bracket = between.trim_start().starts_with('(');
        let rest = &scene.text[date.span.end..sentence.end.max(date.span.end)];
        let other = bracket && rest[..rest.find(')').unwrap_or(rest.len())].contains('%');
        date.span.end <= room.end && follows(between) && !other
    });
    let before = || {
        let told = left.clone().next().filter(|date| use_of(date) == Use::Spoken && date.span.start >= room.start);
        if told.is_some() {
            return told;
        }
        let mut free =
            left.clone().filter(|date| use_of(date) == Use::Free && date.fact.role != Some(DateRole::Issued));
        free.find(|date| !said(scene.text, date, percent.span.start) && !owned(scene.text, &sentence, date))
    };
    // `đặt mục tiêu năm 2023 thu ngân sách tăng 10%`: the time of an aim is that of what is aimed at.
    let aimed = || left.clone().next().filter(|date| percent.fact.sense == Sense::Target && use_of(date) == Use::Aimed);
    let period = own.or_else(before).or_else(aimed);

    let changed = matches!(percent.fact.sense, Sense::Increase | Sense::Decrease);
    let rest = &scene.text[percent.span.end..room.end.min(sentence.end)];
    let told = COMPARISONS.iter().any(|cue| clipped(rest, 24).contains(cue)) || rest.trim_start().starts_with("so ");
    let after = right
        .clone()
        .find(|date| use_of(date) == Use::Compared)
        .filter(|date| !scene.text[percent.span.end..date.span.start].contains(';'));
    let compared_to = if baseline {
        None
    } else if told {
        after.filter(|date| date.span.end <= room.end)
    } else if changed {
        left.clone().find(|date| use_of(date) == Use::Compared).or(after)
    } else if scene.text[..percent.span.start].trim_end().ends_with("bằng") {
        // `bằng 54% doanh thu của năm 2019`: what it is a share of is of another time.
        right
            .clone()
            .next()
            .filter(|date| {
                date.span.end <= room.end
                    && date.fact.grain != Grain::Day
                    && !rest[..date.span.start - percent.span.end].contains([',', ';', '('])
            })
            .filter(|date| use_of(date) == Use::Free)
    } else {
        None
    };
    (period.filter(|period| compared_to.is_none_or(|compared| compared.span != period.span)), compared_to)
}

/// Says what a date is to its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// It may be what a figure is for.
    Free,
    /// A figure is compared to it.
    Compared,
    /// A figure is told of it in brackets.
    Spoken,
    /// It belongs to a plan or document.
    Planned,
    /// It belongs to an aim.
    Aimed,
}

/// Reads what a date is to its sentence from the words before it, back to the last comma, bracket or figure.
pub fn usage(text: &str, sentence: &Range<usize>, date: &Found<CalendarDate>) -> Use {
    let before = tail(&text[sentence.start..date.span.start], WINDOW);
    let part = before.rfind([',', ';', '(', ')', '%', '‰']).map_or(before, |at| &before[at..]);
    // `(cùng kỳ năm 2019 tăng 10,6%)`: told of that time itself.
    let told = ["(cùng kỳ", "(cùng kì"].iter().any(|cue| part.trim_end() == *cue)
        && clipped(&text[date.span.end..], 40).contains('%');
    if told {
        return Use::Spoken;
    }
    // `tốt hơn quý III`, but `trong hơn 8 tháng năm 2020`.
    let better = part.trim_end().ends_with(" hơn") && text[date.span.clone()].starts_with(char::is_alphabetic);
    if COMPARISONS.iter().any(|cue| part.contains(cue)) || part.trim_end().ends_with(" so") || better {
        return Use::Compared;
    }
    // `trước ngày 1/1/1945`, `từ năm 2010 đến nay`: no span that a figure is for.
    let open = ["đến nay", "tới nay", "trở lại đây", "đến giờ"]
        .iter()
        .any(|cue| text[date.span.end..].trim_start().starts_with(cue));
    // `ông A sinh năm 1988`, but `cặp học sinh năm 2012`.
    let born = part.trim_end();
    let open = open || born.ends_with(" sinh") && !born.ends_with("học sinh");
    if open || matches!(date.fact.modifier, Some(Modifier::Before | Modifier::After)) {
        return Use::Planned;
    }
    let words = &text[date.span.clone()];
    let term = words.starts_with("giai đoạn") || words.starts_with("nhiệm kỳ");
    if term && PROGRAMMES.iter().any(|cue| part.contains(cue)) {
        return Use::Planned;
    }
    let close = tail(part.trim_end(), 24);
    match PLANS.iter().find(|cue| close.contains(*cue)) {
        Some(_) if AIMS.iter().any(|cue| close.contains(cue)) => Use::Aimed,
        Some(_) => Use::Planned,
        None => Use::Free,
    }
}

/// Says whether only light words part a figure from a date after it.
fn follows(between: &str) -> bool {
    let mut rest = between.trim();
    while !rest.is_empty() {
        let Some(word) = BEFORE_PERIOD.iter().find(|word| rest.starts_with(*word)) else { return false };
        rest = rest[word.len()..].trim_start();
    }
    true
}

/// Says whether a date belongs to a figure before it: `18,3% (2010)`, `54% doanh thu của năm 2019`.
fn owned(text: &str, sentence: &Range<usize>, date: &Found<CalendarDate>) -> bool {
    let before = tail(&text[sentence.start..date.span.start], 64);
    before.rfind(['%', '‰']).is_some_and(|at| {
        let between = before[at..].trim_start_matches(['%', '‰']);
        follows(between) || !between.contains([',', ';', '(']) && !opens(between)
    })
}

/// Says whether the words before a date end in one that begins another clause, `4% và năm 2023 còn 3%`; a list of times goes on.
fn opens(between: &str) -> bool {
    ["và", "nhưng", "còn"].iter().any(|word| {
        let before = between.trim_end().strip_suffix(word);
        before.is_some_and(|before| before.ends_with(' ') && !before.trim_end().ends_with(|c: char| c.is_ascii_digit()))
    })
}

/// Says whether a day is when something was said: `ngày 26-5, ông A cho biết …`.
pub fn said(text: &str, date: &Found<CalendarDate>, figure: usize) -> bool {
    if date.fact.grain != Grain::Day || date.span.end > figure {
        return false;
    }
    let until = text[..date.span.start].trim_end();
    let closing = ["đến", "tới", "hết", "tính từ", "so với"].iter().any(|cue| until.ends_with(cue));
    !closing && SPEECH.iter().any(|cue| clipped(&text[date.span.end..figure], WINDOW).contains(cue))
}

/// Returns the last bytes of a text, at most `most`.
fn tail(text: &str, most: usize) -> &str {
    let mut from = text.len().saturating_sub(most);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..]
}

/// Returns the first bytes of a text, at most `most`.
fn clipped(text: &str, most: usize) -> &str {
    let mut to = text.len().min(most);
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    &text[..to]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::percent;

    /// Links the percentages of a text to dates that stand in it, given as the words and the value.
    fn linked(text: &str, dates: &[(&str, &str)]) -> Vec<(Option<String>, Option<String>)> {
        let scene = ArticleText::new(text, None, None);
        let mut finds = Extracted { percents: percent::find(&scene, &Extracted::default()), ..Extracted::default() };
        let mut from = 0;
        for (words, value) in dates {
            let start = from + text[from..].find(words).expect("a date of the text");
            from = start + words.len();
            let fact = CalendarDate { value: value.to_string(), grain: Grain::Year, ..CalendarDate::default() };
            finds.dates.push(Found { span: start..from, rule: "test", flags: Vec::new(), fact });
        }
        link(&scene, &mut finds);
        finds.percents.into_iter().map(|found| (found.fact.period, found.fact.compared_to)).collect()
    }

    fn some(value: &str) -> Option<String> {
        Some(value.to_string())
    }

    #[test]
    fn a_comparison_is_inherited_over_trong_do() {
        let text = "Số đơn đều giảm so với cùng kỳ năm 2021, trong đó khiếu nại giảm 13,6%; tố cáo giảm 21,2%.";
        assert_eq!(linked(text, &[("năm 2021", "2021")]), [(None, some("2021")), (None, some("2021"))]);
    }

    #[test]
    fn each_figure_keeps_its_own_comparison() {
        let text = "Doanh thu năm 2019 đạt 12 tỷ đồng, tăng 16% so với năm 2018 và tăng 35% so với năm 2017.";
        let dates = [("năm 2019", "2019"), ("năm 2018", "2018"), ("năm 2017", "2017")];
        assert_eq!(linked(text, &dates), [(some("2019"), some("2018")), (some("2019"), some("2017"))]);
    }

    #[test]
    fn the_time_in_brackets_belongs_to_its_figure() {
        let text = "Tỷ lệ hộ nghèo giảm từ 18,3% (2010) xuống còn 2,7%.";
        assert_eq!(linked(text, &[("2010", "2010")]), [(some("2010"), None), (None, None)]);
    }

    #[test]
    fn the_term_of_a_programme_is_no_period() {
        let text = "Tỉnh hoàn thành Chương trình giảm nghèo giai đoạn 2021-2025; tỷ lệ hộ nghèo còn 0,34%.";
        assert_eq!(linked(text, &[("giai đoạn 2021-2025", "2021/2025")]), [(None, None)]);
    }

    #[test]
    fn the_year_of_a_plan_is_no_period() {
        let text = "Thu ngân sách đạt 51,3% kế hoạch năm 2017.";
        assert_eq!(linked(text, &[("năm 2017", "2017")]), [(None, None)]);
    }

    #[test]
    fn a_time_behind_and_is_that_of_the_next_figure() {
        let text = "Tỷ lệ hộ nghèo năm 2022 còn 4% và năm 2023 còn 3%.";
        assert_eq!(
            linked(text, &[("năm 2022", "2022"), ("năm 2023", "2023")]),
            [(some("2022"), None), (some("2023"), None)]
        );
        let text = "Có 30% số xã đạt chuẩn năm 2022 và năm 2023, 50% đạt một phần.";
        assert_eq!(linked(text, &[("năm 2022", "2022"), ("năm 2023", "2023")]), [(None, None), (None, None)]);
    }

    #[test]
    fn the_time_of_an_aim_is_the_period_of_what_is_aimed_at() {
        let text = "Huyện đặt mục tiêu năm 2023 tỷ lệ che phủ rừng đạt 52%.";
        assert_eq!(linked(text, &[("năm 2023", "2023")]), [(some("2023"), None)]);
        let text = "Các chỉ tiêu năm 2021: tỷ lệ đô thị hóa 35%; tỷ lệ hộ nghèo giảm 1,5%.";
        assert_eq!(linked(text, &[("năm 2021", "2021")]), [(some("2021"), None), (some("2021"), None)]);
        let text = "Vượt mục tiêu năm 2023, tỷ lệ che phủ rừng đã đạt 52%.";
        assert_eq!(linked(text, &[("năm 2023", "2023")]), [(None, None)]);
    }

    #[test]
    fn the_year_of_prices_and_an_open_span_are_no_period() {
        for (text, words) in [
            ("Giá trị sản xuất (giá so sánh 2010) tăng 3,4%.", "2010"),
            ("Từ năm 2010 đến nay, tỷ lệ hộ nghèo còn 5%.", "năm 2010"),
            ("Kết quả tốt hơn quý III, tỷ lệ đạt 5%.", "quý III"),
        ] {
            assert_eq!(linked(text, &[(words, "x")]), [(None, None)], "{text}");
        }
    }

    #[test]
    fn what_is_compared_to_has_its_own_time() {
        let text = "Sản lượng tăng 5,5%, so với mức 3,8% cùng kỳ năm 2012.";
        assert_eq!(linked(text, &[("năm 2012", "2012")])[1], (some("2012"), None));
        let text = "Sản lượng 11 tháng tăng 4,7% (cùng kỳ năm 2019 tăng 10,6%).";
        assert_eq!(linked(text, &[("năm 2019", "2019")])[1], (some("2019"), None));
    }
}
