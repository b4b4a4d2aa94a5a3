-- 문서: when a petition was received, for registers in the order of reception; templates and seals of the office. The SQLite file of the same number makes the same tables.

ALTER TABLE head ADD COLUMN received_at BIGINT NOT NULL DEFAULT 9223372036854775807;
UPDATE head SET received_at = (state::json -> 'reception' ->> 'at')::bigint WHERE reception_n > 0;
CREATE INDEX head_received ON head (received_at, id);
-- 기관 서식: every version stays; an empty content takes the paper back to the form that comes with the program.
CREATE TABLE template (
  paper TEXT COLLATE "C" NOT NULL, version BIGINT NOT NULL, made_at BIGINT NOT NULL, made_by BYTEA NOT NULL,
  digest BYTEA NOT NULL, content BYTEA NOT NULL,
  PRIMARY KEY (paper, version)
);
