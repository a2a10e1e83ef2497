//! Panics are bugs of the program. A panic loses only the item being processed, and is reported as an error.

use std::backtrace::Backtrace;
use std::panic::{self, AssertUnwindSafe};

/// The reason given for an item that a panic lost.
pub const REASON: &str = "skipped because of an internal error (see above); please report it with this input";

/// Reports every panic from now on as one line through `report`; `--verbose` logs the backtrace.
pub fn report_as_error(report: fn(&str)) {
    panic::set_hook(Box::new(move |info| {
        let place = info.location().map_or(String::new(), |at| format!(" at {}:{}", at.file(), at.line()));
        report(&format!("internal error{place}: {}; please report it", info.payload_as_str().unwrap_or("no message")));
        tracing::debug!(backtrace = %Backtrace::force_capture(), "panics");
    }));
}

/// Processes one item.
///
/// # Errors
/// [`REASON`] when a panic ended it.
pub fn contain<T>(work: impl FnOnce() -> T) -> Result<T, &'static str> {
    // The item's state is dropped with it: nothing half made is used again.
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|_| REASON)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_loses_one_item() {
        let done: Vec<_> = [1, 0, 2].into_iter().map(|by| contain(|| 6 / by)).collect();
        assert_eq!(done, [Ok(6), Err(REASON), Ok(3)]);
    }
}
