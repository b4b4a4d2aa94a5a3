-- 색인: keyed tokens of the sealed events, in a file of its own; derived, left out of backups, rebuilt from the vault.
-- Tokens lie as sets without order or count; `leaf` (the rowid) is the event, newest last.
CREATE VIRTUAL TABLE words USING fts5 (tokens, content='', detail=none, columnsize=0, tokenize='ascii');
CREATE TABLE entry (leaf INTEGER PRIMARY KEY NOT NULL, petition BLOB NOT NULL) STRICT;
CREATE TABLE position (id INTEGER PRIMARY KEY NOT NULL, next INTEGER NOT NULL) STRICT;
INSERT INTO position (id, next) VALUES (1, 0);
