//! What is doubtful among the facts of a career: dates that cannot all be true, years without a grade.

use std::collections::BTreeSet;

use takeroot_civil::{Career, Day, Event, Fact};

use crate::doubt::Doubt;
use crate::{Action, Office, OfficeError, Resource, Viewer};

/// What is doubtful in a career by itself, beside what [`crate::doubt`] finds with the rules at hand.
pub fn of(career: &Career) -> Vec<Doubt> {
    let mut found = Vec::new();
    let holding = career.holding();
    let entered = holding.iter().find(|e| belongs(&e.fact).is_some()).map(|e| e.dates.effective);
    let first = holding.first().map(|e| e.dates.effective);
    if career.person.birth.zip(first).is_some_and(|(birth, first)| first < birth) {
        found.push(Doubt::BeforeBirth);
    }
    if entered.zip(first_rank(&holding)).is_some_and(|(entered, rank)| rank < entered) {
        found.push(Doubt::RankBeforeEntry);
    }
    let moves: Vec<&&Event> = holding.iter().filter(|e| belongs(&e.fact).is_some()).collect();
    let two = |pair: &[&&Event]| match pair {
        [a, b] => a.dates.effective == b.dates.effective && belongs(&a.fact) != belongs(&b.fact),
        _ => false,
    };
    if moves.windows(2).any(two) {
        found.push(Doubt::TwoOrgans);
    }
    let left = holding.iter().rfind(|e| matches!(e.fact, Fact::Left { .. })).map(|e| e.dates.effective);
    if let Some(left) = left {
        let after = || holding.iter().filter(|e| e.dates.effective > left);
        let state =
            |f: &Fact| matches!(f, Fact::Ranked { .. } | Fact::Graded { .. } | Fact::Appointed { .. });
        if after().any(|e| state(&e.fact)) && !after().any(|e| belongs(&e.fact).is_some()) {
            found.push(Doubt::AfterLeaving);
        }
    }
    let years: BTreeSet<u16> = holding
        .iter()
        .filter_map(|e| if let Fact::Assessed { year, .. } = e.fact { Some(year) } else { None })
        .collect();
    if let (Some(first), Some(last)) = (years.first(), years.last())
        && usize::from(last - first) + 1 != years.len()
    {
        found.push(Doubt::YearsMissing);
    }
    found
}

fn belongs(fact: &Fact) -> Option<&str> {
    match fact {
        Fact::Recruited { organ, .. } | Fact::Registered { organ } | Fact::Posted { organ } => Some(&organ.0),
        _ => None,
    }
}

fn first_rank(holding: &[&Event]) -> Option<Day> {
    holding.iter().find(|e| matches!(e.fact, Fact::Ranked { .. })).map(|e| e.dates.effective)
}

impl Office {
    /// Another person within reach with the same name and birth.
    ///
    /// # Errors
    /// [`OfficeError::NotFound`] when there is none, or the person is out of reach.
    pub async fn alike(&self, viewer: &Viewer, person: i64) -> Result<i64, OfficeError> {
        let within = viewer.must(Resource::Event, Action::Write)?;
        let mut tx = self.db.read().await?;
        let found = takeroot_store::doubts::alike(&mut tx, &[person]).await?;
        found.first().map(|f| f.1).filter(|_| !within.is_nowhere()).ok_or(OfficeError::NotFound)
    }
}
