-- 색인에서 지우기: the same table as before, made anew so that single rows can be taken out of it; it fills itself from the vault.
DROP TABLE words;
CREATE VIRTUAL TABLE words USING fts5 (tokens, content='', contentless_delete=1, detail=none, tokenize='ascii');
DELETE FROM entry;
CREATE INDEX entry_petition ON entry (petition);
UPDATE position SET next = 0 WHERE id = 1;
