# 문서시스템과 수리·허가 간주 — words of the exchange with an outside document system, and of deemed decisions.

deed-register_document = 문서시스템 등록
deed-refuse_registration = 문서시스템 등록 거절
deed-record_deemed = 수리·허가 간주 기록

event-approved-unnumbered = 결재 — 문서시스템 등록 대기
event-document_registered = 문서시스템 등록 — 문서번호 { $document }, 등록일 { $on }
event-registration_refused = 문서시스템 등록 거절
event-deemed_decided = { $outcome } 기록 — { $since }부터

refusal-number_awaited = 문서시스템에서 문서번호가 아직 오지 않았습니다. 번호가 오면 시행할 수 있습니다.
refusal-registration_unfit = 문서시스템의 회신이 결재된 문서와 맞지 않습니다.
refusal-not_deemed = 처리기간이 지나면 수리·허가한 것으로 보는 민원사무가 아닙니다.
refusal-deemed_not_yet = 처리기한이 아직 지나지 않았습니다.

flag-number_awaited = 문서시스템 등록 대기
flag-deemed_soon = 수리·허가 간주 임박
flag-deemed_at = 처리기간 경과 · 간주 기록 필요

aside-number = 문서시스템 등록 대기({ $since }부터)
aside-number-slow = 문서시스템이 하루 넘게 회신하지 않음({ $since }부터 등록 대기)
aside-registered = 문서시스템 등록: { $document }({ $on })

desk-deemed-note = 처리기간이 지난 경위
desk-about-deemed_accepted = 수리한 것으로 봅니다
desk-about-deemed_granted = 허가한 것으로 봅니다

desk-records = 문서번호
desk-records-own = 자체 번호
desk-records-outside = 외부 문서시스템
desk-records-none = 등록을 기다리는 문서 없음
desk-records-waiting = 등록 대기 { $n }건({ $since }부터)
desk-records-slow = 회신 지연
desk-records-aside = 확인이 필요한 회신 { $n }건(교환 폴더 in/aside)

result-deemed_accepted = 수리 간주
result-deemed_granted = 허가 간주
outcome-deemed_accepted = 수리한 것으로 봄
outcome-deemed_granted = 허가한 것으로 봄
status-deemed = 수리·허가한 것으로 봄
status-deemed-text = 처리기간이 지나, 법에 따라 수리하거나 허가한 것으로 봅니다.
step-deemed_accepted = 처리기간이 지나 법에 따라 수리한 것으로 봄
step-deemed_granted = 처리기간이 지나 법에 따라 허가한 것으로 봄
