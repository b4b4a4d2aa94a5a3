-- 관여자는 사람일 수도, 협조부서일 수도 있다: the table keeps both, by identity.
ALTER TABLE involved RENAME COLUMN official TO who;

-- 공개 게시판: petitions whose masked question and answer may be read by everybody; the words lie in the vault.
CREATE TABLE published (petition BLOB PRIMARY KEY NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX published_at ON published (at, petition);
