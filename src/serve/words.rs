//! Every text of the pages, once, in both languages.
//!
//! Invariant: both languages are there and hold the same values; a test reads the table.

use super::language::{Counted, Words};

macro_rules! words {
    ($($name:ident: $vi:expr, $en:expr;)*) => {
        $(pub const $name: Words = Words { vi: $vi, en: $en };)*
        /// All texts, for the test.
        #[cfg(test)]
        const ALL: &[(&str, Words)] = &[$((stringify!($name), $name),)*];
    };
}

macro_rules! counted {
    ($($name:ident: $vi:expr, $one:expr, $many:expr;)*) => {
        $(pub const $name: Counted = Counted { vi: $vi, one: $one, many: $many };)*
        /// All texts of counts, for the test.
        #[cfg(test)]
        const COUNTED: &[(&str, Counted)] = &[$((stringify!($name), $name),)*];
    };
}

counted! {
    ARTICLES: "{n} bài", "{n} article", "{n} articles";
    UNDATED: "{n} bài không rõ ngày", "{n} article without a date", "{n} articles without a date";
    LINES: "{n} lần", "{n} occurrence", "{n} occurrences";
    DOCUMENTS: "{n} văn bản", "{n} document", "{n} documents";
    FACTS: "{n} sự kiện trong bài", "{n} fact in this article", "{n} facts in this article";
    OTHERS: "{n} giá trị khác", "{n} other value", "{n} other values";
    COLLOCATES: "{n} đơn vị", "{n} collocate", "{n} collocates";
    UNITS: "{n} đơn vị", "{n} unit", "{n} units";
}

words! {
    NAME: "báo tỉnh", "báo tỉnh";
    TAGLINE: "Báo chí địa phương Việt Nam thành dữ liệu", "Vietnamese provincial newspapers as data";
    OTHER_LANGUAGE: "English", "Tiếng Việt";
    T_HOME: "Trang đầu", "Home";
    T_SEARCH: "Tìm bài", "Search";
    T_KWIC: "Ngữ cảnh", "Concordance";
    T_CITED: "Văn bản", "Documents";
    T_TREND: "Xu hướng", "Trend";
    T_COLLOCATES: "Từ đi cùng", "Collocates";
    T_KEYNESS: "Từ đặc trưng", "Keywords";
    T_STATS: "Kho tư liệu", "Archive";
    T_FACETS: "Số bài theo giá trị", "Articles by value";
    T_ARTICLE: "Bài báo", "Article";
    T_CITE: "Trích dẫn câu hỏi", "Cite this query";
    T_EXPORT: "Tải dữ liệu", "Export";
    T_API: "API", "API";
    T_HELP: "Trợ giúp câu hỏi", "Query help";
    T_ABOUT: "Giới hạn và cách trích dẫn", "Limits and how to cite";
    A_HOME: "Kho có gì và bắt đầu từ đâu.", "What the archive holds and where to begin.";
    A_SEARCH: "Bài tìm thấy, theo thời gian và theo giá trị.", "Articles found, over time and by value.";
    A_KWIC: "Mọi chỗ xuất hiện của từ hay cụm từ, với ngữ cảnh hai bên.",
        "Every occurrence of words or phrases, with what stands around it.";
    A_CITED: "Văn bản được các bài tìm thấy viện dẫn, nhiều nhất trước.",
        "Documents cited by the articles found, the most cited first.";
    A_TREND: "Câu hỏi theo thời gian, với mẫu số của mỗi thời kỳ.", "A query over time, with the totals of each period.";
    A_COLLOCATES: "Những tiếng đứng gần câu hỏi nhiều hơn ngẫu nhiên.",
        "What stands near a query more often than by chance.";
    A_KEYNESS: "Những tiếng đặc trưng cho các bài tìm thấy so với các bài khác.",
        "What is distinctive of the articles found, against others.";
    A_STATS: "Số bài và đề cập theo báo và năm.", "Articles and mentions by newspaper and year.";
    A_FACETS: "Số bài tìm thấy theo báo, tỉnh, chuyên mục, năm, loại văn bản.",
        "Articles found by newspaper, province, section, year or type of document.";
    A_ARTICLE: "Một bài với mọi điều rút ra từ nó.", "One article with all that was found in it.";
    A_CITE: "Câu hỏi chuẩn, số bài, bản chụp và dấu vân của tập bài.",
        "The canonical query, counts, snapshot and fingerprint of the set.";
    A_EXPORT: "Bảng bài báo, đề cập hoặc viện dẫn, đủ mọi dòng.",
        "Tables of articles, mentions or citations, complete.";
    A_HELP: "Cách viết câu hỏi, với ví dụ.", "How to write a query, with examples.";
    A_API: "Mọi địa chỉ và tham số cho chương trình.", "All addresses and parameters for programs.";
    A_ABOUT: "Cách đếm, cách trích dẫn, điều cần biết.", "How things are counted and cited, and what to know.";
    SKIP: "Tới nội dung", "Skip to content";
    PAGES: "Các trang", "Pages";
    QUERY: "Câu hỏi", "Query";
    ASK: "Tìm", "Search";
    READ_AS: "đọc là", "read as";
    EXPANDED: "{name} gồm cả: {forms}", "{name} also finds: {forms}";
    NOT_EXPANDED: "chỉ tìm đúng chữ viết tắt", "search abbreviations as written";
    EXPAND_AGAIN: "tìm cả dạng đầy đủ của chữ viết tắt", "search the words of abbreviations too";
    WITHOUT: "Bỏ điều kiện {condition}", "Remove the condition {condition}";
    OF_ALL: "trên {all}", "of {all}";
    DATA: "Dữ liệu", "Data";
    CITE: "Trích dẫn", "Cite";
    SNAPSHOT: "Bản chụp", "Snapshot";
    HELP_LINK: "Trợ giúp câu hỏi", "Query help";
    FILTER: "Lọc kết quả", "Filter results";
    UNKNOWN: "không rõ", "unknown";
    SHOW_ALL: "tất cả", "show all";
    PER_MONTH: "Số bài tìm thấy mỗi tháng", "Articles found each month";
    PER_YEAR: "Số bài tìm thấy mỗi năm", "Articles found each year";
    ALL_BELOW: "dải dưới: mọi bài trong kho", "strip below: all articles in the archive";
    HIGHEST: "cột cao nhất: {n}", "highest column: {n}";
    BAR: "{period}: {found} trên {all} bài", "{period}: {found} of {all} articles";
    TABLE: "Bảng số liệu", "Table of the numbers";
    PERIOD: "Thời kỳ", "Period";
    FOUND: "Tìm thấy", "Found";
    ALL_ARTICLES: "Mọi bài", "All articles";
    SHARE: "Tỷ lệ", "Share";
    NO_TITLE: "(không có nhan đề)", "(no title)";
    LACKS: "thiếu một số từ, không được tính", "lacks some of the words, not counted";
    NOTHING: "Không có bài nào.", "No article found.";
    NOTHING_HINT: "Thử viết không dấu, bớt từ, hoặc bỏ một điều kiện ở trên.",
        "Try without diacritics, with fewer words, or remove a condition above.";
    EMPTY_ARCHIVE: "Kho chưa có bài nào. Hãy chạy baotinh run hoặc baotinh index.",
        "The archive holds no article yet. Run baotinh run or baotinh index.";
    NEXT: "Trang sau", "Next page";
    PREVIOUS: "Trang trước", "Previous page";
    PAGE_OF: "Trang {page}", "Page {page}";
    LAST_RANK: "Trang chỉ hiện {n} bài đầu; tệp dữ liệu có đủ mọi bài.",
        "Pages show the first {n} articles only; the data files hold every article.";
    LAST_LINE: "Trang chỉ hiện {n} dòng đầu; tệp dữ liệu có đủ mọi dòng.",
        "Pages show the first {n} lines only; the data files hold every line.";
    FIRST_ROWS: "Hiện {shown} trên {all}; tệp dữ liệu có đủ.", "Showing {shown} of {all}; the data files hold all.";
    BY_DATE_NOTE: "Xếp theo ngày: {undated} không nằm trong thứ tự này.", "Ordered by day: {undated} are not in this order.";
    SORT: "Thứ tự", "Order";
    SORT_SCORE: "phù hợp nhất trước", "best first";
    SORT_DATE: "mới nhất trước", "latest first";
    SORT_INDEX: "theo kho", "as in the archive";
    SORT_LEFT: "theo từ bên trái", "by the words before";
    SORT_RIGHT: "theo từ bên phải", "by the words after";
    SORT_DAY: "theo ngày đăng", "by day of publication";
    WIDTH: "Số ký tự mỗi bên", "Characters on each side";
    PAGE: "Trang", "Page";
    APPLY: "Áp dụng", "Apply";
    BEFORE: "Bên trái", "Before";
    HIT: "Chỗ xuất hiện", "Occurrence";
    AFTER: "Bên phải", "After";
    WHERE: "Bài", "Article";
    IN_ARTICLES: "trong {found} trên {all}", "in {found} of {all}";
    NO_OCCURRENCES: "Câu hỏi này không có từ nào để xếp theo ngữ cảnh.",
        "This query has no word whose context could be shown.";
    ORIGINAL: "bản gốc", "original";
    SOURCE: "Nguồn", "Source";
    FETCHED: "Lấy lúc", "Fetched";
    PUBLISHED: "Ngày đăng", "Published";
    PUBLISHED_FROM: "từ {source}", "from {source}";
    CONFIDENCE: "tin cậy {value} %", "{value} % sure";
    CONFLICT: "Ngày đăng chưa chắc", "The day of publication is disputed";
    FILE: "Tệp gốc", "Original file";
    AT_BYTE: "{path} từ byte {offset}", "{path} at byte {offset}";
    AT_LINE: "{path} dòng {line}", "{path} line {line}";
    ARTICLE_ID: "Mã bài", "Article id";
    REVISION: "Bản", "Revision";
    AUTHOR: "Tác giả", "Author";
    PROVINCE: "Tỉnh, thành phố", "Province";
    PROVINCE_OLD: "Tỉnh, thành phố trước 1/7/2025", "Province until 30 June 2025";
    PROVINCE_NEW: "Tỉnh, thành phố từ 1/7/2025", "Province since 1 July 2025";
    PAPER: "Báo", "Newspaper";
    YEAR: "Năm", "Year";
    MONTH: "Tháng", "Month";
    SECTION: "Chuyên mục", "Section";
    DOCUMENT_TYPE: "Loại văn bản được dẫn", "Type of document cited";
    ISSUER: "Cơ quan ban hành văn bản được dẫn", "Issuer of a document cited";
    MANY_VALUES: "Một bài có thể thuộc nhiều giá trị.", "An article may count for several values.";
    RULE: "Quy tắc", "Rule";
    EXAMPLE: "Ví dụ", "Example";
    FLAGS: "Suy ra", "Inferred";
    POSITION: "Vị trí", "Position";
    PART_TITLE: "nhan đề", "title";
    PART_LEAD: "sapô", "lead";
    PART_BODY: "thân bài", "body";
    LEGEND: "gạch liền: văn bản; gạch chấm: tỷ lệ; gạch đứt: mốc thời gian",
        "solid: document; dotted: percentage; dashed: date";
    BACK_TO_TEXT: "trong bài", "in the text";
    ARTICLES_CITING: "bài dẫn văn bản này", "articles that cite it";
    ARTICLES_ABOUT: "bài có chỉ tiêu này", "articles with this indicator";
    SEARCH_BACK: "Về kết quả", "Back to the results";
    NO_TEXT: "Bài không có phần thân.", "The article has no body text.";
    WARNINGS: "Ghi chú khi đọc trang", "Noticed while reading the page";
    NOTHING_HERE: "Không có gì.", "Nothing.";
    AGAINST: "so với", "against";
    COLLOCATES_NOTE: "{lines}; {near} đơn vị ở gần, trên {all} đơn vị của kho.",
        "{lines}; {near} units near them, of {all} units in the archive.";
    KEYNESS_NOTE: "{first} đơn vị trong {found}; tập kia: {against}, {second} đơn vị.",
        "{first} units in {found}; the other set: {against}, {second} units.";
    WINDOW: "Số tiếng mỗi bên", "Syllables on each side";
    UNIT: "Đơn vị đếm", "What is counted";
    UNIT_SYLLABLE: "tiếng, có dấu", "syllables, with diacritics";
    UNIT_PAIR: "hai tiếng liền nhau, không dấu", "two neighbouring syllables, without diacritics";
    MIN_COUNT: "Số lần ít nhất", "Minimum count";
    BY: "Theo", "By";
    BY_YEAR: "năm", "year";
    BY_MONTH: "tháng", "month";
    SORT_LL: "log-likelihood: chắc chắn", "log-likelihood: what is certain";
    SORT_LD: "logDice: tiêu biểu", "logDice: what is typical";
    OCCURRENCES_SWITCH: "Đếm số lần xuất hiện", "Count occurrences";
    YES: "có", "yes";
    NO: "không", "no";
    SHARE_CHART: "Tỷ lệ bài tìm thấy trên mọi bài của thời kỳ", "Articles found as a share of all articles of the period";
    MILLION_CHART: "Số lần trên một triệu tiếng", "Occurrences per million syllables";
    GAP: "Thời kỳ không có bài nào trong kho để trống, không phải bằng 0.",
        "A period without any article in the archive is left out; it is not zero.";
    CHART_TITLE: "{query}: {what}", "{query}: {what}";
    STATS_HEAD: "Kho có gì", "What the archive holds";
    STATS_NOTE: "Đếm từ chỉ mục; bài không rõ ngày được ghi riêng.",
        "Counted from the index; articles without a date stand apart.";
    PAPERS_BY_YEAR: "Số bài theo báo và năm", "Articles by newspaper and year";
    INDEX_VERSION: "Phiên bản chỉ mục", "Version of the index";
    TOTAL: "Tổng", "Total";
    EXPORT_TABLE: "Bảng", "Table";
    EXPORT_LEAD: "Tệp luôn đủ mọi dòng, không cắt bớt. Câu hỏi chọn bài; để * là mọi bài.",
        "A file is always whole, never capped. The query selects the articles; * is every article.";
    TABLE_ARTICLES: "bài báo", "articles";
    TABLE_MENTIONS: "đề cập: mỗi văn bản, tỷ lệ, mốc thời gian một dòng", "mentions: one row each";
    TABLE_CITATIONS: "viện dẫn: mỗi cặp bài và văn bản một dòng", "citations: one row for each article and document";
    COLUMN: "Cột", "Column";
    TYPE: "Kiểu", "Type";
    MEANING: "Ý nghĩa", "Meaning";
    DOWNLOAD: "Tải về", "Download";
    BOM: "Dấu BOM cho Excel", "Byte order mark for Excel";
    FORMULAS: "Chặn công thức trong bảng tính", "Neutralise spreadsheet formulas";
    EXPAND: "Mở rộng chữ viết tắt", "Expand abbreviations";
    DOCUMENT_TYPE_FILTER: "Chỉ loại văn bản", "Only documents of type";
    ISSUER_FILTER: "Chỉ cơ quan ban hành", "Only documents of issuer";
    FACET_BY: "Đếm theo", "Count by";
    CODE_R: "R", "R";
    CODE_PYTHON: "Python", "Python";
    CODE_SHELL: "Dòng lệnh", "Shell";
    HELP_WORDS: "Từ và toán tử", "Words and operators";
    HELP_FIELDS: "Các trường", "Fields";
    HELP_FORM: "Cách viết", "What is written";
    HELP_FINDS: "Tìm được gì", "What it finds";
    HELP_TONES: "Đặt dấu kiểu hòa hay hoà, NFC hay NFD đều như nhau.",
        "Tone placement does not matter (hòa, hoà), nor does NFC or NFD.";
    HELP_JOINT: "Điều kiện về viện dẫn đứng cạnh nhau (cites, type, issuer) là của cùng một viện dẫn; về tỷ lệ (pct, indicator) là của cùng một tỷ lệ.",
        "Conditions on citations beside one another (cites, type, issuer) are of one citation; those on percentages (pct, indicator) are of one percentage.";
    HELP_COUNTS: "Tìm bài xếp theo độ phù hợp và cho thấy cả bài thiếu một số từ, có ghi rõ. Mọi con số và tệp chỉ gồm bài đủ các từ.",
        "Search ranks by fit and also shows articles that lack some words, marked as such. Every count and file holds only articles with all the words.";
    API_LEAD: "Mỗi trang có dữ liệu ở cùng địa chỉ, thêm phần đuôi. Chỉ dùng GET và HEAD, không cần khóa.",
        "Every page has its data at the same address with an ending. GET and HEAD only; no key is needed.";
    API_ERRORS: "Lỗi là application/problem+json theo RFC 9457, có chỗ sai của câu hỏi.",
        "Errors are application/problem+json by RFC 9457, with the character of a wrong query.";
    API_SNAPSHOT: "Thêm at=<mã bản chụp> để chắc chắn câu trả lời là của đúng bản đó; khác bản thì lỗi 409.",
        "Add at=<snapshot> to be sure that an answer is of that snapshot; another one gives error 409.";
    API_OPENAPI: "Mô tả OpenAPI 3.1", "OpenAPI 3.1 description";
    DEFAULT: "mặc định {value}", "default {value}";
    ENDINGS: "Đuôi", "Endings";
    ABOUT_TEXTS: "Văn bản thuộc về các báo. Hãy dùng để phân tích và trích dẫn; đừng phát tán toàn văn.",
        "The texts belong to the newspapers. Use them for analysis and quotation; do not pass full texts on.";
    ABOUT_FACTS: "Những gì được rút ra (số, ngày, viện dẫn, số đếm) là sự kiện.",
        "What is extracted (numbers, dates, references, counts) are facts.";
    ABOUT_ACCURACY: "Rút trích tự động có sai. Điều một tỷ lệ đo là phần khó nhất: sai khoảng một trên tám. Hãy kiểm tra một mẫu trước khi công bố.",
        "Extraction is automatic and errs. What a percentage measures is the hardest part: about one in eight is wrong. Check a sample before you publish a count.";
    ABOUT_CITE: "Để trích dẫn một con số, dùng trang Trích dẫn của câu hỏi: nó ghi câu hỏi chuẩn, số bài, bản chụp và dấu vân của tập bài.",
        "To cite a number, use the Cite page of its query: it gives the canonical query, the counts, the snapshot and the fingerprint of the set of articles.";
    ABOUT_COUNTS: "Mọi con số là chính xác, không ước lượng, và dẫn tới đúng các dòng nó đếm.",
        "Every number is exact, never estimated, and leads to the rows that it counts.";
    ABOUT_LOCAL: "Trang chạy trên máy của bạn; không gửi gì ra ngoài, không cookie.",
        "The page runs on your own machine; nothing is sent elsewhere, and there are no cookies.";
    CITE_LEAD: "Ghi những điều này để người khác tìm lại đúng tập bài.",
        "Quote this so that others can find the same set of articles.";
    CANONICAL: "Câu hỏi chuẩn", "Canonical query";
    COUNTS: "Số bài", "Counts";
    FINGERPRINT: "Dấu vân của tập bài", "Fingerprint of the set";
    FINGERPRINT_NOTE: "Cùng dấu vân là cùng tập bài, trên máy nào cũng vậy.",
        "The same fingerprint is the same set of articles, on any machine.";
    VERSION: "Phiên bản", "Version";
    ADDRESS: "Địa chỉ", "Address";
    COMMAND: "Lệnh tương đương", "Equal command";
    TODAY: "Ngày hỏi", "Day of the query";
    HOME_LEAD: "Tìm, đếm và trích dẫn báo chí địa phương: mỗi con số dẫn về câu, trang và lần tải của nó.",
        "Search, count and cite provincial newspapers: every figure leads back to its sentence, its page and its fetch.";
    HOME_TRY: "Ví dụ", "Examples";
    HOME_HOLDS: "Kho này có", "This archive holds";
    FROM_TO: "từ {first} đến {last}", "from {first} to {last}";
    MOST_CITED: "Văn bản được dẫn nhiều nhất", "Documents cited most";
    ERROR_NOT_FOUND: "Không có trang này", "There is no such page";
    ERROR_NO_ARTICLE: "Không có bài nào mang mã này", "No article has this id";
    ERROR_QUERY: "Câu hỏi viết sai", "The query cannot be read";
    ERROR_QUERY_AT: "Ký tự thứ {at}", "Character {at}";
    ERROR_PARAMETER: "Tham số sai", "Wrong parameter";
    ERROR_METHOD: "Chỉ dùng GET và HEAD", "Only GET and HEAD are answered";
    ERROR_HOST: "Tên máy chủ lạ", "Unknown host name";
    ERROR_CROSS_SITE: "Yêu cầu từ trang khác bị từ chối", "Requests from other sites are refused";
    ERROR_LONG: "Địa chỉ quá dài; với câu hỏi dài hãy dùng baotinh search --batch",
        "The address is too long; for long queries use baotinh search --batch";
    ERROR_BUSY: "Máy đang bận; hãy thử lại sau vài giây", "The server is busy; try again in a few seconds";
    ERROR_SLOW: "Câu hỏi cần quá nhiều thời gian (quá {seconds} giây); hãy thu hẹp câu hỏi",
        "The query takes too long (more than {seconds} seconds); narrow it down";
    ERROR_SNAPSHOT: "Kho đã đổi: đây là bản chụp {now}", "The archive has changed: this is snapshot {now}";
    ERROR_PREFIX: "Phần đầu từ trước dấu * phải có ít nhất {n} chữ", "A beginning before * needs at least {n} letters";
    ERROR_QUERY_LONG: "Câu hỏi dài quá {n} ký tự", "The query has more than {n} characters";
    ERROR_INTERNAL: "Lỗi của chương trình; chi tiết ở nhật ký máy chủ", "An error of the program; the server's log says more";
    STALE: "Chỉ mục mới không đọc được ({reason}); trang vẫn dùng bản cũ.",
        "The new index cannot be read ({reason}); the page still uses the old one.";
    OTHER_SNAPSHOT: "Địa chỉ này trích bản chụp {asked}; máy chủ đang dùng bản {now}, số liệu có thể khác.",
        "This address cites snapshot {asked}; the server holds {now}, so numbers may differ.";
    PRIVATE_TEXT: "Toàn văn không được đăng ở đây; đọc trên trang của báo.",
        "The full text is not published here; read it at the newspaper.";
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn values(text: &str) -> BTreeSet<&str> {
        text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
    }

    #[test]
    fn every_text_is_there_in_both_languages_with_the_same_values() {
        for (name, words) in ALL {
            assert!(!words.vi.is_empty() && !words.en.is_empty(), "{name}");
            assert_eq!(values(words.vi), values(words.en), "{name}");
        }
        for (name, words) in COUNTED {
            for text in [words.vi, words.one, words.many] {
                assert_eq!(values(text), BTreeSet::from(["n"]), "{name}");
            }
        }
    }
}
