//! **baotinh** (*báo tỉnh*, provincial newspaper) makes data of Vietnamese provincial newspapers.
//!
//! ```text
//! Site --crawl--> WARC shard --parse--> Article --extract--> Record shard --index--> index/ --search--> Hits
//!                 (kept for ever)                            (recomputed at will)  \--export--> files
//! ```
//! Verbs are stages, nouns are data. No stage calls another (but `search` reads what `index` laid out); only the
//! program's `cli` chains them. What is fetched is never rewritten; everything after it can be made again offline.
//!
//! In reading order:
//! * nouns: [`answer`], [`article`], [`mention`], [`place`], [`site`], [`text`], [`corpus`], [`report`], [`panics`]
//! * verbs: [`crawl`], [`parse`], [`extract`], [`index`], [`search`], [`export`]; beside them
//!   [`duplicates`], which clusters reprints, and [`score`], which measures `extract`
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
#[cfg(feature = "export")]
pub mod duplicates;
#[cfg(feature = "export")]
pub mod export;
pub mod extract;
#[cfg(feature = "facts")]
pub mod facts;
pub mod panics;
#[cfg(feature = "search")]
pub mod index;
pub mod mention;
#[cfg(feature = "pages")]
pub mod parse;
pub mod place;
pub mod report;
pub mod score;
#[cfg(feature = "search")]
pub mod search;
#[cfg(feature = "pages")]
pub mod site;
pub mod text;
