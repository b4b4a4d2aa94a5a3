# 길잡이 — 배부 추천, 비슷한 지난 민원, 반복 가능성, 이전 대장.

event-migrated = 이전 대장에서 옮김
event-migrated-ended = 이전 대장에서 옮김 — 그 대장에서 처리 완료
step-migrated = 이전 대장에서 옮김

learning-suggested = 배부 추천
learning-suggested-text = 지난 민원을 어느 부서가 답변하였는지에 비추어 추천합니다. 맞지 않을 수 있으며, 배부할 부서는 담당자가 판단하여 정합니다.
learning-suggested-words = 근거가 된 말:
learning-units = 배부 추천

learning-account-made = { $when }에 답변한 민원 { $n }건에서 배웠습니다.
learning-account-none = 아직 배운 것이 없어 추천하지 않습니다. 답변한 민원이 쌓이면 minwon learn 명령으로 배울 수 있습니다.
learning-account-first = 첫째 추천 부서로 배부
learning-account-among = 다른 추천 부서로 배부
learning-account-other = 추천하지 않은 부서로 배부
learning-account-n = { $n }건
learning-account-text = 추천이 맞았는지 살피는 숫자이며, 누가 배부하였는지는 세지 않습니다.

learning-repeated = 반복 가능성
learning-repeated-text = 같은 민원인이 비슷한 내용으로 { $times }번째 신청한 민원으로 보입니다. 이 민원이 신청되기 전에 처리결과를 { $notices }번 통지하였습니다.
learning-repeated-may = 법정민원이 아닌 같은 내용의 민원을 정당한 사유 없이 3회 이상 반복하여 제출하여 처리결과를 2회 이상 통지하였다면, 그 후에 접수한 민원은 종결처리할 수 있습니다. 횟수는 채워졌으나, 같은 내용인지와 정당한 사유가 있는지는 담당자가 판단합니다.
learning-repeated-not-yet = 종결처리의 요건(법정민원이 아닐 것, 3회 이상 제출, 2회 이상 통지)을 갖추지 않았으므로 답변하여야 합니다.
learning-repeated-clause = 민원 처리에 관한 법률 제23조제1항·제3항
learning-same = 거의 같음
learning-alike = 비슷함
learning-different = 조금 비슷함
learning-notified = 통지한 때

learning-similar = 비슷한 지난 민원
learning-similar-text = 비슷한 말로 쓴 지난 민원을 찾아 답변을 참고할 수 있습니다. 볼 수 있는 민원만 찾으며, 찾아서 보인 민원은 열람 기록에 남습니다.
learning-similar-find = 비슷한 지난 민원 찾기
learning-similar-found = 낱말이 많이 겹치는 차례입니다. 내용이 같은지는 직접 읽고 판단하여 주시기 바랍니다.
learning-similar-none = 비슷한 지난 민원을 찾지 못하였습니다.
learning-likeness = 겹치는 정도 { $n }%
learning-answer-show = 답변 보기
learning-answer-copy = 지난 답변 (복사하여 고쳐 쓰실 수 있습니다. 다른 민원인의 개인정보는 옮기지 마십시오.)

learning-old = 이전 대장
learning-old-text = 이 민원은 이전 대장에서 옮겨 온 것으로, 아래는 그 대장에 적힌 그대로입니다.
learning-old-number = 이전 번호
learning-old-answer = 이전 대장의 답변
learning-old-steps = 이전 대장의 이력
