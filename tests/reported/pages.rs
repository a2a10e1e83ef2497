//! Pages: metadata that others repair, dates as systems print them, wrappers of any name, old encodings, second articles.

use baotinh::article::{Article, BodyState, Page, Warning};
use baotinh::parse::parse;

const TITLE: &str = "Vụ chè mới ở Đồng Mây";
const FIRST: &str = "Ủy ban nhân dân xã Đồng Mây cho biết, năm nay toàn xã có thêm nhiều hộ trồng chè theo hướng hữu cơ, sản lượng chè búp \
                     tươi đạt hơn hai nghìn tấn và giá bán ổn định so với vụ trước, người dân rất phấn khởi.";
const SECOND: &str = "Theo ông Vừ A Sáng, Chủ tịch xã, địa phương sẽ tiếp tục mở lớp tập huấn kỹ thuật, hỗ trợ giống và kết nối với doanh \
                      nghiệp thu mua để bảo đảm đầu ra cho bà con trong những năm tới, nhất là ở các bản vùng cao.";
const THIRD: &str = "Vụ tới, xã dự kiến trồng mới ba mươi héc ta chè, trong đó hai phần ba ở các bản giáp rừng, nơi đất tốt và \
                     nguồn nước sạch, để xây dựng vùng nguyên liệu cho cơ sở chế biến của hợp tác xã.";

fn read(html: &str) -> Article {
    parse(&Page { bytes: html.as_bytes().to_vec(), ..Page::default() })
}

/// A page with `head` in its head, `above` below the headline and `below` behind the text.
fn page(head: &str, above: &str, below: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=vi><head><meta charset=utf-8><title>{TITLE}</title>{head}</head><body>\
         <header><a href=/>Báo Mây</a></header><main><h1>{TITLE}</h1>{above}<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>{below}\
         </main><footer>Bản quyền</footer></body></html>"
    )
}

fn body() -> String {
    [FIRST, SECOND, THIRD].join("\n")
}

fn published(article: &Article) -> String {
    article.published.as_ref().map(ToString::to_string).unwrap_or_default()
}

#[test]
fn json_ld_is_read_as_others_repair_it() {
    let rest = r#""headline":"Vụ chè mới","datePublished":"2024-03-05T08:00:00+07:00","author":{"@type":"Person","name":"Lò Thị Sương"}"#;
    let front = r#""@context":"https://schema.org","@type":"NewsArticle","#;
    let good = format!("{{{front}{rest}}}");
    for script in [
        good.clone(),
        good.replace("chè mới", r"chè \'mới\'"),
        format!("\u{feff}{good}"),
        format!("//<![CDATA[\n{good}\n//]]>"),
        good.replace('"', "&quot;"),
        format!("<!--\n{good}\n-->"),
        format!("{{{front}\n// ngày đăng\n{rest}}}"),
        good.replace("chè mới", r#"chè "mới""#),
        format!("{{{front}{rest},}}"),
        format!("{{\"@type\":\"WebSite\",\"name\":\"Báo Mây\"}},\n{good}"),
        format!("/* bài viết */\n{good};"),
        good.replace("chè mới", "chè\tmới\nở xã"),
    ] {
        let article = read(&page(&format!("<script type=\"application/ld+json\">{script}</script>"), "", ""));
        assert_eq!(article.author.as_deref(), Some("Lò Thị Sương"), "{script}");
        assert_eq!(published(&article), "2024-03-05T08:00:00+07:00", "{script}");
    }
}

#[test]
fn ids_in_a_graph_lead_to_their_objects() {
    let person = r#"{"@type":"Person","@id":"https://baomay.example/#7f","name":"Lò Thị Sương"}"#;
    for author in [
        r##"{"@id":"https://baomay.example/#7f"}"##,
        r##"[{"@id":"https://baomay.example/#7f"}]"##,
        r##"{"@type":"Person","@id":"https://baomay.example/#7f"}"##,
    ] {
        let article = format!(r#"{{"@type":"Article","datePublished":"2024-03-05T01:00:00+00:00","author":{author}}}"#);
        let graph = format!(r#"{{"@context":"https://schema.org","@graph":[{article},{person}]}}"#);
        let article = read(&page(&format!("<script type=\"application/ld+json\">{graph}</script>"), "", ""));
        assert_eq!(article.author.as_deref(), Some("Lò Thị Sương"), "{author}");
    }
}

#[test]
fn dates_are_read_as_vietnamese_systems_print_them() {
    for (text, date) in [
        ("Tháng Tư 25, 2024", "2024-04-25"),
        ("25 Tháng Tư, 2024", "2024-04-25"),
        ("Tháng 4 25, 2024", "2024-04-25"),
        ("25 Tháng 4, 2024", "2024-04-25"),
        ("Tháng Mười Một 5, 2024", "2024-11-05"),
        ("5 tháng mười một, 2024", "2024-11-05"),
        ("25/04/24", "2024-04-25"),
        ("Thứ Năm, 25/04/2024 | 08:00", "2024-04-25T08:00:00+07:00"),
        ("25-Th4-2024", "2024-04-25"),
        ("Th4 25, 2024", "2024-04-25"),
        ("21 tháng 09 năm 2025", "2025-09-21"),
        ("T5, 25.04.2024 8:00 SA", "2024-04-25T08:00:00+07:00"),
        ("08h15 ngày 25-4-2024", "2024-04-25T08:15:00+07:00"),
        ("20240425T080000+0700", "2024-04-25T08:00:00+07:00"),
        ("Chủ nhật, ngày 28/4/2024 - 9:05 CH", "2024-04-28T21:05:00+07:00"),
        ("Tháng Mười Hai 1, 2024 lúc 7:30 sáng", "2024-12-01T07:30:00+07:00"),
    ] {
        let line = format!("<div class=entry-meta>Đăng ngày <time class='entry-date published'>{text}</time></div>");
        let article = read(&page("", &line, ""));
        assert_eq!((published(&article), article.body), (date.to_string(), body()), "{text}");
    }
}

#[test]
fn what_is_encoded_twice_is_decoded_twice() {
    let encoded = "T&amp;#7881;nh h&amp;#7885;p b&amp;#224;n v&amp;#7873; &amp;quot;ch&amp;#232; h&amp;#7919;u c&amp;#417;&amp;quot;";
    let lead =
        format!("<p class=sapo>{encoded} v&amp;agrave; gi&amp;aacute; thu mua trong v&amp;#7909; t&amp;#x1edb;i.</p>");
    let html = page(&format!("<meta property=og:title content='{encoded}'>"), &lead, "").replace(TITLE, encoded);
    let article = read(&html);
    assert_eq!(article.title.as_deref(), Some("Tỉnh họp bàn về \"chè hữu cơ\""));
    assert_eq!(article.lead.as_deref(), Some("Tỉnh họp bàn về \"chè hữu cơ\" và giá thu mua trong vụ tới."));
    for name in ["L&ograve; Th&#7883; S&#432;&#417;ng", "L&#xF2; Th&#x1ECB; S&#x1B0;&#x1A1;ng"] {
        let script = format!(r#"{{"@type":"NewsArticle","author":{{"@type":"Person","name":"{name}"}}}}"#);
        let article = read(&page(&format!("<script type=\"application/ld+json\">{script}</script>"), "", ""));
        assert_eq!(article.author.as_deref(), Some("Lò Thị Sương"), "{name}");
    }
}

#[test]
fn a_second_article_on_the_page_is_cut_off_and_named() {
    let other =
        format!("<p>{}</p>", "Cầu treo bản Nậm Lúa dài một trăm hai mươi mét đã được thông xe kỹ thuật. ".repeat(3));
    for element in ["article class=post", "section class='story full'", "div class=detail-wrap"] {
        let name = element.split(' ').next().expect("a name");
        let html = format!(
            "<html lang=vi><title>{TITLE}</title><body><main><{element}><h1>{TITLE}</h1><div><p>{FIRST}</p><p>{SECOND}</p></div></{name}>\
             <{element}><h1>Cầu treo bản Nậm Lúa thông xe</h1><time datetime=2023-01-02>02/01/2023</time><div>{other}<p>{THIRD}</p></div>\
             </{name}></main></body></html>"
        );
        let article = read(&html);
        assert_eq!(
            (article.body, published_day(&article.published)),
            (format!("{FIRST}\n{SECOND}"), None),
            "{element}"
        );
        assert!(article.warnings.iter().any(|warning| warning.starts_with(Warning::NextArticle.name())), "{element}");
    }
}

fn published_day(date: &Option<baotinh::article::When>) -> Option<String> {
    date.as_ref().map(ToString::to_string)
}

#[test]
fn a_live_report_keeps_all_its_entries_and_its_own_date() {
    let entry = |time: &str, head: &str, text: &str| {
        format!(
            "<div class=live-entry><time datetime='2024-09-08T{time}:00+07:00'>{time}</time><h3>{head}</h3><p>{text}</p></div>"
        )
    };
    let script = r#"{"@type":"LiveBlogPosting","datePublished":"2024-09-07T06:05:00+07:00","dateModified":"2024-09-08T09:31:00+07:00"}"#;
    let entries = [
        entry("09:30", "Nước sông lên", FIRST),
        entry("08:15", "Học sinh nghỉ học", SECOND),
        entry("07:00", "Bão đổ bộ", THIRD),
    ];
    let html = format!(
        "<html lang=vi><title>{TITLE}</title><script type=application/ld+json>{script}</script><body><main><h1>{TITLE}</h1>{}</main></body></html>",
        entries.join("")
    );
    let article = read(&html);
    assert_eq!(published(&article), "2024-09-07T06:05:00+07:00");
    for text in [FIRST, SECOND, THIRD] {
        assert!(article.body.contains(text), "{text}");
    }
}

#[test]
fn lists_tables_quotations_and_folded_text_stay() {
    for (html, texts) in [
        (
            "<table border=1><tr><th colspan=3>Tỷ lệ hộ nghèo (%)</th></tr><tr><td>Đồng Mây</td><td>12,5</td><td>8,1</td></tr>\
             <tr><td rowspan=2>Nậm Lúa</td><td><p>20,4</p></td><td><ul><li>15,2</li></ul></td></tr><tr><td>19,8</td><td><b>14,9</b><br>(ước)</td></tr></table>",
            &["Tỷ lệ hộ nghèo (%)", "Đồng Mây | 12,5 | 8,1", "Nậm Lúa | 20,4 | 15,2", "19,8 | 14,9 (ước)"][..],
        ),
        (
            "<blockquote>“Thu nhập phải tăng ít nhất 10% mỗi năm”, ông Sáng nói.</blockquote>",
            &["“Thu nhập phải tăng ít nhất 10% mỗi năm”, ông Sáng nói."],
        ),
        (
            "<ol><li>Chọn đúng cây, đúng đất.<li>Hợp đồng đạt 70%.</ol>",
            &["Chọn đúng cây, đúng đất.", "Hợp đồng đạt 70%."],
        ),
        (
            "<details><summary>Số liệu thêm</summary><p>Chè hữu cơ chiếm 35%.</p></details>",
            &["Số liệu thêm", "Chè hữu cơ chiếm 35%."],
        ),
        (
            "<div class=box-quote><p>Nghị quyết số 12/2024/NQ-HĐND hỗ trợ 50% giá giống.</p></div>",
            &["Nghị quyết số 12/2024/NQ-HĐND hỗ trợ 50% giá giống."],
        ),
        ("<dl><dt>Chè loại một</dt><dd>65% sản lượng</dd></dl>", &["Chè loại một", "65% sản lượng"]),
        (
            "<a role=button aria-controls=f>Chi tiết</a><div id=f role=region aria-labelledby=g style='display:none'><p>Xã hỗ trợ 30% phân bón.</p></div>",
            &["Xã hỗ trợ 30% phân bón."],
        ),
        (
            "<figure class=wp-block-embed-twitter><blockquote class=twitter-tweet><p>Đường lên bản Nậm Lúa đã thông.</p>— Sở Giao thông (@sgt)</blockquote></figure>",
            &["Đường lên bản Nậm Lúa đã thông.", "— Sở Giao thông (@sgt)"],
        ),
    ] {
        let article = read(&page("", "", &format!("{html}<p>Các hộ được nhận giống trong tháng tới.</p>")));
        let lines: Vec<_> = article.body.lines().collect();
        for text in texts {
            assert!(lines.contains(text), "{text:?} of {lines:#?}");
        }
    }
}

#[test]
fn font_codings_are_converted_and_said() {
    let vni = "Nghò quyeát soá 12/2002/NQ-HÑND ngaøy 15/7/2002 cuûa Hoäi ñoàng nhaân daân tænh veà phaùt trieån caây cheø, tyû leä hoä ngheøo giaûm 2,5% moãi naêm.";
    let tcvn = "NghÞ quyÕt sè 12/2002/NQ-H§ND ngµy 15/7/2002 cña Héi ®ång nh©n d©n tØnh vÒ ph¸t triÓn c©y chÌ, tû lÖ hé nghÌo gi¶m 2,5% mçi n¨m.";
    let unicode = "Nghị quyết số 12/2002/NQ-HĐND ngày 15/7/2002 của Hội đồng nhân dân tỉnh về phát triển cây chè, tỷ lệ hộ nghèo giảm 2,5% mỗi năm.";
    for (text, face) in [(vni, "VNI-Times"), (tcvn, ".VnTime"), (vni, "VNI-Helve"), (tcvn, ".VnArial")] {
        let lines = (1..4).map(|nth| format!("<p><font face='{face}'>{nth}. {text}</font></p>")).collect::<String>();
        let article =
            read(&format!("<html><meta charset=utf-8><title>{text}</title><body><h1>{text}</h1>{lines}</body></html>"));
        assert!(article.body.contains(unicode), "{face}: {}", article.body);
        assert!(article.has_warning(Warning::FontCoding), "{face}");
    }
}

#[test]
fn the_byline_at_the_foot_beats_the_name_of_the_paper() {
    let meta = "<meta name=author content='Báo Mây điện tử'><meta property=og:site_name content='Báo Mây'>";
    for (foot, author) in [
        ("<p style='text-align:right'><strong>Bài, ảnh: LÒ SƯƠNG - VỪ A CHỨ</strong></p>", "LÒ SƯƠNG - VỪ A CHỨ"),
        ("<p class=text-right><b>Lò Sương</b></p>", "Lò Sương"),
        ("<p><em>Tin, ảnh: Vừ A Chứ</em></p>", "Vừ A Chứ"),
    ] {
        assert_eq!(read(&page(meta, "", foot)).author.as_deref(), Some(author), "{foot}");
    }
}

#[test]
fn the_date_of_publication_is_told_from_updates_and_comments() {
    for bar in [
        "<div class=meta><span>Cập nhật lúc: 10/12/2023</span> <span class=date>Đăng ngày: 02/01/2023 07:30</span> <span>Tác giả: Lò Sương</span></div>",
        "<div class=info>Ngày đăng: 02/01/2023 07:30 | Cập nhật: 10/12/2023 | Lượt xem: 1.204</div>",
        "<p class=post-date>Xuất bản: 02/01/2023 07:30 - Sửa lần cuối: 10/12/2023 08:00</p>",
    ] {
        let comments =
            "<div class=comments><time datetime=2023-05-06T10:00:00+07:00>06/05/2023</time> Bạn đọc: hay</div>";
        let article = read(&page("", bar, comments));
        assert_eq!(published(&article), "2023-01-02T07:30:00+07:00", "{bar}");
        assert_eq!(article.body, body(), "{bar}");
    }
}

#[test]
fn names_of_wrappers_are_no_verdict() {
    let lead = "Sáng nay, xã Đồng Mây tổng kết vụ chè, biểu dương các hộ làm ăn giỏi và bàn giải pháp mở rộng diện tích chè hữu cơ.";
    for wrapper in [
        "id=divPrint",
        "class=print-content",
        "id=printArea",
        "class=social",
        "class=content-audio",
        "class=player",
        "class=bio",
        "class='box-share-content'",
        "class=content-banner",
        "class=footer-content",
        "class=jp",
        "class=login",
        "class=promotion",
        "class=related-content",
        "class=search-content",
        "class=teaser",
        "class=wrap-comment",
        "id=full style='display:none'",
        "class='post hentry category-quang-cao-rao-vat'",
        "class=newsletter-body",
        "class=readmore-wrap hidden",
    ] {
        let html = page("", &format!("<p class=sapo>{}</p><div {wrapper}>", [lead; 3].join(" ")), "</div>");
        let article = read(&html);
        assert!(article.body.ends_with(&body()), "{wrapper}: {}", article.body);
        assert_eq!(article.body_state, BodyState::Ok, "{wrapper}");
    }
}

#[test]
fn pages_without_wrappers_and_with_further_pages_give_their_text() {
    let cells = format!(
        "<html><meta charset=utf-8><title>{TITLE}</title><body><table><tr><td><a href=/>Trang chủ</a> <a href=/a>Tin</a></td>\
         <td><h1>{TITLE}</h1><p>{}<p>{SECOND}<p>{THIRD}</td></tr></table></body></html>",
        FIRST.replace("toàn xã", "<i>toàn xã</i>")
    );
    assert_eq!(read(&cells).body, body());
    let further = "<div class=pages><a href='/phong-su-123.html?page=2' rel=next>Trang 2</a></div>";
    assert_eq!(
        read(&page("<link rel=canonical href=https://baomay.example/phong-su-123.html>", "", further)).body,
        body()
    );
}
