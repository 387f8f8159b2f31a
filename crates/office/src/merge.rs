//! A person entered twice becomes one; a wrong identity number becomes the right one.

use takeroot_civil::{Career, EventId, Person, PersonId, ResidentId};
use takeroot_store::{Within, acts, imports, people};

use crate::import::refused;
use crate::words::say;
use crate::{Action, Class, Office, OfficeError, Resource, Viewer, index};

/// What a new identity number says, beside what is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberCheck {
    /// The number.
    pub number: ResidentId,
    /// The recorded birth is another.
    pub birth_differs: bool,
    /// The recorded sex is another.
    pub sex_differs: bool,
}

impl Office {
    /// The two records of a merge.
    ///
    /// # Errors
    /// [`OfficeError::NotFound`] when either is not there, out of reach, or they are the same.
    pub async fn two_records(
        &self,
        viewer: &Viewer,
        into: i64,
        from: i64,
    ) -> Result<(Career, Career), OfficeError> {
        let within = viewer.must(Resource::Event, Action::Write)?;
        let mut tx = self.db.read().await?;
        for id in [into, from] {
            people::line_of(&mut tx, &within, id).await?.ok_or(OfficeError::NotFound)?;
        }
        let mut kept = people::careers(&mut tx, &[into, from]).await?;
        match (kept.pop(), kept.pop()) {
            (Some(b), Some(a)) if into != from => Ok((a.career, b.career)),
            _ => Err(OfficeError::NotFound),
        }
    }

    /// Merges a person into another as one act; its number. `theirs` names the fields that are taken from the one that
    /// goes (`name`, `birth`, …); facts of both are kept, those that both have once.
    ///
    /// # Errors
    /// As [`Office::two_records`].
    pub async fn merge(
        &self,
        viewer: &Viewer,
        into: i64,
        from: i64,
        theirs: &[String],
    ) -> Result<i64, OfficeError> {
        // Whether the viewer may; what is united is read again when nobody else can change it.
        self.two_records(viewer, into, from).await?;
        let rules = self.rules(&self.law_here().await?, self.today())?;
        let at = self.now();
        let mut tx = self.db.write().await?;
        acts::turn(&mut tx).await?;
        // Another merge may have been quicker.
        for id in [into, from] {
            people::line_of(&mut tx, &Within::everywhere(), id).await?.ok_or(OfficeError::NotFound)?;
        }
        let a = people::career(&mut tx, into).await?.ok_or(OfficeError::NotFound)?.career;
        let b = people::career(&mut tx, from).await?.ok_or(OfficeError::NotFound)?.career;
        let person = united(&a.person, &b.person, theirs)
            .ok_or_else(|| refused(|lang| say!(lang, "merge-unreadable")))?;
        let detail = serde_json::json!({ "from": from, "into": into }).to_string();
        let act = acts::record(&mut tx, "merge", at, viewer.account, Some(into), &detail, None).await?;
        imports::merge(&mut tx, from, into, act).await?;
        people::set_person(&mut tx, into, &person, act, at).await?;
        let mut next = people::next_event(&mut tx, into).await?.0;
        let mut number = std::collections::HashMap::new();
        let mut events = Vec::new();
        for event in &b.events {
            let same = a
                .events
                .iter()
                .find(|e| e.fact == event.fact && e.dates == event.dates && e.document == event.document);
            if let Some(same) = same {
                number.insert(event.id, same.id);
                continue;
            }
            let id = EventId(next);
            next = next.saturating_add(1);
            number.insert(event.id, id);
            let amends = event.amends.and_then(|a| number.get(&a).copied());
            events.push(takeroot_civil::Event { id, amends, ..event.clone() });
        }
        if !events.is_empty() {
            people::add_events(&mut tx, into, &events, act, at).await?;
        }
        index::people(&mut tx, &[into], &rules).await?;
        tx.commit().await?;
        Ok(act)
    }

    /// What a new identity number says, beside what is recorded.
    ///
    /// # Errors
    /// [`OfficeError::Field`] when it is no number of GB 11643; [`OfficeError::NotFound`] as told elsewhere.
    pub async fn check_number(
        &self,
        viewer: &Viewer,
        person: i64,
        typed: &str,
        lang: takeroot_words::Lang,
    ) -> Result<NumberCheck, OfficeError> {
        let within = viewer.must(Resource::Event, Action::Write)?;
        let mut tx = self.db.read().await?;
        let line = people::line_of(&mut tx, &within, person).await?.ok_or(OfficeError::NotFound)?;
        if !viewer.sees(Class::Identity, person, line.at.organ_seq) {
            return Err(OfficeError::NotFound);
        }
        let number = ResidentId::parse(typed).map_err(|e| OfficeError::Field {
            field: "number",
            why: match e {
                takeroot_civil::ResidentIdFault::Length(n) => {
                    say!(lang, "identity-length", n = n.to_string())
                }
                takeroot_civil::ResidentIdFault::NotDigit(n) => {
                    say!(lang, "identity-not-digit", n = n.to_string())
                }
                takeroot_civil::ResidentIdFault::Birth => say!(lang, "identity-birth"),
                takeroot_civil::ResidentIdFault::Check(c) => {
                    say!(lang, "identity-check", right = c.to_string())
                }
            },
        })?;
        let birth_differs = line.birth.is_some_and(|b| b != number.birth());
        let sex_differs = !line.sex.is_empty() && line.sex != number.sex().to_string();
        Ok(NumberCheck { number, birth_differs, sex_differs })
    }

    /// Changes a wrong identity number as one act; its number. The office's number changes with it where it was the same;
    /// birth and sex follow the number when `follow`. All history stays with the person.
    ///
    /// # Errors
    /// As [`Office::check_number`]; [`OfficeError::Refused`] when another person has the number.
    pub async fn change_number(
        &self,
        viewer: &Viewer,
        id: i64,
        typed: &str,
        follow: bool,
        lang: takeroot_words::Lang,
    ) -> Result<i64, OfficeError> {
        let check = self.check_number(viewer, id, typed, lang).await?;
        let rules = self.rules(&self.law_here().await?, self.today())?;
        let at = self.now();
        let mut tx = self.db.write().await?;
        acts::turn(&mut tx).await?;
        let kept = people::career(&mut tx, id).await?.ok_or(OfficeError::NotFound)?;
        let mut person = kept.career.person;
        let taken = imports::keys(&mut tx).await?.iter().any(|k| {
            k.id != id && (k.id_number == check.number.as_str() || k.number == check.number.as_str())
        });
        if taken {
            return Err(refused(|lang| say!(lang, "identity-taken")));
        }
        let old = person.resident_id.as_ref().map(|old| old.as_str().to_owned());
        let same = person.resident_id.as_ref().is_some_and(|old| old.as_str() == person.id.0);
        if same || person.id.0.is_empty() {
            person.id = PersonId(check.number.as_str().to_owned());
        }
        if follow || person.birth.is_none() {
            person.birth = Some(check.number.birth());
        }
        if follow || person.sex.is_none() {
            person.sex = Some(check.number.sex());
        }
        person.resident_id = Some(check.number);
        let act = acts::record(&mut tx, "identity", at, viewer.account, Some(id), "{}", None).await?;
        if let Some(old) = old {
            imports::keep_number(&mut tx, id, &old, act).await?;
        }
        people::set_person(&mut tx, id, &person, act, at).await?;
        index::people(&mut tx, &[id], &rules).await?;
        tx.commit().await?;
        Ok(act)
    }
}

/// The fields of a record that can be chosen from.
pub const FIELDS: [&str; 14] = [
    "name",
    "sex",
    "birth",
    "resident_id",
    "ethnic",
    "native_place",
    "birthplace",
    "party_joined",
    "politics",
    "work_start",
    "health",
    "title",
    "speciality",
    "family",
];

/// The record that stays, with the named fields of the other; what it lacks is taken from the other.
fn united(a: &Person, b: &Person, theirs: &[String]) -> Option<Person> {
    let mut one = serde_json::to_value(a).ok()?;
    let other = serde_json::to_value(b).ok()?;
    for field in FIELDS {
        let lacks = one.get(field).is_none_or(|v| {
            v.is_null() || v.as_str().is_some_and(str::is_empty) || v.as_array().is_some_and(Vec::is_empty)
        });
        if (lacks || theirs.iter().any(|t| t == field))
            && let (Some(all), Some(value)) = (one.as_object_mut(), other.get(field))
        {
            all.insert(field.to_owned(), value.clone());
        }
    }
    serde_json::from_value(one).ok()
}
