//! The service part of a form's meaning: résumé lines, education and present post become facts.

use std::collections::BTreeMap;

use takeroot_civil::{Channel, Code as _, Day, Degree, Education, Fact, Ladder, OrganId, Rank};

use super::document::Document;
use super::fault::{Fault, FaultCode};
use super::fields::{PRESENT, RESUME};
use super::resume::Entry;
use super::titles::{self, Kind, Place};
use super::tree::Position;

/// From this day on, 科员 and 主任科员 without a number name no rank of their own; before it, the twelve ranks with
/// numbers did not exist. It says how words are read; which ladder is in force when is the rules' business.
const WORDS_CHANGED: (u16, u8) = (2019, 6);

/// A line of study that may date an education.
struct Study {
    text: String,
    end: Option<Day>,
    full_time: bool,
    line: usize,
    used: bool,
}

/// A post held, while the lines are walked.
struct Held {
    title: String,
    organ: String,
    until: Option<Day>,
}

/// Walks the lines of a form.
pub(super) struct Service<'d> {
    document: &'d Document,
    filled: Option<Day>,
    pub facts: Vec<(Day, Fact)>,
    pub faults: Vec<Fault>,
    pub organs: Vec<String>,
    organ: Option<String>,
    registered: bool,
    held: Option<Held>,
    ranks: BTreeMap<Ladder, Rank>,
    studies: Vec<Study>,
}

impl<'d> Service<'d> {
    pub fn new(document: &'d Document, filled: Option<Day>) -> Service<'d> {
        Service {
            document,
            filled,
            facts: Vec::new(),
            faults: Vec::new(),
            organs: Vec::new(),
            organ: None,
            registered: false,
            held: None,
            ranks: BTreeMap::new(),
            studies: Vec::new(),
        }
    }

    /// The name an organ goes under: one already met if it is the same organ by another of its bodies.
    fn named(&mut self, organ: &str) -> String {
        let key = titles::organ_key(organ);
        let known = self.organs.iter().find(|o| titles::organ_key(o) == key);
        if let Some(known) = known {
            return known.clone();
        }
        self.organs.push(organ.to_owned());
        organ.to_owned()
    }

    /// Lines to facts.
    pub fn resume(&mut self, entries: &[Entry], place: &dyn Fn(usize) -> Position) {
        let mut entries: Vec<&Entry> = entries.iter().collect();
        entries.sort_by_key(|e| (e.from.year, e.from.month));
        for entry in entries {
            let Some(from) = entry.from.first_day() else {
                continue;
            };
            let to = entry.to.and_then(|m| m.first_day());
            match titles::kind(&entry.text) {
                Kind::Aside => {}
                Kind::Study => {
                    let on_the_job = ["在职", "函授", "自考", "电大", "党校", "业余", "夜大"];
                    let full_time = !on_the_job.iter().any(|w| entry.text.contains(w));
                    self.study(entry, to, full_time);
                }
                Kind::Outside(kind) => {
                    self.relieve(from);
                    self.organ = None;
                    self.facts.push((from, Fact::Worked { kind, place: entry.text.clone(), to }));
                }
                Kind::Away(kind) => self.away(kind, &entry.text, from, to),
                Kind::Service => self.service(&entry.text, from, to, place(entry.line)),
            }
            for nested in &entry.nested {
                let Some(from) = nested.from.first_day() else {
                    continue;
                };
                let to = nested.to.and_then(|m| m.first_day());
                match titles::kind(&nested.text) {
                    Kind::Study => self.study(nested, to, false),
                    Kind::Away(kind) => self.away(kind, &nested.text, from, to),
                    Kind::Aside => {}
                    Kind::Outside(_) | Kind::Service => {
                        let fault = Fault::new(FaultCode::ResumeNested, &nested.text);
                        self.faults.push(fault.element(RESUME).at(place(nested.line)));
                    }
                }
            }
        }
        if let Some(Held { title, organ, until: Some(until) }) = &self.held {
            let fact = Fact::Relieved { title: title.clone(), organ: OrganId(organ.clone()) };
            self.facts.push((*until, fact));
            self.held = None;
        }
    }

    fn study(&mut self, entry: &Entry, end: Option<Day>, full_time: bool) {
        self.studies.push(Study { text: entry.text.clone(), end, full_time, line: entry.line, used: false });
    }

    fn away(&mut self, kind: takeroot_civil::SecondmentKind, text: &str, from: Day, to: Option<Day>) {
        self.facts.push((from, Fact::SecondedOut { kind, organ: None, place: text.to_owned() }));
        if let Some(to) = to {
            self.facts.push((to, Fact::SecondedBack {}));
        }
    }

    /// Ends the post held, at the latest on `day`.
    fn relieve(&mut self, day: Day) {
        if let Some(held) = self.held.take() {
            let day = held.until.map_or(day, |until| until.min(day));
            self.facts.push((day, Fact::Relieved { title: held.title, organ: OrganId(held.organ) }));
        }
    }

    fn service(&mut self, text: &str, from: Day, to: Option<Day>, at: Position) {
        let Place { organ, title, ranks } = titles::cut(text);
        let organ = match (organ.is_empty(), &self.organ) {
            (true, Some(current)) => current.clone(),
            (true, None) => self.named(text),
            (false, _) => self.named(&organ),
        };
        self.belong(text, &organ, from);
        self.hold(&organ, title, from, to);
        for rank in ranks {
            let Some(changed) = Day::first_of(WORDS_CHANGED.0, WORDS_CHANGED.1) else {
                continue;
            };
            let unclear = match rank.ladder() {
                // The line began before the rank existed, so it was given in the course of the line.
                Ladder::Parallel => from < changed,
                Ladder::NonLeading => from >= changed,
                Ladder::CountyRanks => false,
            };
            if unclear {
                if self.ranks.get(&rank.ladder()) != Some(&rank) {
                    let fault = Fault::new(FaultCode::RankUnclear, rank.zh());
                    self.faults.push(fault.element(RESUME).at(at));
                }
                continue;
            }
            let day = from;
            if self.ranks.insert(rank.ladder(), rank) != Some(rank) {
                self.facts.push((day, Fact::Ranked { rank }));
            }
        }
    }

    /// Belongs to an organ from a day on.
    fn belong(&mut self, text: &str, organ: &str, from: Day) {
        let id = OrganId(organ.to_owned());
        let fact = match &self.organ {
            Some(current) if current == organ => return,
            _ if self.registered => Fact::Posted { organ: id },
            _ if text.contains("选调生") => {
                Fact::Recruited { channel: Channel::SelectedGraduate, organ: id, years_in_unit: None }
            }
            _ if text.contains("考录") || text.contains("公务员录用") => {
                Fact::Recruited { channel: Channel::Exam, organ: id, years_in_unit: None }
            }
            _ => Fact::Registered { organ: id },
        };
        self.facts.push((from, fact));
        self.registered = true;
        self.organ = Some(organ.to_owned());
    }

    /// Holds a title from a day on; ends the one before it.
    fn hold(&mut self, organ: &str, title: String, from: Day, until: Option<Day>) {
        if let Some(held) = &mut self.held
            && held.title == title
            && held.organ == organ
        {
            held.until = until;
            return;
        }
        self.relieve(from);
        if title.is_empty() {
            return;
        }
        let layer = titles::layer(organ, &title);
        let fact = Fact::Appointed {
            layer,
            title: title.clone(),
            organ: OrganId(organ.to_owned()),
            concurrent: false,
        };
        self.facts.push((from, fact));
        self.held = Some(Held { title, organ: organ.to_owned(), until });
    }

    /// The day to date what has none; a note or, without a day of filling, a fault.
    fn undated(&mut self, code: FaultCode, tag: &str, found: &str) -> Option<Day> {
        let at = self.document.at(tag);
        let fault = match self.filled {
            Some(day) => Fault::new(code, found).expected(day.to_string()),
            None => Fault::new(FaultCode::Undated, found),
        };
        self.faults.push(fault.element(tag).at(at));
        self.filled
    }

    /// The education fields, dated by lines of study; lines that are left over and name a level.
    pub fn educations(&mut self, place: &dyn Fn(usize) -> Position) {
        for (prefix, full_time) in [("QuanRiZhiJiaoYu", true), ("ZaiZhiJiaoYu", false)] {
            let level_tag = format!("{prefix}_XueLi");
            let degree_tag = format!("{prefix}_XueWei");
            let level = self.document.text(&level_tag);
            let degree = self.document.text(&degree_tag);
            if level.is_empty() && degree.is_empty() {
                continue;
            }
            let school = self.document.text(&format!("{level_tag}_BiYeYuanXiaoXi"));
            let degree_school = self.document.text(&format!("{degree_tag}_BiYeYuanXiaoXi"));
            let Some(education) = Education::from_text(&level).or_else(|| Education::from_text(&degree))
            else {
                let at = self.document.at(&level_tag);
                self.faults.push(Fault::new(FaultCode::EducationLevel, &level).element(&level_tag).at(at));
                continue;
            };
            let held = match Degree::from_text(&degree) {
                Some(degree) => degree,
                None => {
                    if !degree.is_empty() {
                        let at = self.document.at(&degree_tag);
                        self.faults.push(Fault::new(FaultCode::Degree, &degree).element(&degree_tag).at(at));
                    }
                    Degree::None
                }
            };
            let apart = !degree_school.is_empty() && !school.is_empty() && degree_school != school;
            let first = if school.is_empty() { &degree_school } else { &school };
            self.education(&level_tag, education, if apart { Degree::None } else { held }, full_time, first);
            if apart && held != Degree::None {
                self.education(&degree_tag, education, held, full_time, &degree_school);
            }
        }
        let left: Vec<Study> = std::mem::take(&mut self.studies);
        for study in left.into_iter().filter(|s| !s.used) {
            let level = Education::from_text(&study.text);
            match (level, study.end) {
                (Some(education), Some(end)) => {
                    let (school, major) = school_and_major(&study.text);
                    let degree = Degree::from_text(&study.text).unwrap_or(Degree::None);
                    let full_time = study.full_time;
                    self.facts.push((end, Fact::Educated { education, degree, full_time, school, major }));
                }
                (_, None) => {}
                (None, Some(_)) => {
                    let fault = Fault::new(FaultCode::StudyLevel, &study.text);
                    self.faults.push(fault.element(RESUME).at(place(study.line)));
                }
            }
        }
    }

    fn education(&mut self, tag: &str, education: Education, degree: Degree, full_time: bool, text: &str) {
        let core = institution(text);
        // Without a school's name, a line of the same form of study that names the level will do, or the only one.
        let same_form = |s: &Study| s.full_time == full_time && !s.used && s.end.is_some();
        let only = self.studies.iter().filter(|s| same_form(s)).count() == 1;
        let alike = |s: &Study| same_form(s) && (only || Education::from_text(&s.text) == Some(education));
        let fits = |s: &Study| {
            let named = institution(&s.text);
            // A line may leave the place out: 省委党校 for 云岭省委党校.
            let same_school = s.text.contains(core) || (!named.is_empty() && core.ends_with(named));
            s.end.is_some() && !s.used && if core.is_empty() { alike(s) } else { same_school }
        };
        let best = self
            .studies
            .iter()
            .enumerate()
            .filter(|(_, s)| fits(s))
            .max_by_key(|(_, s)| (s.full_time == full_time, s.end))
            .map(|(at, _)| at);
        let dated = best.and_then(|at| self.studies.get_mut(at)).and_then(|study| {
            study.used = true;
            study.end
        });
        let found = if text.is_empty() { self.document.text(tag) } else { text.to_owned() };
        let Some(day) = dated.or_else(|| self.undated(FaultCode::EducationUndated, tag, &found)) else {
            return;
        };
        let (school, major) = school_and_major(text);
        self.facts.push((day, Fact::Educated { education, degree, full_time, school, major }));
    }

    /// The present post, held against the last line.
    pub fn present(&mut self) {
        let text = self.document.text(PRESENT).replace('\n', "");
        if text.is_empty() {
            return;
        }
        let Place { organ, title, ranks } = titles::cut(&text);
        let same_organ = match (&self.organ, organ.is_empty()) {
            (Some(_), true) => true,
            (Some(current), false) => {
                let (a, b) = (titles::organ_key(current), titles::organ_key(&organ));
                a.ends_with(&b) || b.ends_with(&a)
            }
            (None, _) => false,
        };
        let same_title = title.is_empty()
            || self.held.as_ref().is_some_and(|held| {
                let pieces = |t: &str| t.split(['、', '，', ',']).map(str::to_owned).collect::<Vec<_>>();
                let (a, b) = (pieces(&held.title), pieces(&title));
                a.iter().all(|p| b.contains(p)) || b.iter().all(|p| a.contains(p))
            });
        if !(same_organ && same_title)
            && let Some(day) = self.undated(FaultCode::PostUndated, PRESENT, &text)
        {
            let organ = match &self.organ {
                Some(current) if same_organ => current.clone(),
                _ if organ.is_empty() => self.named(&text),
                _ => self.named(&organ),
            };
            self.belong(&text, &organ, day);
            self.hold(&organ, title, day, None);
        }
        for rank in ranks {
            if self.ranks.get(&rank.ladder()) == Some(&rank) {
                continue;
            }
            if let Some(day) = self.undated(FaultCode::RankUndated, PRESENT, rank.zh()) {
                self.ranks.insert(rank.ladder(), rank);
                self.facts.push((day, Fact::Ranked { rank }));
            }
        }
    }
}

/// Words that end the name of a school; the last only where no other follows.
const SCHOOLS: [&str; 6] = ["大学", "学院", "学校", "党校", "中学", "师范"];

/// The school's own name, as far as its first such word.
fn institution(text: &str) -> &str {
    let end = SCHOOLS.iter().take(5).filter_map(|w| text.find(w).map(|at| at + w.len())).min();
    end.and_then(|end| text.get(..end)).unwrap_or_default()
}

/// Cuts `云岭师范学院中文系汉语言文学专业` into school with department, and major.
pub(super) fn school_and_major(text: &str) -> (String, String) {
    let text = text.trim().trim_end_matches(['。', '；']);
    let department = text.char_indices().filter(|(at, c)| {
        let next = text.get(at + c.len_utf8()..).unwrap_or_default();
        let before = text.get(..*at).unwrap_or_default();
        *c == '系' && !next.starts_with(['统', '列']) && !before.ends_with(['关', '体', '联', '派'])
    });
    let ends = SCHOOLS.iter().filter_map(|w| text.rfind(w).map(|at| at + w.len()));
    let end = ends.chain(department.map(|(at, c)| at + c.len_utf8())).max().unwrap_or(text.len());
    let (school, rest) = text.split_at(end);
    let rest = rest.trim().trim_end_matches("学习").trim_end_matches("毕业").trim_end_matches("专业");
    (school.to_owned(), rest.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schools() {
        for (text, school, major) in [
            ("云岭师范学院中文系汉语言文学专业", "云岭师范学院中文系", "汉语言文学"),
            ("云岭大学国际关系专业", "云岭大学", "国际关系"),
            ("云岭大学信息系统专业", "云岭大学", "信息系统"),
            ("云岭省委党校", "云岭省委党校", ""),
        ] {
            assert_eq!(school_and_major(text), (school.to_owned(), major.to_owned()), "{text}");
        }
        assert_eq!(institution("云岭师范学院中文系"), "云岭师范学院");
    }
}
