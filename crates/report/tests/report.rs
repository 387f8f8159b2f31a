//! The practitioners' five proposals and their sum against two bases, as a paper that is read again.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use std::sync::{Arc, LazyLock};

use takeroot_civil::{Day, Roster};
use takeroot_demo::County as Demo;
use takeroot_forms::{Fonts, Press, Printed};
use takeroot_lab::clauses::Taken;
use takeroot_lab::compare::{Direction, ENOUGH_DRAWS};
use takeroot_lab::sense::{self, Sensitivity, USUAL, sense};
use takeroot_lab::{Assumptions, Cancel, Comparison, Plan, World, clauses, compare};
use takeroot_policy::{Library, Rules, Stack, StackSpec};
use takeroot_report::block::{Block, Row};
use takeroot_report::{Base, County, Package, Report, Series, pdf};
use takeroot_words::Lang;

const FIVE: [&str; 5] = [
    "one-reduction-one-increase",
    "difficulties-and-hopes",
    "fewer-burdens-more-capacity",
    "one-rise-one-fall",
    "township-tilt",
];

static PRESS: LazyLock<Press> =
    LazyLock::new(|| Press::new(Fonts::new(takeroot_assets::serif_fonts()).expect("fonts")));

fn on() -> Day {
    Day::new(2026, 7, 1).unwrap()
}

struct Ran {
    proposals: Vec<String>,
    digest: String,
    comparison: Comparison,
    sense: Option<Sensitivity>,
    clauses: Vec<Taken>,
}

/// Both bases, each with every proposal and their sum; the sum is screened.
struct County500 {
    roster: Roster,
    library: Library,
    assumptions: Assumptions,
    bases: Vec<(Option<String>, Arc<World>, Vec<Ran>)>,
}

static COUNTY: LazyLock<County500> = LazyLock::new(|| {
    let roster = Demo::generate(500, 1, on()).unwrap();
    let library = Library::shipped().unwrap();
    let assumptions = Assumptions::shipped().unwrap();
    let bases = [None, Some("as-in-2013".to_owned())];
    let bases = bases.map(|base| {
        let (world, ran) = of_base(&roster, &library, &assumptions, base.as_ref());
        (base, world, ran)
    });
    County500 { roster, library, assumptions, bases: bases.into() }
});

fn of_base(
    roster: &Roster,
    library: &Library,
    assumptions: &Assumptions,
    base: Option<&String>,
) -> (Arc<World>, Vec<Ran>) {
    let stack = |proposals: &[String]| {
        let place = roster.organs.iter().find_map(|o| o.division).map(|d| d.cut(6).to_string());
        let spec = StackSpec { baseline: base.cloned(), proposals: proposals.to_vec(), place };
        Stack::new(library, spec).unwrap()
    };
    let rules = |proposals: &[String]| Rules::at(&stack(proposals), on());
    let bare = rules(&[]);
    let world = Arc::new(World::of(roster, Arc::new(bare.clone())));
    let mut packages: Vec<Vec<String>> = FIVE.iter().map(|id| vec![(*id).to_owned()]).collect();
    packages.push(FIVE.map(str::to_owned).to_vec());
    // As many draws as it takes to name a direction.
    let plan = Plan { draws: ENOUGH_DRAWS as u32, ..Plan::of(3, 12, 1) };
    let ran = packages.into_iter().map(|proposals| {
        let with = Arc::new(World::beside(roster, &rules(&proposals), &bare));
        let cancel = Cancel::default();
        let comparison = compare(&world, &with, assumptions, plan, &cancel, &|_, _| ()).unwrap();
        let screened = proposals.len() > 1;
        let sense = screened.then(|| {
            let (trajectories, replicates) = (2, 2);
            let plan = sense::Plan { years: 3, replicates, trajectories, keep: 0, rows: 0, seed: 1 };
            sense(&world, &with, assumptions, USUAL, plan, &cancel, &|_, _| ()).unwrap()
        });
        let clauses = clauses(&stack(&proposals), &world, &with);
        Ran { digest: with.rules.digest.clone(), proposals, comparison, sense, clauses }
    });
    let ran = ran.collect();
    (world, ran)
}

fn package(ran: &Ran) -> Package<'_> {
    Package {
        proposals: ran.proposals.clone(),
        digest: ran.digest.clone(),
        comparison: &ran.comparison,
        sense: ran.sense.as_ref(),
        clauses: &ran.clauses,
    }
}

fn series(county: &County500) -> Series<'_> {
    Series {
        county: County::of(&county.roster),
        bases: county
            .bases
            .iter()
            .map(|(id, world, ran)| Base {
                id: id.clone(),
                rules: &world.rules,
                packages: ran.iter().map(package).collect(),
            })
            .collect(),
        library: &county.library,
        assumptions: &county.assumptions,
        terms_for_all: false,
        printed: on(),
        version: "0.1.0",
        again: "takeroot lab report --roster roster.json --sense".to_owned(),
    }
}

/// All that stands on the pages, without gaps: words are broken over lines.
fn flat(printed: &Printed) -> String {
    squeezed(&printed.text.concat())
}

fn squeezed(text: &str) -> String {
    let plain = |c: char| match c {
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        c => c,
    };
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').map(plain).collect()
}

#[test]
fn five_proposals_and_their_sum_against_two_bases_stand_in_the_paper_in_both_languages() {
    let series = series(&COUNTY);
    for lang in Lang::ALL {
        let printed = pdf(&PRESS, &series, lang).unwrap_or_else(|fault| panic!("{fault}"));
        assert!(printed.pdf.starts_with(b"%PDF-1.7"));
        assert_eq!(printed.lacking, [Vec::<char>::new()], "every character has its shape");
        let text = flat(&printed);
        // Headings and rows begin with a capital where a sentence does not.
        let small = text.to_lowercase();
        let of = |words: &str| squeezed(words).to_lowercase();
        let has = |words: &str| assert!(small.contains(&of(words)), "{lang}: {words} is missing");
        for id in FIVE {
            let title = COUNTY.library.get(id).unwrap().head.title().get(lang);
            assert!(small.matches(&of(title)).count() >= 5, "{lang}: {title}");
        }
        has(lang.pick("5项方案一并实行", "all 5 proposals together"));
        has(lang.pick("以2026年7月1日的现行规定为基准", "Against the law of 1 July 2026"));
        has(lang.pick("以2013年的规定为基准", "Against the rules of \"As in 2013\""));
        for part in [
            lang.pick("一、问题与答案", "The question and the answer"),
            lang.pick("什么最能改变答案", "What would most change the answer"),
            lang.pick("推演说明不了什么", "What the lab cannot tell"),
            lang.pick("知道什么", "What is known"),
            lang.pick("假设什么", "What is assumed"),
            lang.pick("谁得谁失", "Who gains and who loses"),
            lang.pick("各乡镇空编", "Vacant posts of townships"),
            lang.pick("怎样重新得到同样的结果", "How the same is made again"),
            "takeroot lab report --roster roster.json --sense",
        ] {
            has(part);
        }
        for (_, _, figure) in COUNTY.assumptions.coefficients() {
            has(figure.text.get(lang));
            has(figure.source.get(lang));
        }
        for id in FIVE {
            for clause in &COUNTY.library.get(id).unwrap().clauses {
                has(clause.get_ref().text.get(lang));
            }
        }
        has(lang.pick("一并实行时被", "where both are adopted"));
        for (_, world, ran) in &COUNTY.bases {
            has(&world.rules.digest);
            for package in ran {
                has(&package.digest);
            }
        }
        // Every page says that the people are invented, and which of how many it is.
        let all = printed.pages();
        for (at, page) in printed.text.iter().enumerate() {
            let page = squeezed(page);
            let of = lang.pick(format!("第{}页", at + 1), format!("page{}of{all}", at + 1));
            assert!(page.contains(&of), "{lang}: page {}", at + 1);
            let invented =
                lang.pick("演示数据：人员和单位均为虚构", "Demonstrationdata:peopleandorgansareinvented");
            assert!(page.contains(invented), "{lang}: page {}", at + 1);
        }
        for key in ["vacant-township", "leave.rate", "resign.pay", "as-in-2013", "kebab", "NaN", "{", "}"] {
            assert!(!text.replace(&squeezed(&series.again), "").contains(key), "{lang}: {key} is no word");
        }
    }
}

#[test]
fn the_table_holds_every_package_with_its_difference_interval_and_mark() {
    let series = series(&COUNTY);
    for lang in Lang::ALL {
        let report = Report::of(&series, lang);
        let table = report.blocks.iter().find_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        });
        let table = table.unwrap();
        let overs = table.rows.iter().filter(|row| matches!(row, Row::Over { .. })).count();
        assert_eq!(
            (overs, table.rows.len()),
            (2, 2 * (2 + 6)),
            "two bases; each its values and six packages"
        );
        for row in &table.rows {
            let Row::Cells { cells } = row else { continue };
            assert_eq!(cells.len(), table.columns.len());
        }
        // The sum's pay bill is the comparison's, to the unit of 10,000 yuan, with the mark of its direction.
        let Row::Cells { cells } = &table.rows[7] else { panic!("the sum against the law") };
        let sum = &COUNTY.bases[0].2[5].comparison;
        let bill = sum.measures.iter().find(|m| m.key == "pay-bill").unwrap();
        let first = cells[7].text.split('\n').next().unwrap();
        let number: f64 = first.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap();
        assert!((number - (bill.horizon.difference.value / 10_000.0).abs()).abs() <= 0.51, "{first}");
        let mark = match bill.direction {
            Direction::Up => "▲",
            Direction::Down => "▼",
            Direction::None => "＝",
            Direction::Unclear => "？",
        };
        assert!(first.ends_with(mark), "{first}");
        assert_eq!(cells[7].text.split('\n').count(), 3, "chance and assumptions, apart");
    }
}

#[test]
fn an_answer_names_no_direction_that_the_comparison_does_not_name() {
    let one = &COUNTY.bases[0].2[5];
    let mut comparison = one.comparison.clone();
    for measured in &mut comparison.measures {
        measured.direction = Direction::Unclear;
    }
    comparison.cost_per_more_person_year = None;
    let whole = series(&COUNTY);
    let package = Package {
        proposals: one.proposals.clone(),
        digest: one.digest.clone(),
        comparison: &comparison,
        sense: None,
        clauses: &one.clauses,
    };
    let base = Base { packages: vec![package], ..whole.bases[0].clone() };
    let single = Series { bases: vec![base], ..whole.clone() };
    for lang in Lang::ALL {
        let report = Report::brief(&single, lang);
        let said: Vec<String> = report
            .blocks
            .iter()
            .filter_map(|block| match block {
                Block::Points { items, numbered: true } => Some(items),
                _ => None,
            })
            .flatten()
            .map(|(_, words)| words.clone())
            .collect();
        assert!((5..=9).contains(&said.len()), "{said:?}");
        let all = said.concat();
        for words in lang.pick(["增加约", "减少约"], ["up by about", "down by about"]) {
            assert!(!all.contains(words), "{lang}: {all}");
        }
        assert!(all.contains(lang.pick("说不准", "cannot be told")), "{all}");
        let text = format!("{:?}", report.blocks);
        assert!(text.contains(lang.pick("没有要求", "was not asked for")), "no screening, and it is said");
        pdf(&PRESS, &single, lang).unwrap_or_else(|fault| panic!("a single comparison prints: {fault}"));
    }
}

#[test]
fn one_year_and_one_proposal_print_too() {
    let county = &*COUNTY;
    let rules = |proposals: Vec<String>| {
        let spec = StackSpec { baseline: None, proposals, place: None };
        Rules::at(&Stack::new(&county.library, spec).unwrap(), on())
    };
    let bare = rules(Vec::new());
    let world = Arc::new(World::of(&county.roster, Arc::new(bare.clone())));
    let with = Arc::new(World::beside(&county.roster, &rules(vec![FIVE[4].to_owned()]), &bare));
    let plan = Plan { draws: 1, ..Plan::of(1, 2, 3) };
    let comparison =
        compare(&world, &with, &county.assumptions, plan, &Cancel::default(), &|_, _| ()).unwrap();
    let whole = series(county);
    let package = Package {
        proposals: vec![FIVE[4].to_owned()],
        digest: with.rules.digest.clone(),
        comparison: &comparison,
        sense: None,
        clauses: &[],
    };
    let base = Base { id: None, rules: &world.rules, packages: vec![package] };
    let mut alone = Series { bases: vec![base], ..whole.clone() };
    alone.county.invented = false;
    for lang in Lang::ALL {
        let printed = pdf(&PRESS, &alone, lang).unwrap_or_else(|fault| panic!("{fault}"));
        let text = flat(&printed);
        assert!(
            !text.contains(&squeezed(lang.pick("演示数据：", "Demonstration data:"))),
            "real people are not called invented"
        );
        assert!(
            !text.contains(&squeezed(
                lang.pick("以2013年的规定为基准", "Against the rules of \"As in 2013\"")
            ))
        );
    }
}
