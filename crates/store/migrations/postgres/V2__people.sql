-- 사람과 조직 — units in versions, who succeeds them, absences, hand-overs, and who did an act in whose place.
-- The SQLite file of the same number makes the same tables.

-- 대행·대결: in whose place an event was done; 16 zero bytes for none.
ALTER TABLE event ADD COLUMN instead_of BYTEA NOT NULL DEFAULT '\x00000000000000000000000000000000'::bytea;

-- 후결·공람: of whom a confirmation or a reading is awaited; derived from the heads.
CREATE TABLE awaited (
  official BYTEA NOT NULL, what TEXT COLLATE "C" NOT NULL, petition BYTEA NOT NULL,
  PRIMARY KEY (official, what, petition)
);
CREATE INDEX awaited_petition ON awaited (petition);

-- 부서: one row for each version, valid from a day to a day.
CREATE TABLE unit_versions (
  id BYTEA NOT NULL, code TEXT COLLATE "C" NOT NULL, body TEXT COLLATE "C" NOT NULL, valid_from TEXT COLLATE "C" NOT NULL, valid_to TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (id, valid_from)
);
INSERT INTO unit_versions (id, code, body, valid_from, valid_to) SELECT id, code, body, valid_from, valid_to FROM unit;
DROP TABLE unit;
ALTER TABLE unit_versions RENAME TO unit;
CREATE UNIQUE INDEX unit_code ON unit (code, valid_from);

-- 승계: the units that go on with the work of a closed one; the first one takes what is assigned to none.
CREATE TABLE succession (
  unit BYTEA NOT NULL, nth BIGINT NOT NULL, successor BYTEA NOT NULL, from_day TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (unit, nth)
);

-- 부재: kind, time and substitutes; 16 zero bytes for no substitute. What was cancelled stays, with a time.
CREATE TABLE absence (
  id BYTEA PRIMARY KEY NOT NULL, official BYTEA NOT NULL, kind TEXT COLLATE "C" NOT NULL, from_at BIGINT NOT NULL, to_at BIGINT NOT NULL,
  stand_in BYTEA NOT NULL, deputy BYTEA NOT NULL, made_by BYTEA NOT NULL, made_at BIGINT NOT NULL, cancelled_at BIGINT NOT NULL
);
CREATE INDEX absence_to ON absence (to_at);
CREATE INDEX absence_official ON absence (official, from_at);

-- 변경 이력: who changed what of units, officials, absences and hand-overs, and how it stands since.
CREATE TABLE office_change (
  id BYTEA PRIMARY KEY NOT NULL, at BIGINT NOT NULL, by_kind TEXT COLLATE "C" NOT NULL, by_id BYTEA NOT NULL, origin BYTEA NOT NULL,
  what TEXT COLLATE "C" NOT NULL, subject BYTEA NOT NULL, body TEXT COLLATE "C" NOT NULL
);
CREATE INDEX office_change_at ON office_change (at, id);
CREATE INDEX office_change_subject ON office_change (subject, at);

-- 인계·인수: one hand-over, and each petition in it.
CREATE TABLE handover (
  id BYTEA PRIMARY KEY NOT NULL, giver BYTEA NOT NULL, made_by BYTEA NOT NULL, made_at BIGINT NOT NULL, state TEXT COLLATE "C" NOT NULL,
  done_at BIGINT NOT NULL, witness BYTEA NOT NULL, note TEXT COLLATE "C" NOT NULL
);
CREATE INDEX handover_made ON handover (made_at);
CREATE INDEX handover_state ON handover (state, made_at);
CREATE TABLE handover_item (
  handover BYTEA NOT NULL, petition BYTEA NOT NULL, what TEXT COLLATE "C" NOT NULL, receiver BYTEA NOT NULL, state TEXT COLLATE "C" NOT NULL,
  refusal TEXT COLLATE "C" NOT NULL, done_at BIGINT NOT NULL,
  PRIMARY KEY (handover, petition, what)
);
CREATE INDEX handover_item_state ON handover_item (handover, state);
CREATE TABLE handover_receipt (
  handover BYTEA NOT NULL, receiver BYTEA NOT NULL, confirmed_at BIGINT NOT NULL, manuals BIGINT NOT NULL,
  PRIMARY KEY (handover, receiver)
);
