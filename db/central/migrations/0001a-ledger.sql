-- The ledger of every till: the till's own tables with the till first in each key, so that they can be
-- distributed by it. No row refers to another by a constraint: what a till states is never refused for its content,
-- what does not fit is an alarm.

CREATE TABLE "journal" (
  till_id TEXT NOT NULL,
  epoch BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  command_id TEXT NOT NULL,
  command_hash TEXT NOT NULL,
  kind TEXT NOT NULL,
  version BIGINT NOT NULL,
  at BIGINT NOT NULL,
  business_date TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  body TEXT NOT NULL,
  prev_hash TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (till_id, epoch, seq)
);

CREATE TABLE "till" (
  till_id TEXT NOT NULL,
  code TEXT NOT NULL,
  epoch BIGINT NOT NULL,
  sample BIGINT NOT NULL,
  set_up_at BIGINT NOT NULL,
  last_receipt_no BIGINT NOT NULL,
  last_session_no BIGINT NOT NULL,
  last_z_no BIGINT NOT NULL,
  last_deposit_no BIGINT NOT NULL,
  last_movement_no BIGINT NOT NULL,
  PRIMARY KEY (till_id)
);

CREATE TABLE "setting" (
  till_id TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (till_id, name)
);

CREATE TABLE "person" (
  till_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  active BIGINT NOT NULL,
  credential_digest TEXT NOT NULL,
  failed_count BIGINT NOT NULL,
  last_failed_at BIGINT NOT NULL,
  locked_out BIGINT NOT NULL,
  PRIMARY KEY (till_id, person_id)
);

CREATE TABLE "drawer" (
  till_id TEXT NOT NULL,
  drawer_id TEXT NOT NULL,
  name TEXT NOT NULL,
  active BIGINT NOT NULL,
  float_cents BIGINT NOT NULL,
  limit_cents BIGINT NOT NULL,
  PRIMARY KEY (till_id, drawer_id)
);

CREATE TABLE "catalog_item" (
  till_id TEXT NOT NULL,
  catalog_item_id TEXT NOT NULL,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  pricing TEXT NOT NULL,
  price_cents BIGINT,
  rate_millionths BIGINT,
  unit_label TEXT NOT NULL,
  gl_account TEXT NOT NULL,
  reference_label TEXT,
  is_deposit BIGINT NOT NULL,
  active BIGINT NOT NULL,
  PRIMARY KEY (till_id, catalog_item_id)
);

CREATE TABLE "tender_type" (
  till_id TEXT NOT NULL,
  tender TEXT NOT NULL,
  name TEXT NOT NULL,
  active BIGINT NOT NULL,
  opens_drawer BIGINT NOT NULL,
  change_allowed BIGINT NOT NULL,
  reference_required BIGINT NOT NULL,
  counted TEXT NOT NULL,
  banked BIGINT NOT NULL,
  gl_account TEXT NOT NULL,
  sort BIGINT NOT NULL,
  PRIMARY KEY (till_id, tender)
);

CREATE TABLE "bank_account" (
  till_id TEXT NOT NULL,
  bank_account_id TEXT NOT NULL,
  name TEXT NOT NULL,
  bank_name TEXT NOT NULL,
  routing_number TEXT NOT NULL,
  account_number TEXT NOT NULL,
  active BIGINT NOT NULL,
  PRIMARY KEY (till_id, bank_account_id)
);

CREATE TABLE "account_import" (
  till_id TEXT NOT NULL,
  import_id TEXT NOT NULL,
  epoch BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  at BIGINT NOT NULL,
  source TEXT NOT NULL,
  source_name TEXT NOT NULL,
  file_sha256 TEXT NOT NULL,
  account_count BIGINT NOT NULL,
  item_count BIGINT NOT NULL,
  bad_row_count BIGINT NOT NULL,
  as_of_ms BIGINT NOT NULL,
  through_epoch BIGINT NOT NULL,
  through_seq BIGINT NOT NULL,
  root TEXT NOT NULL,
  PRIMARY KEY (till_id, import_id)
);

CREATE TABLE "drawer_session" (
  till_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  session_no BIGINT NOT NULL,
  number TEXT NOT NULL,
  drawer_id TEXT NOT NULL,
  cashier_id TEXT NOT NULL,
  business_date TEXT NOT NULL,
  opened_at BIGINT NOT NULL,
  state TEXT NOT NULL,
  float_wanted_cents BIGINT NOT NULL,
  receipt_count BIGINT NOT NULL,
  void_count BIGINT NOT NULL,
  last_activity_at BIGINT NOT NULL,
  count_round BIGINT NOT NULL,
  closing_count_id TEXT,
  closed_at BIGINT,
  z_no BIGINT,
  z_number TEXT,
  z_hash TEXT,
  close_reason TEXT,
  approved_by TEXT,
  over_short_gl_account TEXT,
  fund_cents BIGINT NOT NULL,
  left_cents BIGINT,
  handed_from TEXT,
  hand_to_id TEXT,
  PRIMARY KEY (till_id, session_id)
);

CREATE TABLE "session_tender" (
  till_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  tender TEXT NOT NULL,
  float_cents BIGINT NOT NULL,
  tendered_cents BIGINT NOT NULL,
  change_cents BIGINT NOT NULL,
  paid_in_cents BIGINT NOT NULL,
  paid_out_cents BIGINT NOT NULL,
  turned_in_cents BIGINT NOT NULL,
  refunded_cents BIGINT NOT NULL,
  item_count BIGINT NOT NULL,
  expected_cents BIGINT,
  counted_cents BIGINT,
  over_short_cents BIGINT,
  PRIMARY KEY (till_id, session_id, tender)
);

CREATE TABLE "count" (
  till_id TEXT NOT NULL,
  count_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  seq BIGINT NOT NULL,
  purpose TEXT NOT NULL,
  person_id TEXT NOT NULL,
  second_person_id TEXT,
  at BIGINT NOT NULL,
  PRIMARY KEY (till_id, count_id)
);

CREATE TABLE "count_piece" (
  till_id TEXT NOT NULL,
  count_id TEXT NOT NULL,
  value_cents BIGINT NOT NULL,
  kind TEXT NOT NULL,
  pieces BIGINT NOT NULL,
  bundles BIGINT NOT NULL,
  cents BIGINT NOT NULL,
  PRIMARY KEY (till_id, count_id, value_cents, kind)
);

CREATE TABLE "count_item" (
  till_id TEXT NOT NULL,
  count_id TEXT NOT NULL,
  item_no BIGINT NOT NULL,
  tender TEXT NOT NULL,
  cents BIGINT NOT NULL,
  reference TEXT NOT NULL,
  receipt_id TEXT,
  tender_no BIGINT,
  PRIMARY KEY (till_id, count_id, item_no)
);

CREATE TABLE "count_total" (
  till_id TEXT NOT NULL,
  count_id TEXT NOT NULL,
  tender TEXT NOT NULL,
  cents BIGINT NOT NULL,
  expected_cents BIGINT NOT NULL,
  over_short_cents BIGINT NOT NULL,
  PRIMARY KEY (till_id, count_id, tender)
);

CREATE TABLE "receipt" (
  till_id TEXT NOT NULL,
  receipt_id TEXT NOT NULL,
  receipt_no BIGINT NOT NULL,
  epoch BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  number TEXT NOT NULL,
  session_id TEXT NOT NULL,
  cashier_id TEXT NOT NULL,
  posted_at BIGINT NOT NULL,
  business_date TEXT NOT NULL,
  state TEXT NOT NULL,
  total_cents BIGINT NOT NULL,
  tendered_cents BIGINT NOT NULL,
  rounding_cents BIGINT NOT NULL,
  change_cents BIGINT NOT NULL,
  hash TEXT NOT NULL,
  print_count BIGINT NOT NULL,
  void_reason TEXT,
  voided_at BIGINT,
  voided_by TEXT,
  void_approved_by TEXT,
  void_epoch BIGINT,
  void_seq BIGINT,
  PRIMARY KEY (till_id, receipt_id)
);

CREATE TABLE "receipt_piece" (
  till_id TEXT NOT NULL,
  receipt_id TEXT NOT NULL,
  value_cents BIGINT NOT NULL,
  kind TEXT NOT NULL,
  taken BIGINT NOT NULL,
  given BIGINT NOT NULL,
  PRIMARY KEY (till_id, receipt_id, value_cents, kind)
);

CREATE TABLE "receipt_line" (
  till_id TEXT NOT NULL,
  receipt_id TEXT NOT NULL,
  line_no BIGINT NOT NULL,
  kind TEXT NOT NULL,
  account_id TEXT,
  account_number TEXT,
  catalog_item_id TEXT,
  code TEXT,
  name TEXT NOT NULL,
  address TEXT NOT NULL,
  quantity BIGINT NOT NULL,
  unit_price_cents BIGINT,
  base_cents BIGINT,
  reference TEXT NOT NULL,
  cents BIGINT NOT NULL,
  gl_account TEXT,
  balance_before_cents BIGINT,
  as_of_ms BIGINT,
  PRIMARY KEY (till_id, receipt_id, line_no)
);

CREATE TABLE "receipt_allocation" (
  till_id TEXT NOT NULL,
  receipt_id TEXT NOT NULL,
  line_no BIGINT NOT NULL,
  allocation_no BIGINT NOT NULL,
  item_id TEXT,
  service TEXT NOT NULL,
  due_date TEXT,
  cents BIGINT NOT NULL,
  gl_account TEXT NOT NULL,
  PRIMARY KEY (till_id, receipt_id, line_no, allocation_no)
);

CREATE TABLE "receipt_tender" (
  till_id TEXT NOT NULL,
  receipt_id TEXT NOT NULL,
  tender_no BIGINT NOT NULL,
  session_id TEXT NOT NULL,
  tender TEXT NOT NULL,
  cents BIGINT NOT NULL,
  reference TEXT NOT NULL,
  routing_number TEXT,
  account_last4 TEXT,
  account_hash TEXT,
  card_brand TEXT,
  card_last4 TEXT,
  approval_code TEXT,
  voided BIGINT NOT NULL,
  movement_id TEXT,
  PRIMARY KEY (till_id, receipt_id, tender_no)
);

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
