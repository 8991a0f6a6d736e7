-- One kind of alarm more: a till was set up under another code than it enrolled under.
ALTER TABLE alarm RENAME TO alarm_before;
CREATE TABLE alarm (
  till_id TEXT NOT NULL,
  alarm_no BIGINT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('fork', 'projection', 'other-content', 'future-date', 'unfit', 'till-code')),
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
INSERT INTO alarm SELECT * FROM alarm_before;
DROP TABLE alarm_before;
