//! From small values to the roster an office would keep: names, document numbers, organs with establishment.

use takeroot_civil::{
    Career, Dates, Education, Event, EventId, Fact, Level, Organ, OrganId, Person, PersonId, Roster, Step,
    WorkKind,
};

use crate::county::{County, Resident};
use crate::deed::{Away, Deed, Entry};
use crate::draw::For;
use crate::people;
use crate::place::Place;
use crate::shape::SHAPE;

impl County {
    /// The county as a roster.
    pub fn roster(&self) -> Roster {
        let mut in_post = vec![0u32; self.place.organs.len()];
        for resident in self.residents.iter().filter(|r| r.life.origin.left.is_none()) {
            if let Some(count) = in_post.get_mut(usize::from(resident.life.state.organ)) {
                *count += 1;
            }
        }
        let dice = self.residents.first().map(|r| r.life.origin.dice.of(crate::draw::Dice::COUNTY));
        let [from, to] = SHAPE.structure.vacancy;
        let organs = self.place.organs.iter().enumerate().map(|(at, unit)| {
            let count = in_post.get(at).copied().unwrap_or(0);
            let spare = dice.map_or(from, |d| from + (to - from) * d.unit(For::Vacancy, at as u32));
            Organ {
                id: OrganId(unit.id.clone()),
                name: unit.name.clone(),
                kind: unit.kind,
                division: unit.division,
                establishment: Some(count + (f64::from(count) * spare).round() as u32),
                hardship_class: Some(self.place.hardship_class()),
                area_band: unit.band,
            }
        });
        Roster {
            organs: organs.collect(),
            careers: self.residents.iter().map(|r| self.career(r)).collect(),
            invented: true,
        }
    }

    /// One person as a career.
    pub fn career(&self, resident: &Resident) -> Career {
        let life = &resident.life;
        let origin = &life.origin;
        let name = people::name(&origin.dice, origin.sex, None, 0);
        let resident_id = people::resident_id(resident.digits);
        let native = if origin.local { &self.place.name } else { &self.place.neighbour };
        let id =
            resident_id.as_ref().map_or_else(|| resident.digits.to_string(), |id| id.as_str().to_owned());
        let person = Person {
            id: PersonId(id),
            family: people::family(life, &name, self.as_of),
            name,
            sex: Some(origin.sex),
            birth: Some(origin.birth),
            resident_id,
            ethnic: people::ethnic(&origin.dice).to_owned(),
            native_place: native.clone(),
            birthplace: native.clone(),
            party_joined: life.party,
            politics: people::politics(life, self.as_of).to_owned(),
            work_start: Some(people::work_start(origin)),
            health: "健康".to_owned(),
            title: String::new(),
            speciality: String::new(),
        };
        let events = life.entries.iter().enumerate().map(|(at, entry)| self.event(at, entry)).collect();
        Career { person, events }
    }

    fn event(&self, at: usize, entry: &Entry) -> Event {
        Event {
            id: EventId(at as u32 + 1),
            dates: Dates {
                effective: entry.effective,
                approved: entry.approved,
                counted_from: entry.counted,
                recorded: entry.recorded,
            },
            document: document(&self.place, entry),
            basis: basis(entry).to_owned(),
            amends: entry.amends.map(|n| EventId(n.into())),
            fact: fact(&self.place, entry),
        }
    }
}

fn organ(place: &Place, organ: u16) -> OrganId {
    OrganId(place.organs.get(usize::from(organ)).map_or_else(String::new, |o| o.id.clone()))
}

fn organ_name(place: &Place, organ: u16) -> &str {
    place.organs.get(usize::from(organ)).map_or("", |o| o.name.as_str())
}

fn text(list: &[String], at: u8) -> String {
    list.get(usize::from(at) % list.len().max(1)).cloned().unwrap_or_default()
}

/// An invented document number; all events of a kind on one day carry the same, and numbers rise through the year.
fn document(place: &Place, entry: &Entry) -> String {
    let word = match entry.deed {
        Deed::Appointed { .. } | Deed::Relieved { .. } => "组任",
        Deed::Ranked { .. } => "组职",
        Deed::Posted { .. } | Deed::SecondedOut { .. } => "组干",
        Deed::Graded { .. } | Deed::Recruited { .. } | Deed::Left { .. } => "人社",
        Deed::Sanctioned { .. } | Deed::Investigated { .. } => "纪",
        Deed::Assessed { .. } | Deed::Rewarded { .. } => "组考",
        _ => return String::new(),
    };
    let first = place.name.chars().next().unwrap_or('云');
    let day = entry.approved.unwrap_or(entry.effective);
    let number = (u32::from(day.month()) - 1) * 9 + (u32::from(day.day()) - 1) / 4 + 1;
    format!("{first}{word}〔{}〕{number}号", day.year())
}

fn basis(entry: &Entry) -> &'static str {
    let (day, law) = (entry.effective, &SHAPE.law);
    match entry.deed {
        Deed::Ranked { rank }
            if day == law.ladder_2019 && rank.ladder() == takeroot_civil::Ladder::Parallel =>
        {
            "公务员职务与职级并行制度实施方案"
        }
        Deed::Ranked { rank } => match rank.ladder() {
            takeroot_civil::Ladder::Parallel => "公务员职务与职级并行规定",
            takeroot_civil::Ladder::CountyRanks => "关于县以下机关建立公务员职务与职级并行制度的意见",
            takeroot_civil::Ladder::NonLeading if day == law.ladder_2006 => "公务员法",
            takeroot_civil::Ladder::NonLeading => "公务员职务任免与职务升降规定（试行）",
        },
        Deed::Graded { .. } if day == law.ladder_2006 => "公务员工资制度改革方案",
        _ => "",
    }
}

fn fact(place: &Place, entry: &Entry) -> Fact {
    match entry.deed {
        Deed::Recruited { channel, organ: o, years_in_unit } => Fact::Recruited {
            channel,
            organ: organ(place, o),
            years_in_unit: (years_in_unit > 0).then_some(years_in_unit),
        },
        Deed::Educated { education, degree, full_time, school, major } => {
            let names = &SHAPE.names;
            let list = match (full_time, education) {
                (false, _) => &names.later_schools,
                (true, Education::JuniorHigh | Education::SeniorHigh) => &names.secondary_schools,
                (true, _) => &names.schools,
            };
            Fact::Educated {
                education,
                degree,
                full_time,
                school: text(list, school),
                major: text(&names.majors, major),
            }
        }
        Deed::Appointed { layer, post } => Fact::Appointed {
            layer: Some(layer),
            title: place.title(post).to_owned(),
            organ: organ(place, post.organ),
            concurrent: false,
        },
        Deed::Relieved { post } => {
            Fact::Relieved { title: place.title(post).to_owned(), organ: organ(place, post.organ) }
        }
        Deed::Ranked { rank } => Fact::Ranked { rank },
        Deed::Graded { level, step } => Fact::Graded {
            level: Level::new(level).unwrap_or(Level::LOWEST),
            step: Step::new(step).unwrap_or(Step::FIRST),
        },
        Deed::Assessed { year, grade } => Fact::Assessed { year, grade },
        Deed::Posted { organ: o } => Fact::Posted { organ: organ(place, o) },
        Deed::SecondedOut { kind, to } => match to {
            Away::Organ(o) => Fact::SecondedOut {
                kind,
                organ: Some(organ(place, o)),
                place: organ_name(place, o).to_owned(),
            },
            Away::Prefecture => Fact::SecondedOut { kind, organ: None, place: "市直机关".to_owned() },
            Away::Village(o) => {
                let town = place.organs.get(usize::from(o)).map_or("", |u| u.short.as_str());
                let village = VILLAGES
                    .get(entry.effective.day() as usize % VILLAGES.len())
                    .copied()
                    .unwrap_or("上坪村");
                Fact::SecondedOut { kind, organ: None, place: format!("{town}{village}") }
            }
        },
        Deed::SecondedBack => Fact::SecondedBack {},
        Deed::Sanctioned { sanction, until } => Fact::Sanctioned { sanction, until: Some(until) },
        Deed::Investigated { open } => Fact::Investigated { open },
        Deed::Rewarded { reward } => Fact::Rewarded { reward },
        Deed::Trained { kind, days, hours, off_job } => {
            Fact::Trained { kind, days, hours, off_job, passed: true }
        }
        Deed::OnLeave { kind, half_days } => Fact::OnLeave { kind, half_days },
        Deed::Worked { kind, place: at, to } => {
            Fact::Worked { kind, place: work_place(place, kind, at), to: Some(to) }
        }
        Deed::Left { reason } => Fact::Left { reason },
        Deed::Voided => Fact::Voided {},
    }
}

const VILLAGES: [&str; 8] = ["上坪村", "下湾村", "石桥村", "大塘村", "柳林村", "新民村", "高岗村", "清泉村"];

fn work_place(place: &Place, kind: WorkKind, at: u8) -> String {
    let town = place
        .organs
        .get(usize::from(at) % usize::from(place.townships.max(1)))
        .map_or("", |u| u.short.as_str());
    let village = VILLAGES.get(usize::from(at) % VILLAGES.len()).copied().unwrap_or("");
    let county = &place.name;
    match kind {
        WorkKind::VillageCadre => format!("{county}{town}{village}村干部"),
        WorkKind::VillageGraduate => format!("{county}{town}{village}大学生村官"),
        WorkKind::Programme => format!("{county}{town}“三支一扶”人员"),
        WorkKind::TownshipInstitution => format!("{county}{town}农业综合服务中心职员"),
        WorkKind::Institution => {
            format!("{county}第{}中学教师", ["一", "二", "三", "四"][usize::from(at) % 4])
        }
        WorkKind::Army => format!("{}部队服役", 93_000 + u32::from(at)),
        WorkKind::Enterprise => format!("{county}农产品加工有限公司职员"),
        WorkKind::Internship | WorkKind::Other => format!("{county}自主创业"),
    }
}
