//! The query language as tables: what can be written, and what it finds, in English and Vietnamese.
//!
//! The help, the page and the errors read these tables; the parser reads [`FIELDS`] for the names it knows.

use crate::answer::{Answer, Cell, Column, Kind};

/// Shows something that can be written in a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Example {
    /// What is written.
    pub form: &'static str,
    /// What it finds, in English.
    pub english: &'static str,
    /// What it finds, in Vietnamese.
    pub vietnamese: &'static str,
}

/// Describes a field of the query language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// What it finds, in English.
    pub english: &'static str,
    /// What it finds, in Vietnamese.
    pub vietnamese: &'static str,
    /// A condition with it.
    pub example: &'static str,
}

const fn example(form: &'static str, english: &'static str, vietnamese: &'static str) -> Example {
    Example { form, english, vietnamese }
}

const fn field(name: &'static str, english: &'static str, vietnamese: &'static str, example: &'static str) -> Field {
    Field { name, english, vietnamese, example }
}

/// Words, phrases and operators.
pub const LANGUAGE: &[Example] = &[
    example(
        "hộ nghèo",
        "the words in a row: bare words side by side are a phrase; search has articles with the words apart behind them",
        "các từ đứng liền nhau: các từ gõ liền là một cụm; search xếp sau đó những bài có các từ rời nhau",
    ),
    example("hộ + nghèo", "both words, wherever they stand", "cả hai từ, ở bất cứ đâu"),
    example(
        "\"hộ nghèo\"",
        "the same phrase, required in search too; a word with diacritics finds just these",
        "cùng cụm từ ấy, bắt buộc cả trong search; từ có dấu chỉ khớp đúng dấu",
    ),
    example(
        "ho ngheo",
        "without any diacritic, words with any: hộ, hồ, ho",
        "không dấu nào thì khớp mọi dấu: hộ, hồ, ho",
    ),
    example(
        "\"cán bộ, công chức\"",
        "punctuation that is written must be there; else a phrase goes across none, and across no paragraph",
        "dấu câu đã viết thì phải có; không viết thì cụm từ không vượt qua dấu câu hay đoạn văn",
    ),
    example(
        "=ban  =\"dan so\"",
        "just these letters: ban and not bàn, bạn",
        "đúng các chữ này: ban, không phải bàn, bạn",
    ),
    example("~nghị  ~\"nghị quyết\"", "any diacritics, though some were typed", "mọi dấu, dù đã gõ dấu"),
    example("nghi*  *inh  \"hộ ngh*\"", "words that begin or end so", "từ bắt đầu hoặc kết thúc như vậy"),
    example(
        "01/2022/NQ-HĐND",
        "articles that cite this document, in any spelling of its number",
        "bài viện dẫn văn bản này, dù số hiệu viết cách nào",
    ),
    example("0,34%  0,34", "a percentage; a number, percentage or not", "tỷ lệ phần trăm; con số, có % hay không"),
    example(
        "UBND",
        "an abbreviation finds its words too (ủy ban nhân dân); =UBND and --no-expand do not",
        "chữ viết tắt khớp cả dạng đầy đủ (ủy ban nhân dân); =UBND và --no-expand thì không",
    ),
    example("a AND b  a + b", "both", "cả hai"),
    example("a OR b", "either; AND binds before OR", "một trong hai; AND ưu tiên hơn OR"),
    example(
        "a NEAR/5 \"b c\"",
        "words or phrases with at most 5 syllables between them, in either order, punctuation not counted; NEAR is NEAR/5",
        "hai từ hoặc cụm từ cách nhau nhiều nhất 5 tiếng, thứ tự nào cũng được; NEAR là NEAR/5",
    ),
    example("NOT a  -a", "articles without it", "bài không có"),
    example("(a OR b) AND c", "brackets", "ngoặc"),
    example("*", "every article", "mọi bài"),
];

/// Fields with what they find and an example, in the order of the help.
pub const FIELDS: &[Field] = &[
    field("title", "words or a phrase in the title", "từ hoặc cụm từ trong nhan đề", "title:\"nông thôn mới\""),
    field(
        "date",
        "day, month, year or span of publication",
        "ngày, tháng, năm hoặc khoảng ngày đăng",
        "date:2022..2023-06",
    ),
    field("source", "newspaper, by name or id", "báo, theo tên hoặc mã", "source:\"Báo Quảng Ninh\""),
    field("province", "province of the newspaper, old or new", "tỉnh của báo, cũ hoặc mới", "province:\"Quảng Ninh\""),
    field(
        "province-old",
        "the same, of the 63 until 30 June 2025",
        "như trên, trong 63 tỉnh thành đến 30/6/2025",
        "province-old:\"Hải Dương\"",
    ),
    field(
        "province-new",
        "the same, of the 34 since 1 July 2025",
        "như trên, trong 34 tỉnh thành từ 1/7/2025",
        "province-new:\"Hải Phòng\"",
    ),
    field("section", "section of the newspaper", "chuyên mục", "section:\"Kinh tế\""),
    field("author", "author or byline", "tác giả", "author:\"Nguyễn Hoa\""),
    field(
        "cites",
        "cites this document, in any spelling",
        "viện dẫn văn bản này, viết cách nào cũng được",
        "cites:01/2022/NQ-HĐND",
    ),
    field("type", "cites a document of this type", "viện dẫn văn bản loại này", "type:NQ"),
    field("issuer", "cites a document of this issuer", "viện dẫn văn bản của cơ quan này", "issuer:HĐND"),
    field("pct", "has a percentage so large", "có tỷ lệ phần trăm như vậy", "pct:>=70"),
    field("indicator", "has a percentage of this", "có tỷ lệ phần trăm về chỉ tiêu này", "indicator:\"hộ nghèo\""),
    field(
        "mentions-date",
        "mentions a date within this span",
        "nhắc đến một ngày trong khoảng này",
        "mentions-date:2021..2025",
    ),
    field(
        "kind",
        "pages of this kind (article, list, section, home, error, other); without it only articles",
        "trang loại này (article, list, section, home, error, other); không nêu thì chỉ tìm bài báo",
        "kind:list",
    ),
    field("id", "id of the article", "mã bài", "id:baoquangninh.vn:123"),
];

/// Columns of [`answer`].
pub const COLUMNS: [Column; 4] = [
    Column::new("part", Kind::Text, "words or fields", "words (từ) hoặc fields (trường)").in_files(),
    Column::new("form", Kind::Text, "What is written", "Cách viết"),
    Column::new("english", Kind::Text, "What it finds, in English", "Ý nghĩa bằng tiếng Anh"),
    Column::new("vietnamese", Kind::Text, "What it finds, in Vietnamese", "Ý nghĩa bằng tiếng Việt").in_files(),
];

/// Answers what the query language has.
pub fn answer() -> Answer {
    let row = |part: &str, form: &str, english: &str, vietnamese: &str| -> Vec<Cell> {
        [part, form, english, vietnamese].map(Cell::from).to_vec()
    };
    let words = LANGUAGE.iter().map(|it| row("words", it.form, it.english, it.vietnamese));
    let fields = FIELDS.iter().map(|it| row("fields", it.example, it.english, it.vietnamese));
    let rows: Vec<_> = words.chain(fields).collect();
    Answer { name: "help-query", of_rows: rows.len() as u64, columns: COLUMNS.to_vec(), rows, ..Answer::default() }
}
