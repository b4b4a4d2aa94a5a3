-- 편람의 변경: who made a version of a service, when, on what ground. Versions laid down with the starting data have none.
-- The remark is the office's own, as the catalogue itself is; nothing of a citizen stands here.
CREATE TABLE service_change (
  code TEXT COLLATE "C" NOT NULL, version BIGINT NOT NULL, at BIGINT NOT NULL, by_kind TEXT COLLATE "C" NOT NULL, by_id BYTEA NOT NULL,
  ground TEXT COLLATE "C" NOT NULL, remark TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (code, version)
);
CREATE INDEX service_change_at ON service_change (at);
