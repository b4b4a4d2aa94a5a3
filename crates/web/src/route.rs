//! 주소 — every address of the citizens' pages, typed; templates and handlers build links from here only.
//!
//! `routes!` makes an enum, its patterns for the router, and a table by name for templates: `url("service", code)`.

use std::fmt;

/// One row for templates: name, pattern.
pub type Row = (&'static str, &'static str);

/// Declares an enum of addresses. Each line: `Variant(argument, …) = "name" "/pattern/{argument}";`
#[macro_export]
macro_rules! routes {
    ($(#[$meta:meta])* $enum:ident { $($(#[$doc:meta])* $variant:ident $(($($arg:ident),+))? = $name:literal $pattern:literal;)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum $enum { $($(#[$doc])* $variant $(($($crate::routes!(@string $arg)),+))?,)* }

        impl $enum {
            /// All rows, for the template function `url`.
            pub const TABLE: &'static [$crate::route::Row] = &[$(($name, $pattern)),*];
        }
        /// The patterns as the router takes them, one constant per address: `at::Home`.
        pub mod at {
            $(#[doc = $pattern] #[expect(non_upper_case_globals, reason = "of the same name as the address")] pub const $variant: &str = $pattern;)*
        }

        impl std::fmt::Display for $enum {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    $(Self::$variant $(($($arg),+))? => f.write_str(&$crate::route::fill($pattern, &[$($(($arg).as_str()),+)?]).unwrap_or_default()),)*
                }
            }
        }
    };
    (@string $arg:ident) => { String };
}

routes! {
    /// The addresses of the citizens' face.
    To {
        /// 첫 화면
        Home = "home" "/";
        /// 민원사무 목록과 검색 (POST: no words in addresses)
        Services = "services" "/services";
        /// 민원사무 안내
        Service(code) = "service" "/services/{code}";
        /// 민원처리기준표
        Standards = "standards" "/standards";
        /// 민원처리기준표 내려받기: standards.csv, standards.xlsx
        StandardsFile(file) = "standards_file" "/standards/{file}";
        /// 신청 시작: what kind, or which service
        Start = "start" "/file";
        /// 신청 시작: a service already chosen
        StartService(code) = "start_service" "/file/service/{code}";
        /// 신청 단계: what, content, contact, verify, preview
        Step(draft, step) = "step" "/file/{draft}/{step}";
        /// 첨부 빼기
        DropFile(draft, file) = "drop_file" "/file/{draft}/files/{file}/remove";
        /// 신청 완료
        Filed(number) = "filed" "/filed/{number}";
        /// 임시저장 목록
        Drafts = "drafts" "/drafts";
        /// 임시저장 삭제
        DropDraft(draft) = "drop_draft" "/drafts/{draft}/delete";
        /// 본인 확인: telephone or mail
        SignIn = "sign_in" "/sign-in";
        /// 인증번호 입력
        Code = "code" "/sign-in/code";
        /// 본인확인 기관으로
        Identify(provider) = "identify" "/sign-in/identity/{provider}";
        /// 본인확인 기관에서
        IdentifyBack(provider) = "identify_back" "/sign-in/identity/{provider}/back";
        /// 본인확인 연결
        TieIdentity = "tie_identity" "/my/identity/tie";
        /// 본인확인 연결 끊기
        UntieIdentity = "untie_identity" "/my/identity/untie";
        /// 로그인 연락처
        AddContact = "add_contact" "/my/contact";
        /// 로그인 연락처의 인증번호
        AddContactCode = "add_contact_code" "/my/contact/code";
        /// 로그아웃
        SignOut = "sign_out" "/sign-out";
        /// 나의 민원
        Mine = "mine" "/my";
        /// 개인정보 삭제 요청
        ErasureAsk = "erasure_ask" "/my/erasure";
        /// 개인정보 삭제 요청 결과 확인
        ErasureResult = "erasure_result" "/erasure";
        /// 개인정보 파기 확인서 (POST: the code goes in no address)
        ErasureCertificate = "erasure_certificate" "/erasure/certificate";
        /// 민원 한 건
        Petition(number) = "petition" "/my/{number}";
        /// 왜 이 날짜입니까?
        DueDay(number) = "due_day" "/my/{number}/due";
        /// 열람 내역: which offices looked at it, `?page=`
        Looks(number) = "looks" "/my/{number}/looks";
        /// 보완 제출
        Supplement(number) = "supplement" "/my/{number}/supplement";
        /// 보완 기한 연장 요청
        SupplementTime(number) = "supplement_time" "/my/{number}/supplement-time";
        /// 연장 동의
        Consent(number) = "consent" "/my/{number}/consent";
        /// 취하
        Withdraw(number) = "withdraw" "/my/{number}/withdraw";
        /// 내용 변경, 이의신청, 추가답변 요청
        Say(number, what) = "say" "/my/{number}/say/{what}";
        /// 행정정보 공동이용: consents, look-ups, asking for the record
        Sharing(number) = "sharing" "/my/{number}/sharing";
        /// 특별절차 개시
        ProceedingOpen(number, track) = "proceeding_open" "/my/{number}/proceedings/open/{track}";
        /// 특별절차 한 건
        Proceeding(number, no) = "proceeding" "/my/{number}/proceedings/{no}";
        /// 특별절차의 행위
        ProceedingMove(number, no, step, code) = "proceeding_move" "/my/{number}/proceedings/{no}/{step}/{code}";
        /// 추첨 기록
        ProceedingLot(number, no, n) = "proceeding_lot" "/my/{number}/proceedings/{no}/lots/{n}/record";
        /// 특별절차의 문서: the paper a move made
        ProceedingPaper(number, seq) = "proceeding_paper" "/my/{number}/proceedings/papers/{seq}";
        /// 특별절차 안내
        Procedures = "procedures" "/procedures";
        /// 특별절차 하나
        Procedure(code) = "procedure" "/procedures/{code}";
        /// 사례집: `?track=` and `?older=`
        Casebook = "casebook" "/casebook";
        /// 공개 민원과 답변
        Board = "board" "/board";
        /// 만족도 평가
        Rate(number) = "rate" "/my/{number}/rating";
        /// 문서 내려받기: filing, receipt, result
        Paper(number, paper) = "paper" "/my/{number}/papers/{paper}";
        /// 첨부 내려받기
        File(number, file) = "file" "/my/{number}/files/{file}";
        /// 신청번호로 찾기
        LookUp = "look_up" "/look-up";
        /// 신청번호로 찾기: 인증번호
        LookUpCode = "look_up_code" "/look-up/code";
        /// 언어 바꾸기
        Language = "language" "/language";
        /// 보기 설정
        Look = "look" "/look";
        /// 개인정보 처리방침
        Privacy = "privacy" "/privacy";
        /// 웹 접근성 안내
        Accessibility = "accessibility" "/accessibility";
        /// 진위 확인: the signed statement on a paper
        Verify = "verify" "/verify";
        /// 공개된 뿌리값
        Roots = "roots" "/roots";
        /// 뿌리값 파일, to be kept
        RootsFile = "roots_file" "/roots/minwon-roots.txt";
        /// 접수증의 증빙 (POST: the statement goes in no address)
        Proof = "proof" "/verify/proof";
        /// 체험용 우편함 (demo only)
        Mailbox = "mailbox" "/demo/mail";
        /// 연습용 본인확인 (demo only)
        Rehearsal = "rehearsal" "/demo/identity";
    }
}

/// Puts `args` into the `{…}` of `pattern`, percent-encoded; `None` if their number differs.
pub fn fill(pattern: &str, args: &[&str]) -> Option<String> {
    let mut out = String::with_capacity(pattern.len() + 32);
    let mut args = args.iter();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        out.push_str(&encode(args.next()?).to_string());
        rest = after.split_once('}')?.1;
    }
    out.push_str(rest);
    args.next().is_none().then_some(out)
}

/// The address called `name`, with `args` in its pattern and `query` behind it.
pub fn by_name(name: &str, args: &[&str], query: &[(String, String)]) -> Result<String, NoRoute> {
    let pattern = crate::view::ROUTES
        .iter()
        .flat_map(|table| table.iter())
        .find_map(|(key, pattern)| (*key == name).then_some(*pattern))
        .ok_or_else(|| NoRoute(name.to_owned()))?;
    let mut address =
        fill(pattern, args).ok_or_else(|| NoRoute(format!("{name} with {} arguments", args.len())))?;
    for (i, (key, value)) in query.iter().enumerate() {
        address.push(if i == 0 { '?' } else { '&' });
        address.push_str(&format!("{}={}", encode(key), encode(value)));
    }
    Ok(address)
}

/// A link to nowhere: a mistake in a template.
#[derive(Debug, thiserror::Error)]
#[error("no address is called {0}")]
pub struct NoRoute(String);

/// Percent-encodes all but unreserved characters (RFC 3986).
fn encode(text: &str) -> impl fmt::Display {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_built_from_one_table() {
        assert_eq!(
            To::Service("가/나 1".into()).to_string(),
            "/services/%EA%B0%80%2F%EB%82%98%201"
        );
        assert_eq!(To::Home.to_string(), "/");
        assert_eq!(
            by_name("paper", &["1", "receipt"], &[]).expect("known"),
            "/my/1/papers/receipt"
        );
        assert_eq!(
            by_name("services", &[], &[("after".into(), "a b".into())]).expect("known"),
            "/services?after=a%20b"
        );
        assert!(by_name("paper", &["1"], &[]).is_err());
        assert!(by_name("nowhere", &[], &[]).is_err());
    }

    #[test]
    fn no_name_or_pattern_stands_twice() {
        let mut seen = std::collections::BTreeSet::new();
        for (name, pattern) in crate::view::ROUTES.iter().flat_map(|table| table.iter()) {
            assert!(seen.insert(*name) & seen.insert(*pattern), "{name} {pattern}");
        }
    }
}
