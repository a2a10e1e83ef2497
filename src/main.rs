//! The program: parse arguments, run one command, print one error, exit code.
//!
//! Exit status 0 when the work is done, 1 when nothing was found, 2 when anything failed; a closed pipe is no error.

mod cli;

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::main()
}
