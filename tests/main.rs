//! One binary for all integration tests, a module a stage.

mod crawl;
mod duplicates;
mod export;
mod extract;
mod imports;
mod merge;
mod parse;
mod program;
mod properties;
mod run;
mod sites;
mod tables;
mod tidy;
mod web;
