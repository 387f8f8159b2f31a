//! Forms are made for those who may, of the people they may, in the order of the list; what was seen is recorded.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    missing_docs
)]

use std::ops::ControlFlow;
use std::path::Path;

use std::sync::LazyLock;

use takeroot_demo::County;
use takeroot_exchange::lrmx;
use takeroot_forms::{Fault, Fonts, FormKind, Press};
use takeroot_office::forms::{FormError, Format, Found, RemarkKind, Wanted};
use takeroot_office::sign_in::From;
use takeroot_office::testing::{self, today};
use takeroot_office::{Office, OfficeError, Resource, Role, Viewer};

use takeroot_words::Lang;

static PRESS: LazyLock<Press> = LazyLock::new(|| {
    let home =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/node_modules/@expo-google-fonts/noto-serif-sc");
    let home = std::env::var("TAKEROOT_FONTS").unwrap_or_else(|_| home.to_owned());
    let read = |file: &str| std::fs::read(Path::new(&home).join(file)).expect("the fonts of assets/");
    let files = ["400Regular/NotoSerifSC_400Regular.ttf", "700Bold/NotoSerifSC_700Bold.ttf"];
    Press::new(Fonts::new(files.map(read)).unwrap())
});

/// A county on each engine.
async fn counties(dir: &Path) -> Vec<Office> {
    let roster = County::generate(600, 1, today()).unwrap();
    let mut all = Vec::new();
    for (office, _) in testing::offices_with(dir, &roster).await.unwrap() {
        office.demonstration_accounts().await.unwrap();
        all.push(office);
    }
    all
}

async fn viewer(office: &Office, name: &str) -> Viewer {
    if name == "geren" {
        // A small county may have nobody whom the demonstration would give this account to.
        let mut own = Box::pin(viewer(office, "renshi")).await;
        own.holds.iter_mut().for_each(|h| h.role = Role::Own);
        own.person = Some(1);
        return own;
    }
    let token = office.sign_in(name, "takeroot-demo", &From::default()).await.unwrap().token;
    office.viewer(&token).await.unwrap().unwrap().0
}

fn wanted(kind: FormKind, format: Format) -> Wanted {
    Wanted { kind, format, on: today(), lang: Lang::Zh }
}

/// Some people in service, one organ after another: number, name, organ's place in the tree.
async fn people(office: &Office, sql: &'static str) -> Vec<(i64, String, i64)> {
    let mut tx = office.db.read().await.unwrap();
    let rows = tx.rows(sql, vec![]).await.unwrap();
    rows.iter().map(|r| (r.int(0).unwrap(), r.text(1).unwrap(), r.int(2).unwrap())).collect()
}

async fn count(office: &Office, sql: &'static str) -> i64 {
    office.db.read().await.unwrap().number(sql, vec![]).await.unwrap()
}

const FAMILY: &str = "SELECT COUNT(*) FROM sight WHERE class = 'family' AND place = 'form'";
const IDENTITY: &str = "SELECT COUNT(*) FROM sight WHERE class = 'identity' AND place = 'form'";
const EVERYONE: &str = "SELECT id, name, organ_seq FROM person WHERE in_service = 1 ORDER BY id";

#[tokio::test]
async fn a_pasted_list_keeps_its_order_and_shows_what_is_doubtful() {
    let dir = tempfile::tempdir().unwrap();
    for office in counties(dir.path()).await {
        let zuzhi = viewer(&office, "zuzhi").await;
        let everyone = people(&office, EVERYONE).await;
        let alone =
            |(_, name, _): &&(i64, String, i64)| everyone.iter().filter(|p| p.1 == *name).count() == 1;
        let some: Vec<_> = everyone.iter().filter(alone).rev().take(3).collect();
        let twin =
            everyone.iter().find(|p| everyone.iter().any(|q| q.1 == p.1 && q.0 != p.0)).expect("namesakes");
        let spaced: String = some[1].1.chars().map(|c| format!("{c}\u{3000}")).collect();
        let list =
            format!("1. {}\n\n{spaced}\n无此人\n{}\n{}\n{}\n", some[0].1, some[0].1, twin.1, some[2].1);
        let listed = office.listed(&zuzhi, &list).await.unwrap();
        assert_eq!(listed.len(), 6);
        let one = |at: usize| matches!(&listed[at].found, Found::One(c) if c.line.name == listed[at].typed.replace(['\u{3000}', '1', '.', ' '], ""));
        assert!(one(0) && one(1) && one(5), "{listed:?}");
        assert_eq!(listed[2].found, Found::Nobody);
        assert!(matches!(&listed[3].found, Found::Again(c, 1) if c.line.id == some[0].0));
        assert!(matches!(&listed[4].found, Found::Several(several) if several.len() >= 2));

        // The organ beside the name tells namesakes apart, if they are in different ones.
        if let Found::Several(several) = &listed[4].found {
            let organ = &several[0].organ;
            if several.iter().filter(|c| &c.organ == organ).count() == 1 {
                let listed = office.listed(&zuzhi, &format!("7\t{}\t{organ}", twin.1)).await.unwrap();
                assert!(matches!(&listed[0].found, Found::One(c) if c.line.id == several[0].line.id));
            }
        }
    }
}

#[tokio::test]
async fn a_clerk_makes_forms_of_the_own_organ_only_and_a_township_head_none() {
    let dir = tempfile::tempdir().unwrap();
    for office in counties(dir.path()).await {
        let clerk = viewer(&office, "renshi").await;
        let (from, to) = clerk.holds[0].within;
        let everyone = people(&office, EVERYONE).await;
        let own: Vec<_> = everyone.iter().filter(|p| from <= p.2 && p.2 <= to).collect();
        let other = everyone.iter().find(|p| p.2 > to && !own.iter().any(|o| o.1 == p.1)).unwrap();
        let listed = office.listed(&clerk, &format!("{}\n{}", own[0].1, other.1)).await.unwrap();
        assert_eq!(listed[1].found, Found::Nobody);
        assert_ne!(listed[0].found, Found::Nobody);

        let ask = wanted(FormKind::Cadre, Format::Pdf);
        let out = office.prepare_forms(&clerk, ask.clone(), &[own[0].0, other.0], "form").await;
        assert!(matches!(out, Err(FormError::Office(OfficeError::NotFound))), "{out:?}");
        assert!(office.prepare_forms(&clerk, ask.clone(), &[own[0].0], "form").await.is_ok());

        for name in ["xiangzhen", "caizheng", "geren", "zhengce", "guanli", "shenji"] {
            let viewer = viewer(&office, name).await;
            let refused = |e: &FormError| {
                matches!(e, FormError::Office(OfficeError::Forbidden { resource: Resource::Form, .. }))
            };
            let out = office.prepare_forms(&viewer, ask.clone(), &[own[0].0], "form").await;
            assert!(out.as_ref().err().is_some_and(refused), "{name}: {out:?}");
            assert!(office.listed(&viewer, &own[0].1).await.is_err(), "{name}");
        }
    }
}

#[tokio::test]
async fn ten_forms_come_in_the_order_given_and_each_view_is_recorded() {
    let dir = tempfile::tempdir().unwrap();
    for office in counties(dir.path()).await {
        let zuzhi = viewer(&office, "zuzhi").await;
        let mut ten: Vec<_> = people(&office, EVERYONE).await.into_iter().step_by(11).take(10).collect();
        ten.reverse();
        let ids: Vec<i64> = ten.iter().map(|p| p.0).collect();

        let prepared =
            office.prepare_forms(&zuzhi, wanted(FormKind::Cadre, Format::Pdf), &ids, "form").await.unwrap();
        let mut steps = 0;
        let made = prepared.make(&PRESS, |step| {
            steps = step.done;
            ControlFlow::Continue(())
        });
        let made = made.unwrap();
        assert_eq!((steps, made.pages, made.mime), (10, Some(20), "application/pdf"));
        assert_eq!(made.file, "干部任免审批表 10人 2026-07-01.pdf");
        assert_eq!(count(&office, FAMILY).await, 10);
        assert_eq!(count(&office, IDENTITY).await, 0, "the paper form has no identity number");

        let stopped = prepared.make(&PRESS, |_| ControlFlow::Break(()));
        assert!(matches!(stopped, Err(FormError::Fault(Fault::Stopped))));

        let prepared =
            office.prepare_forms(&zuzhi, wanted(FormKind::Cadre, Format::Lrmx), &ids, "form").await.unwrap();
        let made = prepared.make(&PRESS, |_| ControlFlow::Continue(())).unwrap();
        assert!(made.file.ends_with(".zip") && made.bytes.starts_with(b"PK"));
        assert_eq!(count(&office, IDENTITY).await, 10);

        let prepared = office
            .prepare_forms(&zuzhi, wanted(FormKind::Cadre, Format::Lrmx), &ids[..1], "form")
            .await
            .unwrap();
        let made = prepared.make(&PRESS, |_| ControlFlow::Continue(())).unwrap();
        assert_eq!(lrmx::decode(&made.bytes).unwrap().text("XingMing"), ten[0].1);
        assert_eq!(made.file, format!("干部任免审批表 {} 2026-07-01.lrmx", ten[0].1));

        let prepared =
            office.prepare_forms(&zuzhi, wanted(FormKind::Rank, Format::Pdf), &ids, "form").await.unwrap();
        let made = prepared.make(&PRESS, |_| ControlFlow::Continue(())).unwrap();
        let without = made.remarks.iter().filter(|r| r.what == RemarkKind::NoNextRank).count();
        assert!(made.pages.unwrap() >= 10 - without);
        let wrong = office.prepare_forms(&zuzhi, wanted(FormKind::Rank, Format::Lrmx), &ids, "form").await;
        assert!(matches!(wrong, Err(FormError::Format(FormKind::Rank, Format::Lrmx))));
    }
}

#[tokio::test]
async fn a_roster_book_is_cut_to_the_reach_of_who_asks() {
    let dir = tempfile::tempdir().unwrap();
    for office in counties(dir.path()).await {
        let everyone = people(&office, EVERYONE).await;
        let book = |format| wanted(FormKind::Book, format);
        let zuzhi = viewer(&office, "zuzhi").await;
        let whole = office.prepare_book(&zuzhi, book(Format::Pdf), "").await.unwrap();
        let made = whole.make(&PRESS, |_| ControlFlow::Continue(())).unwrap();
        assert!(made.pages.unwrap() >= whole.count());

        let head = viewer(&office, "xiangzhen").await;
        let units = office.book_units(&head).await.unwrap();
        let own = head.holds[0].organ.clone();
        assert!(units.iter().any(|u| u.id == own));
        let foreign = office.book_units(&zuzhi).await.unwrap();
        let foreign = foreign.iter().find(|u| !units.iter().any(|o| o.id == u.id)).unwrap();
        let out = office.prepare_book(&head, book(Format::Xlsx), &foreign.id).await;
        assert!(matches!(out, Err(FormError::Office(OfficeError::NotFound))), "{out:?}");
        let made = office.prepare_book(&head, book(Format::Xlsx), "").await.unwrap();
        let made = made.make(&PRESS, |_| ControlFlow::Continue(())).unwrap();
        assert!(made.file.ends_with(".xlsx"));
        let (from, to) = head.holds[0].within;
        let here = everyone.iter().filter(|p| from <= p.2 && p.2 <= to).count();
        let mut workbook: calamine::Xlsx<_> =
            calamine::Reader::new(std::io::Cursor::new(made.bytes)).unwrap();
        assert_eq!(calamine::Reader::worksheet_range(&mut workbook, "花名册").unwrap().height(), 3 + here);
        let own = viewer(&office, "geren").await;
        assert!(office.prepare_book(&own, book(Format::Pdf), "").await.is_err());
    }
}

#[tokio::test]
async fn a_template_is_replaced_used_kept_and_restored() {
    let dir = tempfile::tempdir().unwrap();
    for office in counties(dir.path()).await {
        let zuzhi = viewer(&office, "zuzhi").await;
        let kind = FormKind::Cadre;
        let shipped = office.template(&zuzhi, kind).await.unwrap();
        assert!(!shipped.own && shipped.text == kind.template() && shipped.history.is_empty());

        let broken = "#import \"base.typ\": *\n#nema";
        let out = office.put_template(&zuzhi, &PRESS, kind, broken).await;
        assert!(matches!(out, Err(FormError::Fault(Fault::Template { line: 2, .. }))), "{out:?}");
        assert!(!office.template(&zuzhi, kind).await.unwrap().own);

        let own = "#import \"base.typ\": *\n#show: form.with(title: \"某省表\", name: data.XingMing)\n某省表 #data.XingMing";
        office.put_template(&zuzhi, &PRESS, kind, own).await.unwrap();
        let now = office.template(&zuzhi, kind).await.unwrap();
        assert!(now.own && now.text == own && now.history.len() == 1);
        let someone = people(&office, EVERYONE).await[0].0;
        let prepared =
            office.prepare_forms(&zuzhi, wanted(kind, Format::Pdf), &[someone], "form").await.unwrap();
        assert_eq!(prepared.make(&PRESS, |_| ControlFlow::Continue(())).unwrap().pages, Some(1));

        office.restore_template(&zuzhi, kind).await.unwrap();
        let now = office.template(&zuzhi, kind).await.unwrap();
        assert!(!now.own && now.text == kind.template() && now.history.len() == 2);
        assert_eq!(now.history[1].text, own, "what was in use once is kept");

        for name in ["renshi", "xiangzhen", "renshe", "geren"] {
            let viewer = viewer(&office, name).await;
            assert!(office.put_template(&viewer, &PRESS, kind, own).await.is_err(), "{name}");
            assert!(office.restore_template(&viewer, kind).await.is_err(), "{name}");
        }
    }
}

#[tokio::test]
async fn a_printed_file_is_gone_after_half_an_hour_though_nobody_prints() {
    use takeroot_store::jobs;
    let dir = tempfile::tempdir().unwrap();
    for (office, clock) in testing::offices(dir.path()).await.unwrap() {
        let me = Viewer::installation();
        let mut tx = office.db.write().await.unwrap();
        let id = jobs::begin(&mut tx, takeroot_office::forms::WORK, me.account, office.now()).await.unwrap();
        let job = jobs::Job {
            id,
            state: jobs::DONE.to_owned(),
            file_name: "册.pdf".to_owned(),
            ended: Some(office.now()),
            ..jobs::Job::default()
        };
        jobs::end(&mut tx, &job, Some(b"%PDF-".to_vec())).await.unwrap();
        tx.commit().await.unwrap();
        let kept = async || {
            let mut tx = office.db.read().await.unwrap();
            jobs::file(&mut tx, me.account, id).await.unwrap().is_some()
        };
        assert!(office.job_file(&me, id).await.is_ok());
        // Whoever prints no more is not handed what was printed before.
        let no_more = Viewer { holds: Vec::new(), ..me.clone() };
        assert!(matches!(office.job_file(&no_more, id).await, Err(OfficeError::Forbidden { .. })));
        clock.later(30 * 60_000 + 1);
        assert!(kept().await, "nobody has forgotten it yet");
        assert!(matches!(office.job_file(&me, id).await, Err(OfficeError::NotFound)), "it is not handed out");
        assert_eq!(office.minute(today()).await, today());
        assert!(!kept().await, "within a minute it is gone");
    }
}
