//! Progress bars: on a terminal only, on standard error.

use baotinh::crawl::{Outcome, State};
use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::collections::HashMap;
use std::io::{self, IsTerminal};
use std::sync::Mutex;

/// Returns a bar over bytes; hidden when nobody watches.
pub fn bytes(total: u64, what: &'static str) -> ProgressBar {
    with_style(total, what, "{prefix:>9} [{bar:30}] {bytes}/{total_bytes} {bytes_per_sec} {eta}")
}

fn with_style(total: u64, what: &'static str, template: &str) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr_with_hz(8));
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style.progress_chars("=> "));
    }
    bar.set_prefix(what);
    bar
}

/// Shows a crawl: a line a host, and the rate of all.
pub struct Hosts {
    bars: MultiProgress,
    total: ProgressBar,
    lines: Mutex<HashMap<String, Line>>,
}

/// The line of one host, and what stands in it.
struct Line {
    bar: ProgressBar,
    errors: u64,
}

/// Returns lines for hosts; hidden when nobody watches, or when standard output tells the same.
pub fn hosts(hidden: bool) -> Hosts {
    let watched = io::stderr().is_terminal() && !hidden;
    let target = if watched { ProgressDrawTarget::stderr_with_hz(8) } else { ProgressDrawTarget::hidden() };
    let bars = MultiProgress::with_draw_target(target);
    let total = bars.add(ProgressBar::no_length());
    if let Ok(style) = ProgressStyle::with_template("    crawl {pos} addresses, {per_sec}, {elapsed}") {
        total.set_style(style);
    }
    Hosts { bars, total, lines: Mutex::new(HashMap::new()) }
}

impl Hosts {
    /// Counts what came of one address.
    pub fn done(&self, outcome: &Outcome) {
        self.total.inc(1);
        let host = outcome.job.url.authority().to_string();
        let Ok(mut lines) = self.lines.lock() else { return };
        let line = lines.entry(host.clone()).or_insert_with(|| {
            let bar = self.bars.insert_before(&self.total, ProgressBar::no_length());
            if let Ok(style) = ProgressStyle::with_template("{prefix:>30} {pos:>7} {per_sec:>10}  {msg}") {
                bar.set_style(style);
            }
            bar.set_prefix(host);
            Line { bar, errors: 0 }
        });
        line.errors += u64::from(matches!(outcome.state, State::Failed | State::Queued));
        line.bar.inc(1);
        let delay = outcome.pace.delay as f64 / 1000.0;
        line.bar.set_message(format!("{} errors, delay {delay:.1} s more, {}", line.errors, outcome.job.url.path()));
    }

    /// Prints a message above the lines.
    pub fn say(&self, message: &str) {
        self.bars.suspend(|| super::say(message));
    }

    /// Takes the lines away.
    pub fn finish(&self) {
        let _ = self.bars.clear();
    }
}
