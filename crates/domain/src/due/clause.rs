//! 조항 — the clauses that the clock rests on, each with its citation

use crate::terms::coded;

coded! {
    /// A clause. `code` is stable and is the key of translations; `korean` and `english` cite it in full.
    Clause {
        /// 법 제19조제1항: five days or fewer run in hours.
        Act19P1 = "act_19_1",
        /// 법 제19조제2항: six days or more run in working days, the first counted.
        Act19P2 = "act_19_2",
        /// 법 제19조제3항: weeks, months and years run by the calendar, the first day counted.
        Act19P3 = "act_19_3",
        /// 법 제35조: objection to a refusal.
        Act35 = "act_35",
        /// 영 제6조제8항: electronic petitions are received within eight working hours.
        Decree6P8 = "decree_6_8",
        /// 영 제7조의2제3항: checking of documents through shared information.
        Decree7x2P3 = "decree_7x2_3",
        /// 영 제12조제5항: a day more for each twenty copies.
        Decree12P5 = "decree_12_5",
        /// 영 제12조제9항: a petition that must be concluded before another.
        Decree12P9 = "decree_12_9",
        /// 영 제13조: transfers.
        Decree13 = "decree_13",
        /// 영 제14조: inquiries.
        Decree14 = "decree_14",
        /// 영 제15조: suggestions.
        Decree15 = "decree_15",
        /// 영 제16조제1항: other petitions.
        Decree16P1 = "decree_16_1",
        /// 영 제17조제1항: grievances.
        Decree17P1 = "decree_17_1",
        /// 영 제17조제4항·제5항: investigation on the spot.
        Decree17P5 = "decree_17_5",
        /// 영 제19조: "immediately" is three working hours.
        Decree19 = "decree_19",
        /// 영 제20조: uncounted time.
        Decree20 = "decree_20",
        /// 영 제20조제2호: outage of an information system.
        Decree20I2 = "decree_20_i2",
        /// 영 제21조제1항: extension.
        Decree21P1 = "decree_21_1",
        /// 영 제21조제1항 단서: second extension, with consent.
        Decree21P1Second = "decree_21_1_second",
        /// 영 제21조제2항: forbidden grounds of extension.
        Decree21P2 = "decree_21_2",
        /// 영 제23조: notice of progress.
        Decree23 = "decree_23",
        /// 영 제24조제4항: periods of a supplement.
        Decree24P4 = "decree_24_4",
        /// 영 제25조제4항: documents not collected.
        Decree25P4 = "decree_25_4",
        /// 영 제34조제2항: preliminary review.
        Decree34P2 = "decree_34_2",
        /// 행정절차법 시행령 제11조제1호: supplement.
        Procedure11I1 = "procedure_11_1",
        /// 행정절차법 시행령 제11조제2호: transfer between distant agencies.
        Procedure11I2 = "procedure_11_2",
        /// 행정절차법 시행령 제11조제3호: choice of representatives.
        Procedure11I3 = "procedure_11_3",
        /// 행정절차법 시행령 제11조제4호: hearing of opinions.
        Procedure11I4 = "procedure_11_4",
        /// 행정절차법 시행령 제11조제5호: tests, inspections, appraisals, expert review.
        Procedure11I5 = "procedure_11_5",
        /// 행정절차법 시행규칙 제6조제1호.
        ProcedureRule6I1 = "procedure_rule_6_1",
        /// 행정절차법 시행규칙 제6조제2호.
        ProcedureRule6I2 = "procedure_rule_6_2",
        /// 행정절차법 시행규칙 제6조제3호.
        ProcedureRule6I3 = "procedure_rule_6_3",
        /// 행정절차법 시행규칙 제6조제4호.
        ProcedureRule6I4 = "procedure_rule_6_4",
        /// 행정절차법 시행규칙 제6조제5호.
        ProcedureRule6I5 = "procedure_rule_6_5",
        /// 행정절차법 시행규칙 제6조제6호.
        ProcedureRule6I6 = "procedure_rule_6_6",
        /// 행정절차법 시행규칙 제6조제7호.
        ProcedureRule6I7 = "procedure_rule_6_7",
        /// 민법 제157조: the first day is not counted.
        Civil157 = "civil_157",
        /// 민법 제160조: by the calendar.
        Civil160 = "civil_160",
        /// 민법 제161조: a last day on a Saturday or holiday moves on.
        Civil161 = "civil_161",
        /// 관공서의 공휴일에 관한 규정 제2조·제3조.
        Holidays = "holidays",
        /// 지방공무원 복무규정 제2조제2항: working hours.
        Service2P2 = "service_2_2",
        /// 정보공개법 제11조.
        Disclosure11 = "disclosure_11",
        /// 정보공개법 제18조.
        Disclosure18 = "disclosure_18",
        /// 정보공개법 제29조.
        Disclosure29 = "disclosure_29",
    }
}

impl Clause {
    /// The citation in Korean.
    pub fn korean(self) -> String {
        let (law, _, place) = self.cited();
        format!("{law} {place}")
    }

    /// The citation in English.
    pub fn english(self) -> String {
        let (_, law, place) = self.cited();
        format!("{law} {place}")
    }

    /// The law in Korean and English, and the place in it, which is cited alike in both.
    const fn cited(self) -> (&'static str, &'static str, &'static str) {
        const ACT: (&str, &str) = ("민원 처리에 관한 법률", "Civil Petitions Act");
        const DECREE: (&str, &str) = ("민원 처리에 관한 법률 시행령", "Civil Petitions Act Decree");
        const PROCEDURE: (&str, &str) = ("행정절차법 시행령", "Administrative Procedures Act Decree");
        const RULE: (&str, &str) = ("행정절차법 시행규칙", "Administrative Procedures Act Rules");
        const CIVIL: (&str, &str) = ("민법", "Civil Act");
        const OPEN: (&str, &str) = ("공공기관의 정보공개에 관한 법률", "Information Disclosure Act");
        let (law, place) = match self {
            Clause::Act19P1 => (ACT, "제19조제1항"),
            Clause::Act19P2 => (ACT, "제19조제2항"),
            Clause::Act19P3 => (ACT, "제19조제3항"),
            Clause::Act35 => (ACT, "제35조"),
            Clause::Decree6P8 => (DECREE, "제6조제8항"),
            Clause::Decree7x2P3 => (DECREE, "제7조의2제3항"),
            Clause::Decree12P5 => (DECREE, "제12조제5항"),
            Clause::Decree12P9 => (DECREE, "제12조제9항"),
            Clause::Decree13 => (DECREE, "제13조"),
            Clause::Decree14 => (DECREE, "제14조"),
            Clause::Decree15 => (DECREE, "제15조"),
            Clause::Decree16P1 => (DECREE, "제16조제1항"),
            Clause::Decree17P1 => (DECREE, "제17조제1항"),
            Clause::Decree17P5 => (DECREE, "제17조제4항·제5항"),
            Clause::Decree19 => (DECREE, "제19조"),
            Clause::Decree20 => (DECREE, "제20조"),
            Clause::Decree20I2 => (DECREE, "제20조제2호"),
            Clause::Decree21P1 => (DECREE, "제21조제1항"),
            Clause::Decree21P1Second => (DECREE, "제21조제1항 단서"),
            Clause::Decree21P2 => (DECREE, "제21조제2항"),
            Clause::Decree23 => (DECREE, "제23조"),
            Clause::Decree24P4 => (DECREE, "제24조제4항"),
            Clause::Decree25P4 => (DECREE, "제25조제4항"),
            Clause::Decree34P2 => (DECREE, "제34조제2항"),
            Clause::Procedure11I1 => (PROCEDURE, "제11조제1호"),
            Clause::Procedure11I2 => (PROCEDURE, "제11조제2호"),
            Clause::Procedure11I3 => (PROCEDURE, "제11조제3호"),
            Clause::Procedure11I4 => (PROCEDURE, "제11조제4호"),
            Clause::Procedure11I5 => (PROCEDURE, "제11조제5호"),
            Clause::ProcedureRule6I1 => (RULE, "제6조제1호"),
            Clause::ProcedureRule6I2 => (RULE, "제6조제2호"),
            Clause::ProcedureRule6I3 => (RULE, "제6조제3호"),
            Clause::ProcedureRule6I4 => (RULE, "제6조제4호"),
            Clause::ProcedureRule6I5 => (RULE, "제6조제5호"),
            Clause::ProcedureRule6I6 => (RULE, "제6조제6호"),
            Clause::ProcedureRule6I7 => (RULE, "제6조제7호"),
            Clause::Civil157 => (CIVIL, "제157조"),
            Clause::Civil160 => (CIVIL, "제160조"),
            Clause::Civil161 => (CIVIL, "제161조"),
            Clause::Holidays => (
                ("관공서의 공휴일에 관한 규정", "Public Holidays Decree"),
                "제2조·제3조",
            ),
            Clause::Service2P2 => (
                ("지방공무원 복무규정", "Local Officials' Service Decree"),
                "제2조제2항",
            ),
            Clause::Disclosure11 => (OPEN, "제11조"),
            Clause::Disclosure18 => (OPEN, "제18조"),
            Clause::Disclosure29 => (OPEN, "제29조"),
        };
        (law.0, law.1, place)
    }
}
