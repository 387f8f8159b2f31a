//! Who asks: an account with the roles it holds today, and where.

use takeroot_store::{Tx, Within, organs};

use crate::access::{self, Action, Class, Resource, Role};
use crate::{Office, OfficeError};

/// A role held on a subtree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holds {
    /// The role.
    pub role: Role,
    /// The subtree's interval of organ numbers.
    pub within: (i64, i64),
    /// Its root; empty is everything.
    pub organ: String,
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// The account; 0 is the installation itself.
    pub account: i64,
    /// The session, by its number; 0 when there is none.
    pub session: i64,
    /// Sign-in name.
    pub name: String,
    /// As shown.
    pub title: String,
    /// The person that the account is bound to.
    pub person: Option<i64>,
    /// Roles held today.
    pub holds: Vec<Holds>,
}

/// A session's viewer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Who.
    pub viewer: Viewer,
    /// The language that the account reads; `None` when it says nothing of it.
    pub lang: Option<takeroot_words::Lang>,
    /// The password was given by another and must be changed first.
    pub must_change: bool,
    /// When the session was last noted as used, milliseconds.
    pub seen: i64,
}

impl Viewer {
    /// The installation itself: the command line on the machine that keeps the data. Sees and does everything.
    pub fn installation() -> Viewer {
        let everywhere = (i64::MIN, i64::MAX);
        let holds = [Role::Organization, Role::Personnel, Role::Administrator]
            .into_iter()
            .map(|role| Holds { role, within: everywhere, organ: String::new() })
            .collect();
        Viewer { account: 0, session: 0, name: String::new(), title: String::new(), person: None, holds }
    }

    /// Where the viewer may do something: nowhere, if no role allows it.
    pub fn within(&self, resource: Resource, action: Action) -> Within {
        let mut intervals: Vec<(i64, i64)> =
            self.holds.iter().filter(|h| access::may(h.role, resource, action)).map(|h| h.within).collect();
        intervals.sort_unstable();
        intervals.dedup();
        Within(intervals)
    }

    /// Where, or an error that says that it is not allowed.
    ///
    /// # Errors
    /// [`OfficeError::Forbidden`] when no role allows it anywhere.
    pub fn must(&self, resource: Resource, action: Action) -> Result<Within, OfficeError> {
        let within = self.within(resource, action);
        if within.is_nowhere() { Err(OfficeError::Forbidden { resource, action }) } else { Ok(within) }
    }

    /// Whether the viewer may do it everywhere: what is the whole installation's is changed only so.
    ///
    /// # Errors
    /// [`OfficeError::Forbidden`] when no role on everything allows it.
    pub fn must_everywhere(&self, resource: Resource, action: Action) -> Result<(), OfficeError> {
        let within = self.within(resource, action);
        let everywhere = within.has(i64::MIN) && within.has(i64::MAX);
        if everywhere { Ok(()) } else { Err(OfficeError::Forbidden { resource, action }) }
    }

    /// The same viewer, each role where its organ stands now: organs are numbered anew when some are added, and who asked
    /// before that holds the old numbers. An organ that is gone is nowhere.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn anew(&self, tx: &mut Tx) -> Result<Viewer, OfficeError> {
        let mut holds = Vec::with_capacity(self.holds.len());
        for held in &self.holds {
            if held.organ.is_empty() {
                holds.push(held.clone());
            } else if let Some(node) = organs::get(tx, &held.organ).await? {
                holds.push(Holds { within: (node.seq, node.last), ..held.clone() });
            }
        }
        Ok(Viewer { holds, ..self.clone() })
    }

    /// Whether the viewer may do something somewhere.
    pub fn may(&self, resource: Resource, action: Action) -> bool {
        !self.within(resource, action).is_nowhere()
    }

    /// Whether the viewer may print something, forms or a book.
    ///
    /// # Errors
    /// [`OfficeError::Forbidden`] when no role allows it anywhere.
    pub fn must_print(&self) -> Result<(), OfficeError> {
        self.must(Resource::Form, Action::Export)
            .or_else(|_| self.must(Resource::Roster, Action::Export))
            .map(drop)
    }

    /// Whether the viewer may see a class of fields of a person in an organ.
    pub fn sees(&self, class: Class, person: i64, organ_seq: i64) -> bool {
        (self.person == Some(person) && access::may_own(class.resource(), Action::Read))
            || self.within(class.resource(), Action::Read).has(organ_seq)
    }
}

impl Office {
    /// Who a session's token speaks for; `None` when nobody is signed in with it. The second factor, where there is
    /// one, was given.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn viewer(&self, token: &str) -> Result<Option<(Viewer, takeroot_words::Lang)>, OfficeError> {
        Ok(self.known(token).await?.map(|known| (known.viewer, known.lang.unwrap_or_default())))
    }

    /// The same, with what sign-in still wants of the viewer.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn known(&self, token: &str) -> Result<Option<Known>, OfficeError> {
        let now = self.now();
        let mut tx = self.db.read().await?;
        let digest = self.digest(token);
        let Some(session) = takeroot_store::sessions::running(&mut tx, &digest, now).await? else {
            return Ok(None);
        };
        if !session.complete {
            return Ok(None);
        }
        let account = takeroot_store::accounts::get(&mut tx, session.account).await?;
        let Some(account) = account.filter(|a| !a.disabled) else {
            return Ok(None);
        };
        let holds = takeroot_store::accounts::grants_on(&mut tx, account.id, self.today()).await?;
        let holds = holds
            .into_iter()
            .filter_map(|g| {
                Some(Holds { role: Role::from_code(&g.role)?, within: g.within?, organ: g.organ })
            })
            .collect();
        // A record that was merged away: the person's is the one that stayed.
        let person = match account.person {
            Some(person) => Some(takeroot_store::people::living(&mut tx, person).await?),
            None => None,
        };
        let viewer = Viewer {
            account: account.id,
            session: session.id,
            name: account.name,
            title: account.title,
            person,
            holds,
        };
        let lang = account.lang.parse().ok();
        Ok(Some(Known { viewer, lang, must_change: account.must_change, seen: session.seen }))
    }
}
