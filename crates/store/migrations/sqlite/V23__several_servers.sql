-- 여러 서버: who does the duties, and how often the picture of the office has changed, so that every process notices what another one
-- changed. No word of anybody stands here. The PostgreSQL file of the same number makes the same tables.

CREATE TABLE lease (
  name TEXT PRIMARY KEY NOT NULL, owner BLOB NOT NULL, ends_at INTEGER NOT NULL, fence INTEGER NOT NULL
) STRICT;

CREATE TABLE revision (id INTEGER PRIMARY KEY NOT NULL, n INTEGER NOT NULL) STRICT;
INSERT INTO revision (id, n) VALUES (1, 0);

-- Triggers and not lines in the program: whoever writes one of these tables, by whatever road, cannot forget them.
CREATE TRIGGER unit_inserted AFTER INSERT ON unit BEGIN UPDATE revision SET n = n + 1 WHERE id = 1; END;
CREATE TRIGGER unit_updated AFTER UPDATE ON unit BEGIN UPDATE revision SET n = n + 1 WHERE id = 1; END;
CREATE TRIGGER unit_deleted AFTER DELETE ON unit BEGIN UPDATE revision SET n = n + 1 WHERE id = 1; END;
CREATE TRIGGER official_inserted AFTER INSERT ON official BEGIN UPDATE revision SET n = n + 1 WHERE id = 1; END;
CREATE TRIGGER official_updated AFTER UPDATE ON official BEGIN UPDATE revision SET n = n + 1 WHERE id = 1; END;
CREATE TRIGGER official_deleted AFTER DELETE ON official BEGIN UPDATE revision SET n = n + 1 WHERE id = 1; END;
CREATE TRIGGER post_inserted AFTER INSERT ON post BEGIN UPDATE revision SET n = n + 1 WHERE id = 1; END;
CREATE TRIGGER post_updated AFTER UPDATE ON post BEGIN UPDATE revision SET n = n + 1 WHERE id = 1; END;
CREATE TRIGGER post_deleted AFTER DELETE ON post BEGIN UPDATE revision SET n = n + 1 WHERE id = 1; END;
CREATE TRIGGER absence_inserted AFTER INSERT ON absence BEGIN UPDATE revision SET n = n + 1 WHERE id = 1; END;
CREATE TRIGGER absence_updated AFTER UPDATE ON absence BEGIN UPDATE revision SET n = n + 1 WHERE id = 1; END;
CREATE TRIGGER absence_deleted AFTER DELETE ON absence BEGIN UPDATE revision SET n = n + 1 WHERE id = 1; END;
CREATE TRIGGER succession_inserted AFTER INSERT ON succession BEGIN UPDATE revision SET n = n + 1 WHERE id = 1; END;
CREATE TRIGGER succession_updated AFTER UPDATE ON succession BEGIN UPDATE revision SET n = n + 1 WHERE id = 1; END;
CREATE TRIGGER succession_deleted AFTER DELETE ON succession BEGIN UPDATE revision SET n = n + 1 WHERE id = 1; END;
CREATE TRIGGER service_inserted AFTER INSERT ON service BEGIN UPDATE revision SET n = n + 1 WHERE id = 1; END;
CREATE TRIGGER service_updated AFTER UPDATE ON service BEGIN UPDATE revision SET n = n + 1 WHERE id = 1; END;
CREATE TRIGGER service_deleted AFTER DELETE ON service BEGIN UPDATE revision SET n = n + 1 WHERE id = 1; END;
CREATE TRIGGER field_inserted AFTER INSERT ON field BEGIN UPDATE revision SET n = n + 1 WHERE id = 1; END;
CREATE TRIGGER field_updated AFTER UPDATE ON field BEGIN UPDATE revision SET n = n + 1 WHERE id = 1; END;
CREATE TRIGGER field_deleted AFTER DELETE ON field BEGIN UPDATE revision SET n = n + 1 WHERE id = 1; END;
CREATE TRIGGER district_inserted AFTER INSERT ON district BEGIN UPDATE revision SET n = n + 1 WHERE id = 1; END;
CREATE TRIGGER district_updated AFTER UPDATE ON district BEGIN UPDATE revision SET n = n + 1 WHERE id = 1; END;
CREATE TRIGGER district_deleted AFTER DELETE ON district BEGIN UPDATE revision SET n = n + 1 WHERE id = 1; END;
CREATE TRIGGER setting_inserted AFTER INSERT ON setting WHEN NEW.name IN ('office', 'declared_holidays')
  BEGIN UPDATE revision SET n = n + 1 WHERE id = 1; END;
CREATE TRIGGER setting_updated AFTER UPDATE ON setting WHEN NEW.name IN ('office', 'declared_holidays')
  BEGIN UPDATE revision SET n = n + 1 WHERE id = 1; END;
