//! Answers meant to break a crawler: each ends in its own state, and the crawl goes on.

use super::{page, states};
use crate::program::run;
use crate::web::{Reply, Web};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

/// 100 MB of zeros in Brotli.
const BROTLI_BOMB: &str = "cbffff3ff82700e2b14020f7fe8fffff7ff04f00c4611180eefd1fffffffe09f0088c30200ddfb3ffeffffc13f0110870500baf77ffcffff837f02200e\
    0b0074effff8ffff07ff04401c1600e8defff1ffff0ffe0980382c00d0bdffe3ffff1ffc1300715800a07bffc7ffff3ff82700e2b00040f7fe8fffff7ff04f00c4610180eefd\
    1fffffffe09f0088c30200ddfbbffc07afc33f0110870500bad875";
const BOMB: usize = 100 << 20;
const HTML: &str = "Content-Type: text/html";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    out.write_all(bytes).expect("memory");
    out.finish().expect("memory")
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    out.write_all(bytes).expect("memory");
    out.finish().expect("memory")
}

fn coded(coding: &'static str, body: Vec<u8>) -> Box<Answer> {
    Box::new(move |_| Reply::Whole(200, vec![HTML.to_string(), format!("Content-Encoding: {coding}")], body.clone()))
}

/// Writes the same bytes until the other side goes.
fn for_ever(head: &'static str, bytes: &'static [u8]) -> Box<Answer> {
    Box::new(move |_| {
        Reply::raw(move |stream| {
            stream.write_all(head.as_bytes())?;
            let block = bytes.repeat((1 << 16) / bytes.len());
            loop {
                stream.write_all(&block)?;
            }
        })
    })
}

fn drip(stream: &mut TcpStream) -> std::io::Result<()> {
    stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")?;
    loop {
        stream.write_all(b" ")?;
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn written(bytes: &'static [u8]) -> Box<Answer> {
    Box::new(move |_| Reply::raw(move |stream| stream.write_all(bytes)))
}

type Answer = dyn Fn(&str) -> Reply + Send + Sync;

/// Names each kind of hostile answer, the state that `/x` ends in, and how its reason begins.
fn table() -> Vec<(&'static str, Box<Answer>, &'static str, &'static str)> {
    let brotli: Vec<u8> = (0..BROTLI_BOMB.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&BROTLI_BOMB[at..at + 2], 16).expect("hex"))
        .collect();
    let zeros = vec![0; BOMB];
    let bomb = gzip(&zeros);
    let zstd = zstd::encode_all(&zeros[..], 3).expect("memory");
    let too_large = "the body is too large when its content coding is undone";
    vec![
        (
            "endless body",
            for_ever("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"<p>tin</p>"),
            "refused",
            "larger than 20 MiB",
        ),
        (
            "announced too long",
            written(b"HTTP/1.1 200 OK\r\nContent-Length: 9999999999\r\n\r\n"),
            "refused",
            "larger than 20 MiB",
        ),
        ("slow drip", Box::new(|_| Reply::raw(drip)), "failed", "timeout"),
        ("gzip bomb", coded("gzip", bomb.clone()), "refused", too_large),
        ("gzip in gzip bomb", coded("gzip, gzip", gzip(&bomb)), "refused", too_large),
        ("deflate bomb", coded("deflate", deflate(&zeros)), "refused", too_large),
        ("brotli bomb", coded("br", brotli), "refused", too_large),
        ("zstd bomb", coded("zstd", zstd), "refused", too_large),
        ("unknown coding", coded("x-rot13", b"\x01\x02tin".to_vec()), "refused", "the content coding is not known"),
        (
            "broken gzip",
            coded("gzip", b"\x1f\x8b\x08 not so".to_vec()),
            "refused",
            "the body is not in the content coding",
        ),
        ("redirect to itself", Box::new(|_| Reply::redirect(302, "/x")), "refused", "redirect: to itself"),
        (
            "redirects in a ring",
            Box::new(|path| Reply::redirect(302, if path == "/x" { "/y" } else { "/x" })),
            "redirected",
            "302",
        ),
        ("redirects without end", Box::new(|path| Reply::redirect(301, &format!("{path}x"))), "redirected", "301"),
        ("redirect without address", Box::new(|_| Reply::status(302)), "refused", "redirect: no address given"),
        (
            "redirect to another machine",
            Box::new(|_| Reply::redirect(302, "http://127.0.0.2:1/")),
            "refused",
            "redirect: other host",
        ),
        (
            "redirect to a private name",
            Box::new(|_| Reply::redirect(302, "http://may-in.lan/")),
            "refused",
            "redirect: other host",
        ),
        (
            "redirect to a file",
            Box::new(|_| Reply::redirect(302, "file:///etc/passwd")),
            "refused",
            "redirect: address not HTTP",
        ),
        ("endless header", for_ever("HTTP/1.1 200 OK\r\nX-A: ", b"aaaaaaaaaaaaaaaa"), "failed", "broken answer"),
        ("endless headers", for_ever("HTTP/1.1 200 OK\r\n", b"X-A: aaaaaaaaa\r\n"), "failed", "broken answer"),
        (
            "bad chunking",
            written(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\ntin\r\n"),
            "failed",
            "broken answer",
        ),
        (
            "shorter than announced",
            written(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<p>tin"),
            "failed",
            "broken answer",
        ),
        (
            "two lengths",
            written(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\n<p>ab"),
            "failed",
            "broken answer",
        ),
        ("closed at once", written(b""), "failed", "broken answer"),
        ("no HTTP", written(b"\x16\x03\x01\x02\x00"), "failed", "broken answer"),
        ("429 for ever", Box::new(|_| Reply::status(429)), "failed", "429"),
        ("500 for ever", Box::new(|_| Reply::status(500)), "failed", "500"),
        ("304 unasked", Box::new(|_| Reply::status(304)), "failed", "304 to a request without condition"),
        (
            "block page",
            Box::new(|_| {
                Reply::html("<title>Just a moment...</title><script src='/cdn-cgi/challenge-platform/x.js'></script>")
            }),
            "refused",
            "a challenge for robots",
        ),
        (
            "a film",
            for_ever("HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n", b"tin"),
            "refused",
            "not a page: video/mp4",
        ),
        ("deep nesting", Box::new(|_| Reply::html("<div>".repeat(100_000))), "fetched", "new"),
        (
            "a hundred thousand links",
            Box::new(|_| Reply::html("<a href=/tot>tin</a>".repeat(100_000))),
            "fetched",
            "new",
        ),
        (
            "another charset than declared",
            Box::new(|_| {
                Reply::Whole(
                    200,
                    vec!["Content-Type: text/html; charset=utf-16".to_string()],
                    b"<p>tin <a href=/tot>".to_vec(),
                )
            }),
            "fetched",
            "new",
        ),
    ]
}

#[test]
fn every_hostile_answer_ends_in_its_own_state_and_the_crawl_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let (webs, expected): (Vec<Web>, Vec<_>) = table()
        .into_iter()
        .map(|(name, answer, state, reason)| {
            let web = Web::start(move |request| match request.path.as_str() {
                "/" => Reply::html(page("Trang chủ", &["/x".to_string(), "/tot".to_string()])),
                "/tot" => Reply::html(page("Bài tốt", &[])),
                "/robots.txt" | "/sitemap.xml" => Reply::status(404),
                path => answer(path),
            });
            (web, (name, state, reason))
        })
        .unzip();
    let mut args: Vec<String> =
        ["crawl", "--allow-private-hosts", "--delay", "0", "--timeout", "3"].map(String::from).to_vec();
    args.extend(webs.iter().flat_map(|web| ["--start".to_string(), web.url("/")]));
    let (status, memory) = run_measured(folder.path(), &args);
    assert_eq!(status, 0);
    let states = by_url(folder.path());
    let wrong: Vec<String> = webs
        .iter()
        .zip(expected)
        .filter_map(|(web, (name, state, reason))| {
            let (x, good) = (states.get(&web.url("/x"))?, states.get(&web.url("/tot"))?);
            let right = x.0 == state && x.1.starts_with(reason) && good.0 == "fetched";
            (!right).then(|| format!("{name}: {x:?} for {:?}, then {good:?}", (state, reason)))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(webs.iter().all(|web| states.contains_key(&web.url("/x")) && states.contains_key(&web.url("/tot"))));
    assert!(memory < 300 << 10, "{memory} KiB");
    assert_eq!(run(folder.path(), &["crawl", "verify"]).0, 0);
}

fn by_url(folder: &Path) -> std::collections::BTreeMap<String, (String, String)> {
    let db = super::state(folder);
    let mut query = db.prepare("SELECT url, state, coalesce(reason, '') FROM url").expect("a query");
    let rows = query.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?)))).expect("rows");
    rows.map(|row| row.expect("a row")).collect()
}

/// Runs the program; answers its status and the most memory it held in KiB (0 where the system does not tell).
fn run_measured(folder: &Path, args: &[String]) -> (i32, u64) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_baotinh"))
        .current_dir(folder)
        .args(args)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let mut most = 0;
    for _ in 0..6000 {
        if let Some(status) = child.try_wait().expect("a child") {
            return (status.code().expect("an exit status"), most);
        }
        let told = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let peak =
            told.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.trim().parse().ok());
        most = peak.unwrap_or(most);
        std::thread::sleep(Duration::from_millis(20));
    }
    let _ = child.kill();
    panic!("the crawl does not end");
}

#[test]
fn an_endless_index_of_sitemaps_is_read_slowly() {
    let folder = tempfile::tempdir().expect("a folder");
    let web = Arc::new(std::sync::OnceLock::new());
    let own = Arc::clone(&web);
    let server = Web::start(move |request| {
        let base: &String = own.get().expect("known");
        match request.path.as_str() {
            "/robots.txt" => Reply::text(format!("Sitemap: {base}/index.xml\n")),
            "/" => Reply::html(page("Trang chủ", &[])),
            "/index.xml" => {
                let entries: String =
                    (0..50_000).map(|child| format!("<sitemap><loc>{base}/s-{child}.xml</loc></sitemap>")).collect();
                Reply::xml(format!("<sitemapindex>{entries}</sitemapindex>"))
            }
            path if path.ends_with(".xml") => {
                let entries: String =
                    (0..50_000).map(|page| format!("<url><loc>{base}{path}-{page}</loc></url>")).collect();
                Reply::xml(format!("<urlset>{entries}</urlset>"))
            }
            _ => Reply::html(page("Bài", &[])),
        }
    });
    web.set(server.url("")).expect("once");
    let start = server.url("/");
    let args =
        ["crawl", "--allow-private-hosts", "--delay", "0", "--start", &start, "--max-pages", "300"].map(String::from);
    let (status, memory) = run_measured(folder.path(), &args);
    assert_eq!(status, 0);
    let asked = server.asked();
    assert_eq!(asked.keys().filter(|path| path.ends_with(".xml") && path.starts_with("/s-")).count(), 1);
    assert_eq!(asked.keys().filter(|path| path.contains(".xml-")).count(), 299);
    assert!(memory < 300 << 10, "{memory} KiB");
}

#[test]
fn an_endless_calendar_ends() {
    let folder = tempfile::tempdir().expect("a folder");
    let web = Web::start(|request| match request.path.as_str() {
        "/robots.txt" | "/sitemap.xml" => Reply::status(404),
        path => {
            let day: usize = path.trim_start_matches("/lich/").parse().unwrap_or(0);
            Reply::html(page("Lịch", &(1..4).map(|next| format!("/lich/{}", day + next)).collect::<Vec<_>>()))
        }
    });
    assert_eq!(super::crawl(folder.path(), &web, &[]).0, 0);
    assert_eq!(states(folder.path()).keys().filter(|path| path.starts_with("/lich/")).count(), 3 * 32);
    let (_, out, _) = run(folder.path(), &["crawl", "status"]);
    assert!(out.contains("trap: too many steps from the start"), "{out}");
}

#[test]
fn a_feed_in_a_wrong_encoding_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let web = Web::start(|request| match request.path.as_str() {
        "/robots.txt" | "/sitemap.xml" => Reply::status(404),
        "/" => Reply::xml(
            "<?xml version='1.0' encoding='utf-16'?><rss version='2.0'><channel><title>Báo</title><item><title>Tin</title><link>/bai</link>\
             <pubDate>Thứ Năm, 25/04/2024 08:00</pubDate></item></channel></rss>",
        ),
        _ => Reply::html(page("Bài viết của báo", &[])),
    });
    assert_eq!(super::crawl(folder.path(), &web, &[]).0, 0);
    assert_eq!(states(folder.path())["/bai"].0, "fetched");
    let records = super::exported(folder.path());
    assert!(
        records.len() == 1 && records[0].contains("2024-04-25T08:00:00+07:00") && records[0].contains("feed"),
        "{records:?}"
    );
}

#[test]
fn without_the_switch_no_private_address_is_asked_in_any_spelling() {
    let folder = tempfile::tempdir().expect("a folder");
    let web = Web::start(|_| Reply::html("tin"));
    let port = web.url("").rsplit(':').next().expect("a port").to_string();
    for host in ["127.0.0.1", "localhost", "0x7f000001", "[::ffff:127.0.0.1]"] {
        let start = format!("http://{host}:{port}/");
        let (status, _, errors) = run(folder.path(), &["crawl", "--start", &start, "--delay", "0"]);
        assert_eq!(status, 1, "{host}: {errors}");
        assert!(errors.contains("is no public address"), "{host}: {errors}");
    }
    assert_eq!(web.asked().len(), 0);
}

/// Serves one page over TLS with a certificate for `localhost`; returns the port and the authority that signed it, in PEM.
fn tls_web() -> (u16, String) {
    let mut authority = rcgen::CertificateParams::new(Vec::<String>::new()).expect("names");
    authority.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let authority = rcgen::CertifiedIssuer::self_signed(authority, rcgen::KeyPair::generate().expect("a key"))
        .expect("an authority");
    let key = rcgen::KeyPair::generate().expect("a key");
    let certificate = rcgen::CertificateParams::new(vec!["localhost".to_string()])
        .expect("names")
        .signed_by(&key, &authority)
        .expect("signed");
    let key = rustls::pki_types::PrivatePkcs8KeyDer::from(key.serialize_der());
    let config = rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key.into())
        .expect("a certificate");
    let (config, listener) = (Arc::new(config), TcpListener::bind("127.0.0.1:0").expect("a port"));
    let port = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
            let Ok(connection) = rustls::ServerConnection::new(Arc::clone(&config)) else { break };
            let mut stream = rustls::StreamOwned::new(connection, stream);
            if stream.read(&mut [0; 4096]).is_ok() {
                let _ =
                    stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\nConnection: close\r\n\r\n<p>tin");
                stream.conn.send_close_notify();
                let _ = stream.flush();
            }
        }
    });
    (port, authority.pem())
}

#[test]
fn a_certificate_of_another_name_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let (port, authority) = tls_web();
    let trusted = folder.path().join("authority.pem");
    std::fs::write(&trusted, authority).expect("written");
    let crawl = |host: &str| {
        let start = format!("https://{host}:{port}/");
        let args = ["crawl", "--allow-private-hosts", "--delay", "0", "--timeout", "3", "--start", &start];
        let output =
            crate::program::baotinh(folder.path()).env("SSL_CERT_FILE", &trusted).args(args).output().expect("run");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (status, errors) = crawl("127.0.0.1");
    assert_eq!(status, Some(1), "{errors}");
    assert!(errors.contains("robots.txt unreachable: no connection: invalid peer certificate"), "{errors}");
    let (status, errors) = crawl("localhost");
    assert_eq!(status, Some(0), "{errors}");
}
