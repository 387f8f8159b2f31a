//! Laws of the whole: what is written is read; nothing panics; files are the same byte for byte.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use takeroot_civil::*;
use takeroot_words::Lang;

use super::*;

fn any_day() -> impl Strategy<Value = Day> {
    (Day::EARLIEST.epoch_days()..=Day::LATEST.epoch_days()).prop_map(Day::from_epoch_days)
}

fn member<T: Code + std::fmt::Debug>() -> impl Strategy<Value = T> {
    select(T::ALL.to_vec())
}

/// Trimmed text that a cell can hold, with what is apt to go wrong in it.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => Just(String::new()),
        2 => select(vec![
            "001", "1e5", "=1+1", "'x", "2020.10", "43831", "TRUE", "_x0041_", "a\nb", "<&>\"'", "无", "/", "合计", "注：",
            "姓名", "－", "𠮷野", "a  b", "是", "#REF!", "1.5", "90010119850315123X",
        ]).prop_map(str::to_owned),
        3 => "[一-龥A-Za-z0-9（）〔〕·，。 ]{0,12}".prop_map(|t| t.trim().to_owned()),
    ]
}

fn resident_id() -> impl Strategy<Value = ResidentId> {
    (any_day(), 0u32..1000).prop_map(|(birth, order)| {
        let birth = birth.to_string().replace('-', "");
        let digits = format!("990101{birth}{order:03}");
        let check = resident_id::check_character(&digits).expect("17 digits");
        ResidentId::parse(&format!("{digits}{check}")).expect("an ID")
    })
}

fn fact(organs: Vec<OrganId>) -> BoxedStrategy<Fact> {
    let organ = move || select(organs.clone());
    let some_organ = organ();
    prop_oneof![
        (member(), organ(), any::<Option<u8>>()).prop_map(|(channel, organ, years_in_unit)| {
            Fact::Recruited { channel, organ, years_in_unit }
        }),
        organ().prop_map(|organ| Fact::Registered { organ }),
        (member(), member(), any::<bool>(), text(), text()).prop_map(
            |(education, degree, full_time, school, major)| {
                Fact::Educated { education, degree, full_time, school, major }
            }
        ),
        (proptest::option::of(member()), text(), organ(), any::<bool>()).prop_map(
            |(layer, title, organ, concurrent)| Fact::Appointed { layer, title, organ, concurrent }
        ),
        (text(), organ()).prop_map(|(title, organ)| Fact::Relieved { title, organ }),
        member().prop_map(|rank| Fact::Ranked { rank }),
        (1u8..=27, 1u8..=15).prop_map(|(l, s)| Fact::Graded {
            level: Level::new(l).expect("a level"),
            step: Step::new(s).expect("a step"),
        }),
        (1900u16..=2199, member()).prop_map(|(year, grade)| Fact::Assessed { year, grade }),
        organ().prop_map(|organ| Fact::Posted { organ }),
        (member(), proptest::option::of(some_organ), text())
            .prop_map(|(kind, organ, place)| Fact::SecondedOut { kind, organ, place }),
        Just(Fact::SecondedBack {}),
        (member(), proptest::option::of(any_day()))
            .prop_map(|(sanction, until)| Fact::Sanctioned { sanction, until }),
        any::<bool>().prop_map(|open| Fact::Investigated { open }),
        member().prop_map(|reward| Fact::Rewarded { reward }),
        (member(), any::<u16>(), any::<u16>(), any::<bool>(), any::<bool>()).prop_map(
            |(kind, days, hours, off_job, passed)| Fact::Trained { kind, days, hours, off_job, passed }
        ),
        (member(), any::<u16>()).prop_map(|(kind, half_days)| Fact::OnLeave { kind, half_days }),
        (member(), text(), proptest::option::of(any_day())).prop_map(|(kind, place, to)| Fact::Worked {
            kind,
            place,
            to
        }),
        member().prop_map(|reason| Fact::Left { reason }),
        Just(Fact::Voided {}),
    ]
    .boxed()
}

fn event(organs: Vec<OrganId>) -> impl Strategy<Value = (u32, Option<prop::sample::Index>, Event)> {
    let maybe = || proptest::option::of(any_day());
    (
        1u32..4,
        proptest::option::weighted(0.2, any::<prop::sample::Index>()),
        any_day(),
        maybe(),
        maybe(),
        maybe(),
        text(),
        text(),
        fact(organs),
    )
        .prop_map(|(gap, amends, effective, approved, counted_from, recorded, document, basis, fact)| {
            let dates = Dates { effective, approved, counted_from, recorded };
            (gap, amends, Event { id: EventId(0), dates, document, basis, amends: None, fact })
        })
}

fn person() -> impl Strategy<Value = Person> {
    let relative = (
        text(),
        select(vec!["", "王小花", "Anna B", "阿依·古丽"]),
        proptest::option::of(any_day()),
        text(),
        text(),
    )
        .prop_map(|(relation, name, birth, politics, work)| Relative {
            relation,
            name: name.to_owned(),
            birth,
            politics,
            work,
        });
    (
        (proptest::option::weighted(0.8, resident_id()), "[一-龥]{2,4}", any::<bool>(), any::<bool>()),
        (select(vec!["", "汉族", "土家族", "其他"]), text(), text(), text(), text()),
        (text(), text(), proptest::option::of(any_day()), proptest::option::of(any_day())),
        vec(relative, 0..3),
    )
        .prop_map(
            |(
                (id, name, sex, birth),
                (ethnic, native, place, politics, health),
                (title, spec, party, work),
                family,
            )| {
                Person {
                    id: PersonId(String::new()),
                    name,
                    sex: if sex { id.as_ref().map(ResidentId::sex) } else { None },
                    birth: if birth { id.as_ref().map(ResidentId::birth) } else { None },
                    resident_id: id,
                    ethnic: ethnic.to_owned(),
                    native_place: native,
                    birthplace: place,
                    party_joined: party,
                    politics,
                    work_start: work,
                    health,
                    title,
                    speciality: spec,
                    family,
                }
            },
        )
}

/// Any roster whose numbers are unique and whose texts a cell can hold.
pub fn roster() -> impl Strategy<Value = Roster> {
    let organ = (
        select(vec!["云岭县财政局", "石桥镇人民政府", "A局", "同名局", "YL1"]),
        member::<OrganKind>(),
        proptest::option::of(select(vec!["99", "9901", "990101", "990101001"])),
        any::<Option<u32>>(),
        any::<Option<u8>>(),
        any::<Option<u8>>(),
    );
    vec(organ, 1..5)
        .prop_flat_map(|organs| {
            let organs: Vec<Organ> = organs
                .into_iter()
                .enumerate()
                .map(|(n, (name, kind, division, establishment, hardship_class, area_band))| Organ {
                    id: OrganId(format!("YL{n}")),
                    name: name.to_owned(),
                    kind,
                    division: division.map(|d| d.parse().expect("a division")),
                    establishment,
                    hardship_class,
                    area_band,
                })
                .collect();
            let ids: Vec<OrganId> = organs.iter().map(|o| o.id.clone()).collect();
            (Just(organs), vec((person(), vec(event(ids), 0..8)), 0..5), any::<bool>(), any::<bool>())
        })
        .prop_map(|(organs, people, invented, numbered)| {
            let mut careers: Vec<Career> = Vec::new();
            for (n, (mut person, events)) in people.into_iter().enumerate() {
                person.id = match &person.resident_id {
                    Some(id) if !numbered => PersonId(id.as_str().to_owned()),
                    _ => PersonId(format!("P{n:03}")),
                };
                if careers
                    .iter()
                    .any(|c| c.person.resident_id.is_some() && c.person.resident_id == person.resident_id)
                {
                    continue;
                }
                let mut id = 0;
                let mut list: Vec<Event> = Vec::new();
                for (gap, amends, mut event) in events {
                    id += gap;
                    event.id = EventId(id);
                    event.amends = amends.filter(|_| !list.is_empty()).map(|i| i.get(&list).id);
                    list.push(event);
                }
                careers.push(Career { person, events: list });
            }
            Roster { organs, careers, invented }
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_written_is_read(roster in roster(), zh in any::<bool>()) {
        let lang = if zh { Lang::Zh } else { Lang::En };
        let bytes = write(&roster, lang).expect("written");
        let back = read(&bytes, "roster.xlsx").expect("read");
        prop_assert!(back.faults.is_empty(), "{:#?}", back.faults.iter().map(ToString::to_string).collect::<Vec<_>>());
        prop_assert_eq!(&back.roster, &roster);
        prop_assert_eq!(write(&back.roster, lang).expect("written"), bytes);
    }
}
