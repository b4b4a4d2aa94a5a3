-- 달마다의 합계: what `measured_total` adds up to without departments and persons, so that a board over the whole city reads a year of it at once.
-- Written beside it; `verify` compares and makes it anew. The PostgreSQL file of the same number makes the same.
CREATE TABLE measured_city (
  month INTEGER NOT NULL, part TEXT NOT NULL, allowed INTEGER NOT NULL, cases INTEGER NOT NULL, late INTEGER NOT NULL, used INTEGER NOT NULL,
  PRIMARY KEY (month, part, allowed)
) STRICT, WITHOUT ROWID;
INSERT INTO measured_city (month, part, allowed, cases, late, used)
SELECT month, part, allowed, sum(cases), sum(late), sum(used) FROM measured_total WHERE cases <> 0 GROUP BY month, part, allowed;
