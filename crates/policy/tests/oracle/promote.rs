//! Promotions, from the text: years, levels, ceilings, education, experience and bars.

use takeroot_civil::*;
use takeroot_policy::rule::*;
use takeroot_policy::{Need, Verdict};

use super::life::*;

/// The arithmetic of the years in a rank or post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Time {
    pub since: Day,
    pub months: i32,
    pub not_counted: i32,
    pub shortened: i32,
    pub lengthened: i32,
    pub rooted: i32,
    pub needed: i32,
    pub counted: i32,
}

/// Whether something holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tell {
    Yes,
    No,
    Unknown,
}

/// A sanction or measure with the first day free of it.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    pub sanction: Sanction,
    pub from: Day,
    pub free: Option<Day>,
}

pub fn ground_of(sanction: Sanction) -> BarGround {
    match sanction {
        Sanction::Admonition => BarGround::Admonition,
        Sanction::Organisational => BarGround::Organisational,
        _ => BarGround::Sanction,
    }
}

impl Life<'_> {
    /// Sanctions and measures one after another; a sanction laid while one runs is added to it, up to the cap.
    pub fn measures(&self) -> &[Measure] {
        self.measured.get_or_init(|| self.add_up())
    }

    fn add_up(&self) -> Vec<Measure> {
        let cap = self.rules.limit(LimitOf::SanctionTotal).map(|l| l.rule.value() as i32);
        let mut out: Vec<Measure> = Vec::new();
        let mut run: Option<(Day, Day)> = None; // first day of the sanctions added together, first day free
        for event in &self.events {
            let Fact::Sanctioned { sanction, until } = &event.fact else {
                continue;
            };
            let from = event.dates.effective;
            let ground = ground_of(*sanction);
            let effect = self.rules.sanctions.iter().find(|s| s.rule.sanction == *sanction);
            let stated = until.map(tomorrow);
            let free = match (stated, effect) {
                (Some(free), _) => Some(free),
                (None, Some(effect)) => {
                    let n = i32::from(effect.rule.months);
                    Some(match run {
                        Some((first, before)) if from < before => {
                            let sum = after_months(before, n);
                            cap.map_or(sum, |cap| sum.min(after_months(first, cap)))
                        }
                        _ => after_months(from, n),
                    })
                }
                (None, None) => self
                    .rules
                    .bars
                    .iter()
                    .find(|b| b.rule.ground == ground)
                    .and_then(|b| b.rule.months)
                    .map(|n| after_months(from, i32::from(n))),
            };
            if ground == BarGround::Sanction {
                if let Some(free) = free {
                    run = match run {
                        Some((first, before)) if from < before => Some((first, free.max(before))),
                        _ => Some((from, free)),
                    };
                }
            }
            out.push(Measure { sanction: *sanction, from, free });
        }
        out
    }

    /// Whether a sanction or measure of a ground bars an act on a day.
    pub fn barred_by_measure(&self, ground: BarGround, act: ActName, on: Day) -> Tell {
        let by_ground = self.rules.bars.iter().any(|b| b.rule.ground == ground && b.rule.acts.contains(&act));
        let mut tell = Tell::No;
        for measure in self.measures() {
            if ground_of(measure.sanction) != ground || measure.from > on {
                continue;
            }
            let by_effect = self
                .rules
                .sanctions
                .iter()
                .any(|s| s.rule.sanction == measure.sanction && s.rule.bars.contains(&act));
            if !by_ground && !by_effect {
                continue;
            }
            match measure.free {
                // No rule says how long a Party warning bars, or that it does.
                None if matches!(
                    measure.sanction,
                    Sanction::PartyWarning | Sanction::PartySeriousWarning
                ) => {}
                None if tell == Tell::No => tell = Tell::Unknown,
                Some(free) if on < free => tell = Tell::Yes,
                _ => {}
            }
        }
        tell
    }

    pub fn on_probation(&self, on: Day) -> bool {
        self.probation_end().is_some_and(|end| on < end)
    }

    /// Everything that bars an act on a day.
    pub fn bars(&self, act: ActName, on: Day, verdict: &mut Verdict) {
        for ground in [
            BarGround::Sanction,
            BarGround::Admonition,
            BarGround::Organisational,
            BarGround::Investigation,
            BarGround::Probation,
            BarGround::BasicYear,
            BarGround::IncompetentYear,
        ] {
            let named = self.rules.bars.iter().any(|b| b.rule.ground == ground && b.rule.acts.contains(&act));
            let last = self.grades.get(&(on.year() - 1));
            let tell = match ground {
                BarGround::Sanction | BarGround::Admonition | BarGround::Organisational => {
                    self.barred_by_measure(ground, act, on)
                }
                _ if !named => Tell::No,
                BarGround::Investigation if self.at(on).investigated.is_some() => Tell::Yes,
                BarGround::Probation if self.on_probation(on) => Tell::Yes,
                BarGround::BasicYear if last == Some(&Grade::Basic) => Tell::Yes,
                BarGround::IncompetentYear if last == Some(&Grade::Incompetent) => Tell::Yes,
                _ => Tell::No,
            };
            match tell {
                Tell::Yes => verdict.unmet.put(Need::of_bar(ground), true),
                Tell::Unknown => verdict.unknown.put(Need::of_bar(ground), true),
                Tell::No => {}
            }
        }
    }

    /// Since when a rank or post is held, as time on a ladder counts.
    pub fn since(&self, holder: Holder, ladder: Ladder, on: Day) -> Option<Day> {
        let state = self.at(on);
        let since = match holder {
            Holder::Rank(rank) => {
                state.ranks[rank.ladder().index()].filter(|h| h.rank == rank).map(|h| h.since)
            }
            Holder::Post(layer) => state.layer.filter(|l| l.0 == layer).map(|l| l.1),
        }?;
        // Probation is a matter of the first rank, not of posts.
        if probation_counts(self.rules, ladder) || matches!(holder, Holder::Post(_)) {
            return Some(since);
        }
        Some(self.probation_end().map_or(since, |end| since.max(end)))
    }

    /// The time in a rank or post for a step.
    pub fn time(&self, step: &RankStep, holder: Holder, on: Day, rooted: i32) -> Option<Time> {
        let ladder = step.to.ladder();
        let since = self.since(holder, ladder, on)?;
        let all = if since <= on { months(since, on) } else { 0 };
        let (mut not_counted, mut shortened, mut lengthened) = (0, 0, 0);
        for year in since.year()..=on.year() {
            let Some(grade) = self.grades.get(&year) else {
                continue;
            };
            let new_year = Day::new(year, 1, 1).expect("a day");
            let next = Day::new(year + 1, 1, 1).expect("a day");
            if belongs(self.rules, ladder) == YearBelongs::YearStart && since > new_year {
                continue;
            }
            let Some(effect) = &self.rules.grade_effects[ladder.index()][grade.index()] else {
                continue;
            };
            if !effect.rule.counts {
                let (from, to) = (since.max(new_year), on.min(next));
                not_counted += if from < to { months(from, to) } else { 0 };
            }
            shortened += i32::from(effect.rule.shortens_months);
            lengthened += i32::from(effect.rule.lengthens_months);
        }
        let rooted = self.rules.rooted_credit[ladder.index()].as_ref().map_or(0, |c| {
            let mut credit = 0;
            let mut years = i32::from(c.rule.per_years);
            while years * 12 <= rooted && c.rule.per_years > 0 {
                credit += i32::from(c.rule.months);
                years += i32::from(c.rule.per_years);
            }
            credit.min(i32::from(c.rule.max_months))
        });
        let needed = (i32::from(step.years) * 12 - shortened + lengthened - rooted).max(0);
        Some(Time {
            since,
            months: all,
            not_counted,
            shortened,
            lengthened,
            rooted,
            needed,
            counted: all - not_counted,
        })
    }

    /// Whether a rank may be given on a day, by facts known.
    pub fn may_rank(&self, to: Rank, on: Day) -> Verdict {
        let mut verdict = Verdict::default();
        let rooted =
            if self.rules.rooted_credit[to.ladder().index()].is_some() { self.rooted_months(on) } else { 0 };
        match &self.rules.rank_steps[to.index()] {
            // No rule on the day says how one gets there: nothing else is asked.
            None => {
                verdict.unmet.put(Need::Origin, true);
                return verdict;
            }
            Some(step) => {
                let times: Vec<Time> =
                    step.rule.from.iter().filter_map(|h| self.time(&step.rule, *h, on, rooted)).collect();
                if times.is_empty() {
                    verdict.unmet.put(Need::Origin, true);
                } else if !times.iter().any(|t| t.counted >= t.needed) {
                    verdict.unmet.put(Need::Years, true);
                }
                if let Some(wanted) = step.rule.level {
                    match self.grading(on).level {
                        None => verdict.unknown.put(Need::Level, true),
                        Some(level) if level.get() > wanted.get() => verdict.unmet.put(Need::Level, true),
                        _ => {}
                    }
                }
            }
        }
        if let Some(organ) = self.organ(&self.at(on).organ) {
            for top in &self.rules.top_ranks {
                if top.rule.organs.contains(&organ.kind)
                    && top.rule.rank.ladder() == to.ladder()
                    && to > top.rule.rank
                {
                    verdict.unmet.put(Need::Ceiling, true);
                }
            }
        }
        self.bars(ActName::RankPromotion, on, &mut verdict);
        verdict
    }

    /// Whether a post of a layer may be given on a day, by facts known.
    pub fn may_post(&self, to: Layer, on: Day) -> Verdict {
        let mut verdict = Verdict::default();
        let state = self.at(on);
        match &self.rules.leadership[to.index()] {
            None => {
                verdict.unmet.put(Need::Origin, true);
                return verdict;
            }
            Some(step) => {
                let mut times: Vec<i32> = Vec::new();
                if let (Some(from), Some((layer, since))) = (step.rule.from_post, state.layer) {
                    if layer >= from && layer < to {
                        times.push(if since <= on { months(since, on) } else { 0 });
                    }
                }
                for rank in &step.rule.from_ranks {
                    if let Some(since) = state.reached.get(rank) {
                        times.push(if *since <= on { months(*since, on) } else { 0 });
                    }
                }
                if times.is_empty() {
                    verdict.unmet.put(Need::Origin, true);
                } else if !times.iter().any(|t| *t >= i32::from(step.rule.years) * 12) {
                    verdict.unmet.put(Need::Years, true);
                }
                if let Some(wanted) = step.rule.education {
                    match self.education(on) {
                        None => verdict.unknown.put(Need::Education, true),
                        Some((have, _)) if have < wanted => verdict.unmet.put(Need::Education, true),
                        _ => {}
                    }
                }
            }
        }
        for experience in &self.rules.leadership_experience {
            if to < experience.rule.from_layer {
                continue;
            }
            let wanted = i32::from(experience.rule.at_least);
            let (need, have) = match experience.rule.needs {
                LeadershipNeed::WorkYears => (
                    Need::WorkYears,
                    self.person.work_start.map(|s| if s <= on { months(s, on) } else { 0 } / 12),
                ),
                LeadershipNeed::GrassrootsYears => {
                    (Need::GrassrootsYears, self.grassroots_months(on).map(|m| m / 12))
                }
                LeadershipNeed::PostsBelow => (Need::PostsBelow, Some(self.posts_below(to, on))),
            };
            match have {
                None => verdict.unknown.put(need, true),
                Some(have) if have < wanted => verdict.unmet.put(need, true),
                _ => {}
            }
        }
        self.bars(ActName::PostPromotion, on, &mut verdict);
        verdict
    }

    /// Different posts ever held in the layer below.
    fn posts_below(&self, to: Layer, on: Day) -> i32 {
        let Some(below) = to.index().checked_sub(1).map(|n| Layer::ALL[n]) else {
            return 0;
        };
        self.posts_in(below, on)
    }

    fn posts_in(&self, below: Layer, on: Day) -> i32 {
        let mut posts: Vec<(&str, &OrganId)> = Vec::new();
        for event in &self.events {
            if let Fact::Appointed { layer: Some(layer), title, organ, .. } = &event.fact {
                if *layer == below && event.dates.effective <= on && !posts.contains(&(title, organ)) {
                    posts.push((title, organ));
                }
            }
        }
        posts.len() as i32
    }
}
