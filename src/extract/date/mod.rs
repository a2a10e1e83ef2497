//! Dates: every point and span of calendar time.
//!
//! 1. At each anchor the rules of its family ([`day`], [`month`], [`year`], [`relative`]) read what the words say;
//!    [`filters`] turns look-alikes away.
//! 2. [`list`] joins intervals and shares out what members of a list leave out.
//! 3. [`infer_year`] finds the missing years; [`calendar`] writes the value. Impossible dates end here.
//!
//! No date is ever read inside a citation, a percentage or a mask.

pub mod bare;
pub mod calendar;
pub mod day;
pub mod filters;
pub mod infer_year;
pub mod lexicon;
pub mod list;
pub mod modifier;
pub mod month;
pub mod reading;
pub mod relative;
pub mod tense;
pub mod words;
pub mod year;

use super::rule::{Compiled, Rule};
use super::scan::{self, Anchor, Kinds, What};
use super::{ArticleText, Extracted, Found};
use crate::mention::{Calendar, CalendarDate, DateRole, Flag, Grain};
use reading::{FRAGMENTS, Reading};
use std::sync::LazyLock;

/// Cue words at which a date may start, in lower case, a list a family.
pub const CUES: &[&[&str]] = &[day::CUES, month::CUES, year::CUES, relative::CUES, year::PERIODS];

/// Tables of rules, in the order they are tried where several may start.
pub const RULES: &[&[Rule<Vec<Reading>>]] = &[
    relative::RULES,
    day::RULES,
    day::AT_CUES,
    day::YEAR_FIRST,
    month::RULES,
    year::RULES,
    month::AT_DIGITS,
    year::AT_DIGITS,
];

/// Holds the rules compiled, and which of them may start at each cue word.
struct Reader {
    tables: Vec<Compiled<Vec<Reading>>>,
    /// Cue words by the number that anchors carry.
    families: Vec<Family>,
}

/// Names a family of cue words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    Day,
    Month,
    Year,
    Week,
    Period,
}

static READER: LazyLock<Reader> = LazyLock::new(|| {
    let mut families = Vec::new();
    for (family, cues) in [Family::Day, Family::Month, Family::Year, Family::Week, Family::Period].into_iter().zip(CUES)
    {
        for cue in *cues {
            let number = usize::from(scan::word(cue));
            families.resize(families.len().max(number + 1), Family::Day);
            families[number] = family;
        }
    }
    Reader { tables: RULES.iter().map(|rules| Compiled::with(rules, FRAGMENTS)).collect(), families }
});

/// Finds the dates of a body, in the order of the text, outside what citations and percentages have taken.
pub fn find(scene: &ArticleText<'_>, taken: &Extracted) -> Vec<Found<CalendarDate>> {
    let mut readings = list::join(scene, read(scene, taken));
    let inferred = infer_year::complete(scene, taken, &mut readings);
    readings.into_iter().zip(inferred).filter_map(|(reading, inferred)| found(scene, reading, inferred)).collect()
}

/// Reads the body from anchor to anchor.
fn read(scene: &ArticleText<'_>, taken: &Extracted) -> Vec<Reading> {
    let mut readings: Vec<Reading> = Vec::new();
    let (mut citations, mut percents) = (taken.citations.iter().peekable(), taken.percents.iter().peekable());
    let mut masks = scene.masks.iter().peekable();
    let mut floor = 0;
    for anchor in &scene.anchors {
        if anchor.start < floor || !may_start(scene.text, anchor) {
            continue;
        }
        while citations.next_if(|citation| citation.span.end <= anchor.start).is_some() {}
        while percents.next_if(|percent| percent.span.end <= anchor.start).is_some() {}
        while masks.next_if(|mask| mask.end <= anchor.start).is_some() {}
        // The first byte that belongs to something else.
        let limit = [
            citations.peek().map(|f| f.span.start),
            percents.peek().map(|f| f.span.start),
            masks.peek().map(|mask| mask.start),
        ];
        let limit = limit.into_iter().flatten().min().unwrap_or(usize::MAX);
        if limit <= anchor.start {
            continue;
        }
        let Some((rule, read)) = read_at(scene, anchor) else { continue };
        if read.last().is_none_or(|last| last.span.end > limit) {
            continue;
        }
        for reading in read {
            floor = reading.span.end;
            // An impossible date is passed over whole.
            if reading.said.possible() {
                let yearly = filters::yearly(scene, &reading);
                readings.push(Reading { rule, yearly, ..reading });
            }
        }
    }
    readings
}

/// Says by a look at the next bytes whether any rule could match at an anchor.
fn may_start(text: &str, anchor: &Anchor) -> bool {
    match anchor.what {
        What::Digits => match anchor.end - anchor.start {
            1 | 2 => goes_on(&text[anchor.end..]),
            4 => matches!(text.as_bytes()[anchor.start], b'1' | b'2'),
            _ => false,
        },
        What::Cue(kinds) => kinds.has(Kinds::DATE),
    }
}

/// Says whether a digit stands within the few words that may part a period's name from its years.
fn digit_near(rest: &[u8]) -> bool {
    rest[..rest.len().min(40)].iter().any(u8::is_ascii_digit)
}

/// Words that stand between the numbers of a date, or after the last.
const JOINTS: &[&str] = &["tháng", "và", "đến", "tới", "hoặc", "tết"];

/// Says whether what stands behind a number of one or two digits may be the rest of a date.
fn goes_on(rest: &str) -> bool {
    const BLANKS: [char; 3] = [' ', '\t', '\n'];
    let next = rest.trim_start_matches(BLANKS);
    let parted = next.len() < rest.len();
    match next.chars().next() {
        Some('0'..='9') => parted,
        Some(mark @ ('/' | '.' | ',' | ';' | '&' | '-' | '‐' | '‑' | '–' | '—' | '−')) => {
            let behind = next[mark.len_utf8()..].trim_start_matches(BLANKS);
            behind.starts_with(|c: char| c.is_ascii_digit())
                || ["ngày", "và"].iter().any(|word| words::begins(behind, word))
        }
        Some(_) => parted && JOINTS.iter().any(|word| words::begins(next, word)),
        None => false,
    }
}

/// Says whether four digits come next, and more of a date behind them: `ngày 2023-09-20`.
fn year_next(rest: &str) -> bool {
    let next = rest.trim_start_matches(' ').as_bytes();
    next.len() > 5 && next[..4].iter().all(u8::is_ascii_digit) && next[5].is_ascii_digit()
}

/// Runs the rules that may start at an anchor.
fn read_at(scene: &ArticleText<'_>, anchor: &Anchor) -> Option<(&'static str, Vec<Reading>)> {
    let [relative, day, day_at_cues, year_first, month, year, month_at_digits, year_at_digits] = &READER.tables[..]
    else {
        return None;
    };
    let tables: &[&Compiled<Vec<Reading>>] = match anchor.what {
        What::Digits if anchor.end - anchor.start == 4 => match scene.text.as_bytes().get(anchor.end + 1) {
            Some(b'0'..=b'9') => &[year_first, year_at_digits],
            _ => &[year_at_digits],
        },
        What::Digits => &[month_at_digits, day],
        What::Cue(_) => match READER.families.get(usize::from(anchor.word))? {
            Family::Day if year_next(&scene.text[anchor.end..]) => &[year_first],
            Family::Day => &[relative, day, day_at_cues],
            Family::Month => &[month, relative],
            Family::Year => &[year, relative],
            Family::Week => &[relative],
            Family::Period if digit_near(&scene.text.as_bytes()[anchor.end..]) => &[year],
            Family::Period => &[],
        },
    };
    tables.iter().find_map(|table| table.read(anchor.start, scene)).map(|(rule, read)| (rule.name, read))
}

/// Makes a find of a reading; `None` when it cannot be on a calendar.
fn found(scene: &ArticleText<'_>, reading: Reading, inferred: bool) -> Option<Found<CalendarDate>> {
    let Reading { span, said, until, part_of_day, lunar, relative, rule, .. } = reading;
    let until =
        until.map(
            |until| {
                if let (Some(year), true) = (said.year(), until.lacks_year()) { until.in_year(year) } else { until }
            },
        );
    if !said.possible() || !until.is_none_or(DateValue::possible) {
        return None;
    }
    let (value, grain) = match until {
        Some(until) => (format!("{said}/{until}"), Grain::Interval),
        None => (said.to_string(), said.grain()),
    };
    let flags = [(inferred, Flag::InferredYear), (relative, Flag::Relative)]
        .into_iter()
        .filter_map(|(holds, flag)| holds.then_some(flag))
        .collect();
    let on_calendar = !lunar;
    let fact = CalendarDate {
        value,
        grain,
        date_begin: said.begin().filter(|day| on_calendar && day.year() > 0),
        date_end: until.unwrap_or(said).end().filter(|day| on_calendar && day.year() > 0),
        part_of_day,
        modifier: modifier::modifier(scene, &span),
        role: dateline(scene.text, &span, grain).then_some(DateRole::Dateline),
        of: None,
        calendar: if lunar { Calendar::Lunar } else { Calendar::Gregorian },
    };
    Some(Found { span, rule, flags, fact })
}

/// Says whether a day is all that its line says, but for a clock time and words such as `Giờ đăng:`.
fn dateline(text: &str, span: &std::ops::Range<usize>, grain: Grain) -> bool {
    const LONGEST: usize = 40;
    if grain != Grain::Day {
        return false;
    }
    let from = words::back(text, span.start, LONGEST);
    let before = match text[from..span.start].rfind('\n') {
        Some(line) => &text[from + line + 1..span.start],
        None if from == 0 => &text[..span.start],
        None => return false,
    };
    let rest = &text.as_bytes()[span.end..text.len().min(span.end + LONGEST)];
    let clock = |b: &u8| {
        b.is_ascii_digit()
            || matches!(
                b,
                b' ' | b':'
                    | b'-'
                    | b'|'
                    | b'*'
                    | b'('
                    | b')'
                    | b'+'
                    | b','
                    | b'G'
                    | b'M'
                    | b'T'
                    | b'.'
                    | b'['
                    | b']'
                    | b'h'
            )
    };
    let ends = rest.iter().find(|b| !clock(b)).map_or(rest.len() < LONGEST, |b| *b == b'\n');
    let label = before.trim_matches([' ', '*', '#', '|', '-', ':', ',']).to_lowercase();
    const LABELS: &[&str] = &[
        "",
        "giờ đăng",
        "ngày đăng",
        "đăng lúc",
        "đăng ngày",
        "cập nhật",
        "cập nhật lúc",
        "thời gian",
        "xuất bản",
        "ngày",
    ];
    ends && LABELS
        .contains(&label.trim_end_matches(|c: char| c.is_ascii_digit() || c == ':' || c == ' ').trim_end_matches(':'))
}

use calendar::DateValue;

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str, published: Option<&str>) -> Vec<(String, &'static str, String)> {
        let scene = ArticleText::new(text, published.map(|day| day.parse().expect("a day")), None);
        let found = find(&scene, &Extracted::default());
        found.into_iter().map(|found| (found.fact.value, found.rule, text[found.span].to_string())).collect()
    }

    #[test]
    fn every_rule_reads_its_examples_and_no_counterexample() {
        let mut wrong = Vec::new();
        for rule in RULES.iter().copied().flatten() {
            // Relative rules are read in an article of Thursday 25 April 2024.
            let published = relative::RULES.iter().any(|row| row.name == rule.name).then_some("2024-04-25");
            for (text, expected) in rule.examples {
                let got: Vec<String> = values(text, published).into_iter().map(|(value, ..)| value).collect();
                if got != *expected {
                    wrong.push(format!("{}: {text}: {got:?} for {expected:?}", rule.name));
                }
            }
            for text in rule.counterexamples {
                let got: Vec<_> =
                    values(text, published).into_iter().filter(|(_, name, _)| *name == rule.name).collect();
                if !got.is_empty() {
                    wrong.push(format!("{}: {text}: {got:?} for nothing", rule.name));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    fn one(text: &str, published: Option<&str>) -> CalendarDate {
        let scene = ArticleText::new(text, published.map(|day| day.parse().expect("a day")), None);
        find(&scene, &Extracted::default()).pop().expect("a date").fact
    }

    #[test]
    fn a_missing_year_is_the_one_nearest_to_publication() {
        for (text, published, value) in [
            ("Ngày 4/11, đoàn đã làm việc", "2024-04-25", "2023-11-04"),
            ("trước ngày 30/6", "2013-05-29", "2013-06-30"),
            ("dự kiến ngày 20/12 sẽ khánh thành", "2024-04-25", "2024-12-20"),
            ("Từ ngày 31-8 đến 2-9, tỉnh đón 300.000 lượt khách", "2024-04-25", "2023-08-31/2023-09-02"),
            ("từ ngày 28/12 đến ngày 3/1", "2025-01-05", "2024-12-28/2025-01-03"),
            ("Năm 2010, vào tháng 6, xã", "2024-04-25", "2010-06"),
            ("Trước World Cup 2026, đội tập trung vào tháng 6", "2025-05-25", "2025-06"),
            ("Club World Cup 2013 diễn ra ngày 17/12", "2013-05-25", "2013-12-17"),
            ("trả cổ tức năm 2023 từ ngày 3/5", "2024-04-25", "2024-05-03"),
            ("Năm 2023, từ ngày 3/5, xã", "2024-04-25", "2023-05-03"),
            ("quyết toán năm 2023 xong ngày 3/11", "2024-04-25", "2023-11-03"),
            ("Năm 2023 khép lại; trong tháng 3 này", "2024-03-25", "2024-03"),
            ("Đối tượng (1987, trú tại thôn 4) bị bắt ngày 24/9", "2024-09-26", "2024-09-24"),
        ] {
            assert_eq!(one(text, Some(published)).value, value, "{text}");
        }
    }

    #[test]
    fn a_weekday_is_the_day_in_brackets_behind_it() {
        let read = |text| values(text, Some("2024-11-20")).into_iter().map(|(value, ..)| value).collect::<Vec<_>>();
        assert_eq!(read("hạn chót thứ Sáu (28/3/2025)"), ["2025-03-28", "2025-03-28"]);
        assert_eq!(read("khai mạc thứ Bảy (23/11)"), ["2024-11-23", "2024-11-23"]);
    }

    #[test]
    fn the_year_of_an_issue_date_is_that_of_its_document() {
        let text = "Ngày 12.3, Ban Thường vụ Tỉnh ủy ban hành Chỉ thị số 40-CT/TU";
        let scene = ArticleText::new(text, "2024-11-20".parse().ok(), None);
        let finds = crate::extract::find(&scene);
        assert_eq!(finds.citations[0].fact.issued.as_deref(), Some("2024-03-12"));
        assert_eq!(finds.dates[0].fact.value, "2024-03-12");
    }

    #[test]
    fn the_members_of_a_list_are_of_one_year() {
        let read = |text| values(text, Some("2024-11-20")).into_iter().map(|(value, ..)| value).collect::<Vec<_>>();
        assert_eq!(read("trong quý II và quý III, tình hình ổn định"), ["2024-Q2", "2024-Q3"]);
        assert_eq!(read("tháng 12 và tháng 1"), ["2024-12", "2025-01"]);
    }

    #[test]
    fn the_sets_of_a_match_are_no_days_even_near_publication() {
        assert_eq!(values("thắng suýt sao (7-6 & 7-5).", Some("2013-06-01")), []);
        assert_eq!(values("thua sau 3 set, 6-4, 6-7 và 3-6.", Some("2013-05-27")), []);
        assert_eq!(values("hội chợ diễn ra hai ngày (5-6, 6-6).", Some("2013-06-01")).len(), 2);
    }

    #[test]
    fn without_publication_the_year_comes_from_the_sentence_or_stays_unknown() {
        assert_eq!(one("Năm 2012, đến ngày 5/6 đã xong", None).value, "2012-06-05");
        assert_eq!(values("đến tháng 10 tăng so với cùng kỳ năm 2019", None)[0].0, "XXXX-10");
        assert_eq!(one("tháng 1 năm nay", None).value, "XXXX-01");
    }

    #[test]
    fn relative_forms_want_a_publication_date() {
        assert_eq!(values("hôm qua, sáng nay, năm ngoái, tuần trước", None), []);
    }

    #[test]
    fn the_words_around_modify_and_the_parts_of_a_day_are_kept() {
        use crate::mention::{Modifier, PartOfDay};
        assert_eq!(one("đến cuối năm 2012", None).modifier, Some(Modifier::End));
        assert_eq!(one("từ ngày 1/7/2025 trở đi", None).modifier, Some(Modifier::After));
        assert_eq!(one("khoảng năm 2012", None).modifier, Some(Modifier::Approx));
        assert_eq!(one("trong năm 2012", None).modifier, None);
        assert_eq!(one("Tối 30/5/2013", None).part_of_day, Some(PartOfDay::Evening));
    }

    #[test]
    fn a_line_that_is_only_a_date_dates_the_article() {
        assert_eq!(one("Thứ Năm, 25/4/2024\nNâng cao", None).role, Some(DateRole::Dateline));
        assert_eq!(one("Bài\nGiờ đăng: 26/11/2025 19:53", None).role, Some(DateRole::Dateline));
        assert_eq!(one("Thứ Hai, 02/12/2024, 07:45 [GMT+7]\nBài", Some("2024-12-02")).role, Some(DateRole::Dateline));
        assert_eq!(one("Ngày 26/11/2025, tỉnh họp", None).role, None);
    }

    #[test]
    fn a_lunar_date_has_no_place_on_the_calendar() {
        let date = one("mùng 10 tháng 3 âm lịch", Some("2024-04-25"));
        assert_eq!((date.calendar, date.date_begin, date.value.as_str()), (Calendar::Lunar, None, "XXXX-03-10"));
    }

    #[test]
    fn nothing_is_read_inside_what_is_taken_or_masked() {
        let text = "Nghị quyết 01/12/2022 và xem https://bao.example.vn/1/5/2024 ngày 1/6/2024";
        let scene = ArticleText::new(text, None, None);
        let citation = Found {
            span: 0..text.find(" và").expect("và"),
            rule: "",
            flags: Vec::new(),
            fact: crate::mention::Citation::default(),
        };
        let found = find(&scene, &Extracted { citations: vec![citation], ..Extracted::default() });
        assert_eq!(found.iter().map(|found| found.fact.value.as_str()).collect::<Vec<_>>(), ["2024-06-01"]);
    }

    #[test]
    fn lists_and_intervals_share_what_they_leave_out() {
        let read = |text| values(text, None).into_iter().map(|(value, _, words)| (value, words)).collect::<Vec<_>>();
        let pair = |value: &str, words: &str| (value.to_string(), words.to_string());
        assert_eq!(read("dịp 30.4 và 1.5"), [pair("XXXX-04-30", "30.4"), pair("XXXX-05-01", "1.5")]);
        assert_eq!(
            read("từ 18h00 ngày 1/5 đến 16h00 ngày 3/5"),
            [pair("XXXX-05-01", "ngày 1/5"), pair("XXXX-05-03", "ngày 3/5")]
        );
        assert_eq!(read("(2/9/1945 - 2/9/2024)"), [pair("1945-09-02", "2/9/1945"), pair("2024-09-02", "2/9/2024")]);
        assert_eq!(read("(19/8/1945–19/8/2025)"), [pair("1945-08-19", "19/8/1945"), pair("2025-08-19", "19/8/2025")]);
        assert_eq!(read("nghỉ 27/1/2025-31/1/2025"), [pair("2025-01-27/2025-01-31", "27/1/2025-31/1/2025")]);
        assert_eq!(read("từ năm 2016 đến năm 2020"), [pair("2016/2020", "từ năm 2016 đến năm 2020")]);
    }
}
