-- 처리 실적의 합계: what `measured` adds up to, by month, department, person and time allowed, so that a board reads as many rows as there are
-- people and not as there are petitions. Written with each row of `measured` (store/src/supervision.rs);
-- `verify` compares and makes it anew. The SQLite file of the same number makes the same.
CREATE TABLE measured_total (
  month BIGINT NOT NULL, unit BYTEA NOT NULL, handler BYTEA NOT NULL, part TEXT COLLATE "C" NOT NULL, allowed BIGINT NOT NULL,
  cases BIGINT NOT NULL, late BIGINT NOT NULL, used BIGINT NOT NULL,
  PRIMARY KEY (month, unit, handler, part, allowed)
);

INSERT INTO measured_total (month, unit, handler, part, allowed, cases, late, used)
SELECT month, unit, handler, CASE kind WHEN 'statutory' THEN 'statutory' ELSE 'everyday' END, allowed, count(*),
  CAST(sum(late) AS BIGINT), CAST(sum(used) AS BIGINT)
FROM measured WHERE counts = 1 AND kind <> 'disclosure' GROUP BY 1, 2, 3, 4, 5;

-- 그때 이미 늦은 것: what ended late, found by when it ended.
CREATE INDEX measured_late ON measured (concluded_at, due) WHERE late = 1;
-- 진행 중인 일: what is open, by whose it is; a board of delays reads this and no head.
CREATE INDEX head_open_work ON head (unit, handler, life, act_by) WHERE is_open = 1;
