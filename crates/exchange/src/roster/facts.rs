//! Facts as rows of an event sheet, there and back. Both directions stand side by side, so that they agree.

use std::borrow::Cow;

use takeroot_civil::*;
use takeroot_words::Lang;

use super::column::Col;
use super::fault::FaultKind;
use super::kind::SheetKind;
use super::lists::{Form, PostAct, RecruitAct, SanctionAct, SecondAct, YesNo};
use super::row::Row;

/// A cell to write.
#[derive(Clone, Debug, PartialEq)]
pub enum Val<'a> {
    /// Text; nothing is written when it is empty.
    Text(Cow<'a, str>),
    /// A date, as text.
    Day(Day),
    /// A number.
    Number(f64),
}

fn named<T: Code>(member: T, lang: Lang) -> Val<'static> {
    Val::Text(Cow::Borrowed(member.name(lang)))
}

fn text(text: &str) -> Val<'_> {
    Val::Text(Cow::Borrowed(text))
}

fn number(n: impl Into<f64>) -> Val<'static> {
    Val::Number(n.into())
}

/// The cells of a fact, beyond those that every event has.
pub fn cells<'a>(
    fact: &'a Fact,
    lang: Lang,
    organ: &dyn Fn(&'a OrganId) -> Cow<'a, str>,
) -> Vec<(Col, Val<'a>)> {
    let organ = |id: &'a OrganId| Val::Text(organ(id));
    match fact {
        Fact::Recruited { channel, organ: at, years_in_unit } => {
            let mut cells = vec![
                (Col::Act, named(RecruitAct::Recruited, lang)),
                (Col::Channel, named(*channel, lang)),
                (Col::Organ, organ(at)),
            ];
            cells.extend(years_in_unit.map(|n| (Col::YearsInUnit, number(n))));
            cells
        }
        Fact::Registered { organ: at } => {
            vec![(Col::Act, named(RecruitAct::Registered, lang)), (Col::Organ, organ(at))]
        }
        Fact::Educated { education, degree, full_time, school, major } => vec![
            (Col::Education, named(*education, lang)),
            (Col::Degree, named(*degree, lang)),
            (Col::Form, named(if *full_time { Form::FullTime } else { Form::OnJob }, lang)),
            (Col::School, text(school)),
            (Col::Major, text(major)),
        ],
        Fact::Appointed { layer, title, organ: at, concurrent } => {
            let mut cells = vec![
                (Col::Act, named(PostAct::Appointed, lang)),
                (Col::Title, text(title)),
                (Col::Organ, organ(at)),
                (Col::Concurrent, named(YesNo::from(*concurrent), lang)),
            ];
            cells.extend(layer.map(|l| (Col::Layer, named(l, lang))));
            cells
        }
        Fact::Relieved { title, organ: at } => vec![
            (Col::Act, named(PostAct::Relieved, lang)),
            (Col::Title, text(title)),
            (Col::Organ, organ(at)),
        ],
        Fact::Ranked { rank } => vec![(Col::Rank, named(*rank, lang))],
        Fact::Graded { level, step } => {
            vec![(Col::Level, number(level.get())), (Col::Step, number(step.get()))]
        }
        Fact::Assessed { year, grade } => vec![(Col::Year, number(*year)), (Col::Grade, named(*grade, lang))],
        Fact::Posted { organ: at } => vec![(Col::Organ, organ(at))],
        Fact::SecondedOut { kind, organ: at, place } => {
            let mut cells = vec![
                (Col::Act, named(SecondAct::Out, lang)),
                (Col::Kind, named(*kind, lang)),
                (Col::Place, text(place)),
            ];
            cells.extend(at.as_ref().map(|at| (Col::Organ, organ(at))));
            cells
        }
        Fact::SecondedBack {} => vec![(Col::Act, named(SecondAct::Back, lang))],
        Fact::Sanctioned { sanction, until } => {
            let mut cells =
                vec![(Col::Act, named(SanctionAct::Sanctioned, lang)), (Col::Kind, named(*sanction, lang))];
            cells.extend(until.map(|day| (Col::Until, Val::Day(day))));
            cells
        }
        Fact::Investigated { open } => {
            let act = if *open { SanctionAct::Opened } else { SanctionAct::Closed };
            vec![(Col::Act, named(act, lang))]
        }
        Fact::Rewarded { reward } => vec![(Col::Kind, named(*reward, lang))],
        Fact::Trained { kind, days, hours, off_job, passed } => vec![
            (Col::Kind, named(*kind, lang)),
            (Col::Days, number(*days)),
            (Col::Hours, number(*hours)),
            (Col::OffJob, named(YesNo::from(*off_job), lang)),
            (Col::Passed, named(YesNo::from(*passed), lang)),
        ],
        Fact::OnLeave { kind, half_days } => {
            vec![(Col::Kind, named(*kind, lang)), (Col::Days, Val::Number(f64::from(*half_days) / 2.0))]
        }
        Fact::Worked { kind, place, to } => {
            let mut cells = vec![(Col::Kind, named(*kind, lang)), (Col::Place, text(place))];
            cells.extend(to.map(|day| (Col::To, Val::Day(day))));
            cells
        }
        Fact::Left { reason } => vec![(Col::Kind, named(*reason, lang))],
        Fact::Voided {} => Vec::new(),
    }
}

/// The kind of sheet that holds a fact.
pub fn sheet_of(fact: &Fact) -> SheetKind {
    match fact {
        Fact::Recruited { .. } | Fact::Registered { .. } => SheetKind::Recruited,
        Fact::Educated { .. } => SheetKind::Educated,
        Fact::Appointed { .. } | Fact::Relieved { .. } => SheetKind::Posts,
        Fact::Ranked { .. } => SheetKind::Ranked,
        Fact::Graded { .. } => SheetKind::Graded,
        Fact::Assessed { .. } => SheetKind::Assessed,
        Fact::Posted { .. } => SheetKind::Posted,
        Fact::SecondedOut { .. } | Fact::SecondedBack {} => SheetKind::Seconded,
        Fact::Sanctioned { .. } | Fact::Investigated { .. } => SheetKind::Sanctioned,
        Fact::Rewarded { .. } => SheetKind::Rewarded,
        Fact::Trained { .. } => SheetKind::Trained,
        Fact::OnLeave { .. } => SheetKind::OnLeave,
        Fact::Worked { .. } => SheetKind::Worked,
        Fact::Left { .. } => SheetKind::Left,
        Fact::Voided {} => SheetKind::Voided,
    }
}

/// Notes that a column must be filled for this act, and gives nothing.
fn needs<T>(row: &mut Row, col: Col, value: Option<T>) -> Option<T> {
    if value.is_none() && row.faults.is_empty() {
        row.fault(col, "", FaultKind::MissingValue);
    }
    value
}

/// The fact of a row of an event sheet; `None` when the row has a fault (noted) .
pub fn read(row: &mut Row, organ: &mut dyn FnMut(&mut Row, Col) -> Option<OrganId>) -> Option<Fact> {
    Some(match row.layout().kind {
        SheetKind::Recruited => {
            let at = organ(row, Col::Organ);
            match row.listed::<RecruitAct>(Col::Act).unwrap_or(RecruitAct::Recruited) {
                RecruitAct::Registered => Fact::Registered { organ: needs(row, Col::Organ, at)? },
                RecruitAct::Recruited => {
                    let channel = row.listed(Col::Channel);
                    let years_in_unit =
                        row.whole(Col::YearsInUnit, 0, 255).and_then(|n| u8::try_from(n).ok());
                    let at = needs(row, Col::Organ, at);
                    Fact::Recruited { channel: needs(row, Col::Channel, channel)?, organ: at?, years_in_unit }
                }
            }
        }
        SheetKind::Educated => {
            let education = row.listed(Col::Education);
            // Spellings such as 大学（工学学士） give both.
            let degree = row.listed(Col::Degree).unwrap_or(Degree::None);
            let form = row.listed(Col::Form).unwrap_or(Form::FullTime);
            Fact::Educated {
                education: education?,
                degree,
                full_time: form == Form::FullTime,
                school: row.text(Col::School).into_owned(),
                major: row.text(Col::Major).into_owned(),
            }
        }
        SheetKind::Posts => {
            let at = organ(row, Col::Organ);
            let title = row.text(Col::Title).into_owned();
            match row.listed(Col::Act).unwrap_or(PostAct::Appointed) {
                PostAct::Appointed => {
                    let layer = row.listed(Col::Layer);
                    let concurrent = row.listed(Col::Concurrent) == Some(YesNo::Yes);
                    Fact::Appointed { layer, title, organ: needs(row, Col::Organ, at)?, concurrent }
                }
                PostAct::Relieved => Fact::Relieved { title, organ: needs(row, Col::Organ, at)? },
            }
        }
        SheetKind::Ranked => Fact::Ranked { rank: row.listed(Col::Rank)? },
        SheetKind::Graded => {
            let level = row.whole(Col::Level, 1, 27);
            let step = row.whole(Col::Step, 1, 15);
            Fact::Graded { level: Level::new(level? as u8)?, step: Step::new(step? as u8)? }
        }
        SheetKind::Assessed => {
            let year = row.whole(Col::Year, 1900, 2199);
            let grade = row.listed(Col::Grade);
            Fact::Assessed { year: year? as u16, grade: grade? }
        }
        SheetKind::Posted => {
            let at = organ(row, Col::Organ);
            Fact::Posted { organ: needs(row, Col::Organ, at)? }
        }
        SheetKind::Seconded => match row.listed(Col::Act).unwrap_or(SecondAct::Out) {
            SecondAct::Back => Fact::SecondedBack {},
            SecondAct::Out => {
                let kind = row.listed(Col::Kind);
                let at = if row.text(Col::Organ).is_empty() { None } else { organ(row, Col::Organ) };
                let place = row.text(Col::Place).into_owned();
                Fact::SecondedOut { kind: needs(row, Col::Kind, kind)?, organ: at, place }
            }
        },
        SheetKind::Sanctioned => match row.listed(Col::Act).unwrap_or(SanctionAct::Sanctioned) {
            SanctionAct::Opened => Fact::Investigated { open: true },
            SanctionAct::Closed => Fact::Investigated { open: false },
            SanctionAct::Sanctioned => {
                let sanction = row.listed(Col::Kind);
                let until = row.day(Col::Until);
                Fact::Sanctioned { sanction: needs(row, Col::Kind, sanction)?, until }
            }
        },
        SheetKind::Rewarded => Fact::Rewarded { reward: row.listed(Col::Kind)? },
        SheetKind::Trained => {
            let kind = row.listed(Col::Kind);
            let days = row.whole(Col::Days, 0, 65_535).unwrap_or(0);
            let hours = row.whole(Col::Hours, 0, 65_535).unwrap_or(0);
            let off_job = row.listed(Col::OffJob) == Some(YesNo::Yes);
            let passed = row.listed(Col::Passed) == Some(YesNo::Yes);
            Fact::Trained { kind: kind?, days: days as u16, hours: hours as u16, off_job, passed }
        }
        SheetKind::OnLeave => {
            let kind = row.listed(Col::Kind);
            let half_days = row.half_days(Col::Days);
            Fact::OnLeave { kind: kind?, half_days: half_days? }
        }
        SheetKind::Worked => {
            let kind = row.listed(Col::Kind);
            let place = row.text(Col::Place).into_owned();
            let to = row.day(Col::To);
            Fact::Worked { kind: kind?, place, to }
        }
        SheetKind::Left => Fact::Left { reason: row.listed(Col::Kind)? },
        SheetKind::Voided => Fact::Voided {},
        _ => return None,
    })
}
