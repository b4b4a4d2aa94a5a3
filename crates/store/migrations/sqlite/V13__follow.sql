-- 따라가기 — what an official keeps of their own: conditions of lists, and how far they have seen what changed.

ALTER TABLE head ADD COLUMN changed_at INTEGER NOT NULL DEFAULT 0;
UPDATE head SET changed_at = json_extract(state, '$.recorded_at');
CREATE INDEX head_unit_changed ON head (unit, changed_at, id);

-- 보관한 조건: the name lies in the vault; `begins` is 1 for the one the list begins with.
CREATE TABLE kept_filter (
  id BLOB PRIMARY KEY NOT NULL, official BLOB NOT NULL, text BLOB NOT NULL, begins INTEGER NOT NULL, made_at INTEGER NOT NULL
) STRICT;
CREATE INDEX kept_filter_official ON kept_filter (official, made_at);

-- 어디까지 보았는가.
CREATE TABLE seen_until (official BLOB PRIMARY KEY NOT NULL, at INTEGER NOT NULL) STRICT;
