//! Prints every mention of the texts named on the command line, or of a sentence: `cargo run --example extract_text FILE…`.

#![allow(clippy::print_stdout)]

use baotinh::article::Article;
use baotinh::{extract, text};

const SENTENCE: &str = "Theo Nghị quyết số 07/2023/NQ-HĐND ngày 12/7/2023 của HĐND tỉnh, tỷ lệ hộ nghèo còn 0,34%.";

fn main() -> std::io::Result<()> {
    let files: Vec<String> = std::env::args().skip(1).collect();
    let texts: Vec<String> = if files.is_empty() {
        vec![SENTENCE.into()]
    } else {
        files.iter().map(std::fs::read_to_string).collect::<Result<_, _>>()?
    };
    for said in texts {
        let article = Article {
            body: text::normalize(&said).into_owned(),
            province: Some("Quảng Ninh".into()),
            ..Article::default()
        };
        for mention in extract::extract(&article) {
            println!("{}\t{}\t{}\t{}", mention.start, mention.end, mention.value(), mention.text);
        }
    }
    Ok(())
}
