-- 색인의 구간: beside its words each entry is found by the stretch of 16,384 leaves it lies in, so that the newest texts that hold a
-- common word are found without gathering all that ever held it. SQLite walks its index from the newest on by itself.
UPDATE entry SET tokens = tokens || (leaf >> 14);
-- 민원사무별 목록: without it a list narrowed to a rare service walks everything that ever ended.
CREATE INDEX head_service ON head (service, is_open, act_by, id);
