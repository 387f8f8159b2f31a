//! Rows of people, organs and family members.

use takeroot_civil::*;

use super::column::Col;
use super::fault::FaultKind;
use super::kind::SheetKind;
use super::row::{Row, clean_name};

/// The person of a row; `None` when the row has a fault (noted).
pub fn person(row: &mut Row) -> Option<Person> {
    let name = clean_name(&row.text(Col::Name));
    if name.is_empty() {
        row.fault(Col::Name, "", FaultKind::MissingValue);
    }
    let resident_id = row.resident_id().ok()?;
    let number = row.text(Col::Number).into_owned();
    let id = match (&resident_id, number.is_empty()) {
        (_, false) => PersonId(number),
        (Some(id), true) => PersonId(id.as_str().to_owned()),
        (None, true) => {
            let col = if row.layout().has(Col::Id) { Col::Id } else { Col::Number };
            row.fault(col, "", FaultKind::MissingValue);
            PersonId::default()
        }
    };
    // A one-sheet roster leaves out what the number says; a sheet of people says what it knows.
    let fill = row.layout().kind == SheetKind::Roster;
    let sex = sex(row, resident_id.as_ref(), fill);
    let birth = birth(row, resident_id.as_ref(), fill);
    let ethnic = ethnic(&row.said(Col::Ethnic));
    let party_joined = if matches!(&*row.text(Col::PartyJoined), "群众" | "未入党") {
        None
    } else {
        row.day(Col::PartyJoined)
    };
    let person = Person {
        id,
        name,
        sex,
        birth,
        resident_id,
        ethnic,
        native_place: row.text(Col::NativePlace).into_owned(),
        birthplace: row.text(Col::Birthplace).into_owned(),
        party_joined,
        politics: row.text(Col::Politics).into_owned(),
        work_start: row.day(Col::WorkStart),
        health: row.text(Col::Health).into_owned(),
        title: row.text(Col::ProTitle).into_owned(),
        speciality: row.text(Col::Speciality).into_owned(),
        family: Vec::new(),
    };
    row.faults.is_empty().then_some(person)
}

fn sex(row: &mut Row, id: Option<&ResidentId>, fill: bool) -> Option<Sex> {
    let told: Option<Sex> = row.listed(Col::Sex);
    let shown = id.map(ResidentId::sex);
    match (told, shown) {
        (Some(told), Some(shown)) if told != shown => {
            let text = row.text(Col::Sex);
            row.fault(Col::Sex, text, FaultKind::SexDiffers(shown));
            None
        }
        (None, shown) if fill || !row.layout().has(Col::Sex) => shown,
        (told, _) => told,
    }
}

fn birth(row: &mut Row, id: Option<&ResidentId>, fill: bool) -> Option<Day> {
    let told = row.date(Col::Birth);
    let shown = id.map(ResidentId::birth);
    match (told, shown) {
        (Some(told), Some(shown)) => {
            let same_month = told.day.month_number() == shown.month_number();
            // The first of a month often stands for the month.
            let same = told.day == shown || same_month && (!told.exact || told.day.day() == 1);
            if !same {
                let text = row.text(Col::Birth);
                row.fault(Col::Birth, text, FaultKind::BirthDiffers(shown));
                return None;
            }
            Some(if told.exact { told.day } else { shown })
        }
        (None, shown) if fill || !row.layout().has(Col::Birth) => shown,
        (told, _) => told.map(|t| t.day),
    }
}

/// The 56 names of GB/T 3304 without 族, for files that write 汉 for 汉族.
const GROUPS: &str = "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 \
    东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 \
    保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺";

fn ethnic(text: &str) -> String {
    if !text.is_empty() && GROUPS.split(' ').any(|g| g == text) {
        format!("{text}族")
    } else {
        text.to_owned()
    }
}

/// The organ of a row; `None` when the row has a fault (noted).
pub fn organ(row: &mut Row) -> Option<Organ> {
    let name = row.text(Col::OrganName).into_owned();
    if name.is_empty() {
        row.fault(Col::OrganName, "", FaultKind::MissingValue);
    }
    let number = row.text(Col::OrganNumber).into_owned();
    let kind = row.listed(Col::OrganKind).unwrap_or_else(|| OrganKind::from_name(&name));
    let code = row.said(Col::Division).into_owned();
    let mut division = None;
    if !code.is_empty() {
        // Twelve digits of the statistical code are a township's nine and three zeros.
        let plain = if code.len() == 12 { code.strip_suffix("000").unwrap_or(&code) } else { &code };
        match plain.parse::<DivisionCode>() {
            Ok(code) => division = Some(code),
            Err(_) => row.fault(Col::Division, code, FaultKind::NotDivision),
        }
    }
    let small = |n: Option<u32>| n.and_then(|n| u8::try_from(n).ok());
    let organ = Organ {
        id: OrganId(if number.is_empty() { name.clone() } else { number }),
        name,
        kind,
        division,
        establishment: row.whole(Col::Establishment, 0, u32::MAX),
        hardship_class: small(row.whole(Col::Hardship, 0, 255)),
        area_band: small(row.whole(Col::AreaBand, 0, 255)),
    };
    row.faults.is_empty().then_some(organ)
}

/// The family member of a row; `None` when the row has a fault (noted).
pub fn relative(row: &mut Row) -> Option<Relative> {
    let relative = Relative {
        relation: row.text(Col::Relation).into_owned(),
        name: clean_name(&row.text(Col::MemberName)),
        birth: row.day(Col::Birth),
        politics: row.text(Col::Politics).into_owned(),
        work: row.text(Col::Place).into_owned(),
    };
    row.faults.is_empty().then_some(relative)
}
