//! Facts entered and amended: what a form of each kind asks for, and how what was typed becomes a fact.

use std::collections::HashMap;

use serde_json::{Map, Value};
use takeroot_civil::{
    Channel, Code, Dates, Day, Degree, Education, Event, EventId, ExitReason, Fact, Grade, Layer, LeaveKind,
    Rank, Reward, Sanction, SecondmentKind, TrainingKind, WorkKind,
};
use takeroot_store::{acts, organs, people};
use takeroot_words::Lang;

use crate::words::say;
use crate::{Action, Office, OfficeError, Resource, Viewer, index};

/// What a field of a form takes.
#[derive(Clone, Copy, Debug)]
pub enum Takes {
    /// An organ of the roster.
    Organ,
    /// Words.
    Text,
    /// A whole number.
    Number,
    /// Yes or no.
    Flag,
    /// A day.
    Day,
    /// A member of a closed list: codes and names.
    Choice(fn(Lang) -> Vec<(&'static str, &'static str)>),
}

/// A field of a form.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name: that of the fact's field.
    pub name: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// It must be filled.
    pub must: bool,
}

/// Kinds of facts that can be entered, in the order of a form.
pub const KINDS: &[&str] = &[
    "recruited",
    "registered",
    "educated",
    "appointed",
    "relieved",
    "ranked",
    "graded",
    "assessed",
    "posted",
    "seconded-out",
    "seconded-back",
    "sanctioned",
    "investigated",
    "rewarded",
    "trained",
    "on-leave",
    "worked",
    "left",
];

fn list<C: Code>(lang: Lang) -> Vec<(&'static str, &'static str)> {
    C::ALL.iter().map(|c| (c.code(), c.name(lang))).collect()
}

const fn must(name: &'static str, takes: Takes) -> Field {
    Field { name, takes, must: true }
}

const fn maybe(name: &'static str, takes: Takes) -> Field {
    Field { name, takes, must: false }
}

/// The fields of a kind of fact; `None` when there is no such kind to enter.
pub fn fields(kind: &str) -> Option<Vec<Field>> {
    use Takes::{Choice, Flag, Number, Organ, Text};
    Some(match kind {
        "recruited" => vec![
            must("channel", Choice(list::<Channel>)),
            must("organ", Organ),
            maybe("years_in_unit", Number),
        ],
        "registered" | "posted" => vec![must("organ", Organ)],
        "educated" => vec![
            must("education", Choice(list::<Education>)),
            must("degree", Choice(list::<Degree>)),
            must("full_time", Flag),
            must("school", Text),
            maybe("major", Text),
        ],
        "appointed" => vec![
            maybe("layer", Choice(list::<Layer>)),
            must("title", Text),
            must("organ", Organ),
            must("concurrent", Flag),
        ],
        "relieved" => vec![maybe("title", Text), must("organ", Organ)],
        "ranked" => vec![must("rank", Choice(list::<Rank>))],
        "graded" => vec![must("level", Number), must("step", Number)],
        "assessed" => vec![must("year", Number), must("grade", Choice(list::<Grade>))],
        "seconded-out" => {
            vec![must("kind", Choice(list::<SecondmentKind>)), maybe("organ", Organ), must("place", Text)]
        }
        "seconded-back" => vec![],
        "sanctioned" => vec![must("sanction", Choice(list::<Sanction>)), maybe("until", Takes::Day)],
        "investigated" => vec![must("open", Flag)],
        "rewarded" => vec![must("reward", Choice(list::<Reward>))],
        "trained" => vec![
            must("kind", Choice(list::<TrainingKind>)),
            maybe("days", Number),
            maybe("hours", Number),
            must("off_job", Flag),
            must("passed", Flag),
        ],
        "on-leave" => vec![must("kind", Choice(list::<LeaveKind>)), must("half_days", Number)],
        "worked" => {
            vec![must("kind", Choice(list::<WorkKind>)), must("place", Text), maybe("to", Takes::Day)]
        }
        "left" => vec![must("reason", Choice(list::<ExitReason>))],
        _ => return None,
    })
}

/// What was typed, by name of field.
pub type Typed = HashMap<String, String>;

fn wrong(field: &'static str, why: String) -> OfficeError {
    OfficeError::Field { field, why }
}

/// The fact that was typed.
///
/// # Errors
/// [`OfficeError::Field`] with the field and why.
pub fn fact(
    kind: &str,
    typed: &Typed,
    is_organ: impl Fn(&str) -> bool,
    lang: Lang,
) -> Result<Fact, OfficeError> {
    let fields = fields(kind).ok_or(OfficeError::NotFound)?;
    let mut json = Map::new();
    json.insert("fact".to_owned(), kind.into());
    let mut last = "kind";
    for field in &fields {
        last = field.name;
        let text = typed.get(field.name).map(|t| t.trim()).unwrap_or_default();
        let empty = text.is_empty();
        if empty && field.must && !matches!(field.takes, Takes::Flag) {
            return Err(wrong(field.name, say!(lang, "event-must")));
        }
        let value = match field.takes {
            Takes::Flag => Value::Bool(text == "yes"),
            Takes::Text => Value::String(text.to_owned()),
            Takes::Number if empty && field.name == "years_in_unit" => continue,
            Takes::Number if empty => Value::from(0_u16),
            Takes::Number => {
                let number: u16 = text.parse().map_err(|_| wrong(field.name, say!(lang, "event-number")))?;
                Value::from(number)
            }
            _ if empty => Value::Null,
            Takes::Organ if !is_organ(text) => return Err(wrong(field.name, say!(lang, "event-organ"))),
            Takes::Choice(list) if !list(lang).iter().any(|c| c.0 == text) => {
                return Err(wrong(field.name, say!(lang, "event-choice")));
            }
            Takes::Day => {
                let day: Day = text.parse().map_err(|_| wrong(field.name, say!(lang, "event-day")))?;
                Value::String(day.to_string())
            }
            Takes::Organ | Takes::Choice(_) => Value::String(text.to_owned()),
        };
        json.insert(field.name.to_owned(), value);
    }
    serde_json::from_value(Value::Object(json)).map_err(|_| wrong(last, say!(lang, "event-number")))
}

/// What a form would show of a fact: the same names that [`fact`] reads.
pub fn typed(fact: &Fact) -> Typed {
    let Ok(Value::Object(json)) = serde_json::to_value(fact) else {
        return Typed::new();
    };
    json.into_iter()
        .filter_map(|(name, value)| {
            let text = match value {
                Value::String(text) => text,
                Value::Bool(flag) => if flag { "yes" } else { "" }.to_owned(),
                Value::Number(number) => number.to_string(),
                _ => return None,
            };
            Some((name, text))
        })
        .collect()
}

fn day(typed: &Typed, name: &'static str, lang: Lang) -> Result<Option<Day>, OfficeError> {
    let text = typed.get(name).map(|t| t.trim()).unwrap_or_default();
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| wrong(name, say!(lang, "event-day")))
}

impl Office {
    /// Records a fact of a person, or one that takes the place of another; its number. The columns for lists follow in
    /// the same transaction.
    ///
    /// # Errors
    /// [`OfficeError::Field`] when what was typed cannot be; [`OfficeError::NotFound`] out of reach.
    pub async fn record_event(
        &self,
        viewer: &Viewer,
        person: i64,
        kind: &str,
        typed: &Typed,
        amends: Option<u32>,
        lang: Lang,
    ) -> Result<u32, OfficeError> {
        let spec = self.law_here().await?;
        let rules = self.rules(&spec, self.today())?;
        let at = self.now();
        let mut tx = self.db.write().await?;
        acts::turn(&mut tx).await?;
        crate::person::reach(&mut tx, viewer, Resource::Event, Action::Write, person).await?;
        let kept = people::career(&mut tx, person).await?.ok_or(OfficeError::NotFound)?;
        let amended = match amends {
            None => None,
            Some(n) => {
                let holds = kept.career.holding().into_iter().find(|e| e.id.0 == n).cloned();
                Some(holds.ok_or(OfficeError::NotFound)?)
            }
        };
        let (dates, fact) = match (&amended, kind) {
            // A fact that never happened keeps its day: it is shown where it stood.
            (Some(event), "voided") => (Dates::on(event.dates.effective), Fact::Voided {}),
            _ => {
                let tree = organs::tree(&mut tx).await?;
                let is_organ = |id: &str| tree.iter().any(|n| n.id == id && n.organ.is_some());
                let fact = fact(kind, typed, is_organ, lang)?;
                let effective = day(typed, "effective", lang)?
                    .ok_or_else(|| wrong("effective", say!(lang, "event-must")))?;
                let approved = day(typed, "approved", lang)?;
                if kept.career.person.birth.is_some_and(|birth| effective < birth) {
                    return Err(wrong("effective", say!(lang, "event-before-birth")));
                }
                if let Fact::Worked { to: Some(to), .. } = &fact
                    && *to < effective
                {
                    return Err(wrong("to", say!(lang, "event-ends-before")));
                }
                let dates = Dates {
                    effective,
                    approved,
                    counted_from: day(typed, "counted_from", lang)?,
                    recorded: None,
                };
                (dates, fact)
            }
        };
        let word = |name: &str| typed.get(name).map(|t| t.trim().to_owned()).unwrap_or_default();
        let id = people::next_event(&mut tx, person).await?;
        let event = Event {
            id,
            dates: Dates { recorded: Some(self.today()), ..dates },
            document: word("document"),
            basis: word("basis"),
            amends: amends.map(EventId),
            fact,
        };
        let act = if amends.is_some() { "amend" } else { "event" };
        let detail = serde_json::json!({ "event": id.0, "kind": kind, "amends": amends }).to_string();
        let act = acts::record(&mut tx, act, at, viewer.account, Some(person), &detail, None).await?;
        people::add_events(&mut tx, person, &[event], act, at).await?;
        index::people(&mut tx, &[person], &rules).await?;
        tx.commit().await?;
        Ok(id.0)
    }
}
