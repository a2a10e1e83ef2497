//! Any text gives mentions that lie on it, in order.

#![no_main]

use baotinh::{extract, text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|said: &str| {
    let body = text::normalize(said);
    let points = text::CodePoints::new(&body);
    for mention in extract::text(&body, None, Some("Quảng Ninh")) {
        assert_eq!(points.slice(mention.start, mention.end), Some(mention.text.as_str()));
        assert!(mention.sentence_start <= mention.start && mention.end <= mention.sentence_end);
    }
});
