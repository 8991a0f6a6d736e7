-- After central was restored from a backup nothing is carried until somebody has said which files were delivered; why, in words.
INSERT INTO city_setting (name, value) VALUES ('carrierHeld', '');
-- Lines that were in a delivered file, of which this database knew nothing: what tills send of them again is in that file.
CREATE TABLE delivered_line (
  till_id TEXT NOT NULL,
  receipt_id TEXT NOT NULL,
  line_no BIGINT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('posted', 'reversed')),
  attempt BIGINT NOT NULL,
  file_no BIGINT NOT NULL,
  -- Of its first entry.
  detail_no BIGINT NOT NULL,
  PRIMARY KEY (till_id, receipt_id, line_no, kind, attempt)
);
