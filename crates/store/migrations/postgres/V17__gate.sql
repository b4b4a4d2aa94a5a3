-- 관문과 접속기록 — the ledger sealed against tampering; the gate of what is printed and saved; the monthly review
-- (개인정보의 안전성 확보조치 기준 제8조, 제12조). The SQLite file of the same number makes the same tables.

-- 접속기록의 봉인: each line of the ledger gets its leaf, and roots over them are signed. `leaf` is -1 until then.
ALTER TABLE ledger ADD COLUMN leaf BIGINT NOT NULL DEFAULT -1;
CREATE INDEX ledger_at ON ledger (at, id);
CREATE INDEX ledger_unsealed ON ledger (at, id) WHERE leaf = -1;
CREATE INDEX ledger_leaf_of ON ledger (leaf);
CREATE TABLE ledger_leaf (n BIGINT PRIMARY KEY NOT NULL, id BYTEA NOT NULL, hash BYTEA NOT NULL);
CREATE TABLE ledger_root (
  no BIGINT PRIMARY KEY NOT NULL, first BIGINT NOT NULL, next BIGINT NOT NULL, merkle BYTEA NOT NULL,
  previous BYTEA NOT NULL, signed_at BIGINT NOT NULL, signature BYTEA NOT NULL, signer BYTEA NOT NULL
);
-- `next`: the next leaf; `kept`: the first leaf whose line has not been removed after its time.
CREATE TABLE ledger_state (id BIGINT PRIMARY KEY NOT NULL, next BIGINT NOT NULL, kept BIGINT NOT NULL);
INSERT INTO ledger_state (id, next, kept) VALUES (1, 0, 0);

-- 관문: a reason given and not used yet; and what went out, numbered within its year. `text` is the reason in the vault.
CREATE TABLE gate_reason (
  official BYTEA NOT NULL, target BYTEA NOT NULL, id BYTEA NOT NULL, purpose TEXT COLLATE "C" NOT NULL, text BYTEA NOT NULL,
  sure BIGINT NOT NULL, at BIGINT NOT NULL,
  PRIMARY KEY (official, target)
);
CREATE INDEX gate_reason_at ON gate_reason (at);
CREATE TABLE gate_line (
  id BYTEA PRIMARY KEY NOT NULL, at BIGINT NOT NULL, year BIGINT NOT NULL, no BIGINT NOT NULL, official BYTEA NOT NULL,
  what TEXT COLLATE "C" NOT NULL, petition BYTEA NOT NULL, subjects BIGINT NOT NULL, format TEXT COLLATE "C" NOT NULL, purpose TEXT COLLATE "C" NOT NULL,
  text BYTEA NOT NULL, origin BYTEA NOT NULL, marked BIGINT NOT NULL
);
CREATE UNIQUE INDEX gate_line_no ON gate_line (year, no);
CREATE INDEX gate_line_at ON gate_line (at, id);
CREATE INDEX gate_line_official ON gate_line (official, at);

-- 접속기록 월 점검: a month, and what was found in it.
CREATE TABLE review (
  month TEXT COLLATE "C" PRIMARY KEY NOT NULL, id BYTEA NOT NULL, drawn_at BIGINT NOT NULL, looks BIGINT NOT NULL, officials BIGINT NOT NULL,
  exports BIGINT NOT NULL, signed_at BIGINT NOT NULL, signed_by BYTEA NOT NULL, text BYTEA NOT NULL
);
CREATE TABLE review_item (
  month TEXT COLLATE "C" NOT NULL, no BIGINT NOT NULL, official BYTEA NOT NULL, kind TEXT COLLATE "C" NOT NULL, day TEXT COLLATE "C" NOT NULL,
  petition BYTEA NOT NULL, n BIGINT NOT NULL, usual BIGINT NOT NULL, state TEXT COLLATE "C" NOT NULL, asked_at BIGINT NOT NULL,
  question BYTEA NOT NULL, answer BYTEA NOT NULL, answered_at BIGINT NOT NULL, judged_by BYTEA NOT NULL, judged_at BIGINT NOT NULL,
  judgement BYTEA NOT NULL,
  PRIMARY KEY (month, no)
);
CREATE INDEX review_item_official ON review_item (official, month);
