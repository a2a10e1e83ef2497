//! The text of a saved web page: header clock, title, caption, paragraphs, and a tail of widgets.
//!
//! Invariant: the first date of such a text is the page's clock on the day of the visit and never the publication date.

use super::glue::restore_breaks;
use crate::article::{Article, BodyState, Image, Origin};
use crate::site;
use crate::text::{fold, normalize, sentences};
use regex::Regex;
use std::sync::LazyLock;

/// Lines after which nothing belongs to the article, folded.
const TAIL: &[&str] = &[
    "bai cung chuyen muc",
    "bai doc nhieu",
    "bai doc tiep",
    "bai khac",
    "bai viet cung chuyen muc",
    "bai viet lien quan",
    "ban in",
    "ban quyen thuoc ve",
    "binh luan",
    "cac bai khac",
    "cac bai viet khac",
    "cac tin cu hon",
    "cac tin da dua",
    "cac tin khac",
    "cac tin lien quan",
    "chia se",
    "co the ban quan tam",
    "cung chuyen muc",
    "doc nhieu",
    "doc them",
    "doc tiep",
    "email",
    "gui binh luan",
    "gui cho ban be",
    "gui email",
    "in bai viet",
    "lien quan",
    "moi nhat",
    "nhung tin khac",
    "quay lai",
    "tags",
    "tin bai khac",
    "tin bai lien quan",
    "tin cu hon",
    "tin cung chuyen muc",
    "tin cung muc",
    "tin da dua",
    "tin doc nhieu",
    "tin khac",
    "tin lien quan",
    "tin moi",
    "tin moi hon",
    "tin moi nhat",
    "tin noi bat",
    "tin tieu diem",
    "tu khoa",
    "ve trang chu",
    "xem nhieu nhat",
    "xem them",
    "y kien ban doc",
];

/// Header clock: a line that is only a weekday, a date and perhaps a time.
static CLOCK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|cn|t[2-7])\s*[,.|-]*\s*)?(?:ngay\s+)?\d{1,2}\s*(?:[/.-]|thang)\s*\d{1,2}\s*(?:[/.-]|nam|,)\s*\d{4}(?:\s*[,|-]*\s*\d{1,2}\s*[:h]\s*\d{0,2}(?:\s*:\d{2})?)?(?:\s*\(?gmt\s*\+\s*7\)?)?$").ok()
});

/// Longest title, in characters.
const LONGEST_TITLE: usize = 250;
/// Longest caption, in characters: one sentence under a picture.
const LONGEST_CAPTION: usize = 160;

/// Makes an article of the text of a saved page.
pub fn plain(text: &str, origin: Origin) -> Article {
    let mut article = Article { origin, ..Article::default() };
    let text = normalize(text);
    let mut lines = lines(&text);
    lines.truncate(lines.iter().position(|line| is_tail(line.text)).unwrap_or(lines.len()));
    drop_clock(&mut lines, &mut article);
    take_title(&mut lines, &mut article);
    take_caption(&mut lines, &mut article);
    take_source(&mut lines, &mut article);
    article.body = lines.iter().map(|line| restore_breaks(line.text)).collect::<Vec<_>>().join("\n");
    if article.body.is_empty() {
        article.body_state = BodyState::Empty;
    }
    article.seal();
    article.id = super::identity(&article, None);
    article
}

/// Holds one line that is not blank.
struct Line<'a> {
    text: &'a str,
    /// Blank lines that follow.
    gap: usize,
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines: Vec<Line<'_>> = Vec::new();
    for text in text.lines().map(str::trim) {
        match lines.last_mut() {
            Some(line) if text.is_empty() => line.gap += 1,
            _ if text.is_empty() => {}
            _ => lines.push(Line { text, gap: 0 }),
        }
    }
    lines
}

/// Says whether a line is a heading of what stands below an article.
pub(super) fn is_tail(line: &str) -> bool {
    line.len() < 60 && TAIL.binary_search(&fold(line).trim_end_matches([':', '.', '»', '>', ' ']).trim()).is_ok()
}

/// Says whether a line is only a date, as a clock in a page header is.
pub(super) fn is_clock(line: &str) -> bool {
    let digits = line.bytes().filter(u8::is_ascii_digit).count();
    line.len() < 60 && digits >= 6 && CLOCK.as_ref().is_some_and(|clock| clock.is_match(&fold(line)))
}

fn drop_clock(lines: &mut Vec<Line<'_>>, article: &mut Article) {
    // Menus and mastheads may stand before the clock, but not much.
    if let Some(at) = lines.iter().take(5).position(|line| is_clock(line.text)) {
        article.warnings.push(format!("header clock {:?} is not the publication date", lines[at].text));
        lines.drain(..=at);
    }
}

fn take_title(lines: &mut Vec<Line<'_>>, article: &mut Article) {
    let is_title = |line: &str| line.chars().count() <= LONGEST_TITLE && !line.ends_with(['.', ';', ':', ',']);
    if lines.len() > 1 && is_title(lines[0].text) {
        article.title = Some(lines.remove(0).text.to_string());
    }
}

/// Takes a caption: a lone short sentence before the body, set off from it by a gap wider than between paragraphs.
fn take_caption(lines: &mut Vec<Line<'_>>, article: &mut Article) {
    let [first, rest @ ..] = lines.as_slice() else { return };
    let usual = rest.iter().take(rest.len().saturating_sub(1)).map(|line| line.gap).min().unwrap_or(0);
    let short = first.text.chars().count() <= LONGEST_CAPTION && sentences(first.text).len() == 1;
    let credited = fold(first.text).contains("anh:");
    if rest.len() > 1 && short && (first.gap > usual || credited) {
        article.images.push(Image { url: None, caption: Some(lines.remove(0).text.to_string()) });
    }
}

/// Takes the source line that ends the body: `(baoquangninh.vn)`, `Theo Báo Quảng Ninh`.
fn take_source(lines: &mut Vec<Line<'_>>, article: &mut Article) {
    let Some(last) = lines.last().map(|line| line.text) else { return };
    let bracketed = last
        .strip_prefix('(')
        .and_then(|inside| inside.strip_suffix(')'))
        .filter(|inside| !inside.contains(['(', ' ']) && inside.contains('.'));
    let named = last.strip_prefix("Theo ").filter(|name| name.chars().count() <= 40 && !name.ends_with('.'));
    let Some(source) = bracketed.or(named) else { return };
    if let Some(site) = site::sites().named(source) {
        article.site = Some(site.id.clone());
        article.source = Some(site.name.clone());
        super::given::settle(article, &site.province);
    } else {
        article.source = Some(source.to_string());
    }
    lines.pop();
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "Thứ Hai, 6/5/2024\nXã Đồng Mây về đích nông thôn mới\n\nĐoàn công tác thăm vườn chè của xã.\n\n\nHội đồng nhân dân xã đã họp ngày 2/4/2023.\n\nTỷ lệ hộ nghèo còn 1,2% theo báo cáo của nhân dânCác thôn đều có đường.\n\n(baoquangninh.vn)\n\nGửi cho bạn bè\n\nXem nhiều nhất";

    #[test]
    fn a_saved_page_becomes_an_article() {
        let article = plain(PAGE, Origin::default());
        assert_eq!(article.title.as_deref(), Some("Xã Đồng Mây về đích nông thôn mới"));
        assert_eq!(article.published, None);
        assert_eq!(article.images[0].caption.as_deref(), Some("Đoàn công tác thăm vườn chè của xã."));
        assert_eq!(
            article.body,
            "Hội đồng nhân dân xã đã họp ngày 2/4/2023.\nTỷ lệ hộ nghèo còn 1,2% theo báo cáo của nhân dân\nCác thôn đều có đường."
        );
        assert_eq!(article.province.as_deref(), Some("Quảng Ninh"));
    }

    #[test]
    fn clocks_are_told_from_sentences() {
        for line in [
            "Thứ Năm, 25/4/2024",
            "Chủ nhật, ngày 1 tháng 5 năm 2022",
            "Thứ 2, 06/05/2024, 10:30 (GMT+7)",
            "25/04/2024 | 08:00",
        ] {
            assert!(is_clock(line), "{line}");
        }
        for line in ["Ngày 25/4/2024, đoàn đến thăm", "Năm 2022"] {
            assert!(!is_clock(line), "{line}");
        }
    }

    #[test]
    fn text_without_any_of_it_is_all_body() {
        let article = plain("Một câu. Hai câu.", Origin::default());
        assert_eq!((article.title, article.body.as_str()), (None, "Một câu. Hai câu."));
        assert_eq!(plain("", Origin::default()).body_state, BodyState::Empty);
    }

    #[test]
    fn tail_marks_are_sorted() {
        assert!(TAIL.is_sorted());
    }
}
