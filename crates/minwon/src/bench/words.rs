//! 지어낸 민원 — petitions made up from a few hundred words, the same ones for the same seed.

/// In one title of about eight.
pub const COMMON: &str = "가로등";
/// In one title of five thousand.
pub const RARE: &str = "쇄빙선";
/// One of so many holds it.
pub const RARE_EVERY: usize = 5_000;

const PLACES: &str = "가람동 나래동 다온동 라온동 마루동 바다동 새솔동 아름동 자람동 차오름동 큰들동 한울동 푸른길 햇살로 별빛로 \
    은하로 강변로 중앙로 시청로 역전로 시장길 학교길 공원로 숲속길 언덕길 나루터 삼거리 사거리 육교 지하차도";
const THINGS: &str = "가로등 보도블록 신호등 횡단보도 버스정류장 쓰레기통 공원 놀이터 하수구 맨홀 도로 자전거도로 주차장 화단 가로수 \
    안내판 현수막 방음벽 육교 지하도 화장실 운동기구 의자 울타리 배수로 옹벽 전신주 표지판 정자 분수";
const FAULTS: &str = "파손 고장 침하 악취 소음 누수 균열 방치 훼손 막힘 기울어짐 어두움 미끄러움 침수 무단투기 불법주차 먼지 진동 결빙 낙서";
const WISHES: &str = "수리해 주시기 바랍니다 점검을 부탁드립니다 조치를 요청합니다 교체가 필요합니다 설치를 건의합니다 \
    단속을 부탁드립니다 청소가 필요합니다 확인해 주시기 바랍니다 개선을 건의합니다 답변을 기다립니다";
const SENTENCES: &[&str] = &[
    "매일 아침 출근길에 지나는 곳인데 한 달 넘게 그대로 있습니다.",
    "어르신과 어린이가 많이 다녀서 사고가 날까 걱정됩니다.",
    "지난번에도 같은 내용을 말씀드렸으나 아직 바뀐 것이 없습니다.",
    "비가 오는 날에는 물이 고여 지나갈 수 없습니다.",
    "밤에는 앞이 보이지 않아 돌아서 다니고 있습니다.",
    "주민 여러 사람이 같은 불편을 겪고 있습니다.",
    "현장을 살펴보시고 언제까지 처리되는지 알려 주시기 바랍니다.",
    "근처 학교의 등하교 시간에 특히 위험합니다.",
];

/// What one petition says.
#[derive(Clone)]
pub struct Said {
    /// 제목.
    pub title: String,
    /// 내용.
    pub body: String,
}

/// Writes one petition after another.
pub struct Writer {
    n: u64,
    state: u64,
    words: [Vec<&'static str>; 3],
}

impl Writer {
    /// Begins at a seed.
    pub fn new(seed: u64) -> Writer {
        Writer {
            n: seed % RARE_EVERY as u64,
            state: seed,
            words: [PLACES, THINGS, FAULTS].map(|list| list.split_whitespace().collect()),
        }
    }

    /// A title of some 20 characters and a body of some 200.
    pub fn petition(&mut self) -> Said {
        self.n += 1;
        let [place, thing, fault] = [0, 1, 2].map(|list: usize| {
            let n = self.next(self.words[list].len());
            self.words[list][n]
        });
        let thing = match self.next(10) {
            0 => COMMON,
            _ => thing,
        };
        let rare = if self.n.is_multiple_of(RARE_EVERY as u64) {
            format!(" {RARE}")
        } else {
            String::new()
        };
        let house = self.next(900) + 1;
        let title = format!("{place} {house}번지 앞 {thing} {fault}{rare}");
        let wishes: Vec<&str> = WISHES.split("니다").filter(|wish| wish.len() > 6).collect();
        let wish = wishes[self.next(wishes.len())].trim();
        let mut body = format!("{place} {house}번지 앞의 {thing}에 문제({fault})가 있어 글을 올립니다. ");
        for _ in 0..4 {
            body += SENTENCES[self.next(SENTENCES.len())];
            body.push(' ');
        }
        body += wish;
        body += "니다.";
        Said { title, body }
    }

    /// The next of `many` (SplitMix64).
    pub fn next(&mut self, many: usize) -> usize {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % many.max(1) as u64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_writes_the_same_petitions_and_the_rare_word_stays_rare() {
        let (mut a, mut b) = (Writer::new(1), Writer::new(1));
        let titles: Vec<String> = (0..10_000).map(|_| a.petition().title).collect();
        assert!(titles.iter().all(|title| *title == b.petition().title));
        let with = |word: &str| titles.iter().filter(|title| title.contains(word)).count();
        assert_eq!(with(RARE), 2);
        assert!((800..2_000).contains(&with(COMMON)), "{}", with(COMMON));
    }
}
