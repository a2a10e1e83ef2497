//! Relations that a sentence tells between two documents: read from two neighbouring citations and the words between.
//!
//! 1. The words between are folded; dates and the parts of a document (`khoản 5 Điều 2`) are taken out.
//! 2. A cue at their end says who changes whom; a passive turns it, and a list or a second verb keeps its subject.
//! 3. Guards drop what no act can do: a lower act changes no higher one, and no act changes a later one.

use super::identity::{Identity, Key};
use crate::article::Record;
use crate::extract::citation;
use crate::mention::{Citation, Fact, Mention};
use crate::text::{CodePoints, fold};
use regex::Regex;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// Longest text between two citations that a cue is sought in, in characters.
const LONGEST: usize = 400;

/// Names the relations, from the acting document to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RelationType {
    /// Changes or adds to it: sửa đổi, bổ sung.
    Amends,
    /// Details it or puts it into effect: quy định chi tiết, hướng dẫn, thực hiện.
    Implements,
    /// Takes its place: thay thế.
    Replaces,
    /// Ends it: bãi bỏ.
    Repeals,
}

/// Names how much of the other document a relation is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The document.
    Whole,
    /// Some of its provisions.
    Part,
}

/// Holds one relation that an article tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Relation {
    /// Index into the record's mentions of the document that acts.
    pub from: usize,
    /// Index of the document that it acts on.
    pub to: usize,
    /// Kind.
    #[serde(rename = "type")]
    pub type_: RelationType,
    /// How much of the other document.
    pub scope: Scope,
    /// Name of the rule.
    pub rule: String,
}

impl RelationType {
    /// All relations.
    pub const ALL: [RelationType; 4] =
        [RelationType::Amends, RelationType::Implements, RelationType::Replaces, RelationType::Repeals];

    /// Returns the name, as in JSON.
    pub fn name(self) -> &'static str {
        match self {
            RelationType::Amends => "amends",
            RelationType::Implements => "implements",
            RelationType::Replaces => "replaces",
            RelationType::Repeals => "repeals",
        }
    }

    /// Returns the name of the inverse, from the other document to the acting one.
    pub fn inverse(self) -> &'static str {
        match self {
            RelationType::Amends => "amended_by",
            RelationType::Implements => "implemented_by",
            RelationType::Replaces => "replaced_by",
            RelationType::Repeals => "repealed_by",
        }
    }

    /// The verbs, folded.
    fn verbs(self) -> &'static str {
        match self {
            RelationType::Amends => "sua doi|bo sung|dieu chinh|sua",
            RelationType::Implements => {
                "quy dinh chi tiet|huong dan thuc hien|huong dan thi hanh|huong dan ap dung|huong dan|trien khai thuc hien|trien khai|\
                 to chuc thuc hien|thuc hien|cu the hoa|thi hanh|chi tiet"
            }
            RelationType::Replaces => "thay the|thay cho",
            RelationType::Repeals => "bai bo|huy bo",
        }
    }
}

impl Scope {
    /// Returns the name, as in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Scope::Whole => "whole",
            Scope::Part => "part",
        }
    }
}

/// Parts of a document, folded: `khoan 5 dieu 2`.
const PROVISION: &str = r"(?:(?:cac |tai |ten )?(?:diem|khoan|dieu|muc|chuong|phu luc|mau so|mau) (?:[0-9]{1,3}[a-z]?|[a-z]{1,2}|[ivx]+)\b(?:(?:,| va|, va) (?:[0-9]{1,3}[a-z]?|[a-z])\b)*,? ?(?:va )?)+";
/// What is changed when it is less than the whole.
const SOME: &str = r"mot so (?:dieu|noi dung|khoan|quy dinh|muc)(?: va [a-z ]{3,40}?)?|mot phan|cac (?:dieu|khoan|quy dinh|noi dung)|quy dinh [^;.()]{0,160}kem theo|quy dinh ve [^;.()]{3,120}";
/// Words before a document of the object that are not its name: `hai văn bản cũ là`.
const OTHERS: &str = r"toan bo|(?:hai|ba|bon|nam|cac|nhung|[0-9]+) [a-z ]{3,30}?,? (?:la|gom|trong do co)";
/// What stands for a subject between: another one acts, or only wishes to.
const OTHER_SUBJECT: &str = r"(?:; |\. |\n|\?|: |de xuat|de nghi|kien nghi|du an|du thao|xem xet|nghien cuu|cac (?:van ban|nghi dinh|thong tu|quyet dinh|luat|nghi quyet)\b|, (?:nghi dinh|thong tu|quyet dinh) (?:quy dinh|huong dan)|chua |khong |yeu cau|ra soat|\b(?:luat|phap lenh) (?:sua|bo sung|thay the))";

/// What is said of putting an act into effect without doing so, folded.
const LOOKS_BACK: [&str; 8] =
    ["gia han", "tong ket", "so ket", "tam dung", "kiem tra", "giam sat", "danh gia", "bao cao"];

struct Cues {
    type_: RelationType,
    active: Regex,
    passive: Regex,
    /// The verb behind the agent: `đã được B sửa đổi`.
    behind: Regex,
}

static CUES: LazyLock<Vec<Cues>> = LazyLock::new(|| RelationType::ALL.iter().map(|&type_| cues(type_)).collect());
static OTHER: LazyLock<Regex> = LazyLock::new(|| regex(OTHER_SUBJECT));
static LIST: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"^[ ,]*(?:nam [0-9]{4} ?)?(?:(?:cua|do) [^,;.()]{2,60}?)?(?:,? ?(?:va|cung voi|cung|hoac)(?: cac)? |, )$")
});
static PARTS: LazyLock<Regex> = LazyLock::new(|| regex(PROVISION));
/// Nothing but who issued it, or the purpose, before a verb that also writers use of themselves.
static NEXT: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^[ ,]*(?:nam [0-9]{4} ?)?(?:(?:cua|do) [^,;.()]{2,60}?)?(?:,? ?ban hanh)? ?(?:,? ?(?:de|nham|ve viec|ve|tiep tuc|quy dinh viec) ?)*$",
    )
});
static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?:^|[.;\n,] ?|truoc do, )(?:thuc hien|trien khai|trien khai thuc hien|cu the hoa) (?:cac )?$")
});
static ISSUES: LazyLock<Regex> = LazyLock::new(|| regex(r"^[^;.]{0,160}, [^;.]{2,80}ban hanh $"));
static TO_DO: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"^ (?:de|nham) (?:trien khai |to chuc |cu the hoa |huong dan )?(?:thuc hien|thi hanh)\s*[,.;]")
});
static ITSELF: LazyLock<Regex> = LazyLock::new(|| regex(r"^[^\n]*[.;] (?P<type>[a-z ]{3,12}) nay(?: cung| se| da)* $"));

fn regex(pattern: &str) -> Regex {
    match Regex::new(pattern) {
        Ok(regex) => regex,
        Err(error) => unreachable!("a test reads every pattern: {error}"),
    }
}

fn cues(type_: RelationType) -> Cues {
    let verbs = type_.verbs();
    let row = format!(r"(?:{verbs})(?:(?:,| va|,? ?dong thoi|) (?:{verbs}|sua doi|bo sung|thay the|bai bo))*");
    let object = format!(r"(?: (?P<some>{SOME}|{PROVISION}(?:vao {PROVISION})?)| (?:{OTHERS}))?");
    let by = r"(?:boi|bang|tai|theo|theo quy dinh tai|theo quy dinh cua)(?: boi)?";
    Cues {
        type_,
        active: regex(&format!(
            r"(?P<by>(?:duoc|bi) )?\b{row}{object}(?: cua| cho| doi voi| tai)?(?: cac)? (?:{PROVISION})?(?:cua )?$"
        )),
        passive: regex(&format!(
            r"(?P<told>(?:duoc|bi) )?\b{row}(?: (?P<some>{SOME}))? (?P<by>{by}) (?:cac )?(?:{PROVISION})?(?:cua )?$"
        )),
        behind: regex(&format!(r"^ {row}(?: (?P<some>{SOME}))?")),
    }
}

/// A citation of a sentence.
struct Place<'a> {
    mention: &'a Mention,
    citation: &'a Citation,
    key: &'a Key,
    index: usize,
}

/// What the last two citations told, which the next may go on with.
#[derive(Clone, Copy)]
struct Told {
    /// Place of the citation that is spoken of.
    subject: usize,
    type_: RelationType,
    scope: Scope,
    passive: bool,
}

/// Finds the relations that a record tells, in the order of its text; `identities` are those of its mentions.
pub fn relations(record: &Record, identities: &[Option<Identity>]) -> Vec<Relation> {
    let places: Vec<Place<'_>> = record
        .mentions
        .iter()
        .zip(identities)
        .enumerate()
        .filter_map(|(index, (mention, identity))| match (&mention.fact, identity) {
            (Fact::Citation(citation), Some(Identity { key, .. })) => Some(Place { mention, citation, key, index }),
            _ => None,
        })
        .collect();
    let mut found: Vec<Relation> = Vec::new();
    let mut told: Option<Told> = None;
    let (mut headed, mut list): (Option<usize>, bool) = (None, false);
    for at in 1..places.len() {
        let (a, b) = (&places[at - 1], &places[at]);
        if a.mention.part != b.mention.part || b.mention.start < a.mention.end {
            told = None;
            continue;
        }
        let text = Between::of(record, a.mention, b.mention, &places);
        // `Thực hiện B, C`: where a list is headed so, what is issued next puts all of it into effect.
        let listed = text.as_ref().is_some_and(|text| text.same_sentence && LIST.is_match(&text.words));
        let heads = text.as_ref().is_some_and(|text| BEFORE.is_match(&text.before));
        headed = if heads { Some(at - 1) } else { headed.filter(|_| list) };
        list = listed;
        if let Some(first) = text.as_ref().and_then(|text| text.put_into_effect(&places, at, headed)) {
            for subject in first..at {
                let told = Told { subject, type_: RelationType::Implements, scope: Scope::Whole, passive: true };
                add(&mut found, &places, at, told);
            }
        }
        told = text.and_then(|text| text.read(at, told));
        if let Some(told) = told {
            add(&mut found, &places, at, told);
        }
    }
    found
}

/// Adds a relation that no guard drops.
fn add(found: &mut Vec<Relation>, places: &[Place<'_>], at: usize, told: Told) {
    let (from, to) = if told.passive { (at, told.subject) } else { (told.subject, at) };
    let (from, to) = (&places[from], &places[to]);
    let same = from.key == to.key || from.citation.value == to.citation.value;
    if same || !may_act(from.key, to.key, told.type_) {
        return;
    }
    let part = to.citation.provision.is_some();
    found.push(Relation {
        from: from.index,
        to: to.index,
        type_: told.type_,
        scope: if part { Scope::Part } else { told.scope },
        rule: if told.passive { "passive" } else { "active" }.to_string(),
    });
}

/// The words between two citations and around them, folded, without dates.
struct Between {
    words: String,
    before: String,
    after: String,
    same_sentence: bool,
    /// The type word of the first citation, folded; empty where it has none.
    type_word: String,
}

impl Between {
    fn of(record: &Record, a: &Mention, b: &Mention, places: &[Place<'_>]) -> Option<Between> {
        if b.start - a.end > LONGEST {
            return None;
        }
        let text = record.article.part(a.part);
        let points = CodePoints::new(text);
        let within = |start: usize, end: usize| {
            let mut words = String::new();
            let mut from = start;
            let dates = record.mentions.iter().filter(|mention| {
                matches!(mention.fact, Fact::Date(_))
                    && mention.part == a.part
                    && mention.start >= start
                    && mention.end <= end
            });
            for date in dates {
                words += points.slice(from.min(date.start), date.start).unwrap_or_default();
                from = date.end;
            }
            words += points.slice(from.min(end), end).unwrap_or_default();
            plain(&words)
        };
        let length = text.chars().count();
        let others = |mention: &&Place<'_>| mention.mention.part == a.part;
        let last = places.iter().filter(others).map(|place| place.mention.end).filter(|end| *end <= a.start).max();
        let next = places.iter().filter(others).map(|place| place.mention.start).filter(|start| *start >= b.end).min();
        Some(Between {
            words: within(a.end, b.start),
            before: within(last.unwrap_or(0).max(a.start.saturating_sub(60)), a.start),
            after: within(b.end, next.unwrap_or(length).min(b.end + 80).min(length)),
            same_sentence: a.sentence_start == b.sentence_start,
            type_word: citation::beginning(&a.text).map_or_else(String::new, |(word, _)| fold(word)),
        })
    }

    /// Reads what the citation at a place and those before it tell.
    fn read(&self, at: usize, told: Option<Told>) -> Option<Told> {
        if !self.same_sentence {
            return self.itself(at);
        }
        if OTHER.is_match(&self.words) {
            return self.itself(at);
        }
        let goes_on = self.words.trim_start().starts_with([',', ')']) || self.words.starts_with(" va ");
        for cues in CUES.iter() {
            if let Some(found) = cues.passive.captures(&self.words) {
                let by_alone = found["by"].starts_with("boi") || &found["by"] == "bang";
                let opens = self.words[..found.get(0)?.start()].trim_end().ends_with('(');
                if !by_alone && found.name("told").is_none() && !opens {
                    continue;
                }
                // Where words in it are changed the document is not.
                let words = self.words.contains("cum tu");
                let type_ = if words { RelationType::Amends } else { cues.type_ };
                let annex = self.before.trim_end().ends_with("kem theo");
                let some = words || annex || self.words.contains("noi dung") || found.name("some").is_some();
                let scope = scope(some);
                let subject = told.filter(|told| goes_on && told.passive).map_or(at - 1, |told| told.subject);
                return Some(Told { subject, type_, scope, passive: true });
            }
            if self.words.trim_end().ends_with("duoc") && cues.behind.is_match(&self.after) {
                let some = cues.behind.captures(&self.after)?.name("some").is_some();
                return Some(Told { subject: at - 1, type_: cues.type_, scope: scope(some), passive: true });
            }
        }
        let active = self.active(at, told, goes_on);
        active.or_else(|| told.filter(|_| LIST.is_match(&self.words)))
    }

    fn active(&self, at: usize, told: Option<Told>, goes_on: bool) -> Option<Told> {
        // Behind a bracket that told who changed it the sentence goes on with its own subject, which is not known.
        if self.words.trim_start().starts_with(')') && told.is_some_and(|told| told.passive) {
            return None;
        }
        for cues in CUES.iter() {
            let Some(found) = cues.active.captures(&self.words) else { continue };
            let before = &self.words[..found.get(0)?.start()];
            let strict = cues.type_ == RelationType::Implements
                && !["huong dan", "quy dinh chi tiet"].iter().any(|verb| found[0].trim_start().starts_with(verb));
            let subject = told.filter(|told| goes_on && !strict && !told.passive).map_or(at - 1, |told| told.subject);
            let looks_back = strict && LOOKS_BACK.iter().any(|word| before.contains(word));
            if found.name("by").is_some() || looks_back || (strict && !NEXT.is_match(before)) {
                continue;
            }
            let some = found.name("some").is_some() || PARTS.is_match(&found[0]);
            let scope = scope(some && cues.type_ != RelationType::Implements);
            return Some(Told { subject, type_: cues.type_, scope, passive: false });
        }
        None
    }

    /// Reads `Thực hiện B, UBND tỉnh ban hành A` and `sau khi có B, tỉnh ban hành A để thực hiện`.
    ///
    /// Returns the first of the documents that the one at a place puts into effect.
    fn put_into_effect(&self, places: &[Place<'_>], at: usize, headed: Option<usize>) -> Option<usize> {
        const PLANS: [&str; 7] = ["KH", "CTr", "CĐ", "CT", "CV", "QĐ", "HD"];
        let plan = places[at].citation.type_.as_deref().is_some_and(|type_| PLANS.contains(&type_));
        if !plan || !self.same_sentence || !ISSUES.is_match(&self.words) {
            return None;
        }
        headed.or_else(|| TO_DO.is_match(&self.after).then_some(at - 1))
    }

    /// Reads `Nghị quyết này thay thế B`, told of the document cited before.
    fn itself(&self, at: usize) -> Option<Told> {
        for cues in CUES.iter().filter(|cues| cues.type_ != RelationType::Implements) {
            let Some(found) = cues.active.captures(&self.words) else { continue };
            let before = ITSELF.captures(&self.words[..found.get(0)?.start()]);
            let word = before.and_then(|before| citation::beginning(before.name("type")?.as_str()));
            let same = word.is_some_and(|(word, _)| self.type_word == fold(word));
            if found.name("by").is_none() && same {
                let scope = scope(found.name("some").is_some());
                return Some(Told { subject: at - 1, type_: cues.type_, scope, passive: false });
            }
        }
        None
    }
}

fn scope(some: bool) -> Scope {
    if some { Scope::Part } else { Scope::Whole }
}

/// Returns text folded, with single blanks, and one at each end where it has any.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in fold(text).chars().filter(|c| *c != '*') {
        let c = if c.is_whitespace() && c != '\n' { ' ' } else { c };
        if !(c == ' ' && plain.ends_with(' ')) {
            plain.push(c);
        }
    }
    plain.replace(" ,", ",").replace("( ", "(")
}

/// Says whether one act may have a relation to another: by their ranks and their years.
fn may_act(from: &Key, to: &Key, type_: RelationType) -> bool {
    // The Party changes no act of the state, nor the state one of the Party.
    let party = |key: &Key| ["tw", "tu", "hu", "du"].iter().any(|organ| key.issuer.ends_with(organ));
    if type_ != RelationType::Implements && party(from) != party(to) && from.issuer != "-" && to.issuer != "-" {
        return false;
    }
    let year = |key: &Key| key.year.parse::<i16>().ok();
    if year(from).zip(year(to)).is_some_and(|(from, to)| from < to) {
        return false;
    }
    match (rank(from), rank(to)) {
        (Some(from), Some(to)) if type_ == RelationType::Implements => from <= to,
        (Some(from), Some(to)) => from >= to,
        _ => true,
    }
}

/// Returns the rank of an act of the state, the constitution's the highest; `None` of others.
fn rank(key: &Key) -> Option<u8> {
    Some(match (key.type_.as_str(), key.issuer.as_str()) {
        ("hp", _) => 9,
        ("luat", _) | (_, "qh") => 8,
        ("pl", _) | (_, "ubtvqh") => 7,
        ("nd", _) | (_, "cp") => 6,
        (_, "ttg") => 5,
        ("tt" | "ttlt", _) => 4,
        (_, "hdnd") => 2,
        (_, "ubnd") => 1,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_can_be_read() {
        assert_eq!(CUES.len(), RelationType::ALL.len());
        for pattern in [&OTHER, &LIST, &PARTS, &NEXT, &BEFORE, &ISSUES, &TO_DO, &ITSELF] {
            assert!(!pattern.as_str().is_empty());
        }
    }
}
