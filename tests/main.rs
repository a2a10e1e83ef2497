//! One binary for all integration tests, a module a stage.

mod crawl;
mod duplicates;
mod export;
mod extract;
mod program;
mod properties;
mod sites;
mod tables;
mod tidy;
mod web;
