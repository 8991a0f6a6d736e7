-- Up to when payments are in the figures of each file of accounts, in the order in which they were taken: the bytes of the
-- newest one again say nothing newer.
CREATE TABLE account_file (
  sha256 TEXT PRIMARY KEY,
  no BIGINT NOT NULL,
  through_ms BIGINT NOT NULL
);
