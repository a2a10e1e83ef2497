//! Progress bars: on a terminal only, on standard error.

use baotinh::crawl::{Outcome, Progress, State};
use baotinh::text::shown;
use indicatif::{HumanDuration, MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::collections::HashMap;
use std::io::{self, IsTerminal};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// How often a line is written where no bars are drawn.
const LINE_EVERY: Duration = Duration::from_secs(60);
/// Hosts that have a line of their own.
const MOST_LINES: usize = 30;

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
    begun: Instant,
    /// Where no bars are drawn, when the next line is due; `None` where nothing is to be said.
    next_line: Mutex<Option<Instant>>,
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
    if let Ok(style) = ProgressStyle::with_template("    {msg}") {
        total.set_style(style);
    }
    let begun = Instant::now();
    let next_line = Mutex::new((!watched).then_some(begun + LINE_EVERY));
    Hosts { bars, total, lines: Mutex::new(HashMap::new()), begun, next_line }
}

/// Writes a rate with two or three significant digits: `0.33/s`, `2.5/s`, `120/s`.
fn rate(count: u64, seconds: f64) -> String {
    let rate = count as f64 / seconds.max(0.001);
    match rate {
        _ if rate >= 10.0 => format!("{rate:.0}/s"),
        _ if rate >= 1.0 => format!("{rate:.1}/s"),
        _ => format!("{rate:.2}/s"),
    }
}

impl Hosts {
    /// Shows how the crawl stands: on the last line of a terminal, elsewhere as a line a minute.
    pub fn progress(&self, progress: &Progress) {
        let elapsed = self.begun.elapsed();
        let Progress { requests, pages, queued, waiting } = progress;
        let rate = rate(*requests, elapsed.as_secs_f64());
        let hosts = if *waiting == 1 { "host" } else { "hosts" };
        let message = format!(
            "{requests} requests ({rate}), {pages} pages, {queued} queued, {waiting} {hosts} waiting, {}",
            HumanDuration(elapsed)
        );
        self.total.set_message(message.clone());
        let Ok(mut next) = self.next_line.lock() else { return };
        if next.is_some_and(|at| Instant::now() >= at) {
            *next = Some(Instant::now() + LINE_EVERY);
            super::say(&message);
        }
    }

    /// Counts what came of one address.
    pub fn done(&self, outcome: &Outcome) {
        let host = outcome.job.url.authority().to_string();
        let Ok(mut lines) = self.lines.lock() else { return };
        if lines.len() >= MOST_LINES && !lines.contains_key(&host) {
            return;
        }
        let line = lines.entry(host.clone()).or_insert_with(|| {
            let bar = self.bars.insert_before(&self.total, ProgressBar::no_length());
            if let Ok(style) = ProgressStyle::with_template("{prefix:>30} {pos:>7}  {msg}") {
                bar.set_style(style);
            }
            bar.set_prefix(host);
            Line { bar, errors: 0 }
        });
        line.errors += u64::from(matches!(outcome.state, State::Failed | State::Queued));
        line.bar.inc(1);
        let delay = outcome.pace.delay as f64 / 1000.0;
        let rate = rate(line.bar.position(), self.begun.elapsed().as_secs_f64());
        let path = outcome.job.url.path();
        line.bar.set_message(format!("{rate}, {} errors, delay {delay:.1} s more, {}", line.errors, shown(path)));
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
