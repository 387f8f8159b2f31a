//! Ranks: the twelve of today's ladder, and the two ladders before it.
//!
//! One list holds all three, so that a career replays through them. A person can be on the 2008 ladder
//! (non-leading posts, 非领导职务) and on the 2015 ladder (ranks of county organs and below, treatment only) at
//! the same time; on 1 June 2019 the 2019 ladder replaced both.

use crate::code::codes;

codes! {
    /// Which ladder a rank belongs to.
    Ladder {
        NonLeading = "2008", "非领导职务", "non-leading posts (to 2019)";
        CountyRanks = "2015", "县以下机关职级", "ranks of county organs and below (2015 to 2019)";
        Parallel = "2019", "职级", "ranks (since 2019)";
    }
}

codes! {
    /// A rank, lowest first within each ladder. The English of the twelve is the product's; there is none prescribed.
    Rank {
        Staff2 = "staff-2", "二级科员", "Staff Member II";
        Staff1 = "staff-1", "一级科员", "Staff Member I";
        Principal4 = "principal-4", "四级主任科员", "Principal Staff Member IV";
        Principal3 = "principal-3", "三级主任科员", "Principal Staff Member III";
        Principal2 = "principal-2", "二级主任科员", "Principal Staff Member II";
        Principal1 = "principal-1", "一级主任科员", "Principal Staff Member I";
        Consultant4 = "consultant-4", "四级调研员", "Consultant IV";
        Consultant3 = "consultant-3", "三级调研员", "Consultant III";
        Consultant2 = "consultant-2", "二级调研员", "Consultant II";
        Consultant1 = "consultant-1", "一级调研员", "Consultant I";
        Counsel2 = "counsel-2", "二级巡视员", "Counsel II";
        Counsel1 = "counsel-1", "一级巡视员", "Counsel I";
        Clerk08 = "clerk-2008", "办事员", "clerk (before 2019)";
        Staff08 = "staff-2008", "科员", "staff member (before 2019)";
        DeputyPrincipal08 = "deputy-principal-2008", "副主任科员", "deputy principal staff member (before 2019)";
        Principal08 = "principal-2008", "主任科员", "principal staff member (before 2019)";
        DeputyConsultant08 = "deputy-consultant-2008", "副调研员", "deputy consultant (before 2019)";
        Consultant08 = "consultant-2008", "调研员", "consultant (before 2019)";
        DeputyCounsel08 = "deputy-counsel-2008", "副巡视员", "deputy counsel (before 2019)";
        Counsel08 = "counsel-2008", "巡视员", "counsel (before 2019)";
        StaffLevel15 = "staff-level-2015", "科员级", "staff-level rank (2015 to 2019)";
        DeputySection15 = "deputy-section-2015", "副科级", "deputy-section rank (2015 to 2019)";
        Section15 = "section-2015", "正科级", "section rank (2015 to 2019)";
        DeputyDivision15 = "deputy-division-2015", "副处级", "deputy-division rank (2015 to 2019)";
        Division15 = "division-2015", "正处级", "division rank (2015 to 2019)";
    }
}

impl Rank {
    /// How many there are, over all ladders.
    pub const COUNT: usize = 25;

    /// The ladder it belongs to.
    pub const fn ladder(self) -> Ladder {
        match self as u8 {
            0..=11 => Ladder::Parallel,
            12..=19 => Ladder::NonLeading,
            _ => Ladder::CountyRanks,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Code;

    #[test]
    fn twelve_eight_and_five() {
        let of = |ladder| Rank::ALL.iter().filter(|r| r.ladder() == ladder).count();
        assert_eq!(Rank::ALL.len(), Rank::COUNT);
        assert_eq!((of(Ladder::Parallel), of(Ladder::NonLeading), of(Ladder::CountyRanks)), (12, 8, 5));
    }
}
