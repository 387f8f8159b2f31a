//! What is doubtful in a record: something that should be there is not, or two facts cannot both be true. Found when a
//! career's columns are reckoned, shown on the home page and in the file; it never stops anyone's work.

use takeroot_civil::{Career, Ladder};
use takeroot_policy::Facts;
use takeroot_words::Lang;

use crate::words::say;

/// Something doubtful.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// The day of birth is not known.
    NoBirth,
    /// The sex is not known.
    NoSex,
    /// The identity number says another day of birth.
    OtherBirth,
    /// The identity number says another sex.
    OtherSex,
    /// In service, and neither a rank nor a leadership layer.
    NoRank,
    /// In service, and no education.
    NoEducation,
    /// In service, and neither recruited nor registered on a day known.
    NoEntry,
    /// In service in an organ that is not in the list.
    NoOrgan,
    /// Work began before birth.
    WorkBeforeBirth,
    /// In service all last year, and no grade for it.
    NoGrade,
    /// A fact before birth.
    BeforeBirth,
    /// A rank before recruitment or registration.
    RankBeforeEntry,
    /// In two organs on the same day.
    TwoOrgans,
    /// A post, rank or level after leaving.
    AfterLeaving,
    /// A year between two graded ones without a grade.
    YearsMissing,
    /// Another person has the same name and birth.
    Alike,
}

impl Doubt {
    /// Every one.
    pub const ALL: &'static [Doubt] = &[
        Doubt::NoBirth,
        Doubt::NoSex,
        Doubt::OtherBirth,
        Doubt::OtherSex,
        Doubt::NoRank,
        Doubt::NoEducation,
        Doubt::NoEntry,
        Doubt::NoOrgan,
        Doubt::WorkBeforeBirth,
        Doubt::NoGrade,
        Doubt::BeforeBirth,
        Doubt::RankBeforeEntry,
        Doubt::TwoOrgans,
        Doubt::AfterLeaving,
        Doubt::YearsMissing,
        Doubt::Alike,
    ];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Doubt::NoBirth => "no-birth",
            Doubt::NoSex => "no-sex",
            Doubt::OtherBirth => "other-birth",
            Doubt::OtherSex => "other-sex",
            Doubt::NoRank => "no-rank",
            Doubt::NoEducation => "no-education",
            Doubt::NoEntry => "no-entry",
            Doubt::NoOrgan => "no-organ",
            Doubt::WorkBeforeBirth => "work-before-birth",
            Doubt::NoGrade => "no-grade",
            Doubt::BeforeBirth => "before-birth",
            Doubt::RankBeforeEntry => "rank-before-entry",
            Doubt::TwoOrgans => "two-organs",
            Doubt::AfterLeaving => "after-leaving",
            Doubt::YearsMissing => "years-missing",
            Doubt::Alike => "alike",
        }
    }

    /// The one with a code.
    pub fn from_code(code: &str) -> Option<Doubt> {
        Doubt::ALL.iter().copied().find(|d| d.code() == code)
    }

    /// What is said of it.
    pub fn say(self, lang: Lang) -> String {
        match self {
            Doubt::NoBirth => say!(lang, "doubt-no-birth"),
            Doubt::NoSex => say!(lang, "doubt-no-sex"),
            Doubt::OtherBirth => say!(lang, "doubt-other-birth"),
            Doubt::OtherSex => say!(lang, "doubt-other-sex"),
            Doubt::NoRank => say!(lang, "doubt-no-rank"),
            Doubt::NoEducation => say!(lang, "doubt-no-education"),
            Doubt::NoEntry => say!(lang, "doubt-no-entry"),
            Doubt::NoOrgan => say!(lang, "doubt-no-organ"),
            Doubt::WorkBeforeBirth => say!(lang, "doubt-work-before-birth"),
            Doubt::NoGrade => say!(lang, "doubt-no-grade"),
            Doubt::BeforeBirth => say!(lang, "doubt-before-birth"),
            Doubt::RankBeforeEntry => say!(lang, "doubt-rank-before-entry"),
            Doubt::TwoOrgans => say!(lang, "doubt-two-organs"),
            Doubt::AfterLeaving => say!(lang, "doubt-after-leaving"),
            Doubt::YearsMissing => say!(lang, "doubt-years-missing"),
            Doubt::Alike => say!(lang, "doubt-alike"),
        }
    }
}

/// What is doubtful in a career; `known` says whether its organ is in the list.
pub fn of(career: &Career, facts: &Facts<'_>, ladder: Ladder, known: bool) -> Vec<Doubt> {
    let person = &career.person;
    let mut found = Vec::new();
    let mut when = |doubtful: bool, doubt: Doubt| {
        if doubtful {
            found.push(doubt);
        }
    };
    when(person.birth.is_none(), Doubt::NoBirth);
    when(person.sex.is_none(), Doubt::NoSex);
    if let Some(id) = &person.resident_id {
        // A roster may know the month alone: then it holds the first.
        let differs = |birth: takeroot_civil::Day| {
            (birth.year(), birth.month()) != (id.birth().year(), id.birth().month())
                || (birth.day() != 1 && birth.day() != id.birth().day())
        };
        when(person.birth.is_some_and(differs), Doubt::OtherBirth);
        when(person.sex.is_some_and(|sex| sex != id.sex()), Doubt::OtherSex);
    }
    let too_early = person.birth.zip(person.work_start).is_some_and(|(birth, work)| work <= birth);
    when(too_early, Doubt::WorkBeforeBirth);
    if facts.in_service() {
        let entered = facts.timeline.recruited.map(|r| r.day);
        let entered = entered.or_else(|| facts.timeline.belonging.first().map(|b| b.span.from));
        let on_trial = facts.probation_until.is_some_and(|until| facts.on < until);
        when(facts.ranks[ladder.index()].is_none() && facts.layer.is_none() && !on_trial, Doubt::NoRank);
        when(facts.education.is_none(), Doubt::NoEducation);
        when(entered.is_none(), Doubt::NoEntry);
        when(!known, Doubt::NoOrgan);
        let last = facts.on.year() - 1;
        let all_year = entered.is_some_and(|day| day.year() < last);
        when(all_year && !facts.grades.iter().any(|g| g.0 == last), Doubt::NoGrade);
    }
    found
}
