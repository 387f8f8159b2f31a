//! Organs and the groups that hold them, as a tree whose subtrees are intervals.

use takeroot_civil::{Code as _, DivisionCode, Organ, OrganId, OrganKind};

use crate::{Row, StoreError, Tx, Value};

/// A node of the unit tree: an organ, or a group of organs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The organ's number; of a group, `g:…`.
    pub id: String,
    /// Depth-first number.
    pub seq: i64,
    /// Last number of its subtree.
    pub last: i64,
    /// 0 at the root.
    pub depth: i64,
    /// Number of the node above, or empty.
    pub parent: String,
    /// `""` for an organ; else `division`, `county-organs`, `townships`.
    pub grouping: String,
    /// The organ's name; of a division, its name or code.
    pub name: String,
    /// The organ, unless it is a group.
    pub organ: Option<Organ>,
}

const COLUMNS: &str =
    "id, seq, last, depth, parent, grouping, name, kind, division, establishment, hardship, area_band";

fn node(row: &Row) -> Result<Node, StoreError> {
    let grouping = row.text(5)?;
    let (id, name) = (row.text(0)?, row.text(6)?);
    let small = |v: Option<i64>| v.and_then(|v| u8::try_from(v).ok());
    let organ = if grouping.is_empty() {
        let kind = row.text(7)?;
        Some(Organ {
            id: OrganId(id.clone()),
            name: name.clone(),
            kind: OrganKind::from_code(&kind).ok_or_else(|| StoreError::stored("organ.kind", kind))?,
            division: row.text(8)?.parse::<DivisionCode>().ok(),
            establishment: row.maybe_int(9)?.and_then(|v| u32::try_from(v).ok()),
            hardship_class: small(row.maybe_int(10)?),
            area_band: small(row.maybe_int(11)?),
        })
    } else {
        None
    };
    Ok(Node {
        seq: row.int(1)?,
        last: row.int(2)?,
        depth: row.int(3)?,
        parent: row.text(4)?,
        id,
        grouping,
        name,
        organ,
    })
}

/// The whole tree, depth first.
///
/// # Errors
/// When the database refuses.
pub async fn tree(tx: &mut Tx) -> Result<Vec<Node>, StoreError> {
    let sql = sqlx::AssertSqlSafe(format!("SELECT {COLUMNS} FROM organ ORDER BY seq"));
    tx.rows(sql, vec![]).await?.iter().map(node).collect()
}

/// A node.
///
/// # Errors
/// When the database refuses.
pub async fn get(tx: &mut Tx, id: &str) -> Result<Option<Node>, StoreError> {
    let sql = sqlx::AssertSqlSafe(format!("SELECT {COLUMNS} FROM organ WHERE id = $1"));
    tx.row(sql, vec![id.into()]).await?.as_ref().map(node).transpose()
}

/// Puts the tree in place of the one there is, and renumbers the people.
///
/// # Errors
/// When the database refuses.
pub async fn replace(tx: &mut Tx, tree: &[Node]) -> Result<(), StoreError> {
    tx.run("DELETE FROM organ", vec![]).await?;
    let columns = [
        "id",
        "seq",
        "last",
        "depth",
        "parent",
        "grouping",
        "name",
        "kind",
        "division",
        "establishment",
        "hardship",
        "area_band",
    ];
    let rows = tree
        .iter()
        .map(|n| {
            let organ = n.organ.as_ref();
            let number = |v: Option<u8>| Value::Int(v.map(i64::from));
            vec![
                (&n.id).into(),
                n.seq.into(),
                n.last.into(),
                n.depth.into(),
                (&n.parent).into(),
                (&n.grouping).into(),
                (&n.name).into(),
                organ.map_or("", |o| o.kind.code()).into(),
                organ.and_then(|o| o.division).map(|d| d.to_string()).unwrap_or_default().into(),
                Value::Int(organ.and_then(|o| o.establishment).map(i64::from)),
                number(organ.and_then(|o| o.hardship_class)),
                number(organ.and_then(|o| o.area_band)),
            ]
        })
        .collect();
    tx.insert("organ", &columns, rows).await?;
    let sql =
        "UPDATE person SET organ_seq = COALESCE((SELECT seq FROM organ WHERE organ.id = person.organ), 0)";
    tx.run(sql, vec![]).await?;
    crate::roster::changed(tx).await
}
