//! `baotinh kwic`: every occurrence of a query in its context.

use super::output::{self, Rows, Sink};
use super::{Outcome, archive, say};
use anyhow::{Result, ensure};
use baotinh::answer::Format;
use baotinh::search::concordance::{self, Context, Line, Sample, View};
use baotinh::search::line_order::{MOST_PLACES, Place};
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
    /// What stands around each occurrence
    #[arg(long, value_enum, default_value_t, conflicts_with = "width")]
    context: Around,
    /// Order of the lines by up to three places, Vietnamese letters as in a dictionary: left1 to left9 and right1 to right9 (the words before and behind), hit, date, source; without it they come at once, in the order of the index
    #[arg(long, value_name = "PLACE,…", value_delimiter = ',')]
    sort: Vec<Place>,
    /// Lines to show; without it all
    #[arg(short, value_name = "N")]
    k: Option<usize>,
    /// Draw so many lines of all at random
    #[arg(long, value_name = "N")]
    sample: Option<usize>,
    /// Seed of the draw: the same seed draws the same lines
    #[arg(long, value_name = "N", default_value_t = 0, requires = "sample")]
    seed: u64,
    #[command(flatten)]
    archive: archive::Args,
    #[command(flatten)]
    output: output::Args,
}

#[derive(Clone, Copy, Default, clap::ValueEnum)]
enum Around {
    /// So many characters (--width)
    #[default]
    Characters,
    /// The sentence
    Sentence,
}

/// Runs `baotinh kwic`.
pub fn run(args: Args) -> Result<Outcome> {
    ensure!(args.sort.len() <= MOST_PLACES, "--sort takes up to {MOST_PLACES} places");
    let (archive, query) = (args.archive.open()?, args.archive.query(&args.query)?);
    let width = usize::from(args.width);
    let context = match args.context {
        Around::Characters => Context::Characters(width),
        Around::Sentence => Context::Sentence,
    };
    let sample = args.sample.map(|size| Sample { size, seed: args.seed });
    let view = View { context, order: args.sort, sample };
    let mut printer = Printer::new(&args.output, if context == Context::Sentence { 0 } else { width })?;
    let mut shown: u64 = 0;
    let count = concordance::concordance(&archive, &query, &view, &mut |line| {
        if args.k.is_none_or(|most| shown < most as u64) {
            shown += 1;
            printer.print(&line)?;
        }
        Ok(ControlFlow::Continue(()))
    })?;
    printer.finish()?;
    let drawn = sample.map(|sample| format!("drawn with seed {} from ", sample.seed));
    let shown = match (shown == count, drawn) {
        (true, _) => String::new(),
        (false, Some(drawn)) => format!("{shown} {drawn}"),
        (false, None) => format!("{shown} of "),
    };
    let occurrences = if count == 1 { "occurrence" } else { "occurrences" };
    say(&format!("{shown}{count} {occurrences} in {} of {} articles: {query}", archive.count(&query)?, archive.len()));
    archive.notes(&query)?.iter().for_each(|note| say(&format!("note: {note}")));
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
