-- Files that were taken from watched folders, by what is in them: none is ever taken twice.
CREATE TABLE taken_file (
  folder TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  name TEXT NOT NULL,
  at BIGINT NOT NULL,
  result TEXT NOT NULL,
  -- 0 between taking a file and moving it away: a program that ends in between moves it when it starts again.
  moved BIGINT NOT NULL,
  PRIMARY KEY (folder, sha256)
);
