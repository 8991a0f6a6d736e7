-- What was paid goes over with its account to another id, and is looked for by the account then.
CREATE INDEX posting_by_account ON posting (account_id);
CREATE INDEX posting_entry_by_account ON posting_entry (account_id);
CREATE INDEX payment_detail_by_account ON payment_detail (account_id);
