-- 달마다의 합계: what `measured_total` adds up to without departments and persons, so that a board over the whole city reads a year of it at once.
-- Written beside it; `verify` compares and makes it anew. The SQLite file of the same number makes the same.
CREATE TABLE measured_city (
  month BIGINT NOT NULL, part TEXT COLLATE "C" NOT NULL, allowed BIGINT NOT NULL, cases BIGINT NOT NULL, late BIGINT NOT NULL, used BIGINT NOT NULL,
  PRIMARY KEY (month, part, allowed)
);
INSERT INTO measured_city (month, part, allowed, cases, late, used)
SELECT month, part, allowed, CAST(sum(cases) AS BIGINT), CAST(sum(late) AS BIGINT), CAST(sum(used) AS BIGINT) FROM measured_total WHERE cases <> 0 GROUP BY month, part, allowed;
