//! One table of dates as papers, feeds, content systems and spreadsheets write them: each is read alike from a page, a
//! feed, a sitemap, a line of JSON and a table.

use crate::export::baotinh;
use baotinh::article::{Origin, Page};
use baotinh::crawl::discover::sitemap;
use baotinh::parse::{self, Options};
use serde_json::{Value, json};
use std::path::Path;

/// What is written, and what it is; the empty text is no date.
const DATES: &[(&str, &str)] = &[
    // Numbers, day first.
    ("25/04/2024", "2024-04-25"),
    ("25/4/2024", "2024-04-25"),
    ("25-04-2024", "2024-04-25"),
    ("25.04.2024", "2024-04-25"),
    ("25 / 04 / 2024", "2024-04-25"),
    ("4/5/2024", "2024-05-04"),
    ("25/04/24", "2024-04-25"),
    ("25-4-24 08:00", "2024-04-25T08:00:00+07:00"),
    ("25/04/2024 08:00", "2024-04-25T08:00:00+07:00"),
    ("25/04/2024 08:00:15", "2024-04-25T08:00:15+07:00"),
    ("25/04/2024 - 08:00", "2024-04-25T08:00:00+07:00"),
    ("25/04/2024, 8:05", "2024-04-25T08:05:00+07:00"),
    ("25/04/2024 8h05", "2024-04-25T08:05:00+07:00"),
    ("08h15 ngày 25-4-2024", "2024-04-25T08:15:00+07:00"),
    ("Lúc 8 giờ 5 phút, ngày 25/4/2024", "2024-04-25T08:05:00+07:00"),
    ("08:30 | 25/04/2024", "2024-04-25T08:30:00+07:00"),
    ("31/12/2024 1:05:00 CH", "2024-12-31T13:05:00+07:00"),
    ("31/12/2024 12:05:00 SA", "2024-12-31T00:05:00+07:00"),
    ("25/04/2024 08:00 AM", "2024-04-25T08:00:00+07:00"),
    ("4/25/2024 8:00:00 PM", "2024-04-25T20:00:00+07:00"),
    ("4/3/2024 8:00:00 PM", "2024-04-03T20:00:00+07:00"),
    ("25/04/2024 08:00 (GMT+7)", "2024-04-25T08:00:00+07:00"),
    ("25/04/2024 08:00 GMT+0700", "2024-04-25T08:00:00+07:00"),
    ("Ngày đăng: 25/04/2024", "2024-04-25"),
    // Weekdays.
    ("Thứ Năm, 25/04/2024", "2024-04-25"),
    ("Thứ Năm, 25/04/2024 | 08:00", "2024-04-25T08:00:00+07:00"),
    ("Thứ năm, ngày 25 tháng 4 năm 2024", "2024-04-25"),
    ("T5, 25.04.2024 8:00 SA", "2024-04-25T08:00:00+07:00"),
    ("T2, 25/06/2018 11:41:36", "2018-06-25T11:41:36+07:00"),
    ("Thứ 2, 06/05/2024, 10:30 (GMT+7)", "2024-05-06T10:30:00+07:00"),
    ("CN, 28/04/2024", "2024-04-28"),
    ("Chủ nhật, 28/4/2024 - 7:00 chiều", "2024-04-28T19:00:00+07:00"),
    ("Thu 25/04/2024", "2024-04-25"),
    // Months by name in Vietnamese.
    ("Tháng Tư 25, 2024", "2024-04-25"),
    ("25 Tháng Tư, 2024", "2024-04-25"),
    ("Tháng 4 25, 2024", "2024-04-25"),
    ("25 Tháng 4, 2024", "2024-04-25"),
    ("Tháng Mười Một 5, 2024", "2024-11-05"),
    ("5 tháng mười một, 2024", "2024-11-05"),
    ("Tháng Mười Hai 1, 2024 9:30 sáng", "2024-12-01T09:30:00+07:00"),
    ("5 tháng năm 2024", "2024-05-05"),
    ("25-Th4-2024", "2024-04-25"),
    ("Th4 25, 2024", "2024-04-25"),
    ("25 thg 4, 2024", "2024-04-25"),
    ("21 tháng 09 năm 2025", "2025-09-21"),
    ("Ngày 5 tháng 7 năm 2025, 8h05", "2025-07-05T08:05:00+07:00"),
    // Months by name in English.
    ("April 25, 2024", "2024-04-25"),
    ("Apr 25 2024", "2024-04-25"),
    ("25 April 2024", "2024-04-25"),
    ("25-Apr-2024", "2024-04-25"),
    ("January 3rd, 2024", "2024-01-03"),
    ("3 Sept. 2024 at 9:05 pm", "2024-09-03T21:05:00+07:00"),
    ("2024-Apr-25", "2024-04-25"),
    ("Thu Apr 25 08:00:00 2024", "2024-04-25T08:00:00+07:00"),
    ("Thu Apr 25 08:00:00 ICT 2024", "2024-04-25T08:00:00+07:00"),
    ("Thu Apr 25 2024 08:00:00 GMT+0700 (Giờ Đông Dương)", "2024-04-25T08:00:00+07:00"),
    // Feeds.
    ("Thu, 25 Apr 2024 08:00:00 +0700", "2024-04-25T08:00:00+07:00"),
    ("Thu, 25 Apr 2024 23:30:00 ICT", "2024-04-25T23:30:00+07:00"),
    ("Fri, 25 Apr 2024 23:30:00 +0700", "2024-04-25T23:30:00+07:00"),
    ("Thu, 25 Apr 2024 23:30:00 +07", "2024-04-25T23:30:00+07:00"),
    ("Thu, 25 Apr 2024 23:30:00 GMT+7", "2024-04-25T23:30:00+07:00"),
    ("Thu, 25 Apr 2024 23:30:00 GMT+0700", "2024-04-25T23:30:00+07:00"),
    ("Thu, 25 Apr 2024 23:30:00 UTC+7", "2024-04-25T23:30:00+07:00"),
    ("Thu, 25 Apr 2024 16:30:00 GMT", "2024-04-25T16:30:00+00:00"),
    ("Thu, 25 Apr 2024 11:30:00 CH", "2024-04-25T23:30:00+07:00"),
    ("Thứ Năm, 25 Apr 2024 16:30:00 Z", "2024-04-25T16:30:00+00:00"),
    ("Thu, 25 Apr 2024 12:30:00 EDT", "2024-04-25T12:30:00-04:00"),
    ("25 Apr 24 08:00:00 +0700", "2024-04-25T08:00:00+07:00"),
    // ISO 8601 and its kin.
    ("2024-04-25", "2024-04-25"),
    ("2024/04/25", "2024-04-25"),
    ("2016/6/29 15:07:41", "2016-06-29T15:07:41+07:00"),
    ("2024-04-25T08:00", "2024-04-25T08:00:00+07:00"),
    ("2024-04-25 08:00:00", "2024-04-25T08:00:00+07:00"),
    ("2024-04-25T08:00:00+07:00", "2024-04-25T08:00:00+07:00"),
    ("2024-04-25T08:00:00+0700", "2024-04-25T08:00:00+07:00"),
    ("2024-04-25T08:00:00+07", "2024-04-25T08:00:00+07:00"),
    ("2024-04-25 08:00:00 +0700", "2024-04-25T08:00:00+07:00"),
    ("2024-04-25T01:00:00.123Z", "2024-04-25T01:00:00+00:00"),
    ("2024-04-25T01:00:00.1234567+00:00", "2024-04-25T01:00:00+00:00"),
    ("2024-04-25T08:00:00+07:00[Asia/Ho_Chi_Minh]", "2024-04-25T08:00:00+07:00"),
    ("2024-04-25 08:00 Asia/Saigon", "2024-04-25T08:00:00+07:00"),
    ("20240425T080000+0700", "2024-04-25T08:00:00+07:00"),
    ("20240425T010000Z", "2024-04-25T01:00:00+00:00"),
    ("20240425", "2024-04-25"),
    ("20240425080000", "2024-04-25T08:00:00+07:00"),
    ("2024-W17-4", "2024-04-25"),
    ("2024-116", "2024-04-25"),
    // Spreadsheets and clocks of machines.
    ("45407", "2024-04-25"),
    ("45408", "2024-04-26"),
    ("45408.5", "2024-04-26T12:00:00+07:00"),
    ("1714062600", "2024-04-25T16:30:00+00:00"),
    ("1714062600000", "2024-04-25T16:30:00+00:00"),
    // As far as it goes.
    ("2024", "2024"),
    ("Năm 2024", "2024"),
    ("04/2024", "2024-04"),
    ("2024-04", "2024-04"),
    ("Tháng 4/2024", "2024-04"),
    ("Tháng Tư 2024", "2024-04"),
    ("April 2024", "2024-04"),
    ("2024-04-00", "2024-04"),
    // None.
    ("0001-01-01T00:00:00", ""),
    ("Mon, 01 Jan 0001 00:00:00 GMT", ""),
    ("1900-01-01", ""),
    ("1/1/1900 12:00:00 SA", ""),
    ("1970-01-01T07:00:00+07:00", ""),
    ("Thu, 01 Jan 1970 00:00:00 GMT", ""),
    ("0000-00-00 00:00:00", ""),
    ("31/02/2024", ""),
    ("hôm qua", ""),
    ("3 giờ trước", ""),
    ("-", ""),
];

fn published(record: &Value) -> &str {
    record["published"].as_str().unwrap_or("")
}

/// Asserts that what is read of the table is what it says.
fn agree(from: &str, read: impl IntoIterator<Item = String>) {
    let read: Vec<String> = read.into_iter().collect();
    assert_eq!(read.len(), DATES.len(), "{from}");
    let wrong: Vec<_> = DATES.iter().zip(&read).filter(|((_, wanted), read)| wanted != read).collect();
    assert!(wrong.is_empty(), "{from}: {wrong:#?}");
}

/// Extracts from a file of this test's own; returns its records.
fn extract(path: &Path) -> Vec<Value> {
    let (status, out, err) = baotinh(&["extract", path.to_str().expect("UTF-8")]);
    assert_eq!(status, 0, "{err}");
    let out = String::from_utf8(out).expect("UTF-8");
    out.lines().map(|line| serde_json::from_str(line).expect("a record")).collect()
}

#[test]
fn there_are_enough_dates() {
    assert!(DATES.len() >= 80);
}

#[test]
fn a_page_says_it() {
    let body = "Ủy ban nhân dân xã Đồng Mây cho biết, năm nay toàn xã có thêm nhiều hộ trồng chè theo hướng hữu cơ, sản \
        lượng chè búp tươi đạt hơn hai nghìn tấn và giá bán ổn định so với vụ trước, người dân rất phấn khởi.";
    let read = |date: &str| {
        let html = format!(
            "<!DOCTYPE html><html lang=vi><head><meta charset=utf-8><title>Vụ chè mới</title></head><body><main>\
             <h1>Vụ chè mới</h1><div><time class=\"entry-date published\">{date}</time></div><p>{body}</p><p>{body}</p>\
             </main></body></html>"
        );
        let article = parse::parse(&Page { bytes: html.into_bytes(), ..Page::default() });
        article.published.map_or(String::new(), |when| when.to_string())
    };
    agree("page", DATES.iter().map(|(date, _)| read(date)));
}

#[test]
fn a_feed_says_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let item = |number: usize, date: &str| {
        format!(
            "<item><title>Tin {number}</title><link>https://bao.example/{number}.html</link><pubDate>{date}</pubDate><description>Chè.</description></item>"
        )
    };
    let items: String = DATES.iter().enumerate().map(|(number, (date, _))| item(number, date)).collect();
    let path = folder.path().join("tin.rss");
    std::fs::write(&path, format!("<rss version='2.0'><channel><title>Báo</title>{items}</channel></rss>"))
        .expect("written");
    agree("feed", extract(&path).iter().map(|record| published(record).to_string()));
}

#[test]
fn a_sitemap_says_it() {
    let base = url::Url::parse("https://bao.example/sitemap.xml").expect("a URL");
    let entries: String = DATES
        .iter()
        .map(|(date, _)| {
            format!(
                "<url><loc>/a</loc><news:news><news:publication_date>{date}</news:publication_date></news:news></url>"
            )
        })
        .collect();
    let text = format!("<urlset xmlns:news='n'>{entries}</urlset>");
    let read = sitemap::read(text.as_bytes(), &base).expect("a sitemap");
    agree(
        "sitemap",
        read.entries.iter().map(|entry| entry.published.as_ref().map_or(String::new(), ToString::to_string)),
    );
}

#[test]
fn a_line_of_json_says_it() {
    let read = |date: &str| {
        let line = json!({ "body": "Chè.", "published": date }).to_string();
        let article = parse::given(line.as_bytes(), Origin::default(), &Options::default()).expect("an article");
        article.published.map_or(String::new(), |when| when.to_string())
    };
    agree("JSONL", DATES.iter().map(|(date, _)| read(date)));
}

#[test]
fn a_table_says_it_and_what_is_no_date_is_counted() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows: String = DATES.iter().map(|(date, _)| format!("Chè.;\"{date}\"\r\n")).collect();
    let path = folder.path().join("tin.csv");
    std::fs::write(&path, format!("body;published\r\n{rows}")).expect("written");
    agree("CSV", extract(&path).iter().map(|record| published(record).to_string()));
    let (_, _, err) = baotinh(&["extract", path.to_str().expect("UTF-8")]);
    let none = DATES.iter().filter(|(_, value)| value.is_empty()).count();
    assert!(err.contains(&format!("{none} publication dates are not understood")), "{err}");
    assert!(err.contains("tin.csv:") && err.contains("--date-format"), "{err}");
}

#[test]
fn a_format_of_the_user_goes_before_the_usual_ones() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("tin.csv");
    std::fs::write(&path, "body,published\nChè.,04/05/2024\nChè.,25/04/2024\n").expect("written");
    let (status, out, err) = baotinh(&["extract", path.to_str().expect("UTF-8"), "--date-format", "%m/%d/%Y"]);
    assert_eq!(status, 0, "{err}");
    let out = String::from_utf8(out).expect("UTF-8");
    let read: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).expect("a record")).collect();
    assert_eq!(read.iter().map(published).collect::<Vec<_>>(), ["2024-04-05", "2024-04-25"]);
    let (status, _, err) = baotinh(&["extract", path.to_str().expect("UTF-8"), "--date-format", "%K"]);
    assert_eq!((status, err.contains("not a date format")), (2, true), "{err}");
}
