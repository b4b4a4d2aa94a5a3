-- 파기: which months wrap nothing any more, what was destroyed, what is kept apart, requests to erase, the 파기대장, holds, and
-- disposal of records. No word of anybody stands here. The SQLite file of the same number makes the same tables.

-- 월 열쇠: since when no living key is wrapped by a month's epoch key; it dies when the backup horizon has passed since.
CREATE TABLE epoch_idle (month BIGINT PRIMARY KEY NOT NULL, since BIGINT NOT NULL);

-- 분리 보관: keys that no ordinary page opens, on what basis, until which day, and by which entry of the 파기대장.
ALTER TABLE vault_key ADD COLUMN apart BIGINT NOT NULL DEFAULT 0;
CREATE TABLE apart (
  owner BYTEA PRIMARY KEY NOT NULL, entry BYTEA NOT NULL, basis TEXT COLLATE "C" NOT NULL, until_day TEXT COLLATE "C" NOT NULL, at BIGINT NOT NULL
);
CREATE INDEX apart_until ON apart (until_day);

-- 파기: owners whose key was destroyed (done = 1) or is about to be (done = 0: decided, and the list outside may not know yet).
CREATE TABLE destroyed (
  owner BYTEA PRIMARY KEY NOT NULL, entry BYTEA NOT NULL, at BIGINT NOT NULL, done BIGINT NOT NULL
);
CREATE INDEX destroyed_entry ON destroyed (entry);
CREATE INDEX destroyed_done ON destroyed (done, at);

-- 파기대장: what kind, how many, on what ground, by whom; nobody's name.
CREATE TABLE destruction (
  id BYTEA PRIMARY KEY NOT NULL, year BIGINT NOT NULL, n BIGINT NOT NULL, at BIGINT NOT NULL, body TEXT COLLATE "C" NOT NULL
);
CREATE UNIQUE INDEX destruction_n ON destruction (year, n);

-- 개인정보 삭제 요구: its state is folded into the body; the words lie in the vault under the key of the request.
CREATE TABLE erasure (
  id BYTEA PRIMARY KEY NOT NULL, seq BIGINT NOT NULL, year BIGINT NOT NULL, n BIGINT NOT NULL, person BYTEA NOT NULL,
  code BYTEA NOT NULL, state TEXT COLLATE "C" NOT NULL, due BIGINT NOT NULL, body TEXT COLLATE "C" NOT NULL
);
CREATE UNIQUE INDEX erasure_n ON erasure (year, n);
CREATE INDEX erasure_state ON erasure (state, due, id);
CREATE INDEX erasure_person ON erasure (person);

-- 파기 정지: nothing destroys a petition while one stands. 9999-12-31 for until further notice; lifted_at 0 while it stands.
CREATE TABLE legal_hold (
  id BYTEA PRIMARY KEY NOT NULL, petition BYTEA NOT NULL, by_id BYTEA NOT NULL, at BIGINT NOT NULL, ground TEXT COLLATE "C" NOT NULL,
  until_day TEXT COLLATE "C" NOT NULL, text BYTEA NOT NULL, lifted_at BIGINT NOT NULL, lifted_by BYTEA NOT NULL
);
CREATE INDEX legal_hold_petition ON legal_hold (petition, lifted_at);

-- 기록물 폐기: the yearly proposals, and the petitions in each.
CREATE TABLE disposal (
  id BYTEA PRIMARY KEY NOT NULL, seq BIGINT NOT NULL, year BIGINT NOT NULL, unit BYTEA NOT NULL, state TEXT COLLATE "C" NOT NULL,
  made_at BIGINT NOT NULL, body TEXT COLLATE "C" NOT NULL
);
CREATE UNIQUE INDEX disposal_year ON disposal (year, unit);
CREATE INDEX disposal_state ON disposal (state, made_at);
CREATE TABLE disposal_item (
  disposal BYTEA NOT NULL, petition BYTEA NOT NULL, verdict TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (disposal, petition)
);
CREATE INDEX disposal_item_petition ON disposal_item (petition);

-- 색인: found by petition too, to be taken out of it.
CREATE INDEX entry_petition ON entry (petition);
