-- 창구 — the counter: 발급대장, 교부할 문서, 처리부를 생략한 단순 문의, 표준답변, 순번. The first two follow the journal and can
-- be rebuilt from it. The PostgreSQL file of the same number makes the same tables.

-- 발급대장: a line for each issue, found by the code on the paper.
CREATE TABLE issued (
  year INTEGER NOT NULL, n INTEGER NOT NULL, code TEXT NOT NULL, petition BLOB NOT NULL, seq INTEGER NOT NULL,
  at INTEGER NOT NULL, by_id BLOB NOT NULL, copies INTEGER NOT NULL, per_copy INTEGER NOT NULL, paid INTEGER NOT NULL,
  waiver TEXT NOT NULL,
  PRIMARY KEY (year, n)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX issued_code ON issued (code);
CREATE INDEX issued_at ON issued (at, n);

-- 교부할 문서: papers that wait at the counter.
CREATE TABLE hand_out (
  petition BLOB PRIMARY KEY NOT NULL, state TEXT NOT NULL, since INTEGER NOT NULL, discard_from TEXT NOT NULL
) STRICT;
CREATE INDEX hand_out_state ON hand_out (state, since, petition);

-- 단순 문의: asked by word of mouth and answered at once without a line of the 처리부 (영16②).
CREATE TABLE small_matter (
  id BLOB PRIMARY KEY NOT NULL, at INTEGER NOT NULL, by_id BLOB NOT NULL, unit BLOB NOT NULL, entry TEXT NOT NULL,
  service TEXT NOT NULL, answer TEXT NOT NULL, text BLOB NOT NULL
) STRICT;
CREATE INDEX small_matter_at ON small_matter (at, id);

-- 표준답변: the newest version of each; older ones stay.
CREATE TABLE standard_answer (
  code TEXT NOT NULL, version INTEGER NOT NULL, newest INTEGER NOT NULL, by_id BLOB NOT NULL, at INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (code, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX standard_answer_newest ON standard_answer (newest, code);

-- 순번표: names nobody.
CREATE TABLE ticket (
  day TEXT NOT NULL, business TEXT NOT NULL, n INTEGER NOT NULL, state TEXT NOT NULL, taken INTEGER NOT NULL,
  called INTEGER NOT NULL, first_called INTEGER NOT NULL, desk INTEGER NOT NULL,
  PRIMARY KEY (day, business, n)
) STRICT, WITHOUT ROWID;
