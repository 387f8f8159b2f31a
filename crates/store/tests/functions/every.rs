//! No function of the store is left out: each that the sources hold is called by a test that runs on both engines.
//!
//! A helper that nobody calls is a warning, and warnings are errors, so a call that stands in these files is one that is
//! compiled and reached from a test.

use std::collections::BTreeMap;
use std::path::Path;

fn sources(dir: &Path, found: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            // What a comment says is no call.
            let code: Vec<&str> = text.lines().filter(|l| !l.trim_start().starts_with("//")).collect();
            found.insert(path.to_string_lossy().into_owned(), code.join("\n"));
        }
    }
}

/// Each function as it is called: `module::name(`, of a method `.name(` or `Type::name(`.
fn functions(file: &str, code: &str) -> Vec<(String, Vec<String>)> {
    let module = file.strip_suffix(".rs").unwrap().rsplit_once("/src/").unwrap().1;
    // The files of a folder are known by the folder's name.
    let module = module.split('/').next().unwrap();
    let mut found = Vec::new();
    for line in code.lines() {
        let inside = line.starts_with("    ");
        let Some(rest) = line.trim_start().strip_prefix("pub async fn ") else { continue };
        let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        let calls = if inside {
            vec![format!(".{name}("), format!("Db::{name}("), format!("Backup::{name}(")]
        } else {
            vec![format!("{module}::{name}(")]
        };
        found.push((format!("{module}::{name}"), calls));
    }
    found
}

fn calls(code: &str, call: &str) -> bool {
    code.match_indices(call).any(|(at, _)| {
        let before = code[..at].chars().next_back().unwrap_or(' ');
        call.starts_with('.') || !(before.is_alphanumeric() || before == '_')
    })
}

#[test]
fn every_function_is_called_on_both_engines() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut code, mut tests) = (BTreeMap::new(), BTreeMap::new());
    sources(&home.join("src"), &mut code);
    sources(&home.join("tests"), &mut tests);
    tests.retain(|file, text| {
        !file.ends_with("every.rs")
            && ["testing::databases(", "testing::empty(", "on_both("].iter().any(|both| text.contains(both))
    });
    let all: Vec<_> = code.iter().flat_map(|(file, text)| functions(file, text)).collect();
    assert!(all.len() > 140, "the sources hold functions: {}", all.len());
    let missing: Vec<&String> = all
        .iter()
        .filter(|(_, forms)| !tests.values().any(|t| forms.iter().any(|form| calls(t, form))))
        .map(|(name, _)| name)
        .collect();
    assert!(missing.is_empty(), "no test on both engines calls these: {missing:#?}");
}

#[test]
fn a_function_that_nobody_calls_is_seen() {
    let code = "pub async fn forgotten(tx: &mut Tx) {}\nimpl Db {\n    pub async fn lost(&self) {}\n}";
    let all = functions("/x/src/roster.rs", code);
    assert_eq!(all.iter().map(|f| f.0.as_str()).collect::<Vec<_>>(), ["roster::forgotten", "roster::lost"]);
    assert!(!calls("my_roster::forgotten(tx)", "roster::forgotten("), "that of another module");
    assert!(calls("x = roster::forgotten(tx)", "roster::forgotten(") && calls("db.lost()", ".lost("));
}
