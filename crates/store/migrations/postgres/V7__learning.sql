-- 길잡이: what the office learns from its own past, and older registers brought in.
-- The SQLite file of the same number makes the same tables.

-- 배부 모델: sealed in the vault; here only where it lies, when it was made, of how many petitions, and the signed hash.
CREATE TABLE model (
  id BYTEA PRIMARY KEY NOT NULL, text BYTEA NOT NULL, made_at BIGINT NOT NULL, lessons BIGINT NOT NULL,
  hash BYTEA NOT NULL, signature BYTEA NOT NULL
);
-- 배부와 추천: how often the department chosen was the first suggestion, among them, or another. Numbers, nobody's in particular.
CREATE TABLE suggested (choice TEXT COLLATE "C" PRIMARY KEY NOT NULL, n BIGINT NOT NULL);
-- 밝힌 연락처: contacts written down but not verified, as one whole-value HMAC each, to find the same petitioner again.
CREATE TABLE claim (lookup BYTEA NOT NULL, person BYTEA NOT NULL, PRIMARY KEY (lookup, person));
-- 이전 번호: numbers of older registers, as one whole-value HMAC each.
CREATE TABLE old_number (lookup BYTEA NOT NULL, petition BYTEA NOT NULL, PRIMARY KEY (lookup, petition));
CREATE INDEX claim_person ON claim (person);
CREATE INDEX old_number_petition ON old_number (petition);
