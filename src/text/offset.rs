//! Byte offsets to code point offsets, in constant time after one pass.

/// Bytes between two checkpoints.
const STEP: usize = 128;

/// Translates byte offsets of one text into offsets in Unicode code points.
#[derive(Debug)]
pub struct CodePoints<'a> {
    text: &'a str,
    /// Code points before byte `i * STEP`; empty for ASCII, where both offsets are one.
    checkpoints: Vec<u32>,
}

impl<'a> CodePoints<'a> {
    /// Counts the text once.
    pub fn new(text: &'a str) -> Self {
        if text.is_ascii() {
            return Self { text, checkpoints: Vec::new() };
        }
        let mut before = 0;
        let checkpoints = text
            .as_bytes()
            .chunks(STEP)
            .map(|chunk| {
                let here = before;
                before += starts(chunk) as u32;
                here
            })
            .collect();
        Self { text, checkpoints }
    }

    /// Returns the number of code points before a byte offset on a character border of the text.
    pub fn at(&self, byte: usize) -> usize {
        match self.checkpoints.get(byte / STEP) {
            Some(&before) => before as usize + starts(&self.text.as_bytes()[byte / STEP * STEP..byte]),
            None if self.checkpoints.is_empty() => byte,
            None => {
                self.checkpoints[byte / STEP - 1] as usize
                    + starts(&self.text.as_bytes()[(byte / STEP - 1) * STEP..byte])
            }
        }
    }

    /// Returns the byte offset of a code point; `None` past the end of the text.
    pub fn byte(&self, point: usize) -> Option<usize> {
        let chunk = self.checkpoints.partition_point(|&before| before as usize <= point).saturating_sub(1);
        let before = self.checkpoints.get(chunk).map_or(chunk * STEP, |&before| before as usize);
        // A character may begin in the chunk before: its continuation bytes start none here.
        let bytes = self.text.as_bytes().get(chunk * STEP..)?;
        let mut borders =
            bytes.iter().enumerate().filter(|&(_, &byte)| byte as i8 >= -0x40).map(|(at, _)| at).chain([bytes.len()]);
        borders.nth(point.checked_sub(before)?).map(|at| chunk * STEP + at)
    }

    /// Returns the part of the text between two code point offsets, `None` when they are not on the text.
    pub fn slice(&self, start: usize, end: usize) -> Option<&'a str> {
        self.text.get(self.byte(start)?..self.byte(end)?)
    }
}

/// Counts the bytes that start a code point.
fn starts(bytes: &[u8]) -> usize {
    // Counted in bytes, which a processor adds by the dozen; a sum of so few fits in one.
    bytes
        .chunks(STEP)
        .map(|chunk| usize::from(chunk.iter().map(|&byte| u8::from(byte as i8 >= -0x40)).sum::<u8>()))
        .sum()
}

/// Returns the part of a text between two code point offsets, `None` when they are not on the text.
///
/// ```
/// assert_eq!(baotinh::text::offset::slice("tỷ lệ 0,34%", 6, 11), Some("0,34%"));
/// ```
pub fn slice(text: &str, start: usize, end: usize) -> Option<&str> {
    let mut borders = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    let from = borders.nth(start)?;
    let to = if end == start { from } else { borders.nth(end.checked_sub(start + 1)?)? };
    text.get(from..to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_border_counts_as_chars_count() {
        for text in ["", "ascii only", &"Nghị quyết số 01/2022/NQ-HĐND 🗞 ".repeat(20), &"ế".repeat(256)] {
            let points = CodePoints::new(text);
            for at in (0..=text.len()).filter(|&at| text.is_char_boundary(at)) {
                assert_eq!(points.at(at), text[..at].chars().count(), "{text:?} at {at}");
                assert_eq!(points.byte(points.at(at)), Some(at), "{text:?} at {at}");
            }
            assert_eq!(points.byte(text.chars().count() + 1), None, "{text:?}");
        }
    }

    #[test]
    fn a_slice_by_code_points_is_the_text() {
        assert_eq!(slice("tỷ lệ 0,34%", 6, 11), Some("0,34%"));
        assert_eq!(slice("tỷ lệ", 2, 2), Some(""));
        assert_eq!(slice("tỷ lệ", 3, 9), None);
        let long = "tỷ lệ ".repeat(99);
        for (start, end) in [(0, 0), (6, 300), (301, 594), (594, 594), (3, 2), (590, 595)] {
            let expected = if start > end { None } else { slice(&long, start, end) };
            assert_eq!(CodePoints::new(&long).slice(start, end), expected, "{start}..{end}");
        }
    }
}
