//! One raw row to one post.

use std::collections::HashMap;

use takeroot_civil::{DivisionCode, Education, Sex};

use super::book::letters;
use super::demand;
use super::fault::{Expected, Unread};
use super::lexicon::Field;
use super::place::{Near, Places};
use super::post::{Post, SheetInfo, TermScope};
use super::remark;
use super::sheet::{Raw, RawCell};
use super::term::NoteTerm;
use super::text::{squeeze, tidy, unlimited, yes_no};

/// What the rows of a file share.
pub(super) struct Shared<'a> {
    pub headings: &'a [String],
    pub sheets: &'a [SheetInfo],
    pub terms: &'a [Vec<NoteTerm>],
    pub province: Option<DivisionCode>,
    pub places: &'a Places,
}

/// Places found before, by organ, unit and region: a table repeats them.
#[derive(Default)]
pub(super) struct Memory {
    place: HashMap<(String, String, String), Option<DivisionCode>>,
    city: HashMap<String, Option<DivisionCode>>,
}

/// Reads a row. Cells that are not understood go to `unread`.
pub(super) fn read(raw: &Raw, shared: &Shared<'_>, memory: &mut Memory, unread: &mut Vec<Unread>) -> Post {
    let mut post = Post { sheet: raw.sheet, row: raw.row, ..Post::default() };
    let heading = |cell: &RawCell| shared.headings.get(cell.heading).map_or("", String::as_str);
    let mut miss = |cell: Option<&RawCell>, field: Field, expected: Expected| {
        let at = cell.or_else(|| raw.all(field).next());
        unread.push(Unread {
            sheet: shared
                .sheets
                .get(at.map_or(raw.sheet, |c| c.sheet))
                .map(|s| s.name.clone())
                .unwrap_or_default(),
            row: at.map_or(raw.row, |c| c.row),
            column: at.map(|c| letters(c.column)).unwrap_or_else(|| column_of(field, raw, shared)),
            header: at.map(|c| heading(c).to_owned()).unwrap_or_else(|| heading_of(field, raw, shared)),
            found: at.map(|c| c.cell.text.clone()).unwrap_or_default(),
            expected,
        });
    };
    for cell in raw.cells.iter().filter(|c| c.cell.error) {
        miss(Some(cell), cell.field, Expected::Value);
    }
    let mut raw_cells: Vec<&RawCell> = raw.cells.iter().filter(|c| !c.cell.error).collect();
    raw_cells.sort_by_key(|c| (c.sheet != raw.sheet, c.column));
    let cells = |field: Field| raw_cells.iter().copied().filter(move |c| c.field == field);
    let text = |field: Field| {
        cells(field).map(|c| c.cell.text.as_str()).find(|t| !t.trim().is_empty()).unwrap_or("")
    };

    // Who recruits, where.
    post.organ = name(text(Field::Organ));
    post.unit = name(text(Field::Unit));
    post.title = name(text(Field::Title));
    post.area =
        [text(Field::Area), text(Field::County)].iter().filter(|t| !t.is_empty()).map(|t| name(t)).collect();
    if post.organ.is_empty() {
        if has_heading(Field::Organ, raw, shared) && post.unit.is_empty() {
            miss(None, Field::Organ, Expected::Organ);
        }
        post.organ.clone_from(&post.unit);
        if post.organ.is_empty() && !has_heading(Field::Organ, raw, shared) {
            post.organ.clone_from(&post.area);
        }
    }
    for (field, to) in [(Field::OrganCode, &mut post.organ_code), (Field::Code, &mut post.code)] {
        if let Some(cell) = cells(field).find(|c| !c.cell.text.is_empty()) {
            *to = cell.cell.text.split_whitespace().collect();
            let power =
                to.len() > 5 && to.contains(['E', 'e', '+']) && to.parse::<f64>().is_ok() && to.contains('.');
            if cell.cell.rounded || power {
                miss(Some(cell), field, Expected::Code);
            }
        }
    }

    // How many.
    let said = cells(Field::Recruits).next();
    post.recruits = said.and_then(|c| demand::recruits(&c.cell.text));
    if post.recruits.is_none() && !said.is_none_or(|c| c.cell.error) {
        miss(said, Field::Recruits, Expected::Recruits);
    } else if said.is_none() && !raw.all(Field::Recruits).any(|c| c.cell.error) {
        miss(None, Field::Recruits, Expected::Recruits);
    }

    // Education, degree, majors.
    for field in [Field::Education, Field::EducationDegree] {
        let Some(cell) = cells(field).find(|c| !c.cell.text.is_empty()) else {
            continue;
        };
        match demand::education(&cell.cell.text) {
            Some(asked) => post.education = asked,
            None => miss(Some(cell), field, Expected::Education),
        }
        if field == Field::EducationDegree
            && let Some(asked) = demand::degree(&degree_part(&cell.cell.text))
        {
            post.degree = asked;
        }
    }
    let asks_education =
        has_heading(Field::Education, raw, shared) || has_heading(Field::EducationDegree, raw, shared);
    let blank_education =
        !raw.all(Field::Education).chain(raw.all(Field::EducationDegree)).any(|c| !c.cell.text.is_empty());
    if asks_education && blank_education {
        miss(
            None,
            if has_heading(Field::Education, raw, shared) {
                Field::Education
            } else {
                Field::EducationDegree
            },
            Expected::Education,
        );
    }
    if let Some(cell) = cells(Field::Degree).find(|c| !c.cell.text.is_empty()) {
        match demand::degree(&cell.cell.text) {
            Some(asked) => post.degree = asked,
            None => miss(Some(cell), Field::Degree, Expected::Degree),
        }
    }
    for cell in cells(Field::StudyForm) {
        let plain = squeeze(&cell.cell.text);
        let full = plain.contains("全日制") && !plain.contains("非全日制") && !unlimited(&plain);
        post.education.full_time |=
            full || (yes_no(&plain) == Some(true) && heading(cell).contains("全日制"));
        if !full && !unlimited(&plain) && yes_no(&plain).is_none() && !plain.is_empty() {
            post.kept.push((heading(cell).to_owned(), tidy(&cell.cell.text)));
        }
    }
    let levelled = [
        (Field::MajorPostgraduate, Some(Education::Master)),
        (Field::MajorBachelor, Some(Education::Bachelor)),
        (Field::MajorCollege, Some(Education::JuniorCollege)),
        (Field::Major, None),
    ];
    let columns: Vec<(Option<Education>, &str)> = levelled
        .iter()
        .flat_map(|(field, level)| cells(*field).map(move |c| (*level, c.cell.text.as_str())))
        .collect();
    post.majors = demand::majors(&columns);

    // The person.
    if let Some(cell) = cells(Field::Age).find(|c| !c.cell.text.is_empty()) {
        match demand::age(&cell.cell.text) {
            Some(asked) => post.age = asked,
            None => miss(Some(cell), Field::Age, Expected::Age),
        }
    }
    if let Some(cell) = cells(Field::Sex).find(|c| !c.cell.text.is_empty()) {
        let plain = squeeze(&cell.cell.text);
        let both = unlimited(&plain)
            || plain.contains('男') && plain.contains('女')
            || yes_no(&plain) == Some(false);
        post.sex = (!both)
            .then(|| {
                if plain.contains('男') {
                    Some(Sex::Male)
                } else {
                    plain.contains('女').then_some(Sex::Female)
                }
            })
            .flatten();
        if post.sex.is_none() && !both {
            miss(Some(cell), Field::Sex, Expected::Sex);
        }
    }
    // The place is needed before 本县户籍 can be read.
    place(&mut post, raw, shared, memory);
    for cell in cells(Field::Experience).filter(|c| !c.cell.text.is_empty()) {
        match demand::years(&cell.cell.text, heading(cell)) {
            Some(years) => {
                if post.experience.years.is_none_or(|had| had < years) {
                    post.experience.years = Some(years);
                    post.experience.grassroots =
                        years > 0 && (heading(cell).contains("基层") || cell.cell.text.contains("基层"));
                    post.experience.text = tidy(&cell.cell.text);
                }
            }
            None => miss(Some(cell), Field::Experience, Expected::Experience),
        }
    }
    for cell in cells(Field::Political).filter(|c| !c.cell.text.is_empty()) {
        let plain = squeeze(&cell.cell.text);
        match (yes_no(&plain), remark::political(&plain)) {
            (Some(false), _) => {}
            (Some(true), _) => post.political = remark::political(&squeeze(heading(cell))),
            (None, Some(status)) => post.political = Some(status),
            _ if plain == "群众" => post.political = Some(super::post::Political::NotPartyMember),
            _ => miss(Some(cell), Field::Political, Expected::Political),
        }
    }
    for cell in cells(Field::Fresh).filter(|c| !c.cell.text.is_empty()) {
        let plain = squeeze(&cell.cell.text);
        let open = ["往届", "不限", "均可", "非应届", "在职", "社会"].iter().any(|w| plain.contains(w));
        match yes_no(&plain) {
            Some(yes) => post.fresh_only |= yes,
            None if open => {}
            None if remark::fresh(&plain) || plain.contains('届') => post.fresh_only = true,
            None => miss(Some(cell), Field::Fresh, Expected::Fresh),
        }
        if post.fresh_only {
            post.fresh_text = tidy(&cell.cell.text);
        }
    }
    for (field, words) in [(Field::Programme, "服务基层项目人员"), (Field::Veteran, "退役军人")] {
        for cell in cells(field).filter(|c| !c.cell.text.is_empty()) {
            match yes_no(&cell.cell.text) {
                Some(false) => {}
                Some(true) => remark::read(words, &mut post, shared.places),
                None => remark::read(&cell.cell.text, &mut post, shared.places),
            }
        }
    }
    for cell in cells(Field::Household).filter(|c| !c.cell.text.is_empty()) {
        let plain = squeeze(&cell.cell.text);
        match yes_no(&plain) {
            Some(false) => {}
            _ if ["不限", "全国", "面向社会"].iter().any(|w| plain.starts_with(w)) => {}
            _ => post.household = Some(remark::household_place(&cell.cell.text, shared.places, &post)),
        }
    }
    for cell in cells(Field::ServiceTerm).filter(|c| !c.cell.text.is_empty()) {
        let plain = squeeze(&cell.cell.text);
        if yes_no(&plain) == Some(false) || plain == "0" {
            continue;
        }
        let number = plain.trim_end_matches(".0").parse::<u8>().ok().filter(|n| (1..=15).contains(n));
        match number.or_else(|| demand::years_in(&plain)).or_else(|| {
            (yes_no(&plain) == Some(true)).then(|| demand::years_in(&squeeze(heading(cell)))).flatten()
        }) {
            Some(years) => {
                let both = format!("{}{}", squeeze(heading(cell)), plain);
                let scope = remark::scope(&both);
                post.service_terms.push(super::post::ServiceTerm {
                    years,
                    scope,
                    conditional: false,
                    text: tidy(&cell.cell.text),
                });
            }
            None => miss(Some(cell), Field::ServiceTerm, Expected::ServiceTerm),
        }
    }
    // Who may apply: 是 under 是否面向村干部 says what the heading says.
    for cell in cells(Field::Target).filter(|c| !c.cell.text.is_empty()) {
        match yes_no(&cell.cell.text) {
            Some(false) => {}
            Some(true) => {
                let asks = squeeze(heading(cell)).replace("是否", "");
                remark::read(&asks, &mut post, shared.places);
            }
            None if [
                "面向社会",
                "社会人员",
                "普通职位",
                "一般职位",
                "所有人员",
                "社会招考",
                "社会考生",
                "非定向",
            ]
            .iter()
            .any(|w| squeeze(&cell.cell.text).starts_with(w)) => {}
            None => remark::read(&cell.cell.text, &mut post, shared.places),
        }
    }
    for cell in cells(Field::Ethnic).filter(|c| !c.cell.text.is_empty() && !unlimited(&c.cell.text)) {
        post.demands.push(format!("{}: {}", heading(cell), tidy(&cell.cell.text)));
    }
    for cell in cells(Field::Remark) {
        let before = (post.sex, post.political);
        remark::read(&cell.cell.text, &mut post, shared.places);
        // A column of its own says it more surely than a remark.
        if before.0.is_some() {
            post.sex = before.0;
        }
        if before.1.is_some() {
            post.political = before.1;
        }
        // Tables that put everything into one column of conditions.
        if !asks_education && post.education.floor.is_none() {
            read_conditions(&cell.cell.text, &mut post);
        }
    }
    for cell in raw_cells.iter().filter(|c| {
        matches!(c.field, Field::Other | Field::Kept | Field::Category | Field::Level | Field::UnitCode)
    }) {
        if !cell.cell.text.is_empty() && !cell.cell.spread {
            post.kept.push((heading(cell).replace('\n', ""), tidy(&cell.cell.text)));
        }
    }
    let sheet = shared.sheets.get(raw.sheet).map_or("", |s| s.name.as_str());
    super::kind::tell(&mut post, sheet, &raw.section, text(Field::Level));
    terms(&mut post, shared, memory);
    post
}

/// The degree's words in a cell that also names an education: 本科及以上学历，学士及以上学位.
fn degree_part(text: &str) -> String {
    let plain = squeeze(text);
    let parts = super::text::split_outside(&plain, &[',', '、', ';', '/', '及']);
    parts
        .iter()
        .find(|p| p.contains("学位") || p.contains("学士"))
        .or(parts.iter().find(|p| ["硕士", "博士"].iter().any(|w| p.contains(w)) && !p.contains("研究生")))
        .cloned()
        .unwrap_or_default()
}

/// Education and age in a column that holds every condition.
fn read_conditions(text: &str, post: &mut Post) {
    for part in super::text::split_outside(&tidy(text), &[';', '；', '。', ',', '，']) {
        let plain = squeeze(&part);
        let says = ["学历", "及以上", "以上文化", "本科", "大专", "专科", "研究生"]
            .iter()
            .any(|w| plain.contains(w));
        if says
            && !plain.contains("岁")
            && !plain.contains("经历")
            && post.education.floor.is_none()
            && let Some(asked) = demand::education(&part)
        {
            post.education = asked;
        }
        if plain.contains("专业")
            && post.majors.limited.is_none()
            && !plain.contains("技术")
            && !plain.contains("资格")
        {
            post.majors = demand::majors(&[(None, part.as_str())]);
        }
    }
}

/// A name without the spaces and line ends that layout put into it.
fn name(text: &str) -> String {
    text.split_whitespace().collect()
}

fn has_heading(field: Field, raw: &Raw, shared: &Shared<'_>) -> bool {
    shared.sheets.get(raw.sheet).is_some_and(|s| s.columns.iter().any(|c| c.field == field))
}

fn column_of(field: Field, raw: &Raw, shared: &Shared<'_>) -> String {
    shared
        .sheets
        .get(raw.sheet)
        .and_then(|s| s.columns.iter().find(|c| c.field == field))
        .map(|c| c.column.clone())
        .unwrap_or_default()
}

fn heading_of(field: Field, raw: &Raw, shared: &Shared<'_>) -> String {
    shared
        .sheets
        .get(raw.sheet)
        .and_then(|s| s.columns.iter().find(|c| c.field == field))
        .map(|c| c.header.clone())
        .unwrap_or_default()
}

/// Division code and hardship class.
fn place(post: &mut Post, _raw: &Raw, shared: &Shared<'_>, memory: &mut Memory) {
    let key = (post.organ.clone(), post.unit.clone(), post.area.clone());
    let found = memory.place.entry(key).or_insert_with(|| {
        let area = shared.places.city(&post.area, shared.province).or_else(|| {
            shared
                .places
                .find(&post.area, Near { province: shared.province, city: None })
                .filter(|d| d.len() >= 4)
                .map(|d| d.cut(4))
        });
        let near = Near { province: area.map(|c| c.cut(2)).or(shared.province), city: area };
        let of = |text: &str| shared.places.find(text, near);
        let long = |d: &Option<DivisionCode>| d.is_some_and(|d| d.len() >= 6);
        let organ = of(&post.organ);
        let joined = if post.unit.is_empty() || post.unit == post.organ {
            None
        } else {
            of(&format!("{}{}", post.organ, post.unit))
        };
        let unit = if post.unit.is_empty() { None } else { of(&post.unit) };
        // The most exact of what the names show; a region in its own column is the last word.
        let by_area = of(&format!(
            "{}{}{}",
            post.area,
            post.organ,
            if post.unit == post.organ { "" } else { &post.unit }
        ));
        [joined, unit, organ]
            .into_iter()
            .flatten()
            .max_by_key(|d| d.len())
            .filter(|d| d.len() >= 6)
            .or_else(|| by_area.filter(|_| long(&by_area)))
            .or(organ)
            .or(unit)
    });
    post.division = *found;
    post.hardship_class = post.division.and_then(|d| shared.places.hardship(d));
}

/// Service terms that the notes of the sheet lay on posts like this one.
fn terms(post: &mut Post, shared: &Shared<'_>, memory: &mut Memory) {
    let Some(notes) = shared.terms.get(post.sheet).filter(|n| !n.is_empty()) else {
        return;
    };
    let province = shared.province;
    let area =
        *memory.city.entry(post.area.clone()).or_insert_with(|| shared.places.city(&post.area, province));
    let city = area.or(post.division.filter(|d| d.len() >= 4).map(|d| d.cut(4)));
    for note in notes {
        let here = note.cities.is_empty() || city.is_some_and(|c| note.cities.contains(&c));
        let ours = !note.townships_only || post.township;
        if here
            && ours
            && !post.service_terms.iter().any(|t| {
                t.years == note.term.years && t.scope == note.term.scope && t.scope != TermScope::Unit
            })
        {
            post.service_terms.push(note.term.clone());
        }
    }
}
