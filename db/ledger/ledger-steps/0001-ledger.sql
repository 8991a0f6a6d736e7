-- The journal: the only table that is written as such. Every other table is derived from it. A row is up to two
-- kilobytes long, so it lies in a table of rowids: WITHOUT ROWID would cost each receipt an overflow page.
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
  texts TEXT NOT NULL,
  prev_hash TEXT NOT NULL,
  hash TEXT NOT NULL,
  -- A payer's words, outside of what is hashed: only their salted hash, `texts`, is in the chain.
  text_line TEXT,
  PRIMARY KEY (epoch, seq)
) STRICT;
CREATE INDEX journal_command ON journal (command_id);
CREATE INDEX journal_by_date ON journal (business_date);
CREATE TRIGGER journal_is_never_updated BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_is_never_deleted BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_has_no_gap BEFORE INSERT ON journal
WHEN NEW.seq <> 1 + coalesce((SELECT max(seq) FROM journal WHERE epoch = NEW.epoch), 0)
  OR NEW.epoch < (SELECT max(epoch) FROM journal)
BEGIN SELECT RAISE(ABORT, 'the journal has no gaps'); END;

-- Tables whose rows an earlier program made from the journal in another way. A later step that changes what facts
-- project names them here, and they are made anew by replay.
CREATE TABLE rebuild_wanted (
  -- More than one step may want the same table.
  table_name TEXT PRIMARY KEY ON CONFLICT IGNORE
) STRICT, WITHOUT ROWID;

CREATE TABLE till (
  till_id TEXT PRIMARY KEY,
  code TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  sample INTEGER NOT NULL,
  set_up_at INTEGER NOT NULL,
  -- Ed25519, raw, base64: whose signatures on this journal count.
  public_key TEXT NOT NULL,
  -- The row with which the till was last enrolled, which says where; zeros where nowhere.
  enrolled_epoch INTEGER NOT NULL,
  enrolled_seq INTEGER NOT NULL,
  last_receipt_no INTEGER NOT NULL,
  last_session_no INTEGER NOT NULL,
  last_z_no INTEGER NOT NULL,
  last_deposit_no INTEGER NOT NULL,
  last_movement_no INTEGER NOT NULL,
  -- Since the till was set up, and never set back.
  total_receipts INTEGER NOT NULL,
  total_posted_cents INTEGER NOT NULL,
  total_voided_cents INTEGER NOT NULL
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
  -- Somebody else set the PIN: its owner has to choose one.
  to_choose INTEGER NOT NULL,
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
  change_fund_cents INTEGER NOT NULL,
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
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  name_es TEXT NOT NULL,
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

-- Keys by which account numbers of checks were recognized, by their SHA-256: the one that was stated last is in force.
CREATE TABLE check_key (
  digest TEXT PRIMARY KEY,
  epoch INTEGER NOT NULL,
  seq INTEGER NOT NULL
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
  as_of_epoch INTEGER NOT NULL,
  as_of_seq INTEGER NOT NULL,
  root TEXT NOT NULL,
  lost INTEGER NOT NULL CHECK (lost IN (0, 1))
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
  change_fund_wanted_cents INTEGER NOT NULL,
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
  change_fund_cents INTEGER NOT NULL,
  left_cents INTEGER,
  handed_from TEXT REFERENCES drawer_session (session_id),
  hand_to_id TEXT REFERENCES person (person_id),
  -- Cash at which the drawer is full although its limit is passed, until the next turn-in.
  lifted_limit_cents INTEGER
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX one_open_session_per_drawer ON drawer_session (drawer_id) WHERE state <> 'closed';
CREATE UNIQUE INDEX one_open_session_per_cashier ON drawer_session (cashier_id) WHERE state <> 'closed';
CREATE INDEX drawer_session_by_date ON drawer_session (business_date);
CREATE INDEX drawer_session_by_drawer ON drawer_session (drawer_id, session_no);

CREATE TABLE session_tender (
  session_id TEXT NOT NULL REFERENCES drawer_session (session_id),
  tender TEXT NOT NULL,
  opening_cents INTEGER NOT NULL,
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
  epoch INTEGER NOT NULL,
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
  rounding_gl_account TEXT,
  change_cents INTEGER NOT NULL,
  hash TEXT NOT NULL,
  print_count INTEGER NOT NULL,
  void_reason TEXT,
  voided_at INTEGER,
  voided_by TEXT,
  void_approved_by TEXT,
  void_epoch INTEGER,
  void_seq INTEGER,
  CHECK (total_cents + rounding_cents = tendered_cents - change_cents),
  CHECK ((rounding_cents = 0) = (rounding_gl_account IS NULL))
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
  rate_millionths INTEGER,
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
  -- JSON of what identifies it besides its reference, by name.
  details TEXT NOT NULL,
  voided INTEGER NOT NULL,
  -- The turn-in with which it went to the safe.
  movement_id TEXT,
  PRIMARY KEY (receipt_id, tender_no)
) STRICT, WITHOUT ROWID;
-- Cash is most of what comes in and is never looked for one by one, so it stays out of this index.
CREATE INDEX receipt_tender_items ON receipt_tender (session_id, tender) WHERE tender <> 'cash';

-- Where a session's money goes after its close, money that moved without a receipt, the safe, and deposits.

-- Opening counts that were not what the session before left: the drawer may be counted once more, then it takes two.
CREATE TABLE opening_count (
  count_id TEXT PRIMARY KEY,
  drawer_id TEXT NOT NULL REFERENCES drawer (drawer_id),
  person_id TEXT NOT NULL REFERENCES person (person_id),
  round INTEGER NOT NULL CHECK (round IN (1, 2)),
  after_session_id TEXT REFERENCES drawer_session (session_id),
  business_date TEXT NOT NULL,
  cents INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX opening_count_by_drawer ON opening_count (drawer_id, person_id);

CREATE TABLE opening_count_piece (
  count_id TEXT NOT NULL REFERENCES opening_count (count_id),
  value_cents INTEGER NOT NULL,
  kind TEXT NOT NULL,
  pieces INTEGER NOT NULL,
  bundles INTEGER NOT NULL,
  cents INTEGER NOT NULL,
  PRIMARY KEY (count_id, value_cents, kind)
) STRICT, WITHOUT ROWID;

-- Another amount at opening than was left in the drawer: over or short before anything was taken.
CREATE TABLE opening_difference (
  session_id TEXT PRIMARY KEY REFERENCES drawer_session (session_id),
  left_cents INTEGER NOT NULL,
  fund_change_cents INTEGER NOT NULL,
  over_short_cents INTEGER NOT NULL,
  over_short_gl_account TEXT NOT NULL,
  reason TEXT NOT NULL,
  approved_by TEXT NOT NULL REFERENCES person (person_id)
) STRICT, WITHOUT ROWID;

-- What stays in the drawer at close, piece by piece: what the next change fund should look like.
CREATE TABLE session_left_piece (
  session_id TEXT NOT NULL REFERENCES drawer_session (session_id),
  value_cents INTEGER NOT NULL,
  kind TEXT NOT NULL,
  pieces INTEGER NOT NULL,
  bundles INTEGER NOT NULL,
  cents INTEGER NOT NULL,
  PRIMARY KEY (session_id, value_cents, kind)
) STRICT, WITHOUT ROWID;

-- A closed session's money by bank account: each part goes into exactly one deposit, and all of it.
CREATE TABLE session_part (
  session_id TEXT NOT NULL REFERENCES drawer_session (session_id),
  part_no INTEGER NOT NULL,
  bank_account_id TEXT REFERENCES bank_account (bank_account_id),
  cash_cents INTEGER NOT NULL CHECK (cash_cents >= 0),
  items_cents INTEGER NOT NULL CHECK (items_cents >= 0),
  due_cents INTEGER NOT NULL,
  deposit_id TEXT,
  PRIMARY KEY (session_id, part_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX session_part_waiting ON session_part (deposit_id) WHERE deposit_id IS NULL;

CREATE TABLE session_part_item (
  session_id TEXT NOT NULL,
  part_no INTEGER NOT NULL,
  item_no INTEGER NOT NULL,
  tender TEXT NOT NULL,
  receipt_id TEXT,
  tender_no INTEGER,
  reference TEXT NOT NULL,
  routing_number TEXT,
  cents INTEGER NOT NULL,
  PRIMARY KEY (session_id, part_no, item_no),
  UNIQUE (receipt_id, tender_no),
  FOREIGN KEY (session_id, part_no) REFERENCES session_part (session_id, part_no)
) STRICT, WITHOUT ROWID;

-- Money that moved between drawer, safe and elsewhere without a receipt.
CREATE TABLE movement (
  movement_id TEXT PRIMARY KEY,
  movement_no INTEGER NOT NULL UNIQUE,
  number TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('turn-in', 'paid-in', 'paid-out', 'change-order')),
  session_id TEXT NOT NULL REFERENCES drawer_session (session_id),
  epoch INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  business_date TEXT NOT NULL,
  person_id TEXT NOT NULL REFERENCES person (person_id),
  second_person_id TEXT REFERENCES person (person_id),
  category TEXT NOT NULL,
  gl_account TEXT NOT NULL,
  reason TEXT NOT NULL,
  document_number TEXT NOT NULL,
  cash_cents INTEGER NOT NULL,
  items_cents INTEGER NOT NULL,
  hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX movement_by_session ON movement (session_id);
CREATE INDEX movement_by_date ON movement (business_date);

CREATE TABLE movement_piece (
  movement_id TEXT NOT NULL REFERENCES movement (movement_id),
  direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
  value_cents INTEGER NOT NULL,
  kind TEXT NOT NULL,
  pieces INTEGER NOT NULL,
  bundles INTEGER NOT NULL,
  cents INTEGER NOT NULL,
  PRIMARY KEY (movement_id, direction, value_cents, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE movement_item (
  movement_id TEXT NOT NULL REFERENCES movement (movement_id),
  item_no INTEGER NOT NULL,
  tender TEXT NOT NULL,
  receipt_id TEXT NOT NULL,
  tender_no INTEGER NOT NULL,
  reference TEXT NOT NULL,
  cents INTEGER NOT NULL,
  PRIMARY KEY (movement_id, item_no)
) STRICT, WITHOUT ROWID;

CREATE TABLE no_sale (
  session_id TEXT NOT NULL REFERENCES drawer_session (session_id),
  epoch INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  business_date TEXT NOT NULL,
  person_id TEXT NOT NULL REFERENCES person (person_id),
  reason TEXT NOT NULL,
  PRIMARY KEY (session_id, epoch, seq)
) STRICT, WITHOUT ROWID;

-- Cash into and out of the safe; its content is the sum.
CREATE TABLE safe_entry (
  entry_id TEXT PRIMARY KEY,
  epoch INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  business_date TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('turn-in', 'close', 'change-order', 'deposit', 'count')),
  session_id TEXT,
  deposit_id TEXT,
  person_id TEXT NOT NULL,
  second_person_id TEXT,
  cents INTEGER NOT NULL,
  reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX safe_entry_in_order ON safe_entry (epoch, seq);

CREATE TABLE safe_piece (
  entry_id TEXT NOT NULL REFERENCES safe_entry (entry_id),
  value_cents INTEGER NOT NULL,
  kind TEXT NOT NULL,
  pieces INTEGER NOT NULL,
  PRIMARY KEY (entry_id, value_cents, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE deposit (
  deposit_id TEXT PRIMARY KEY,
  deposit_no INTEGER NOT NULL UNIQUE,
  number TEXT NOT NULL UNIQUE,
  bank_account_id TEXT NOT NULL REFERENCES bank_account (bank_account_id),
  -- As the slip names it: the bank account may be changed later.
  bank_account_name TEXT NOT NULL,
  bank_name TEXT NOT NULL,
  routing_number TEXT NOT NULL,
  account_number TEXT NOT NULL,
  business_date TEXT NOT NULL,
  made_up_at INTEGER NOT NULL,
  preparer_id TEXT NOT NULL REFERENCES person (person_id),
  verifier_id TEXT,
  verified_at INTEGER,
  state TEXT NOT NULL CHECK (
    state IN ('made-up', 'verified', 'sealed', 'released', 'validated', 'credited', 'reopened')),
  bag_number TEXT NOT NULL COLLATE NOCASE,
  seal_number TEXT COLLATE NOCASE UNIQUE,
  slip_number TEXT,
  -- What the last step of custody found to be in it.
  found_cents INTEGER NOT NULL,
  -- By the policy of the day on which it was made up.
  due_at INTEGER NOT NULL,
  cash_cents INTEGER NOT NULL,
  items_cents INTEGER NOT NULL,
  total_cents INTEGER NOT NULL,
  hash TEXT NOT NULL,
  CHECK (cash_cents + items_cents = total_cents),
  CHECK (verifier_id <> preparer_id)
) STRICT, WITHOUT ROWID;

-- A bag that was opened again before its seal was never used; every other bag is used once.
CREATE UNIQUE INDEX deposit_bag ON deposit (bag_number) WHERE state <> 'reopened';

-- Every hand that a deposit went through, with what that hand found.
CREATE TABLE deposit_step (
  deposit_id TEXT NOT NULL REFERENCES deposit (deposit_id),
  epoch INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  step TEXT NOT NULL CHECK (
    step IN ('made-up', 'verified', 'sealed', 'released', 'validated', 'credited', 'reopened')),
  at INTEGER NOT NULL,
  person_id TEXT NOT NULL,
  second_person_id TEXT,
  cents INTEGER,
  item_count INTEGER,
  difference_cents INTEGER NOT NULL,
  reason TEXT NOT NULL,
  -- Bag and seal, carrier and signature, slip number and the bank's date: what the step wrote down.
  reference TEXT NOT NULL,
  second_reference TEXT NOT NULL,
  PRIMARY KEY (deposit_id, epoch, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE deposit_session (
  deposit_id TEXT NOT NULL REFERENCES deposit (deposit_id),
  session_id TEXT NOT NULL REFERENCES drawer_session (session_id),
  part_no INTEGER NOT NULL,
  cash_cents INTEGER NOT NULL,
  items_cents INTEGER NOT NULL,
  PRIMARY KEY (deposit_id, session_id, part_no)
) STRICT, WITHOUT ROWID;

CREATE TABLE deposit_piece (
  deposit_id TEXT NOT NULL REFERENCES deposit (deposit_id),
  step TEXT NOT NULL CHECK (step IN ('made-up', 'verified')),
  value_cents INTEGER NOT NULL,
  kind TEXT NOT NULL,
  pieces INTEGER NOT NULL,
  bundles INTEGER NOT NULL,
  cents INTEGER NOT NULL,
  PRIMARY KEY (deposit_id, step, value_cents, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE deposit_item (
  deposit_id TEXT NOT NULL REFERENCES deposit (deposit_id),
  item_no INTEGER NOT NULL,
  tender TEXT NOT NULL,
  receipt_id TEXT,
  tender_no INTEGER,
  reference TEXT NOT NULL,
  routing_number TEXT,
  cents INTEGER NOT NULL,
  PRIMARY KEY (deposit_id, item_no)
) STRICT, WITHOUT ROWID;
