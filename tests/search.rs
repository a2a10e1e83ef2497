//! Search: what a query finds, in which order, what it costs to be wrong, and counts that are exact.

use crate::index::{record, write};
use crate::program::run;
use baotinh::article::Record;
use baotinh::mention::{Citation, Fact, Mention, Part, Percent};
use baotinh::search::{self, Archive};
use proptest::prelude::*;
use serde_json::Value;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::LazyLock;
use tempfile::TempDir;

/// Adds a mention of the first place where `text` stands in the body.
fn mention(record: &mut Record, text: &str, fact: Fact) {
    let body = &record.article.body;
    let start = body[..body.find(text).expect("in the body")].chars().count();
    let end = start + text.chars().count();
    let (text, rule, sentence_end) = (text.into(), "by-hand".into(), body.chars().count());
    record.mentions.push(Mention {
        part: Part::Body,
        start,
        end,
        text,
        rule,
        flags: Vec::new(),
        sentence_start: 0,
        sentence_end,
        fact,
    });
}

fn citation(value: &str, type_: &str, issuer: &str) -> Fact {
    Fact::Citation(Citation {
        value: value.into(),
        type_: Some(type_.into()),
        issuer: Some(issuer.into()),
        number: value.split('/').next().map(Into::into),
        year: value.split('/').nth(1).and_then(|year| year.parse().ok()),
        symbol: value.rsplit('/').next().map(Into::into),
        ..Citation::default()
    })
}

fn percent(value: f64, indicator: &str) -> Fact {
    Fact::Percent(Percent {
        value: Some(value),
        low: value,
        high: value,
        indicator: Some(indicator.into()),
        ..Percent::default()
    })
}

/// Five articles of two invented papers.
pub fn records() -> Vec<Record> {
    let article = |id: &str, title: &str, body: &str, source: &str, province: &str, published: Option<&str>| {
        let mut record = record(id, title, body, "2024-06-01");
        record.article.source = Some(source.into());
        record.article.province_old = Some(province.into());
        record.article.province_new = baotinh::place::find(province).map(|province| province.new.to_string());
        record.article.published = published.map(|day| day.parse().expect("a day"));
        record
    };
    let mut a = article(
        "a",
        "Nghị quyết về giảm nghèo",
        "Hội đồng nhân dân tỉnh ban hành Nghị quyết 01/2022/NQ-HĐND. Tỷ lệ hộ nghèo còn 0,34%, tỷ lệ che phủ rừng đạt 72%.",
        "Báo Sông Lam",
        "Nghệ An",
        Some("2022-08-31"),
    );
    mention(&mut a, "Nghị quyết 01/2022/NQ-HĐND", citation("01/2022/NQ-HĐND", "NQ", "HĐND"));
    mention(&mut a, "0,34%", percent(0.34, "Tỷ lệ hộ nghèo"));
    mention(&mut a, "72%", percent(72.0, "tỷ lệ che phủ rừng"));
    let mut b = article(
        "b",
        "Hòa Bình mở rộng vùng mía",
        "UBND huyện theo Quyết định 15/QĐ-UBND và Nghị định 13/2023/NĐ-CP. Hộ nghèo chiếm 75% vùng cao.\nSản lượng mía tăng.",
        "Báo Sông Đà",
        "Hòa Bình",
        Some("2023-02-10"),
    );
    mention(&mut b, "Quyết định 15/QĐ-UBND", citation("15/QĐ-UBND", "QĐ", "UBND"));
    mention(&mut b, "Nghị định 13/2023/NĐ-CP", citation("13/2023/NĐ-CP", "NĐ", "CP"));
    mention(&mut b, "75%", percent(75.0, "Hộ nghèo"));
    let c = article(
        "c",
        "Ủy ban nhân dân tỉnh họp",
        "Nghị sự của quyết toán. Dân quân hội thao, đồng đội.",
        "Báo Sông Lam",
        "Nghệ An",
        None,
    );
    let d = article(
        "d",
        "Chợ quê",
        "Bán mia và mìa ở chợ. Người bán đi chợ.",
        "Báo Sông Đà",
        "Hòa Bình",
        Some("2023-02-11"),
    );
    let e = article(
        "e",
        "Quan họ",
        "Hoà nhạc nghi thức, quyet tam khong dau.",
        "Báo Sông Đà",
        "Hải Dương",
        Some("2025-08-01"),
    );
    vec![a, b, c, d, e]
}

static ARCHIVE: LazyLock<(TempDir, Archive)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "records.jsonl", &records());
    let (status, _, message) = run(folder.path(), &["index", "records.jsonl"]);
    assert_eq!(status, 0, "{message}");
    let archive = Archive::open(&folder.path().join("index")).expect("an index");
    (folder, archive)
});

fn folder() -> &'static Path {
    ARCHIVE.0.path()
}

/// Returns the ids of what a query finds, sorted.
fn found(query: &str) -> String {
    let query = search::parse(query, true).expect("a query");
    let mut ids = Vec::new();
    ARCHIVE
        .1
        .each(&query, &mut |record| {
            ids.push(record.article.id);
            Ok(ControlFlow::Continue(()))
        })
        .expect("read");
    assert_eq!(ids.len() as u64, ARCHIVE.1.count(&query).expect("counted"));
    ids.sort();
    ids.concat()
}

#[test]
fn a_word_finds_what_was_typed_and_without_diacritics_anything() {
    for (query, ids) in [
        ("mía", "b"),
        ("mia", "bd"),
        ("=mia", "d"),
        ("~mía", "bd"),
        ("nghị quyết", "a"),
        ("nghi quyet", "a"),
        ("+nghị +quyết", "abc"),
        ("nghị AND quyết", "abc"),
        ("+nghi +quyet", "abce"),
        ("\"nghị quyết\"", "a"),
        ("\"nghi quyet\"", "a"),
        ("=\"nghi quyet\"", ""),
        ("hòa", "be"),
        ("hoà", "be"),
        ("NGHỊ QUYẾT", "a"),
        ("ngh*", "abce"),
        ("\"hộ ng\"*", "ab"),
        ("\"01/2022/nq-hđ\"*", "a"),
        ("\"hòa nhạc\"", "e"),
        ("\"đạt 72%.\"", "a"),
        ("\"0,34%, tỷ l\"*", "a"),
        ("\"quan hội\"", ""),
        ("\"quyết toán. dân quân\"", "c"),
        ("\"quyết toán dân quân\"", ""),
        ("\"vùng cao. sản lượng\"", "b"),
        ("*uyết", "abc"),
        ("mía OR \"hoà nhạc\"", "be"),
        ("mia NOT mía", "d"),
        ("NOT \"hộ nghèo\" OR mía", "bcde"),
        ("* NOT (nghị OR mia)", "e"),
        ("chợ AND (mía OR mìa)", "d"),
        ("\"chiếm 75% vùng\"", "b"),
        ("0,34", "a"),
        ("0,34%", "a"),
        ("72 %", "a"),
        ("\"cao sản lượng\"", ""),
        ("hội NEAR/0 đồng", "a"),
        ("tỉnh NEAR/1 \"hội đồng nhân\"", "a"),
        ("tỉnh NEAR/0 \"hội đồng nhân\"", ""),
        ("\"nghị quyết\" NEAR/2 tỉnh", "a"),
        ("title:nghèo", "a"),
        ("title:\"uy ban\"", "c"),
    ] {
        assert_eq!(found(query), ids, "{query}");
    }
}

#[test]
fn decomposed_text_asks_the_same() {
    for query in ["nghị quyết", "\"Hộ nghèo\"", "hòa", "01/2022/NQ-HĐND"] {
        let decomposed: String = unicode_normalization::UnicodeNormalization::nfd(query).collect();
        assert_eq!(search::parse(&decomposed, true), search::parse(query, true));
    }
}

#[test]
fn an_abbreviation_finds_its_words_and_can_be_kept_from_it() {
    assert_eq!(found("UBND"), "bc");
    assert_eq!(found("=UBND"), "b");
    let kept = search::parse("UBND", false).expect("a query");
    assert_eq!((ARCHIVE.1.count(&kept).expect("counted"), kept.to_string()), (1, "~ubnd".to_string()));
    let (_, out, message) = run(folder(), &["search", "UBND", "--json"]);
    let answer: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(answer["expanded"][0][0], "UBND");
    assert!(message.contains("đã mở rộng: UBND = uỷ ban nhân dân"), "{message}");
}

#[test]
fn facts_are_fields_and_conditions_side_by_side_are_of_one_mention() {
    for (query, ids) in [
        ("01/2022/NQ-HĐND", "a"),
        ("1/2022/nq-hdnd", "a"),
        ("cites:\"01 / 2022/NQ–HĐND\"", "a"),
        ("cites:01/2022/NQ", ""),
        ("type:NQ", "a"),
        ("type:qđ", "b"),
        ("issuer:CP", "b"),
        ("type:QĐ issuer:CP", ""),
        ("type:NĐ issuer:CP", "b"),
        ("pct:>=70", "ab"),
        ("pct:>75", ""),
        ("pct:0,34", "a"),
        ("pct:0.3..0.4", "a"),
        ("pct:<1", "a"),
        ("indicator:\"hộ nghèo\"", "ab"),
        ("pct:>=70 indicator:\"ho ngheo\"", "b"),
        ("pct:>=70 AND (indicator:\"hộ nghèo\")", "b"),
        ("date:2022..2023", "abd"),
        ("date:2023-02-10", "b"),
        ("date:11/2/2023", "d"),
        ("date:2023-02..", "bde"),
        ("source:\"bao song lam\"", "ac"),
        ("province:\"Nghệ An\"", "ac"),
        ("province:\"Hải Phòng\"", "e"),
        ("province:\"Hải Dương\"", "e"),
        ("province-old:\"Hải Phòng\"", ""),
        ("id:a", "a"),
    ] {
        assert_eq!(found(query), ids, "{query}");
    }
}

#[test]
fn exact_diacritics_come_before_others_and_whole_phrases_before_scattered_words() {
    let order = |query: &str| {
        let (_, out, _) = run(folder(), &["search", query, "--json"]);
        let answer: Value = serde_json::from_str(&out).expect("JSON");
        let ids: Vec<_> = answer["hits"]
            .as_array()
            .expect("hits")
            .iter()
            .map(|hit| hit["id"].as_str().expect("an id").to_string())
            .collect();
        (ids, answer)
    };
    let (ids, answer) = order("nghị quyết");
    assert_eq!((ids[0].as_str(), &answer["hits"][0]["complete"]), ("a", &Value::Bool(true)));
    assert_eq!((&answer["total"], &answer["apart"][1]), (&Value::from(1), &Value::from(3)));
    assert_eq!(order("nghi quyet").0[0], "a");
    assert_eq!(order("mìa").0[0], "d");
    let (_, out, _) = run(folder(), &["search", "*", "--sort", "date", "--json"]);
    let answer: Value = serde_json::from_str(&out).expect("JSON");
    let ids: Vec<_> =
        answer["hits"].as_array().expect("hits").iter().map(|hit| hit["id"].as_str().expect("an id")).collect();
    assert_eq!(ids, ["e", "d", "b", "a"]);
}

#[test]
fn a_snippet_marks_what_was_sought_in_code_points_of_the_body() {
    let (_, out, _) = run(folder(), &["search", "\"hộ nghèo\" 01/2022/NQ-HĐND", "--json", "-k", "1"]);
    let answer: Value = serde_json::from_str(&out).expect("JSON");
    let body: Vec<char> = records()[0].article.body.chars().collect();
    let marks: Vec<String> = answer["hits"][0]["snippet"]["marks"]
        .as_array()
        .expect("marks")
        .iter()
        .map(|mark| {
            body[mark[0].as_u64().expect("a start") as usize..mark[1].as_u64().expect("an end") as usize]
                .iter()
                .collect()
        })
        .collect();
    assert_eq!(marks, ["Nghị quyết 01/2022/NQ-HĐND", "hộ nghèo"]);
    let (_, out, _) = run(folder(), &["search", "mía"]);
    assert!(out.contains("Sản lượng [mía] tăng."), "{out}");
    let (_, out, _) = run(folder(), &["search", "lượng mía"]);
    assert!(out.contains("Sản [lượng mía] tăng."), "{out}");
}

#[test]
fn a_wrong_query_is_one_line_that_points_at_the_character() {
    for (query, at, reason) in [
        ("", 1, "holds no word"),
        ("a AND", 6, "AND needs an operand"),
        ("OR a", 1, "OR needs an operand"),
        ("(a b", 1, "not closed"),
        ("a b)", 4, "closes nothing"),
        ("x \"a b", 3, "no end"),
        ("a NOT", 3, "NOT needs an operand"),
        ("nam:2022", 1, "there is no field nam"),
        ("x date:2022-13", 8, "is no date"),
        ("date:2023..2022", 6, "ends before it begins"),
        ("pct:nhiều", 5, "is no number"),
        ("a NEAR", 7, "between two words"),
        ("a NEAR/200 b", 3, "at most 100"),
        ("!!! ...", 1, "holds no word"),
    ] {
        let (status, _, message) = run(folder(), &["search", query]);
        assert_eq!((status, message.lines().count()), (2, 1), "{query}: {message}");
        assert!(
            message.starts_with(&format!("error: query, character {at}: ")) && message.contains(reason),
            "{query}: {message}"
        );
    }
    assert_eq!(run(folder(), &["search", "khôngcóđâu"]).0, 1);
}

#[test]
fn numbers_out_of_all_proportion_are_borne_or_refused() {
    let (status, out, message) = run(folder(), &["search", "*", "-k", "18446744073709551615", "--json"]);
    let answer: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!((status, answer["hits"].as_array().map(Vec::len)), (0, Some(5)), "{message}");
    assert_eq!(run(folder(), &["search", "mía", "-k", "0"]).0, 0);
    for args in [&["kwic", "mía", "--width", "70000"][..], &["collocates", "mía", "--window", "0"]] {
        let (status, _, message) = run(folder(), args);
        assert_eq!((status, message.starts_with("error: ")), (2, true), "{message}");
    }
}

#[test]
fn a_batch_answers_each_line_and_names_the_broken_ones() {
    std::fs::write(
        folder().join("queries.jsonl"),
        "{\"id\": \"1\", \"query\": \"mía\"}\nrubbish\n{\"id\": \"2\", \"query\": \"giá \\\"mía (ra sao?\"}\n",
    )
    .expect("written");
    let (status, out, message) = run(folder(), &["search", "--batch", "queries.jsonl", "--json", "-k", "2"]);
    let answers: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!((status, message.contains("error: queries.jsonl:2: ")), (2, true), "{message}");
    assert_eq!((&answers[0]["id"], &answers[0]["hits"][0]["id"]), (&Value::from("1"), &Value::from("b")));
    assert!(
        answers[1]["warning"].as_str().is_some_and(|text| text.contains("words alone"))
            && answers[1]["hits"][0]["id"] == "b"
    );
}

#[test]
fn a_concordance_has_every_hit_in_the_order_asked_for() {
    let hits = |args: &[&str]| {
        let (status, out, message) = run(folder(), &[&["kwic", "--format", "jsonl"], args].concat());
        assert_eq!(status, 0, "{message}");
        out.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON")).collect::<Vec<_>>()
    };
    let lines = hits(&["mia OR mía", "--width", "5"]);
    assert_eq!(lines.len(), 4);
    assert_eq!(
        (&lines[0]["part"], &lines[0]["left"], &lines[0]["hit"]),
        (&"title".into(), &"vùng ".into(), &"mía".into())
    );
    let rights: Vec<_> =
        hits(&["mia", "--sort", "right1", "--width", "9"]).iter().map(|line| line["right"].clone()).collect();
    assert_eq!(rights, ["", " ở chợ. N", " tăng.", " và mìa ở"]);
    let dates: Vec<_> = hits(&["tỉnh OR chợ", "--sort", "date"]).iter().map(|line| line["date"].clone()).collect();
    assert_eq!(
        dates,
        [Value::from("2022-08-31"), "2023-02-11".into(), "2023-02-11".into(), "2023-02-11".into(), Value::Null]
    );
    let body: Vec<char> = records()[3].article.body.chars().collect();
    for line in hits(&["chợ NEAR/2 bán"]) {
        let at = |name: &str| line[name].as_u64().expect("an offset") as usize;
        assert_eq!(body[at("start")..at("end")].iter().collect::<String>(), line["hit"].as_str().expect("a hit"));
    }
}

#[test]
fn a_condition_on_a_mention_shows_the_mentions_that_meet_it() {
    let rows = |args: &[&str], column: &str| {
        let (status, out, message) = run(folder(), &[args, &["--format", "jsonl"]].concat());
        assert_eq!(status, 0, "{message}");
        let row = |line: &str| serde_json::from_str::<Value>(line).expect("JSON")[column].clone();
        out.lines().map(row).collect::<Vec<_>>()
    };
    for (query, hits) in [
        ("pct:>=70", &["72%", "75%"][..]),
        ("pct:>=70 indicator:\"hộ nghèo\"", &["75%"]),
        ("indicator:\"hộ nghèo\"", &["0,34%", "75%"]),
        ("type:NĐ", &["Nghị định 13/2023/NĐ-CP"]),
        ("15/QĐ-UBND", &["Quyết định 15/QĐ-UBND"]),
        ("cites:01/2022/NQ-HĐND AND \"hộ nghèo\"", &["Nghị quyết 01/2022/NQ-HĐND", "hộ nghèo"]),
    ] {
        assert_eq!(rows(&["kwic", query], "hit"), hits, "{query}");
    }
    assert_eq!(rows(&["cited", "issuer:CP OR type:NĐ"], "document"), ["13/2023/NĐ-CP"]);
    assert_eq!(rows(&["cited", "mía type:QĐ issuer:UBND"], "document"), ["15/QĐ-UBND"]);
    let (_, out, _) = run(folder(), &["search", "indicator:\"che phủ rừng\"", "--json"]);
    let hit = &serde_json::from_str::<Value>(&out).expect("JSON")["hits"][0]["snippet"];
    assert_eq!(hit["marks"].as_array().map(Vec::len), Some(1), "{hit}");
}

#[test]
fn a_sample_is_drawn_from_all_and_the_same_seed_draws_it_again() {
    let hits = |args: &[&str]| {
        let (status, out, message) =
            run(folder(), &[&["kwic", "mia OR chợ OR tỉnh", "--format", "jsonl"], args].concat());
        assert_eq!(status, 0, "{message}");
        (out.lines().map(String::from).collect::<Vec<_>>(), message)
    };
    let (all, _) = hits(&[]);
    let draw = |seed: &str| hits(&["--sample", "3", "--seed", seed]);
    let draws: std::collections::BTreeSet<_> = (0..20).map(|seed| draw(&seed.to_string()).0).collect();
    assert!(draws.len() > 5, "{} different draws", draws.len());
    assert!(draws.iter().all(|draw| draw.len() == 3 && draw.iter().all(|line| all.contains(line))));
    let (one, message) = draw("7");
    assert_eq!(one, draw("7").0);
    assert!(message.contains(&format!("3 drawn with seed 7 from {} occurrences", all.len())), "{message}");
    assert_eq!(hits(&["--sample", "1000"]).0, all);
}

#[test]
fn a_concordance_shows_sentences_and_sorts_by_three_places() {
    let (_, out, _) =
        run(folder(), &["kwic", "tỷ lệ", "--context", "sentence", "--format", "jsonl", "--sort", "right1,left1,date"]);
    let lines: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines[0]["right"], " che phủ rừng đạt 72%.", "c before h");
    assert_eq!((&lines[1]["left"], &lines[1]["title"]), (&"".into(), &"Nghị quyết về giảm nghèo".into()));
    for sort in ["up", "left0", "left1,left2,left3,left4"] {
        let (status, _, message) = run(folder(), &["kwic", "mía", "--sort", sort]);
        assert_eq!((status, message.starts_with("error: ")), (2, true), "{message}");
    }
}

#[test]
fn an_export_of_mentions_has_those_that_meet_the_query() {
    let texts = |args: &[&str]| {
        let args =
            [&["export", "records.jsonl", "--format", "csv", "--fields", "text", "--table", "mentions"], args].concat();
        let (status, out, message) = run(folder(), &args);
        assert_eq!(status, 0, "{message}");
        out.lines().skip(1).map(|line| line.trim_matches('"').to_string()).collect::<Vec<_>>()
    };
    assert_eq!(texts(&["--query", "pct:>=70"]), ["72%", "75%"]);
    assert_eq!(texts(&["--query", "type:NĐ"]), ["Nghị định 13/2023/NĐ-CP"]);
    assert_eq!(texts(&["--query", "mía"]).len(), 3, "words alone keep every mention of the articles");
    assert_eq!(
        texts(&["--kind", "citation", "--type", "NQ,QĐ"]),
        ["Nghị quyết 01/2022/NQ-HĐND", "Quyết định 15/QĐ-UBND"]
    );
    let (status, _, message) = run(folder(), &["export", "records.jsonl", "--kind", "percent"]);
    assert_eq!((status, message.contains("--table mentions, citations or figures")), (2, true), "{message}");
}

#[test]
fn a_query_that_finds_nothing_names_what_nobody_has_and_what_is_near() {
    for (query, note) in [
        ("nghị quyếtt", "no article has the word \"quyếtt\"; near it: quyết"),
        ("source:\"Báo Sông Lan\"", "no article has source:\"báo sông lan\"; near it: "),
        ("type:NP", "no article has type:\"NP\"; near it: "),
    ] {
        for command in ["kwic", "search", "trend"] {
            let (status, _, message) = run(folder(), &[command, query]);
            assert!(
                status != 2 && message.to_lowercase().contains(&note.to_lowercase()),
                "{command} {query}: {message}"
            );
        }
    }
    let (_, _, message) = run(folder(), &["kwic", "nghị chợ"]);
    assert!(!message.contains("no article has"), "each word is there: {message}");
}

#[test]
fn an_index_behind_its_corpus_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let shards = folder.path().join("corpus/records/bao.vn");
    std::fs::create_dir_all(&shards).expect("made");
    let shard = |name: &str, records: &[Record]| {
        let lines: String =
            records.iter().map(|record| format!("{}\n", serde_json::to_string(record).expect("JSON"))).collect();
        std::fs::write(shards.join(name), zstd::encode_all(lines.as_bytes(), 1).expect("packed")).expect("written");
    };
    shard("1.jsonl.zst", &records()[..2]);
    let (status, _, message) = run(folder.path(), &["index"]);
    assert_eq!(status, 0, "{message}");
    let note = || run(folder.path(), &["search", "mía"]).2;
    assert!(!note().contains("newer"), "{}", note());
    shard("2.jsonl.zst", &records()[2..]);
    assert!(note().contains("0 record shards changed, 1 are not in it"), "{}", note());
    std::thread::sleep(std::time::Duration::from_millis(20));
    shard("1.jsonl.zst", &records()[..1]);
    assert!(note().contains("1 record shards changed, 1 are not in it"), "{}", note());
    assert!(run(folder.path(), &["index", "check"]).2.contains("2.jsonl.zst: not in the index"));
}

#[test]
fn counts_are_exact_and_stand_beside_their_denominator() {
    let rows = |args: &[&str]| {
        let (status, out, message) = run(folder(), &[args, &["--format", "csv"]].concat());
        assert_eq!(status, 0, "{message}");
        out.lines().skip(1).map(str::to_string).collect::<Vec<_>>()
    };
    assert_eq!(rows(&["trend", "mia"]), ["2022,0,1,0.0", "2023,2,2,100.0", "2025,0,1,0.0", ",0,1,0.0"]);
    let million: Vec<_> =
        rows(&["trend", "mia", "--per-million"]).iter().map(|row| row.split(',').nth(4).map(String::from)).collect();
    assert_eq!(million, ["0", "4", "0", "0"].map(|count| Some(count.to_string())));
    assert_eq!(rows(&["facets", "*", "--by", "source"]), ["3,3,100.0,Báo Sông Đà", "2,2,100.0,Báo Sông Lam"]);
    assert_eq!(rows(&["facets", "mia", "--by", "year"]), ["2,2,100.0,2023"]);
    assert_eq!(
        rows(&["cited", "--type", "nq"]),
        ["1,1,2022-08-31,2022-08-31,Báo Sông Lam,Nghệ An,01/2022/NQ-HĐND,,NQ,,unplaced"]
    );
    assert_eq!(rows(&["cites", "1/2022/NQ-HDND"]), ["2022-08-31,Báo Sông Lam,a,1,,Nghị quyết về giảm nghèo"]);
    assert_eq!(run(folder(), &["cites", "99/2099/NQ-HĐND"]).0, 1);
    let (_, svg, _) = run(folder(), &["trend", "mia", "--format", "svg"]);
    assert!(svg.starts_with("<svg ") && svg.matches("<rect").count() == 3, "{svg}");
}

#[test]
fn collocates_and_keyness_count_what_stands_there() {
    let rows = |args: &[&str]| {
        let (status, out, message) = run(folder(), &[args, &["--format", "jsonl", "--least", "1", "-k", "0"]].concat());
        assert_eq!(status, 0, "{message}");
        out.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON")).collect::<Vec<_>>()
    };
    let near = rows(&["collocates", "\"hộ nghèo\"", "--window", "2"]);
    let of = |name: &str| near.iter().find(|row| row["collocate"] == name).cloned().unwrap_or_default();
    assert_eq!((&of("tỷ")["near"], &of("tỷ")["all"], &of("chiếm")["near"]), (&1.into(), &2.into(), &1.into()));
    assert!(!near.iter().any(|row| row["collocate"] == "nghèo"), "{near:?}");
    let keys = rows(&["keyness", "source:\"Báo Sông Đà\"", "--unit", "pair"]);
    let of = |name: &str| keys.iter().find(|row| row["unit"] == name).cloned().unwrap_or_default();
    assert_eq!((&of("di cho")["first"], &of("di cho")["second"]), (&1.into(), &0.into()));
    assert_eq!(of("nhan dan")["second"], 2);
    assert!(of("nhan dan")["log_likelihood"].as_f64().is_some_and(|value| value < 0.0));
}

/// Queries of the signs of the language, fields, words and rubbish in any order.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "\\PC{0,6}",
        prop::sample::select(vec![
            "nghị",
            "quyet",
            "(",
            ")",
            "\"",
            "\"hộ nghèo\"",
            "~",
            "=",
            "*",
            "AND",
            "OR",
            "NOT",
            "NEAR/3",
            "NEAR",
            "UBND",
            "0,34%",
            "01/2022/NQ-HĐND",
            "pct:>=70",
            "pct:",
            "date:2022..",
            "cites:",
            "indicator:",
            "title:",
            "type:NQ",
            "=mía",
            "ng*",
            "e\u{301}",
            "\u{301}",
            "hòa",
            "..",
            ":",
            "/",
            "-",
            "\\",
            "province:\"Huế\"",
            "mentions-date:2021..2025",
        ])
        .prop_map(String::from),
    ];
    prop::collection::vec((piece, prop::sample::select(vec![" ", "", "\n"])), 0..12)
        .prop_map(|pieces| pieces.into_iter().map(|(piece, between)| piece + between).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_query_is_answered_or_refused_and_its_canonical_text_finds_the_same(text in hostile()) {
        match search::parse(&text, true) {
            Ok(query) => {
                let canonical = query.to_string();
                let again = search::parse(&canonical, true).map_err(|error| TestCaseError::fail(format!("{text:?} → {canonical:?}: {error}")))?;
                prop_assert_eq!(again.to_string(), canonical.clone());
                prop_assert_eq!(found(&canonical), found(&text));
                prop_assert!(ARCHIVE.1.search(&query, 3).is_ok());
            }
            Err(error) => {
                prop_assert!(error.at <= baotinh::text::normalize(&text).chars().count() + 1);
                prop_assert_eq!(error.to_string().lines().count(), 1);
            }
        }
        let _ = ARCHIVE.1.search(&search::parse_plain(&text, true), 3);
    }
}
