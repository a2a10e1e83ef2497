//! **baotinh** (*báo tỉnh*, provincial newspaper) makes data of Vietnamese provincial newspapers.
//!
//! ```
//! use baotinh::{extract, text};
//!
//! let said = "Theo Nghị quyết số 1/2022/nq-hdnd ngày 31/8/2022, tỷ lệ hộ nghèo còn 0,34%.";
//! let body = text::normalize(said);
//! for mention in extract::text(&body, None, Some("Quảng Ninh")) {
//!     println!("{}-{} {} is {}", mention.start, mention.end, mention.text, mention.value());
//! }
//! // 5-34 Nghị quyết số 1/2022/nq-hdnd is 01/2022/NQ-HĐND
//! // 35-49 ngày 31/8/2022 is 2022-08-31
//! // 72-77 0,34% is 0.34
//! # assert_eq!(extract::text(&body, None, None)[0].value(), "01/2022/NQ-HĐND");
//! ```
//! Three complete programs stand in `scripts/examples/`: extract from text, search an index, export records.
//!
//! ```text
//! Site --crawl--> WARC shard --parse--> Article --extract--> Record shard --index--> index/ --search--> Hits
//!                 (kept for ever)                            (recomputed at will)  \--export--> files
//! ```
//! Verbs are stages, nouns are data. No stage calls another (but `search` reads what `index` laid out, and `serve` shows
//! what `search` and `export` answer); only the
//! program's `cli` chains them. What is fetched is never rewritten; everything after it can be made again offline.
//!
//! In reading order:
//! * nouns: [`answer`], [`article`], [`mention`], [`place`], [`site`], [`text`], [`corpus`], [`report`], [`panics`]
//! * verbs: [`crawl`], [`parse`], [`extract`], [`index`], [`search`], [`export`], [`serve`]; beside them
//!   [`facts`], which tells documents above citations, [`duplicates`], which clusters reprints, and [`score`], which measures `extract`
//!
//! | Vietnamese | here |
//! |---|---|
//! | nghị quyết, nghị định, quyết định … | a document, referred to by a [`mention::Citation`] |
//! | tỷ lệ, phần trăm | [`mention::Percent`] |
//! | ngày, tháng, quý, năm, nhiệm kỳ, giai đoạn | [`mention::CalendarDate`] |
//! | tỉnh, thành phố | [`place::Province`] |
//! | báo tỉnh | [`site::Site`] |
//! | sapô | [`article::Article::lead`] |
//! | chuyên mục | [`article::Article::section`] |
//! | tiếng (âm tiết) | a syllable: what is indexed |

#[cfg(any(feature = "search", feature = "export"))]
pub mod answer;
pub mod article;
#[cfg(feature = "corpus")]
pub mod corpus;
#[cfg(feature = "crawl")]
pub mod crawl;
#[cfg(any(feature = "search", feature = "export"))]
pub mod duplicates;
#[cfg(feature = "export")]
pub mod export;
pub mod extract;
#[cfg(feature = "facts")]
pub mod facts;
#[cfg(feature = "search")]
pub mod index;
pub mod mention;
pub mod panics;
#[cfg(feature = "pages")]
pub mod parse;
pub mod place;
pub mod report;
pub mod score;
#[cfg(feature = "search")]
pub mod search;
#[cfg(feature = "serve")]
pub mod serve;
#[cfg(feature = "pages")]
pub mod site;
pub mod text;
