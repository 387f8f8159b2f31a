//! A stack in one word, as it is typed: `law@2016-01-01`, `as-in-2013`, `law@2026-01-01/990123`,
//! `law@2020-01-01+one-rise-one-fall`, `+one-rise-one-fall`.

use std::str::FromStr;

use takeroot_civil::Day;
use takeroot_words::{Lang, Say};

use crate::stack::StackSpec;
use crate::words::say;

/// A stack and the day asked about, as typed: `BASE@DAY/PLACE+PROPOSAL+PROPOSAL`, every part optional.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// What the stack is made of.
    pub spec: StackSpec,
    /// The day, if one was typed.
    pub on: Option<Day>,
}

/// Why a text does not name a stack.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAStack {
    /// What follows `@` is not a day.
    #[error("{0:?} is not a day")]
    Day(String),
    /// What follows `/` is not digits.
    #[error("{0:?} is not a division code")]
    Place(String),
    /// A part has no content, or stands twice.
    #[error("{0:?} is not BASE@DAY/PLACE+PROPOSAL")]
    Form(String),
}

impl Say for NotAStack {
    fn say(&self, lang: Lang) -> String {
        match self {
            NotAStack::Day(text) => say!(lang, "asked-day", text = text.as_str()),
            NotAStack::Place(text) => say!(lang, "asked-place", text = text.as_str()),
            NotAStack::Form(text) => say!(lang, "asked-form", text = text.as_str()),
        }
    }
}

/// Digits of a division code, or its first ones.
///
/// # Errors
/// When the text is empty or has anything but digits.
pub fn place(text: &str) -> Result<String, NotAStack> {
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(NotAStack::Place(text.to_owned()));
    }
    Ok(text.to_owned())
}

impl FromStr for Asked {
    type Err = NotAStack;

    fn from_str(text: &str) -> Result<Asked, NotAStack> {
        let bad = || NotAStack::Form(text.to_owned());
        let text_trimmed = text.trim();
        let mut asked = Asked::default();
        let marks = ['@', '/', '+'];
        let end = text_trimmed.find(marks).unwrap_or(text_trimmed.len());
        let (base, mut rest) = text_trimmed.split_at(end);
        if text_trimmed.is_empty() {
            return Err(bad());
        }
        asked.spec.baseline = Some(base).filter(|base| !base.is_empty() && *base != "law").map(str::to_owned);
        while let Some(mark) = rest.chars().next() {
            let after = &rest[mark.len_utf8()..];
            let end = after.find(marks).unwrap_or(after.len());
            let (part, next) = after.split_at(end);
            match mark {
                '@' if asked.on.is_none() => {
                    let day = part.parse().map_err(|_| NotAStack::Day(part.to_owned()))?;
                    asked.on = Some(day);
                }
                '/' if asked.spec.place.is_none() => asked.spec.place = Some(place(part)?),
                '+' if !part.is_empty() => asked.spec.proposals.push(part.to_owned()),
                _ => return Err(bad()),
            }
            rest = next;
        }
        Ok(asked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn asked(text: &str) -> Asked {
        text.parse().unwrap()
    }

    #[test]
    fn every_part_may_stand_alone() {
        assert_eq!(asked("law"), Asked::default());
        assert_eq!(asked("law@2016-01-01").on, Day::new(2016, 1, 1));
        assert_eq!(asked("as-in-2013").spec.baseline.unwrap(), "as-in-2013");
        assert_eq!(asked("law@2026-01-01/99").spec.place.unwrap(), "99");
        let both = asked("@2020-01-01/99+a+b");
        assert_eq!(both.spec.proposals, ["a", "b"]);
        assert_eq!((both.spec.place.as_deref(), both.on), (Some("99"), Day::new(2020, 1, 1)));
    }

    #[test]
    fn what_is_wrong_is_named() {
        let wrong = |text: &str| text.parse::<Asked>().unwrap_err();
        assert_eq!(wrong("law@2016"), NotAStack::Day("2016".into()));
        assert_eq!(wrong("law/某县"), NotAStack::Place("某县".into()));
        assert_eq!(wrong("law+"), NotAStack::Form("law+".into()));
        assert_eq!(wrong("law@2016-01-01@2017-01-01"), NotAStack::Form("law@2016-01-01@2017-01-01".into()));
        assert_eq!(wrong(""), NotAStack::Form(String::new()));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,40}") {
            let _ = text.parse::<Asked>();
        }
    }
}
