//! `baotinh crawl`: fetches pages into a corpus, shows how it goes, and proves what was kept.

use super::progress::{self, Hosts};
use super::{Outcome, complain, say, stdout};
use anyhow::{Context, Result, bail};
use baotinh::corpus::Corpus;
use baotinh::crawl::status::{Status, addresses, status};
use baotinh::crawl::verify::verify;
use baotinh::crawl::{Bounds, Event, Plan, crawl};
use baotinh::place;
use baotinh::site::{Site, sites};
use baotinh::text::shown;
use baotinh::text::shown::shown_json;
use jiff::civil::Date;
use serde_json::{Value, json};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::sync::watch;
use url::Url;

/// Arguments of `baotinh crawl`.
#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Args {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    fetch: Fetch,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Compare the state of the crawl with its WARC files, record by record
    Verify {
        /// Corpus folder
        #[arg(long, value_name = "DIR", default_value = "corpus")]
        corpus: PathBuf,
    },
    /// Print every address with its state, its reason and the rule of robots.txt that decided, as JSON lines
    List {
        /// Corpus folder
        #[arg(long, value_name = "DIR", default_value = "corpus")]
        corpus: PathBuf,
    },
    /// Show how the crawl stands; works at any time, also while it goes on
    Status {
        /// Corpus folder
        #[arg(long, value_name = "DIR", default_value = "corpus")]
        corpus: PathBuf,
        /// Print it as JSON
        #[arg(long)]
        json: bool,
    },
}

/// Says what is fetched, and how.
#[derive(clap::Args)]
#[group(skip)]
pub struct Fetch {
    /// Newspapers, by id or domain (`baotinh sites list` names all)
    #[arg(long = "site", value_name = "NAME", num_args = 1..)]
    sites: Vec<String>,
    /// All newspapers of a province, by old or new name
    #[arg(long, value_name = "NAME")]
    province: Option<String>,
    /// All newspapers of the table
    #[arg(long)]
    all: bool,
    /// Address to start from: a page, a feed or a sitemap, https:// unless it says otherwise; links are followed on its host
    #[arg(long = "start", value_name = "URL", num_args = 1.., value_parser = address)]
    starts: Vec<Url>,
    /// Pages to fetch at most
    #[arg(long, value_name = "N")]
    max_pages: Option<u64>,
    /// Skip pages that a feed or sitemap dates before this day (2024-04-25, 25/4/2024), month (4/2024) or year; pages without such a date are fetched
    #[arg(long, value_name = "DATE", value_parser = first_day)]
    since: Option<Date>,
    /// Skip pages that a feed or sitemap dates after this day, month or year
    #[arg(long, value_name = "DATE", value_parser = last_day)]
    until: Option<Date>,
    /// Corpus folder
    #[arg(long, value_name = "DIR", default_value = "corpus")]
    corpus: PathBuf,
    /// Delay between two requests to one host; robots.txt, the site's row and the server may make it longer, never shorter
    #[arg(long, value_name = "SECONDS", default_value_t = 3.0)]
    delay: f64,
    /// Longest time for one answer
    #[arg(long, value_name = "SECONDS", default_value_t = 30.0)]
    timeout: f64,
    /// Where the newspaper can reach you: an e-mail address or a page, sent in the User-Agent
    #[arg(long, value_name = "ADDRESS")]
    contact: Option<String>,
    /// Allow servers on private addresses, for local testing
    #[arg(long)]
    allow_private_hosts: bool,
    /// Fetch all known pages again, not only those that are due
    #[arg(long, alias = "again")]
    refetch: bool,
    /// Try waiting hosts at once, whatever they were left for: Retry-After, a pause after errors, an unreachable robots.txt
    #[arg(long)]
    retry_now: bool,
    /// Addresses of one host that only links lead to; more are listed as left out
    #[arg(long, value_name = "N", default_value_t = Bounds::default().linked)]
    max_links: u64,
    /// Sitemaps and feeds of one host
    #[arg(long, value_name = "N", default_value_t = Bounds::default().sources)]
    max_sitemaps: u64,
    /// Queries of one path (?a=1, ?a=2, …); 40 times as many when they hold one number, as those of articles do
    #[arg(long, value_name = "N", default_value_t = Bounds::default().queries)]
    max_queries: u64,
    /// Size at which a WARC file is full
    #[arg(long, value_name = "MB", default_value_t = 1000)]
    warc_size: u64,
    /// Print what happens as JSON lines on standard output
    #[arg(long, value_name = "FORMAT", value_parser = ["json"])]
    log: Option<String>,
}

impl Fetch {
    /// Returns the corpus folder.
    pub fn corpus(&self) -> &Path {
        &self.corpus
    }

    /// Says whether a newspaper or an address was named.
    pub fn names_a_start(&self) -> bool {
        self.all || self.province.is_some() || !self.sites.is_empty() || !self.starts.is_empty()
    }
}

/// Runs `baotinh crawl`.
pub fn run(args: Args) -> Result<Outcome> {
    match args.command {
        Some(Command::Verify { corpus }) => prove(&Corpus::at(corpus)),
        Some(Command::Status { corpus, json }) => show(&Corpus::at(corpus), json),
        Some(Command::List { corpus }) => list(&Corpus::at(corpus)),
        None => fetch(args.fetch),
    }
}

/// Fetches what was named, until there is no more or it is stopped.
///
/// # Errors
/// When nothing was named, or the corpus cannot be written.
pub fn fetch(args: Fetch) -> Result<Outcome> {
    let plan = Plan {
        sites: papers(&args)?,
        starts: args.starts,
        corpus: Corpus::at(args.corpus),
        max_pages: args.max_pages,
        since: args.since,
        until: args.until,
        delay: seconds("--delay", args.delay)?,
        timeout: seconds("--timeout", args.timeout)?,
        contact: args.contact,
        allow_private: args.allow_private_hosts,
        refetch: args.refetch,
        retry_now: args.retry_now,
        bounds: Bounds {
            linked: args.max_links,
            sources: args.max_sitemaps,
            queries: args.max_queries,
            ..Bounds::default()
        },
        largest_warc: args.warc_size.max(1) * 1_000_000,
    };
    if plan.sites.is_empty() && plan.starts.is_empty() {
        bail!("nothing to crawl: name a newspaper with --site or --province, or an address with --start");
    }
    if plan.contact.is_none() && !plan.allow_private {
        say("hint: --contact ADDRESS tells the newspapers whom to write to");
    }
    let as_json = args.log.is_some();
    let hosts = progress::hosts(as_json);
    let mut lines = io::stdout();
    let mut written = Ok(());
    let ended = crawl(&plan, stop_on_signal()?, &mut |event| {
        if as_json && written.is_ok() {
            written = line(event).map_or(Ok(()), |line| writeln!(lines, "{}", shown_json(&line.to_string())));
        } else {
            tell(event, &hosts);
        }
    });
    hosts.finish();
    let ended = ended?;
    if ended.stopped {
        say("stopped; all that was fetched is kept, and the same command resumes");
    }
    for reason in &ended.unwritten {
        complain(&format!("{reason}; what was fetched before is kept, the other hosts were crawled"));
    }
    let Some(status) = status(&plan.corpus)? else {
        bail!("{}: the state has gone", plan.corpus.crawl_state().display())
    };
    report(&status, &mut io::stderr())?;
    waiting(&status, &mut io::stderr())?;
    say(&format!("{} pages in this run", ended.pages));
    if !ended.unwritten.is_empty() {
        return Ok(Outcome::SomeFailed);
    }
    if status.groups.iter().all(|group| group.state != "fetched") {
        return Ok(Outcome::NothingFound);
    }
    say(&format!("next: baotinh extract {}", plan.corpus.root().display()));
    Ok(Outcome::Done)
}

/// Reads an address as people write it: without a scheme it is https.
fn address(text: &str) -> Result<Url, String> {
    let text = text.trim();
    let named = if text.contains("://") { text.to_string() } else { format!("https://{text}") };
    Url::parse(&named).map_err(|error| format!("{error}; write it like https://baoquangninh.vn/"))
}

/// Reads a day, or the first day of a month or a year.
fn first_day(text: &str) -> Result<Date, String> {
    days(text).map(|(first, _)| first)
}

/// Reads a day, or the last day of a month or a year.
fn last_day(text: &str) -> Result<Date, String> {
    days(text).map(|(_, last)| last)
}

/// Reads a day, a month or a year as people write them, day before month; answers its first and its last day.
fn days(text: &str) -> Result<(Date, Date), String> {
    let wrong = || format!("{text:?} is no day, month or year; write it like 2024-04-25, 25/4/2024, 4/2024 or 2024");
    let numbers: Option<Vec<i16>> = text.trim().split(['-', '/', '.']).map(|part| part.trim().parse().ok()).collect();
    let month = |year: i16, month: i16| {
        let first = Date::new(year, i8::try_from(month).ok()?, 1).ok()?;
        Some((first, first.last_of_month()))
    };
    let day = |year: i16, month: i16, day: i16| {
        let day = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        Some((day, day))
    };
    let is_year = |number: i16| (1000..=9999).contains(&number);
    let read = match numbers.unwrap_or_default()[..] {
        [y, m, d] if is_year(y) => day(y, m, d),
        [d, m, y] if is_year(y) => day(y, m, d),
        [y, m] | [m, y] if is_year(y) => month(y, m),
        [y] if is_year(y) => month(y, 1).zip(month(y, 12)).map(|((first, _), (_, last))| (first, last)),
        _ => None,
    };
    read.ok_or_else(wrong)
}

fn seconds(name: &str, value: f64) -> Result<Duration> {
    Duration::try_from_secs_f64(value).with_context(|| format!("{name} {value}: not a number of seconds"))
}

/// Returns the newspapers that were named, each once.
fn papers(args: &Fetch) -> Result<Vec<&'static Site>> {
    let mut papers: Vec<&Site> = if args.all { sites().all().iter().collect() } else { Vec::new() };
    for name in &args.sites {
        let unknown = || {
            format!(
                "no newspaper is called {name:?}; `baotinh sites list` names all of them, --start takes any address"
            )
        };
        papers.push(sites().named(name).with_context(unknown)?);
    }
    if let Some(name) = &args.province {
        let unknown = || format!("no province is called {name:?}; `baotinh sites list` names all of them");
        let known = place::find(name).with_context(unknown)?;
        papers.extend(sites().all().iter().filter(|site| site.place().is_some_and(|place| place.new == known.new)));
    }
    let mut seen = std::collections::HashSet::new();
    papers.retain(|site| seen.insert(&site.id));
    Ok(papers)
}

/// Returns what turns true at the first Ctrl-C; the second ends the program at once, and nothing is lost by it.
pub fn stop_on_signal() -> Result<watch::Receiver<bool>> {
    let (sender, receiver) = watch::channel(false);
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().context("signals cannot be heard")?;
    std::thread::spawn(move || {
        runtime.block_on(async {
            while signal().await {
                if sender.send_replace(true) {
                    std::process::exit(130);
                }
                say("stopping after the requests under way; once more to stop at once");
            }
        });
    });
    Ok(receiver)
}

/// Waits for Ctrl-C, or for the polite signal to end.
#[cfg(unix)]
async fn signal() -> bool {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return tokio::signal::ctrl_c().await.is_ok() };
    tokio::select! {
        result = tokio::signal::ctrl_c() => result.is_ok(),
        _ = terminate.recv() => true,
    }
}

#[cfg(not(unix))]
async fn signal() -> bool {
    tokio::signal::ctrl_c().await.is_ok()
}

/// Writes an event as JSON.
fn line(event: &Event<'_>) -> Option<Value> {
    Some(match event {
        Event::Progress(_) => return None,
        Event::Begun { resumed } => json!({"event": "begun", "resumed": resumed}),
        Event::Done(outcome) => json!({
            "event": "done", "at": outcome.at, "url": outcome.job.url.as_str(), "kind": outcome.job.kind.name(),
            "state": outcome.state.name(), "reason": outcome.reason, "status": outcome.status, "robots": outcome.rule,
            "bytes": outcome.exchange.as_ref().map(|exchange| exchange.body.len()), "links": outcome.found.len(),
            "delay_ms": outcome.pace.delay, "tries": outcome.job.tries,
        }),
        Event::Robots(asked) => json!({
            "event": "robots", "at": asked.at, "url": asked.url.as_str(), "access": asked.ruling.access.name(),
            "reason": asked.ruling.reason, "delay_ms": asked.base,
        }),
        Event::Left(host, reason) => json!({"event": "left", "host": host.origin.as_str(), "reason": reason}),
    })
}

/// Shows an event to a person.
fn tell(event: &Event<'_>, hosts: &Hosts) {
    match event {
        Event::Begun { resumed: true } => hosts.say("resuming where the same command was interrupted"),
        Event::Begun { resumed: false } => {}
        Event::Progress(progress) => hosts.progress(progress),
        Event::Done(outcome) => hosts.done(outcome),
        Event::Robots(asked) => {
            hosts.say(&format!("{}: {} ({})", asked.url, asked.ruling.access.name(), asked.ruling.reason))
        }
        Event::Left(host, reason) => hosts.say(&format!("{} is left for now: {reason}", host.origin)),
    }
}

fn prove(corpus: &Corpus) -> Result<Outcome> {
    let Some(verified) = verify(corpus)? else {
        return Ok(nothing(corpus));
    };
    for failure in &verified.report.failed {
        complain(&failure.to_string());
    }
    let agree = if verified.report.failed.is_empty() {
        "agree".to_string()
    } else {
        format!("disagree in {}", verified.report.failed.len())
    };
    let mut out = stdout();
    writeln!(
        out,
        "{} addresses ({} waiting) and {} records in {} WARC files {agree}",
        verified.addresses, verified.queued, verified.records, verified.files
    )?;
    out.flush()?;
    Ok(if verified.report.failed.is_empty() { Outcome::Done } else { Outcome::SomeFailed })
}

fn list(corpus: &Corpus) -> Result<Outcome> {
    let mut out = stdout();
    let any = addresses(corpus, |address| Ok(writeln!(out, "{}", shown_json(&serde_json::to_string(address)?))?))?;
    out.flush()?;
    Ok(if any { Outcome::Done } else { nothing(corpus) })
}

/// Says that a corpus has no crawl.
fn nothing(corpus: &Corpus) -> Outcome {
    complain(&format!("{}: nothing was crawled into this corpus yet", corpus.root().display()));
    Outcome::NothingFound
}

fn show(corpus: &Corpus, as_json: bool) -> Result<Outcome> {
    let Some(status) = status(corpus)? else {
        return Ok(nothing(corpus));
    };
    let mut out = stdout();
    if as_json {
        writeln!(out, "{}", shown_json(&serde_json::to_string(&status)?))?;
    } else {
        let ended = status.ended.as_deref().map_or("not ended".to_string(), |at| format!("ended {at}"));
        writeln!(out, "crawl {}", shown(status.command.as_deref().unwrap_or("")))?;
        writeln!(out, "started {}, {ended}, {} pages", status.started.as_deref().unwrap_or("?"), status.pages)?;
        report(&status, &mut out)?;
        writeln!(
            out,
            "\n{:<40} {:>8} {:>8} {:>7} {:>8} {:>8}  ROBOTS.TXT",
            "HOST", "waiting", "fetched", "failed", "delay s", "wait s"
        )?;
        for host in &status.hosts {
            let [delay, wait] = [host.delay_ms, host.wait_ms].map(|millis| millis as f64 / 1000.0);
            let robots = host.robots.as_deref().unwrap_or("not asked yet");
            writeln!(
                out,
                "{:<40} {:>8} {:>8} {:>7} {delay:>8.1} {wait:>8.1}  {robots}",
                shown(&host.origin),
                host.queued,
                host.fetched,
                host.failed,
                robots = shown(robots),
            )?;
        }
        waiting(&status, &mut out)?;
    }
    out.flush()?;
    Ok(Outcome::Done)
}

/// Prints the hosts that wait: until when, and why.
fn waiting(status: &Status, out: &mut impl Write) -> Result<()> {
    for host in status.hosts.iter().filter(|host| host.queued > 0) {
        let Some(reason) = host.left_for.as_deref().filter(|reason| *reason != "stopped") else { continue };
        let at = host.next_try.as_deref().map_or(String::new(), |at| format!(" until {at}"));
        writeln!(out, "{} waits{at}: {}", shown(&host.origin), shown(reason))?;
    }
    Ok(())
}

/// Prints how many addresses are in each state, by reason.
fn report(status: &Status, out: &mut impl Write) -> Result<()> {
    for group in status.groups.iter().chain(&status.left_out) {
        let reason = if group.reason.is_empty() { "" } else { ": " };
        writeln!(out, "{:>9}  {}{reason}{}", group.count, group.state, shown(&group.reason))?;
    }
    writeln!(out, "{:>9}  WARC files, {:.1} MB", status.warcs, status.warc_bytes as f64 / 1e6)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_people_write_them() {
        for (text, read) in [
            ("baoquangninh.vn", "https://baoquangninh.vn/"),
            ("baoquangninh.vn:8080/kinh-te", "https://baoquangninh.vn:8080/kinh-te"),
            (" http://bao.example/a ", "http://bao.example/a"),
        ] {
            assert_eq!(address(text).map(String::from).as_deref(), Ok(read));
        }
        assert!(address("").is_err() && address("https://").is_err());
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        for (text, first, last) in [
            ("2024-04-25", "2024-04-25", "2024-04-25"),
            ("25/4/2024", "2024-04-25", "2024-04-25"),
            ("25.04.2024", "2024-04-25", "2024-04-25"),
            ("25-4-2024", "2024-04-25", "2024-04-25"),
            ("2/2024", "2024-02-01", "2024-02-29"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2024", "2024-01-01", "2024-12-31"),
        ] {
            let (read_first, read_last) = days(text).expect(text);
            assert_eq!((read_first.to_string().as_str(), read_last.to_string().as_str()), (first, last), "{text}");
        }
        for text in ["31/2/2024", "hôm qua", "", "25/4/24", "4/25/2024", "1/2/3/4"] {
            assert!(days(text).is_err(), "{text}");
        }
    }
}
