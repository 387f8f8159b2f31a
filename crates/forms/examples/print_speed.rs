//! How long forms take to print, and how they look: `print_speed FONTS OUT [PEOPLE]` writes every form in both languages
//! into the directory OUT with the fonts found in FONTS, and says how long each took.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::disallowed_macros,
    reason = "tests and examples read files and print; the crate does not"
)]
#![allow(clippy::expect_used, reason = "a tool for measuring")]

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Instant;

use takeroot_civil::Day;
use takeroot_exchange::lrmx;
use takeroot_forms::{Fonts, FormKind, Order, Press, Printed, book, cadre, rank};
use takeroot_policy::{Facts, Library, Rules, Stack, StackSpec};
use takeroot_words::Lang;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let (fonts, out) = (args.get(1).expect("FONTS"), PathBuf::from(args.get(2).expect("OUT")));
    let people = args.get(3).map_or(2000, |n| n.parse().expect("a number"));
    let read = |file: &str| std::fs::read(Path::new(fonts).join(file)).expect("a font");
    let press = Press::new(
        Fonts::new([read("400Regular/NotoSerifSC_400Regular.ttf"), read("700Bold/NotoSerifSC_700Bold.ttf")])
            .expect("fonts"),
    );
    let day = Day::new(2026, 7, 1).expect("a day");
    let roster = takeroot_demo::County::generate(people, 1, day).expect("a county");
    let library = Library::shipped().expect("policies");
    let stack = Stack::new(&library, StackSpec::default()).expect("a stack");
    let rules = Rules::at(&stack, day);
    let organs = roster.organ_index();
    for lang in Lang::ALL {
        let order = |kind| Order { kind, template: None, lang, day, invented: true };
        let save = |name: &str, sheets: usize, begun: Instant, printed: Printed| {
            let took = begun.elapsed();
            std::fs::write(out.join(format!("{name}-{lang}.pdf")), &printed.pdf).expect("written");
            println!(
                "{name} {lang}: {sheets} sheets, {} pages, {} kB, {took:?}, {} continued",
                printed.pages(),
                printed.pdf.len() / 1000,
                printed.continued.len()
            );
        };
        let here = roster.careers.iter().filter(|c| Facts::of(c, &organs, &rules).in_service());
        let some: Vec<_> = here.step_by(7).take(100).collect();
        let forms: Vec<cadre::Sheet> =
            some.iter().map(|c| cadre::Sheet::of(&lrmx::from_career(c, &roster.organs, day), lang)).collect();
        for n in [1, 1, 100] {
            let begun = Instant::now();
            let sheets = forms.get(..n).expect("enough people");
            let go = |_| ControlFlow::Continue(());
            save(
                &format!("cadre-{n}"),
                n,
                begun,
                press.print(&order(FormKind::Cadre), sheets, go).expect("printed"),
            );
        }
        let ranks: Vec<rank::Sheet> = some
            .iter()
            .filter_map(|c| rank::Sheet::next(c, &Facts::of(c, &organs, &rules), &rules, lang))
            .collect();
        let begun = Instant::now();
        let go = |_| ControlFlow::Continue(());
        save("rank", ranks.len(), begun, press.print(&order(FormKind::Rank), &ranks, go).expect("printed"));
        let begun = Instant::now();
        let sheets = book::sheets(&roster.careers, &roster.organs, &rules, lang, true);
        save("book", sheets.len(), begun, press.print(&order(FormKind::Book), &sheets, go).expect("printed"));
    }
}
