-- After central was restored from a backup nothing is carried until somebody has said which files were delivered; why, in words.
INSERT INTO city_setting (name, value) VALUES ('carrierHeld', '');
-- What was in a delivered file of which this database knew nothing, until it is settled with what tills send of it again.
CREATE TABLE delivered_detail (
  till_id TEXT NOT NULL,
  receipt_id TEXT NOT NULL,
  line_no BIGINT NOT NULL,
  entry_no BIGINT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('posted', 'reversed')),
  attempt BIGINT NOT NULL,
  account_id TEXT NOT NULL,
  item_id TEXT,
  gl_account TEXT NOT NULL,
  cents BIGINT NOT NULL,
  file_no BIGINT NOT NULL,
  detail_no BIGINT NOT NULL,
  status TEXT CHECK (status IN ('accepted', 'rejected')),
  billing_reference TEXT,
  said TEXT,
  answered_at BIGINT,
  PRIMARY KEY (till_id, receipt_id, line_no, entry_no, kind, attempt, file_no)
);
