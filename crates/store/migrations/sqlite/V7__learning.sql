-- 길잡이: what the office learns from its own past, and older registers brought in.
-- The PostgreSQL file of the same number makes the same tables.

-- 배부 모델: sealed in the vault; here only where it lies, when it was made, of how many petitions, and the signed hash.
CREATE TABLE model (
  id BLOB PRIMARY KEY NOT NULL, text BLOB NOT NULL, made_at INTEGER NOT NULL, lessons INTEGER NOT NULL,
  hash BLOB NOT NULL, signature BLOB NOT NULL
) STRICT;
-- 배부와 추천: how often the department chosen was the first suggestion, among them, or another. Numbers, nobody's in particular.
CREATE TABLE suggested (choice TEXT PRIMARY KEY NOT NULL, n INTEGER NOT NULL) STRICT;
-- 밝힌 연락처: contacts written down but not verified, as one whole-value HMAC each, to find the same petitioner again.
CREATE TABLE claim (
  lookup BLOB NOT NULL, person BLOB NOT NULL,
  PRIMARY KEY (lookup, person)
) STRICT, WITHOUT ROWID;
-- 이전 번호: numbers of older registers, as one whole-value HMAC each.
CREATE TABLE old_number (
  lookup BLOB NOT NULL, petition BLOB NOT NULL,
  PRIMARY KEY (lookup, petition)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_person ON claim (person);
CREATE INDEX old_number_petition ON old_number (petition);
