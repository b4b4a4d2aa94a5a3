//! 점수 — the two schemes of the plan, the old one and the composite one of 2018 (계획 Ⅳ-3).
//!
//! Every score is a fraction of points; what is missing (too few ratings, nobody to compare with) is `None` and its weight goes
//! to the rest.

use super::ratio::Ratio;

/// What a score of 법정민원 is made of; each from 0 to 1 but the shortening, which may lie below 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Statutory {
    /// 처리기간 준수율.
    pub kept: Ratio,
    /// 단축율.
    pub shortened: Ratio,
}

/// What a score of the other petitions is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Everyday {
    /// 속도: the shortening.
    pub speed: Ratio,
    /// 지연율.
    pub delayed: Ratio,
    /// 처리실적: as in [`volume`].
    pub volume: Ratio,
    /// 만족도: as in [`satisfaction`].
    pub satisfaction: Ratio,
}

/// Held within 0 and 1.
fn part(ratio: Ratio) -> Ratio {
    ratio.within(Ratio::ZERO, Ratio::ONE)
}

fn points(parts: &[(i64, Ratio)]) -> Option<Ratio> {
    let mut sum = Ratio::ZERO;
    for (weight, ratio) in parts {
        sum = sum.plus(Ratio::whole(*weight).times(*ratio)?)?;
    }
    Some(sum)
}

impl Statutory {
    /// 2018 개선안 ①: 준수율 80 + 단축율 20.
    pub fn score(&self) -> Option<Ratio> {
        points(&[(80, part(self.kept)), (20, part(self.shortened))])
    }

    /// 종전 ①: 지연율 80 + 처리실적 20, and at most one point more for the shortening.
    pub fn old_score(&self, volume: Ratio) -> Option<Ratio> {
        let bonus = part(self.shortened);
        points(&[(80, part(self.kept)), (20, part(volume))])?.plus(bonus)
    }
}

impl Everyday {
    /// 2018 개선안 ②: 신속성 50 (지연율 20 among them) + 처리실적 10 + 만족도 40.
    pub fn score(&self) -> Option<Ratio> {
        points(&[
            (30, part(self.speed)),
            (20, Ratio::ONE.minus(part(self.delayed))?),
            (10, part(self.volume)),
            (40, part(self.satisfaction)),
        ])
    }

    /// 종전 ②: 신속성 30 + 충실성 30 + 만족도 40, less up to ten points for delay.
    pub fn old_score(&self, substance: Ratio) -> Option<Ratio> {
        let before = points(&[
            (30, part(self.speed)),
            (30, part(substance)),
            (40, part(self.satisfaction)),
        ])?;
        before.minus(Ratio::whole(10).times(part(self.delayed))?)
    }
}

/// 처리실적: one's cases ÷ the mean of the group, at most 1; `None` in a group without cases.
pub fn volume(cases: u64, of_group: u64, members: u64) -> Option<Ratio> {
    let mean = Ratio::new(of_group.into(), members.into())?;
    if mean == Ratio::ZERO {
        return None;
    }
    // cases ÷ (group ÷ members)
    Ratio::new(i128::from(cases) * i128::from(members), of_group.into()).map(part)
}

/// 만족도: (mean − 1) ÷ 4 of scores from 1 to 5; `None` where fewer than `least` answered.
pub fn satisfaction(sum: u64, answers: u64, least: u64) -> Option<Ratio> {
    if answers < least {
        return None;
    }
    Ratio::new(sum.into(), answers.into())?.minus(Ratio::ONE)?.over(4)
}

/// 종합: the weighted mean of the parts there are, and the bonus (교육) on top; it may exceed 100. `None` without any part.
pub fn composite(parts: &[(u32, Option<Ratio>)], bonus: Ratio) -> Option<Ratio> {
    let (mut sum, mut weights) = (Ratio::ZERO, 0_i128);
    for (weight, score) in parts {
        if let Some(score) = score {
            sum = sum.plus(Ratio::whole((*weight).into()).times(*score)?)?;
            weights += i128::from(*weight);
        }
    }
    sum.over(weights)?
        .plus(bonus.within(Ratio::ZERO, Ratio::whole(5)))
}
