-- 사람과 조직 — units in versions, who succeeds them, absences, hand-overs, and who did an act in whose place.
-- The PostgreSQL file of the same number makes the same tables.

-- 대행·대결: in whose place an event was done; 16 zero bytes for none.
ALTER TABLE event ADD COLUMN instead_of BLOB NOT NULL DEFAULT x'00000000000000000000000000000000';

-- 후결·공람: of whom a confirmation or a reading is awaited; derived from the heads.
CREATE TABLE awaited (
  official BLOB NOT NULL, what TEXT NOT NULL, petition BLOB NOT NULL,
  PRIMARY KEY (official, what, petition)
) STRICT, WITHOUT ROWID;
CREATE INDEX awaited_petition ON awaited (petition);

-- 부서: one row for each version, valid from a day to a day.
CREATE TABLE unit_versions (
  id BLOB NOT NULL, code TEXT NOT NULL, body TEXT NOT NULL, valid_from TEXT NOT NULL, valid_to TEXT NOT NULL,
  PRIMARY KEY (id, valid_from)
) STRICT, WITHOUT ROWID;
INSERT INTO unit_versions (id, code, body, valid_from, valid_to) SELECT id, code, body, valid_from, valid_to FROM unit;
DROP TABLE unit;
ALTER TABLE unit_versions RENAME TO unit;
CREATE UNIQUE INDEX unit_code ON unit (code, valid_from);

-- 승계: the units that go on with the work of a closed one; the first one takes what is assigned to none.
CREATE TABLE succession (
  unit BLOB NOT NULL, nth INTEGER NOT NULL, successor BLOB NOT NULL, from_day TEXT NOT NULL,
  PRIMARY KEY (unit, nth)
) STRICT, WITHOUT ROWID;

-- 부재: kind, time and substitutes; 16 zero bytes for no substitute. What was cancelled stays, with a time.
CREATE TABLE absence (
  id BLOB PRIMARY KEY NOT NULL, official BLOB NOT NULL, kind TEXT NOT NULL, from_at INTEGER NOT NULL, to_at INTEGER NOT NULL,
  stand_in BLOB NOT NULL, deputy BLOB NOT NULL, made_by BLOB NOT NULL, made_at INTEGER NOT NULL, cancelled_at INTEGER NOT NULL
) STRICT;
CREATE INDEX absence_to ON absence (to_at);
CREATE INDEX absence_official ON absence (official, from_at);

-- 변경 이력: who changed what of units, officials, absences and hand-overs, and how it stands since.
CREATE TABLE office_change (
  id BLOB PRIMARY KEY NOT NULL, at INTEGER NOT NULL, by_kind TEXT NOT NULL, by_id BLOB NOT NULL, origin BLOB NOT NULL,
  what TEXT NOT NULL, subject BLOB NOT NULL, body TEXT NOT NULL
) STRICT;
CREATE INDEX office_change_at ON office_change (at, id);
CREATE INDEX office_change_subject ON office_change (subject, at);

-- 인계·인수: one hand-over, and each petition in it.
CREATE TABLE handover (
  id BLOB PRIMARY KEY NOT NULL, giver BLOB NOT NULL, made_by BLOB NOT NULL, made_at INTEGER NOT NULL, state TEXT NOT NULL,
  done_at INTEGER NOT NULL, witness BLOB NOT NULL, note TEXT NOT NULL
) STRICT;
CREATE INDEX handover_made ON handover (made_at);
CREATE INDEX handover_state ON handover (state, made_at);
CREATE TABLE handover_item (
  handover BLOB NOT NULL, petition BLOB NOT NULL, what TEXT NOT NULL, receiver BLOB NOT NULL, state TEXT NOT NULL,
  refusal TEXT NOT NULL, done_at INTEGER NOT NULL,
  PRIMARY KEY (handover, petition, what)
) STRICT, WITHOUT ROWID;
CREATE INDEX handover_item_state ON handover_item (handover, state);
CREATE TABLE handover_receipt (
  handover BLOB NOT NULL, receiver BLOB NOT NULL, confirmed_at INTEGER NOT NULL, manuals INTEGER NOT NULL,
  PRIMARY KEY (handover, receiver)
) STRICT, WITHOUT ROWID;
