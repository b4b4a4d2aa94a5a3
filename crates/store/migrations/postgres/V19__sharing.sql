-- 행정정보 공동이용 — consents, look-ups and requests for their record, without a word of text: what was signed, asked and answered lies
-- in the vault under the petition's key. The SQLite file of the same number makes the same tables.

-- 사전동의: `items` holds codes between spaces, `agency` a hash of the name that was shown.
CREATE TABLE consent (
  id BYTEA PRIMARY KEY NOT NULL, petition BYTEA NOT NULL, purpose TEXT NOT NULL, items TEXT NOT NULL, agency BYTEA NOT NULL,
  way TEXT NOT NULL, text BYTEA NOT NULL, taken_by BYTEA NOT NULL, signed_at BIGINT NOT NULL, valid_until BIGINT NOT NULL,
  withdrawn_at BIGINT NOT NULL
);
CREATE INDEX consent_petition ON consent (petition, signed_at);

-- 조회: written before it is asked; `consent` is empty where `exception` is not.
CREATE TABLE shared_look (
  id BYTEA PRIMARY KEY NOT NULL, petition BYTEA NOT NULL, item TEXT NOT NULL, purpose TEXT NOT NULL, consent BYTEA NOT NULL,
  exception TEXT NOT NULL, official BYTEA NOT NULL, unit BYTEA NOT NULL, service TEXT NOT NULL, version BIGINT NOT NULL,
  asked_at BIGINT NOT NULL, state TEXT NOT NULL, answered_at BIGINT NOT NULL, subject BYTEA NOT NULL, content BYTEA NOT NULL
);
CREATE INDEX shared_look_petition ON shared_look (petition, asked_at);
CREATE INDEX shared_look_asked ON shared_look (asked_at);

-- 열람 청구: `due` is a day since 1970-01-01.
CREATE TABLE shared_record (
  id BYTEA PRIMARY KEY NOT NULL, petition BYTEA NOT NULL, asked_at BIGINT NOT NULL, due BIGINT NOT NULL, answered_at BIGINT NOT NULL,
  answered_by BYTEA NOT NULL, text BYTEA NOT NULL
);
CREATE INDEX shared_record_petition ON shared_record (petition, asked_at);
CREATE INDEX shared_record_open ON shared_record (answered_at, due);

-- 총괄관리자, 권한부여자, 접근권한자: only the live place has rows.
CREATE TABLE sharing_role (
  id BYTEA PRIMARY KEY NOT NULL, official BYTEA NOT NULL, role TEXT NOT NULL, item TEXT NOT NULL, given_by BYTEA NOT NULL,
  given_at BIGINT NOT NULL, ended_at BIGINT NOT NULL, ended_by BYTEA NOT NULL
);
CREATE INDEX sharing_role_official ON sharing_role (official, ended_at);

-- 오작성 서식 파기: how many, a day and a department; nothing about anybody.
CREATE TABLE shredded (day BIGINT NOT NULL, unit BYTEA NOT NULL, n BIGINT NOT NULL, PRIMARY KEY (day, unit));
