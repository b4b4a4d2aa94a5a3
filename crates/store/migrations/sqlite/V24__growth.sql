-- 색인의 구간: only PostgreSQL needs them; the index of SQLite lies in a file of its own and is walked from the newest text on.
-- 민원사무별 목록: without it a list narrowed to a rare service walks everything that ever ended.
CREATE INDEX head_service ON head (service, is_open, act_by, id);
