-- 문서시스템과 처리기준표 — what was handed to an outside document system, which numbers it gave, and the frozen editions of the
-- catalogue. The first two follow the journal. The PostgreSQL file of the same number makes the same tables.

-- 넘길 문서: one for each approval while numbers come from outside.
CREATE TABLE dossier (
  petition BLOB NOT NULL, approval INTEGER NOT NULL, state TEXT NOT NULL, approved_at INTEGER NOT NULL, handed_at INTEGER NOT NULL,
  PRIMARY KEY (petition, approval)
) STRICT, WITHOUT ROWID;
CREATE INDEX dossier_state ON dossier (state, approved_at, petition);

-- 등록번호: none is given twice.
CREATE TABLE registered (
  unit BLOB NOT NULL, year INTEGER NOT NULL, n INTEGER NOT NULL, petition BLOB NOT NULL,
  PRIMARY KEY (unit, year, n)
) STRICT, WITHOUT ROWID;

-- 민원처리기준표의 고시본: laid down once, never changed.
CREATE TABLE gazette (
  number TEXT NOT NULL, day TEXT NOT NULL, made_at INTEGER NOT NULL, by_kind TEXT NOT NULL, by_id BLOB NOT NULL, services INTEGER NOT NULL,
  csv BLOB NOT NULL, pdf BLOB NOT NULL, hash BLOB NOT NULL,
  PRIMARY KEY (number)
) STRICT;
CREATE INDEX gazette_day ON gazette (day, number);
