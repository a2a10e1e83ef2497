//! Crawls: sitemaps, robots.txt, headers and front pages as people found them broken; each page a browser shows is fetched.

use crate::program::run;
use crate::web::{Reply, Request, Web};
use std::collections::BTreeSet;
use std::io::Write;

type Answer = dyn Fn(&Request, &str) -> Option<Reply> + Send + Sync;

/// One web: what it answers beside plain pages, and which paths are fetched beside `/`.
struct Case {
    name: &'static str,
    /// Given the request and the address of the web.
    answer: Box<Answer>,
    fetched: &'static [&'static str],
    more: &'static [&'static str],
}

fn case(
    name: &'static str,
    fetched: &'static [&'static str],
    answer: impl Fn(&Request, &str) -> Option<Reply> + Send + Sync + 'static,
) -> Case {
    Case { name, answer: Box::new(answer), fetched, more: &[] }
}

fn page(title: &str, links: &[&str]) -> String {
    let links: String = links.iter().map(|link| format!("<li><a href='{link}'>tin</a>")).collect();
    let text =
        "Hội đồng nhân dân tỉnh họp kỳ thường lệ giữa năm và thông qua nghị quyết về phát triển kinh tế. ".repeat(5);
    format!(
        "<!DOCTYPE html><html lang=vi><title>{title}</title><body><h1>{title}</h1><p>{text}</p><ul>{links}</ul></body></html>"
    )
}

fn sitemap(entries: &[String]) -> Reply {
    let entries: String = entries.iter().map(|entry| format!("<url>{entry}</url>")).collect();
    Reply::xml(format!("<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{entries}</urlset>"))
}

/// Answers a page with a header line written by hand.
fn with_line(line: &'static str) -> Reply {
    Reply::raw(move |stream| {
        let body = page("Bài", &[]);
        write!(
            stream,
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{line}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        )
    })
}

fn cases() -> Vec<Case> {
    let dated = |dates: &'static [&'static str]| {
        move |request: &Request, web: &str| {
            (request.path == "/sitemap.xml").then(|| {
                let entry =
                    |(nth, date): (usize, &&str)| format!("<loc>{web}/bai-{nth}</loc><lastmod>{date}</lastmod>");
                sitemap(&dates.iter().enumerate().map(entry).collect::<Vec<_>>())
            })
        }
    };
    let lines: &[(&str, &str)] = &[
        ("/a", "X-Powered-By : ASP.NET"),
        ("/b", "Cache Control: private"),
        ("/c", "PHP Warning: thư viện mcrypt.so: không nạp được in Unknown on line 0"),
        ("/d", "Set-Cookie: a=b\x7fc; path=/"),
        ("/e", "X-Ghi-chu: mot\r\n hai"),
        ("/f", "X-Ten(cu): mot"),
        ("/g", "X-Trang: \u{1}"),
    ];
    let fronts: &[(&str, &str)] = &[
        (
            "refresh",
            "<html><head><META HTTP-EQUIV=REFRESH CONTENT='0; URL=/trang-chu.aspx'></head><body></body></html>",
        ),
        ("refresh without url=", "<meta content=\"1;'/trang-chu.aspx'\" http-equiv=refresh>"),
        ("frameset", "<html><frameset rows='*'><frame src='/trang-chu.aspx'></frameset></html>"),
        ("location", "<script>window.location.href = \"/trang-chu.aspx\";</script>"),
    ];
    let mut cases = vec![
        case(
            "character references in a sitemap",
            &["/doc.aspx?id=11&muc=2", "/doc.aspx?id=12&muc=3", "/x%C3%A1-m%E1%BB%9Bi.html", "/tin?a=1&b=2"],
            |request, web| {
                let paths = [
                    "/doc.aspx?id=11&#38;muc=2",
                    "/doc.aspx?id=12&#x26;muc=3",
                    "/x&#225;-m&#7899;i.html",
                    "/tin?a=1&amp;amp;b=2",
                ];
                (request.path == "/sitemap.xml").then(|| sitemap(&paths.map(|path| format!("<loc>{web}{path}</loc>"))))
            },
        ),
        case(
            "a raw & in one address",
            &["/doc.aspx?id=1&muc=1", "/bai%20&%20anh.html", "/bai-3.html", "/bai-4.html"],
            |request, web| {
                let paths = ["/doc.aspx?id=1&muc=1", "/bai & anh.html", "/bai-3.html", "/bai-4.html"];
                (request.path == "/sitemap.xml").then(|| sitemap(&paths.map(|path| format!("<loc>{web}{path}</loc>"))))
            },
        ),
        case("a raw < and a lost end tag", &["/bai-1.html", "/bai-3.html"], |request, web| {
            let text = format!(
                "<urlset><url><loc>{web}/bai-1.html</loc><news>a < b</news></url><url><loc>{web}/bai-3.html</loc></url>"
            );
            (request.path == "/sitemap.xml").then(|| Reply::xml(text))
        }),
        case("a relative sitemap line", &["/bai-cu-2012.html"], |request, web| match request.path.as_str() {
            "/robots.txt" => Some(Reply::text("User-agent: *\nAllow: /\nSitemap: /sitemaps/index.xml\n")),
            "/sitemaps/index.xml" => Some(sitemap(&[format!("<loc>{web}/bai-cu-2012.html</loc>")])),
            _ => None,
        }),
        case("a sitemap as text", &["/bai-1.html", "/bai-2.html"], |request, web| match request.path.as_str() {
            "/robots.txt" => Some(Reply::text(format!("User-agent: *\nAllow: /\nSITEMAP: {web}/danh-sach.txt\n"))),
            "/danh-sach.txt" => Some(Reply::text(format!("\u{feff}{web}/bai-1.html\r\n\r\n{web}/bai-2.html"))),
            _ => None,
        }),
        case("a cookie and a redirect to itself", &["/bai-1.html", "/bai-2.html"], |request, _| {
            let known = matches!(request.path.as_str(), "/robots.txt" | "/sitemap.xml")
                || request.header("cookie").is_some_and(|cookie| cookie.contains("phien=1"));
            (!known).then(|| Reply::redirect(302, &request.path).with("Set-Cookie: phien=1; path=/")).or_else(|| {
                (request.path == "/").then(|| Reply::html(page("Trang chủ", &["/bai-1.html", "/bai-2.html"])))
            })
        }),
        case("bodies that are not compressed", &["/bai-1.html", "/bai-9.html"], |request, web| {
            let reply = match request.path.as_str() {
                "/robots.txt" => {
                    Reply::text(format!("User-agent: *\nDisallow: /tim-kiem\nSitemap: {web}/sitemap.xml\n"))
                }
                "/sitemap.xml" => sitemap(&[format!("<loc>{web}/bai-9.html</loc>")]),
                "/" => Reply::html(format!("<!-- cache 12 -->\n{}", page("Trang chủ", &["/bai-1.html"]))),
                path => Reply::html(format!("\n<!-- cache 12 -->\n{}", page(path, &[]))),
            };
            Some(reply.with("Content-Encoding: gzip"))
        }),
        case("header lines no strict parser bears", &["/a", "/b", "/c", "/d", "/e", "/f", "/g"], |request, _| {
            let path = request.path.as_str();
            let line = lines.iter().find(|(of, _)| *of == path).map(|&(_, line)| with_line(line));
            line.or_else(|| {
                (path == "/").then(|| Reply::html(page("Trang chủ", &["/a", "/b", "/c", "/d", "/e", "/f", "/g"])))
            })
        }),
        case("sessions in paths, new at every answer", &["/tin/0", "/tin/1"], {
            let count = std::sync::atomic::AtomicU64::new(7);
            move |request, _| {
                let id = count.fetch_add(0x9e37_79b9_7f4a_7c15, std::sync::atomic::Ordering::Relaxed);
                let links = [0, 1].map(|nth| format!("/tin/{nth};jsessionid={id:016X}{id:016X}.nut1"));
                let is_page = !matches!(request.path.as_str(), "/robots.txt" | "/sitemap.xml");
                is_page.then(|| Reply::html(page("Tin", &links.each_ref().map(String::as_str))))
            }
        }),
        Case {
            more: &["--since", "2015"],
            ..case(
                "dates that are none",
                &["/bai-0", "/bai-1", "/bai-2", "/bai-3", "/bai-4", "/bai-5", "/bai-6", "/bai-7", "/bai-8", "/bai-9"],
                dated(&[
                    "0001-01-01T00:00:00+00:00",
                    "",
                    "2025-10-08T07:18:53.846344Z 2015-06-15T15:33:55.288302Z",
                    "2016-01-25 15:35:12",
                    "20251008",
                    "08/10/2025 7:18:53 SA",
                    "-",
                    "1970-01-01T07:00:00+07:00",
                    "0000-00-00",
                    "1601-01-01",
                ]),
            )
        },
    ];
    cases.extend(fronts.iter().map(|&(name, front)| {
        case(name, &["/trang-chu.aspx", "/bai-1.html"], move |request, _| match request.path.as_str() {
            "/" => Some(Reply::html(front)),
            "/trang-chu.aspx" => Some(Reply::html(page("Trang chủ", &["/bai-1.html"]))),
            _ => None,
        })
    }));
    cases
}

#[test]
fn every_page_of_a_broken_web_is_fetched() {
    let mut wrong = Vec::new();
    for Case { name, answer, fetched, more } in cases() {
        let folder = tempfile::tempdir().expect("a folder");
        let web = Web::start(move |request| {
            let host = format!("http://{}", request.header("host").unwrap_or_default());
            answer(request, &host).unwrap_or_else(|| match request.path.as_str() {
                "/robots.txt" => Reply::text("User-agent: *\nAllow: /\n"),
                "/sitemap.xml" => Reply::status(404),
                path => Reply::html(page(path, &[])),
            })
        });
        let start = web.url("/");
        let mut args = vec!["crawl", "--allow-private-hosts", "--start", &start, "--delay", "0"];
        args.extend(more);
        let (status, _, errors) = run(folder.path(), &args);
        let (_, listed, _) = run(folder.path(), &["crawl", "list"]);
        let rows = listed.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"));
        let pages = rows.filter(|row| row["state"] == "fetched" && row["kind"] != "sitemap" && row["kind"] != "feed");
        let url =
            |row: serde_json::Value| row["url"].as_str().unwrap_or_default().trim_start_matches(&*start).to_string();
        let got: BTreeSet<_> = pages.map(url).filter(|path| !path.is_empty()).map(|path| format!("/{path}")).collect();
        let want: BTreeSet<_> = fetched.iter().map(ToString::to_string).collect();
        if status != 0 || got != want {
            wrong.push(format!("{name}: status {status}, fetched {got:?}, not {want:?}\n{errors}{listed}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
