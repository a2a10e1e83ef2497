//! Faults: panics, which are mistakes of the program. One costs the item that it befalls and no other, and is told as an error.

use std::backtrace::Backtrace;
use std::panic::{self, AssertUnwindSafe};

/// Says of an item what became of it.
pub const REASON: &str = "left out for a fault of the program, told above; please report it with this input";

/// Tells every panic from now on as one line, by `tell`; where it came from is told with `--verbose`.
pub fn tell_as_error(tell: fn(&str)) {
    panic::set_hook(Box::new(move |info| {
        let place = info.location().map_or(String::new(), |at| format!(" at {}:{}", at.file(), at.line()));
        tell(&format!(
            "a fault of the program{place}: {}; please report it",
            info.payload_as_str().unwrap_or("no message")
        ));
        tracing::debug!(backtrace = %Backtrace::force_capture(), "panics");
    }));
}

/// Does the work of one item.
///
/// # Errors
/// [`REASON`] when a panic ended it.
pub fn contain<T>(work: impl FnOnce() -> T) -> Result<T, &'static str> {
    // What the item had is dropped with it: nothing half made is looked at again.
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|_| REASON)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_costs_one_item() {
        let done: Vec<_> = [1, 0, 2].into_iter().map(|by| contain(|| 6 / by)).collect();
        assert_eq!(done, [Ok(6), Err(REASON), Ok(3)]);
    }
}
