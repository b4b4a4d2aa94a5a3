-- 창구 — the counter: 발급대장, 교부할 문서, 처리부를 생략한 단순 문의, 표준답변, 순번. The first two follow the journal and can
-- be rebuilt from it. The SQLite file of the same number makes the same tables.

-- 발급대장: a line for each issue, found by the code on the paper.
CREATE TABLE issued (
  year BIGINT NOT NULL, n BIGINT NOT NULL, code TEXT COLLATE "C" NOT NULL, petition BYTEA NOT NULL, seq BIGINT NOT NULL,
  at BIGINT NOT NULL, by_id BYTEA NOT NULL, copies BIGINT NOT NULL, per_copy BIGINT NOT NULL, paid BIGINT NOT NULL,
  waiver TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (year, n)
);
CREATE UNIQUE INDEX issued_code ON issued (code);
CREATE INDEX issued_at ON issued (at, n);

-- 교부할 문서: papers that wait at the counter.
CREATE TABLE hand_out (
  petition BYTEA PRIMARY KEY NOT NULL, state TEXT COLLATE "C" NOT NULL, since BIGINT NOT NULL, discard_from TEXT COLLATE "C" NOT NULL
);
CREATE INDEX hand_out_state ON hand_out (state, since, petition);

-- 단순 문의: asked by word of mouth and answered at once without a line of the 처리부 (영16②).
CREATE TABLE small_matter (
  id BYTEA PRIMARY KEY NOT NULL, at BIGINT NOT NULL, by_id BYTEA NOT NULL, unit BYTEA NOT NULL, entry TEXT COLLATE "C" NOT NULL,
  service TEXT COLLATE "C" NOT NULL, answer TEXT COLLATE "C" NOT NULL, text BYTEA NOT NULL
);
CREATE INDEX small_matter_at ON small_matter (at, id);

-- 표준답변: the newest version of each; older ones stay.
CREATE TABLE standard_answer (
  code TEXT COLLATE "C" NOT NULL, version BIGINT NOT NULL, newest BIGINT NOT NULL, by_id BYTEA NOT NULL, at BIGINT NOT NULL,
  body TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (code, version)
);
CREATE INDEX standard_answer_newest ON standard_answer (newest, code);

-- 순번표: names nobody.
CREATE TABLE ticket (
  day TEXT COLLATE "C" NOT NULL, business TEXT COLLATE "C" NOT NULL, n BIGINT NOT NULL, state TEXT COLLATE "C" NOT NULL, taken BIGINT NOT NULL,
  called BIGINT NOT NULL, first_called BIGINT NOT NULL, desk BIGINT NOT NULL,
  PRIMARY KEY (day, business, n)
);
