//! Relative forms: `hôm qua`, `sáng nay`, `thứ Hai tuần trước`, `tháng trước`, `năm ngoái`. Without a publication date
//! none is read.

use super::calendar::{DateValue, month_after, week_after, weekday_after};
use super::filters;
use super::lexicon::QUARTER_FOLLOWS;
use super::reading::{self, Reading};
use super::words;
use crate::extract::ArticleText;
use crate::extract::rule::{Groups, Rule};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// Words at which these rules run, beside those of the other families.
pub const CUES: &[&str] = &["tuần"];

/// Lists the relative forms, the longer before the shorter. Their examples are read in an article of 25 April 2024, a Thursday.
pub const RULES: &[Rule<Vec<Reading>>] = &[
    Rule {
        name: "today-named",
        pattern: r"(?:{part} )?(?:(?:ngày )?hôm (?:nay|qua|kia)|nay|qua|ngày mai|mai)[\x20\t]?,?(?: ngày)? {day}(?<sep>[/\-.]){month}(?:[/\-.]{year})?",
        value: |found, at, scene| {
            let read = reading::day(found, at, scene)?;
            filters::ends(scene.text, &read[0].span).then_some(read)
        },
        examples: &[
            ("hôm nay 25/4", &["2024-04-25"]),
            ("Sáng nay, 25-4, tại", &["2024-04-25"]),
            ("Sáng qua 24-4, hội nghị", &["2024-04-24"]),
        ],
        counterexamples: &["hôm nay 30/2"],
    },
    Rule {
        name: "relative-day",
        pattern: r"(?:{part} )?(?:(?:ngày )?hôm (?<which>nay|qua|kia|mai)|ngày (?<day2>mai|kia)|(?<which2>nay|qua|mai))",
        value: day,
        examples: &[
            ("Hôm qua, ông", &["2024-04-24"]),
            ("sáng nay", &["2024-04-25"]),
            ("chiều mai", &["2024-04-26"]),
            ("hôm kia", &["2024-04-23"]),
            ("ngày kia", &["2024-04-27"]),
            ("tối qua", &["2024-04-24"]),
        ],
        counterexamples: &["sáng tạo", "ngày nay", "tối thiểu", "hôm trước", "đêm nào"],
    },
    Rule {
        name: "relative-weekday",
        pattern: r"(?:{part} )?(?:hôm |ngày )?{weekday}(?: (?:cuối )?(?<week>tuần này|tuần trước|tuần qua|tuần rồi|tuần sau|tuần tới)| (?<which>này|tới|vừa qua|vừa rồi|qua|sắp tới))?",
        value: weekday,
        examples: &[
            ("thứ Hai tuần trước", &["2024-04-15"]),
            ("Chủ nhật này", &["2024-04-28"]),
            ("sáng thứ ba", &["2024-04-23"]),
            ("hôm thứ Tư", &["2024-04-24"]),
            ("thứ sáu tới", &["2024-04-26"]),
        ],
        counterexamples: &[
            "ngày 23/4 (thứ Ba)",
            "lần thứ hai",
            "thứ ba, cần",
            "đứng thứ tư",
            "ngày thứ năm liên tiếp",
            "các ngày thứ Bảy, Chủ nhật",
            "thứ 7 hằng tuần",
            "thứ Hai đến thứ Sáu",
            "Thứ Hai, 22/4/2024",
            "sáng thứ Ba ngày 23/4",
            "Thứ Tư, ngày 24 tháng 4 năm 2024",
        ],
    },
    Rule {
        name: "relative-week",
        pattern: r"(?:trong )?tuần (?<which>này|trước|qua|rồi|vừa qua|vừa rồi|tới|sau)",
        value: |found, at, scene| {
            let which = found.name("which")?;
            let start = at + found.whole().as_str().to_lowercase().find("tuần")?;
            let span = start..at + which.end();
            if counted(scene, start) || narrated(scene, span.end) || !filters::ends(scene.text, &span) {
                return None;
            }
            // On Saturday and Sunday the week that has passed is the present one.
            let weekend = scene.published?.weekday().to_monday_zero_offset() >= 5 && which.as_str().ends_with("qua");
            let weeks = if weekend { 0 } else { direction(which.as_str()) };
            let (monday, sunday) = week_after(scene.published?, weeks)?;
            // `cuối tuần này` is Saturday and Sunday.
            let word = start
                .checked_sub("cuối ".len())
                .filter(|word| scene.text.get(*word..start).is_some_and(|end| end.to_lowercase() == "cuối "));
            let (span, first) = match word {
                Some(word) => (word..span.end, sunday.yesterday().ok()?),
                None => (span, monday),
            };
            Some(vec![Reading { until: Some(sunday.into()), relative: true, ..Reading::new(span, first.into()) }])
        },
        examples: &[
            ("tuần trước", &["2024-04-15/2024-04-21"]),
            ("tuần này", &["2024-04-22/2024-04-28"]),
            ("vào cuối tuần này;", &["2024-04-27/2024-04-28"]),
        ],
        counterexamples: &["2 tuần qua", "những tuần trước", "hai tuần sau"],
    },
    Rule {
        name: "relative-month",
        pattern: r"tháng (?<which>này|trước|qua|rồi|vừa qua|vừa rồi|tới|sau)",
        value: |found, at, scene| {
            let span = reading::span(found, at);
            let which = found.name("which")?.as_str();
            let vague = counted(scene, at)
                || narrated(scene, span.end)
                || words::word_before(&scene.text[words::back(scene.text, at, 16)..at], &["của"])
                    && matches!(which, "sau" | "trước");
            // `tháng 3-2013 giảm 0,19% so với tháng trước`: from the month that the sentence reports.
            let reported = (which == "trước" && compared(scene, at)).then(|| reported_month(scene, at)).flatten();
            let said = month_after(reported.or(scene.published)?, direction(which))?;
            (!vague && filters::ends(scene.text, &span))
                .then(|| vec![Reading { relative: true, ..Reading::new(span, said) }])
        },
        examples: &[
            ("tháng trước", &["2024-03"]),
            ("tháng sau", &["2024-05"]),
            ("Tháng vừa qua", &["2024-03"]),
            ("Chỉ số tháng 1/2024 giảm so với tháng trước", &["2024-01", "2023-12"]),
        ],
        counterexamples: &["3 tháng qua", "mấy tháng trước", "hai tháng sau", "ngày 10 của tháng sau"],
    },
    Rule {
        name: "relative-quarter",
        pattern: r"(?:quý|quí) (?<which>này|trước|vừa qua|tới|sau)",
        value: |found, at, scene| {
            let span = reading::span(found, at);
            let DateValue::Month { month, year } =
                month_after(scene.published?, 3 * direction(found.name("which")?.as_str()))?
            else {
                return None;
            };
            let said = DateValue::Quarter { quarter: (month + 2) / 3, year };
            // `món quà quý này`: an adjective.
            let before = &scene.text[words::back(scene.text, at, 16)..at];
            let opens = before.trim_end().is_empty() || before.trim_end().ends_with(['.', ',', ';', ':', '(']);
            let noun = opens || before.ends_with('\n') || words::word_before(before, QUARTER_FOLLOWS);
            (noun && !counted(scene, at) && filters::ends(scene.text, &span))
                .then(|| vec![Reading { relative: true, ..Reading::new(span, said) }])
        },
        examples: &[("quý này", &["2024-Q2"]), ("so với quý trước", &["2024-Q1"])],
        counterexamples: &["hai quý trước", "món quà quý này", "người quý trước tiên", "tấm lòng quý sau"],
    },
    Rule {
        name: "relative-year",
        pattern: r"năm (?<which>nay|ngoái|kia|sau|tới|trước|qua|vừa qua|vừa rồi)",
        value: year,
        examples: &[
            ("năm ngoái", &["2023"]),
            ("năm nay", &["2024"]),
            ("trong năm tới", &["2025"]),
            ("Năm qua, tỉnh", &["2023"]),
            ("tháng 9.2017 tăng so với cùng kỳ năm trước", &["2017-09", "2016"]),
        ],
        counterexamples: &[
            "3 năm qua",
            "những năm trước",
            "hơn mười năm nay",
            "nhiều năm nay",
            "hàng năm qua",
            "mấy năm sau",
            "hai năm trước",
        ],
    },
];

/// Reads a day counted from the day of publication.
fn day(found: &Groups<'_>, at: usize, scene: &ArticleText<'_>) -> Option<Vec<Reading>> {
    let span = reading::span(found, at);
    let which =
        found.name("which").or_else(|| found.name("which2")).or_else(|| found.name("day2"))?.as_str().to_lowercase();
    let days = match which.as_str() {
        "nay" => 0,
        "qua" => -1,
        "mai" => 1,
        // `hôm kia` looks back, `ngày kia` ahead.
        _ if found.name("day2").is_some() => 2,
        _ => -2,
    };
    let part_of_day = found.name("part").and_then(|part| reading::part_of_day(part.as_str()));
    let day = scene.published?.checked_add(days.days()).ok()?;
    filters::ends(scene.text, &span)
        .then(|| vec![Reading { part_of_day, relative: true, ..Reading::new(span, day.into()) }])
}

/// Reads a weekday: of the week that is named, else the last one up to publication, with `tới` the next.
fn weekday(found: &Groups<'_>, at: usize, scene: &ArticleText<'_>) -> Option<Vec<Reading>> {
    let span = reading::span(found, at);
    let name = found.name("weekday")?;
    let weekday = reading::weekday(name.as_str())?;
    let published = scene.published?;
    let week = found.name("week").map(|week| week.as_str());
    let which = found.name("which").map(|which| which.as_str());
    let part = found.name("part").and_then(|part| reading::part_of_day(part.as_str()));
    let lower = scene.text[at..at + name.start()].to_lowercase();
    // `thứ hai` is also the second: a word that dates must stand by, or a capital in `Hai`.
    let capital = name
        .as_str()
        .rsplit(' ')
        .next()
        .is_some_and(|last| last.starts_with(char::is_uppercase) && name.as_str() != name.as_str().to_uppercase());
    let dated = week.is_some()
        || which.is_some()
        || part.is_some()
        || lower.contains("hôm")
        || capital && !lower.contains("ngày");
    let before = &scene.text[words::back(scene.text, at, 24)..at];
    // `23/11 (thứ Bảy)` says the weekday of its day.
    let said_of = before.rfind('(').is_some_and(|open| {
        !before[open..].contains(')') && before[..open].trim_end().ends_with(|c: char| c.is_ascii_digit())
    });
    let refused = !dated
        || said_of
        || week.is_none() && which.is_none() && dated_itself(scene.text, span.end)
        || weekday == Weekday::Sunday && name.as_str() == "CN"
        || week.is_none()
            && which.is_none()
            && (words::word_before(
                before,
                &[
                    "các", "lần", "mỗi", "kỳ", "họp", "phiên", "vòng", "tuần", "khóa", "tập", "lượt", "trận", "đợt",
                    "bàn", "hạng", "đứng", "xếp", "những", "vào", "đến", "từ", "tới", "trừ", "và", "hoặc", "-", "–",
                    ",",
                ],
            ) || weekly(scene, span.end))
        || !filters::ends(scene.text, &span);
    if refused {
        return None;
    }
    let weeks = week.map(|week| direction(week.rsplit(' ').next().unwrap_or(week)));
    let mut day = weekday_after(published, weekday, weeks.unwrap_or(0))?;
    let ahead = which.is_some_and(|which| matches!(which.to_lowercase().as_str(), "tới" | "sắp tới" | "này"));
    if weeks.is_none() && ahead && day < published {
        day = day.checked_add(1.week()).ok()?;
    }
    if weeks.is_none() && !ahead && day > published {
        day = day.checked_sub(1.week()).ok()?;
    }
    Some(vec![Reading { part_of_day: part, relative: true, ..Reading::new(span, day.into()) }])
}

/// Says whether a day in numbers follows, so that the weekday is its first word: `Thứ Hai, 02/12/2024`, `thứ Ba ngày 3/12`.
fn dated_itself(text: &str, end: usize) -> bool {
    let rest = text[end..].trim_start_matches([' ', ',']);
    let rest = if words::follows(rest, 0, "ngày") { rest["ngày".len()..].trim_start() } else { rest };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let next = rest[digits..].trim_start_matches(' ');
    let marked = next
        .strip_prefix(['/', '-', '.'])
        .is_some_and(|next| next.trim_start_matches(' ').starts_with(|c: char| c.is_ascii_digit()));
    matches!(digits, 1 | 2) && (marked || words::begins(next, "tháng"))
}

/// Says whether a weekday is one of every week or a member of a list of them.
fn weekly(scene: &ArticleText<'_>, end: usize) -> bool {
    ["hằng tuần", "hàng tuần", "mỗi tuần", "đến", "-", "và", "hoặc", "đầu tiên", ", thứ", ", chủ nhật"]
        .iter()
        .any(|words| words::follows(scene.text, end, words))
}

/// Reads a year counted from the year of publication; `năm trước` looks back from the period that the sentence reports.
fn year(found: &Groups<'_>, at: usize, scene: &ArticleText<'_>) -> Option<Vec<Reading>> {
    let span = reading::span(found, at);
    let which = found.name("which")?.as_str();
    if counted(scene, at) || narrated(scene, span.end) || !filters::ends(scene.text, &span) {
        return None;
    }
    let year = match which.to_lowercase().as_str() {
        // Without a publication date these words may be said of any year.
        "trước" | "sau" if scene.published.is_none() && !compared(scene, at) => return None,
        "trước" => reported(scene, at)? - 1,
        "sau" => reported(scene, at)? + 1,
        _ => scene.published?.year() + reading::years_from_now(which),
    };
    Some(vec![Reading { relative: true, ..Reading::new(span, DateValue::Year(year)) }])
}

/// Returns the year that the sentence reports: the last one it names before that is not compared to, else that of publication.
fn reported(scene: &ArticleText<'_>, at: usize) -> Option<i16> {
    let said = &scene.text[words::back(scene.text, at, 200).max(scene.sentence(at).start)..at];
    let named = said.rmatch_indices("20").find_map(|(i, _)| {
        let year = said.get(i..i + 4)?.parse::<i16>().ok()?;
        let (before, after) = (&said[..i], &said.as_bytes()[i + 4..]);
        // `tháng 9.2017`, but no part of a number.
        let alone = !before.ends_with(|c: char| c.is_ascii_digit() || c == ',')
            && !matches!(after, [b'0'..=b'9', ..] | [b',' | b'.', b'0'..=b'9', ..] | [b'/', ..]);
        let clause = before.rsplit([',', ';', '(']).next().unwrap_or(before);
        (alone && !clause.contains("so với") && !clause.contains("cùng kỳ")).then_some(year)
    });
    named.or(scene.published.map(|day| day.year()))
}

/// Returns the first day of the month that the sentence names last before a byte offset; without a year the latest up to publication.
fn reported_month(scene: &ArticleText<'_>, at: usize) -> Option<Date> {
    let said = &scene.text[words::back(scene.text, at, 200).max(scene.sentence(at).start)..at];
    let (place, _) = said.rmatch_indices("háng ").find(|(i, _)| {
        let clause = &said[..*i];
        let clause = clause.rsplit([',', ';', '(']).next().unwrap_or(clause);
        said[i + "háng ".len()..].starts_with(|c: char| c.is_ascii_digit())
            && !clause.contains("so với")
            && !clause.contains("cùng kỳ")
    })?;
    let rest = &said[place + "háng ".len()..];
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let month: i8 = rest[..digits].parse().ok().filter(|month| (1..=12).contains(month))?;
    let year = ["/", "-", " năm ", "."]
        .iter()
        .find_map(|mark| rest[digits..].strip_prefix(mark)?.get(..4)?.parse::<i16>().ok());
    let year =
        year.or_else(|| scene.published.map(|day| if month > day.month() { day.year() - 1 } else { day.year() }))?;
    Date::new(year, month, 1).ok()
}

/// Says whether words of comparison stand before.
fn compared(scene: &ArticleText<'_>, at: usize) -> bool {
    words::word_before(&scene.text[words::back(scene.text, at, 24)..at], &["cùng kỳ", "so với", "cùng kì", "với"])
}

/// Returns how many units away a word looks: `trước` -1, `này` 0, `tới` 1.
fn direction(word: &str) -> i32 {
    match word.to_lowercase().as_str() {
        "này" | "nay" => 0,
        "tới" | "sau" => 1,
        _ => -1,
    }
}

/// Says whether what follows makes the words count from something else: `năm trước đó`, `tháng sau khi`.
fn narrated(scene: &ArticleText<'_>, end: usize) -> bool {
    ["đó", "đây", "khi", "nữa", "liền kề", "ngày", "năm", "thời"]
        .iter()
        .any(|word| words::follows(scene.text, end, word))
}

/// Says whether a number or a plural stands before, so that the words count units: `3 năm qua`, `những năm trước`.
fn counted(scene: &ArticleText<'_>, at: usize) -> bool {
    let before = &scene.text[words::back(scene.text, at, 16)..at];
    words::word_before(
        before,
        &[
            "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười", "mươi", "trăm", "nghìn", "ngàn",
            "vài", "mấy", "nhiều", "những", "các", "hàng", "hằng", "mỗi", "mọi", "chục", "bao", "lâu", "suốt", "nửa",
            "từng", "đầu", "cuối", "rưỡi",
        ],
    ) && !words::word_before(before, &["đầu", "cuối"])
        || before.trim_end().ends_with(|c: char| c.is_ascii_digit())
}
