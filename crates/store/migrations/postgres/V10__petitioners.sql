-- 발송대장: a line for each letter that goes by post. It follows the journal and can be rebuilt from it. The SQLite file of
-- the same number makes the same table.
CREATE TABLE mailing (
  petition BYTEA NOT NULL, no BIGINT NOT NULL, mail TEXT COLLATE "C" NOT NULL, state TEXT COLLATE "C" NOT NULL, since BIGINT NOT NULL,
  sent_on TEXT COLLATE "C" NOT NULL, ended_on TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (petition, no)
);
CREATE INDEX mailing_state ON mailing (state, since, petition, no);
CREATE INDEX mailing_since ON mailing (since, petition, no);
