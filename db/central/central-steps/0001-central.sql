-- What central itself keeps. The tables of its tills' ledgers are made from the till's own schema steps, before this.

-- What the receiver itself looks for; reports may need more.
CREATE INDEX journal_by_date ON journal (till_id, business_date);
CREATE INDEX receipt_by_session ON receipt (till_id, session_id);
CREATE INDEX receipt_by_date ON receipt (till_id, business_date);

-- PostgreSQL only
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
'BEGIN RAISE EXCEPTION ''the journal is append-only''; END';

-- PostgreSQL only
CREATE TRIGGER journal_is_append_only BEFORE UPDATE OR DELETE ON journal
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE INDEX movement_by_session ON movement (till_id, session_id);
CREATE INDEX session_part_by_deposit ON session_part (till_id, deposit_id);

-- Rows that a till wrote and that went another way than what is held: evidence, never applied.
CREATE TABLE branch_row (
  till_id TEXT NOT NULL,
  epoch BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  hash TEXT NOT NULL,
  line TEXT NOT NULL,
  text_line TEXT,
  at BIGINT NOT NULL,
  PRIMARY KEY (till_id, epoch, seq, hash)
);

-- Who may send, what came of what was sent, and the accounts that it posts to.

CREATE TABLE enrolled_till (
  till_id TEXT PRIMARY KEY,
  till_no BIGINT NOT NULL UNIQUE,
  code TEXT NOT NULL,
  public_key TEXT NOT NULL,
  enrolled_at BIGINT NOT NULL,
  revoked_at BIGINT,
  last_seen_at BIGINT NOT NULL,
  last_state_no BIGINT NOT NULL,
  last_reference_no BIGINT NOT NULL,
  last_alarm_no BIGINT NOT NULL
);

CREATE TABLE enrolment_code (
  code_hash TEXT PRIMARY KEY,
  made_at BIGINT NOT NULL,
  note TEXT NOT NULL,
  used_at BIGINT,
  till_id TEXT
);

CREATE TABLE alarm (
  till_id TEXT NOT NULL,
  alarm_no BIGINT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('fork', 'projection', 'other-content')),
  epoch BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  held_hash TEXT NOT NULL,
  sent_hash TEXT NOT NULL,
  detail TEXT NOT NULL,
  at BIGINT NOT NULL,
  cleared_at BIGINT,
  cleared_note TEXT NOT NULL,
  PRIMARY KEY (till_id, alarm_no)
);

-- Receipts whose id central holds with other content: kept beside, never in place of what is held.
CREATE TABLE other_content (
  till_id TEXT NOT NULL,
  epoch BIGINT NOT NULL,
  receipt_id TEXT NOT NULL,
  seq BIGINT NOT NULL,
  number TEXT NOT NULL,
  total_cents BIGINT NOT NULL,
  voided BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (till_id, epoch, receipt_id)
);

-- What became of each receipt. state_no grows with every change, under the lock of the till's row.
CREATE TABLE receipt_state (
  till_id TEXT NOT NULL,
  receipt_id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('acknowledged', 'posted', 'exception', 'reversed')),
  reference TEXT,
  -- What the billing system calls a receipt once it has taken all of it.
  billing_reference TEXT,
  reason TEXT,
  at BIGINT NOT NULL,
  state_no BIGINT NOT NULL,
  epoch BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  content_hash TEXT NOT NULL,
  PRIMARY KEY (till_id, receipt_id)
);
CREATE INDEX receipt_state_by_no ON receipt_state (till_id, state_no);

-- Each account line, and whether it has found its home.
CREATE TABLE posting (
  till_id TEXT NOT NULL,
  receipt_id TEXT NOT NULL,
  line_no BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN
    ('posted', 'suspense', 'reversed', 'withdrawn', 'not-reversed', 'charged', 'written-off')),
  reason TEXT,
  account_id TEXT NOT NULL,
  account_number TEXT NOT NULL,
  cents BIGINT NOT NULL,
  business_date TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (till_id, receipt_id, line_no)
);
CREATE INDEX posting_open ON posting (state, at) WHERE state IN ('suspense', 'not-reversed');
-- What was undone after a file of accounts was made.
CREATE INDEX posting_reversed ON posting (at) WHERE state = 'reversed';

-- Where a posted line went, and when, so that it can be undone exactly. Below zero: what an account owes again.
CREATE TABLE posting_entry (
  till_id TEXT NOT NULL,
  receipt_id TEXT NOT NULL,
  line_no BIGINT NOT NULL,
  entry_no BIGINT NOT NULL,
  account_id TEXT NOT NULL,
  item_id TEXT,
  gl_account TEXT NOT NULL,
  cents BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (till_id, receipt_id, line_no, entry_no)
);
-- What was posted after a file of accounts was made.
CREATE INDEX posting_entry_by_time ON posting_entry (at);

-- What somebody decided about a line that had no home, and why.
CREATE TABLE resolution (
  till_id TEXT NOT NULL,
  resolution_no BIGINT NOT NULL,
  receipt_id TEXT NOT NULL,
  line_no BIGINT NOT NULL,
  at BIGINT NOT NULL,
  way TEXT NOT NULL CHECK (way IN ('posted', 'credited', 'taken-back', 'charged', 'written-off')),
  target TEXT NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (till_id, resolution_no)
);

CREATE TABLE account (
  account_id TEXT PRIMARY KEY,
  number TEXT NOT NULL,
  number_key TEXT NOT NULL,
  name TEXT NOT NULL,
  address TEXT NOT NULL,
  phones TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('open', 'closed')),
  cash_only BIGINT NOT NULL,
  credit_cents BIGINT NOT NULL CHECK (credit_cents >= 0),
  note TEXT NOT NULL,
  as_of_ms BIGINT NOT NULL,
  change_no BIGINT NOT NULL
);
CREATE INDEX account_by_change ON account (change_no);
CREATE INDEX account_by_number ON account (number_key);

CREATE TABLE account_item (
  item_id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL,
  item_no BIGINT NOT NULL,
  service TEXT NOT NULL,
  service_order BIGINT NOT NULL,
  is_penalty BIGINT NOT NULL,
  due_date TEXT NOT NULL,
  open_cents BIGINT NOT NULL CHECK (open_cents >= 0),
  gl_account TEXT NOT NULL
);
CREATE INDEX account_item_by_account ON account_item (account_id, item_no);

-- Accounts that changed and have no change number yet. Numbers are given by one transaction at a time, so that
-- nobody sees a number before a lower one is there.
CREATE TABLE account_dirty (
  source TEXT NOT NULL,
  source_no BIGINT NOT NULL,
  account_id TEXT NOT NULL,
  PRIMARY KEY (source, source_no, account_id)
);

-- Each time numbers of a feed were given: up to which, and a stamp. A cursor whose stamp is not here was made
-- before this database was restored from a backup.
CREATE TABLE feed_step (
  feed TEXT NOT NULL,
  up_to BIGINT NOT NULL,
  stamp TEXT NOT NULL,
  PRIMARY KEY (feed, up_to)
);

CREATE TABLE gl_entry (
  till_id TEXT NOT NULL,
  source TEXT NOT NULL,
  entry_no BIGINT NOT NULL,
  business_date TEXT NOT NULL,
  gl_account TEXT NOT NULL,
  debit_cents BIGINT NOT NULL CHECK (debit_cents >= 0),
  credit_cents BIGINT NOT NULL CHECK (credit_cents >= 0),
  receipt_id TEXT,
  PRIMARY KEY (till_id, source, entry_no)
);
CREATE INDEX gl_entry_by_date ON gl_entry (business_date, gl_account);
-- What a void undoes.
CREATE INDEX gl_entry_by_receipt ON gl_entry (till_id, receipt_id) WHERE receipt_id IS NOT NULL;

CREATE TABLE session_check (
  till_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('session', 'deposit')),
  subject_id TEXT NOT NULL,
  number TEXT NOT NULL,
  business_date TEXT NOT NULL,
  agrees BIGINT NOT NULL,
  differences TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (till_id, kind, subject_id)
);
CREATE INDEX session_check_by_date ON session_check (till_id, business_date);

CREATE TABLE city_version (
  version BIGINT PRIMARY KEY,
  at BIGINT NOT NULL,
  body TEXT NOT NULL
);

CREATE TABLE city_setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
);
INSERT INTO city_setting (name, value) VALUES ('utilityName', 'City utility');
INSERT INTO city_setting (name, value) VALUES ('suspenseGlAccount', '999-9999');
INSERT INTO city_setting (name, value) VALUES ('bankGlAccount', '100-1000');

-- The carrier to a billing system that only reads files: what is to be carried, and in which file it was.

CREATE TABLE payment_file (
  -- The sequence number that stands in the file: one row of numbers for all business dates, without gaps.
  file_no BIGINT PRIMARY KEY,
  business_date TEXT NOT NULL,
  name TEXT NOT NULL UNIQUE,
  folder TEXT NOT NULL,
  template TEXT NOT NULL,
  -- What stands in the file, byte for byte: it is written again from here where a program ended in between.
  content TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  detail_count BIGINT NOT NULL,
  total_cents BIGINT NOT NULL,
  made_at BIGINT NOT NULL,
  -- Null until it was read back from the disk.
  written_at BIGINT
);
CREATE INDEX payment_file_unwritten ON payment_file (file_no) WHERE written_at IS NULL;

-- Each entry that is to be carried, once for having been posted and once for having been reversed; again only after
-- the billing system rejected it.
CREATE TABLE payment_detail (
  till_id TEXT NOT NULL,
  receipt_id TEXT NOT NULL,
  line_no BIGINT NOT NULL,
  entry_no BIGINT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('posted', 'reversed')),
  attempt BIGINT NOT NULL,
  business_date TEXT NOT NULL,
  account_id TEXT NOT NULL,
  item_id TEXT,
  gl_account TEXT NOT NULL,
  -- As it stands in the file: below zero where a payment is taken back.
  cents BIGINT NOT NULL,
  at BIGINT NOT NULL,
  -- Null until it is in a file, and never changed after.
  file_no BIGINT,
  detail_no BIGINT,
  status TEXT CHECK (status IN ('accepted', 'rejected')),
  billing_reference TEXT,
  said TEXT,
  answered_at BIGINT,
  PRIMARY KEY (till_id, receipt_id, line_no, entry_no, kind, attempt)
);
CREATE INDEX payment_detail_waiting ON payment_detail (business_date) WHERE file_no IS NULL;
CREATE INDEX payment_detail_by_file ON payment_detail (file_no, detail_no);
-- What figures of the billing system cannot contain: not answered yet, or accepted after they were made.
CREATE INDEX payment_detail_open ON payment_detail (account_id) WHERE status IS NULL;
CREATE INDEX payment_detail_accepted ON payment_detail (answered_at) WHERE status = 'accepted';

INSERT INTO city_setting (name, value) VALUES ('carrier', 'never');
INSERT INTO city_setting (name, value) VALUES ('timeZone', '');

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
