//! Crawling: Site to Pages. Frontier, robots, discovery, one polite fetch, WARC append.
