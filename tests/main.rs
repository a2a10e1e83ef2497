//! One binary for all integration tests, a module a stage.

mod bounds;
mod crawl;
mod dates;
mod duplicates;
mod export;
mod extract;
mod facts;
mod figures;
mod gold;
mod imports;
mod index;
mod inputs;
mod merge;
mod network;
mod parse;
mod program;
mod properties;
mod reported;
mod run;
mod search;
mod segment;
mod serve;
mod sites;
mod tables;
mod tidy;
mod web;
