//! Any bytes are an article or a refusal that is said, and its text is extracted from.

#![no_main]

use baotinh::article::Page;
use baotinh::{extract, parse};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let article = parse::parse(&Page { bytes: bytes.to_vec(), ..Page::default() });
    extract::extract(&article);
});
