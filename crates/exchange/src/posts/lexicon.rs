//! What a column heading means: a lexicon (`lexicon.txt`) with scores.
//!
//! A heading is known by its exact words, or by the words that it holds.

use std::sync::LazyLock;

use serde::Serialize;

use super::text::squeeze;

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        /// What a column holds.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Field { $($(#[$doc])* $name),+ }

        /// Every field with its name in the lexicon.
        const FIELDS: &[(&str, Field)] = &[$((stringify!($name), Field::$name)),+];
    };
}

fields! {
    /// A running number.
    Serial,
    /// The recruiting organ.
    Organ,
    /// The organ's code.
    OrganCode,
    /// The unit within or beneath it.
    Unit,
    /// The unit's code.
    UnitCode,
    /// Tier of the organ.
    Level,
    /// Region or examination area.
    Area,
    /// County of the post.
    County,
    /// Name of the post.
    Title,
    /// Code of the post.
    Code,
    /// Category of the post or of its examination.
    Category,
    /// How many are recruited.
    Recruits,
    /// Age.
    Age,
    /// Sex.
    Sex,
    /// Ethnic group.
    Ethnic,
    /// Education.
    Education,
    /// Full-time or not.
    StudyForm,
    /// Degree.
    Degree,
    /// Education and degree in one column.
    EducationDegree,
    /// Majors at any level.
    Major,
    /// Majors of postgraduates.
    MajorPostgraduate,
    /// Majors of bachelors.
    MajorBachelor,
    /// Majors of junior colleges.
    MajorCollege,
    /// Work experience.
    Experience,
    /// Fresh graduates.
    Fresh,
    /// Who may apply.
    Target,
    /// Reserved for programme staff.
    Programme,
    /// Reserved for veterans.
    Veteran,
    /// Household or origin.
    Household,
    /// Political status.
    Political,
    /// Service term.
    ServiceTerm,
    /// Other demands and remarks.
    Remark,
    /// Known, and no demand on an applicant's file: kept as it stands.
    Kept,
    /// Not known: kept as it stands.
    Other,
}

/// The words of one field.
#[derive(Debug)]
struct Entry {
    field: Field,
    exact: Vec<&'static str>,
    /// Any of these groups, all words of the group.
    has: Vec<Vec<&'static str>>,
    not: Vec<&'static str>,
}

static LEXICON: LazyLock<Vec<Entry>> = LazyLock::new(|| entries(include_str!("lexicon.txt")));

fn entries(text: &'static str) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for line in text.lines().filter(|l| !l.starts_with('#')) {
        let mut words = line.split_whitespace();
        match (words.next(), entries.last_mut()) {
            (Some("="), Some(entry)) => entry.exact.extend(words),
            (Some("~"), Some(entry)) => entry.has.extend(words.map(|w| w.split('+').collect())),
            (Some("!"), Some(entry)) => entry.not.extend(words),
            (Some(name), _) => {
                if let Some((_, field)) = FIELDS.iter().find(|(n, _)| *n == name) {
                    entries.push(Entry {
                        field: *field,
                        exact: Vec::new(),
                        has: Vec::new(),
                        not: Vec::new(),
                    });
                }
            }
            (None, _) => {}
        }
    }
    entries
}

/// What one heading means, and how surely: 10 for its exact words, 9 without the brackets, 5 by the words it holds.
pub(super) fn meaning(heading: &str) -> (Field, u8) {
    let text: String = squeeze(heading)
        .chars()
        .filter(|c| !matches!(c, ':' | '*' | '"' | '“' | '”' | '、' | ',' | '。' | '|'))
        .collect();
    if text.is_empty() || text.chars().count() > 40 {
        return (Field::Other, 0);
    }
    let bare = without_brackets(&text);
    let short = text.chars().count() <= 30;
    let mut best = (Field::Other, 0);
    for entry in LEXICON.iter() {
        let score = if entry.exact.iter().any(|e| text.eq_ignore_ascii_case(e)) {
            10
        } else if !bare.is_empty() && entry.exact.contains(&bare.as_str()) {
            9
        } else if short
            && !entry.not.iter().any(|n| text.contains(n))
            && entry.has.iter().any(|all| all.iter().all(|word| text.contains(word)))
        {
            5
        } else {
            0
        };
        if score > best.1 {
            best = (entry.field, score);
        }
    }
    best
}

fn without_brackets(text: &str) -> String {
    let mut out = String::new();
    let mut depth = 0u32;
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_block_of_the_lexicon_names_a_field_and_has_words() {
        let text = include_str!("lexicon.txt");
        let blocks = text.lines().filter(|l| l.starts_with(|c: char| c.is_ascii_alphabetic())).count();
        assert_eq!(LEXICON.len(), blocks);
        for entry in LEXICON.iter() {
            assert!(!entry.exact.is_empty() || !entry.has.is_empty(), "{entry:?}");
            for word in entry.exact.iter().chain(entry.has.iter().flatten()) {
                assert_eq!(
                    squeeze(word).replace('、', ""),
                    *word,
                    "written otherwise than headings are compared"
                );
            }
        }
    }

    #[test]
    fn headings_mean_what_offices_mean() {
        use Field::*;
        for (text, field) in [
            ("招考单位", Organ),
            ("招录机关（单位）", Organ),
            ("部门名称", Organ),
            ("用人司局", Unit),
            ("单位代码", OrganCode),
            ("职位代码", Code),
            ("研究生专业\n名称及代码", MajorPostgraduate),
            ("本科专业\n名称及代码", MajorBachelor),
            ("大专专业\n名称及代码", MajorCollege),
            ("是否要求2年以上基层工作经历", Experience),
            ("基层工作最低年限", Experience),
            ("服务基层项目工作经历", Programme),
            ("是否限应届毕业生报考", Fresh),
            ("招考人数", Recruits),
            ("计划数", Recruits),
            ("录用计划数（人）", Recruits),
            ("计划录用人数与面试人选的确定比例", Kept),
            ("是否开展心理素质测评", Kept),
            ("学历学位要求", EducationDegree),
            ("学历性质", StudyForm),
            ("最低服务年限", ServiceTerm),
            ("户籍要求", Household),
            ("政治面貌", Political),
            ("机构层级", Level),
            ("考试类别", Category),
            ("其他要求", Remark),
            ("备 注", Remark),
            ("考区", Area),
            ("县（市、区）", County),
            ("是否定向", Target),
            ("年龄要求", Age),
            ("性　别", Sex),
            ("面试人员比例", Kept),
            ("职位名称", Title),
            ("机构性质", Kept),
            ("拟录用人数（名）", Recruits),
        ] {
            assert_eq!(meaning(text).0, field, "{text}");
        }
    }
}
