//! A proposal is tried on the roster as it is: whose standing changes, who is told, what is exported.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests may fail"
)]

use std::collections::BTreeSet;
use std::sync::Arc;

use calamine::{Data, Reader as _, Xlsx};
use takeroot_civil::{Organ, OrganKind};
use takeroot_demo::County;
use takeroot_office::effect::{Effect, FEWEST, Group};
use takeroot_office::effect_told::{GroupTold, Told, Total};
use takeroot_office::effect_words::{About, Kind};
use takeroot_office::jobs::Progress;
use takeroot_office::proposal::Kept;
use takeroot_office::testing::{self, today};
use takeroot_office::viewer::Holds;
use takeroot_office::{Office, OfficeError, Role, Viewer};
use takeroot_policy::timeline::Organs;
use takeroot_policy::{Outcome, StackSpec, Standing};
use takeroot_store::{Within, organs, people};
use takeroot_words::Lang;

/// Tells a story on every database at hand, with a demonstration county of 500.
async fn on_both<F: Future<Output = ()>>(story: impl Fn(Arc<Office>) -> F) {
    let dir = tempfile::tempdir().unwrap();
    let roster = County::generate(500, 7, today()).unwrap();
    for (office, _) in testing::offices_with(dir.path(), &roster).await.unwrap() {
        story(Arc::new(office)).await;
    }
}

const EVERYWHERE: (i64, i64) = (i64::MIN, i64::MAX);

fn holding(roles: &[(Role, (i64, i64))]) -> Viewer {
    let holds =
        roles.iter().map(|(role, within)| Holds { role: *role, within: *within, organ: String::new() });
    let name = "someone".to_owned();
    Viewer { account: 77, session: 0, title: name.clone(), name, person: None, holds: holds.collect() }
}

const TILT: &str = "township-tilt";

async fn tried(office: &Office, viewer: &Viewer, with: &[&str]) -> Arc<Effect> {
    let with: Vec<String> = with.iter().map(|w| (*w).to_owned()).collect();
    office.effect(viewer, &with, today(), None).await.unwrap()
}

/// A proposal with these clauses, published.
async fn publish(office: &Office, id: &str, clauses: &str) {
    let both = "{ zh = \"试\", en = \"a try\" }";
    let head = format!("[proposal]\nid = \"{id}\"\ntitle = {both}\nsummary = {both}\nasked-by = {both}\n\n");
    let kept = office.save_document(&Viewer::installation(), &format!("{head}{clauses}")).await.unwrap();
    assert!(matches!(kept, Kept::Saved(..)), "{kept:?}");
    office.publish(&Viewer::installation(), id, true).await.unwrap();
}

/// The text of a clause of a document, as it stands there.
fn clause(office: &Office, document: &str, id: &str) -> String {
    let library = office.library();
    let text = &library.get(document).unwrap().text;
    let place = takeroot_policy::draft::place_of(text, id).unwrap();
    text[place].to_owned()
}

#[tokio::test]
async fn those_who_can_be_promoted_under_the_proposal_and_could_not_are_named_and_nobody_else() {
    on_both(|office| async move {
        let sooner = clause(&office, "cn-rank-2019", "R19-04").replace("years = 2", "years = 1");
        publish(&office, "sooner", &sooner).await;
        let effect = tried(&office, &holding(&[(Role::Organization, EVERYWHERE)]), &["sooner"]).await;

        // The same asked of everyone's record, one by one.
        let mut tx = office.db.read().await.unwrap();
        let list: Vec<Organ> =
            organs::tree(&mut tx).await.unwrap().into_iter().filter_map(|n| n.organ).collect();
        let index: Organs<'_> = list.iter().map(|o| (&o.id, o)).collect();
        let all = people::revisions(&mut tx, &Within(vec![EVERYWHERE])).await.unwrap();
        let ids: Vec<i64> = all.iter().map(|r| r.0).collect();
        let careers = people::careers(&mut tx, &ids).await.unwrap();
        let law = office.law_here().await.unwrap();
        let spec = StackSpec { proposals: vec!["sooner".to_owned()], ..law.clone() };
        let rules = [&law, &spec].map(|s| office.rules(s, today()).unwrap());
        let mut wanted = BTreeSet::new();
        let mut in_service = 0;
        for kept in &careers {
            let [before, after] = [&rules[0], &rules[1]].map(|r| Standing::of(&kept.career, &index, r));
            let open = |s: &Standing| -> BTreeSet<String> {
                let eligible = s.next_ranks.iter().filter(|p| p.outcome == Outcome::Eligible);
                eligible.map(|p| format!("{:?}", p.to)).collect()
            };
            in_service += usize::from(before.in_service);
            wanted.extend(open(&after).difference(&open(&before)).map(|to| (kept.id, to.clone())));
        }
        let found: BTreeSet<(i64, String)> = effect
            .changes
            .iter()
            .filter(|c| c.kind == Kind::Eligible)
            .map(|c| match c.about {
                About::Promotion(to) => (c.person, format!("{to:?}")),
                ref other => panic!("{other:?}"),
            })
            .collect();
        assert!(!wanted.is_empty(), "someone in the county waits for the second year");
        assert_eq!(found, wanted);
        assert_eq!(effect.people, in_service);
        let own = effect.changes.iter().filter(|c| c.kind == Kind::Eligible);
        assert!(own.clone().all(|c| c.clause.as_ref().is_some_and(|c| c.document == "sooner")));
        let changed: BTreeSet<i64> = effect.changes.iter().map(|c| c.person).collect();
        assert_eq!(effect.changed, changed.len());
        assert_eq!(effect.groups.iter().map(|g| g.changed).sum::<usize>(), effect.changed);
    })
    .await;
}

#[tokio::test]
async fn a_proposal_that_says_what_the_law_says_changes_nobody() {
    on_both(|office| async move {
        publish(&office, "the-same", &clause(&office, "cn-rank-2019", "R19-04")).await;
        let effect = tried(&office, &Viewer::installation(), &["the-same"]).await;
        assert_eq!((effect.changed, effect.changes.len()), (0, 0));
        assert!(effect.people > 400);
        let unknown = office.effect(&Viewer::installation(), &["nowhere".to_owned()], today(), None).await;
        assert!(matches!(unknown, Err(OfficeError::Stack(_))));
    })
    .await;
}

fn told_at(viewer: &Viewer, effect: &Effect, at: usize) -> Option<GroupTold> {
    effect.told(viewer).groups.into_iter().find(|g| g.at == at)
}

#[tokio::test]
async fn a_policy_analyst_is_told_no_name_no_pay_and_no_small_number() {
    on_both(|office| async move {
        let analyst = holding(&[(Role::Analyst, EVERYWHERE)]);
        let effect = tried(&office, &analyst, &[TILT]).await;
        assert!(effect.changed > 0);
        assert_eq!(effect.shown(&analyst).count(), 0, "no one by name");
        assert!(effect.sums(&analyst).is_empty(), "no pay");
        let told = effect.told(&analyst);
        assert!(!told.whole);
        assert!(effect.groups.iter().any(|g| g.people < FEWEST), "the county has small units");
        assert!(told.groups.iter().all(|g| effect.groups[g.at].people >= FEWEST && !g.by_name && !g.pay));
        let few = |n: &usize| *n > 0 && *n < FEWEST;
        let mut hidden = 0;
        for group in &told.groups {
            let real = &effect.groups[group.at];
            for (kind, n) in &real.kinds {
                hidden += usize::from(few(n));
                assert_eq!(group.kinds[kind] == Told::Few, few(n), "{kind:?} {n}");
            }
            assert_eq!(group.changed == Told::Few, few(&real.changed));
        }
        assert!(hidden > 0, "some numbers are small");
        // No total from which one that is left out could be reckoned: the sum of what is told, or rounded over several.
        let sound = |total: Total, real: &dyn Fn(&Group) -> usize, shown: &dyn Fn(&GroupTold) -> Told| {
            let all: usize = effect.groups.iter().map(real).sum();
            let told: usize = told.groups.iter().map(|g| shown(g).number()).sum();
            let by_place = |at: usize| told_at(&analyst, &effect, at).map(|g| shown(&g));
            let left = effect
                .groups
                .iter()
                .enumerate()
                .filter(|(at, g)| real(g) > 0 && !matches!(by_place(*at), Some(Told::Number(_))));
            let left = left.count();
            if total.about {
                assert!(total.number.is_multiple_of(FEWEST) && total.number.abs_diff(all) <= FEWEST / 2);
                assert!(left >= 2 && all - told >= FEWEST);
            } else {
                assert_eq!(total.number, told);
            }
        };
        sound(told.people, &|g| g.people, &|g| g.people);
        sound(told.changed, &|g| g.changed, &|g| g.changed);
        for (kind, total) in &told.kinds {
            let of = |g: &Group| g.kinds.get(kind).copied().unwrap_or(0);
            sound(*total, &of, &|g| g.kinds.get(kind).copied().unwrap_or(Told::Number(0)));
        }
        assert!(told.kinds.values().any(|t| t.about), "some totals are rounded");
        let refused = office.export_effect(&analyst, &[TILT.to_owned()], today(), Lang::Zh).await;
        assert!(matches!(refused, Err(OfficeError::Forbidden { .. })));
    })
    .await;
}

#[tokio::test]
async fn a_township_head_who_studies_policy_sees_names_at_home_and_pay_nowhere() {
    on_both(|office| async move {
        let mut tx = office.db.read().await.unwrap();
        let tree = organs::tree(&mut tx).await.unwrap();
        drop(tx);
        let home =
            tree.iter().find(|n| n.organ.as_ref().is_some_and(|o| o.kind == OrganKind::Township)).unwrap();
        let home = (home.seq, home.last);
        let head = holding(&[(Role::Analyst, EVERYWHERE), (Role::TownshipHead, home)]);
        let effect = tried(&office, &head, &[TILT]).await;
        let paid =
            effect.changes.iter().filter(|c| c.kind == Kind::Pay && Within(vec![home]).has(c.seq)).count();
        assert!(paid > 0, "pay changes at home");
        assert!(effect.shown(&head).count() > 0);
        assert!(effect.shown(&head).all(|c| Within(vec![home]).has(c.seq) && c.kind != Kind::Pay));
        assert!(effect.sums(&head).is_empty());
        let told = effect.told(&head);
        let open: Vec<i64> =
            told.groups.iter().filter(|g| g.by_name).map(|g| effect.groups[g.at].seq).collect();
        assert_eq!(open, [home.0]);
        assert!(told.groups.iter().all(|g| !g.pay));
        // The finance bureau sees the sums, and they are those of the people.
        let finance = holding(&[(Role::Finance, EVERYWHERE)]);
        let sums = effect.sums(&finance);
        let people: usize = sums.iter().map(|s| s.1.people).sum();
        assert_eq!(people, effect.changes.iter().filter(|c| matches!(c.about, About::Pay(_))).count());
        let alone = holding(&[(Role::TownshipHead, home)]);
        let none = office.effect(&alone, &[TILT.to_owned()], today(), None).await;
        assert!(matches!(none, Err(OfficeError::Forbidden { .. })));
    })
    .await;
}

#[tokio::test]
async fn the_list_is_exported_and_those_whose_pay_is_in_it_see_who_looked() {
    on_both(|office| async move {
        let organization = holding(&[(Role::Organization, EVERYWHERE)]);
        let effect = tried(&office, &organization, &[TILT]).await;
        let file = office.export_effect(&organization, &[TILT.to_owned()], today(), Lang::Zh).await.unwrap();
        let mut book = Xlsx::new(std::io::Cursor::new(file)).unwrap();
        let sheet = book.worksheet_range_at(0).unwrap().unwrap();
        let rows: Vec<Vec<String>> = sheet
            .rows()
            .map(|row| {
                row.iter().map(|c| if *c == Data::Empty { String::new() } else { c.to_string() }).collect()
            })
            .collect();
        let head = rows.iter().position(|r| r.contains(&"姓名".to_owned())).unwrap();
        let shown: Vec<Vec<String>> = effect.shown(&organization).map(|c| c.cells(Lang::Zh)).collect();
        let data = &rows[head + 1..];
        assert_eq!(data.len(), shown.len());
        for (written, told) in data.iter().zip(&shown) {
            assert!(told.iter().all(|cell| written.contains(cell)), "{told:?} in {written:?}");
        }
        let paid: BTreeSet<i64> =
            effect.changes.iter().filter(|c| c.kind == Kind::Pay).map(|c| c.person).collect();
        let mut tx = office.db.read().await.unwrap();
        let sql =
            "SELECT DISTINCT person FROM sight WHERE class = 'pay' AND place = 'effect' AND account = 77";
        let looked: BTreeSet<i64> =
            tx.rows(sql, vec![]).await.unwrap().iter().map(|r| r.int(0).unwrap()).collect();
        assert!(!paid.is_empty());
        assert_eq!(looked, paid);
        let acts =
            tx.number("SELECT COUNT(*) FROM act WHERE kind = 'effect-exported'", vec![]).await.unwrap();
        assert_eq!(acts, 1);
    })
    .await;
}

#[tokio::test]
async fn a_run_that_is_stopped_ends_and_the_next_one_is_whole() {
    on_both(|office| async move {
        let progress = Progress::default();
        progress.stop();
        let (viewer, with) = (Viewer::installation(), [TILT.to_owned()]);
        let stopped = office.effect(&viewer, &with, today(), Some(&progress)).await;
        assert!(matches!(stopped, Err(OfficeError::Cancelled)));
        let progress = Progress::default();
        let effect = office.effect(&viewer, &with, today(), Some(&progress)).await.unwrap();
        let (done, total) = progress.now();
        assert!(effect.changed > 0 && done == total && total >= 500);
    })
    .await;
}
