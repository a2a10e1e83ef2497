//! `baotinh kwic`: every occurrence of a query in its context.

use super::{Outcome, archive, say, stdout};
use anyhow::Result;
use baotinh::search::concordance::{self, Line, Order};
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
    #[arg(long, value_enum, default_value_t)]
    format: Format,
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

#[derive(Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// The occurrences below one another
    #[default]
    Text,
    /// RFC 4180 with a header
    Csv,
    /// One object a line
    Jsonl,
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
    let mut printer = Printer::new(args.format, width);
    let mut count = 0;
    concordance::concordance(&archive, &query, width, order, &mut |line| {
        if args.k.is_some_and(|most| count >= most) {
            return Ok(ControlFlow::Break(()));
        }
        count += 1;
        printer.print(&line)?;
        Ok(ControlFlow::Continue(()))
    })?;
    printer.finish()?;
    say(&format!("{count} occurrences in {} of {} articles: {query}", archive.count(&query)?, archive.len()));
    Ok(if count == 0 { Outcome::NothingFound } else { Outcome::Done })
}

/// Prints lines as they come; the first at once.
struct Printer {
    format: Format,
    width: usize,
    out: io::BufWriter<io::StdoutLock<'static>>,
    colours: bool,
    printed: u64,
}

impl Printer {
    fn new(format: Format, width: usize) -> Printer {
        Printer { format, width, out: stdout(), colours: io::stdout().is_terminal(), printed: 0 }
    }

    fn print(&mut self, line: &Line) -> Result<()> {
        match self.format {
            Format::Text => {
                let (on, off) = if self.colours { ("\x1b[1;33m", "\x1b[0m") } else { ("[", "]") };
                let blanks = self.width.saturating_sub(line.left.chars().count());
                let about = [line.date.as_deref(), line.source.as_deref(), Some(line.id.as_str())];
                let about = about.into_iter().flatten().collect::<Vec<_>>().join(" · ");
                let behind = self.width.saturating_sub(line.right.chars().count());
                writeln!(
                    self.out,
                    "{:blanks$}{}{on}{}{off}{}{:behind$}  {about}",
                    "", line.left, line.hit, line.right, ""
                )?;
            }
            Format::Csv => {
                if self.printed == 0 {
                    write!(self.out, "id,source,date,part,start,end,left,hit,right\r\n")?;
                }
                let (start, end) = (line.start.to_string(), line.end.to_string());
                let (source, date) = (line.source.as_deref().unwrap_or(""), line.date.as_deref().unwrap_or(""));
                let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut self.out);
                csv.write_record([
                    &line.id,
                    source,
                    date,
                    &line.part,
                    &start,
                    &end,
                    &line.left,
                    &line.hit,
                    &line.right,
                ])
                .map_err(io::Error::from)?;
                csv.into_inner().map_err(|error| error.into_error())?;
            }
            Format::Jsonl => {
                serde_json::to_writer(&mut self.out, line).map_err(io::Error::from)?;
                writeln!(self.out)?;
            }
        }
        if self.printed == 0 {
            self.out.flush()?;
        }
        self.printed += 1;
        Ok(())
    }

    fn finish(mut self) -> Result<()> {
        Ok(self.out.flush()?)
    }
}
