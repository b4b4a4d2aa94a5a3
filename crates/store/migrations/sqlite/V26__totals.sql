-- 처리 실적의 합계: what `measured` adds up to, by month, department, person and time allowed, so that a board reads as many rows as there are
-- people and not as there are petitions. Derived; `verify` compares and makes it anew. The PostgreSQL file of the same number makes the same.
CREATE TABLE measured_total (
  month INTEGER NOT NULL, unit BLOB NOT NULL, handler BLOB NOT NULL, part TEXT NOT NULL, allowed INTEGER NOT NULL,
  cases INTEGER NOT NULL, late INTEGER NOT NULL, used INTEGER NOT NULL,
  PRIMARY KEY (month, unit, handler, part, allowed)
) STRICT, WITHOUT ROWID;

-- Triggers and not lines in the program: whoever writes `measured`, by whatever road, cannot forget the sum. 공개청구 counts nowhere.
CREATE TRIGGER measured_inserted AFTER INSERT ON measured WHEN NEW.counts = 1 AND NEW.kind <> 'disclosure' BEGIN
  INSERT INTO measured_total (month, unit, handler, part, allowed, cases, late, used)
  VALUES (NEW.month, NEW.unit, NEW.handler, CASE NEW.kind WHEN 'statutory' THEN 'statutory' ELSE 'everyday' END, NEW.allowed, 1, NEW.late, NEW.used)
  ON CONFLICT (month, unit, handler, part, allowed)
  DO UPDATE SET cases = cases + 1, late = late + excluded.late, used = used + excluded.used;
END;
CREATE TRIGGER measured_deleted AFTER DELETE ON measured WHEN OLD.counts = 1 AND OLD.kind <> 'disclosure' BEGIN
  UPDATE measured_total SET cases = cases - 1, late = late - OLD.late, used = used - OLD.used
  WHERE month = OLD.month AND unit = OLD.unit AND handler = OLD.handler
    AND part = CASE OLD.kind WHEN 'statutory' THEN 'statutory' ELSE 'everyday' END AND allowed = OLD.allowed;
END;
CREATE TRIGGER measured_taken_out AFTER UPDATE ON measured WHEN OLD.counts = 1 AND OLD.kind <> 'disclosure' BEGIN
  UPDATE measured_total SET cases = cases - 1, late = late - OLD.late, used = used - OLD.used
  WHERE month = OLD.month AND unit = OLD.unit AND handler = OLD.handler
    AND part = CASE OLD.kind WHEN 'statutory' THEN 'statutory' ELSE 'everyday' END AND allowed = OLD.allowed;
END;
CREATE TRIGGER measured_put_back AFTER UPDATE ON measured WHEN NEW.counts = 1 AND NEW.kind <> 'disclosure' BEGIN
  INSERT INTO measured_total (month, unit, handler, part, allowed, cases, late, used)
  VALUES (NEW.month, NEW.unit, NEW.handler, CASE NEW.kind WHEN 'statutory' THEN 'statutory' ELSE 'everyday' END, NEW.allowed, 1, NEW.late, NEW.used)
  ON CONFLICT (month, unit, handler, part, allowed)
  DO UPDATE SET cases = cases + 1, late = late + excluded.late, used = used + excluded.used;
END;

INSERT INTO measured_total (month, unit, handler, part, allowed, cases, late, used)
SELECT month, unit, handler, CASE kind WHEN 'statutory' THEN 'statutory' ELSE 'everyday' END, allowed, count(*), sum(late), sum(used)
FROM measured WHERE counts = 1 AND kind <> 'disclosure' GROUP BY 1, 2, 3, 4, 5;

-- 그때 이미 늦은 것: what ended late, found by when it ended.
CREATE INDEX measured_late ON measured (concluded_at, due) WHERE late = 1;
-- 진행 중인 일: what is open, by whose it is; a board of delays reads this and no head.
CREATE INDEX head_open_work ON head (unit, handler, life, act_by) WHERE is_open = 1;
