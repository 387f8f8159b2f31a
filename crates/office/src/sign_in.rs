//! The beginning and the end of a session.

use takeroot_store::accounts::{self, Account};
use takeroot_store::limits;
use takeroot_store::sessions::{self, Session};

use crate::accounts::AccountError;
use crate::{Office, OfficeError, limit, passwords, totp};

/// How long a session lasts, milliseconds: a working day.
const LASTS: i64 = 12 * 3_600_000;
/// How long the code of the second factor is waited for.
const CODE_WAITS: i64 = 10 * 60_000;
/// How long ended sessions and used buckets are kept.
const KEPT: i64 = 30 * DAY;
/// A day, milliseconds.
const DAY: i64 = 24 * 3_600_000;

/// Where a sign-in came from.
#[derive(Clone, Debug, Default)]
pub struct From {
    /// Address.
    pub address: String,
    /// Browser.
    pub agent: String,
    /// The digest of the token of a session that began in this browser before; empty when it brought none. Whoever signed
    /// in here does not wait for what others try with the name.
    pub was: String,
}

/// A session that began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun {
    /// Its token.
    pub token: String,
    /// The code of the second factor is still wanted.
    pub wants_code: bool,
}

/// Whether an account's password was to be used once, and its time is over.
fn is_over(account: &Account, now: i64) -> bool {
    account.must_change && account.password_set.saturating_add(passwords::ONCE_DAYS * DAY) < now
}

impl Office {
    /// Begins a session.
    ///
    /// A known and an unknown name are answered alike: the same limits, the same words, and as much time.
    ///
    /// # Errors
    /// [`AccountError::Wrong`] when name and password do not go together, [`AccountError::Wait`] after too many tries.
    pub async fn sign_in(&self, name: &str, password: &str, from: &From) -> Result<Begun, AccountError> {
        let name = name.trim().to_lowercase();
        let by_address = self.bucket("sign-in-from", &limit::network(&from.address));
        let now = self.now();
        let mut tx = self.db.write().await?;
        let account = accounts::by_name(&mut tx, &name).await?.filter(|a| !a.disabled);
        let known = match &account {
            Some(account) => sessions::was(&mut tx, &from.was, account.id).await?,
            None => false,
        };
        let by_name =
            if known { self.bucket("sign-in-known", &from.was) } else { self.bucket("sign-in", &name) };
        // Buckets are taken from in one order everywhere, the address first: two that hold one and want the other's would
        // wait for each other.
        let mut wait = limits::take(&mut tx, &by_address, limit::ADDRESS, now).await?;
        if wait.is_none() {
            wait = limits::take(&mut tx, &by_name, limit::NAME, now).await?;
        }
        tx.commit().await?;
        if let Some(wait) = wait {
            return Err(AccountError::Wait { wait });
        }
        let fits = self.password_fits(account.as_ref().map(|a| a.password.clone()), password).await?;
        let Some(account) = account.filter(|a| fits && !is_over(a, now)) else {
            return Err(AccountError::Wrong);
        };
        let mut tx = self.db.write().await?;
        // Comparing took time: the password may have been reset, the account shut, a second factor set up.
        if !accounts::still(&mut tx, account.id, &account.password).await? {
            return Err(AccountError::Wrong);
        }
        let account = accounts::get(&mut tx, account.id).await?.ok_or(AccountError::Wrong)?;
        let wants_code = !account.totp.is_empty();
        // An office of a hundred behind one address signs in at eight in the morning.
        limits::give_back(&mut tx, &by_address, limit::ADDRESS).await?;
        limits::fill(&mut tx, &by_name).await?;
        let token = self.begin(&mut tx, account.id, from, !wants_code).await?;
        tx.commit().await?;
        // Apart: it takes hold of many rows in no order.
        let mut tx = self.db.write().await?;
        limits::forget(&mut tx, now - KEPT).await?;
        sessions::forget(&mut tx, now - KEPT).await?;
        tx.commit().await?;
        Ok(Begun { token, wants_code })
    }

    async fn begin(
        &self,
        tx: &mut takeroot_store::Tx,
        account: i64,
        from: &From,
        complete: bool,
    ) -> Result<String, OfficeError> {
        let (token, now) = (self.new_token(), self.now());
        let session = Session {
            id: 0,
            account,
            created: now,
            seen: now,
            expires: now + if complete { LASTS } else { CODE_WAITS },
            complete,
            address: from.address.chars().take(60).collect(),
            agent: from.agent.chars().take(300).collect(),
            ended: None,
        };
        sessions::begin(tx, &self.digest(&token), &session).await?;
        Ok(token)
    }

    /// Gives the code of the second factor to a session that waits for it; the token of the session that then begins.
    ///
    /// # Errors
    /// [`AccountError::Code`] when it is wrong or was used; [`AccountError::Wait`] after too many wrong ones;
    /// [`OfficeError::NotFound`] when no session waits.
    pub async fn give_code(&self, token: &str, code: &str, from: &From) -> Result<String, AccountError> {
        let (digest, now) = (self.digest(token), self.now());
        let mut tx = self.db.read().await?;
        let waiting = sessions::running(&mut tx, &digest, now).await?.filter(|s| !s.complete);
        drop(tx);
        let waiting = waiting.ok_or(OfficeError::NotFound)?;
        let whom = waiting.account.to_string();
        if let Some(wait) = self.limited("code", &whom, limit::CODE).await? {
            return Err(AccountError::Wait { wait });
        }
        let mut tx = self.db.write().await?;
        let account = accounts::get(&mut tx, waiting.account).await?.filter(|a| !a.disabled);
        let account = account.ok_or(OfficeError::NotFound)?;
        let step = totp::step_of(&account.totp, code, now).ok_or(AccountError::Code)?;
        if !accounts::use_step(&mut tx, account.id, step).await? {
            return Err(AccountError::Code);
        }
        limits::fill(&mut tx, &self.bucket("code", &whom)).await?;
        // Ended meanwhile: the password was reset, or another gave the code.
        if !sessions::end(&mut tx, account.id, waiting.id, now).await? {
            return Err(OfficeError::NotFound.into());
        }
        let token = self.begin(&mut tx, account.id, from, true).await?;
        tx.commit().await?;
        Ok(token)
    }

    /// Ends the session of a token, whatever it waits for.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn sign_out(&self, token: &str) -> Result<(), OfficeError> {
        let mut tx = self.db.write().await?;
        if let Some(session) = sessions::running(&mut tx, &self.digest(token), self.now()).await? {
            sessions::end(&mut tx, session.account, session.id, self.now()).await?;
        }
        tx.commit().await?;
        Ok(())
    }
}
