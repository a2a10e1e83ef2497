//! `baotinh sites`: the newspapers of the table, what their layouts yield, and whether one has drifted.

mod check;
mod look;

use super::{Outcome, complain, say, stdout};
use anyhow::{Context, Result};
use baotinh::corpus::{Corpus, records};
use baotinh::place;
use baotinh::site::health::{Health, Month, Symptom, Threshold};
use baotinh::site::{Site, sites};
use serde_json::{Value, json};
use std::io::Write;
use std::path::PathBuf;

/// Arguments of `baotinh sites`.
#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// List the newspapers, a line each
    List {
        /// Only newspapers of this province, by old or new name
        #[arg(long, value_name = "NAME")]
        province: Option<String>,
        /// Print the rows as JSON lines
        #[arg(long)]
        json: bool,
    },
    /// Show what is known of one newspaper
    Show {
        /// Id or any domain of the newspaper
        name: String,
        /// Print the row as JSON
        #[arg(long)]
        json: bool,
    },
    /// Try a newspaper's layouts on saved pages or a crawl and say what they yield; exit 1 when none finds a body
    ///
    /// With the address of a page or saved pages it prints, part by part, what is read and where on the page it stands.
    Check(check::Args),
    /// Print per newspaper and month how many articles lack a title, a date or a body; exit 1 when one has drifted
    ///
    /// A newspaper has drifted when in its latest month with enough pages one of the rates is higher than in all its
    /// earlier months together, by --points or more. The month is that of the fetch, or of publication for files given by hand.
    Health(HealthArgs),
}

#[derive(clap::Args)]
struct HealthArgs {
    /// Record files; without any, the record shards of the corpus
    records: Vec<PathBuf>,
    /// Corpus folder
    #[arg(long, value_name = "DIR", default_value = "corpus")]
    corpus: PathBuf,
    /// Rise of a rate over the earlier months that is a drift, in percentage points
    #[arg(long, default_value_t = 20.0)]
    points: f64,
    /// Pages that a month, and the earlier months together, must have to be judged
    #[arg(long, default_value_t = 20)]
    pages: u64,
    /// Print months and alarms as JSON lines
    #[arg(long)]
    json: bool,
}

/// Runs `baotinh sites`.
pub fn run(args: Args) -> Result<Outcome> {
    match args.command {
        Command::List { province, json } => list(province.as_deref(), json),
        Command::Show { name, json } => show(&name, json),
        Command::Check(args) => check::run(&args),
        Command::Health(args) => health(&args),
    }
}

fn list(province: Option<&str>, json: bool) -> Result<Outcome> {
    let wanted = province.map(|name| {
        let known = place::find(name)
            .with_context(|| format!("no province is called {name:?}; `baotinh sites list` names all of them"))?;
        anyhow::Ok((known, place::find(known.new).is_some_and(|new| new.old == known.old)))
    });
    let wanted = wanted.transpose()?;
    // A name that goes on since the merger asks for all that is in the new province; one that does not, for the old one.
    let rows: Vec<_> = sites()
        .all()
        .iter()
        .filter(|site| {
            let (Some((wanted, goes_on)), Some(place)) = (wanted, site.place()) else { return true };
            place.old == wanted.old || goes_on && place.new == wanted.new
        })
        .collect();
    let mut out = stdout();
    if !json && !rows.is_empty() {
        writeln!(
            out,
            "{:<25} {:<24} {:<20} {:<16} {:<12} LAYOUTS",
            "ID", "NEWSPAPER", "PROVINCE", "SINCE 2025-07", "ROW RESTS ON"
        )?;
    }
    for site in &rows {
        if json {
            writeln!(out, "{}", as_json(site))?;
            continue;
        }
        let layouts: Vec<_> =
            sites().layouts_for(site, None).iter().map(|layout| layout.system().to_string()).collect();
        let layouts = if layouts.is_empty() { "generic".to_string() } else { layouts.join(" ") };
        let new = site.place().map_or("", |place| place.new);
        writeln!(
            out,
            "{:<25} {:<24} {:<20} {new:<16} {:<12} {layouts}",
            site.id,
            site.name,
            site.province,
            site.confidence.to_string()
        )?;
    }
    out.flush()?;
    Ok(if rows.is_empty() { Outcome::NothingFound } else { Outcome::Done })
}

fn show(name: &str, json: bool) -> Result<Outcome> {
    let Some(site) = sites().named(name) else {
        complain(&format!("no newspaper is called {name:?}; `baotinh sites list` names all of them"));
        return Ok(Outcome::NothingFound);
    };
    let mut out = stdout();
    if json {
        writeln!(out, "{}", as_json(site))?;
    } else {
        text(site, &mut out)?;
    }
    out.flush()?;
    Ok(Outcome::Done)
}

fn text(site: &Site, out: &mut impl Write) -> Result<()> {
    let mut line = |name: &str, value: &str| writeln!(out, "{name:<12} {value}");
    line("id", &site.id)?;
    line("newspaper", &site.name)?;
    let new = site.place().map_or("", |place| place.new);
    line(
        "province",
        &if new == site.province { new.to_string() } else { format!("{}; {new} since 1 July 2025", site.province) },
    )?;
    for domain in &site.domains {
        let from = domain.from.map_or(String::new(), |day| format!(" from {day}"));
        let until = domain.until.map_or(String::new(), |day| format!(" until {day}"));
        line("domain", &format!("{}{from}{until}", domain.host))?;
    }
    if let Some(merger) = &site.merged {
        line("merged", &format!("into {} on {} ({})", merger.into, merger.on, merger.evidence))?;
    }
    line("article", site.article.as_deref().unwrap_or("not known"))?;
    if let Some(skip) = &site.skip {
        line("skip", skip)?;
    }
    for section in &site.sections {
        line("section", section)?;
    }
    for feed in &site.feeds {
        line("feed", &format!("{} ({})", feed.url, feed.evidence))?;
    }
    line("rests on", &format!("{}: {}", site.confidence, site.provenance))?;
    let layouts = sites().layouts_for(site, None);
    for layout in &layouts {
        let dates = [
            layout.valid_from.map(|day| format!(" from {day}")),
            layout.valid_until.map(|day| format!(" until {day}")),
        ];
        line(
            "layout",
            &format!(
                "{}{}: {}",
                layout.name,
                dates.into_iter().flatten().collect::<String>(),
                layout.known().join(", ")
            ),
        )?;
    }
    if layouts.is_empty() {
        line("layout", "none known; the generic extractor serves")?;
    }
    Ok(())
}

fn as_json(site: &Site) -> Value {
    let layouts: Vec<_> = sites()
        .layouts_for(site, None)
        .iter()
        .map(|layout| {
            let (from, until) = (layout.valid_from, layout.valid_until);
            json!({"name": layout.name, "valid_from": from, "valid_until": until, "fields": layout.known()})
        })
        .collect();
    let domains: Vec<_> =
        site.domains.iter().map(|d| json!({"host": d.host, "from": d.from, "until": d.until})).collect();
    json!({
        "id": site.id, "name": site.name, "province_old": site.province, "province_new": site.place().map(|place| place.new),
        "domains": domains, "merged": site.merged, "feeds": site.feeds, "sitemaps": site.sitemaps, "sections": site.sections,
        "article": site.article, "skip": site.skip, "delay": site.delay, "layouts": layouts,
        "confidence": site.confidence, "provenance": site.provenance,
    })
}

fn health(args: &HealthArgs) -> Result<Outcome> {
    let corpus = Corpus::at(&args.corpus);
    let files = if args.records.is_empty() { corpus.record_shards()? } else { args.records.clone() };
    if files.is_empty() {
        complain(&format!(
            "{}: the corpus holds no records yet; make them with `baotinh extract`",
            args.corpus.display()
        ));
        return Ok(Outcome::NothingFound);
    }
    let (mut health, mut failed) = (Health::default(), false);
    for file in &files {
        let reader = match records::Reader::open(file) {
            Ok(reader) => reader,
            Err(error) => {
                complain(&format!("{error:#}"));
                failed = true;
                continue;
            }
        };
        for record in reader {
            match record {
                Ok(record) => health.add(&record.article),
                Err(error) => {
                    complain(&format!("{error:#}"));
                    failed = true;
                }
            }
        }
    }
    let drifts = health.drifts(Threshold { points: args.points, pages: args.pages });
    let mut out = stdout();
    print_health(&health, args.json, &mut out)?;
    for drift in &drifts {
        if args.json {
            writeln!(out, "{}", json!({"drift": drift}))?;
        }
        let what = name(drift.symptom);
        say(&format!("drift: {} {}: {what} {:.1}%, before {:.1}%", drift.site, drift.month, drift.rate, drift.before));
    }
    out.flush()?;
    if health.others > 0 {
        say(&format!("{} records are of no newspaper in the table and were not counted", health.others));
    }
    Ok(match (failed, drifts.is_empty()) {
        (true, _) => Outcome::SomeFailed,
        // Exit status 1: the alarm.
        (false, false) => Outcome::NothingFound,
        (false, true) => Outcome::Done,
    })
}

fn print_health(health: &Health, json: bool, out: &mut impl Write) -> Result<()> {
    if !json && !health.papers.is_empty() {
        let names = Symptom::ALL.map(name);
        writeln!(
            out,
            "{:<25} {:<8} {:>7}  {}",
            "NEWSPAPER",
            "MONTH",
            "pages",
            names.map(|name| format!("{name:>15}")).join(" ")
        )?;
    }
    for (site, months) in &health.papers {
        for (month, counts) in months {
            if json {
                writeln!(out, "{}", row(site, month, counts))?;
                continue;
            }
            let cells =
                Symptom::ALL.map(|symptom| format!("{:>6} {:>7.1}%", counts.count(symptom), counts.rate(symptom)));
            let month = if month.is_empty() { "?" } else { month };
            writeln!(out, "{site:<25} {month:<8} {:>7}  {}", counts.pages, cells.join(" "))?;
        }
    }
    Ok(())
}

fn row(site: &str, month: &str, counts: &Month) -> Value {
    let month = (!month.is_empty()).then_some(month);
    let [no_title, no_date, empty_body, bodies_disagree, not_an_article] = counts.symptoms;
    json!({
        "site": site, "month": month, "pages": counts.pages, "no_title": no_title, "no_date": no_date, "empty_body": empty_body,
        "bodies_disagree": bodies_disagree, "not_an_article": not_an_article,
    })
}

fn name(symptom: Symptom) -> &'static str {
    match symptom {
        Symptom::NoTitle => "no title",
        Symptom::NoDate => "no date",
        Symptom::EmptyBody => "empty body",
        Symptom::BodiesDisagree => "bodies disagree",
        Symptom::NotAnArticle => "no article",
    }
}
