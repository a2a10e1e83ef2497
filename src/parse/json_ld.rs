//! JSON-LD as pages write it: mended where it is no JSON, its graphs flattened, and what an `@id` names put in its place.
//!
//! Invariant: a block that is JSON is read as it stands; a broken one yields what can be read of it, never an error.

use super::reference;
use serde_json::{Map, Value};

/// Most blocks of a page that are read.
const MOST_BLOCKS: usize = 32;
/// Deepest nesting of arrays and graphs that is looked into.
const DEEPEST: usize = 4;
/// Keys whose value may be an object of the graph, named by its `@id`.
const NAMED: &[&str] = &["author", "publisher", "creator", "image", "isPartOf", "articleSection"];

/// Reads the JSON-LD blocks of a page: every object with a type.
pub fn objects(blocks: &[&str]) -> Vec<Value> {
    let mut found = Vec::new();
    for block in blocks.iter().take(MOST_BLOCKS) {
        for value in values(block) {
            flatten(value, &mut found, 0);
        }
    }
    resolve(&mut found);
    found
}

/// Reads the values of one block: one, or several with or without a comma between.
fn values(block: &str) -> Vec<Value> {
    let bare = block.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | ';'));
    if let Ok(value) = serde_json::from_str(bare) {
        return vec![value];
    }
    let decoded = if bare.contains("&quot;") && !bare.contains('"') { reference::in_text(bare) } else { bare.into() };
    let mended = mend(&decoded);
    let (mut found, mut rest) = (Vec::new(), mended.as_str());
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';'));
        let mut stream = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
        match stream.next() {
            Some(Ok(value)) => found.push(value),
            _ => return found,
        }
        rest = &rest[stream.byte_offset()..];
    }
}

/// Writes a block as JSON: without comments, CDATA marks and commas before a bracket, with strings that end where they
/// are meant to, and with the brackets closed that a cut-off block leaves open.
fn mend(block: &str) -> String {
    let mut mended = String::with_capacity(block.len() + 8);
    let mut open = Vec::new();
    let mut at = 0;
    while let Some(c) = block[at..].chars().next() {
        let rest = &block[at..];
        if let Some(length) = comment(rest) {
            at += length;
            continue;
        }
        match c {
            '"' | '\'' => {
                at += string(rest, c, &mut mended);
                continue;
            }
            '{' | '[' => open.push(c),
            '}' | ']' => {
                drop_comma(&mut mended);
                open.pop();
            }
            _ => {}
        }
        mended.push(c);
        at += c.len_utf8();
    }
    for bracket in open.iter().rev() {
        drop_comma(&mut mended);
        mended.push(if *bracket == '{' { '}' } else { ']' });
    }
    mended
}

/// Returns the length of a comment or mark that a text begins with and that is no part of JSON.
fn comment(text: &str) -> Option<usize> {
    for mark in ["<!--", "-->", "<![CDATA[", "]]>", "\u{feff}"] {
        if text.starts_with(mark) {
            return Some(mark.len());
        }
    }
    if text.starts_with("//") {
        // The marks of CDATA stand behind the signs of a comment, and what follows them on the line is JSON.
        let line = text.find(['\n', '\r']).unwrap_or(text.len());
        let marks = ["<![CDATA[", "]]>"];
        let mark = marks.iter().filter_map(|mark| Some(text[..line].find(mark)? + mark.len())).min();
        return Some(mark.unwrap_or(line));
    }
    text.starts_with("/*").then(|| text[2..].find("*/").map_or(text.len(), |end| end + 4))
}

fn drop_comma(mended: &mut String) {
    let end = mended.trim_end().len();
    if mended[..end].ends_with(',') {
        mended.truncate(end - 1);
    }
}

/// Writes the string that a text begins with; returns its length with both quotes.
fn string(text: &str, quote: char, mended: &mut String) -> usize {
    mended.push('"');
    let mut chars = text.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some((_, next @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't'))) => mended.extend(['\\', next]),
                Some((at, 'u')) if is_code(&text[at + 1..]) => mended.push_str("\\u"),
                Some((_, next)) if next.is_control() => mended.push(' '),
                Some((_, next)) => mended.push(next),
                None => break,
            },
            c if c == quote && ends_string(&text[at + 1..]) => {
                mended.push('"');
                return at + 1;
            }
            '"' => mended.push_str("\\\""),
            c if c.is_control() => mended.push(' '),
            c => mended.push(c),
        }
    }
    mended.push('"');
    text.len()
}

fn is_code(text: &str) -> bool {
    text.len() >= 4 && text.bytes().take(4).all(|byte| byte.is_ascii_hexdigit())
}

/// Says whether what follows a quote can follow a string: a colon, a bracket, or a comma and the next key or value.
fn ends_string(after: &str) -> bool {
    let after = after.trim_start();
    match after.chars().next() {
        None | Some(':' | '}' | ']') => true,
        Some(',') => {
            let next = after[1..].trim_start();
            next.is_empty() || next.starts_with(['"', '\'', '{', '[', '}', ']', '/', '-']) || is_bare_value(next)
        }
        // A comment, or the end of the block in its marks.
        Some('/' | '-' | '<') => comment(after).is_some(),
        _ => false,
    }
}

fn is_bare_value(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        || ["true", "false", "null"].iter().any(|word| text.starts_with(word))
}

fn flatten(value: Value, found: &mut Vec<Value>, depth: usize) {
    match value {
        Value::Array(values) if depth < DEEPEST => {
            values.into_iter().for_each(|value| flatten(value, found, depth + 1));
        }
        Value::Object(mut object) if depth < DEEPEST => {
            for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                let inner = object.get_mut(key).filter(|inner| inner.is_array() || inner.get("@type").is_some());
                if let Some(inner) = inner.map(Value::take) {
                    flatten(inner, found, depth + 1);
                }
            }
            // A blog of one post is the page of that post.
            let posts = object.get_mut("blogPost").and_then(Value::as_array_mut).filter(|posts| posts.len() == 1);
            if let Some(post) = posts {
                flatten(post[0].take(), found, depth + 1);
            }
            if object.contains_key("@type") {
                found.push(Value::Object(object));
            }
        }
        _ => {}
    }
}

/// Puts the object that an `@id` names in the place of the `@id`.
fn resolve(objects: &mut [Value]) {
    let named: Vec<(String, Value)> = objects
        .iter()
        .filter(|object| object.get("name").or_else(|| object.get("url")).is_some())
        .filter_map(|object| Some((object.get("@id")?.as_str()?.to_string(), object.clone())))
        .collect();
    if named.is_empty() {
        return;
    }
    let of = |id: &str| named.iter().find(|(name, _)| name == id).map(|(_, object)| object.clone());
    for object in objects.iter_mut().filter_map(Value::as_object_mut) {
        for key in NAMED {
            match object.get_mut(*key) {
                Some(Value::Array(values)) => values.iter_mut().for_each(|value| replace(value, &of)),
                Some(value) => replace(value, &of),
                None => {}
            }
        }
    }
}

fn replace(value: &mut Value, of: &impl Fn(&str) -> Option<Value>) {
    let bare = |object: &Map<String, Value>| !object.contains_key("name") && !object.contains_key("url");
    let id = match &*value {
        Value::String(text) => Some(text.as_str()),
        Value::Object(object) if bare(object) => object.get("@id").and_then(Value::as_str),
        _ => None,
    };
    if let Some(object) = id.and_then(of) {
        *value = object;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_blocks_are_read_as_they_are_meant() {
        for block in [
            r#"{"@type":"Article","headline":"Chè 'mới'","n":[1,2]}"#,
            "\u{feff}{\"@type\":\"Article\",\"headline\":\"Chè 'mới'\",\"n\":[1,2]};",
            "<!--\n{\"@type\":\"Article\",\"headline\":\"Chè 'mới'\",\"n\":[1,2]}\n-->",
            "//<![CDATA[\n{\"@type\":\"Article\",\"headline\":\"Chè 'mới'\",\"n\":[1,2]}\n//]]>",
            "/* <![CDATA[ */{\"@type\":\"Article\",\"headline\":\"Chè 'mới'\",\"n\":[1,2]}/* ]]> */",
            "{\"@type\":\"Article\", // tít\n\"headline\":\"Chè 'mới'\",\"n\":[1,2,],}",
            r#"{"@type":"Article","headline":"Chè \'mới\'","n":[1,2]}"#,
            "{&quot;@type&quot;:&quot;Article&quot;,&quot;headline&quot;:&quot;Chè 'mới'&quot;,&quot;n&quot;:[1,2]}",
            r#"{"@type":"Article","headline":"Chè 'mới'","n":[1,2"#,
            "{'@type':'Article','headline':'Chè 'mới'','n':[1,2]}",
        ] {
            let found = objects(&[block]);
            assert_eq!(found.first().and_then(|object| object["headline"].as_str()), Some("Chè 'mới'"), "{block}");
            assert_eq!(found[0]["n"].as_array().map(Vec::len), Some(2), "{block}");
        }
        let quoted = objects(&[r#"{"@type":"Article","headline":"Chè "mới" ở xã","url":"https://a.vn/x"}"#]);
        assert_eq!((&quoted[0]["headline"], &quoted[0]["url"]), (&"Chè \"mới\" ở xã".into(), &"https://a.vn/x".into()));
        let raw = objects(&["{\"@type\":\"Article\",\"headline\":\"Chè\nmới\"}"]);
        assert_eq!(raw[0]["headline"], "Chè mới");
        assert_eq!(objects(&[r#"{"@type":"A"},{"@type":"B"} {"@type":"C"}"#]).len(), 3);
        for rubbish in ["", "{", "]", "\"", "{\"a\":\"\\", "null", "{{{{"] {
            assert!(objects(&[rubbish]).len() <= 1, "{rubbish}");
        }
    }

    #[test]
    fn a_name_behind_an_id_takes_its_place() {
        let graph = r##"{"@graph":[{"@type":"Article","author":[{"@id":"#p"}],"publisher":{"@id":"#o"},"image":"#i"},
            {"@type":"Person","@id":"#p","name":"Lê Thị Mây"},{"@type":"Organization","@id":"#o","name":"Báo Mây"}]}"##;
        let found = objects(&[graph]);
        assert_eq!(
            (&found[0]["author"][0]["name"], &found[0]["publisher"]["name"]),
            (&"Lê Thị Mây".into(), &"Báo Mây".into())
        );
        assert_eq!(found[0]["image"], "#i");
    }
}
