//! `baotinh series`: the figures of an indicator by place and period, with who says so.

use super::{Outcome, archive, output};
use anyhow::Result;
use baotinh::facts::figure;
use baotinh::facts::indicators;
use baotinh::facts::series::Wanted;
use baotinh::search::series;

/// Arguments of `baotinh series`.
#[derive(clap::Args)]
pub struct Args {
    /// Indicator by id or name (poverty, `tỷ lệ hộ nghèo`); without one the indicators are listed
    indicator: Option<String>,
    /// Count only the articles that this query finds
    #[arg(long, value_name = "QUERY", default_value = "*")]
    query: String,
    /// Only figures of this place, not of places in it: `Quảng Ninh`, `huyện Bá Thước`, `cả nước`
    #[arg(long)]
    place: Option<String>,
    /// Only this measure
    #[arg(long, value_enum)]
    measure: Option<Measure>,
    /// What kind of statements: measured values, targets, forecasts, or all three, one behind the other
    #[arg(long, value_enum, default_value = "measured")]
    nature: Nature,
    /// Rows to show; 0 shows all
    #[arg(short, value_name = "N", default_value_t = 0)]
    k: usize,
    #[command(flatten)]
    archive: archive::Args,
    #[command(flatten)]
    output: output::Args,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Measure {
    Level,
    Change,
    Completion,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Nature {
    Measured,
    Target,
    Forecast,
    All,
}

/// Runs `baotinh series`.
pub fn run(args: Args) -> Result<Outcome> {
    let (archive, query) = (args.archive.open()?, args.archive.query(&args.query)?);
    let wanted = Wanted {
        place: args.place,
        measure: args.measure.map(|measure| match measure {
            Measure::Level => indicators::Measure::Level,
            Measure::Change => indicators::Measure::Change,
            Measure::Completion => indicators::Measure::Completion,
        }),
        nature: match args.nature {
            Nature::Measured => Some(figure::Nature::Measured),
            Nature::Target => Some(figure::Nature::Target),
            Nature::Forecast => Some(figure::Nature::Forecast),
            Nature::All => None,
        },
    };
    let answer = match &args.indicator {
        Some(indicator) => series::answer(&archive, indicator, &query, &wanted)?,
        None => series::list(&archive, &query)?,
    };
    args.output.print(&answer.first(args.k))
}
