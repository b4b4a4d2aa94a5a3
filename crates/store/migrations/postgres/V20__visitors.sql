-- 다른 이용자 — external users and what they hold, and service accounts. The SQLite file of the same
-- number makes the same tables.

-- 맡긴 것: which petition an external user holds, until which day.
CREATE TABLE entrusted (
  official BYTEA NOT NULL, petition BYTEA NOT NULL, no BIGINT NOT NULL, until_day TEXT NOT NULL,
  PRIMARY KEY (official, petition, no)
);
CREATE INDEX entrusted_petition ON entrusted (petition);

-- 외부 접속자: when the account ends, and from where and when it is let in (JSON).
CREATE TABLE external (
  official BYTEA PRIMARY KEY NOT NULL, until_day TEXT NOT NULL, body TEXT NOT NULL, changed_at BIGINT NOT NULL
);

-- 서비스 계정: found by the hash of its key; the beginning of the key is what people call it by.
CREATE TABLE service_account (
  id BYTEA PRIMARY KEY NOT NULL, name TEXT NOT NULL, prefix TEXT NOT NULL, key_hash BYTEA NOT NULL, body TEXT NOT NULL,
  until_day TEXT NOT NULL, made_kind TEXT NOT NULL, made_by BYTEA NOT NULL, made_at BIGINT NOT NULL, used_at BIGINT NOT NULL,
  revoked_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX service_account_prefix ON service_account (prefix);
