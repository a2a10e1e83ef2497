//! Bytes to text: byte order mark, header, meta element, then the bytes themselves.
//!
//! Invariant: a declaration that the bytes contradict is not followed, and what was done instead is said in a warning.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use flate2::read::MultiGzDecoder;
use std::borrow::Cow;
use std::io::Read;

/// Largest page that is parsed, in bytes, before and after decompression.
pub const LARGEST: usize = 32 << 20;
/// Bytes in which a page declares its charset; browsers read 1,024, old pages put it later.
const HEAD: usize = 4096;
/// Letters encoded twice from which on a page is mended, and true Vietnamese letters from which on it is not.
const FEW: usize = 8;
/// Bytes by which text is told from binary data.
const BINARY_SAMPLE: usize = 1 << 16;

/// Decodes a page.
///
/// # Errors
/// Says why the page is refused: too large, or compressed bytes that cannot be read, no text at all.
pub fn decode<'a>(
    bytes: &'a [u8],
    content_type: Option<&str>,
    warnings: &mut Vec<String>,
) -> Result<Cow<'a, str>, String> {
    if bytes.starts_with(&[0x1f, 0x8b]) {
        let mut whole = Vec::new();
        let read = MultiGzDecoder::new(bytes).take(LARGEST as u64 + 1).read_to_end(&mut whole);
        if whole.is_empty() && read.is_err() {
            return Err("the bytes are gzip and damaged".to_string());
        }
        let state =
            if read.is_err() { "damaged gzip, read as far as possible" } else { "gzip, saved as they were sent" };
        warnings.push(format!("the bytes were {state}"));
        refuse_large(&whole)?;
        return refuse_binary(Cow::Owned(mend(decode_plain(&whole, content_type, warnings), warnings).into_owned()));
    }
    refuse_large(bytes)?;
    refuse_binary(mend(decode_plain(bytes, content_type, warnings), warnings))
}

/// Mends a text that was encoded twice: UTF-8 that a system took for windows-1252 and encoded again (`Há»™i Ä‘á»“ng`).
///
/// Only letters that no honest page holds in numbers are touched, and none on a page with true Vietnamese letters.
fn mend<'a>(text: Cow<'a, str>, warnings: &mut Vec<String>) -> Cow<'a, str> {
    if memchr::memmem::find(text.as_bytes(), "á»".as_bytes())
        .or_else(|| memchr::memmem::find(text.as_bytes(), "â\u{80}".as_bytes()))
        .is_none()
    {
        return text;
    }
    let is_vietnamese = |c: char| matches!(c, '\u{1ea0}'..='\u{1ef9}' | 'đ' | 'ư' | 'ơ');
    if text.chars().filter(|&c| is_vietnamese(c)).take(FEW).count() == FEW {
        return text;
    }
    let (mut mended, mut run, mut letters) = (String::with_capacity(text.len()), Vec::new(), 0);
    let mut start = 0;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if let Some(byte) = byte_of(c).filter(|byte| !byte.is_ascii()) {
            start = if run.is_empty() { at } else { start };
            run.push(byte);
            continue;
        }
        if !run.is_empty() {
            match std::str::from_utf8(&run) {
                Ok(said) => {
                    letters += said.chars().count();
                    mended.push_str(said);
                }
                Err(_) => mended.push_str(&text[start..at]),
            }
            run.clear();
        }
        if at < text.len() {
            mended.push(c);
        }
    }
    if letters < FEW {
        return text;
    }
    warnings.push(format!("{letters} letters were encoded twice and were mended"));
    Cow::Owned(mended)
}

/// Returns the byte that was read as a letter: as windows-1252, or as ISO-8859-1 where that has a control.
fn byte_of(c: char) -> Option<u8> {
    if let Ok(byte) = u8::try_from(u32::from(c)) {
        return Some(byte);
    }
    let mut buffer = [0; 4];
    match encoding_rs::WINDOWS_1252.encode(c.encode_utf8(&mut buffer)) {
        (bytes, _, false) => bytes.first().copied(),
        _ => None,
    }
}

/// Refuses what is no text in any charset: pictures, archives, noise.
fn refuse_binary(text: Cow<'_, str>) -> Result<Cow<'_, str>, String> {
    let sample = &text.as_bytes()[..text.len().min(BINARY_SAMPLE)];
    let seen = count(sample, |byte| byte & 0xc0 != 0x80);
    let controls = count(sample, |byte| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r' | 0xc) || byte == 0x7f);
    if controls * 50 > seen {
        Err("binary data and no page; is it a picture or an archive?".to_string())
    } else {
        Ok(text)
    }
}

/// Counts the bytes of a kind; in pieces short enough for a count of one byte, so that many are looked at in one step.
fn count(bytes: &[u8], is: impl Fn(u8) -> bool) -> usize {
    bytes.chunks(128).map(|piece| usize::from(piece.iter().map(|&byte| u8::from(is(byte))).sum::<u8>())).sum()
}

fn refuse_large(bytes: &[u8]) -> Result<(), String> {
    if bytes.len() > LARGEST { Err(format!("larger than {} MiB", LARGEST >> 20)) } else { Ok(()) }
}

fn decode_plain<'a>(bytes: &'a [u8], content_type: Option<&str>, warnings: &mut Vec<String>) -> Cow<'a, str> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[length..]).0;
    }
    let declared = content_type.and_then(label).or_else(|| meta(bytes));
    // Bytes that are UTF-8 and not only ASCII are UTF-8 whatever is declared: chance does not make such bytes.
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        if let Some(other) = declared.filter(|&encoding| encoding != UTF_8 && !text.is_ascii()) {
            warnings.push(format!("declared as {}, but it is UTF-8", other.name()));
        }
        if !declared.is_some_and(|encoding| encoding == encoding_rs::ISO_2022_JP) {
            return Cow::Borrowed(text);
        }
    }
    if let Some(encoding) = declared.filter(|&encoding| encoding != UTF_8) {
        let (text, broken) = encoding.decode_without_bom_handling(bytes);
        if !broken {
            return text;
        }
    }
    // A few bad bytes in a UTF-8 page, as cut-off characters are, leave it UTF-8.
    let text = String::from_utf8_lossy(bytes);
    let bad = text.matches('\u{fffd}').count();
    let good = bytes.iter().filter(|&&byte| byte >= 0xc2).count();
    if bad * 20 <= good {
        warnings.push(format!("{bad} bytes are not UTF-8 and were replaced"));
        return text;
    }
    let guessed = guess(bytes);
    if let Some(wrong) = declared {
        warnings.push(format!("declared as {}, but it is not; read as {}", wrong.name(), guessed.name()));
    }
    guessed.decode_without_bom_handling(bytes).0
}

/// Tells the encoding of a file by its first bytes, and how many of them are a byte order mark.
///
/// UTF-8 with a few bad bytes is UTF-8: whoever reads the file names the places.
pub fn of_sample(sample: &[u8]) -> (&'static Encoding, usize) {
    if let Some(found) = Encoding::for_bom(sample) {
        return found;
    }
    if utf16_by_zeros(sample).is_none() {
        // Windows-1258 read as UTF-8 has hardly a letter that is whole.
        let (mut whole, mut bad) = (0, 0);
        for chunk in sample.utf8_chunks() {
            whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
            bad += usize::from(!chunk.invalid().is_empty());
        }
        if bad * 4 <= whole || bad == 0 {
            return (UTF_8, 0);
        }
    }
    (guess(sample), 0)
}

/// Guesses from the bytes; `.vn` makes windows-1258 likely.
fn guess(bytes: &[u8]) -> &'static Encoding {
    if let Some(encoding) = utf16_by_zeros(bytes) {
        return encoding;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(Some(b"vn"), Utf8Detection::Allow)
}

/// Knows UTF-16 by the zeros in every other byte of letters that ASCII has too.
fn utf16_by_zeros(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(512)];
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|&&byte| byte == 0).count();
    [(UTF_16LE, 1), (UTF_16BE, 0)].into_iter().find(|&(_, odd)| zeros(odd) * 3 > sample.len()).map(|(found, _)| found)
}

/// Reads the charset of a `Content-Type` value.
fn label(content_type: &str) -> Option<&'static Encoding> {
    let (_, after) =
        content_type.to_ascii_lowercase().split_once("charset=").map(|(a, b)| (a.to_string(), b.to_string()))?;
    let name = after.trim_start_matches(['"', '\'', ' ']);
    let end = name.find(['"', '\'', ' ', ';', '>', '/']).unwrap_or(name.len());
    Encoding::for_label(&name.as_bytes()[..end])
}

/// Reads the charset of a `meta` element or an XML declaration at the beginning of the page.
fn meta(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
    let encoding = head.split("<meta").skip(1).find_map(|tag| label(tag.split('>').next()?)).or_else(|| {
        let xml = head.trim_start().strip_prefix("<?xml")?.split("?>").next()?;
        label(&xml.replace("encoding=", "charset="))
    })?;
    // A page whose declaration can be read in ASCII is not UTF-16.
    Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::normalize;
    use std::io::Write;

    const TEXT: &str =
        "<p>Nghị quyết của Hội đồng nhân dân tỉnh về hỗ trợ học phí, được thông qua ở kỳ họp thường lệ giữa năm</p>";

    fn read(bytes: &[u8], content_type: Option<&str>) -> (String, Vec<String>) {
        let mut warnings = Vec::new();
        let text = decode(bytes, content_type, &mut warnings).expect("read");
        (normalize(&text).into_owned(), warnings)
    }

    #[test]
    fn what_was_encoded_twice_is_mended() {
        let honest = "Hội đồng nhân dân xã “Đồng Mây” đã họp và thông qua nghị quyết về học phí.";
        for wrong in [
            encoding_rs::WINDOWS_1252.decode_without_bom_handling(honest.as_bytes()).0.into_owned(),
            honest.bytes().map(char::from).collect(),
        ] {
            let mut warnings = Vec::new();
            let text = decode(wrong.as_bytes(), None, &mut warnings);
            assert_eq!((text.as_deref(), warnings.len()), (Ok(honest), 1));
        }
        let capitals = "“XÃ ĐÃ HỌP” – “ĐÃ” – HỌP VỀ NGHỊ QUYẾT HỘI ĐỒNG NHÂN DÂN, á» â\u{80}";
        for honest in [honest, capitals, "Ã© á» 12 naïve café"] {
            assert_eq!(decode(honest.as_bytes(), None, &mut Vec::new()).as_deref(), Ok(honest));
        }
    }

    #[test]
    fn binary_data_is_refused() {
        let noise: Vec<u8> = (0u32..40_000).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(decode(&noise, None, &mut Vec::new()).is_err());
        assert!(decode(b"", None, &mut Vec::new()).is_ok());
    }

    #[test]
    fn a_wrong_declaration_is_survived() {
        let page = format!("<meta charset='iso-8859-1'>{TEXT}");
        let (text, warnings) = read(page.as_bytes(), Some("text/html; charset=windows-1252"));
        assert_eq!((text, warnings.len()), (page, 1));
    }

    #[test]
    fn windows_1258_is_composed() {
        let page =
            "<meta http-equiv=content-type content='text/html; charset=windows-1258'><p>Nghi\u{323} quyê\u{301}t</p>";
        let (bytes, _, lost) = encoding_rs::WINDOWS_1258.encode(page);
        assert!(!lost);
        assert!(read(&bytes, None).0.ends_with("<p>Nghị quyết</p>"));
    }

    #[test]
    fn marks_and_utf_16_are_read() {
        for (mark, big) in [([0xff, 0xfe], false), ([0xfe, 0xff], true)] {
            let units = TEXT.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() });
            let bytes: Vec<u8> = mark.into_iter().chain(units).collect();
            assert_eq!(read(&bytes, Some("text/html; charset=utf-8")).0, TEXT);
            assert_eq!(read(&bytes[2..], Some("text/html")).0, TEXT, "without the mark");
        }
        assert_eq!(read(format!("\u{feff}{TEXT}").as_bytes(), None).0, TEXT);
        assert_eq!(read(TEXT.as_bytes(), Some("text/html; charset=utf-16")).0, TEXT);
    }

    #[test]
    fn gzip_saved_as_html_is_read() {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(TEXT.as_bytes()).expect("memory");
        let bytes = gzip.finish().expect("memory");
        assert_eq!(read(&bytes, None).0, TEXT);
        assert!(decode(&bytes[..11], None, &mut Vec::new()).is_err());
    }

    #[test]
    fn a_cut_character_leaves_the_page_utf_8() {
        let mut bytes = TEXT.as_bytes().to_vec();
        bytes.push(0xe1);
        let (text, warnings) = read(&bytes, None);
        assert!(text.starts_with(TEXT) && warnings.len() == 1, "{warnings:?}");
    }

    #[test]
    fn a_bomb_is_refused() {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        for _ in 0..40 {
            gzip.write_all(&vec![b' '; 1 << 20]).expect("memory");
        }
        assert!(decode(&gzip.finish().expect("memory"), None, &mut Vec::new()).is_err());
    }
}
