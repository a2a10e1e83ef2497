//! The pages, a file each: its row of the route table, what it shows, and its data.

pub mod about;
pub mod api;
pub mod article;
pub mod cite;
pub mod cited;
pub mod collocates;
pub mod export;
pub mod facets;
pub mod help_query;
pub mod home;
pub mod keyness;
pub mod kwic;
pub mod search;
pub mod stats;
pub mod trend;

mod facts;
mod timeline;
