//! Vietnamese fonts of before Unicode: TCVN3 (`.VnTime`), VNI (`VNI-Times`) and VPS, whose letters are others' code points.
//!
//! Invariant: a text is converted only when that makes Vietnamese syllables of nearly all its strange words; a piece with a
//! true Vietnamese letter in it is left as it is. Letters after TCVN 5712:1993 and the tables of the fonts' makers.

use super::syllable::is_syllable;
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// Names a font coding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    /// TCVN3, also called ABC: fonts whose names begin with `.Vn`.
    Tcvn3,
    /// VNI for Windows: a letter and a second code point that holds its marks.
    Vni,
    /// VPS.
    Vps,
}

impl Coding {
    /// Returns the usual name.
    pub fn name(self) -> &'static str {
        match self {
            Coding::Tcvn3 => "TCVN3",
            Coding::Vni => "VNI",
            Coding::Vps => "VPS",
        }
    }
}

/// Letters of TCVN3 from byte A1 on; `_` is none.
const TCVN3: &str =
    concat!("ĂÂÊÔƠƯĐăâêôơưđẰ_____àảãáạẲằẳẵắẴẮ", "ẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔ", "ỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ",);
/// Letters of VPS from byte 80 on; `_` is none.
const VPS: &str = concat!(
    "ÀẢÃẤẦẨọỗĂếềểệẮẰẲẾ__ỀỂỄỐỒỔ_ýỷỵỚỜỞ",
    "_ắằẳẵặỠớÙờởỡŨỨợỪổỬỲỸÍÌộỈĨÓửữÒỎÕự",
    "ầÁÂấẩẫậđẻÉÊẹỉễịỹƯỦồốÔỏơÈừứÚũưÝẺ_",
    "àáâãảạă_èéêẽìí_ĩẴĐòóôõ_Ơụùúủ_ỶẼỳ",
);
/// Second code points of VNI and the marks they stand for, in the order of composition: shape of the vowel, tone.
const VNI_MARKS: &[(char, &str)] = &[
    ('ù', "\u{301}"),
    ('ø', "\u{300}"),
    ('û', "\u{309}"),
    ('õ', "\u{303}"),
    ('ï', "\u{323}"),
    ('â', "\u{302}"),
    ('á', "\u{302}\u{301}"),
    ('à', "\u{302}\u{300}"),
    ('å', "\u{302}\u{309}"),
    ('ã', "\u{302}\u{303}"),
    ('ä', "\u{302}\u{323}"),
    ('ê', "\u{306}"),
    ('é', "\u{306}\u{301}"),
    ('è', "\u{306}\u{300}"),
    ('ú', "\u{306}\u{309}"),
    ('ü', "\u{306}\u{303}"),
    ('ë', "\u{306}\u{323}"),
];
/// Single code points of VNI.
const VNI_LETTERS: &[(char, char)] =
    &[('ñ', 'đ'), ('ô', 'ơ'), ('ö', 'ư'), ('í', 'í'), ('ì', 'ì'), ('æ', 'ỉ'), ('ó', 'ĩ'), ('ò', 'ị'), ('î', 'ỵ')];

/// Fewest code points beyond ASCII of a text that is looked at, and words of its sample.
const FEW: usize = 20;
const SAMPLE: usize = 400;

/// Converts the text of a page, or plain text; nothing when it is not in a font coding.
pub fn convert(markup: &str) -> Option<(String, Coding)> {
    let coding = detect(markup)?;
    let mut converted = String::with_capacity(markup.len() + markup.len() / 4);
    for (piece, is_text) in pieces(markup) {
        let said = is_text && !piece.is_ascii() && !piece.chars().any(is_vietnamese);
        converted.push_str(&if said { letters(piece, coding) } else { Cow::Borrowed(piece) });
    }
    Some((converted, coding))
}

/// Names the coding that makes Vietnamese of a text.
fn detect(markup: &str) -> Option<Coding> {
    // One pass over the bytes: true Vietnamese letters begin with E1, those that the fonts borrow with C2 or C3.
    let count = |bytes: [u8; 2]| markup.bytes().filter(|byte| bytes.contains(byte)).count();
    let private = || markup.bytes().filter(|byte| *byte == 0xef).count();
    let (honest, borrowed) = (count([0xe1, 0xe1]), count([0xc2, 0xc3]) + private());
    if borrowed < FEW || honest * 2 > borrowed {
        return None;
    }
    let texts = pieces(markup).filter(|(piece, is_text)| *is_text && !piece.chars().any(is_vietnamese));
    let words = texts.flat_map(|(piece, _)| piece.split(|c: char| c.is_whitespace() || c.is_ascii_punctuation()));
    // Signs that stand alone, `©` and `»`, tell nothing.
    let spelt =
        |word: &&str| !word.is_ascii() && word.len() < 40 && word.bytes().any(|byte| byte.is_ascii_alphabetic());
    let strange: Vec<&str> = words.filter(spelt).take(SAMPLE).collect();
    let share = |coding: Option<Coding>| {
        let reads = |word: &&&str| match coding {
            Some(coding) => is_syllable(trim(&letters(word, coding))),
            None => is_syllable(trim(word)),
        };
        strange.iter().filter(reads).count() as f64 / strange.len().max(1) as f64
    };
    if strange.len() < FEW / 2 || share(None) > 0.5 {
        return None;
    }
    let best = [Coding::Tcvn3, Coding::Vni, Coding::Vps].map(|coding| (coding, share(Some(coding))));
    best.into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, share)| *share > 0.8).map(|(coding, _)| coding)
}

fn trim(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphabetic())
}

fn is_vietnamese(c: char) -> bool {
    matches!(c, 'ă' | 'đ' | 'ơ' | 'ư' | 'Ă' | 'Đ' | 'Ơ' | 'Ư' | '\u{1ea0}'..='\u{1ef9}')
}

/// Splits markup into tags and text; scripts and styles are no text, the contents of `meta` elements are.
fn pieces(markup: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut rest = markup;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let lower = |front: &str| {
            rest.len() >= front.len() && rest.as_bytes()[..front.len()].eq_ignore_ascii_case(front.as_bytes())
        };
        let end = if lower("<script") {
            rest.find("</").map_or(rest.len(), |end| end + 2)
        } else if lower("<style") {
            rest.find("</").map_or(rest.len(), |end| end + 2)
        } else if rest.starts_with('<') {
            rest.find('>').map_or(rest.len(), |end| end + 1)
        } else {
            rest.find('<').unwrap_or(rest.len())
        };
        let is_text = !rest.starts_with('<') || lower("<meta");
        let (piece, after) = rest.split_at(end.max(1).min(rest.len()));
        rest = after;
        Some((piece, is_text))
    })
}

/// Converts letter by letter.
fn letters(text: &str, coding: Coding) -> Cow<'_, str> {
    match coding {
        Coding::Tcvn3 => Cow::Owned(text.chars().map(|c| single(c, TCVN3, 0xa1)).collect()),
        Coding::Vps => Cow::Owned(text.chars().map(|c| single(c, VPS, 0x80)).collect()),
        Coding::Vni => Cow::Owned(vni(text)),
    }
}

/// Converts a letter of a coding of single bytes; `first` is the byte of the table's first letter.
fn single(c: char, table: &str, first: usize) -> char {
    let letter =
        byte_of(c).and_then(|byte| usize::from(byte).checked_sub(first)).and_then(|nth| table.chars().nth(nth));
    letter.filter(|letter| *letter != '_').unwrap_or(c)
}

/// Returns the byte that was read as a code point: as windows-1252, or into the private use area as user-defined.
fn byte_of(c: char) -> Option<u8> {
    match u32::from(c) {
        code @ 0x80..=0xff => u8::try_from(code).ok(),
        code @ 0xf780..=0xf7ff => u8::try_from(code - 0xf700).ok(),
        code if code < 0x80 => None,
        _ => {
            let mut buffer = [0; 4];
            match encoding_rs::WINDOWS_1252.encode(c.encode_utf8(&mut buffer)) {
                (bytes, _, false) => bytes.first().copied(),
                _ => None,
            }
        }
    }
}

fn vni(text: &str) -> String {
    let mut converted = String::with_capacity(text.len());
    let mut letters = text.chars().map(|c| byte_of(c).map_or(c, char::from)).peekable();
    while let Some(c) = letters.next() {
        let small = c.to_lowercase().next().unwrap_or(c);
        let single = VNI_LETTERS.iter().find(|(code, _)| *code == small).map_or(small, |&(_, letter)| letter);
        let single = if c.is_uppercase() { single.to_uppercase().next().unwrap_or(single) } else { single };
        let mark = letters.peek().and_then(|next| next.to_lowercase().next());
        let marks = mark.and_then(|mark| VNI_MARKS.iter().find(|(code, _)| *code == mark)).map(|&(_, marks)| marks);
        let base = single.to_lowercase().next().unwrap_or(single);
        let shaped = marks.filter(|marks| match base {
            'a' => true,
            'e' | 'o' => !marks.starts_with('\u{306}'),
            'u' | 'y' | 'ơ' | 'ư' => !marks.starts_with(['\u{302}', '\u{306}']),
            _ => false,
        });
        match shaped {
            Some(marks) => {
                letters.next();
                converted.extend(std::iter::once(single).chain(marks.chars()).nfc());
            }
            None => converted.push(single),
        }
    }
    converted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codings_of_fonts_become_letters() {
        let line = "Hội đồng nhân dân tỉnh họp kỳ thứ tám, tỷ lệ hộ nghèo giảm 2,5% mỗi năm; đất rừng, biển, giống cây và những đêm dài.";
        for (coded, coding) in [
            (
                "Héi ®ång nh©n d©n tØnh häp kú thø t¸m, tû lÖ hé nghÌo gi¶m 2,5% mçi n¨m; ®Êt rõng, biÓn, gièng c©y vµ nh÷ng ®ªm dµi.",
                Coding::Tcvn3,
            ),
            (
                "Hoäi ñoàng nhaân daân tænh hoïp kyø thöù taùm, tyû leä hoä ngheøo giaûm 2,5% moãi naêm; ñaát röøng, bieån, gioáng caây vaø nhöõng ñeâm daøi.",
                Coding::Vni,
            ),
        ] {
            let page = format!("<p title='x'>{coded}</p><script>var a = '©®';</script>");
            let (converted, found) = convert(&page).expect("a font coding");
            assert_eq!((converted, found), (format!("<p title='x'>{line}</p><script>var a = '©®';</script>"), coding));
        }
        let vps: String = line
            .chars()
            .map(|c| {
                VPS.chars()
                    .position(|letter| letter == c)
                    .map_or(c, |nth| char::from(0x80 + u8::try_from(nth).unwrap_or(0)))
            })
            .collect();
        assert_eq!(convert(&vps), Some((line.to_string(), Coding::Vps)));
    }

    #[test]
    fn unicode_and_foreign_text_stays() {
        for text in [
            "Hội đồng nhân dân xã đã họp và thông qua nghị quyết về học phí, à, á, ã, é, ê, ô, ú, í, ó, ò, ù, ý, â, ô, ê",
            "Né à Orléans, l'élève a été reçu à l'école où étaient déjà ses frères aînés; après l'été, très fatigué, il s'arrêta.",
            "© 2024 ® ™ « » · ° ± µ ¶ © ® © ® © ® © ® © ® © ®",
        ] {
            assert_eq!(convert(text), None, "{text}");
        }
    }
}
