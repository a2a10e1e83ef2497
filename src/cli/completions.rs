//! `baotinh completions`: shell completions of the commands and their flags.

use super::{Cli, Outcome};
use anyhow::Result;
use clap::CommandFactory;
use clap_complete::Shell;
use std::io::Write;

/// Arguments of `baotinh completions`.
#[derive(clap::Args)]
pub struct Args {
    /// Shell
    shell: Shell,
}

/// Runs `baotinh completions`.
pub fn run(args: Args) -> Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "baotinh", &mut script);
    let mut out = super::stdout();
    out.write_all(&script)?;
    out.flush()?;
    Ok(Outcome::Done)
}
