# 사람과 조직 — 부재, 대결·후결·공람, 인계·인수, 조직과 사람의 관리.

deed-reroute = 결재선 변경
deed-replace_signer = 결재자 인계
deed-confirm_after = 후결(사후 보고) 확인
deed-circulate = 공람
deed-read_circulated = 공람 확인
deed-hand_over = 담당자 인계
deed-succeed = 주관부서 승계

event-rerouted = 결재선 변경 — 남은 결재자 { $n }명, 최종 { $last }
event-signer_replaced = 결재자 인계 — { $from } → { $to }
event-confirmed_after = 후결(사후 보고) 확인
event-circulated = 공람 — { $readers }
event-circulation_read = 공람 확인
event-handed_over = 담당자 인계·인수 — { $from } → { $to }
event-succeeded = 조직 개편에 따른 주관부서 변경 — { $from } → { $unit }
step-handed-over = 담당자가 바뀌었습니다
step-succeeded = 조직 개편으로 담당 부서가 바뀌었습니다

refusal-signer_can_sign = 다음 결재자가 결재할 수 있으므로 결재선을 바꿀 수 없습니다. 결재자가 부재중이고 대결자가 없거나, 결재자가 이 기관을 떠났을 때에만 바꿉니다.
refusal-readers_unfit = 공람자는 재직 중인 공무원이어야 하고, 같은 사람을 두 번 지정할 수 없습니다.
refusal-no_successor = 폐지되지 않은 부서이거나 그 부서를 승계하는 부서가 아닙니다.

queue-to_confirm = 후결 대기
queue-to_read = 공람 대기

mark-stand-in = 대결
mark-delegated-stand-in = 전결(대결)
instead-of = { $who } 대신
confirmed-after = 후결 확인 { $when }
not-confirmed-after = 후결 대기
reader-read = 공람함 { $when }
reader-unread = 공람 전

desk-hand-over-to = 인수자
desk-hand-over-text = 기안과 결재선을 포함하여 이 민원의 담당을 넘깁니다. 인수자에게 알림이 갑니다.
desk-reroute-text = 이미 서명한 사람은 결재선에 남습니다. 남은 결재자를 처음부터 다시 정하십시오.
desk-replace-text = 아직 서명하지 않은 결재자의 자리를 후임자에게 넘깁니다.
desk-replace-from = 인계하는 결재자
desk-replace-to = 인수하는 결재자
desk-circulate-text = 결재된 문서를 볼 사람을 정합니다. 공람자는 이 민원을 볼 수 있게 됩니다.
desk-readers = 공람자
desk-reader-n = 공람자 { $n }
desk-sign-instead = 부재중인 { $who }의 자리를 대신하여 대결합니다. 문서에는 “대결”로 표시되고, 중요한 문서는 사후에 보고해야 합니다(행정업무의 운영 및 혁신에 관한 규정 제10조제3항).
desk-confirm-confirm_after = 부재중에 대결된 내용을 보고받았음을 확인합니다.
desk-confirm-read_circulated = 문서를 읽었음을 확인합니다.

absence-leave = 휴가
absence-trip = 출장
absence-training = 교육
absence-sick_leave = 병가
