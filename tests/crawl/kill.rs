//! What survives a kill: everything that was committed, and nothing twice.

use super::{crawl, exported, paper, states};
use crate::program::run;
use crate::web::Web;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

/// Starts a crawl and kills it when the web was asked `until` times; answers whether it was still at work.
fn crawl_and_kill(folder: &Path, web: &Web, until: usize, delay: &str) -> bool {
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_baotinh"))
        .current_dir(folder)
        .args(["crawl", "--allow-private-hosts", "--start", &web.url("/"), "--delay", delay])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    for _ in 0..60_000 {
        if web.asked().values().sum::<usize>() >= until || child.try_wait().expect("a child").is_some() {
            break;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    let at_work = child.try_wait().expect("a child").is_none();
    child.kill().expect("killed");
    child.wait().expect("ended");
    at_work
}

#[test]
fn a_crawl_that_is_killed_goes_on_and_ends_as_one_left_alone() {
    let (killed, alone) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let web = Web::start(paper(200));
    assert_eq!(crawl(alone.path(), &web, &[]).0, 0);
    let undisturbed = web.asked();
    let (expected, records) = (states(alone.path()), exported(alone.path()));
    assert!(records.len() >= 200);
    web.forget();
    let kills = [15, 40, 100, 170].into_iter().filter(|&until| crawl_and_kill(killed.path(), &web, until, "0")).count();
    assert_eq!(kills, 4);
    let (status, _, errors) = crawl(killed.path(), &web, &[]);
    assert_eq!(status, 0, "{errors}");
    assert!(errors.contains("resuming"), "{errors}");
    assert_eq!(states(killed.path()), expected);
    assert_eq!(exported(killed.path()), records);
    assert_eq!(web.asked().keys().collect::<Vec<_>>(), undisturbed.keys().collect::<Vec<_>>());
    let again: usize = web.asked().values().map(|count| count - 1).sum();
    assert!(again <= kills * baotinh::crawl::WINDOW, "{again} were asked for again");
    assert_eq!(run(killed.path(), &["crawl", "verify"]).0, 0);
}

/// 200 kills at random moments; every other crawl has a delay, and with it no more than one page under way.
#[test]
#[ignore = "takes a minute"]
fn two_hundred_kills_over_two_thousand_pages_lose_nothing() {
    let (killed, alone) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let web = Web::start(paper(2000));
    assert_eq!(crawl(alone.path(), &web, &[]).0, 0);
    let undisturbed = web.asked();
    let (expected, records) = (states(alone.path()), exported(alone.path()));
    assert!(records.len() >= 2000);
    web.forget();
    let (mut random, mut kills, mut allowed) = (0x2545_f491_4f6c_dd1d_u64, 0, 0);
    while kills < 200 {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let (delay, window) = if random & 1 == 0 { ("0", baotinh::crawl::WINDOW) } else { ("0.001", 1) };
        let until = web.asked().values().sum::<usize>() + 1 + (random >> 8) as usize % 9;
        assert!(crawl_and_kill(killed.path(), &web, until, delay), "the crawl ended after {kills} kills");
        kills += 1;
        allowed += window;
        if kills % 20 == 0 {
            let (status, out, errors) = run(killed.path(), &["crawl", "verify"]);
            assert_eq!(status, 0, "after {kills} kills: {out}{errors}");
        }
    }
    assert_eq!(crawl(killed.path(), &web, &[]).0, 0);
    assert_eq!(states(killed.path()), expected);
    assert_eq!(exported(killed.path()), records);
    assert_eq!(web.asked().keys().collect::<Vec<_>>(), undisturbed.keys().collect::<Vec<_>>());
    let again: usize = web.asked().values().map(|count| count - 1).sum();
    assert!(again <= allowed, "{again} were asked for again, at most {allowed} were under way");
    assert_eq!(run(killed.path(), &["crawl", "verify"]).0, 0);
    eprintln!("{kills} kills: {} pages, {again} asked for again of at most {allowed} under way", records.len());
}
