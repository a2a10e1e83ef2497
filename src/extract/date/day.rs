//! Days: `ngày 31/8/2022`, `Thứ Năm, 25/4`, `mồng Một tháng Năm`, `27, 28/4`, with or without a cue word before the digits.
//!
//! What stands in the pattern is all that these rules know; months and years left out are shared out in [`super::list`].

use super::calendar::DateValue;
use super::filters;
use super::reading::{self, Reading};
use super::words;
use crate::extract::ArticleText;
use crate::extract::rule::{Groups, Rule};

/// Words before a day: at one of them or at digits these rules run.
pub const CUES: &[&str] = &[
    "chiều",
    "chiều muộn",
    "chiều tối",
    "chủ nhật",
    "cn",
    "hôm",
    "khuya",
    "mùng",
    "mồng",
    "ngày",
    "rạng sáng",
    "rằm",
    "sáng",
    "sáng sớm",
    "thứ",
    "thứ ba",
    "thứ bảy",
    "thứ hai",
    "thứ năm",
    "thứ sáu",
    "thứ tư",
    "trưa",
    "tối",
    "tối muộn",
    "đêm",
];

/// Lists the forms of a day, the longer before the shorter.
pub const RULES: &[Rule<Vec<Reading>>] = &[
    Rule {
        name: "day-month-year",
        pattern: r"{cue}{day}(?<sep>{sep}){month}(?<sep2>{sep}){year}(?:{lunar})?",
        value: numeric,
        examples: &[
            ("Nghị quyết ban hành ngày 31/8/2022", &["2022-08-31"]),
            ("Thứ Năm, 25/4/2024", &["2024-04-25"]),
            ("vào ngày 27/5/2013.Nhân viên", &["2013-05-27"]),
            ("kể từ 1-4-2013, theo", &["2013-04-01"]),
            ("Ngày 9.11.2005, UBND huyện", &["2005-11-09"]),
            ("ngày 05/ 9 /2021", &["2021-09-05"]),
            ("sáng ngày 1/6/2013", &["2013-06-01"]),
        ],
        counterexamples: &["31/2/2024", "phiên bản 1.2.2024a", "tin-1-1-2026", "mã 12/05/2013/TT", "1/1/20134"],
    },
    Rule {
        name: "day-month-short-year",
        pattern: r"{cue}{day}(?<sep>{sep}){month}(?<sep2>{sep})(?<shortyear>\d{2})",
        value: |found, at, scene| short(found, at, scene),
        examples: &[("ngày 25/4/24, đoàn", &["2024-04-25"]), ("sinh ngày 3/2/78", &["1978-02-03"])],
        counterexamples: &[
            "192.10.5.12",
            "phiên bản 4.2.10",
            "ngày 31/2/24",
            "thắng 3-1-10",
            "ngụ số nhà 25/4/12, đường",
            "21/05/30 độ vĩ Bắc",
        ],
    },
    Rule {
        name: "day-month-comma-year",
        pattern: r"{cue}{day} ?tháng ?(?:{month}|{monthname}) ?, ?{year}",
        value: |found, at, scene| {
            let read = in_words(found, at, scene)?;
            let year = at + found.name("year")?.start()..read[0].span.end;
            (!filters::counts(scene.text, &year)).then_some(read)
        },
        examples: &[
            ("Ngày 20 tháng 9, 2023, tỉnh họp", &["2023-09-20"]),
            ("ra ngày 25 Tháng Tư, 2024", &["2024-04-25"]),
        ],
        counterexamples: &["Ngày 20 tháng 9, 2000 hộ dân", "ngày 5 tháng 13, 2023"],
    },
    Rule {
        name: "day-month-in-words",
        pattern: r"{cue}{day} ?tháng ?{month}(?:{lunarfirst})?(?:(?: năm | của năm |{sep}|, ?năm | )(?:{year}|(?<yearwords>{words}(?: {words}){2,8}))| {thisyear}|{lunar})?",
        value: in_words,
        examples: &[
            ("ngày 01 tháng 01 năm 2026", &["2026-01-01"]),
            ("Hà Nội, ngày 18\ntháng 06 năm 2014", &["2014-06-18"]),
            ("ngày 2 tháng 9", &["XXXX-09-02"]),
            ("nghỉ lễ 30 tháng 4 và 1 tháng 5 năm 2025", &["2025-04-30", "2025-05-01"]),
            ("mùng 10 tháng 3 âm lịch", &["XXXX-03-10"]),
            ("Mùng 5 tháng 5 âm lịch 2025 rơi vào", &["2025-05-05"]),
            ("ngày 22 tháng 12/2020", &["2020-12-22"]),
        ],
        counterexamples: &[
            "ngày 31 tháng 2 năm 2022",
            "ngày 5 tháng 13",
            "ngày 0 tháng 7",
            "sau 2 tháng 10 ngày thi công",
            "bé gái 1 năm 1 tháng 1 ngày tuổi",
            "sinh viên năm 3 tháng 5 đi",
            "kéo dài 16 năm 10 tháng 11 ngày",
            "ngã tư đường 3 tháng 2",
            "Trường Mầm non 1 tháng 6",
            "quảng trường 2 tháng 9",
        ],
    },
    Rule {
        name: "day-in-words",
        pattern: r"{cue}(?:{day}|(?<daywords>{words}(?: {words}){0,2})) tháng {monthname}(?: năm (?:{year}|(?<yearwords>{words}(?: {words}){2,8})|(?<lunar>{canchi}))| {thisyear})?",
        value: in_words,
        examples: &[
            ("ngày mồng Một tháng Năm năm hai nghìn không trăm hai mươi tư", &["2024-05-01"]),
            ("ngày 10 tháng Giêng", &["XXXX-01-10"]),
            ("ngày 19 tháng Tám năm 1945", &["1945-08-19"]),
            ("ngày hai tháng chín", &["XXXX-09-02"]),
            ("ngày hăm ba tháng Chạp", &["XXXX-12-23"]),
            ("ngày hai mươi lăm tháng tư năm hai nghìn hai mươi tư", &["2024-04-25"]),
        ],
        counterexamples: &["ngày tháng năm sinh", "ngày đầu tháng", "tối đa hai tháng một lần"],
    },
    Rule {
        name: "day-month-blank",
        pattern: r"{cue}{day}\x20{month}(?:(?: năm)? {year})?",
        value: |found, at, scene| {
            let read = reading::day(found, at, scene)?;
            let dated = scene.text[at..at + found.name("day")?.start()].to_lowercase().contains("ngày");
            let lettered = scene.text[..at].trim_end_matches(' ').ends_with(char::is_alphabetic)
                && filters::starts(scene.text, at);
            let year = read[0].said.year().is_some_and(|year| year >= 2000);
            let short = read[0].said.year().is_none() && !filters::measured(scene.text, read[0].span.end);
            (filters::ends(scene.text, &read[0].span) && (dated && (year || short) || year && lettered)).then_some(read)
        },
        examples: &[
            ("ngày 27 5 2025 người lao động", &["2025-05-27"]),
            ("hoàng đạo 27 5 2025?", &["2025-05-27"]),
            ("mừng ngày 6 6 hay", &["XXXX-06-06"]),
        ],
        counterexamples: &["ngày 2 3 lần", "lớp 5 4 2 học sinh", "tối 2 3 người", "ngày 5 2000 đồng"],
    },
    Rule {
        name: "full-moon",
        pattern: r"(?:ngày )?rằm tháng (?:{month}|{monthname})(?:(?: năm |{sep}){year})?",
        value: |found, at, _| {
            let month = match reading::number(found, "month") {
                Some(month) => i8::try_from(month).ok()?,
                None => reading::month_name(found.name("monthname")?.as_str())?.0,
            };
            let said = DateValue::Day { day: 15, month: Some(month), year: reading::number(found, "year") };
            Some(vec![Reading { lunar: true, ..Reading::new(reading::span(found, at), said) }])
        },
        examples: &[
            ("rằm tháng Giêng", &["XXXX-01-15"]),
            ("Ngày rằm tháng 7", &["XXXX-07-15"]),
            ("Rằm tháng 7 năm 2024 là", &["2024-07-15"]),
        ],
        counterexamples: &["ngày rằm, mùng một", "rằm tháng 13"],
    },
    Rule {
        name: "tet-day",
        pattern: r"(?:ngày )?(?:(?:mùng |mồng )?{day}|(?:mùng|mồng) (?<daywords>{words})) tết",
        value: |found, at, _| {
            let day =
                i8::try_from(reading::number(found, "day").or_else(|| reading::number(found, "daywords"))?).ok()?;
            let month = if day > 20 { 12 } else { 1 };
            let said = DateValue::Day { day, month: Some(month), year: None };
            Some(vec![Reading { lunar: true, ..Reading::new(reading::span(found, at), said) }])
        },
        examples: &[
            ("mùng 5 Tết", &["XXXX-01-05"]),
            ("ngày 29 Tết", &["XXXX-12-29"]),
            ("mồng Một Tết", &["XXXX-01-01"]),
        ],
        counterexamples: &["ngày 35 Tết", "ngày Tết"],
    },
    Rule {
        name: "tet-days",
        pattern: r"(?:ngày )?(?:mùng |mồng )?(?<chain>\d{1,2}(?:{join}(?:mùng |mồng |ngày )?\d{1,2}){1,5}) tết",
        value: |found, at, scene| {
            let span = reading::span(found, at);
            let chain = found.name("chain")?;
            // The last days of the old year are those above 20.
            let said = |day| DateValue::Day { day, month: Some(if day > 20 { 12 } else { 1 }), year: None };
            let mut read = super::list::members(chain.as_str(), at + chain.start(), said)?;
            let sure = chain.start() > 0 || matches!(read.first()?.said, DateValue::Day { day: 21.., .. });
            read.first_mut()?.span.start = span.start;
            read.last_mut()?.span.end = span.end;
            (sure && filters::starts(scene.text, at))
                .then(|| read.into_iter().map(|read| Reading { lunar: true, ..read }).collect())
        },
        examples: &[
            ("các ngày mùng 1, 2 và 3 Tết", &["XXXX-01-01", "XXXX-01-02", "XXXX-01-03"]),
            ("ngày 5 - 6 Tết, chợ đông", &["XXXX-01-05/XXXX-01-06"]),
            ("nghỉ 27, 28 Tết", &["XXXX-12-27", "XXXX-12-28"]),
        ],
        counterexamples: &["mùng 3, 2 Tết", "mùng 1, 2 người", "đã 2, 3 Tết xa quê"],
    },
    Rule {
        name: "day-of-this-month",
        pattern: r"{cue}{day} tháng (?<which>này|trước|sau|tới|vừa qua|vừa rồi)",
        value: |found, at, scene| {
            if found.name("day")?.start() == 0 {
                return None;
            }
            let months = match found.name("which")?.as_str().to_lowercase().as_str() {
                "này" => 0,
                "sau" | "tới" => 1,
                _ => -1,
            };
            let DateValue::Month { month, year } = super::calendar::month_after(scene.published?, months)? else {
                return None;
            };
            let day = i8::try_from(reading::number(found, "day")?).ok()?;
            let said = DateValue::Day { day, month: Some(month), year };
            Some(vec![Reading { relative: true, ..Reading::new(reading::span(found, at), said) }])
        },
        examples: &[],
        counterexamples: &["ngày 20 tháng trước", "án cấm 9 tháng sau"],
    },
    Rule {
        name: "day-month-interval",
        pattern: r"{cue}{day}(?<sep>[/.]){month}{dash}(?<day2>\d{1,2})(?<sep2>[/.])(?<month2>\d{1,2})(?:(?<sep3>[/.]){year})?",
        value: interval,
        examples: &[
            ("áp dụng từ ngày 09/10-30/11/2013.", &["2013-10-09/2013-11-30"]),
            ("sự kiện (từ 28.5 – 1.6), tại", &["XXXX-05-28/XXXX-06-01"]),
            ("dịp nghỉ lễ 30/4-1/5, tỉnh đón", &["XXXX-04-30/XXXX-05-01"]),
        ],
        counterexamples: &[
            "từ 2.5 - 3.5 triệu",
            "giá 28.5 – 1.6",
            "ngày 28/13-30/11",
            "tăng 2.5 – 3.5%",
            "tỷ lệ 9/10-9/11 phiếu",
            "từ 1/5-1/3 trọng lượng",
        ],
    },
    Rule {
        name: "day-month",
        pattern: r"{cue}{day}(?<sep>{sep}){month}(?: năm {year}|(?: của)? {thisyear}|{lunar})?",
        value: numeric,
        examples: &[
            ("Ngày 4/11, đoàn công tác", &["XXXX-11-04"]),
            ("ngày 20/11 năm 2020", &["2020-11-20"]),
            ("chiều 29-5, ông", &["XXXX-05-29"]),
            ("Ngày 27.5, Ban Chỉ đạo", &["XXXX-05-27"]),
            ("đến 20/5, đã có", &["XXXX-05-20"]),
            ("sáng 10/3 âm lịch", &["XXXX-03-10"]),
            ("ngày 15/7 hằng năm", &["XXXX-07-15"]),
            ("phấn đấu đến 31/12 tỷ lệ bao phủ", &["XXXX-12-31"]),
            ("sau ngày mở cửa lại du lịch (15-3),", &["XXXX-03-15"]),
            ("xong trước 2-9.", &["XXXX-09-02"]),
            ("Ngày Nhà giáo Việt Nam 20-11, trường", &["XXXX-11-20"]),
            ("mừng Quốc khánh 2-9 và", &["XXXX-09-02"]),
            ("giải phóng miền Nam 30.4", &["XXXX-04-30"]),
            ("ngày 13/11 năm Ất Tỵ", &["XXXX-11-13"]),
            ("nhận hồ sơ từ 1-6 đến hết ngày 10-8", &["XXXX-06-01/XXXX-08-10"]),
            ("cấm xe từ 5-6 đến 20-7, riêng", &["XXXX-06-05/XXXX-07-20"]),
        ],
        counterexamples: &[
            "ngày 30/2",
            "50/53 đại biểu",
            "mở cửa 24/7",
            "đường 30/4",
            "thắng 3-1",
            "từ 3-6 tuổi",
            "từ 1.5 đến 3.5 triệu",
            "tỷ số từ 1-2 đến 3-2",
            "mỗi lớp từ 5-6 đến 20-7 em",
            "1/2 số hộ",
            "đạt 25.4 triệu",
            "chiếm 2/3 diện tích",
            "trụ sở tại 33/12 đường Lê Lợi",
            "tối 2-3 tiếng",
            "ngày 2-3 lần",
            "hiệp phụ 2-1",
            "Lào 2-0 và 3-1",
            "có đến 8/10 là",
            "trong 2-3 năm tới",
            "tối 10.5 triệu",
            "điểm chẵn từ 1 - 6 vào cột",
            "Ngày hội bóng đá, đội Thanh Hóa thắng 2-1",
            "ngày Chủ nhật, Hà Nội 3-2 Nam Định",
        ],
    },
    Rule {
        // The shortest list with a year: in `20 đến 30-11-2024` the longest takes the month for a day.
        name: "days-of-month-year",
        pattern: r"{cue}(?<chain>\d{1,2}(?:{join}(?:ngày )?\d{1,2}){1,15}?)(?:{sep}| tháng ?){month}(?:{sep}| năm ){year}",
        value: chain,
        examples: &[
            ("từ 20 đến 30-11-2024.", &["2024-11-20/2024-11-30"]),
            ("27, 28-29/4/2024", &["2024-04-27", "2024-04-28/2024-04-29"]),
            ("ngày 7 và 8-3-2024", &["2024-03-07", "2024-03-08"]),
        ],
        counterexamples: &["19-8-1945", "ngày 31/8-2022"],
    },
    Rule {
        name: "days-of-month",
        pattern: r"{cue}(?<chain>\d{1,2}(?:{join}(?:ngày )?\d{1,2}){1,15})(?:(?:(?<sep>{sep})| tháng ?){month}| tháng (?<monthname>giêng|chạp))(?:(?:{sep}| năm ){year}| {thisyear}|{lunar})?",
        value: chain,
        examples: &[
            ("27, 28/4", &["XXXX-04-27", "XXXX-04-28"]),
            ("25-26/12", &["XXXX-12-25/XXXX-12-26"]),
            ("ngày 29-31/ 5", &["XXXX-05-29/XXXX-05-31"]),
            ("trong ngày 1 và 2-6, với", &["XXXX-06-01", "XXXX-06-02"]),
            ("các ngày 2, 3 và 4/6/2014.", &["2014-06-02", "2014-06-03", "2014-06-04"]),
            ("từ ngày 14 đến 25-5-2014", &["2014-05-14/2014-05-25"]),
            ("ngày 11 và 12 tháng 3 năm 2020", &["2020-03-11", "2020-03-12"]),
            ("mùng 8, 9 tháng 4 âm lịch", &["XXXX-04-08", "XXXX-04-09"]),
            ("tức 12, 13 tháng Giêng", &["XXXX-01-12", "XXXX-01-13"]),
            ("từ ngày 10 - 12/1 âm lịch", &["XXXX-01-10/XXXX-01-12"]),
        ],
        counterexamples: &[
            "mức độ 3, 4",
            "điều 5, 4/12",
            "từ 1-3/5 xã",
            "đội hình 4-3-3",
            "xếp 2-3-4",
            "7; ngày 31 tháng 6",
        ],
    },
];

/// Lists the forms that begin with the year; with a cue word before it or without.
pub const YEAR_FIRST: &[Rule<Vec<Reading>>] = &[Rule {
    name: "year-month-day",
    pattern: r"{cue}{year}(?<sep>[/.\-‐‑–−]){month}(?<sep2>[/.\-‐‑–−]){day}",
    value: |found, at, scene| {
        let read = reading::day(found, at, scene)?;
        let span = &read[0].span;
        let dashed = mark(found, "sep") == Some('-');
        let whole = found.name("day")?.len() == 2 && found.name("month")?.len() == 2;
        let clock =
            scene.text[span.end..].strip_prefix('T').is_some_and(|t| t.starts_with(|c: char| c.is_ascii_digit()));
        let fits = mark(found, "sep") == mark(found, "sep2") && (dashed || whole);
        (fits && filters::starts(scene.text, at) && (clock || filters::ends(scene.text, span))).then_some(read)
    },
    examples: &[
        ("cập nhật ngày 2025-09-24 và 2025/09/30.", &["2025-09-24", "2025-09-30"]),
        ("2023-09-20T08:00", &["2023-09-20"]),
    ],
    counterexamples: &["2023-13-20", "2024/5/12", "mã 2023-09-2012", "2023-09/20"],
}];

/// Lists the forms that are none without a cue word.
pub const AT_CUES: &[Rule<Vec<Reading>>] = &[Rule {
    name: "day-alone",
    pattern: r"{cue}{day}",
    value: |found, at, scene| {
        let cue = &scene.text[at..at + found.name("day")?.start()].to_lowercase();
        let rest = scene.text[reading::span(found, at).end..].trim_start_matches([',', ' ']);
        // `đêm 14 rạng sáng 15-3`: the next words say the month.
        let goes_on = ["rạng", "đến", "và"].iter().any(|word| rest.starts_with(word));
        (cue.contains("ngày")
            || cue.contains("mùng")
            || cue.contains("mồng")
            || found.name("part").is_some() && goes_on)
            .then_some(())?;
        reading::day(found, at, scene).filter(|read| filters::ends(scene.text, &read[0].span))
    },
    examples: &[
        ("từ ngày 1 đến ngày 5/4", &["XXXX-04-01/XXXX-04-05"]),
        ("đêm 14 rạng sáng 15-3 tại", &["XXXX-03-14", "XXXX-03-15"]),
    ],
    counterexamples: &["trong ngày 5", "ngày 15 hằng tháng"],
}];

/// Reads a day in numbers.
fn numeric(found: &Groups<'_>, at: usize, scene: &ArticleText<'_>) -> Option<Vec<Reading>> {
    let read = reading::day(found, at, scene)?;
    let (sep, sep2) = (mark(found, "sep"), mark(found, "sep2"));
    if sep2.is_some_and(|mark| Some(mark) != sep && Some(mark) == Some('.'))
        || !filters::ends(scene.text, &read[0].span)
    {
        return None;
    }
    let cued = found.name("day")?.start() > 0;
    // `2-3 năm tới` counts years.
    if !cued && sep == Some('-') && found.name("thisyear").is_some() {
        return None;
    }
    let whole = read[0].said.year().is_some() && found.name("shortyear").is_none();
    (if cued { filters::cued(scene, found, &read[0], sep) } else { filters::bare(scene, &read[0], sep, whole) })
        .then_some(read)
}

/// Reads a day with a year of two digits: both marks are one, and a dot or a dash wants a cue word.
fn short(found: &Groups<'_>, at: usize, scene: &ArticleText<'_>) -> Option<Vec<Reading>> {
    let sep = mark(found, "sep");
    let cued = found.name("day")?.start() > 0;
    let before = &scene.text[words::back(scene.text, at, 24)..at];
    // `số nhà 25/4/12`, `21/05/30 độ`.
    let other = !cued
        && (filters::announces_count(before)
            || filters::names_place(scene.text, at)
            || filters::measured(scene.text, reading::span(found, at).end));
    (!other && sep == mark(found, "sep2") && (cued || sep == Some('/'))).then(|| numeric(found, at, scene))?
}

/// Reads a day whose month is marked by the word `tháng`. An impossible one is read too, so that no part of it is.
fn in_words(found: &Groups<'_>, at: usize, scene: &ArticleText<'_>) -> Option<Vec<Reading>> {
    let read = reading::any_day(found, at, scene)?;
    let bare = found.whole().start() == found.name("day").map_or(usize::MAX, |day| day.start());
    // `2 tháng 10 ngày`, `năm 3 tháng 5`: a length of time, and a year of study.
    let before = &scene.text[words::back(scene.text, at, 8)..at];
    let length = bare && (words::follows(scene.text, read[0].span.end, "ngày") || words::word_before(before, &["năm"]));
    let named = bare && filters::names_place(scene.text, at);
    // `9 tháng năm nay` and `2 tháng 8 và 9` count months.
    let months = found.name("day").is_some_and(|day| day.start() == 0)
        && (found.name("monthname").is_some_and(|name| name.as_str() == "năm")
            || found.name("year").is_none() && months_listed(scene.text, read[0].span.end));
    let lone = months || found.name("daywords").is_some_and(|words| words.start() == 0);
    let counted = bare && filters::counted(scene.text, at);
    let refused = lone || length || named || counted || filters::recurs(scene.text, read[0].span.end);
    (!refused && filters::ends(scene.text, &read[0].span)).then_some(read)
}

/// Says whether a list of months goes on: `2 tháng 8 và 9`, but not `30 tháng 4 và 1 tháng 5`.
fn months_listed(text: &str, end: usize) -> bool {
    let next = text[end..]
        .trim_start_matches([' ', ','])
        .trim_start_matches("và ")
        .trim_start_matches(|c: char| c.is_ascii_digit());
    filters::listed(text, end) && !next.trim_start().starts_with("tháng")
}

/// Returns the mark that parts two numbers, every dash as `-`.
fn mark(found: &Groups<'_>, group: &str) -> Option<char> {
    let mark = found.name(group)?.as_str().trim().chars().next()?;
    Some(if matches!(mark, '/' | '.') { mark } else { '-' })
}

/// Reads the ends of an interval that a dash joins without a blank, or that dots could make decimal numbers.
fn interval(found: &Groups<'_>, at: usize, scene: &ArticleText<'_>) -> Option<Vec<Reading>> {
    let span = reading::span(found, at);
    let number = |group| reading::number(found, group).and_then(|number| i8::try_from(number).ok());
    let year = reading::number(found, "year");
    let from = DateValue::Day { day: number("day")?, month: number("month"), year };
    let until = DateValue::Day { day: number("day2")?, month: number("month2"), year };
    let cued = found.name("day")?.start() > 0;
    let announced =
        words::word_before(&scene.text[words::back(scene.text, at, 12)..at], &["từ", "từ ngày", "dịp", "lễ", "nghỉ"]);
    let one_mark =
        mark(found, "sep") == mark(found, "sep2") && year.is_none_or(|_| mark(found, "sep3") == mark(found, "sep"));
    let ordered = (number("month"), number("day")) < (number("month2"), number("day2"));
    // `mất từ 1/3-1/5 trọng lượng`: parts of a whole.
    let parts = mark(found, "sep") == Some('/')
        && year.is_none()
        && !cued
        && (number("day"), number("day2")) == (Some(1), Some(1));
    let fits = one_mark
        && ordered
        && !parts
        && (cued || announced || year.is_some())
        && !filters::measured(scene.text, span.end);
    let fits = fits
        && !filters::money(scene.text, span.end)
        && filters::starts(scene.text, at)
        && filters::ends(scene.text, &span);
    (fits && from.possible() && until.possible())
        .then(|| vec![Reading { until: Some(until), ..Reading::new(span, from) }])
}

/// Reads days that share a month: a list, an interval, or both.
fn chain(found: &Groups<'_>, at: usize, scene: &ArticleText<'_>) -> Option<Vec<Reading>> {
    let whole = reading::span(found, at);
    if !filters::ends(scene.text, &whole) || filters::recurs(scene.text, whole.end) {
        return None;
    }
    let chain = found.name("chain")?;
    let named = found.name("monthname").and_then(|name| reading::month_name(name.as_str())).map(|(month, _)| month);
    let month = reading::number(found, "month").and_then(|month| i8::try_from(month).ok()).or(named)?;
    let lunar = named.is_some() || found.name("lunar").is_some();
    let (year, relative) = reading::year(found, scene);
    let said = |day| DateValue::Day { day, month: Some(month), year };
    let mut read = super::list::members(chain.as_str(), at + chain.start(), said)?;
    let possible = |read: &Reading| read.said.possible() && read.until.is_none_or(DateValue::possible);
    // `4-3-3`, `2-3-4`: a line-up.
    let line_up =
        chain.start() == 0 && chain.as_str().contains('-') && mark(found, "sep") == Some('-') && year.is_none();
    if line_up || !read.iter().all(possible) {
        return None;
    }
    let listed = read.len() > 1;
    read[0].span.start = whole.start;
    read.last_mut()?.span.end = whole.end;
    read.iter_mut().for_each(|reading| (reading.relative, reading.lunar) = (relative, lunar));
    (chain.start() > 0 || filters::bare_chain(scene, &whole, listed)).then_some(read)
}
