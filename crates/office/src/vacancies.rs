//! Each township's posts in a table against its vacancies on the roster. A post is given to a township by its division
//! code or by its name, and to none when the names do not show just one: what was not matched is told, row by row.

use takeroot_civil::{DivisionCode, OrganKind};
use takeroot_exchange::posts::check::Count;
use takeroot_exchange::posts::{Post, Table};
use takeroot_store::organs::Node;
use takeroot_store::{organs, roster};

use crate::effect_told::Told;
use crate::{Action, Office, OfficeError, Resource, Viewer};

/// By what a post was given to a township.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// The township's division code.
    Code,
    /// The township organ's full name.
    FullName,
    /// The township's own name, in a row or table that names the county.
    ShortName,
}

/// A township or subdistrict, the organ itself: its institutions have establishments of another kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TownshipLine {
    /// The organ's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Approved headcount; `None` when it is not known.
    pub establishment: Option<i64>,
    /// In post.
    pub people: Told,
    /// Establishment less those in post: below 0 when there are too many; `None` when one of the two is not told.
    pub vacant: Option<i64>,
    /// Its posts: places in [`Table::posts`], and how each was matched.
    pub posts: Vec<(usize, How)>,
    /// Posts and recruits.
    pub count: Count,
}

impl TownshipLine {
    /// Recruits less vacancies: above 0 when more are recruited than there are seats; no vacancy where there are too
    /// many people.
    pub fn beyond(&self) -> Option<i64> {
        self.vacant.map(|v| i64::from(self.count.recruits) - v.max(0))
    }
}

/// Why a township post of this county was given to no township.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unmatched {
    /// Its names show no township of the roster.
    None,
    /// Its names show several.
    Several(Vec<String>),
}

/// A table's posts against the roster's vacancies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vacancies {
    /// Names of the counties of the roster.
    pub counties: Vec<String>,
    /// The townships that the viewer may see, in the order of the tree.
    pub lines: Vec<TownshipLine>,
    /// Township posts of this county that were given to no township: place in [`Table::posts`], why.
    pub unmatched: Vec<(usize, Unmatched)>,
    /// Posts of other organs of this county.
    pub others: Count,
    /// Posts that do not name this county.
    pub elsewhere: Count,
}

/// A township as it is looked for.
struct Sought<'t> {
    node: &'t Node,
    full: String,
    short: String,
    county: usize,
}

struct County {
    name: String,
    code: Option<DivisionCode>,
}

/// Ends of a township organ's name that its place's name is without.
const ENDS: [&str; 7] = ["人民政府办事处", "街道办事处", "人民政府", "办事处", "党委", "党工委", "机关"];

/// Full-width and blank signs do not tell names apart.
fn plain(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{200b}' | '\u{feff}')).collect()
}

/// The place in an organ's name: 云岭县杏坪镇人民政府 is 杏坪镇, 云岭县城关街道办事处 is 城关街道.
fn place_of(name: &str, county: &str) -> String {
    let name = name.strip_prefix("中共").unwrap_or(name);
    let name = if county.is_empty() { name } else { name.strip_prefix(county).unwrap_or(name) };
    let cut = ENDS.iter().find_map(|end| name.strip_suffix(end).map(|rest| (rest, *end)));
    match cut {
        Some((rest, "街道办事处")) => format!("{rest}街道"),
        Some((rest, _)) => rest.to_owned(),
        None => name.to_owned(),
    }
}

fn sought(tree: &[Node]) -> (Vec<County>, Vec<Sought<'_>>) {
    let mut counties: Vec<County> = Vec::new();
    let mut townships = Vec::new();
    for node in tree {
        if node.depth == 0 {
            let code = node.id.strip_prefix("g:").and_then(|code| code.parse().ok());
            // A county whose name is not known is named by its code in the tree: no post names that.
            let named = node.name.chars().any(|c| !c.is_ascii_digit());
            counties.push(County { name: if named { plain(&node.name) } else { String::new() }, code });
        }
        let Some(organ) = &node.organ else { continue };
        if matches!(organ.kind, OrganKind::Township | OrganKind::Subdistrict) && node.depth == 2 {
            let county = counties.len().saturating_sub(1);
            let name = counties.get(county).map_or("", |c| c.name.as_str());
            let full = plain(&organ.name);
            townships.push(Sought { node, short: place_of(&full, name), full, county });
        }
    }
    (counties, townships)
}

/// What a post's names show.
enum Shown {
    One(usize, How),
    Several(Vec<usize>),
    None,
}

/// Whether a text holds a township's short name and what stands before it names no other county.
fn holds(text: &str, short: &str, county: &str) -> bool {
    if short.chars().count() < 2 {
        return false;
    }
    text.match_indices(short).any(|(at, _)| {
        let before = text.get(..at).unwrap_or_default();
        let own = !county.is_empty() && before.contains(county);
        own || !before.contains(['县', '旗', '市', '区'])
    })
}

/// Which township a post belongs to. `here` says of each county whether the post, or its whole table, is that county's.
fn shown(
    post: &Post,
    texts: &[String],
    here: &[bool],
    counties: &[County],
    townships: &[Sought<'_>],
) -> Shown {
    let code = post.division.filter(|d| d.len() >= 9);
    let by_code = code.and_then(|code| {
        townships.iter().position(|t| t.node.organ.as_ref().is_some_and(|o| o.division == Some(code)))
    });
    if let Some(at) = by_code {
        return Shown::One(at, How::Code);
    }
    let found = |fits: &dyn Fn(&Sought<'_>) -> bool| -> Vec<usize> {
        townships.iter().enumerate().filter(|(_, t)| fits(t)).map(|(at, _)| at).collect()
    };
    let full = found(&|t| texts.contains(&t.full));
    if let [at] = full.as_slice() {
        return Shown::One(*at, How::FullName);
    }
    let at_home = |t: &Sought<'_>| here.get(t.county).copied().unwrap_or(false);
    let mut short = found(&|t| {
        let county = counties.get(t.county).map_or("", |c| c.name.as_str());
        at_home(t) && texts.iter().any(|text| holds(text, &t.short, county))
    });
    // 老城镇 holds 城镇: the longer name is the one that stands there.
    let names: Vec<&str> =
        short.iter().filter_map(|at| townships.get(*at)).map(|t| t.short.as_str()).collect();
    let within = |name: &str| names.iter().any(|other| *other != name && other.contains(name));
    short.retain(|at| townships.get(*at).is_some_and(|t| !within(&t.short)));
    match short.as_slice() {
        [at] => Shown::One(*at, How::ShortName),
        [] => Shown::None,
        _ => Shown::Several(short),
    }
}

/// A table's posts given to the townships of a tree.
fn given(
    table: &Table,
    counties: &[County],
    townships: &[Sought<'_>],
) -> (Vec<Vec<(usize, How)>>, Vacancies) {
    let mut posts: Vec<Vec<(usize, How)>> = townships.iter().map(|_| Vec::new()).collect();
    let mut found = Vacancies {
        counties: counties.iter().map(|c| c.name.clone()).collect(),
        lines: Vec::new(),
        unmatched: Vec::new(),
        others: Count::default(),
        elsewhere: Count::default(),
    };
    // A table whose title or name names the county is the county's, whatever its rows repeat.
    let titles: Vec<String> = std::iter::once(&table.file)
        .chain(table.sheets.iter().flat_map(|s| s.notes.iter().take(3)))
        .map(|t| plain(t))
        .collect();
    let titled: Vec<bool> = counties
        .iter()
        .map(|c| !c.name.is_empty() && titles.iter().any(|t| t.contains(c.name.as_str())))
        .collect();
    for (at, post) in table.posts.iter().enumerate() {
        let texts = [plain(&post.organ), plain(&post.unit), plain(&post.area)];
        let here: Vec<bool> = counties
            .iter()
            .zip(&titled)
            .map(|(county, titled)| {
                *titled
                    || county.code.is_some() && post.division.and_then(DivisionCode::county) == county.code
                    || !county.name.is_empty() && texts.iter().any(|t| t.contains(county.name.as_str()))
            })
            .collect();
        match shown(post, &texts, &here, counties, townships) {
            Shown::One(township, how) => {
                if let Some(list) = posts.get_mut(township) {
                    list.push((at, how));
                }
            }
            Shown::Several(several) if post.township => {
                let names = several.iter().filter_map(|at| townships.get(*at));
                let names = names.map(|t| t.node.name.clone()).collect();
                found.unmatched.push((at, Unmatched::Several(names)));
            }
            _ if !here.contains(&true) => found.elsewhere.add(post),
            _ if post.township => found.unmatched.push((at, Unmatched::None)),
            _ => found.others.add(post),
        }
    }
    (posts, found)
}

impl Office {
    /// A table's posts against the vacancies of the townships that the viewer may see. How many are in post is told
    /// where the roster may be read; elsewhere only when they are not few.
    ///
    /// # Errors
    /// [`OfficeError::NotFound`] when there is no such table; when the viewer may not.
    pub async fn vacancies(&self, viewer: &Viewer, table: &Table) -> Result<Vacancies, OfficeError> {
        let within = viewer.must(Resource::Posts, Action::Read)?;
        let roster = viewer.within(Resource::Roster, Action::Read);
        let mut tx = self.db.read().await?;
        let tree = organs::tree(&mut tx).await?;
        let in_post = roster::in_post(&mut tx, &within).await?;
        drop(tx);
        let (counties, townships) = sought(&tree);
        let (posts, mut found) = given(table, &counties, &townships);
        let lines = townships.iter().zip(posts).filter(|(t, _)| within.has(t.node.seq));
        found.lines = lines
            .map(|(township, posts)| {
                let node = township.node;
                let people = in_post.iter().find(|p| p.0 == node.seq).map_or(0, |p| p.1);
                let told = Told::of(usize::try_from(people).unwrap_or_default(), roster.has(node.seq));
                let establishment = node.organ.as_ref().and_then(|o| o.establishment).map(i64::from);
                let count = Count::of(posts.iter().filter_map(|(at, _)| table.posts.get(*at)));
                TownshipLine {
                    id: node.id.clone(),
                    name: node.name.clone(),
                    establishment,
                    people: told,
                    vacant: match told {
                        Told::Number(_) => establishment.map(|e| e - people),
                        Told::Few => None,
                    },
                    posts,
                    count,
                }
            })
            .collect();
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use takeroot_civil::{Organ, OrganId};

    fn organ(id: &str, name: &str, division: &str) -> Organ {
        Organ {
            id: OrganId(id.to_owned()),
            name: name.to_owned(),
            kind: OrganKind::Township,
            division: division.parse().ok(),
            establishment: Some(30),
            hardship_class: None,
            area_band: None,
        }
    }

    fn post(organ: &str, unit: &str) -> Post {
        Post {
            organ: organ.to_owned(),
            unit: unit.to_owned(),
            township: true,
            recruits: Some(1),
            ..Post::default()
        }
    }

    fn table(file: &str, posts: Vec<Post>) -> Table {
        Table {
            file: file.to_owned(),
            layout: takeroot_exchange::posts::Layout::ByHeader,
            sheets: Vec::new(),
            posts,
            unread: Vec::new(),
        }
    }

    /// Which township each post was given to: the place, `-` for none of this county, `?` for unmatched.
    fn told(table: &Table) -> Vec<String> {
        let organs = [
            organ("1", "云岭县城镇人民政府", "990101001"),
            organ("2", "云岭县老城镇人民政府", "990101002"),
            organ("3", "云岭县杏坪镇人民政府", "990101003"),
        ];
        let tree = crate::tree::tree(&organs);
        let (counties, townships) = sought(&tree);
        let (posts, found) = given(table, &counties, &townships);
        (0..table.posts.len())
            .map(|at| {
                let of = posts.iter().zip(&townships).find(|(list, _)| list.iter().any(|p| p.0 == at));
                match of {
                    Some((_, township)) => township.short.clone(),
                    None if found.unmatched.iter().any(|u| u.0 == at) => "?".to_owned(),
                    None => "-".to_owned(),
                }
            })
            .collect()
    }

    #[test]
    fn a_post_goes_to_the_township_that_its_names_show_and_to_no_other() {
        let posts = vec![
            post("云岭县杏坪镇人民政府", ""),
            post("云岭县 杏坪镇　人民政府", ""),
            post("云岭县乡镇机关", "老城镇"),
            post("云岭县乡镇机关", "城镇党政办"),
            // Two of them in one row, one that is not there, and one of the same name in another county.
            post("云岭县乡镇机关", "杏坪镇、老城镇"),
            post("云岭县柳河乡人民政府", ""),
            post("松河县杏坪镇人民政府", ""),
            post("杏坪镇人民政府", ""),
        ];
        let wanted = ["杏坪镇", "杏坪镇", "老城镇", "城镇", "?", "?", "-", "-"];
        assert_eq!(told(&table("职位表.xlsx", posts)), wanted);
    }

    #[test]
    fn a_table_of_the_county_need_not_name_it_in_every_row() {
        let posts =
            vec![post("杏坪镇人民政府", ""), post("柳河乡人民政府", ""), post("松河县杏坪镇人民政府", "")];
        assert_eq!(told(&table("云岭县职位表.xlsx", posts)), ["杏坪镇", "?", "?"]);
    }

    #[test]
    fn a_code_goes_before_a_name() {
        let mut coded = post("云岭县老城镇人民政府", "");
        coded.division = "990101003".parse().ok();
        assert_eq!(told(&table("职位表.xlsx", vec![coded])), ["杏坪镇"]);
    }
}
