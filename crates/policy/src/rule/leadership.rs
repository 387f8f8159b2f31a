//! Conditions of leadership posts.

use takeroot_civil::{Education, Layer, Rank};

use super::{rule_structs, words_of_rules};

words_of_rules! {
    /// A kind of experience asked.
    LeadershipNeed {
        WorkYears = "work-years", "工作年限", "years of work";
        GrassrootsYears = "grassroots-years", "基层工作年限", "years of grassroots work";
        PostsBelow = "posts-below", "下一级任职数", "posts held in the layer below";
    }
}

rule_structs! {
    /// What it takes to be promoted to a leadership layer.
    LeadershipStep {
        /// The layer.
        to: Layer,
        /// Time in this layer (or a higher one) counts …
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from_post: Option<Layer>,
        /// … or time at one of these ranks or above them on their ladder.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        from_ranks: Vec<Rank>,
        /// Full years.
        years: u8,
        /// The lowest education.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        education: Option<Education>,
    }

    /// Experience asked for leadership posts from a layer up.
    LeadershipExperience {
        /// Which experience.
        needs: LeadershipNeed,
        /// The lowest layer it holds for.
        from_layer: Layer,
        /// Full years, or number of posts.
        at_least: u8,
    }
}
