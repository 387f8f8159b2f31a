//! What the rules say of a person today, as columns for lists.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;
use takeroot_civil::{Career, Code as _, Fact, Ladder, Layer, Organ, OrganId, Rank};
use takeroot_policy::standing::time;
use takeroot_policy::timeline::Organs;
use takeroot_policy::{Facts, Rules};
use takeroot_store::people::{self, Indexed};
use takeroot_store::{Tx, name_keys, organs};

use crate::OfficeError;
use crate::doubt::Doubt;

/// Reckons and keeps the columns of some people: after every change of theirs, in the same transaction.
///
/// # Errors
/// When the database refuses.
pub async fn people(tx: &mut Tx, ids: &[i64], rules: &Rules) -> Result<(), OfficeError> {
    let tree = organs::tree(tx).await?;
    let list: Vec<Organ> = tree.iter().filter_map(|n| n.organ.clone()).collect();
    let seqs: HashMap<&str, i64> = tree.iter().map(|n| (n.id.as_str(), n.seq)).collect();
    let index: Organs<'_> = list.iter().map(|o| (&o.id, o)).collect();
    let careers = people::careers(tx, ids).await?;
    let alike: HashSet<i64> =
        takeroot_store::doubts::alike(tx, ids).await?.into_iter().map(|a| a.0).collect();
    let reckoned: Vec<(i64, Indexed, Vec<Doubt>)> = careers
        .par_iter()
        .map(|k| {
            let (mut columns, mut doubts) = of(&k.career, &index, &seqs, rules);
            doubts.extend(crate::faults::of(&k.career));
            doubts.extend(alike.contains(&k.id).then_some(Doubt::Alike));
            columns.faults = u32::try_from(doubts.len()).unwrap_or(u32::MAX);
            (k.id, columns, doubts)
        })
        .collect();
    let doubts: Vec<(i64, Vec<&str>)> =
        reckoned.iter().map(|r| (r.0, r.2.iter().map(|d| d.code()).collect())).collect();
    let rows: Vec<(i64, Indexed)> = reckoned.into_iter().map(|r| (r.0, r.1)).collect();
    people::set_indexed(tx, rules.on, &rows).await?;
    takeroot_store::doubts::set(tx, &doubts).await?;
    let unnamed = name_keys::missing(tx, ids).await?;
    let keys: Vec<(i64, Vec<String>)> =
        unnamed.par_iter().map(|(id, name)| (*id, crate::pinyin::keys(name))).collect();
    name_keys::add(tx, &keys).await?;
    Ok(())
}

/// The columns of a career, and what is doubtful in it.
pub fn of(
    career: &Career,
    organs: &Organs<'_>,
    seqs: &HashMap<&str, i64>,
    rules: &Rules,
) -> (Indexed, Vec<Doubt>) {
    let facts = Facts::of(career, organs, rules);
    let timeline = &facts.timeline;
    let organ: Option<&OrganId> = timeline.organ().or_else(|| timeline.belonging.last().map(|b| b.organ));
    let ladder = rules.ladders().last().unwrap_or(Ladder::Parallel);
    let rank = facts.ranks[ladder.index()];
    let layer = facts.layer.filter(|_| facts.in_service());
    let layer_since = facts.layer_held[ladder.index()].since.filter(|_| layer.is_some());
    let away = timeline.away.last().filter(|a| a.span.to.is_none() && facts.in_service());
    let owed = facts.owed.iter().filter_map(|o| o.until).max();
    let running = facts.owed.iter().any(|o| o.until.is_none_or(|until| rules.on < until));
    let highest = timeline
        .events
        .iter()
        .filter_map(|e| match &e.fact {
            Fact::Educated { education, major, .. } => Some((*education, major.as_str())),
            _ => None,
        })
        .max_by_key(|e| e.0);
    let organ_seq = organ.and_then(|o| seqs.get(o.0.as_str()).copied()).unwrap_or(0);
    let doubts = crate::doubt::of(career, &facts, ladder, organ_seq != 0);
    let columns = Indexed {
        in_service: facts.in_service(),
        left_on: timeline.left.map(|l| l.0),
        left_reason: timeline.left.map(|l| l.1.code().to_owned()).unwrap_or_default(),
        organ: organ.map(|o| o.0.clone()).unwrap_or_default(),
        organ_seq,
        position: position(layer, rank.map(|r| r.rank), layer_since.or(rank.map(|r| r.since)), timeline),
        layer: layer.map(|l| l.code().to_owned()).unwrap_or_default(),
        layer_since,
        post: posts(timeline).join("、"),
        rank: rank.map(|r| r.rank.code().to_owned()).unwrap_or_default(),
        rank_since: rank.map(|r| r.since),
        level: facts.grading.level.map(takeroot_civil::Level::get),
        step: facts.grading.step.map(takeroot_civil::Step::get),
        education: facts.education.map(|e| e.0.code().to_owned()).unwrap_or_default(),
        degree: facts.education.map(|e| e.1.code().to_owned()).unwrap_or_default(),
        major: highest.map(|h| h.1.to_owned()).unwrap_or_default(),
        channel: timeline.recruited.map(|r| r.channel.code().to_owned()).unwrap_or_default(),
        entered: timeline
            .recruited
            .map(|r| r.day)
            .or_else(|| timeline.belonging.first().map(|b| b.span.from)),
        rooted_months: facts.rooted_months,
        away_kind: away.map(|a| a.kind.code().to_owned()).unwrap_or_default(),
        away_place: away.map(|a| a.place.to_owned()).unwrap_or_default(),
        away_since: away.map(|a| a.span.from),
        term_until: owed,
        term_running: running && facts.in_service(),
        retires: time::retirement(&facts, rules).map(|r| r.day),
        last_grade: facts.grades.last().map(|g| g.1.code().to_owned()).unwrap_or_default(),
        faults: u32::try_from(doubts.len()).unwrap_or(u32::MAX),
    };
    (columns, doubts)
}

/// Order within an organ: leadership layers first, the highest first, then ranks, then who has held it longest.
fn position(
    layer: Option<Layer>,
    rank: Option<Rank>,
    since: Option<takeroot_civil::Day>,
    _timeline: &takeroot_policy::timeline::Timeline<'_>,
) -> i64 {
    let above = |index: Option<usize>, most: usize| index.map_or(most as i64, |i| (most - 1 - i) as i64);
    let layer = above(layer.map(Layer::index), Layer::COUNT);
    let rank = above(rank.map(Rank::index), Rank::COUNT);
    let since = since.map_or(0xf_ffff, |day| i64::from(day.real().packed()) & 0xf_ffff);
    (layer * 64 + rank) << 20 | since
}

/// Titles of the posts held, in the order of appointment.
fn posts(timeline: &takeroot_policy::timeline::Timeline<'_>) -> Vec<String> {
    let mut held: Vec<(String, String)> = Vec::new();
    for event in &timeline.events {
        match &event.fact {
            Fact::Appointed { title, organ, concurrent, .. } => {
                if !concurrent {
                    held.clear();
                }
                held.push((title.clone(), organ.0.clone()));
            }
            Fact::Relieved { title, organ } => {
                held.retain(|(t, o)| !(title.is_empty() || (t == title && o == &organ.0)));
            }
            Fact::Left { .. } => held.clear(),
            _ => {}
        }
    }
    held.into_iter().map(|(title, _)| title).filter(|t| !t.is_empty()).collect()
}
