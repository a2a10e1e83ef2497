//! Which records a fetched page makes: metadata, request, then response or revisit.
//!
//! The metadata stands first, so that who reads the file as a stream knows what was announced when the page comes by.

use super::writer::{Entry, Place, Writer, record_id};
use super::{Kind, digest};
use crate::article::{DateCandidate, DateSource};
use anyhow::Result;
use jiff::Timestamp;
use std::net::IpAddr;

/// How far a date that the paper itself announces is trusted.
pub const ANNOUNCED_CONFIDENCE: f32 = 0.9;

/// Holds one request and its answer.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// Address asked.
    pub url: String,
    /// When the answer came.
    pub fetched: Timestamp,
    /// Address of the machine that answered.
    pub address: Option<IpAddr>,
    /// Request line and headers, with the blank line at the end.
    pub request: String,
    /// Status line and headers, with the blank line at the end.
    pub head: String,
    /// Body, chunks joined, content coding as sent.
    pub body: Vec<u8>,
    /// The earlier answer this one repeats, if the page has not changed.
    pub unchanged: Option<Earlier>,
    /// What the crawler knows beside: where the link stood, which robots rule allowed it.
    pub notes: Vec<(&'static str, String)>,
    /// Publication dates that feeds and news sitemaps claim for the page.
    pub announced: Vec<DateCandidate>,
}

/// Names the earlier response that a revisit stands for.
#[derive(Debug, Clone)]
pub struct Earlier {
    /// Address it was fetched from.
    pub url: String,
    /// When it was fetched.
    pub fetched: Timestamp,
    /// Digest of its body.
    pub digest: String,
    /// True when the server said so (304), false when the bytes are the same.
    pub not_modified: bool,
}

/// Appends the records of an exchange and returns the place of the response or revisit and the digest of its body.
///
/// # Errors
/// When the file cannot be written.
pub fn append(writer: &mut Writer, exchange: &Exchange) -> Result<(Place, String)> {
    let Exchange { url, fetched, .. } = exchange;
    let (kind, payload) = match &exchange.unchanged {
        Some(earlier) => (Kind::Revisit, earlier.digest.clone()),
        None => (Kind::Response, digest(&exchange.body)),
    };
    let id = record_id(kind, url, *fetched, payload.as_bytes());
    let address = exchange.address.map(|address| ("WARC-IP-Address", address.to_string()));

    let mut lines: String = exchange
        .notes
        .iter()
        .map(|(name, value)| format!("{name}: {}\r\n", value.replace(['\r', '\n'], " ")))
        .collect();
    for date in &exchange.announced {
        lines.push_str(&format!("announced: {} {}\r\n", source_name(date.source), date.value));
    }
    if !lines.is_empty() {
        writer.append(&Entry {
            kind: Kind::Metadata,
            id: &record_id(Kind::Metadata, url, *fetched, lines.as_bytes()),
            target: Some(url),
            date: *fetched,
            content_type: "application/warc-fields",
            fields: vec![("WARC-Concurrent-To", id.clone())],
            block: &[lines.as_bytes()],
        })?;
    }
    writer.append(&Entry {
        kind: Kind::Request,
        id: &record_id(Kind::Request, url, *fetched, exchange.request.as_bytes()),
        target: Some(url),
        date: *fetched,
        content_type: "application/http; msgtype=request",
        fields: [Some(("WARC-Concurrent-To", id.clone())), address.clone()].into_iter().flatten().collect(),
        block: &[exchange.request.as_bytes()],
    })?;
    let mut fields: Vec<(&'static str, String)> = vec![("WARC-Payload-Digest", payload.clone())];
    fields.extend(address);
    let mut block: Vec<&[u8]> = vec![exchange.head.as_bytes()];
    match &exchange.unchanged {
        Some(earlier) => {
            let profile = if earlier.not_modified { "server-not-modified" } else { "identical-payload-digest" };
            fields.push(("WARC-Profile", format!("http://netpreserve.org/warc/1.1/revisit/{profile}")));
            fields.push(("WARC-Refers-To-Target-URI", earlier.url.clone()));
            fields.push(("WARC-Refers-To-Date", earlier.fetched.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()));
        }
        None => block.push(&exchange.body),
    }
    fields.push(super::writer::block_digest(&block));
    let content_type = "application/http; msgtype=response";
    let place = writer.append(&Entry {
        kind,
        id: &id,
        target: Some(url),
        date: *fetched,
        content_type,
        fields,
        block: &block,
    })?;
    Ok((place, payload))
}

/// Reads the announced publication dates in the block of a metadata record.
pub(super) fn announced(block: &[u8]) -> Vec<DateCandidate> {
    let text = String::from_utf8_lossy(block);
    let claim = |line: &str| {
        let (source, when) = line.strip_prefix("announced:")?.trim().split_once(' ')?;
        let source =
            [DateSource::Feed, DateSource::NewsSitemap].into_iter().find(|other| source_name(*other) == source)?;
        Some(DateCandidate { value: when.parse().ok()?, source, confidence: ANNOUNCED_CONFIDENCE })
    };
    text.lines().filter_map(claim).collect()
}

fn source_name(source: DateSource) -> &'static str {
    match source {
        DateSource::NewsSitemap => "news-sitemap",
        _ => "feed",
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;
    use std::fs;
    use std::path::PathBuf;

    fn exchange(number: usize) -> Exchange {
        Exchange {
            url: format!("https://bao.example/bai-{number}.html"),
            fetched: "2024-04-25T01:02:03Z".parse().expect("a time"),
            address: Some([192, 0, 2, 1].into()),
            request: "GET / HTTP/1.1\r\nHost: bao.example\r\n\r\n".to_string(),
            head: "HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=utf-8\r\n\r\n".to_string(),
            body: format!("<!DOCTYPE html><p>Bài số {number} {}", "tỉnh ".repeat(100 * number)).into_bytes(),
            unchanged: None,
            notes: vec![("via", "https://bao.example/".to_string())],
            announced: vec![DateCandidate {
                value: "2024-04-24T08:00:00+07:00".parse().expect("a time"),
                source: DateSource::Feed,
                confidence: ANNOUNCED_CONFIDENCE,
            }],
        }
    }

    fn written(folder: &std::path::Path, count: usize) -> (PathBuf, Vec<Place>) {
        let path = folder.join("bao/a.warc.gz");
        let mut writer = Writer::open(&path, 0, "software: baotinh\r\n").expect("opened");
        let places = (0..count).map(|number| append(&mut writer, &exchange(number)).expect("appended").0).collect();
        writer.sync().expect("synced");
        (path, places)
    }

    #[test]
    fn a_page_is_read_back_with_its_place_and_its_announced_date() {
        let folder = tempfile::tempdir().expect("a folder");
        let (path, places) = written(folder.path(), 3);
        let records: Vec<_> = read(&path).expect("opened").collect::<Result<_>>().expect("read");
        assert_eq!(records.len(), 1 + 3 * 3);
        let pages: Vec<_> = records.iter().filter_map(|record| record.page().expect("decoded")).collect();
        assert_eq!(pages.len(), 3);
        for (number, (page, place)) in pages.iter().zip(&places).enumerate() {
            assert_eq!(page.url.as_deref(), Some(exchange(number).url.as_str()));
            assert_eq!(page.bytes, exchange(number).body);
            assert_eq!(page.fetched, Some(exchange(number).fetched));
            assert_eq!(page.announced, exchange(number).announced);
            assert_eq!(page.origin.offset, Some(place.offset));
        }
        assert_eq!(records.last().map(|record| record.length), places.last().map(|place| place.length));
    }

    #[test]
    fn a_damaged_member_is_one_error_and_the_next_is_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let (path, places) = written(folder.path(), 4);
        let mut bytes = fs::read(&path).expect("read");
        let middle = (places[1].offset + places[1].length / 2) as usize;
        bytes[middle..middle + 20].fill(0xff);
        fs::write(&path, bytes).expect("written");
        let (records, errors): (Vec<_>, Vec<_>) = read(&path).expect("opened").partition(|item| item.is_ok());
        assert_eq!((records.len(), errors.len()), (12, 1));
        let message = format!("{:#}", errors[0].as_ref().expect_err("an error"));
        assert!(message.contains(&format!("damaged at offset {}", places[1].offset)), "{message}");
    }

    #[test]
    fn a_file_cut_at_any_byte_is_at_most_one_error() {
        let folder = tempfile::tempdir().expect("a folder");
        let (path, places) = written(folder.path(), 2);
        let bytes = fs::read(&path).expect("read");
        for length in (places[0].offset as usize..bytes.len()).step_by(7) {
            fs::write(&path, &bytes[..length]).expect("written");
            let errors = read(&path).expect("opened").filter(|item| item.is_err()).count();
            assert!(errors <= 1, "{errors} errors at {length}");
            let pages =
                read(&path).expect("opened").flatten().filter_map(|record| record.page().ok().flatten()).count();
            assert_eq!(
                pages,
                places.iter().filter(|place| place.offset + place.length <= length as u64).count(),
                "{length}"
            );
        }
    }

    #[test]
    fn plain_files_and_files_of_one_gzip_stream_are_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let (path, _) = written(folder.path(), 3);
        let mut plain = Vec::new();
        std::io::Read::read_to_end(
            &mut flate2::read::MultiGzDecoder::new(fs::File::open(&path).expect("opened")),
            &mut plain,
        )
        .expect("read");
        let mut stream = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        std::io::Write::write_all(&mut stream, &plain).expect("written");
        for bytes in [plain.clone(), stream.finish().expect("finished")] {
            fs::write(&path, &bytes).expect("written");
            let pages: Vec<_> =
                read(&path).expect("opened").filter_map(|item| item.expect("read").page().expect("decoded")).collect();
            assert_eq!(
                pages.iter().map(|page| page.bytes.clone()).collect::<Vec<_>>(),
                (0..3).map(|n| exchange(n).body).collect::<Vec<_>>()
            );
        }
        let start = memchr::memmem::find(&plain, b"WARC-Type: request").expect("a request");
        plain[start..start + 9].copy_from_slice(b"XARC-Type");
        fs::write(&path, &plain).expect("written");
        let (records, errors): (Vec<_>, Vec<_>) = read(&path).expect("opened").partition(|item| item.is_ok());
        assert_eq!((records.len(), errors.len()), (9, 1));
    }

    #[test]
    fn what_was_not_committed_is_cut_off() {
        let folder = tempfile::tempdir().expect("a folder");
        let (path, places) = written(folder.path(), 2);
        let committed = places[0].offset + places[0].length;
        let mut writer = Writer::open(&path, committed, "").expect("opened");
        assert_eq!(writer.length(), committed);
        append(&mut writer, &exchange(9)).expect("appended");
        let pages: Vec<_> =
            read(&path).expect("opened").filter_map(|item| item.expect("read").page().expect("decoded")).collect();
        assert_eq!(
            pages.iter().filter_map(|page| page.url.clone()).collect::<Vec<_>>(),
            [exchange(0).url, exchange(9).url]
        );
        assert!(Writer::open(&path, 1 << 20, "").is_err());
    }

    #[test]
    fn an_unchanged_page_is_a_revisit_without_a_body() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.warc.gz");
        let mut writer = Writer::open(&path, 0, "").expect("opened");
        let first = exchange(1);
        let (_, payload) = append(&mut writer, &first).expect("appended");
        let earlier =
            Earlier { url: first.url.clone(), fetched: first.fetched, digest: payload.clone(), not_modified: true };
        append(&mut writer, &Exchange { unchanged: Some(earlier), body: Vec::new(), ..first }).expect("appended");
        let last = read(&path).expect("opened").last().expect("a record").expect("read");
        assert_eq!((last.kind, last.field("WARC-Payload-Digest")), (Kind::Revisit, Some(payload.as_str())));
        assert!(last.page().expect("decoded").is_none());
    }
}
