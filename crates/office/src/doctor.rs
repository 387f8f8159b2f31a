//! `takeroot doctor`: whether an installation is sound, and what to do when it is not. Reads only.

use takeroot_policy::Stack;
use takeroot_store::{dump, people, schema, settings, sound};
use takeroot_words::{Lang, Say};

use crate::words::say;
use crate::{Office, OfficeError};

/// People read with one transaction's statements.
const BATCH: usize = 1_000;
/// People who are named of those whose career cannot be read.
const NAMED: usize = 20;

/// What was looked at, and what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Schema: files applied, files known.
    Schema {
        /// Number of the last file applied; 0 when none was.
        applied: i64,
        /// Number of the last file known.
        known: i64,
        /// They are the same files.
        same: bool,
    },
    /// The database file: what it says is wrong with it.
    Damage(Vec<String>),
    /// Rows that hang together: the codes of those that do not, and how many.
    Loose(Vec<(&'static str, i64)>),
    /// Careers: how many were read, who could not be (number in the database, why).
    Careers {
        /// Read.
        read: usize,
        /// Not read, the first of them.
        unread: Vec<(i64, String)>,
        /// How many not read.
        failed: usize,
    },
    /// Columns for lists: people for whom they are of another day.
    Columns {
        /// People.
        behind: i64,
    },
    /// Policy documents: what keeps the stack that holds here from being made.
    Documents(Option<String>),
}

impl Finding {
    /// Nothing needs to be done. Columns of yesterday are no fault: they are reckoned when the office is opened.
    pub fn is_sound(&self) -> bool {
        match self {
            Finding::Schema { same, .. } => *same,
            Finding::Damage(said) => said.is_empty(),
            Finding::Loose(codes) => codes.is_empty(),
            Finding::Careers { failed, .. } => *failed == 0,
            Finding::Columns { .. } => true,
            Finding::Documents(fault) => fault.is_none(),
        }
    }

    /// What to do, when it is not sound.
    pub fn advice(&self, lang: Lang) -> Option<String> {
        (!self.is_sound()).then(|| match self {
            Finding::Schema { applied, known, .. } if applied > known => say!(lang, "doctor-do-later"),
            Finding::Schema { .. } => say!(lang, "doctor-do-schema"),
            Finding::Damage(_) => say!(lang, "doctor-do-damage"),
            Finding::Loose(_) => say!(lang, "doctor-do-loose"),
            Finding::Careers { .. } => say!(lang, "doctor-do-careers"),
            Finding::Columns { .. } | Finding::Documents(_) => say!(lang, "doctor-do-documents"),
        })
    }
}

impl Say for Finding {
    fn say(&self, lang: Lang) -> String {
        match self {
            Finding::Schema { applied, known, same: true } => {
                say!(lang, "doctor-schema", applied = applied.to_string(), known = known.to_string())
            }
            Finding::Schema { applied, known, same: false } => {
                say!(lang, "doctor-schema-other", applied = applied.to_string(), known = known.to_string())
            }
            Finding::Damage(said) if said.is_empty() => say!(lang, "doctor-whole"),
            Finding::Damage(said) => say!(lang, "doctor-damage", said = said.join("\n  ")),
            Finding::Loose(codes) if codes.is_empty() => say!(lang, "doctor-tight"),
            Finding::Loose(codes) => {
                let told: Vec<String> = codes.iter().map(|(code, count)| format!("{code} {count}")).collect();
                say!(lang, "doctor-loose", what = told.join(", "))
            }
            Finding::Careers { read, failed: 0, .. } => say!(lang, "doctor-careers", read = read.to_string()),
            Finding::Careers { read, unread, failed } => {
                let told: Vec<String> = unread.iter().map(|(id, why)| format!("{id}: {why}")).collect();
                say!(
                    lang,
                    "doctor-careers-not",
                    read = read.to_string(),
                    failed = failed.to_string(),
                    who = told.join("\n  ")
                )
            }
            Finding::Columns { behind: 0 } => say!(lang, "doctor-columns"),
            Finding::Columns { behind } => say!(lang, "doctor-columns-behind", people = behind.to_string()),
            Finding::Documents(None) => say!(lang, "doctor-documents"),
            Finding::Documents(Some(fault)) => say!(lang, "doctor-documents-not", why = fault.as_str()),
        }
    }
}

impl Office {
    /// Looks at everything, changing nothing. A schema of another version ends it: the rest cannot be read by this program.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn doctor(&self, lang: Lang) -> Result<Vec<Finding>, OfficeError> {
        let mut tx = self.db.read().await?;
        let applied = dump::applied(&mut tx).await?;
        let known: Vec<i64> = schema::FILES.iter().map(|f| f.0).collect();
        let last = |all: &[i64]| all.last().copied().unwrap_or(0);
        let same = applied == known;
        let mut found = vec![Finding::Schema { applied: last(&applied), known: last(&known), same }];
        if !same {
            return Ok(found);
        }
        found.push(Finding::Damage(sound::damage(&mut tx).await?));
        found.push(Finding::Loose(sound::loose(&mut tx).await?));
        found.push(Finding::Columns { behind: sound::not_reckoned(&mut tx, self.today()).await? });
        let place = settings::get(&mut tx, settings::PLACE).await?.filter(|p| !p.is_empty());
        let everyone = sound::everyone(&mut tx).await?;
        drop(tx);
        found.push(self.unreadable(&everyone, lang).await?);
        let spec = takeroot_policy::StackSpec { baseline: None, proposals: Vec::new(), place };
        let fault = Stack::new(&self.library(), spec).err().map(|e| e.say(lang));
        found.push(Finding::Documents(fault));
        Ok(found)
    }

    /// Whose career cannot be read: a batch that fails is read person by person.
    async fn unreadable(&self, everyone: &[i64], lang: Lang) -> Result<Finding, OfficeError> {
        let (mut read, mut failed, mut unread) = (0, 0, Vec::new());
        for part in everyone.chunks(BATCH) {
            let mut tx = self.db.read().await?;
            if people::careers(&mut tx, part).await.is_ok() {
                read += part.len();
                continue;
            }
            for id in part {
                // A transaction of its own: one that failed must not be used again.
                let mut tx = self.db.read().await?;
                match people::career(&mut tx, *id).await {
                    Ok(_) => read += 1,
                    Err(error) => {
                        failed += 1;
                        if unread.len() < NAMED {
                            unread.push((*id, error.say(lang)));
                        }
                    }
                }
            }
        }
        Ok(Finding::Careers { read, unread, failed })
    }
}
