-- 감독: how fast ended petitions were (derived from heads, see store/src/supervision.rs), the months of inspection with their
-- own journal, and what lists of letters and of send-backs are found by. The PostgreSQL file of the same number makes the same.

-- 처리 실적: one row per ended petition that had been received; times in working minutes.
CREATE TABLE measured (
  petition BLOB PRIMARY KEY NOT NULL, month INTEGER NOT NULL, concluded_at INTEGER NOT NULL, due INTEGER NOT NULL,
  unit BLOB NOT NULL, handler BLOB NOT NULL, kind TEXT NOT NULL, outcome TEXT NOT NULL,
  counts INTEGER NOT NULL, allowed INTEGER NOT NULL, used INTEGER NOT NULL, late INTEGER NOT NULL
) STRICT;
CREATE INDEX measured_month ON measured (month, unit);
CREATE INDEX measured_handler ON measured (handler, month);
CREATE INDEX measured_concluded ON measured (concluded_at, petition);

CREATE INDEX event_sent_back ON event (petition) WHERE name = 'SendBackAsked';
CREATE INDEX event_dunning ON event (recorded_at, petition, seq) WHERE name = 'DunningIssued';
CREATE INDEX event_advance ON event (recorded_at, petition, seq) WHERE name = 'AdvanceNoticeIssued';

-- 확인·점검: a month, what the facts say about it, and what was said and done about that.
CREATE TABLE inspection (month INTEGER PRIMARY KEY NOT NULL, id BLOB NOT NULL) STRICT;
CREATE UNIQUE INDEX inspection_id ON inspection (id);
CREATE TABLE inspection_item (
  month INTEGER NOT NULL, unit BLOB NOT NULL, petition BLOB NOT NULL, ground TEXT NOT NULL,
  PRIMARY KEY (month, unit, petition, ground)
) STRICT, WITHOUT ROWID;
CREATE TABLE inspection_event (
  month INTEGER NOT NULL, seq INTEGER NOT NULL, by_kind TEXT NOT NULL, by_id BLOB NOT NULL, at INTEGER NOT NULL,
  body TEXT NOT NULL, hash BLOB NOT NULL,
  PRIMARY KEY (month, seq)
) STRICT, WITHOUT ROWID;
