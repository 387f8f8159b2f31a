//! Rules of recruitment and first grading.

use takeroot_civil::{Degree, Education, Ladder, Level, Rank, Tier};

use super::{rule_structs, words_of_rules};

words_of_rules! {
    /// Which posts a rule of recruitment is for.
    Posts {
        Any = "any", "各类职位", "any post";
        Township = "township", "乡镇机关职位", "posts of township organs";
        HardshipTownship = "hardship-township", "艰苦边远地区乡镇机关职位", "posts of township organs in hardship-remote counties";
        Hardship = "hardship", "艰苦边远地区县乡机关职位", "posts of county and township organs in hardship-remote counties";
        NationalExam = "national-exam", "国考职位", "posts of the national exam";
        VillageCadres = "village-cadres", "面向优秀村干部职位", "posts for outstanding village cadres";
        Programme = "programme", "面向服务基层项目人员职位", "posts for grassroots-programme staff";
        OwnUnit = "own-unit", "要求在录用单位服务的职位", "posts that ask for service in the hiring unit";
    }

    /// A condition of recruitment.
    Condition {
        Age = "age", "年龄", "age";
        Education = "education", "学历", "education";
        Major = "major", "专业", "major";
        Experience = "experience", "工作经历", "experience";
        Household = "household", "户籍或生源地", "household or origin";
        OpeningRatio = "opening-ratio", "开考比例", "opening ratio";
        PassLine = "pass-line", "合格分数线", "pass line";
        Targeted = "targeted", "定向招录", "targeted recruitment";
        FreshOnly = "fresh-only", "限应届毕业生", "fresh graduates only";
        LocalDrop = "local-drop", "学历下限", "level below the national floor";
    }

    /// What an education floor is.
    Floor {
        AsPostRequires = "as-post-requires", "符合职位要求的文化程度", "what the post requires";
        SeniorHigh = "senior-high", "高中（中专）", "senior high or secondary vocational school";
        JuniorCollege = "junior-college", "大学专科", "junior college";
        Bachelor = "bachelor", "大学本科", "bachelor's programme";
    }
}

rule_structs! {
    /// Ages that may apply.
    EntryAge {
        /// For which posts.
        posts: Posts,
        /// Youngest, in full years.
        min: u8,
        /// Oldest, in full years.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<u8>,
        /// Oldest for a master or doctor who graduates that year.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max_fresh_postgraduate: Option<u8>,
    }

    /// The lowest education that may be asked for or accepted.
    EntryEducation {
        /// For which posts.
        posts: Posts,
        /// The floor.
        floor: Floor,
        /// A post may not ask for more than the floor.
        #[serde(default)]
        no_more: bool,
    }

    /// Who may adjust conditions.
    EntryWaiver {
        /// Which conditions.
        of: Vec<Condition>,
        /// The lowest tier that may approve.
        by: Tier,
    }

    /// A condition that may be relaxed for some posts.
    EntryRelaxed {
        /// For which posts.
        posts: Posts,
        /// Which condition.
        condition: Condition,
        /// Whether it falls away altogether.
        none: bool,
    }

    /// Grassroots experience asked of recruits of a tier's organs.
    EntryExperience {
        /// The lowest tier it holds for.
        tier: Tier,
        /// Full years.
        years: u8,
    }

    /// A share of posts reserved.
    Reserve {
        /// For which posts.
        posts: Posts,
        /// Per mille of recruits.
        per_mille: u16,
    }

    /// Probation of a newly recruited civil servant.
    Probation {
        /// Months.
        months: u8,
    }

    /// First rank and level by education, when probation ends.
    InitialGrade {
        /// On which ladder.
        ladder: Ladder,
        /// Education reached at recruitment.
        education: Education,
        /// Degree needed for this row, if the row needs one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        degree: Option<Degree>,
        /// First rank.
        rank: Rank,
        /// First level.
        level: Level,
    }

    /// What a rank became when the ladder changed.
    Conversion {
        /// The old rank.
        from: Rank,
        /// The new one.
        to: Rank,
    }
}

impl Floor {
    /// The level of education it names; `None` where the post decides.
    pub fn education(self) -> Option<Education> {
        match self {
            Floor::AsPostRequires => None,
            Floor::SeniorHigh => Some(Education::SeniorHigh),
            Floor::JuniorCollege => Some(Education::JuniorCollege),
            Floor::Bachelor => Some(Education::Bachelor),
        }
    }
}
