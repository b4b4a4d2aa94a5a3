-- 첨부 파일 검사 — where each file stands between coming in and being opened; it follows the journal and is kept by duty and decision.
-- `signatures` and `found` are the scanner's own words; reasons of officials lie in the vault.
CREATE TABLE file_scan (
  content BLOB NOT NULL, name BLOB NOT NULL, petition BLOB NOT NULL, came_at INTEGER NOT NULL, standing TEXT NOT NULL,
  tries INTEGER NOT NULL, next_at INTEGER NOT NULL, scanned_at INTEGER NOT NULL, signatures TEXT NOT NULL, found TEXT NOT NULL,
  decided_by BLOB NOT NULL, decided_at INTEGER NOT NULL, reason BLOB NOT NULL,
  PRIMARY KEY (content)
) STRICT, WITHOUT ROWID;
CREATE INDEX file_scan_standing ON file_scan (standing, next_at, content);
CREATE INDEX file_scan_came ON file_scan (standing, came_at, content);
CREATE INDEX file_scan_petition ON file_scan (petition);
