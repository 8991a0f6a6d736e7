-- Where a till's journal ended when it was enrolled here: what it stated of other centrals lies before.
ALTER TABLE enrolled_till ADD COLUMN head_epoch BIGINT NOT NULL DEFAULT 0;
ALTER TABLE enrolled_till ADD COLUMN head_seq BIGINT NOT NULL DEFAULT 0;
