//! Speed of parsing on one core: pages with a layout, pages without, and hostile ones with their peak memory.
//!
//! `cargo bench --bench parse` measures the sample corpus; `BAOTINH_PAGES=DIR` names a folder of saved pages (gzip or plain)
//! for the generic rows. Each hostile page is parsed in a process of its own, so that its memory is its own.

#![allow(clippy::print_stdout)]

use baotinh::article::Page;
use baotinh::parse::parse;
use flate2::read::MultiGzDecoder;
use std::fmt::Write as _;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The program's allocator, so that its speed is measured.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Time that each row is measured for.
const LONG: Duration = Duration::from_secs(4);

/// Makes a hostile page.
type Make = fn() -> String;

const HOSTILE: &[(&str, Make)] = &[
    ("100,000 nested div", || format!("{}x{}", "<div>".repeat(100_000), "</div>".repeat(100_000))),
    ("200,000 links", || {
        (0..200_000).fold(String::new(), |mut page, at| {
            write!(page, "<a href=/{at}>tin {at}</a> ").map(|()| page).unwrap_or_default()
        })
    }),
    ("20 MB of text", || paragraphs(20 << 20)),
    ("50 MB of one line", || format!("<p>{}", "chữ ".repeat((50 << 20) / 6))),
    ("30 MB of one line", || format!("<p>{}", "chữ ".repeat((30 << 20) / 6))),
    ("100,000 open font", || (0..100_000).fold(String::new(), |page, _| page + "<p><font size=1>chữ")),
    ("5,000,000 entities", || "<p>".to_string() + &"&#225;".repeat(5_000_000)),
    ("1,000,000 attributes", || format!("<p{}>x</p>", " a=1".repeat(1_000_000))),
    ("100,000 table cells", || format!("<table>{}</table>", "<tr><td>1<td>2".repeat(50_000))),
    ("50,000 nested table", || "<table><tr><td>x".repeat(50_000)),
    ("60,000 related boxes", || {
        "<h1>Xã họp</h1>".to_string() + &format!("<p>Đọc thêm</p><p>{}</p>", "Xã đã họp. ".repeat(15)).repeat(60_000)
    }),
    ("140,000 paragraphs", || {
        "<h1>Xã họp</h1>".to_string() + &"<p>Hội đồng nhân dân xã đã họp ngày 2/4/2023.</p>".repeat(140_000)
    }),
    ("100,000 times", || "<h1>Xã họp</h1>".to_string() + &"<div><time>25/4/2024</time></div>".repeat(100_000)),
    ("100,000 date lines", || "<h1>Xã họp</h1>".to_string() + &"<p class=date>25/4/2024 08:00</p>".repeat(100_000)),
];

/// Returns honest markup of a length.
fn paragraphs(bytes: usize) -> String {
    let one = format!("<p>{}</p>\n", "Hội đồng nhân dân xã đã họp và thông qua nghị quyết về học phí. ".repeat(12));
    "<html><body><h1>Xã họp</h1>".to_string() + &one.repeat(bytes / one.len())
}

fn main() {
    if let Ok(case) = std::env::var("BAOTINH_HOSTILE") {
        return hostile(&case);
    }
    let sample = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/sample"));
    let fixtures = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pages"));
    let folder = std::env::var_os("BAOTINH_PAGES").map(PathBuf::from);
    let named = [pages(sample), pages(fixtures), folder.as_deref().map(pages).unwrap_or_default()].concat();
    let named = named.into_iter().filter(|page| parse(page).site.is_some());
    let (large, small): (Vec<_>, Vec<_>) = named.partition(|page| page.bytes.len() > 40 << 10);
    row("layout", &small);
    row("layout, large pages", &large);
    let strip = |page: Page| Page { url: None, ..page };
    row("generic", &pages(folder.as_deref().unwrap_or(sample)).into_iter().map(strip).collect::<Vec<_>>());
    let program = std::env::current_exe().expect("this program");
    for (name, _) in HOSTILE {
        std::process::Command::new(&program).env("BAOTINH_HOSTILE", name).status().expect("it starts");
    }
}

/// Reads the pages of a folder and, where a manifest names them, their addresses.
fn pages(folder: &Path) -> Vec<Page> {
    let manifest = std::fs::read_to_string(folder.join("manifest.jsonl")).unwrap_or_default();
    let rows = manifest.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    rows.filter_map(|row| {
        let mut bytes = std::fs::read(folder.join(row["file"].as_str()?)).ok()?;
        if bytes.starts_with(&[0x1f, 0x8b]) {
            let mut plain = Vec::new();
            MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut plain).ok()?;
            bytes = plain;
        }
        Some(Page { url: row["url"].as_str().map(str::to_string), bytes, ..Page::default() })
    })
    .collect()
}

/// Prints how fast pages are parsed, and the slowest of them: of each page the fastest of its rounds.
fn row(name: &str, pages: &[Page]) {
    if pages.is_empty() {
        return;
    }
    let start = Instant::now();
    let mut best = vec![Duration::MAX; pages.len()];
    while start.elapsed() < LONG {
        for (page, best) in pages.iter().zip(&mut best) {
            let begun = Instant::now();
            std::hint::black_box(parse(page));
            *best = begun.elapsed().min(*best);
        }
    }
    let total: Duration = best.iter().sum();
    let kilobytes = pages.iter().map(|page| page.bytes.len()).sum::<usize>() / 1024 / pages.len();
    best.sort();
    let at = |share: f64| best[((best.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    println!(
        "{name:<22} {:>8.0} pages/s   median {:>7.2} ms   p99 {:>7.2} ms   slowest {:>7.2} ms   {} pages of {kilobytes} KB",
        pages.len() as f64 / total.as_secs_f64(),
        at(0.5),
        at(0.99),
        at(1.0),
        pages.len(),
    );
}

fn hostile(case: &str) {
    let Some((name, make)) = HOSTILE.iter().find(|(name, _)| *name == case) else { return };
    let page = Page { bytes: make().into_bytes(), ..Page::default() };
    let begun = Instant::now();
    let article = parse(&page);
    let seconds = begun.elapsed().as_secs_f64();
    let refused = article.warnings.iter().find(|warning| warning.starts_with("refused")).map_or("", String::as_str);
    println!("{name:<22} {seconds:>8.2} s   {:>5} MB peak   {:?} {refused}", peak_megabytes(), article.body_state);
}

/// Returns the peak memory of this process; 0 where the system does not say.
fn peak_megabytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or(0) / 1024
}
