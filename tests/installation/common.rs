//! Installations on each engine, and the program run on them.

use std::path::Path;
use std::process::{Command, Output};

/// Where an installation is, as it is said to the program.
#[derive(Clone, Debug)]
pub struct Place(pub Vec<String>);

impl Place {
    pub fn dir(path: &Path) -> Place {
        Place(vec!["--data".to_owned(), path.to_str().unwrap().to_owned()])
    }

    /// A database of its own on the server for tests, if there is one.
    pub fn server() -> Option<Place> {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let address = runtime.block_on(takeroot_store::testing::address()).unwrap();
        address.map(|a| Place(vec!["--database".to_owned(), a]))
    }

    /// One of each.
    pub fn each(dir: &Path) -> Vec<Place> {
        [Some(Place::dir(dir)), Place::server()].into_iter().flatten().collect()
    }

    /// With 500 invented people and the demonstration's accounts in it.
    pub fn filled(self) -> Place {
        let done = self.run(&["demo", "--people", "500"]);
        assert_eq!(done.status.code(), Some(0), "{done:?}");
        self
    }

    /// Runs a command on it, in English.
    pub fn run(&self, words: &[&str]) -> Output {
        self.command(words).output().unwrap()
    }

    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_takeroot"));
        command.args(words).args(&self.0).args(["--lang", "en"]).env_remove("TAKEROOT_LOG");
        command
    }
}

pub fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}
