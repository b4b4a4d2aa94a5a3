-- 첨부 파일 검사 — where each file stands between coming in and being opened; it follows the journal and is kept by duty and decision.
-- `signatures` and `found` are the scanner's own words; reasons of officials lie in the vault.
CREATE TABLE file_scan (
  content BYTEA NOT NULL, name BYTEA NOT NULL, petition BYTEA NOT NULL, came_at BIGINT NOT NULL, standing TEXT COLLATE "C" NOT NULL,
  tries BIGINT NOT NULL, next_at BIGINT NOT NULL, scanned_at BIGINT NOT NULL, signatures TEXT COLLATE "C" NOT NULL, found TEXT COLLATE "C" NOT NULL,
  decided_by BYTEA NOT NULL, decided_at BIGINT NOT NULL, reason BYTEA NOT NULL,
  PRIMARY KEY (content)
);
CREATE INDEX file_scan_standing ON file_scan (standing, next_at, content);
CREATE INDEX file_scan_came ON file_scan (standing, came_at, content);
CREATE INDEX file_scan_petition ON file_scan (petition);
