//! A [`Career`] to a [`Document`]: a new form, or the standard elements of an existing one.

use std::collections::BTreeMap;

use takeroot_civil::{Career, Day, Degree, Education, Fact, Ladder, Organ, OrganId, Rank};
use takeroot_civil::{Code as _, Grade};

use super::dates::{Month, six};
use super::document::Document;
use super::fields::{AGE_DAY, ASSESSMENTS, BIRTH, FILLED, ID, MERITS, PRESENT, RESUME};
use super::meaning::{form_day, to_career};
use super::merits::{Merit, write_assessments, write_merits};
use super::resume::{self, Entry};

/// Writes a form of what holds on `as_of`. Organs give the names of the numbers in the career; a number that is
/// not among them is written as it is.
pub fn from_career(career: &Career, organs: &[Organ], as_of: Day) -> Document {
    let standard = Standard::new(career, organs, as_of);
    let mut document = Document::empty();
    for (tag, text) in &standard.texts {
        document.set(tag, text);
    }
    document.set(RESUME, &resume::write(&standard.resume));
    document.set_family(&standard.family);
    document.set(FILLED, &form_day(as_of));
    document.set(AGE_DAY, &form_day(as_of));
    document
}

/// Brings the standard elements of an existing form to what a career says on `as_of`.
///
/// An element whose meaning has not changed keeps its wording; unknown elements, photo, proposals and reasons are
/// left alone. When the career only goes on where the résumé ended, the old lines stay as written, the open one is
/// closed and new ones follow; otherwise the résumé is written anew and lines that were not understood are kept at
/// its end.
pub fn update(document: &mut Document, career: &Career, organs: &[Organ], as_of: Day) {
    let read = to_career(document);
    let old = Standard::new(&read.career, &read.organs, as_of);
    let new = Standard::new(career, organs, as_of);
    let mut changed = false;
    // "The last three years" would come to mean others once the day of filling moves.
    let near = document.text(ASSESSMENTS).contains('近');
    for ((tag, text), (_, before)) in new.texts.iter().zip(&old.texts) {
        if text != before {
            document.set(tag, text);
            changed = true;
        }
    }
    if new.resume != old.resume {
        let text = match continued(&old.resume, &new.resume) {
            Some(added) => extend(document, &read.resume, &old.resume, &new.resume, added),
            None => {
                let mut lines = vec![resume::write(&new.resume)];
                lines.extend(read.resume.unread.iter().map(|u| u.text.clone()));
                lines.retain(|l| !l.is_empty());
                lines.join("\n")
            }
        };
        document.set(RESUME, &text);
        changed = true;
    }
    if new.family != old.family {
        document.set_family(&new.family);
        changed = true;
    }
    if changed {
        if near && let Some((_, text)) = new.texts.iter().find(|(tag, _)| *tag == ASSESSMENTS) {
            document.set(ASSESSMENTS, text);
        }
        document.set(FILLED, &form_day(as_of));
        document.set(AGE_DAY, &form_day(as_of));
    }
}

/// How many old lines the new résumé begins with, if it only goes on where the old one ended.
fn continued(old: &[Entry], new: &[Entry]) -> Option<usize> {
    let last = old.len().checked_sub(1)?;
    let head = new.get(..old.len())?;
    let same = old.iter().zip(head).enumerate().all(|(at, (o, n))| {
        let ends = o.to == n.to || (at == last && o.to.is_none());
        o.from == n.from && o.text == n.text && o.nested == n.nested && ends
    });
    same.then_some(old.len())
}

/// The old text with its open line closed and the new lines behind it.
fn extend(document: &Document, read: &resume::Resume, old: &[Entry], new: &[Entry], added: usize) -> String {
    let raw = document.root.child(RESUME).map(super::tree::Element::raw_text).unwrap_or_default();
    let mut lines: Vec<String> = raw.trim_end().split('\n').map(|l| l.trim_end().to_owned()).collect();
    let closed = added.checked_sub(1).and_then(|at| Some((old.get(at)?, new.get(at)?)));
    if let Some((before, after)) = closed
        && before.to.is_none()
        && let Some(to) = after.to
        && let Some(open) = read.entries.iter().rev().find(|e| e.to.is_none())
        && let Some(line) = lines.get_mut(open.line)
        && let Some((from, _, text)) = resume::split_head(line)
    {
        *line = format!("{}--{}  {text}", from.seven(), to.seven());
    }
    lines.extend(new.get(added..).unwrap_or_default().iter().map(resume::write_entry));
    lines.join("\n")
}

/// The standard elements of a form.
struct Standard {
    texts: Vec<(&'static str, String)>,
    resume: Vec<Entry>,
    family: Vec<[String; 5]>,
}

impl Standard {
    fn new(career: &Career, organs: &[Organ], as_of: Day) -> Standard {
        let names: BTreeMap<&OrganId, &str> = organs.iter().map(|o| (&o.id, o.name.as_str())).collect();
        let person = &career.person;
        let sex = person.sex.map(|s| s.zh().to_owned()).unwrap_or_default();
        let id = person.resident_id.as_ref().map(|i| i.as_str().to_owned()).unwrap_or_default();
        let month = |day: Option<Day>| day.map(six).unwrap_or_default();
        let mut timeline = Timeline::new(&names);
        let mut assessed: BTreeMap<u16, Grade> = BTreeMap::new();
        let mut merits: Vec<(Day, Merit)> = Vec::new();
        let mut educated: Vec<&Fact> = Vec::new();
        for event in career.holding() {
            let day = event.dates.effective;
            match &event.fact {
                // A result of the running year is dated its last day; the form of that year may name it.
                Fact::Assessed { year, grade } if *year <= as_of.year() => {
                    assessed.insert(*year, *grade);
                }
                _ if day > as_of => {}
                Fact::Rewarded { reward } => merits.push((day, Merit::Reward(*reward))),
                Fact::Sanctioned { sanction, until } => {
                    merits.push((day, Merit::Sanction(*sanction, *until)))
                }
                fact => {
                    if matches!(fact, Fact::Educated { .. }) {
                        educated.push(fact);
                    }
                    timeline.add(day, fact);
                }
            }
        }
        let (resume, present) = timeline.finish();
        let assessed: Vec<(u16, Grade)> = assessed.into_iter().collect();
        let mut texts = vec![
            ("XingMing", person.name.clone()),
            ("XingBie", sex),
            (BIRTH, month(person.birth)),
            ("MinZu", person.ethnic.clone()),
            ("JiGuan", person.native_place.clone()),
            ("ChuShengDi", person.birthplace.clone()),
            ("RuDangShiJian", party(person.party_joined, &person.politics)),
            ("CanJiaGongZuoShiJian", month(person.work_start)),
            ("JianKangZhuangKuang", person.health.clone()),
            ("ZhuanYeJiShuZhiWu", person.title.clone()),
            ("ShuXiZhuanYeYouHeZhuanChang", person.speciality.clone()),
        ];
        for (full, tags) in [(true, FULL_TIME), (false, ON_THE_JOB)] {
            let best = educated.iter().filter_map(|f| education(f, full)).max_by_key(|e| (e.0, e.1));
            let (level, degree, school) =
                best.map_or((String::new(), String::new(), String::new()), |(e, d, s)| {
                    let degree = if d == Degree::None { String::new() } else { d.zh().to_owned() };
                    (e.zh().to_owned(), degree, s)
                });
            let degree_school = if degree.is_empty() { String::new() } else { school.clone() };
            let [a, b, c, d] = tags;
            texts.extend([(a, level), (b, degree), (c, school), (d, degree_school)]);
        }
        texts.push((PRESENT, present));
        texts.push((MERITS, write_merits(&merits)));
        texts.push((ASSESSMENTS, write_assessments(&assessed)));
        texts.push((ID, id));
        let family = person.family.iter().map(|r| {
            [r.relation.clone(), r.name.clone(), month(r.birth), r.politics.clone(), r.work.clone()]
        });
        Standard { texts, resume, family: family.collect() }
    }
}

const FULL_TIME: [&str; 4] = [
    "QuanRiZhiJiaoYu_XueLi",
    "QuanRiZhiJiaoYu_XueWei",
    "QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi",
    "QuanRiZhiJiaoYu_XueWei_BiYeYuanXiaoXi",
];
const ON_THE_JOB: [&str; 4] = [
    "ZaiZhiJiaoYu_XueLi",
    "ZaiZhiJiaoYu_XueWei",
    "ZaiZhiJiaoYu_XueLi_BiYeYuanXiaoXi",
    "ZaiZhiJiaoYu_XueWei_BiYeYuanXiaoXi",
];

/// Party entry as the form has it: the month, other parties' names behind it.
fn party(joined: Option<Day>, politics: &str) -> String {
    let Some(day) = joined else {
        return if politics == "群众" { String::new() } else { politics.to_owned() };
    };
    let mut parts =
        vec![if politics.contains("预备") { format!("{}（预备）", six(day)) } else { six(day) }];
    parts.extend(politics.split('；').filter(|p| !p.is_empty() && !p.starts_with("中共")).map(str::to_owned));
    parts.join("；")
}

fn education(fact: &Fact, full: bool) -> Option<(Education, Degree, String)> {
    match fact {
        Fact::Educated { education, degree, full_time, school, major } if *full_time == full => {
            Some((*education, *degree, school_text(school, major)))
        }
        _ => None,
    }
}

fn school_text(school: &str, major: &str) -> String {
    if major.is_empty() { school.to_owned() } else { format!("{school}{major}专业") }
}

/// Walks events and makes lines of them.
struct Timeline<'n> {
    names: &'n BTreeMap<&'n OrganId, &'n str>,
    organ: Option<OrganId>,
    posts: Vec<(OrganId, String)>,
    ranks: BTreeMap<Ladder, Rank>,
    month: Option<Month>,
    lines: Vec<Entry>,
    apart: Vec<Entry>,
    nested: Vec<Entry>,
}

impl<'n> Timeline<'n> {
    fn new(names: &'n BTreeMap<&'n OrganId, &'n str>) -> Timeline<'n> {
        Timeline {
            names,
            organ: None,
            posts: Vec::new(),
            ranks: BTreeMap::new(),
            month: None,
            lines: Vec::new(),
            apart: Vec::new(),
            nested: Vec::new(),
        }
    }

    fn name(&self, id: &OrganId) -> String {
        self.names.get(id).map_or_else(|| id.0.clone(), |n| (*n).to_owned())
    }

    fn add(&mut self, day: Day, fact: &Fact) {
        let month = Month::of(day);
        if self.month != Some(month) {
            self.settle();
            self.month = Some(month);
        }
        match fact {
            Fact::Recruited { organ, .. } | Fact::Registered { organ } | Fact::Posted { organ } => {
                self.organ = Some(organ.clone());
            }
            Fact::Appointed { title, organ, concurrent, layer } => {
                if layer.is_some() {
                    // A leading post ends a non-leading one (非领导职务).
                    self.ranks.remove(&Ladder::NonLeading);
                }
                // Without a note of leave, a new main post takes the place of one in another organ.
                if !concurrent && self.organ.as_ref() == Some(organ) {
                    self.posts.retain(|(o, _)| o == organ);
                }
                self.posts.retain(|p| p != &(organ.clone(), title.clone()));
                self.posts.push((organ.clone(), title.clone()));
            }
            Fact::Relieved { title, organ } => {
                self.posts.retain(|(o, t)| !(o == organ && (title.is_empty() || t == title)));
            }
            Fact::Ranked { rank } => {
                self.ranks.insert(rank.ladder(), *rank);
            }
            Fact::Left { .. } => {
                self.organ = None;
                self.posts.clear();
            }
            Fact::Worked { place, to, .. } => {
                self.organ = None;
                self.posts.clear();
                let to = to.map(Month::of);
                self.apart.push(Entry { from: month, to, text: place.clone(), nested: Vec::new(), line: 0 });
            }
            Fact::Educated { education, full_time, school, major, .. } => {
                let level = education.zh();
                let text = format!(
                    "{}{}{level}毕业",
                    if *full_time { "" } else { "在职" },
                    school_text(school, major)
                );
                let entry = Entry { from: month, to: Some(month), text, nested: Vec::new(), line: 0 };
                let list = if *full_time { &mut self.apart } else { &mut self.nested };
                list.push(entry);
            }
            Fact::SecondedOut { kind, organ, place } => {
                let place = if place.is_empty() {
                    organ.as_ref().map(|o| self.name(o)).unwrap_or_default()
                } else {
                    place.clone()
                };
                let text = if place.contains(kind.zh()) { place } else { format!("{}{place}", kind.zh()) };
                self.nested.push(Entry { from: month, to: None, text, nested: Vec::new(), line: 1 });
            }
            Fact::SecondedBack {} => {
                if let Some(out) = self.nested.iter_mut().rev().find(|e| e.line == 1 && e.to.is_none()) {
                    out.to = Some(month);
                }
            }
            _ => {}
        }
    }

    /// What the person is, in words.
    fn text(&self) -> String {
        let mut text = String::new();
        let main = self.organ.clone().or_else(|| self.posts.first().map(|(o, _)| o.clone()));
        let Some(main) = main else { return text };
        text.push_str(&self.name(&main));
        let mut pieces: Vec<String> =
            self.posts.iter().filter(|(o, _)| *o == main).map(|(_, t)| t.clone()).collect();
        pieces.extend(
            self.posts.iter().filter(|(o, _)| *o != main).map(|(o, t)| format!("{}{t}", self.name(o))),
        );
        match self.ranks.get(&Ladder::Parallel) {
            Some(rank) => pieces.push(rank.zh().to_owned()),
            None => {
                pieces.extend(self.ranks.get(&Ladder::NonLeading).map(|r| r.zh().to_owned()));
                pieces.extend(self.ranks.get(&Ladder::CountyRanks).map(|r| format!("{}职级", r.zh())));
            }
        }
        text.push_str(&if pieces.is_empty() { "工作".to_owned() } else { pieces.join("、") });
        text
    }

    /// Begins a line where the month's events have changed what the person is.
    fn settle(&mut self) {
        let Some(month) = self.month else { return };
        let text = self.text();
        let open = self.lines.last_mut().filter(|l| l.to.is_none());
        if open.as_ref().is_some_and(|l| l.text == text) || (open.is_none() && text.is_empty()) {
            return;
        }
        if let Some(open) = open {
            open.to = Some(month);
        }
        if !text.is_empty() {
            self.lines.push(Entry { from: month, to: None, text, nested: Vec::new(), line: 0 });
        }
    }

    /// The lines in order, and the present post.
    fn finish(mut self) -> (Vec<Entry>, String) {
        self.settle();
        let present = self.text();
        let mut lines = self.lines;
        for mut entry in self.nested {
            entry.line = 0;
            let within = |l: &&mut Entry| l.from <= entry.from && l.to.is_none_or(|to| entry.from < to);
            match lines.iter_mut().rev().find(within) {
                Some(line) => line.nested.push(entry),
                None => self.apart.push(entry),
            }
        }
        lines.extend(self.apart);
        lines.sort_by_key(|e| (e.from, e.to.is_none(), e.to));
        (lines, present)
    }
}
