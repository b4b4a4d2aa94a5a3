-- 기록물 폐기: several lists of a department in a year, what became of each record, retention set anew; and who opened what is kept
-- apart. No word of anybody stands here. The SQLite file of the same number makes the same tables.

ALTER TABLE disposal ADD COLUMN part BIGINT NOT NULL DEFAULT 1;
ALTER TABLE disposal ADD COLUMN carried BIGINT NOT NULL DEFAULT 0;
DROP INDEX disposal_year;
CREATE UNIQUE INDEX disposal_year ON disposal (year, unit, part);
CREATE INDEX disposal_carried ON disposal (state, carried);
CREATE INDEX disposal_newest ON disposal (made_at, id);
ALTER TABLE disposal_item ADD COLUMN fate TEXT COLLATE "C" NOT NULL DEFAULT '';

-- 보존기간 재책정: the term of a petition that the board set anew, by which disposal.
CREATE TABLE retention_anew (
  petition BYTEA PRIMARY KEY NOT NULL, term TEXT COLLATE "C" NOT NULL, disposal BYTEA NOT NULL, at BIGINT NOT NULL
);

-- 분리 보관 열람: who opened what when; why lies in the vault under a key of its own.
CREATE TABLE apart_look (
  id BYTEA PRIMARY KEY NOT NULL, owner BYTEA NOT NULL, official BYTEA NOT NULL, at BIGINT NOT NULL, text BYTEA NOT NULL
);
CREATE INDEX apart_look_at ON apart_look (at, id);
