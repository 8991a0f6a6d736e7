-- Payments of a till up to this place of its journal were in the billing system's own figures before it was enrolled.
ALTER TABLE enrolled_till ADD COLUMN known_epoch BIGINT NOT NULL DEFAULT 0;
ALTER TABLE enrolled_till ADD COLUMN known_seq BIGINT NOT NULL DEFAULT 0;
