//! Discovery: what a fetched body says about other addresses. Pure.
//!
//! Feeds and sitemaps say which pages there are and when they were published; pages link to each other.

pub mod feed;
pub mod links;
pub mod markup;
pub mod sitemap;

use crate::article::When;
use crate::text::written_date::Order;

/// Reads a date as feeds and sitemaps write it.
pub(super) fn when(text: &str) -> Option<When> {
    When::read(text, Order::DayFirst)
}
