//! A press with the shipped fonts, and a career or two.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code)]

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::LazyLock;

use takeroot_civil::Day;
use takeroot_exchange::lrmx::Document;
use takeroot_forms::{Fonts, FormKind, Order, Press, Step};
use takeroot_words::Lang;

/// The fonts as `npm ci` in `assets/` puts them there, or the directory that `TAKEROOT_FONTS` names.
pub static PRESS: LazyLock<Press> = LazyLock::new(|| {
    let home =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/node_modules/@expo-google-fonts/noto-serif-sc");
    let home = std::env::var("TAKEROOT_FONTS").unwrap_or_else(|_| home.to_owned());
    let read = |file: &str| {
        let path = Path::new(&home).join(file);
        std::fs::read(&path)
            .unwrap_or_else(|e| panic!("{}: {e}; run `npm ci` in assets/ first", path.display()))
    };
    let files = ["400Regular/NotoSerifSC_400Regular.ttf", "700Bold/NotoSerifSC_700Bold.ttf"];
    Press::new(Fonts::new(files.map(read)).expect("fonts"))
});

pub fn day() -> Day {
    Day::new(2026, 7, 1).expect("a day")
}

pub fn order(kind: FormKind, lang: Lang) -> Order<'static> {
    Order { kind, template: None, lang, day: day(), invented: true }
}

pub fn on(_: Step) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// A form with a few elements filled.
pub fn document(fields: &[(&str, &str)]) -> Document {
    let mut document = Document::empty();
    for (tag, text) in fields {
        document.set(tag, text);
    }
    document
}
