-- 첨부 보관소 — where the sealed content of a file lies in a store of its own: the row names the object, and `sealed` is empty.
-- The PostgreSQL file of the same number makes the same tables.
ALTER TABLE vault ADD COLUMN object TEXT NOT NULL DEFAULT '';
CREATE INDEX vault_object ON vault (object) WHERE object <> '';

-- 주인 없는 것: objects no row names any more. `kept`: 1 where a copy of the database may still name it, 0 where its key was destroyed;
-- `since`: when the duty first saw it here, 0 before.
CREATE TABLE loose (object TEXT PRIMARY KEY NOT NULL, kept INTEGER NOT NULL, since INTEGER NOT NULL) STRICT;
