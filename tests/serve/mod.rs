//! The page and the API: each promise broken on purpose, numbers that agree, and an index that is written while it is served.

mod guard;
mod live;
mod numbers;
mod pages;

use crate::index::{record, write};
use crate::program::run;
use baotinh::article::Record;
use baotinh::serve::{Limits, Options, Server};
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;
use tempfile::TempDir;

/// Holds an answer as it came.
pub struct Answer {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
    /// Whether the body came to its end.
    pub whole: bool,
}

impl Answer {
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("UTF-8")
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    fn read(mut stream: impl Read) -> Answer {
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(bytes.len());
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|code| code.parse().ok());
        let headers: BTreeMap<String, String> = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_lowercase(), value.to_string()))
            .collect();
        let rest = bytes.get(end + 4..).unwrap_or_default();
        let chunked = headers.get("transfer-encoding").is_some_and(|coding| coding == "chunked");
        let (body, whole) = if chunked { chunks(rest) } else { (rest.to_vec(), true) };
        Answer { status: status.unwrap_or(0), headers, body, whole }
    }
}

/// Joins the chunks of a body, and says whether the closing one is there.
fn chunks(mut bytes: &[u8]) -> (Vec<u8>, bool) {
    let mut body = Vec::new();
    while let Some(end) = bytes.windows(2).position(|two| two == b"\r\n") {
        let size = std::str::from_utf8(&bytes[..end]).ok().and_then(|size| usize::from_str_radix(size, 16).ok());
        let (Some(size), rest) = (size, &bytes[end + 2..]) else { break };
        if size == 0 {
            return (body, true);
        }
        body.extend_from_slice(&rest[..size.min(rest.len())]);
        let Some(next) = rest.get(size + 2..) else { break };
        bytes = next;
    }
    (body, false)
}

/// Opens a connection that gives up after a while.
pub fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).expect("connected");
    stream.set_read_timeout(Some(Duration::from_secs(30))).expect("set");
    stream
}

/// Sends a request with these header lines and reads the answer.
pub fn send(address: SocketAddr, first: &str, headers: &[String]) -> Answer {
    let mut stream = connect(address);
    let head = format!("{first} HTTP/1.1\r\n{}\r\nConnection: close\r\n\r\n", headers.join("\r\n"));
    stream.write_all(head.as_bytes()).expect("sent");
    Answer::read(stream)
}

/// Asks as a browser does that was given the address.
pub fn get(server: &Server, path: &str) -> Answer {
    get_with(server, path, &[])
}

pub fn get_with(server: &Server, path: &str, headers: &[&str]) -> Answer {
    let host = format!("Host: 127.0.0.1:{}", server.address().port());
    let headers: Vec<String> = std::iter::once(host).chain(headers.iter().map(|line| line.to_string())).collect();
    send(server.address(), &format!("GET {path}"), &headers)
}

/// Writes a query as a value of an address.
pub fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// Articles of two invented papers, one of them hostile.
pub fn records() -> Vec<Record> {
    let mut records = crate::search::records();
    let hostile = "<script>alert(1)</script> \" onmouseover=\"alert(2) \u{202e}' <b>mía</b> &amp;";
    let mut last = record("x/<y>?\"z\"", hostile, &format!("Bán mía ở chợ. {hostile} đạt 5%."), "2024-06-01");
    last.article.url = Some("javascript:alert(3)".into());
    last.article.source = Some("Báo \"<i>Lạ</i>\"".into());
    last.article.section = Some("<img src=x onerror=alert(4)>".into());
    last.article.author = Some("</title><script>alert(5)</script>".into());
    records.push(last);
    records
}

/// Makes an index of records in a folder of its own.
pub fn indexed(records: &[Record]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    add(folder.path(), "records.jsonl", records);
    folder
}

/// Adds records to the index of a folder.
pub fn add(folder: &Path, name: &str, records: &[Record]) {
    write(folder, name, records);
    let (status, _, message) = run(folder, &["index", name]);
    assert_eq!(status, 0, "{message}");
}

/// Lines of the log of a server.
pub type Lines = Arc<Mutex<Vec<String>>>;

/// Starts a server on a free port.
pub fn start(folder: &Path, change: impl FnOnce(&mut Options)) -> (Server, Lines) {
    let lines = Lines::default();
    let log = Arc::clone(&lines);
    let mut options = Options::new(folder.join("index"));
    options.port = 0;
    options.log = Arc::new(move |line| log.lock().expect("a log").push(line.to_string()));
    options.limits = Limits { queue: Duration::from_secs(20), ..Limits::default() };
    change(&mut options);
    (Server::start(options).expect("a server"), lines)
}

/// A server that all tests share which only ask.
pub static SHARED: LazyLock<(TempDir, Server)> = LazyLock::new(|| {
    let folder = indexed(&records());
    let server = start(folder.path(), |_| ()).0;
    (folder, server)
});

pub fn shared() -> &'static Server {
    &SHARED.1
}

/// Pages with a query on them, in both languages.
pub fn addresses() -> Vec<String> {
    let q = encoded("mía OR hộ OR alert");
    let id = "x~2F~3Cy~3E~3F~22z~22";
    let mut addresses = Vec::new();
    for language in ["vi", "en"] {
        let names = ["search", "kwic", "cited", "trend", "collocates", "keyness", "facets", "cite", "export"];
        addresses.extend(names.map(|name| format!("/{language}/{name}?q={q}")));
        addresses.extend(["", "stats", "help-query", "api", "about", "kwic"].map(|name| format!("/{language}/{name}")));
        addresses.push(format!("/{language}/article/{id}?q={q}"));
    }
    addresses
}
