-- 특별절차: each proceeding of a petition, found by its track, by when its step is due and by who takes part; and the tracks an agency has loaded
-- itself. The rows of petitions follow the journal and can be made again from it. The PostgreSQL file of the same number makes the same.
CREATE TABLE proceeding (
  petition BLOB NOT NULL, no INTEGER NOT NULL, track TEXT NOT NULL, version INTEGER NOT NULL, step TEXT NOT NULL,
  is_open INTEGER NOT NULL, due INTEGER NOT NULL, since INTEGER NOT NULL, opened_at INTEGER NOT NULL, opened_by BLOB NOT NULL,
  ended_at INTEGER NOT NULL, ending TEXT NOT NULL, published_at INTEGER NOT NULL,
  PRIMARY KEY (petition, no)
) STRICT, WITHOUT ROWID;
CREATE INDEX proceeding_due ON proceeding (due, petition, no) WHERE is_open = 1;
CREATE INDEX proceeding_open ON proceeding (track, due, petition, no) WHERE is_open = 1;
CREATE INDEX proceeding_ended ON proceeding (track, ended_at, petition, no) WHERE is_open = 0;
CREATE INDEX proceeding_begun ON proceeding (track, opened_at);
CREATE INDEX proceeding_published ON proceeding (published_at, petition, no) WHERE published_at > 0;

-- 구성원: who was named in what still runs.
CREATE TABLE proceeding_member (
  official BLOB NOT NULL, petition BLOB NOT NULL, no INTEGER NOT NULL, role TEXT NOT NULL,
  PRIMARY KEY (official, petition, no, role)
) STRICT, WITHOUT ROWID;
CREATE INDEX proceeding_member_of ON proceeding_member (petition);

-- 불러온 특별절차: the text of a declared track, as it was loaded.
CREATE TABLE track (
  code TEXT NOT NULL, version INTEGER NOT NULL, text TEXT NOT NULL, loaded_at INTEGER NOT NULL, PRIMARY KEY (code, version)
) STRICT;
CREATE TRIGGER track_inserted AFTER INSERT ON track BEGIN UPDATE revision SET n = n + 1 WHERE id = 1; END;
CREATE TRIGGER track_updated AFTER UPDATE ON track BEGIN UPDATE revision SET n = n + 1 WHERE id = 1; END;
CREATE TRIGGER track_deleted AFTER DELETE ON track BEGIN UPDATE revision SET n = n + 1 WHERE id = 1; END;
