-- 다른 이용자 — external users and what they hold, and service accounts. The PostgreSQL file of the same
-- number makes the same tables.

-- 맡긴 것: which petition an external user holds, until which day.
CREATE TABLE entrusted (
  official BLOB NOT NULL, petition BLOB NOT NULL, no INTEGER NOT NULL, until_day TEXT NOT NULL,
  PRIMARY KEY (official, petition, no)
) STRICT, WITHOUT ROWID;
CREATE INDEX entrusted_petition ON entrusted (petition);

-- 외부 접속자: when the account ends, and from where and when it is let in (JSON).
CREATE TABLE external (
  official BLOB PRIMARY KEY NOT NULL, until_day TEXT NOT NULL, body TEXT NOT NULL, changed_at INTEGER NOT NULL
) STRICT;

-- 서비스 계정: found by the hash of its key; the beginning of the key is what people call it by.
CREATE TABLE service_account (
  id BLOB PRIMARY KEY NOT NULL, name TEXT NOT NULL, prefix TEXT NOT NULL, key_hash BLOB NOT NULL, body TEXT NOT NULL,
  until_day TEXT NOT NULL, made_kind TEXT NOT NULL, made_by BLOB NOT NULL, made_at INTEGER NOT NULL, used_at INTEGER NOT NULL,
  revoked_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX service_account_prefix ON service_account (prefix);
