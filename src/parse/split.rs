//! Splits the blocks of a body: what is text, what is lead, caption, signature, source line, and what only stands there.
//!
//! Invariant: a block is taken out for what it is and where it stands, never for a word in the middle of running text.

mod lines;
mod links;
mod pictures;
mod tail;

use super::blocks::{Block, Kind};
use super::cue::Cue;
use super::glue::restore_breaks;
use super::plain::is_clock;
use super::reference;
use super::state::is_card;
use crate::article::Image;
use crate::site::layout::Layout;
use crate::text::written_date::{self, Order};
use crate::text::{fold, normalize};
use pictures::take_pictures;
use regex::Regex;
use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;
use tail::cut_tail;
pub use tail::ends_text;

/// Longest signature and longest source line, in characters.
const LONGEST_SIGNATURE: usize = 70;

/// Shortest block of which a repetition is dropped, in bytes.
const SHORTEST_REPEATED: usize = 160;

/// Holds the parts of a body.
#[derive(Debug, Default)]
pub struct Parts {
    /// Lead, when it stood in the body.
    pub lead: Option<String>,
    /// Blocks of running text.
    pub text: Vec<String>,
    /// Pictures and their captions.
    pub images: Vec<Image>,
    /// Signature at the end.
    pub signature: Option<String>,
    /// Source line at the end: `Theo TTXVN`, `(baoquangninh.vn)`.
    pub source: Option<String>,
    /// Links to other articles before the tail.
    pub cards: usize,
    /// Paragraphs right below a link to another article, before the tail.
    pub teasers: usize,
    /// It ends in an offer to subscribe or sign in.
    pub offer: bool,
}

/// Says what is known of the page around the body.
#[derive(Debug, Clone, Copy, Default)]
pub struct Around<'a> {
    /// Headline.
    pub title: Option<&'a str>,
    /// What the page's meta elements say of it.
    pub description: Option<&'a str>,
    /// Lead that was found outside the body.
    pub lead: Option<&'a str>,
    /// Author that the system names.
    pub author: Option<&'a str>,
    /// Layout of the page.
    pub layout: Option<&'a Layout>,
    /// The page is Vietnamese.
    pub vietnamese: bool,
}

static SIGNED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:(?:tin|bai|anh|video|clip|do hoa|thuc hien|nguon|thuc hien|trinh bay|ghi chep|phong vien|pv|thiet ke|theo|bai viet|noi dung)(?:\s*(?:,|va|&|-|/|–)\s*(?:tin|bai|anh|video|clip|do hoa|trinh bay|thiet ke))*\s*:\s*\S|\((?:theo|nguon|tong hop)\b.*\)$|\(?(?:tong hop|t\.?h)\)?$)").ok()
});
static SOURCE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:theo\s+\S.*|\(\s*(?:theo|nguon)\b[^()]*\)|nguon\s*:.*|\(\s*[a-z0-9-]+(?:\.[a-z0-9-]+)+\s*\))$")
        .ok()
});
/// A line of nothing but what a player of the article and the buttons around it say.
static WIDGET: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:(?:nghe (?:doc )?(?:bai(?: viet| bao)?|tin|audio)|giong (?:nam|nu)(?: mien (?:bac|trung|nam))?",
        r"|\d?\d:\d\d\s*/\s*\d?\d:\d\d|co chu|a\s?[-+]|in trang|gui email|chia se)[\s|:·•]*)+$"
    ))
    .ok()
});

/// Splits the blocks of a body.
pub fn split(blocks: Vec<Block<'_>>, around: &Around<'_>) -> Parts {
    let mut blocks = blocks;
    for block in &mut blocks {
        let text = if around.vietnamese { reference::again(&block.text) } else { Cow::Borrowed(&*block.text) };
        block.text = normalize(&text).trim().to_string();
    }
    drop_before_title(&mut blocks, around.title);
    drop_copy(&mut blocks);
    drop_repeated(&mut blocks);
    cut_tail(&mut blocks, around);
    let mut parts = Parts {
        cards: blocks.iter().filter(|block| is_card(block)).count(),
        teasers: count_teasers(&blocks),
        ..Parts::default()
    };
    let mut blocks = take_pictures(blocks, &mut parts.images, around.vietnamese);
    // A signature that says by its names what it is, is taken off before it goes with the furniture.
    let signed =
        blocks.iter().rposition(|block| block.cue == Cue::Byline && block.text.chars().count() <= LONGEST_SIGNATURE);
    parts.signature =
        signed.filter(|&at| at + 3 >= blocks.len() && is_name(&blocks[at].text)).map(|at| blocks.remove(at).text);
    let first = blocks.iter().position(|block| block.text.len() > 250).unwrap_or(blocks.len());
    let links = links::text_links(&blocks, around.vietnamese);
    let mut nth = 0;
    blocks.retain(|block| {
        nth += 1;
        let above =
            nth <= first && (is_bar(&block.text) || is_labelled_date(&block.text) || lines::is_byline(&block.text));
        !(is_furniture(block, links[nth - 1], around) || above)
    });
    parts.offer = blocks.iter().rev().take(3).any(|block| lines::is_offer(&block.text));
    if !around.vietnamese {
        drop_site_voice(&mut blocks);
    }
    drop_biography(&mut blocks, around.author);
    take_end(&mut blocks, around, &mut parts);
    take_lead(&mut blocks, around, &mut parts);
    while blocks.last().is_some_and(|block| block.kind == Kind::Heading) {
        blocks.pop();
    }
    parts.text = blocks
        .into_iter()
        .map(|block| if around.vietnamese { restore_breaks(&block.text) } else { block.text })
        .collect();
    parts
}

/// Drops the title, and what stands before it, where a body repeats it.
fn drop_before_title(blocks: &mut Vec<Block<'_>>, title: Option<&str>) {
    let Some(title) = title.map(same_form) else { return };
    let is_title = |text: &str| has_form(text, &title) || text.len() < 600 && ends_in_date(&same_form(text), &title);
    let found = blocks
        .iter()
        .take(15)
        .position(|block| matches!(block.kind, Kind::Heading | Kind::Paragraph) && is_title(&block.text));
    if let Some(at) = found.filter(|&at| blocks[..at].iter().all(|block| block.text.len() < 200)) {
        blocks.drain(..=at);
    }
}

/// Drops a first block that is a copy of what follows it, cut off somewhere: systems print one where the lead should stand.
fn drop_copy(blocks: &mut Vec<Block<'_>>) {
    let Some(at) = blocks.iter().take(4).position(|block| block.kind != Kind::Picture && block.text.len() > 100) else {
        return;
    };
    let copy = same_form(&blocks[at].text);
    let mut follows = String::new();
    let mut parts = 0;
    for block in blocks[at + 1..].iter().filter(|block| !matches!(block.kind, Kind::Picture | Kind::Caption)) {
        let form = same_form(&block.text);
        if !follows.is_empty() && !form.is_empty() {
            follows.push(' ');
        }
        follows.push_str(&form);
        parts += usize::from(!form.is_empty());
        if follows.len() >= copy.len() || !copy.starts_with(&follows) {
            break;
        }
    }
    // The last word of the copy may be cut.
    let whole = copy.rsplit_once(' ').map_or(&*copy, |(front, _)| front);
    if parts > 1 && follows.starts_with(whole) {
        blocks.remove(at);
    }
}

/// Drops long blocks that stand there a second time.
fn drop_repeated(blocks: &mut Vec<Block<'_>>) {
    let mut seen = HashSet::new();
    blocks.retain(|block| {
        let long = block.text.len() >= SHORTEST_REPEATED && block.kind == Kind::Paragraph;
        !long || seen.insert(same_form(&block.text))
    });
}

/// Drops what the site says for itself below an English article, line by line from the end.
fn drop_site_voice(blocks: &mut Vec<Block<'_>>) {
    let (mut end, mut at) = (blocks.len(), blocks.len());
    // Between such lines stand short ones: the name of a list, a button.
    while at > 1 && end - at < 3 {
        at -= 1;
        let block = &blocks[at];
        if block.kind != Kind::Quote && lines::is_site_voice(&block.text) {
            end = at;
        } else if block.text.len() > 60 || block.text.trim_end().ends_with(['.', '!', '?', '”', '"']) {
            break;
        }
    }
    blocks.truncate(end);
}

/// Drops what an article says of its author at the end: `Jane Smith is a writer who …`, `Written by Jane Smith`.
fn drop_biography(blocks: &mut Vec<Block<'_>>, author: Option<&str>) {
    let named = blocks.iter().rposition(|block| block.text.starts_with("Written by ") && lines::is_byline(&block.text));
    if let Some(at) = named.filter(|&at| at > 2 && at + 4 >= blocks.len()) {
        blocks.truncate(at);
    }
    let Some(author) = author.map(same_form).filter(|author| author.contains(' ')) else { return };
    let is_of_author = |block: &Block<'_>| {
        let form = same_form(&block.text);
        let said = form.strip_prefix(&author).unwrap_or_default();
        [" is ", " has ", " was ", " writes ", " covers ", " la "].iter().any(|verb| said.starts_with(verb))
    };
    let Some(at) = blocks.iter().rposition(is_of_author) else { return };
    if at > 2 && at + 3 >= blocks.len() {
        blocks.truncate(at);
    }
}

/// Counts the paragraphs that stand right below a link to another article.
fn count_teasers(blocks: &[Block<'_>]) -> usize {
    let lines = blocks.iter().filter(|block| block.kind != Kind::Picture && block.text.chars().count() > 40);
    let cards: Vec<_> = lines.map(|block| (is_card(block), block.link_share() < 0.5)).collect();
    cards.windows(2).filter(|pair| pair[0].0 && pair[1].1).count()
}

/// Says whether a short line is one of several fields about the article: dates, author, section, readers.
fn is_bar(text: &str) -> bool {
    let folded = fold(text);
    let fields = [
        "cap nhat",
        "dang ngay",
        "ngay dang",
        "dang luc",
        "tac gia:",
        "nguoi dang",
        "luot xem",
        "luot doc",
        "xuat ban",
        "published",
        "updated",
    ];
    let count = fields.iter().filter(|field| folded.contains(**field)).count();
    text.len() < 200
        && count > 0
        && text.matches(':').count() >= 2
        && folded.bytes().any(|byte| byte.is_ascii_digit())
        && !text.trim_end().ends_with('.')
}

/// Says whether a short line is a date with a label before it: `Đăng ngày Tháng Tư 25, 2024`.
fn is_labelled_date(text: &str) -> bool {
    const LABELS: &[&str] =
        &["cap nhat", "dang luc", "dang ngay", "last updated", "ngay dang", "ngay xuat ban", "posted on", "xuat ban"];
    let folded = fold(text);
    let label = LABELS.iter().find_map(|label| folded.strip_prefix(label));
    let is_date = |rest: &str| {
        let rest = rest.trim_start_matches([':', ' ']);
        let order = Order::DayFirst;
        written_date::read(rest, order).or_else(|| written_date::find(rest, order)).is_some()
    };
    text.chars().count() < 80 && !text.ends_with(['.', '?', '!']) && label.is_some_and(is_date)
}

/// Says whether a line is a headline and a date behind it: `Xã họp (12/03/2025)`.
fn ends_in_date(form: &str, title: &str) -> bool {
    let rest = form.strip_prefix(title).filter(|_| title.len() >= 10).unwrap_or_default();
    rest.bytes().filter(u8::is_ascii_digit).count() >= 6
        && rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b' ')
}

/// Says whether a block is no text of the article: tags, byline, date line, a link to another article.
fn is_furniture(block: &Block<'_>, text_link: bool, around: &Around<'_>) -> bool {
    let length = block.text.chars().count();
    let kept = matches!(block.kind, Kind::Row | Kind::Quote);
    (block.link_share() > 0.6 && !kept && !text_link && (length < 300 || block.link_share() > 0.9))
        || (block.cue == Cue::Tags && block.link_share() > 0.3)
        || (matches!(block.cue, Cue::Byline | Cue::Dateline) && length < 100)
        || (length < 60 && is_clock(&block.text))
        || !around.vietnamese && lines::is_widget(&block.text)
        || fold(block.text.get(..11).unwrap_or_default()) == "lorem ipsum"
        || (around.vietnamese
            && length < 60
            && WIDGET.as_ref().is_some_and(|widget| widget.is_match(&fold(&block.text))))
        || around
            .lead
            .is_some_and(|lead| block.text.len() <= 2 * lead.len() + 100 && has_form(&block.text, &same_form(lead)))
}

/// Takes signature and source line off the end.
fn take_end(blocks: &mut Vec<Block<'_>>, around: &Around<'_>, parts: &mut Parts) {
    for _ in 0..4 {
        let Some(last) = blocks.last() else { return };
        let (text, folded) = (last.text.as_str(), fold(&last.text));
        let length = text.chars().count();
        if length > LONGEST_SIGNATURE || blocks.len() < 2 {
            return;
        }
        let is_source = SOURCE.as_ref().is_some_and(|source| source.is_match(&folded))
            && !text.ends_with(['.', ':', ';'])
            || around.layout.and_then(|layout| layout.source_line.as_ref()).is_some_and(|line| line.is_match(text));
        let is_signed = SIGNED.as_ref().is_some_and(|signed| signed.is_match(&folded));
        let set_apart = last.strong || last.right || last.italic || last.cue == Cue::Byline;
        let signature =
            is_signed || around.vietnamese && is_name(text) && last.kind != Kind::Item && (set_apart || length <= 40);
        if is_source && parts.source.is_none() {
            parts.source = Some(text.to_string());
        } else if signature && parts.signature.is_none() {
            parts.signature = Some(text.to_string());
        } else {
            return;
        }
        blocks.pop();
    }
}

/// Says whether a line is one or several names: every word begins with a capital, nothing ends it.
fn is_name(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    let (names, note) = match bare.split_once('(') {
        Some((names, note)) => (names, fold(note)),
        None => (bare, String::new()),
    };
    let note_fits = note.is_empty()
        || note.contains("tong hop")
        || note.contains("theo")
        || note.contains("thuc hien")
        || note.contains("ghi");
    let mut words =
        names.split([' ', '-', '–', ',', '&', '/']).filter(|word| !word.is_empty() && *word != "và").peekable();
    let fits = words.peek().is_some() && words.clone().count() <= 12;
    fits && note_fits
        && !text.ends_with(['?', '!', ':', ';', '”'])
        && words.all(|word| {
            word.chars().next().is_some_and(char::is_uppercase) && !word.contains(|c: char| c.is_ascii_digit())
        })
}

/// Takes the lead off the beginning, when it is set apart.
fn take_lead(blocks: &mut Vec<Block<'_>>, around: &Around<'_>, parts: &mut Parts) {
    if around.lead.is_some() || blocks.len() < 2 {
        return;
    }
    let first = &blocks[0];
    let length = first.text.chars().count();
    let bold = first.strong && around.layout.is_none_or(|layout| layout.lead_is_first_bold || layout.lead.is_empty());
    let said = around.description.is_some_and(|description| agrees(description, &first.text));
    // A whole sentence that is set as a heading heads the text, not a part of it.
    let sentence = around.vietnamese && first.text.ends_with('.');
    let heading = first.kind == Kind::Heading && (said || sentence) || around.vietnamese && first.italic && said;
    if (40..=700).contains(&length)
        && (first.cue == Cue::Lead || heading || (bold && around.vietnamese && first.kind == Kind::Paragraph))
    {
        parts.lead = Some(blocks.remove(0).text);
    }
}

/// Says whether a description is the beginning of a text, or the other way round.
pub fn agrees(description: &str, text: &str) -> bool {
    let (a, b) =
        (same_form(description.trim_end_matches(['.', '…', ' '])), same_form(text.trim_end_matches(['.', '…', ' '])));
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    short.len() >= 40 && long.starts_with(short.get(..short.len().min(120)).unwrap_or(&short))
}

/// Returns the form in which two texts are compared: folded, letters and digits only.
pub fn same_form(text: &str) -> String {
    let folded = fold(&normalize(text));
    let mut form = String::with_capacity(folded.len());
    for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if !form.is_empty() {
            form.push(' ');
        }
        form.push_str(word);
    }
    form
}

/// Says whether a text has a form; one far longer or shorter than the form is not read.
pub fn has_form(text: &str, form: &str) -> bool {
    // A letter has one byte in the form and up to three in the text, six when its marks are apart; signs add a few.
    (form.len() / 2..=6 * form.len() + 100).contains(&text.len()) && same_form(text) == form
}

#[cfg(test)]
mod tests {
    use super::super::blocks::{Rules, blocks};
    use super::*;
    use scraper::Html;

    fn read(html: &str) -> Parts {
        let page = Html::parse_fragment(html);
        let rules = Rules { large: 10_000, names: true, ..Rules::default() };
        split(
            blocks(page.root_element(), &rules),
            &Around { title: Some("Xã Đồng Mây họp"), vietnamese: true, ..Around::default() },
        )
    }

    const TEXT: &str = "<p>Hội đồng nhân dân xã đã họp ngày 2/4/2023 và thông qua hai nghị quyết về hỗ trợ học phí cho học sinh.</p>\
                        <p>Tỷ lệ hộ nghèo của xã còn 1,2%, giảm 0,5 điểm phần trăm so với cùng kỳ năm trước.</p>";

    #[test]
    fn signature_and_source_line_are_not_text() {
        for (end, signature, source) in [
            ("<p><b>Lê Thị Mây</b></p>", Some("Lê Thị Mây"), None),
            ("<p>Tin, ảnh: Hoàng Đá</p>", Some("Tin, ảnh: Hoàng Đá"), None),
            ("<p>(baoquangninh.vn)</p>", None, Some("(baoquangninh.vn)")),
            ("<p>Hà Sông (tổng hợp)</p><p>Theo TTXVN</p>", Some("Hà Sông (tổng hợp)"), Some("Theo TTXVN")),
        ] {
            let parts = read(&format!("{TEXT}{end}"));
            assert_eq!((parts.signature.as_deref(), parts.source.as_deref()), (signature, source));
            assert_eq!(parts.text.len(), 2, "{end}");
        }
        assert_eq!(read(&format!("{TEXT}<p>Theo kế hoạch, xã sẽ họp lại vào tháng 7.</p>")).text.len(), 3);
    }

    #[test]
    fn captions_go_to_their_pictures() {
        let parts = read(&format!(
            "<p><img src=a.jpg></p><p style='text-align: center'><em>Người dân thu hoạch chè.</em></p>{TEXT}\
             <figure><img src=b.jpg><figcaption>Vườn chè.</figcaption></figure>"
        ));
        let captions: Vec<_> =
            parts.images.iter().map(|image| (image.url.as_deref(), image.caption.as_deref())).collect();
        assert_eq!(captions, [(Some("a.jpg"), Some("Người dân thu hoạch chè.")), (Some("b.jpg"), Some("Vườn chè."))]);
        assert_eq!(parts.text.len(), 2);
    }

    #[test]
    fn captions_without_a_name_are_told_by_their_place() {
        for html in [
            "<p><img src=a.jpg><br>Vườn chè của xã đầu vụ.</p>",
            "<div><img src=a.jpg>Vườn chè của xã đầu vụ.</div>",
            "<p><img src=a.jpg></p><h6>Vườn chè của xã đầu vụ.</h6>",
            "<p><img src=a.jpg></p><p><span class=chuthich>Vườn chè của xã đầu vụ.</span></p>",
            "<p><img src=a.jpg></p><p>Vườn chè của xã đầu vụ.</p>",
        ] {
            let parts = read(&format!("{html}{TEXT}"));
            let caption = parts.images.first().and_then(|image| image.caption.as_deref());
            assert_eq!((caption, parts.text.len()), (Some("Vườn chè của xã đầu vụ."), 2), "{html}");
        }
        let parts = read(&format!(
            "{TEXT}<p><img src=a.jpg></p>{TEXT}<figure><img src=b.jpg></figure><p>Kỳ họp bế mạc hôm nay.</p>"
        ));
        assert_eq!(parts.text.len(), 5, "one picture stands before a long paragraph");
    }

    #[test]
    fn the_tail_is_cut_and_a_box_in_the_middle_too() {
        let parts = read(&format!("{TEXT}<p>Tin liên quan</p><ul><li><a href=x>Xã bên họp</a></li></ul>"));
        assert_eq!(parts.text.len(), 2);
        let parts = read(&format!("<p>Đọc thêm</p><p><a href=x>Xã bên họp</a></p>{TEXT}"));
        assert_eq!(parts.text.len(), 2);
    }

    #[test]
    fn a_cut_copy_of_the_text_and_a_line_of_fields_are_not_text() {
        let copy = "<div>Hội đồng nhân dân xã đã họp ngày 2/4/2023 và thông qua hai nghị quyết về hỗ trợ học phí cho \
                    học sinh. Tỷ lệ hộ nghèo của xã còn 1,2%, giảm 0,5 điểm ph</div>";
        assert_eq!(read(&format!("{copy}{TEXT}")).text.len(), 2);
        assert_eq!(read(&format!("<p>Cập nhật lúc: 10/12/2023 Tác giả: Lò Sương</p>{TEXT}")).text.len(), 2);
        assert_eq!(read(&format!("<p>Ông Lò Sương nói: Năm 2023: cập nhật 5 bộ.</p>{TEXT}")).text.len(), 3);
    }

    #[test]
    fn a_repeated_title_and_a_bold_lead_leave_the_body() {
        let lead = "Kỳ họp thường lệ giữa năm của xã đã diễn ra trong hai ngày với nhiều nội dung.";
        let parts = read(&format!("<h2>Xã Đồng Mây họp</h2><p><strong>{lead}</strong></p>{TEXT}"));
        assert_eq!((parts.lead.as_deref(), parts.text.len()), (Some(lead), 2));
    }

    #[test]
    fn teasers_of_other_articles_are_not_text() {
        let teaser = "<h3><a href=x>Xã bên cạnh tổ chức ngày hội hoa xuân lần thứ tư</a></h3>\
                      <p>Ngày hội năm nay có nhiều hoạt động văn hóa, thể thao đặc sắc, thu hút hàng nghìn lượt người trong xã.</p>";
        let parts = read(&format!("{TEXT}<p>Lê Thị Mây</p><p><b>Các tin khác</b></p>{}", teaser.repeat(5)));
        assert_eq!((parts.text.len(), parts.signature.as_deref()), (2, Some("Lê Thị Mây")));
        let parts = read(&format!("<p>Đọc thêm</p><p><a href=x>Xã bên họp</a></p>{TEXT}{TEXT}"));
        assert_eq!(parts.text.len(), 4);
    }

    #[test]
    fn players_and_a_headline_with_its_date_are_not_text() {
        for line in ["Nghe đọc bài", "Giọng nữ 0:00 / 3:12", "Cỡ chữ A- A+ | In trang", "Xã Đồng Mây họp (12/03/2025)"]
        {
            assert_eq!(read(&format!("<p>{line}</p>{TEXT}")).text.len(), 2, "{line}");
        }
        assert_eq!(read(&format!("<p>Giọng nam trầm của ông vang lên trong căn phòng.</p>{TEXT}")).text.len(), 3);
    }
}
