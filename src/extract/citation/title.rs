//! The title of a document behind its number: what is quoted, or the words from `về` on to where the sentence goes on.
//!
//! Invariant: looks at a bounded stretch of text; a line that goes on in lower case is the same paragraph.

use super::{issued, list, provision, types};
use crate::extract::ArticleText;

/// Longest title, in bytes.
const TITLE: usize = 400;

/// Quotes that open a title, and those that close it: print mixes the curled with the straight.
const QUOTES: &[(char, &[char])] = &[('“', &['”', '"']), ('"', &['"', '”']), ('«', &['»']), ('‘', &['’'])];

/// Words with which a sentence goes on after a title.
const GO_ON: &[&str] = &[
    " (có hiệu lực",
    " (hiệu lực",
    " (sau đây",
    " có hiệu lực",
    " theo đó",
    " thì ",
    " và đã ",
    " đã được",
    " được sửa đổi",
    ", theo đó",
    ", trong đó",
    ", yêu cầu",
    ", được sửa đổi",
];

/// Words that open a sentence whose main clause comes behind the citation: `Thực hiện Chỉ thị 40 về A, Ngân hàng B …`.
const OPENERS: &[&str] = &["Cụ thể hóa", "Qua", "Sau", "Theo", "Thực hiện", "Triển khai", "Tại", "Từ khi", "Để"];

/// Words behind a comma with which such a main clause begins, beside a capital.
const TIMES: &[&str] =
    &["những năm qua", "thời gian qua", "từ đầu năm", "từ năm", "từ ngày", "đến nay", "năm 2", "ngày "];

/// Marks of a main clause: no title has them behind a comma.
const TENSES: &[&str] = &[" đang ", " đã ", " sẽ "];

/// Bytes behind a comma in which the mark of a main clause stands.
const CLAUSE: usize = 64;

/// Words that want what is quoted behind them: `về ban hành “Quy chế …”`.
const DANGLING: &[&str] = &[
    "ban hành",
    "chương trình",
    "cuộc vận động",
    "dự án",
    "kế hoạch",
    "phong trào",
    "phê duyệt",
    "quy chế",
    "quy định",
    "thực hiện",
    "triển khai",
    "việc",
    "về",
    "đề án",
];

/// Reads the quoted or `về …` title at a byte offset; `start` is where the citation starts.
pub fn read(scene: &ArticleText<'_>, start: usize, at: usize) -> Option<String> {
    let text = scene.text;
    let at = issued::skip(text, at);
    if let Some(inside) = quoted(text, at) {
        return tidy(inside);
    }
    let about = ["về", "v/v"].iter().find_map(|word| issued::word(text, at, word))?;
    if !text[about..].starts_with(char::is_whitespace) {
        return None;
    }
    let named = issued::skip(text, about);
    let named = issued::word(text, named, "việc").map_or(named, |end| issued::skip(text, end));
    // `về “Tăng cường …”`, but `về “tín dụng đen” trên địa bàn`.
    if let Some(inside) = quoted(text, named).filter(|inside| inside.split_whitespace().count() > 3) {
        return tidy(inside);
    }
    let inside = clip(&text[at..paragraph(scene, at)], TITLE);
    let end = marked(inside);
    // A preamble (`Căn cứ …;`) has no main clause.
    let opened = !inside[end..].starts_with(';') && opened(scene, start);
    let inside = &inside[..end];
    let end = GO_ON.iter().filter_map(|words| inside.find(words)).min().unwrap_or(inside.len());
    let inside = &inside[..clause(&inside[..end], opened)];
    let told = text.get(named..at + inside.len()).is_some_and(|words| words.contains(char::is_alphanumeric));
    told.then(|| tidy(inside)).flatten()
}

/// Returns what is quoted at a byte offset.
fn quoted(text: &str, at: usize) -> Option<&str> {
    let rest = text.get(at..)?;
    let (open, close) = QUOTES.iter().find(|(open, _)| rest.starts_with(*open))?;
    let inside = clip(&rest[open.len_utf8()..], TITLE);
    inside.find(*close).map(|end| &inside[..end])
}

/// Returns the end of the sentence at a byte offset, in the lines that a break only wraps too.
fn paragraph(scene: &ArticleText<'_>, at: usize) -> usize {
    let text = scene.text;
    let mut end = scene.sentence(at).end;
    while end < at + TITLE && !text[..end].ends_with(['.', '!', '?', ':', ';']) {
        let Some(line) = text[end..].trim_start_matches([' ', '*']).strip_prefix('\n') else { break };
        let line = line.trim_start_matches([' ', '*']);
        if !line.starts_with(char::is_lowercase) {
            break;
        }
        end = scene.sentence(text.len() - line.len()).end;
    }
    end
}

/// Returns where a title ends by a mark: a semicolon, the end of what somebody says, or what is quoted behind words that do
/// not want it.
fn marked(inside: &str) -> usize {
    let mut from = 0;
    while let Some(at) = inside[from..].find([';', '“', '"', '”']).map(|at| from + at) {
        let before = inside[..at].trim_end();
        let wanted = DANGLING.iter().any(|word| before.ends_with(word));
        let Some(all) = quoted(inside, at).filter(|_| wanted) else { return at };
        let width = |at: usize| inside[at..].chars().next().map_or(0, char::len_utf8);
        let close = at + width(at) + all.len();
        from = close + width(close);
    }
    inside.len()
}

/// Says whether the words before a citation open a sentence whose main clause is still to come.
fn opened(scene: &ArticleText<'_>, start: usize) -> bool {
    let from = scene.sentence(start).start;
    let before = scene.text[from..start.max(from)].trim_start_matches(|c: char| !c.is_alphabetic());
    before.len() < 2 * CLAUSE && !before.contains(',') && OPENERS.iter().any(|word| before.starts_with(word))
}

/// Returns where the sentence goes on behind a title with a clause or a citation of its own.
fn clause(inside: &str, opened: bool) -> usize {
    let commas = inside.match_indices(", ").map(|(at, comma)| (at, at + comma.len(), true));
    let joints = inside.match_indices(" và ").map(|(at, joint)| (at, at + joint.len(), false));
    let ends = commas.chain(joints).filter(|&(at, from, comma)| {
        let next = &inside[from..];
        let part = clip(&next[..next.find([',', ';']).unwrap_or(next.len())], CLAUSE);
        let goes_on = TENSES.iter().any(|tense| part.contains(tense))
            || opened && (next.starts_with(char::is_uppercase) || TIMES.iter().any(|time| next.starts_with(time)));
        let own = |from: usize| heads(&inside[from..]) && provision::read(inside, from, 0).is_none();
        comma && goes_on || next.starts_with(char::is_uppercase) && !cites(&inside[..at]) && own(from)
    });
    ends.map(|(at, ..)| at).min().unwrap_or(inside.len())
}

/// Says whether a title holds a number with a slash: one that amends may name several documents.
fn cites(title: &str) -> bool {
    title.match_indices('/').any(|(at, _)| title[..at].ends_with(|c: char| c.is_ascii_digit()))
}

/// Says whether a text starts with a citation: a type word and a number.
fn heads(text: &str) -> bool {
    types::TYPES
        .iter()
        .any(|kind| issued::word(text, 0, kind.word).is_some_and(|end| list::number_after(text, end, kind).is_some()))
}

fn tidy(title: &str) -> Option<String> {
    let title = [", cụ thể như sau", " cụ thể như sau", " như sau"]
        .iter()
        .find_map(|tail| title.trim_end_matches([' ', ':', '.']).strip_suffix(tail))
        .unwrap_or(title);
    let title = title.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | ':' | '*'));
    let open = title.matches('(').count() >= title.matches(')').count();
    let title = if open { title } else { title.trim_end_matches(')') };
    (!title.is_empty()).then(|| title.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Returns the first bytes of a text, at most `most`.
fn clip(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}

#[cfg(test)]
mod tests {
    use crate::extract::{ArticleText, citation};

    fn title(text: &str) -> Option<String> {
        citation::find(&ArticleText::new(text, None, None)).0.into_iter().next().and_then(|found| found.fact.title)
    }

    #[test]
    fn a_title_is_quoted_or_told() {
        for (text, expected) in [
            ("Chỉ thị số 23-CT/TU về “Tăng cường\nsự lãnh đạo của Đảng”, huyện đã", "Tăng cường sự lãnh đạo của Đảng"),
            ("Chỉ thị 34-CT/TW về \"Tăng cường công tác chính trị”; Đề án 20-ĐA/TU", "Tăng cường công tác chính trị"),
            ("Luật Xây dựng số 50/2014/QH13", "Luật Xây dựng"),
            ("Nghị quyết 68 về “tín dụng đen” trên mạng.", "về “tín dụng đen” trên mạng"),
            ("Quyết định 5/QĐ-UBND về việc ban hành “Quy chế A” của xã", "về việc ban hành “Quy chế A” của xã"),
            ("Quyết định 5/QĐ-UBND về phát triển du lịch: “Chúng tôi”", "về phát triển du lịch"),
            ("Quyết định 5/QĐ-UBND về\nđơn giá\nbồi thường cây trồng.\n\nÔng A", "về đơn giá bồi thường cây trồng"),
            ("(Quyết định 5/QĐ-UBND về du lịch)", "về du lịch"),
            ("“Xã làm tốt Chỉ thị 40-CT/TW về tín dụng”, ông Ba nói", "về tín dụng"),
            ("Quyết định 5/QĐ-UBND về du lịch (đợt 2).", "về du lịch (đợt 2)"),
            ("Nghị quyết số 09-NQ/TU về nông thôn mới\nTin liên quan", "về nông thôn mới"),
            ("Nghị quyết 29-NQ/TW, Hội nghị Trung ương 8 khóa XI về đổi mới giáo dục", "về đổi mới giáo dục"),
            ("Kết luận số 126-KL/TW của Bộ Chính trị, Ban Bí thư “Sắp xếp bộ máy”", "Sắp xếp bộ máy"),
            ("Chỉ thị 05-CT/TW của Ban Chấp hành Trung ương Đảng (khóa XII) về học tập", "về học tập"),
        ] {
            assert_eq!(title(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(title("Quyết định 5/QĐ-UBND về việc.").as_deref(), None);
    }

    #[test]
    fn a_title_ends_where_the_sentence_goes_on() {
        for (text, expected) in [
            ("Chỉ thị 40-CT/TW về tín dụng, xã đã rà soát 214 hồ sơ", "về tín dụng"),
            ("Thực hiện Chỉ thị 40-CT/TW về tín dụng, Ngân hàng B giải ngân", "về tín dụng"),
            ("Quyết định 5/QĐ-TTg về thu, chi của Bộ Y tế, Bộ Xây dựng", "về thu, chi của Bộ Y tế, Bộ Xây dựng"),
            ("Nghị định 161/CP về Quy chế biên giới, Chỉ thị 406/CP về pháo", "về Quy chế biên giới"),
            (
                "Công văn 6/BCT-XNK về tự khai theo Điều 19, Thông tư số 11/2020/TT-BCT",
                "về tự khai theo Điều 19, Thông tư số 11/2020/TT-BCT",
            ),
            ("Nghị quyết 35/NQ-CP về sắp xếp xã và Nghị quyết số 50/NQ-CP", "về sắp xếp xã"),
            (
                "Nghị định 1/2025/NĐ-CP về sửa Nghị định 2/2024/NĐ-CP và Nghị định 3/2024/NĐ-CP",
                "về sửa Nghị định 2/2024/NĐ-CP và Nghị định 3/2024/NĐ-CP",
            ),
        ] {
            assert_eq!(title(text).as_deref(), Some(expected), "{text}");
        }
    }
}
