-- The journal: the only table that is written as such. Every other table is derived from it.
CREATE TABLE journal (
  till_id TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  command_id TEXT NOT NULL,
  command_hash TEXT NOT NULL,
  kind TEXT NOT NULL,
  version INTEGER NOT NULL,
  at INTEGER NOT NULL,
  business_date TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  body TEXT NOT NULL,
  prev_hash TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (till_id, epoch, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX journal_command ON journal (command_id);
CREATE INDEX journal_by_date ON journal (business_date);
CREATE TRIGGER journal_is_never_updated BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_is_never_deleted BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_has_no_gap BEFORE INSERT ON journal
WHEN NEW.seq <> 1 + coalesce(
  (SELECT max(seq) FROM journal WHERE till_id = NEW.till_id AND epoch = NEW.epoch), 0)
BEGIN SELECT RAISE(ABORT, 'the journal has no gaps'); END;

CREATE TABLE till (
  till_id TEXT PRIMARY KEY,
  code TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  sample INTEGER NOT NULL,
  set_up_at INTEGER NOT NULL,
  last_receipt_no INTEGER NOT NULL,
  last_session_no INTEGER NOT NULL,
  last_z_no INTEGER NOT NULL,
  last_deposit_no INTEGER NOT NULL,
  last_movement_no INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
  person_id TEXT PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  role TEXT NOT NULL CHECK (role IN ('cashier', 'lead', 'supervisor', 'auditor', 'administrator')),
  active INTEGER NOT NULL,
  credential_digest TEXT NOT NULL,
  failed_count INTEGER NOT NULL,
  last_failed_at INTEGER NOT NULL,
  locked_out INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Salt and verifier stay on this machine; the journal holds only a digest of the row, so that what is
-- sent or exported gives nobody's PIN away, and a changed row is still found.
CREATE TABLE credential (
  person_id TEXT PRIMARY KEY REFERENCES person (person_id) DEFERRABLE INITIALLY DEFERRED,
  salt TEXT NOT NULL,
  verifier TEXT NOT NULL,
  cost INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE drawer (
  drawer_id TEXT PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  active INTEGER NOT NULL,
  float_cents INTEGER NOT NULL,
  limit_cents INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE catalog_item (
  catalog_item_id TEXT PRIMARY KEY,
  code TEXT NOT NULL COLLATE NOCASE UNIQUE,
  name TEXT NOT NULL,
  pricing TEXT NOT NULL CHECK (pricing IN ('fixed', 'per-unit', 'percent', 'open')),
  price_cents INTEGER,
  rate_millionths INTEGER,
  unit_label TEXT NOT NULL,
  gl_account TEXT NOT NULL,
  reference_label TEXT,
  is_deposit INTEGER NOT NULL,
  active INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE tender_type (
  tender TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  active INTEGER NOT NULL,
  opens_drawer INTEGER NOT NULL,
  change_allowed INTEGER NOT NULL,
  reference_required INTEGER NOT NULL,
  counted TEXT NOT NULL CHECK (counted IN ('pieces', 'items', 'slips')),
  banked INTEGER NOT NULL,
  gl_account TEXT NOT NULL,
  sort INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE bank_account (
  bank_account_id TEXT PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  bank_name TEXT NOT NULL,
  routing_number TEXT NOT NULL,
  account_number TEXT NOT NULL,
  active INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE account_import (
  import_id TEXT PRIMARY KEY,
  epoch INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('file', 'central')),
  source_name TEXT NOT NULL,
  file_sha256 TEXT NOT NULL,
  account_count INTEGER NOT NULL,
  item_count INTEGER NOT NULL,
  bad_row_count INTEGER NOT NULL,
  as_of_ms INTEGER NOT NULL,
  through_epoch INTEGER NOT NULL,
  through_seq INTEGER NOT NULL,
  root TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE drawer_session (
  session_id TEXT PRIMARY KEY,
  session_no INTEGER NOT NULL UNIQUE,
  number TEXT NOT NULL,
  drawer_id TEXT NOT NULL REFERENCES drawer (drawer_id),
  cashier_id TEXT NOT NULL REFERENCES person (person_id),
  business_date TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'counted', 'closed')),
  float_wanted_cents INTEGER NOT NULL,
  receipt_count INTEGER NOT NULL,
  void_count INTEGER NOT NULL,
  last_activity_at INTEGER NOT NULL,
  count_round INTEGER NOT NULL,
  closing_count_id TEXT,
  closed_at INTEGER,
  z_no INTEGER UNIQUE,
  z_number TEXT,
  z_hash TEXT,
  close_reason TEXT,
  approved_by TEXT,
  over_short_gl_account TEXT,
  -- The drawer's own change fund: what stays at close. The rest of the opening money was handed over.
  fund_cents INTEGER NOT NULL,
  left_cents INTEGER,
  handed_from TEXT REFERENCES drawer_session (session_id),
  hand_to_id TEXT REFERENCES person (person_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX one_open_session_per_drawer ON drawer_session (drawer_id) WHERE state <> 'closed';
CREATE UNIQUE INDEX one_open_session_per_cashier ON drawer_session (cashier_id) WHERE state <> 'closed';
CREATE INDEX drawer_session_by_date ON drawer_session (business_date);
CREATE INDEX drawer_session_by_drawer ON drawer_session (drawer_id, session_no);

CREATE TABLE session_tender (
  session_id TEXT NOT NULL REFERENCES drawer_session (session_id),
  tender TEXT NOT NULL,
  float_cents INTEGER NOT NULL,
  tendered_cents INTEGER NOT NULL,
  change_cents INTEGER NOT NULL,
  paid_in_cents INTEGER NOT NULL,
  paid_out_cents INTEGER NOT NULL,
  turned_in_cents INTEGER NOT NULL,
  refunded_cents INTEGER NOT NULL,
  item_count INTEGER NOT NULL,
  expected_cents INTEGER,
  counted_cents INTEGER,
  over_short_cents INTEGER,
  PRIMARY KEY (session_id, tender)
) STRICT, WITHOUT ROWID;

CREATE TABLE count (
  count_id TEXT PRIMARY KEY,
  session_id TEXT NOT NULL REFERENCES drawer_session (session_id),
  seq INTEGER NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('opening', 'closing', 'recount', 'surprise')),
  person_id TEXT NOT NULL REFERENCES person (person_id),
  second_person_id TEXT REFERENCES person (person_id),
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX count_by_session ON count (session_id);

CREATE TABLE count_piece (
  count_id TEXT NOT NULL REFERENCES count (count_id),
  value_cents INTEGER NOT NULL,
  kind TEXT NOT NULL,
  pieces INTEGER NOT NULL,
  bundles INTEGER NOT NULL,
  cents INTEGER NOT NULL,
  PRIMARY KEY (count_id, value_cents, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE count_item (
  count_id TEXT NOT NULL REFERENCES count (count_id),
  item_no INTEGER NOT NULL,
  tender TEXT NOT NULL,
  cents INTEGER NOT NULL,
  reference TEXT NOT NULL,
  receipt_id TEXT,
  tender_no INTEGER,
  PRIMARY KEY (count_id, item_no)
) STRICT, WITHOUT ROWID;

CREATE TABLE count_total (
  count_id TEXT NOT NULL REFERENCES count (count_id),
  tender TEXT NOT NULL,
  cents INTEGER NOT NULL,
  expected_cents INTEGER NOT NULL,
  over_short_cents INTEGER NOT NULL,
  PRIMARY KEY (count_id, tender)
) STRICT, WITHOUT ROWID;

CREATE TABLE receipt (
  receipt_id TEXT PRIMARY KEY,
  receipt_no INTEGER NOT NULL UNIQUE,
  epoch INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  number TEXT NOT NULL UNIQUE,
  session_id TEXT NOT NULL REFERENCES drawer_session (session_id),
  cashier_id TEXT NOT NULL REFERENCES person (person_id),
  posted_at INTEGER NOT NULL,
  business_date TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('posted', 'voided')),
  total_cents INTEGER NOT NULL,
  tendered_cents INTEGER NOT NULL,
  rounding_cents INTEGER NOT NULL,
  change_cents INTEGER NOT NULL,
  hash TEXT NOT NULL,
  print_count INTEGER NOT NULL,
  void_reason TEXT,
  voided_at INTEGER,
  voided_by TEXT,
  void_approved_by TEXT,
  void_epoch INTEGER,
  void_seq INTEGER,
  CHECK (total_cents + rounding_cents = tendered_cents - change_cents)
) STRICT, WITHOUT ROWID;
CREATE TABLE receipt_piece (
  receipt_id TEXT NOT NULL REFERENCES receipt (receipt_id),
  value_cents INTEGER NOT NULL,
  kind TEXT NOT NULL,
  taken INTEGER NOT NULL,
  given INTEGER NOT NULL,
  PRIMARY KEY (receipt_id, value_cents, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX receipt_by_session ON receipt (session_id);
CREATE INDEX receipt_by_date ON receipt (business_date);
CREATE INDEX receipt_by_amount ON receipt (total_cents);

CREATE TABLE receipt_line (
  receipt_id TEXT NOT NULL REFERENCES receipt (receipt_id),
  line_no INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('account', 'catalog')),
  account_id TEXT,
  account_number TEXT,
  catalog_item_id TEXT REFERENCES catalog_item (catalog_item_id),
  code TEXT,
  name TEXT NOT NULL,
  address TEXT NOT NULL,
  quantity INTEGER NOT NULL,
  unit_price_cents INTEGER,
  base_cents INTEGER,
  reference TEXT NOT NULL,
  cents INTEGER NOT NULL,
  gl_account TEXT,
  balance_before_cents INTEGER,
  as_of_ms INTEGER,
  PRIMARY KEY (receipt_id, line_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX receipt_line_by_account ON receipt_line (account_id) WHERE account_id IS NOT NULL;
CREATE INDEX receipt_line_by_name ON receipt_line (name COLLATE NOCASE);

CREATE TABLE receipt_allocation (
  receipt_id TEXT NOT NULL,
  line_no INTEGER NOT NULL,
  allocation_no INTEGER NOT NULL,
  item_id TEXT,
  service TEXT NOT NULL,
  due_date TEXT,
  cents INTEGER NOT NULL,
  gl_account TEXT NOT NULL,
  PRIMARY KEY (receipt_id, line_no, allocation_no),
  FOREIGN KEY (receipt_id, line_no) REFERENCES receipt_line (receipt_id, line_no)
) STRICT, WITHOUT ROWID;

CREATE TABLE receipt_tender (
  receipt_id TEXT NOT NULL REFERENCES receipt (receipt_id),
  tender_no INTEGER NOT NULL,
  session_id TEXT NOT NULL,
  tender TEXT NOT NULL,
  cents INTEGER NOT NULL,
  reference TEXT NOT NULL,
  routing_number TEXT,
  account_last4 TEXT,
  account_hash TEXT,
  card_brand TEXT,
  card_last4 TEXT,
  approval_code TEXT,
  voided INTEGER NOT NULL,
  -- The turn-in with which the paper went to the safe.
  movement_id TEXT,
  PRIMARY KEY (receipt_id, tender_no)
) STRICT, WITHOUT ROWID;
-- Cash is most of what comes in and is never looked for piece by piece, so it stays out of this index.
CREATE INDEX receipt_tender_items ON receipt_tender (session_id, tender) WHERE tender <> 'cash';
