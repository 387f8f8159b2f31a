//! Accounts, what they may do where, and their sessions.

use takeroot_civil::Day;

use crate::{Row, StoreError, Tx, Value, counter};

/// An account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its number.
    pub id: i64,
    /// Sign-in name, lower case.
    pub name: String,
    /// The person or office behind it, as shown.
    pub title: String,
    /// The person it is bound to, if it is not an office's.
    pub person: Option<i64>,
    /// Argon2id in PHC form; empty while none was set.
    pub password: String,
    /// The password must be changed at the next sign-in.
    pub must_change: bool,
    /// Secret of the second factor, base32; empty while there is none.
    pub totp: String,
    /// A secret shown but not yet confirmed.
    pub totp_pending: String,
    /// Last time step used: a code works once.
    pub totp_step: i64,
    /// `zh` or `en`.
    pub lang: String,
    /// When it was made, milliseconds.
    pub created: i64,
    /// Nobody can sign in with it.
    pub disabled: bool,
    /// When the password was set, milliseconds.
    pub password_set: i64,
    /// Until when the secret shown can be confirmed, milliseconds.
    pub totp_until: i64,
}

const COLUMNS: &str = "id, name, title, person, password, must_change, totp, totp_pending, totp_step, lang, \
                       created, disabled, password_set, totp_until";

fn account(row: &Row) -> Result<Account, StoreError> {
    Ok(Account {
        id: row.int(0)?,
        name: row.text(1)?,
        title: row.text(2)?,
        person: row.maybe_int(3)?,
        password: row.text(4)?,
        must_change: row.flag(5)?,
        totp: row.text(6)?,
        totp_pending: row.text(7)?,
        totp_step: row.int(8)?,
        lang: row.text(9)?,
        created: row.int(10)?,
        disabled: row.flag(11)?,
        password_set: row.int(12)?,
        totp_until: row.int(13)?,
    })
}

/// Makes an account; its number. `account.id` is not looked at.
///
/// # Errors
/// When the database refuses; [`StoreError::is_duplicate`] when the name is taken.
pub async fn add(tx: &mut Tx, a: &Account) -> Result<i64, StoreError> {
    let id = counter::take(tx, "account", 1).await?;
    let row: Vec<Value> = vec![
        id.into(),
        (&a.name).into(),
        (&a.title).into(),
        a.person.into(),
        (&a.password).into(),
        a.must_change.into(),
        (&a.totp).into(),
        (&a.totp_pending).into(),
        a.totp_step.into(),
        (&a.lang).into(),
        a.created.into(),
        a.disabled.into(),
        a.password_set.into(),
        a.totp_until.into(),
    ];
    let columns = [
        "id",
        "name",
        "title",
        "person",
        "password",
        "must_change",
        "totp",
        "totp_pending",
        "totp_step",
        "lang",
        "created",
        "disabled",
        "password_set",
        "totp_until",
    ];
    tx.insert("account", &columns, vec![row]).await?;
    Ok(id)
}

/// The account with a sign-in name.
///
/// # Errors
/// When the database refuses.
pub async fn by_name(tx: &mut Tx, name: &str) -> Result<Option<Account>, StoreError> {
    let sql = sqlx::AssertSqlSafe(format!("SELECT {COLUMNS} FROM account WHERE name = $1"));
    tx.row(sql, vec![name.into()]).await?.as_ref().map(account).transpose()
}

/// The account with a number.
///
/// # Errors
/// When the database refuses.
pub async fn get(tx: &mut Tx, id: i64) -> Result<Option<Account>, StoreError> {
    let sql = sqlx::AssertSqlSafe(format!("SELECT {COLUMNS} FROM account WHERE id = $1"));
    tx.row(sql, vec![id.into()]).await?.as_ref().map(account).transpose()
}

/// A role on a subtree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Granted {
    /// Its number.
    pub id: i64,
    /// Code of the role.
    pub role: String,
    /// Root of the subtree; empty is everything.
    pub organ: String,
    /// The subtree's interval; `None` when the organ is no longer there.
    pub within: Option<(i64, i64)>,
    /// First day.
    pub from: Day,
    /// First day on which it no longer holds.
    pub to: Option<Day>,
}

/// Grants a role; the grant's number.
///
/// # Errors
/// When the database refuses.
pub async fn grant(
    tx: &mut Tx,
    account: i64,
    role: &str,
    organ: &str,
    from: Day,
    to: Option<Day>,
    act: i64,
) -> Result<i64, StoreError> {
    let id = counter::take(tx, "role_grant", 1).await?;
    let row: Vec<Value> =
        vec![id.into(), account.into(), role.into(), organ.into(), from.into(), to.into(), act.into()];
    tx.insert("role_grant", &["id", "account", "role", "organ", "from_day", "to_day", "act"], vec![row])
        .await?;
    Ok(id)
}

/// The roles that an account holds on a day.
///
/// # Errors
/// When the database refuses.
pub async fn grants_on(tx: &mut Tx, account: i64, on: Day) -> Result<Vec<Granted>, StoreError> {
    let sql = "SELECT g.id, g.role, g.organ, o.seq, o.last, g.from_day, g.to_day FROM role_grant g \
               LEFT JOIN organ o ON o.id = g.organ WHERE g.account = $1 AND g.ended_by IS NULL \
               AND g.from_day <= $2 AND (g.to_day IS NULL OR g.to_day > $2) ORDER BY g.id";
    let rows = tx.rows(sql, vec![account.into(), on.into()]).await?;
    rows.iter()
        .map(|row| {
            let organ = row.text(2)?;
            let within = match organ.as_str() {
                "" => Some((i64::MIN, i64::MAX)),
                _ => row.maybe_int(3)?.zip(row.maybe_int(4)?),
            };
            Ok(Granted {
                id: row.int(0)?,
                role: row.text(1)?,
                organ,
                within,
                from: row.day(5)?,
                to: row.maybe_day(6)?,
            })
        })
        .collect()
}

/// Every account, by name.
///
/// # Errors
/// When the database refuses.
pub async fn all(tx: &mut Tx) -> Result<Vec<Account>, StoreError> {
    let sql = sqlx::AssertSqlSafe(format!("SELECT {COLUMNS} FROM account ORDER BY name"));
    tx.rows(sql, vec![]).await?.iter().map(account).collect()
}

/// Whether an account can still be signed in with and its password is still the one of a hash that was compared before
/// this transaction began. The row is written, so that on a server nobody changes it until the transaction ends.
///
/// # Errors
/// When the database refuses.
pub async fn still(tx: &mut Tx, id: i64, hash: &str) -> Result<bool, StoreError> {
    let sql = "UPDATE account SET disabled = disabled WHERE id = $1 AND password = $2 AND disabled = 0";
    Ok(tx.run(sql, vec![id.into(), hash.into()]).await? == 1)
}

/// Sets the password's hash, whether it must be changed at the next sign-in, and when that was, milliseconds. A secret of
/// the second factor that was shown and not confirmed is forgotten: whoever knew the old password may have seen it.
///
/// # Errors
/// When the database refuses.
pub async fn set_password(
    tx: &mut Tx,
    id: i64,
    hash: &str,
    must_change: bool,
    at: i64,
) -> Result<(), StoreError> {
    let sql = "UPDATE account SET password = $2, must_change = $3, password_set = $4, totp_pending = '' WHERE id = $1";
    tx.run(sql, vec![id.into(), hash.into(), must_change.into(), at.into()]).await.map(drop)
}

/// Sets the secret of the second factor, and none is waiting to be confirmed.
///
/// # Errors
/// When the database refuses.
pub async fn set_totp(tx: &mut Tx, id: i64, secret: &str) -> Result<(), StoreError> {
    let sql = "UPDATE account SET totp = $2, totp_pending = '' WHERE id = $1";
    tx.run(sql, vec![id.into(), secret.into()]).await.map(drop)
}

/// Keeps a secret that is shown, and until when it can be confirmed, milliseconds.
///
/// # Errors
/// When the database refuses.
pub async fn set_totp_pending(tx: &mut Tx, id: i64, secret: &str, until: i64) -> Result<(), StoreError> {
    let sql = "UPDATE account SET totp_pending = $2, totp_until = $3 WHERE id = $1";
    tx.run(sql, vec![id.into(), secret.into(), until.into()]).await.map(drop)
}

/// Uses up a time step of the second factor; `false` when it, or a later one, was used before.
///
/// # Errors
/// When the database refuses.
pub async fn use_step(tx: &mut Tx, id: i64, step: i64) -> Result<bool, StoreError> {
    let sql = "UPDATE account SET totp_step = $2 WHERE id = $1 AND totp_step < $2";
    Ok(tx.run(sql, vec![id.into(), step.into()]).await? == 1)
}

/// Lets nobody sign in with it, or lets them again.
///
/// # Errors
/// When the database refuses.
pub async fn set_disabled(tx: &mut Tx, id: i64, disabled: bool) -> Result<(), StoreError> {
    let sql = "UPDATE account SET disabled = $2 WHERE id = $1";
    tx.run(sql, vec![id.into(), disabled.into()]).await.map(drop)
}

/// A role that is or was held, or will be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The grant.
    pub grant: Granted,
    /// Whose.
    pub account: i64,
    /// Name of the subtree's root; empty is everything.
    pub organ_name: String,
    /// It was ended before its last day.
    pub ended: bool,
}

/// The grants of an account, or of all; latest first.
///
/// # Errors
/// When the database refuses.
pub async fn grants(tx: &mut Tx, account: Option<i64>) -> Result<Vec<Held>, StoreError> {
    let sql = "SELECT g.id, g.role, g.organ, o.seq, o.last, g.from_day, g.to_day, g.account, o.name, g.ended_by \
               FROM role_grant g LEFT JOIN organ o ON o.id = g.organ \
               WHERE g.account = $1 OR $1 = 0 ORDER BY g.id DESC";
    let rows = tx.rows(sql, vec![account.unwrap_or(0).into()]).await?;
    rows.iter()
        .map(|row| {
            let organ = row.text(2)?;
            let within = match organ.as_str() {
                "" => Some((i64::MIN, i64::MAX)),
                _ => row.maybe_int(3)?.zip(row.maybe_int(4)?),
            };
            let organ_name: Option<String> = row.get(8)?;
            Ok(Held {
                grant: Granted {
                    id: row.int(0)?,
                    role: row.text(1)?,
                    organ,
                    within,
                    from: row.day(5)?,
                    to: row.maybe_day(6)?,
                },
                account: row.int(7)?,
                organ_name: organ_name.unwrap_or_default(),
                ended: row.maybe_int(9)?.is_some(),
            })
        })
        .collect()
}

/// Ends a grant by an act; `false` when it was ended before.
///
/// # Errors
/// When the database refuses.
pub async fn end_grant(tx: &mut Tx, id: i64, act: i64) -> Result<bool, StoreError> {
    let sql = "UPDATE role_grant SET ended_by = $2 WHERE id = $1 AND ended_by IS NULL";
    Ok(tx.run(sql, vec![id.into(), act.into()]).await? == 1)
}
