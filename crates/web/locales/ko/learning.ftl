# 길잡이 — 배부 추천, 비슷한 지난 민원, 반복 여부, 이전 대장.

event-migrated = 이전 대장에서 옮김
event-migrated-ended = 이전 대장에서 옮김 — 그 대장에서 처리 완료
step-migrated = 이전 대장에서 옮김
