/** Tables of the accounts file, step by step. A step that was released is frozen; a change is a new step. */

/** "TpAc" in ASCII: tells this file from every other SQLite database. */
export const APPLICATION_ID = 0x54704163

/**
 * `seq` is the place in the find index; `number_key` is the number without separators; `through_…` is how far this
 * till's journal is in the figures; `pull_no` is the last reading of all of central's accounts that met this one.
 * `pull` says how far the reading of central is: a page and the cursor behind it are written together.
 * `unread_account` has those of central that came with a page and could not be read: they stay as they were.
 * `former_account` has ids under which this till may have taken payments, with the account that goes on; null where none does.
 * `account_by_id` also holds the row hash, so that the root is read from the index alone.
 */
const ACCOUNTS = `
CREATE TABLE account (
  seq INTEGER PRIMARY KEY,
  account_id TEXT NOT NULL,
  number TEXT NOT NULL,
  number_key TEXT NOT NULL,
  name TEXT NOT NULL,
  address TEXT NOT NULL,
  phones TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('open', 'closed')),
  cash_only INTEGER NOT NULL CHECK (cash_only IN (0, 1)),
  credit_cents INTEGER NOT NULL CHECK (credit_cents >= 0),
  note TEXT NOT NULL,
  as_of_ms INTEGER NOT NULL,
  as_of_epoch INTEGER NOT NULL,
  as_of_seq INTEGER NOT NULL,
  pull_no INTEGER NOT NULL,
  row_hash TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX account_by_number ON account (number_key);
CREATE INDEX account_by_id ON account (account_id, row_hash);
CREATE TABLE account_item (
  account_seq INTEGER NOT NULL REFERENCES account (seq),
  item_no INTEGER NOT NULL,
  item_id TEXT NOT NULL,
  service TEXT NOT NULL,
  service_order INTEGER NOT NULL,
  is_penalty INTEGER NOT NULL CHECK (is_penalty IN (0, 1)),
  due_date TEXT NOT NULL,
  open_cents INTEGER NOT NULL CHECK (open_cents >= 0),
  gl_account TEXT NOT NULL,
  PRIMARY KEY (account_seq, item_no)
) STRICT, WITHOUT ROWID;
CREATE TABLE import_mark (
  mark_id INTEGER PRIMARY KEY CHECK (mark_id = 1),
  import_id TEXT NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('file', 'central')),
  source_name TEXT NOT NULL,
  file_sha256 TEXT NOT NULL,
  account_count INTEGER NOT NULL,
  item_count INTEGER NOT NULL,
  changed_count INTEGER NOT NULL,
  bad_row_count INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  as_of_ms INTEGER NOT NULL,
  payments_included INTEGER NOT NULL CHECK (payments_included IN (0, 1)),
  as_of_epoch INTEGER NOT NULL,
  as_of_seq INTEGER NOT NULL,
  root TEXT NOT NULL,
  find_digest TEXT NOT NULL,
  row_hash TEXT NOT NULL
) STRICT;
CREATE TABLE pull (
  only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
  pull_no INTEGER NOT NULL,
  address TEXT NOT NULL,
  cursor TEXT NOT NULL,
  taken INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  left_over INTEGER NOT NULL,
  is_whole INTEGER NOT NULL CHECK (is_whole IN (0, 1)),
  is_doubted INTEGER NOT NULL CHECK (is_doubted IN (0, 1)),
  is_read INTEGER NOT NULL CHECK (is_read IN (0, 1)),
  indexed_to INTEGER,
  as_of_ms INTEGER NOT NULL,
  as_of_epoch INTEGER NOT NULL,
  as_of_seq INTEGER NOT NULL,
  row_hash TEXT NOT NULL
) STRICT;
CREATE TABLE unread_account (
  account_id TEXT PRIMARY KEY,
  number TEXT NOT NULL,
  number_key TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE former_account (
  account_id TEXT PRIMARY KEY,
  heir_id TEXT,
  pull_no INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX former_account_by_heir ON former_account (heir_id);
CREATE VIEW find_source (seq, terms) AS SELECT seq, find_terms(number, name, address, phones) FROM account;
CREATE VIRTUAL TABLE account_find USING fts5(
  terms, content = 'find_source', content_rowid = 'seq',
  detail = none, columnsize = 0, tokenize = "ascii tokenchars '#'"
);
INSERT INTO account_find (account_find, rank) VALUES ('hashsize', 67108864);
`

/** Step n brings a file from version n to version n + 1. */
export const STEPS: readonly string[] = [ACCOUNTS]

/** What a bulk load takes away and puts back: building this index once is faster than keeping it. */
export const DROP_ID_INDEX = 'DROP INDEX account_by_id'
export const CREATE_ID_INDEX = 'CREATE INDEX account_by_id ON account (account_id, row_hash)'
