//! Searching: Query to Hits. Query language, ranking, facets, concordance, trends.
