-- 관문과 접속기록 — the ledger sealed against tampering; the gate of what is printed and saved; the monthly review
-- (개인정보의 안전성 확보조치 기준 제8조, 제12조). The PostgreSQL file of the same number makes the same tables.

-- 접속기록의 봉인: each line of the ledger gets its leaf, and roots over them are signed. `leaf` is -1 until then.
ALTER TABLE ledger ADD COLUMN leaf INTEGER NOT NULL DEFAULT -1;
CREATE INDEX ledger_at ON ledger (at, id);
CREATE INDEX ledger_unsealed ON ledger (at, id) WHERE leaf = -1;
CREATE INDEX ledger_leaf_of ON ledger (leaf);
CREATE TABLE ledger_leaf (n INTEGER PRIMARY KEY NOT NULL, id BLOB NOT NULL, hash BLOB NOT NULL) STRICT;
CREATE TABLE ledger_root (
  no INTEGER PRIMARY KEY NOT NULL, first INTEGER NOT NULL, next INTEGER NOT NULL, merkle BLOB NOT NULL,
  previous BLOB NOT NULL, signed_at INTEGER NOT NULL, signature BLOB NOT NULL, signer BLOB NOT NULL
) STRICT;
-- `next`: the next leaf; `kept`: the first leaf whose line has not been removed after its time.
CREATE TABLE ledger_state (id INTEGER PRIMARY KEY NOT NULL, next INTEGER NOT NULL, kept INTEGER NOT NULL) STRICT;
INSERT INTO ledger_state (id, next, kept) VALUES (1, 0, 0);

-- 관문: a reason given and not used yet; and what went out, numbered within its year. `text` is the reason in the vault.
CREATE TABLE gate_reason (
  official BLOB NOT NULL, target BLOB NOT NULL, id BLOB NOT NULL, purpose TEXT NOT NULL, text BLOB NOT NULL,
  sure INTEGER NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (official, target)
) STRICT;
CREATE INDEX gate_reason_at ON gate_reason (at);
CREATE TABLE gate_line (
  id BLOB PRIMARY KEY NOT NULL, at INTEGER NOT NULL, year INTEGER NOT NULL, no INTEGER NOT NULL, official BLOB NOT NULL,
  what TEXT NOT NULL, petition BLOB NOT NULL, subjects INTEGER NOT NULL, format TEXT NOT NULL, purpose TEXT NOT NULL,
  text BLOB NOT NULL, origin BLOB NOT NULL, marked INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX gate_line_no ON gate_line (year, no);
CREATE INDEX gate_line_at ON gate_line (at, id);
CREATE INDEX gate_line_official ON gate_line (official, at);

-- 접속기록 월 점검: a month, and what was found in it.
CREATE TABLE review (
  month TEXT PRIMARY KEY NOT NULL, id BLOB NOT NULL, drawn_at INTEGER NOT NULL, looks INTEGER NOT NULL, officials INTEGER NOT NULL,
  exports INTEGER NOT NULL, signed_at INTEGER NOT NULL, signed_by BLOB NOT NULL, text BLOB NOT NULL
) STRICT;
CREATE TABLE review_item (
  month TEXT NOT NULL, no INTEGER NOT NULL, official BLOB NOT NULL, kind TEXT NOT NULL, day TEXT NOT NULL,
  petition BLOB NOT NULL, n INTEGER NOT NULL, usual INTEGER NOT NULL, state TEXT NOT NULL, asked_at INTEGER NOT NULL,
  question BLOB NOT NULL, answer BLOB NOT NULL, answered_at INTEGER NOT NULL, judged_by BLOB NOT NULL, judged_at INTEGER NOT NULL,
  judgement BLOB NOT NULL,
  PRIMARY KEY (month, no)
) STRICT;
CREATE INDEX review_item_official ON review_item (official, month);
