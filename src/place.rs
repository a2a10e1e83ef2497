//! Provinces before and after 1 July 2025, their names and aliases; districts and communes in [`gazetteer`].
//!
//! [`read`] and [`places`] read them in text: one reader for all who ask where something is.
//! Resolution 202/2025/QH15 made 34 provinces of 63. A name is answered for the day it is asked about: an article of
//! 2022 is of Hải Dương, one of 2026 is of Hải Phòng.

pub mod gazetteer;
mod reader;

pub use reader::{PlaceName, bare_district, places, read};

use crate::text::fold;
use gazetteer::spelled;
use jiff::civil::{Date, date};
use std::collections::HashMap;
use std::sync::LazyLock;

/// First day of the 34 provinces (Resolution 202/2025/QH15).
pub const MERGER: Date = date(2025, 7, 1);

/// Holds one of the 63 provinces of before the merger, and the province its land belongs to since.
#[derive(Debug, PartialEq, Eq)]
pub struct Province {
    /// Name until 30 June 2025.
    pub old: &'static str,
    /// Name of the province it is part of since 1 July 2025.
    pub new: &'static str,
    /// Other spellings and short names; tone placement, case and `tỉnh`/`TP` before the name need no row.
    pub aliases: &'static [&'static str],
}

/// Lists the 63 provinces, sorted by folded name.
pub const PROVINCES: &[Province] = &[
    Province { old: "An Giang", new: "An Giang", aliases: &[] },
    Province {
        old: "Bà Rịa - Vũng Tàu",
        new: "TP. Hồ Chí Minh",
        aliases: &["Bà Rịa-Vũng Tàu", "Bà Rịa – Vũng Tàu", "BR-VT", "BRVT", "Vũng Tàu"],
    },
    Province { old: "Bắc Giang", new: "Bắc Ninh", aliases: &[] },
    Province { old: "Bắc Kạn", new: "Thái Nguyên", aliases: &["Bắc Cạn"] },
    Province { old: "Bạc Liêu", new: "Cà Mau", aliases: &[] },
    Province { old: "Bắc Ninh", new: "Bắc Ninh", aliases: &[] },
    Province { old: "Bến Tre", new: "Vĩnh Long", aliases: &[] },
    Province { old: "Bình Định", new: "Gia Lai", aliases: &[] },
    Province { old: "Bình Dương", new: "TP. Hồ Chí Minh", aliases: &[] },
    Province { old: "Bình Phước", new: "Đồng Nai", aliases: &[] },
    Province { old: "Bình Thuận", new: "Lâm Đồng", aliases: &[] },
    Province { old: "Cà Mau", new: "Cà Mau", aliases: &[] },
    Province { old: "Cần Thơ", new: "Cần Thơ", aliases: &[] },
    Province { old: "Cao Bằng", new: "Cao Bằng", aliases: &[] },
    Province { old: "Đà Nẵng", new: "Đà Nẵng", aliases: &[] },
    Province { old: "Đắk Lắk", new: "Đắk Lắk", aliases: &["Đắc Lắc", "Đăk Lăk", "Dak Lak"] },
    Province { old: "Đắk Nông", new: "Lâm Đồng", aliases: &["Đắc Nông", "Đăk Nông", "Dak Nong"] },
    Province { old: "Điện Biên", new: "Điện Biên", aliases: &[] },
    Province { old: "Đồng Nai", new: "Đồng Nai", aliases: &[] },
    Province { old: "Đồng Tháp", new: "Đồng Tháp", aliases: &[] },
    Province { old: "Gia Lai", new: "Gia Lai", aliases: &[] },
    Province { old: "Hà Giang", new: "Tuyên Quang", aliases: &[] },
    Province { old: "Hà Nam", new: "Ninh Bình", aliases: &[] },
    Province { old: "Hà Nội", new: "Hà Nội", aliases: &[] },
    Province { old: "Hà Tĩnh", new: "Hà Tĩnh", aliases: &[] },
    Province { old: "Hải Dương", new: "Hải Phòng", aliases: &[] },
    Province { old: "Hải Phòng", new: "Hải Phòng", aliases: &[] },
    Province { old: "Hậu Giang", new: "Cần Thơ", aliases: &[] },
    Province { old: "Hòa Bình", new: "Phú Thọ", aliases: &["Hoà Bình"] },
    Province { old: "Hưng Yên", new: "Hưng Yên", aliases: &[] },
    Province { old: "Khánh Hòa", new: "Khánh Hòa", aliases: &["Khánh Hoà"] },
    Province { old: "Kiên Giang", new: "An Giang", aliases: &[] },
    Province { old: "Kon Tum", new: "Quảng Ngãi", aliases: &["Kontum"] },
    Province { old: "Lai Châu", new: "Lai Châu", aliases: &[] },
    Province { old: "Lâm Đồng", new: "Lâm Đồng", aliases: &[] },
    Province { old: "Lạng Sơn", new: "Lạng Sơn", aliases: &[] },
    Province { old: "Lào Cai", new: "Lào Cai", aliases: &[] },
    Province { old: "Long An", new: "Tây Ninh", aliases: &[] },
    Province { old: "Nam Định", new: "Ninh Bình", aliases: &[] },
    Province { old: "Nghệ An", new: "Nghệ An", aliases: &[] },
    Province { old: "Ninh Bình", new: "Ninh Bình", aliases: &[] },
    Province { old: "Ninh Thuận", new: "Khánh Hòa", aliases: &[] },
    Province { old: "Phú Thọ", new: "Phú Thọ", aliases: &[] },
    Province { old: "Phú Yên", new: "Đắk Lắk", aliases: &[] },
    Province { old: "Quảng Bình", new: "Quảng Trị", aliases: &[] },
    Province { old: "Quảng Nam", new: "Đà Nẵng", aliases: &[] },
    Province { old: "Quảng Ngãi", new: "Quảng Ngãi", aliases: &[] },
    Province { old: "Quảng Ninh", new: "Quảng Ninh", aliases: &[] },
    Province { old: "Quảng Trị", new: "Quảng Trị", aliases: &[] },
    Province { old: "Sóc Trăng", new: "Cần Thơ", aliases: &[] },
    Province { old: "Sơn La", new: "Sơn La", aliases: &[] },
    Province { old: "Tây Ninh", new: "Tây Ninh", aliases: &[] },
    Province { old: "Thái Bình", new: "Hưng Yên", aliases: &[] },
    Province { old: "Thái Nguyên", new: "Thái Nguyên", aliases: &[] },
    Province { old: "Thanh Hóa", new: "Thanh Hóa", aliases: &["Thanh Hoá"] },
    Province { old: "Thừa Thiên Huế", new: "Huế", aliases: &["Huế", "Thừa Thiên - Huế", "TT-Huế"] },
    Province { old: "Tiền Giang", new: "Đồng Tháp", aliases: &[] },
    Province {
        old: "TP. Hồ Chí Minh",
        new: "TP. Hồ Chí Minh",
        aliases: &["TP.HCM", "TPHCM", "Thành phố Hồ Chí Minh", "TP HCM", "HCM", "Hồ Chí Minh", "Sài Gòn"],
    },
    Province { old: "Trà Vinh", new: "Vĩnh Long", aliases: &[] },
    Province { old: "Tuyên Quang", new: "Tuyên Quang", aliases: &[] },
    Province { old: "Vĩnh Long", new: "Vĩnh Long", aliases: &[] },
    Province { old: "Vĩnh Phúc", new: "Phú Thọ", aliases: &[] },
    Province { old: "Yên Bái", new: "Lào Cai", aliases: &[] },
];

static BY_NAME: LazyLock<HashMap<String, &'static Province>> = LazyLock::new(|| {
    let mut names = HashMap::new();
    for province in PROVINCES {
        for name in [province.old].iter().chain(province.aliases) {
            names.insert(fold(name), province);
        }
    }
    names
});

static BY_SPELLING: LazyLock<HashMap<String, &'static Province>> = LazyLock::new(|| {
    let named = |province: &'static Province| {
        [province.old].iter().chain(province.aliases).map(move |name| (spelled(name), province)).collect::<Vec<_>>()
    };
    PROVINCES.iter().flat_map(named).collect()
});

impl Province {
    /// Returns the name of the province on a day; without a day the name of before the merger.
    pub fn name_on(&self, day: Option<Date>) -> &'static str {
        if day.is_some_and(|day| day >= MERGER) { self.new } else { self.old }
    }
}

/// Finds a province by one of its names, with or without diacritics and the words `tỉnh`, `thành phố`, `TP` before it.
///
/// ```
/// let province = baotinh::place::find("tinh quang ninh").expect("a province");
/// assert_eq!(province.new, "Quảng Ninh");
/// assert_eq!(baotinh::place::find("Bình Định").map(|province| province.new), Some("Gia Lai"));
/// ```
pub fn find(name: &str) -> Option<&'static Province> {
    let folded = fold(name.trim());
    BY_NAME.get(folded.as_str()).copied().or_else(|| {
        let bare = ["tinh ", "thanh pho ", "tp. ", "tp.", "tp "].iter().find_map(|title| folded.strip_prefix(title))?;
        BY_NAME.get(bare.trim()).copied()
    })
}

/// Finds a province by one of its names with its marks, in any case and tone placement; text without marks by the bare letters.
pub fn exact(name: &str) -> Option<&'static Province> {
    BY_SPELLING.get(&spelled(name)).copied().or_else(|| find(name).filter(|_| name.is_ascii() && name.contains(' ')))
}

/// Returns the names of today's 34 provinces, sorted by folded name.
pub fn current_names() -> Vec<&'static str> {
    let mut names: Vec<_> = PROVINCES.iter().map(|province| province.new).collect();
    names.sort_by_key(|name| fold(name));
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixty_three_became_thirty_four() {
        assert_eq!(PROVINCES.len(), 63);
        assert_eq!(current_names().len(), 34);
        assert!(PROVINCES.is_sorted_by_key(|province| fold(province.old)));
    }

    #[test]
    fn a_province_is_found_by_every_name() {
        for name in ["Quảng Ninh", "tỉnh Quảng Ninh", "quang ninh", "TỈNH QUẢNG NINH"] {
            assert_eq!(find(name).map(|p| p.old), Some("Quảng Ninh"), "{name}");
        }
        assert_eq!(find("TP.HCM").map(|p| p.old), Some("TP. Hồ Chí Minh"));
        assert_eq!(find("Thanh Hoá").map(|p| p.old), Some("Thanh Hóa"));
        assert_eq!(find("Atlantis"), None);
    }

    #[test]
    fn the_name_is_the_one_of_the_day() {
        let province = find("Hải Dương").expect("known");
        assert_eq!(province.name_on(Some(date(2025, 6, 30))), "Hải Dương");
        assert_eq!(province.name_on(Some(MERGER)), "Hải Phòng");
    }
}
