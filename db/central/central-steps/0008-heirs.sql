-- Who goes on as the customer of an account whose number another one bears: what tills still pay to it is that one's.
ALTER TABLE account ADD COLUMN heir_id TEXT;
CREATE INDEX account_with_heir ON account (account_id) WHERE heir_id IS NOT NULL;
