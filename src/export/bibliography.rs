//! References to articles for reference managers: BibTeX, RIS and CSL-JSON.
//!
//! A reference names the page, the day it was fetched and where the fetched bytes lie; unknown fields are left out.

use crate::article::{Article, VIETNAM};
use jiff::civil::Date;
use serde_json::{Map, Value, json};

/// Names the formats of references.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `@misc` entries that BibTeX and BibLaTeX read.
    Bibtex,
    /// Lines of `TAG  - value`, type NEWS.
    Ris,
    /// An array of items of type `article-newspaper` (Citation Style Language 1.0.2).
    CslJson,
}

/// Writes the references of articles.
pub fn references(articles: &[Article], style: Style) -> String {
    match style {
        Style::Bibtex => articles.iter().map(bibtex).collect::<Vec<_>>().join("\n"),
        Style::Ris => articles.iter().map(ris).collect(),
        Style::CslJson => format!("{:#}\n", Value::Array(articles.iter().map(csl).collect())),
    }
}

/// Returns the Vietnamese day on which the page was fetched.
fn accessed(article: &Article) -> Option<Date> {
    article.fetched.map(|moment| VIETNAM.to_datetime(moment).date())
}

fn address(article: &Article) -> Option<&str> {
    article.canonical_url.as_deref().or(article.url.as_deref())
}

fn newspaper(article: &Article) -> Option<&str> {
    article.source.as_deref().or(article.site.as_deref())
}

/// Says where the bytes lie that the record was read from.
fn provenance(article: &Article) -> String {
    let origin = &article.origin;
    let place = match (origin.offset, origin.line) {
        (Some(offset), _) => format!("{} at byte {offset}", origin.path),
        (None, Some(line)) => format!("{} line {line}", origin.path),
        (None, None) => origin.path.clone(),
    };
    format!("baotinh {}, revision {}, {place}", article.id, article.revision)
}

fn bibtex(article: &Article) -> String {
    let key: String = article
        .id
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | ':' | '-') { c } else { '-' })
        .collect();
    let day = article.published_day();
    // Double braces keep the capitals and an organ's name in one piece.
    let fields = [
        ("author", article.author.as_deref().map(|author| format!("{{{}}}", tex(author)))),
        ("title", article.title.as_deref().map(|title| format!("{{{}}}", tex(title)))),
        ("howpublished", newspaper(article).map(tex)),
        ("year", day.map(|day| format!("{:04}", day.year()))),
        ("month", day.map(|day| day.month().to_string())),
        ("day", day.map(|day| day.day().to_string())),
        ("date", day.map(|day| day.to_string())),
        ("url", address(article).map(|url| url.replace('{', "%7B").replace('}', "%7D"))),
        ("urldate", accessed(article).map(|day| day.to_string())),
        (
            "langid",
            article.language.as_deref().filter(|language| language.starts_with("vi")).map(|_| "vietnamese".to_string()),
        ),
        ("note", Some(tex(&provenance(article)))),
    ];
    let lines = fields.into_iter().filter_map(|(name, value)| value.map(|value| format!("  {name} = {{{value}}},\n")));
    format!("@misc{{{key},\n{}}}\n", lines.collect::<String>())
}

/// Escapes what TeX takes for commands; line breaks become blanks.
fn tex(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => escaped.push_str(r"\textbackslash{}"),
            '~' => escaped.push_str(r"\textasciitilde{}"),
            '^' => escaped.push_str(r"\textasciicircum{}"),
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => escaped.extend(['\\', c]),
            c if c.is_whitespace() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

fn ris(article: &Article) -> String {
    let slashed = |day: Date| day.strftime("%Y/%m/%d").to_string();
    let day = article.published_day();
    let fields = [
        ("TY", Some("NEWS".to_string())),
        ("ID", Some(article.id.clone())),
        ("TI", article.title.clone()),
        ("AU", article.author.clone()),
        ("T2", newspaper(article).map(Into::into)),
        ("PY", day.map(|day| format!("{:04}", day.year()))),
        ("DA", day.map(slashed)),
        ("UR", address(article).map(Into::into)),
        ("Y2", accessed(article).map(slashed)),
        ("LA", article.language.clone()),
        ("N1", Some(provenance(article))),
    ];
    let line = |(tag, value): (&str, Option<String>)| {
        value.map(|value| format!("{tag}  - {}\r\n", value.split_whitespace().collect::<Vec<_>>().join(" ")))
    };
    format!("{}ER  - \r\n", fields.into_iter().filter_map(line).collect::<String>())
}

fn csl(article: &Article) -> Value {
    let parts = |day: Date| json!({ "date-parts": [[day.year(), day.month(), day.day()]] });
    let fields = [
        ("id", Some(json!(article.id))),
        ("type", Some(json!("article-newspaper"))),
        ("title", article.title.as_ref().map(|title| json!(title))),
        // A byline is printed as it stands: Vietnamese names are not cut into family and given name.
        ("author", article.author.as_ref().map(|author| json!([{ "literal": author }]))),
        ("container-title", newspaper(article).map(|name| json!(name))),
        ("section", article.section.as_ref().map(|section| json!(section))),
        ("issued", article.published_day().map(parts)),
        ("accessed", accessed(article).map(parts)),
        ("URL", address(article).map(|url| json!(url))),
        ("language", article.language.as_ref().map(|language| json!(language))),
        ("note", Some(json!(provenance(article)))),
    ];
    Value::Object(
        fields
            .into_iter()
            .filter_map(|(name, value)| value.map(|value| (name.to_string(), value)))
            .collect::<Map<_, _>>(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Origin;

    fn article() -> Article {
        Article {
            id: "baoquangninh.vn:3210".into(),
            url: Some("https://baoquangninh.vn/bai-3210.html?a=1&b=2".into()),
            source: Some("Báo Quảng Ninh".into()),
            title: Some("Hộ nghèo còn 0,34% & những \"điểm sáng\"".into()),
            published: "2024-04-24T17:02:00Z".parse().ok(),
            fetched: "2024-05-01T18:00:00Z".parse().ok(),
            revision: "00ff".into(),
            origin: Origin { path: "warc/a.warc.gz".into(), offset: Some(12), line: None },
            ..Article::default()
        }
    }

    #[test]
    fn bibtex_escapes_tex_and_leaves_the_unknown_out() {
        let expected = r#"@misc{baoquangninh.vn:3210,
  title = {{Hộ nghèo còn 0,34\% \& những "điểm sáng"}},
  howpublished = {Báo Quảng Ninh},
  year = {2024},
  month = {4},
  day = {25},
  date = {2024-04-25},
  url = {https://baoquangninh.vn/bai-3210.html?a=1&b=2},
  urldate = {2024-05-02},
  note = {baotinh baoquangninh.vn:3210, revision 00ff, warc/a.warc.gz at byte 12},
}
"#;
        assert_eq!(references(&[article()], Style::Bibtex), expected);
    }

    #[test]
    fn ris_is_a_line_a_field() {
        let mut article = article();
        article.title = Some("Hai\ndòng".into());
        let text = references(&[article], Style::Ris);
        let lines: Vec<_> = text.split("\r\n").collect();
        assert_eq!(lines[0], "TY  - NEWS");
        assert!(
            lines.contains(&"TI  - Hai dòng")
                && lines.contains(&"DA  - 2024/04/25")
                && lines.contains(&"Y2  - 2024/05/02"),
            "{lines:?}"
        );
        assert_eq!(lines[lines.len() - 2..], ["ER  - ", ""]);
    }

    #[test]
    fn csl_json_holds_dates_in_parts() {
        let items: Value = serde_json::from_str(&references(&[article()], Style::CslJson)).expect("JSON");
        assert_eq!(items[0]["issued"]["date-parts"], json!([[2024, 4, 25]]));
        assert_eq!(items[0]["container-title"], "Báo Quảng Ninh");
        assert!(items[0].get("author").is_none());
    }
}
