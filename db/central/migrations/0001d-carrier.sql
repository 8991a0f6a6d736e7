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

-- What the billing system calls a receipt once it has taken all of it.
ALTER TABLE receipt_state ADD COLUMN billing_reference TEXT;

INSERT INTO city_setting (name, value) VALUES ('carrier', 'never');
INSERT INTO city_setting (name, value) VALUES ('timeZone', '');
