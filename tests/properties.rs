//! What holds of extraction for any text at all. `PROPTEST_CASES=1000000 cargo test properties` fuzzes as long as one likes.

use baotinh::article::{Article, When};
use baotinh::extract::extract;
use baotinh::mention::{Fact, Mention};
use baotinh::text::{normalize, offset::slice};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

/// Pieces that rules look for, and pieces that break them.
const PIECES: &[&str] = &[
    "Nghị quyết",
    "số",
    "01/2022/NQ-HĐND",
    "12-NQ/TU",
    "/",
    "-",
    "–",
    ".",
    ",",
    " ",
    "\n",
    "%",
    "‰",
    "phần trăm",
    "điểm",
    "từ",
    "đến",
    "và",
    "ngày",
    "tháng",
    "năm",
    "quý",
    "giai đoạn",
    "nhiệm kỳ",
    "thế kỷ",
    "31/8/2022",
    "29/2",
    "2022",
    "2021-2025",
    "0,34",
    "1.240/1.591",
    "QĐ-UBND",
    "Luật Đất đai",
    "khoản 2 Điều 5",
    "của",
    "UBND tỉnh Quảng Ninh",
    "hôm qua",
    "sáng",
    "thứ Tư",
    "XV",
    "khóa",
    "so với cùng kỳ",
    "tỷ lệ hộ nghèo",
    "còn",
    "đạt",
    "(",
    ")",
    "“",
    "”",
    "trong đó",
    ";",
    "0",
    "9999999999999999999999",
    "\u{301}",
    "\u{323}",
    "\u{200b}",
    "đ",
    "Đ",
    "İ",
    "ß",
    "🗞",
    "kế hoạch",
    "âm lịch",
    "Chủ nhật",
    "VBHN",
    "&",
    "TTLT",
    "http://a.vn/1/2/2022",
    "a@b.vn",
    "0912345678",
    "Hướng dẫn",
    "TT",
    "QĐ",
    "thì",
    "trở lên",
    "giảm nhiều nhất với",
    "qua",
    "tháng trước",
    "(%)",
    "28.5",
    "6-4, ",
    "Luật Ngân\nsách nhà nước",
    "lần đầu",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![6 => proptest::sample::select(PIECES).prop_map(str::to_string), 2 => Just(" ".to_string()), 1 => "\\PC{0,6}", 1 => "[0-9]{1,5}"];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn article(text: &str) -> Article {
    let published = "2022-09-01".parse::<When>().ok();
    Article {
        body: normalize(text).into_owned(),
        published,
        province: Some("Quảng Ninh".to_string()),
        ..Article::default()
    }
}

fn values(mentions: &[Mention]) -> Vec<String> {
    mentions.iter().map(|mention| mention.value().into_owned()).collect()
}

proptest! {
    #[test]
    fn mentions_are_on_the_text_and_in_its_order(text in text()) {
        let article = article(&text);
        let mentions = extract(&article);
        for mention in &mentions {
            prop_assert!(mention.start < mention.end);
            prop_assert_eq!(slice(&article.body, mention.start, mention.end), Some(mention.text.as_str()));
            prop_assert!(mention.sentence_start <= mention.start && mention.start < mention.sentence_end);
            match &mention.fact {
                Fact::Percent(percent) => {
                    prop_assert!(percent.low <= percent.high);
                    if let (Some(start), Some(end)) = (percent.indicator_start, percent.indicator_end) {
                        prop_assert_eq!(slice(&article.body, start, end), percent.indicator.as_deref());
                    }
                }
                Fact::Date(date) => {
                    prop_assert!(date.date_begin <= date.date_end);
                    if let Some(of) = date.of {
                        prop_assert!(matches!(mentions.get(of).map(|m| &m.fact), Some(Fact::Citation(_))));
                    }
                }
                Fact::Citation(citation) => prop_assert!(!citation.value.is_empty()),
            }
        }
        for pair in mentions.windows(2) {
            prop_assert!(pair[0].end <= pair[1].start, "{:?} and {:?} overlap", pair[0], pair[1]);
        }
    }

    #[test]
    fn composed_and_decomposed_text_give_the_same_values(text in text()) {
        let decomposed: String = text.nfd().collect();
        prop_assert_eq!(values(&extract(&article(&text))), values(&extract(&article(&decomposed))));
    }

    #[test]
    fn normalisation_is_idempotent(text in "\\PC{0,80}") {
        let once = normalize(&text).into_owned();
        prop_assert_eq!(normalize(&once), once.as_str());
    }
}

#[test]
fn repeated_cues_end() {
    for piece in [
        "1/1/",
        "nghị quyết số ",
        "%",
        "1%",
        "ngày ",
        "từ 1 đến ",
        "1, ",
        "so với ",
        "(",
        "năm 2020 ",
        "\n",
        ".",
        "khoản 1 Điều ",
        "TT1 ",
        "Hướng dẫn 43 ",
        "6-4, ",
        "2011 và ",
        "thì ",
        "1% a, ",
        "tháng 1 so với tháng trước ",
        "từ 1% trở lên ",
        "Luật Đất\nđai ",
        "1.1-2.2-",
    ] {
        let body = piece.repeat(20_000);
        extract(&Article { body, ..Article::default() });
    }
}
