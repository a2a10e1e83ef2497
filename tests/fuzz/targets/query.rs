//! Any query is refused at a character of it, or its canonical text reads back as the same query.

#![no_main]

use baotinh::search::parse;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(query) = parse(text, true) {
        let canonical = query.to_string();
        assert_eq!(parse(&canonical, true).map(|query| query.to_string()), Ok(canonical));
    }
});
