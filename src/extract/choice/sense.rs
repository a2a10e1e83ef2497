//! What a figure says: level, growth, fall, difference, share of a plan or aim. Each sense is a candidate.

use super::{Candidate, Features, Space, Values};
use crate::extract::tags::Roles;
use crate::mention::{Sense, Unit};
use std::sync::LazyLock;

/// The senses, in the order of their groups.
pub const SENSES: [Sense; 6] =
    [Sense::Level, Sense::Increase, Sense::Decrease, Sense::Difference, Sense::Completion, Sense::Target];

/// Names of the senses.
const NAMES: &[&str] = &["level", "increase", "decrease", "difference", "completion", "target", "none"];

/// Words around a figure that speak for a sense: name, where, words in lower case.
const CUES: &[(&str, Where, &[&str])] = &[
    ("aim", Where::Before, &["mục tiêu", "phấn đấu", "chỉ tiêu", "hướng tới", "hướng đến", "quyết tâm"]),
    ("plan", Where::Before, &["kế hoạch", "định hướng", "quy hoạch", "đặt ra", "đề ra"]),
    ("duty", Where::Before, &["phải", "cần ", "bảo đảm", "đảm bảo", "yêu cầu", "tối thiểu", "ít nhất"]),
    ("future", Where::Before, &["sẽ ", "dự kiến", "nhằm", "sắp ", "đến năm 20", "tới năm 20", "vào năm 203"]),
    ("proposal", Where::Before, &["đề xuất", "đề nghị", "kiến nghị", "dự thảo", "khuyến nghị", "nên "]),
    ("rule", Where::Before, &["quy định", "theo luật", "điều ", "khoản ", "trường hợp", "áp dụng", "mức phạt"]),
    ("past", Where::Before, &["đã ", "vừa ", "ước đạt", "thực tế", "đạt được", "kết quả", "hiện nay", "hiện "]),
    ("forecast", Where::Before, &["dự báo", "kỳ vọng", "triển vọng"]),
    ("higher", Where::Near, &["cao hơn", "lớn hơn", "nhiều hơn", "đắt hơn", "nhanh hơn"]),
    ("lower", Where::Near, &["thấp hơn", "ít hơn", "rẻ hơn", "kém hơn", "nhỏ hơn", "chậm hơn"]),
    ("fall", Where::Near, &["giảm", "suy giảm", "hạ ", "mất ", "sụt", "âm ", "cắt", "trừ ", "tiết kiệm"]),
    ("growth", Where::Near, &["tăng", "nâng", "thêm ", "cải thiện", "lãi ", "vượt"]),
    ("ends", Where::Near, &["xuống", "lên ", "còn ", "tới ", "về "]),
    ("ability", Where::Near, &["suy giảm khả năng", "mức suy giảm", "tổn thương", "thương tật", "sức khỏe"]),
    ("same-time", Where::After, &["cùng kỳ", "cùng kì", "năm trước", "năm ngoái", "tháng trước", "quý trước"]),
    ("done-behind", Where::After, &[" đã ", " vừa "]),
    ("to-do-behind", Where::After, &[" phải ", " được ", " cần ", " sẽ ", " có "]),
    ("than", Where::After, &["so với", "so cùng"]),
    ("than-level", Where::After, &["so với mức", "so với giá", "mức bình quân", "so với tiêu chuẩn", "so với lương"]),
    ("of-plan", Where::After, &["kế hoạch", "dự toán", "chỉ tiêu", "nghị quyết", "nhiệm vụ", "pháp lệnh"]),
    ("by-year", Where::After, &["đến năm 20", "vào năm 20", "tới năm 20", "trong năm tới"]),
    (
        "title-plan",
        Where::Title,
        &["kế hoạch", "chương trình", "chiến lược", "đề án", "quy hoạch", "phấn đấu", "mục tiêu"],
    ),
    ("title-act", Where::Title, &["nghị quyết", "quyết định", "chỉ thị", "thông tư", "nghị định", "luật", "hướng dẫn"]),
    ("title-proposal", Where::Title, &["đề xuất", "dự thảo", "kiến nghị", "đề nghị", "sẽ ", "dự kiến"]),
    ("list-of-aims", Where::Above, &["mục tiêu", "chỉ tiêu", "phấn đấu"]),
    ("list-of-tasks", Where::Above, &["đến năm 20", "nhiệm vụ", "giải pháp", "giai đoạn 20"]),
    ("list-of-results", Where::Above, &["kết quả", "đã đạt", "ước đạt", "đã ", "so với cùng kỳ"]),
    ("growth-noun", Where::Indicator, &["tăng trưởng", "tốc độ tăng", "mức tăng", "tỷ lệ tăng"]),
    ("fall-noun", Where::Indicator, &["mức giảm", "tốc độ giảm", "tỷ lệ giảm"]),
    ("done-noun", Where::Indicator, &["tiến độ", "giải ngân", "khối lượng", "hoàn thành", "thực hiện"]),
    (
        "rate-noun",
        Where::Indicator,
        &["thuế suất", "lãi suất", "mức thu", "mức đóng", "mức phạt", "thuế", "phí", "giá"],
    ),
    ("ratio-noun", Where::Indicator, &["tỷ lệ", "tỉ lệ", "tỷ trọng"]),
];

/// Further evidence, numbered after [`CUES`].
const MORE: &[&str] =
    &["points", "bullet", "later-year", "with-role", "to", "range", "right", "all", "no-date", "no-words", "in-title"];

/// Says where a cue is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Where {
    /// In the sentence before the figure.
    Before,
    /// In the last words before the figure.
    Near,
    /// In the words after it.
    After,
    /// In the title.
    Title,
    /// In the text above the sentence.
    Above,
    /// At the start of the indicator.
    Indicator,
}

/// Features of the choice; the groups of the first sense, then of the second, and so on.
pub const SPACE: Space = Space {
    name: "sense",
    groups: &[
        ("level-rule", Values::Names(NAMES)),
        ("level-govern", Values::Tags),
        ("level-behind", Values::Tags),
        ("level-cue", Values::Names(&ALL)),
        ("level-opening", Values::Tags),
        ("level-previous", Values::Names(NAMES)),
        ("increase-rule", Values::Names(NAMES)),
        ("increase-govern", Values::Tags),
        ("increase-behind", Values::Tags),
        ("increase-cue", Values::Names(&ALL)),
        ("increase-opening", Values::Tags),
        ("increase-previous", Values::Names(NAMES)),
        ("decrease-rule", Values::Names(NAMES)),
        ("decrease-govern", Values::Tags),
        ("decrease-behind", Values::Tags),
        ("decrease-cue", Values::Names(&ALL)),
        ("decrease-opening", Values::Tags),
        ("decrease-previous", Values::Names(NAMES)),
        ("difference-rule", Values::Names(NAMES)),
        ("difference-govern", Values::Tags),
        ("difference-behind", Values::Tags),
        ("difference-cue", Values::Names(&ALL)),
        ("difference-opening", Values::Tags),
        ("difference-previous", Values::Names(NAMES)),
        ("completion-rule", Values::Names(NAMES)),
        ("completion-govern", Values::Tags),
        ("completion-behind", Values::Tags),
        ("completion-cue", Values::Names(&ALL)),
        ("completion-opening", Values::Tags),
        ("completion-previous", Values::Names(NAMES)),
        ("target-rule", Values::Names(NAMES)),
        ("target-govern", Values::Tags),
        ("target-behind", Values::Tags),
        ("target-cue", Values::Names(&ALL)),
        ("target-opening", Values::Tags),
        ("target-previous", Values::Names(NAMES)),
    ],
};

/// Groups of one sense.
const GROUPS: usize = 6;

/// Names of all evidence.
const ALL: [&str; CUES.len() + MORE.len()] = {
    let mut all = [""; CUES.len() + MORE.len()];
    let mut at = 0;
    while at < all.len() {
        all[at] = if at < CUES.len() { CUES[at].0 } else { MORE[at - CUES.len()] };
        at += 1;
    }
    all
};

/// Weights of the features.
pub static WEIGHTS: LazyLock<Vec<f32>> = LazyLock::new(|| SPACE.weights());

/// Holds what the choice knows of a figure; all text in lower case.
#[derive(Debug, Default)]
pub struct Evidence {
    /// The sentence before the figure.
    pub before: String,
    /// The words after it.
    pub after: String,
    /// The title.
    pub title: String,
    /// The text above the sentence.
    pub above: String,
    /// The indicator.
    pub indicator: String,
    /// Tags of the word that governs the figure.
    pub govern: Roles,
    /// Tags of the word behind it.
    pub behind: Roles,
    /// Unit of the figure.
    pub unit: Unit,
    /// Says that the sentence names a year after that of publication.
    pub later_year: bool,
    /// Says that the figure is one end of a change.
    pub role: bool,
    /// Says that it is a range.
    pub range: bool,
    /// Says that the indicator stands behind the figure.
    pub right: bool,
    /// Says that the figure is 100 %.
    pub all: bool,
    /// Says that the article has no day of publication: most such are legal texts.
    pub undated: bool,
    /// Says that the figure stands in the title.
    pub in_title: bool,
    /// Tags of the first word of the sentence.
    pub opening: Roles,
    /// What the rules take for the figure before in the sentence.
    pub previous: Option<Sense>,
}

/// Bytes before the figure that are near.
const NEAR: usize = 40;

impl Evidence {
    fn has(&self, place: Where, word: &str) -> bool {
        match place {
            Where::Before => self.before.contains(word),
            Where::Near => tail(&self.before, NEAR).contains(word),
            Where::After => self.after.contains(word),
            Where::Title => self.title.contains(word),
            Where::Above => self.above.contains(word),
            Where::Indicator => self.indicator.starts_with(word),
        }
    }

    /// Returns the numbers of the evidence that is there.
    fn cues(&self) -> Vec<usize> {
        let cues = CUES.iter().map(|(_, place, words)| words.iter().any(|word| self.has(*place, word)));
        let bullet = self.before.trim_start().starts_with(['-', '+', '•', '*', '–', '(']);
        let until = tail(&self.before, NEAR);
        let to = ["lên ", "xuống ", "còn "].iter().any(|word| until.ends_with(word));
        let more =
            [self.unit == Unit::Points, bullet, self.later_year, self.role, to, self.range, self.right, self.all];
        let more = more.into_iter().chain([self.undated, self.indicator.is_empty(), self.in_title]);
        let all = cues.chain(more).enumerate();
        all.filter(|(_, there)| *there).map(|(number, _)| number).collect()
    }
}

/// Returns the last bytes of a text, at most `most`.
fn tail(text: &str, most: usize) -> &str {
    &text[text.ceil_char_boundary(text.len().saturating_sub(most))..]
}

/// Returns the senses that a figure may have; `rule` is what the rules take.
pub fn candidates(evidence: &Evidence, rule: Sense) -> Vec<Candidate<Sense>> {
    let cues = evidence.cues();
    let ruled = SENSES.iter().position(|sense| *sense == rule).unwrap_or(0);
    let previous = evidence.previous.and_then(|before| SENSES.iter().position(|sense| *sense == before)).unwrap_or(6);
    let candidate = |(number, sense): (usize, &Sense)| {
        let mut features = Features(Vec::with_capacity(cues.len() + 8));
        let group = number * GROUPS;
        features.add(group, ruled);
        features.tags(group + 1, evidence.govern);
        features.tags(group + 2, evidence.behind);
        features.tags(group + 4, evidence.opening);
        features.add(group + 5, previous);
        for cue in &cues {
            features.add(group + 3, *cue);
        }
        Candidate { reading: *sense, features }
    };
    SENSES.iter().enumerate().map(candidate).collect()
}

/// Returns the name of a sense.
pub fn name(sense: Sense) -> &'static str {
    SENSES.iter().position(|known| *known == sense).map_or("level", |at| NAMES[at])
}
