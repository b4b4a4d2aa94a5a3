-- 본인확인 — which person an identity of a provider belongs to, and what a session was opened with. The SQLite file of the
-- same number makes the same tables.

-- 연결: found by a keyed hash of provider and identifier, and by nothing else; the text is the name the provider gave, in the
-- vault under the person's key.
CREATE TABLE tie (
  lookup BYTEA PRIMARY KEY NOT NULL, person BYTEA NOT NULL, provider TEXT NOT NULL, means TEXT NOT NULL, assurance TEXT NOT NULL,
  text BYTEA NOT NULL,
  made_at BIGINT NOT NULL, used_at BIGINT NOT NULL
);
CREATE INDEX tie_person ON tie (person, used_at);

-- 접속: how sure it is who uses it, and by what; empty for officials, and for what an older program began.
ALTER TABLE session ADD COLUMN assurance TEXT NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN means TEXT NOT NULL DEFAULT '';
