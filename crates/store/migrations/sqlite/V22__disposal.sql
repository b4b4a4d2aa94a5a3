-- 기록물 폐기: several lists of a department in a year, what became of each record, retention set anew; and who opened what is kept
-- apart. No word of anybody stands here. The PostgreSQL file of the same number makes the same tables.

ALTER TABLE disposal ADD COLUMN part INTEGER NOT NULL DEFAULT 1;
ALTER TABLE disposal ADD COLUMN carried INTEGER NOT NULL DEFAULT 0;
DROP INDEX disposal_year;
CREATE UNIQUE INDEX disposal_year ON disposal (year, unit, part);
CREATE INDEX disposal_carried ON disposal (state, carried);
CREATE INDEX disposal_newest ON disposal (made_at, id);
ALTER TABLE disposal_item ADD COLUMN fate TEXT NOT NULL DEFAULT '';

-- 보존기간 재책정: the term of a petition that the board set anew, by which disposal.
CREATE TABLE retention_anew (
  petition BLOB PRIMARY KEY NOT NULL, term TEXT NOT NULL, disposal BLOB NOT NULL, at INTEGER NOT NULL
) STRICT;

-- 분리 보관 열람: who opened what when; why lies in the vault under a key of its own.
CREATE TABLE apart_look (
  id BLOB PRIMARY KEY NOT NULL, owner BLOB NOT NULL, official BLOB NOT NULL, at INTEGER NOT NULL, text BLOB NOT NULL
) STRICT;
CREATE INDEX apart_look_at ON apart_look (at, id);
