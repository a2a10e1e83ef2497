//! Answers meant to break a crawler: each ends in its own state, and the crawl goes on.
