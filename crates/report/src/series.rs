//! What is reported: comparisons of packages with one or more bases, on one roster.

use takeroot_civil::{Day, Roster};
use takeroot_lab::clauses::{How, Taken};
use takeroot_lab::sense::Sensitivity;
use takeroot_lab::{Assumptions, Comparison, told};
use takeroot_policy::document::Head;
use takeroot_policy::{Library, Rules};
use takeroot_words::Lang;

use crate::words::say;

/// A roster, as far as a report names it.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct County {
    /// The name that the organs' names begin with; `None` where there are several counties or no such name.
    pub name: Option<String>,
    /// Counties, by their divisions.
    pub counties: usize,
    /// Organs that employ civil servants.
    pub organs: usize,
    /// Townships and subdistricts among them.
    pub townships: usize,
    /// Approved posts, as far as the roster says.
    pub posts: u32,
    /// Organs of which it does not say.
    pub without_posts: usize,
    /// Whether people and places are invented.
    pub invented: bool,
}

impl County {
    /// That of a roster.
    pub fn of(roster: &Roster) -> County {
        let organs = || roster.organs.iter().filter(|organ| organ.kind.is_organ());
        let codes: std::collections::BTreeSet<String> =
            organs().filter_map(|organ| organ.division).map(|code| code.cut(6).to_string()).collect();
        // Names of Party and county organs may begin otherwise (中共云岭县委办公室); those of townships do not.
        let names: Vec<&str> =
            organs().filter(|organ| organ.kind.is_township()).map(|organ| organ.name.as_str()).collect();
        County {
            name: if codes.len() > 1 { None } else { common(&names) },
            counties: codes.len().max(1),
            organs: organs().count(),
            townships: organs().filter(|organ| organ.kind.is_township()).count(),
            posts: organs().filter_map(|organ| organ.establishment).sum(),
            without_posts: organs().filter(|organ| organ.establishment.is_none()).count(),
            invented: roster.invented,
        }
    }

    /// What it is called.
    pub fn told(&self, lang: Lang) -> String {
        match &self.name {
            Some(name) => name.clone(),
            None if self.counties > 1 => say!(lang, "counties", count = self.counties.to_string()),
            None => say!(lang, "county"),
        }
    }
}

/// What all names begin with, up to the last word for a county, city, district or banner.
pub(crate) fn common(names: &[&str]) -> Option<String> {
    let (first, rest) = names.split_first()?;
    let mut shared: Vec<char> = first.chars().collect();
    for name in rest {
        let same = shared.iter().zip(name.chars()).take_while(|(a, b)| **a == *b).count();
        shared.truncate(same);
    }
    let end = shared.iter().rposition(|c| matches!(c, '县' | '市' | '区' | '旗'))?;
    Some(shared.iter().take(end + 1).collect())
}

/// A package on a base.
#[derive(Clone, Debug)]
pub struct Package<'a> {
    /// Proposals laid over the base.
    pub proposals: Vec<String>,
    /// Digest of the whole stack.
    pub digest: String,
    /// What came out.
    pub comparison: &'a Comparison,
    /// What it hangs on, if that was asked for.
    pub sense: Option<&'a Sensitivity>,
    /// How the lab takes each clause of the proposals.
    pub clauses: &'a [Taken],
}

/// A base and the packages that were laid over it.
#[derive(Clone, Debug)]
pub struct Base<'a> {
    /// A baseline's id; `None` for the law of the roster's day.
    pub id: Option<String>,
    /// Its rules.
    pub rules: &'a Rules,
    /// At least one package.
    pub packages: Vec<Package<'a>>,
}

/// What is reported. A single comparison is a series of one base with one package.
#[derive(Clone, Debug)]
pub struct Series<'a> {
    /// The roster.
    pub county: County,
    /// The bases, the one that answers are told of first.
    pub bases: Vec<Base<'a>>,
    /// The documents, for titles.
    pub library: &'a Library,
    /// What people were assumed to do.
    pub assumptions: &'a Assumptions,
    /// Whether proposed minimum services bind those who are there already.
    pub terms_for_all: bool,
    /// The day of printing.
    pub printed: Day,
    /// The version of the program.
    pub version: &'a str,
    /// The command or address that makes the same again.
    pub again: String,
}

impl Series<'_> {
    /// The first comparison of all; `None` for a series of nothing.
    pub fn first(&self) -> Option<&Comparison> {
        self.bases.iter().flat_map(|base| &base.packages).map(|package| package.comparison).next()
    }

    /// The proposals that occur, each once, in the order in which they do.
    pub fn proposals(&self) -> Vec<&str> {
        let mut all: Vec<&str> = Vec::new();
        let packages = self.bases.iter().flat_map(|base| &base.packages);
        for id in packages.flat_map(|package| &package.proposals) {
            if !all.contains(&id.as_str()) {
                all.push(id);
            }
        }
        all
    }

    /// The title of a proposal.
    pub fn proposal(&self, id: &str, lang: Lang) -> String {
        self.library.get(id).map_or_else(|| id.to_owned(), |found| found.head.title().get(lang).to_owned())
    }

    /// What a package is called: its proposal's title, or how many stand together.
    pub fn package(&self, package: &Package<'_>, lang: Lang) -> String {
        match package.proposals.as_slice() {
            [] => say!(lang, "package-none"),
            [one] => self.quoted(one, lang),
            several if several.len() == self.proposals().len() => {
                say!(lang, "package-all", count = several.len().to_string())
            }
            several => {
                let titles: Vec<String> = several.iter().map(|id| self.quoted(id, lang)).collect();
                titles.join(&say!(lang, "package-and"))
            }
        }
    }

    /// How a clause is taken, in words.
    pub fn taken(&self, taken: &Taken, lang: Lang) -> String {
        match &taken.how {
            How::Overwritten { of, .. } => say!(lang, "clause-overwritten", by = self.quoted(of, lang)),
            How::Reckoned { .. } | How::Nothing { .. } => told::taken(taken, lang),
        }
    }

    fn quoted(&self, id: &str, lang: Lang) -> String {
        say!(lang, "quoted", title = self.proposal(id, lang))
    }

    /// What a base is called.
    pub fn base(&self, base: &Base<'_>, lang: Lang) -> String {
        match &base.id {
            Some(id) if id != "law" => say!(lang, "base-baseline", title = self.proposal(id, lang)),
            _ => say!(lang, "base-law", day = day(base.rules.on, lang)),
        }
    }

    /// What a base is, in a sentence or two.
    pub fn base_about(&self, base: &Base<'_>, lang: Lang) -> String {
        let found = base.id.as_deref().filter(|id| *id != "law").and_then(|id| self.library.get(id));
        match found.map(|found| &found.head) {
            Some(Head::Baseline(head)) => head.summary.get(lang).to_owned(),
            _ => say!(lang, "base-law-about", day = day(base.rules.on, lang)),
        }
    }

    /// The package that the answer is told of: the one with all proposals, or the only one; `None` where several stand side by
    /// side and none holds all.
    pub fn lead<'s>(&self, base: &'s Base<'_>) -> Option<&'s Package<'s>> {
        let all = self.proposals().len();
        match base.packages.as_slice() {
            [one] => Some(one),
            several => several.iter().find(|package| package.proposals.len() == all),
        }
    }
}

/// A day as people write it.
pub fn day(day: Day, lang: Lang) -> String {
    let real = day.real();
    say!(
        lang,
        "day",
        year = real.year().to_string(),
        month = month(real.month(), lang),
        day = real.day().to_string()
    )
}

fn month(month: u8, lang: Lang) -> String {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let name = || NAMES.get(usize::from(month).saturating_sub(1)).map_or(String::new(), |n| (*n).to_owned());
    lang.pick(month.to_string(), name())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_county_is_called_what_all_its_organs_begin_with() {
        assert_eq!(common(&["云岭县石桥镇人民政府", "云岭县财政局"]), Some("云岭县".to_owned()));
        assert_eq!(common(&["云岭县石桥镇人民政府", "云溪县财政局"]), None);
        assert_eq!(common(&["云岭县石桥区公所", "云岭县石桥区财政所"]), Some("云岭县石桥区".to_owned()));
        assert_eq!(common(&[]), None);
    }
}
