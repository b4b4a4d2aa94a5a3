-- 여러 서버: who does the duties, and how often the picture of the office has changed, so that every process notices what another one
-- changed. No word of anybody stands here. The SQLite file of the same number makes the same tables.

CREATE TABLE lease (
  name TEXT COLLATE "C" PRIMARY KEY NOT NULL, owner BYTEA NOT NULL, ends_at BIGINT NOT NULL, fence BIGINT NOT NULL
);

CREATE TABLE revision (id BIGINT PRIMARY KEY NOT NULL, n BIGINT NOT NULL);
INSERT INTO revision (id, n) VALUES (1, 0);

-- A trigger and not a line in the program: whoever writes one of these tables, by whatever road, cannot forget it.
CREATE FUNCTION picture_changed() RETURNS trigger LANGUAGE plpgsql AS
$body$ BEGIN UPDATE revision SET n = n + 1 WHERE id = 1; RETURN NULL; END $body$;

CREATE TRIGGER picture_changed AFTER INSERT OR UPDATE OR DELETE ON unit FOR EACH STATEMENT EXECUTE FUNCTION picture_changed();
CREATE TRIGGER picture_changed AFTER INSERT OR UPDATE OR DELETE ON official FOR EACH STATEMENT EXECUTE FUNCTION picture_changed();
CREATE TRIGGER picture_changed AFTER INSERT OR UPDATE OR DELETE ON post FOR EACH STATEMENT EXECUTE FUNCTION picture_changed();
CREATE TRIGGER picture_changed AFTER INSERT OR UPDATE OR DELETE ON absence FOR EACH STATEMENT EXECUTE FUNCTION picture_changed();
CREATE TRIGGER picture_changed AFTER INSERT OR UPDATE OR DELETE ON succession FOR EACH STATEMENT EXECUTE FUNCTION picture_changed();
CREATE TRIGGER picture_changed AFTER INSERT OR UPDATE OR DELETE ON service FOR EACH STATEMENT EXECUTE FUNCTION picture_changed();
CREATE TRIGGER picture_changed AFTER INSERT OR UPDATE OR DELETE ON field FOR EACH STATEMENT EXECUTE FUNCTION picture_changed();
CREATE TRIGGER picture_changed AFTER INSERT OR UPDATE OR DELETE ON district FOR EACH STATEMENT EXECUTE FUNCTION picture_changed();
CREATE TRIGGER picture_changed AFTER INSERT OR UPDATE ON setting FOR EACH ROW
  WHEN (NEW.name IN ('office', 'declared_holidays')) EXECUTE FUNCTION picture_changed();
