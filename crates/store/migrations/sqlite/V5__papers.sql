-- 문서: when a petition was received, for registers in the order of reception; templates and seals of the office. The PostgreSQL file of the same number makes the same tables.

ALTER TABLE head ADD COLUMN received_at INTEGER NOT NULL DEFAULT 9223372036854775807;
UPDATE head SET received_at = json_extract(state, '$.reception.at') WHERE reception_n > 0;
CREATE INDEX head_received ON head (received_at, id);
-- 기관 서식: every version stays; an empty content takes the paper back to the form that comes with the program.
CREATE TABLE template (
  paper TEXT NOT NULL, version INTEGER NOT NULL, made_at INTEGER NOT NULL, made_by BLOB NOT NULL,
  digest BLOB NOT NULL, content BLOB NOT NULL,
  PRIMARY KEY (paper, version)
) STRICT;
