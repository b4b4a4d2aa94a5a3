-- 자리 — one place of the store: journal, heads, vault, outbox, ledger, series, seals, and the office's own tables.
-- Times are milliseconds UTC, ids 16 bytes ordered by time. No sort key is nullable: 16 zero bytes, '' and
-- 9223372036854775807 stand for "none". The SQLite file of the same number makes the same tables.

-- 사건: append-only; chained by hash within a petition.
CREATE TABLE event (
  petition BYTEA NOT NULL, seq BIGINT NOT NULL, v BIGINT NOT NULL, name TEXT COLLATE "C" NOT NULL,
  by_kind TEXT COLLATE "C" NOT NULL, by_id BYTEA NOT NULL,
  recorded_at BIGINT NOT NULL, happened_at BIGINT NOT NULL, happened_ground TEXT COLLATE "C" NOT NULL,
  body TEXT COLLATE "C" NOT NULL, hash BYTEA NOT NULL,
  PRIMARY KEY (petition, seq)
);

-- 민원의 현재: what folding the journal gives, and the columns lists are ordered by.
CREATE TABLE head (
  id BYTEA PRIMARY KEY NOT NULL, seq BIGINT NOT NULL, hash BYTEA NOT NULL,
  life TEXT COLLATE "C" NOT NULL, is_open BIGINT NOT NULL, kind TEXT COLLATE "C" NOT NULL, service TEXT COLLATE "C" NOT NULL,
  field BIGINT NOT NULL, district BIGINT NOT NULL, entry TEXT COLLATE "C" NOT NULL,
  unit BYTEA NOT NULL, sent_back BIGINT NOT NULL, handler BYTEA NOT NULL, signer BYTEA NOT NULL, person BYTEA NOT NULL,
  number TEXT COLLATE "C" NOT NULL, reception_year BIGINT NOT NULL, reception_n BIGINT NOT NULL,
  filed_at BIGINT NOT NULL, act_by BIGINT NOT NULL, concluded_at BIGINT NOT NULL,
  state TEXT COLLATE "C" NOT NULL
);
CREATE UNIQUE INDEX head_number ON head (number);
CREATE UNIQUE INDEX head_reception ON head (reception_year, reception_n) WHERE reception_n > 0;
CREATE INDEX head_open ON head (is_open, act_by, id);
CREATE INDEX head_life ON head (life, act_by, id);
CREATE INDEX head_unit ON head (unit, is_open, act_by, id);
CREATE INDEX head_handler ON head (handler, is_open, act_by, id) WHERE handler <> '\x00000000000000000000000000000000'::bytea;
CREATE INDEX head_signer ON head (signer, act_by, id) WHERE signer <> '\x00000000000000000000000000000000'::bytea;
CREATE INDEX head_person ON head (person, filed_at, id);

-- 관여자: the officials who take part by name.
CREATE TABLE involved (
  official BYTEA NOT NULL, petition BYTEA NOT NULL,
  PRIMARY KEY (official, petition)
);
CREATE INDEX involved_petition ON involved (petition);

-- 금고: sealed texts and files under the key of their owner, each key wrapped by an epoch key outside the database.
CREATE TABLE vault (id BYTEA PRIMARY KEY NOT NULL, owner BYTEA NOT NULL, sealed BYTEA NOT NULL);
CREATE INDEX vault_owner ON vault (owner);
CREATE TABLE vault_key (owner BYTEA PRIMARY KEY NOT NULL, epoch BIGINT NOT NULL, wrapped BYTEA NOT NULL);
CREATE INDEX vault_key_epoch ON vault_key (epoch);

-- 사람: whose contact lies where; 신원: verified contacts, found by one whole-value HMAC.
CREATE TABLE person (id BYTEA PRIMARY KEY NOT NULL, contact BYTEA NOT NULL, made_at BIGINT NOT NULL);
CREATE TABLE identity (lookup BYTEA PRIMARY KEY NOT NULL, person BYTEA NOT NULL, made_at BIGINT NOT NULL);

-- 발송함: effects that are due, without a word of text; `once` keeps each from being queued twice.
CREATE TABLE outbox (
  id BYTEA PRIMARY KEY NOT NULL, once BYTEA NOT NULL, petition BYTEA NOT NULL, seq BIGINT NOT NULL,
  template TEXT COLLATE "C" NOT NULL, to_kind TEXT COLLATE "C" NOT NULL, to_id BYTEA NOT NULL,
  state TEXT COLLATE "C" NOT NULL, attempts BIGINT NOT NULL, next_at BIGINT NOT NULL, made_at BIGINT NOT NULL,
  done_at BIGINT NOT NULL, fault TEXT COLLATE "C" NOT NULL
);
CREATE UNIQUE INDEX outbox_once ON outbox (once);
CREATE INDEX outbox_next ON outbox (state, next_at, id);
CREATE INDEX outbox_petition ON outbox (petition, made_at);

-- 열람 기록: who looked at or did what, when, from where.
CREATE TABLE ledger (
  id BYTEA PRIMARY KEY NOT NULL, at BIGINT NOT NULL, by_kind TEXT COLLATE "C" NOT NULL, by_id BYTEA NOT NULL,
  deed TEXT COLLATE "C" NOT NULL, petition BYTEA NOT NULL, origin BYTEA NOT NULL, n BIGINT NOT NULL
);
CREATE INDEX ledger_petition ON ledger (petition, at);
CREATE INDEX ledger_by ON ledger (by_id, at);

-- 중복 방지: the answer that a repeated key gets again.
CREATE TABLE idempotency (
  key BYTEA PRIMARY KEY NOT NULL, petition BYTEA NOT NULL, seq BIGINT NOT NULL, at BIGINT NOT NULL
);
CREATE INDEX idempotency_at ON idempotency (at);

-- 번호: the next number of each series.
CREATE TABLE series (name TEXT COLLATE "C" PRIMARY KEY NOT NULL, next BIGINT NOT NULL);

-- 봉인: events waiting for their leaf; the leaves; the sealer's position; signed roots; the numbers.
CREATE TABLE unsealed (
  recorded_at BIGINT NOT NULL, petition BYTEA NOT NULL, seq BIGINT NOT NULL, deltas TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (recorded_at, petition, seq)
);
CREATE TABLE leaf (n BIGINT PRIMARY KEY NOT NULL, petition BYTEA NOT NULL, seq BIGINT NOT NULL, hash BYTEA NOT NULL);
CREATE UNIQUE INDEX leaf_event ON leaf (petition, seq);
CREATE TABLE seal (id BIGINT PRIMARY KEY NOT NULL, next BIGINT NOT NULL, at BIGINT NOT NULL);
INSERT INTO seal (id, next, at) VALUES (1, 0, 0);
CREATE TABLE root (
  no BIGINT PRIMARY KEY NOT NULL, first BIGINT NOT NULL, next BIGINT NOT NULL, merkle BYTEA NOT NULL,
  previous BYTEA NOT NULL, signed_at BIGINT NOT NULL, signature BYTEA NOT NULL, signer BYTEA NOT NULL
);
CREATE TABLE tally (key TEXT COLLATE "C" PRIMARY KEY NOT NULL, n BIGINT NOT NULL);

-- 조직과 편람: units, officials and their seats, services, fields, districts, settings.
CREATE TABLE unit (
  id BYTEA PRIMARY KEY NOT NULL, code TEXT COLLATE "C" NOT NULL, body TEXT COLLATE "C" NOT NULL, valid_from TEXT COLLATE "C" NOT NULL, valid_to TEXT COLLATE "C" NOT NULL
);
CREATE UNIQUE INDEX unit_code ON unit (code);
CREATE TABLE official (
  id BYTEA PRIMARY KEY NOT NULL, login TEXT COLLATE "C" NOT NULL, password TEXT COLLATE "C" NOT NULL, body TEXT COLLATE "C" NOT NULL,
  valid_from TEXT COLLATE "C" NOT NULL, valid_to TEXT COLLATE "C" NOT NULL
);
CREATE UNIQUE INDEX official_login ON official (login);
CREATE TABLE post (
  official BYTEA NOT NULL, unit BYTEA NOT NULL, seat TEXT COLLATE "C" NOT NULL, valid_from TEXT COLLATE "C" NOT NULL, valid_to TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (official, unit, seat, valid_from)
);
CREATE TABLE service (
  code TEXT COLLATE "C" NOT NULL, version BIGINT NOT NULL, valid_from TEXT COLLATE "C" NOT NULL, valid_to TEXT COLLATE "C" NOT NULL, body TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (code, version)
);
CREATE TABLE field (id BIGINT PRIMARY KEY NOT NULL, name TEXT COLLATE "C" NOT NULL, name_en TEXT COLLATE "C" NOT NULL);
CREATE UNIQUE INDEX field_name ON field (name);
CREATE TABLE district (id BIGINT PRIMARY KEY NOT NULL, name TEXT COLLATE "C" NOT NULL, name_en TEXT COLLATE "C" NOT NULL);
CREATE TABLE setting (name TEXT COLLATE "C" PRIMARY KEY NOT NULL, value TEXT COLLATE "C" NOT NULL);

-- 화면 이용: sessions, one-time codes, throttles, saved drafts of citizens.
CREATE TABLE session (
  key BYTEA PRIMARY KEY NOT NULL, kind TEXT COLLATE "C" NOT NULL, subject BYTEA NOT NULL, secret BYTEA NOT NULL,
  made_at BIGINT NOT NULL, seen_at BIGINT NOT NULL, ends_at BIGINT NOT NULL
);
CREATE INDEX session_ends ON session (ends_at);
CREATE TABLE passcode (
  key BYTEA PRIMARY KEY NOT NULL, code BYTEA NOT NULL, tries BIGINT NOT NULL, made_at BIGINT NOT NULL, ends_at BIGINT NOT NULL
);
CREATE TABLE throttle (key BYTEA PRIMARY KEY NOT NULL, n BIGINT NOT NULL, since BIGINT NOT NULL);
CREATE TABLE saved (
  id BYTEA PRIMARY KEY NOT NULL, owner BYTEA NOT NULL, text BYTEA NOT NULL, made_at BIGINT NOT NULL, saved_at BIGINT NOT NULL
);
CREATE INDEX saved_owner ON saved (owner, saved_at);

-- 색인: keyed tokens of the sealed events; derived, left out of backups. On SQLite it is a file of its own.
CREATE TABLE entry (leaf BIGINT PRIMARY KEY NOT NULL, petition BYTEA NOT NULL, tokens BIGINT[] NOT NULL);
CREATE INDEX entry_tokens ON entry USING gin (tokens);
CREATE TABLE position (id BIGINT PRIMARY KEY NOT NULL, next BIGINT NOT NULL);
INSERT INTO position (id, next) VALUES (1, 0);
