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
desk-about-record_deemed = 처리기한이 지나 법에 따라 수리하거나 허가한 것으로 보게 된 사실을 기록하고 민원인에게 알립니다. 시스템은 스스로 결정하지 않습니다.
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

# 정보공개 청구: 제3자의 의견과 이의신청.

deed-tell_third_party = 제3자 통지
deed-hear_third_party = 제3자 의견 기록
event-third_party_told = 제3자 통지 — 비공개 요청 기한 { $until }
event-third_party_heard = 제3자 의견: 공개에 이의 없음
event-third_party_heard-objects = 제3자 의견: 비공개 요청
event-disclosure_set = 공개 실시일 { $from } — 제3자의 비공개 요청에도 공개
refusal-third_party_time = 제3자가 비공개를 요청할 수 있는 기간이 끝나지 않았습니다.
refusal-no_third_party = 의견을 기다리는 제3자가 없습니다.
refusal-disclosure_objection_late = 결정 통지를 받은 날부터 30일이 지났습니다. 행정심판이나 행정소송을 제기하실 수 있는지 확인해 주시기 바랍니다.
aside-third-awaited = 제3자 { $name } — 비공개 요청 기한 { $until }
aside-third-objects = 제3자 { $name } — 비공개 요청
aside-third-agrees = 제3자 { $name } — 공개에 이의 없음
aside-disclosed-from = 공개 실시일 { $from }: 공개 결정 이유와 함께 제3자에게 문서로 통지
desk-about-tell_third_party = 청구된 정보에 제3자와 관련된 내용이 있으면 지체 없이 알립니다. 제3자는 통지를 받은 날부터 3일 안에 공개하지 아니할 것을 요청할 수 있습니다.
desk-about-hear_third_party = 제3자의 의견을 기록합니다. 비공개 요청이 있는데도 공개하면 결정일과 공개 실시일 사이에 30일 이상을 둡니다.
desk-third = 제3자
desk-third-name = 제3자의 성명 또는 명칭
desk-third-what = 제3자와 관련된 정보와 통지한 방법
desk-third-what-hint = 구두로 알렸으면 그 내용도 적습니다.
desk-third-arrived = 통지가 도달한 날
desk-third-arrived-hint = 비공개 요청 기한을 이날부터 셉니다.
desk-third-objects = 공개에 대한 의견
desk-third-text = 의견의 내용
objects-yes = 비공개 요청
objects-no = 이의 없음
step-disclosure-set = 제3자가 공개하지 아니할 것을 요청하여 { $when }부터 공개합니다
say-objection-lead-disclosure = 비공개·부분공개·정보부존재 결정의 통지를 받은 날부터 30일 안에 이의신청을 하실 수 있습니다. 받은 날부터 7일 안에 결정하여 알려 드립니다. 이의신청과 관계없이 행정심판이나 행정소송을 제기하실 수 있습니다.

korean-only = 일부 사항은 한국어로만 있습니다.

# 고시본과 매뉴얼.

book-editions = 처리기준표 고시본
book-editions-text = 고시한 처리기준표를 번호와 기준일로 남깁니다. 남긴 고시본은 바뀌지 않으며 누구나 내려받을 수 있습니다.
book-editions-none = 아직 고시본이 없습니다.
book-edition-number = 고시번호
book-edition-number-hint = 예: 제2026-15호. 한글, 영문, 숫자, 붙임표를 쓸 수 있습니다.
book-edition-number-wrong = 고시번호에는 한글, 영문, 숫자, 붙임표만 쓸 수 있습니다.
book-edition-taken = 같은 번호의 고시본이 이미 있습니다. 남긴 고시본은 바꿀 수 없습니다.
book-edition-day = 기준일
book-edition-day-hint = 오늘이나 지난 날만 고를 수 있습니다.
book-edition-services = 민원사무
book-edition-made = 남긴 때
book-edition-files = 내려받기
book-edition-make = 고시본 남기기
book-edition-done = 고시본을 남겼습니다.
desk-paper-advance_notice = 예고장
desk-paper-dunning = 독촉장

# 대장의 종류.

register-which = 대장
register-petitions = 민원 처리부(별지 제1호서식)
register-objections = 이의신청처리대장(별지 제12호서식)
