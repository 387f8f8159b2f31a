//! Tokens of other systems: made and ended by the administrator, shown once, each with what it may, where and until when.
//! A token acts and looks in the name of an account of its own, so that a person sees which system looked.

use takeroot_store::accounts::{self, Account};
pub use takeroot_store::tokens::Token;
use takeroot_store::{acts, organs, tokens};

use crate::viewer::Holds;
use crate::words::say;
use crate::{Action, Office, OfficeError, Resource, Role, Viewer};

/// What a token begins with, so that one that lies around is known for what it is.
const MARK: &str = "takeroot_";
/// A use is noted once in this time, milliseconds.
const NOTED: i64 = 60_000;
/// A day, milliseconds.
const DAY: i64 = 86_400_000;
/// The longest that a token may hold, days.
pub const LONGEST: i64 = 366;

/// What is wanted of a new token.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The system that will have it.
    pub name: String,
    /// What it may.
    pub scopes: Vec<Role>,
    /// Root of the subtree where it may; empty is everything.
    pub organ: String,
    /// Days that it holds.
    pub days: i64,
}

impl Office {
    /// Every token, the latest first.
    ///
    /// # Errors
    /// When the viewer may not, or the database refuses.
    pub async fn tokens(&self, viewer: &Viewer) -> Result<Vec<Token>, OfficeError> {
        viewer.must(Resource::Token, Action::Read)?;
        let mut tx = self.db.read().await?;
        Ok(tokens::all(&mut tx).await?)
    }

    /// Makes a token: its number, and itself, which nobody can ask for again.
    ///
    /// # Errors
    /// When the viewer may not, or something is missing or too much: told at the field.
    pub async fn add_token(
        &self,
        viewer: &Viewer,
        wanted: &Wanted,
        lang: takeroot_words::Lang,
    ) -> Result<(i64, String), OfficeError> {
        // A token is the installation's, whatever it opens.
        viewer.must_everywhere(Resource::Token, Action::Write)?;
        let name = wanted.name.trim();
        if name.is_empty() || name.chars().count() > 60 {
            return Err(OfficeError::Field { field: "name", why: say!(lang, "token-name-needed") });
        }
        if wanted.scopes.is_empty() || wanted.scopes.iter().any(|s| !s.is_scope()) {
            return Err(OfficeError::Field { field: "scope", why: say!(lang, "token-scope-needed") });
        }
        if !(1..=LONGEST).contains(&wanted.days) {
            let why = say!(lang, "token-days-needed", most = LONGEST.to_string());
            return Err(OfficeError::Field { field: "days", why });
        }
        let (secret, now) = (format!("{MARK}{}", self.new_token()), self.now());
        let mut tx = self.db.write().await?;
        if !wanted.organ.is_empty() && organs::get(&mut tx, &wanted.organ).await?.is_none() {
            return Err(OfficeError::Field { field: "organ", why: say!(lang, "token-organ-unknown") });
        }
        let digest = self.digest(&secret);
        let account = Account {
            id: 0,
            // Nobody types it: the account is shut, and has no password.
            name: format!("token:{}", digest.get(..16).unwrap_or_default()),
            title: name.to_owned(),
            person: None,
            password: String::new(),
            must_change: false,
            totp: String::new(),
            totp_pending: String::new(),
            totp_step: 0,
            lang: String::new(),
            created: now,
            disabled: true,
            password_set: now,
            totp_until: 0,
        };
        let account = accounts::add(&mut tx, &account).await?;
        let codes: Vec<&str> = Role::scopes().filter(|s| wanted.scopes.contains(s)).map(Role::code).collect();
        let token = Token {
            id: 0,
            name: name.to_owned(),
            account,
            scopes: codes.join(" "),
            organ: wanted.organ.clone(),
            created: now,
            expires: now.saturating_add(wanted.days.saturating_mul(DAY)),
            used: None,
            ended: None,
        };
        let id = tokens::add(&mut tx, &digest, &token).await?;
        let detail = serde_json::json!({
            "token": id, "name": name, "scopes": codes, "organ": wanted.organ, "days": wanted.days,
        });
        acts::record(&mut tx, "token-added", now, viewer.account, None, &detail.to_string(), None).await?;
        tx.commit().await?;
        Ok((id, secret))
    }

    /// Ends a token: it opens nothing from now on.
    ///
    /// # Errors
    /// When the viewer may not, or no such token holds.
    pub async fn end_token(&self, viewer: &Viewer, id: i64) -> Result<(), OfficeError> {
        // A token is the installation's, whatever it opens.
        viewer.must_everywhere(Resource::Token, Action::Write)?;
        let now = self.now();
        let mut tx = self.db.write().await?;
        if !tokens::end(&mut tx, id, now).await? {
            return Err(OfficeError::NotFound);
        }
        let detail = serde_json::json!({ "token": id }).to_string();
        acts::record(&mut tx, "token-ended", now, viewer.account, None, &detail, None).await?;
        tx.commit().await?;
        Ok(())
    }

    /// For whom a token speaks; `None` when it opens nothing.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn bearer(&self, secret: &str) -> Result<Option<Viewer>, OfficeError> {
        if !secret.starts_with(MARK) {
            return Ok(None);
        }
        let now = self.now();
        let mut tx = self.db.read().await?;
        let Some(token) = tokens::holding(&mut tx, &self.digest(secret), now).await? else {
            return Ok(None);
        };
        let within = match token.organ.as_str() {
            "" => Some((i64::MIN, i64::MAX)),
            organ => organs::get(&mut tx, organ).await?.map(|n| (n.seq, n.last)),
        };
        drop(tx);
        if token.used.is_none_or(|used| used + NOTED < now) {
            let mut tx = self.db.write().await?;
            tokens::used(&mut tx, token.id, now).await?;
            tx.commit().await?;
        }
        // An organ that is gone leaves a token that opens nothing anywhere.
        let holds = within
            .map(|within| {
                let roles = token.scopes.split(' ').filter_map(Role::from_code).filter(|r| r.is_scope());
                roles.map(|role| Holds { role, within, organ: token.organ.clone() }).collect()
            })
            .unwrap_or_default();
        Ok(Some(Viewer {
            account: token.account,
            session: 0,
            name: format!("token:{}", token.id),
            title: token.name,
            person: None,
            holds,
        }))
    }
}
