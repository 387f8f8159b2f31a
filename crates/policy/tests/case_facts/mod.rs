//! Reads the facts column of a case: `2014-07-01 录用 公开考录 乡镇；2015-07-01 职级 一级科员`.

use takeroot_civil::{
    Career, Channel, Code, Day, Degree, Education, ExitReason, Fact, Grade, Layer, LeaveKind, Level, Organ,
    OrganId, OrganKind, Rank, Reward, Sanction, SecondmentKind, Sex, Step, TrainingKind, WorkKind,
};

pub struct Told {
    pub career: Career,
    pub organs: Vec<Organ>,
    /// The day a deadline runs from.
    pub start: Option<Day>,
}

pub fn tell(text: &str) -> Result<Told, String> {
    let mut told = Told { career: Career::default(), organs: Vec::new(), start: None };
    told.career.person.name = "某某".into();
    for fact in text.split(['；', ';']).map(str::trim).filter(|f| !f.is_empty() && *f != "无" && *f != "—")
    {
        one(&mut told, fact).map_err(|why| format!("{fact}: {why}"))?;
    }
    Ok(told)
}

fn one(told: &mut Told, fact: &str) -> Result<(), String> {
    let words: Vec<&str> = fact.split_whitespace().collect();
    let word = |n: usize| words.get(n).copied().ok_or_else(|| format!("word {} is missing", n + 1));
    let verb = word(1)?;
    if verb == "考核" {
        let grade = Grade::from_zh(word(2)?).ok_or("no such grade")?;
        let (from, to) = word(0)?.split_once('-').unwrap_or((word(0)?, word(0)?));
        let year = |t: &str| t.parse::<u16>().map_err(|e| e.to_string());
        for year in year(from)?..=year(to)? {
            told.career.add(Day::year_end(year), Fact::Assessed { year, grade });
        }
        return Ok(());
    }
    let day: Day = word(0)?.parse().map_err(|e| format!("{e}"))?;
    let after = |key: &str| words.iter().position(|w| *w == key).and_then(|at| words.get(at + 1)).copied();
    let parsed = |text: &str| text.parse::<Day>().map_err(|e| e.to_string());
    let number = |unit: &str| words.iter().find_map(|w| w.strip_suffix(unit)?.parse::<u16>().ok());
    let person = &mut told.career.person;
    let fact = match verb {
        "出生" => {
            person.birth = Some(day);
            person.sex = Some(Sex::from_zh(word(2)?).ok_or("no such sex")?);
            return Ok(());
        }
        "参加工作" => {
            person.work_start = Some(day);
            return Ok(());
        }
        "起" => {
            told.start = Some(day);
            return Ok(());
        }
        "学历" => Fact::Educated {
            education: Education::from_zh(word(2)?)
                .or_else(|| Education::from_text(words[2]))
                .ok_or("no such education")?,
            degree: words.get(3).and_then(|w| Degree::from_text(w)).unwrap_or(Degree::None),
            full_time: !words.contains(&"在职"),
            school: String::new(),
            major: String::new(),
        },
        "录用" => {
            let channel = Channel::from_zh(word(2)?).ok_or("no such channel")?;
            let organ = organ(told, word(3)?)?;
            let years_in_unit =
                words.iter().find_map(|w| w.strip_prefix("本单位")?.strip_suffix('年')?.parse().ok());
            Fact::Recruited { channel, organ, years_in_unit }
        }
        "登记" => Fact::Registered { organ: organ(told, word(2)?)? },
        "调入" => Fact::Posted { organ: organ(told, word(2)?)? },
        "职级" => Fact::Ranked { rank: Rank::from_zh(word(2)?).ok_or("no such rank")? },
        "级别" => {
            let (level, step) = word(2)?.split_once('-').ok_or("a level is written 25-2")?;
            let level = level.parse().ok().and_then(Level::new).ok_or("no such level")?;
            let step = step.parse().ok().and_then(Step::new).ok_or("no such step")?;
            Fact::Graded { level, step }
        }
        "职务" => {
            let layer = Layer::from_zh(word(2)?).ok_or("no such layer")?;
            let organ = current(told)?;
            // A case that names a layer twice means two posts.
            let title = format!("{}{}", layer.zh(), told.career.events.len());
            Fact::Appointed { layer: Some(layer), title, organ, concurrent: false }
        }
        "免职" => {
            let organ = told
                .career
                .events
                .iter()
                .rev()
                .find_map(|e| match &e.fact {
                    Fact::Appointed { organ, .. } => Some(organ.clone()),
                    _ => None,
                })
                .ok_or("no post to be relieved of")?;
            Fact::Relieved { title: String::new(), organ }
        }
        "处分" => {
            let sanction = Sanction::from_zh(word(2)?).ok_or("no such sanction")?;
            Fact::Sanctioned { sanction, until: after("至").map(parsed).transpose()? }
        }
        "奖励" => Fact::Rewarded { reward: Reward::from_zh(word(2)?).ok_or("no such reward")? },
        "审查" => Fact::Investigated { open: true },
        "审查结束" => Fact::Investigated { open: false },
        "经历" => Fact::Worked {
            kind: WorkKind::from_zh(word(2)?).ok_or("no such work")?,
            place: String::new(),
            to: after("至").map(parsed).transpose()?,
        },
        "培训" => {
            let kind = TrainingKind::from_zh(word(2)?).ok_or("no such training")?;
            let days = number("天").unwrap_or(0);
            let hours = number("学时").unwrap_or(0);
            Fact::Trained { kind, days, hours, off_job: words.contains(&"脱产"), passed: true }
        }
        "休假" => {
            let kind = LeaveKind::from_zh(word(2)?).ok_or("no such leave")?;
            Fact::OnLeave { kind, half_days: number("天").ok_or("no days")? * 2 }
        }
        "离开" => Fact::Left { reason: ExitReason::from_zh(word(2)?).ok_or("no such reason")? },
        other => {
            if let Some(kind) = SecondmentKind::from_zh(other) {
                let id = organ(told, word(2)?)?;
                Fact::SecondedOut { kind, place: id.0.clone(), organ: Some(id) }
            } else if other.strip_suffix("结束").and_then(SecondmentKind::from_zh).is_some() {
                Fact::SecondedBack {}
            } else {
                return Err(format!("no fact {other}"));
            }
        }
    };
    let event = told.career.add(day, fact);
    if let Some(from) = after("起算") {
        event.dates.counted_from = Some(from.parse().map_err(|e| format!("{e}"))?);
    }
    Ok(())
}

/// The organ belonged to last, or a township.
fn current(told: &mut Told) -> Result<OrganId, String> {
    let last = told.career.events.iter().rev().find_map(|e| match &e.fact {
        Fact::Recruited { organ, .. } | Fact::Registered { organ } | Fact::Posted { organ } => {
            Some(organ.clone())
        }
        _ => None,
    });
    last.map_or_else(|| organ(told, "乡镇"), Ok)
}

fn organ(told: &mut Told, word: &str) -> Result<OrganId, String> {
    let id = OrganId(word.to_owned());
    if told.organs.iter().any(|o| o.id == id) {
        return Ok(id);
    }
    let (name, mark) = word.split_once('(').map_or((word, ""), |(n, m)| (n, m.trim_end_matches(')')));
    let (kind, division) = match name {
        "乡镇" => (OrganKind::Township, "990123101"),
        "本县另一乡镇" => (OrganKind::Township, "990123102"),
        "外县乡镇" => (OrganKind::Township, "990124101"),
        "街道" => (OrganKind::Subdistrict, "990123001"),
        "县直" => (OrganKind::County, "990123"),
        "市直" => (OrganKind::Prefecture, "9901"),
        "省直" => (OrganKind::Provincial, "99"),
        other => return Err(format!("no organ {other}")),
    };
    told.organs.push(Organ {
        id: id.clone(),
        name: name.to_owned(),
        kind,
        division: division.parse().ok(),
        establishment: None,
        hardship_class: mark.strip_prefix("艰边").and_then(|m| m.parse().ok()),
        area_band: Some(mark.strip_prefix("片区").and_then(|m| m.parse().ok()).unwrap_or(2)),
    });
    Ok(id)
}
