//! The 27-level seniority scale (级别) and its pay steps (档次).

use std::fmt;

/// A level, 1 to 27; **a smaller number is higher**. Ordering follows the number, so use [`Level::reaches`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(transparent)]
pub struct Level(u8);

/// A pay step within a level, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(transparent)]
pub struct Step(u8);

impl Level {
    /// The lowest level of the scale.
    pub const LOWEST: Level = Level(27);
    /// The highest level of the scale.
    pub const HIGHEST: Level = Level(1);

    /// A level from 1 to 27.
    pub const fn new(n: u8) -> Option<Level> {
        if n >= 1 && n <= 27 { Some(Level(n)) } else { None }
    }

    /// The number, 1 to 27.
    #[inline]
    pub const fn get(self) -> u8 {
        self.0
    }

    /// Whether this level is `wanted` or higher (a smaller number).
    #[inline]
    pub const fn reaches(self, wanted: Level) -> bool {
        self.0 <= wanted.0
    }

    /// One level up, staying at the highest.
    pub const fn up(self) -> Level {
        Level(if self.0 > 1 { self.0 - 1 } else { 1 })
    }
}

impl Step {
    /// The first step.
    pub const FIRST: Step = Step(1);

    /// A step from 1 to 15 (no national table has more than 14).
    pub const fn new(n: u8) -> Option<Step> {
        if n >= 1 && n <= 15 { Some(Step(n)) } else { None }
    }

    /// The number, 1 to 15.
    #[inline]
    pub const fn get(self) -> u8 {
        self.0
    }

    /// One step up, staying at 15.
    pub const fn up(self) -> Step {
        Step(if self.0 < 15 { self.0 + 1 } else { 15 })
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

macro_rules! from_number {
    ($name:ident, $what:literal) => {
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let n = u8::deserialize(d)?;
                $name::new(n).ok_or_else(|| {
                    serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(n.into()), &$what)
                })
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "integer", "minimum": 1, "description": $what })
            }
        }
    };
}
from_number!(Level, "a level from 1 to 27");
from_number!(Step, "a step from 1 to 15");
