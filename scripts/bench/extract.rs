//! Speed of extraction, text to mentions on one core, beside two limits in the same run.
//!
//! `cargo bench --bench extract` measures on `BAOTINH_BENCH` (a JSONL file, compressed or not, of articles with `body`), or on
//! the sample corpus repeated when it is not set. Compare the rows with each other: machines are shared and noisy.

use baotinh::article::{Article, Origin};
use baotinh::{corpus::file, extract, parse};
use divan::{Bencher, black_box, counter::BytesCount};
use regex::Regex;
use std::io::BufRead;
use std::path::Path;
use std::sync::LazyLock;

/// Bytes of body text that are measured on.
const ENOUGH: usize = 20 << 20;

static ARTICLES: LazyLock<Vec<Article>> = LazyLock::new(|| {
    let path = std::env::var("BAOTINH_BENCH")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/bench/articles.jsonl").to_string());
    let reader = file::open(Path::new(&path)).expect("BAOTINH_BENCH names a JSONL file");
    let given: Vec<Article> = reader
        .lines()
        .map(|line| {
            parse::given(line.expect("a line").as_bytes(), Origin::default(), &parse::Options::default())
                .expect("an article")
        })
        .collect();
    let mut bytes = 0;
    // Every n-th article, so that all of a large file is seen.
    let every = (given.iter().map(|article| article.body.len()).sum::<usize>() / ENOUGH).max(1);
    given
        .iter()
        .step_by(every)
        .cycle()
        .take_while(|article| {
            bytes += article.body.len();
            bytes < ENOUGH
        })
        .cloned()
        .collect()
});

/// The allocator of the program.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

fn total() -> BytesCount {
    BytesCount::new(ARTICLES.iter().map(|article| article.body.len()).sum::<usize>())
}

#[divan::bench(sample_count = 10)]
fn text_to_mentions(bencher: Bencher<'_, '_>) {
    bencher
        .counter(total())
        .bench(|| ARTICLES.iter().map(|article| extract::extract(black_box(article)).len()).sum::<usize>());
}

/// The limit to approach: one bare pass of a digit-finding regex over the same bytes.
#[divan::bench(sample_count = 10)]
fn bare_digit_regex(bencher: Bencher<'_, '_>) {
    let digits = Regex::new("[0-9]+").expect("a pattern");
    bencher
        .counter(total())
        .bench(|| ARTICLES.iter().map(|article| digits.find_iter(black_box(&article.body)).count()).sum::<usize>());
}

/// The pass over the text that finds where rules may start.
#[divan::bench(sample_count = 10)]
fn scan(bencher: Bencher<'_, '_>) {
    bencher
        .counter(total())
        .bench(|| ARTICLES.iter().map(|article| extract::scan::scan(black_box(&article.body)).len()).sum::<usize>());
}

/// Sentence borders, which every mention carries.
#[divan::bench(sample_count = 10)]
fn sentences(bencher: Bencher<'_, '_>) {
    bencher.counter(total()).bench(|| {
        ARTICLES.iter().map(|article| baotinh::text::sentences(black_box(&article.body)).len()).sum::<usize>()
    });
}
