//! Abbreviations that a query takes for their words too. The index knows none, so that counts stay honest.

use crate::text::fold;

/// Abbreviations of the press with their full forms, sorted by folded name; spelling variants of a tone need no row.
pub const ABBREVIATIONS: &[(&str, &[&str])] = &[
    ("ATGT", &["an toàn giao thông"]),
    ("ATTP", &["an toàn thực phẩm"]),
    ("BCH", &["ban chấp hành"]),
    ("BHXH", &["bảo hiểm xã hội"]),
    ("BHYT", &["bảo hiểm y tế"]),
    ("BVMT", &["bảo vệ môi trường"]),
    ("CBCC", &["cán bộ, công chức"]),
    ("CBCCVC", &["cán bộ, công chức, viên chức"]),
    ("CCHC", &["cải cách hành chính"]),
    ("CNTT", &["công nghệ thông tin"]),
    ("ĐBQH", &["đại biểu Quốc hội"]),
    ("GD-ĐT", &["giáo dục và đào tạo", "giáo dục - đào tạo"]),
    ("GPMB", &["giải phóng mặt bằng"]),
    ("HĐND", &["hội đồng nhân dân"]),
    ("HTX", &["hợp tác xã"]),
    ("KCN", &["khu công nghiệp"]),
    ("KH-CN", &["khoa học và công nghệ", "khoa học - công nghệ"]),
    ("KT-XH", &["kinh tế - xã hội", "kinh tế và xã hội"]),
    ("MTQG", &["mục tiêu quốc gia"]),
    ("MTTQ", &["mặt trận tổ quốc"]),
    ("NSNN", &["ngân sách nhà nước"]),
    ("NTM", &["nông thôn mới"]),
    ("PCCC", &["phòng cháy, chữa cháy"]),
    ("THCS", &["trung học cơ sở"]),
    ("THPT", &["trung học phổ thông"]),
    ("TNGT", &["tai nạn giao thông"]),
    ("TTHC", &["thủ tục hành chính"]),
    ("UBND", &["ủy ban nhân dân"]),
    ("VHTT", &["văn hóa thông tin", "văn hóa - thông tin"]),
];

/// Finds an abbreviation by its folded form: its name and its full forms.
pub fn find(folded: &str) -> Option<(&'static str, &'static [&'static str])> {
    let at = ABBREVIATIONS.binary_search_by(|(name, _)| fold(name).as_str().cmp(folded)).ok()?;
    Some(ABBREVIATIONS[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_are_sorted() {
        assert!(ABBREVIATIONS.is_sorted_by_key(|(name, _)| fold(name)));
    }
}
