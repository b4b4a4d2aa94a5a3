-- 발송대장: a line for each letter that goes by post. It follows the journal and can be rebuilt from it. The PostgreSQL file of
-- the same number makes the same table.
CREATE TABLE mailing (
  petition BLOB NOT NULL, no INTEGER NOT NULL, mail TEXT NOT NULL, state TEXT NOT NULL, since INTEGER NOT NULL,
  sent_on TEXT NOT NULL, ended_on TEXT NOT NULL,
  PRIMARY KEY (petition, no)
) STRICT, WITHOUT ROWID;
CREATE INDEX mailing_state ON mailing (state, since, petition, no);
CREATE INDEX mailing_since ON mailing (since, petition, no);
