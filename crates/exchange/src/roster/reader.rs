//! Reads the sheets of a file into a roster: organs first, then people, then what hangs on people.

use std::collections::HashMap;
use std::ops::ControlFlow;

use takeroot_civil::*;

use super::body::{ignored, months, passed_over, spread};
use super::cell::{Cell, Sheet};
use super::column::Col;
use super::fault::{Fault, FaultKind, FileFault, FileFaultKind, letter};
use super::header::{self, Layout};
use super::kind::SheetKind;
use super::organs::{Organs, organ_of};
use super::row::{Row, clean_name, plain_id};
use super::{Progress, Reading, SheetReport, facts, people, source, state};

/// A person being put together.
struct Draft {
    person: Person,
    events: Vec<Pending>,
}

/// An event being put together.
struct Pending {
    number: Option<u32>,
    amends: Option<u32>,
    /// From the state columns of a one-sheet roster.
    state: bool,
    event: Event,
    /// Sheet (index) and row (1-based) that it was read from.
    from: (usize, u32),
}

struct Reader<'a> {
    file: &'a str,
    progress: &'a mut dyn FnMut(Progress) -> ControlFlow<()>,
    done: u64,
    total: u64,
    faults: Vec<(usize, Fault)>,
    organs: Organs,
    drafts: Vec<Draft>,
    /// People by number and by resident ID.
    by_key: HashMap<String, usize>,
    /// Where each person stands.
    places: Vec<(usize, u32)>,
    /// People whose row was left out: by key, where it stands.
    left_out: HashMap<String, (usize, u32)>,
}

/// What is to be done with a sheet.
struct Plan {
    kind: SheetKind,
    layout: Option<Layout>,
    read: u32,
    rows: u32,
}

/// See [`super::read_with`].
pub fn read(
    bytes: &[u8],
    name: &str,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Reading, FileFault> {
    let sheets = source::sheets(bytes, name)?;
    let mut reader = Reader {
        file: name,
        progress,
        done: 0,
        total: sheets.iter().map(|s| s.len() as u64).sum(),
        faults: Vec::new(),
        organs: Organs::default(),
        drafts: Vec::new(),
        by_key: HashMap::new(),
        places: Vec::new(),
        left_out: HashMap::new(),
    };
    let mut plans: Vec<Plan> = sheets.iter().enumerate().map(|(at, sheet)| reader.plan(at, sheet)).collect();
    if plans.iter().all(|p| p.kind == SheetKind::Empty) {
        return Err(FileFault { file: name.to_owned(), kind: FileFaultKind::Empty });
    }
    let invented = sheets.iter().zip(&plans).any(|(sheet, plan)| {
        plan.layout
            .as_ref()
            .is_some_and(|layout| header::titles(sheet, layout).iter().any(|t| says_invented(t)))
    });
    reader.organs.listed = plans.iter().any(|p| p.kind == SheetKind::Organs && p.layout.is_some());
    let has_people =
        plans.iter().any(|p| matches!(p.kind, SheetKind::People | SheetKind::Roster) && p.layout.is_some());
    let passes: [fn(SheetKind) -> bool; 4] = [
        |k| k == SheetKind::Organs,
        |k| matches!(k, SheetKind::People | SheetKind::Roster),
        |k| k == SheetKind::Family,
        SheetKind::is_event,
    ];
    for (n, wanted) in passes.into_iter().enumerate() {
        if n >= 2 && !has_people {
            if let Some(at) = plans.iter().position(|p| p.layout.is_some() && p.kind.is_event()) {
                reader.fault(at, "", None, None, FaultKind::NoPeople);
            }
            break;
        }
        for (at, (sheet, plan)) in sheets.iter().zip(&mut plans).enumerate() {
            if wanted(plan.kind)
                && let Some(layout) = plan.layout.take()
            {
                let counted = reader.sheet(at, sheet, &layout)?;
                (plan.rows, plan.read) = counted;
                plan.layout = Some(layout);
            }
        }
    }
    Ok(reader.finish(&sheets, plans, invented))
}

/// Whether a title line says that the people are invented.
fn says_invented(title: &str) -> bool {
    title.contains("虚构") || title.to_lowercase().contains("invented")
}

impl Reader<'_> {
    fn fault(
        &mut self,
        at: usize,
        sheet: &str,
        row: Option<u32>,
        column: Option<(u16, &Layout)>,
        kind: FaultKind,
    ) {
        self.faults.push((
            at,
            Fault {
                file: self.file.to_owned(),
                sheet: sheet.to_owned(),
                row,
                column: column.map(|(c, _)| letter(c)),
                header: column.map(|(c, layout)| layout.header(c).to_owned()).unwrap_or_default(),
                found: String::new(),
                kind,
            },
        ));
    }

    fn plan(&mut self, at: usize, sheet: &Sheet) -> Plan {
        let aside = |kind| Plan { kind, layout: None, read: 0, rows: 0 };
        if sheet.unreadable.is_some() && !sheet.hidden {
            self.fault(at, &sheet.name, None, None, FaultKind::SheetUnreadable);
            return aside(SheetKind::Unknown);
        }
        if let Some(kind) = SheetKind::aside(&sheet.name) {
            return aside(kind);
        }
        if sheet.hidden {
            return aside(SheetKind::Hidden);
        }
        if sheet.len() == 0 {
            return aside(SheetKind::Empty);
        }
        let Some(layout) = header::find(sheet) else {
            self.fault(at, &sheet.name, None, None, FaultKind::NoHeader);
            return aside(SheetKind::Unknown);
        };
        let missing = layout.missing();
        for column in &missing {
            self.fault(at, &sheet.name, Some(layout.last + 1), None, FaultKind::missing(column));
        }
        if !missing.is_empty() {
            return aside(layout.kind);
        }
        for (this, first) in &layout.double {
            let kind = FaultKind::DoubleColumn { first: letter(*first) };
            self.fault(at, &sheet.name, Some(layout.last + 1), Some((*this, &layout)), kind);
        }
        Plan { kind: layout.kind, layout: Some(layout), read: 0, rows: 0 }
    }

    /// Reads the rows of a sheet; gives how many there were and how many were sound.
    fn sheet(&mut self, at: usize, sheet: &Sheet, layout: &Layout) -> Result<(u32, u32), FileFault> {
        let months = months(sheet, layout);
        let spread = spread(sheet, layout);
        let as_of = state::as_of(&header::titles(sheet, layout));
        let table = state::Table { as_of, dated: as_of.is_some() || state::dated(layout) };
        if layout.kind == SheetKind::Roster && !table.dated && state::needs_date(layout) {
            // Told once: the people are read, and what dates itself.
            self.fault(at, &sheet.name, Some(layout.last + 1), None, FaultKind::NoDateColumn);
        }
        let mut cells: Vec<Option<Cell>> = vec![None; usize::from(sheet.width)];
        let (mut rows, mut read) = (0, 0);
        for n in layout.body..sheet.len() {
            self.tick(&sheet.name)?;
            let Some((row, filled)) = sheet.line(n) else {
                break;
            };
            cells.fill(None);
            for (col, cell) in filled {
                if let Some(slot) = cells.get_mut(usize::from(*col)) {
                    *slot = Some(*cell);
                }
            }
            if passed_over(sheet, layout, filled, &cells) {
                continue;
            }
            for (span, col, cell) in &spread {
                if span.contains(&row)
                    && let Some(slot) = cells.get_mut(usize::from(*col))
                    && slot.is_none()
                {
                    *slot = Some(*cell);
                }
            }
            rows += 1;
            let mut row = Row::new(self.file, sheet, layout, &cells, &months, row);
            let sound = match layout.kind {
                SheetKind::Organs => self.organ(&mut row),
                SheetKind::People | SheetKind::Roster => self.person(at, &mut row, table),
                SheetKind::Family => self.relative(&mut row),
                _ => self.event(at, &mut row),
            };
            debug_assert!(sound == row.faults.is_empty(), "a row is sound when it has no fault");
            read += u32::from(row.faults.is_empty());
            self.faults.extend(row.faults.into_iter().map(|f| (at, f)));
        }
        Ok((rows, read))
    }

    fn tick(&mut self, sheet: &str) -> Result<(), FileFault> {
        self.done += 1;
        if self.done.is_multiple_of(512) {
            let progress = Progress { sheet, done: self.done, total: self.total };
            if (self.progress)(progress).is_break() {
                return Err(FileFault { file: self.file.to_owned(), kind: FileFaultKind::Cancelled });
            }
        }
        Ok(())
    }

    fn organ(&mut self, row: &mut Row) -> bool {
        let Some(organ) = people::organ(row) else {
            return false;
        };
        if let Some(first) = self.organs.by_id.get(&organ.id.0) {
            let col = if row.layout().has(Col::OrganNumber) && !row.text(Col::OrganNumber).is_empty() {
                Col::OrganNumber
            } else {
                Col::OrganName
            };
            row.fault(col, organ.id.0, FaultKind::DoubleOrgan { row: *first });
            return false;
        }
        self.organs.add(organ, row.number);
        true
    }

    fn person(&mut self, at: usize, row: &mut Row, table: state::Table) -> bool {
        let person = people::person(row);
        let mut events = Vec::new();
        if row.layout().kind == SheetKind::Roster {
            // Also when the person's own cells are at fault, so that all of the row's faults are told.
            let work_start = person.as_ref().and_then(|p| p.work_start);
            let before = row.faults.len();
            let organs = &self.organs;
            events = state::read(row, work_start, table, &mut |row, col| organ_of(organs, row, col));
            if person.is_none() && before > 0 {
                // What lacks a date may lack it only for the fault above.
                row.faults.retain(|f| f.kind != FaultKind::NoDate);
            }
        }
        if let Some(person) = &person
            && row.faults.is_empty()
        {
            self.check_double(at, row, person);
        }
        let place = (at, row.number);
        match person {
            Some(person) if row.faults.is_empty() => {
                let index = self.drafts.len();
                for key in keys(&person) {
                    self.by_key.entry(key).or_insert(index);
                }
                let events = events
                    .into_iter()
                    .map(|(dates, fact, inferred)| {
                        self.organs.keep(&fact);
                        let basis = if inferred { state::INFERRED.to_owned() } else { String::new() };
                        let event = Event {
                            id: EventId(0),
                            dates,
                            document: String::new(),
                            basis,
                            amends: None,
                            fact,
                        };
                        Pending { number: None, amends: None, state: true, event, from: place }
                    })
                    .collect();
                self.drafts.push(Draft { person, events });
                self.places.push(place);
                true
            }
            _ => {
                for col in [Col::Id, Col::Number] {
                    let key = plain_id(&row.sheet_text(col)).into_owned();
                    if !key.is_empty() {
                        self.left_out.entry(key).or_insert(place);
                    }
                }
                false
            }
        }
    }

    fn check_double(&mut self, at: usize, row: &mut Row, person: &Person) {
        let Some(index) = keys(person).into_iter().find_map(|k| self.by_key.get(&k).copied()) else {
            return;
        };
        let Some((first_at, first_row)) = self.places.get(index).copied() else {
            return;
        };
        let same_number = self.drafts.get(index).is_some_and(|d| d.person.id == person.id);
        let col = if row.layout().has(Col::Id) && (person.resident_id.is_some() || !same_number) {
            Col::Id
        } else {
            Col::Number
        };
        let found = row.text(col).into_owned();
        // The other sheet's name is put in at the end, where all names are known.
        let sheet = if first_at == at { row.sheet_name().to_owned() } else { marker(first_at) };
        row.fault(col, found, FaultKind::DoublePerson { sheet, row: first_row });
    }

    /// The person that a row of an event or family sheet belongs to.
    fn owner(&mut self, row: &mut Row) -> Option<usize> {
        let number = row.text(Col::Number).into_owned();
        let id = plain_id(&row.text(Col::Id)).into_owned();
        let (col, key) = if number.is_empty() { (Col::Id, id) } else { (Col::Number, number) };
        if key.is_empty() {
            let col = if row.layout().has(Col::Id) { Col::Id } else { Col::Number };
            row.fault(col, "", FaultKind::MissingValue);
            return None;
        }
        let Some(index) = self.by_key.get(&key).copied() else {
            if let Some((sheet, at)) = self.left_out.get(&key) {
                let kind = FaultKind::PersonLeftOut { sheet: marker(*sheet), row: *at };
                row.fault(col, key, kind);
                return None;
            }
            // The number itself may be what is wrong.
            if col == Col::Id && row.resident_id().is_err() {
                return None;
            }
            row.fault(col, key, FaultKind::UnknownPerson);
            return None;
        };
        let name = clean_name(&row.text(Col::Name));
        let right = self.drafts.get(index).map_or("", |d| d.person.name.as_str());
        if name != right {
            let kind = if name.is_empty() {
                FaultKind::MissingValue
            } else {
                FaultKind::NameDiffers(right.to_owned())
            };
            row.fault(Col::Name, name, kind);
        }
        Some(index)
    }

    fn relative(&mut self, row: &mut Row) -> bool {
        let owner = self.owner(row);
        let relative = people::relative(row);
        match (owner.and_then(|at| self.drafts.get_mut(at)), relative) {
            (Some(draft), Some(relative)) if row.faults.is_empty() => {
                draft.person.family.push(relative);
                true
            }
            _ => false,
        }
    }

    fn event(&mut self, at: usize, row: &mut Row) -> bool {
        let owner = self.owner(row);
        let organs = &self.organs;
        let fact = facts::read(row, &mut |row, col| organ_of(organs, row, col));
        let effective = row.day(Col::Effective);
        let approved = row.day(Col::Approved);
        let counted_from = row.day(Col::CountedFrom);
        let recorded = row.day(Col::Recorded);
        let number = row.whole(Col::EventNumber, 0, u32::MAX);
        let amends = row.whole(Col::Amends, 0, u32::MAX);
        let document = row.text(Col::Document).into_owned();
        let basis = row.text(Col::Basis).into_owned();
        let (Some(owner), Some(fact), Some(effective)) = (owner, fact, effective) else {
            if row.faults.is_empty() {
                row.fault_in_row("", FaultKind::MissingValue);
            }
            return false;
        };
        if !row.faults.is_empty() {
            return false;
        }
        let Some(draft) = self.drafts.get_mut(owner) else {
            return false;
        };
        self.organs.keep(&fact);
        let dates = Dates { effective, approved, counted_from, recorded };
        let event = Event { id: EventId(0), dates, document, basis, amends: None, fact };
        draft.events.push(Pending { number, amends, state: false, event, from: (at, row.number) });
        true
    }

    fn finish(mut self, sheets: &[Sheet], mut plans: Vec<Plan>, invented: bool) -> Reading {
        let places = self
            .places
            .iter()
            .map(|(at, row)| (sheets.get(*at).map(|s| s.name.clone()).unwrap_or_default(), *row))
            .collect();
        let numbered = self.drafts.iter().any(|d| d.events.iter().any(|e| e.number.is_some()));
        let mut careers = Vec::with_capacity(self.drafts.len());
        for draft in std::mem::take(&mut self.drafts) {
            careers.push(self.number(draft, sheets, &mut plans));
        }
        self.faults.sort_by_cached_key(|(at, fault)| {
            let column = fault.column.clone().unwrap_or_default();
            (*at, fault.row, column.len(), column)
        });
        let name = |at: &str| -> Option<String> {
            let at: usize = at.strip_prefix('\u{0}')?.parse().ok()?;
            sheets.get(at).map(|s| s.name.clone())
        };
        let mut faults: Vec<Fault> = self.faults.into_iter().map(|(_, fault)| fault).collect();
        for fault in &mut faults {
            if let FaultKind::DoublePerson { sheet, .. } | FaultKind::PersonLeftOut { sheet, .. } =
                &mut fault.kind
                && let Some(name) = name(sheet)
            {
                *sheet = name;
            }
        }
        let reports = sheets
            .iter()
            .zip(plans)
            .map(|(sheet, plan)| SheetReport {
                name: sheet.name.clone(),
                kind: plan.kind,
                header_row: plan.layout.as_ref().map(|l| l.last + 1),
                rows: plan.rows,
                read: plan.read,
                ignored: plan.layout.as_ref().map(ignored).unwrap_or_default(),
            })
            .collect();
        let roster = Roster { organs: self.organs.list, careers, invented };
        Reading { roster, faults, sheets: reports, places, numbered }
    }

    /// Numbers the events of a person: those with a number keep it, the rest follow by date. Events whose number
    /// is taken, or which amend nothing, are left out.
    fn number(&mut self, draft: Draft, sheets: &[Sheet], plans: &mut [Plan]) -> Career {
        let Draft { person, events } = draft;
        let mut taken: HashMap<u32, (usize, u32)> = HashMap::new();
        let mut kept: Vec<Pending> = Vec::with_capacity(events.len());
        let stated: Vec<bool> = events
            .iter()
            .map(|e| {
                e.state
                    && events.iter().any(|o| {
                        !o.state
                            && o.event.fact == e.event.fact
                            && o.event.dates.effective == e.event.dates.effective
                    })
            })
            .collect();
        for (event, doubled) in events.into_iter().zip(stated) {
            if doubled {
                // The sheet of events says the same, and more.
                continue;
            }
            if let Some(number) = event.number {
                if let Some((at, row)) = taken.get(&number) {
                    let sheet = sheets.get(*at).map(|s| s.name.clone()).unwrap_or_default();
                    let kind = FaultKind::DoubleEvent { sheet, row: *row };
                    self.event_fault(event.from, Col::EventNumber, number, kind, sheets, plans);
                    continue;
                }
                taken.insert(number, event.from);
            }
            kept.push(event);
        }
        // An amendment of an event that was left out is left out too, and so on.
        loop {
            let lost = kept.iter().position(|e| {
                e.amends.is_some_and(|a| !kept.iter().any(|o| o.number == Some(a)) || e.number == Some(a))
            });
            let Some(at) = lost else { break };
            let event = kept.remove(at);
            let amends = event.amends.unwrap_or_default();
            self.event_fault(event.from, Col::Amends, amends, FaultKind::UnknownAmended, sheets, plans);
        }
        let mut next = kept.iter().filter_map(|e| e.number).max().unwrap_or(0);
        kept.sort_by_key(|e| (e.number.is_none(), e.number, e.event.dates.effective));
        let mut events = Vec::with_capacity(kept.len());
        for pending in kept {
            let id = pending.number.or_else(|| next.checked_add(1)).unwrap_or(next);
            if pending.number.is_none() {
                next = id;
            }
            events.push(Event { id: EventId(id), amends: pending.amends.map(EventId), ..pending.event });
        }
        Career { person, events }
    }

    fn event_fault(
        &mut self,
        (at, row): (usize, u32),
        col: Col,
        found: u32,
        kind: FaultKind,
        sheets: &[Sheet],
        plans: &mut [Plan],
    ) {
        let Some(plan) = plans.get_mut(at) else {
            return;
        };
        plan.read = plan.read.saturating_sub(1);
        let column = plan.layout.as_ref().and_then(|l| Some((l.at(col)?, l)));
        let fault = Fault {
            file: self.file.to_owned(),
            sheet: sheets.get(at).map(|s| s.name.clone()).unwrap_or_default(),
            row: Some(row),
            column: column.map(|(c, _)| letter(c)),
            header: column.map(|(c, l)| l.header(c).to_owned()).unwrap_or_default(),
            found: found.to_string(),
            kind,
        };
        self.faults.push((at, fault));
    }
}

/// Stands for a sheet's name until the names are at hand. No sheet's name has this character.
fn marker(at: usize) -> String {
    format!("\u{0}{at}")
}

/// The keys that events may name a person by.
fn keys(person: &Person) -> Vec<String> {
    let mut keys = vec![person.id.0.clone()];
    if let Some(id) = &person.resident_id
        && id.as_str() != person.id.0
    {
        keys.push(id.as_str().to_owned());
    }
    keys
}
