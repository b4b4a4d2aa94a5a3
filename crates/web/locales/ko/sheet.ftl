# 서식 — typed forms of services, on citizens' and officials' pages.
sheet-form = 서식: { $name } ({ $basis })
sheet-unsure = 서식 확인 필요
sheet-more = 그 밖의 첨부와 공개 여부
sheet-when = 다음 경우에만 적어 주시기 바랍니다: { $label } – { $values }.
sheet-example = 예: { $text }
sheet-basis = 수집 근거: { $law }
sheet-looked-up = 행정정보 공동이용에 동의하시면 내지 않으셔도 됩니다.
sheet-document = 구비서류
sheet-kept = 올리신 파일:
sheet-choose = 골라 주시기 바랍니다
desk-sheet-missing = 올리지 않은 구비서류:

preview-missing = 아직 올리지 않으신 구비서류가 있습니다.
preview-missing-text = 지금 내지 않으셔도 신청하실 수 있습니다. 다만 담당 부서에서 보완을 요구하면 그 서류가 도착할 때까지 처리기간에 넣지 않으므로, 결과가 늦어질 수 있습니다. 서류는 보완 요구를 받으신 뒤에 이 누리집에서 내시거나 우편, 방문으로 내실 수 있습니다.
preview-resident = 주민등록번호로 보이는 번호가 있습니다.
preview-resident-text = 이 신청에는 주민등록번호가 필요하지 않습니다. ‘{ $fields }’ 칸을 고쳐 지우고 보내 주시기 바랍니다. 다른 번호라면 그대로 신청하셔도 됩니다.

form-fault-required = { $field }: 꼭 적어 주셔야 합니다.
form-fault-not-chosen = { $field }: 하나를 골라 주시기 바랍니다.
form-fault-not-agreed = { $field }: 읽고 동의해 주셔야 신청하실 수 있습니다.
form-fault-not-a-choice = { $field }: 보이는 것 가운데에서 골라 주시기 바랍니다.
form-fault-too-long = { $field }: { $limit }자까지 적으실 수 있습니다.
form-fault-not-a-line = { $field }: 한 줄로 적어 주시기 바랍니다.
form-fault-not-a-number = { $field }: 숫자로 적어 주시기 바랍니다.
form-fault-too-fine = { $field }: { $limit ->
    [0] 소수점 없이 적어 주시기 바랍니다.
   *[other] 소수점 아래 { $limit }자리까지 적어 주시기 바랍니다.
}
form-fault-too-small = { $field }: { $limit } 이상이어야 합니다.
form-fault-too-great = { $field }: { $limit } 이하여야 합니다.
form-fault-not-a-date = { $field }: 날짜를 2026-07-01과 같이 적어 주시기 바랍니다.
form-fault-in-future = { $field }: 오늘이나 그 전의 날짜를 적어 주시기 바랍니다.
form-fault-in-past = { $field }: 오늘이나 그 뒤의 날짜를 적어 주시기 바랍니다.
form-fault-not-a-phone = { $field }: 전화번호를 지역번호부터 적어 주시기 바랍니다. 예: 02-000-1010
form-fault-not-a-mail = { $field }: 전자우편 주소를 name@example.com과 같이 적어 주시기 바랍니다.
form-fault-not-a-business = { $field }: 사업자등록번호 10자리를 다시 확인해 주시기 바랍니다.
form-fault-not-a-corporation = { $field }: 법인등록번호 13자리를 적어 주시기 바랍니다.
form-fault-unknown = { $field }: 이 서식에 없는 칸입니다. 화면을 새로 열어 주시기 바랍니다.
refusal-form_unfit = 신청서에 고쳐야 할 곳이 있습니다. 신청 내용을 다시 확인해 주시기 바랍니다.
refusal-other_law = 정보공개 청구와 민원은 적용되는 법이 달라 서로 분류를 바꿀 수 없습니다.

kind-disclosure = 정보공개 청구
outcome-disclosed = 공개
result-disclosed = 공개
outcome-partly_disclosed = 부분공개
result-partly_disclosed = 부분공개
outcome-not_disclosed = 비공개
result-not_disclosed = 비공개
outcome-no_information = 정보부존재
result-no_information = 정보부존재
outcome-said = { $word }
