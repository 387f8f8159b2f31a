//! Policy documents are read, held against each other, written in the office, published and withdrawn.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests may fail"
)]

use std::sync::Arc;

use takeroot_civil::Day;
use takeroot_demo::County;
use takeroot_office::proposal::Kept;
use takeroot_office::testing::{self, today};
use takeroot_office::viewer::Holds;
use takeroot_office::{Office, OfficeError, Role, Viewer};
use takeroot_policy::DocumentFault;

use takeroot_words::{Lang, Say as _};

/// Tells a story on every database at hand, with a few people of the demonstration county.
async fn on_both<F: Future<Output = ()>>(story: impl Fn(Arc<Office>) -> F) {
    let dir = tempfile::tempdir().unwrap();
    let mut roster = County::generate(500, 7, today()).unwrap();
    roster.careers.truncate(40);
    for (office, _) in testing::offices_with(dir.path(), &roster).await.unwrap() {
        story(Arc::new(office)).await;
    }
}

fn someone(role: Role) -> Viewer {
    let holds = vec![Holds { role, within: (i64::MIN, i64::MAX), organ: String::new() }];
    let title = role.code().to_owned();
    Viewer { account: 77, session: 0, name: title.clone(), title, person: None, holds }
}

/// A proposal that asks for so many years before the third rank of a principal.
fn proposal(years: &str) -> String {
    format!(
        "[proposal]\nid = \"sooner\"\ntitle = {{ zh = \"早晋升\", en = \"Sooner\" }}\n\
         summary = {{ zh = \"试\", en = \"a try\" }}\nasked-by = {{ zh = \"某县\", en = \"a county\" }}\n\n\
         [[clause]]\nid = \"P-1\"\ntext = {{ zh = \"晋升三级主任科员的年限\", en = \"Years before the third rank\" }}\n\
         source = {{ zh = \"本方案\", en = \"this proposal\" }}\nconfidence = \"D\"\n\
         rule.rank-step = {{ to = \"principal-3\", from = [{{ rank = \"principal-4\" }}], years = {years} }}\n"
    )
}

fn saved(kept: Kept) -> i64 {
    match kept {
        Kept::Saved(_, version) => version,
        other => panic!("{other:?}"),
    }
}

async fn titles(office: &Office, viewer: &Viewer) -> Vec<String> {
    let all = office.policies(viewer, "proposal", "", today()).await.unwrap();
    all.documents.into_iter().map(|d| d.id).collect()
}

async fn years(office: &Office, viewer: &Viewer) -> String {
    let view = office.clause(viewer, "sooner", "P-1", today()).await.unwrap().view;
    takeroot_policy::plain::rule(&view.of, Lang::En).join(" ")
}

#[tokio::test]
async fn a_proposal_is_written_published_written_on_and_withdrawn() {
    on_both(|office| async move {
        let (analyst, reader) = (someone(Role::Analyst), someone(Role::Personnel));
        assert_eq!(saved(office.save_document(&analyst, &proposal("1")).await.unwrap()), 1);
        assert!(titles(&office, &analyst).await.contains(&"sooner".to_owned()), "its writer can try it");
        assert!(!titles(&office, &reader).await.contains(&"sooner".to_owned()), "a draft is not for others");
        let hidden = office.clause(&reader, "sooner", "P-1", today()).await;
        assert!(matches!(hidden, Err(OfficeError::NotFound)), "nor by guessing its address");

        office.publish(&analyst, "sooner", true).await.unwrap();
        assert!(titles(&office, &reader).await.contains(&"sooner".to_owned()));
        let published = years(&office, &reader).await;

        assert_eq!(saved(office.save_document(&analyst, &proposal("9")).await.unwrap()), 2);
        assert_eq!(
            years(&office, &reader).await,
            published,
            "what is published stays until it is published anew"
        );
        office.publish(&analyst, "sooner", true).await.unwrap();
        assert_ne!(years(&office, &reader).await, published);

        office.publish(&analyst, "sooner", false).await.unwrap();
        assert!(!titles(&office, &reader).await.contains(&"sooner".to_owned()));
        let draft = office.draft(&analyst, "sooner").await.unwrap();
        assert_eq!((draft.held.state.as_str(), draft.held.latest, draft.held.shown), ("withdrawn", 2, 0));
        let texts: Vec<&str> = draft.versions.iter().map(|v| v.text.as_str()).collect();
        assert_eq!(texts, [proposal("9"), proposal("1")], "every version stays as it was written");
        let mut tx = office.db.read().await.unwrap();
        let sql = "SELECT kind FROM act WHERE kind LIKE 'policy-%' ORDER BY id";
        let acts: Vec<String> =
            tx.rows(sql, vec![]).await.unwrap().iter().map(|r| r.text(0).unwrap()).collect();
        assert_eq!(
            acts,
            ["policy-saved", "policy-published", "policy-saved", "policy-published", "policy-withdrawn"]
        );
    })
    .await;
}

#[tokio::test]
async fn a_fault_is_told_at_its_place_and_nothing_is_kept() {
    on_both(|office| async move {
        let analyst = someone(Role::Analyst);
        let told = |faults: &[DocumentFault]| -> Vec<((usize, usize), String)> {
            faults.iter().map(|f| (f.line_column().unwrap(), f.what.say(Lang::En))).collect()
        };
        let text = proposal("\"two\"");
        let Kept::Faults(faults) = office.save_document(&analyst, &text).await.unwrap() else {
            panic!("kept")
        };
        let line = 1 + text.lines().position(|l| l.contains("two")).unwrap();
        let column = 1 + text.lines().nth(line - 1).unwrap().find("\"two\"").unwrap();
        assert_eq!(told(&faults)[0].0, (line, column), "{:?}", told(&faults));
        // The same by the check that keeps nothing.
        assert_eq!(told(&office.check_document(&text)), told(&faults));
        assert!(office.check_document(&proposal("2")).is_empty());
        assert!(office.written(&analyst).await.unwrap().is_empty());

        let taken = proposal("2").replace("\"sooner\"", "\"one-rise-one-fall\"");
        let kept = office.save_document(&analyst, &taken).await.unwrap();
        assert!(!matches!(kept, Kept::Saved(..)), "what came with the program is not overwritten: {kept:?}");
        for role in Role::granted().filter(|r| !matches!(r, Role::Analyst | Role::Organization)) {
            let kept = office.save_document(&someone(role), &proposal("2")).await;
            assert!(matches!(kept, Err(OfficeError::Forbidden { .. })), "{role:?}");
        }
    })
    .await;
}

/// The county's own instrument, with a span of leave of its own.
fn instrument(place: &str) -> String {
    format!(
        "[instrument]\nid = \"our-own\"\ntitle = {{ zh = \"本县规定\", en = \"Our own\" }}\neffective = 2026-01-01\n\
         scope = \"local\"\napplies = [\"{place}\"]\nread = {{ zh = \"原文\", en = \"the original\" }}\n\n\
         [[clause]]\nid = \"O-1\"\ntext = {{ zh = \"年限\", en = \"Years\" }}\n\
         source = {{ zh = \"第一条\", en = \"art. 1\" }}\nconfidence = \"A\"\n\
         rule.service-term = {{ posts = \"any\", years = 8, includes-probation = true, served-in = \"organs\" }}\n"
    )
}

#[tokio::test]
async fn a_local_instrument_decides_from_the_day_it_is_published() {
    on_both(|office| async move {
        let (organization, analyst) = (someone(Role::Organization), someone(Role::Analyst));
        let place = office.law_here().await.unwrap().place.unwrap();
        let text = instrument(&place);
        let refused = office.save_document(&analyst, &text).await;
        assert!(matches!(refused, Err(OfficeError::Forbidden { .. })), "who studies policy makes no law");
        assert_eq!(office.check_document(&text).len(), 0, "{:?}", office.check_document(&text));
        assert_eq!(saved(office.save_document(&organization, &text).await.unwrap()), 1);

        let decides = |office: &Office, spec| {
            let rules = office.rules(&spec, today()).unwrap();
            rules.slot("service-term/any").map(|c| c.cite.document.clone())
        };
        let here = office.law_here().await.unwrap();
        assert_ne!(decides(&office, here.clone()).as_deref(), Some("our-own"), "a draft decides nothing");
        let refused = office.publish(&analyst, "our-own", true).await;
        assert!(matches!(refused, Err(OfficeError::Forbidden { .. })));
        office.publish(&organization, "our-own", true).await.unwrap();
        assert_eq!(decides(&office, here.clone()).as_deref(), Some("our-own"));
        // It still does when the program starts again.
        office.lay_documents().await.unwrap();
        assert_eq!(decides(&office, here.clone()).as_deref(), Some("our-own"));
        office.publish(&organization, "our-own", false).await.unwrap();
        assert_ne!(decides(&office, here).as_deref(), Some("our-own"));
    })
    .await;
}

#[tokio::test]
async fn two_stacks_differ_in_what_a_proposal_says_and_in_nothing_else() {
    on_both(|office| async move {
        let viewer = someone(Role::Finance);
        let asked = |text: &str| text.parse().unwrap();
        let none = office.policy_diff(&viewer, &asked("law"), &asked("law")).await.unwrap();
        assert!(none.changed.is_empty() && none.added.is_empty() && none.removed.is_empty());
        let diff = office.policy_diff(&viewer, &asked("law"), &asked("+one-rise-one-fall")).await.unwrap();
        let library = office.library();
        let own = &library.get("one-rise-one-fall").unwrap().clauses;
        let told = diff.changed.len() + diff.added.len() + diff.reissued.len();
        assert!(!diff.changed.is_empty() && told <= own.len(), "{told} of {}", own.len());
        assert!(diff.changed.iter().all(|c| c.after.document == "one-rise-one-fall" && !c.fields.is_empty()));
        let unknown = office.policy_diff(&viewer, &asked("law"), &asked("+no-such-proposal")).await;
        assert!(matches!(unknown, Err(OfficeError::Stack(_))));
    })
    .await;
}

#[tokio::test]
async fn a_clause_is_shown_with_every_clause_that_ever_filled_its_slot() {
    on_both(|office| async move {
        let viewer = someone(Role::Clerk);
        let on = today();
        let found = office.clause(&viewer, "cn-rank-2019", "R19-04", on).await.unwrap();
        assert!(found.holds);
        assert!(found.history.iter().all(|s| s.view.slot == found.view.slot));
        assert_eq!(found.history.iter().filter(|s| s.holds).count(), 1, "one clause holds in a slot");
        let before =
            office.clause(&viewer, "cn-rank-2019", "R19-04", Day::new(2018, 1, 1).unwrap()).await.unwrap();
        assert!(!before.holds, "not before its first day");

        // What is missing is what no clause in force here fills; the words typed narrow the list.
        let all = office.policies(&viewer, "", "", on).await.unwrap();
        assert_eq!(all.documents.len(), office.library().documents.len());
        assert!(all.documents.iter().map(|d| d.clauses).sum::<usize>() >= all.audit.parameters);
        let here = office.rules(&office.law_here().await.unwrap(), on).unwrap();
        assert!(all.missing.iter().all(|m| here.slot(&m.wants).is_none()));
        let some = office.policies(&viewer, "proposal", "一升一降", on).await.unwrap();
        assert!(some.documents.iter().any(|d| d.id == "one-rise-one-fall"));
        assert!(some.documents.len() < all.documents.len());
        assert!(office.policies(&viewer, "", "没有这样的词", on).await.unwrap().documents.is_empty());
    })
    .await;
}
