//! What is doubtful in a record: found with every change, shown on the home page and in the file.
//!
//! These are checks of a record against itself; what the rules ask of a career is said by its standing.

use std::collections::BTreeSet;

use takeroot_civil::{Career, Day, Event, Fact};
use takeroot_store::data_faults;
use takeroot_words::Lang;

use crate::words::loader;
use crate::{Action, Office, OfficeError, Resource, Viewer};

/// Every code, each with its sentence `fault-CODE`.
pub const CODES: [&str; 12] = [
    "id-birth",
    "id-sex",
    "no-birth",
    "no-work-start",
    "no-organ",
    "no-education",
    "before-birth",
    "rank-before-entry",
    "two-organs",
    "after-leaving",
    "years-missing",
    "alike",
];

/// A doubt: its code and what it is about (a date, years, a person's number).
pub type Doubt = (&'static str, String);

/// What is doubtful in a career by itself.
pub fn of(career: &Career) -> Vec<Doubt> {
    let mut found: BTreeSet<Doubt> = BTreeSet::new();
    let mut add = |code: &'static str, detail: String| {
        found.insert((code, detail));
    };
    let person = &career.person;
    if let Some(id) = &person.resident_id {
        if person.birth.is_some_and(|b| {
            b.month_number() != id.birth().month_number() || (b.day() != 1 && b != id.birth())
        }) {
            add("id-birth", String::new());
        }
        if person.sex.is_some_and(|s| s != id.sex()) {
            add("id-sex", String::new());
        }
    }
    if person.birth.is_none() {
        add("no-birth", String::new());
    }
    if person.work_start.is_none() {
        add("no-work-start", String::new());
    }
    let holding = career.holding();
    let entered = holding.iter().find(|e| belongs(&e.fact).is_some()).map(|e| e.dates.effective);
    if entered.is_none() {
        add("no-organ", String::new());
    }
    if !holding.iter().any(|e| matches!(e.fact, Fact::Educated { .. })) {
        add("no-education", String::new());
    }
    if let Some(birth) = person.birth {
        let first = person.work_start.into_iter().chain(holding.iter().map(|e| e.dates.effective)).min();
        if let Some(first) = first.filter(|d| *d < birth) {
            add("before-birth", first.to_string());
        }
    }
    if let (Some(entered), Some(rank)) = (entered, first_rank(&holding))
        && rank < entered
    {
        add("rank-before-entry", rank.to_string());
    }
    for pair in holding.iter().filter(|e| belongs(&e.fact).is_some()).collect::<Vec<_>>().windows(2) {
        if let [a, b] = pair
            && a.dates.effective == b.dates.effective
            && belongs(&a.fact) != belongs(&b.fact)
        {
            add("two-organs", a.dates.effective.to_string());
        }
    }
    let left = holding.iter().rposition(|e| matches!(e.fact, Fact::Left { .. }));
    if let Some(left) = left.and_then(|at| holding.get(at))
        && !holding.iter().any(|e| e.dates.effective > left.dates.effective && belongs(&e.fact).is_some())
        && let Some(later) = holding.iter().find(|e| {
            e.dates.effective > left.dates.effective
                && matches!(e.fact, Fact::Ranked { .. } | Fact::Graded { .. } | Fact::Appointed { .. })
        })
    {
        add("after-leaving", later.dates.effective.to_string());
    }
    let years: BTreeSet<u16> = holding
        .iter()
        .filter_map(|e| if let Fact::Assessed { year, .. } = e.fact { Some(year) } else { None })
        .collect();
    if let (Some(first), Some(last)) = (years.first(), years.last()) {
        let missing: Vec<String> =
            (*first..=*last).filter(|y| !years.contains(y)).map(|y| y.to_string()).collect();
        if !missing.is_empty() {
            add("years-missing", missing.join("、"));
        }
    }
    found.into_iter().collect()
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

/// A doubt as a sentence.
pub fn sentence(code: &str, detail: &str, lang: Lang) -> String {
    let mut args = std::collections::HashMap::new();
    args.insert("detail", detail.to_owned());
    loader(lang).get_args(&format!("fault-{code}"), args)
}

impl Office {
    /// What is doubtful in a person's record: code and sentence; what it is about stays with it.
    ///
    /// # Errors
    /// [`OfficeError::NotFound`] when the person is not there or out of reach.
    pub async fn doubts(
        &self,
        viewer: &Viewer,
        person: i64,
        lang: Lang,
    ) -> Result<Vec<(String, String, String)>, OfficeError> {
        let within = viewer.must(Resource::Person, Action::Read)?;
        let mut tx = self.db.read().await?;
        takeroot_store::people::line_of(&mut tx, &within, person).await?.ok_or(OfficeError::NotFound)?;
        let found = data_faults::of(&mut tx, person).await?;
        Ok(found
            .into_iter()
            .map(|(code, detail)| {
                let said = sentence(&code, &detail, lang);
                (code, detail, said)
            })
            .collect())
    }
}
