//! The second factor: a code that changes every half minute (RFC 6238), which works once.

use takeroot_store::accounts::{self, Account};
use takeroot_store::{Tx, acts, limits, sessions};
use totp_rs::{Builder, Secret, Totp};

use crate::accounts::AccountError;
use crate::{Office, OfficeError, Viewer, limit};

/// Fewest bytes of a secret (RFC 4226, section 4, R6: at least 128 bits). An empty one, of an account without a second
/// factor, has codes too, which anyone can reckon.
const SHORTEST: usize = 16;
/// How long a secret that was shown can be confirmed, milliseconds: until the telephone at hand has it.
const SHOWN: i64 = 10 * 60_000;

/// A secret that is shown once, to be entered into a telephone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setup {
    /// The secret, base32, in groups of four.
    pub secret: String,
    /// The address that telephones read (`otpauth://…`).
    pub address: String,
}

fn of(secret: &str) -> Option<Totp> {
    let secret = Secret::try_from_base32(secret).ok().filter(|s| s.as_bytes().len() >= SHORTEST)?;
    Some(Builder::new().with_secret(secret).build_noncompliant())
}

/// The time step that a code belongs to, if it is right at a moment (milliseconds), a step early or late.
pub(crate) fn step_of(secret: &str, code: &str, now: i64) -> Option<i64> {
    let code: String = code.chars().filter(char::is_ascii_digit).collect();
    let step = of(secret)?.check(&code, u64::try_from(now).ok()? / 1000)?;
    i64::try_from(step).ok()
}

/// The code of a secret at a moment: for tests, and for nobody else.
#[doc(hidden)]
pub fn code_at(secret: &str, now: i64) -> Option<String> {
    let secret: String = secret.chars().filter(|c| !c.is_whitespace()).collect();
    Some(of(&secret)?.generate(u64::try_from(now).ok()? / 1000).to_string())
}

fn percent(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::new(), |mut out, b| {
        if b.is_ascii_alphanumeric() || b"-_.".contains(&b) {
            out.push(char::from(b));
        } else {
            let _ = write!(out, "%{b:02X}");
        }
        out
    })
}

impl Setup {
    fn of(account: &Account, secret: &str) -> Setup {
        let address =
            format!("otpauth://totp/Takeroot:{}?secret={secret}&issuer=Takeroot", percent(&account.name));
        let groups: Vec<String> =
            secret.as_bytes().chunks(4).map(|c| String::from_utf8_lossy(c).into_owned()).collect();
        Setup { secret: groups.join(" "), address }
    }
}

/// The secret of an account that was shown and can still be confirmed.
fn pending(account: &Account, now: i64) -> Option<&str> {
    let waits = !account.totp_pending.is_empty() && now < account.totp_until;
    waits.then_some(account.totp_pending.as_str())
}

impl Office {
    /// Begins to set up the viewer's second factor: a new secret, which counts once a code of it was given. The password
    /// is asked for: whoever finds a desk where someone is signed in cannot put a telephone of their own in that one's
    /// place.
    ///
    /// # Errors
    /// When the password is wrong, there were too many wrong ones, or a second factor is set up already.
    pub async fn totp_begin(&self, viewer: &Viewer, password: &str) -> Result<Setup, AccountError> {
        let fitted = self.password_again(viewer, password).await?;
        let mut tx = self.db.write().await?;
        let account = self.same(&mut tx, viewer, &fitted).await?;
        if !account.totp.is_empty() {
            return Err(AccountError::Already);
        }
        let mut bytes = [0_u8; 20];
        self.random.fill(&mut bytes);
        let secret = Secret::new_stack(bytes).to_base32();
        accounts::set_totp_pending(&mut tx, account.id, &secret, self.now() + SHOWN).await?;
        tx.commit().await?;
        Ok(Setup::of(&account, &secret))
    }

    /// What [`Office::totp_begin`] showed, for one who typed a wrong code; `None` when nothing waits to be confirmed.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn totp_shown(&self, viewer: &Viewer) -> Result<Option<Setup>, OfficeError> {
        let account = self.own_account(viewer).await?;
        Ok(pending(&account, self.now()).map(|secret| Setup::of(&account, secret)))
    }

    /// Ends the setting up: a code shows that the telephone has the secret. The viewer's other sessions, which began
    /// without it, end.
    ///
    /// # Errors
    /// When the code is wrong, or there were too many wrong ones; [`AccountError::Already`] when a second factor is set up;
    /// [`OfficeError::NotFound`] when nothing waits to be confirmed.
    pub async fn totp_confirm(&self, viewer: &Viewer, code: &str) -> Result<(), AccountError> {
        if let Some(wait) = self.limited("code", &viewer.account.to_string(), limit::CODE).await? {
            return Err(AccountError::Wait { wait });
        }
        let now = self.now();
        let mut tx = self.db.write().await?;
        let account = accounts::get(&mut tx, viewer.account).await?.ok_or(OfficeError::NotFound)?;
        if !account.totp.is_empty() {
            return Err(AccountError::Already);
        }
        let secret = pending(&account, now).ok_or(OfficeError::NotFound)?.to_owned();
        let step = step_of(&secret, code, now).ok_or(AccountError::Code)?;
        if !accounts::use_step(&mut tx, account.id, step).await? {
            return Err(AccountError::Code);
        }
        // The row is ours from here on; until then the password may have changed, or another secret been shown.
        let account = accounts::get(&mut tx, account.id).await?.ok_or(OfficeError::NotFound)?;
        if pending(&account, now) != Some(secret.as_str()) || !account.totp.is_empty() {
            return Err(OfficeError::NotFound.into());
        }
        accounts::set_totp(&mut tx, account.id, &secret).await?;
        sessions::end_others(&mut tx, account.id, viewer.session, now).await?;
        limits::fill(&mut tx, &self.bucket("code", &account.id.to_string())).await?;
        acts::record(&mut tx, "second-factor-on", now, viewer.account, None, "{}", None).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Switches the viewer's second factor off; the password is asked for. The viewer's other sessions end.
    ///
    /// # Errors
    /// When the password is wrong, or there were too many wrong ones.
    pub async fn totp_off(&self, viewer: &Viewer, password: &str) -> Result<(), AccountError> {
        let fitted = self.password_again(viewer, password).await?;
        let now = self.now();
        let mut tx = self.db.write().await?;
        let account = self.same(&mut tx, viewer, &fitted).await?;
        accounts::set_totp(&mut tx, account.id, "").await?;
        sessions::end_others(&mut tx, account.id, viewer.session, now).await?;
        acts::record(&mut tx, "second-factor-off", now, viewer.account, None, "{}", None).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The viewer's account as it is now, whose password is still the one that fitted.
    async fn same(&self, tx: &mut Tx, viewer: &Viewer, fitted: &str) -> Result<Account, AccountError> {
        if !accounts::still(tx, viewer.account, fitted).await? {
            return Err(AccountError::Wrong);
        }
        Ok(accounts::get(tx, viewer.account).await?.ok_or(OfficeError::NotFound)?)
    }
}
