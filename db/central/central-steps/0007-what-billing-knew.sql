-- Payments of a till up to this place of its journal were in the billing system's own figures before it was enrolled.
ALTER TABLE enrolled_till ADD COLUMN known_epoch BIGINT NOT NULL DEFAULT 0;
ALTER TABLE enrolled_till ADD COLUMN known_seq BIGINT NOT NULL DEFAULT 0;
-- When the billing system wrote a file of accounts: what it had accepted by then of what payment files carry is in its figures.
ALTER TABLE account_file ADD COLUMN written_ms BIGINT NOT NULL DEFAULT 0;
UPDATE account_file SET written_ms = through_ms;
