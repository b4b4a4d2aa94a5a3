-- 자리 — one place of the store: journal, heads, vault, outbox, ledger, series, seals, and the office's own tables.
-- Times are milliseconds UTC, ids 16 bytes ordered by time. No sort key is nullable: 16 zero bytes, '' and
-- 9223372036854775807 stand for "none". The PostgreSQL file of the same number makes the same tables.

-- 사건: append-only; chained by hash within a petition.
CREATE TABLE event (
  petition BLOB NOT NULL, seq INTEGER NOT NULL, v INTEGER NOT NULL, name TEXT NOT NULL,
  by_kind TEXT NOT NULL, by_id BLOB NOT NULL,
  recorded_at INTEGER NOT NULL, happened_at INTEGER NOT NULL, happened_ground TEXT NOT NULL,
  body TEXT NOT NULL, hash BLOB NOT NULL,
  PRIMARY KEY (petition, seq)
) STRICT, WITHOUT ROWID;

-- 민원의 현재: what folding the journal gives, and the columns lists are ordered by.
CREATE TABLE head (
  id BLOB PRIMARY KEY NOT NULL, seq INTEGER NOT NULL, hash BLOB NOT NULL,
  life TEXT NOT NULL, is_open INTEGER NOT NULL, kind TEXT NOT NULL, service TEXT NOT NULL,
  field INTEGER NOT NULL, district INTEGER NOT NULL, entry TEXT NOT NULL,
  unit BLOB NOT NULL, sent_back INTEGER NOT NULL, handler BLOB NOT NULL, signer BLOB NOT NULL, person BLOB NOT NULL,
  number TEXT NOT NULL, reception_year INTEGER NOT NULL, reception_n INTEGER NOT NULL,
  filed_at INTEGER NOT NULL, act_by INTEGER NOT NULL, concluded_at INTEGER NOT NULL,
  state TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX head_number ON head (number);
CREATE UNIQUE INDEX head_reception ON head (reception_year, reception_n) WHERE reception_n > 0;
CREATE INDEX head_open ON head (is_open, act_by, id);
CREATE INDEX head_life ON head (life, act_by, id);
CREATE INDEX head_unit ON head (unit, is_open, act_by, id);
CREATE INDEX head_handler ON head (handler, is_open, act_by, id) WHERE handler <> x'00000000000000000000000000000000';
CREATE INDEX head_signer ON head (signer, act_by, id) WHERE signer <> x'00000000000000000000000000000000';
CREATE INDEX head_person ON head (person, filed_at, id);

-- 관여자: the officials who take part by name.
CREATE TABLE involved (
  official BLOB NOT NULL, petition BLOB NOT NULL,
  PRIMARY KEY (official, petition)
) STRICT, WITHOUT ROWID;
CREATE INDEX involved_petition ON involved (petition);

-- 금고: sealed texts and files under the key of their owner, each key wrapped by an epoch key outside the database.
CREATE TABLE vault (id BLOB PRIMARY KEY NOT NULL, owner BLOB NOT NULL, sealed BLOB NOT NULL) STRICT;
CREATE INDEX vault_owner ON vault (owner);
CREATE TABLE vault_key (owner BLOB PRIMARY KEY NOT NULL, epoch INTEGER NOT NULL, wrapped BLOB NOT NULL) STRICT;
CREATE INDEX vault_key_epoch ON vault_key (epoch);

-- 사람: whose contact lies where; 신원: verified contacts, found by one whole-value HMAC.
CREATE TABLE person (id BLOB PRIMARY KEY NOT NULL, contact BLOB NOT NULL, made_at INTEGER NOT NULL) STRICT;
CREATE TABLE identity (lookup BLOB PRIMARY KEY NOT NULL, person BLOB NOT NULL, made_at INTEGER NOT NULL) STRICT;

-- 발송함: effects that are due, without a word of text; `once` keeps each from being queued twice.
CREATE TABLE outbox (
  id BLOB PRIMARY KEY NOT NULL, once BLOB NOT NULL, petition BLOB NOT NULL, seq INTEGER NOT NULL,
  template TEXT NOT NULL, to_kind TEXT NOT NULL, to_id BLOB NOT NULL,
  state TEXT NOT NULL, attempts INTEGER NOT NULL, next_at INTEGER NOT NULL, made_at INTEGER NOT NULL,
  done_at INTEGER NOT NULL, fault TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX outbox_once ON outbox (once);
CREATE INDEX outbox_next ON outbox (state, next_at, id);
CREATE INDEX outbox_petition ON outbox (petition, made_at);

-- 열람 기록: who looked at or did what, when, from where.
CREATE TABLE ledger (
  id BLOB PRIMARY KEY NOT NULL, at INTEGER NOT NULL, by_kind TEXT NOT NULL, by_id BLOB NOT NULL,
  deed TEXT NOT NULL, petition BLOB NOT NULL, origin BLOB NOT NULL, n INTEGER NOT NULL
) STRICT;
CREATE INDEX ledger_petition ON ledger (petition, at);
CREATE INDEX ledger_by ON ledger (by_id, at);

-- 중복 방지: the answer that a repeated key gets again.
CREATE TABLE idempotency (
  key BLOB PRIMARY KEY NOT NULL, petition BLOB NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_at ON idempotency (at);

-- 번호: the next number of each series.
CREATE TABLE series (name TEXT PRIMARY KEY NOT NULL, next INTEGER NOT NULL) STRICT;

-- 봉인: events waiting for their leaf; the leaves; the sealer's position; signed roots; the numbers.
CREATE TABLE unsealed (
  recorded_at INTEGER NOT NULL, petition BLOB NOT NULL, seq INTEGER NOT NULL, deltas TEXT NOT NULL,
  PRIMARY KEY (recorded_at, petition, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE leaf (n INTEGER PRIMARY KEY NOT NULL, petition BLOB NOT NULL, seq INTEGER NOT NULL, hash BLOB NOT NULL) STRICT;
CREATE UNIQUE INDEX leaf_event ON leaf (petition, seq);
CREATE TABLE seal (id INTEGER PRIMARY KEY NOT NULL, next INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;
INSERT INTO seal (id, next, at) VALUES (1, 0, 0);
CREATE TABLE root (
  no INTEGER PRIMARY KEY NOT NULL, first INTEGER NOT NULL, next INTEGER NOT NULL, merkle BLOB NOT NULL,
  previous BLOB NOT NULL, signed_at INTEGER NOT NULL, signature BLOB NOT NULL, signer BLOB NOT NULL
) STRICT;
CREATE TABLE tally (key TEXT PRIMARY KEY NOT NULL, n INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- 조직과 편람: units, officials and their seats, services, fields, districts, settings.
CREATE TABLE unit (
  id BLOB PRIMARY KEY NOT NULL, code TEXT NOT NULL, body TEXT NOT NULL, valid_from TEXT NOT NULL, valid_to TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX unit_code ON unit (code);
CREATE TABLE official (
  id BLOB PRIMARY KEY NOT NULL, login TEXT NOT NULL, password TEXT NOT NULL, body TEXT NOT NULL,
  valid_from TEXT NOT NULL, valid_to TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX official_login ON official (login);
CREATE TABLE post (
  official BLOB NOT NULL, unit BLOB NOT NULL, seat TEXT NOT NULL, valid_from TEXT NOT NULL, valid_to TEXT NOT NULL,
  PRIMARY KEY (official, unit, seat, valid_from)
) STRICT, WITHOUT ROWID;
CREATE TABLE service (
  code TEXT NOT NULL, version INTEGER NOT NULL, valid_from TEXT NOT NULL, valid_to TEXT NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (code, version)
) STRICT;
CREATE TABLE field (id INTEGER PRIMARY KEY NOT NULL, name TEXT NOT NULL, name_en TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX field_name ON field (name);
CREATE TABLE district (id INTEGER PRIMARY KEY NOT NULL, name TEXT NOT NULL, name_en TEXT NOT NULL) STRICT;
CREATE TABLE setting (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT;

-- 화면 이용: sessions, one-time codes, throttles, saved drafts of citizens.
CREATE TABLE session (
  key BLOB PRIMARY KEY NOT NULL, kind TEXT NOT NULL, subject BLOB NOT NULL, secret BLOB NOT NULL,
  made_at INTEGER NOT NULL, seen_at INTEGER NOT NULL, ends_at INTEGER NOT NULL
) STRICT;
CREATE INDEX session_ends ON session (ends_at);
CREATE TABLE passcode (
  key BLOB PRIMARY KEY NOT NULL, code BLOB NOT NULL, tries INTEGER NOT NULL, made_at INTEGER NOT NULL, ends_at INTEGER NOT NULL
) STRICT;
CREATE TABLE throttle (key BLOB PRIMARY KEY NOT NULL, n INTEGER NOT NULL, since INTEGER NOT NULL) STRICT;
CREATE TABLE saved (
  id BLOB PRIMARY KEY NOT NULL, owner BLOB NOT NULL, text BLOB NOT NULL, made_at INTEGER NOT NULL, saved_at INTEGER NOT NULL
) STRICT;
CREATE INDEX saved_owner ON saved (owner, saved_at);
