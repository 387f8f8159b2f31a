//! The organs of a file, and which of them a cell names.

use std::collections::HashMap;

use takeroot_civil::*;

use super::column::Col;
use super::fault::FaultKind;
use super::row::Row;

/// The organs, known from their sheet or gathered from the rows.
#[derive(Default)]
pub struct Organs {
    /// Whether the file lists its organs.
    pub listed: bool,
    /// The organs, in the order of the file.
    pub list: Vec<Organ>,
    /// The row of each number, 1-based.
    pub by_id: HashMap<String, u32>,
    /// By name without spaces; `None` where two bear it.
    by_name: HashMap<String, Option<u32>>,
}

impl Organs {
    /// Adds an organ that stands in a row, 1-based; 0 for one that only other rows name.
    pub fn add(&mut self, organ: Organ, row: u32) {
        let at = self.list.len() as u32;
        self.by_id.insert(organ.id.0.clone(), row);
        self.by_name.entry(squeeze(&organ.name)).and_modify(|n| *n = None).or_insert(Some(at));
        self.list.push(organ);
    }

    /// The organ that a cell names; one is made where the file has no list of them.
    pub fn find(&self, text: &str) -> Result<OrganId, FaultKind> {
        if self.by_id.contains_key(text) {
            return Ok(OrganId(text.to_owned()));
        }
        match self.by_name.get(&squeeze(text)) {
            Some(Some(at)) => Ok(self.list.get(*at as usize).map(|o| o.id.clone()).unwrap_or_default()),
            Some(None) => Err(FaultKind::AmbiguousOrgan),
            None if self.listed => Err(FaultKind::UnknownOrgan),
            None => Ok(OrganId(squeeze(text))),
        }
    }

    /// Makes the organs that a sound row names.
    pub fn keep(&mut self, fact: &Fact) {
        let id = match fact {
            Fact::Recruited { organ, .. }
            | Fact::Registered { organ }
            | Fact::Appointed { organ, .. }
            | Fact::Relieved { organ, .. }
            | Fact::Posted { organ }
            | Fact::SecondedOut { organ: Some(organ), .. } => organ,
            _ => return,
        };
        if !self.listed && !self.by_id.contains_key(&id.0) {
            let organ = Organ {
                id: id.clone(),
                name: id.0.clone(),
                kind: OrganKind::from_name(&id.0),
                division: None,
                establishment: None,
                hardship_class: None,
                area_band: None,
            };
            self.add(organ, 0);
        }
    }
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The organ that a cell of a row names; a fault is noted when there is none of that name.
pub fn organ_of(organs: &Organs, row: &mut Row, col: Col) -> Option<OrganId> {
    let text = row.said(col);
    if text.is_empty() {
        return None;
    }
    match organs.find(&text) {
        Ok(id) => Some(id),
        Err(kind) => {
            row.fault(col, text, kind);
            None
        }
    }
}
