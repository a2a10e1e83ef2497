//! Families of numbering: how a number and its symbol are written canonically, and what they say of type and issuer.
//!
//! A family is a row of [`FORMS`] with examples and counterexamples that a test runs. The first that reads a number names it.

use super::issuers;
use super::number::Number;
use super::types::{self, Type};
use crate::mention::{Citation, Shape};
use crate::text::homoglyph::latin;
use std::borrow::Cow;

/// Describes one form of citation.
pub struct Form {
    /// Name, kept in every mention; kebab-case.
    pub name: &'static str,
    /// How it is written, for people.
    pub pattern: &'static str,
    /// Texts, and the values that the rule reads in each, in order.
    pub examples: &'static [(&'static str, &'static [&'static str])],
    /// Texts in which the rule must read nothing.
    pub counterexamples: &'static [&'static str],
}

/// Lists the forms. A new form is a new row.
pub const FORMS: &[Form] = &[
    Form {
        name: "assembly",
        pattern: "N/YYYY/QHt, N/YYYY/UBTVQHt",
        examples: &[
            ("theo Nghị quyết 202/2025/QH15 của Quốc hội", &["202/2025/QH15"]),
            ("Nghị quyết số: 528/2018/UBTVQH14", &["528/2018/UBTVQH14"]),
            ("Luật Giáo dục đại học số 125/2025/QH15", &["125/2025/QH15"]),
            ("sửa đổi bởi Luật\n56/2024/QH15", &["56/2024/QH15"]),
        ],
        counterexamples: &["đạt 202/2025 chỉ tiêu"],
    },
    Form {
        name: "joint",
        pattern: "N/YYYY/TTLT-A-B, N/YYYY/NQLT-A-B",
        examples: &[
            ("Thông tư liên tịch số 01/2017/TTLT-BCA-BNN&PTNT-VKSNDTC", &["01/2017/TTLT-BCA-BNN&PTNT-VKSNDTC"]),
            ("Kế hoạch liên ngành số 687/ KHLN (SGTVT- CAT)", &["687/KHLN"]),
        ],
        counterexamples: &["TTLT số 5 trang"],
    },
    Form {
        name: "consolidated",
        pattern: "N/VBHN-A",
        examples: &[("Văn bản hợp nhất số 18/VBHN-BTC", &["18/VBHN-BTC"])],
        counterexamples: &["18/2020 văn bản hợp nhất"],
    },
    Form {
        name: "party",
        pattern: "N-T/A",
        examples: &[
            ("Nghị quyết số 06-NQ/TU ngày 10/11/2021", &["06-NQ/TU"]),
            ("Nghị quyết số 6/NQ-TU", &["06-NQ/TU"]),
            ("các Nghị quyết số 18, 19-NQ/TW", &["18-NQ/TW", "19-NQ/TW"]),
            ("Chỉ thị số 05 – CT/TW", &["05-CT/TW"]),
            ("Công văn số 134-CV/UBKTTU", &["134-CV/UBKTTU"]),
            ("theo NQ 57-NQ/TW", &["57-NQ/TW"]),
            ("theo Chỉ thị số 90-CT/TƯ, Kết luận 63-KL/T.Ư ngày", &["90-CT/TW", "63-KL/TW"]),
            ("Hướng dẫn số 27-HD/TĐTN-BTG", &["27-HD/TĐTN-BTG"]),
            ("Quyết định số 611-QĐNS/TW", &["611-QĐNS/TW"]),
        ],
        counterexamples: &["tỷ số 2-1", "từ 5-10 người"],
    },
    Form {
        name: "normative",
        pattern: "N/YYYY/T-A",
        examples: &[
            ("Nghị quyết số 01/2022/NQ-HĐND", &["01/2022/NQ-HĐND"]),
            ("NGHỊ QUYẾT SỐ 1/2022/nq-hdnd", &["01/2022/NQ-HĐND"]),
            ("Nghị quyết số01/2022/NQ-HĐND", &["01/2022/NQ-HĐND"]),
            ("Quyết định Số 07 /2024/QĐ-UBND", &["07/2024/QĐ-UBND"]),
            ("Nghị định 49/2010/NĐ-Chính phủ", &["49/2010/NĐ-CP"]),
            ("Nghị quyết 66.25/2026/NQ-CP", &["66.25/2026/NQ-CP"]),
            ("Quyết định số 33 và 34/2023/QĐ-UBND", &["33/2023/QĐ-UBND", "34/2023/QĐ-UBND"]),
            ("Thông tư số 43/2018/TTBCT ngày", &["43/2018/TT-BCT"]),
            ("Quyết định 09/2022 QĐ-UBND ngày", &["09/2022/QĐ-UBND"]),
            ("Nghị quyết số 17/2024/NQ-ΗĐΝD", &["17/2024/NQ-HĐND"]),
            ("Quyết định của UBND tỉnh số 21/2024/QĐ-UBND", &["21/2024/QĐ-UBND"]),
            ("Căn cứ Thông tư39/2014/TT-BTC ngày", &["39/2014/TT-BTC"]),
            ("Căn cứ Nghị\nđịnh số 31/2018/NĐ-CP, 1/2019/NĐ-CP", &["31/2018/NĐ-CP", "01/2019/NĐ-CP"]),
            ("Nghi quyet so 18 va Quyet dinh so 5/2022/QD-UBND", &["05/2022/QĐ-UBND"]),
        ],
        counterexamples: &[
            "ngày 01/2022",
            "Mẫu số 01/2022/TT-XYZ",
            "Thông tư số /2025/TT-BTC",
            "Thông tư số …/2025/TT-BTC",
        ],
    },
    Form {
        name: "individual",
        pattern: "N/T-A",
        examples: &[
            ("Nghị quyết 20/NQ-HĐND", &["20/NQ-HĐND"]),
            ("Quyết định số 1655/QĐ - UBND ngày", &["1655/QĐ-UBND"]),
            ("quyết định 268/QĐ-Ttg", &["268/QĐ-TTg"]),
            ("Quyết định số 889/QĐ-UBND.NN, 1043/QĐ.UBND", &["889/QĐ-UBND.NN", "1043/QĐ-UBND"]),
            ("Số: 42/QĐ-PC03", &["42/QĐ-PC03"]),
            ("Giấy phép số 235/GP-SXD", &["235/GP-SXD"]),
            ("Thông báo kết luận số 431/TB-VPCP", &["431/TB-VPCP"]),
            ("Nghị quyết từ số 15 đến số 20/NQ-HĐND", &["15/NQ-HĐND", "20/NQ-HĐND"]),
        ],
        counterexamples: &[
            "1.240/1.591 dịch vụ",
            "24/7",
            "máy bay A321/VN-A608",
            "Mẫu số 05/TB-THUE",
            "Tổng công ty 5 – CTCP",
        ],
    },
    Form {
        name: "office-paper",
        pattern: "N/A-U after công văn, văn bản or số",
        examples: &[
            ("công văn số 3175/UBND-ĐT", &["3175/UBND-ĐT"]),
            ("công văn số 1916/CT-THNVDT", &["1916/CT-THNVDT"]),
            ("Công văn CV 2270/TCT-CS", &["2270/TCT-CS"]),
            ("Số: 5615/CT-CS", &["5615/CT-CS"]),
            (
                "các công văn số 695/TCHQ-GSQL ngày 05/02/2021, 4032/TCHQ-GSQL ngày 16/8/2021",
                &["695/TCHQ-GSQL", "4032/TCHQ-GSQL"],
            ),
            ("văn bản (số 405/SGDĐT- KTKĐCLGD) gửi", &["405/SGDĐT-KTKĐCLGD"]),
            ("Văn bản số 469/UBND-KNTD", &["469/UBND-KNTD"]),
        ],
        counterexamples: &["tỷ giá 25/USD-VND", "Chỉ thị 03/CT-UBND", "tờ khai 05/QTT-TNCN", "Mẫu 02/TCT-DK"],
    },
    Form {
        name: "legacy",
        pattern: "N/A, N/LB-T after a type word",
        examples: &[
            ("Nghị định số 60/CP", &["60/CP"]),
            ("Thông tư số 24/LB-TT", &["24/LB-TT"]),
            ("Nghị định 195/HĐBT", &["195/HĐBT"]),
        ],
        counterexamples: &["cổng 60/CP mở"],
    },
    Form {
        name: "type-only",
        pattern: "N/YYYY/T, N-T after a type word",
        examples: &[
            ("Nghị quyết số 04/1985/NQ", &["04/1985/NQ"]),
            ("Giấy phép xây dựng số 118/GPXD", &["118/GPXD"]),
            ("Quyết định số 32/QĐXPHC ngày", &["32/QĐXPHC"]),
        ],
        counterexamples: &["còn 04/NQ chưa"],
    },
    Form {
        name: "short",
        pattern: "type word and N or N/YYYY",
        examples: &[
            ("Nghị quyết số 51 ngày 22/7/2021 của Tỉnh ủy", &["NQ 51"]),
            ("theo Nghị quyết 68, doanh nghiệp", &["NQ 68"]),
            ("Nghị định 310/2025 sửa đổi", &["NĐ 310/2025"]),
            ("TTLT 09/2014 của hai bộ", &["TTLT 09/2014"]),
            ("Nghị quyết 68 và Nghị quyết số 68-NQ/TW", &["68-NQ/TW"]),
            ("trong nghị định 56 năm 2009 của Chính phủ, nghị quyết 02 ngày 7/1/2013", &["NĐ 56", "NQ 02"]),
        ],
        counterexamples: &[
            "ban hành 52 nghị quyết",
            "ra quyết định 5 vụ",
            "kế hoạch 5 năm",
            "Nghị quyết này",
            "Báo cáo số 2",
            "thông báo 15/10",
        ],
    },
    Form {
        name: "law-name",
        pattern: "Luật, Bộ luật or Pháp lệnh and a name of the list, with its year or without",
        examples: &[
            ("theo Luật Đất đai 2024", &["Luật Đất đai năm 2024"]),
            ("của Bộ luật Hình sự", &["Bộ luật Hình sự"]),
        ],
        counterexamples: &["Luật sư Nguyễn Văn A", "pháp luật đất đai", "Luật này"],
    },
    Form {
        name: "law-and-year",
        pattern: "Luật, a capital, words, năm YYYY",
        examples: &[("Luật Bảo vệ trăng sao năm 2030", &["Luật Bảo vệ trăng sao năm 2030"])],
        counterexamples: &["Luật được ban hành năm 2024"],
    },
    Form {
        name: "amending-law",
        pattern: "Luật sửa đổi …, YYYY",
        examples: &[(
            "Luật sửa đổi Luật Quy hoạch và Luật Đấu thầu 2024",
            &["Luật sửa đổi Luật Quy hoạch và Luật Đấu thầu năm 2024"],
        )],
        counterexamples: &["Luật sửa đổi đã được thông qua năm 2024"],
    },
    Form {
        name: "constitution",
        pattern: "Hiến pháp YYYY",
        examples: &[("theo Hiến pháp 2013", &["Hiến pháp năm 2013"])],
        counterexamples: &["Hiến pháp và pháp luật"],
    },
    Form {
        name: "congress-resolution",
        pattern: "Nghị quyết Đại hội … lần thứ N",
        examples: &[
            ("Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XV, nhiệm kỳ", &["Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XV"]),
            ("theo Nghị quyết Đại hội XIX Đảng bộ tỉnh, các xã", &["Nghị quyết Đại hội XIX Đảng bộ tỉnh"]),
        ],
        counterexamples: &["Nghị quyết Đại hội đồng cổ đông", "nghị quyết của HĐND"],
    },
    Form {
        name: "plenum-resolution",
        pattern: "Nghị quyết Trung ương N khóa T",
        examples: &[("Nghị quyết Trung ương 4 khóa XII về", &["Nghị quyết Trung ương 4 khóa XII"])],
        counterexamples: &["Nghị quyết của Trung ương"],
    },
];

/// Holds what a family reads in a number.
#[derive(Debug, Clone)]
pub struct Reading {
    /// Name of the family's row.
    pub rule: &'static str,
    /// Value, type, number, year, symbol, issuer.
    pub citation: Citation,
    /// Whether the words around name the issuer better than the symbol does.
    pub generic: bool,
}

/// Reads a number with a symbol. `said`: after `số` or a type word.
pub fn read(text: &str, number: &Number, word: Option<&'static Type>, said: bool) -> Option<Reading> {
    let printed: Vec<Cow<'_, str>> = number.segments(text).map(latin).collect();
    let mut segments: Vec<&str> = printed.iter().map(AsRef::as_ref).collect();
    if let [whole] = segments[..]
        && let Some((code, organ)) = joined(whole)
    {
        segments = vec![code, organ];
    }
    let first = *segments.first()?;
    let mut code = types::code(first);
    let office =
        word.is_some_and(|word| word.code == "CV") && word.is_some_and(|word| word.word != "văn bản" || code.is_none());
    if office && code != Some("CV") {
        // `CT` of `công văn số 1916/CT-THNVDT` is the organ.
        code = None;
    }
    let year = number.year;
    // `Số: 5615/CT-CS` is a letter of the tax office and its department; a directive (Chỉ thị) has an organ behind `CT`.
    let department = code == Some("CT")
        && year.is_none()
        && !number.dashed
        && word.is_none_or(|word| word.code == "CV")
        && segments.get(1).is_some_and(|segment| !issuers::is_organ(segment));
    if department {
        code = None;
    }
    let assembly = issuers::numbered_assembly(first);
    let (rule, style) = if assembly && year.is_some() {
        ("assembly", Style::State)
    } else if let Some(code) = code {
        let organ = segments.get(1).map(|organ| issuers::spell(organ));
        match (code, organ) {
            (
                "TTLT" | "NQLT" | "TTLB" | "KHLN" | "TTLN" | "CTPH" | "CTPHLN" | "QCPH" | "QCLN" | "HDLN" | "HDLT"
                | "KHLT" | "KHPH",
                _,
            ) => ("joint", Style::State),
            ("VBHN", _) => ("consolidated", Style::State),
            (_, None) if word.is_some() && (year.is_some() || said) => {
                ("type-only", if number.dashed { Style::Party } else { Style::State })
            }
            (_, None) => return None,
            (_, Some(organ)) => match issuers::is_party(&organ) {
                Some(true) => ("party", Style::Party),
                None if number.dashed
                    && year.is_none()
                    && (number.slashed || segments.len() == 2 && word.is_some()) =>
                {
                    ("party", Style::Party)
                }
                _ if year.is_some() => ("normative", Style::State),
                _ => ("individual", Style::State),
            },
        }
    } else if said
        && segments.len() == 1
        && word.is_some_and(|word| matches!(word.code, "GP" | "QĐ") && first.starts_with(word.code))
    {
        ("type-only", Style::State)
    } else if !office && word.is_some() && issuers::is_organ(first) && (segments.len() == 1 || first == "LB") {
        ("legacy", Style::State)
    } else if (department
        || office && segments.len() <= 4
        || unit(&segments)
        || said && segments.len() > 1 && issuers::is_organ(first))
        && year.is_none()
    {
        ("office-paper", if number.dashed && segments.len() == 1 { Style::Party } else { Style::State })
    } else if word.is_some() && number.dashed && year.is_none() && by_party(&segments) {
        // A code of its own before an organ of the Party: `512-QĐNS/TW`.
        ("party", Style::Party)
    } else if word.is_some() && segments.len() > 1 && year.is_some() {
        ("normative", Style::State)
    } else if word.is_some_and(|word| !matches!(word.code, "HĐ" | "BC" | "DA" | "GCN")) && segments.len() > 1 {
        ("individual", Style::State)
    } else {
        return None;
    };
    // A wrong type code before a dash and a year makes no party number.
    let style = if year.is_some() { Style::State } else { style };
    let has_code = code.is_some() || rule == "party";
    let spelled: Vec<String> = segments
        .drain(..)
        .enumerate()
        .map(|(i, segment)| match code.filter(|_| i == 0) {
            Some(code) => code.to_string(),
            None => issuers::spell(segment),
        })
        .collect();
    let symbol = match (style, spelled.as_slice()) {
        (Style::Party, [code, organs @ ..]) if !organs.is_empty() => format!("{code}/{}", organs.join("-")),
        (_, all) => all.join("-"),
    };
    let digits = digits(text, number);
    let value = match (style, year) {
        (Style::Party, _) => format!("{digits}-{symbol}"),
        (Style::State, Some(year)) => format!("{digits}/{year}/{symbol}"),
        (Style::State, None) => format!("{digits}/{symbol}"),
    };
    let organ = match (rule, has_code) {
        ("joint", _) => spelled[1..].join("-"),
        ("type-only", _) => String::new(),
        ("legacy", _) => spelled.iter().find(|organ| *organ != "LB").cloned().unwrap_or_default(),
        (_, true) => spelled.get(1).cloned().unwrap_or_default(),
        _ => spelled[0].clone(),
    };
    // `UBND.NN` is the committee, and who wrote for it.
    let organ = organ.split('.').next().unwrap_or_default().to_string();
    let organ = match organ.as_str() {
        "UB" | "CTUBND" => "UBND".to_string(),
        _ if issuers::numbered_assembly(&organ) => organ.trim_end_matches(|c: char| c.is_ascii_digit()).to_string(),
        _ => organ,
    };
    let type_ = types::decide(word, code).or(match rule {
        "office-paper" => Some("CV"),
        _ => None,
    });
    let citation = Citation {
        value,
        shape: Shape::Numbered,
        type_: type_.map(str::to_string),
        number: Some(digits),
        year,
        symbol: Some(symbol),
        issuer: (!organ.is_empty()).then_some(organ),
        ..Citation::default()
    };
    Some(Reading { rule, citation, generic: rule == "type-only" })
}

/// Says whether a symbol is that of a letter wherever it stands: an organ of the list, and a unit of it in capitals.
fn unit(segments: &[&str]) -> bool {
    matches!(segments, [organ, unit] if issuers::is_listed(organ) && unit.chars().count() >= 2 && unit.chars().all(char::is_uppercase))
}

/// Says whether the organ of a symbol is one of the Party.
fn by_party(segments: &[&str]) -> bool {
    segments.get(1).is_some_and(|organ| issuers::is_party(&issuers::spell(organ)) == Some(true))
}

/// Parts a symbol whose dash was lost: `TTBTC` is `TT` and `BTC`.
fn joined(symbol: &str) -> Option<(&str, &str)> {
    // `Cienco 5 - CTCP` is a joint-stock company.
    if types::code(symbol).is_some() || issuers::is_organ(symbol) || symbol == "CTCP" {
        return None;
    }
    symbol.char_indices().skip(2).find_map(|(at, _)| {
        let (code, organ) = symbol.split_at(at);
        (types::code(code) == Some(code) && issuers::is_organ(organ)).then_some((code, organ))
    })
}

/// Reads a number without a symbol after a type word.
pub fn short(text: &str, number: &Number, word: &Type) -> Reading {
    let digits = digits(text, number);
    let year = number.year.map_or_else(String::new, |year| format!("/{year}"));
    let citation = Citation {
        value: format!("{} {digits}{year}", word.code),
        shape: Shape::Short,
        type_: Some(word.code.to_string()),
        number: Some(digits),
        year: number.year,
        ..Citation::default()
    };
    Reading { rule: "short", citation, generic: true }
}

/// Separators of a family.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    /// `20/NQ-HĐND`.
    State,
    /// `06-NQ/TU`.
    Party,
}

/// Writes the digits with at least two of them; a dot that parts thousands goes.
fn digits(text: &str, number: &Number) -> String {
    let printed = &text[number.digits.clone()];
    let printed = match printed.split_once('.') {
        Some((whole, part)) if part.len() == 3 && number.year.is_none() => format!("{whole}{part}"),
        _ => printed.to_string(),
    };
    if printed.len() == 1 { format!("0{printed}") } else { printed }
}

/// Returns the term of the National Assembly that a symbol names: `QH15` of `NQ-UBTVQH15`.
pub fn term(symbol: &str) -> Option<&str> {
    let last = symbol.rsplit(['-', '/']).find(|segment| issuers::numbered_assembly(segment))?;
    last.find("QH").map(|at| &last[at..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{ArticleText, citation};

    fn values(text: &str, rule: &str) -> Vec<String> {
        let found = citation::find(&ArticleText::new(text, None, None)).0;
        found.into_iter().filter(|found| found.rule == rule).map(|found| found.fact.value).collect()
    }

    #[test]
    fn every_form_reads_its_examples_and_no_counterexample() {
        for form in FORMS {
            for (text, expected) in form.examples {
                assert_eq!(values(text, form.name), *expected, "{}: {text}", form.name);
            }
            for text in form.counterexamples {
                assert_eq!(values(text, form.name), Vec::<String>::new(), "{}: {text}", form.name);
            }
        }
    }

    #[test]
    fn a_citation_begins_behind_the_one_before_it() {
        let found = citation::find(&ArticleText::new("0,34/ VBHN 01/2022/NQ-HĐND", None, None)).0;
        let spans: Vec<_> = found.iter().map(|found| found.span.clone()).collect();
        assert!(spans.len() == 2 && spans[0].end <= spans[1].start, "{spans:?}");
    }
}
