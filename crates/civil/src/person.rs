//! A person: what does not change with a career.

use serde::{Deserialize, Serialize};

use crate::code::codes;
use crate::{Day, ResidentId};

codes! {
    /// Sex as recorded (GB/T 2261.1).
    Sex {
        Male = "male", "男", "male";
        Female = "female", "女", "female";
    }
}

/// The number an office keeps a person under: the resident ID where there is one, else the office's own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[derive(Default)]
pub struct PersonId(pub String);

impl std::fmt::Display for PersonId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A person. Unknown fields are empty or `None`, never guessed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Person {
    /// The office's number for the person.
    pub id: PersonId,
    /// Name, inner spaces removed.
    pub name: String,
    /// Sex.
    pub sex: Option<Sex>,
    /// Day of birth; the first of the month where only the month is known.
    pub birth: Option<Day>,
    /// Resident identity number.
    pub resident_id: Option<ResidentId>,
    /// Ethnic group, GB/T 3304 name such as 汉族.
    pub ethnic: String,
    /// Ancestral home 籍贯.
    pub native_place: String,
    /// Place of birth 出生地.
    pub birthplace: String,
    /// Day of joining the Party.
    pub party_joined: Option<Day>,
    /// Political status, GB/T 4762 name such as 中共党员.
    pub politics: String,
    /// Start of work 参加工作时间: years of work count from here.
    pub work_start: Option<Day>,
    /// Health 健康状况.
    pub health: String,
    /// Professional title 专业技术职务.
    pub title: String,
    /// Specialities 熟悉专业有何专长.
    pub speciality: String,
    /// Family and close relations.
    pub family: Vec<Relative>,
}

/// A family member or close relation 家庭主要成员及重要社会关系.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Relative {
    /// Relation 称谓, e.g. 妻子.
    pub relation: String,
    /// Name.
    pub name: String,
    /// Birth; the first of the month where only the month is known.
    pub birth: Option<Day>,
    /// Political status.
    pub politics: String,
    /// Employer and post.
    pub work: String,
}
