//! Education levels and degrees, lowest first.

use crate::code::codes;

codes! {
    /// A level of education. Order is the order of the thresholds used in recruitment.
    Education {
        JuniorHigh = "junior-high", "初中及以下", "junior high school or less";
        SeniorHigh = "senior-high", "高中（中专）", "senior high or secondary vocational school";
        JuniorCollege = "junior-college", "大学专科", "junior college";
        Bachelor = "bachelor", "大学本科", "bachelor's programme";
        Master = "master", "硕士研究生", "master's programme";
        Doctor = "doctor", "博士研究生", "doctoral programme";
    }
}

codes! {
    /// A degree.
    Degree {
        None = "none", "无学位", "no degree";
        Bachelor = "bachelor", "学士", "bachelor's degree";
        Master = "master", "硕士", "master's degree";
        Doctor = "doctor", "博士", "doctor's degree";
    }
}

impl Education {
    /// What the spellings found in files mean: 本科, 大学, 全日制大学本科, 大专, 专科, 研究生, 中专, 高中 …; the most
    /// specific word wins. `None` when nothing in the text names a level.
    ///
    /// 研究生 alone is a master's programme: files that mean a doctor's say 博士.
    pub fn from_text(text: &str) -> Option<Education> {
        let has = |word: &str| text.contains(word);
        if has("博士") {
            Some(Education::Doctor)
        } else if has("硕士") || has("研究生") || has("双学士") && has("研究") {
            Some(Education::Master)
        } else if has("专科") || has("大专") || has("高职") || has("高等职业") {
            Some(Education::JuniorCollege)
        } else if has("本科") || has("学士") || text.trim() == "大学" || has("大学普通班") || has("大学毕业")
        {
            Some(Education::Bachelor)
        } else if has("高中")
            || has("中专")
            || has("中技")
            || has("中等")
            || has("职高")
            || has("技校")
            || has("技工")
        {
            Some(Education::SeniorHigh)
        } else if has("初中") || has("小学") {
            Some(Education::JuniorHigh)
        } else {
            None
        }
    }
}

impl Degree {
    /// The degree a text names: 学士, 硕士, 博士; 无 means none.
    pub fn from_text(text: &str) -> Option<Degree> {
        if text.contains("博士") {
            Some(Degree::Doctor)
        } else if text.contains("硕士") {
            Some(Degree::Master)
        } else if text.contains("学士") {
            Some(Degree::Bachelor)
        } else if text.trim() == "无" || text.contains("无学位") {
            Some(Degree::None)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings() {
        for (text, want) in [
            ("大学", Some(Education::Bachelor)),
            ("全日制大学本科", Some(Education::Bachelor)),
            ("省委党校研究生", Some(Education::Master)),
            ("大专", Some(Education::JuniorCollege)),
            ("中央电大专科", Some(Education::JuniorCollege)),
            ("中专", Some(Education::SeniorHigh)),
            ("博士研究生", Some(Education::Doctor)),
            ("", None),
        ] {
            assert_eq!(Education::from_text(text), want, "{text}");
        }
    }
}
