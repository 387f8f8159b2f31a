//! Tables of spells through mapping files: the public ones against R, invented ones with every flaw.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    missing_docs
)]

use std::io::Write as _;
use std::path::Path;

use takeroot_survival::build::{MapFile, build};
use takeroot_survival::curves::{AalenJohansen, KaplanMeier};
use takeroot_survival::fault::{Aside, Flaw};
use takeroot_survival::spells::Spells;
use takeroot_survival::table::{NoTable, Table};
use takeroot_words::{Lang, Say as _};

fn data(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)).unwrap()
}

fn public(map: &str, file: &str, change: impl Fn(String) -> String) -> Spells {
    let text = change(String::from_utf8(data(map)).unwrap());
    let map = MapFile::parse(map, text.as_bytes()).unwrap();
    build(&map, &Table::read(file, &data(file), b',').unwrap(), &[]).unwrap()
}

/// R's answers of a case, by place.
fn oracle(case: &str) -> Vec<(usize, f64)> {
    let lines = include_str!("r/oracle.tsv").lines();
    let of = |line: &str| {
        let mut parts = line.split('\t');
        (parts.next() == Some(case)).then(|| {
            (parts.next().unwrap().parse().unwrap(), parts.next().unwrap().parse().unwrap_or(f64::NAN))
        })
    };
    lines.filter_map(of).collect()
}

fn same(case: &str, ours: &[f64]) {
    let theirs = oracle(case);
    assert!(!theirs.is_empty(), "R was not asked for {case}");
    for (place, their) in theirs {
        let our = ours[place];
        assert!(
            (our - their).abs() <= 1e-8 * their.abs().max(1.0) || our.is_nan() && their.is_nan(),
            "{case} at {place}: {our}, R {their}"
        );
    }
}

fn curves(case: &str, spells: &Spells) {
    let columns = spells.columns(None);
    let km = KaplanMeier::of(&columns.times());
    same(&format!("{case}.km.time"), &km.time);
    same(&format!("{case}.km.survival"), &km.survival);
    same(&format!("{case}.km.se"), &km.se);
    let aj = AalenJohansen::of(&columns.times(), u16::try_from(spells.causes.len()).unwrap());
    for (k, (share, se)) in aj.share.iter().zip(&aj.se).enumerate() {
        same(&format!("{case}.aj.share.{k}"), share);
        same(&format!("{case}.aj.se.{k}"), se);
    }
}

fn hazards(case: &str, spells: &Spells, cause: usize) {
    let model = spells.fit(None, spells.until);
    let fit = model.hazards[cause].fit.as_ref().unwrap();
    same(&format!("{case}.coefficient"), &fit.coefficients);
    same(&format!("{case}.se"), &fit.se);
    same(&format!("{case}.deviance"), &[fit.deviance]);
}

#[test]
fn senators_as_r_has_them() {
    let spells = public("senators.toml", "lifelines-canadian_senators.csv", |t| t);
    assert_eq!(spells.causes, ["die", "resign", "retire"]);
    curves("senators", &spells);
    for (cause, case) in ["senators.logit.1", "senators.logit.2", "senators.logit.3"].iter().enumerate() {
        hazards(case, &spells, cause);
    }
    // Who was there in 1950 or came later.
    let late = public("senators.toml", "lifelines-canadian_senators.csv", |t| {
        format!("{t}\n[watched]\nfrom = \"1950-01-01\"\n")
    });
    assert!(late.tally.aside[&Aside::EndedBefore] > 100);
    curves("senators.late", &late);
    hazards("senators.logit.late", &late, 0);
}

#[test]
fn leaders_and_cabinet_as_r_has_them() {
    let spells = public("leaders.toml", "lifelines-dd.csv", |t| t);
    assert_eq!((spells.all.len(), spells.tally.untolerated()), (1808, 0));
    curves("leaders", &spells);
    hazards("leaders.logit", &spells, 0);
    let spells = public("cabinet.toml", "us-cabinet-turnover-312.csv", |t| t);
    curves("cabinet", &spells);
}

#[test]
fn rows_of_the_calendar_agree_with_rows_of_service_where_both_are_years() {
    // Whole years from the first of January: both ways see the same people in the same years.
    let by = |rows: &str| {
        public("leaders.toml", "lifelines-dd.csv", |t| {
            t.replace("rows = \"service\"", &format!("rows = \"{rows}\""))
        })
    };
    let (service, calendar) = (by("service"), by("calendar"));
    let fit = |spells: &Spells| spells.fit(None, spells.until).hazards[0].fit.clone().unwrap();
    let (a, b) = (fit(&service), fit(&calendar));
    assert_eq!(a.trials, b.trials);
    for (x, y) in a.coefficients.iter().chain(&a.se).zip(b.coefficients.iter().chain(&b.se)) {
        assert!((x - y).abs() < 1e-8 * x.abs().max(1.0), "{x} {y}");
    }
}

const MAP: &str = r#"[spells]
id = "no"
start = "from"
end = { column = "to", open = ["-"] }
birth = "born"

[exit]
column = "why"
running = ["serving"]
left-out = ["never came"]

[exit.causes]
leave = ["resigned", "moved up"]
retire = ["retired"]

[watched]
from = "2000-01-01"
until = "2020-12-31"

[retirement]
cause = "retire"
fill = true

[[retirement.age]]
years = 60

[[term]]
name = "sex"
column = "sex"
as = "category"
base = "f"

[[term]]
name = "age"
of = "age"
as = "number"

[[term]]
name = "score"
column = "score"
as = "number"
blank = 3
"#;

const ROWS: &str = "no,from,to,born,why,sex,score
1,1990-03-01,2005-06-30,1960-05-05,resigned,m,4
2,1995,,1961,serving,f,
3,2001/07/01,-,1958,retired,f,2
4,2003-01,2002-05,1970,resigned,m,1
5,,2004-01,1970,resigned,m,1
6,2003-01,sometime,1970,resigned,m,1
7,2003-01,2004-01,1970,vanished,m,1
7,2003-01,2004-01,1970,resigned,m,1
,2003-01,2004-01,1970,resigned,m,1
9,2003-01,2004-01,,resigned,m,1
10,2003-01,2004-01,2005,resigned,m,1
11,2003-01,2004-01,1970,resigned,m,many
12,2003-01,,1970,resigned,m,1
13,1980-01,1999-12,1950,moved up,m,1
14,2021-05,,1990,serving,m,1
15,2003-01,2023-06,1970,moved up,m,1
16,2003-01,2004-01,1970,never came,m,1
17,2003-01,2010-10,1970,moved up,f,1
18,soon,2010-10,1970,moved up,f,1
";

fn invented(map: &str, rows: &[u8]) -> Spells {
    let map = MapFile::parse("map.toml", map.as_bytes()).unwrap_or_else(|f| panic!("{}", f.say(Lang::En)));
    build(&map, &Table::read("rows.csv", rows, b',').unwrap(), &[])
        .unwrap_or_else(|f| panic!("{}", f.say(Lang::En)))
}

#[test]
fn every_row_is_taken_or_told() {
    let spells = invented(MAP, ROWS.as_bytes());
    let ids: Vec<&str> = spells.all.iter().map(|s| s.id.as_str()).collect();
    assert_eq!(ids, ["1", "2", "3", "15", "17"]);
    let tally = &spells.tally;
    let count = |flaw| tally.flaws.get(&flaw).copied().unwrap_or(0);
    for (flaw, line, found) in [
        (Flaw::EndsBeforeStart, 5, "2003-01-01 – 2002-05-31"),
        (Flaw::StartUnknown, 6, ""),
        (Flaw::EndUnreadable, 7, "sometime"),
        (Flaw::ExitUnlisted, 8, "vanished"),
        (Flaw::IdTwice, 9, "7"),
        (Flaw::IdMissing, 10, ""),
        (Flaw::BirthUnknown, 11, ""),
        (Flaw::BirthUnreadable, 12, "2005-01-01"),
        (Flaw::NumberUnreadable, 13, "many"),
        (Flaw::EndUnknown, 14, ""),
        (Flaw::StartUnreadable, 20, "soon"),
    ] {
        assert_eq!(count(flaw), 1, "{flaw:?}");
        let fault = tally.faults.iter().find(|f| f.flaw == flaw).unwrap();
        assert_eq!((fault.line, fault.found.as_str()), (line, found), "{flaw:?}");
        for lang in Lang::ALL {
            assert!(fault.say(lang).contains(&line.to_string()));
        }
    }
    let aside: Vec<usize> = Aside::ALL.iter().map(|a| tally.aside.get(a).copied().unwrap_or(0)).collect();
    assert_eq!(aside, [0, 1, 1, 1, 0]);
    let told = tally.flaws.values().sum::<usize>() + aside.iter().sum::<usize>() + spells.all.len();
    assert_eq!((told, tally.rows), (19, 19));
    assert_eq!(tally.untolerated(), 11);

    // Who retired without a date did so at 60; who left after the file was drawn up was still there.
    let of = |id: &str| spells.all.iter().find(|s| s.id == id).unwrap();
    assert_eq!((of("3").seen.to_string().as_str(), of("3").filled), ("2018-01-01", true));
    assert_eq!((of("15").cause, of("15").seen.to_string().as_str()), (0, "2020-12-31"));
    assert_eq!(of("1").since.unwrap().to_string(), "2000-01-01");
    // A blank score counts as the mapping file says.
    assert_eq!(of("2").own, [0.0, 3.0]);
}

#[test]
fn known_flaws_are_counted_and_no_fault() {
    let words = Flaw::ALL.map(|f| format!("{:?}", f.code())).join(", ");
    let map = MAP.replacen("[spells]", &format!("[spells]\ntolerate = [{words}]"), 1);
    let spells = invented(&map, ROWS.as_bytes());
    assert_eq!(spells.tally.untolerated(), 0);
    assert_eq!(spells.tally.flaws.values().sum::<usize>(), 11);
}

#[test]
fn packed_files_and_older_chinese_ones_are_read() {
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gz.write_all(ROWS.as_bytes()).unwrap();
    let packed = gz.finish().unwrap();
    assert_eq!(invented(MAP, &packed).all, invented(MAP, ROWS.as_bytes()).all);
    // Lines are counted as an editor counts them, whatever ends them.
    for end in ["\n", "\r\n"] {
        let text = ["a,b", "1,\"x", "y\"", "", "2,z"].join(end);
        let table = Table::read("x", text.as_bytes(), b',').unwrap();
        assert_eq!((table.len(), table.line(0), table.line(1)), (2, 2, 5), "{end:?}");
    }
    assert!(matches!(Table::read("x", &packed[..packed.len() / 2], b','), Err(NoTable::Damaged(_))));

    let map = "[spells]\nid = \"编号\"\nstart = \"任职时间\"\nend = \"离任时间\"\n[exit]\ncolumn = \"去向\"\nrunning = [\"在任\"]\n[exit.causes]\n\"调出\" = [\"调出\"]\n";
    let rows = "编号,任职时间,离任时间,去向\n1,2010年7月,2015年3月1日,调出\n2,2012.09,,在任\n";
    let older = encoding_rs::GB18030.encode(rows).0;
    for bytes in [rows.as_bytes(), &older] {
        let spells = invented(map, bytes);
        assert_eq!((spells.all.len(), spells.causes[0].as_str()), (2, "调出"));
        assert_eq!(spells.all[0].seen.to_string(), "2015-03-01");
    }
    for (bytes, wrong) in [
        (&b""[..], NoTable::Empty),
        (b"a,b\n", NoTable::Empty),
        (b"a,a\n1,2\n", NoTable::HeadTwice("a".into())),
    ] {
        assert_eq!(Table::read("x", bytes, b',').unwrap_err(), wrong);
    }
}

#[test]
fn a_career_ends_with_its_last_posting() {
    let map = r#"
[spells]
id = "officer"
start = [{ column = "joined", unknown = ["1900"] }, { of = "postings", column = "from", row = "earliest" }]
end = { of = "postings", column = "to", row = "last", by = "from", open = ["open"] }
[[join]]
file = "postings.csv"
name = "postings"
on = "who"
[exit]
column = "reason"
running = ["serving"]
running-end = "ignored"
[exit.causes]
leave = ["left"]
[watched]
until = "2020"
"#;
    let officers = "officer,joined,reason\na,1990,left\nb,1900,left\nc,1995,serving\nd,1990,left\n";
    let postings = "who,from,to\na,1990-05,1992-04\na,1999-01,2003-07\na,1992-04,1999-01\nb,2001-02,2004-06\nb,1998-03,open\nc,1995-01,2001-01\nd,1990-01,1995-01\nd,1995-01,open\n";
    let map = MapFile::parse("map.toml", map.as_bytes()).unwrap();
    let table = |name, text: &str| Table::read(name, text.as_bytes(), b',').unwrap();
    let spells = build(&map, &table("o.csv", officers), &[table("postings.csv", postings)]).unwrap();
    let said: Vec<(String, String, String, u16)> =
        spells.all.iter().map(|s| (s.id.clone(), s.start.to_string(), s.seen.to_string(), s.cause)).collect();
    let of = |id: &str, from: &str, to: &str, cause| (id.to_owned(), from.to_owned(), to.to_owned(), cause);
    assert_eq!(
        said,
        [
            of("a", "1990-01-01", "2003-07-31", 1),
            of("b", "1998-03-01", "2004-06-30", 1),
            of("c", "1995-01-01", "2020-12-31", 0),
        ]
    );
    // The last posting of d is open, and d has left: nothing says when.
    assert_eq!(spells.tally.flaws.get(&Flaw::EndUnknown), Some(&1));
}

#[test]
fn postings_alone_make_careers() {
    // One file, a row a posting: it is joined to itself, and the last row of each person says how it ended.
    let map = r#"
[spells]
id = "who"
repeated = "last"
start = { of = "all", column = "from", row = "earliest" }
end = { of = "all", column = "to", row = "last", by = "from" }
[[join]]
file = "postings.csv"
name = "all"
on = "who"
[exit]
column = "why"
running = [""]
unlisted = "leave"
[exit.causes]
leave = []
"#;
    let rows =
        "who,from,to,why\na,1990-05,1992-04,\na,1992-04,1999-01,left\nb,1995-01,2001-01,\nb,2001-01,,\n";
    let map = MapFile::parse("map.toml", map.as_bytes()).unwrap();
    let table = || Table::read("postings.csv", rows.as_bytes(), b',').unwrap();
    let spells = build(&map, &table(), &[table()]).unwrap();
    let said: Vec<(String, u16)> = spells.all.iter().map(|s| (s.start.to_string(), s.cause)).collect();
    assert_eq!(said, [("1990-05-01".to_owned(), 1), ("1995-01-01".to_owned(), 0)]);
    assert_eq!(spells.tally.aside[&Aside::Repeated], 2);
}

#[test]
fn retirement_falls_due_by_the_rule_of_its_day() {
    let map = r#"
[spells]
start = "from"
end = "to"
birth = "born"
[exit]
column = "why"
running = [""]
[exit.causes]
retire = ["retired"]
[watched]
until = "2020"
[retirement]
cause = "retire"
[[retirement.age]]
years = 58
[[retirement.age]]
from = "1998-05-13"
years = 60
[[term]]
name = "due"
of = "due"
as = "bands"
bands = [0]
causes = ["retire"]
"#;
    let rows = "from,to,born,why\n1970,1997,1939-03,retired\n1970,2000,1940-07,retired\n1970,1998,1940-02,retired\n1970,2001,1940,retired\n1990,,1965,\n";
    let spells = invented(map, rows.as_bytes());
    let due: Vec<String> = spells.all.iter().map(|s| spells.due(s, None).unwrap().to_string()).collect();
    assert_eq!(due, ["1997-03-01", "2000-07-01", "1998-02-01", "1998-01-01", "2025-01-01"]);
    // Born in 1940, the month unknown: at 58 before the change or at 60 after it.
    let straddling: Vec<bool> = spells.all.iter().map(|s| spells.straddles(s, None)).collect();
    assert_eq!((straddling, spells.tally.straddling), (vec![false, false, false, true, false], 1));
    // Whoever asked in 1997 did not know.
    let asked = takeroot_civil::Day::new(1997, 12, 31);
    assert_eq!(spells.due(&spells.all[1], asked).unwrap().to_string(), "1998-07-01");
}

#[test]
fn a_mapping_file_that_does_not_fit_says_where_and_what() {
    let cases: &[(&str, &str, &str, &str, &str)] = &[
        // What is replaced, by what, the code, the place, a word of the sentence.
        ("start = \"from\"", "start = \"begin\"", "no-column", "3:9", "born"),
        ("start = \"from\"", "strat = \"from\"", "grammar", "3:1", "strat"),
        ("[exit]", "[exit", "grammar", "7:6", ""),
        ("years = 60", "years = \"sixty\"", "grammar", "25:9", "sixty"),
        ("as = \"category\"", "as = \"kategory\"", "grammar", "30:6", "category"),
        ("cause = \"retire\"", "cause = \"pension\"", "no-cause", "21:9", "leave"),
        ("until = \"2020-12-31\"", "until = \"2020-31-12\"", "not-a-day", "18:9", "YYYY-MM-DD"),
        ("leave = [\"resigned\", \"moved up\"]", "leave = [\"serving\"]", "value-twice", "9:12", "serving"),
        ("of = \"age\"\n", "of = \"age\"\ncolumn = \"sex\"\n", "term-source", "33:1", "age"),
        ("birth = \"born\"\n", "", "needs-birth", "20:9", "birth"),
        ("base = \"f\"", "base = \"x\"", "no-base", "27:1", "x"),
        ("name = \"score\"", "name = \"sex\"", "term-twice", "38:1", "sex"),
        (
            "end = { column = \"to\", open = [\"-\"] }",
            "end = { of = \"more\", column = \"to\" }",
            "no-join",
            "4:7",
            "more",
        ),
        ("id = \"no\"", "id = \"no\"\ntolerate = [\"anything\"]", "no-flaw", "3:13", "id-twice"),
        ("end = { column = \"to\", open = [\"-\"] }\n", "", "no-end", "", "length"),
        ("as = \"number\"\nblank", "as = \"bands\"\nbands = [3, 2]\nblank", "unordered", "38:1", "score"),
        ("as = \"number\"\nblank", "as = \"number\"\nper = 0\nblank", "number", "38:1", "per"),
    ];
    for (from, to, code, place, word) in cases {
        let text = MAP.replacen(from, to, 1);
        assert_ne!(text, MAP, "{from} is not in the mapping file");
        let table = Table::read("rows.csv", ROWS.as_bytes(), b',').unwrap();
        let fault = MapFile::parse("map.toml", text.as_bytes())
            .and_then(|map| build(&map, &table, &[]))
            .err()
            .unwrap_or_else(|| panic!("{to} was accepted"));
        let at = fault.place.map(|(l, c)| format!("{l}:{c}")).unwrap_or_default();
        assert_eq!((fault.what.code(), at.as_str()), (*code, *place), "{to}: {}", fault.say(Lang::En));
        for lang in Lang::ALL {
            assert!(fault.say(lang).contains(word), "{}", fault.say(lang));
        }
    }
    assert_eq!(MapFile::parse("map.toml", b"\xff\xfe").unwrap_err().what.code(), "not-text");
}

#[test]
fn a_prior_of_the_mapping_file_pulls_its_coefficient() {
    let prior = "\n[[prior]]\ncause = \"leave\"\ncoefficient = \"sex:m\"\nvalue = 1.5\nlow = 1.4\nhigh = 1.6\nsource = \"invented\"\nconfidence = \"high\"\n";
    let spells = invented(&format!("{MAP}{prior}"), ROWS.as_bytes());
    let model = spells.fit(None, spells.until);
    let leave = model.hazards.iter().find(|h| h.cause == "leave").unwrap();
    let sex = leave.coefficients.iter().find(|c| c.name == "sex:m").unwrap();
    assert!((sex.value - 1.5).abs() < 0.05 && sex.own_share < 0.1, "{sex:?}");
    assert_eq!(sex.prior.as_ref().unwrap().source, "invented");
    for (from, to, code) in [
        ("sex:m", "sex:x", "no-coefficient"),
        ("high = 1.6", "high = 1.4", "range"),
        ("leave", "fly", "no-cause"),
    ] {
        let text = format!("{MAP}{}", prior.replacen(from, to, 1));
        let table = Table::read("rows.csv", ROWS.as_bytes(), b',').unwrap();
        let fault =
            MapFile::parse("map.toml", text.as_bytes()).and_then(|map| build(&map, &table, &[])).unwrap_err();
        assert_eq!(fault.what.code(), code);
    }
}
