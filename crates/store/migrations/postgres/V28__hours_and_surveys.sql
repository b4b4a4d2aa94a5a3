-- 잡아 둔 시간: when officials' time is offered or booked in special procedures that run; and 설문의 답: what was marked, never by whom. Both follow
-- the journal and can be made again from it. The SQLite file of the same number makes the same.
CREATE TABLE hour (
  official BYTEA NOT NULL, from_at BIGINT NOT NULL, until_at BIGINT NOT NULL, petition BYTEA NOT NULL, no BIGINT NOT NULL,
  PRIMARY KEY (official, from_at, petition, no)
);
CREATE INDEX hour_of ON hour (petition);

CREATE TABLE survey_mark (
  petition BYTEA NOT NULL, no BIGINT NOT NULL, nth BIGINT NOT NULL, question TEXT COLLATE "C" NOT NULL, track TEXT COLLATE "C" NOT NULL, survey TEXT COLLATE "C" NOT NULL,
  mark BIGINT NOT NULL, at BIGINT NOT NULL,
  PRIMARY KEY (petition, no, nth, question)
);
CREATE INDEX survey_mark_of ON survey_mark (track, at, survey, question, mark);
