//! Gives the library a hash of everything that decides what is extracted: rules, word lists, places, how text is read.
//!
//! It is the changing part of `extract::RULES_VERSION`, so that records made by other rules are known by it.

#![allow(clippy::print_stdout, reason = "cargo reads what a build script prints")]

use std::path::{Path, PathBuf};

/// Files and folders under `src/` whose bytes are hashed.
const RULES: &[&str] = &["src/extract", "src/place", "src/place.rs", "src/text"];

fn main() {
    let mut files = Vec::new();
    for root in RULES {
        println!("cargo:rerun-if-changed={root}");
        collect(Path::new(root), &mut files);
    }
    files.sort();
    // FNV-1a of 64 bits.
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for file in &files {
        let bytes = std::fs::read(file).unwrap_or_default();
        // A checkout with other line ends holds the same rules.
        for byte in bytes.into_iter().filter(|byte| *byte != b'\r') {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    println!("cargo:rustc-env=BAOTINH_RULES={:08x}", (hash >> 32) ^ (hash & 0xffff_ffff));
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) {
    match std::fs::read_dir(path) {
        Ok(entries) => entries.flatten().for_each(|entry| collect(&entry.path(), files)),
        // What explains the rules is none.
        Err(_) if path.extension().is_some_and(|kind| kind == "md") => {}
        Err(_) if path.is_file() => files.push(path.to_path_buf()),
        Err(_) => {}
    }
}
