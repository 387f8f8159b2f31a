//! Places: division codes from the names of organs, against the shipped divisions, and the hardship-remote list.
//!
//! A name gives a code only when it shows one place: the county by its full name within the province that the table
//! or the name shows (and within the city, where two counties of a province have one name), the township by its name
//! within that county. Nothing is guessed: an organ that names no place has no code.

use std::collections::HashMap;
use std::sync::LazyLock;

use takeroot_civil::DivisionCode;

use super::text::squeeze;

const PROVINCES: &str = include_str!("../../../../data/divisions/china-division-2.7.0-provinces.csv");
const CITIES: &str = include_str!("../../../../data/divisions/china-division-2.7.0-cities.csv");
const COUNTIES: &str = include_str!("../../../../data/divisions/china-division-2.7.0-areas.csv");
const TOWNSHIPS: &str = include_str!("../../../../data/divisions/china-division-2.7.0-streets.csv");
const HARDSHIP: &str = include_str!("../../../../data/hardship/hardship-classes-partial.csv");

struct Division {
    code: DivisionCode,
    name: String,
    /// Without 省, 市, 自治区 …
    short: String,
}

/// The shipped divisions, indexed.
pub struct Places {
    provinces: Vec<Division>,
    cities: HashMap<DivisionCode, Vec<Division>>,
    counties: HashMap<DivisionCode, Vec<Division>>,
    townships: HashMap<DivisionCode, Vec<Division>>,
    hardship: HashMap<DivisionCode, u8>,
}

/// What is known of where a table or a row belongs, before its names are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Near {
    /// The province.
    pub province: Option<DivisionCode>,
    /// The prefecture.
    pub city: Option<DivisionCode>,
}

/// How many bytes into a name the place may begin.
const FAR: usize = 48;

fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().skip(1).map(|line| line.split(',').map(|c| c.trim_matches('"')).collect())
}

fn short(name: &str) -> String {
    let name = ["壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "省", "市", "地区", "盟"]
        .iter()
        .find_map(|end| name.strip_suffix(end))
        .unwrap_or(name);
    match name.strip_suffix("自治州") {
        // 湘西土家族苗族自治州 is called 湘西: the peoples' names follow the place.
        Some(rest) => {
            rest.char_indices().nth(2).map_or(rest, |(at, _)| rest.get(..at).unwrap_or(rest)).to_owned()
        }
        None => name.to_owned(),
    }
}

impl Places {
    /// The divisions and the list that ship with the product.
    pub fn shipped() -> &'static Places {
        static PLACES: LazyLock<Places> = LazyLock::new(Places::load);
        &PLACES
    }

    fn load() -> Places {
        let division = |row: &[&str]| -> Option<Division> {
            Some(Division {
                code: row.first()?.parse().ok()?,
                name: (*row.get(1)?).to_owned(),
                short: short(row.get(1)?),
            })
        };
        let beneath = |text: &'static str, len: u8| {
            let mut map: HashMap<DivisionCode, Vec<Division>> = HashMap::new();
            for d in rows(text).filter_map(|r| division(&r)) {
                map.entry(d.code.cut(len)).or_default().push(d);
            }
            map
        };
        let mut places = Places {
            provinces: rows(PROVINCES).filter_map(|r| division(&r)).collect(),
            cities: beneath(CITIES, 2),
            counties: beneath(COUNTIES, 2),
            townships: beneath(TOWNSHIPS, 6),
            hardship: HashMap::new(),
        };
        for row in rows(HARDSHIP) {
            let [province, prefecture, county, _, class, ..] = row.as_slice() else {
                continue;
            };
            let found = places.provinces.iter().find(|p| p.short == *province).and_then(|p| {
                let city = places.city(prefecture, Some(p.code));
                let all = places.counties.get(&p.code)?;
                let mut same = all.iter().filter(|c| c.name == *county);
                let first = same.next()?;
                match same.next() {
                    None => Some(first.code),
                    Some(_) => {
                        all.iter().find(|c| c.name == *county && Some(c.code.cut(4)) == city).map(|c| c.code)
                    }
                }
            });
            if let (Some(code), Ok(class)) = (found, class.parse()) {
                places.hardship.insert(code, class);
            }
        }
        places
    }

    /// The class of a place's county on the hardship-remote list; `None` is unknown, for the list is not complete.
    pub fn hardship(&self, place: DivisionCode) -> Option<u8> {
        self.hardship.get(&place.county()?).copied()
    }

    /// How many counties of the list were matched.
    pub fn hardship_counties(&self) -> usize {
        self.hardship.len()
    }

    /// The province that a title names, by its full name first, then by its short name.
    pub fn province(&self, text: &str) -> Option<DivisionCode> {
        let full = self.provinces.iter().filter_map(|p| text.find(&p.name).map(|at| (at, p.code))).min();
        full.or_else(|| {
            self.provinces.iter().filter_map(|p| text.find(&p.short).map(|at| (at, p.code))).min()
        })
        .map(|(_, c)| c)
    }

    /// The prefecture that a name or short name means.
    pub fn city(&self, text: &str, province: Option<DivisionCode>) -> Option<DivisionCode> {
        let text = squeeze(text);
        let mut found = None;
        for (code, cities) in &self.cities {
            if province.is_some_and(|p| p != *code) {
                continue;
            }
            for city in cities.iter().filter(|c| proper(&c.name)) {
                if text == city.name || text == city.short {
                    if found.is_some() {
                        return None;
                    }
                    found = Some(city.code);
                }
            }
        }
        found
    }

    /// The prefectures of a province whose names or short names a sentence lists.
    pub fn cities_in(&self, text: &str, province: Option<DivisionCode>) -> Vec<DivisionCode> {
        let Some(cities) = province.and_then(|p| self.cities.get(&p)) else {
            return Vec::new();
        };
        cities.iter().filter(|c| proper(&c.name) && text.contains(&c.short)).map(|c| c.code).collect()
    }

    /// The place that a text names near a known place.
    pub fn named(&self, text: &str, near: Option<DivisionCode>) -> Option<DivisionCode> {
        let near =
            Near { province: near.map(|d| d.cut(2)), city: near.filter(|d| d.len() >= 4).map(|d| d.cut(4)) };
        self.find(text, near)
    }

    /// The place of an organ, from its name.
    pub fn find(&self, name: &str, near: Near) -> Option<DivisionCode> {
        let text = squeeze(name);
        let text = text.strip_prefix("中共").or_else(|| text.strip_prefix("中国共产党")).unwrap_or(&text);
        // 中国人民政治协商会议 and the names of parties stand before the place.
        let full = self.provinces.iter().find(|p| {
            text.find(&p.name).is_some_and(|at| at <= FAR)
                || (text.starts_with(&p.short) && !p.name.ends_with('市'))
        });
        let named_city = self.city_at(text, full.map(|p| p.code).or(near.province));
        let province = full.map(|p| p.code).or(named_city.map(|(c, _)| c.cut(2))).or(near.province);
        let (county, after) = match self.county_at(text, province, named_city, near.city) {
            Some(found) => found,
            None => {
                return named_city
                    .map(|(c, _)| c)
                    .or(full.map(|p| p.code))
                    .or_else(|| self.provinces.iter().find(|p| text.starts_with(&p.name)).map(|p| p.code));
            }
        };
        let rest = text.get(after..).unwrap_or("");
        let township = self.townships.get(&county).and_then(|all| {
            all.iter()
                .filter(|t| proper(&t.name) && t.name.chars().count() >= 2)
                .filter_map(|t| rest.find(&t.name).map(|at| (at, std::cmp::Reverse(t.name.len()), t.code)))
                .min()
        });
        Some(township.map_or(county, |(_, _, code)| code))
    }

    /// The prefecture whose full name stands first in the text.
    fn city_at(&self, text: &str, province: Option<DivisionCode>) -> Option<(DivisionCode, usize)> {
        self.cities
            .iter()
            .filter(|(code, _)| province.is_none_or(|p| p == **code))
            .flat_map(|(_, cities)| cities)
            .filter(|c| proper(&c.name))
            .filter_map(|c| {
                text.find(&c.name)
                    .filter(|at| *at <= FAR)
                    .map(|at| (at, std::cmp::Reverse(c.name.len()), c.code, at + c.name.len()))
            })
            .min()
            .map(|(_, _, code, end)| (code, end))
    }

    /// The county that the text names, with the place after its name.
    fn county_at(
        &self,
        text: &str,
        province: Option<DivisionCode>,
        city: Option<(DivisionCode, usize)>,
        near: Option<DivisionCode>,
    ) -> Option<(DivisionCode, usize)> {
        let mut found: Vec<(usize, std::cmp::Reverse<usize>, DivisionCode)> = Vec::new();
        let empty = Vec::new();
        let groups: Vec<&Vec<Division>> = match province {
            Some(p) => vec![self.counties.get(&p).unwrap_or(&empty)],
            None => self.counties.values().collect(),
        };
        for county in groups.into_iter().flatten().filter(|c| proper(&c.name)) {
            let Some(at) = text.find(&county.name) else {
                continue;
            };
            // Without a province only a name that begins the text counts, and 城区, 郊区 only right after their city.
            if province.is_none() && at > 0 {
                continue;
            }
            if county.name.chars().count() <= 2 && city.is_none_or(|(_, end)| end != at) && at > 0 {
                continue;
            }
            found.push((at, std::cmp::Reverse(county.name.len()), county.code));
        }
        found.sort();
        let (at, len, _) = *found.first()?;
        let same: Vec<DivisionCode> =
            found.iter().filter(|(a, l, _)| (*a, *l) == (at, len)).map(|(_, _, c)| *c).collect();
        let within = |city: Option<DivisionCode>| {
            let mut inside = same.iter().filter(|c| Some(c.cut(4)) == city);
            inside.next().copied().filter(|_| inside.next().is_none())
        };
        let one = match same.as_slice() {
            [one] => Some(*one),
            _ => within(city.map(|c| c.0)).or_else(|| if city.is_none() { within(near) } else { None }),
        }?;
        Some((one, at + len.0))
    }
}

/// Whether a name in the list is a place's own name (the list also has 市辖区, 县, 省直辖县级行政区划).
fn proper(name: &str) -> bool {
    !matches!(name, "市辖区" | "县" | "郊区" | "矿区") && !name.contains("直辖")
        || matches!(name, "郊区" | "矿区")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_give_codes() {
        let places = Places::shipped();
        let near = |province: &str| Near { province: province.parse().ok(), city: None };
        for (name, province, want) in [
            ("广州市越秀区人民政府洪桥街道办事处", "44", "440104001"),
            ("罗定市罗城街道办事处", "44", "445381001"),
            ("梅江区住房和城乡建设局", "44", "441402"),
            ("东莞市莞城街道", "44", "441900006"),
            ("中共广东省委办公厅", "44", "44"),
            ("广州市住房和城乡建设局", "44", "4401"),
            ("新乡县七里营镇人民政府", "41", "410721103"),
        ] {
            let got = places.find(name, near(province)).map(|c| c.to_string());
            assert_eq!(
                got.as_deref().map(|c| &c[..6.min(c.len())]),
                Some(&want[..6.min(want.len())]),
                "{name}: {got:?}"
            );
        }
        assert_eq!(
            places.find("鼓楼区财政局", near("32")),
            None,
            "two districts of one province have this name"
        );
        let nanjing = Near { province: "32".parse().ok(), city: "3201".parse().ok() };
        assert_eq!(places.find("鼓楼区财政局", nanjing).map(|c| c.to_string()).as_deref(), Some("320106"));
        assert_eq!(places.find("某某机关", Near::default()), None);
    }

    #[test]
    fn the_hardship_list_is_matched_to_codes() {
        let places = Places::shipped();
        assert!(places.hardship_counties() > 200, "{}", places.hardship_counties());
        let wangcang = "510821".parse().expect("a code");
        assert_eq!(places.hardship(wangcang), Some(1));
        assert_eq!(places.hardship("440104".parse().expect("a code")), None);
    }
}
