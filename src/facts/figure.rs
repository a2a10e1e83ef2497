//! Figures: percentages that are of a known indicator, with what must be known to put them side by side.
//!
//! Invariant: made of one record alone; a target, a forecast and a measured value are never one, and a figure without a
//! place or a period has none.

use super::indicators::{Indicator, Matched, Measure, indicators, plain};
use super::period::{Period, compared};
use super::when::written;
use crate::article::Record;
use crate::mention::{Bound, Fact, Flag, Mention, Part, Percent, PlaceFrom, Sense, Unit};
use crate::place;
use crate::text::CodePoints;
use regex::Regex;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// Names what kind of statement a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    /// What is or was.
    Measured,
    /// What is aimed at.
    Target,
    /// What is expected.
    Forecast,
}

impl Nature {
    /// All, in the order in which they are shown.
    pub const ALL: [Nature; 3] = [Nature::Measured, Nature::Target, Nature::Forecast];

    /// Returns the name, as in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Nature::Measured => "measured",
            Nature::Target => "target",
            Nature::Forecast => "forecast",
        }
    }
}

/// Holds one figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Figure {
    /// Index of the percentage among the record's mentions.
    pub mention: usize,
    /// Id of the indicator.
    pub indicator: String,
    /// Part of the indicator that it is about, in the words of the text.
    pub subgroup: Option<String>,
    /// What of the indicator.
    pub measure: Measure,
    /// Lower end, in units of `unit`; a fall is negative.
    pub low: f64,
    /// Upper end; equal to `low` but for a range.
    pub high: f64,
    /// Unit.
    pub unit: Unit,
    /// How exact it is said to be.
    pub bound: Bound,
    /// What a change is against: `period` (the one before), `december`, `year`, or a date value.
    pub compared_to: Option<String>,
    /// Measured, target or forecast.
    pub nature: Nature,
    /// SDMX's OBS_STATUS: A normal, E estimated, P provisional, F forecast.
    pub status: char,
    /// Body or country abroad that it is about; such a figure is of no place.
    pub entity: Option<String>,
    /// Place that it is about, in its canonical form; `Việt Nam` is the country.
    pub place: Option<String>,
    /// Where the place was read.
    pub place_from: Option<PlaceFrom>,
    /// Date value that it is for; none of a value with unknown digits.
    pub period: Option<String>,
    /// Whether the period is a running total from January.
    pub cumulative: bool,
    /// Who says it, in the words of the sentence.
    pub said_by: Option<String>,
}

impl Figure {
    /// Says whether the place is said close enough to be relied on; one read in a lead or paragraph is a hint.
    pub fn is_placed(&self) -> bool {
        let near = [PlaceFrom::Indicator, PlaceFrom::Sentence, PlaceFrom::Title, PlaceFrom::Source];
        self.place.is_some() && self.place_from.is_some_and(|from| near.contains(&from))
    }
}

/// Name of the country as a place.
pub const COUNTRY: &str = "Việt Nam";

/// Finds the figures of a record, in the order of its text.
pub fn figures(record: &Record) -> Vec<Figure> {
    let mentions = record.mentions.iter().enumerate();
    mentions
        .filter_map(|(place, mention)| match &mention.fact {
            Fact::Percent(percent) => figure(record, place, mention, percent),
            _ => None,
        })
        .collect()
}

fn figure(record: &Record, place: usize, mention: &Mention, percent: &Percent) -> Option<Figure> {
    let list = indicators();
    let around = || around(record, mention);
    let before = before_indicator(record, percent);
    let matched = list.matched(percent.indicator.as_deref()?, percent.base.as_deref(), &before, &around)?;
    let row = &list.rows()[matched.row];
    let measure = measure(row, &matched, percent, &mention.flags)?;
    let sentence = Sentence::of(record, mention);
    let period = percent.period.as_deref().and_then(Period::read);
    let nature = nature(record, percent, &sentence, period);
    let cues = &list.cues;
    let falls = percent.sense == Sense::Decrease || mention.flags.contains(&Flag::Decrease);
    let (mut low, mut high) = if falls { (-percent.high, -percent.low) } else { (percent.low, percent.high) };
    if mention.flags.contains(&Flag::Excess) && measure == Measure::Completion {
        (low, high) = (low + 100.0, high + 100.0);
    }
    let against = percent.compared_to.as_deref().and_then(Period::read).map(|to| compared(period, to));
    let said = percent.place.as_deref().filter(|place| !is_of_a_part(percent.indicator.as_deref(), place));
    let (place_, entity) = place_or_entity(said);
    Some(Figure {
        mention: place,
        indicator: row.id.clone(),
        subgroup: matched.subgroup,
        measure,
        low,
        high,
        unit: percent.unit,
        bound: percent.bound,
        compared_to: against.filter(|_| measure == Measure::Change),
        nature,
        status: match nature {
            Nature::Forecast => 'F',
            _ if sentence.says(&cues.estimated, NEAR) => 'E',
            _ if sentence.says(&cues.preliminary, NEAR) => 'P',
            _ => 'A',
        },
        place_from: percent.place_from.filter(|_| place_.is_some()),
        place: place_,
        entity,
        period: period.map(|period| if measure == Measure::Level { period.of_state() } else { period }.value()),
        cumulative: period.is_some_and(|period| period.is_cumulative()),
        said_by: said_by(&sentence.whole),
    })
}

/// Characters before a figure in which a word is its own.
const NEAR: usize = 48;

/// Returns what of its indicator a percentage is; `None` of what is no value of it.
fn measure(row: &Indicator, matched: &Matched, percent: &Percent, flags: &[Flag]) -> Option<Measure> {
    let level = if matched.growth { Measure::Change } else { row.level_is.unwrap_or(Measure::Level) };
    let measure = match percent.sense {
        Sense::Level => level,
        Sense::Increase | Sense::Decrease => Measure::Change,
        Sense::Completion => Measure::Completion,
        Sense::Target if flags.iter().any(|flag| matches!(flag, Flag::Increase | Flag::Decrease)) => Measure::Change,
        Sense::Target => *row.measures.first()?,
        Sense::Difference => return None,
    };
    // `bằng 91,4% so với cùng kỳ` is a level of no share.
    let share_of_before = percent.sense == Sense::Level && percent.compared_to.is_some() && row.level_is.is_some();
    (row.measures.contains(&measure) && !share_of_before).then_some(measure)
}

/// Reads measured, target or forecast off the nearest word before the figure that says so, and off its period.
fn nature(record: &Record, percent: &Percent, sentence: &Sentence, period: Option<Period>) -> Nature {
    let cues = &indicators().cues;
    let written = written(record).map(|(_, last)| last);
    let future = written.zip(period).is_some_and(|(day, period)| period.begin > day);
    let last = |far: &[String], near: &[String]| sentence.last(far, usize::MAX).max(sentence.last(near, NEAR));
    let forecast = last(&cues.forecast, &cues.forecast_near);
    let target = last(&cues.target, &cues.target_near);
    match percent.sense {
        Sense::Target => Nature::Target,
        _ if forecast.is_some() && forecast > target => Nature::Forecast,
        _ if target.is_some() || future => Nature::Target,
        _ => Nature::Measured,
    }
}

/// Type words of places in a province.
const LOCAL: [&str; 8] = ["huyện ", "quận ", "thị xã ", "thành phố ", "xã ", "phường ", "thị trấn ", "đặc khu "];

/// Says whether the words of a figure are of a commune or district where its place is a province or the country: never
/// the one for the other.
fn is_of_a_part(words: Option<&str>, place: &str) -> bool {
    let Some(words) = words.filter(|_| !LOCAL.iter().any(|kind| place.starts_with(kind))) else { return false };
    let lower = format!(" {} ", words.to_lowercase());
    let kinds = LOCAL.iter().filter(|kind| **kind != "thành phố ");
    let bare = ["của", "toàn", "ở", "tại", "bàn"];
    kinds.into_iter().any(|kind| bare.iter().any(|before| lower.contains(&format!(" {before} {kind}"))))
        || place::places(words).iter().any(|(_, named)| named.local.is_some())
}

/// Tells a territory of Vietnam from a body or a country abroad.
fn place_or_entity(place: Option<&str>) -> (Option<String>, Option<String>) {
    let Some(place) = place else { return (None, None) };
    let last = place.rsplit(", ").next().unwrap_or_default();
    if place == COUNTRY || place::exact(last).is_some() || LOCAL.iter().any(|kind| place.starts_with(kind)) {
        (Some(place.to_string()), None)
    } else {
        (None, Some(place.to_string()))
    }
}

/// Returns the text that may say what the words of a figure leave out: title, lead, its paragraph up to its sentence.
/// Returns the text right before the indicator of a percentage.
fn before_indicator(record: &Record, percent: &Percent) -> String {
    let Some((part, start)) = percent.indicator_part.zip(percent.indicator_start) else { return String::new() };
    let points = CodePoints::new(record.article.part(part));
    points.slice(start.saturating_sub(NEAR / 2), start).unwrap_or_default().to_string()
}

fn around(record: &Record, mention: &Mention) -> String {
    let article = &record.article;
    let points = CodePoints::new(article.part(mention.part));
    let near = points.slice(mention.sentence_start.saturating_sub(400), mention.sentence_end).unwrap_or_default();
    let lead = if mention.part == Part::Lead { None } else { article.lead.as_deref() };
    [article.title.as_deref(), lead, Some(near)].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The sentence of a figure.
struct Sentence {
    whole: String,
    /// What stands before the figure, folded, and since the figure before it.
    before: String,
}

impl Sentence {
    fn of(record: &Record, mention: &Mention) -> Sentence {
        let points = CodePoints::new(record.article.part(mention.part));
        let slice = |start, end| points.slice(start, end).unwrap_or_default();
        Sentence {
            whole: slice(mention.sentence_start, mention.sentence_end).to_string(),
            before: plain(slice(mention.sentence_start, mention.start)),
        }
    }

    /// Returns where the last of these words ends that stands in so many characters before the figure.
    fn last(&self, words: &[String], within: usize) -> Option<usize> {
        let from = self.before.len().saturating_sub(within);
        let padded = format!(" {} ", self.before);
        let ends = words.iter().filter_map(|words| Some(padded.rfind(&format!(" {} ", plain(words)))? + words.len()));
        ends.max().filter(|end| *end >= from)
    }

    /// Says whether one of these words stands in so many characters before the figure.
    fn says(&self, words: &[String], within: usize) -> bool {
        self.last(words, within).is_some()
    }
}

/// Words that say that what follows `theo` is a source, and verbs of saying.
static SOURCES: LazyLock<[Regex; 2]> = LazyLock::new(|| {
    let known = r"(?i:số liệu|báo cáo|thống kê|đánh giá|tính toán|ước tính|công bố|kết quả|thông tin|dữ liệu|điều tra|khảo sát|rà soát|tổng hợp|nhận định|dự báo|lãnh đạo|đại diện|ông|bà)";
    [
        format!(r"(?i:\btheo) (?:{known}[^,;.()]{{0,60}}? (?:của|từ|do) |{known} )?(?P<who>\p{{Lu}}[^,;:()%]{{1,70}}?)(?: cho biết| cho hay| công bố| vừa| thì\b|[,;:(]|\.?$)"),
        r"^(?P<who>\p{Lu}[^,;:()%]{2,70}?)(?:,[^,;:%]{2,60},)? (?:cho biết|cho hay|khẳng định|công bố|thông tin|dự báo|nhận định)\b".to_string(),
    ]
    .map(|pattern| match Regex::new(&pattern) {
        Ok(regex) => regex,
        Err(error) => unreachable!("a test reads it: {error}"),
    })
});

/// Returns who says a sentence, in its words; a document is nobody.
fn said_by(sentence: &str) -> Option<String> {
    let sentence = sentence.trim();
    let who = SOURCES.iter().find_map(|source| Some(source.captures(sentence)?.name("who")?.as_str().trim()))?;
    let documents = [
        "nghi quyet",
        "nghi dinh",
        "quyet dinh",
        "thong tu",
        "luat",
        "ke hoach",
        "chi thi",
        "chuan",
        "quy dinh",
        "do",
        "dieu",
    ];
    let first = plain(who);
    let is_document = documents.iter().any(|word| first == *word || first.starts_with(&format!("{word} ")));
    (!is_document).then(|| who.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_says_who_says_it() {
        for (sentence, who) in [
            ("Theo Ngân hàng Nhà nước, tỷ lệ nợ xấu là 4,67%.", Some("Ngân hàng Nhà nước")),
            ("Theo báo cáo của Sở Tài chính, thu ngân sách đạt 56%.", Some("Sở Tài chính")),
            ("Theo Báo cáo số 214/BC-UBND của UBND tỉnh, tỷ lệ là 90%.", Some("UBND tỉnh")),
            ("Cục Thống kê tỉnh cho biết GRDP tăng 8%.", Some("Cục Thống kê tỉnh")),
            ("Theo Nghị quyết 57-NQ/TW, tỷ lệ đạt 50%.", None),
            ("Tỷ lệ hộ nghèo còn 2%.", None),
        ] {
            assert_eq!(said_by(sentence).as_deref(), who, "{sentence}");
        }
    }

    #[test]
    fn a_communes_figure_is_not_its_provinces() {
        assert!(is_of_a_part(Some("tỷ lệ hộ nghèo của xã Mây Cao"), "Lào Cai"));
        assert!(is_of_a_part(Some("tỷ lệ hộ nghèo toàn huyện"), "Lào Cai"));
        assert!(!is_of_a_part(Some("tỷ lệ hộ nghèo của xã Mây Cao"), "xã Mây Cao, Lào Cai"));
        assert!(!is_of_a_part(Some("tỷ lệ lao động tham gia bảo hiểm xã hội"), "Lào Cai"));
        assert!(!is_of_a_part(Some("tỷ lệ hộ nghèo của tỉnh Lào Cai"), "Lào Cai"));
    }

    #[test]
    fn a_body_is_no_place() {
        assert_eq!(place_or_entity(Some("VPBank")), (None, Some("VPBank".into())));
        for place in ["Việt Nam", "Quảng Ninh", "xã Đồng Lĩnh, Hà Tĩnh", "huyện Bá Thước, Thanh Hóa"]
        {
            assert_eq!(place_or_entity(Some(place)), (Some(place.into()), None));
        }
    }
}
