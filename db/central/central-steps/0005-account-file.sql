-- Up to when payments are in the figures of each file of accounts: the same bytes again say nothing newer.
CREATE TABLE account_file (
  sha256 TEXT PRIMARY KEY,
  through_ms BIGINT NOT NULL
);
