//! Organs that issue documents: their abbreviations in symbols, and their names in the words around.
//!
//! Source: NĐ 30/2020, HD 36-HD/VPTW 2018, and usage. Invariant: [`ORGANS`] and [`NAMES`] are sorted.

use super::phrases::{Phrases, Window};
use super::types;
use crate::mention::Level;
use std::sync::LazyLock;

/// Lists abbreviations of organs in their official spelling, sorted; ministries, departments and party organs that
/// follow a pattern need no row to be read, only to be spelled right.
pub const ORGANS: &[&str] = &[
    "BCA", "BCH", "BCSĐ", "BCT", "BCĐ", "BCĐTW", "BDTTG", "BGDĐT", "BGTVT", "BHXH", "BKHCN", "BKHĐT", "BLĐTBXH", "BNG",
    "BNN", "BNNMT", "BNNPTNT", "BNV", "BQL", "BQP", "BTC", "BTCTU", "BTCTW", "BTGTU", "BTGTW", "BTL", "BTNMT", "BTP",
    "BTTTT", "BTV", "BTƯ", "BVHTTDL", "BXD", "BYT", "CAT", "CHQ", "CP", "CT", "CTN", "CTUBND", "HU", "HĐBCQG", "HĐBT",
    "HĐND", "HĐTP", "KBNN", "KTNN", "LB", "MTTQ", "NHNN", "PTNT", "QH", "QH11", "QH12", "QH13", "QH14", "QH15", "QH16",
    "SGDĐT", "SYT", "TANDTC", "TCHQ", "TCT", "TLĐ", "TTCP", "TTg", "TU", "TW", "TWĐTN", "UB", "UBCKNN", "UBDT", "UBKT",
    "UBKTTU", "UBKTTW", "UBND", "UBTVQH", "UBTVQH11", "UBTVQH12", "UBTVQH13", "UBTVQH14", "UBTVQH15", "UBTVQH16",
    "VKSNDTC", "VP", "VPCP", "VPQH", "VPTU", "VPTW", "ĐU", "ĐUK",
];

/// Holds an organ as the words name it.
#[derive(Debug)]
pub struct Organ {
    /// The name without `Chủ tịch`, `Bộ trưởng` and the like before it.
    pub name: &'static str,
    /// Abbreviation.
    pub code: &'static str,
}

const fn organ(name: &'static str, code: &'static str) -> Organ {
    Organ { name, code }
}

/// Lists the names of organs, sorted.
pub const NAMES: &[Organ] = &[
    organ("ban bí thư", "TW"),
    organ("ban chấp hành trung ương", "TW"),
    organ("ban chấp hành đảng bộ huyện", "HU"),
    organ("ban chấp hành đảng bộ thành phố", "TU"),
    organ("ban chấp hành đảng bộ tỉnh", "TU"),
    organ("ban chấp hành đảng bộ xã", "ĐU"),
    organ("ban thường vụ huyện ủy", "HU"),
    organ("ban thường vụ thành ủy", "TU"),
    organ("ban thường vụ tỉnh ủy", "TU"),
    organ("ban thường vụ đảng ủy", "ĐU"),
    organ("ban tổ chức trung ương", "BTCTW"),
    organ("bch trung ương", "TW"),
    organ("bch tw", "TW"),
    organ("bch đảng bộ huyện", "HU"),
    organ("bch đảng bộ thành phố", "TU"),
    organ("bch đảng bộ tỉnh", "TU"),
    organ("bch đảng bộ xã", "ĐU"),
    organ("btv huyện ủy", "HU"),
    organ("btv thành ủy", "TU"),
    organ("btv tỉnh ủy", "TU"),
    organ("btv đảng ủy", "ĐU"),
    organ("bảo hiểm xã hội việt nam", "BHXH"),
    organ("bộ chính trị", "TW"),
    organ("bộ công an", "BCA"),
    organ("bộ công thương", "BCT"),
    organ("bộ gd&đt", "BGDĐT"),
    organ("bộ gd-đt", "BGDĐT"),
    organ("bộ gdđt", "BGDĐT"),
    organ("bộ giao thông vận tải", "BGTVT"),
    organ("bộ giáo dục và đào tạo", "BGDĐT"),
    organ("bộ gtvt", "BGTVT"),
    organ("bộ kh&cn", "BKHCN"),
    organ("bộ kh&đt", "BKHĐT"),
    organ("bộ khoa học và công nghệ", "BKHCN"),
    organ("bộ kế hoạch và đầu tư", "BKHĐT"),
    organ("bộ lao động - thương binh và xã hội", "BLĐTBXH"),
    organ("bộ lđ-tb&xh", "BLĐTBXH"),
    organ("bộ lđ-tbxh", "BLĐTBXH"),
    organ("bộ ngoại giao", "BNG"),
    organ("bộ nn&mt", "BNNMT"),
    organ("bộ nn&ptnt", "BNNPTNT"),
    organ("bộ nông nghiệp và môi trường", "BNNMT"),
    organ("bộ nông nghiệp và phát triển nông thôn", "BNNPTNT"),
    organ("bộ nội vụ", "BNV"),
    organ("bộ quốc phòng", "BQP"),
    organ("bộ thông tin và truyền thông", "BTTTT"),
    organ("bộ tn&mt", "BTNMT"),
    organ("bộ tt&tt", "BTTTT"),
    organ("bộ tài chính", "BTC"),
    organ("bộ tài nguyên và môi trường", "BTNMT"),
    organ("bộ tư lệnh", "BTL"),
    organ("bộ tư pháp", "BTP"),
    organ("bộ vh-tt&dl", "BVHTTDL"),
    organ("bộ vhttdl", "BVHTTDL"),
    organ("bộ văn hóa thể thao và du lịch", "BVHTTDL"),
    organ("bộ xây dựng", "BXD"),
    organ("bộ y tế", "BYT"),
    organ("chính phủ", "CP"),
    organ("chủ tịch nước", "CTN"),
    organ("công an tỉnh", "CAT"),
    organ("cục hải quan", "CHQ"),
    organ("cục thuế", "CT"),
    organ("huyện ủy", "HU"),
    organ("hđnd", "HĐND"),
    organ("hội đồng bộ trưởng", "HĐBT"),
    organ("hội đồng nhân dân", "HĐND"),
    organ("hội đồng thẩm phán", "HĐTP"),
    organ("ngân hàng nhà nước", "NHNN"),
    organ("nhnn", "NHNN"),
    organ("quận ủy", "QU"),
    organ("quốc hội", "QH"),
    organ("sở công thương", "SCT"),
    organ("sở gd&đt", "SGDĐT"),
    organ("sở gd-đt", "SGDĐT"),
    organ("sở gdđt", "SGDĐT"),
    organ("sở giao thông vận tải", "SGTVT"),
    organ("sở giáo dục và đào tạo", "SGDĐT"),
    organ("sở khoa học và công nghệ", "SKHCN"),
    organ("sở kế hoạch và đầu tư", "SKHĐT"),
    organ("sở lao động - thương binh và xã hội", "SLĐTBXH"),
    organ("sở nn&ptnt", "SNNPTNT"),
    organ("sở nông nghiệp và môi trường", "SNNMT"),
    organ("sở nông nghiệp và phát triển nông thôn", "SNNPTNT"),
    organ("sở nội vụ", "SNV"),
    organ("sở thông tin và truyền thông", "STTTT"),
    organ("sở tài chính", "STC"),
    organ("sở tài nguyên và môi trường", "STNMT"),
    organ("sở tư pháp", "STP"),
    organ("sở văn hóa thể thao và du lịch", "SVHTTDL"),
    organ("sở xây dựng", "SXD"),
    organ("sở y tế", "SYT"),
    organ("thanh tra chính phủ", "TTCP"),
    organ("thành ủy", "TU"),
    organ("thường trực tỉnh ủy", "TU"),
    organ("thủ tướng", "TTg"),
    organ("thủ tướng chính phủ", "TTg"),
    organ("trung ương", "TW"),
    organ("tòa án nhân dân tối cao", "TANDTC"),
    organ("tỉnh ủy", "TU"),
    organ("tổng cục hải quan", "TCHQ"),
    organ("tổng cục thuế", "TCT"),
    organ("tổng liên đoàn lao động việt nam", "TLĐ"),
    organ("ubnd", "UBND"),
    organ("ubtvqh", "UBTVQH"),
    organ("viện kiểm sát nhân dân tối cao", "VKSNDTC"),
    organ("văn phòng chính phủ", "VPCP"),
    organ("văn phòng trung ương", "VPTW"),
    organ("đảng bộ tỉnh", "TU"),
    organ("đảng ủy", "ĐU"),
    organ("ủy ban kiểm tra trung ương", "UBKTTW"),
    organ("ủy ban nhân dân", "UBND"),
    organ("ủy ban thường vụ quốc hội", "UBTVQH"),
];

/// Lists the offices that stand before the name of their organ, sorted.
const OFFICES: &[&str] = &[
    "bộ trưởng",
    "chánh án",
    "chủ nhiệm",
    "chủ tịch",
    "giám đốc",
    "phó chủ tịch",
    "phó giám đốc",
    "thống đốc",
    "thứ trưởng",
    "tổng giám đốc",
    "viện trưởng",
];

static BY_NAME: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(NAMES.iter().map(|organ| organ.name)));
static BY_OFFICE: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(OFFICES.iter().copied()));

/// Says whether a segment of a symbol is an abbreviation of the list.
pub fn is_listed(segment: &str) -> bool {
    types::official(ORGANS, segment).is_some()
}

/// Says whether a segment of a symbol is an organ's abbreviation: of the list, or of the pattern of its family.
pub fn is_organ(segment: &str) -> bool {
    is_listed(segment)
        || numbered_assembly(segment)
        || (segment.len() >= 3
            && segment.starts_with(['B', 'S'])
            && segment.chars().all(|c| c.is_uppercase() || c == '&')
            && types::code(segment).is_none())
}

/// Returns the official spelling of an organ's segment; one that no list knows stays as printed, in capitals when it has none.
pub fn spell(segment: &str) -> String {
    if segment.contains(' ') {
        return "CP".to_string();
    }
    // With its horn it is Trung ương; `TU` is Tỉnh ủy or Thành ủy.
    if matches!(segment, "TƯ" | "T.Ư" | "T.W") {
        return "TW".to_string();
    }
    match types::official(ORGANS, segment) {
        Some(known) => known.to_string(),
        None if numbered_assembly(segment) || !segment.chars().any(char::is_uppercase) => segment.to_uppercase(),
        None => segment.to_string(),
    }
}

/// Says whether a segment is `QH15`, `UBTVQH9` or the like.
pub fn numbered_assembly(segment: &str) -> bool {
    let folded = segment.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = segment.len() - folded.len();
    (1..=2).contains(&digits) && (folded.eq_ignore_ascii_case("QH") || folded.eq_ignore_ascii_case("UBTVQH"))
}

/// Says whether an organ is the Party's, which writes `06-NQ/TU`: `None` when the abbreviation does not tell.
pub fn is_party(organ: &str) -> Option<bool> {
    match organ {
        "BCSĐ" | "BCT" if organ == "BCSĐ" => Some(true),
        "BTV" | "UBKT" | "TWĐTN" | "BTƯ" => Some(true),
        "CT" | "HĐND" | "UBND" | "UB" | "CP" | "TTg" | "CTN" | "HĐBT" | "VPCP" => Some(false),
        _ if organ.ends_with("TW") || organ.ends_with("TU") || organ.ends_with("HU") || organ.ends_with("ĐU") => {
            Some(true)
        }
        "ĐUK" | "QU" | "ThU" => Some(true),
        _ if organ.starts_with("UBTVQH") || organ.starts_with("QH") || is_ministry(organ) => Some(false),
        _ => None,
    }
}

fn is_ministry(organ: &str) -> bool {
    organ.starts_with('B') && ORGANS.binary_search(&organ).is_ok() && !matches!(organ, "BCH" | "BQL" | "BTL" | "BCĐ")
}

/// Returns the level of an organ, as far as its abbreviation says.
pub fn level(organ: &str) -> Option<Level> {
    if is_party(organ) == Some(true) {
        return Some(Level::Party);
    }
    let central = matches!(
        organ,
        "CP" | "TTg"
            | "CTN"
            | "HĐBT"
            | "QH"
            | "UBTVQH"
            | "VPCP"
            | "VPQH"
            | "NHNN"
            | "TANDTC"
            | "VKSNDTC"
            | "HĐTP"
            | "KTNN"
            | "TTCP"
            | "TCT"
            | "TCHQ"
            | "KBNN"
            | "UBCKNN"
            | "UBDT"
            | "TLĐ"
            | "BHXH"
    );
    if central || is_ministry(organ) {
        return Some(Level::Central);
    }
    (organ.len() > 2 && organ.starts_with('S')).then_some(Level::Province)
}

/// Says whether an organ belongs to a place: councils, committees, provincial party organs, departments, local offices.
pub fn is_local(organ: &str) -> bool {
    matches!(
        organ,
        "HĐND" | "UBND" | "UB" | "TU" | "HU" | "QU" | "ĐU" | "CAT" | "CT" | "TTPVHCC" | "UBKTTU" | "VPTU" | "CTUBND"
    ) || organ.ends_with("TU")
        || level(organ) == Some(Level::Province)
}

/// Reads the name of an organ at a byte offset, an office before it skipped; returns its code and the offset after it.
pub fn named(text: &str, at: usize) -> Option<(&'static str, usize)> {
    let window = Window::new(text, at);
    if let Some((number, end)) = BY_NAME.longest(&window) {
        return Some((NAMES[number].code, end));
    }
    let (_, end) = BY_OFFICE.longest(&window)?;
    let start = end + text[end..].len() - text[end..].trim_start().len();
    let (number, end) = BY_NAME.longest(&Window::new(text, start))?;
    Some((NAMES[number].code, end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    #[test]
    fn the_tables_are_sorted() {
        assert!(ORGANS.is_sorted(), "{:?}", {
            let mut all = ORGANS.to_vec();
            all.sort();
            all
        });
        assert!(NAMES.is_sorted_by_key(|organ| organ.name));
        assert!(OFFICES.is_sorted());
        assert!(NAMES.iter().all(|organ| fold(organ.name).is_ascii()));
    }

    #[test]
    fn an_organ_is_named_with_its_office_or_without() {
        for (text, code) in [
            ("Thủ tướng Chính phủ về", "TTg"),
            ("Bộ trưởng Bộ Quốc phòng quy định", "BQP"),
            ("Chủ tịch UBND tỉnh", "UBND"),
            ("Tỉnh uỷ về", "TU"),
            ("HĐND tỉnh", "HĐND"),
            ("Sở Nội vụ tỉnh", "SNV"),
            ("Bộ GD-ĐT về", "BGDĐT"),
        ] {
            assert_eq!(named(text, 0).map(|(code, _)| code), Some(code), "{text}");
        }
        assert_eq!(named("nhà văn", 0), None);
    }
}
