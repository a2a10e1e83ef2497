//! Figures of known indicators, and what stands side by side in a series.

use crate::program::run;
use baotinh::article::{Article, Record};
use baotinh::extract;
use baotinh::facts::figure::{Figure, Nature, figures};
use baotinh::facts::indicators::{Measure, indicators, read};

fn of(published: &str, body: &str) -> Vec<Figure> {
    let published = Some(published.parse().expect("a day"));
    let article = Article { id: "bao:1".into(), published, body: body.into(), ..Article::default() };
    figures(&Record { mentions: extract::extract(&article), article, ..Record::default() })
}

#[test]
fn every_example_of_an_indicator_is_of_it_and_no_counterexample_is() {
    let mut wrong = Vec::new();
    for row in indicators().rows() {
        let has = |text: &String| of("2025-06-15", text).iter().any(|figure| figure.indicator == row.id);
        wrong.extend(row.examples.iter().filter(|text| !has(text)).map(|text| format!("{} is not {text}", row.id)));
        wrong.extend(row.counterexamples.iter().filter(|text| has(text)).map(|text| format!("{} is {text}", row.id)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_wrong_row_of_the_list_is_named() {
    let list = include_str!("../src/facts/indicators.toml");
    assert!(read(list).is_ok());
    for (from, to, named) in [
        ("id = \"near_poverty\"", "id = \"poverty\"", "poverty: two rows"),
        ("synonyms = [\"tỷ lệ hộ cận nghèo\"", "synonyms = [\"tỷ lệ hộ nghèo\"", "near_poverty"),
        ("measures = [\"completion\"]", "measures = []", "public_investment"),
    ] {
        let error = read(&list.replacen(from, to, 1)).expect_err("an error").to_string();
        assert!(error.contains(named), "{error}");
    }
}

#[test]
fn what_is_aimed_at_or_expected_is_not_measured() {
    let nature = |body: &str| of("2025-03-10", body).into_iter().map(|figure| figure.nature).collect::<Vec<_>>();
    assert_eq!(nature("Năm 2024, tỷ lệ hộ nghèo của tỉnh Quảng Trị còn 5,1%."), [Nature::Measured]);
    assert_eq!(nature("Tỉnh phấn đấu năm 2025 tỷ lệ hộ nghèo còn dưới 4%."), [Nature::Target]);
    assert_eq!(nature("Đến năm 2030, tỷ lệ che phủ rừng của tỉnh Quảng Trị đạt 51%."), [Nature::Target]);
    assert_eq!(nature("Ngân hàng Thế giới dự báo GDP của Việt Nam tăng 6,8% năm 2025."), [Nature::Forecast]);
}

#[test]
fn a_fall_is_negative_and_an_excess_above_its_plan() {
    let one = |body: &str| {
        let figure = of("2025-03-10", body).into_iter().next().expect("a figure");
        (figure.measure, figure.low)
    };
    assert_eq!(one("Kim ngạch xuất khẩu năm 2024 giảm 3,2%."), (Measure::Change, -3.2));
    assert_eq!(one("Thu ngân sách nhà nước năm 2024 vượt 7,6% dự toán."), (Measure::Completion, 107.6));
}

fn archive() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let long = "Ông Trần Giả Định cho biết xã đã vận động từng hộ trồng chè, nuôi cá lồng và làm du lịch cộng đồng.";
    let told = format!("Theo Cục Thống kê, năm 2024 tỷ lệ hộ nghèo của tỉnh Hà Tĩnh còn 2,31%. {long}");
    let bodies = [
        ("a", told.as_str()),
        ("b", &told),
        ("c", "Năm 2024, tỷ lệ hộ nghèo của tỉnh Hà Tĩnh là 2,47%."),
        ("d", "Năm 2024, tỷ lệ hộ nghèo của tỉnh Hà Tĩnh là 2,3%."),
        ("e", "Năm 2024, tỷ lệ hộ nghèo của xã Bến Ngói, huyện Thạch Hà, tỉnh Hà Tĩnh là 14,2%."),
        ("f", "Năm 2025, tỉnh Hà Tĩnh phấn đấu tỷ lệ hộ nghèo của tỉnh còn 1,9%."),
        ("g", "Tỷ lệ hộ nghèo còn 9,9%."),
    ];
    let line = |(id, body): (&str, &str)| {
        serde_json::json!({ "id": id, "title": "Giảm nghèo", "published": "2025-02-20", "body": body }).to_string()
            + "\n"
    };
    std::fs::write(folder.path().join("articles.jsonl"), bodies.map(line).concat()).expect("written");
    let (status, _, message) = run(folder.path(), &["run", "articles.jsonl"]);
    assert_eq!(status, 0, "{message}");
    folder
}

#[test]
fn a_series_shows_every_value_and_counts_a_reprint_once() {
    let folder = archive();
    let (status, out, message) = run(folder.path(), &["series", "poverty", "--place", "Hà Tĩnh", "--format", "jsonl"]);
    assert_eq!(status, 0, "{message}");
    let rows: Vec<serde_json::Value> = out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let values: Vec<_> = rows.iter().map(|row| (row["value"].as_f64(), row["articles"].as_u64())).collect();
    // 2,3% is 2,31% rounded: one value of a text printed twice and another article.
    assert_eq!(values, [(Some(2.31), Some(2)), (Some(2.47), Some(1))], "{out}");
    assert!(rows.iter().all(|row| row["place"] == "Hà Tĩnh" && row["period"] == "2024" && row["of_values"] == 2));
    assert_eq!(rows[0]["said_by"], serde_json::json!(["Cục Thống kê"]));
    assert_eq!((rows[0]["figures"].as_u64(), rows[0]["ids"].as_array().map(Vec::len)), (Some(3), Some(3)));
    assert!(message.contains("1 without a place") && message.contains("1 targets"), "{message}");
    assert!(message.contains("1 reprints"), "{message}");
}

#[test]
fn a_communes_rate_and_a_target_stand_apart() {
    let folder = archive();
    let place = |place: &str, nature: &str| {
        let (_, out, _) =
            run(folder.path(), &["series", "poverty", "--place", place, "--nature", nature, "--format", "csv"]);
        out.lines().skip(1).map(str::to_string).collect::<Vec<_>>()
    };
    let commune = place("xã Bến Ngói", "measured");
    assert_eq!(commune.len(), 1, "{commune:?}");
    assert!(commune[0].contains("14.2") && !place("Hà Tĩnh", "all").join("").contains("14.2"));
    let target = place("Hà Tĩnh", "target");
    assert_eq!(target.len(), 1, "{target:?}");
    assert!(target[0].contains(",2025,level,,target,,1.9,"), "{target:?}");
    let (status, _, message) = run(folder.path(), &["series", "no-such-thing"]);
    assert_eq!(status, 2);
    assert!(message.contains("no indicator") && message.contains("poverty"), "{message}");
    let (_, list, _) = run(folder.path(), &["series", "--format", "csv"]);
    assert!(list.lines().nth(1).is_some_and(|row| row.starts_with("7,7,6,poverty,")), "{list}");
}

#[test]
fn figures_join_their_mentions_and_documents_their_citations() {
    let folder = archive();
    let table = |name: &str| {
        let (status, out, message) = run(folder.path(), &["export", "--table", name, "--format", "csv"]);
        assert_eq!(status, 0, "{message}");
        let mut reader = csv::Reader::from_reader(out.as_bytes());
        reader.deserialize().collect::<Result<Vec<std::collections::HashMap<String, String>>, _>>().expect("CSV")
    };
    let (figures, mentions) = (table("figures"), table("mentions"));
    assert_eq!(figures.len(), 7);
    for figure in figures {
        let same = |row: &&std::collections::HashMap<String, String>| {
            row["id"] == figure["id"] && row["mention"] == figure["mention"]
        };
        assert_eq!(mentions.iter().find(same).map(|row| &row["text"]), Some(&figure["text"]));
    }
}
