//! Discovery: what a fetched body says about other addresses. Pure.
//!
//! Feeds and sitemaps say which pages there are and when they were published; pages link to each other.

pub mod feed;
pub mod links;
pub mod markup;
pub mod sitemap;

pub use crate::corpus::feed::when;
