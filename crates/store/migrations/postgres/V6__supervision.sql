-- 감독: how fast ended petitions were (derived from heads, see store/src/supervision.rs), the months of inspection with their
-- own journal, and what lists of letters and of send-backs are found by. The SQLite file of the same number makes the same.

-- 처리 실적: one row per ended petition that had been received; times in working minutes.
CREATE TABLE measured (
  petition BYTEA PRIMARY KEY NOT NULL, month BIGINT NOT NULL, concluded_at BIGINT NOT NULL, due BIGINT NOT NULL,
  unit BYTEA NOT NULL, handler BYTEA NOT NULL, kind TEXT COLLATE "C" NOT NULL, outcome TEXT COLLATE "C" NOT NULL,
  counts BIGINT NOT NULL, allowed BIGINT NOT NULL, used BIGINT NOT NULL, late BIGINT NOT NULL
);
CREATE INDEX measured_month ON measured (month, unit);
CREATE INDEX measured_handler ON measured (handler, month);
CREATE INDEX measured_concluded ON measured (concluded_at, petition);

CREATE INDEX event_sent_back ON event (petition) WHERE name = 'SendBackAsked';
CREATE INDEX event_dunning ON event (recorded_at, petition, seq) WHERE name = 'DunningIssued';
CREATE INDEX event_advance ON event (recorded_at, petition, seq) WHERE name = 'AdvanceNoticeIssued';

-- 확인·점검: a month, what the facts say about it, and what was said and done about that.
CREATE TABLE inspection (month BIGINT PRIMARY KEY NOT NULL, id BYTEA NOT NULL);
CREATE UNIQUE INDEX inspection_id ON inspection (id);
CREATE TABLE inspection_item (
  month BIGINT NOT NULL, unit BYTEA NOT NULL, petition BYTEA NOT NULL, ground TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (month, unit, petition, ground)
);
CREATE TABLE inspection_event (
  month BIGINT NOT NULL, seq BIGINT NOT NULL, by_kind TEXT COLLATE "C" NOT NULL, by_id BYTEA NOT NULL, at BIGINT NOT NULL,
  body TEXT COLLATE "C" NOT NULL, hash BYTEA NOT NULL,
  PRIMARY KEY (month, seq)
);
