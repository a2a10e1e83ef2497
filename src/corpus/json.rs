//! JSON of others and ours: one object a line, an array, objects printed over many lines, an object around an array.
//!
//! Invariant: objects are read one at a time, each with the line where it begins; what is no article is one failure.

use super::fields::Mapping;
use super::file::{self, LONGEST_LINE, Line};
use super::input::{Aside, Each, Item};
use super::table;
use crate::article::Origin;
use crate::report::Failure;
use anyhow::{Context, Result};
use serde_json::{Map, Value};
use std::io::{BufRead, Cursor, Read};

/// The mark that some editors put before UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Hands every object of a file to `each`; the reader gives UTF-8.
pub(super) fn read(name: &str, mut reader: Box<dyn BufRead + Send>, mapping: &Mapping, each: Each<'_>) -> Result<()> {
    let mut objects = Objects { name, mapping, shape: None, each };
    let (start, over_lines) = shape(&mut reader).with_context(|| format!("{name}: cannot be read"))?;
    let reader: Box<dyn BufRead + Send> = Box::new(Cursor::new(start).chain(reader));
    if over_lines { values(reader, &mut objects) } else { lines(reader, &mut objects) }
}

/// Reads the first lines, and says whether values go over lines or stand in an array.
fn shape(reader: &mut impl BufRead) -> std::io::Result<(Vec<u8>, bool)> {
    let (mut start, mut first) = (Vec::new(), Vec::new());
    while first.trim_ascii().is_empty() {
        first.clear();
        if reader.by_ref().take(LONGEST_LINE as u64).read_until(b'\n', &mut first)? == 0 {
            return Ok((start, false));
        }
        if start.is_empty() && first.starts_with(BYTE_ORDER_MARK) {
            first.drain(..BYTE_ORDER_MARK.len());
        }
        start.extend_from_slice(&first);
    }
    if first.trim_ascii_start().starts_with(b"[") {
        return Ok((start, true));
    }
    let mut scan = Scan::default();
    let whole = first.iter().any(|&byte| scan.ends_value(byte));
    if whole || scan.in_text || scan.depth == 0 {
        return Ok((start, false));
    }
    // A line that is cut off is followed by another object, one printed over lines by its names.
    let mut second = Vec::new();
    reader.by_ref().take(LONGEST_LINE as u64).read_until(b'\n', &mut second)?;
    start.extend_from_slice(&second);
    Ok((start, !second.starts_with(b"{")))
}

/// Follows JSON byte by byte: how deep it is, and whether in a text.
#[derive(Default)]
struct Scan {
    depth: u32,
    in_text: bool,
    escaped: bool,
}

impl Scan {
    /// Takes a byte, and says whether an object or array ends with it.
    fn ends_value(&mut self, byte: u8) -> bool {
        if self.in_text {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_text = false,
                _ => {}
            }
            return false;
        }
        match byte {
            b'"' => self.in_text = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                return self.depth == 0;
            }
            _ => {}
        }
        false
    }
}

/// Reads one object a line; empty lines are passed over.
fn lines(mut reader: Box<dyn BufRead + Send>, objects: &mut Objects<'_, '_>) -> Result<()> {
    // One buffer grows to the longest line; each line is a copy of its own size.
    let mut buffer = Vec::new();
    for line in 1.. {
        let broken = || format!("{}:{line}: broken off here; what came before is read", objects.name);
        let going = match file::next_line(&mut reader, &mut buffer).with_context(broken)? {
            Line::End => break,
            Line::TooLong(length) => objects.fail(line, Line::refusal(length)),
            Line::Whole if buffer.trim_ascii().is_empty() => continue,
            Line::Whole => objects.take(line, buffer.clone()),
        };
        if !going {
            break;
        }
    }
    Ok(())
}

/// Reads objects in an array or one after the other.
fn values(mut reader: Box<dyn BufRead + Send>, objects: &mut Objects<'_, '_>) -> Result<()> {
    let mut scan = Scan::default();
    let (mut value, mut length, mut line, mut begins) = (Vec::new(), 0u64, 1, 1);
    let mut strange = false;
    loop {
        let broken = || format!("{}:{line}: broken off here; what came before is read", objects.name);
        let bytes = reader.fill_buf().with_context(broken)?;
        if bytes.is_empty() {
            break;
        }
        let taken = bytes.len();
        for &byte in bytes {
            line += u64::from(byte == b'\n');
            if length == 0 {
                match byte {
                    b'{' => begins = line,
                    b' ' | b'\t' | b'\r' | b'\n' | b'[' | b']' | b',' => continue,
                    _ if strange => continue,
                    _ => {
                        strange = true;
                        if !objects.fail(
                            line,
                            "stands outside an object; an array must hold objects with an article's fields".to_string(),
                        ) {
                            return Ok(());
                        }
                        continue;
                    }
                }
            }
            length += 1;
            if length <= LONGEST_LINE as u64 {
                value.push(byte);
            } else {
                value = Vec::new();
            }
            if scan.ends_value(byte) {
                let whole = std::mem::take(&mut value);
                let going = match length <= LONGEST_LINE as u64 {
                    true => objects.take(begins, whole),
                    false => objects.fail(begins, Line::refusal(length)),
                };
                (length, strange) = (0, false);
                if !going {
                    return Ok(());
                }
            }
        }
        reader.consume(taken);
    }
    if length > 0 {
        objects.fail(begins, "the object that begins here does not end; is a bracket or a quote missing?".to_string());
    }
    Ok(())
}

/// How the objects of a file become articles.
enum Shape {
    /// As they are: they bear the names of fields, or are records.
    AsTheyAre,
    /// By the meaning of their names, which are looked at again where an object has others.
    ByName,
}

/// Takes the objects of one file.
struct Objects<'a, 'b> {
    name: &'a str,
    mapping: &'a Mapping,
    /// Found at the first object.
    shape: Option<Shape>,
    each: Each<'b>,
}

impl Objects<'_, '_> {
    fn fail(&mut self, line: u64, reason: String) -> bool {
        (self.each)(Err(Aside::Failure(Failure { place: format!("{}:{line}", self.name), reason })))
    }

    fn hand(&mut self, line: u64, json: Vec<u8>) -> bool {
        let origin = Origin { path: self.name.to_string(), offset: None, line: Some(line) };
        (self.each)(Ok(Item::Line { json, origin }))
    }

    /// Takes one object as it is written.
    fn take(&mut self, line: u64, json: Vec<u8>) -> bool {
        if matches!(self.shape, Some(Shape::AsTheyAre)) {
            return self.hand(line, json);
        }
        // What is no JSON is handed on too: who reads the fields says what is wrong with it.
        let Ok(object) = serde_json::from_slice::<Map<String, Value>>(&json) else { return self.hand(line, json) };
        let has = |name: &str| object.contains_key(name);
        let flat = has("schema_version") && has("origin_path");
        let named = has("schema_version") || has("body") || has("html");
        if self.mapping.is_empty() && named && !flat {
            self.shape.get_or_insert(Shape::AsTheyAre);
            return self.hand(line, json);
        }
        self.by_name(line, object)
    }

    /// Takes an object by the meaning of its names, or the objects of the one array in it.
    fn by_name(&mut self, line: u64, object: Map<String, Value>) -> bool {
        let (names, cells): (Vec<String>, Vec<Value>) = object.into_iter().unzip();
        let shape = match table::Shape::of(names.clone(), self.mapping) {
            Ok(shape) => shape,
            Err(error) => {
                let mut arrays = cells.into_iter().filter_map(|cell| match cell {
                    Value::Array(items) if items.first().is_some_and(Value::is_object) => Some(items),
                    _ => None,
                });
                return match (arrays.next(), arrays.next()) {
                    (Some(items), None) => self.inner(line, items),
                    _ => self.fail(line, format!("{error:#}").replace("column", "name")),
                };
            }
        };
        if self.shape.is_none() {
            self.shape = Some(Shape::ByName);
            if let Some(note) = shape.note(&names) {
                (self.each)(Err(Aside::Note(format!("{}: {note}", self.name))));
            }
        }
        match shape.line(&cells) {
            Ok(json) => self.hand(line, json),
            Err(error) => self.fail(line, format!("{error:#}")),
        }
    }

    fn inner(&mut self, line: u64, items: Vec<Value>) -> bool {
        items.into_iter().all(|item| match serde_json::to_vec(&item) {
            Ok(json) => self.take(line, json),
            Err(error) => self.fail(line, error.to_string()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a text; returns line and body of each article, and the failures and notes.
    fn articles(text: &str) -> (Vec<(u64, String)>, Vec<String>) {
        let (mut found, mut told) = (Vec::new(), Vec::new());
        let reader = Box::new(Cursor::new(text.as_bytes().to_vec()));
        read("a.json", reader, &Mapping::default(), &mut |item| {
            match item {
                Ok(Item::Line { json, origin }) => {
                    let value: Value = serde_json::from_slice(&json).unwrap_or_default();
                    found.push((origin.line.unwrap_or(0), value["body"].as_str().unwrap_or("?").to_string()));
                }
                Ok(_) => unreachable!("only lines"),
                Err(Aside::Failure(failure)) => told.push(failure.to_string()),
                Err(Aside::Note(note)) => told.push(note),
                Err(Aside::PassedOver { .. }) => {}
            }
            true
        })
        .expect("read");
        (found, told)
    }

    fn bodies(text: &str) -> Vec<(u64, String)> {
        let (found, told) = articles(text);
        assert_eq!(told, Vec::<String>::new(), "{text}");
        found
    }

    fn two(first: u64, second: u64) -> Vec<(u64, String)> {
        vec![(first, "Chè.".to_string()), (second, "Sim.".to_string())]
    }

    #[test]
    fn lines_arrays_and_objects_over_lines_hold_the_same_articles() {
        assert_eq!(bodies("{\"body\": \"Chè.\"}\n\n{\"body\": \"Sim.\"}\n"), two(1, 3));
        assert_eq!(bodies("[{\"body\": \"Chè.\"}, {\"body\": \"Sim.\"}]"), two(1, 1));
        assert_eq!(bodies("[\n{\"body\": \"Chè.\"},\n{\"body\": \"Sim.\"}\n]\n"), two(2, 3));
        assert_eq!(bodies("{\n  \"body\": \"Chè.\"\n}\n{\n  \"body\": \"Sim.\"\n}\n"), two(1, 4));
        assert_eq!(
            bodies("{\n  \"total\": 2,\n  \"items\": [{\"body\": \"Chè.\"}, {\"body\": \"Sim.\"}]\n}"),
            two(1, 1)
        );
        assert_eq!(bodies("[]"), []);
    }

    #[test]
    fn names_of_others_are_taken_by_their_meaning_and_that_is_said() {
        let (found, told) =
            articles("[{\"content\": \"Chè.\", \"n\": 1}, {\"headline\": \"Tít\", \"content\": \"Sim.\"}]");
        assert_eq!(found, two(1, 1));
        assert!(told.len() == 1 && told[0].contains("body = \"content\""), "{told:?}");
    }

    #[test]
    fn what_is_broken_is_named_where_it_begins() {
        let (found, told) = articles("{\"body\": \"Chè.\"\n{\"body\": \"Sim.\"}\n");
        assert_eq!(found, [(1, "?".to_string()), (2, "Sim.".to_string())]);
        assert_eq!(told, Vec::<String>::new());
        let (found, told) = articles("[\n{\"body\": \"Chè.\"},\n{\"body\": \"Sim.\"");
        assert_eq!(found, [(2, "Chè.".to_string())]);
        assert!(told[0].starts_with("a.json:3: the object that begins here does not end"), "{told:?}");
        let (found, told) = articles("[1, 2, 3]");
        assert!(found.is_empty() && told.len() == 1, "{told:?}");
    }
}
