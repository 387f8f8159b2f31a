//! Careers as columns: what the rules ask of many people on one day, one `Vec` an attribute.
//!
//! A [`Row`] answers everything that a record ([`Facts`](crate::Facts)) answers, and answers the same, so the same
//! functions decide both. [`standing`] goes through the rows in one pass.
//!
//! **Limits.** Columns hold counts on the day they were made, no dates and no names; what changes with the rules' way
//! of counting (service terms, conversion, whether probation counts) is as the rules had it that the facts were
//! gathered under. A count that would not fit (65 535 months) is brought to the largest that does.

mod pass;

use std::collections::HashMap;

use takeroot_civil::{Day, Education, Grade, Ladder, Layer, Level, OrganKind, Rank, Step};

use crate::bars::Acts;
use crate::officer::{Bars, Held, Officer, Place, Seat};
use crate::rules::Rules;

pub use pass::{Prepared, RowStanding, standing};

/// Months that are not known.
const NONE: u16 = u16::MAX;

/// Time held, one `Vec` a count.
#[derive(Clone, Debug, Default, PartialEq)]
struct HeldColumns {
    months: Vec<u16>,
    years: [Vec<u8>; 5],
    grade_months: [Vec<u8>; 5],
}

impl HeldColumns {
    fn push(&mut self, held: Held) {
        self.months.push(held.months);
        for grade in 0..5 {
            self.years[grade].push(held.years[grade]);
            self.grade_months[grade].push(held.grade_months[grade]);
        }
    }

    #[inline]
    fn get(&self, at: usize) -> Held {
        Held {
            months: self.months[at],
            years: std::array::from_fn(|grade| self.years[grade][at]),
            grade_months: std::array::from_fn(|grade| self.grade_months[grade][at]),
        }
    }
}

/// Values that many people share, by number.
#[derive(Clone, Debug)]
struct Shared<T> {
    values: Vec<T>,
    numbers: HashMap<T, u32>,
    rows: Vec<u32>,
}

impl<T> Default for Shared<T> {
    fn default() -> Self {
        Shared { values: Vec::new(), numbers: HashMap::new(), rows: Vec::new() }
    }
}

impl<T: Copy + Eq + std::hash::Hash> Shared<T> {
    fn push(&mut self, value: T) {
        let number = *self.numbers.entry(value).or_insert_with(|| {
            self.values.push(value);
            self.values.len() as u32 - 1
        });
        self.rows.push(number);
    }

    #[inline]
    fn get(&self, at: usize) -> T {
        self.values[self.rows[at] as usize]
    }
}

/// What a person holds, and whether in the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Holding {
    seat: Seat,
    serving: bool,
}

/// People on a day, one `Vec` an attribute.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// The day; `None` while there is nobody.
    on: Option<Day>,
    holdings: Shared<Holding>,
    places: Shared<Place>,
    rank_held: [HeldColumns; 3],
    /// Time in ranks of 2008 as steps of 2015 count it, the one case in which a step counts ranks of another ladder.
    old_rank_held: HeldColumns,
    layer_held: [HeldColumns; 3],
    level: Vec<u8>,
    step: Vec<u8>,
    bars: Vec<Bars>,
    unsure_bars: Vec<Bars>,
    sanctioned: Vec<Acts>,
    own_term_running: Vec<bool>,
    rooted_months: Vec<u16>,
    served: Vec<Vec<u16>>,
    education: Vec<Option<Education>>,
    worst_grade: Vec<Option<Grade>>,
    posts_in: Vec<[u8; Layer::COUNT]>,
    work_months: Vec<u16>,
    grassroots_months: Vec<u16>,
    service_months: Vec<u16>,
    since_reaching: Vec<[u16; Rank::COUNT]>,
}

impl Columns {
    /// Nobody yet.
    pub fn new() -> Columns {
        Columns::default()
    }

    /// People whose facts were gathered under these rules.
    pub fn of<O: Officer>(rules: &Rules, officers: impl IntoIterator<Item = O>) -> Columns {
        let mut columns = Columns::new();
        officers.into_iter().for_each(|officer| columns.push(&officer, rules));
        columns
    }

    /// Adds one whose facts were gathered under these rules: a record, or a row of other columns.
    pub fn push(&mut self, officer: &impl Officer, rules: &Rules) {
        self.on.get_or_insert(rules.on);
        let rows = self.len();
        self.holdings.push(Holding { seat: officer.seat(), serving: officer.serving() });
        self.places.push(officer.place());
        for ladder in [Ladder::NonLeading, Ladder::CountyRanks, Ladder::Parallel] {
            self.rank_held[ladder.index()].push(officer.rank_held(ladder, ladder));
            self.layer_held[ladder.index()].push(officer.layer_held(ladder));
        }
        self.old_rank_held.push(officer.rank_held(Ladder::NonLeading, Ladder::CountyRanks));
        self.level.push(officer.level().map_or(0, Level::get));
        self.step.push(officer.step().map_or(0, Step::get));
        self.bars.push(officer.bars());
        self.unsure_bars.push(officer.unsure_bars());
        self.sanctioned.push(officer.sanctioned());
        self.own_term_running.push(officer.own_term_running());
        self.rooted_months.push(officer.rooted_months());
        let terms = rules.service_terms.len().max(self.served.len());
        self.served.resize_with(terms, || vec![NONE; rows]);
        for (term, column) in self.served.iter_mut().enumerate() {
            column.push(known(officer.served_months(term)));
        }
        self.education.push(officer.education());
        self.worst_grade.push(officer.worst_grade());
        let posts = <Layer as takeroot_civil::Code>::ALL.iter().map(|layer| officer.posts_in(*layer));
        let mut posts_in = [0; Layer::COUNT];
        posts_in.iter_mut().zip(posts).for_each(|(column, count)| *column = count);
        self.posts_in.push(posts_in);
        self.work_months.push(known(officer.work_months()));
        self.grassroots_months.push(known(officer.grassroots_months()));
        self.service_months.push(known(officer.service_months()));
        let mut since = [NONE; Rank::COUNT];
        for rank in <Rank as takeroot_civil::Code>::ALL {
            since[rank.index()] = known(officer.months_since_reaching(*rank));
        }
        self.since_reaching.push(since);
    }

    /// Time in the ranks of a ladder, as a ladder counts.
    fn rank_held(&self, ladder: Ladder, counting: Ladder) -> &HeldColumns {
        match (ladder, counting) {
            (Ladder::NonLeading, Ladder::CountyRanks) => &self.old_rank_held,
            _ => &self.rank_held[ladder.index()],
        }
    }

    /// The day of the first one's rules.
    pub fn on(&self) -> Option<Day> {
        self.on
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.level.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.level.is_empty()
    }

    /// One row.
    pub fn row(&self, at: usize) -> Option<Row<'_>> {
        (at < self.len()).then_some(Row { columns: self, at })
    }

    /// Every row.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.len()).map(|at| Row { columns: self, at })
    }
}

fn known(months: Option<u16>) -> u16 {
    months.map_or(NONE, |months| months.min(NONE - 1))
}

#[inline(always)]
fn months(column: u16) -> Option<u16> {
    (column != NONE).then_some(column)
}

/// One row of columns.
#[derive(Clone, Copy, Debug)]
pub struct Row<'c> {
    columns: &'c Columns,
    at: usize,
}

impl Officer for Row<'_> {
    fn serving(&self) -> bool {
        self.columns.holdings.get(self.at).serving
    }

    fn rank(&self, ladder: Ladder) -> Option<Rank> {
        self.seat().ranks[ladder.index()]
    }

    fn rank_held(&self, ladder: Ladder, counting: Ladder) -> Held {
        self.columns.rank_held(ladder, counting).get(self.at)
    }

    fn layer(&self) -> Option<Layer> {
        self.seat().layer
    }

    fn layer_held(&self, ladder: Ladder) -> Held {
        self.columns.layer_held[ladder.index()].get(self.at)
    }

    fn months_since_reaching(&self, rank: Rank) -> Option<u16> {
        months(self.columns.since_reaching[self.at][rank.index()])
    }

    fn level(&self) -> Option<Level> {
        Level::new(self.columns.level[self.at])
    }

    fn step(&self) -> Option<Step> {
        Step::new(self.columns.step[self.at])
    }

    fn bars(&self) -> Bars {
        self.columns.bars[self.at]
    }

    fn unsure_bars(&self) -> Bars {
        self.columns.unsure_bars[self.at]
    }

    fn organ_kind(&self) -> Option<OrganKind> {
        self.place().kind
    }

    fn place(&self) -> Place {
        self.columns.places.get(self.at)
    }

    #[inline]
    fn seat(&self) -> Seat {
        self.columns.holdings.get(self.at).seat
    }

    fn education(&self) -> Option<Education> {
        self.columns.education[self.at]
    }

    fn work_months(&self) -> Option<u16> {
        months(self.columns.work_months[self.at])
    }

    fn grassroots_months(&self) -> Option<u16> {
        months(self.columns.grassroots_months[self.at])
    }

    fn rooted_months(&self) -> u16 {
        self.columns.rooted_months[self.at]
    }

    fn posts_in(&self, layer: Layer) -> u8 {
        self.columns.posts_in[self.at][layer.index()]
    }

    fn sanctioned(&self) -> Acts {
        self.columns.sanctioned[self.at]
    }

    fn own_term_running(&self) -> bool {
        self.columns.own_term_running[self.at]
    }

    fn service_months(&self) -> Option<u16> {
        months(self.columns.service_months[self.at])
    }

    fn served_months(&self, term: usize) -> Option<u16> {
        months(self.columns.served.get(term)?[self.at])
    }

    fn worst_grade(&self) -> Option<Grade> {
        self.columns.worst_grade[self.at]
    }
}
