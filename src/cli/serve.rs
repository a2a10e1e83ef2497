//! `baotinh serve`: the archive in the browser, and its API.

use super::{Outcome, complain, say};
use anyhow::Result;
use baotinh::serve::{Options, Server};
use std::net::IpAddr;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;

/// Arguments of `baotinh serve`.
#[derive(clap::Args)]
pub struct Args {
    /// Index folder
    #[arg(long, value_name = "DIR", default_value = "index")]
    index: PathBuf,
    /// Port; 0 takes a free one
    #[arg(long, default_value_t = 8642)]
    port: u16,
    /// Open the page in the browser
    #[arg(long)]
    open: bool,
    /// Address to listen on; one that others reach needs --host
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    bind: IpAddr,
    /// Host name that others use, with its port if it has one; may be given more than once
    #[arg(long, value_name = "NAME")]
    host: Vec<String>,
    /// Path that all addresses begin with, behind a proxy
    #[arg(long, value_name = "/PATH/", default_value = "/")]
    base: String,
    /// Do not show full texts: facts, sentences and the link to the newspaper stay
    #[arg(long)]
    without_text: bool,
    /// Log queries too, not only paths
    #[arg(long)]
    log_queries: bool,
}

/// Runs `baotinh serve`.
pub fn run(args: Args) -> Result<Outcome> {
    let options = Options {
        address: args.bind,
        port: args.port,
        hosts: args.host,
        base: args.base.clone(),
        with_text: !args.without_text,
        log_queries: args.log_queries,
        log: Arc::new(say),
        ..Options::new(args.index)
    };
    let server = Server::start(options)?;
    let address = format!("http://{}{}", server.address(), args.base);
    say(&format!("{address}  (Ctrl-C ends it)"));
    if args.open && !open(&address) {
        complain(&format!("no browser could be opened; go to {address}"));
    }
    server.until_interrupted()?;
    Ok(Outcome::Done)
}

/// Opens an address with the program that the system has for it.
fn open(address: &str) -> bool {
    let (program, first) = if cfg!(target_os = "macos") {
        ("open", &[][..])
    } else if cfg!(windows) {
        ("cmd", &["/C", "start", ""][..])
    } else {
        ("xdg-open", &[][..])
    };
    let mut command = Command::new(program);
    command.args(first).arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().is_ok()
}
