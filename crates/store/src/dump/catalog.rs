//! What tables a database has. The only place where the engines are asked in their own words: neither answers the other's.

use serde::{Deserialize, Serialize};

use super::Column;
use crate::{Engine, StoreError, Tx};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A number.
    Int,
    /// A text.
    Text,
    /// Bytes.
    Bytes,
}

impl Kind {
    fn of(name: &str) -> Result<Kind, StoreError> {
        match name.to_ascii_uppercase().as_str() {
            "INTEGER" | "BIGINT" => Ok(Kind::Int),
            "TEXT" => Ok(Kind::Text),
            "BLOB" | "BYTEA" => Ok(Kind::Bytes),
            other => Err(StoreError::stored("a column's type", other)),
        }
    }
}

/// A table as it is in the database.
pub(super) struct Shape {
    pub name: String,
    pub columns: Vec<Column>,
    /// The order of the primary key, in which both engines give the same rows alike.
    pub order: String,
}

impl Shape {
    /// Names of the columns, as a query wants them.
    pub fn list(&self) -> String {
        let names: Vec<&str> = self.columns.iter().map(|c| c.name.as_str()).collect();
        names.join(", ")
    }
}

/// Our tables, by name.
pub(super) async fn shapes(tx: &mut Tx) -> Result<Vec<Shape>, StoreError> {
    let sql = match tx.engine() {
        Engine::Sqlite => {
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> '_sqlx_migrations'"
        }
        Engine::Postgres => {
            "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = current_schema() \
             AND table_name <> '_sqlx_migrations'"
        }
    };
    let rows = tx.rows(sql, vec![]).await?;
    let mut names = rows.iter().map(|r| r.text(0)).collect::<Result<Vec<String>, StoreError>>()?;
    names.sort_unstable();
    let mut shapes = Vec::with_capacity(names.len());
    for name in names {
        shapes.push(shape(tx, name).await?);
    }
    Ok(shapes)
}

async fn shape(tx: &mut Tx, name: String) -> Result<Shape, StoreError> {
    // Name, type, place in the primary key from 1 on (0: not in it).
    let sql = match tx.engine() {
        Engine::Sqlite => "SELECT name, type, pk FROM pragma_table_info($1) ORDER BY cid",
        Engine::Postgres => {
            "SELECT CAST(c.column_name AS TEXT), CAST(c.data_type AS TEXT), CAST(COALESCE(k.ordinal_position, 0) AS BIGINT) \
             FROM information_schema.columns c \
             LEFT JOIN information_schema.table_constraints t ON t.table_schema = c.table_schema \
             AND t.table_name = c.table_name AND t.constraint_type = 'PRIMARY KEY' \
             LEFT JOIN information_schema.key_column_usage k ON k.constraint_schema = t.constraint_schema \
             AND k.constraint_name = t.constraint_name AND k.table_name = c.table_name AND k.column_name = c.column_name \
             WHERE c.table_schema = current_schema() AND c.table_name = $1 ORDER BY c.ordinal_position"
        }
    };
    let mut columns = Vec::new();
    let mut key: Vec<(i64, String)> = Vec::new();
    for row in tx.rows(sql, vec![(&name).into()]).await? {
        let column = Column { name: row.text(0)?, kind: Kind::of(&row.text(1)?)? };
        let place = row.int(2)?;
        if place > 0 {
            key.push((place, ordered(&column, tx.engine())));
        }
        columns.push(column);
    }
    if key.is_empty() {
        key = columns.iter().map(|c| (0, ordered(c, tx.engine()))).collect();
    }
    key.sort_unstable_by_key(|k| k.0);
    let order: Vec<String> = key.into_iter().map(|k| k.1).collect();
    Ok(Shape { name, columns, order: order.join(", ") })
}

/// A column in an order that does not depend on a server's language: by bytes.
fn ordered(column: &Column, engine: Engine) -> String {
    match (column.kind, engine) {
        (Kind::Text, Engine::Postgres) => format!("{} COLLATE \"C\"", column.name),
        _ => column.name.clone(),
    }
}

/// Numbers of the files of the schema that were applied; none in a database that was never opened by us.
///
/// # Errors
/// When the database refuses.
pub async fn applied(tx: &mut Tx) -> Result<Vec<i64>, StoreError> {
    let there = match tx.engine() {
        Engine::Sqlite => "SELECT COUNT(*) FROM sqlite_schema WHERE name = '_sqlx_migrations'",
        Engine::Postgres => {
            "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = current_schema() \
             AND table_name = '_sqlx_migrations'"
        }
    };
    if tx.number(there, vec![]).await? == 0 {
        return Ok(Vec::new());
    }
    let rows = tx.rows("SELECT version FROM _sqlx_migrations ORDER BY version", vec![]).await?;
    rows.iter().map(|r| r.int(0)).collect()
}
