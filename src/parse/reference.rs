//! Character references: `&aacute;`, `&#225;`, `&amp` to letters, in text and in values of attributes.
//!
//! Invariant: html5ever's tokenizer decides, so that what counts as a reference is what browsers take for one.

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::{RawData, Rcdata};
use html5ever::tokenizer::{BufferQueue, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use regex::{Captures, Regex};
use std::borrow::Cow;
use std::cell::RefCell;
use std::sync::LazyLock;

/// Decodes the references in a piece of text.
pub fn in_text(text: &str) -> StrTendril {
    let state = Some(RawData(Rcdata));
    let options = TokenizerOpts { initial_state: state, discard_bom: false, ..TokenizerOpts::default() };
    if text.contains('\0') { read(&text.replace('\0', ""), options) } else { read(text, options) }
}

/// Decodes the references in the value of an attribute, where `&copy=1` is none.
pub fn in_value(value: &str) -> StrTendril {
    let tag = format!("<a b=\"{}\">", value.replace('"', "&quot;"));
    read(&tag, TokenizerOpts { discard_bom: false, ..TokenizerOpts::default() })
}

/// A reference with its closing sign, as systems leave them that encode a text twice.
static CLOSED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"&(?:#\d{2,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z][A-Za-z0-9]{1,30});").ok());

/// Decodes the references that are left in a text which was decoded once: `T&#7881;nh`, `&quot;chè&quot;`.
pub fn again(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    // Twice at most: some systems encode once for each of their layers.
    for _ in 0..2 {
        let Some(closed) = CLOSED.as_ref().filter(|closed| text.contains('&') && closed.is_match(&text)) else { break };
        let decoded = closed.replace_all(&text, |found: &Captures<'_>| in_text(&found[0]).to_string()).into_owned();
        if decoded == *text {
            break;
        }
        text = Cow::Owned(decoded);
    }
    text
}

fn read(markup: &str, options: TokenizerOpts) -> StrTendril {
    let tokenizer = Tokenizer::new(Said::default(), options);
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(markup));
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    tokenizer.sink.0.into_inner()
}

/// Collects characters, and the value of the first attribute of a tag.
#[derive(Default)]
struct Said(RefCell<StrTendril>);

impl TokenSink for Said {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut said = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) => said.push_tendril(&text),
            Token::TagToken(tag) => {
                tag.attrs.first().into_iter().for_each(|attribute| said.push_tendril(&attribute.value))
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_become_letters() {
        for (text, letters) in [
            ("t&#7881; l&ecirc;", "tỉ lê"),
            ("a &lt b &amp;amp; c &unknown; &", "a < b &amp; c &unknown; &"),
            ("&notit; \u{feff}\r\n</title>", "¬it; \u{feff}\n</title>"),
        ] {
            assert_eq!(&*in_text(text), letters);
        }
        for (text, letters) in
            [("T&#7881;nh &amp;quot;ch&egrave;&amp;quot;", "Tỉnh \"chè\""), ("AT&T; R&D và Q&A", "AT&T; R&D và Q&A")]
        {
            assert_eq!(again(text), letters);
        }
        assert_eq!(&*in_value("?a=1&copy=2&amp;b=\"&quot;'&lt"), "?a=1&copy=2&b=\"\"'<");
    }
}
