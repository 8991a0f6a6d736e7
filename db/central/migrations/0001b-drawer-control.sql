-- Where a session's money goes after its close: the till's tables once more, with the till first in each key.

CREATE TABLE "session_left_piece" (
  till_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  value_cents BIGINT NOT NULL,
  kind TEXT NOT NULL,
  pieces BIGINT NOT NULL,
  bundles BIGINT NOT NULL,
  cents BIGINT NOT NULL,
  PRIMARY KEY (till_id, session_id, value_cents, kind)
);

CREATE TABLE "session_part" (
  till_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  part_no BIGINT NOT NULL,
  bank_account_id TEXT,
  cash_cents BIGINT NOT NULL,
  items_cents BIGINT NOT NULL,
  due_cents BIGINT NOT NULL,
  deposit_id TEXT,
  PRIMARY KEY (till_id, session_id, part_no)
);

CREATE TABLE "session_part_item" (
  till_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  part_no BIGINT NOT NULL,
  item_no BIGINT NOT NULL,
  tender TEXT NOT NULL,
  receipt_id TEXT,
  tender_no BIGINT,
  reference TEXT NOT NULL,
  routing_number TEXT,
  cents BIGINT NOT NULL,
  PRIMARY KEY (till_id, session_id, part_no, item_no)
);

CREATE TABLE "movement" (
  till_id TEXT NOT NULL,
  movement_id TEXT NOT NULL,
  movement_no BIGINT NOT NULL,
  number TEXT NOT NULL,
  kind TEXT NOT NULL,
  session_id TEXT NOT NULL,
  seq BIGINT NOT NULL,
  at BIGINT NOT NULL,
  business_date TEXT NOT NULL,
  person_id TEXT NOT NULL,
  second_person_id TEXT,
  category TEXT NOT NULL,
  gl_account TEXT NOT NULL,
  reason TEXT NOT NULL,
  paper TEXT NOT NULL,
  cash_cents BIGINT NOT NULL,
  items_cents BIGINT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (till_id, movement_id)
);

CREATE TABLE "movement_piece" (
  till_id TEXT NOT NULL,
  movement_id TEXT NOT NULL,
  direction TEXT NOT NULL,
  value_cents BIGINT NOT NULL,
  kind TEXT NOT NULL,
  pieces BIGINT NOT NULL,
  bundles BIGINT NOT NULL,
  cents BIGINT NOT NULL,
  PRIMARY KEY (till_id, movement_id, direction, value_cents, kind)
);

CREATE TABLE "movement_item" (
  till_id TEXT NOT NULL,
  movement_id TEXT NOT NULL,
  item_no BIGINT NOT NULL,
  tender TEXT NOT NULL,
  receipt_id TEXT NOT NULL,
  tender_no BIGINT NOT NULL,
  reference TEXT NOT NULL,
  cents BIGINT NOT NULL,
  PRIMARY KEY (till_id, movement_id, item_no)
);

CREATE TABLE "no_sale" (
  till_id TEXT NOT NULL,
  epoch BIGINT NOT NULL,
  session_id TEXT NOT NULL,
  seq BIGINT NOT NULL,
  at BIGINT NOT NULL,
  business_date TEXT NOT NULL,
  person_id TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (till_id, session_id, epoch, seq)
);

CREATE TABLE "safe_entry" (
  till_id TEXT NOT NULL,
  entry_id TEXT NOT NULL,
  seq BIGINT NOT NULL,
  at BIGINT NOT NULL,
  business_date TEXT NOT NULL,
  kind TEXT NOT NULL,
  session_id TEXT,
  deposit_id TEXT,
  person_id TEXT NOT NULL,
  second_person_id TEXT,
  cents BIGINT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (till_id, entry_id)
);

CREATE TABLE "safe_piece" (
  till_id TEXT NOT NULL,
  entry_id TEXT NOT NULL,
  value_cents BIGINT NOT NULL,
  kind TEXT NOT NULL,
  pieces BIGINT NOT NULL,
  PRIMARY KEY (till_id, entry_id, value_cents, kind)
);

CREATE TABLE "deposit" (
  till_id TEXT NOT NULL,
  deposit_id TEXT NOT NULL,
  deposit_no BIGINT NOT NULL,
  number TEXT NOT NULL,
  bank_account_id TEXT NOT NULL,
  business_date TEXT NOT NULL,
  made_up_at BIGINT NOT NULL,
  preparer_id TEXT NOT NULL,
  verifier_id TEXT,
  verified_at BIGINT,
  state TEXT NOT NULL,
  bag_number TEXT NOT NULL,
  seal_number TEXT,
  slip_number TEXT,
  found_cents BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  cash_cents BIGINT NOT NULL,
  items_cents BIGINT NOT NULL,
  total_cents BIGINT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (till_id, deposit_id)
);

CREATE TABLE "deposit_step" (
  till_id TEXT NOT NULL,
  epoch BIGINT NOT NULL,
  deposit_id TEXT NOT NULL,
  seq BIGINT NOT NULL,
  step TEXT NOT NULL,
  at BIGINT NOT NULL,
  person_id TEXT NOT NULL,
  second_person_id TEXT,
  cents BIGINT,
  item_count BIGINT,
  difference_cents BIGINT NOT NULL,
  reason TEXT NOT NULL,
  reference TEXT NOT NULL,
  second_reference TEXT NOT NULL,
  PRIMARY KEY (till_id, deposit_id, epoch, seq)
);

CREATE TABLE "deposit_session" (
  till_id TEXT NOT NULL,
  deposit_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  part_no BIGINT NOT NULL,
  cash_cents BIGINT NOT NULL,
  items_cents BIGINT NOT NULL,
  PRIMARY KEY (till_id, deposit_id, session_id, part_no)
);

CREATE TABLE "deposit_piece" (
  till_id TEXT NOT NULL,
  deposit_id TEXT NOT NULL,
  step TEXT NOT NULL,
  value_cents BIGINT NOT NULL,
  kind TEXT NOT NULL,
  pieces BIGINT NOT NULL,
  bundles BIGINT NOT NULL,
  cents BIGINT NOT NULL,
  PRIMARY KEY (till_id, deposit_id, step, value_cents, kind)
);

CREATE TABLE "deposit_item" (
  till_id TEXT NOT NULL,
  deposit_id TEXT NOT NULL,
  item_no BIGINT NOT NULL,
  tender TEXT NOT NULL,
  receipt_id TEXT,
  tender_no BIGINT,
  reference TEXT NOT NULL,
  routing_number TEXT,
  cents BIGINT NOT NULL,
  PRIMARY KEY (till_id, deposit_id, item_no)
);

CREATE INDEX movement_by_session ON movement (till_id, session_id);
CREATE INDEX session_part_by_deposit ON session_part (till_id, deposit_id);
