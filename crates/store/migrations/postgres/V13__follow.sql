-- 따라가기 — what an official keeps of their own: conditions of lists, and how far they have seen what changed.

ALTER TABLE head ADD COLUMN changed_at BIGINT NOT NULL DEFAULT 0;
UPDATE head SET changed_at = (state::json ->> 'recorded_at')::bigint;
CREATE INDEX head_unit_changed ON head (unit, changed_at, id);

-- 보관한 조건: the name lies in the vault; `begins` is 1 for the one the list begins with.
CREATE TABLE kept_filter (
  id BYTEA PRIMARY KEY NOT NULL, official BYTEA NOT NULL, text BYTEA NOT NULL, begins BIGINT NOT NULL, made_at BIGINT NOT NULL
);
CREATE INDEX kept_filter_official ON kept_filter (official, made_at);

-- 어디까지 보았는가.
CREATE TABLE seen_until (official BYTEA PRIMARY KEY NOT NULL, at BIGINT NOT NULL);
