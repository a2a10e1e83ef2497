//! A [`Mention`]: a citation, a percentage or a date found in an article, with its canonical value.
//!
//! Invariant: `text` is exactly `[start..end]` of its part of the article, counted in Unicode code points, and `value` is
//! the one canonical form that is grouped by, searched and exported. The JSON of a mention is flat: common fields and those of its kind.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Names the parts of an article that mentions stand in, in the order of reading.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The headline.
    Title,
    /// The lead (sapo).
    Lead,
    /// The body.
    #[default]
    Body,
}

impl Part {
    /// All parts, in the order of reading.
    pub const ALL: [Part; 3] = [Part::Title, Part::Lead, Part::Body];
}

/// Holds one thing found in the title, lead or body of an article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Mention {
    /// The part of the article that the mention stands in; all offsets of the mention count in that part.
    pub part: Part,
    /// First code point of the mention in its part.
    pub start: usize,
    /// Code point after the last one.
    pub end: usize,
    /// The words of the text, exactly `[start..end]` of the part.
    pub text: String,
    /// Name of the rule that fired.
    pub rule: Cow<'static, str>,
    /// How the value was inferred beyond the text.
    pub flags: Vec<Flag>,
    /// First code point of the sentence the mention stands in.
    pub sentence_start: usize,
    /// Code point after that sentence.
    pub sentence_end: usize,
    /// What was found: `kind`, `value` and the fields of the kind.
    #[serde(flatten)]
    pub fact: Fact,
}

impl Mention {
    /// Returns the canonical value as text; a range of percentages is `low..high`.
    pub fn value(&self) -> Cow<'_, str> {
        match &self.fact {
            Fact::Citation(citation) => Cow::Borrowed(&citation.value),
            Fact::Percent(percent) => Cow::Owned(match percent.value {
                Some(value) => value.to_string(),
                None => format!("{}..{}", percent.low, percent.high),
            }),
            Fact::Date(date) => Cow::Borrowed(&date.value),
        }
    }
}

/// Says what a mention is, with the fields of its kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Fact {
    /// A reference to a legal, administrative or party document.
    Citation(Citation),
    /// A percentage, per mille or percentage points.
    Percent(Percent),
    /// A point or span of calendar time.
    Date(CalendarDate),
}

/// Names how a value was inferred beyond the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Flag {
    /// More than one reading was possible; the likelier was taken.
    Ambiguous,
    /// A percentage above its plan: `vượt 72,6% kế hoạch`.
    Excess,
    /// A target that is a growth: `mục tiêu tăng 20%`.
    Increase,
    /// A target that is a fall: `mục tiêu giảm 2%`.
    Decrease,
    /// The place is not said beside the citation: it comes from the sentence, the title or the newspaper's province.
    InferredPlace,
    /// The year comes from the publication date or the sentence.
    InferredYear,
    /// The issue date comes from the clause (`Ngày D, X ban hành N`).
    IssuedFromClause,
    /// One end of a range of document numbers.
    Range,
    /// A relative form resolved against the publication date or the period reported.
    Relative,
    /// A short form resolved to the one full form of the article.
    Resolved,
}

/// Holds a reference to a document.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Citation {
    /// Canonical number (`01/2022/NQ-HĐND`), type and number (`NQ 51`) or name (`Luật Đất đai năm 2024`).
    pub value: String,
    /// Which of the three shapes the reference has.
    pub shape: Shape,
    /// Official abbreviation of the type of document (`NQ`, `QĐ`, `L`, …).
    #[serde(rename = "type")]
    pub type_: Option<String>,
    /// Number as printed, with at least two digits.
    pub number: Option<String>,
    /// Year, only when the number holds one.
    pub year: Option<i16>,
    /// Symbol in its official case (`NQ-HĐND`, `NQ/TW`).
    pub symbol: Option<String>,
    /// Abbreviation of the organ (`HĐND`, `CP`, `TU`, …).
    pub issuer: Option<String>,
    /// Level of the organ.
    pub level: Option<Level>,
    /// Province (and district, when said) whose organ issued it; local organs only.
    pub place: Option<String>,
    /// Issue date as a date value, when the text gives it.
    pub issued: Option<String>,
    /// Quoted or `về …` title, without quotes.
    pub title: Option<String>,
    /// Article, clause and point that precede: `khoản 2 Điều 5`.
    pub provision: Option<String>,
    /// Identity across articles: `place|issuer|type|year or issued|number`.
    pub key: Option<String>,
}

/// Names the shapes of a citation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// Number and symbol: `01/2022/NQ-HĐND`.
    #[default]
    Numbered,
    /// Type and number: `Nghị quyết 68`.
    Short,
    /// No number: `Luật Đất đai năm 2024`.
    Named,
}

/// Names the level of an issuing organ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// State organs of the whole country.
    Central,
    /// A province or a city under the central government.
    Province,
    /// A district, town or city of a province (until 30 June 2025).
    District,
    /// A commune, ward or township.
    Commune,
    /// Any organ of the Party.
    Party,
}

/// Holds a percentage and what it says.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Percent {
    /// Number in units of `unit` (`0,34%` is 0.34); null for a range.
    pub value: Option<f64>,
    /// Lower end of a range, else equal to `value`.
    pub low: f64,
    /// Upper end of a range, else equal to `value`.
    pub high: f64,
    /// What is counted in.
    pub unit: Unit,
    /// How exact the figure is said to be.
    pub bound: Bound,
    /// What the figure says.
    pub sense: Sense,
    /// One end of a change: `giảm từ 15% xuống 6,11%`.
    pub role: Option<PercentRole>,
    /// What is measured, in the words of the text.
    pub indicator: Option<String>,
    /// Part of the article that the indicator stands in; null when there is no indicator.
    pub indicator_part: Option<Part>,
    /// First code point of the indicator in `indicator_part`.
    pub indicator_start: Option<usize>,
    /// Code point after the indicator.
    pub indicator_end: Option<usize>,
    /// Of what it is a share, when said.
    pub base: Option<String>,
    /// Date value that the figure is for.
    pub period: Option<String>,
    /// Date value it is compared to.
    pub compared_to: Option<String>,
    /// Ratio printed beside it: part and whole.
    pub backing: Option<[f64; 2]>,
    /// Territory or named body that the figure is about, in its canonical form; null without evidence.
    pub place: Option<String>,
    /// Where the place was read.
    pub place_from: Option<PlaceFrom>,
}

/// Names where the place of a percentage was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlaceFrom {
    /// In the indicator.
    Indicator,
    /// In the sentence of the figure.
    Sentence,
    /// In the title.
    Title,
    /// In the lead.
    Lead,
    /// In the paragraph of the figure, before its sentence.
    Paragraph,
    /// The newspaper's province, where the text says `toàn tỉnh` or the like.
    Source,
}

/// Names the units of a percentage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Unit {
    /// Per cent.
    #[default]
    #[serde(rename = "%")]
    Percent,
    /// Percentage points (điểm phần trăm).
    #[serde(rename = "pp")]
    Points,
    /// Per mille.
    #[serde(rename = "‰")]
    PerMille,
}

/// Names how exact a figure is said to be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// Just so.
    #[default]
    Exact,
    /// khoảng, gần, xấp xỉ.
    About,
    /// trên, hơn, vượt.
    Over,
    /// dưới, chưa đến.
    Under,
    /// ít nhất, từ … trở lên.
    AtLeast,
    /// không quá, tối đa.
    AtMost,
}

/// Names what a percentage says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sense {
    /// A share or rate.
    #[default]
    Level,
    /// A growth.
    Increase,
    /// A fall.
    Decrease,
    /// A gap against another thing, not over time: cao hơn giá thị trường 20%.
    Difference,
    /// A share of a plan: đạt 102% kế hoạch.
    Completion,
    /// An aim: phấn đấu, mục tiêu, chỉ tiêu.
    Target,
}

/// Names the ends of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PercentRole {
    /// Where the change starts.
    From,
    /// Where it ends.
    To,
}

/// Holds a point or span of calendar time.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct CalendarDate {
    /// ISO 8601 and EDTF: `2022-08-31`, `2023-Q1`, `199X`, `2021/2025`, `XXXX-08-31`.
    pub value: String,
    /// Fineness of the value.
    pub grain: Grain,
    /// First day, inclusive; null when a digit is unknown, the calendar is lunar or the year lies before year 1, which few
    /// readers of dates can hold (the value says it, astronomically: `-0220` is 221 BC).
    #[schemars(with = "Option<String>")]
    pub date_begin: Option<Date>,
    /// Last day, inclusive.
    #[schemars(with = "Option<String>")]
    pub date_end: Option<Date>,
    /// Part of the day that the mention names.
    pub part_of_day: Option<PartOfDay>,
    /// What stands around: đầu, giữa, cuối, trước, sau, khoảng.
    #[serde(rename = "mod")]
    pub modifier: Option<Modifier>,
    /// What the date is to the article.
    pub role: Option<DateRole>,
    /// Index into the record's mentions of the citation that this date issued.
    pub of: Option<usize>,
    /// Calendar of the value.
    pub calendar: Calendar,
}

/// Names how fine a date is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Grain {
    /// One day.
    #[default]
    Day,
    /// One month.
    Month,
    /// Three months.
    Quarter,
    /// Six months.
    Half,
    /// One year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
    /// From one date to another.
    Interval,
}

/// Names the parts of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PartOfDay {
    /// sáng
    Morning,
    /// trưa
    Noon,
    /// chiều
    Afternoon,
    /// tối
    Evening,
    /// đêm
    Night,
}

/// Names what modifies a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Modifier {
    /// đầu
    Start,
    /// giữa
    Mid,
    /// cuối
    End,
    /// trước
    Before,
    /// sau, từ … trở đi
    After,
    /// khoảng
    Approx,
}

/// Names what a date is to the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DateRole {
    /// Issue date of a citation.
    Issued,
    /// The line that dates the article.
    Dateline,
}

/// Names the calendars.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Calendar {
    /// The civil calendar.
    #[default]
    Gregorian,
    /// âm lịch; the value keeps its lunar numbers.
    Lunar,
}
