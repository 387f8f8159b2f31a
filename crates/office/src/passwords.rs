//! Passwords: how they are kept, compared, made, and which are refused.

use std::sync::OnceLock;

use argon2::{Argon2, PasswordHasher as _, PasswordVerifier as _};
use takeroot_words::{Lang, Say};
use tokio::sync::Semaphore;

use crate::words::say;
use crate::{Office, OfficeError};

/// Fewest characters. Length is what makes a password hard to guess; composition rules only make people write
/// `Password1!` (NIST SP 800-63B, section 3.1.1.2), so there are none, and no password expires with time.
pub const SHORTEST: usize = 10;
/// Most characters: hashing time must not be the caller's to choose.
pub const LONGEST: usize = 200;
/// Days that a password to be used once holds: the installation's own choice, no rule of law. Whoever does not come within
/// a week is given another; until then it lies in a message or on a slip of paper.
pub const ONCE_DAYS: i64 = 7;
/// Passwords that are hashed or compared at the same time. Each takes 19 MiB and a core: without a bound, many sign-ins at
/// once would take all of both.
const AT_ONCE: usize = 4;
static TURNS: Semaphore = Semaphore::const_new(AT_ONCE);

/// The commonest that are long enough, in lower case: the first that anyone tries.
const COMMONEST: &[&str] = &[
    "1234567890",
    "12345678910",
    "0123456789",
    "9876543210",
    "0987654321",
    "1111111111",
    "0000000000",
    "8888888888",
    "6666666666",
    "1122334455",
    "1234512345",
    "123456789a",
    "a123456789",
    "aa123456789",
    "abc123456789",
    "123456789abc",
    "qwertyuiop",
    "qwertyuiop123",
    "1qaz2wsx3edc",
    "qazwsxedcrfv",
    "q1w2e3r4t5",
    "1q2w3e4r5t",
    "1q2w3e4r5t6y",
    "asdfghjkl123",
    "password123",
    "password1234",
    "password12",
    "passw0rd123",
    "administrator",
    "admin123456",
    "adminadmin",
    "admin@12345",
    "iloveyou123",
    "woaini1314",
    "woaini5201314",
    "5201314520",
    "1314520520",
    "changeme123",
    "letmein1234",
    "welcome123",
    "takeroot123",
    "takeroottakeroot",
];

/// Why a password is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Weak {
    /// Too short.
    #[error("fewer than {SHORTEST} characters")]
    Short,
    /// Too long.
    #[error("more than {LONGEST} characters")]
    Long,
    /// It contains the account's name, or is one character again and again.
    #[error("the account's name or one character repeated")]
    Name,
    /// Among the commonest.
    #[error("among the commonest")]
    Common,
    /// The present one: whoever gave it to be used once would still know it.
    #[error("the present password")]
    Same,
}

impl Say for Weak {
    fn say(&self, lang: Lang) -> String {
        match self {
            Weak::Short => say!(lang, "password-short", n = SHORTEST.to_string()),
            Weak::Long => say!(lang, "password-long", n = LONGEST.to_string()),
            Weak::Name => say!(lang, "password-name"),
            Weak::Common => say!(lang, "password-common"),
            Weak::Same => say!(lang, "password-same"),
        }
    }
}

/// Whether a password may be chosen for an account.
///
/// # Errors
/// Why not.
pub fn look(password: &str, account: &str) -> Result<(), Weak> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Err(Weak::Short);
    }
    if length > LONGEST {
        return Err(Weak::Long);
    }
    let plain = password.to_lowercase();
    let mut characters = plain.chars();
    let first = characters.next();
    if characters.all(|c| Some(c) == first) || plain.replace(&account.to_lowercase(), "").chars().count() < 4
    {
        return Err(Weak::Name);
    }
    if COMMONEST.contains(&plain.as_str()) {
        return Err(Weak::Common);
    }
    Ok(())
}

/// Runs on a thread of its own, in its turn: hashing takes tens of milliseconds of one core by intent.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, OfficeError> {
    let turn = TURNS.acquire().await.map_err(|_| OfficeError::Interrupted)?;
    let done = tokio::task::spawn_blocking(move || {
        let done = work();
        // Kept until the work is done, though whoever asked went away: the thread goes on.
        drop(turn);
        done
    });
    done.await.map_err(|_| OfficeError::Interrupted)
}

fn hashed(password: &str, salt: &[u8]) -> Result<String, OfficeError> {
    let hash = Argon2::default()
        .hash_password_with_salt(password.as_bytes(), salt)
        .map_err(|e| takeroot_store::StoreError::stored("password", e))?;
    Ok(hash.to_string())
}

/// A hash that nobody's password has: compared with when the name is unknown, so that the answer takes as long.
fn nobodys() -> &'static str {
    static NOBODYS: OnceLock<String> = OnceLock::new();
    NOBODYS.get_or_init(|| hashed("nobody has this password", b"nobody's salt 16").unwrap_or_default())
}

impl Office {
    /// The form in which a password is kept: Argon2id with a salt of its own.
    ///
    /// # Errors
    /// When it cannot be hashed.
    pub(crate) async fn hash_password(&self, password: &str) -> Result<String, OfficeError> {
        let mut salt = [0_u8; 16];
        self.random.fill(&mut salt);
        let password = password.to_owned();
        apart(move || hashed(&password, &salt)).await?
    }

    /// Whether a password goes with what is kept; takes as long when nothing is kept.
    ///
    /// # Errors
    /// When the thread for it ended.
    pub(crate) async fn password_fits(
        &self,
        kept: Option<String>,
        password: &str,
    ) -> Result<bool, OfficeError> {
        let password = password.to_owned();
        apart(move || {
            let known = kept.as_ref().is_some_and(|k| !k.is_empty());
            let kept = kept.filter(|k| !k.is_empty()).unwrap_or_else(|| nobodys().to_owned());
            let fits = argon2::PasswordHash::new(&kept)
                .is_ok_and(|kept| Argon2::default().verify_password(password.as_bytes(), &kept).is_ok());
            fits && known
        })
        .await
    }

    /// A password to be used once: four groups of four characters that are not mistaken for each other.
    pub(crate) fn once_password(&self) -> String {
        const LETTERS: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";
        let mut bytes = [0_u8; 16];
        self.random.fill(&mut bytes);
        let mut text = String::with_capacity(19);
        for (at, byte) in bytes.iter().enumerate() {
            if at > 0 && at % 4 == 0 {
                text.push('-');
            }
            // 256 is no multiple of 31: the first letters come a little oftener, which costs a hundredth of a bit.
            let letter = LETTERS.get(usize::from(byte % 31)).copied().unwrap_or(b'x');
            text.push(char::from(letter));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_is_wanted_and_no_composition() {
        assert_eq!(look("短", "wang"), Err(Weak::Short));
        assert_eq!(look("一二三四五六七八九十", "wang"), Ok(()));
        assert_eq!(look("correct horse battery", "wang"), Ok(()));
        assert_eq!(look(&"长".repeat(201), "wang"), Err(Weak::Long));
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn few_are_hashed_at_once_though_the_askers_go_away() {
        use std::sync::Arc;
        use std::sync::atomic::{AtomicUsize, Ordering};
        use std::time::Duration;
        let (now, most, all) = (Arc::<AtomicUsize>::default(), Arc::<AtomicUsize>::default(), 24);
        let (begun, mut asked) = (Arc::<AtomicUsize>::default(), Vec::new());
        for _ in 0..all {
            let (now, most, begun) = (now.clone(), most.clone(), begun.clone());
            asked.push(tokio::spawn(apart(move || {
                begun.fetch_add(1, Ordering::SeqCst);
                most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                std::thread::sleep(Duration::from_millis(30));
                now.fetch_sub(1, Ordering::SeqCst);
            })));
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
        asked.iter().step_by(2).for_each(tokio::task::JoinHandle::abort);
        for one in asked.into_iter().skip(1).step_by(2) {
            one.await.unwrap().unwrap();
        }
        assert!(begun.load(Ordering::SeqCst) >= all / 2, "whoever waits gets a turn");
        assert!((1..=AT_ONCE).contains(&most.load(Ordering::SeqCst)), "{most:?}");
    }

    #[test]
    fn what_is_tried_first_is_refused() {
        assert_eq!(look("Password123", "wang"), Err(Weak::Common));
        assert_eq!(look("1234567890", "wang"), Err(Weak::Common));
        assert_eq!(look("zzzzzzzzzzzz", "wang"), Err(Weak::Name));
        assert_eq!(look("wangjianguo12", "WangJianguo"), Err(Weak::Name));
    }
}
