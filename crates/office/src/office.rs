//! The office: the database, the policy documents, the clock and the randomness that everything is done with.

use std::sync::{Arc, RwLock};

use sha2::{Digest as _, Sha256};
use takeroot_civil::Day;
use takeroot_policy::{Library, Rules, Stack, StackSpec};
use takeroot_store::Db;

use crate::OfficeError;
use crate::careers::Careers;

/// Where time comes from.
pub trait Clock: Send + Sync + std::fmt::Debug {
    /// Milliseconds since 1970 UTC.
    fn now(&self) -> i64;
    /// Today, where the office is.
    fn today(&self) -> Day;
}

/// Where randomness comes from: passwords, tokens, secrets.
pub trait Random: Send + Sync + std::fmt::Debug {
    /// Fills bytes that nobody can foretell.
    fn fill(&self, bytes: &mut [u8]);
}

/// The office.
#[derive(Debug)]
pub struct Office {
    /// The database.
    pub db: Db,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
    /// The documents at hand: shipped, the installation's own, proposals written in the browser.
    library: RwLock<Arc<Library>>,
    /// Those of them that were not written in the browser.
    base: Arc<Library>,
    /// Careers remembered.
    pub careers: Careers,
    /// The unit tree and what is counted along it, remembered.
    pub(crate) units: crate::units::Remembered,
    /// Work going on in this program.
    pub(crate) jobs: crate::jobs::Jobs,
    /// Effects of proposals remembered.
    pub(crate) effects: std::sync::Mutex<crate::effect::Remembered>,
    /// What people are assumed to do, where the installation says it otherwise than the program.
    pub(crate) assumed: std::sync::OnceLock<takeroot_lab::Assumptions>,
    /// Runs of the lab remembered, and those under way.
    pub(crate) lab: crate::lab::Remembered,
    /// Post tables remembered as they were read.
    pub(crate) post_tables: std::sync::Mutex<crate::posts::Remembered>,
    /// The people are invented: every page says so.
    invented: std::sync::atomic::AtomicBool,
    /// Rules remembered, by stack and day.
    rules: RwLock<RulesKept>,
}

/// Rules by stack and day, those asked for longest ago first.
type RulesKept = Vec<((StackSpec, Day), Arc<Rules>)>;

/// How many sets of rules are remembered: a page asks for the law and a proposal or two, on a day or two.
const RULES_KEPT: usize = 24;

impl Office {
    /// An office over a database whose schema is up to date.
    pub fn new(db: Db, library: Library, clock: Arc<dyn Clock>, random: Arc<dyn Random>) -> Office {
        let base = Arc::new(library);
        Office {
            db,
            clock,
            random,
            library: RwLock::new(base.clone()),
            base,
            careers: Careers::default(),
            units: crate::units::Remembered::default(),
            jobs: crate::jobs::Jobs::default(),
            effects: std::sync::Mutex::default(),
            assumed: std::sync::OnceLock::new(),
            lab: crate::lab::Remembered::default(),
            post_tables: std::sync::Mutex::default(),
            invented: std::sync::atomic::AtomicBool::new(false),
            rules: RwLock::new(Vec::new()),
        }
    }

    /// Milliseconds since 1970 UTC.
    pub fn now(&self) -> i64 {
        self.clock.now()
    }

    /// Today, where the office is.
    pub fn today(&self) -> Day {
        self.clock.today()
    }

    /// Whether the people are invented, as [`Office::refresh`] last found.
    pub fn is_invented(&self) -> bool {
        self.invented.load(std::sync::atomic::Ordering::Relaxed)
    }

    /// Whether the people are invented, as the database says now.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn has_invented_people(&self) -> Result<bool, OfficeError> {
        let mut tx = self.db.read().await?;
        Ok(takeroot_store::settings::get(&mut tx, takeroot_store::settings::INVENTED).await?.is_some())
    }

    /// Looks what holds for the installation, and reckons the columns for lists anew if they are of another day. Called
    /// when the program starts, after a roster was entered, and by [`Office::keep_current`].
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn refresh(&self) -> Result<(), OfficeError> {
        use takeroot_store::settings;
        let mut tx = self.db.read().await?;
        let invented = settings::get(&mut tx, settings::INVENTED).await?.is_some();
        let on = settings::get(&mut tx, settings::INDEXED_ON).await?;
        drop(tx);
        self.invented.store(invented, std::sync::atomic::Ordering::Relaxed);
        self.lay_documents().await?;
        if on.as_deref() != Some(self.today().to_string().as_str()) {
            self.reindex().await?;
        }
        Ok(())
    }

    /// Refreshes with every new day, for as long as it is polled: what is due today was not due yesterday. Forgets printed
    /// files that were kept long enough, once a minute.
    pub async fn keep_current(self: Arc<Office>) {
        let mut day = self.today();
        loop {
            tokio::time::sleep(std::time::Duration::from_secs(60)).await;
            day = self.minute(day).await;
        }
    }

    /// What is done every minute; the day on which everything was refreshed last.
    #[doc(hidden)]
    pub async fn minute(&self, day: Day) -> Day {
        if let Err(error) = self.forget_printed().await {
            tracing::error!(%error, "printed files were not forgotten");
        }
        let today = self.today();
        if today == day {
            return day;
        }
        match self.refresh().await {
            Ok(()) => today,
            // Tried again in a minute.
            Err(error) => {
                tracing::error!(%error, "the columns of the new day were not reckoned");
                day
            }
        }
    }

    /// The documents that came with the program and the installation's files.
    pub fn base(&self) -> Arc<Library> {
        self.base.clone()
    }

    /// The number of the database's schema: that it is told at all says that the database can be reached.
    ///
    /// # Errors
    /// When it cannot.
    pub async fn schema_version(&self) -> Result<i64, OfficeError> {
        let mut tx = self.db.read().await?;
        Ok(takeroot_store::schema::version(&mut tx).await?)
    }

    /// The documents at hand.
    pub fn library(&self) -> Arc<Library> {
        self.library.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// Takes other documents in hand; what was remembered of the old ones is forgotten.
    pub fn set_library(&self, library: Library) {
        *self.library.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Arc::new(library);
        self.rules.write().unwrap_or_else(std::sync::PoisonError::into_inner).clear();
    }

    /// The stack that holds here: the law, and the local instruments of the installation's place.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn law_here(&self) -> Result<StackSpec, OfficeError> {
        let mut tx = self.db.read().await?;
        let place = takeroot_store::settings::get(&mut tx, takeroot_store::settings::PLACE).await?;
        Ok(StackSpec { baseline: None, proposals: Vec::new(), place: place.filter(|p| !p.is_empty()) })
    }

    /// The rules of a stack on a day.
    ///
    /// # Errors
    /// When a proposal or baseline does not exist.
    pub fn rules(&self, spec: &StackSpec, on: Day) -> Result<Arc<Rules>, OfficeError> {
        let wanted = (spec.clone(), on);
        {
            let kept = self.rules.read().unwrap_or_else(std::sync::PoisonError::into_inner);
            if let Some((_, rules)) = kept.iter().find(|(key, _)| *key == wanted) {
                return Ok(rules.clone());
            }
        }
        let library = self.library();
        let rules = Arc::new(Rules::at(&Stack::new(&library, spec.clone())?, on));
        let mut kept = self.rules.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        if kept.len() >= RULES_KEPT {
            kept.remove(0);
        }
        kept.push((wanted, rules.clone()));
        Ok(rules)
    }

    /// The digest under which a token is kept, hexadecimal.
    pub fn digest(&self, token: &str) -> String {
        hex(&Sha256::digest(token.as_bytes()))
    }

    /// A new token that nobody can foretell: 32 random bytes, hexadecimal.
    pub fn new_token(&self) -> String {
        let mut bytes = [0_u8; 32];
        self.random.fill(&mut bytes);
        hex(&bytes)
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
