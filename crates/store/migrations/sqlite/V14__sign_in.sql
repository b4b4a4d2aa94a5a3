-- 로그인 — where a session came from, second factors, passkeys, recovery codes, and what may be used once only.

ALTER TABLE session ADD COLUMN road TEXT NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN factored INTEGER NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN proven_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN origin BLOB NOT NULL DEFAULT x'';
ALTER TABLE session ADD COLUMN device TEXT NOT NULL DEFAULT '';
CREATE INDEX session_subject ON session (subject);

-- 계정: whether the password must be changed and a second factor enrolled; the secret of the authenticator, sealed (empty for
-- none), and the last step whose number was taken.
CREATE TABLE account (
  official BLOB PRIMARY KEY NOT NULL, must_change INTEGER NOT NULL, must_enrol INTEGER NOT NULL, password_at INTEGER NOT NULL,
  totp BLOB NOT NULL, totp_step INTEGER NOT NULL, totp_at INTEGER NOT NULL
) STRICT;

-- 패스키: found by the hash of its name.
CREATE TABLE passkey (
  lookup BLOB PRIMARY KEY NOT NULL, official BLOB NOT NULL, name BLOB NOT NULL, public_key BLOB NOT NULL, signs INTEGER NOT NULL,
  device TEXT NOT NULL, made_at INTEGER NOT NULL, used_at INTEGER NOT NULL
) STRICT;
CREATE INDEX passkey_official ON passkey (official, made_at);

-- 복구 코드: their HMACs; gone when used.
CREATE TABLE recovery_code (
  official BLOB NOT NULL, code BLOB NOT NULL,
  PRIMARY KEY (official, code)
) STRICT, WITHOUT ROWID;

-- 한 번만: challenges and states that came back already.
CREATE TABLE spent (key BLOB PRIMARY KEY NOT NULL, ends_at INTEGER NOT NULL) STRICT;
CREATE INDEX spent_ends ON spent (ends_at);
CREATE INDEX throttle_since ON throttle (since);
