//! What stands in a roster book: an organ, what it may hold and holds, and a row for each person.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::Value;
use takeroot_civil::{Career, Code as _, Day, Degree, Fact, Layer, Organ, OrganId, Rank};
use takeroot_policy::{Facts, Rules};
use takeroot_words::Lang;

use crate::press::Date;

/// The part of the book for one organ.
#[derive(Clone, Debug, Serialize)]
pub struct Sheet {
    organ: String,
    establishment: Option<u32>,
    in_post: usize,
    on: Date,
    people: Vec<Row>,
}

/// One person.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Row {
    name: String,
    sex: String,
    birth: String,
    ethnic: String,
    native_place: String,
    education: String,
    politics: String,
    work_start: String,
    posts: String,
    layer: String,
    post_since: String,
    rank: String,
    rank_since: String,
    grading: String,
    remark: String,
    #[serde(skip)]
    order: (Option<Layer>, Option<Rank>),
}

/// The book of these careers on the day of the rules: one sheet for each organ in the order of `organs`, people by
/// layer and rank, then in the order given. Who is not in service on the day is left out; an organ without anyone
/// stands in the book when `empty` is asked for.
pub fn sheets<'a>(
    careers: impl IntoIterator<Item = &'a Career>,
    organs: &[Organ],
    rules: &Rules,
    lang: Lang,
    empty: bool,
) -> Vec<Sheet> {
    let index: HashMap<&OrganId, &Organ> = organs.iter().map(|o| (&o.id, o)).collect();
    let mut rows: HashMap<String, Vec<Row>> = HashMap::new();
    let mut others: Vec<String> = Vec::new();
    for career in careers {
        let facts = Facts::of(career, &index, rules);
        if !facts.in_service() {
            continue;
        }
        let Some(organ) = facts.timeline.organ() else { continue };
        if !index.contains_key(organ) && !others.contains(&organ.0) {
            others.push(organ.0.clone());
        }
        rows.entry(organ.0.clone()).or_default().push(row(career, &facts, lang));
    }
    let known = organs.iter().map(|o| (o.id.0.as_str(), o.name.as_str(), o.establishment));
    let unknown = others.iter().map(|o| (o.as_str(), o.as_str(), None));
    let mut sheets = Vec::new();
    for (id, name, establishment) in known.chain(unknown) {
        let mut people = rows.remove(id).unwrap_or_default();
        if people.is_empty() && !empty {
            continue;
        }
        people.sort_by_key(|r| std::cmp::Reverse(r.order));
        sheets.push(Sheet {
            organ: name.to_owned(),
            establishment,
            in_post: people.len(),
            on: Date::of(rules.on),
            people,
        });
    }
    sheets
}

impl Sheet {
    /// The organ.
    pub fn organ(&self) -> &str {
        &self.organ
    }

    /// Its approved headcount, where it is known.
    pub const fn establishment(&self) -> Option<u32> {
        self.establishment
    }

    /// How many are in post.
    pub const fn in_post(&self) -> usize {
        self.in_post
    }

    pub(crate) fn people(&self) -> &[Row] {
        &self.people
    }
}

impl Row {
    /// The cells of the row after its number, in the order of the heads of the workbook.
    pub(crate) fn cells(&self) -> [&str; 15] {
        [
            &self.name,
            &self.sex,
            &self.birth,
            &self.ethnic,
            &self.native_place,
            &self.education,
            &self.politics,
            &self.work_start,
            &self.posts,
            &self.layer,
            &self.post_since,
            &self.rank,
            &self.rank_since,
            &self.grading,
            &self.remark,
        ]
    }
}

impl crate::press::Sheet for Sheet {
    const USUAL_PAGES: usize = usize::MAX;

    fn data(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }
}

fn month(day: Option<Day>) -> String {
    day.map(|d| format!("{}.{:02}", d.real().year(), d.real().month())).unwrap_or_default()
}

fn row(career: &Career, facts: &Facts<'_>, lang: Lang) -> Row {
    let person = &career.person;
    let education = facts.education.map(|(education, degree)| {
        let mut said = education.name(lang).to_owned();
        if degree != Degree::None {
            said.push_str(lang.pick("\n", ",\n"));
            said.push_str(degree.name(lang));
        }
        said
    });
    let rank = facts.ranks.iter().flatten().last();
    let away = facts.timeline.away.last().filter(|a| a.span.to.is_none());
    let grading = match (facts.grading.level, facts.grading.step) {
        (Some(level), Some(step)) => format!("{level}-{step}"),
        (Some(level), None) => format!("{level}"),
        _ => String::new(),
    };
    let lead = facts.timeline.layers.last().filter(|l| l.span.to.is_none());
    Row {
        name: person.name.clone(),
        sex: person.sex.map(|s| s.name(lang).to_owned()).unwrap_or_default(),
        birth: month(person.birth),
        ethnic: person.ethnic.clone(),
        native_place: person.native_place.clone(),
        education: education.unwrap_or_default(),
        politics: person.politics.clone(),
        work_start: month(person.work_start),
        posts: titles(facts).join("、"),
        layer: facts.layer.map(|l| l.name(lang).to_owned()).unwrap_or_default(),
        post_since: month(lead.map(|l| l.counts)),
        rank: rank.map(|r| r.rank.name(lang).to_owned()).unwrap_or_default(),
        rank_since: month(rank.map(|r| r.since)),
        grading,
        remark: away
            .map(|a| {
                lang.pick(format!("{}：{}", a.kind.zh(), a.place), format!("{}: {}", a.kind.en(), a.place))
            })
            .unwrap_or_default(),
        order: (facts.layer, rank.map(|r| r.rank)),
    }
}

/// The titles of the posts held on the day, in the order of appointment.
pub(crate) fn titles(facts: &Facts<'_>) -> Vec<String> {
    let mut held: Vec<(&OrganId, &str, bool)> = Vec::new();
    for event in &facts.timeline.events {
        match &event.fact {
            Fact::Appointed { title, organ, concurrent, .. } => {
                if !concurrent {
                    held.retain(|(_, _, beside)| *beside);
                }
                held.push((organ, title, *concurrent));
            }
            Fact::Relieved { title, organ } => {
                held.retain(|(o, t, _)| !(title.is_empty() || (*o == organ && t == title)));
            }
            Fact::Left { .. } => held.clear(),
            _ => {}
        }
    }
    held.into_iter().map(|(_, title, _)| title.to_owned()).collect()
}
