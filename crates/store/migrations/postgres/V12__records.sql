-- 문서시스템과 처리기준표 — what was handed to an outside document system, which numbers it gave, and the frozen editions of the
-- catalogue. The first two follow the journal. The SQLite file of the same number makes the same tables.

-- 넘길 문서: one for each approval while numbers come from outside.
CREATE TABLE dossier (
  petition BYTEA NOT NULL, approval BIGINT NOT NULL, state TEXT COLLATE "C" NOT NULL, approved_at BIGINT NOT NULL, handed_at BIGINT NOT NULL,
  PRIMARY KEY (petition, approval)
);
CREATE INDEX dossier_state ON dossier (state, approved_at, petition);

-- 등록번호: none is given twice.
CREATE TABLE registered (
  unit BYTEA NOT NULL, year BIGINT NOT NULL, n BIGINT NOT NULL, petition BYTEA NOT NULL,
  PRIMARY KEY (unit, year, n)
);

-- 민원처리기준표의 고시본: laid down once, never changed.
CREATE TABLE gazette (
  number TEXT COLLATE "C" NOT NULL, day TEXT COLLATE "C" NOT NULL, made_at BIGINT NOT NULL, by_kind TEXT COLLATE "C" NOT NULL, by_id BYTEA NOT NULL, services BIGINT NOT NULL,
  csv BYTEA NOT NULL, pdf BYTEA NOT NULL, hash BYTEA NOT NULL,
  PRIMARY KEY (number)
);
CREATE INDEX gazette_day ON gazette (day, number);
