//! Percentages, what they measure and what they say.
//!
//! [`figure`] reads the number at its unit; the words around it give bound,
//! sense and indicator. A find never lies inside what the citations have taken.

mod after;
mod backing;
pub mod figure;
mod indicator;
pub mod meaning;
mod phrase;
mod phrase_bounds;
mod sense;
mod sentence;
mod subject;

use super::scan::{Kinds, What};
use super::{ArticleText, Extracted, Found, lexicon};
use crate::mention::{Flag, Percent, PercentRole, Sense, Unit};
use figure::Figure;
pub use figure::RULES;
use indicator::{Indicator, Place};
use sentence::Sentence;
use std::ops::Range;

/// Cue words and signs at which a percentage is recognised, in lower case.
pub const CUES: &[&str] = &["%", "phần nghìn", "phần ngàn", "phần trăm", "‰"];

/// Finds the percentages of a body, in the order of the text, outside what the citations have taken.
pub fn find(scene: &ArticleText<'_>, taken: &Extracted) -> Vec<Found<Percent>> {
    let mut found: Vec<Found<Percent>> = Vec::new();
    let mut citations = taken.citations.iter().peekable();
    let mut clause = Sentence::default();
    let mut previous: Option<Previous> = None;
    for anchor in &scene.anchors {
        if !matches!(anchor.what, What::Cue(kinds) if kinds.has(Kinds::PERCENT)) {
            continue;
        }
        if scene.masked(anchor.start) {
            continue;
        }
        let floor = found.last().map_or(0, |last| last.span.end);
        if anchor.start < floor {
            continue;
        }
        let Some((rule, figure)) = figure::read(scene, anchor.start..anchor.end, floor) else { continue };
        while citations.next_if(|citation| citation.span.end <= figure.span.start).is_some() {}
        if citations.peek().is_some_and(|citation| citation.span.start < figure.span.end) {
            continue;
        }
        if figure.span.start >= clause.range.end {
            clause.read(scene.text, scene.sentence(figure.span.start));
            previous = None;
        }
        let (told, fact, flags) = tell(&clause, &figure, previous.as_ref());
        if fact.role == Some(PercentRole::To)
            && let Some(start) = found.last_mut()
        {
            start.fact.role = Some(PercentRole::From);
            start.fact.sense = Sense::Level;
            start.flags.clear();
            // `giảm từ 8,25%/năm (tương đương 0,825%/tháng) xuống còn 7,8%`: both figures are where it starts.
            if previous.as_ref().is_some_and(|previous| previous.restates)
                && let [.., first, _] = found.as_mut_slice()
            {
                first.fact.role = Some(PercentRole::From);
                first.fact.sense = Sense::Level;
                first.flags.clear();
            }
        }
        previous = Some(told);
        found.push(Found { span: figure.span, rule, flags, fact });
    }
    found
}

/// Holds what a later figure of the sentence may take over.
struct Previous {
    span: Range<usize>,
    from: bool,
    restates: bool,
    sense: Sense,
    flags: Vec<Flag>,
    indicator: Option<Indicator>,
    base: Option<Range<usize>>,
}

/// Reads what the words around a figure say of it.
fn tell(clause: &Sentence<'_>, figure: &Figure, previous: Option<&Previous>) -> (Previous, Percent, Vec<Flag>) {
    let span = &figure.span;
    let reading = sentence::govern(clause, span);
    let change = previous
        .is_some_and(|previous| previous.from && (reading.to || reading.until) && ends_change(clause, previous, span));
    let earlier = previous.and_then(|previous| previous.indicator.as_ref());
    let share = !change && previous.is_some_and(|previous| shares(clause, previous, &reading, span));
    let indicator = if change {
        earlier.cloned()
    } else if share {
        earlier.map(|earlier| Indicator { place: Place::Inherited, verb: None, ..earlier.clone() })
    } else {
        indicator::find(clause, span, &reading, earlier)
    };
    let (mut sense, flag) =
        if change || share { (Sense::Level, None) } else { sense::read(clause, span, &reading, indicator.as_ref()) };
    let mut flags: Vec<Flag> = flag.into_iter().collect();
    let inherited = indicator.as_ref().is_some_and(|indicator| indicator.place == Place::Inherited);
    // `giảm bình quân 1%/năm, 100% xã đạt chuẩn`: another thing, told of without the verb.
    let other = indicator.as_ref().is_some_and(|own| own.place == Place::After)
        && earlier.is_some_and(|earlier| earlier.place != Place::After);
    let follows =
        reading.listed && !other || inherited || indicator::continues(clause, &reading, indicator.as_ref(), earlier);
    // `sẽ chiếm 90% so với 60% hiện nay`: what an aim is compared to is none.
    // `tăng 11,9%, chiếm tỷ trọng cao nhất (66,9%)`: a share does not grow with what stands before.
    let fixed = |previous: &Previous| {
        let between = &clause.tokens[clause.before(previous.span.end)..clause.before(span.start)];
        previous.sense == Sense::Target && indicator::baseline(clause, &reading)
            || previous.sense != Sense::Target && between.iter().any(|token| token.is(lexicon::SHARE))
    };
    if let Some(previous) =
        previous.filter(|previous| follows && reading.verb.is_none() && sense == Sense::Level && !fixed(previous))
    {
        (sense, flags) = (previous.sense, previous.flags.clone());
    }
    if matches!(sense, Sense::Level | Sense::Increase | Sense::Decrease)
        && previous.is_some_and(|previous| still_aimed(clause, previous, &reading, span))
    {
        flags.extend(sense::direction_flag(sense));
        sense = Sense::Target;
    }
    let value = (!figure.range).then_some(figure.low);
    let backing = value.filter(|_| figure.unit == Unit::Percent && !matches!(sense, Sense::Increase | Sense::Decrease));
    let words = |range: &Range<usize>| clause.text[range.clone()].to_string();
    let base = indicator
        .as_ref()
        .filter(|indicator| indicator.place != Place::After && matches!(sense, Sense::Level | Sense::Completion))
        .and_then(|_| indicator::base(clause, span));
    let fact = Percent {
        value,
        low: figure.low,
        high: figure.high,
        unit: figure.unit,
        bound: reading.bound,
        sense,
        role: change.then_some(PercentRole::To),
        indicator: indicator.as_ref().map(|indicator| words(&indicator.words)),
        indicator_start: indicator.as_ref().map(|indicator| indicator.words.start),
        indicator_end: indicator.as_ref().map(|indicator| indicator.words.end),
        base: base.as_ref().map(words),
        backing: backing.and_then(|value| backing::find(clause, span, value)),
        ..Percent::default()
    };
    // A bracket that says the start of a change in another unit leaves it open.
    let restates = !change && reading.bracketed && previous.is_some_and(|previous| previous.from && !previous.restates);
    let told = Previous {
        span: span.clone(),
        from: reading.from || restates,
        restates,
        sense,
        flags: flags.clone(),
        indicator,
        base,
    };
    (told, fact, flags)
}

/// Says whether a figure is another share of the same thing: `thanh niên chiếm 25% dân số và 30% lực lượng lao động`.
fn shares(clause: &Sentence<'_>, previous: &Previous, reading: &sentence::Reading, span: &Range<usize>) -> bool {
    let Some(base) = previous.base.as_ref().filter(|_| previous.sense == Sense::Level && reading.verb.is_none()) else {
        return false;
    };
    let joint =
        clause.left(reading.before, reading.start).filter(|token| token.is(lexicon::COMMA.or(lexicon::CONJUNCTION)));
    let joined = joint.is_some_and(|joint| base.end <= joint.start && clause.is_blank(base.end, joint.start));
    let ends = |own: Range<usize>| {
        let rest = clause.text[own.end..clause.range.end.max(own.end)].trim_start();
        let sign = rest.is_empty() || rest.starts_with(['.', ',', ';', '(', ')']);
        sign || clause
            .right(clause.before(own.end), own.end)
            .is_some_and(|next| next.is(lexicon::CONJUNCTION.or(lexicon::COMPARE)))
    };
    joined && indicator::base(clause, span).is_some_and(ends)
}

/// Says whether a figure goes on with the aims of a list: `phấn đấu tăng trưởng đạt 8%; tỷ lệ hộ nghèo còn 2%`.
///
/// What is reported, done already or put in brackets ends the list: `…; đến nay đã đạt 45%`, `… (năm trước đạt 6%)`.
fn still_aimed(clause: &Sentence<'_>, previous: &Previous, reading: &sentence::Reading, span: &Range<usize>) -> bool {
    if previous.sense != Sense::Target
        || reading.bracketed
        || indicator::baseline(clause, reading)
        || clause.text[previous.span.end..span.start].contains("trường hợp")
    {
        return false;
    }
    let between = &clause.tokens[clause.before(previous.span.end)..clause.before(span.start)];
    let ends = |token: &lexicon::Token| {
        let word = clause.word(token).to_lowercase();
        token.is(lexicon::OPEN.or(lexicon::REPORT)) || DONE.iter().any(|done| word == *done) || word.starts_with("ước")
    };
    !between.iter().any(ends)
}

/// Words after which a list of aims is over.
const DONE: &[&str] = &[
    "cùng kì",
    "cùng kỳ",
    "hiện",
    "hiện nay",
    "hiện tại",
    "mặc dù",
    "năm ngoái",
    "năm trước",
    "song",
    "thực tế",
    "tuy nhiên",
    "tuy vậy",
    "tính đến nay",
    "vượt",
    "đang",
    "đã",
    "đã có",
    "đã được",
    "đến nay",
];

/// Bytes between the two ends of a change: `từ 15% vào năm 2015 nay giảm còn 6,11%`.
const CHANGE: usize = 110;

/// Says whether a figure ends the change that the figure before starts.
fn ends_change(clause: &Sentence<'_>, previous: &Previous, span: &Range<usize>) -> bool {
    let between = &clause.text[previous.span.end..span.start];
    between.len() <= CHANGE && !between.contains(';')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_reads_its_examples_and_no_counterexample() {
        for rule in RULES {
            let values = |text: &str| {
                let scene = ArticleText::new(text, None, None);
                let found = find(&scene, &Extracted::default()).into_iter().filter(|found| found.rule == rule.name);
                found.map(|found| value(&found.fact)).collect::<Vec<_>>()
            };
            for (text, expected) in rule.examples {
                assert_eq!(values(text), *expected, "{}: {text}", rule.name);
            }
            for text in rule.counterexamples {
                assert!(values(text).is_empty(), "{}: {text}", rule.name);
            }
        }
    }

    fn value(percent: &Percent) -> String {
        percent.value.map_or_else(|| format!("{}..{}", percent.low, percent.high), |value| value.to_string())
    }

    /// Returns what each percentage of a text measures.
    pub fn measured(text: &str) -> Vec<Option<&str>> {
        let found = find(&ArticleText::new(text, None, None), &Extracted::default());
        found.iter().map(|found| text.get(found.fact.indicator_start?..found.fact.indicator_end?)).collect()
    }

    #[test]
    fn what_is_measured_is_found_around_the_figure_or_before_it() {
        for (text, indicators) in [
            ("Tỷ lệ hộ nghèo toàn huyện còn 1,2%.", &[Some("Tỷ lệ hộ nghèo toàn huyện")] as &[_]),
            ("còn- -0,34%/", &[None]),
            ("Diện tích rừng trồng năm 2020 đạt 900 ha, tăng 5% so với năm 2019.", &[Some("Diện tích rừng trồng")]),
            ("Tỷ lệ giải quyết đơn khiếu nại đạt 90%; tố cáo là 80%.", &[Some("Tỷ lệ giải quyết đơn khiếu nại"); 2]),
            ("100% thôn, bản đã có điện lưới.", &[Some("thôn, bản đã có điện lưới")]),
            ("Doanh nghiệp được giảm 30% tiền thuê đất.", &[Some("tiền thuê đất")]),
            ("Huyện có 1.200 ha đất trồng chè, chiếm 40% diện tích đất nông nghiệp.", &[Some("đất trồng chè")]),
            ("Giá bán buôn, bán lẻ xăng tăng 3% và giảm 2%.", &[Some("Giá bán buôn, bán lẻ xăng"); 2]),
            ("Lãi suất vay 6,5%/năm, thuế GTGT 8%.", &[Some("Lãi suất vay"), Some("thuế GTGT")]),
            ("Còn 5%.", &[None]),
            // A clause of its own behind a conjunction; none behind a comparison.
            (
                "Trị giá xuất khẩu đạt 24 tỷ USD, giảm 9% và trị giá nhập khẩu đạt 22 tỷ USD, giảm 5%.",
                &[Some("Trị giá xuất khẩu"), Some("trị giá nhập khẩu")],
            ),
            ("Số thu đạt 3.400 tỷ đồng, vượt trên 16% so với cùng kỳ, chiếm 85% tổng số thu.", &[Some("Số thu"); 2]),
            // What is planned or a whole is not measured; a plan with a subject's verb is.
            ("Thu ngân sách đạt 88% dự toán, 84% chỉ tiêu phấn đấu.", &[Some("Thu ngân sách"); 2]),
            ("Kinh tế tư nhân đóng góp khoảng 55% GDP.", &[Some("Kinh tế tư nhân")]),
            ("Năm 2019 đạt 86% dự toán.", &[None]),
            // What is done follows; a number of heads does not name a herd.
            ("Đơn vị hoàn thành 100% nhiệm vụ được giao.", &[Some("nhiệm vụ")]),
            ("Đàn lợn có 520.000 con, tăng 4%; đàn bò 12.000 con, giảm 1%.", &[Some("Đàn lợn"), Some("đàn bò")]),
            ("Chỉ số HNX tăng 0,92 điểm (+1,47%).", &[Some("Chỉ số HNX")]),
            // Places of a list are measured by its head, sectors by themselves.
            ("Tỷ lệ hộ nghèo cao, như Yên Bái còn 59%, Quảng Ngãi còn 45%.", &[Some("Tỷ lệ hộ nghèo"); 2]),
            (
                "Tổng sản phẩm tăng 8%; trong đó, khu vực nông, lâm nghiệp tăng 3%.",
                &[Some("Tổng sản phẩm"), Some("khu vực nông, lâm nghiệp")],
            ),
            (
                "Tỷ lệ số hộ có điện đạt 99%, 100% số hộ được dùng nước sạch.",
                &[Some("Tỷ lệ số hộ có điện"), Some("số hộ được dùng nước sạch")],
            ),
            (
                "Người thứ hai đóng lần lượt bằng 70%, 60% mức đóng của người thứ nhất.",
                &[Some("Người thứ hai đóng"); 2],
            ),
            ("Trong đó hơn 70% là vốn vay.", &[Some("vốn vay")]),
            ("Giảm 0,5%/năm lãi suất cho vay.", &[Some("lãi suất cho vay")]),
            ("Có kiến nghị của hai mươi phần trăm (20%) tổng số đại biểu.", &[Some("tổng số đại biểu"); 2]),
            ("Tỷ lệ chất thải rắn được thu gom, xử lý đạt 90%.", &[Some("Tỷ lệ chất thải rắn được thu gom, xử lý")]),
            ("Lương thử việc: 85% mức lương chính thức.", &[Some("Lương thử việc")]),
            // What is counted, with the clause that says which, whatever the verb.
            ("Công an tỉnh đã làm rõ 212/240 vụ phạm pháp hình sự, đạt 88,3%.", &[Some("vụ phạm pháp hình sự")]),
            ("Xã có 1.204/1.310 hộ được dùng nước sạch, đạt 91,9%.", &[Some("hộ được dùng nước sạch")]),
            (
                "Huyện có 900 người từ 18 tuổi trở lên tiêm ít nhất 1 mũi, đạt 97%.",
                &[Some("người từ 18 tuổi trở lên tiêm ít nhất 1 mũi")],
            ),
            ("Hộ cận nghèo: 3.204 hộ, chiếm 6,02%.", &[Some("Hộ cận nghèo")]),
            (
                "Kết quả: mầm non 9/14 trường (64,3%), tiểu học 12/15 trường (80%).",
                &[Some("mầm non"), Some("tiểu học")],
            ),
            ("Có 14/17 chỉ tiêu đạt và vượt (chiếm 82,35%).", &[Some("chỉ tiêu đạt và vượt")]),
            ("Trong số 1.245 cán bộ dôi dư, 38% đã nghỉ.", &[Some("cán bộ dôi dư")]),
            ("Nợ xấu chiếm 1/3 tổng nợ, bằng 4,9% tổng thu.", &[Some("Nợ xấu")]),
            // Another share of the same thing; another thing in a bracket; another figure of the same noun.
            ("Thanh niên chiếm 25% dân số và trên 30% lực lượng lao động.", &[Some("Thanh niên"); 2]),
            ("Có 9 hộ nghèo (chiếm 53%) và 7 hộ cận nghèo (chiếm 47%).", &[Some("hộ nghèo"), Some("hộ cận nghèo")]),
            ("Tỷ lệ đơn đúng hạn đạt 98%, đơn trễ hạn còn 2%.", &[Some("Tỷ lệ đơn đúng hạn"), Some("đơn trễ hạn")]),
            // Verbs and numbers inside a name.
            ("Ngân hàng có tỷ lệ thu lãi đạt 99,7%.", &[Some("tỷ lệ thu lãi")]),
            ("Rừng trồng đạt tỷ lệ sống trên 90%.", &[Some("tỷ lệ sống")]),
            ("Tỷ lệ sinh con thứ ba trở lên còn 14,1%.", &[Some("Tỷ lệ sinh con thứ ba trở lên")]),
            ("Các dự án có tỷ lệ bồi thường, giải tỏa đạt 50%.", &[Some("tỷ lệ bồi thường, giải tỏa")]),
            ("Với 100% đại biểu tán thành, Quốc hội đã thông qua.", &[Some("đại biểu tán thành")]),
            ("Trong mức tăng của CPI, nhóm hàng ăn tăng 0,62%.", &[Some("nhóm hàng ăn")]),
            ("Phải nộp thêm 0,05% trên tổng số tiền phạt.", &[None]),
        ] {
            assert_eq!(measured(text), indicators, "{text}");
        }
    }

    #[test]
    fn the_sense_follows_verb_plan_and_aim() {
        for (text, sense, flags) in [
            ("Doanh thu tăng 5%.", Sense::Increase, &[] as &[Flag]),
            ("Sản lượng sụt giảm 5%.", Sense::Decrease, &[]),
            ("Tỷ lệ hộ nghèo giảm còn 5%.", Sense::Level, &[]),
            ("Thu ngân sách đạt 102% dự toán.", Sense::Completion, &[]),
            ("Thu ngân sách vượt 12% kế hoạch.", Sense::Completion, &[Flag::Excess]),
            ("Huyện phấn đấu tăng thu 20%.", Sense::Target, &[Flag::Increase]),
            ("Chỉ số tăng 12 điểm, tương ứng 2,4%.", Sense::Increase, &[]),
            ("Chỉ số mất 3 điểm (-0,5%).", Sense::Decrease, &[]),
            ("Tốc độ tăng trưởng đạt 7%.", Sense::Increase, &[]),
            ("Nhóm giao thông giảm nhiều nhất với 0,47%.", Sense::Decrease, &[]),
            ("Nợ công sẽ tăng lên mức 66%.", Sense::Level, &[]),
            ("Mức giảm chỉ còn 0,3%.", Sense::Decrease, &[]),
            ("Thu ngân sách mới đạt 36%.", Sense::Completion, &[]),
            ("Có 21/23 chỉ tiêu đạt và vượt, chiếm 91,3%.", Sense::Level, &[]),
            ("Tỷ lệ học sinh hoàn thành chương trình tiểu học đạt 99,9%.", Sense::Level, &[]),
            ("Tỷ lệ hoàn thành khối lượng đạt 80%.", Sense::Completion, &[]),
            ("Tỷ lệ bao phủ thấp hơn mức bình quân cả nước (29,3%).", Sense::Level, &[]),
            ("Dung tích hồ thấp hơn cùng kỳ năm 2015 từ 10-15%.", Sense::Decrease, &[]),
            ("Với mục tiêu tăng trưởng đạt 8%.", Sense::Target, &[Flag::Increase]),
            ("Nhiệm vụ thu năm nay nặng, số thu đạt 91% chỉ tiêu được giao.", Sense::Completion, &[]),
            ("Chi cục được giao chỉ tiêu 115 tỷ đồng, đã thu 83 tỷ đồng, giảm 15%.", Sense::Decrease, &[]),
        ] {
            let found = find(&ArticleText::new(text, None, None), &Extracted::default());
            assert_eq!(
                found.iter().map(|found| (found.fact.sense, found.flags.as_slice())).collect::<Vec<_>>(),
                [(sense, flags)],
                "{text}"
            );
        }
    }

    #[test]
    fn a_list_of_figures_with_their_nouns_shares_its_verb() {
        let text = "Cắt giảm ít nhất 30% thời gian giải quyết, 20% chi phí tuân thủ.";
        let found = find(&ArticleText::new(text, None, None), &Extracted::default());
        assert_eq!(found.iter().map(|found| found.fact.sense).collect::<Vec<_>>(), [Sense::Decrease; 2]);
    }

    #[test]
    fn aims_go_on_through_a_list_until_something_is_done() {
        let senses = |text: &str| {
            let found = find(&ArticleText::new(text, None, None), &Extracted::default());
            found.iter().map(|found| found.fact.sense).collect::<Vec<_>>()
        };
        assert_eq!(
            senses("Phấn đấu tỷ lệ đô thị hóa đạt 50%; tỷ lệ hộ nghèo còn 2%; 100% xã có điện."),
            [Sense::Target; 3]
        );
        assert_eq!(senses("Tỉnh phấn đấu có 3 triệu doanh nghiệp; đóng góp trên 60% GDP."), [Sense::Target]);
        assert_eq!(senses("Phấn đấu thu 100 tỷ đồng; chi ngân sách đạt 50% dự toán."), [Sense::Completion]);
        assert_eq!(senses("Mục tiêu thành lập 100 tổ; thu hút 8 triệu người; 60% tổ hoạt động khá."), [Sense::Target]);
        assert_eq!(senses("Phấn đấu tỷ lệ hộ nghèo còn 2%, đến nay đã đạt 5%."), [Sense::Target, Sense::Level]);
    }

    #[test]
    fn a_phrase_of_time_or_a_formula_is_no_indicator() {
        assert_eq!(
            measured("Giá vàng giảm 4% so với tháng 12 năm 2012 và giảm 5% so với cùng kỳ.")[1],
            Some("Giá vàng")
        );
        assert_eq!(measured("x 100% x 25"), [None]);
        assert_eq!(measured("Sản lượng bằng 24,1% KH năm, tăng 3,5% CK.")[1], Some("Sản lượng"));
        assert_eq!(measured("Nếu kiểm soát chặt thì lạm phát dưới 5%.")[0], Some("lạm phát"));
        assert_eq!(measured("Giá bán căn hộ luôn ở mức tăng cao 15%.")[0], Some("Giá bán căn hộ"));
    }

    #[test]
    fn a_change_has_two_ends() {
        let found =
            find(&ArticleText::new("Tỷ lệ hộ nghèo giảm từ 15% xuống 6,11%.", None, None), &Extracted::default());
        let ends: Vec<_> = found.iter().map(|found| (found.fact.role, found.fact.sense)).collect();
        assert_eq!(ends, [(Some(PercentRole::From), Sense::Level), (Some(PercentRole::To), Sense::Level)]);
        let text = "Lãi suất giảm từ 8,25%/năm (tương đương 0,825%/tháng) xuống còn 7,8%/năm.";
        let found = find(&ArticleText::new(text, None, None), &Extracted::default());
        let roles: Vec<_> = found.iter().map(|found| found.fact.role).collect();
        assert_eq!(roles, [Some(PercentRole::From), Some(PercentRole::From), Some(PercentRole::To)]);
    }

    #[test]
    fn cues_are_sorted() {
        assert!(CUES.is_sorted());
    }
}
