//! A career is one person's dated facts; a roster is the careers and organs of a county.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::{Event, EventId, Fact, Organ, OrganId, OrganKind, Person, PersonId};

/// One person's dated facts (履历).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Career {
    /// The person.
    pub person: Person,
    /// Facts in the order of recording; amended ones included.
    pub events: Vec<Event>,
}

impl Career {
    /// The events that hold: amended and voided ones left out, in date order (recording order within a day).
    ///
    /// An amendment of an amendment counts; a voiding removes both itself and what it names.
    pub fn holding(&self) -> Vec<&Event> {
        let amended: HashSet<EventId> = self.events.iter().filter_map(|e| e.amends).collect();
        let mut events: Vec<&Event> = self
            .events
            .iter()
            .filter(|e| !amended.contains(&e.id) && !matches!(e.fact, Fact::Voided {}))
            .collect();
        events.sort_by_key(|e| (e.dates.effective, e.id));
        events
    }

    /// The next free event number.
    pub fn next_event_id(&self) -> EventId {
        EventId(self.events.iter().map(|e| e.id.0).max().unwrap_or(0) + 1)
    }

    /// Adds a fact of which only the effective day is known, and returns it for further dates.
    pub fn add(&mut self, effective: crate::Day, fact: Fact) -> &mut Event {
        let id = self.next_event_id();
        self.events.push(Event {
            id,
            dates: crate::Dates::on(effective),
            document: String::new(),
            basis: String::new(),
            amends: None,
            fact,
        });
        let last = self.events.len() - 1;
        &mut self.events[last]
    }
}

/// The careers and organs of a county.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roster {
    /// Organs, in the office's order.
    pub organs: Vec<Organ>,
    /// Careers, in the office's order.
    pub careers: Vec<Career>,
    /// Whether people and values are invented; pages and files say so.
    #[serde(default)]
    pub invented: bool,
}

impl Roster {
    /// The career of a person.
    pub fn career(&self, id: &PersonId) -> Option<&Career> {
        self.careers.iter().find(|c| &c.person.id == id)
    }

    /// The organs by number, for looking many up.
    pub fn organ_index(&self) -> HashMap<&OrganId, &Organ> {
        self.organs.iter().map(|o| (&o.id, o)).collect()
    }
}

impl OrganKind {
    /// The kind that an organ's full name shows, for files that give no other sign.
    ///
    /// Looks at the words offices use: 街道办事处, 镇人民政府, 乡人民政府, 镇党委 …; villages and communities; ministries
    /// by 国家 or 中央; provincial and prefecture organs by 省 or 市 before the body. A name that shows nothing is a county organ.
    pub fn from_name(name: &str) -> OrganKind {
        let name: String = name.chars().filter(|c| !c.is_whitespace()).collect();
        let ends = |words: &[&str]| words.iter().any(|w| name.ends_with(w));
        let own = after_county(&name);
        if ends(STATIONS) {
            // What a county bureau keeps in a township is the bureau's.
            OrganKind::County
        } else if ends(&[
            "村民委员会",
            "村委会",
            "社区居委会",
            "居民委员会",
            "村党支部",
            "村党总支",
            "村",
            "社区",
        ]) {
            OrganKind::Village
        } else if name.contains("街道") && !name.contains("县街道工") {
            OrganKind::Subdistrict
        } else if ends(&["中心", "站", "所"]) && has_township(own) {
            OrganKind::TownshipInstitution
        } else if is_township_name(&name) {
            OrganKind::Township
        } else if name.contains("部队") || name.starts_with("武警") {
            OrganKind::Army
        } else if name.contains("公司") || ends(&["厂", "集团"]) {
            OrganKind::Enterprise
        } else if ends(&["大学", "学院", "学校", "中学", "小学", "医院", "卫生院"]) {
            OrganKind::Institution
        } else if name.starts_with("国家") || name.starts_with("中央") {
            OrganKind::Central
        } else {
            OrganKind::County
        }
    }
}

/// Stations that county bureaus keep in townships and subdistricts.
const STATIONS: &[&str] = &[
    "市场监督管理所",
    "市场监管所",
    "工商所",
    "司法所",
    "派出所",
    "税务所",
    "税务分局",
    "自然资源所",
    "国土资源所",
    "国土所",
    "法庭",
    "检察室",
];

/// What follows the county in a name: 新乡市, 内乡县, 镇平县 are no townships.
fn after_county(name: &str) -> &str {
    let mut after = name;
    for (at, c) in name.char_indices() {
        let rest = name.get(at + c.len_utf8()..).unwrap_or("");
        let word = rest.chars().next().is_some_and(|n| "场政民容委级直域属".contains(n));
        if matches!(c, '县' | '市' | '区' | '旗')
            && !word
            && !rest.is_empty()
            && !name.get(..at).is_some_and(|b| b.ends_with(['社', '园', '辖']))
        {
            after = rest;
        }
    }
    after
}

/// Whether the part of a name after its county names a township: 城乡, 乡村 and 乡镇企业 do not.
fn has_township(own: &str) -> bool {
    let own = own.replace("城乡", "").replace("乡村", "").replace("城镇", "").replace("乡镇", "");
    own.contains('镇') || own.contains('乡')
}

/// Whether a name is that of a township's Party or government body.
fn is_township_name(name: &str) -> bool {
    for body in [
        "人民政府",
        "党委",
        "政府",
        "人大",
        "纪委",
        "党政办公室",
        "机关",
        "委员会",
        "纪律检查委员会",
        "人民代表大会",
    ] {
        for seat in ["镇", "乡", "苏木"] {
            if name.contains(&format!("{seat}{body}")) {
                return true;
            }
        }
    }
    // 民族乡 such as 某某瑶族乡人民政府 ends the same way; a bare seat name stands for the organ.
    name.ends_with('镇') || name.ends_with('乡')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Day, Rank};

    #[test]
    fn an_amended_fact_stays_but_does_not_hold() {
        let mut career = Career::default();
        let day = |m| Day::new(2020, m, 1).expect("a day");
        career.add(day(1), Fact::Ranked { rank: Rank::Staff1 });
        career.add(day(3), Fact::Ranked { rank: Rank::Staff2 }).amends = Some(EventId(1));
        assert_eq!(career.events.len(), 2);
        assert_eq!(career.holding().len(), 1);
        career.add(day(4), Fact::Voided {}).amends = Some(EventId(2));
        assert!(career.holding().is_empty());
    }

    #[test]
    fn names_show_the_kind() {
        for (name, kind) in [
            ("云岭县石桥镇人民政府", OrganKind::Township),
            ("广州市越秀区人民政府洪桥街道办事处", OrganKind::Subdistrict),
            ("连南瑶族自治县三排镇人民政府", OrganKind::Township),
            ("石桥镇农业综合服务中心", OrganKind::TownshipInstitution),
            ("石桥镇上坪村", OrganKind::Village),
            ("云岭县财政局", OrganKind::County),
            ("洛宁县河底镇市场监督管理所", OrganKind::County),
            ("洛阳市涧西区武汉路街道市场监督管理所", OrganKind::County),
            ("新乡市社会保险中心", OrganKind::County),
            ("内乡县乡村振兴服务中心", OrganKind::County),
            ("内黄县城乡规划服务中心", OrganKind::County),
        ] {
            assert_eq!(OrganKind::from_name(name), kind, "{name}");
        }
    }

    #[test]
    fn an_event_is_one_flat_object_in_json() {
        let mut career = Career::default();
        career.add(Day::new(2020, 7, 1).expect("a day"), Fact::Ranked { rank: Rank::Staff1 });
        let text = serde_json::to_string(&career.events[0]).expect("json");
        assert_eq!(text, r#"{"id":1,"effective":"2020-07-01","fact":"ranked","rank":"staff-1"}"#);
        assert_eq!(serde_json::from_str::<Event>(&text).expect("event"), career.events[0]);
    }
}
