//! Months, quarters, halves and `N tháng đầu năm`.

use super::calendar::DateValue;
use super::filters;
use super::lexicon::{GOODS, QUARTER_FOLLOWS};
use super::reading::{self, Reading};
use super::words;
use crate::extract::ArticleText;
use crate::extract::rule::{Groups, Rule};

/// Words at which these rules run; they run at digits too (`9 tháng năm 2025`, `03/2023`).
pub const CUES: &[&str] = &[
    "ba tháng",
    "bảy tháng",
    "bốn tháng",
    "chín tháng",
    "hai tháng",
    "mười tháng",
    "mười một tháng",
    "nửa",
    "năm tháng",
    "quý",
    "quí",
    "qúy",
    "sáu tháng",
    "tháng",
    "tám tháng",
];

/// Lists the forms that start with a cue word, the longer before the shorter.
pub const RULES: &[Rule<Vec<Reading>>] = &[
    Rule {
        name: "month-list",
        pattern: r"tháng (?<chain>\d{1,2}(?:{join}(?:tháng )?\d{1,2}){1,12})(?:(?:[/.]|{dash}| năm | của năm | ){year}|(?: của)? {thisyear})?",
        value: chain,
        examples: &[
            ("tháng 11-12/2020", &["2020-11/2020-12"]),
            ("tháng 3, 4 và 5/2013", &["2013-03", "2013-04", "2013-05"]),
            ("tháng 6,7/2013", &["2013-06", "2013-07"]),
            ("trong 2 tháng 8 và 9/2020", &["2020-08", "2020-09"]),
            ("vào tháng 6 và 7, không", &["XXXX-06", "XXXX-07"]),
            ("lịch tháng 5, tháng 6 2025", &["2025-05", "2025-06"]),
        ],
        counterexamples: &["tháng 13, 14/2020", "tháng 6, 7 người chết", "tháng 5,5 triệu đồng"],
    },
    Rule {
        name: "month-year",
        pattern: r"tháng ?{month}(?:{sep}| năm | của năm | ?, ?năm | ){year}(?:{lunar})?",
        value: month,
        examples: &[
            ("tháng 3/2023", &["2023-03"]),
            ("Tháng 9.2005, để", &["2005-09"]),
            ("tháng 5-2013 vào", &["2013-05"]),
            ("tháng 10 năm 2020", &["2020-10"]),
            ("tháng 6 2025", &["2025-06"]),
        ],
        counterexamples: &["tháng 13/2023", "tháng 5 2000000 đồng", "trên 6 tháng 2/2013/NĐ"],
    },
    Rule {
        name: "month-comma-year",
        pattern: r"tháng ?(?:{month}|{monthname})(?: {day})? ?, ?{year}",
        value: |found, at, scene| {
            let span = reading::span(found, at);
            let year = at + found.name("year")?.start()..span.end;
            if filters::counts(scene.text, &year) || filters::counted(scene.text, at) {
                return None;
            }
            match (found.name("day"), found.name("month")) {
                (Some(_), _) => reading::day(found, at, scene).filter(|_| filters::ends(scene.text, &span)),
                (None, Some(_)) => month(found, at, scene),
                (None, None) => named(found, at, scene),
            }
        },
        examples: &[
            ("trong tháng 5, 2022.", &["2022-05"]),
            ("Tháng Tư 26, 2024;", &["2024-04-26"]),
            ("tháng chín, 2017,", &["2017-09"]),
        ],
        counterexamples: &["trong tháng 5, 2000 hộ", "tháng 13, 2022"],
    },
    Rule {
        name: "month-named",
        pattern: r"tháng {monthname}(?: (?:năm |/ ?)?{year}| năm (?<yearwords>{words}(?: {words}){2,8})| {thisyear}|{lunar})?",
        value: named,
        examples: &[
            ("hồi tháng Ba vừa qua", &["XXXX-03"]),
            ("tháng Giêng", &["XXXX-01"]),
            ("tháng mười hai năm 2012", &["2012-12"]),
            ("cuối tháng tư", &["XXXX-04"]),
            ("tháng chín năm hai nghìn mười bảy", &["2017-09"]),
            ("trong tháng bảy, tỉnh", &["XXXX-07"]),
        ],
        counterexamples: &[
            "hai tháng một lần",
            "ngày, tháng, năm sinh",
            "Cách mạng tháng Tám",
            "tháng ba ngày",
            "tháng năm qua đi",
        ],
    },
    Rule {
        name: "month",
        pattern: r"tháng ?{month}(?:(?: của)? {thisyear}|{lunar})?",
        value: month,
        examples: &[
            ("đầu tháng 7 tới", &["XXXX-07"]),
            ("tháng 5 và", &["XXXX-05"]),
            ("tháng 7 âm lịch", &["XXXX-07"]),
            ("tháng 6 nhuận", &["XXXX-06"]),
            ("có đơn hàng tháng 4 giảm", &["XXXX-04"]),
        ],
        counterexamples: &[
            "tháng 13",
            "tháng 20,4 triệu",
            "3 tháng 5 ngày",
            "đường Cách mạng tháng 8",
            "mỗi tháng 3 triệu",
            "hàng tháng 5 lần",
        ],
    },
    Rule {
        name: "quarter-list",
        pattern: r"(?:quý|quí|qúy) (?<chain>(?:IV|I{1,3}|[1-4])(?:(?:, ?(?:và )?|{dash}| và | hoặc | đến )(?:(?:quý|quí|qúy) )?(?:IV|I{1,3}|[1-4])){1,3})(?:(?:{sep}| năm | của năm | ){year}|(?: của)? {thisyear})?",
        value: |found, at, scene| {
            let whole = reading::span(found, at);
            let (year, relative) = reading::year(found, scene);
            let chain = found.name("chain")?;
            let sure = year.is_some() || chain.as_str().contains(['I', 'V']);
            if !sure || !filters::ends(scene.text, &whole) {
                return None;
            }
            let said = |quarter| DateValue::Quarter { quarter, year };
            shared(whole, super::list::members(chain.as_str(), at + chain.start(), said)?, relative)
        },
        examples: &[
            ("quý I và II/2024", &["2024-Q1", "2024-Q2"]),
            ("quý II, III và quý IV năm 2023 sẽ", &["2023-Q2", "2023-Q3", "2023-Q4"]),
            ("(quý I, II);", &["XXXX-Q1", "XXXX-Q2"]),
            ("quý 3-4/2024", &["2024-Q3/2024-Q4"]),
        ],
        counterexamples: &["theo quý 2, 3 lần", "quý IV, II/2024", "Quý I, 5 hộ"],
    },
    Rule {
        name: "quarter",
        pattern: r"(?:quý|quí|qúy) (?<quarter>IV|I{1,3}|[1-4]|nhất|một|hai|ba|tư)(?:(?:{sep}| năm | của năm |, ?(?:năm )?| ){year}|(?: của)? {thisyear})?",
        value: |found, at, scene| {
            let text = found.name("quarter")?.as_str();
            let word = text.starts_with(char::is_lowercase);
            let quarter = if text.eq_ignore_ascii_case("nhất") { 1 } else { reading::number(found, "quarter")? };
            let (year, relative) = reading::year(found, scene);
            let span = reading::span(found, at);
            let unsure = word
                && year.is_none()
                && !words::word_before(&scene.text[words::back(scene.text, at, 16)..at], QUARTER_FOLLOWS)
                && !words::follows_one(scene.text, span.end, &["này", "tới", "vừa qua", "vừa rồi"]);
            let counts = found.whole().as_str().contains(',')
                && found.name("year").is_some_and(|year| filters::counts(scene.text, &(at + year.start()..span.end)));
            (!unsure && !counts && filters::ends(scene.text, &span)).then(|| {
                vec![Reading { relative, ..Reading::new(span, DateValue::Quarter { quarter: quarter as i8, year }) }]
            })
        },
        examples: &[
            ("quý I/2023", &["2023-Q1"]),
            ("Quý 3 năm 2020", &["2020-Q3"]),
            ("quý IV-2012", &["2012-Q4"]),
            ("trong quý II, ", &["XXXX-Q2"]),
            ("Quý III, 2023, tỉnh", &["2023-Q3"]),
            ("quý tư năm 2024", &["2024-Q4"]),
            ("bước vào quý tư, tỉnh", &["XXXX-Q4"]),
        ],
        counterexamples: &["phú quý hai đời", "quý vị", "Hội quý bà", "kê khai theo quý 4.000 đồng"],
    },
    Rule {
        name: "quarter-of-year",
        pattern: r"(?:quý|quí|qúy) (?<which>đầu|cuối)(?: tiên| cùng)?(?: của)?(?:(?: năm)? (?:{year}|{thisyear})| năm)",
        value: quarters,
        examples: &[
            ("quý đầu năm 2013", &["2013-Q1"]),
            ("quý cuối cùng của năm 2012", &["2012-Q4"]),
            ("Trong 3 quý đầu năm 2022, tỉnh", &["2022-01/2022-09"]),
            ("ba quý đầu năm, xuất khẩu", &["XXXX-01/XXXX-09"]),
            ("hai quý cuối năm 2021", &["2021-H2"]),
        ],
        counterexamples: &["quý cuối năm", "5 quý đầu năm 2013"],
    },
    Rule {
        name: "half-year",
        pattern: r"nửa (?:năm )?(?<which>đầu|cuối|sau)(?: của)?(?: năm)? (?:{year}|{thisyear})",
        value: |found, at, scene| half(found, at, scene),
        examples: &[("nửa đầu năm 2023", &["2023-H1"]), ("nửa cuối của năm 2012", &["2012-H2"])],
        counterexamples: &["nửa đầu trận", "nửa đầu năm"],
    },
    Rule {
        name: "months-in-words",
        pattern: r"(?<count>hai|ba|bốn|năm|sáu|bảy|tám|chín|mười một|mười) tháng (?:(?<which>đầu|cuối)(?: tiên)?(?: của)? (?:{thisyear}|năm(?: {year})?)|(?:của )?năm (?<yearof>[12]\d{3}))",
        value: months,
        examples: &[
            ("Mười một tháng năm 2023, xuất khẩu", &["2023-01/2023-11"]),
            ("sáu tháng đầu năm 2013", &["2013-H1"]),
            ("Chín tháng đầu năm 2012", &["2012-01/2012-09"]),
            ("Năm tháng đầu năm 2013, khách", &["2013-01/2013-05"]),
        ],
        counterexamples: &["ba tháng sau"],
    },
];

/// Lists the forms that start with digits.
pub const AT_DIGITS: &[Rule<Vec<Reading>>] = &[
    Rule {
        name: "months-of-year",
        pattern: r"(?<count>\d{1,2}) tháng (?:(?<which>đầu|cuối)(?: tiên)?(?: của)? (?:{thisyear}|năm(?: {year})?)|(?:của )?(?<thisyear2>năm nay|năm ngoái)|(?:của )?năm (?<yearof>[12]\d{3}))|(?<count2>\d{1,2}) tháng ?/ ?(?<yearof2>[12]\d{3})",
        value: months,
        examples: &[
            ("10 tháng/2024, xuất khẩu", &["2024-01/2024-10"]),
            ("9 tháng đầu năm 2025", &["2025-01/2025-09"]),
            ("6 tháng đầu năm 2024", &["2024-H1"]),
            ("6 tháng cuối năm 2013", &["2013-H2"]),
            ("9 tháng năm 2025", &["2025-01/2025-09"]),
            ("5 tháng đầu năm, ", &["XXXX-01/XXXX-05"]),
            ("trong 3 tháng đầu tiên của năm 2013", &["2013-01/2013-03"]),
        ],
        counterexamples: &["3 tháng đầu tiên", "18 tháng đầu năm", "12 tháng tuổi"],
    },
    Rule {
        name: "bare-months-year",
        pattern: r"{month}{dash}(?<month2>\d{1,2})(?:/| ?năm ){year}",
        value: |found, at, scene| {
            let month = |group| reading::number(found, group).and_then(|month| i8::try_from(month).ok());
            let (first, last, year) = (month("month")?, month("month2")?, reading::number(found, "year"));
            let span = reading::span(found, at);
            let before = &scene.text[words::back(scene.text, at, 16)..at];
            let fits = first < last
                && last <= 12
                && first > 0
                && words::word_before(before, &["từ", "các tháng", "giai đoạn", "thời gian"])
                && filters::ends(scene.text, &span);
            let said = |month| DateValue::Month { month, year };
            fits.then(|| vec![Reading { until: Some(said(last)), ..Reading::new(span, said(first)) }])
        },
        examples: &[("áp dụng từ 03-10/2023", &["2023-03/2023-10"])],
        counterexamples: &["ngày 3-10/2023", "từ 10-3/2023", "từ 20-25/2023"],
    },
    Rule {
        name: "bare-month-year",
        pattern: r"{month}(?<sep>[/\-]| / | - ){year}",
        value: |found, at, scene| {
            let read = month(found, at, scene)?;
            let before = &scene.text[words::back(scene.text, at, 24)..at];
            let numbered = words::word_before(
                before,
                &[
                    "số",
                    "tt",
                    "nđ",
                    "qđ",
                    "thông tư",
                    "nghị định",
                    "quyết định",
                    "luật",
                    "nghị quyết",
                    "chỉ thị",
                    "mẫu",
                    "thông báo",
                    "đợt",
                    "lần",
                    "kỳ",
                    "thứ",
                    "khóa",
                    "cv",
                    "công văn",
                ],
            );
            let dashed = found.name("sep")?.as_str().contains('-')
                && !words::word_before(before, &["từ", "đến", "trước", "sau", "tới", "hết", "kể từ", "vào"]);
            // `T3/2023`: the letter stands for `tháng`.
            if scene.text[..at].ends_with(['T', 't']) && filters::starts(scene.text, at - 1) {
                return Some(read.into_iter().map(|read| Reading { span: at - 1..read.span.end, ..read }).collect());
            }
            (filters::starts(scene.text, at) && !numbered && !dashed).then_some(read)
        },
        examples: &[
            ("đến 03/2023", &["2023-03"]),
            ("tháng 2, T3/2023", &["2023-02", "2023-03"]),
            ("(12/2012)", &["2012-12"]),
            ("từ 5-2013 sẽ", &["2013-05"]),
        ],
        counterexamples: &["số 12/2013", "13/2023", "01/2022/NQ-HĐND", "gấp 3-2000"],
    },
];

/// Reads a month.
fn month(found: &Groups<'_>, at: usize, scene: &ArticleText<'_>) -> Option<Vec<Reading>> {
    let month = i8::try_from(reading::number(found, "month")?).ok()?;
    let (year, relative) = reading::year(found, scene);
    let span = reading::span(found, at);
    let before = &scene.text[words::back(scene.text, at, 16)..at];
    let lunar = found.name("lunar").is_some();
    let refused = !filters::ends(scene.text, &span)
        || year.is_none()
            && (words::word_before(before, &["hàng", "hằng", "mỗi", "cách mạng", "một", "/"])
                && !words::word_before(before, GOODS)
                || filters::counted(scene.text, at)
                || filters::measured(scene.text, span.end)
                || filters::recurs(scene.text, span.end));
    (!refused).then(|| vec![Reading { relative, lunar, ..Reading::new(span, DateValue::Month { month, year }) }])
}

/// Reads a month whose number is a word; `tháng năm` and its like only where the words around leave no doubt.
fn named(found: &Groups<'_>, at: usize, scene: &ArticleText<'_>) -> Option<Vec<Reading>> {
    let name = found.name("monthname")?.as_str();
    let (month, lunar) = reading::month_name(name)?;
    let lunar = lunar || found.name("lunar").is_some();
    let (year, relative) = reading::year(found, scene);
    let span = reading::span(found, at);
    let before = &scene.text[words::back(scene.text, at, 16)..at];
    let after = |words: &[&str]| words.iter().any(|word| words::follows(scene.text, span.end, word));
    let announced =
        words::word_before(before, &["đầu", "cuối", "giữa", "hồi", "trong", "từ", "đến", "vào", "hết", "trước"])
            || after(&["vừa", "tới", "này", "rồi"]);
    let capital = name.starts_with(char::is_uppercase) && !scene.text[at..].starts_with("THÁNG");
    let sure = year.is_some() || lunar || capital || announced && !name.eq_ignore_ascii_case("năm");
    let refused = !sure
        || !filters::ends(scene.text, &span)
        || words::word_before(
            before,
            &["cách mạng", "hàng", "hằng", "mỗi", "sao", "ngày", "phố", "đường", "hai", "ba"],
        )
        || after(&["lần", "ngày", "năm", "đôi", "mươi"])
        || year.is_none() && filters::counted(scene.text, at);
    (!refused).then(|| vec![Reading { relative, lunar, ..Reading::new(span, DateValue::Month { month, year }) }])
}

/// Reads the first or last months of a year; six of them are a half.
fn months(found: &Groups<'_>, at: usize, scene: &ArticleText<'_>) -> Option<Vec<Reading>> {
    let count = i8::try_from(reading::number(found, "count").or_else(|| reading::number(found, "count2"))?)
        .ok()
        .filter(|count| (1..=12).contains(count))?;
    let last = found.name("which").is_some_and(|which| which.as_str().eq_ignore_ascii_case("cuối"));
    let (year, relative) = reading::year(found, scene);
    let span = reading::span(found, at);
    if !filters::ends(scene.text, &span) || !filters::starts(scene.text, at) {
        return None;
    }
    let month = |month| DateValue::Month { month, year };
    let (said, until) = match (count, last) {
        (6, _) => (DateValue::Half { half: if last { 2 } else { 1 }, year }, None),
        (1, _) => (month(if last { 12 } else { 1 }), None),
        (_, false) => (month(1), Some(month(count))),
        (_, true) => (month(13 - count), Some(month(12))),
    };
    Some(vec![Reading { until, relative, ..Reading::new(span, said) }])
}

/// Reads the first or last quarter of a year, or as many as the number before says; two of them are a half.
fn quarters(found: &Groups<'_>, at: usize, scene: &ArticleText<'_>) -> Option<Vec<Reading>> {
    const COUNTS: &[(&str, i8)] = &[("2", 2), ("3", 3), ("hai", 2), ("ba", 3)];
    let last = found.name("which")?.as_str().eq_ignore_ascii_case("cuối");
    let (year, relative) = reading::year(found, scene);
    let span = reading::span(found, at);
    let before = &scene.text[words::back(scene.text, at, 8)..at];
    let month = |month| DateValue::Month { month, year };
    let Some((word, count)) =
        COUNTS.iter().find(|(word, _)| before.ends_with(' ') && words::word_before(before, &[word]))
    else {
        let quarter = DateValue::Quarter { quarter: if last { 4 } else { 1 }, year };
        return (year.is_some() && !filters::counted(scene.text, at))
            .then(|| vec![Reading { relative, ..Reading::new(span, quarter) }]);
    };
    let start = at - 1 - word.len();
    if !filters::starts(scene.text, start)
        || !filters::ends(scene.text, &span)
        || year.is_none() && words::follows(scene.text, span.end, "học")
    {
        return None;
    }
    let (said, until) = match (count, last) {
        (2, _) => (DateValue::Half { half: if last { 2 } else { 1 }, year }, None),
        (_, false) => (month(1), Some(month(9))),
        (_, true) => (month(4), Some(month(12))),
    };
    Some(vec![Reading { until, relative, ..Reading::new(start..span.end, said) }])
}

/// Reads half a year.
fn half(found: &Groups<'_>, at: usize, scene: &ArticleText<'_>) -> Option<Vec<Reading>> {
    let half = if found.name("which")?.as_str().eq_ignore_ascii_case("đầu") { 1 } else { 2 };
    let (year, relative) = reading::year(found, scene);
    year?;
    Some(vec![Reading { relative, ..Reading::new(reading::span(found, at), DateValue::Half { half, year }) }])
}

/// Reads months that share a year: a list or an interval.
fn chain(found: &Groups<'_>, at: usize, scene: &ArticleText<'_>) -> Option<Vec<Reading>> {
    let whole = reading::span(found, at);
    let (year, relative) = reading::year(found, scene);
    let chain = found.name("chain")?;
    let bare = year.is_none()
        && (filters::measured(scene.text, whole.end)
            || filters::money(scene.text, whole.end)
            || filters::recurs(scene.text, whole.end));
    let many = year.is_none()
        && chain.as_str().contains('-')
        && words::word_before(&scene.text[words::back(scene.text, at, 16)..at], &["mỗi", "hàng", "hằng"]);
    if !filters::ends(scene.text, &whole) || bare || many {
        return None;
    }
    shared(
        whole,
        super::list::members(chain.as_str(), at + chain.start(), |month| DateValue::Month { month, year })?,
        relative,
    )
}

/// Gives the word before a list to its first member and the year behind it to its last.
fn shared(whole: std::ops::Range<usize>, mut read: Vec<Reading>, relative: bool) -> Option<Vec<Reading>> {
    read.first_mut()?.span.start = whole.start;
    read.last_mut()?.span.end = whole.end;
    read.iter_mut().for_each(|reading| reading.relative = relative);
    Some(read)
}
