-- 로그인 — where a session came from, second factors, passkeys, recovery codes, and what may be used once only.

ALTER TABLE session ADD COLUMN road TEXT NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN factored BIGINT NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN proven_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN origin BYTEA NOT NULL DEFAULT '\x';
ALTER TABLE session ADD COLUMN device TEXT NOT NULL DEFAULT '';
CREATE INDEX session_subject ON session (subject);

-- 계정: whether the password must be changed and a second factor enrolled; the secret of the authenticator, sealed (empty for
-- none), and the last step whose number was taken.
CREATE TABLE account (
  official BYTEA PRIMARY KEY NOT NULL, must_change BIGINT NOT NULL, must_enrol BIGINT NOT NULL, password_at BIGINT NOT NULL,
  totp BYTEA NOT NULL, totp_step BIGINT NOT NULL, totp_at BIGINT NOT NULL
);

-- 패스키: found by the hash of its name.
CREATE TABLE passkey (
  lookup BYTEA PRIMARY KEY NOT NULL, official BYTEA NOT NULL, name BYTEA NOT NULL, public_key BYTEA NOT NULL, signs BIGINT NOT NULL,
  device TEXT NOT NULL, made_at BIGINT NOT NULL, used_at BIGINT NOT NULL
);
CREATE INDEX passkey_official ON passkey (official, made_at);

-- 복구 코드: their HMACs; gone when used.
CREATE TABLE recovery_code (
  official BYTEA NOT NULL, code BYTEA NOT NULL,
  PRIMARY KEY (official, code)
);

-- 한 번만: challenges and states that came back already.
CREATE TABLE spent (key BYTEA PRIMARY KEY NOT NULL, ends_at BIGINT NOT NULL);
CREATE INDEX spent_ends ON spent (ends_at);
CREATE INDEX throttle_since ON throttle (since);
