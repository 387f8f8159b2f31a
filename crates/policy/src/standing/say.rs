//! The sentences of a standing.

use takeroot_civil::{Code, Day, Layer, OrganKind, Rank};
use takeroot_words::{Lang, Say};

use super::reason::{FactUsed, Met, Nearer, Reason};
use super::{Amount, Missing, PayLineKind};
use crate::rule::Holder;
use crate::verdict::{Need, Outcome};
use crate::words::say;

/// The assumptions that every standing rests on.
pub(super) fn assumptions(lang: Lang) -> Vec<String> {
    vec![say!(lang, "assume-competent"), say!(lang, "assume-no-new-fact"), say!(lang, "assume-no-quota")]
}

/// A number of months as years and months: 1年3个月.
pub fn months(lang: Lang, months: i32) -> String {
    let (years, rest) = (months / 12, months % 12);
    match (years, rest) {
        (0, rest) => say!(lang, "months", months = rest),
        (years, 0) => say!(lang, "years", years = years),
        (years, rest) => say!(lang, "years-months", years = years, months = rest),
    }
}

impl Say for Holder {
    fn say(&self, lang: Lang) -> String {
        match self {
            Holder::Rank(rank) => rank.name(lang).to_owned(),
            Holder::Post(layer) => layer.name(lang).to_owned(),
        }
    }
}

fn any_of(lang: Lang, holders: &[Holder]) -> String {
    holders.iter().map(|h| h.say(lang)).collect::<Vec<_>>().join(lang.pick("、", ", "))
}

fn day(day: Option<Day>, lang: Lang) -> String {
    day.map_or_else(|| say!(lang, "day-unknown"), |d| d.to_string())
}

impl Say for Met {
    fn say(&self, lang: Lang) -> String {
        match self {
            Met::Yes => say!(lang, "met-yes"),
            Met::No => say!(lang, "met-no"),
            Met::Unknown => say!(lang, "met-unknown"),
        }
    }
}

impl Say for Outcome {
    fn say(&self, lang: Lang) -> String {
        match self {
            Outcome::Eligible => say!(lang, "outcome-eligible"),
            Outcome::NotEligible => say!(lang, "outcome-not-eligible"),
            Outcome::Unknown => say!(lang, "outcome-unknown"),
        }
    }
}

impl Say for Need {
    fn say(&self, lang: Lang) -> String {
        match self {
            Need::Origin => say!(lang, "need-origin"),
            Need::Years => say!(lang, "need-years"),
            Need::Level => say!(lang, "need-level"),
            Need::Ceiling => say!(lang, "need-ceiling"),
            Need::Education => say!(lang, "need-education"),
            Need::WorkYears => say!(lang, "need-work-years"),
            Need::GrassrootsYears => say!(lang, "need-grassroots-years"),
            Need::PostsBelow => say!(lang, "need-posts-below"),
            Need::ServiceYears => say!(lang, "need-service-years"),
            Need::Grades => say!(lang, "need-grades"),
            Need::TermServed => say!(lang, "need-term-served"),
            Need::NoSanction => say!(lang, "need-no-sanction"),
            Need::NoAdmonition => say!(lang, "need-no-admonition"),
            Need::NoOrganisational => say!(lang, "need-no-organisational"),
            Need::NoInvestigation => say!(lang, "need-no-investigation"),
            Need::NoProbation => say!(lang, "need-no-probation"),
            Need::NoBasicYear => say!(lang, "need-no-basic-year"),
            Need::NoIncompetentYear => say!(lang, "need-no-incompetent-year"),
            Need::Allowed => say!(lang, "need-allowed"),
        }
    }
}

impl Say for FactUsed {
    fn say(&self, lang: Lang) -> String {
        match self {
            FactUsed::Time {
                holder,
                since,
                months: had,
                not_counted,
                rule_months,
                shortened,
                lengthened,
                rooted,
                needed,
                counted,
            } => {
                let mut said = say!(
                    lang,
                    "fact-time",
                    holder = holder.say(lang),
                    since = day(*since, lang),
                    had = months(lang, i32::from(*had)),
                    rule = months(lang, *rule_months)
                );
                let mut also = |months_more: i32, text: &dyn Fn(String) -> String| {
                    if months_more != 0 {
                        said.push_str(lang.pick("；", "; "));
                        said.push_str(&text(months(lang, months_more)));
                    }
                };
                also(*shortened, &|t| say!(lang, "fact-time-shortened", time = t));
                also(*lengthened, &|t| say!(lang, "fact-time-lengthened", time = t));
                also(*rooted, &|t| say!(lang, "fact-time-rooted", time = t));
                also(*not_counted, &|t| say!(lang, "fact-time-not-counted", time = t));
                if needed != rule_months || *not_counted != 0 {
                    said.push_str(lang.pick("；", "; "));
                    said.push_str(&say!(
                        lang,
                        "fact-time-after-all",
                        needed = months(lang, *needed),
                        counted = months(lang, (*counted).max(0))
                    ));
                }
                said
            }
            FactUsed::NotFrom { from } => say!(lang, "fact-not-from", from = any_of(lang, from)),
            FactUsed::Level { have: Some(have), wanted } => {
                say!(lang, "fact-level", have = have.get(), wanted = wanted.get())
            }
            FactUsed::Level { have: None, wanted } => {
                say!(lang, "fact-level-unknown", wanted = wanted.get())
            }
            FactUsed::Ceiling { organ, top } => {
                say!(
                    lang,
                    "fact-ceiling",
                    organ = OrganKind::name(*organ, lang),
                    top = Rank::name(*top, lang)
                )
            }
            FactUsed::Education { have, wanted } => say!(
                lang,
                "fact-education",
                have = have.map_or_else(|| say!(lang, "not-recorded"), |e| e.name(lang).to_owned()),
                wanted = wanted.name(lang)
            ),
            FactUsed::Months { have, wanted } => say!(
                lang,
                "fact-months",
                have = have.map_or_else(|| say!(lang, "not-recorded"), |m| months(lang, i32::from(m))),
                wanted = months(lang, i32::from(*wanted))
            ),
            FactUsed::Count { have, wanted } => {
                say!(lang, "fact-count", have = u32::from(*have), wanted = u32::from(*wanted))
            }
            FactUsed::Bar { ground, from: None, .. } => say!(lang, "fact-no-bar", ground = ground.name(lang)),
            FactUsed::Bar { ground, sanction, from, free } => {
                let what = sanction.map_or(ground.name(lang), |s| s.name(lang));
                match free {
                    Some(free) => {
                        say!(lang, "fact-bar", what = what, from = day(*from, lang), free = free.to_string())
                    }
                    None => say!(lang, "fact-bar-open", what = what, from = day(*from, lang)),
                }
            }
            FactUsed::WorstGrade { worst: Some((year, grade)) } => {
                say!(lang, "fact-worst-grade", year = year.to_string(), grade = grade.name(lang))
            }
            FactUsed::WorstGrade { worst: None } => say!(lang, "fact-no-grade"),
            FactUsed::Term { years, served_in, until, running } => {
                let place = served_in.name(lang);
                match (running, until) {
                    (false, _) => say!(lang, "fact-term-served", years = u32::from(*years), place = place),
                    (true, Some(until)) => {
                        say!(
                            lang,
                            "fact-term",
                            years = u32::from(*years),
                            place = place,
                            until = until.to_string()
                        )
                    }
                    (true, None) => say!(lang, "fact-term-paused", years = u32::from(*years), place = place),
                }
            }
            FactUsed::Secondment { rule } => say!(lang, "fact-secondment", rule = rule.name(lang)),
            FactUsed::NoRule { layer } => match layer {
                Some(layer) => say!(lang, "fact-no-rule-layer", layer = Layer::name(*layer, lang)),
                None => say!(lang, "fact-no-rule"),
            },
        }
    }
}

impl Say for Nearer {
    fn say(&self, lang: Lang) -> String {
        match self {
            Nearer::ExcellentYear { months: by, .. } => {
                say!(lang, "nearer-excellent", months = months(lang, i32::from(*by)))
            }
            Nearer::RootedYears { per_years, months: by, .. } => {
                say!(
                    lang,
                    "nearer-rooted",
                    years = u32::from(*per_years),
                    months = months(lang, i32::from(*by))
                )
            }
            Nearer::Education { wanted } => {
                say!(lang, "nearer-education", wanted = wanted.name(lang))
            }
            Nearer::First { from } => say!(lang, "nearer-first", from = any_of(lang, from)),
            Nearer::Release { clause } => {
                say!(lang, "nearer-release", clause = clause.text.get(lang).to_owned())
            }
        }
    }
}

impl Say for Reason {
    /// The need, whether it is met, the fact, the clause with its mark, and the day.
    fn say(&self, lang: Lang) -> String {
        let mut said = say!(
            lang,
            "reason",
            need = self.need.say(lang),
            met = self.met.say(lang),
            fact = self.fact.say(lang)
        );
        if let Some(clause) = &self.clause {
            said.push_str(&clause.say(lang));
        }
        if let Some(earliest) = self.earliest.filter(|_| self.met == Met::No) {
            said.push_str(lang.pick("；", "; "));
            said.push_str(&say!(lang, "reason-earliest", day = earliest.to_string()));
        }
        for nearer in &self.nearer {
            said.push_str(lang.pick("；", "; "));
            said.push_str(&nearer.say(lang));
        }
        said
    }
}

impl Say for crate::stack::Cite {
    /// The clause in brackets: title, article, and whether it is to be checked or invented.
    fn say(&self, lang: Lang) -> String {
        let mark = if self.invented {
            say!(lang, "mark-invented")
        } else if self.confidence.to_be_checked() {
            say!(lang, "mark-to-be-checked", confidence = self.confidence.letter())
        } else {
            say!(lang, "mark-confidence", confidence = self.confidence.letter())
        };
        say!(
            lang,
            "cite",
            title = self.title.get(lang).to_owned(),
            source = self.source.get(lang),
            id = self.id.as_str(),
            mark = mark
        )
    }
}

impl Say for PayLineKind {
    fn say(&self, lang: Lang) -> String {
        match self {
            PayLineKind::Base(Some(holder @ Holder::Post(_))) => {
                say!(lang, "pay-post", holder = holder.say(lang))
            }
            PayLineKind::Base(Some(holder @ Holder::Rank(_))) => {
                say!(lang, "pay-rank", holder = holder.say(lang))
            }
            PayLineKind::Base(None) => say!(lang, "pay-base"),
            PayLineKind::Level => say!(lang, "pay-level"),
            PayLineKind::Allowance(item) => item.name(lang).to_owned(),
            PayLineKind::Bonus => say!(lang, "pay-bonus"),
            PayLineKind::Deduction(item) => item.name(lang).to_owned(),
        }
    }
}

impl Say for Amount {
    fn say(&self, lang: Lang) -> String {
        match self {
            Amount::Known(fen) => fen.to_string(),
            Amount::NotDue => say!(lang, "pay-not-due"),
            Amount::Unknown(missing) => say!(lang, "pay-unknown", why = missing.say(lang)),
        }
    }
}

impl Say for Missing {
    fn say(&self, lang: Lang) -> String {
        match self {
            Missing::Slot { slot, .. } => say!(lang, "missing-slot", slot = slot.as_str()),
            Missing::Row => say!(lang, "missing-row"),
            Missing::Grading => say!(lang, "missing-grading"),
            Missing::AreaBand => say!(lang, "missing-area-band"),
            Missing::HardshipClass => say!(lang, "missing-hardship-class"),
            Missing::OtherLine => say!(lang, "missing-other-line"),
        }
    }
}
