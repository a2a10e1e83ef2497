//! The citation network as rows, GEXF and GraphML, and the tables of documents and relations that it agrees with.

use crate::program::run;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;

fn archive() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let bodies = [
        ("a", "2024-12-20", "Nghị định 168/2024/NĐ-CP thay thế Nghị định 100/2019/NĐ-CP."),
        (
            "b",
            "2025-01-10",
            "Nghị định 168/2024/NĐ-CP bãi bỏ Điều 5 Nghị định 100/2019/NĐ-CP. Nghị định 168/2024/NĐ-CP.",
        ),
        ("c", "2025-02-11", "Luật Đất đai năm 2024 và Nghị định 168/2024/NĐ-CP có hiệu lực."),
        ("d", "2025-03-12", "Nghị quyết 99 và Nghị định 168/2024/NĐ-CP có hiệu lực."),
    ];
    let line = |(id, day, body): (&str, &str, &str)| {
        let title = format!("Tin <{id}> & \"luật\"");
        serde_json::json!({ "id": id, "title": title, "published": day, "body": body }).to_string() + "\n"
    };
    fs::write(folder.path().join("articles.jsonl"), bodies.map(line).concat()).expect("written");
    let (status, _, message) = run(folder.path(), &["run", "articles.jsonl"]);
    assert_eq!(status, 0, "{message}");
    folder
}

fn rows(folder: &Path, arguments: &[&str]) -> Vec<HashMap<String, String>> {
    let (status, out, message) = run(folder, &[arguments, &["--format", "csv"]].concat());
    assert_eq!(status, 0, "{message}");
    csv::Reader::from_reader(out.as_bytes()).deserialize().collect::<Result<_, _>>().expect("CSV")
}

fn attributes(start: &BytesStart<'_>) -> HashMap<String, String> {
    let pair = |attribute: quick_xml::events::attributes::Attribute<'_>| {
        let name = attribute.key.as_ref().to_string();
        (name, quick_xml::escape::unescape(&attribute.value).expect("known entities").into_owned())
    };
    start.attributes().map(|attribute| pair(attribute.expect("an attribute, each once"))).collect()
}

/// Returns the elements of a document in order, each with the names of those it stands in.
fn elements(text: &str) -> Vec<(Vec<String>, HashMap<String, String>)> {
    let mut reader = Reader::from_str(text);
    let (mut open, mut found): (Vec<String>, Vec<_>) = Default::default();
    let name = |start: &BytesStart<'_>| start.name().as_ref().to_string();
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Start(start) => {
                open.push(name(&start));
                found.push((open.clone(), attributes(&start)));
            }
            Event::Empty(start) => found.push(([open.clone(), vec![name(&start)]].concat(), attributes(&start))),
            Event::End(_) => drop(open.pop()),
            Event::Eof => return found,
            _ => {}
        }
    }
}

fn written(folder: &Path, name: &str, arguments: &[&str]) -> String {
    let (status, _, message) = run(folder, &[&["network"], arguments, &["-o", name]].concat());
    assert_eq!(status, 0, "{message}");
    fs::read_to_string(folder.join(name)).expect("written")
}

/// Checks the rules that both schemas share: ids once, ends among the nodes; returns the ids and the edges.
fn checked(all: &[(Vec<String>, HashMap<String, String>)], node: &[&str], edge: &[&str]) -> (HashSet<String>, usize) {
    let ids: Vec<String> = all.iter().filter(|(open, _)| open == node).map(|(_, has)| has["id"].clone()).collect();
    let known: HashSet<String> = ids.iter().cloned().collect();
    assert_eq!(known.len(), ids.len(), "a node stands twice");
    let edges: Vec<_> = all.iter().filter(|(open, _)| open == edge).map(|(_, has)| has).collect();
    assert_eq!(edges.iter().map(|has| &has["id"]).collect::<HashSet<_>>().len(), edges.len(), "an edge stands twice");
    assert!(edges.iter().all(|has| known.contains(&has["source"]) && known.contains(&has["target"])));
    (known, edges.len())
}

#[test]
fn a_gexf_keeps_the_rules_of_its_schema() {
    let folder = archive();
    for (arguments, edges) in [
        (&["--ties", "citations"][..], 7),
        (&["--ties", "together"], 2),
        (&["--ties", "relations"], 2),
        (&["--ties", "together", "--by", "year"], 3),
        (&["--ties", "citations", "--by", "month"], 7),
    ] {
        let text = written(folder.path(), "n.gexf", arguments);
        let all = elements(&text);
        let (ids, found) = checked(&all, &["gexf", "graph", "nodes", "node"], &["gexf", "graph", "edges", "edge"]);
        assert_eq!(found, edges, "{arguments:?}: {text}");
        assert!(ids.contains("vn/cp/nd/2024/168"));
        let (_, root) = &all[0];
        assert_eq!((root["xmlns"].as_str(), root["version"].as_str()), ("http://gexf.net/1.3", "1.3"));
        let (_, graph) = &all[1];
        assert_eq!(graph["mode"], if arguments.contains(&"--by") { "dynamic" } else { "static" });
        assert_eq!(graph["defaultedgetype"], if arguments.contains(&"together") { "undirected" } else { "directed" });
        let declared = |class: &str| {
            let mut inside = "";
            let mut names = HashMap::new();
            for (open, has) in &all {
                match open.last().map(String::as_str) {
                    Some("attributes") => inside = has["class"].as_str(),
                    Some("attribute") if inside == class => drop(names.insert(has["id"].clone(), has["type"].clone())),
                    _ => {}
                }
            }
            names
        };
        let (nodes, edges) = (declared("node"), declared("edge"));
        for (open, has) in all.iter().filter(|(open, _)| open.last().is_some_and(|name| name == "attvalue")) {
            let known = if open.contains(&"node".to_string()) { &nodes } else { &edges };
            let kind = known.get(&has["for"]).expect("a declared attribute");
            assert!(kind == "string" || has["value"].parse::<i64>().is_ok(), "{has:?} is no {kind}");
        }
        for (open, has) in all.iter().filter(|(open, _)| open.last().is_some_and(|name| name == "edge")) {
            assert!(has["weight"].parse::<f64>().is_ok_and(|weight| weight > 0.0), "{open:?}");
            assert_eq!(has.contains_key("start"), arguments.contains(&"--by"));
            assert!(has.get("start").zip(has.get("end")).is_none_or(|(start, end)| start <= end));
        }
    }
}

#[test]
fn a_graphml_keeps_the_rules_of_its_schema() {
    let folder = archive();
    let text = written(folder.path(), "n.graphml", &["--ties", "citations", "--by", "year"]);
    let all = elements(&text);
    let (ids, edges) = checked(&all, &["graphml", "graph", "node"], &["graphml", "graph", "edge"]);
    assert_eq!((ids.len(), edges), (7, 7), "{text}");
    assert_eq!(all[0].1["xmlns"], "http://graphml.graphdrawing.org/xmlns");
    let keys: HashMap<_, _> = all
        .iter()
        .filter(|(open, _)| open.last().is_some_and(|name| name == "key"))
        .map(|(_, has)| (has["id"].clone(), has["for"].clone()))
        .collect();
    for (open, has) in all.iter().filter(|(open, _)| open.last().is_some_and(|name| name == "data")) {
        assert_eq!(keys.get(&has["key"]), Some(&open[open.len() - 2]), "{has:?}");
    }
    assert!(text.contains("Tin &lt;a&gt; &amp; &quot;luật&quot;"), "{text}");
}

#[test]
fn edges_and_nodes_are_rows_that_gephi_reads() {
    let folder = archive();
    let edges = rows(folder.path(), &["network", "--ties", "relations"]);
    let ends: Vec<_> = edges.iter().map(|row| (row["Kind"].as_str(), row["Weight"].as_str())).collect();
    assert_eq!(ends, [("repeals", "1"), ("replaces", "1")]);
    assert!(edges.iter().all(|row| row["Source"] == "vn/cp/nd/2024/168" && row["Type"] == "Directed"));
    let together = rows(folder.path(), &["network"]);
    assert_eq!(together.iter().map(|row| row["Weight"].as_str()).collect::<Vec<_>>(), ["2", "1"]);
    let nodes = rows(folder.path(), &["network", "--nodes", "--min-count", "2"]);
    assert_eq!(nodes.iter().map(|row| row["Label"].as_str()).collect::<Vec<_>>(), ["100/2019/NĐ-CP", "168/2024/NĐ-CP"]);
    assert_eq!(nodes[1]["Articles"], "4", "of the document, not of the edges");
}

#[test]
fn tables_join_by_the_ids_of_documents() {
    let folder = archive();
    let table = |name: &str| rows(folder.path(), &["export", "--table", name]);
    let (documents, relations, citations) = (table("documents"), table("relations"), table("citations"));
    let ids: HashSet<&String> = documents.iter().map(|row| &row["id"]).filter(|id| !id.is_empty()).collect();
    assert_eq!(ids.len(), 3);
    assert_eq!(documents.len(), 4, "and the words that say no single document");
    for row in &relations {
        assert!(ids.contains(&row["from_id"]) && ids.contains(&row["to_id"]), "{row:?}");
        assert_eq!(row["part"], "body");
    }
    let scopes: Vec<_> = relations.iter().map(|row| (row["relation"].as_str(), row["scope"].as_str())).collect();
    assert_eq!(scopes, [("replaces", "whole"), ("repeals", "part")]);
    let decree = documents.iter().find(|row| row["id"] == "vn/cp/nd/2024/168").expect("a row");
    assert_eq!((decree["articles"].as_str(), decree["citations"].as_str()), ("4", "5"));
    assert_eq!((decree["replaces"].as_str(), decree["repeals"].as_str()), ("vn/cp/nd/2019/100", "vn/cp/nd/2019/100"));
    let cited = citations.iter().filter(|row| row["document_id"] == decree["id"]).count();
    assert_eq!(cited.to_string(), decree["articles"]);
    let mentions = table("mentions");
    let mentioned = mentions.iter().filter(|row| row["document_id"] == decree["id"]).count();
    assert_eq!(mentioned.to_string(), decree["citations"]);
    let listed = rows(folder.path(), &["documents", "-k", "0"]);
    for row in listed.iter().filter(|row| !row["id"].is_empty()) {
        let same = documents.iter().find(|other| other["id"] == row["id"]).expect("in both");
        assert_eq!((&row["articles"], &row["citations"]), (&same["articles"], &same["citations"]));
    }
}

#[test]
fn records_from_standard_input_have_the_same_documents() {
    let folder = archive();
    let (_, named, _) = run(folder.path(), &["extract", "articles.jsonl", "-o", "r.jsonl"]);
    assert!(named.is_empty());
    let of_file = rows(folder.path(), &["export", "r.jsonl", "--table", "documents"]);
    let piped = assert_cmd::Command::cargo_bin("baotinh")
        .expect("the program")
        .args(["export", "-", "--table", "documents", "--format", "csv"])
        .write_stdin(fs::read(folder.path().join("r.jsonl")).expect("read"))
        .output()
        .expect("it ran");
    assert!(piped.status.success());
    let of_pipe: Vec<HashMap<String, String>> =
        csv::Reader::from_reader(&piped.stdout[..]).deserialize().collect::<Result<_, _>>().expect("CSV");
    assert_eq!(of_pipe, of_file);
}
