//! Accounts: made, switched off, given roles, given another password.

use takeroot_civil::{Day, PersonId};
use takeroot_store::accounts::{self, Account, Held};
use takeroot_store::{Tx, acts, limits, organs, people, sessions};
use takeroot_words::{Lang, Say};

use crate::passwords::{self, Weak};
use crate::words::say;
use crate::{Action, Office, OfficeError, Resource, Role, Viewer, limit};

/// What can go wrong with accounts and sign-in.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// As everywhere in the office.
    #[error(transparent)]
    Office(#[from] OfficeError),
    /// Name and password do not go together.
    #[error("name and password do not go together")]
    Wrong,
    /// The code of the second factor is wrong, or was used.
    #[error("the code is wrong or was used")]
    Code,
    /// Too many tries.
    #[error("too many tries; again in {wait} ms")]
    Wait {
        /// Milliseconds until the next try.
        wait: i64,
    },
    /// The password cannot be chosen.
    #[error(transparent)]
    Weak(#[from] Weak),
    /// It is there already.
    #[error("already set up")]
    Already,
    /// The name is taken.
    #[error("the name is taken")]
    Taken,
    /// No sign-in name.
    #[error("not a sign-in name")]
    Name,
    /// Nobody has that number.
    #[error("nobody has that number")]
    Nobody,
    /// No such organ.
    #[error("no such organ")]
    Organ,
    /// The end lies before the beginning.
    #[error("the end lies before the beginning")]
    Days,
    /// Not to one's own account.
    #[error("not to one's own account")]
    Own,
}

impl From<takeroot_store::StoreError> for AccountError {
    fn from(error: takeroot_store::StoreError) -> AccountError {
        AccountError::Office(error.into())
    }
}

impl Say for AccountError {
    fn say(&self, lang: Lang) -> String {
        match self {
            AccountError::Office(e) => e.say(lang),
            AccountError::Weak(e) => e.say(lang),
            AccountError::Wrong => say!(lang, "account-wrong"),
            AccountError::Code => say!(lang, "account-code"),
            AccountError::Wait { wait } if *wait < 60_000 => {
                say!(lang, "account-wait-seconds", n = ((wait + 999) / 1000).to_string())
            }
            AccountError::Wait { wait } => {
                say!(lang, "account-wait-minutes", n = ((wait + 59_999) / 60_000).to_string())
            }
            AccountError::Already => say!(lang, "account-already"),
            AccountError::Taken => say!(lang, "account-taken"),
            AccountError::Name => say!(lang, "account-name"),
            AccountError::Nobody => say!(lang, "account-nobody"),
            AccountError::Organ => say!(lang, "account-organ"),
            AccountError::Days => say!(lang, "account-days"),
            AccountError::Own => say!(lang, "account-own"),
        }
    }
}

/// A new account.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Sign-in name.
    pub name: String,
    /// The person or office behind it, as shown.
    pub title: String,
    /// Number of the person it is bound to; empty for an office.
    pub number: String,
}

fn is_name(name: &str) -> bool {
    let length = name.chars().count();
    (2..=40).contains(&length) && name.chars().all(|c| c.is_alphanumeric() || "-_.@".contains(c))
}

/// An account that someone can sign in with; those in whose name tokens act are no such ones.
async fn opened(tx: &mut Tx, id: i64) -> Result<Account, OfficeError> {
    let account = accounts::get(tx, id).await?;
    account.filter(|a| is_name(&a.name)).ok_or(OfficeError::NotFound)
}

impl Office {
    /// Makes an account with roles and a password that stays; its number. For installing: pages use [`Office::open_account`].
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
        viewer.must_everywhere(Resource::Account, Action::Write)?;
        let hash = self.hash_password(password).await?;
        let mut tx = self.db.write().await?;
        let (id, act) = self.put(&mut tx, viewer, name, title, person, &hash, false).await?;
        for (role, organ) in roles {
            accounts::grant(&mut tx, id, role.code(), organ, self.today(), None, act).await?;
        }
        tx.commit().await?;
        Ok(id)
    }

    #[expect(clippy::too_many_arguments, reason = "an account is that many things")]
    async fn put(
        &self,
        tx: &mut Tx,
        viewer: &Viewer,
        name: &str,
        title: &str,
        person: Option<i64>,
        hash: &str,
        must_change: bool,
    ) -> Result<(i64, i64), OfficeError> {
        let account = Account {
            id: 0,
            name: name.trim().to_lowercase(),
            title: title.trim().to_owned(),
            person,
            password: hash.to_owned(),
            must_change,
            totp: String::new(),
            totp_pending: String::new(),
            totp_step: 0,
            lang: String::new(),
            created: self.now(),
            disabled: false,
            password_set: self.now(),
            totp_until: 0,
        };
        let id = accounts::add(tx, &account).await?;
        let detail = serde_json::json!({ "account": id, "name": account.name });
        let act =
            acts::record(tx, "account-added", self.now(), viewer.account, person, &detail.to_string(), None)
                .await?;
        Ok((id, act))
    }

    /// Makes an account with a password to be used once; its number and that password, which is shown once and kept
    /// nowhere.
    ///
    /// # Errors
    /// When the viewer may not, the name cannot be used or is taken, or nobody has the number.
    pub async fn open_account(
        &self,
        viewer: &Viewer,
        wanted: &Wanted,
    ) -> Result<(i64, String), AccountError> {
        viewer.must_everywhere(Resource::Account, Action::Write)?;
        let name = wanted.name.trim().to_lowercase();
        if !is_name(&name) {
            return Err(AccountError::Name);
        }
        let password = self.once_password();
        let hash = self.hash_password(&password).await?;
        let mut tx = self.db.write().await?;
        if accounts::by_name(&mut tx, &name).await?.is_some() {
            return Err(AccountError::Taken);
        }
        let number = wanted.number.trim();
        let person = match number {
            "" => None,
            _ => {
                let found = people::by_number(&mut tx, &PersonId(number.to_owned())).await?;
                Some(found.ok_or(AccountError::Nobody)?)
            }
        };
        let title = if wanted.title.trim().is_empty() { &name } else { &wanted.title };
        let (id, _) = self.put(&mut tx, viewer, &name, title, person, &hash, true).await?;
        tx.commit().await?;
        Ok((id, password))
    }

    /// Every account with its grants, latest grant first. Those in whose name tokens act are not among them: nobody signs
    /// in with one, and no role is granted to it.
    ///
    /// # Errors
    /// When the viewer may not.
    pub async fn accounts(&self, viewer: &Viewer) -> Result<Vec<(Account, Vec<Held>)>, OfficeError> {
        viewer.must(Resource::Account, Action::Read)?;
        let mut tx = self.db.read().await?;
        let all = accounts::all(&mut tx).await?;
        let grants = accounts::grants(&mut tx, None).await?;
        Ok(all
            .into_iter()
            .filter(|a| is_name(&a.name))
            .map(|a| {
                let own = grants.iter().filter(|g| g.account == a.id).cloned().collect();
                (a, own)
            })
            .collect())
    }

    /// An account with its grants.
    ///
    /// # Errors
    /// When the viewer may not, or there is none.
    pub async fn account(&self, viewer: &Viewer, id: i64) -> Result<(Account, Vec<Held>), OfficeError> {
        viewer.must(Resource::Account, Action::Read)?;
        let mut tx = self.db.read().await?;
        let account = opened(&mut tx, id).await?;
        let grants = accounts::grants(&mut tx, Some(id)).await?;
        Ok((account, grants))
    }

    /// The units that a grant or a token can be bound to: the tree, names only.
    ///
    /// # Errors
    /// When the viewer may read neither grants nor tokens, or the database refuses.
    pub async fn bindable(&self, viewer: &Viewer) -> Result<Vec<organs::Node>, OfficeError> {
        viewer.must(Resource::Grant, Action::Read).or_else(|_| viewer.must(Resource::Token, Action::Read))?;
        let mut tx = self.db.read().await?;
        Ok(organs::tree(&mut tx).await?)
    }

    /// The account with a sign-in name, for the command line.
    ///
    /// # Errors
    /// When the viewer may not, or there is none.
    pub async fn account_named(&self, viewer: &Viewer, name: &str) -> Result<Account, OfficeError> {
        viewer.must(Resource::Account, Action::Read)?;
        let mut tx = self.db.read().await?;
        accounts::by_name(&mut tx, &name.trim().to_lowercase()).await?.ok_or(OfficeError::NotFound)
    }

    /// The viewer's own account.
    ///
    /// # Errors
    /// When it is gone.
    pub async fn own_account(&self, viewer: &Viewer) -> Result<Account, OfficeError> {
        let mut tx = self.db.read().await?;
        accounts::get(&mut tx, viewer.account).await?.ok_or(OfficeError::NotFound)
    }

    /// Lets nobody sign in with an account, or lets them again; its sessions end.
    ///
    /// # Errors
    /// When the viewer may not, or it is the viewer's own.
    pub async fn set_account_disabled(
        &self,
        viewer: &Viewer,
        id: i64,
        disabled: bool,
    ) -> Result<(), AccountError> {
        let (mut tx, _) = self.change(viewer, id).await?;
        accounts::set_disabled(&mut tx, id, disabled).await?;
        sessions::end_others(&mut tx, id, 0, self.now()).await?;
        let kind = if disabled { "account-disabled" } else { "account-enabled" };
        self.told(&mut tx, viewer, kind, id).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Gives an account a password to be used once, within [`passwords::ONCE_DAYS`] days, which is returned and kept
    /// nowhere; its sessions end. The second factor is switched off too when it was lost.
    ///
    /// # Errors
    /// When the viewer may not, or it is the viewer's own.
    pub async fn reset_password(
        &self,
        viewer: &Viewer,
        id: i64,
        factor: bool,
    ) -> Result<String, AccountError> {
        // Before the work of hashing is done for someone who may not.
        viewer.must_everywhere(Resource::Account, Action::Write)?;
        let password = self.once_password();
        let hash = self.hash_password(&password).await?;
        let (mut tx, account) = self.change(viewer, id).await?;
        accounts::set_password(&mut tx, id, &hash, true, self.now()).await?;
        if factor {
            accounts::set_totp(&mut tx, id, "").await?;
        }
        sessions::end_others(&mut tx, id, 0, self.now()).await?;
        // Whoever was given a new password need not wait for what others tried with the old one.
        limits::fill(&mut tx, &self.bucket("sign-in", &account.name)).await?;
        self.told(&mut tx, viewer, "password-reset", id).await?;
        tx.commit().await?;
        Ok(password)
    }

    /// Sets a password from the command line.
    ///
    /// # Errors
    /// When the viewer may not, or the password cannot be chosen.
    pub async fn set_password(&self, viewer: &Viewer, id: i64, password: &str) -> Result<(), AccountError> {
        let (account, _) = self.account(viewer, id).await?;
        passwords::look(password, &account.name)?;
        let hash = self.hash_password(password).await?;
        let (mut tx, account) = self.change(viewer, id).await?;
        accounts::set_password(&mut tx, id, &hash, false, self.now()).await?;
        sessions::end_others(&mut tx, id, 0, self.now()).await?;
        limits::fill(&mut tx, &self.bucket("sign-in", &account.name)).await?;
        self.told(&mut tx, viewer, "password-reset", id).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Grants a role on a subtree (`organ` empty: everything) from a day to a day; the grant's number.
    ///
    /// # Errors
    /// When the viewer may not, it is the viewer's own account, there is no such organ, or the days are the wrong way
    /// round.
    pub async fn grant(
        &self,
        viewer: &Viewer,
        id: i64,
        role: Role,
        organ: &str,
        from: Day,
        to: Option<Day>,
    ) -> Result<i64, AccountError> {
        let reach = viewer.must(Resource::Grant, Action::Write)?;
        if role.is_scope() {
            // Scopes are a token's: no account of a person has them.
            return Err(OfficeError::Forbidden { resource: Resource::Grant, action: Action::Write }.into());
        }
        if viewer.account == id {
            return Err(AccountError::Own);
        }
        if to.is_some_and(|to| to <= from) {
            return Err(AccountError::Days);
        }
        let mut tx = self.db.write().await?;
        opened(&mut tx, id).await?;
        let (first, last) = match organ {
            "" => (i64::MIN, i64::MAX),
            _ => organs::get(&mut tx, organ).await?.map(|n| (n.seq, n.last)).ok_or(AccountError::Organ)?,
        };
        if !(reach.has(first) && reach.has(last)) {
            return Err(OfficeError::Forbidden { resource: Resource::Grant, action: Action::Write }.into());
        }
        let detail = serde_json::json!({
            "account": id, "role": role.code(), "organ": organ, "from": from.to_string(),
            "to": to.map(|d| d.to_string()),
        });
        let act =
            acts::record(&mut tx, "granted", self.now(), viewer.account, None, &detail.to_string(), None)
                .await?;
        let grant = accounts::grant(&mut tx, id, role.code(), organ, from, to, act).await?;
        tx.commit().await?;
        Ok(grant)
    }

    /// Ends a grant of an account.
    ///
    /// # Errors
    /// When the viewer may not, it is the viewer's own account, or there is no such grant that holds.
    pub async fn end_grant(&self, viewer: &Viewer, id: i64, grant: i64) -> Result<(), AccountError> {
        let reach = viewer.must(Resource::Grant, Action::Write)?;
        if viewer.account == id {
            return Err(AccountError::Own);
        }
        let mut tx = self.db.write().await?;
        let held = accounts::grants(&mut tx, Some(id)).await?;
        let held = held.into_iter().find(|h| h.grant.id == grant && !h.ended).ok_or(OfficeError::NotFound)?;
        // A grant on an organ that is gone reaches nowhere: whoever grants anything may end it.
        if held.grant.within.is_some_and(|(first, last)| !(reach.has(first) && reach.has(last))) {
            return Err(OfficeError::Forbidden { resource: Resource::Grant, action: Action::Write }.into());
        }
        let detail = serde_json::json!({ "account": id, "grant": grant, "role": held.grant.role });
        let act =
            acts::record(&mut tx, "grant-ended", self.now(), viewer.account, None, &detail.to_string(), None)
                .await?;
        accounts::end_grant(&mut tx, grant, act).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Changes the viewer's own password; the viewer's other sessions end.
    ///
    /// # Errors
    /// When the present one is wrong, or the new one cannot be chosen.
    pub async fn change_password(
        &self,
        viewer: &Viewer,
        present: &str,
        new: &str,
    ) -> Result<(), AccountError> {
        passwords::look(new, &viewer.name)?;
        if new == present {
            return Err(Weak::Same.into());
        }
        let fitted = self.password_again(viewer, present).await?;
        let hash = self.hash_password(new).await?;
        let mut tx = self.db.write().await?;
        if !accounts::still(&mut tx, viewer.account, &fitted).await? {
            return Err(AccountError::Wrong);
        }
        accounts::set_password(&mut tx, viewer.account, &hash, false, self.now()).await?;
        sessions::end_others(&mut tx, viewer.account, viewer.session, self.now()).await?;
        self.told(&mut tx, viewer, "password-changed", viewer.account).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Asks one who is signed in for the password again; the hash that it fitted. Whoever acts on it asks
    /// [`accounts::still`] in the transaction that acts: comparing takes time, in which the password may be reset.
    pub(crate) async fn password_again(
        &self,
        viewer: &Viewer,
        password: &str,
    ) -> Result<String, AccountError> {
        let whom = viewer.account.to_string();
        if let Some(wait) = self.limited("again", &whom, limit::AGAIN).await? {
            return Err(AccountError::Wait { wait });
        }
        let account = self.own_account(viewer).await?;
        if !self.password_fits(Some(account.password.clone()), password).await? {
            return Err(AccountError::Wrong);
        }
        let mut tx = self.db.write().await?;
        limits::fill(&mut tx, &self.bucket("again", &whom)).await?;
        tx.commit().await?;
        Ok(account.password)
    }

    async fn change(&self, viewer: &Viewer, id: i64) -> Result<(Tx, Account), AccountError> {
        viewer.must_everywhere(Resource::Account, Action::Write)?;
        if viewer.account == id {
            return Err(AccountError::Own);
        }
        let mut tx = self.db.write().await?;
        let account = opened(&mut tx, id).await?;
        Ok((tx, account))
    }

    async fn told(&self, tx: &mut Tx, viewer: &Viewer, kind: &str, id: i64) -> Result<(), OfficeError> {
        let detail = serde_json::json!({ "account": id }).to_string();
        acts::record(tx, kind, self.now(), viewer.account, None, &detail, None).await?;
        Ok(())
    }
}
