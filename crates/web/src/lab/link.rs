//! What a run is asked for, as the form sends it and as a link carries it: everything that the answer depends on stands in
//! the address, with the digests of what it rested on, so that whoever opens it gets the same figures or is told why not.

use serde::Deserialize;
use takeroot_office::lab::{Asked, DRAWS, Inputs, LAW, REPLICATES, Stacked, YEARS};
use takeroot_policy::{Head, Library};
use takeroot_words::Lang;

use crate::Page;
use crate::policy::Choice;
use crate::words::say;

/// Seeds: least, usual, most.
const SEEDS: (u64, u64, u64) = (0, 1, 999_999_999);
/// Digits of a digest that a link carries.
const DIGITS: usize = 16;

/// What a form sends, or a link carries. Empty is what is usual.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    pub on: String,
    pub base: String,
    pub under: Vec<String>,
    pub from: String,
    pub with: Vec<String>,
    pub years: String,
    pub replicates: String,
    pub draws: String,
    pub seed: String,
    pub staff: String,
    pub roster: String,
    pub rules: String,
    pub tried: String,
    pub assumed: String,
    pub program: String,
    /// The language of a printed report.
    pub paper: String,
    /// What packages may cost over all years, 10,000 yuan.
    pub budget: String,
    /// What packages are to reach.
    pub target: Vec<String>,
    /// The part of the page that a fragment asks for.
    pub part: String,
    /// How much of the answer the reader has before them.
    pub seen: String,
}

/// What keeps a field from being used.
#[derive(Clone, Debug, Default)]
pub(super) struct Faults {
    pub on: String,
    pub stacks: String,
    pub years: String,
    pub replicates: String,
    pub draws: String,
    pub seed: String,
}

impl Faults {
    pub fn any(&self) -> bool {
        let all = [&self.on, &self.stacks, &self.years, &self.replicates, &self.draws, &self.seed];
        all.iter().any(|fault| !fault.is_empty())
    }
}

/// A number between two, or what is usual where nothing was typed.
fn number<N: std::str::FromStr + PartialOrd + ToString + Copy>(
    typed: &str,
    (least, usual, most): (N, N, N),
    fault: &mut String,
    lang: Lang,
) -> N {
    let typed = typed.trim();
    if typed.is_empty() {
        return usual;
    }
    match typed.parse::<N>() {
        Ok(number) if least <= number && number <= most => number,
        _ => {
            *fault = say!(lang, "lab-not-between", least = least.to_string(), most = most.to_string());
            usual
        }
    }
}

impl Typed {
    /// What is asked, with what cannot be used of it.
    pub fn read(&self, page: &Page) -> (Asked, Faults) {
        let lang = page.lang;
        let mut faults = Faults::default();
        let on = match self.on.trim() {
            "" => page.today,
            typed => typed.parse().unwrap_or_else(|_| {
                faults.on = say!(lang, "lab-not-a-day");
                page.today
            }),
        };
        let named = |id: &str| if id.trim().is_empty() { LAW.to_owned() } else { id.trim().to_owned() };
        let base = Stacked { base: named(&self.base), proposals: self.under.clone() };
        let from = if self.from.trim().is_empty() { base.base.clone() } else { named(&self.from) };
        let with = Stacked { base: from, proposals: self.with.clone() };
        if base == with {
            faults.stacks = if with.proposals.is_empty() {
                say!(lang, "lab-no-proposal")
            } else {
                say!(lang, "lab-same-stacks")
            };
        }
        let asked = Asked {
            on,
            base,
            with,
            years: number(&self.years, YEARS, &mut faults.years, lang),
            replicates: number(&self.replicates, REPLICATES, &mut faults.replicates, lang),
            draws: number(&self.draws, DRAWS, &mut faults.draws, lang),
            seed: number(&self.seed, SEEDS, &mut faults.seed, lang),
            terms_for_all: !self.staff.is_empty(),
        };
        (asked, faults)
    }

    /// What of the inputs is no longer what a link names, in words.
    pub fn changed(&self, inputs: &Inputs, lang: Lang) -> Vec<String> {
        let differs = |named: &str, now: &str| !named.is_empty() && !now.starts_with(named);
        let mut changed = Vec::new();
        if differs(&self.roster, &inputs.roster) {
            changed.push(say!(lang, "lab-changed-roster"));
        }
        if differs(&self.rules, &inputs.base) {
            changed.push(say!(lang, "lab-changed-base"));
        }
        if differs(&self.tried, &inputs.with) {
            changed.push(say!(lang, "lab-changed-with"));
        }
        if differs(&self.assumed, &inputs.assumptions) {
            changed.push(say!(lang, "lab-changed-assumptions"));
        }
        if !self.program.is_empty() && self.program != inputs.program {
            let (was, now) = (self.program.as_str(), inputs.program);
            changed.push(say!(lang, "lab-changed-program", was = was, now = now));
        }
        changed
    }
}

/// The first digits of a digest, as links and pages tell it.
pub(super) fn short(digest: &str) -> String {
    digest.chars().take(DIGITS).collect()
}

/// The address of a run with everything that it rests on.
pub(super) fn place(path: &str, asked: &Asked, inputs: Option<&Inputs>) -> String {
    let (on, years) = (asked.on.to_string(), asked.years.to_string());
    let (replicates, draws) = (asked.replicates.to_string(), asked.draws.to_string());
    let seed = asked.seed.to_string();
    let mut query: Vec<(&str, &str)> = vec![("on", &on), ("base", &asked.base.base)];
    query.extend(asked.base.proposals.iter().map(|id| ("under", id.as_str())));
    if asked.with.base != asked.base.base {
        query.push(("from", &asked.with.base));
    }
    query.extend(asked.with.proposals.iter().map(|id| ("with", id.as_str())));
    query.extend([
        ("years", years.as_str()),
        ("replicates", &replicates),
        ("draws", &draws),
        ("seed", &seed),
    ]);
    if asked.terms_for_all {
        query.push(("staff", "1"));
    }
    let digests = inputs.map(|i| [&i.roster, &i.base, &i.with, &i.assumptions].map(|digest| short(digest)));
    if let (Some([roster, rules, tried, assumed]), Some(inputs)) = (&digests, inputs) {
        query.extend([("roster", roster.as_str()), ("rules", rules), ("tried", tried), ("assumed", assumed)]);
        query.push(("program", inputs.program));
    }
    crate::pieces::address(path, &query)
}

/// The form with what was typed.
#[derive(Clone, Debug)]
pub(super) struct Form {
    pub on: String,
    pub bases: Vec<Choice>,
    pub under: Vec<Choice>,
    pub froms: Vec<Choice>,
    pub with: Vec<Proposed>,
    pub years: String,
    pub replicates: String,
    pub draws: String,
    pub seed: String,
    pub staff: bool,
    pub faults: Faults,
    /// What is not usual stands open.
    pub open: bool,
    pub levers: String,
    /// Draws from which on a direction is named.
    pub enough: String,
}

/// A proposal to choose, with what it wants.
#[derive(Clone, Debug)]
pub(super) struct Proposed {
    pub choice: Choice,
    pub summary: String,
    /// It was written here.
    pub own: bool,
}

impl Form {
    /// The form for what is asked. What was typed and cannot be used stands as it was typed.
    pub fn of(
        typed: &Typed,
        asked: &Asked,
        faults: Faults,
        (library, levers): (&Library, usize),
        lang: Lang,
    ) -> Form {
        let bases = |chosen: &str| {
            let mut bases =
                vec![Choice { id: LAW.to_owned(), name: say!(lang, "lab-law"), on: chosen == LAW }];
            for d in library.documents.iter().filter(|d| matches!(d.head, Head::Baseline(_))) {
                let name = d.head.title().get(lang).to_owned();
                bases.push(Choice { id: d.id().to_owned(), name, on: chosen == d.id() });
            }
            bases
        };
        let mut froms = bases(if typed.from.is_empty() { "" } else { &asked.with.base });
        let same = Choice { id: String::new(), name: say!(lang, "lab-from-same"), on: typed.from.is_empty() };
        froms.insert(0, same);
        let choices = crate::policy::proposals(library, &asked.with.proposals, lang);
        let with = choices.into_iter().map(|choice| {
            let document = library.get(&choice.id);
            let summary = match document.map(|d| &d.head) {
                Some(Head::Proposal(proposal)) => proposal.summary.get(lang).to_owned(),
                _ => String::new(),
            };
            let own = document.is_some_and(|d| d.file.starts_with(takeroot_office::proposal::OWN));
            Proposed { choice, summary, own }
        });
        let as_typed = |typed: &str, read: String| if typed.is_empty() { read } else { typed.to_owned() };
        let open = !asked.base.proposals.is_empty()
            || !typed.from.is_empty()
            || asked.terms_for_all
            || !faults.draws.is_empty()
            || !faults.seed.is_empty();
        Form {
            on: as_typed(&typed.on, asked.on.to_string()),
            bases: bases(&asked.base.base),
            under: crate::policy::proposals(library, &asked.base.proposals, lang),
            froms,
            with: with.collect(),
            years: as_typed(&typed.years, asked.years.to_string()),
            replicates: as_typed(&typed.replicates, asked.replicates.to_string()),
            draws: as_typed(&typed.draws, asked.draws.to_string()),
            seed: as_typed(&typed.seed, asked.seed.to_string()),
            staff: asked.terms_for_all,
            faults,
            open,
            levers: levers.to_string(),
            enough: takeroot_lab::compare::ENOUGH_DRAWS.to_string(),
        }
    }
}

/// The name of a stack in words: what it stands on, and what lies over it.
pub(super) fn stack_name(stacked: &Stacked, library: &Library, lang: Lang) -> String {
    let title =
        |id: &String| library.get(id).map_or_else(|| id.clone(), |d| d.head.title().get(lang).to_owned());
    let base = if stacked.base == LAW { say!(lang, "lab-law") } else { title(&stacked.base) };
    std::iter::once(base).chain(stacked.proposals.iter().map(title)).collect::<Vec<_>>().join(" + ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked() -> Asked {
        let with = Stacked { base: LAW.to_owned(), proposals: vec!["a".to_owned(), "b".to_owned()] };
        Asked {
            on: takeroot_civil::Day::new(2026, 7, 1).unwrap(),
            base: Stacked { base: LAW.to_owned(), proposals: Vec::new() },
            with,
            years: 10,
            replicates: 100,
            draws: 32,
            seed: 7,
            terms_for_all: true,
        }
    }

    fn inputs() -> Inputs {
        let digest = |c: char| std::iter::repeat_n(c, 64).collect();
        Inputs {
            roster: digest('a'),
            base: digest('b'),
            with: digest('c'),
            assumptions: digest('d'),
            program: "9",
        }
    }

    #[test]
    fn a_link_carries_all_that_an_answer_rests_on() {
        assert_eq!(
            place("/lab/run", &asked(), Some(&inputs())),
            "/lab/run?on=2026-07-01&base=law&with=a&with=b&years=10&replicates=100&draws=32&seed=7&staff=1\
             &roster=aaaaaaaaaaaaaaaa&rules=bbbbbbbbbbbbbbbb&tried=cccccccccccccccc&assumed=dddddddddddddddd&program=9"
        );
    }

    #[test]
    fn what_a_link_names_otherwise_is_told_and_what_it_does_not_name_is_not() {
        let named = |roster: &str, program: &str| Typed {
            roster: roster.to_owned(),
            program: program.to_owned(),
            ..Typed::default()
        };
        assert!(named("aaaaaaaaaaaaaaaa", "9").changed(&inputs(), Lang::En).is_empty());
        assert!(Typed::default().changed(&inputs(), Lang::En).is_empty());
        let changed = named("ffff", "8").changed(&inputs(), Lang::En);
        assert_eq!(changed.len(), 2, "{changed:?}");
        assert!(changed[1].contains('8') && changed[1].contains('9'), "{changed:?}");
    }
}
