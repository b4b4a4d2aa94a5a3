### 권한 기록

history-seats = 권한 부여·변경·말소 기록
history-seats-text = 누가 누구에게 어떤 역할을 주고 거두었는지 남깁니다. 최근 1,000건을 보이며, 기록은 지우지 않습니다(개인정보의 안전성 확보조치 기준 제5조제3항: 3년 이상 보관).
history-seats-none = 기록이 없습니다.
history-seat-of = 대상과 역할
history-seat-days = 기간
history-seat-given = 부여
history-seat-ended = 말소
