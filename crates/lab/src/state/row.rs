//! A row answers what a record answers, so that the same functions judge both.

use takeroot_civil::{Code, Education, Grade, Ladder, Layer, Level, OrganKind, Rank, Step};
use takeroot_policy::bars::Acts;
use takeroot_policy::officer::{Bars, Held, Officer, Place as WorkPlace};
use takeroot_policy::rule::BarGround;

use super::{LAYER, NEVER, NO, OLD_RANK, Place, State};

/// One row of a state in a month.
#[derive(Clone, Copy, Debug)]
pub struct Row<'s> {
    /// The state.
    pub state: &'s State,
    /// Its organ.
    pub place: &'s Place,
    /// The row.
    pub at: usize,
    /// The month.
    pub month: i16,
}

/// The member of a closed list with a number.
#[inline]
pub(crate) fn code<T: Code>(number: u8) -> Option<T> {
    T::ALL.get(usize::from(number)).copied()
}

impl Row<'_> {
    fn held(&self, time: usize) -> Held {
        let since = self.state.since[self.at][time];
        if since == NEVER {
            return Held::default();
        }
        let tally = self.state.tally[self.at][time];
        Held { months: passed(self.month, since), years: tally.years, grade_months: tally.months }
    }

    /// A count that runs from a month, or stands still at a length.
    fn count(&self, kept: i16, runs: bool) -> Option<u16> {
        (kept != NEVER).then(|| if runs { passed(self.month, kept) } else { kept.max(0) as u16 })
    }
}

#[inline]
fn passed(month: i16, since: i16) -> u16 {
    (i32::from(month) - i32::from(since)).max(0) as u16
}

impl Officer for Row<'_> {
    fn serving(&self) -> bool {
        self.state.here[self.at]
    }

    #[inline]
    fn rank(&self, ladder: Ladder) -> Option<Rank> {
        code(self.state.ranks[self.at][ladder.index()])
    }

    fn rank_held(&self, ladder: Ladder, counting: Ladder) -> Held {
        self.held(match (ladder, counting) {
            (Ladder::NonLeading, Ladder::CountyRanks) => OLD_RANK,
            _ => ladder.index(),
        })
    }

    #[inline]
    fn layer(&self) -> Option<Layer> {
        code(self.state.layer[self.at])
    }

    fn layer_held(&self, ladder: Ladder) -> Held {
        self.held(LAYER + ladder.index())
    }

    fn months_since_reaching(&self, rank: Rank) -> Option<u16> {
        let since = self.state.reached[self.at][rank.index()];
        (since != NEVER).then(|| passed(self.month, since))
    }

    fn level(&self) -> Option<Level> {
        Level::new(self.state.level[self.at])
    }

    fn step(&self) -> Option<Step> {
        Step::new(self.state.step[self.at])
    }

    fn bars(&self) -> Bars {
        let mut bars = Bars::default();
        for (ground, until) in BarGround::ALL.iter().zip(self.state.barred[self.at]) {
            if until > self.month {
                bars.add(*ground);
            }
        }
        bars
    }

    fn unsure_bars(&self) -> Bars {
        Bars(self.state.unsure[self.at])
    }

    fn organ_kind(&self) -> Option<OrganKind> {
        Some(self.place.kind)
    }

    fn place(&self) -> WorkPlace {
        WorkPlace {
            kind: Some(self.place.kind),
            hardship_class: self.place.hardship,
            area_band: self.place.band,
            in_township: self.state.in_township[self.at],
        }
    }

    fn education(&self) -> Option<Education> {
        code(self.state.education[self.at])
    }

    fn work_months(&self) -> Option<u16> {
        self.count(self.state.work[self.at], true)
    }

    fn grassroots_months(&self) -> Option<u16> {
        self.count(self.state.grassroots[self.at], self.state.at_grassroots[self.at])
    }

    fn rooted_months(&self) -> u16 {
        self.count(self.state.rooted[self.at], self.state.in_township[self.at]).unwrap_or(0)
    }

    fn posts_in(&self, layer: Layer) -> u8 {
        self.state.posts_in[self.at][layer.index()]
    }

    fn sanctioned(&self) -> Acts {
        if self.state.acts_until[self.at] > self.month { self.state.acts[self.at] } else { Acts::default() }
    }

    fn own_term_running(&self) -> bool {
        self.state.own_term[self.at] > self.month
    }

    fn service_months(&self) -> Option<u16> {
        self.count(self.state.service[self.at], true)
    }

    fn served_months(&self, term: usize) -> Option<u16> {
        let kept = *self.state.served[self.at].get(term)?;
        self.count(kept, self.state.serving[self.at] & (1 << term) != 0)
    }

    fn worst_grade(&self) -> Option<Grade> {
        match self.state.worst[self.at] {
            NO => None,
            grade => code(grade),
        }
    }
}
