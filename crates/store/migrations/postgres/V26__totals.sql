-- 처리 실적의 합계: what `measured` adds up to, by month, department, person and time allowed, so that a board reads as many rows as there are
-- people and not as there are petitions. Derived; `verify` compares and makes it anew. The SQLite file of the same number makes the same.
CREATE TABLE measured_total (
  month BIGINT NOT NULL, unit BYTEA NOT NULL, handler BYTEA NOT NULL, part TEXT COLLATE "C" NOT NULL, allowed BIGINT NOT NULL,
  cases BIGINT NOT NULL, late BIGINT NOT NULL, used BIGINT NOT NULL,
  PRIMARY KEY (month, unit, handler, part, allowed)
);

-- A trigger and not a line in the program: whoever writes `measured`, by whatever road, cannot forget the sum. 공개청구 counts nowhere.
CREATE FUNCTION measured_added_up() RETURNS trigger LANGUAGE plpgsql AS
$body$ BEGIN
  IF TG_OP <> 'INSERT' AND OLD.counts = 1 AND OLD.kind <> 'disclosure' THEN
    UPDATE measured_total SET cases = cases - 1, late = late - OLD.late, used = used - OLD.used
    WHERE month = OLD.month AND unit = OLD.unit AND handler = OLD.handler
      AND part = CASE OLD.kind WHEN 'statutory' THEN 'statutory' ELSE 'everyday' END AND allowed = OLD.allowed;
  END IF;
  IF TG_OP <> 'DELETE' AND NEW.counts = 1 AND NEW.kind <> 'disclosure' THEN
    INSERT INTO measured_total AS t (month, unit, handler, part, allowed, cases, late, used)
    VALUES (NEW.month, NEW.unit, NEW.handler, CASE NEW.kind WHEN 'statutory' THEN 'statutory' ELSE 'everyday' END, NEW.allowed, 1, NEW.late, NEW.used)
    ON CONFLICT (month, unit, handler, part, allowed)
    DO UPDATE SET cases = t.cases + 1, late = t.late + excluded.late, used = t.used + excluded.used;
  END IF;
  RETURN NULL;
END $body$;
CREATE TRIGGER measured_added_up AFTER INSERT OR UPDATE OR DELETE ON measured FOR EACH ROW EXECUTE FUNCTION measured_added_up();

INSERT INTO measured_total (month, unit, handler, part, allowed, cases, late, used)
SELECT month, unit, handler, CASE kind WHEN 'statutory' THEN 'statutory' ELSE 'everyday' END, allowed, count(*),
  CAST(sum(late) AS BIGINT), CAST(sum(used) AS BIGINT)
FROM measured WHERE counts = 1 AND kind <> 'disclosure' GROUP BY 1, 2, 3, 4, 5;

-- 그때 이미 늦은 것: what ended late, found by when it ended.
CREATE INDEX measured_late ON measured (concluded_at, due) WHERE late = 1;
-- 진행 중인 일: what is open, by whose it is; a board of delays reads this and no head.
CREATE INDEX head_open_work ON head (unit, handler, life, act_by) WHERE is_open = 1;
