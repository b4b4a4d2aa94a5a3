-- 파기: which months wrap nothing any more, what was destroyed, what is kept apart, requests to erase, the 파기대장, holds, and
-- disposal of records. No word of anybody stands here. The PostgreSQL file of the same number makes the same tables.

-- 월 열쇠: since when no living key is wrapped by a month's epoch key; it dies when the backup horizon has passed since.
CREATE TABLE epoch_idle (month INTEGER PRIMARY KEY NOT NULL, since INTEGER NOT NULL) STRICT;

-- 분리 보관: keys that no ordinary page opens, on what basis, until which day, and by which entry of the 파기대장.
ALTER TABLE vault_key ADD COLUMN apart INTEGER NOT NULL DEFAULT 0;
CREATE TABLE apart (
  owner BLOB PRIMARY KEY NOT NULL, entry BLOB NOT NULL, basis TEXT NOT NULL, until_day TEXT NOT NULL, at INTEGER NOT NULL
) STRICT;
CREATE INDEX apart_until ON apart (until_day);

-- 파기: owners whose key was destroyed (done = 1) or is about to be (done = 0: decided, and the list outside may not know yet).
CREATE TABLE destroyed (
  owner BLOB PRIMARY KEY NOT NULL, entry BLOB NOT NULL, at INTEGER NOT NULL, done INTEGER NOT NULL
) STRICT;
CREATE INDEX destroyed_entry ON destroyed (entry);
CREATE INDEX destroyed_done ON destroyed (done, at);

-- 파기대장: what kind, how many, on what ground, by whom; nobody's name.
CREATE TABLE destruction (
  id BLOB PRIMARY KEY NOT NULL, year INTEGER NOT NULL, n INTEGER NOT NULL, at INTEGER NOT NULL, body TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX destruction_n ON destruction (year, n);

-- 개인정보 삭제 요구: its state is folded into the body; the words lie in the vault under the key of the request.
CREATE TABLE erasure (
  id BLOB PRIMARY KEY NOT NULL, seq INTEGER NOT NULL, year INTEGER NOT NULL, n INTEGER NOT NULL, person BLOB NOT NULL,
  code BLOB NOT NULL, state TEXT NOT NULL, due INTEGER NOT NULL, body TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX erasure_n ON erasure (year, n);
CREATE INDEX erasure_state ON erasure (state, due, id);
CREATE INDEX erasure_person ON erasure (person);

-- 파기 정지: nothing destroys a petition while one stands. 9999-12-31 for until further notice; lifted_at 0 while it stands.
CREATE TABLE legal_hold (
  id BLOB PRIMARY KEY NOT NULL, petition BLOB NOT NULL, by_id BLOB NOT NULL, at INTEGER NOT NULL, ground TEXT NOT NULL,
  until_day TEXT NOT NULL, text BLOB NOT NULL, lifted_at INTEGER NOT NULL, lifted_by BLOB NOT NULL
) STRICT;
CREATE INDEX legal_hold_petition ON legal_hold (petition, lifted_at);

-- 기록물 폐기: the yearly proposals, and the petitions in each.
CREATE TABLE disposal (
  id BLOB PRIMARY KEY NOT NULL, seq INTEGER NOT NULL, year INTEGER NOT NULL, unit BLOB NOT NULL, state TEXT NOT NULL,
  made_at INTEGER NOT NULL, body TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX disposal_year ON disposal (year, unit);
CREATE INDEX disposal_state ON disposal (state, made_at);
CREATE TABLE disposal_item (
  disposal BLOB NOT NULL, petition BLOB NOT NULL, verdict TEXT NOT NULL,
  PRIMARY KEY (disposal, petition)
) STRICT, WITHOUT ROWID;
CREATE INDEX disposal_item_petition ON disposal_item (petition);
