//! Imports: what browsers save, what feeds hold, and WARC of other writers become records by the same extract.

use crate::export::baotinh;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;
use std::io::Write;
use std::path::Path;

/// Runs `baotinh extract` on a path; returns status, records and messages.
fn extract(path: &Path) -> (i32, Vec<Value>, String) {
    let (status, out, err) = baotinh(&["extract", path.to_str().expect("UTF-8")]);
    let text = String::from_utf8(out).expect("UTF-8");
    (status, text.lines().map(|line| serde_json::from_str(line).expect("a record")).collect(), err)
}

fn put(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    std::fs::write(path, text).expect("written");
}

fn page(number: usize) -> String {
    format!(
        "<html><head><title>Xã Đồng Mây số {number}</title></head><body><article><h1>Xã Đồng Mây số {number}</h1>\
         <p>Năm 2023, tỷ lệ hộ nghèo của xã Đồng Mây còn {number},5%, theo Nghị quyết số 01/2022/NQ-HĐND của HĐND tỉnh.</p>\
         <p>Bà con trong xã cùng nhau làm đường, trồng rừng và giữ gìn nếp sống mới ở các thôn bản vùng cao.</p></article></body></html>"
    )
}

#[test]
fn a_folder_saved_by_a_browser_gives_pages_with_their_addresses_and_no_parts() {
    let folder = tempfile::tempdir().expect("a folder");
    let saved = format!(
        "<!DOCTYPE html>\n<!-- saved from url=(0042)https://baoquangninh.vn/dong-may-3210121.html -->\n{}",
        page(1)
    );
    put(folder.path(), "Đồng Mây.html", &saved);
    put(folder.path(), "Đồng Mây_files/saved_resource.html", &page(2));
    put(folder.path(), "Đồng Mây_files/style.css", "p {}");
    put(folder.path(), "bai_files/3.html", &page(3));
    let mail = format!(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://baoquangninh.vn/b-3210122.html\r\nDate: Thu, 25 Apr 2024 01:00:00 +0000\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"xx\"\r\n\r\n--xx\r\nContent-Type: text/html; charset=utf-8\r\n\
         Content-Transfer-Encoding: 8bit\r\nContent-Location: https://baoquangninh.vn/b-3210122.html\r\n\r\n{}\r\n--xx--\r\n",
        page(4)
    );
    put(folder.path(), "b.mhtml", &mail);
    let (status, records, err) = extract(folder.path());
    assert_eq!((status, records.len()), (0, 3), "{err}");
    let ids: Vec<_> = records.iter().map(|record| record["id"].as_str().expect("an id")).collect();
    assert!(ids.contains(&"baoquangninh.vn:3210121") && ids.contains(&"baoquangninh.vn:3210122"), "{ids:?}");
    let mail = records.iter().find(|record| record["id"] == "baoquangninh.vn:3210122").expect("the mail");
    assert_eq!(mail["fetched"], "2024-04-25T01:00:00Z");
    assert_eq!(mail["mentions"].as_array().expect("mentions").len(), 3, "{mail}");
}

fn feed(entries: usize) -> String {
    let item = |number: usize| {
        format!(
            "<item><title><![CDATA[Hộ nghèo &quot;{number}&quot;]]></title><link>https://baoquangninh.vn/ho-ngheo-321012{number}.html</link>\
             <pubDate>Thu, 25 Apr 2024 01:30:00 GMT+7</pubDate><description><![CDATA[<a href=\"#\"><img src=\"a.jpg\"/></a>\
             Năm 2023, tỷ lệ hộ nghèo còn {number},34%.]]></description></item>"
        )
    };
    let items: String = (1..=entries).map(item).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\"><channel><title>Báo</title>{items}</channel></rss>"
    )
}

#[test]
fn a_feed_gives_an_article_an_entry_with_the_id_of_its_page() {
    let folder = tempfile::tempdir().expect("a folder");
    put(folder.path(), "2024/tin.xml", &feed(2));
    put(folder.path(), "sitemap.xml", "<?xml version=\"1.0\"?><urlset></urlset>");
    let (status, records, err) = extract(folder.path());
    assert_eq!((status, records.len()), (0, 2), "{err}");
    let record = &records[1];
    assert_eq!((&record["id"], &record["title"]), (&"baoquangninh.vn:3210122".into(), &"Hộ nghèo \"2\"".into()));
    assert_eq!(
        (&record["body"], &record["body_state"]),
        (&"Năm 2023, tỷ lệ hộ nghèo còn 2,34%.".into(), &"thin".into())
    );
    assert_eq!((&record["published_source"], &record["origin"]["line"]), (&"feed".into(), &2.into()));
    assert_eq!(record["mentions"].as_array().expect("mentions").len(), 2);
}

#[test]
fn a_feed_that_breaks_off_gives_the_entries_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let whole = feed(3);
    put(folder.path(), "gãy.rss", &whole[..whole.rfind("<description>").expect("an entry") + 20]);
    let (status, records, err) = extract(&folder.path().join("gãy.rss"));
    assert_eq!((status, records.len()), (2, 2), "{err}");
    assert!(err.contains("gãy.rss: the feed is broken after its 2 entries"), "{err}");
    put(folder.path(), "không.xml", "<?xml version=\"1.0\"?><urlset></urlset>");
    let (status, _, err) = extract(&folder.path().join("không.xml"));
    assert_eq!(status, 2);
    assert!(err.contains("không.xml: ") && err.contains("not an RSS or Atom feed"), "{err}");
}

/// Writes a WARC of responses, as others do: no metadata records, one gzip member a record when `gzip`.
fn warc(path: &Path, pages: usize, gzip: bool, broken: Option<usize>) {
    let mut file = std::fs::File::create(path).expect("created");
    for number in 0..pages {
        let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{}", page(number));
        let record = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number:08}-0000-4000-8000-000000000000>\r\n\
             WARC-Date: 2024-04-25T01:00:00Z\r\nWARC-Target-URI: https://bao.example/{number}.html\r\n\
             Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{http}\r\n\r\n",
            http.len()
        );
        let mut bytes = record.into_bytes();
        if gzip {
            let mut member = GzEncoder::new(Vec::new(), Compression::fast());
            member.write_all(&bytes).expect("compressed");
            bytes = member.finish().expect("compressed");
        }
        if broken == Some(number) {
            let middle = bytes.len() / 2;
            bytes[middle..middle + 20].fill(0xff);
        }
        file.write_all(&bytes).expect("written");
    }
}

#[test]
fn a_warc_of_others_with_one_broken_member_is_one_failure() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, gzip, broken, expected) in
        [("a.warc", false, None, (0, 60)), ("b.warc.gz", true, None, (0, 60)), ("c.warc.gz", true, Some(30), (2, 59))]
    {
        let path = folder.path().join(name);
        warc(&path, 60, gzip, broken);
        let (status, records, err) = extract(&path);
        assert_eq!((status, records.len()), expected, "{name}: {err}");
        assert_eq!(err.matches("error:").count(), usize::from(broken.is_some()), "{err}");
        assert_eq!(
            (&records[7]["url"], &records[7]["fetched"]),
            (&"https://bao.example/7.html".into(), &"2024-04-25T01:00:00Z".into())
        );
        assert!(records[7]["origin"]["offset"].as_u64().expect("an offset") > 0);
    }
}
