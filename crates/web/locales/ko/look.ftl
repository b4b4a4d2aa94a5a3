# 보기 설정
look-title = 보기 설정
look-large = 글자 크게
look-usual = 글자 원래 크기로
look-contrast = 고대비로 보기
look-soft = 고대비 끄기
look-about = 모든 화면 위쪽의 ‘글자 크게’와 ‘고대비로 보기’를 누르시면 글자가 두 배로 커지고 글과 바탕이 뚜렷해집니다. 컴퓨터나 전화기에 정해 두신 고대비 설정도 그대로 따릅니다.
