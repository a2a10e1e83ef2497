//! Files as people have them: each ends in the right articles, or in one line that says where, what and how to mend it.

use crate::export::baotinh;
use serde_json::Value;
use std::path::Path;
use tempfile::TempDir;

/// What an input must end in.
enum Ends {
    /// Titles and bodies of the articles, in order.
    Articles(&'static [(&'static str, &'static str)]),
    /// A part of the line that says what is wrong.
    Said(&'static str),
}
use Ends::{Articles, Said};

const CHE: (&str, &str) = ("Chè", "Tỷ lệ hộ nghèo còn 0,34%.");
const SIM: (&str, &str) = ("Sim", "Tỷ lệ giảm 12%.");
const BOTH: &[(&str, &str)] = &[CHE, SIM];

fn utf16(text: &str, big: bool) -> Vec<u8> {
    let units = text.encode_utf16();
    if big { units.flat_map(u16::to_be_bytes).collect() } else { units.flat_map(u16::to_le_bytes).collect() }
}

/// Writes a letter as windows-1258 has it: the letter without its tone, then the tone.
fn windows_1258(text: &str) -> Vec<u8> {
    use unicode_normalization::UnicodeNormalization;
    let is_tone = |c: &char| "\u{300}\u{301}\u{303}\u{309}\u{323}".contains(*c);
    let apart = text.chars().flat_map(|letter| {
        let (tones, base): (Vec<char>, Vec<char>) = std::iter::once(letter).nfd().partition(is_tone);
        base.into_iter().nfc().chain(tones).collect::<Vec<_>>()
    });
    encoding_rs::WINDOWS_1258.encode(&apart.collect::<String>()).0.into_owned()
}

/// Returns the articles and the messages of a run.
fn extract(path: &Path, more: &[&str]) -> (Vec<(String, String)>, String, i32) {
    let mut arguments = vec!["extract", path.to_str().expect("UTF-8")];
    arguments.extend(more);
    let (status, out, err) = baotinh(&arguments);
    let text = String::from_utf8(out).expect("UTF-8");
    let articles = text.lines().map(|line| {
        let record: Value = serde_json::from_str(line).expect("a record");
        let field = |name: &str| record[name].as_str().unwrap_or_default().to_string();
        (field("title"), field("body"))
    });
    (articles.collect(), err, status)
}

fn check(folder: &TempDir, name: &str, bytes: &[u8], ends: &Ends) {
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("written");
    let (articles, err, status) = extract(&path, &[]);
    match ends {
        Articles(wanted) => {
            let found: Vec<_> = articles.iter().map(|(title, body)| (title.as_str(), body.as_str())).collect();
            assert_eq!((found.as_slice(), status), (*wanted, 0), "{name}: {err}");
        }
        Said(part) => {
            let lines: Vec<_> = err.lines().filter(|line| line.starts_with("error:")).collect();
            assert!(status == 2 && lines.len() == 1 && lines[0].contains(part), "{name}: {status}: {err}");
            assert!(!err.contains("untagged") && !err.contains("panicked"), "{name}: {err}");
        }
    }
}

#[test]
fn tables_of_every_charset_and_separator_are_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let table =
        |sign: &str| format!("Tiêu đề{sign}Nội dung\r\n\"Chè\"{sign}\"{}\"\r\nSim{sign}\"{}\"\r\n", CHE.1, SIM.1);
    let comma = table(",");
    let inputs: Vec<(&str, Vec<u8>)> = vec![
        ("phay.csv", comma.clone().into_bytes()),
        ("cham-phay.csv", table(";").into_bytes()),
        ("tab.tsv", table("\t").into_bytes()),
        ("tab.csv", table("\t").into_bytes()),
        ("gach.csv", table("|").into_bytes()),
        ("dau.csv", format!("\u{feff}{comma}").into_bytes()),
        ("excel.csv", format!("sep=;\r\n{}", table(";")).into_bytes()),
        ("utf16.csv", [vec![0xff, 0xfe], utf16(&table("\t"), false)].concat()),
        ("utf16be.csv", [vec![0xfe, 0xff], utf16(&table(";"), true)].concat()),
        ("utf16-khong-dau.csv", utf16(&comma, false)),
        ("windows-1258.csv", windows_1258(&comma)),
        ("unix.csv", comma.replace("\r\n", "\n").into_bytes()),
        ("trong.csv", comma.replace("Sim", ",\r\n\r\nSim").into_bytes()),
        ("thua.csv", comma.replace("\r\n", ",,\r\n").into_bytes()),
        ("khong-dau.csv", comma.replace("Tiêu đề", "TIEU_DE").replace("Nội dung", "noi dung").into_bytes()),
        ("english.csv", comma.replace("Tiêu đề", "Headline").replace("Nội dung", "Full text").into_bytes()),
    ];
    for (name, bytes) in inputs {
        check(&folder, name, &bytes, &Articles(BOTH));
    }
}

#[test]
fn json_of_every_shape_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let object = |(title, body): (&str, &str)| format!("{{\"title\": \"{title}\", \"body\": \"{body}\"}}");
    let (che, sim) = (object(CHE), object(SIM));
    let pretty = |text: &str| text.replace("{", "{\n  ").replace(", \"", ",\n  \"").replace("}", "\n}");
    let others = |text: &str| text.replace("title", "headline").replace("body", "content");
    let inputs = [
        ("dong.jsonl", format!("{che}\n{sim}\n")),
        ("dong.json", format!("{che}\r\n{sim}")),
        ("mang.json", format!("[{che}, {sim}]")),
        ("mang-dong.json", format!("[\n{che},\n{sim}\n]\n")),
        ("dep.json", format!("[\n{},\n{}\n]\n", pretty(&che), pretty(&sim))),
        ("noi-tiep.json", format!("{}\n{}\n", pretty(&che), pretty(&sim))),
        ("bao.json", format!("{{\"status\": \"ok\", \"articles\": [{che}, {sim}]}}")),
        ("ten-khac.jsonl", others(&format!("{che}\n{sim}\n"))),
        (
            "wordpress.json",
            format!("[{che}, {sim}]")
                .replace("title\": \"Chè\"", "title\": {\"rendered\": \"Chè\"}")
                .replace("title\": \"Sim\"", "title\": {\"rendered\": \"Sim\"}")
                .replace("body", "content"),
        ),
        ("dau.jsonl", format!("\u{feff}{che}\n{sim}\n")),
        ("bare", format!("[{che},\n{sim}]")),
    ];
    for (name, text) in inputs {
        check(&folder, name, text.as_bytes(), &Articles(BOTH));
    }
    check(
        &folder,
        "utf16.json",
        &[vec![0xff, 0xfe], utf16(&format!("[{che},{sim}]"), false)].concat(),
        &Articles(BOTH),
    );
    check(&folder, "khong.json", b"[]", &Articles(&[]));
}

#[test]
fn what_is_wrong_is_one_line_with_its_place_and_remedy() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text, part) in [
        (
            "cot.csv",
            "a,b\n1,2\n",
            "cot.csv: no column is called \"body\"; say which holds the text with --map body=COLUMN",
        ),
        ("rong.csv", "", "rong.csv: empty"),
        ("rong.html", "  \n", "rong.html: empty"),
        ("rong.txt", "", "rong.txt: empty"),
        ("khung.html", "<html><head></head><body></body></html>", "khung.html: neither a title nor a text"),
        (
            "cat.csv",
            "title,body\nChè\n",
            "cat.csv:1: 1 fields where the header has 2; is the row cut off? (line 2 of the file)",
        ),
        (
            "la.jsonl",
            "{\"body\": {\"a\": 1}}\n",
            "la.jsonl:1: the field \"body\" holds map where it must hold a text or a number",
        ),
        ("id.jsonl", "{\"id\": \"\", \"body\": \"x\"}\n", "id.jsonl:1: the id is empty"),
        (
            "id-map.jsonl",
            "{\"id\": true, \"body\": \"x\"}\n",
            "the field \"id\" holds boolean `true` where it must hold a text or a number",
        ),
        (
            "dau-phay.jsonl",
            "{\"body\": \"x\",}\n",
            "dau-phay.jsonl:1: broken JSON at column 14: a comma after the last field",
        ),
        ("nhay.jsonl", "{'body': 'x'}\n", "nhay.jsonl:1: broken JSON at column 2: a name without double quotes"),
        ("cat.jsonl", "{\"body\": \"x\n", "cat.jsonl:1: broken JSON"),
        ("cat.json", "[{\"body\": \"x\"", "cat.json:1: the object that begins here does not end"),
        ("so.json", "[1, 2]", "so.json:1: stands outside an object"),
        ("khong.jsonl", "{\"n\": 1}\n", "khong.jsonl:1: no name is called \"body\""),
        ("bai.docx", "PK\u{3}\u{4}nothing", "bai.docx: neither WARC, JSON, HTML"),
    ] {
        check(&folder, name, text.as_bytes(), &Said(part));
    }
}

#[test]
fn an_id_that_stands_twice_is_said_and_a_long_one_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("tin.jsonl");
    let long = "a".repeat(100_000);
    let lines = [
        "{\"id\": \"a\", \"body\": \"một\"}".to_string(),
        "{\"id\": \"\\u001ba\\n\", \"body\": \"hai\"}".to_string(),
        format!("{{\"id\": \"{long}\", \"body\": \"ba\"}}"),
    ];
    std::fs::write(&path, lines.join("\n")).expect("written");
    let (articles, err, status) = extract(&path, &[]);
    assert_eq!((articles.len(), status), (2, 2), "{err}");
    assert!(err.contains("1 articles bear the id of one before them") && err.contains("tin.jsonl:2"), "{err}");
    assert!(err.contains("tin.jsonl:3: an id of 100000 characters"), "{err}");
}

#[test]
fn a_mixed_folder_is_read_and_the_rest_is_named_and_counted() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = "<html><head><title>Trang</title></head><body><h1>Trang</h1><p>Cuối năm 2022, tỷ lệ hộ nghèo còn 0,34%.</p></body></html>";
    for (name, text) in [
        ("a.html", page),
        ("b.txt", "Văn bản\n\nTỷ lệ giảm 12%."),
        ("sau/c.csv", "tiêu đề,nội dung\nChè,\"Tỷ lệ hộ nghèo còn 0,34%.\"\n"),
        ("sau/d.jsonl", "{\"body\": \"Sim.\"}\n"),
        ("sau/package.json", "{\"name\": \"x\", \"version\": \"1\"}"),
        ("bao-cao.pdf", "%PDF-1.4"),
        ("cong-van.docx", "PK"),
        ("cong-van-2.docx", "PK"),
        ("anh.jpg", "x"),
        ("cu.zip", "PK"),
    ] {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    }
    let output = folder.path().join("records.jsonl");
    for _ in 0..2 {
        let (articles, err, status) = extract(folder.path(), &["-o", output.to_str().expect("UTF-8")]);
        assert_eq!((articles.len(), status), (0, 0), "{err}");
        for part in ["4 articles written", "1 PDF (", "2 Word (", "1 archive (", "1 JSON without articles ("] {
            assert!(err.contains(part), "{part}: {err}");
        }
        let written = std::fs::read_to_string(&output).expect("read");
        assert!(!written.contains(folder.path().to_str().expect("UTF-8")), "a path of the machine");
        let origins: Vec<_> = written
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).expect("JSON")["origin"]["path"].to_string())
            .collect();
        assert_eq!(origins, ["\"a.html\"", "\"b.txt\"", "\"sau/c.csv\"", "\"sau/d.jsonl\""]);
    }
}

#[test]
fn nothing_that_is_read_is_written_over_and_no_ending_is_taken_for_another() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bai.jsonl");
    let line = "{\"body\": \"Tỷ lệ giảm 12%.\"}\n";
    std::fs::write(&path, line).expect("written");
    let text = |path: &Path| path.to_str().expect("UTF-8").to_string();
    let (_, err, status) = extract(&path, &["-o", &text(&path)]);
    assert!(status == 2 && err.contains("is read as an input"), "{err}");
    #[cfg(unix)]
    {
        let other = folder.path().join("khac.jsonl");
        std::os::unix::fs::symlink(&path, &other).expect("linked");
        let (_, err, status) = extract(&path, &["-o", &text(&other)]);
        assert!(status == 2 && err.contains("is read as an input"), "{err}");
    }
    assert_eq!(std::fs::read_to_string(&path).expect("read"), line);
    for name in ["out.xlsx", "out.csv", "out", "out.txt"] {
        let output = folder.path().join(name);
        let (_, err, status) = extract(&path, &["-o", &text(&output)]);
        assert!(status == 2 && err.contains(".jsonl, .ndjson") && !output.exists(), "{name}: {err}");
    }
    // As `mktemp` makes them: there already, empty, with a name that tells nothing.
    for (name, code) in [("tmp.36WNh6N5AI", 0), ("tmp.xlsx", 2)] {
        let output = folder.path().join(name);
        std::fs::write(&output, "").expect("written");
        let (_, err, status) = extract(&path, &["-o", &text(&output)]);
        assert_eq!(status, code, "{name}: {err}");
    }
}

#[test]
fn a_mapping_is_given_in_parts_and_holds_for_json_and_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = folder.path().join("bao.csv");
    std::fs::write(&table, "a,b,c\nChè,Tỷ lệ còn 0,34%.,Báo A\n".replace("0,34", "3")).expect("written");
    let (articles, err, status) = extract(&table, &["--map", "title=a", "--map", "body=b,source=c"]);
    assert_eq!((articles, status), (vec![("Chè".to_string(), "Tỷ lệ còn 3%.".to_string())], 0), "{err}");
    let lines = folder.path().join("bao.jsonl");
    std::fs::write(&lines, "{\"a\": \"Chè\", \"b\": \"Tỷ lệ còn 3%.\"}\n").expect("written");
    let (articles, err, _) = extract(&lines, &["--map", "title=a,body=b"]);
    assert_eq!(articles, [("Chè".to_string(), "Tỷ lệ còn 3%.".to_string())], "{err}");
    let at = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_string();
    let corpus = at("corpus");
    let run =
        ["run", &at("bao.csv"), "--map", "title=a", "--map", "body=b", "--corpus", &corpus, "--index", &at("index")];
    let (status, out, err) = baotinh(&run);
    assert_eq!(status, 0, "{err}");
    assert!(String::from_utf8_lossy(&out).starts_with("1 articles, 0 citations, 1 percentages"), "{out:?}");
}
