//! A small web on the own machine: answers by rule, counts who asks for what, and can misbehave in any way.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// One request as it came.
pub struct Request {
    pub path: String,
    pub headers: Vec<(String, String)>,
}

impl Request {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// What is answered.
pub enum Reply {
    /// Status, headers (`name: value`), body.
    Whole(u16, Vec<String>, Vec<u8>),
    /// Anything at all, written by hand; the connection is closed afterwards.
    Raw(Box<ByHand>),
}

type ByHand = dyn FnOnce(&mut TcpStream) -> std::io::Result<()>;

impl Reply {
    pub fn html(body: impl Into<String>) -> Reply {
        Reply::Whole(200, vec!["Content-Type: text/html; charset=utf-8".to_string()], body.into().into_bytes())
    }

    pub fn text(body: impl Into<Vec<u8>>) -> Reply {
        Reply::Whole(200, vec!["Content-Type: text/plain".to_string()], body.into())
    }

    pub fn xml(body: impl Into<Vec<u8>>) -> Reply {
        Reply::Whole(200, vec!["Content-Type: text/xml".to_string()], body.into())
    }

    pub fn status(status: u16) -> Reply {
        Reply::Whole(status, Vec::new(), format!("<p>{status}").into_bytes())
    }

    pub fn redirect(status: u16, to: &str) -> Reply {
        Reply::Whole(status, vec![format!("Location: {to}")], Vec::new())
    }

    pub fn raw(write: impl FnOnce(&mut TcpStream) -> std::io::Result<()> + 'static) -> Reply {
        Reply::Raw(Box::new(write))
    }

    pub fn with(self, header: &str) -> Reply {
        match self {
            Reply::Whole(status, mut headers, body) => {
                headers.push(header.to_string());
                Reply::Whole(status, headers, body)
            }
            raw => raw,
        }
    }
}

type Rule = dyn Fn(&Request) -> Reply + Send + Sync;

/// A server that answers until it is dropped.
pub struct Web {
    address: SocketAddr,
    asked: Arc<Mutex<BTreeMap<String, usize>>>,
    ended: Arc<AtomicBool>,
}

impl Web {
    pub fn start(rule: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Web {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let (asked, ended) = (Arc::new(Mutex::new(BTreeMap::new())), Arc::new(AtomicBool::new(false)));
        let rule: Arc<Rule> = Arc::new(rule);
        let (counts, end) = (Arc::clone(&asked), Arc::clone(&ended));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if end.load(Ordering::Relaxed) {
                    break;
                }
                let (rule, counts) = (Arc::clone(&rule), Arc::clone(&counts));
                thread::spawn(move || serve(stream, &*rule, &counts));
            }
        });
        Web { address, asked, ended }
    }

    /// Returns the URL of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Returns how often each path was asked for.
    pub fn asked(&self) -> BTreeMap<String, usize> {
        self.asked.lock().expect("no panic").clone()
    }

    /// Returns how often one path was asked for.
    pub fn count(&self, path: &str) -> usize {
        self.asked().get(path).copied().unwrap_or(0)
    }

    /// Forgets what was asked for.
    pub fn forget(&self) {
        self.asked.lock().expect("no panic").clear();
    }
}

impl Drop for Web {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        let _ = TcpStream::connect(self.address);
    }
}

/// Answers the requests of one connection; returns when it ends or breaks.
fn serve(stream: TcpStream, rule: &Rule, counts: &Mutex<BTreeMap<String, usize>>) -> Option<()> {
    stream.set_read_timeout(Some(Duration::from_secs(60))).ok()?;
    stream.set_write_timeout(Some(Duration::from_secs(60))).ok()?;
    stream.set_nodelay(true).ok()?;
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut stream = stream;
    loop {
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).ok()? == 0 {
                return None;
            }
            if line.trim().is_empty() {
                break;
            }
            lines.push(line.trim_end().to_string());
        }
        let path = lines.first()?.split(' ').nth(1)?.to_string();
        let headers = lines[1..]
            .iter()
            .filter_map(|line| line.split_once(": "))
            .map(|(a, b)| (a.to_string(), b.to_string()))
            .collect();
        *counts.lock().ok()?.entry(path.clone()).or_default() += 1;
        match rule(&Request { path, headers }) {
            Reply::Whole(status, headers, body) => {
                let mut answer = format!("HTTP/1.1 {status} Reason\r\n").into_bytes();
                for header in headers {
                    answer.extend_from_slice(format!("{header}\r\n").as_bytes());
                }
                let body = if status == 304 { Vec::new() } else { body };
                answer.extend_from_slice(format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes());
                answer.extend_from_slice(&body);
                stream.write_all(&answer).ok()?;
            }
            Reply::Raw(write) => {
                let _ = write(&mut stream);
                return None;
            }
        }
    }
}
