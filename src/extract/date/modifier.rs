//! What stands before and after a date and modifies it: đầu, giữa, cuối, trước, sau, khoảng. The words stay outside.

use super::words::{back, follows, word_before};
use crate::extract::ArticleText;
use crate::mention::Modifier;
use std::ops::Range;

/// Words right before a date, and what they make of it.
const BEFORE: &[(Modifier, &[&str])] = &[
    (Modifier::Start, &["đầu", "thượng tuần", "đầu tháng", "đầu những"]),
    (Modifier::Mid, &["giữa", "trung tuần", "giữa những"]),
    (Modifier::End, &["cuối", "hết", "hạ tuần", "cuối những", "nửa sau"]),
    (Modifier::Before, &["trước", "chậm nhất", "chậm nhất là", "không quá"]),
    (Modifier::After, &["sau"]),
    (Modifier::Approx, &["khoảng", "chừng", "tầm", "vào khoảng", "độ"]),
];

/// Words that end like one of those and say nothing of the date: `bắt đầu năm 2024`. Sorted.
const NEITHER: &[&str] = &["ban đầu", "bắt đầu", "bước đầu", "dẫn đầu", "lần đầu", "đứng đầu"];

/// Words right after a date that leave its end open.
const ONWARDS: &[&str] = &["trở đi", "trở về sau", "trở lại đây"];

/// Returns what modifies the date at a byte range.
pub fn modifier(scene: &ArticleText<'_>, span: &Range<usize>) -> Option<Modifier> {
    if ONWARDS.iter().any(|words| follows(scene.text, span.end, words)) {
        return Some(Modifier::After);
    }
    let before = &scene.text[back(scene.text, span.start, 24)..span.start];
    if !before.ends_with([' ', '\n', '\t']) {
        return None;
    }
    let word = before.trim_end();
    // The last letter decides quickly for nearly every date.
    if !word.ends_with(['u', 'a', 'i', 't', 'n', 'c', 'g', 'm', 'á', 'ộ', 'ầ', 'U', 'A', 'I']) && !word.ends_with("là")
    {
        return None;
    }
    if word_before(word, NEITHER) {
        return None;
    }
    BEFORE.iter().find(|(_, words)| word_before(word, words)).map(|(modifier, _)| *modifier)
}
