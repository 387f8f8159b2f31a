//! Values in and out of either engine.

use sqlx::postgres::{PgArguments, PgRow};
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{Arguments as _, Decode, Postgres, Row as _, Sqlite, Type};
use takeroot_civil::Day;

use crate::StoreError;

/// A value for a statement.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `BIGINT`.
    Int(Option<i64>),
    /// `TEXT`.
    Text(Option<String>),
    /// `BYTEA`.
    Bytes(Option<Vec<u8>>),
}

macro_rules! from {
    ($($type:ty => |$v:ident| $value:expr;)+) => { $(
        impl From<$type> for Value { fn from($v: $type) -> Value { $value } }
    )+ };
}

from! {
    i64 => |v| Value::Int(Some(v));
    Option<i64> => |v| Value::Int(v);
    u32 => |v| Value::Int(Some(i64::from(v)));
    u16 => |v| Value::Int(Some(i64::from(v)));
    u8 => |v| Value::Int(Some(i64::from(v)));
    bool => |v| Value::Int(Some(i64::from(v)));
    Day => |v| Value::Int(Some(day_to(v)));
    Option<Day> => |v| Value::Int(v.map(day_to));
    &str => |v| Value::Text(Some(v.to_owned()));
    String => |v| Value::Text(Some(v));
    &String => |v| Value::Text(Some(v.clone()));
    Option<String> => |v| Value::Text(v);
    Vec<u8> => |v| Value::Bytes(Some(v));
    Option<Vec<u8>> => |v| Value::Bytes(v);
}

/// A day as it is kept: packed, so that order of numbers is order of days. A nominal day is kept as the real day it
/// stands for.
pub fn day_to(day: Day) -> i64 {
    i64::from(day.real().packed())
}

/// A kept day.
pub fn day_from(kept: i64) -> Option<Day> {
    u32::try_from(kept).ok().and_then(Day::from_packed)
}

pub(crate) fn bind_sqlite(values: Vec<Value>) -> Result<SqliteArguments, StoreError> {
    let mut arguments = SqliteArguments::default();
    for value in values {
        match value {
            Value::Int(v) => arguments.add(v),
            Value::Text(v) => arguments.add(v),
            Value::Bytes(v) => arguments.add(v),
        }
        .map_err(sqlx::Error::Encode)?;
    }
    Ok(arguments)
}

pub(crate) fn bind_pg(values: Vec<Value>) -> Result<PgArguments, StoreError> {
    let mut arguments = PgArguments::default();
    for value in values {
        match value {
            Value::Int(v) => arguments.add(v),
            Value::Text(v) => arguments.add(v),
            Value::Bytes(v) => arguments.add(v),
        }
        .map_err(sqlx::Error::Encode)?;
    }
    Ok(arguments)
}

/// A row of either engine.
#[derive(Debug)]
pub enum Row {
    /// Of SQLite.
    Sqlite(SqliteRow),
    /// Of PostgreSQL.
    Postgres(PgRow),
}

impl Row {
    /// The value of a column, counted from 0.
    ///
    /// # Errors
    /// When it has another type.
    pub fn get<T>(&self, column: usize) -> Result<T, StoreError>
    where
        T: for<'r> Decode<'r, Sqlite> + Type<Sqlite> + for<'r> Decode<'r, Postgres> + Type<Postgres>,
    {
        Ok(match self {
            Row::Sqlite(row) => row.try_get(column)?,
            Row::Postgres(row) => row.try_get(column)?,
        })
    }

    /// A number.
    ///
    /// # Errors
    /// When it is none.
    pub fn int(&self, column: usize) -> Result<i64, StoreError> {
        self.get(column)
    }

    /// A number that may be missing.
    ///
    /// # Errors
    /// When it is something else.
    pub fn maybe_int(&self, column: usize) -> Result<Option<i64>, StoreError> {
        self.get(column)
    }

    /// A text.
    ///
    /// # Errors
    /// When it is none.
    pub fn text(&self, column: usize) -> Result<String, StoreError> {
        self.get(column)
    }

    /// A flag.
    ///
    /// # Errors
    /// When it is no number.
    pub fn flag(&self, column: usize) -> Result<bool, StoreError> {
        Ok(self.int(column)? != 0)
    }

    /// A day.
    ///
    /// # Errors
    /// When it is missing or no day.
    pub fn day(&self, column: usize) -> Result<Day, StoreError> {
        let kept = self.int(column)?;
        day_from(kept).ok_or_else(|| StoreError::stored("day", kept))
    }

    /// A day that may be missing.
    ///
    /// # Errors
    /// When it is no day.
    pub fn maybe_day(&self, column: usize) -> Result<Option<Day>, StoreError> {
        match self.maybe_int(column)? {
            None => Ok(None),
            Some(kept) => day_from(kept).map(Some).ok_or_else(|| StoreError::stored("day", kept)),
        }
    }

    /// Bytes.
    ///
    /// # Errors
    /// When it is something else.
    pub fn bytes(&self, column: usize) -> Result<Vec<u8>, StoreError> {
        self.get(column)
    }
}
