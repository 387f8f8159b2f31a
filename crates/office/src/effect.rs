//! Effect today: proposals laid over the law and held against the roster as it is, person by person. No forecast: no
//! one's future is drawn, only what the two sets of rules say of the same facts on the same day.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use sha2::{Digest as _, Sha256};
use takeroot_civil::{Day, Fen, Organ};
use takeroot_policy::standing::{Amount, FactUsed, Nearer, PayLine, PayLineKind, Promotion, Reason};
use takeroot_policy::timeline::Organs;
use takeroot_policy::{Cite, Outcome, Rules, Stack, StackSpec, Standing};
use takeroot_store::people::Kept;
use takeroot_store::{Within, organs, people};

use crate::effect_words::{About, Kind, Was};
use crate::jobs::Progress;
use crate::{Action, Class, Office, OfficeError, Resource, Viewer};

/// People judged between two looks at whether to go on.
const PART: usize = 500;
/// The fewest people of whom those without personal data may be told.
pub const FEWEST: usize = 10;
/// Effects remembered.
const REMEMBERED: usize = 4;

/// What changes for one person.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The person's number.
    pub person: i64,
    /// Number of the organ belonged to.
    pub seq: i64,
    /// Name.
    pub name: String,
    /// Organ.
    pub organ: String,
    /// Which of [`Effect::groups`].
    pub group: usize,
    /// How it changes.
    pub kind: Kind,
    /// What changes.
    pub about: About,
    /// Under the law.
    pub before: Was,
    /// Under the law with the proposals.
    pub after: Was,
    /// Months from one day to the other, if both are days.
    pub months: Option<i32>,
    /// The clause that makes it so.
    pub clause: Option<Arc<Cite>>,
}

/// Amounts of a pay line that change, fen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// People.
    pub people: usize,
    /// What they get under the law.
    pub before: i64,
    /// What they get with the proposals.
    pub after: i64,
    /// People for whom one of the two is not known; they are not in the sums.
    pub unknown: usize,
}

/// A township or an organ of the county.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Number of its root in the unit tree; 0 for those whose unit is not known.
    pub seq: i64,
    /// Its name.
    pub name: String,
    /// People in it.
    pub people: usize,
    /// People whose standing changes.
    pub changed: usize,
    /// The same by kind of change.
    pub kinds: BTreeMap<Kind, usize>,
}

/// What proposals change for the people of a scope on a day.
#[derive(Clone, Debug)]
pub struct Effect {
    /// The proposals, in order.
    pub with: Vec<String>,
    /// The day.
    pub on: Day,
    /// People in the service.
    pub people: usize,
    /// People whose standing changes.
    pub changed: usize,
    /// People by kind of change.
    pub kinds: BTreeMap<Kind, usize>,
    /// By township and organ, in the office's order.
    pub groups: Vec<Group>,
    /// Every change, in the order of the roster.
    pub changes: Vec<Change>,
    /// Digests of the two stacks.
    pub digests: (String, String),
}

/// Effects remembered, by all that they rest on.
pub type Remembered = Vec<(String, Arc<Effect>)>;

impl Effect {
    /// The sums of the pay lines that change, by line, of the people that a viewer may see the pay of.
    pub fn sums(&self, viewer: &Viewer) -> Vec<(PayLineKind, Sum)> {
        let within = viewer.within(Class::Pay.resource(), Action::Read);
        let mut sums: Vec<(PayLineKind, Sum)> = Vec::new();
        for change in self.changes.iter().filter(|c| within.has(c.seq)) {
            let About::Pay(kind) = change.about else { continue };
            let at = sums.iter().position(|s| same_line(s.0, kind)).unwrap_or_else(|| {
                sums.push((kind, Sum { people: 0, before: 0, after: 0, unknown: 0 }));
                sums.len() - 1
            });
            let Some((_, sum)) = sums.get_mut(at) else { continue };
            sum.people += 1;
            match (&change.before, &change.after) {
                (Was::Fen(Some(a)), Was::Fen(Some(b))) => {
                    sum.before += a.0;
                    sum.after += b.0;
                }
                _ => sum.unknown += 1,
            }
        }
        sums
    }

    /// The changes that a viewer may see person by person: of those whose file may be read, pay only of those whose pay
    /// may be seen.
    pub fn shown<'e>(&'e self, viewer: &Viewer) -> impl Iterator<Item = &'e Change> {
        let files = viewer.within(Resource::Person, Action::Read);
        let pay = viewer.within(Class::Pay.resource(), Action::Read);
        self.changes
            .iter()
            .filter(move |c| files.has(c.seq) && (!matches!(c.about, About::Pay(_)) || pay.has(c.seq)))
    }
}

impl Office {
    /// The effect of proposals on the people of a viewer's scope on a day, remembered while nothing that it rests on
    /// changes.
    ///
    /// # Errors
    /// When the viewer may not, a proposal does not exist, or `progress` was stopped.
    pub async fn effect(
        &self,
        viewer: &Viewer,
        with: &[String],
        on: Day,
        progress: Option<&Progress>,
    ) -> Result<Arc<Effect>, OfficeError> {
        let within = viewer.must(Resource::Effect, Action::Read)?;
        let library = self.library_for(viewer).await?;
        let law = self.law_here().await?;
        let tried = StackSpec { proposals: with.to_vec(), ..law.clone() };
        // The viewer's own library: a draft of others is no proposal to one who may not see it.
        Stack::new(&library, tried.clone())?;
        let (law, tried) = (self.rules(&law, on)?, self.rules(&tried, on)?);
        let mut tx = self.db.read().await?;
        let revisions = people::revisions(&mut tx, &within).await?;
        let tree = organs::tree(&mut tx).await?;
        let seats = people::seats(&mut tx).await?;
        let key = key(&within, &revisions, &tree, &seats, (&law, &tried), on);
        {
            let kept = self.effects.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            if let Some((_, effect)) = kept.iter().find(|k| k.0 == key) {
                return Ok(effect.clone());
            }
        }
        let careers = self.careers.get(&mut tx, &revisions).await?;
        drop(tx);
        let (with, progress) = (with.to_vec(), progress.cloned());
        let work = move || reckon(with, on, &law, &tried, &tree, &seats, &careers, progress.as_ref());
        let effect = tokio::task::spawn_blocking(work).await.map_err(|_| OfficeError::Interrupted)??;
        let effect = Arc::new(effect);
        let mut kept = self.effects.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if kept.len() >= REMEMBERED {
            kept.remove(0);
        }
        kept.push((key, effect.clone()));
        Ok(effect)
    }

    /// The changes that a viewer may see, as a workbook; recorded as an act.
    ///
    /// # Errors
    /// When the viewer may not export, or there are more rows than a sheet holds.
    pub async fn export_effect(
        &self,
        viewer: &Viewer,
        with: &[String],
        on: Day,
        lang: takeroot_words::Lang,
    ) -> Result<Vec<u8>, OfficeError> {
        viewer.must(Resource::Effect, Action::Export)?;
        let effect = self.effect(viewer, with, on, None).await?;
        let rows: Vec<Vec<String>> = effect.shown(viewer).map(|c| c.cells(lang)).collect();
        let paid: Vec<i64> = effect
            .shown(viewer)
            .filter(|c| matches!(c.about, About::Pay(_)))
            .map(|c| c.person)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        self.see_many(viewer, Class::Pay, &paid, "effect").await?;
        let mut tx = self.db.write().await?;
        let detail =
            serde_json::json!({ "with": with, "on": on.to_string(), "rows": rows.len() }).to_string();
        let at = self.now();
        takeroot_store::acts::record(&mut tx, "effect-exported", at, viewer.account, None, &detail, None)
            .await?;
        tx.commit().await?;
        let (heads, sheet) = (Change::heads(lang), crate::effect_words::sheet(lang));
        let invented = self.is_invented();
        let write = move || takeroot_exchange::list::write(&sheet, &heads, &rows, 1, invented, lang);
        let book = tokio::task::spawn_blocking(write).await.map_err(|_| OfficeError::Interrupted)?;
        book.map_err(|fault| OfficeError::Field {
            field: "file",
            why: takeroot_words::Say::say(&fault, lang),
        })
    }
}

/// What an effect rests on: who may be seen, the facts, the organs and where each person counts among them, the rules.
fn key(
    within: &Within,
    revisions: &[(i64, i64)],
    tree: &[organs::Node],
    seats: &std::collections::HashMap<i64, i64>,
    (law, tried): (&Rules, &Rules),
    on: Day,
) -> String {
    let mut hash = Sha256::new();
    for (id, revision) in revisions {
        for part in [*id, *revision, seats.get(id).copied().unwrap_or_default()] {
            hash.update(part.to_le_bytes());
        }
    }
    for node in tree {
        hash.update(node.id.as_bytes());
        hash.update(node.seq.to_le_bytes());
        hash.update(node.name.as_bytes());
    }
    let people = hash.finalize().iter().take(16).map(|b| format!("{b:02x}")).collect::<String>();
    format!("{within:?} {people} {} {} {on}", law.digest, tried.digest)
}

#[expect(clippy::too_many_arguments, reason = "all that an effect rests on, once")]
fn reckon(
    with: Vec<String>,
    on: Day,
    law: &Rules,
    tried: &Rules,
    tree: &[organs::Node],
    seats: &std::collections::HashMap<i64, i64>,
    careers: &[Arc<Kept>],
    progress: Option<&Progress>,
) -> Result<Effect, OfficeError> {
    let list: Vec<Organ> = tree.iter().filter_map(|n| n.organ.clone()).collect();
    let index: Organs<'_> = list.iter().map(|o| (&o.id, o)).collect();
    let units: Vec<&organs::Node> = tree.iter().filter(|n| n.depth == 2).collect();
    let mut groups: Vec<Group> = units
        .iter()
        .map(|n| Group { seq: n.seq, name: n.name.clone(), people: 0, changed: 0, kinds: BTreeMap::new() })
        .collect();
    groups.push(Group { seq: 0, name: String::new(), people: 0, changed: 0, kinds: BTreeMap::new() });
    let group_of = |seq: i64| units.iter().position(|n| n.seq <= seq && seq <= n.last).unwrap_or(units.len());
    let mut effect = Effect {
        with,
        on,
        people: 0,
        changed: 0,
        kinds: BTreeMap::new(),
        groups: Vec::new(),
        changes: Vec::new(),
        digests: (law.digest.clone(), tried.digest.clone()),
    };
    let blame = Blame::of(law, tried);
    let mut done = 0;
    for part in careers.chunks(PART) {
        let judged: Vec<(usize, Vec<Change>)> = part
            .par_iter()
            .filter_map(|kept| {
                let before = Standing::of(&kept.career, &index, law);
                if !before.in_service {
                    return None;
                }
                let after = Standing::of(&kept.career, &index, tried);
                let seq = seats.get(&kept.id).copied().unwrap_or(0);
                let group = group_of(seq);
                let mut changes = Vec::new();
                let mut add = |kind, about, before: Was, after: Was, clause| {
                    let months = match (&before, &after) {
                        (Was::Day(Some(a)), Was::Day(Some(b))) => Some(months_apart(*a, *b)),
                        _ => None,
                    };
                    changes.push(Change {
                        person: kept.id,
                        seq,
                        name: kept.career.person.name.clone(),
                        organ: String::new(),
                        group,
                        kind,
                        about,
                        before,
                        after,
                        months,
                        clause,
                    });
                };
                compare(&before, &after, &blame, &mut add);
                let organ = after.organ.unwrap_or_default();
                changes.iter_mut().for_each(|c| organ.clone_into(&mut c.organ));
                Some((group, changes))
            })
            .collect();
        for (group, changes) in judged {
            effect.people += 1;
            let Some(group) = groups.get_mut(group) else { continue };
            group.people += 1;
            if changes.is_empty() {
                continue;
            }
            effect.changed += 1;
            group.changed += 1;
            let kinds: BTreeSet<Kind> = changes.iter().map(|c| c.kind).collect();
            for kind in kinds {
                *effect.kinds.entry(kind).or_default() += 1;
                *group.kinds.entry(kind).or_default() += 1;
            }
            effect.changes.extend(changes);
        }
        done += part.len();
        if let Some(progress) = progress {
            progress.at(done, careers.len())?;
        }
    }
    effect.groups = groups;
    // Rows know their group by its place among all; groups without people are left out afterwards.
    let kept: Vec<usize> = effect.groups.iter().enumerate().filter(|g| g.1.people > 0).map(|g| g.0).collect();
    for change in &mut effect.changes {
        change.group = kept.iter().position(|k| *k == change.group).unwrap_or(0);
    }
    effect.groups.retain(|g| g.people > 0);
    Ok(effect)
}

/// Full calendar months from one day to another; negative when the second is earlier.
fn months_apart(from: Day, to: Day) -> i32 {
    if from <= to { to.months_since(from) } else { -from.months_since(to) }
}

/// Which clause of the proposals a change is owed to.
struct Blame {
    /// The proposals' clauses in force: slot and clause.
    own: Vec<(String, Arc<Cite>)>,
}

impl Blame {
    fn of(law: &Rules, tried: &Rules) -> Blame {
        let held: BTreeSet<(&str, &str)> =
            law.resolved.slots.values().map(|c| (c.cite.document.as_str(), c.cite.id.as_str())).collect();
        let own = tried
            .resolved
            .slots
            .iter()
            .filter(|(_, c)| !held.contains(&(c.cite.document.as_str(), c.cite.id.as_str())));
        Blame { own: own.map(|(slot, c)| (slot.clone(), c.cite.clone())).collect() }
    }

    fn is_own(&self, cite: &Cite) -> bool {
        self.own.iter().any(|(_, c)| c.id == cite.id && c.document == cite.document)
    }

    fn of_kind(&self, kind: &str) -> Option<Arc<Cite>> {
        let of = |slot: &str| slot == kind || slot.strip_prefix(kind).is_some_and(|r| r.starts_with('/'));
        self.own.iter().find(|(slot, _)| of(slot)).map(|(_, cite)| cite.clone())
    }

    /// The clause behind a difference of reasons: one of the proposals' own where it stands among what differs, else
    /// the one that differs.
    fn reasons(&self, before: &[Reason], after: &[Reason]) -> Option<Arc<Cite>> {
        let same = |a: &Reason, b: &Reason| {
            a.need == b.need
                && a.met == b.met
                && a.earliest == b.earliest
                && a.fact == b.fact
                && a.clause.as_ref().map(|c| &c.id) == b.clause.as_ref().map(|c| &c.id)
        };
        let differ: Vec<&Reason> = after.iter().filter(|a| !before.iter().any(|b| same(a, b))).collect();
        let own = differ.iter().filter_map(|r| r.clause.as_ref()).find(|c| self.is_own(c));
        if let Some(cite) = own {
            return Some(cite.clone());
        }
        for reason in &differ {
            let old = before.iter().find(|b| b.need == reason.need).map(|b| &b.fact);
            if let (
                FactUsed::Time { rooted, shortened, lengthened, not_counted, .. },
                Some(FactUsed::Time {
                    rooted: old_rooted,
                    shortened: old_shortened,
                    lengthened: old_lengthened,
                    not_counted: old_not_counted,
                    ..
                }),
            ) = (&reason.fact, old)
            {
                let graded =
                    (shortened, lengthened, not_counted) != (old_shortened, old_lengthened, old_not_counted);
                let kinds =
                    [(rooted != old_rooted, "rooted-credit"), (graded, "grade-effect"), (graded, "counting")];
                let found = kinds.iter().filter(|k| k.0).find_map(|k| self.of_kind(k.1));
                if found.is_some() {
                    return found;
                }
            }
            let nearer = reason.nearer.iter().find_map(|n| match n {
                Nearer::RootedYears { clause, .. } | Nearer::ExcellentYear { clause, .. } => Some(clause),
                _ => None,
            });
            if let Some(cite) = nearer.filter(|c| self.is_own(c)) {
                return Some(cite.clone());
            }
        }
        let gone = before.iter().filter(|b| !after.iter().any(|a| same(a, b)));
        differ.iter().find_map(|r| r.clause.clone()).or_else(|| gone.filter_map(|r| r.clause.clone()).next())
    }
}

type Add<'a> = &'a mut dyn FnMut(Kind, About, Was, Was, Option<Arc<Cite>>);

/// What differs between two standings of a person.
fn compare(before: &Standing, after: &Standing, blame: &Blame, add: Add<'_>) {
    let ways =
        |s: &Standing| -> Vec<Promotion> { s.next_ranks.iter().chain(&s.next_layer).cloned().collect() };
    let (old, new) = (ways(before), ways(after));
    for b in &new {
        let about = About::Promotion(b.to);
        match old.iter().find(|a| a.to == b.to) {
            Some(a) => {
                let (was, is) = ((a.outcome, a.earliest), (b.outcome, b.earliest));
                let names = [Kind::Eligible, Kind::NotEligible, Kind::RankSooner, Kind::RankLater];
                if let Some((kind, from, to)) = moved(was, is, before.on, names) {
                    add(kind, about, from, to, blame.reasons(&a.reasons, &b.reasons));
                }
            }
            None => {
                let kind = if b.outcome == Outcome::Eligible { Kind::Eligible } else { Kind::RankSooner };
                let day = if kind == Kind::Eligible { Some(before.on) } else { b.earliest };
                add(kind, about, Was::None, Was::Day(day), blame.reasons(&[], &b.reasons));
            }
        }
    }
    for a in old.iter().filter(|a| !new.iter().any(|b| b.to == a.to)) {
        let eligible = a.outcome == Outcome::Eligible;
        let kind = if eligible { Kind::NotEligible } else { Kind::RankLater };
        let day = if eligible { Some(before.on) } else { a.earliest };
        let slot = a.to;
        let clause = blame.of_kind(&format!("rank-step/{slot}")).or_else(|| blame.reasons(&a.reasons, &[]));
        add(kind, About::Promotion(a.to), Was::Day(day), Was::None, clause);
    }
    for a in &before.acts {
        let Some(b) = after.acts.iter().find(|b| b.act == a.act) else { continue };
        let (was, is) = ((a.outcome, a.earliest), (b.outcome, b.earliest));
        let names = [Kind::Freed, Kind::Locked, Kind::ActSooner, Kind::ActLater];
        if let Some((kind, from, to)) = moved(was, is, before.on, names) {
            add(kind, About::Act(a.act), from, to, blame.reasons(&a.reasons, &b.reasons));
        }
    }
    pay(before, after, blame, add);
    let days = |s: &Standing| s.leave.as_ref().map(|l| l.days);
    if days(before) != days(after) {
        let of = |s: &Standing| Was::Days(s.leave.as_ref().and_then(|l| l.days));
        let clause = after.leave.as_ref().or(before.leave.as_ref()).map(|l| l.clause.clone());
        add(Kind::Leave, About::Leave, of(before), of(after), clause);
    }
    let retires = |s: &Standing| s.retirement.as_ref().map(|r| r.day);
    if retires(before) != retires(after) {
        let clause = after.retirement.as_ref().or(before.retirement.as_ref()).map(|r| r.clause.clone());
        let (a, b) = (Was::Day(retires(before)), Was::Day(retires(after)));
        add(Kind::Retirement, About::Retirement, a, b, clause);
    }
}

/// How something that is open or not, now or from a day on, changes: kinds for opened, shut, sooner, later.
fn moved(
    was: (Outcome, Option<Day>),
    is: (Outcome, Option<Day>),
    on: Day,
    [opened, shut, sooner, later]: [Kind; 4],
) -> Option<(Kind, Was, Was)> {
    let day = |x: (Outcome, Option<Day>)| if x.0 == Outcome::Eligible { Some(on) } else { x.1 };
    let (a, b) = (day(was), day(is));
    let kind = match (was.0, is.0) {
        (Outcome::Eligible, Outcome::Eligible) => return None,
        (_, Outcome::Eligible) => opened,
        (Outcome::Eligible, _) => shut,
        _ => match (a, b) {
            (Some(a), Some(b)) if b < a => sooner,
            (Some(a), Some(b)) if a < b => later,
            (None, Some(_)) => sooner,
            (Some(_), None) => later,
            _ if was.0 != is.0 => Kind::Unclear,
            _ => return None,
        },
    };
    Some((kind, Was::Day(a), Was::Day(b)))
}

/// Whether two lines of pay are the same line; whose post or rank the base is does not matter.
fn same_line(a: PayLineKind, b: PayLineKind) -> bool {
    a == b || matches!((a, b), (PayLineKind::Base(_), PayLineKind::Base(_)))
}

fn pay(before: &Standing, after: &Standing, blame: &Blame, add: Add<'_>) {
    let amount = |line: Option<&PayLine>| line.map_or(Some(Fen::ZERO), |l: &PayLine| l.amount.known());
    let mut kinds: Vec<PayLineKind> = Vec::new();
    for line in before.pay.lines.iter().chain(&after.pay.lines) {
        if !kinds.iter().any(|k| same_line(*k, line.kind)) {
            kinds.push(line.kind);
        }
    }
    for kind in kinds {
        let find = |s: &'_ Standing| s.pay.lines.iter().position(|l| same_line(l.kind, kind));
        let a = find(before).and_then(|at| before.pay.lines.get(at));
        let b = find(after).and_then(|at| after.pay.lines.get(at));
        let (old, new) = (amount(a), amount(b));
        let unknown = |l: Option<&PayLine>| matches!(l.map(|l| &l.amount), Some(Amount::Unknown(_)));
        if old == new && unknown(a) == unknown(b) {
            continue;
        }
        let own = b.and_then(|l| l.clause.as_ref()).filter(|c| blame.is_own(c)).cloned();
        let clause = own
            .or_else(|| match kind {
                // What is reckoned from other lines changes with them.
                PayLineKind::Deduction(_) | PayLineKind::Bonus => {
                    blame.of_kind("allowance").or_else(|| blame.of_kind("level-pay"))
                }
                _ => None,
            })
            .or_else(|| b.and_then(|l| l.clause.clone()))
            .or_else(|| a.and_then(|l| l.clause.clone()));
        add(Kind::Pay, About::Pay(kind), Was::Fen(old), Was::Fen(new), clause);
    }
}
