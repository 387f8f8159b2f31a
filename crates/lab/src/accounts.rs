//! What a run puts down: the month's counts and pay, the year's stocks, who goes and how.

use crate::outcome::{Count, SERVICE, WAITS, WAYS, age_band, classes};
use crate::shard::Run;
use crate::state::{ENDLESS, LAYER, NEVER, NO, Row};

impl Run<'_> {
    /// A month's counts and pay.
    #[inline(never)]
    pub(crate) fn close_month(&mut self, before: i64) {
        let month = self.month as usize - 1;
        let counted = &mut self.out.months[month];
        counted.in_post = self.in_post;
        counted.left = before + counted.joined - self.in_post;
        self.count(Count::PersonMonths, self.in_post);
        self.count(Count::AwayMonths, self.away);
        self.count(Count::TiredMonths, self.tired);
        let mut minutes = 0;
        for ((hours, working), work) in self.overtime.iter().zip(&self.working).zip(&mut self.out.work) {
            let (here, work) = (i64::from(*working), &mut work[self.year]);
            work.minutes += (hours * 60.0 + 0.5) as i64 * here;
            work.months += here;
            minutes += (hours * 60.0 + 0.5) as i64 * here;
        }
        self.count(Count::OvertimeMinutes, minutes);
        self.pay_month();
        if self.month % 12 == 0 {
            self.train();
            self.close_year();
        }
    }

    /// A year's stocks.
    #[inline(never)]
    pub(crate) fn close_year(&mut self) {
        let year = self.year;
        for (organ, place) in self.county.places.iter().enumerate() {
            let rows = place.first..place.end;
            let there = rows.clone().filter(|at| self.state.here[*at]).count() as i64;
            let vacant = (i64::from(place.posts) - there).max(0);
            self.out.vacant[organ][year] = vacant;
            let township = place.kind.is_township();
            let counts = &mut self.out.counts[year];
            let mut add = |count: Count, more: i64| counts[count as usize] += more;
            add(Count::InPost, there);
            add(Count::Vacant, vacant);
            let work = &mut self.out.work[organ][year];
            (work.load_milli, work.people) = ((self.load[organ] * 1000.0).round() as i64 * there, there);
            add(Count::LoadMilli, work.load_milli);
            for (leaders, held) in place.leaders.iter().zip(self.leading[organ]) {
                add(Count::PostsVacant, i64::from(leaders.saturating_sub(held)));
            }
            for (places, used) in self.quotas.places(organ) {
                add(Count::QuotaPlaces, i64::from(places));
                add(Count::QuotaUsed, i64::from(used));
            }
            if township {
                add(Count::VacantTownship, vacant);
                add(Count::Township, there);
            }
            for at in rows.filter(|at| self.state.here[*at]) {
                let age = i32::from(self.month) - i32::from(self.state.birth[at]);
                if self.state.birth[at] != NEVER {
                    if (25 * 12..36 * 12).contains(&age) {
                        add(Count::Aged25To35, 1);
                        add(Count::TownshipAged25To35, i64::from(township));
                    }
                    if let Some(sex) = self.out.ages[year + 1].get_mut(usize::from(self.state.sex[at])) {
                        sex[age_band(age)] += 1;
                    }
                }
                if township {
                    let place = &self.county.places[organ];
                    let row = Row { state: &self.state, place, at, month: self.month };
                    add(Count::RootedMonths, i64::from(takeroot_policy::Officer::rooted_months(&row)));
                }
                if self.state.hired[at] != NEVER {
                    let served = (self.month - self.state.hired[at]).max(0) as usize;
                    self.out.at_service[served.min(SERVICE - 1)] += 1;
                }
            }
        }
    }

    /// The end of the run: who is there is what is not known further.
    #[inline(never)]
    pub(crate) fn finish(&mut self) {
        let month = self.month;
        self.month = month + 1;
        for at in 0..self.state.len() {
            if self.state.here[at] {
                self.settle(at);
                self.account(at, month, false);
                let group = self.state.group[at];
                if group != NO {
                    self.out.groups[usize::from(group)].stay += 1;
                }
            }
        }
        self.month = month;
    }

    /// Puts a person to the accounts of groups and recruits, when gone or at the end.
    pub(crate) fn account(&mut self, at: usize, month: i16, of_own_will: bool) {
        self.wait_ends(at, month, false);
        self.out.paid_people += self.state.paid[at];
        let group = self.state.group[at];
        if group != NO {
            let group = &mut self.out.groups[usize::from(group)];
            group.paid += self.state.paid[at];
            // The roster's people are paid from the first month of the run on.
            group.months += i64::from(self.state.paid_until[at]);
            group.left += i64::from(of_own_will);
        }
        self.hire_ends(at, month, of_own_will);
    }

    /// A wait for a promotion in rank ends: in one, or without.
    pub(crate) fn wait_ends(&mut self, at: usize, month: i16, promoted: bool) {
        let due = self.state.due[at];
        if due == ENDLESS || due > month {
            return;
        }
        let since = |then: i16| (i32::from(then) - i32::from(due)).max(0) as usize;
        // Whoever had waited before the run began, or before the rank or post was reached, is seen only from then on.
        let times = self.state.since[at];
        let ranks = self.state.ranks[at].iter().zip(times).filter(|(rank, _)| **rank != NO);
        let layer = Some(times[LAYER]).filter(|_| self.state.layer[at] != NO);
        let seen = ranks.map(|(_, since)| since).chain(layer).max().unwrap_or(0).max(0);
        let (from, until) = (since(seen), since(month));
        if from >= WAITS {
            return;
        }
        self.out.waits.from[from] += 1;
        let into =
            if promoted && until < WAITS { &mut self.out.waits.promoted } else { &mut self.out.waits.cut };
        into[until.min(WAITS - 1)] += 1;
    }

    /// Somebody leaves an organ, in whatever way.
    pub(crate) fn left_by(&mut self, at: usize, how: Count) {
        let (organ, year) = (self.organ(at), self.year);
        if let Some(way) = WAYS.iter().position(|way| *way == how) {
            self.out.gone[organ][year][way] += 1;
        }
    }

    /// A recruit of the run has left the organ for another of the county: what follows is another stay.
    pub(crate) fn hire_left(&mut self, at: usize) {
        self.hire_ends(at, self.month, true);
        self.state.new[at] = false;
    }

    fn hire_ends(&mut self, at: usize, month: i16, of_own_will: bool) {
        if !self.state.new[at] {
            return;
        }
        let months = (month - self.state.hired[at]).max(0) as usize;
        let into = if of_own_will { &mut self.out.hires_left } else { &mut self.out.hires_kept };
        for class in classes(&self.state, at).into_iter().flatten() {
            if let Some(cell) = into[class].get_mut(months) {
                *cell += 1;
            }
        }
    }

    /// A person goes out of the county.
    pub(crate) fn go(&mut self, at: usize, count: Count) {
        let of_own_will = matches!(count, Count::Resigned | Count::Selected | Count::Transferred);
        self.note(at, count);
        self.left_by(at, count);
        self.count(count, 1);
        self.stop_pay(at);
        self.account(at, self.month, of_own_will);
        if of_own_will {
            self.left_organ(at);
        }
        self.vacate(at);
        self.in_post -= 1;
        self.state.clear(at);
    }

    /// Somebody leaves an organ of their own will, out of the county or to another organ of it.
    pub(crate) fn left_organ(&mut self, at: usize) {
        let organ = self.organ(at);
        self.out.leavers[organ][self.year] += 1;
        if self.state.hired[at] != NEVER {
            let served = (self.month - self.state.hired[at]).max(0) as usize;
            self.out.by_service[served.min(SERVICE - 1)] += 1;
        }
    }

    /// A row's person is counted out of the organ.
    pub(crate) fn vacate(&mut self, at: usize) {
        let organ = self.organ(at);
        self.empty[organ] += u32::from(self.is_post(at));
        self.hold(at, -1);
        if self.state.layer[at] != NO {
            self.leading[organ][usize::from(self.state.layer[at])] -= 1;
        }
        if self.state.away[at] == NEVER {
            self.working[organ] -= 1;
        } else {
            self.away -= 1;
        }
        self.tired -= i64::from(self.state.tired[at]);
    }
}
