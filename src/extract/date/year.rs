//! Years and what is made of years: school years, terms, periods, seasons, decades, centuries.

use super::bare;
use super::calendar::DateValue;
use super::filters;
use super::reading::{self, Reading};
use super::words;
use crate::extract::ArticleText;
use crate::extract::rule::{Groups, Rule};

/// Words at which these rules run; they run at digits too (`2011 - 2015`, `(2010)`).
pub const CUES: &[&str] = &["năm", "năm học", "thập kỷ", "thập niên", "thế kỷ", "thế kỉ"];

/// Names of periods; without the digits of a year behind them they say nothing of time.
pub const PERIODS: &[&str] = &[
    "giai đoạn",
    "khóa",
    "khoá",
    "kỳ",
    "mùa giải",
    "mùa",
    "nhiệm kỳ",
    "nhiệm kì",
    "niên khóa",
    "niên khoá",
    "niên vụ",
    "thời kỳ",
    "thời kì",
    "tài khóa",
    "vụ",
];

/// Years that a bare number of four digits may be.
pub const LIKELY: std::ops::RangeInclusive<i16> = 1900..=2099;

/// Lists the forms that start with a cue word, the longer before the shorter.
pub const RULES: &[Rule<Vec<Reading>>] = &[
    Rule {
        name: "period",
        pattern: r"(?:giai đoạn|thời k[ỳì]|nhiệm k[ỳì]|niên kh[óo][aá]|niên vụ|tài khóa|mùa giải|mùa|vụ|khóa|khoá|kỳ|năm học|năm)(?: (?:các )?năm)?(?: từ)?(?: năm)? ?{year}(?:{dash}|/| đến | tới | – năm |{dash}năm | đến năm | tới năm | đến hết năm )(?:{until}|(?<shortyear>\d{2}))",
        value: period,
        examples: &[
            ("năm học 2022-2023", &["2022/2023"]),
            ("giai đoạn 2021 - 2025", &["2021/2025"]),
            ("nhiệm kỳ 2020-2025, nhiệm kỳ 2021 – 2026", &["2020/2025", "2021/2026"]),
            ("giai đoạn từ năm 2011 đến năm 2015", &["2011/2015"]),
            ("(năm 2020 - 2024)", &["2020/2024"]),
            ("thời kỳ 2021- 2030", &["2021/2030"]),
            ("mùa giải 2012-13", &["2012/2013"]),
            ("niên vụ 2017/2018", &["2017/2018"]),
        ],
        counterexamples: &["giai đoạn 2025-2021", "giai đoạn 1", "năm 2012-50 tỷ"],
    },
    Rule {
        name: "period-blank",
        pattern: r"(?:giai đoạn|nhiệm k[ỳì]|năm học|niên khóa|(?<plain>năm)) {year} {until}",
        value: |found, at, scene| {
            let read = period(found, at, scene)?;
            let next = reading::number(found, "until")? == reading::number(found, "year")? + 1;
            (found.name("plain").is_none() || next).then_some(read)
        },
        examples: &[("năm học 2025 2026", &["2025/2026"])],
        counterexamples: &["nhiệm kỳ 2025 2000", "năm 2012 2020 hộ"],
    },
    Rule {
        name: "decade",
        pattern: r"(?:thập (?:niên|kỷ)|(?:những )?năm) (?<decade>1[5-9]\d0|20\d0|[1-9]0)(?:(?<joint>{dash}|, ?| và | đến )(?<second>1[5-9]\d0|[1-9]0))?(?<of> (?:của )?thế kỷ (?:(?<century>XX|XIX|XVIII|20|19|18)|trước|này))?",
        value: decade,
        examples: &[
            ("ngay từ thập niên 90, một số", &["199X"]),
            ("thập kỷ 1980", &["198X"]),
            ("những năm 60 của thế kỷ XX", &["196X"]),
            ("năm 80 của thế kỷ 19", &["188X"]),
            ("những năm 70, 80 của thế kỷ trước", &["197X", "198X"]),
            ("những năm 60 - 70 và thập niên 1980-1990", &["196X/197X", "198X/199X"]),
        ],
        counterexamples: &["năm 50 tuổi", "năm 2010"],
    },
    Rule {
        name: "century",
        pattern: r"thế k[ỷỉ] (?:thứ )?(?<century>{roman}|\d{1,2}|{words}(?: {words}){0,2})(?:(?<joint>{dash}|, ?| và )(?<second>{roman}))?(?<bc> (?:trước công nguyên|TCN))?",
        value: |found, at, scene| {
            let century =
                i8::try_from(reading::number(found, "century")?).ok().filter(|century| (1..=21).contains(century))?;
            if found.name("bc").is_some() {
                let span = reading::span(found, at);
                let said = DateValue::Century(-i16::from(century));
                return found.name("second").is_none().then(|| vec![Reading::new(span, said)]);
            }
            let first = DateValue::Century(i16::from(century) - 1);
            if filters::ends(scene.text, &reading::span(found, at)) {
                let second = reading::number(found, "second").map(|second| DateValue::Century(second - 1));
                return Some(pair(found, at, first, second));
            }
            // `thế kỷ 21, xây`: the second numeral is the first letter of a word.
            let end = at + found.name("joint")?.start();
            Some(vec![Reading::new(at..end, first)])
        },
        examples: &[
            ("du lịch Huế thế kỷ XXI", &["20XX"]),
            ("trong thế kỷ 21, xây dựng", &["20XX"]),
            ("từ thế kỷ X, thế kỷ XVIII đến thế kỷ XIX", &["09XX", "17XX/18XX"]),
            ("cuối thế kỷ 16.", &["15XX"]),
            ("thế kỷ XVI - XVII và thế kỷ XVIII, XIX", &["15XX/16XX", "17XX", "18XX"]),
            ("thế kỷ mười chín", &["18XX"]),
            ("thế kỷ III TCN", &["-02XX"]),
        ],
        counterexamples: &["thế kỷ này qua", "nửa thế kỷ", "thế kỷ 33"],
    },
    Rule {
        name: "year-before-christ",
        pattern: r"năm (?<bc>\d{1,4}) (?:trước công nguyên|TCN|tr\.CN)",
        value: |found, at, _| {
            let year = reading::number(found, "bc").filter(|year| *year > 0)?;
            Some(vec![Reading::new(reading::span(found, at), DateValue::Year(1 - year))])
        },
        examples: &[("năm 221 TCN", &["-0220"])],
        counterexamples: &["thế kỷ 3 TCN", "năm 0 TCN"],
    },
    Rule {
        name: "year",
        pattern: r"năm(?: (?:học|kế hoạch|tài chính|ngân sách|tài khóa|dương lịch|mới))?[\x20\t\n]{0,2}:?[\x20\t]{0,2}{year}",
        value: |found, at, scene| {
            let span = reading::span(found, at);
            (filters::ends(scene.text, &span) && !filters::money(scene.text, span.end)).then_some(())?;
            Some(vec![Reading::new(span, DateValue::Year(reading::number(found, "year")?))])
        },
        examples: &[
            ("năm 2012 tỷ lệ hộ nghèo", &["2012"]),
            ("năm 2024 Đồng Nai đón", &["2024"]),
            ("năm 2024 đồng thời", &["2024"]),
            ("Năm 2022, HĐND tỉnh", &["2022"]),
            ("năm kế hoạch 2020", &["2020"]),
            ("năm mới 2024 mở ra", &["2024"]),
            ("cùng kỳ năm 2019", &["2019"]),
            ("năm\n2025", &["2025"]),
        ],
        counterexamples: &["năm 2000 đồng", "năm 20225", "năm năm", "sau 3 năm"],
    },
    Rule {
        name: "year-after-christ",
        pattern: r"năm (?<year>[1-9]\d{0,3}) (?:sau công nguyên|SCN)",
        value: |found, at, _| {
            Some(vec![Reading::new(reading::span(found, at), DateValue::Year(reading::number(found, "year")?))])
        },
        examples: &[("năm 40 sau Công nguyên", &["0040"])],
        counterexamples: &["năm 40 sau"],
    },
    Rule {
        name: "year-early",
        pattern: r"năm (?<year>[1-9]\d{2})",
        value: early,
        examples: &[
            ("Năm 938, Ngô Quyền", &["0938"]),
            ("Năm 938 Ngô Quyền đánh tan", &["0938"]),
            ("vào năm 938 khi quân", &["0938"]),
            ("Từ năm 179 đến năm 938.", &["0179/0938"]),
        ],
        counterexamples: &[
            "mỗi năm 500.",
            "năm 200 hộ",
            "năm 500,5 triệu",
            "tháng … năm 201...",
            "hằng năm 300 Kg",
            "đến năm 500 tỷ",
            "3 năm 120 Hộ",
        ],
    },
    Rule {
        name: "sexagenary-year",
        pattern: r"năm (?<name>{canchi})",
        value: sexagenary,
        examples: &[],
        counterexamples: &["năm Quý Mão", "Tết Giáp Thìn"],
    },
    Rule {
        name: "year-in-words",
        pattern: r"năm (?<yearwords>(?:một|hai) (?:nghìn|ngàn)(?: {words}){1,6})",
        value: |found, at, scene| {
            let span = reading::span(found, at);
            let year = reading::number(found, "yearwords").filter(|year| (1000..2200).contains(year))?;
            filters::ends(scene.text, &span).then(|| vec![Reading::new(span, DateValue::Year(year))])
        },
        examples: &[("năm hai nghìn không trăm hai mươi tư", &["2024"])],
        counterexamples: &["năm hai nghìn đồng"],
    },
    Rule {
        name: "season-year",
        pattern: r"(?:mùa giải|mùa (?:xuân|hè|hạ|thu|đông)|mùa|niên khóa|vụ|khóa|kỳ) {year}",
        value: |found, at, scene| {
            let span = reading::span(found, at);
            let year = reading::number(found, "year").filter(|year| LIKELY.contains(year))?;
            // `cùng kỳ` compares and `nhiệm vụ` is a task: no words of the date.
            let compared = words::word_before(&scene.text[words::back(scene.text, at, 8)..at], &["cùng", "nhiệm"]);
            let span = if compared { at + found.name("year")?.start()..span.end } else { span };
            (filters::ends(scene.text, &span) && !filters::money(scene.text, span.end))
                .then(|| vec![Reading::new(span, DateValue::Year(year))])
        },
        examples: &[
            ("mùa giải 2013", &["2013"]),
            ("mùa hè 2012", &["2012"]),
            ("cùng kỳ 2012", &["2012"]),
            ("nhiệm vụ 2025", &["2025"]),
        ],
        counterexamples: &["vụ 2000 đồng"],
    },
];

/// Lists the forms that start with digits.
pub const AT_DIGITS: &[Rule<Vec<Reading>>] = &[
    Rule {
        name: "bare-period",
        pattern: r"{year}(?:{dash}){until}",
        value: |found, at, scene| {
            let read = period(found, at, scene)?;
            let likely = LIKELY.contains(&reading::number(found, "year")?)
                && LIKELY.contains(&reading::number(found, "until")?)
                || reading::number(found, "until")? <= *LIKELY.end()
                    && (bare::dynastic(scene.text, &read[0].span) || bare::lived(scene.text, &read[0]));
            (likely && filters::starts(scene.text, at) && !filters::counts(scene.text, &read[0].span)).then_some(read)
        },
        examples: &[
            ("kỳ đầu (2011 - 2015)", &["2011/2015"]),
            ("trong ba năm từ 2013-2015 và", &["2013/2015"]),
            ("vua Minh Mạng (1820 - 1841)", &["1820/1841"]),
            ("Phan Bội Châu (1867-1940)", &["1867/1940"]),
            ("kháng chiến chống Pháp 1858-1884.", &["1858/1884"]),
        ],
        counterexamples: &[
            "2015-2011",
            "từ 1900-2000 đồng",
            "0123.2011-2015",
            "2000 - 2050 người",
            "cao 1500-1800.",
            "(1200-1500)",
        ],
    },
    Rule {
        name: "bare-period-blank",
        pattern: r"{year}\x20{until}",
        value: |found, at, scene| {
            let read = period(found, at, scene)?;
            let next = reading::number(found, "until")? == reading::number(found, "year")? + 1;
            let lettered = scene.text[..at].trim_end_matches(' ').ends_with(char::is_alphabetic);
            (next && lettered && filters::starts(scene.text, at) && !filters::counts(scene.text, &read[0].span))
                .then_some(read)
        },
        examples: &[("Cần Thơ 2025 2026 được", &["2025/2026"])],
        counterexamples: &["2010 2020", "| 2010 2011 người"],
    },
    Rule {
        name: bare::NAMED,
        pattern: r"{year}",
        value: bare::named,
        examples: &[
            ("nghỉ Tết Dương lịch 2026 mấy ngày", &["2026"]),
            ("vui đón Tết Giáp Thìn 2024 an toàn", &["2024"]),
            ("thi tốt nghiệp THPT 2013 cả nước", &["2013"]),
            ("giải quần vợt Pháp mở rộng 2013 hôm qua", &["2013"]),
            ("Ông cho rằng 2020 là năm bản lề", &["2020"]),
        ],
        counterexamples: &[
            "trường được mở rộng 2000 m2",
            "các trường THPT 1999 học sinh",
            "bản thân 2012 lần",
            "dân số 1999 là năm",
        ],
    },
    Rule {
        name: "bare-year",
        pattern: r"{year}",
        value: bare::year,
        examples: &[
            ("(2010)", &["2010"]),
            ("năm Minh Mạng thứ 12 (1831)", &["1831"]),
            ("Đến 2020, tỉnh", &["2020"]),
            ("Nghèo. 2020, tỉnh có 5 xã", &["2020"]),
            ("ông A (SN: 1985)", &["1985"]),
            ("so với 2012.", &["2012"]),
            ("(2016, 2017)", &["2016", "2017"]),
            ("trong hai năm 2011 và 2012 ngành văn hóa", &["2011", "2012"]),
            ("các năm 2020, 2021 và 2022 ngành thuế", &["2020", "2021", "2022"]),
            ("hai năm 2021, 2022 ngành thuế", &["2021", "2022"]),
            ("(2015 và 2016)", &["2015", "2016"]),
            ("vì cộng đồng 2020’", &["2020"]),
            ("bảng giá đất Hà Nội 2026 mới nhất", &["2026"]),
            ("Kế hoạch 118/KH-UBND 2025 nêu rõ", &["2025"]),
        ],
        counterexamples: &[
            "2012 hộ",
            "đạt 2010 tấn",
            "đến 2000 đồng",
            "tăng 2,5 2013",
            "từ 1999 đồng",
            "(2000 tỷ)",
            "Nghị định 15/2012",
            "camera 2048 x 1536",
            "trao 2000 suất quà",
            "năm nay có 1950, 2000 hộ",
            "Nợ TK 138 (1388)",
            "Nghị định 15/2012/NĐ-CP 2013 xã",
            "tốc độ 80 km/h 2012 xe",
        ],
    },
];

/// Reads a year of three digits, where no number of things can stand.
fn early(found: &Groups<'_>, at: usize, scene: &ArticleText<'_>) -> Option<Vec<Reading>> {
    let span = reading::span(found, at);
    let rest = scene.text[span.end..].trim_start();
    let closed = rest.starts_with([',', ')', '.', ';']) && !rest[1..].starts_with(['.', '…', '0']);
    let before = &scene.text[words::back(scene.text, at, 16)..at];
    let alone = !filters::counted(scene.text, at)
        && !words::word_before(before, &["mỗi", "hàng", "hằng", "/", "một", "hai", "ba", "bốn", "bình quân", "nhiều"]);
    let capital = rest.starts_with(char::is_uppercase) && scene.text[at..].starts_with('N');
    let dated = words::word_before(before, &["vào", "từ", "đến", "trước", "sau", "khoảng", "kể từ", "hồi", "tới"]);
    let counts = filters::measured(scene.text, span.end) || filters::money(scene.text, span.end);
    let joined = words::follows_one(scene.text, span.end, &["đến năm", "đến"]);
    let fits = alone && (closed || !counts && (capital || dated || joined)) && filters::ends(scene.text, &span);
    fits.then_some(vec![Reading::new(span, DateValue::Year(reading::number(found, "year")?))])
}

/// Reads a year of the sixty, `năm Ất Tỵ`, when publication is within two years of it: a lunar year.
fn sexagenary(found: &Groups<'_>, at: usize, scene: &ArticleText<'_>) -> Option<Vec<Reading>> {
    const NEAR: i16 = 2;
    let published = scene.published?.year();
    let name = found.name("name")?.as_str().to_lowercase();
    let year = (published - NEAR..=published + NEAR).find(|year| words::is_sexagenary(&name, *year))?;
    let span = reading::span(found, at);
    // `năm Giáp Thìn 2024`: the year in digits says it.
    let said = scene.text[span.end..].trim_start_matches([' ', '(']).starts_with(|c: char| c.is_ascii_digit());
    (!said && filters::ends(scene.text, &span))
        .then(|| vec![Reading { lunar: true, ..Reading::new(span, DateValue::Year(year)) }])
}

/// Reads from one year to a later one.
fn period(found: &Groups<'_>, at: usize, scene: &ArticleText<'_>) -> Option<Vec<Reading>> {
    let span = reading::span(found, at);
    let from = reading::number(found, "year")?;
    let until = match found.name("shortyear") {
        // `2012-13` is the season that ends in the next year.
        Some(short) => {
            Some(from / 100 * 100 + short.as_str().parse::<i16>().ok()?).filter(|until| *until == from + 1)?
        }
        None => reading::number(found, "until")?,
    };
    // A slash parts the two years of a season.
    let season = !found.whole().as_str().contains('/') || until == from + 1;
    let fits = season
        && from < until
        && until - from <= 150
        && filters::ends(scene.text, &span)
        && !filters::money(scene.text, span.end);
    fits.then(|| vec![Reading { until: Some(DateValue::Year(until)), ..Reading::new(span, DateValue::Year(from)) }])
}

/// Reads ten years; `năm 90` and `những năm 1990` want their words.
fn decade(found: &Groups<'_>, at: usize, scene: &ArticleText<'_>) -> Option<Vec<Reading>> {
    let span = reading::span(found, at);
    let number = reading::number(found, "decade")?;
    let head = scene.text[at..at + found.name("decade")?.start()].to_lowercase();
    let many = head.starts_with("thập")
        || head.starts_with("những")
        || words::word_before(&scene.text[words::back(scene.text, at, 12)..at], &["những"]);
    let of = found.name("of").is_some();
    let century = reading::number(found, "century").map_or(1900, |century| (century - 1) * 100);
    let from = |number: i16| match number {
        1000.. => many.then_some(number),
        _ => (of || many && number >= 20).then_some(century + number),
    };
    let fits = filters::ends(scene.text, &span)
        && !filters::measured(scene.text, span.end)
        && !filters::money(scene.text, span.end);
    if !fits {
        return None;
    }
    let second = reading::number(found, "second").and_then(from);
    Some(pair(found, at, DateValue::Decade(from(number)?), second.map(DateValue::Decade)))
}

/// Reads two decades or centuries that share their word: a list, or an interval where a dash or `đến` joins them.
fn pair(found: &Groups<'_>, at: usize, first: DateValue, second: Option<DateValue>) -> Vec<Reading> {
    let span = reading::span(found, at);
    let (Some(joint), Some(group), Some(second)) = (found.name("joint"), found.name("second"), second) else {
        return vec![Reading::new(span, first)];
    };
    let (end, start) = (at + joint.start(), at + group.start());
    if second.begin() <= first.begin() {
        return vec![Reading::new(span.start..end, first)];
    }
    if joint.as_str().starts_with(',') || joint.as_str() == " và " {
        return vec![Reading::new(span.start..end, first), Reading::new(start..span.end, second)];
    }
    vec![Reading { until: Some(second), ..Reading::new(span, first) }]
}
