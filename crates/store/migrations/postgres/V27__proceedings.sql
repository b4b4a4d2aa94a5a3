-- 특별절차: each proceeding of a petition, found by its track, by when its step is due and by who takes part; and the tracks an agency has loaded
-- itself. The rows of petitions follow the journal and can be made again from it. The SQLite file of the same number makes the same.
CREATE TABLE proceeding (
  petition BYTEA NOT NULL, no BIGINT NOT NULL, track TEXT COLLATE "C" NOT NULL, version BIGINT NOT NULL, step TEXT COLLATE "C" NOT NULL,
  is_open BIGINT NOT NULL, due BIGINT NOT NULL, since BIGINT NOT NULL, opened_at BIGINT NOT NULL, opened_by BYTEA NOT NULL,
  ended_at BIGINT NOT NULL, ending TEXT COLLATE "C" NOT NULL, published_at BIGINT NOT NULL,
  PRIMARY KEY (petition, no)
);
CREATE INDEX proceeding_due ON proceeding (due, petition, no) WHERE is_open = 1;
CREATE INDEX proceeding_open ON proceeding (track, due, petition, no) WHERE is_open = 1;
CREATE INDEX proceeding_ended ON proceeding (track, ended_at, petition, no) WHERE is_open = 0;
CREATE INDEX proceeding_begun ON proceeding (track, opened_at);
CREATE INDEX proceeding_published ON proceeding (published_at, petition, no) WHERE published_at > 0;

-- 구성원: who was named in what still runs.
CREATE TABLE proceeding_member (
  official BYTEA NOT NULL, petition BYTEA NOT NULL, no BIGINT NOT NULL, role TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (official, petition, no, role)
);
CREATE INDEX proceeding_member_of ON proceeding_member (petition);

-- 불러온 특별절차: the text of a declared track, as it was loaded.
CREATE TABLE track (
  code TEXT COLLATE "C" NOT NULL, version BIGINT NOT NULL, text TEXT COLLATE "C" NOT NULL, loaded_at BIGINT NOT NULL, PRIMARY KEY (code, version)
);
CREATE TRIGGER picture_changed AFTER INSERT OR UPDATE OR DELETE ON track FOR EACH STATEMENT EXECUTE FUNCTION picture_changed();
