//! One binary for all integration tests, a module a stage.

mod export;
mod extract;
mod parse;
mod program;
mod properties;
mod sites;
mod tables;
mod tidy;
