//! An invented one-sheet roster (花名册), as offices keep it: to be imported.

use std::path::Path;

use anyhow::{Context, anyhow};
use rust_xlsxwriter::{Format, Workbook};
use takeroot_civil::{Code, Day, Fact};
use takeroot_demo::Plan;
use takeroot_policy::{Facts, Library, Officer, Rules, Stack, StackSpec};

/// Writes so many people of the demonstration county, one row a person.
pub fn write(rows: u32, file: &Path) -> anyhow::Result<()> {
    let on = Day::new(2026, 7, 1).context("a day")?;
    let library = Library::shipped().map_err(|_| anyhow!("the shipped documents cannot be read"))?;
    let rules = Rules::at(&Stack::new(&library, StackSpec::default())?, on);
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let years: Vec<u16> = (on.year() - 5..on.year()).collect();
    let mut heads: Vec<String> = [
        "序号",
        "姓名",
        "身份证号",
        "性别",
        "出生年月",
        "民族",
        "籍贯",
        "政治面貌",
        "参加工作时间",
        "工作单位",
        "录用时间",
        "录用渠道",
        "现任职务",
        "职务层次",
        "任现职时间",
        "现任职级",
        "任现职级时间",
        "级别",
        "档次",
        "全日制学历",
        "全日制学位",
        "全日制毕业院校系及专业",
    ]
    .map(str::to_owned)
    .to_vec();
    heads.extend(years.iter().map(|year| format!("{year}年度考核")));
    let last = u16::try_from(heads.len() - 1)?;
    sheet.merge_range(0, 0, 0, last, "示范县公务员花名册（虚构，截至2026年7月1日）", &Format::new())?;
    for (column, head) in (0u16..).zip(&heads) {
        sheet.write_string(1, column, head)?;
    }
    let (mut row, plan) = (2, Plan::new(rows, 1, on).map_err(|e| anyhow!("{e}"))?);
    for county in plan.counties() {
        let roster = county.roster();
        let organs = roster.organ_index();
        for career in &roster.careers {
            let facts = Facts::of(career, &organs, &rules);
            if !facts.in_service() || row >= rows + 2 {
                continue;
            }
            let person = &career.person;
            let month = |day: Day| format!("{}.{:02}", day.year(), day.month());
            let day = |day: Day| format!("{}-{:02}-{:02}", day.year(), day.month(), day.day());
            let post = facts.timeline.events.iter().rev().find_map(|e| match &e.fact {
                Fact::Appointed { layer: Some(layer), title, .. } if Some(*layer) == facts.layer => {
                    Some((title.clone(), layer.zh(), day(e.dates.effective)))
                }
                _ => None,
            });
            let (title, layer, since) = post.unwrap_or_default();
            let school = facts.timeline.events.iter().rev().find_map(|e| match &e.fact {
                Fact::Educated { education, degree, school, .. } => {
                    Some((education.zh(), degree.zh(), school.clone()))
                }
                _ => None,
            });
            let (education, degree, school) = school.unwrap_or_default();
            let rank = facts.ranks[takeroot_civil::Ladder::Parallel.index()];
            let recruited = facts.timeline.recruited;
            let mut cells = vec![
                (row - 1).to_string(),
                person.name.clone(),
                person.resident_id.as_ref().map(|id| id.as_str().to_owned()).unwrap_or_default(),
                person.sex.map(|s| s.zh().to_owned()).unwrap_or_default(),
                person.birth.map(month).unwrap_or_default(),
                person.ethnic.clone(),
                person.native_place.clone(),
                person.politics.clone(),
                person.work_start.map(month).unwrap_or_default(),
                facts.organ.map(|o| o.name.clone()).unwrap_or_default(),
                recruited.map(|r| day(r.day)).unwrap_or_default(),
                recruited.map(|r| r.channel.zh().to_owned()).unwrap_or_default(),
                title,
                layer.to_owned(),
                since,
                rank.map(|r| r.rank.zh().to_owned()).unwrap_or_default(),
                rank.map(|r| day(r.since)).unwrap_or_default(),
                facts.level().map(|l| l.to_string()).unwrap_or_default(),
                facts.step().map(|s| s.to_string()).unwrap_or_default(),
                education.to_owned(),
                degree.to_owned(),
                school,
            ];
            cells.extend(years.iter().map(|year| {
                let grade = facts.grades.iter().find(|g| g.0 == *year);
                grade.map(|g| g.1.zh().to_owned()).unwrap_or_default()
            }));
            for (column, cell) in (0u16..).zip(cells.iter()) {
                if !cell.is_empty() {
                    sheet.write_string(row, column, cell)?;
                }
            }
            row += 1;
        }
    }
    book.save(file)?;
    println!("{}: {} rows", file.display(), row - 2);
    Ok(())
}
