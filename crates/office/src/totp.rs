//! The second factor: a code that changes every half minute (RFC 6238), which works once.

use takeroot_store::accounts;
use totp_rs::{Builder, Secret, Totp};

use crate::accounts::AccountError;
use crate::{Office, Viewer, limit};

/// A secret that is shown once, to be entered into a telephone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setup {
    /// The secret, base32, in groups of four.
    pub secret: String,
    /// The address that telephones read (`otpauth://…`).
    pub address: String,
}

fn of(secret: &str) -> Option<Totp> {
    let secret = Secret::try_from_base32(secret).ok()?;
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

impl Office {
    /// Begins to set up the viewer's second factor: a new secret, which counts once a code of it was given.
    ///
    /// # Errors
    /// When one is set up already, or the database refuses.
    pub async fn totp_begin(&self, viewer: &Viewer) -> Result<Setup, AccountError> {
        let mut tx = self.db.write().await?;
        let account = accounts::get(&mut tx, viewer.account).await?.ok_or(crate::OfficeError::NotFound)?;
        if !account.totp.is_empty() {
            return Err(AccountError::Already);
        }
        let secret = if account.totp_pending.is_empty() {
            let mut bytes = [0_u8; 20];
            self.random.fill(&mut bytes);
            let secret = Secret::new_stack(bytes).to_base32();
            accounts::set_totp(&mut tx, account.id, "", &secret).await?;
            secret
        } else {
            account.totp_pending
        };
        tx.commit().await?;
        let address =
            format!("otpauth://totp/Takeroot:{}?secret={secret}&issuer=Takeroot", percent(&account.name));
        let groups: Vec<String> =
            secret.as_bytes().chunks(4).map(|c| String::from_utf8_lossy(c).into_owned()).collect();
        Ok(Setup { secret: groups.join(" "), address })
    }

    /// Ends the setting up: a code shows that the telephone has the secret.
    ///
    /// # Errors
    /// When the code is wrong, or there were too many wrong ones.
    pub async fn totp_confirm(&self, viewer: &Viewer, code: &str) -> Result<(), AccountError> {
        if let Some(wait) = self.limited("code", &viewer.account.to_string(), limit::CODE).await? {
            return Err(AccountError::Wait { wait });
        }
        let mut tx = self.db.write().await?;
        let account = accounts::get(&mut tx, viewer.account).await?.ok_or(crate::OfficeError::NotFound)?;
        let step = step_of(&account.totp_pending, code, self.now()).ok_or(AccountError::Code)?;
        if !accounts::use_step(&mut tx, account.id, step).await? {
            return Err(AccountError::Code);
        }
        accounts::set_totp(&mut tx, account.id, &account.totp_pending, "").await?;
        takeroot_store::limits::fill(&mut tx, &self.bucket("code", &account.id.to_string())).await?;
        takeroot_store::acts::record(
            &mut tx,
            "second-factor-on",
            self.now(),
            viewer.account,
            None,
            "{}",
            None,
        )
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Switches the viewer's second factor off; the password is asked for.
    ///
    /// # Errors
    /// When the password is wrong, or there were too many wrong ones.
    pub async fn totp_off(&self, viewer: &Viewer, password: &str) -> Result<(), AccountError> {
        self.password_again(viewer, password).await?;
        let mut tx = self.db.write().await?;
        accounts::set_totp(&mut tx, viewer.account, "", "").await?;
        takeroot_store::acts::record(
            &mut tx,
            "second-factor-off",
            self.now(),
            viewer.account,
            None,
            "{}",
            None,
        )
        .await?;
        tx.commit().await?;
        Ok(())
    }
}
