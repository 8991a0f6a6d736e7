-- Where a session's money goes after its close, money that moved without a receipt, the safe, and deposits.

-- What stays in the drawer at close, piece by piece: what the next float should look like.
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
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  business_date TEXT NOT NULL,
  person_id TEXT NOT NULL REFERENCES person (person_id),
  second_person_id TEXT REFERENCES person (person_id),
  category TEXT NOT NULL,
  gl_account TEXT NOT NULL,
  reason TEXT NOT NULL,
  paper TEXT NOT NULL,
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
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  business_date TEXT NOT NULL,
  person_id TEXT NOT NULL REFERENCES person (person_id),
  reason TEXT NOT NULL,
  PRIMARY KEY (session_id, seq)
) STRICT, WITHOUT ROWID;

-- Cash into and out of the safe; its content is the sum.
CREATE TABLE safe_entry (
  entry_id TEXT PRIMARY KEY,
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
CREATE INDEX safe_entry_by_seq ON safe_entry (seq);

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
  business_date TEXT NOT NULL,
  made_up_at INTEGER NOT NULL,
  preparer_id TEXT NOT NULL REFERENCES person (person_id),
  verifier_id TEXT,
  verified_at INTEGER,
  state TEXT NOT NULL CHECK (
    state IN ('made-up', 'verified', 'sealed', 'handed-over', 'validated', 'credited', 'reopened')),
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
  seq INTEGER NOT NULL,
  step TEXT NOT NULL CHECK (
    step IN ('made-up', 'verified', 'sealed', 'handed-over', 'validated', 'credited', 'reopened')),
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
  PRIMARY KEY (deposit_id, seq)
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
