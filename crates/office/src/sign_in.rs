//! Passwords, and the beginning of a session.

use argon2::{Argon2, PasswordHasher as _, PasswordVerifier as _};
use takeroot_store::accounts::{self, Account};
use takeroot_store::sessions::{self, Session};

use crate::{Office, OfficeError, Role, Viewer};

/// How long a session lasts, milliseconds: a working day.
const LASTS: i64 = 12 * 3_600_000;

/// Where a sign-in came from.
#[derive(Clone, Debug, Default)]
pub struct From {
    /// Address.
    pub address: String,
    /// Browser.
    pub agent: String,
}

impl Office {
    /// Begins a session; its token, or `None` when name and password do not go together.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn sign_in(
        &self,
        name: &str,
        password: &str,
        from: &From,
    ) -> Result<Option<String>, OfficeError> {
        let mut tx = self.db.write().await?;
        let account = accounts::by_name(&mut tx, &name.trim().to_lowercase()).await?;
        let Some(account) = account.filter(|a| !a.disabled && matches(&a.password, password)) else {
            return Ok(None);
        };
        let (token, now) = (self.new_token(), self.now());
        let session = Session {
            id: 0,
            account: account.id,
            created: now,
            seen: now,
            expires: now + LASTS,
            complete: true,
            address: from.address.clone(),
            agent: from.agent.clone(),
            ended: None,
        };
        sessions::begin(&mut tx, &self.digest(&token), &session).await?;
        tx.commit().await?;
        Ok(Some(token))
    }

    /// Makes an account with roles; its number.
    ///
    /// # Errors
    /// When the viewer may not, or the name is taken.
    pub async fn add_account(
        &self,
        viewer: &Viewer,
        name: &str,
        title: &str,
        person: Option<i64>,
        password: &str,
        roles: &[(Role, &str)],
    ) -> Result<i64, OfficeError> {
        viewer.must(crate::Resource::Account, crate::Action::Write)?;
        let mut salt = [0_u8; 16];
        self.random.fill(&mut salt);
        let hash = Argon2::default()
            .hash_password_with_salt(password.as_bytes(), &salt)
            .map_err(|e| takeroot_store::StoreError::stored("password", e))?
            .to_string();
        let mut tx = self.db.write().await?;
        let account = Account {
            id: 0,
            name: name.trim().to_lowercase(),
            title: title.to_owned(),
            person,
            password: hash,
            must_change: false,
            totp: String::new(),
            totp_pending: String::new(),
            totp_step: 0,
            lang: String::new(),
            created: self.now(),
            disabled: false,
        };
        let id = accounts::add(&mut tx, &account).await?;
        let detail = serde_json::json!({ "account": id, "name": account.name });
        let act = takeroot_store::acts::record(
            &mut tx,
            "account-added",
            self.now(),
            viewer.account,
            person,
            &detail.to_string(),
            None,
        )
        .await?;
        for (role, organ) in roles {
            accounts::grant(&mut tx, id, role.code(), organ, self.today(), None, act).await?;
        }
        tx.commit().await?;
        Ok(id)
    }
}

fn matches(hash: &str, password: &str) -> bool {
    argon2::PasswordHash::new(hash)
        .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}
