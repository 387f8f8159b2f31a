//! A [`Document`] to a [`Career`]: what the form says, as dated facts, and a fault for each part not understood.
//!
//! **Dates.** The form knows months: a fact of a month is dated its first day, a fact of a year 1 January, a
//! year's assessment 31 December of that year. A fact that stands in the form without a date (a degree, a rank in
//! the present post) takes its date from the résumé line that shows it, else from the day of filling, the first
//! day on which it is known to hold; a note says so.

use takeroot_civil::{Career, Day, Fact, Organ, OrganId, OrganKind, Person, PersonId, Relative, ResidentId};
use takeroot_civil::{Code as _, ResidentIdFault, Sex};

use super::dates::{eight, form_date, six};
use super::document::Document;
use super::fault::{Fault, FaultCode};
use super::fields::{AGE_DAY, ASSESSMENTS, BIRTH, FAMILY, FIELDS, FILLED, ID, ITEM, MERITS, PHOTO, RESUME};
use super::merits::{self, Merit};
use super::resume::{self, Resume};
use super::service::Service;
use super::tree::{Element, Node, Position, is_xml};

/// What a form says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The person and the dated facts.
    pub career: Career,
    /// The organs named, under the names written; kinds as the names show.
    pub organs: Vec<Organ>,
    /// The résumé by lines.
    pub resume: Resume,
    /// What is not understood, in the order of the form; notes too.
    pub faults: Vec<Fault>,
}

/// Takes the meaning of a form.
pub fn to_career(document: &Document) -> Reading {
    let mut reader = Reader { document, faults: Vec::new(), facts: Vec::new() };
    reader.structure();
    let filled = reader.date(FILLED, "yyyyMMdd").or(reader.date(AGE_DAY, "yyyyMMdd"));
    let person = reader.person();
    let lines = document.root.child(RESUME).map(Element::lines).unwrap_or_default();
    let resume = resume::parse(lines.iter().map(|(l, _)| l.as_str()));
    let place = |line: usize| lines.get(line).map_or(document.root.at, |(_, at)| *at);
    for unread in &resume.unread {
        let fault = Fault::new(unread.code, &unread.text).element(RESUME).at(place(unread.line));
        reader.faults.push(fault);
    }
    let mut service = Service::new(document, filled);
    service.resume(&resume.entries, &place);
    service.educations(&place);
    service.present();
    let Service { facts, faults, organs, .. } = service;
    reader.facts.extend(facts);
    reader.faults.extend(faults);
    reader.merits();
    reader.assessments(filled);
    reader.faults.sort_by_key(|f| (f.line, f.column));
    let mut facts = reader.facts;
    facts.sort_by_key(|(day, fact)| (*day, order(fact)));
    let mut career = Career { person, events: Vec::with_capacity(facts.len()) };
    for (day, fact) in facts {
        career.add(day, fact);
    }
    let organs = organs
        .into_iter()
        .map(|name| Organ {
            kind: OrganKind::from_name(&name),
            id: OrganId(name.clone()),
            name,
            division: None,
            establishment: None,
            hardship_class: None,
            area_band: None,
        })
        .collect();
    Reading { career, organs, resume, faults: reader.faults }
}

/// The order of facts of one day: a diploma before the work it led to, leave before the next post.
fn order(fact: &Fact) -> u8 {
    match fact {
        Fact::Educated { .. } => 0,
        Fact::Relieved { .. } | Fact::SecondedBack {} => 1,
        Fact::Recruited { .. } | Fact::Registered { .. } | Fact::Posted { .. } | Fact::Worked { .. } => 2,
        _ => 3,
    }
}

struct Reader<'d> {
    document: &'d Document,
    faults: Vec<Fault>,
    facts: Vec<(Day, Fact)>,
}

impl Reader<'_> {
    fn fault(&mut self, code: FaultCode, tag: &str, found: &str, expected: &str) {
        let fault = Fault::new(code, found).expected(expected).element(tag).at(self.document.at(tag));
        self.faults.push(fault);
    }

    /// Elements twice, characters that XML forbids, a photo that is none.
    fn structure(&mut self) {
        for field in FIELDS {
            let mut same = self.document.root.elements().filter(|e| e.name == field.tag);
            if same.next().is_some()
                && let Some(second) = same.next()
            {
                let fault = Fault::new(FaultCode::DuplicateElement, &second.text());
                self.faults.push(fault.element(field.tag).at(second.at));
            }
        }
        for element in self.document.root.elements() {
            if let Some((c, at)) = forbidden(element) {
                let found = format!("U+{:04X}", u32::from(c));
                self.faults
                    .push(Fault::new(FaultCode::ControlCharacter, &found).element(&element.name).at(at));
            }
        }
        if let Some((code, found)) = not_base64(&self.document.text(PHOTO)) {
            self.fault(code, PHOTO, &found, "");
        }
    }

    /// A date of the form; a fault if something else stands there.
    fn date(&mut self, tag: &str, shape: &str) -> Option<Day> {
        let text = self.document.text(tag);
        let day = form_date(&text);
        if day.is_none() && !text.is_empty() {
            self.fault(FaultCode::Date, tag, &text, shape);
        }
        day
    }

    fn person(&mut self) -> Person {
        let text = |tag: &str| self.document.text(tag);
        let mut person = Person {
            name: text("XingMing").chars().filter(|c| !c.is_whitespace()).collect(),
            ethnic: text("MinZu"),
            native_place: text("JiGuan"),
            birthplace: text("ChuShengDi"),
            health: text("JianKangZhuangKuang"),
            title: text("ZhuanYeJiShuZhiWu"),
            speciality: text("ShuXiZhuanYeYouHeZhuanChang"),
            ..Person::default()
        };
        let (sex, id, politics) = (text("XingBie"), text(ID), text("ZhengZhiMianMao"));
        if person.name.is_empty() {
            self.fault(FaultCode::NameMissing, "XingMing", "", "");
        }
        person.sex = Sex::from_zh(&sex);
        if person.sex.is_none() && !sex.is_empty() {
            self.fault(FaultCode::Sex, "XingBie", &sex, "");
        }
        person.birth = self.date(BIRTH, "yyyyMM");
        person.work_start = self.date("CanJiaGongZuoShiJian", "yyyyMM");
        self.party(&mut person);
        if !politics.is_empty() {
            person.politics = politics;
        }
        self.identity(&mut person, &id);
        for (tag, day) in
            [("CanJiaGongZuoShiJian", person.work_start), ("RuDangShiJian", person.party_joined)]
        {
            if let (Some(day), Some(birth)) = (day, person.birth)
                && day < birth
            {
                self.fault(FaultCode::BeforeBirth, tag, &six(day), &six(birth));
            }
        }
        person.id = PersonId(match &person.resident_id {
            Some(id) => id.as_str().to_owned(),
            None => format!("{}{}", person.name, person.birth.map(six).unwrap_or_default()),
        });
        person.family = self.family();
        person
    }

    /// The identity number, held against birth and sex.
    fn identity(&mut self, person: &mut Person, text: &str) {
        if text.is_empty() {
            return;
        }
        let id = match ResidentId::parse(text) {
            Ok(id) => id,
            Err(fault) => {
                let last = text.trim().chars().last().map(String::from).unwrap_or_default();
                let (code, found, expected) = match fault {
                    ResidentIdFault::Length(n) => (FaultCode::IdLength, n.to_string(), "18".to_owned()),
                    ResidentIdFault::NotDigit(at) => (FaultCode::IdDigit, at.to_string(), String::new()),
                    ResidentIdFault::Birth => (FaultCode::IdBirth, String::new(), "yyyyMMdd".to_owned()),
                    ResidentIdFault::Check(right) => (FaultCode::IdCheck, last, right.to_string()),
                };
                self.fault(code, ID, &found, &expected);
                return;
            }
        };
        match person.birth {
            Some(birth) if six(birth) == six(id.birth()) => person.birth = Some(id.birth()),
            Some(birth) => self.fault(FaultCode::IdAgainstBirth, ID, &six(birth), &six(id.birth())),
            None => person.birth = Some(id.birth()),
        }
        match person.sex {
            Some(sex) if sex != id.sex() => self.fault(FaultCode::IdAgainstSex, ID, sex.zh(), id.sex().zh()),
            Some(_) => {}
            None => person.sex = Some(id.sex()),
        }
        person.resident_id = Some(id);
    }

    /// Party entry: a month, the name of another party, or both.
    fn party(&mut self, person: &mut Person) {
        let text = self.document.text("RuDangShiJian");
        let mut names: Vec<String> = Vec::new();
        for part in text.split(['；', ';', '，', ',', '、', '\n']).map(str::trim).filter(|p| !p.is_empty())
        {
            let head: String = part.chars().take_while(|c| !matches!(c, '(' | '（')).collect();
            let head = head.trim();
            if let Some(day) = form_date(head) {
                person.party_joined = Some(day);
                let member = if part.contains("预备") { "中共预备党员" } else { "中共党员" };
                names.insert(0, member.to_owned());
            } else if part.chars().any(|c| c.is_ascii_digit() || ('０'..='９').contains(&c)) {
                self.fault(FaultCode::Date, "RuDangShiJian", part, "yyyyMM");
            } else if part != "无" {
                names.push(part.to_owned());
            }
        }
        person.politics = names.join("；");
    }

    fn family(&mut self) -> Vec<Relative> {
        let mut relatives = Vec::new();
        let Some(family) = self.document.root.child(FAMILY) else {
            return relatives;
        };
        for item in family.elements().filter(|e| e.name == ITEM) {
            let text = |tag: &str| item.child(tag).map(Element::text).unwrap_or_default();
            let born = text("ChuShengRiQi");
            let relative = Relative {
                relation: text("ChengWei"),
                name: text("XingMing"),
                birth: form_date(&born),
                politics: text("ZhengZhiMianMao"),
                work: text("GongZuoDanWeiJiZhiWu"),
            };
            if relative.birth.is_none() && !born.is_empty() {
                let at = item.child("ChuShengRiQi").map_or(item.at, |e| e.inside);
                let path = format!("{FAMILY}/{ITEM}/ChuShengRiQi");
                self.faults.push(Fault::new(FaultCode::Date, &born).expected("yyyyMM").element(&path).at(at));
            }
            if relative != Relative::default() || !born.is_empty() {
                relatives.push(relative);
            }
        }
        relatives
    }

    fn merits(&mut self) {
        let (found, unread) = merits::merits(&self.document.text(MERITS));
        for (day, merit) in found {
            let fact = match merit {
                Merit::Reward(reward) => Fact::Rewarded { reward },
                Merit::Sanction(sanction, until) => Fact::Sanctioned { sanction, until },
            };
            self.facts.push((day, fact));
        }
        self.unread(MERITS, unread);
    }

    fn assessments(&mut self, filled: Option<Day>) {
        let (found, unread) = merits::assessments(&self.document.text(ASSESSMENTS), filled);
        for (year, grade) in found {
            self.facts.push((Day::year_end(year), Fact::Assessed { year, grade }));
        }
        self.unread(ASSESSMENTS, unread);
    }

    /// Parts not understood, each at the line that holds it.
    fn unread(&mut self, tag: &str, parts: Vec<merits::Unread>) {
        let lines = self.document.root.child(tag).map(Element::lines).unwrap_or_default();
        for (code, part) in parts {
            let at = lines.iter().find_map(|(line, at)| {
                let narrow: String =
                    line.chars().map(|c| if c == '。' { c } else { super::dates::narrow(c) }).collect();
                narrow.find(&part).map(|byte| at.after(narrow.get(..byte).unwrap_or_default()))
            });
            let at = at.unwrap_or_else(|| self.document.at(tag));
            self.faults.push(Fault::new(code, &part).element(tag).at(at));
        }
    }
}

/// The first character of an element that XML forbids.
fn forbidden(element: &Element) -> Option<(char, Position)> {
    // All of them are control bytes or begin with EF; most elements, photos above all, have neither.
    let suspect = |t: &str| t.bytes().any(|b| b == 0xEF || (b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r')));
    let plain = element.children.iter().all(|n| match n {
        Node::Text(t) | Node::CData(t) => !suspect(t),
        Node::Element(_) => false,
        Node::Markup(_) => true,
    });
    if plain {
        return None;
    }
    element.lines().into_iter().find_map(|(line, at)| {
        let (byte, c) = line.char_indices().find(|(_, c)| !is_xml(*c))?;
        Some((c, at.after(line.get(..byte).unwrap_or_default())))
    })
}

/// Why a text is not base64; `None` if it is, or is empty.
fn not_base64(text: &str) -> Option<(FaultCode, String)> {
    let mut count = 0usize;
    let mut padding = 0usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' if padding == 0 => count += 1,
            b'=' => (count, padding) = (count + 1, padding + 1),
            b' ' | b'\t' | b'\r' | b'\n' => {}
            _ => {
                let found = text.get(at..).and_then(|t| t.chars().next()).map(String::from);
                return Some((FaultCode::Photo, found.unwrap_or_default()));
            }
        }
    }
    (padding > 2 || !count.is_multiple_of(4)).then(|| (FaultCode::PhotoLength, count.to_string()))
}

/// The day of filling as the form writes it.
pub(super) fn form_day(day: Day) -> String {
    eight(day)
}
