//! Documents above citations: which mentions are one document, and which are not.

use crate::program::run;
use baotinh::article::{Article, Record};
use baotinh::extract;
use baotinh::facts::gather::{Digest, Gathered, Gatherer};
use baotinh::facts::identity::identities;
use baotinh::facts::laws::{laws, read};
use baotinh::facts::registry::Doubt;
use baotinh::facts::relation::{Relation, relations};
use baotinh::facts::works::Work;

/// Makes the record of an article with this text, published on this day.
fn record(id: usize, published: &str, body: &str) -> Record {
    let published = Some(published.parse().expect("a day"));
    let article = Article { id: format!("bao:{id}"), published, body: body.into(), ..Article::default() };
    Record { mentions: extract::extract(&article), article, ..Record::default() }
}

fn gathered(records: &[Record]) -> Gathered {
    let mut gatherer = Gatherer::new().expect("a temporary file");
    for record in records {
        gatherer.add(&Digest::of(record)).expect("written");
    }
    gatherer.finish().expect("read")
}

/// Returns the documents that articles of these texts cite, all published on one day.
fn works(published: &str, bodies: &[&str]) -> Vec<Work> {
    let records: Vec<_> = bodies.iter().enumerate().map(|(id, body)| record(id, published, body)).collect();
    gathered(&records).works().expect("read")
}

fn ids(published: &str, bodies: &[&str]) -> Vec<String> {
    works(published, bodies).into_iter().map(|work| work.id.unwrap_or_else(|| "-".into())).collect()
}

#[test]
fn the_register_of_laws_is_sound() {
    let laws = read(include_str!("../src/facts/laws.toml")).expect("laws.toml");
    assert!(laws.rows().len() > 200);
}

#[test]
fn a_wrong_row_of_the_register_is_named() {
    let row = |amends: &str| {
        let head = r#"laws = [{ number = "1/2020/QH14", name = "Luật A", issued = "2020-01-01", force = "2020-02-01""#;
        format!("{head}{amends} }}]\n[abbreviations]\n[aliases]\n[short]\n")
    };
    assert!(read(&row("")).is_ok());
    let error = read(&row(r#", amends = ["9/2019/QH14"]"#)).err().expect("an error").to_string();
    assert!(error.contains("1/2020/QH14") && error.contains("9/2019/QH14"), "{error}");
}

#[test]
fn one_number_in_one_year_is_one_document_whatever_the_day() {
    let bodies = [
        "Quyết định 809/QĐ-TTg ngày 25/5/2013 của Thủ tướng Chính phủ.",
        "Quyết định 809/QĐ-TTg ngày 30/5/2013 của Thủ tướng Chính phủ.",
    ];
    let works = works("2013-06-15", &bodies);
    assert_eq!(works.len(), 1);
    assert_eq!(works[0].articles, 2);
    assert!(works[0].doubts.contains(&Doubt::DatesDiffer));
    assert_eq!(
        ids("2020-01-01", &["Quyết định 777/QĐ-BHXH ngày 24/6/2019.", "Quyết định 777/QĐ-BHXH ngày 17/5/2010."]).len(),
        2
    );
}

#[test]
fn a_decree_without_its_year_is_the_one_of_its_issue_date() {
    let bodies = ["Nghị định 102/NĐ-CP ngày 30/7/2024.", "Nghị định số 102/2024/NĐ-CP."];
    assert_eq!(ids("2024-09-01", &bodies), ["vn/cp/nd/2024/102"]);
}

#[test]
fn a_decision_with_the_year_in_its_number_is_another_than_one_without() {
    let bodies = ["Quyết định 29/2025/QĐ-TTg.", "Quyết định 29/QĐ-TTg ngày 6/1/2025."];
    assert_eq!(ids("2025-10-01", &bodies).len(), 2);
}

#[test]
fn a_symbol_with_letters_of_another_script_is_the_same() {
    let bodies = ["Thông tư 60/2025/TT-BCT.", "Thông tư 60/2025/TT-BC\u{422}."];
    assert_eq!(ids("2025-12-10", &bodies), ["vn/bct/tt/2025/60"]);
}

#[test]
fn the_number_of_one_province_is_not_that_of_another() {
    let bodies = [
        "Nghị quyết số 01/2025/NQ-HĐND của HĐND tỉnh Quảng Ninh.",
        "Nghị quyết số 01/2025/NQ-HĐND của HĐND tỉnh Thanh Hóa.",
    ];
    let ids = ids("2025-05-10", &bodies);
    assert_eq!(ids, ["quang-ninh/hdnd/nq/2025/01", "thanh-hoa/hdnd/nq/2025/01"]);
}

#[test]
fn a_law_by_name_and_year_is_its_number() {
    let bodies = ["Luật Đất đai năm 2024 quy định.", "Luật Đất đai số 31/2024/QH15 quy định.", "Luật đất đai 2024."];
    assert_eq!(ids("2025-05-10", &bodies), ["vn/qh/luat/2024/31"]);
}

#[test]
fn a_law_by_name_alone_is_the_one_in_force_on_the_day() {
    let body = "Theo Luật Đất đai, người sử dụng đất có quyền khiếu nại.";
    assert_eq!(ids("2013-05-10", &[body]), ["vn/qh/luat/2003/13"]);
    assert_eq!(ids("2019-05-10", &[body]), ["vn/qh/luat/2013/45"]);
    assert_eq!(ids("2025-05-10", &[body]), ["vn/qh/luat/2024/31"]);
    let between = works("2024-03-10", &[body]);
    assert_eq!(between[0].id, None, "adopted and not in force: either may be meant");
    assert!(between[0].doubts.contains(&Doubt::UndatedName));
}

#[test]
fn an_undated_number_is_the_one_dated_document_of_the_corpus() {
    let bodies = ["Nghị quyết số 57-NQ/TW ngày 22/12/2024.", "Nghị quyết số 57-NQ/TW đã đi vào cuộc sống."];
    assert_eq!(ids("2025-05-10", &bodies), ["vn/tw/nq/2024/57"]);
    assert_eq!(ids("2025-05-10", &bodies[1..]), ["-"]);
}

#[test]
fn the_order_of_the_records_changes_nothing() {
    let mut records: Vec<_> = ["Luật Nhà ở năm 2023.", "Nghị quyết 57-NQ/TW ngày 22/12/2024.", "Nghị quyết 57-NQ/TW."]
        .iter()
        .enumerate()
        .map(|(id, body)| record(id, "2025-05-10", body))
        .collect();
    let forwards = gathered(&records).works().expect("read");
    records.reverse();
    assert_eq!(gathered(&records).works().expect("read"), forwards);
}

#[test]
fn an_article_fetched_again_counts_once() {
    let mut later = record(0, "2025-05-10", "Nghị định 168/2024/NĐ-CP.");
    later.article.fetched = Some("2025-06-01T00:00:00Z".parse().expect("a time"));
    let records = [record(0, "2025-05-10", "Nghị định 100/2019/NĐ-CP."), later];
    let works = gathered(&records).works().expect("read");
    assert_eq!(works.iter().map(|work| work.value.as_str()).collect::<Vec<_>>(), ["168/2024/NĐ-CP"]);
}

#[test]
fn an_amending_law_is_not_the_law_that_it_amends() {
    let name = laws().name("Luật sửa đổi Bộ luật Hình sự năm 2017");
    assert_eq!(laws().of_year(&name).map(|law| law.number.as_str()), Some("12/2017/QH14"));
    let name = laws().name("Bộ luật Hình sự năm 2015");
    assert_eq!(laws().of_year(&name).map(|law| law.number.as_str()), Some("100/2015/QH13"));
}

/// Makes an index of articles, and of pages of two provinces that give one number to two resolutions.
fn indexed() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let bodies = [
        "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về đột phá phát triển khoa học, công nghệ.",
        "Xã triển khai Nghị quyết 57-NQ/TW. Nghị quyết số 57-NQ/TW mở đường cho chuyển đổi số.",
        "Tỉnh họp bàn Nghị quyết 57 của Bộ Chính trị và Luật Đất đai năm 2024.",
        "Nghị quyết số 01/2025/NQ-HĐND của HĐND tỉnh Quảng Ninh và Nghị quyết số 57-NQ/TW.",
        "Nghị quyết số 01/2025/NQ-HĐND của HĐND tỉnh Thanh Hóa.",
        "Luật Đất đai số 31/2024/QH15 có hiệu lực.",
    ];
    let line = |(at, body): (usize, &&str)| {
        serde_json::json!({ "id": format!("bao:{at}"), "title": format!("Tin số {at}"), "published": "2025-05-10", "body": body })
            .to_string()
            + "\n"
    };
    let lines: String = bodies.iter().enumerate().map(line).collect();
    std::fs::write(folder.path().join("articles.jsonl"), lines).expect("written");
    let (status, out, message) = run(folder.path(), &["run", "articles.jsonl"]);
    assert_eq!(status, 0, "{message}");
    assert!(out.contains("     4  57-NQ/TW\n"), "{out}");
    folder
}

#[test]
fn every_command_counts_a_document_alike_in_every_spelling() {
    let folder = indexed();
    let rows = |args: &[&str]| {
        let (status, out, message) = run(folder.path(), &[args, &["--format", "csv"]].concat());
        assert_eq!(status, 0, "{args:?}: {message}");
        out.lines().skip(1).map(str::to_string).collect::<Vec<_>>()
    };
    let spellings = [
        "57-NQ/TW",
        "57/NQ-TW",
        "57 nq/tw",
        "Nghị quyết 57",
        "Nghị quyết số 57-NQ/TW",
        "NQ 57",
        "NQ57",
        "nq-57",
        "nghi quyet 57",
        "nghi quyet so 57-nq/tw",
        "vn/tw/nq/2024/57",
        "Nghị quyết số 57-NQ/TW ngày 22/12/2024",
    ];
    for spelling in spellings {
        assert_eq!(rows(&["cites", spelling]).len(), 4, "{spelling}");
        let found = rows(&["search", &format!("cites:\"{spelling}\"")]);
        assert_eq!(found.iter().filter(|row| row.contains("true")).count(), 4, "{spelling}: {found:?}");
        let (_, page, _) = run(folder.path(), &["document", spelling, "--format", "json"]);
        let page: serde_json::Value = serde_json::from_str(&page).expect("JSON");
        assert_eq!(
            (&page["document"]["articles"], &page["document"]["citations"]),
            (&4.into(), &5.into()),
            "{spelling}"
        );
        assert_eq!(page["document"]["issued"], "2024-12-22");
    }
    assert!(rows(&["cited", "--type", "NQ"])[0].starts_with("4,5,2025-05-10,2025-05-10,,,57-NQ/TW,"));
    assert!(rows(&["documents", "--issuer", "TW"])[0].starts_with("4,5,2024-12-22,57-NQ/TW,vn/tw/nq/2024/57,"));
    assert!(rows(&["facets", "--by", "document"])[0].ends_with(",vn/tw/nq/2024/57"));
    assert!(rows(&["facets", "--by", "document"])[0].starts_with("4,4,"));
    for spelling in ["Luật Đất đai 2024", "luat dat dai 2024", "Luật Đất đai", "luat dat dai", "31/2024/QH15"]
    {
        assert_eq!(rows(&["cites", spelling]).len(), 2, "{spelling}");
    }
}

#[test]
fn documents_of_one_number_are_listed_and_never_mixed() {
    let folder = indexed();
    let (status, out, message) = run(folder.path(), &["cites", "01/2025/NQ-HĐND", "--format", "csv"]);
    assert_eq!((status, out.lines().count()), (0, 3), "{message}");
    assert!(out.contains("quang-ninh/hdnd/nq/2025/01") && out.contains("thanh-hoa/hdnd/nq/2025/01"), "{out}");
    assert!(message.contains("2 documents"), "{message}");
    for one in ["01/2025/NQ-HĐND của HĐND tỉnh Quảng Ninh", "quang-ninh/hdnd/nq/2025/01"] {
        let (status, out, message) = run(folder.path(), &["cites", one, "--format", "csv"]);
        assert_eq!((status, out.lines().count()), (0, 2), "{message}");
        assert!(out.contains("bao:3"), "{out}");
    }
    let (_, out, _) = run(folder.path(), &["documents", "--place", "Thanh Hóa", "--format", "csv"]);
    assert_eq!(out.lines().count(), 2, "{out}");
    let (_, out, _) = run(folder.path(), &["documents", "--since", "2025", "--format", "csv"]);
    assert_eq!(out.lines().count(), 3, "{out}");
}

#[test]
fn a_document_that_no_article_cites_is_told_with_those_near_it() {
    let folder = indexed();
    for command in ["cites", "document"] {
        let (status, out, message) = run(folder.path(), &[command, "58-NQ/TW"]);
        assert_eq!(status, 1, "{out}");
        assert!(message.contains("57-NQ/TW [vn/tw/nq/2024/57]"), "{message}");
    }
}

/// Returns the relations that a text tells: values of both documents, type and scope.
fn told(body: &str) -> Vec<String> {
    let record = record(0, "2025-12-10", body);
    let value = |at: usize| record.mentions[at].value().into_owned();
    let relations = relations(&record, &identities(&record));
    let line = |relation: &Relation| {
        let (from, to) = (value(relation.from), value(relation.to));
        format!("{from} {} {to} {}", relation.type_.name(), relation.scope.name())
    };
    relations.iter().map(line).collect()
}

#[test]
fn a_sentence_tells_what_one_document_does_to_another() {
    let rows: [(&str, &[&str]); 13] = [
        (
            "HĐND tỉnh thông qua Nghị quyết số 89/2022/NQ-HĐND về hỗ trợ học phí, thay thế Nghị quyết số 22/2019/NQ-HĐND.",
            &["89/2022/NQ-HĐND replaces 22/2019/NQ-HĐND whole"],
        ),
        (
            "Theo Nghị định 100/2019/NĐ-CP, được sửa đổi, bổ sung một số điều bởi Nghị định 123/2021/NĐ-CP, mức phạt tăng.",
            &["123/2021/NĐ-CP amends 100/2019/NĐ-CP part"],
        ),
        (
            "Nghị định 190/2025/NĐ-CP sửa đổi khoản 2 Điều 3 Nghị định 118/2021/NĐ-CP.",
            &["190/2025/NĐ-CP amends 118/2021/NĐ-CP part"],
        ),
        (
            "Thông tư 12/2025/TT-BTC bãi bỏ Thông tư 40/2017/TT-BTC và Thông tư 41/2018/TT-BTC.",
            &["12/2025/TT-BTC repeals 40/2017/TT-BTC whole", "12/2025/TT-BTC repeals 41/2018/TT-BTC whole"],
        ),
        (
            "Kế hoạch số 36/KH-UBND của UBND huyện triển khai Quyết định 1719/QĐ-TTg phải chờ vốn.",
            &["36/KH-UBND implements 1719/QĐ-TTg whole"],
        ),
        (
            "Thực hiện Nghị quyết 57-NQ/TW và Chỉ thị 13-CT/TW, UBND tỉnh đã ban hành Kế hoạch số 87/KH-UBND.",
            &["87/KH-UBND implements 57-NQ/TW whole", "87/KH-UBND implements 13-CT/TW whole"],
        ),
        (
            "Quyết định 4130/QĐ-UBND có hiệu lực. Quyết định này bãi bỏ Quyết định 1905/QĐ-UBND.",
            &["4130/QĐ-UBND repeals 1905/QĐ-UBND whole"],
        ),
        (
            "Điểm b khoản 14 Điều 1 Nghị định 310/2025/NĐ-CP đã sửa đổi quy định về mức phạt tại khoản 3 Điều 24 Nghị định 125/2020/NĐ-CP.",
            &["310/2025/NĐ-CP amends 125/2020/NĐ-CP part"],
        ),
        (
            "Phụ lục I ban hành kèm theo Thông tư 12/2018/TT-BCT bị thay thế bởi Điều 1 Thông tư 08/2023/TT-BCT.",
            &["08/2023/TT-BCT replaces 12/2018/TT-BCT part"],
        ),
        ("Quyết định số 2660/QĐ-BTC của Bộ Tài chính về việc gia hạn thực hiện Quyết định số 1209/QĐ-BTC.", &[]),
        ("Chỉ thị số 01/CT-TTg ngày 10/01/2013 và Hướng dẫn triển khai thực hiện Chỉ thị 01/CT-TTg.", &[]),
        ("Theo Nghị quyết 57-NQ/TW và Luật Đất đai 2024, tỉnh đề xuất sửa đổi Nghị định 102/2024/NĐ-CP.", &[]),
        ("Thực hiện Nghị quyết 57-NQ/TW, tỉnh áp dụng Luật Đất đai 2024.", &[]),
    ];
    for (body, expected) in rows {
        assert_eq!(told(body), expected, "{body}");
    }
}

#[test]
fn a_lower_act_changes_no_higher_one_and_none_a_later_one() {
    assert_eq!(told("Thông tư 12/2025/TT-BTC sửa đổi Nghị định 100/2019/NĐ-CP."), [""; 0]);
    assert_eq!(told("Nghị định 100/2019/NĐ-CP thay thế Nghị định 168/2024/NĐ-CP."), [""; 0]);
    assert_eq!(told("Luật Đất đai 2024 quy định chi tiết Nghị định 102/2024/NĐ-CP."), [""; 0]);
}

#[test]
fn the_page_of_a_document_shows_relations_both_ways() {
    let folder = tempfile::tempdir().expect("a folder");
    let body = "Nghị định 168/2024/NĐ-CP thay thế Nghị định 100/2019/NĐ-CP.";
    let line =
        serde_json::json!({ "id": "bao:1", "title": "Tin", "published": "2025-05-10", "body": body }).to_string();
    std::fs::write(folder.path().join("articles.jsonl"), line).expect("written");
    assert_eq!(run(folder.path(), &["run", "articles.jsonl"]).0, 0);
    for (document, relation) in [("168/2024/NĐ-CP", "replaces"), ("100/2019/NĐ-CP", "replaced_by")] {
        let (_, page, _) = run(folder.path(), &["document", document, "--format", "json"]);
        let page: serde_json::Value = serde_json::from_str(&page).expect("JSON");
        assert_eq!(page["relations"][0]["relation"], relation);
    }
    let (_, rows, _) = run(folder.path(), &["relations", "--format", "csv"]);
    assert!(
        rows.lines().nth(1).expect("a row").starts_with("1,168/2024/NĐ-CP,replaces,whole,100/2019/NĐ-CP,"),
        "{rows}"
    );
}
