# 본인확인 — 확인 기관, 연결, 확인이 필요한 민원, 연습용 본인확인

means-code = 인증번호
means-identity = 본인확인
means-simple = 간편인증
means-mobile_id = 모바일 신분증
means-certificate = 인증서
assurance-none = 확인하지 않음
assurance-contact = 연락처 확인
assurance-verified = 본인확인

identity-sign-in-title = 본인확인으로 로그인
identity-sign-in-text = 확인 기관을 고르시면 그 기관의 화면으로 이동합니다. 주민등록번호는 받지 않습니다.
identity-code-title = 인증번호로 로그인
identity-enter = (으)로 로그인
identity-tie = 연결하기

reach-own-title = 로그인 연락처
reach-none = 인증번호로 로그인하실 수 있는 연락처가 없습니다.
reach-lets-in = 인증번호로 로그인하실 수 있습니다
reach-only = 안내만 보내 드립니다
reach-add = 연락처 추가
reach-change = 연락처 추가·변경
reach-add-title = 로그인 연락처 추가·변경
reach-add-text = 보내 드리는 인증번호를 입력하시면, 다음부터 그 연락처로 로그인하실 수 있습니다.
reach-replaces = 새 휴대전화나 전자우편은 아래의 같은 종류를 대신합니다. 바뀐 연락처로는 더 로그인하실 수 없습니다.
reach-error-others = 이 연락처는 다른 ‘나의 민원’의 로그인 연락처여서 바꾸지 않았습니다. 다른 연락처를 쓰시거나, 로그아웃하신 뒤 이 연락처로 로그인하시면 그곳의 민원을 보실 수 있습니다.
done-contact-added = 이제 이 연락처로 로그인하실 수 있습니다.
done-contact-reached = 안내를 받으실 연락처를 저장하였습니다. 이 연락처는 다른 ‘나의 민원’의 로그인 연락처이므로, 로그인에는 쓰실 수 없습니다.

identity-own-title = 내 본인확인
identity-own-text = 본인확인을 연결해 두시면, 다음에 그 본인확인으로 로그인하셔도 같은 ‘나의 민원’이 열립니다.
identity-own-none = 연결하신 본인확인이 없습니다.
identity-since = 연결한 때
identity-shown = 마지막으로 확인한 때
identity-untie = 연결 끊기
identity-tie-title = 본인확인 연결
identity-error-last = 이 본인확인을 끊으면 ‘나의 민원’에 다시 들어오실 수 없으므로 끊지 않았습니다. 로그인 연락처나 다른 본인확인을 먼저 추가해 주시기 바랍니다.
done-identity-tied = 본인확인을 마쳤습니다.
done-identity-untied = 본인확인 연결을 끊었습니다.

identity-leaving-title = 본인확인 연결
identity-leaving-text = 확인 기관의 화면으로 이동합니다: { $name }. 확인을 마치시면 여기로 돌아와 연결됩니다.
identity-taken-over = 확인 기관에서 받는 정보
identity-taken-name = 성명
identity-taken-reach = 전화번호와 전자우편(비어 있는 연락처를 채울 때만 씁니다)
identity-taken-identifier = 같은 분인지 알아보는 번호(원래 번호를 알 수 없게 바꾸어 보관합니다)
identity-leaving-not = 연결하지 않기
identity-leaving-go = 이동하기: { $name }

identity-not-title = 본인확인을 마치지 못하였습니다
identity-not-foreign = 이 브라우저에서 시작하신 본인확인이 아니거나, 그사이에 로그인 상태가 바뀌었습니다. 처음부터 다시 해 주시기 바랍니다.
identity-not-late = 시작하신 지 10분이 지났습니다. 처음부터 다시 해 주시기 바랍니다.
identity-not-again = 이미 한 번 쓴 확인 결과입니다. 로그인되어 있지 않으면 처음부터 다시 해 주시기 바랍니다.
identity-not-cancelled = 본인확인을 그만두셨습니다. 원하실 때 다시 하실 수 있습니다.
identity-not-refused = 확인 기관이 보낸 결과가 올바르지 않아 받지 않았습니다. 다시 해 보시고, 그래도 되지 않으면 다른 방법을 이용해 주시기 바랍니다.
identity-not-lacking = 확인 기관이 성명 등 필요한 정보를 알려 주지 않았습니다. 확인 기관의 화면에서 정보 제공에 동의하셨는지 보시거나, 다른 방법을 이용해 주시기 바랍니다.
identity-not-away = 확인 기관에 연결할 수 없습니다. 잠시 뒤 다시 하시거나, 다른 방법을 이용해 주시기 바랍니다.
identity-not-taken = 이 본인확인은 이미 다른 ‘나의 민원’에 연결되어 있어 여기에는 연결하지 않았습니다. 두 곳의 민원을 저희가 마음대로 합치지 않습니다. 로그아웃하신 뒤 이 본인확인으로 로그인하시면 그곳의 민원을 보실 수 있습니다.
identity-not-signed_out = 그사이에 로그아웃되어 연결하지 않았습니다. 로그인하신 뒤 다시 해 주시기 바랍니다.
identity-not-wait = 짧은 시간에 너무 많이 시도되었습니다. 잠시 뒤 다시 해 주시기 바랍니다.
identity-not-kept = 쓰고 계시던 글은 임시저장한 그대로 있습니다.
identity-try-again = 다시 하기
identity-counter = 본인확인을 하기 어려우시면 신분증을 가지고 민원실로 오시거나, 전화로 물어보시기 바랍니다. 전화 { $phone }

identity-needed-title = 본인확인이 필요한 민원입니다
identity-needed-text = 온라인으로 신청하시려면 본인확인이 필요합니다(「전자정부법」 제10조).
identity-needed-kept = 지금까지 쓰신 내용은 임시저장하였습니다. 본인확인을 마치시면 이어서 신청하실 수 있습니다.
identity-needed-tie = 확인하신 본인확인은 지금 로그인하신 ‘나의 민원’에 연결됩니다.
identity-needed-none = 지금은 누리집에서 하실 수 있는 본인확인이 없습니다. 아래의 방법으로 신청해 주시기 바랍니다.
identity-choose = 확인 방법 선택
identity-other-way = 다른 방법으로 신청하기
identity-service = 온라인으로 신청하시려면 본인확인이 필요합니다.
identity-name-kept = 본인확인으로 받은 성명입니다. 다른 분이나 단체를 위하여 신청하시면 바로 아래 칸을 펼쳐 골라 주시기 바랍니다.

identity-case = 신청인 확인
identity-case-value = { $means } · { $when }

identity-rehearsal-title = 연습용 본인확인
identity-rehearsal-mark = 체험판에만 있는 화면입니다. 아무것도 확인하지 않습니다.
identity-rehearsal-text = 실제 운영에서는 이 자리에 본인확인 기관의 화면이 나옵니다. 아래 사람들은 모두 지어낸 사람입니다.
identity-rehearsal-who = 누구로 해 보시겠습니까?
identity-rehearsal-no-reach = (연락처 없음)
identity-rehearsal-faults = 잘못되는 경우 해 보기
identity-rehearsal-lacking = 성명을 알려 주지 않는 경우
identity-rehearsal-away = 확인 기관에 연결되지 않는 경우
identity-rehearsal-cancel = 그만두기
