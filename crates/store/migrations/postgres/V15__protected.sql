-- 보안민원 — petitions on their way between places, what is left of those that went, and looks by break-glass. Only the protected
-- place has rows of the last table. The SQLite file of the same number makes the same tables.

-- 옮길 민원: written with the act, done with by the move.
CREATE TABLE moving (petition BYTEA PRIMARY KEY NOT NULL, at BIGINT NOT NULL);
-- 옮겨 간 민원: of their events only the leaves are here.
CREATE TABLE moved (petition BYTEA PRIMARY KEY NOT NULL, at BIGINT NOT NULL);

-- 긴급 열람: one asks, another allows; `text` holds number and reason in the vault.
CREATE TABLE glass (
  id BYTEA PRIMARY KEY NOT NULL, petition BYTEA NOT NULL, text BYTEA NOT NULL, asked_by BYTEA NOT NULL, asked_at BIGINT NOT NULL,
  decided_by BYTEA NOT NULL, decided_at BIGINT NOT NULL, state TEXT NOT NULL, ends_at BIGINT NOT NULL
);
CREATE INDEX glass_asked ON glass (asked_at, id);
