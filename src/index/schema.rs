//! The fields of the index. What a record says is searched by them; the record itself is stored beside them, whole.
//!
//! Invariant: the columns of one kind of mention are parallel. The n-th value of `cite_value`, `cite_type`, … belongs to
//! the n-th citation of the article, so that conditions on one mention can be told from conditions on two.

use super::tokenizer;
use tantivy::schema::{
    DateOptions, FAST, Field, INDEXED, IndexRecordOption, NumericOptions, STORED, STRING, Schema, TextFieldIndexing,
    TextOptions,
};

/// Version of the index; raised whenever a field or the analysis changes, so that an old index is made again.
pub const INDEX_VERSION: u32 = 4;

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident: $kind:expr;)*) => {
        /// Holds the fields of the index, named as in the schema.
        #[derive(Debug, Clone, Copy)]
        pub struct Fields {
            $($(#[$doc])* pub $name: Field,)*
        }

        impl Fields {
            /// Makes the schema and its fields.
            pub fn schema() -> (Schema, Fields) {
                let mut builder = Schema::builder();
                let fields = Fields { $($name: $kind(&mut builder, stringify!($name)),)* };
                (builder.build(), fields)
            }
        }
    };
}

type Builder = tantivy::schema::SchemaBuilder;

fields! {
    /// Id of the article.
    id: key;
    /// Record shard it came from.
    shard: key;
    /// When its page was fetched, in seconds since 1970; the newest is held.
    fetched: integer;
    /// Terms of the title, exact.
    title_exact: positions;
    /// Terms of the title, folded.
    title_folded: positions;
    /// Pairs of folded terms of the title.
    title_pairs: pairs;
    /// Terms of title, lead and body, exact.
    text_exact: positions;
    /// Terms of title, lead and body, folded.
    text_folded: positions;
    /// Pairs of folded terms of title, lead and body.
    text_pairs: pairs;
    /// Positions that hold a word: the denominator of relative frequencies.
    syllables: integer;
    /// Pairs of folded terms.
    pair_count: integer;
    /// What the page is: counts hold the kind `article`.
    kind: name;
    /// Id of the newspaper.
    site: name;
    /// Name of the newspaper.
    source: name;
    /// Province of the newspaper before 1 July 2025.
    province_old: name;
    /// Province of the newspaper since 1 July 2025.
    province_new: name;
    /// Section.
    section: name;
    /// Author.
    author: name;
    /// Vietnamese day of publication, as its midnight UTC.
    date: day;
    /// Keys of the numbers of the documents cited and of those in title and lead ([`super::number::key`]).
    number: key;
    /// Of each citation the canonical value.
    cite_value: column;
    /// Of each citation what its article says of the document's identity ([`crate::facts::identity`]).
    cite_key: key;
    /// Of each citation the type, empty when unknown.
    cite_type: column;
    /// Of each citation the issuer, empty when unknown.
    cite_issuer: column;
    /// Of each citation the place of a local issuer, empty when unknown.
    cite_place: column;
    /// Of each percentage the lower end.
    percent_low: float;
    /// Of each percentage the upper end.
    percent_high: float;
    /// Of each percentage the unit: `%`, `pp`, `‰`.
    percent_unit: column;
    /// Of each percentage the indicator, empty when unknown.
    percent_indicator: column;
    /// Of each date in the text the first day, counted from 1970; dates that lie on no calendar are left out.
    date_begin: integer;
    /// Of each date in the text the last day.
    date_end: integer;
    /// Title as it is.
    title: stored;
    /// Lead as it is.
    lead: stored;
    /// Body as it is.
    body: stored;
    /// The rest of the record, as JSON.
    rest: stored;
}

/// One exact term, also a column.
fn key(builder: &mut Builder, name: &str) -> Field {
    builder.add_text_field(name, STRING | FAST)
}

/// A name, found by its folded form; the column holds it as it is.
fn name(builder: &mut Builder, name: &str) -> Field {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(tokenizer::NAME)
        .set_fieldnorms(false)
        .set_index_option(IndexRecordOption::Basic);
    builder.add_text_field(name, TextOptions::default().set_indexing_options(indexing).set_fast("raw"))
}

fn column(builder: &mut Builder, name: &str) -> Field {
    builder.add_text_field(name, TextOptions::default().set_fast("raw"))
}

fn stored(builder: &mut Builder, name: &str) -> Field {
    builder.add_text_field(name, STORED)
}

fn integer(builder: &mut Builder, name: &str) -> Field {
    builder.add_i64_field(name, NumericOptions::default().set_fast())
}

fn float(builder: &mut Builder, name: &str) -> Field {
    builder.add_f64_field(name, NumericOptions::default().set_fast())
}

fn day(builder: &mut Builder, name: &str) -> Field {
    builder.add_date_field(name, DateOptions::from(INDEXED).set_fast())
}

fn positions(builder: &mut Builder, name: &str) -> Field {
    text(builder, name, tokenizer::TERMS, IndexRecordOption::WithFreqsAndPositions)
}

fn pairs(builder: &mut Builder, name: &str) -> Field {
    text(builder, name, tokenizer::PAIRS, IndexRecordOption::WithFreqs)
}

fn text(builder: &mut Builder, name: &str, tokenizer: &str, option: IndexRecordOption) -> Field {
    let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(option);
    builder.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
}
