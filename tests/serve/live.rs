//! The index lives: it is written while it is served, each answer is of one state, and a broken one is refused.

use super::{add, get, indexed, records, start};
use crate::index::record;
use baotinh::serve::Server;
use std::path::Path;
use std::time::{Duration, Instant};

fn quick(folder: &Path) -> (Server, super::Lines) {
    start(folder, |options| options.limits.reload = Duration::from_millis(20))
}

/// Asks until something holds, and fails when it never does.
fn until(what: &str, holds: impl Fn() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < Duration::from_secs(60), "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn each_answer_is_of_one_state_of_an_index_that_is_written() {
    let folder = indexed(&records());
    let (server, _) = quick(folder.path());
    let ended = std::sync::atomic::AtomicBool::new(false);
    let states = std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let mut states = std::collections::BTreeMap::new();
            while !ended.load(std::sync::atomic::Ordering::Relaxed) {
                let answer = get(&server, "/facets.json?q=*&by=source").json();
                let snapshot = answer["snapshot"].as_str().expect("a snapshot").to_string();
                let of = answer["total"]["of"].as_u64().expect("a total");
                let sum: u64 = answer["items"]
                    .as_array()
                    .expect("rows")
                    .iter()
                    .map(|row| row["all_articles"].as_u64().expect("a count"))
                    .sum();
                assert_eq!((of, answer["total"]["found"].as_u64()), (sum, Some(sum)), "one state");
                assert_eq!(*states.entry(snapshot).or_insert(of), of, "a snapshot has one number of articles");
            }
            states
        });
        for round in 0..4 {
            let more = record(&format!("more{round}"), "Thêm một bài", "Bán mía ở chợ.", "2024-06-02");
            add(folder.path(), &format!("more{round}.jsonl"), &[more]);
            until("the new state", || get(&server, "/search.json").json()["total"]["of"] == 7 + round);
        }
        ended.store(true, std::sync::atomic::Ordering::Relaxed);
        reader.join().expect("a reader")
    });
    assert!(states.len() >= 4, "{states:?}");
}

#[test]
fn a_broken_index_is_refused_and_the_old_one_stays() {
    let folder = indexed(&records());
    let (server, lines) = quick(folder.path());
    let snapshot = get(&server, "/search.json").json()["snapshot"].clone();
    let meta = folder.path().join("index/meta.json");
    let good = std::fs::read(&meta).expect("read");
    std::fs::write(&meta, "{\"broken\": true").expect("written");
    until("the notice", || get(&server, "/en/about").text().contains("the page still uses the old one"));
    let answer = get(&server, "/search.json?q=m%C3%ADa").json();
    assert_eq!((&answer["snapshot"], &answer["total"]["of"]), (&snapshot, &6.into()));
    assert!(lines.lock().expect("a log").iter().any(|line| line.contains("the old index stays")));
    std::fs::write(&meta, good).expect("written");
    until("the index is back", || !get(&server, "/en/about").text().contains("the page still uses the old one"));
    assert_eq!(get(&server, "/search.json").json()["snapshot"], snapshot);
}

#[test]
fn an_address_that_cites_another_state_says_so() {
    let folder = indexed(&records());
    let (server, _) = quick(folder.path());
    let page = get(&server, "/en/search?q=a&at=0123456789abcdef");
    assert!(page.status == 200 && page.text().contains("cites snapshot 0123456789abcdef"));
    assert_eq!(get(&server, "/search.csv?q=a&at=0123456789abcdef").status, 409);
}
