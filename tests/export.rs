//! Export: the same rows in every format, complete, with the fields that lead back to the page.

use assert_cmd::Command;
use baotinh::article::{Article, Origin, Record, SCHEMA_VERSION};
use baotinh::export::keep::Keep;
use baotinh::export::rows::{Cell, Kind, Table};
use baotinh::mention::{CalendarDate, Citation, Fact, Flag, Mention, Part, Percent, Unit};
use jiff::civil::date;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Makes a mention of the only place where `text` stands in the body, in a sentence that is the whole body.
fn mention(body: &str, text: &str, flags: Vec<Flag>, fact: Fact) -> Mention {
    let start = body[..body.find(text).expect("in the body")].chars().count();
    Mention {
        part: Part::Body,
        start,
        end: start + text.chars().count(),
        text: text.into(),
        rule: "by-hand".into(),
        flags,
        sentence_start: 0,
        sentence_end: body.chars().count(),
        fact,
    }
}

/// Makes a record with a mention of each kind.
pub fn record(number: usize) -> Record {
    let body = "Nghị quyết số 01/2022/NQ-HĐND ngày 31/8/2022: tỷ lệ hộ nghèo còn 0,34%, theo \"NQ 01/2022/NQ-HĐND\"."
        .to_string();
    let citation = |provision: Option<&str>| {
        Fact::Citation(Citation {
            value: "01/2022/NQ-HĐND".into(),
            type_: Some("NQ".into()),
            number: Some("01".into()),
            year: Some(2022),
            issuer: Some("HĐND".into()),
            issued: Some("2022-08-31".into()),
            provision: provision.map(Into::into),
            key: Some("Quảng Ninh|HĐND|NQ|2022|01".into()),
            ..Citation::default()
        })
    };
    let day = CalendarDate {
        value: "2022-08-31".into(),
        date_begin: Some(date(2022, 8, 31)),
        date_end: Some(date(2022, 8, 31)),
        of: Some(0),
        ..CalendarDate::default()
    };
    let share = Percent { value: Some(0.34), low: 0.34, high: 0.34, unit: Unit::Percent, ..Percent::default() };
    let mentions = vec![
        mention(&body, "Nghị quyết số 01/2022/NQ-HĐND", vec![], citation(None)),
        mention(&body, "ngày 31/8/2022", vec![], Fact::Date(day)),
        mention(&body, "0,34%", vec![], Fact::Percent(share)),
        mention(
            &body,
            "NQ 01/2022/NQ-HĐND",
            vec![Flag::InferredPlace, Flag::Ambiguous],
            citation(Some("khoản 2 Điều 5")),
        ),
    ];
    let mut article = Article {
        id: format!("baoquangninh.vn:{number}"),
        url: Some(format!("https://baoquangninh.vn/bai-{number}.html")),
        site: Some("baoquangninh.vn".into()),
        title: Some("=HYPERLINK(\"x\") đọc, \"ngay\"".into()),
        body,
        tags: vec!["nông thôn mới".into(), "a|b".into()],
        published: Some("2024-04-24T17:02:00Z".parse().expect("a time")),
        published_confidence: Some(0.9),
        fetched: Some("2024-05-01T00:00:00Z".parse().expect("a time")),
        origin: Origin { path: "warc/baoquangninh.vn/1.warc.gz".into(), offset: Some(1234), line: None },
        ..Article::default()
    };
    article.seal();
    Record { schema_version: SCHEMA_VERSION, rules_version: "1".into(), article, mentions }
}

/// Writes records to a file of the folder.
pub fn write_records(folder: &Path, name: &str, records: &[Record]) -> PathBuf {
    let path = folder.join(name);
    let lines: Vec<_> = records.iter().map(|record| serde_json::to_string(record).expect("JSON") + "\n").collect();
    std::fs::write(&path, lines.concat()).expect("written");
    path
}

/// Makes a folder with `count` records in `records.jsonl`.
pub fn folder(count: usize) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = write_records(folder.path(), "records.jsonl", &(0..count).map(record).collect::<Vec<_>>());
    (folder, path)
}

/// Runs the program; returns its exit status, standard output and standard error.
pub fn baotinh(arguments: &[&str]) -> (i32, Vec<u8>, String) {
    let output = Command::cargo_bin("baotinh").expect("the program").args(arguments).output().expect("it ran");
    (output.status.code().expect("a status"), output.stdout, String::from_utf8(output.stderr).expect("UTF-8"))
}

fn exported(records: &Path, arguments: &[&str]) -> String {
    let records = records.to_str().expect("UTF-8");
    let (status, out, err) = baotinh(&[&["export", records], arguments].concat());
    assert_eq!(status, 0, "{err}");
    String::from_utf8(out).expect("UTF-8")
}

fn rows_of_csv(text: &str) -> Vec<std::collections::HashMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().collect::<Result<_, _>>().expect("CSV")
}

#[test]
fn every_cell_is_of_the_type_of_its_column() {
    let mut seen = std::collections::HashSet::new();
    for table in Table::ALL {
        let columns = table.columns();
        let names: std::collections::HashSet<_> = columns.iter().map(|column| column.name).collect();
        assert_eq!(names.len(), columns.len(), "{}: a name stands twice", table.name());
        table
            .rows(&record(1), &Keep::default(), None, &mut |row| {
                for column in &columns {
                    let cell = (column.cell)(row);
                    let right = match (&cell, column.kind) {
                        (Cell::Null, _) => true,
                        (Cell::Text(_), kind) => kind == Kind::Text,
                        (Cell::Texts(_), kind) => kind == Kind::Texts,
                        (Cell::Integer(_), kind) => kind == Kind::Integer,
                        (Cell::Number(_), kind) => kind == Kind::Number,
                        (Cell::Day(_), kind) => kind == Kind::Day,
                        (Cell::Moment(_), kind) => kind == Kind::Moment,
                        (Cell::Json(_), kind) => kind == Kind::Json,
                    };
                    assert!(right, "{}.{}: {cell:?} in a column of {:?}", table.name(), column.name, column.kind);
                    seen.insert(if cell == Cell::Null { "null" } else { column.kind.name() });
                }
                Ok(())
            })
            .expect("rows");
    }
    assert_eq!(seen.len(), 8, "the record does not try every type");
}

#[test]
fn records_in_jsonl_are_the_records_as_they_are() {
    let (_folder, records) = folder(3);
    assert_eq!(exported(&records, &["--format", "jsonl"]), std::fs::read_to_string(&records).expect("read"));
}

#[test]
fn json_is_one_array_and_an_empty_one_is_still_json() {
    let (_folder, records) = folder(2);
    let array: Vec<Record> = serde_json::from_str(&exported(&records, &["--format", "json"])).expect("JSON");
    assert_eq!(array, [record(0), record(1)]);
    let (status, out, _) =
        baotinh(&["export", records.to_str().expect("UTF-8"), "--format", "json", "--until", "1999"]);
    assert_eq!((status, out.as_slice()), (1, b"[]\n".as_slice()));
}

#[test]
fn a_mention_leads_back_to_its_page_and_sentence() {
    let (_folder, records) = folder(1);
    let lines = exported(&records, &["--table", "mentions"]);
    let rows: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(rows.len(), 4);
    let body = record(1).article.body;
    for (number, row) in rows.iter().enumerate() {
        assert_eq!(row["mention"], number);
        assert_eq!(row["id"], "baoquangninh.vn:0");
        assert_eq!(row["url"], "https://baoquangninh.vn/bai-0.html");
        assert_eq!(row["fetched"], "2024-05-01T00:00:00Z");
        assert_eq!(row["origin_path"], "warc/baoquangninh.vn/1.warc.gz");
        assert_eq!(row["origin_offset"], 1234);
        assert_eq!(row["published_day"], "2024-04-25");
        assert_eq!(row["sentence"], body.as_str());
        let span = row["start"].as_u64().expect("start") as usize..row["end"].as_u64().expect("end") as usize;
        let text: String = body.chars().skip(span.start).take(span.len()).collect();
        assert_eq!(row["text"], text.as_str());
    }
    assert_eq!(rows[1]["date_begin"], "2022-08-31");
    assert_eq!(rows[1]["of"], 0);
    assert_eq!(rows[2]["percent_value"], 0.34);
    assert_eq!(rows[3]["flags"], serde_json::json!(["inferred-place", "ambiguous"]));
}

#[test]
fn two_citations_of_one_document_are_one_edge() {
    let (_folder, records) = folder(1);
    let rows = rows_of_csv(&exported(&records, &["--table", "citations", "--format", "csv"]));
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["document"], "Quảng Ninh|HĐND|NQ|2022|01");
    assert_eq!((rows[0]["times"].as_str(), rows[0]["mentions"].as_str()), ("2", "0|3"));
    assert_eq!(rows[0]["provisions"], "khoản 2 Điều 5");
}

#[test]
fn csv_is_as_rfc_4180_says() {
    let (_folder, records) = folder(2);
    let text = exported(&records, &["--format", "csv", "--fields", "title,id,tags", "--bom"]);
    let row = |id| format!("\"=HYPERLINK(\"\"x\"\") đọc, \"\"ngay\"\"\",baoquangninh.vn:{id},nông thôn mới|a\\|b\r\n");
    assert_eq!(text, format!("\u{feff}title,id,tags\r\n{}{}", row(0), row(1)));
    let text = exported(&records, &["--format", "csv", "--fields", "title", "--neutralise-formulas"]);
    assert!(text.contains("\"'=HYPERLINK("), "{text}");
}

#[test]
fn parquet_holds_what_csv_holds() {
    use parquet::file::reader::FileReader;
    let (folder, records) = folder(5);
    for table in Table::ALL {
        let path = folder.path().join(format!("{}.parquet", table.name()));
        let name = path.to_str().expect("UTF-8");
        exported(&records, &["--table", table.name(), "-o", name]);
        let reader = parquet::file::reader::SerializedFileReader::new(std::fs::File::open(&path).expect("opened"))
            .expect("Parquet");
        let rows = rows_of_csv(&exported(&records, &["--table", table.name(), "--format", "csv"]));
        assert_eq!(reader.metadata().file_metadata().num_rows() as usize, rows.len());
        for (typed, row) in reader.get_row_iter(None).expect("rows").zip(&rows) {
            for (name, field) in typed.expect("a row").get_column_iter() {
                if let parquet::record::Field::Str(text) = field {
                    assert_eq!(text, &row[name], "{name}");
                } else if matches!(field, parquet::record::Field::Null) {
                    assert_eq!(row[name], "", "{name}");
                }
            }
        }
        let first = std::fs::read(&path).expect("read");
        exported(&records, &["--table", table.name(), "-o", name]);
        assert_eq!(std::fs::read(&path).expect("read"), first, "the same records give the same bytes");
    }
}

#[test]
fn site_and_days_choose_articles() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut records: Vec<_> = (0..3).map(record).collect();
    records[1].article.site = Some("baonghean.vn".into());
    records[2].article.published = None;
    let path = write_records(folder.path(), "records.jsonl", &records);
    let ids = |arguments: &[&str]| {
        exported(&path, &[&["--fields", "id"], arguments].concat()).matches("baoquangninh.vn:").count()
    };
    assert_eq!(ids(&[]), 3);
    assert_eq!(ids(&["--site", "www.baoquangninh.com.vn"]), 2);
    assert_eq!(ids(&["--since", "2024-04-25", "--until", "2024-04"]), 2);
    assert_eq!(ids(&["--site", "baonghean.vn", "--since", "2024"]), 1);
}

#[test]
fn a_broken_line_is_named_and_the_rest_is_exported() {
    let (folder, records) = folder(2);
    let text = std::fs::read_to_string(&records).expect("read");
    let broken = folder.path().join("broken.jsonl");
    std::fs::write(&broken, text.replacen('\n', "\n{\"id\": 1}\n", 1)).expect("written");
    let (status, out, err) = baotinh(&["export", broken.to_str().expect("UTF-8")]);
    assert_eq!(status, 2);
    assert_eq!(String::from_utf8(out).expect("UTF-8"), text);
    assert!(err.contains("broken.jsonl:2: not a record"), "{err}");
}

#[test]
fn an_unknown_field_is_an_error_that_lists_the_known_ones() {
    let (_folder, records) = folder(1);
    for arguments in [vec!["--fields", "titel"], vec!["--fields", "titel", "--format", "csv"]] {
        let (status, _, err) = baotinh(&[&["export", records.to_str().expect("UTF-8")], &arguments[..]].concat());
        assert_eq!(status, 2);
        assert!(err.contains("\"titel\"") && err.contains("title"), "{err}");
    }
}

#[test]
fn an_export_that_fails_leaves_the_file_of_before() {
    let (folder, records) = folder(1);
    let path = folder.path().join("kept.csv");
    std::fs::write(&path, "kept").expect("written");
    let (status, ..) = baotinh(&[
        "export",
        records.to_str().expect("UTF-8"),
        "--fields",
        "titel",
        "-o",
        path.to_str().expect("UTF-8"),
    ]);
    assert_eq!((status, std::fs::read_to_string(&path).expect("read").as_str()), (2, "kept"));
}

#[test]
fn the_shape_changes_only_with_the_schema_version() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/expected/shape.v{SCHEMA_VERSION}.json"));
    let shape = format!("{:#}\n", baotinh::export::dictionary::shape());
    if !path.exists() && std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(&path, &shape).expect("written");
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        shape == expected,
        "records or tables have another shape than {} says: raise SCHEMA_VERSION in src/article.rs, then run this test with \
         UPDATE_EXPECTED=1 (a version's file is never written over; while a version is unreleased its file may be removed first)",
        path.display()
    );
}

#[test]
fn stats_count_what_export_writes() {
    let (_folder, records) = folder(3);
    let name = records.to_str().expect("UTF-8");
    let (status, out, _) = baotinh(&["stats", name, "--json"]);
    assert_eq!(status, 0);
    let counts: serde_json::Value = serde_json::from_slice(&out).expect("JSON");
    let total = &counts["total"];
    let rows = |table| exported(&records, &["--table", table]).lines().count() as u64;
    assert_eq!(total["articles"], rows("articles"));
    assert_eq!(total["documents"], rows("citations"));
    let mentions: u64 =
        ["citations", "percents", "dates"].iter().map(|kind| total[kind].as_u64().expect("a count")).sum();
    assert_eq!(mentions, rows("mentions"));
    assert_eq!(counts["by_site"]["baoquangninh.vn"], *total);
    assert_eq!(counts["by_year"]["2024"], *total);
    let (status, out, _) = baotinh(&["stats", name]);
    assert_eq!(status, 0);
    assert!(String::from_utf8(out).expect("UTF-8").starts_with("3 articles, 3 of them with mentions"));
}

#[test]
fn the_same_records_give_the_same_snapshot() {
    let (folder, records) = folder(3);
    let names =
        ["articles.parquet", "mentions.parquet", "citations.parquet", "counts.json", "query.json", "LICENCE.md"];
    let read = |output: &str| {
        let output = folder.path().join(output);
        let (status, _, err) =
            baotinh(&["snapshot", "thu", records.to_str().expect("UTF-8"), "-o", output.to_str().expect("UTF-8")]);
        assert_eq!(status, 0, "{err}");
        let bytes = |name: &str| std::fs::read(output.join("thu").join(name)).expect(name);
        (bytes("ro-crate-metadata.json"), names.map(bytes))
    };
    let (metadata, files) = read("first");
    assert!((metadata.clone(), files.clone()) == read("second"));
    let metadata: serde_json::Value = serde_json::from_slice(&metadata).expect("JSON");
    let graph = metadata["@graph"].as_array().expect("a graph");
    let entity = |id: &str| graph.iter().find(|entity| entity["@id"] == id).unwrap_or_else(|| panic!("{id}"));
    assert_eq!(entity("ro-crate-metadata.json")["conformsTo"]["@id"], "https://w3id.org/ro/crate/1.1");
    assert_eq!(entity("./")["datePublished"], "2024-05-01");
    for part in entity("./")["hasPart"].as_array().expect("parts") {
        let part = entity(part["@id"].as_str().expect("an id"));
        let path = folder.path().join("first/thu").join(part["name"].as_str().expect("a name"));
        assert_eq!(part["contentSize"], std::fs::metadata(path).expect("there").len().to_string());
    }
    let hash = entity("#source-1")["sha256"].as_str().expect("a hash");
    assert_eq!(hash.len(), 64);
    let (status, _, err) = baotinh(&[
        "snapshot",
        "thu",
        records.to_str().expect("UTF-8"),
        "-o",
        folder.path().join("first").to_str().expect("UTF-8"),
    ]);
    assert_eq!(status, 2);
    assert!(err.contains("exists already"), "{err}");
}

#[test]
fn a_snapshot_without_text_holds_no_body() {
    let (folder, records) = folder(1);
    let (status, ..) = baotinh(&[
        "snapshot",
        "thu",
        records.to_str().expect("UTF-8"),
        "--without-text",
        "--date",
        "2026-01-02",
        "-o",
        folder.path().to_str().expect("UTF-8"),
    ]);
    assert_eq!(status, 0);
    use parquet::file::reader::FileReader;
    let file = std::fs::File::open(folder.path().join("thu/articles.parquet")).expect("opened");
    let reader = parquet::file::reader::SerializedFileReader::new(file).expect("Parquet");
    let names: Vec<_> =
        reader.metadata().file_metadata().schema_descr().columns().iter().map(|c| c.path().string()).collect();
    assert!(names.contains(&"title".to_string()) && !names.contains(&"body".to_string()), "{names:?}");
}

#[test]
fn an_article_is_cited_by_id_or_address() {
    let (_folder, records) = folder(2);
    let name = records.to_str().expect("UTF-8");
    let (status, out, _) =
        baotinh(&["cite", "https://baoquangninh.vn/bai-1.html", "baoquangninh.vn:0", "--records", name]);
    let text = String::from_utf8(out).expect("UTF-8");
    assert_eq!(status, 0);
    assert!(text.starts_with("@misc{baoquangninh.vn:1,") && text.contains("@misc{baoquangninh.vn:0,"), "{text}");
    let (status, out, err) = baotinh(&["cite", "nowhere:1", "--records", name, "--format", "ris"]);
    assert_eq!((status, out.len()), (1, 0));
    assert!(err.contains("nowhere:1: no such article"), "{err}");
}

#[test]
fn records_are_read_from_standard_input() {
    let (_folder, records) = folder(2);
    let output = Command::cargo_bin("baotinh")
        .expect("the program")
        .args(["export", "-", "--fields", "id"])
        .write_stdin(std::fs::read(&records).expect("read"))
        .output()
        .expect("it ran");
    assert_eq!(
        String::from_utf8(output.stdout).expect("UTF-8"),
        "{\"id\":\"baoquangninh.vn:0\"}\n{\"id\":\"baoquangninh.vn:1\"}\n"
    );
}

#[test]
fn quickwit_gets_each_article_once_in_fields_that_its_configuration_names() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut older = record(1);
    older.article.fetched = Some("2024-04-30T00:00:00Z".parse().expect("a time"));
    older.article.title = Some("Bản cũ".into());
    let mut undated = record(2);
    (undated.article.published, undated.article.title) = (None, None);
    let records = write_records(folder.path(), "records.jsonl", &[record(1), older, undated]);
    let out = folder.path().join("quickwit");
    let arguments =
        ["export", records.to_str().expect("UTF-8"), "--format", "quickwit", "-o", out.to_str().expect("UTF-8")];
    let (status, _, err) = baotinh(&arguments);
    assert_eq!(status, 0, "{err}");
    let config = std::fs::read_to_string(out.join("index-config.yaml")).expect("read");
    let named = |line: &str| serde_json::from_str::<serde_json::Value>(line.trim_start().strip_prefix("- ")?).ok();
    let mappings: Vec<_> = config.lines().filter_map(named).filter(|object| object.get("stored").is_some()).collect();
    let documents = std::fs::read_to_string(out.join("documents-00001.ndjson")).expect("read");
    let documents: Vec<serde_json::Value> =
        documents.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(
        documents.iter().map(|document| &document["id"]).collect::<Vec<_>>(),
        ["baoquangninh.vn:1", "baoquangninh.vn:2"]
    );
    for (name, value) in documents[0].as_object().expect("an object") {
        let mapping = mappings.iter().find(|mapping| mapping["name"] == *name).expect("a field that is named");
        let kind = mapping["type"].as_str().expect("a type");
        assert_eq!(value.is_array(), kind.starts_with("array<"), "{name}");
        let value = value.get(0).unwrap_or(value);
        assert_eq!(value.is_string(), kind.contains("text") || kind.contains("datetime"), "{name}");
    }
    assert_eq!(documents[0]["date"], "2024-04-25T00:00:00Z");
    assert!(documents[0]["text_pairs"].as_str().expect("pairs").contains("ho_ngheo"));
    assert!(documents[1].get("date").is_none() && documents[1].get("title").is_none());
    let (status, _, err) = baotinh(&arguments);
    assert_eq!((status, err.contains("exists already")), (2, true), "{err}");
}
