//! The menu: groups of places, each shown to those who may read something there.

use takeroot_office::Resource;

use crate::Page;
use crate::words::say;

/// A group of places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Its name; empty for the first.
    pub name: String,
    /// Its places.
    pub places: Vec<Place>,
}

/// A place of the menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Where it leads.
    pub href: &'static str,
    /// Its name.
    pub name: String,
    /// Its icon.
    pub icon: &'static str,
    /// The reader is there.
    pub here: bool,
}

/// The menu of a reader.
pub fn of(page: &Page) -> Vec<Group> {
    let lang = page.lang;
    let place = |shown: bool, href: &'static str, name: String, icon: &'static str| {
        let here = if href == "/" { page.path == "/" } else { page.is_at(href) };
        shown.then_some(Place { href, name, icon, here })
    };
    let may = |resource| page.may(resource);
    let groups = [
        (
            String::new(),
            vec![
                place(may(Resource::Home), "/", say!(lang, "nav-home"), "home"),
                place(page.is_someone(), "/mine", say!(lang, "nav-me"), "user-check"),
            ],
        ),
        (
            say!(lang, "nav-people"),
            vec![
                place(may(Resource::Roster), "/roster", say!(lang, "nav-roster"), "users"),
                place(may(Resource::Import), "/import", say!(lang, "nav-import"), "file-import"),
                place(may(Resource::Form), "/forms", say!(lang, "nav-forms"), "printer"),
                place(
                    may(Resource::Correction),
                    "/corrections",
                    say!(lang, "nav-corrections"),
                    "message-report",
                ),
            ],
        ),
        (
            say!(lang, "nav-rules"),
            vec![
                place(may(Resource::Policy), "/policy", say!(lang, "nav-policy"), "book"),
                place(may(Resource::Lab), "/lab", say!(lang, "nav-lab"), "chart-line"),
                place(may(Resource::Posts), "/posts", say!(lang, "nav-posts"), "clipboard-list"),
            ],
        ),
        (
            say!(lang, "nav-system"),
            vec![
                place(may(Resource::Account), "/accounts", say!(lang, "nav-accounts"), "shield-lock"),
                place(may(Resource::Act), "/acts", say!(lang, "nav-acts"), "history"),
                place(may(Resource::Token), "/tokens", say!(lang, "nav-tokens"), "key"),
            ],
        ),
    ];
    groups
        .into_iter()
        .map(|(name, places)| Group { name, places: places.into_iter().flatten().collect() })
        .filter(|group| !group.places.is_empty())
        .collect()
}
