//! Fields and facts in words, for a preview.

use takeroot_civil::{Code as _, Event, Fact, OrganId};
use takeroot_store::organs::Node;
use takeroot_words::Lang;

use super::parse::Both;
use crate::words::loader;

/// The name of a field of a person's record.
pub fn field_words(id: &'static str) -> Both {
    Both::of(|lang| loader(lang).get(&format!("import-field-{id}")))
}

/// Kind of a fact, and the fact with its date, in words.
pub fn fact_words(event: &Event, tree: &[Node]) -> (Both, Both) {
    let kind = Both::of(|lang| loader(lang).get(&format!("import-fact-{}", event.fact.kind())));
    let text = Both::of(|lang| {
        let what = content(&event.fact, tree, lang);
        let day = event.dates.effective;
        if what.is_empty() { day.to_string() } else { format!("{day} {what}") }
    });
    (kind, text)
}

fn organ(id: &OrganId, tree: &[Node]) -> String {
    tree.iter().find(|n| n.id == id.0).map_or_else(|| id.0.clone(), |n| n.name.clone())
}

fn content(fact: &Fact, tree: &[Node], lang: Lang) -> String {
    match fact {
        Fact::Recruited { channel, organ: o, .. } => format!("{} {}", organ(o, tree), channel.name(lang)),
        Fact::Registered { organ: o } | Fact::Posted { organ: o } => organ(o, tree),
        Fact::Educated { education, degree, school, major, .. } => {
            format!("{} {} {school} {major}", education.name(lang), degree.name(lang)).trim().to_owned()
        }
        Fact::Appointed { title, organ: o, .. } | Fact::Relieved { title, organ: o } => {
            format!("{} {title}", organ(o, tree))
        }
        Fact::Ranked { rank } => rank.name(lang).to_owned(),
        Fact::Graded { level, step } => lang.pick(
            format!("{}级{}档", level.get(), step.get()),
            format!("level {}, step {}", level.get(), step.get()),
        ),
        Fact::Assessed { year, grade } => format!("{year} {}", grade.name(lang)),
        Fact::SecondedOut { kind, place, .. } => format!("{} {place}", kind.name(lang)),
        Fact::Sanctioned { sanction, .. } => sanction.name(lang).to_owned(),
        Fact::Rewarded { reward } => reward.name(lang).to_owned(),
        Fact::Trained { kind, .. } => kind.name(lang).to_owned(),
        Fact::OnLeave { kind, .. } => kind.name(lang).to_owned(),
        Fact::Worked { kind, place, .. } => format!("{} {place}", kind.name(lang)),
        Fact::Left { reason } => reason.name(lang).to_owned(),
        Fact::SecondedBack {} | Fact::Investigated { .. } | Fact::Voided {} => String::new(),
    }
}
