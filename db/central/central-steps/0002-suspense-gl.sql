-- Where a line's money stands while it has no home: it is taken out of there again, whatever the city has set since.
ALTER TABLE posting ADD COLUMN suspense_gl TEXT;
UPDATE posting SET suspense_gl = coalesce(
  (SELECT value FROM city_setting WHERE name = 'suspenseGlAccount'), '')
WHERE state IN ('suspense', 'not-reversed');
ALTER TABLE posting ADD CONSTRAINT posting_stands_somewhere
  CHECK (state NOT IN ('suspense', 'not-reversed') OR suspense_gl IS NOT NULL);
