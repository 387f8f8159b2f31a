//! What the lab reckons of each clause of a stack of proposals: a lever of behaviour, a rule of those that judge a record,
//! nothing, or nothing because another clause has taken its place.
//!
//! Nothing is said here by hand of single clauses. Everything that a run reads of the rules is gathered as a [`Reading`], part
//! by part, from the tables of [`crate::levers`] and the functions of `takeroot-policy` that a run asks. A clause is reckoned
//! with if the reading differs by it: laid alone over the base, or taken out of the stack. What it changes is the parts that
//! differ. Why a clause changes nothing is found the same way; a test runs every shipped clause alone and holds this to it.

use serde::Serialize;
use takeroot_civil::{Channel, Code as _, Ladder, OrganKind};
use takeroot_policy::facts::Hired;
use takeroot_policy::quota::Caps;
use takeroot_policy::rule::{Posts, Rule};
use takeroot_policy::stack::Layer;
use takeroot_policy::{Clause, Document, Resolved, Rules, Stack, Text};

use crate::levers::{self, BLOCKED, FLOORS, LIMITS, Levers, PREFERRED, RESERVED};
use crate::scenario::World;

/// Declares the parts of a reading.
macro_rules! parts {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $kind:ident;)+) => {
        /// What a run reads of the rules.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Part { $($(#[$doc])* $name),+ }

        impl Part {
            /// All.
            pub const ALL: &'static [Part] = &[$(Part::$name),+];

            /// As it is written in results.
            pub const fn code(self) -> &'static str { match self { $(Part::$name => $code),+ } }

            /// How it is reckoned.
            pub const fn kind(self) -> Kind { match self { $(Part::$name => Kind::$kind),+ } }
        }
    };
}

/// How a part of the rules is reckoned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Through an assumption of what people do.
    Lever,
    /// By the function that judges a record.
    Rule,
}

parts! {
    /// Inspections of a township: less work there.
    Inspections = "inspections", Lever;
    /// Meetings likewise.
    Meetings = "meetings", Lever;
    /// Documents and forms likewise.
    Papers = "papers", Lever;
    /// The cap on overtime.
    Overtime = "overtime", Lever;
    /// Hours of work.
    Hours = "hours", Lever;
    /// Homes in the township.
    Housing = "housing", Lever;
    /// Training days.
    Training = "training", Lever;
    /// The share graded excellent.
    Excellent = "excellent", Rule;
    /// The length of a secondment.
    SecondmentMonths = "secondment-months", Lever;
    /// Whether secondment is forbidden.
    Secondment = "secondment", Lever;
    /// Shares of posts kept for channels of recruitment.
    Channels = "channels", Lever;
    /// The share of posts kept for people of the county.
    Local = "local", Lever;
    /// Education that may be asked of recruits.
    Floor = "floor", Lever;
    /// Oldest age of recruits.
    EntryAge = "entry-age", Rule;
    /// Minimum services of recruits.
    Terms = "terms", Rule;
    /// What they block.
    Blocks = "blocks", Rule;
    /// Conditions of open selection.
    Selection = "selection", Rule;
    /// Places kept in promotion in rank.
    RankPreference = "rank-preference", Lever;
    /// Places kept in appointment to leadership posts.
    PostPreference = "post-preference", Lever;
    /// What a rank needs: years, grades, levels, rooted service.
    Ranks = "ranks", Rule;
    /// Quotas of ranks.
    Quotas = "quotas", Rule;
    /// Highest ranks that organs set.
    Ceilings = "ceilings", Rule;
    /// What a leadership post needs.
    Leadership = "leadership", Rule;
    /// Bars and sanctions.
    Bars = "bars", Rule;
    /// First grading, levels and steps.
    Levels = "levels", Rule;
    /// Pay and allowances.
    Pay = "pay", Rule;
    /// Retirement.
    Retirement = "retirement", Rule;
}

/// An organ, as far as rules ask: its kind, and whether it is of hardship.
type Where = (OrganKind, bool);

/// Everything that a run reads of the rules, by part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading(Vec<String>);

impl Reading {
    /// What a run against a base reads of rules, for organs of these kinds.
    fn of(rules: &Rules, base: &Levers, organs: &[Where]) -> Reading {
        let levers = Levers::of(rules);
        let ladders: Vec<Ladder> = rules.ladders().collect();
        let steps = rules.rank_steps.iter().flatten().map(|step| &step.rule);
        let of_part = |part: &Part| match part {
            // A cut is against what the base has; where it has no figure there is nothing to cut from.
            Part::Inspections => text(&base.inspections.and(levers.inspections)),
            Part::Meetings => text(&base.meetings.and(levers.meetings)),
            Part::Papers => text(&levers.papers),
            Part::Overtime => text(&levers.overtime),
            Part::Hours => text(&levers.hours),
            Part::Housing => text(&levers.housed),
            Part::Training => text(&levers.training_days),
            Part::Excellent => text(&levers.excellent),
            Part::SecondmentMonths => text(&levers.secondment_months),
            Part::Secondment => of_kinds(organs, |kind| levers::secondment_forbidden(rules, kind)),
            Part::Channels => text(&(levers.programme, levers.village)),
            Part::Local => text(&levers.local),
            Part::Floor => of_organs(organs, |kind, hardship| levers::floor(rules, kind, hardship)),
            Part::EntryAge => of_organs(organs, |_, hardship| levers::oldest(rules, hardship)),
            Part::Terms => of_organs(organs, |kind, hardship| terms(rules, kind, hardship)),
            Part::Blocks => {
                let blocks = |act: &&_| rules.service_blocks.iter().any(|block| block.rule.act == **act);
                text(&BLOCKED.iter().filter(blocks).collect::<Vec<_>>())
            }
            Part::Selection => {
                let clauses = rules.open_selection.iter().map(|c| &c.rule);
                text(&(
                    clauses.collect::<Vec<_>>(),
                    levers.selection_age,
                    &rules.grassroots.as_ref().map(|g| &g.rule),
                ))
            }
            Part::RankPreference => text(&levers.rank_preference),
            Part::PostPreference => text(&(levers.post_preference, &levers.post_channels)),
            Part::Ranks => {
                let ladder = |ladder: &Ladder| {
                    let at = ladder.index();
                    let counting = rules.counting[at].as_ref().map(|c| &c.rule);
                    (rules.dense.effects[at], &rules.dense.rooted_credit[at], counting)
                };
                let conversions = rules.conversions.iter().flatten().map(|c| &c.rule);
                text(&(
                    steps.clone().collect::<Vec<_>>(),
                    ladders.iter().map(ladder).collect::<Vec<_>>(),
                    conversions.collect::<Vec<_>>(),
                ))
            }
            Part::Quotas => of_kinds(organs, |kind| Caps::of(rules, kind)),
            Part::Ceilings => of_kinds(organs, |kind| {
                // Of the ranks to which there are steps.
                let over = rules.dense.over_ceiling[kind.index()];
                steps.clone().map(|step| step.to).filter(|to| over.has(*to)).collect::<Vec<_>>()
            }),
            Part::Leadership => {
                let posts = rules.leadership.iter().flatten().map(|step| &step.rule);
                let needs = rules.leadership_experience.iter().map(|e| &e.rule);
                text(&(posts.collect::<Vec<_>>(), needs.collect::<Vec<_>>()))
            }
            Part::Bars => {
                let bars = rules.bars.iter().map(|b| &b.rule);
                let sanctions = rules.sanctions.iter().map(|s| &s.rule);
                text(&(bars.collect::<Vec<_>>(), sanctions.collect::<Vec<_>>()))
            }
            Part::Levels => {
                let grades = rules.initial_grades.iter().map(|g| &g.rule);
                let entry = rules.entry_pay.iter().map(|e| &e.rule);
                let ranges = rules.rank_ranges.iter().chain(&rules.layer_ranges).flatten().map(|r| &r.rule);
                text(&(
                    (grades.collect::<Vec<_>>(), entry.collect::<Vec<_>>(), ranges.collect::<Vec<_>>()),
                    (&rules.step_rise.as_ref().map(|r| &r.rule), &rules.level_rise.as_ref().map(|r| &r.rule)),
                    (
                        &rules.promotion_pay.as_ref().map(|r| &r.rule),
                        &rules.probation.as_ref().map(|p| &p.rule),
                    ),
                    rules.pay_years.iter().flatten().map(|y| &y.rule).collect::<Vec<_>>(),
                ))
            }
            Part::Pay => {
                let tables = (&rules.dense.layer_pay, &rules.dense.rank_pay);
                let bonus = rules.bonus.as_ref().map(|b| &b.rule);
                text(&(tables, &rules.level_pay.as_ref().map(|t| &t.rule), &rules.dense.allowances, bonus))
            }
            Part::Retirement => text(&rules.retirement.iter().map(|r| &r.rule).collect::<Vec<_>>()),
        };
        Reading(Part::ALL.iter().map(of_part).collect())
    }

    /// The parts in which two readings differ.
    fn differs(&self, other: &Reading) -> Vec<Part> {
        let both = Part::ALL.iter().zip(self.0.iter().zip(&other.0));
        both.filter(|(_, (here, there))| here != there).map(|(part, _)| *part).collect()
    }
}

fn text(value: &dyn std::fmt::Debug) -> String {
    format!("{value:?}")
}

fn of_organs<T: std::fmt::Debug>(organs: &[Where], read: impl Fn(OrganKind, bool) -> T) -> String {
    text(&organs.iter().map(|(kind, hardship)| read(*kind, *hardship)).collect::<Vec<_>>())
}

fn of_kinds<T: std::fmt::Debug>(organs: &[Where], read: impl Fn(OrganKind) -> T) -> String {
    of_organs(organs, |kind, _| read(kind))
}

/// The minimum services of those whom an organ recruits, by channel.
fn terms(rules: &Rules, kind: OrganKind, hardship: bool) -> Vec<Vec<String>> {
    let owed = |channel: &Channel| {
        let township = kind.is_township();
        let hired = Hired { day: rules.on, channel: *channel, township, hardship, own_unit: false };
        let owed = rules.service_terms.iter().filter(|term| hired.owes(term));
        let mut owed: Vec<String> = owed
            .map(|term| text(&(term.rule.years, term.rule.includes_probation, term.rule.served_in)))
            .collect();
        // Two that ask the same are one.
        owed.sort();
        owed.dedup();
        owed
    };
    Channel::ALL.iter().map(owed).collect()
}

/// Why nothing is reckoned of a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// It says something in words, or how something is to be done.
    Words,
    /// The lab has nothing in which it would work.
    NotModelled,
    /// It is not in force on the roster's day.
    NotInForce,
    /// A preference without a share of places: other things are never equal here.
    OnlyTies,
    /// It is of a ladder on which nobody is promoted under these rules.
    LadderUnused,
    /// It is for organs of which the roster has none.
    NoSuchOrgans,
    /// The base has no figure against which it could be held.
    NoFigureInBase,
    /// A pool that no preference with a share names.
    PoolUnused,
    /// The base says the same, or something that goes further.
    SaidAlready,
}

/// Something that a clause says and the lab leaves aside, though it reckons with the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Aside {
    /// That someone may be released before the term is over.
    Release,
    /// That former heads of townships are preferred.
    TownshipHeads,
    /// Sources of a pool other than channels of recruitment.
    OtherSources,
}

/// How a clause is taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "taken")]
pub enum How {
    /// It is reckoned with.
    Reckoned {
        /// What it changes.
        parts: Vec<Part>,
        /// What of it is left aside.
        aside: Vec<Aside>,
    },
    /// Nothing is reckoned of it.
    Nothing {
        /// Why.
        why: Why,
    },
    /// A clause of a proposal named later has taken its place.
    Overwritten {
        /// That clause.
        by: String,
        /// Its proposal.
        of: String,
        /// What would have been reckoned of this one; nothing where it would have been nothing anyway.
        parts: Vec<Part>,
    },
}

/// A clause of a proposal, and how the lab takes it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Taken {
    /// The proposal.
    pub proposal: String,
    /// The proposal's title.
    #[serde(skip)]
    pub title: Text,
    /// The clause.
    pub clause: String,
    /// What it says.
    #[serde(skip)]
    pub text: Text,
    /// How it is taken.
    #[serde(flatten)]
    pub how: How,
}

/// What is compared, and what it takes to read other rules the same way.
struct Against<'w> {
    base: &'w Rules,
    with: &'w Rules,
    levers: Levers,
    /// The organs of the roster, each kind once.
    here: Vec<Where>,
    /// Organs of any kind.
    anywhere: Vec<Where>,
}

impl Against<'_> {
    fn read(&self, resolved: Resolved, organs: &[Where]) -> Reading {
        let rules = Rules::of(resolved, self.base.on, self.base.law_day, String::new());
        Reading::of(&rules, &self.levers, organs)
    }

    /// The parts that a clause changes: laid alone over the base, or in the stack against what stood there without it.
    fn changes(&self, document: &Document, clause: &Clause, layer: Layer, organs: &[Where]) -> Vec<Part> {
        let slot = clause.rule.slot();
        let base = Reading::of(self.base, &self.levers, organs);
        let alone = self.read(self.base.resolved.with_clause(document, clause, layer), organs);
        let stack = self.with.resolved.with_clause(document, clause, layer);
        let without = self.with.resolved.with_slot_of(&self.base.resolved, &slot);
        let mut parts = base.differs(&alone);
        parts.extend(self.read(without, organs).differs(&self.read(stack, organs)));
        parts.sort_unstable();
        parts.dedup();
        parts
    }
}

/// How the lab takes every clause of the proposals of a stack against a base, in their order.
pub fn clauses(stack: &Stack<'_>, base: &World, with: &World) -> Vec<Taken> {
    let mut here: Vec<Where> = Vec::new();
    for place in base.start.counties.iter().flat_map(|county| &county.places) {
        let place = (place.kind, place.hardship.is_some_and(|class| class > 0));
        if !here.contains(&place) {
            here.push(place);
        }
    }
    let anywhere = OrganKind::ALL.iter().flat_map(|kind| [(*kind, false), (*kind, true)]).collect();
    let against =
        Against { base: &base.rules, with: &with.rules, levers: Levers::of(&base.rules), here, anywhere };
    let proposals = stack.documents().filter(|(layer, _)| matches!(layer, Layer::Proposal(_)));
    proposals
        .flat_map(|(layer, document)| {
            document.clauses.iter().map(move |clause| (layer, document, clause.get_ref()))
        })
        .map(|(layer, document, clause)| Taken {
            proposal: document.id().to_owned(),
            title: document.head.title().clone(),
            clause: clause.id.clone(),
            text: clause.text.clone(),
            how: how(&against, layer, document, clause),
        })
        .collect()
}

fn how(against: &Against<'_>, layer: Layer, document: &Document, clause: &Clause) -> How {
    let nothing = |why| How::Nothing { why };
    let on = against.base.on;
    let in_force = document.clause_from(clause).is_none_or(|from| from <= on)
        && document.clause_to(clause).is_none_or(|to| on < to);
    if !in_force {
        return nothing(Why::NotInForce);
    }
    let parts = against.changes(document, clause, layer, &against.here);
    let slot = clause.rule.slot();
    if let Some(other) = against.with.slot(&slot).filter(|other| other.cite.layer > layer) {
        return How::Overwritten { by: other.cite.id.clone(), of: other.cite.document.clone(), parts };
    }
    if !parts.is_empty() {
        return How::Reckoned { parts, aside: aside(&clause.rule) };
    }
    if let Some(why) = unread(against, &clause.rule) {
        return nothing(why);
    }
    let anywhere = against.changes(document, clause, layer, &against.anywhere);
    nothing(if anywhere.is_empty() { Why::SaidAlready } else { Why::NoSuchOrgans })
}

/// What a rule says beside what is reckoned of it.
fn aside(rule: &Rule) -> Vec<Aside> {
    match rule {
        Rule::ServiceBlock(block) if block.release => vec![Aside::Release],
        Rule::Preference(preference) if preference.township_head == Some(true) => vec![Aside::TownshipHeads],
        Rule::Pool(pool) if !pool.work.is_empty() || !pool.others.is_empty() => vec![Aside::OtherSources],
        _ => Vec::new(),
    }
}

/// Why a rule is not read at all; `None` where it is.
fn unread(against: &Against<'_>, rule: &Rule) -> Option<Why> {
    let read = |read: bool| (!read).then_some(Why::NotModelled);
    match rule {
        Rule::Statement(_) | Rule::List(_) | Rule::Procedure(_) | Rule::Local(_) => Some(Why::Words),
        Rule::Limit(limit) => {
            let lacks = |figure: &Option<f64>| figure.is_none().then_some(Why::NoFigureInBase);
            read(LIMITS.iter().any(|(of, _)| *of == limit.of)).or(match limit.of {
                takeroot_policy::rule::LimitOf::InspectionsTownship => lacks(&against.levers.inspections),
                takeroot_policy::rule::LimitOf::MeetingsMonth => lacks(&against.levers.meetings),
                _ => None,
            })
        }
        Rule::EntryEducation(floor) => read(FLOORS.contains(&floor.posts)),
        Rule::EntryAge(age) => read(levers::AGES.contains(&age.posts)),
        Rule::Reserve(reserve) => read(RESERVED.contains(&reserve.posts)),
        Rule::ServiceBlock(block) => read(BLOCKED.contains(&block.act)),
        Rule::ServiceTerm(term) => read(!matches!(term.posts, Posts::NationalExam | Posts::OwnUnit)),
        Rule::Preference(preference) if PREFERRED.contains(&preference.act) => {
            preference.share_percent.is_none_or(|share| share == 0).then_some(Why::OnlyTies)
        }
        Rule::Pool(_) => Some(Why::PoolUnused),
        Rule::RootedCredit(credit) => unused(against, credit.ladder),
        Rule::GradeEffect(effect) => unused(against, effect.ladder),
        Rule::Counting(counting) => unused(against, counting.ladder),
        Rule::TopRank(top) => unused(against, top.rank.ladder()),
        Rule::InitialGrade(_)
        | Rule::Conversion(_)
        | Rule::Probation(_)
        | Rule::Grassroots(_)
        | Rule::OpenSelection(_)
        | Rule::Secondment(_)
        | Rule::LevelRange(_)
        | Rule::RankStep(_)
        | Rule::PromotionBar(_)
        | Rule::SanctionEffect(_)
        | Rule::Quota(_)
        | Rule::QuotaRounding(_)
        | Rule::LeadershipStep(_)
        | Rule::LeadershipExperience(_)
        | Rule::LevelPay(_)
        | Rule::PostPay(_)
        | Rule::RankPay(_)
        | Rule::StepRise(_)
        | Rule::LevelRise(_)
        | Rule::PromotionPay(_)
        | Rule::PayYear(_)
        | Rule::EntryPay(_)
        | Rule::YearEndBonus(_)
        | Rule::Allowance(_)
        | Rule::Retirement(_) => None,
        Rule::EntryWaiver(_)
        | Rule::EntryRelaxed(_)
        | Rule::EntryExperience(_)
        | Rule::Preference(_)
        | Rule::Reentry(_)
        | Rule::Pairing(_)
        | Rule::PayAnchor(_)
        | Rule::Deduction(_)
        | Rule::AnnualLeave(_)
        | Rule::AnnualLeaveLost(_)
        | Rule::Holiday(_)
        | Rule::TaskKind(_) => Some(Why::NotModelled),
    }
}

fn unused(against: &Against<'_>, ladder: Ladder) -> Option<Why> {
    (!against.with.ladders().any(|other| other == ladder)).then_some(Why::LadderUnused)
}
