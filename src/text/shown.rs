//! Text of others made safe to print: a title or an address may hold what moves a terminal's cursor or turns its writing.
//!
//! Invariant: what is returned holds no control character and no character that reorders or breaks lines.

use std::borrow::Cow;

/// Writes what a terminal would obey as escapes: `\u{1b}` for ESC, `\u{202e}` for a right-to-left override.
pub fn shown(text: &str) -> Cow<'_, str> {
    escaped(text, is_obeyed, |c| c.escape_unicode().to_string())
}

/// Does the same for a message of the program, which may have several lines and tabs.
pub fn shown_message(text: &str) -> Cow<'_, str> {
    escaped(text, |c| is_obeyed(c) && !matches!(c, '\n' | '\t'), |c| c.escape_unicode().to_string())
}

/// Does the same for JSON, which stays JSON of the same value; line feeds between values stay.
pub fn shown_json(json: &str) -> Cow<'_, str> {
    let escape = |c: char| c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect();
    escaped(json, |c| is_obeyed(c) && c != '\n', escape)
}

/// Says whether a terminal or an editor obeys a character instead of showing it.
fn is_obeyed(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}')
        || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn escaped(text: &str, is: impl Fn(char) -> bool, escape: impl Fn(char) -> String) -> Cow<'_, str> {
    if !text.contains(&is) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is(c) { out.push_str(&escape(c)) } else { out.push(c) }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_shown_and_the_rest_stays() {
        for (text, printed) in [
            ("Nghị quyết số 12", "Nghị quyết số 12"),
            ("\u{1b}]0;x\u{7}a\u{9b}31m", "\\u{1b}]0;x\\u{7}a\\u{9b}31m"),
            ("a\u{202e}cod.exe\r\n", "a\\u{202e}cod.exe\\u{d}\\u{a}"),
        ] {
            assert_eq!(shown(text), printed);
        }
        assert_eq!(shown_message("hai\n\tdòng\u{1b}"), "hai\n\tdòng\\u{1b}");
    }

    #[test]
    fn json_keeps_its_value() {
        let value = "\u{1b}[2J\u{9b}\u{202e}\u{e0041}đ";
        let json = serde_json::to_string(value).expect("JSON");
        let safe = shown_json(&json);
        assert!(!safe.contains(is_obeyed), "{safe}");
        assert_eq!(serde_json::from_str::<String>(&safe).expect("JSON"), value);
    }
}
