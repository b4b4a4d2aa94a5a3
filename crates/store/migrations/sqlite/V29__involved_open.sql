-- 열린 민원에 참여하는 이: who takes part in what is open. Whoever has taken part in a hundred thousand petitions takes part in some dozens that are
-- open, and a list of those must not gather the rest first. It follows the heads. The PostgreSQL file of the same number makes the same.
CREATE TABLE involved_open (
  who BLOB NOT NULL, petition BLOB NOT NULL, PRIMARY KEY (who, petition)
) STRICT, WITHOUT ROWID;
CREATE INDEX involved_open_petition ON involved_open (petition);
INSERT INTO involved_open (who, petition) SELECT who, petition FROM involved JOIN head ON id = petition WHERE is_open = 1;
