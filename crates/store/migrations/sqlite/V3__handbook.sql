-- 편람의 변경: who made a version of a service, when, on what ground. Versions laid down with the starting data have none.
-- The remark is the office's own, as the catalogue itself is; nothing of a citizen stands here.
CREATE TABLE service_change (
  code TEXT NOT NULL, version INTEGER NOT NULL, at INTEGER NOT NULL, by_kind TEXT NOT NULL, by_id BLOB NOT NULL,
  ground TEXT NOT NULL, remark TEXT NOT NULL,
  PRIMARY KEY (code, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX service_change_at ON service_change (at);
