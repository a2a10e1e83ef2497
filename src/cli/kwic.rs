//! `baotinh kwic`: every occurrence of a query in its context.

use super::output::{self, Rows, Sink};
use super::{Outcome, archive, say};
use anyhow::Result;
use baotinh::answer::Format;
use baotinh::search::concordance::{self, Line, Order};
use baotinh::text::shown;
use std::io::{self, IsTerminal, Write};
use std::ops::ControlFlow;

/// Arguments of `baotinh kwic`.
#[derive(clap::Args)]
pub struct Args {
    /// Query; its words and phrases are shown, in the articles that it finds
    query: String,
    /// Characters before and behind each occurrence
    #[arg(long, value_name = "N", default_value_t = 60, value_parser = clap::value_parser!(u16).range(..=10_000))]
    width: u16,
    /// Order of the lines; without it they come at once, in the order of the index
    #[arg(long, value_enum)]
    sort: Option<Sort>,
    /// Lines to show; without it all
    #[arg(short, value_name = "N")]
    k: Option<usize>,
    #[command(flatten)]
    archive: archive::Args,
    #[command(flatten)]
    output: output::Args,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Sort {
    /// By the words before, the nearest first
    Left1,
    /// By the words behind
    Right1,
    /// By day of publication
    Date,
}

/// Runs `baotinh kwic`.
pub fn run(args: Args) -> Result<Outcome> {
    let (archive, query) = (args.archive.open()?, args.archive.query(&args.query)?);
    let order = match args.sort {
        None => Order::Index,
        Some(Sort::Left1) => Order::Left,
        Some(Sort::Right1) => Order::Right,
        Some(Sort::Date) => Order::Date,
    };
    let width = usize::from(args.width);
    let mut printer = Printer::new(&args.output, width)?;
    let (mut shown, mut count) = (0, 0);
    concordance::concordance(&archive, &query, width, order, &mut |line| {
        count += 1;
        if args.k.is_none_or(|most| shown < most) {
            shown += 1;
            printer.print(&line)?;
        }
        Ok(ControlFlow::Continue(()))
    })?;
    printer.finish()?;
    let shown = if shown == count { String::new() } else { format!("{shown} of ") };
    let occurrences = if count == 1 { "occurrence" } else { "occurrences" };
    say(&format!("{shown}{count} {occurrences} in {} of {} articles: {query}", archive.count(&query)?, archive.len()));
    Ok(if count == 0 { Outcome::NothingFound } else { Outcome::Done })
}

/// Prints lines as they come; the first at once.
enum Printer {
    /// Below one another, for reading.
    Reading { sink: Sink, width: usize, colours: bool, printed: u64 },
    /// As rows.
    Rows(Rows),
}

impl Printer {
    fn new(output: &output::Args, width: usize) -> Result<Printer> {
        if output.format() != Some(Format::Text) {
            return Ok(Printer::Rows(output.rows("kwic", &concordance::COLUMNS)?));
        }
        let colours = output.path().is_none() && io::stdout().is_terminal();
        Ok(Printer::Reading { sink: output.open()?, width, colours, printed: 0 })
    }

    fn print(&mut self, line: &Line) -> Result<()> {
        match self {
            Printer::Reading { sink, width, colours, printed } => {
                let (on, off) = if *colours { ("\x1b[1;33m", "\x1b[0m") } else { ("[", "]") };
                let (left, hit, right) = (shown(&line.left), shown(&line.hit), shown(&line.right));
                let blanks = width.saturating_sub(left.chars().count());
                let about = [line.date.as_deref(), line.source.as_deref(), Some(line.id.as_str())];
                let about = about.into_iter().flatten().collect::<Vec<_>>().join(" · ");
                let behind = width.saturating_sub(right.chars().count());
                writeln!(sink, "{:blanks$}{left}{on}{hit}{off}{right}{:behind$}  {}", "", "", shown(&about))?;
                if *printed == 0 {
                    sink.flush()?;
                }
                *printed += 1;
            }
            Printer::Rows(rows) => {
                rows.row(&line.cells())?;
                if rows.rows() == 1 {
                    rows.flush()?;
                }
            }
        }
        Ok(())
    }

    fn finish(self) -> Result<()> {
        match self {
            Printer::Reading { sink, .. } => sink.finish(),
            Printer::Rows(rows) => rows.finish(),
        }
    }
}
