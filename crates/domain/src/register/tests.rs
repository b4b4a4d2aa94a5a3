//! 이전 대장 시험 — every kind of bad row, and the ways a day is written.

use super::*;
use jiff::civil::datetime;

fn now() -> At {
    At::seoul(datetime(2026, 6, 15, 10, 0, 0, 0))
}

fn known() -> Known {
    let code = |text: &str| text.parse::<Code>().unwrap();
    let services = [
        ("도로점용 허가", "S071", Kind::Statutory),
        ("건의", "S135", Kind::Suggestion),
    ];
    Known {
        kinds: BTreeMap::from([("진정".to_owned(), Kind::Other)]),
        outcomes: BTreeMap::from([("해결".to_owned(), Outcome::Answered)]),
        units: BTreeMap::from([("도로시설과".to_owned(), UnitId(uuid::Uuid::from_u128(7)))]),
        services: (services.iter())
            .map(|(name, text, kind)| (word(name), (code(text), *kind)))
            .collect(),
        service_of: Kind::ALL.iter().map(|kind| (*kind, code("S134"))).collect(),
    }
}

/// A good row, in the words of a register.
fn good() -> Cells {
    [
        (Column::Number, "2019-001234"),
        (Column::Filed, "2019. 3. 4."),
        (Column::Received, "2019-03-04 10:20"),
        (Column::Due, "2019-03-13"),
        (Column::Concluded, "2019/03/11"),
        (Column::Department, "도로 시설과"),
        (Column::Handler, "배도담"),
        (Column::Kind, "질의민원"),
        (Column::Outcome, "답변"),
        (Column::Title, "가로등 점검 주기를 알고 싶습니다"),
        (Column::Answer, "매월 점검합니다."),
        (Column::Name, "홍길동"),
        (Column::Phone, "010-0000-0000"),
        (Column::Mail, "gildong@example.com"),
    ]
    .map(|(column, cell)| (column, cell.to_owned()))
    .into()
}

fn with(changes: &[(Column, &str)]) -> Cells {
    let mut cells = good();
    for (column, cell) in changes {
        cells.insert(*column, (*cell).to_owned());
    }
    cells
}

fn faults(cells: &Cells) -> Vec<(Column, Why)> {
    match read(cells, &[], &known(), now()) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.into_iter().map(|f| (f.column, f.why)).collect(),
    }
}

#[test]
fn a_good_row_is_read_as_it_stands() {
    let old = read(&good(), &[], &known(), now()).unwrap();
    let at = |d: i8, h: i8, m: i8| At::seoul(datetime(2019, 3, d, h, m, 0, 0));
    assert_eq!((old.filed, old.received), (at(4, 0, 0), Some(at(4, 10, 20))));
    assert_eq!(old.due, Some(at(14, 0, 0)), "a day is lawful to its end");
    assert_eq!(old.ended, Some((Outcome::Answered, at(11, 0, 0))));
    assert_eq!(old.petitioner.unwrap().phone.as_deref(), Some("01000000000"));
    // The petition was filed in the afternoon, the register knows only the day of its reception.
    let same_day = with(&[
        (Column::Filed, "2019-03-04 15:00"),
        (Column::Received, "2019-03-04"),
        (Column::Concluded, "2019-03-04"),
    ]);
    let old = read(&same_day, &[], &known(), now()).unwrap();
    assert_eq!(
        (old.received, old.ended.unwrap().1),
        (Some(at(4, 15, 0)), at(4, 15, 0)),
        "no event before its cause"
    );
}

#[test]
fn every_kind_of_bad_row_is_told_with_its_column() {
    use Column::*;
    let long = "가".repeat(5_001);
    type Row<'a> = (&'a [(Column, &'a str)], &'a [(Column, Why)]);
    let table: &[Row] = &[
        (&[(Number, "")], &[(Number, Why::Missing)]),
        (&[(Number, "2.02E+11")], &[(Number, Why::Mangled)]),
        (&[(Number, &long)], &[(Number, Why::TooLong)]),
        (&[(Filed, " ")], &[(Filed, Why::Missing)]),
        (&[(Filed, "3월쯤")], &[(Filed, Why::UnreadableDate)]),
        (&[(Filed, "43528")], &[(Filed, Why::UnreadableDate)]),
        (&[(Received, "2019-02-30")], &[(Received, Why::UnreadableDate)]),
        (&[(Filed, "1019-03-04")], &[(Filed, Why::TooEarly)]),
        (&[(Concluded, "2029-03-11")], &[(Concluded, Why::InFuture)]),
        (&[(Received, "2019-03-03")], &[(Received, Why::BeforeFiled)]),
        (&[(Due, "2019-03-01")], &[(Due, Why::BeforeReceived)]),
        (&[(Concluded, "2019-03-03")], &[(Concluded, Why::BeforeReceived)]),
        (
            &[(Concluded, "2019-03-03"), (Received, "")],
            &[(Concluded, Why::BeforeFiled)],
        ),
        (&[(Kind, "")], &[(Kind, Why::Missing)]),
        (&[(Kind, "민원")], &[(Kind, Why::UnknownKind)]),
        (&[(Outcome, "")], &[(Outcome, Why::OutcomeMissing)]),
        (&[(Outcome, "잘됨")], &[(Outcome, Why::UnknownOutcome)]),
        (&[(Outcome, "허가")], &[(Outcome, Why::NotOfKind)]),
        (
            &[(Kind, "법정민원"), (Outcome, "완료")],
            &[(Outcome, Why::UnknownOutcome)],
        ),
        (&[(Concluded, "")], &[(Concluded, Why::ConclusionMissing)]),
        (
            &[(Concluded, ""), (Outcome, "")],
            &[(Concluded, Why::ConclusionMissing)],
        ),
        (
            &[(Concluded, ""), (Outcome, ""), (Answer, ""), (Received, "")],
            &[(Received, Why::ReceptionMissing)],
        ),
        (&[(Department, "없는과")], &[(Department, Why::UnknownDepartment)]),
        (&[(Department, "")], &[(Department, Why::Missing)]),
        (&[(Service, "없는 사무")], &[(Service, Why::UnknownService)]),
        (&[(Service, "도로점용 허가")], &[(Service, Why::NotOfKind)]),
        (&[(Title, "")], &[(Title, Why::Missing)]),
        (&[(Title, &long)], &[(Title, Why::TooLong)]),
        (&[(Name, "")], &[(Name, Why::Missing)]),
        (&[(Phone, "없음")], &[(Phone, Why::UnreadablePhone)]),
        (&[(Mail, "gildong")], &[(Mail, Why::UnreadableMail)]),
        (&[(Title, "#REF!")], &[(Title, Why::SheetError)]),
        (
            &[(Body, "제 번호는 800101-1234567 입니다")],
            &[(Body, Why::Resident)],
        ),
        (&[(Answer, "\u{FFFD}\u{FFFD}")], &[(Answer, Why::Garbled)]),
        (
            &[(Number, ""), (Title, ""), (Kind, "x")],
            &[
                (Number, Why::Missing),
                (Kind, Why::UnknownKind),
                (Title, Why::Missing),
            ],
        ),
    ];
    for (changes, wanted) in table {
        assert_eq!(&faults(&with(changes)), wanted, "{changes:?}");
    }
    assert!(table.len() > 30);
    for why in Why::ALL {
        assert!(
            why.korean().ends_with('.') || why.korean().ends_with(')'),
            "{why}"
        );
    }
}

#[test]
fn what_an_office_adds_to_the_words_is_understood() {
    use Column::*;
    assert_eq!(faults(&with(&[(Kind, "진정"), (Outcome, "해결")])), []);
    assert_eq!(faults(&with(&[(Kind, "건의"), (Service, "건 의")])), []);
    assert_eq!(faults(&with(&[(Kind, "기타민원"), (Outcome, "처리 완료")])), []);
    assert_eq!(
        faults(&with(&[(Outcome, "취하"), (Department, ""), (Handler, "")])),
        [],
        "withdrawn before any department"
    );
    let mut nameless = good();
    nameless.remove(&Name);
    let old = read(&nameless, &[], &known(), now()).unwrap();
    assert_eq!(old.petitioner, None, "a register without a column for names");
}

#[test]
fn the_history_is_read_with_its_row() {
    let step = |at: &str, what: &str| -> Cells {
        [(Column::StepAt, at), (Column::StepWhat, what)]
            .map(|(column, cell)| (column, cell.to_owned()))
            .into()
    };
    let old = read(
        &good(),
        &[
            step("2019-03-05 09:00", "현장 확인"),
            step("2019-03-06", "부서 협의"),
        ],
        &known(),
        now(),
    )
    .unwrap();
    assert_eq!(
        old.steps.iter().map(|s| s.what.as_str()).collect::<Vec<_>>(),
        ["현장 확인", "부서 협의"]
    );
    let wrong = read(
        &good(),
        &[
            step("", "현장 확인"),
            step("어제", ""),
            step("2019-03-05", "#N/A"),
        ],
        &known(),
        now(),
    )
    .unwrap_err();
    let told: Vec<_> = wrong.iter().map(|f| (f.column, f.why)).collect();
    assert_eq!(
        told,
        [
            (Column::StepAt, Why::Missing),
            (Column::StepAt, Why::UnreadableDate),
            (Column::StepWhat, Why::Missing),
            (Column::StepWhat, Why::SheetError)
        ]
    );
}

#[test]
fn days_are_read_as_registers_write_them() {
    let day = |d: i8| jiff::civil::date(2019, 3, d);
    for (text, time) in [
        ("2019-03-04", None),
        ("2019.03.04", None),
        ("2019. 3. 4.", None),
        ("2019. 3. 4.(월)", None),
        ("2019/3/4", None),
        ("20190304", None),
        ("2019년 3월 4일", None),
        ("2019-03-04 14:05", Some((14, 5))),
        ("2019-03-04T14:05:00", Some((14, 5))),
        ("2019-03-04 14:05:00.000", Some((14, 5))),
        ("2019. 3. 4. 오후 2:05", Some((14, 5))),
        ("2019년 3월 4일 오전 12시 5분", Some((0, 5))),
        ("2019년 3월 4일 14시", Some((14, 0))),
        ("201903041405", Some((14, 5))),
        ("20190304 14:05", Some((14, 5))),
    ] {
        let moment = read_moment(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(
            (moment.day, moment.time.map(|t| (t.hour(), t.minute()))),
            (day(4), time),
            "{text}"
        );
    }
    for text in [
        "",
        "19.03.04",
        "2019-13-04",
        "2019-02-29",
        "43528",
        "43528.5",
        "-2019-03-04",
        "3월 4일",
        "어제",
        "2019-03",
        "2019-03-04 25:00",
        "2019-03-04 14",
        "March 4 2019",
    ] {
        assert_eq!(read_moment(text), None, "{text}");
    }
}

#[test]
fn a_resident_number_is_seen_however_it_is_written_and_nothing_else_is() {
    for text in [
        "800101-1234567",
        "8001011234567",
        "번호 800101 - 1234567번",
        "(990228-2000000)",
    ] {
        assert_eq!(why::unfit(text, Column::Title), Some(Why::Resident), "{text}");
    }
    for text in [
        "20190304-000012",
        "801301-1234567",
        "800132-1234567",
        "800101-9234567",
        "1800101-1234567",
        "8001011234567890",
        "010-1234-5678",
        "800101-123456",
    ] {
        assert_eq!(why::unfit(text, Column::Title), None, "{text}");
    }
    assert_eq!(
        why::unfit("8001011234567", Column::Number),
        None,
        "a number of a register may look like one"
    );
}
