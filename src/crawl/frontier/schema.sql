-- State of a crawl. Times in columns that end in _ms are Unix milliseconds; others are ISO 8601 in UTC.

-- One row a command given; the same command goes on with its row until it has ended.
CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  command TEXT NOT NULL,
  started TEXT NOT NULL,
  ended TEXT,
  pages INTEGER NOT NULL DEFAULT 0
);

-- One row a scheme, host and port: its pace, its robots.txt, and why it was left although something waits there.
CREATE TABLE host (
  id INTEGER PRIMARY KEY,
  origin TEXT NOT NULL UNIQUE,
  site TEXT NOT NULL,
  learned_ms INTEGER NOT NULL DEFAULT 0,
  troubles INTEGER NOT NULL DEFAULT 0,
  next_ms INTEGER NOT NULL DEFAULT 0,
  base_ms INTEGER NOT NULL DEFAULT 0,
  left_for TEXT,
  robots_access TEXT,
  robots_reason TEXT,
  robots_text TEXT,
  robots_at TEXT,
  robots_until_ms INTEGER NOT NULL DEFAULT 0
);

-- One row an address; `key` is a hash of what it is known by. `due_ms` is when it may be asked, or asked again.
CREATE TABLE url (
  id INTEGER PRIMARY KEY,
  key BLOB NOT NULL UNIQUE,
  url TEXT NOT NULL,
  host INTEGER NOT NULL REFERENCES host,
  kind TEXT NOT NULL,
  priority INTEGER NOT NULL,
  depth INTEGER NOT NULL,
  hops INTEGER NOT NULL DEFAULT 0,
  via INTEGER REFERENCES url,
  announced TEXT,
  state TEXT NOT NULL,
  reason TEXT,
  robots TEXT,
  due_ms INTEGER NOT NULL DEFAULT 0,
  tries INTEGER NOT NULL DEFAULT 0,
  status INTEGER,
  canonical TEXT,
  warc INTEGER REFERENCES warc,
  offset INTEGER,
  length INTEGER,
  digest TEXT,
  fetched TEXT,
  etag TEXT,
  modified TEXT,
  interval_h INTEGER NOT NULL DEFAULT 24,
  revisions INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX queue ON url (host, priority, id) WHERE state = 'queued';

-- One row a request, its record in a WARC where it has one.
CREATE TABLE fetch (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES run,
  url INTEGER NOT NULL REFERENCES url,
  at TEXT NOT NULL,
  status INTEGER,
  state TEXT NOT NULL,
  reason TEXT,
  robots TEXT,
  record TEXT,
  media TEXT,
  warc INTEGER REFERENCES warc,
  offset INTEGER,
  length INTEGER,
  digest TEXT
);

CREATE INDEX place ON fetch (warc, offset) WHERE warc IS NOT NULL;

-- One row an answer for a robots.txt.
CREATE TABLE robots (
  id INTEGER PRIMARY KEY,
  host INTEGER NOT NULL REFERENCES host,
  at TEXT NOT NULL,
  access TEXT NOT NULL,
  reason TEXT NOT NULL,
  text TEXT NOT NULL
);

-- One row a WARC file; what stands after `length` was never committed. `indexed` is the length when its index was written.
CREATE TABLE warc (
  id INTEGER PRIMARY KEY,
  site TEXT NOT NULL,
  number INTEGER NOT NULL,
  path TEXT NOT NULL UNIQUE,
  length INTEGER NOT NULL DEFAULT 0,
  indexed INTEGER
);

-- Links that did not enter the frontier, counted by reason.
CREATE TABLE left_out (
  reason TEXT PRIMARY KEY,
  count INTEGER NOT NULL,
  example TEXT NOT NULL
);

-- Addresses that did not enter the frontier, the first of each reason; `key` is a hash of what each is known by.
CREATE TABLE outside (
  key BLOB PRIMARY KEY,
  url TEXT NOT NULL,
  reason TEXT NOT NULL,
  via INTEGER REFERENCES url
) WITHOUT ROWID;

-- Addresses entered by what bounds them: of a host, below a folder of it, queries of a path. `name` is a hash.
CREATE TABLE counted (
  name BLOB PRIMARY KEY,
  count INTEGER NOT NULL
) WITHOUT ROWID;
