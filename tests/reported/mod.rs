//! Inputs in the manner of public bug reports on crawlers and extractors: what each must give.
//!
//! Rows are `(input, what it gives)`; the last two of each table were made up beside the reports, of the same kind.

mod crawls;
mod pages;
