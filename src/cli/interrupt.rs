//! Ctrl-C: one line, nothing half written left, exit status 130.

use super::say;
use baotinh::corpus::temporary;
use std::io::Write;

/// Exit status of a program that an interrupt ended, as shells have it.
const INTERRUPTED: i32 = 130;

/// Ends the run in good order at Ctrl-C from now on. A crawl hears the signal itself, to end politely.
pub fn end_in_good_order() {
    let heard = ctrlc::set_handler(|| {
        temporary::abandon();
        say("interrupted; what was whole before is kept, what was under way is removed");
        let _ = std::io::stderr().flush();
        std::process::exit(INTERRUPTED);
    });
    if let Err(error) = heard {
        tracing::debug!(%error, "Ctrl-C ends the run at once");
    }
}
