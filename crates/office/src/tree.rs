//! The unit tree: organs under their county, county organs and townships apart, what belongs to a township under it.

use std::collections::BTreeMap;

use takeroot_civil::{Organ, OrganKind};
use takeroot_store::organs::Node;

/// Group of everything in a county.
pub const DIVISION: &str = "division";
/// Group of the county's own organs.
pub const COUNTY_ORGANS: &str = "county-organs";
/// Group of its townships and subdistricts.
pub const TOWNSHIPS: &str = "townships";

/// The tree of the organs, in the office's order within each group.
pub fn tree(organs: &[Organ]) -> Vec<Node> {
    let mut counties: BTreeMap<String, Vec<&Organ>> = BTreeMap::new();
    for organ in organs {
        let code = organ.division.map(|d| d.cut(6).to_string()).unwrap_or_default();
        counties.entry(code).or_default().push(organ);
    }
    let mut nodes: Vec<Node> = Vec::new();
    for (code, organs) in &counties {
        let root = format!("g:{code}");
        open(&mut nodes, &root, "", 0, DIVISION, &name_of(organs, code), None);
        let at = nodes.len() - 1;
        let township = |o: &Organ| matches!(o.kind, OrganKind::Township | OrganKind::Subdistrict);
        let seats: Vec<&&Organ> = organs.iter().filter(|o| township(o)).collect();
        let seat_of = |o: &Organ| {
            let division = o.division?.to_string();
            let of_township = !township(o) && o.kind.is_township() || o.kind == OrganKind::Village;
            seats
                .iter()
                .find(|s| {
                    of_township
                        && s.division.is_some_and(|d| d.len() >= 9 && division.starts_with(&d.to_string()))
                })
                .map(|s| s.id.0.clone())
        };
        group(&mut nodes, &root, COUNTY_ORGANS, |nodes, id| {
            for organ in organs.iter().filter(|o| !township(o) && seat_of(o).is_none()) {
                open(nodes, &organ.id.0, id, 2, "", &organ.name, Some(organ));
            }
        });
        group(&mut nodes, &root, TOWNSHIPS, |nodes, id| {
            for seat in &seats {
                open(nodes, &seat.id.0, id, 2, "", &seat.name, Some(seat));
                let at = nodes.len() - 1;
                for organ in organs.iter().filter(|o| seat_of(o).as_ref() == Some(&seat.id.0)) {
                    open(nodes, &organ.id.0, &seat.id.0, 3, "", &organ.name, Some(organ));
                }
                close(nodes, at);
            }
        });
        close(&mut nodes, at);
    }
    nodes
}

fn open(
    nodes: &mut Vec<Node>,
    id: &str,
    parent: &str,
    depth: i64,
    grouping: &str,
    name: &str,
    organ: Option<&Organ>,
) {
    let seq = nodes.len() as i64 + 1;
    nodes.push(Node {
        id: id.to_owned(),
        seq,
        last: seq,
        depth,
        parent: parent.to_owned(),
        grouping: grouping.to_owned(),
        name: name.to_owned(),
        organ: organ.cloned(),
    });
}

fn close(nodes: &mut [Node], at: usize) {
    let last = nodes.len() as i64;
    if let Some(node) = nodes.get_mut(at) {
        node.last = last;
    }
}

/// A group, left out when nothing is in it.
fn group(nodes: &mut Vec<Node>, parent: &str, grouping: &str, fill: impl FnOnce(&mut Vec<Node>, &str)) {
    let id = format!("{parent}:{grouping}");
    open(nodes, &id, parent, 1, grouping, "", None);
    let at = nodes.len() - 1;
    fill(nodes, &id);
    if nodes.len() == at + 1 {
        nodes.pop();
    } else {
        close(nodes, at);
    }
}

/// The county's name: the beginning of a name, up to 县, 市, 区 or 旗 and after words like 中共, that most of its organs'
/// names hold; its code if there is none.
fn name_of(organs: &[&Organ], code: &str) -> String {
    let names: Vec<&str> = organs
        .iter()
        .filter(|o| o.kind == OrganKind::County || o.kind.is_township())
        .map(|o| PARTY.iter().find_map(|word| o.name.strip_prefix(word)).unwrap_or(&o.name))
        .collect();
    let held = |wanted: &str| names.iter().filter(|name| name.starts_with(wanted)).count();
    let beginnings = names.iter().flat_map(|name| {
        name.char_indices()
            .filter(|(at, c)| *at > 0 && "县市区旗".contains(*c))
            .filter_map(|(at, c)| name.get(..at + c.len_utf8()))
    });
    let mut tried: Vec<&str> = Vec::new();
    let mut best: Option<(usize, usize, &str)> = None;
    for beginning in beginnings {
        if tried.contains(&beginning) {
            continue;
        }
        tried.push(beginning);
        best = best.max(Some((held(beginning), beginning.len(), beginning)));
    }
    match best {
        Some((held, _, name)) if held * 2 > names.len() => name.to_owned(),
        _ => code.to_owned(),
    }
}

/// What stands before a county's name in the names of some of its organs.
const PARTY: [&str; 4] = ["中共", "中国共产党", "政协", "共青团"];
