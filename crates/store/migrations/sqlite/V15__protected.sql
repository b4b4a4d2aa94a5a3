-- 보안민원 — petitions on their way between places, what is left of those that went, and looks by break-glass. Only the protected
-- place has rows of the last table. The PostgreSQL file of the same number makes the same tables.

-- 옮길 민원: written with the act, done with by the move.
CREATE TABLE moving (petition BLOB PRIMARY KEY NOT NULL, at INTEGER NOT NULL) STRICT;
-- 옮겨 간 민원: of their events only the leaves are here.
CREATE TABLE moved (petition BLOB PRIMARY KEY NOT NULL, at INTEGER NOT NULL) STRICT;

-- 긴급 열람: one asks, another allows; `text` holds number and reason in the vault.
CREATE TABLE glass (
  id BLOB PRIMARY KEY NOT NULL, petition BLOB NOT NULL, text BLOB NOT NULL, asked_by BLOB NOT NULL, asked_at INTEGER NOT NULL,
  decided_by BLOB NOT NULL, decided_at INTEGER NOT NULL, state TEXT NOT NULL, ends_at INTEGER NOT NULL
) STRICT;
CREATE INDEX glass_asked ON glass (asked_at, id);
