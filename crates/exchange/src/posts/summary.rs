//! Counts of a table: posts, recruits, and what township posts ask.

use std::collections::BTreeMap;

use serde::Serialize;
use takeroot_civil::Education;

use super::post::{Post, Table};

/// Posts and recruits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// Posts.
    pub posts: u32,
    /// Recruits.
    pub recruits: u32,
}

impl Count {
    /// Counts a post in.
    pub fn add(&mut self, post: &Post) {
        self.posts += 1;
        self.recruits = self.recruits.saturating_add(post.heads());
    }

    /// Of these posts.
    pub fn of<'a>(posts: impl IntoIterator<Item = &'a Post>) -> Count {
        let mut count = Count::default();
        posts.into_iter().for_each(|p| count.add(p));
        count
    }
}

/// A table in figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// All posts.
    pub posts: u32,
    /// All recruits.
    pub recruits: u32,
    /// Posts with a division code of a county or township.
    pub posts_placed: u32,
    /// Posts in a county that stands on the hardship-remote list (the list is not complete: the others are unknown).
    pub posts_hardship_known: u32,
    /// Township posts.
    pub township: Township,
}

/// What township posts ask, in recruits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Township {
    /// Posts.
    pub posts: u32,
    /// Recruits.
    pub recruits: u32,
    /// By the least education asked; `none` asks for none, `unknown` was not understood or not said.
    pub recruits_by_education_floor: BTreeMap<&'static str, u32>,
    /// No limit of majors, said in the column for bachelors and below or in a column for all levels.
    pub recruits_no_major_limit: u32,
    /// No limit of majors, but only the column for postgraduates says so: the post is for them alone.
    pub recruits_no_major_limit_postgraduates_only: u32,
    /// Some level of education is not limited and another is: counted as limited above.
    pub recruits_major_limit_at_some_levels: u32,
    /// Only fresh graduates.
    pub recruits_fresh_graduates_only: u32,
    /// Reserved for programme staff, alone or with veterans.
    pub recruits_programme_reserved: u32,
    /// Of these, reserved for programme staff alone.
    pub recruits_programme_reserved_alone: u32,
    /// Reserved for veterans, alone or with programme staff.
    pub recruits_veteran_reserved: u32,
    /// Reserved for village or community cadres.
    pub recruits_village_cadre_reserved: u32,
    /// Limited to a household registration or origin.
    pub recruits_household_limit: u32,
    /// Limited to one sex.
    pub recruits_sex_limit: u32,
    /// Limited to Party (or League) members.
    pub recruits_political_limit: u32,
    /// Work experience asked.
    pub recruits_experience: u32,
    /// Service for some years in the recruiting unit itself.
    pub recruits_service_term_in_unit: u32,
    /// A service term of any scope.
    pub recruits_service_term: u32,
}

/// The code of an education floor as the summary counts it.
pub(super) fn floor_code(post: &Post) -> &'static str {
    use takeroot_civil::Code as _;
    match post.education.floor {
        Some(level) => level.code(),
        None if post.education.unlimited => "none",
        None => "unknown",
    }
}

impl Township {
    fn add(&mut self, post: &Post) {
        let n = post.heads();
        let count = |to: &mut u32, when: bool| *to += if when { n } else { 0 };
        count(&mut self.recruits, true);
        let any_major = post.majors.limited == Some(false);
        let below = |level: Option<Education>| level.is_none_or(|l| l <= Education::Bachelor);
        let levels = &post.majors.levels;
        let postgraduates = !levels.is_empty() && !levels.iter().any(|l| below(l.level));
        count(&mut self.recruits_no_major_limit, any_major && !postgraduates);
        count(&mut self.recruits_no_major_limit_postgraduates_only, any_major && postgraduates);
        let some = post.majors.limited == Some(true) && post.majors.levels.iter().any(|l| !l.limited);
        count(&mut self.recruits_major_limit_at_some_levels, some);
        count(&mut self.recruits_fresh_graduates_only, post.fresh_only);
        count(&mut self.recruits_programme_reserved, post.programme_reserved);
        count(&mut self.recruits_programme_reserved_alone, post.programme_reserved && !post.veteran_reserved);
        count(&mut self.recruits_veteran_reserved, post.veteran_reserved);
        count(&mut self.recruits_village_cadre_reserved, post.village_cadre_reserved);
        count(&mut self.recruits_household_limit, post.household.is_some());
        count(&mut self.recruits_sex_limit, post.sex.is_some());
        count(&mut self.recruits_political_limit, post.political.is_some());
        count(&mut self.recruits_experience, post.experience.years.is_some_and(|y| y > 0));
        count(&mut self.recruits_service_term_in_unit, post.term_in_unit());
        count(&mut self.recruits_service_term, !post.service_terms.is_empty());
        self.posts += 1;
        *self.recruits_by_education_floor.entry(floor_code(post)).or_default() += n;
    }

    /// Recruits who need this level of education or more.
    pub fn recruits_at_least(&self, level: Education) -> u32 {
        use takeroot_civil::Code as _;
        Education::ALL
            .iter()
            .filter(|l| **l >= level)
            .filter_map(|l| self.recruits_by_education_floor.get(l.code()))
            .sum()
    }
}

impl Table {
    /// The table in figures.
    pub fn summary(&self) -> Summary {
        let all = Count::of(&self.posts);
        let mut township = Township::default();
        self.posts.iter().filter(|p| p.township).for_each(|p| township.add(p));
        let placed = self.posts.iter().filter(|p| p.division.is_some_and(|d| d.len() >= 6)).count();
        let hardship = self.posts.iter().filter(|p| p.hardship_class.is_some()).count();
        Summary {
            posts: all.posts,
            recruits: all.recruits,
            posts_placed: u32::try_from(placed).unwrap_or(u32::MAX),
            posts_hardship_known: u32::try_from(hardship).unwrap_or(u32::MAX),
            township,
        }
    }
}
