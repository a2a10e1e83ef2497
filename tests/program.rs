//! Runs the real program, as the tests of each command do.

use assert_cmd::Command;
use std::path::Path;

/// Returns the program, ready to run in a folder.
pub fn baotinh(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_baotinh"));
    command.current_dir(folder).env_remove("RUST_BACKTRACE").timeout(std::time::Duration::from_secs(120));
    command
}

/// Runs the program and returns its exit status, standard output and standard error.
pub fn run(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let output = baotinh(folder).args(args).output().expect("the program starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code().expect("an exit status"), text(output.stdout), text(output.stderr))
}
