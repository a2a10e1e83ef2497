-- State of version 1 to version 2: records found by their place, bounds on what one host holds, what was left out by name.
CREATE INDEX place ON fetch (warc, offset) WHERE warc IS NOT NULL;
ALTER TABLE warc ADD COLUMN indexed INTEGER;
DROP TABLE variants;
CREATE TABLE outside (
  key BLOB PRIMARY KEY,
  url TEXT NOT NULL,
  reason TEXT NOT NULL,
  via INTEGER REFERENCES url
) WITHOUT ROWID;
CREATE TABLE counted (
  name BLOB PRIMARY KEY,
  count INTEGER NOT NULL
) WITHOUT ROWID;
