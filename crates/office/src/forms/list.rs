//! A list of names as people paste it, matched with people.

use std::collections::HashMap;

use takeroot_store::people::Line;
use takeroot_store::{Tx, named, organs};

use crate::{Action, Class, Office, OfficeError, Resource, Viewer};

/// The longest list that is taken: more are printed in parts.
pub const MOST: usize = 1_000;

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// What was typed.
    pub typed: String,
    /// Who is meant.
    pub found: Found,
}

/// A person who may be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The person.
    pub line: Line,
    /// Name of the organ belonged to.
    pub organ: String,
}

/// Who is meant by a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// One person.
    One(Candidate),
    /// One of these: there are namesakes.
    Several(Vec<Candidate>),
    /// A person who stands further up already: in this line, counted from 1.
    Again(Candidate, usize),
    /// Nobody whom the viewer may print a form of.
    Nobody,
}

/// What a line says: the words in which people are looked for, and what else tells namesakes apart.
#[derive(Debug, PartialEq, Eq)]
struct Typed {
    whole: String,
    /// A name or a number, blanks within taken out.
    key: String,
    /// Organ, post or number, from the other cells of a row copied out of a workbook.
    hints: Vec<String>,
}

/// Reads a pasted list: one person a line, a name or a number first; a number of the row before it, and cells after it,
/// as they come out of a workbook, do not disturb.
fn read(text: &str) -> Vec<Typed> {
    let mut list = Vec::new();
    for line in text.lines() {
        let whole = line.trim();
        if whole.is_empty() {
            continue;
        }
        let mut cells: Vec<&str> =
            whole.split(['\t', '，', ',', ';', '；']).map(str::trim).filter(|c| !c.is_empty()).collect();
        let is_row_number = |c: &&str| c.len() <= 4 && c.bytes().all(|b| b.is_ascii_digit());
        if cells.len() > 1 && cells.first().is_some_and(is_row_number) {
            cells.remove(0);
        }
        let Some((first, rest)) = cells.split_first() else { continue };
        let first = without_row_number(first);
        let key: String = first.chars().filter(|c| !c.is_whitespace()).collect();
        list.push(Typed {
            whole: whole.to_owned(),
            key,
            hints: rest.iter().map(|h| (*h).to_owned()).collect(),
        });
    }
    list
}

/// `3. 张三`, `3、张三` and `（3）张三` without the number.
fn without_row_number(text: &str) -> &str {
    let bare = text.trim_start_matches(['(', '（']);
    let rest = bare.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = bare.len() - rest.len();
    let name = rest.trim_start_matches(['.', '．', '、', ')', '）']);
    if (1..=4).contains(&digits) && name.len() < rest.len() && !name.trim().is_empty() {
        name.trim()
    } else {
        text
    }
}

impl Office {
    /// Matches a pasted list with the people whose forms the viewer may print; the order is kept.
    ///
    /// Numbers are looked up only where the viewer may see identity numbers: whether a number exists is one.
    ///
    /// # Errors
    /// [`OfficeError::Forbidden`]; when the database refuses.
    pub async fn listed(&self, viewer: &Viewer, text: &str) -> Result<Vec<Listed>, OfficeError> {
        let names_in = viewer.must(Resource::Form, Action::Export)?;
        let identity = viewer.within(Class::Identity.resource(), Action::Read);
        let numbers_in = identity.0.iter().fold(takeroot_store::Within::default(), |mut all, (from, to)| {
            all.0.extend(names_in.and(*from, *to).0);
            all
        });
        let mut typed = read(text);
        typed.truncate(MOST);
        let mut keys: Vec<String> = typed.iter().map(|t| t.key.clone()).collect();
        keys.sort_unstable();
        keys.dedup();
        let mut tx = self.db.read().await?;
        let people = named::named(&mut tx, &names_in, &numbers_in, &keys).await?;
        let people = candidates(&mut tx, people).await?;
        drop(tx);
        let mut list: Vec<Listed> = Vec::with_capacity(typed.len());
        for typed in typed {
            let by_number = |l: &Line, number: &str| {
                numbers_in.has(l.at.organ_seq) && (l.number == number || l.id_number == number)
            };
            let meant = |p: &&Candidate| p.line.name == typed.key || by_number(&p.line, &typed.key);
            let mut of: Vec<&Candidate> = people.iter().filter(meant).collect();
            // Who is in the service is meant before who has left; what stands beside the name tells namesakes apart.
            narrow(&mut of, |p| p.line.at.in_service);
            for hint in &typed.hints {
                narrow(&mut of, |p| {
                    p.organ.contains(hint.as_str())
                        || p.line.at.post.contains(hint.as_str())
                        || by_number(&p.line, hint)
                });
            }
            let found = match of.as_slice() {
                [] => Found::Nobody,
                [one] => {
                    let before = list
                        .iter()
                        .position(|l| matches!(&l.found, Found::One(o) if o.line.id == one.line.id));
                    match before {
                        Some(at) => Found::Again((*one).clone(), at + 1),
                        None => Found::One((*one).clone()),
                    }
                }
                several => Found::Several(several.iter().map(|l| (*l).clone()).collect()),
            };
            list.push(Listed { typed: typed.whole, found });
        }
        Ok(list)
    }
}

impl Office {
    /// People by number as a list, for a selection made elsewhere; who is out of the viewer's reach is left out.
    ///
    /// # Errors
    /// [`OfficeError::Forbidden`]; when the database refuses.
    pub async fn listed_by_number(
        &self,
        viewer: &Viewer,
        people: &[i64],
    ) -> Result<Vec<Listed>, OfficeError> {
        let within = viewer.must(Resource::Form, Action::Export)?;
        let people = people.get(..people.len().min(MOST)).unwrap_or_default();
        let mut tx = self.db.read().await?;
        let lines = named::lines(&mut tx, &within, people).await?;
        let found = candidates(&mut tx, lines).await?;
        Ok(found.into_iter().map(|c| Listed { typed: c.line.name.clone(), found: Found::One(c) }).collect())
    }
}

/// People with the names of their organs.
async fn candidates(tx: &mut Tx, people: Vec<Line>) -> Result<Vec<Candidate>, OfficeError> {
    let names: HashMap<String, String> =
        organs::tree(tx).await?.into_iter().map(|n| (n.id, n.name)).collect();
    let named =
        |line: Line| Candidate { organ: names.get(&line.at.organ).unwrap_or(&line.at.organ).clone(), line };
    Ok(people.into_iter().map(named).collect())
}

/// Keeps those of whom something is so, if there are any.
fn narrow(of: &mut Vec<&Candidate>, so: impl Fn(&Candidate) -> bool) {
    if of.len() > 1 && of.iter().any(|p| so(p)) {
        of.retain(|p| so(p));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_however_it_was_pasted() {
        let list = read(
            "张三\n\n 李　四 \n3. 王五\n4、赵六\n（5）钱七\n6\t孙八\t云岭县财政局\n周九，石桥镇\n990101199001011234\n",
        );
        let keys: Vec<&str> = list.iter().map(|t| t.key.as_str()).collect();
        assert_eq!(keys, ["张三", "李四", "王五", "赵六", "钱七", "孙八", "周九", "990101199001011234"]);
        assert_eq!(list[5].hints, ["云岭县财政局"]);
        assert_eq!(list[6].hints, ["石桥镇"]);
    }
}
