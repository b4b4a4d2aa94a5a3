-- 잡아 둔 시간: when officials' time is offered or booked in special procedures that run; and 설문의 답: what was marked, never by whom. Both follow
-- the journal and can be made again from it. The PostgreSQL file of the same number makes the same.
CREATE TABLE hour (
  official BLOB NOT NULL, from_at INTEGER NOT NULL, until_at INTEGER NOT NULL, petition BLOB NOT NULL, no INTEGER NOT NULL,
  PRIMARY KEY (official, from_at, petition, no)
) STRICT, WITHOUT ROWID;
CREATE INDEX hour_of ON hour (petition);

CREATE TABLE survey_mark (
  petition BLOB NOT NULL, no INTEGER NOT NULL, nth INTEGER NOT NULL, question TEXT NOT NULL, track TEXT NOT NULL, survey TEXT NOT NULL,
  mark INTEGER NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (petition, no, nth, question)
) STRICT, WITHOUT ROWID;
CREATE INDEX survey_mark_of ON survey_mark (track, at, survey, question, mark);
