//! One sentence as its tokens, and how to walk from a figure to the words that govern it.
//!
//! Every walk is bounded ([`WINDOW`] tokens), so that a body of nothing but figures stays linear.

use crate::extract::lexicon::*;
use crate::mention::Bound;
use std::ops::Range;

/// Tokens that a walk may see on either side of a figure.
pub const WINDOW: usize = 48;

/// Holds the tokens of one sentence.
#[derive(Debug, Default)]
pub struct Sentence<'a> {
    /// The body.
    pub text: &'a str,
    /// Byte range of the sentence.
    pub range: Range<usize>,
    /// Words, signs and numbers that play a part, in order.
    pub tokens: Vec<Token>,
}

impl<'a> Sentence<'a> {
    /// Reads another sentence into the same memory.
    pub fn read(&mut self, text: &'a str, sentence: Range<usize>) {
        self.tokens.clear();
        tag(text, sentence.clone(), &mut self.tokens);
        self.text = text;
        self.range = sentence;
    }

    /// Returns how many tokens end at or before a byte offset.
    pub fn before(&self, at: usize) -> usize {
        self.tokens.partition_point(|token| token.end <= at)
    }

    /// Returns the token `count - 1` when nothing but blanks parts it from `at`.
    pub fn left(&self, count: usize, at: usize) -> Option<Token> {
        let token = *self.tokens.get(count.checked_sub(1)?)?;
        (token.end <= at && self.is_blank(token.end, at)).then_some(token)
    }

    /// Returns the token `index` when nothing but blanks parts `at` from it.
    pub fn right(&self, index: usize, at: usize) -> Option<Token> {
        let token = *self.tokens.get(index)?;
        (at <= token.start && self.is_blank(at, token.start)).then_some(token)
    }

    /// Returns the words of a token.
    pub fn word(&self, token: &Token) -> &'a str {
        &self.text[token.start..token.end]
    }

    /// Says whether a part of the text holds no word: blanks, quotes and marks of emphasis.
    pub fn is_blank(&self, from: usize, to: usize) -> bool {
        self.text.get(from..to).is_some_and(|part| part.chars().all(is_blank))
    }

    /// Returns the index of the bracket that opens what the closing bracket `index` closes.
    pub fn opening(&self, index: usize) -> Option<usize> {
        let mut depth = 0;
        for at in (index.saturating_sub(WINDOW)..=index).rev() {
            depth += i32::from(self.tokens[at].is(CLOSE)) - i32::from(self.tokens[at].is(OPEN));
            if depth == 0 {
                return Some(at);
            }
        }
        None
    }
}

/// Says whether a character parts words without meaning anything here.
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '"' | '“' | '”' | '\'' | '‘' | '’' | '*')
}

/// Words that say how exact a figure is.
const BOUNDS: Roles = ABOUT.or(OVER).or(UNDER).or(AT_LEAST).or(AT_MOST);
/// Verbs whose figure is told apart from another verb before it.
const STRONG: Roles = RISE.or(FALL).or(EXCEED).or(SHARE);
/// Verbs that may lean on a stronger one: `giảm còn`, `đạt được`.
const WEAK: Roles = REACH.or(IS).or(HAVE);
/// Words without weight between subject, verb and figure.
pub const FILLERS: Roles = AUX.or(ADVERB);

/// Holds what the words right before a figure say about it.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// How exact the figure is.
    pub bound: Bound,
    /// The verb that governs the figure, when nothing but such words parts them.
    pub verb: Option<Token>,
    /// Says that the figure is where a change ends: `xuống`, `lên`.
    pub to: bool,
    /// Says that the figure is where a change or range starts: `từ`.
    pub from: bool,
    /// Says that `đến` stands before the figure.
    pub until: bool,
    /// Says that a bracket opens before the figure and its words.
    pub bracketed: bool,
    /// Says that the figure follows another in a list.
    pub listed: bool,
    /// First byte of these words.
    pub start: usize,
    /// Tokens left of `start`.
    pub before: usize,
}

impl Reading {
    /// Says whether the governing verb may play any of some parts.
    pub fn verb_is(&self, tags: Roles) -> bool {
        self.verb.is_some_and(|verb| verb.is(tags))
    }
}

/// Reads the words right before a figure, from right to left.
pub fn govern(clause: &Sentence<'_>, figure: &Range<usize>) -> Reading {
    // `(+1,47%)`: the sign is no word between bracket and figure.
    let signed = clause.text[clause.range.start..figure.start].trim_end_matches(['+', '-', '−', '–']);
    let start = if signed.is_empty() || signed.ends_with([' ', '(', '*']) {
        clause.range.start + signed.len()
    } else {
        figure.start
    };
    let before = clause.before(start);
    let mut reading = Reading { start, before, ..Reading::default() };
    reading.bound = sign(&clause.text[..figure.start]);
    let mut to = None;
    for _ in 0..WINDOW {
        let Some(token) = clause.left(reading.before, reading.start) else { break };
        let leaning = reading.verb.is_some();
        if leaning && !token.is(STRONG.or(REACH).or(FILLERS)) {
            break;
        }
        if token.is(STRONG) || (leaning && token.is(REACH)) {
            // `mức giảm chỉ còn 0,3%` is how much, `giảm còn 0,3%` where it ends.
            let noun = ["mức", "tốc độ", "đà"].iter().any(|noun| clause.word(&token).to_lowercase().starts_with(noun));
            reading.to |= !noun && reading.verb.is_some_and(|verb| clause.word(&verb).ends_with("còn"));
            // `tăng lên 66%`, `giảm xuống mức 5%`: where the change ends; `cứ tăng lên 1%`, `tăng lên 7% so với năm 2019`: how much.
            let step = clause
                .left(reading.before - 1, token.start)
                .is_some_and(|each| clause.word(&each).to_lowercase() == "cứ");
            let rest = clause.text[figure.end..clause.range.end.max(figure.end)].trim_start();
            let by = rest.starts_with("so với") && !rest.starts_with("so với mức");
            let word = clause.word(&token).to_lowercase();
            reading.to |= !step && !by && ["giảm xuống", "tăng lên"].contains(&word.as_str());
            reading.verb = Some(token);
            reading.take(token);
            break;
        } else if token.is(BOUNDS) && !leaning && !(token.is(PREPOSITION) && reading.bound != Bound::Exact) {
            // `cao hơn mức 1,8% của nửa đầu năm`: what is compared to is exact.
            let compared = ["cao hơn mức", "thấp hơn mức"].contains(&clause.word(&token));
            if !compared && (reading.bound == Bound::Exact || token.is(AT_LEAST.or(AT_MOST))) {
                reading.bound = bound(token.roles);
            }
            if token.is(IS) {
                reading.verb = Some(token);
            }
        } else if token.is(TO) && !leaning {
            reading.to = true;
            to = Some(token);
        } else if token.is(WEAK) && !leaning {
            // `tỷ lệ đóng góp 20%`: a noun.
            if clause.word(&token).starts_with("đóng góp")
                && clause.left(reading.before - 1, token.start).is_some_and(|noun| noun.is(LEVEL.or(RATE)))
            {
                break;
            }
            reading.verb = Some(token);
        } else if token.is(FROM.or(UNTIL)) && !leaning {
            reading.from |= token.is(FROM);
            reading.until |= token.is(UNTIL);
        } else if token.is(LEVEL) {
            let carried = clause.left(reading.before - 1, token.start);
            if !carried.is_some_and(|verb| verb.is(STRONG.or(WEAK).or(TO).or(FROM).or(BOUNDS).or(FILLERS))) {
                break;
            }
        } else if token.is(OPEN) {
            reading.bracketed = true;
            reading.take(token);
            break;
        } else if token.is(COMMA.or(CONJUNCTION).or(SEMICOLON)) {
            reading.listed = clause.left(reading.before - 1, token.start).is_some_and(|other| other.is(FIGURE));
            break;
        } else if !token.is(FILLERS) {
            break;
        } else if clause.word(&token) == "về" {
            // `giảm về dưới 8%`: where the change ends.
            reading.to = true;
        }
        reading.take(token);
    }
    // `giảm giá lên đến 60%` says how much, not where it ends.
    if reading.verb_is(FALL) && to.is_some_and(|to| clause.word(&to).starts_with("lên")) {
        reading.to = false;
    }
    reading.verb = reading.verb.or(to);
    if reading.verb.is_some() && !reading.bracketed {
        reading.bracketed = clause.left(reading.before, reading.start).is_some_and(|token| token.is(OPEN));
    }
    if let Some(bound) = limit(&clause.text[figure.end..clause.range.end.max(figure.end)], reading.from) {
        reading.bound = bound;
    }
    reading
}

impl Reading {
    fn take(&mut self, token: Token) {
        self.start = token.start;
        self.before -= 1;
    }
}

fn bound(tags: Roles) -> Bound {
    match tags {
        tags if tags.any(AT_LEAST) => Bound::AtLeast,
        tags if tags.any(AT_MOST) => Bound::AtMost,
        tags if tags.any(ABOUT) => Bound::About,
        tags if tags.any(UNDER) => Bound::Under,
        _ => Bound::Over,
    }
}

/// Bytes of a noun between a figure and the words that make it a limit.
const NOUN: usize = 90;

/// Reads `trở lên`, `trở xuống` after a figure, after `từ` also behind a noun: `từ 20% quyền biểu quyết trở lên`.
fn limit(after: &str, from: bool) -> Option<Bound> {
    let rest = after.trim_start_matches("/năm").trim_start_matches(' ');
    let near = &rest[..rest.find([',', ';', '.', '(', '%', '\n']).unwrap_or(rest.len())];
    let (words, bound) = [("trở lên", Bound::AtLeast), ("trở xuống", Bound::AtMost), ("trở lại", Bound::AtMost)]
        .into_iter()
        .find(|(words, _)| near.contains(words))?;
    let at = near.find(words)?;
    (at == 0 || from && at <= NOUN && words != "trở lại").then_some(bound)
}

/// Reads a sign right before a figure: `>5%`, `≤ 3%`, `~10%`.
fn sign(before: &str) -> Bound {
    match before.trim_end_matches(' ').chars().next_back() {
        Some('>') => Bound::Over,
        Some('<') => Bound::Under,
        Some('≥') => Bound::AtLeast,
        Some('≤') => Bound::AtMost,
        Some('~' | '≈') => Bound::About,
        _ => Bound::Exact,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Reading {
        let mut clause = Sentence::default();
        clause.read(text, 0..text.len());
        let end = text.find('%').map_or(text.len(), |at| at + 1);
        let start = text[..end - 1].rfind(|c: char| !c.is_ascii_digit() && c != ',').map_or(0, |at| at + 1);
        govern(&clause, &(start..end))
    }

    #[test]
    fn bounds_are_read_from_the_words_before_and_after() {
        for (text, bound) in [
            ("đạt 5%", Bound::Exact),
            ("chiếm khoảng 5%", Bound::About),
            ("giảm gần 26%", Bound::About),
            ("đạt trên 70%", Bound::Over),
            ("tăng hơn 5%", Bound::Over),
            ("cao hơn 5%", Bound::Exact),
            ("cao hơn mức 5%", Bound::Exact),
            ("vượt quá 5%", Bound::Over),
            ("còn dưới 5%", Bound::Under),
            ("chưa đến 5%", Bound::Under),
            ("cao hơn ít nhất 7%", Bound::AtLeast),
            ("từ 5% trở lên", Bound::AtLeast),
            ("nắm từ 20% quyền biểu quyết trở lên", Bound::AtLeast),
            ("giảm từ 20% số hộ, trở lên", Bound::Exact),
            ("tối đa không quá 50%", Bound::AtMost),
            ("không vượt quá 3%", Bound::AtMost),
            ("≥ 5%", Bound::AtLeast),
        ] {
            assert_eq!(read(text).bound, bound, "{text}");
        }
    }

    #[test]
    fn the_verb_is_found_over_light_words() {
        for (text, tags, to) in [
            ("giá đã tăng thêm khoảng 5%", RISE, false),
            ("tỷ lệ giảm còn 5%", FALL, true),
            ("giảm mạnh xuống mức 5%", FALL, true),
            ("lãi suất đã giảm về dưới 5%", FALL, true),
            ("kết quả đạt được trên 5%", REACH, false),
            ("chỉ chiếm tới 5%", SHARE, false),
            ("nợ công sẽ tăng lên mức 5%", RISE, true),
            ("giá tăng mức 5%", RISE, false),
            ("tỷ lệ này giảm xuống 5%", FALL, true),
            ("cứ tăng lên 5%", RISE, false),
            ("dung tích tăng lên 5% so với năm trước", RISE, false),
            ("VN-Index tăng 4 điểm (tăng +5%)", RISE, false),
        ] {
            let reading = read(text);
            assert!(reading.verb_is(tags), "{text}");
            assert_eq!(reading.to, to, "{text}");
        }
    }
}
