-- 행정정보 공동이용 — consents, look-ups and requests for their record, without a word of text: what was signed, asked and answered lies
-- in the vault under the petition's key. The PostgreSQL file of the same number makes the same tables.

-- 사전동의: `items` holds codes between spaces, `agency` a hash of the name that was shown.
CREATE TABLE consent (
  id BLOB PRIMARY KEY NOT NULL, petition BLOB NOT NULL, purpose TEXT NOT NULL, items TEXT NOT NULL, agency BLOB NOT NULL,
  way TEXT NOT NULL, text BLOB NOT NULL, taken_by BLOB NOT NULL, signed_at INTEGER NOT NULL, valid_until INTEGER NOT NULL,
  withdrawn_at INTEGER NOT NULL
) STRICT;
CREATE INDEX consent_petition ON consent (petition, signed_at);

-- 조회: written before it is asked; `consent` is empty where `exception` is not.
CREATE TABLE shared_look (
  id BLOB PRIMARY KEY NOT NULL, petition BLOB NOT NULL, item TEXT NOT NULL, purpose TEXT NOT NULL, consent BLOB NOT NULL,
  exception TEXT NOT NULL, official BLOB NOT NULL, unit BLOB NOT NULL, service TEXT NOT NULL, version INTEGER NOT NULL,
  asked_at INTEGER NOT NULL, state TEXT NOT NULL, answered_at INTEGER NOT NULL, subject BLOB NOT NULL, content BLOB NOT NULL
) STRICT;
CREATE INDEX shared_look_petition ON shared_look (petition, asked_at);
CREATE INDEX shared_look_asked ON shared_look (asked_at);

-- 열람 청구: `due` is a day since 1970-01-01.
CREATE TABLE shared_record (
  id BLOB PRIMARY KEY NOT NULL, petition BLOB NOT NULL, asked_at INTEGER NOT NULL, due INTEGER NOT NULL, answered_at INTEGER NOT NULL,
  answered_by BLOB NOT NULL, text BLOB NOT NULL
) STRICT;
CREATE INDEX shared_record_petition ON shared_record (petition, asked_at);
CREATE INDEX shared_record_open ON shared_record (answered_at, due);

-- 총괄관리자, 권한부여자, 접근권한자: only the live place has rows.
CREATE TABLE sharing_role (
  id BLOB PRIMARY KEY NOT NULL, official BLOB NOT NULL, role TEXT NOT NULL, item TEXT NOT NULL, given_by BLOB NOT NULL,
  given_at INTEGER NOT NULL, ended_at INTEGER NOT NULL, ended_by BLOB NOT NULL
) STRICT;
CREATE INDEX sharing_role_official ON sharing_role (official, ended_at);

-- 오작성 서식 파기: how many, a day and a department; nothing about anybody.
CREATE TABLE shredded (day INTEGER NOT NULL, unit BLOB NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (day, unit)) STRICT;
