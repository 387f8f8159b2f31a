//! The roster is searched, narrowed, saved as views and handed out, and no parameter reaches beyond the viewer's scope.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests may fail"
)]

use takeroot_civil::Roster;
use takeroot_demo::County;
use takeroot_office::roster::Query;
use takeroot_office::testing::{self, today};
use takeroot_office::viewer::Holds;
use takeroot_office::{Office, OfficeError, Role, Viewer, columns};

use takeroot_words::Lang;

fn county() -> Roster {
    let mut roster = County::generate(500, 7, today()).unwrap();
    // Names whose readings differ from the dictionary's first, put on people in service.
    let serving: Vec<usize> = roster
        .careers
        .iter()
        .enumerate()
        .filter(|(_, c)| !c.events.iter().any(|e| matches!(e.fact, takeroot_civil::Fact::Left { .. })))
        .map(|(n, _)| n)
        .take(4)
        .collect();
    for (at, name) in serving.into_iter().zip(["单立人", "尉迟恭安", "吕绿竹", "张作舟"]) {
        roster.careers[at].person.name = name.to_owned();
    }
    roster
}

fn holding(account: i64, role: Role, within: (i64, i64)) -> Viewer {
    let holds = vec![Holds { role, within, organ: String::new() }];
    Viewer { account, session: 1, name: String::new(), title: String::new(), person: None, holds }
}

async fn names(office: &Office, viewer: &Viewer, query: &str) -> Vec<String> {
    let page = office.roster(viewer, &Query::parse(query)).await.unwrap();
    page.lines.into_iter().map(|l| l.name).collect()
}

#[tokio::test]
async fn the_roster_from_search_to_file() {
    let dir = tempfile::tempdir().unwrap();
    for (office, _) in testing::offices_with(dir.path(), &county()).await.unwrap() {
        a_name_is_found_however_it_is_read(&office).await;
        conditions_narrow_and_orders_order(&office).await;
        nothing_reaches_beyond_a_township(&office).await;
        views_are_kept_and_shared(&office).await;
        files_leave_out_what_may_not_be_seen(&office).await;
    }
}

async fn a_name_is_found_however_it_is_read(office: &Office) {
    let all = Viewer::installation();
    for (typed, name) in [
        ("shanliren", "单立人"),
        ("danliren", "单立人"),
        ("slr", "单立人"),
        ("liren", "单立人"),
        ("lr", "单立人"),
        ("yuchi", "尉迟恭安"),
        ("yuchigongan", "尉迟恭安"),
        ("ycga", "尉迟恭安"),
        ("lvlv", "吕绿竹"),
        ("zhangzuoz", "张作舟"),
        ("ZZZ", "张作舟"),
        ("zhang zuo zhou", "张作舟"),
        ("立人", "单立人"),
        ("单", "单立人"),
    ] {
        let found = names(office, &all, &format!("q={typed}&per=200")).await;
        assert!(found.iter().any(|n| n == name), "{typed}: {found:?}");
        assert!(found.len() < 200, "{typed} narrows");
    }
    assert!(names(office, &all, "q=xqzv").await.is_empty());
}

async fn conditions_narrow_and_orders_order(office: &Office) {
    let all = Viewer::installation();
    let everyone = office.roster(&all, &Query::default()).await.unwrap();
    assert_eq!(everyone.per, 50);
    assert!(everyone.total > 300);
    let narrowed = Query::parse("sex=female&age_from=30&age_to=35&education_from=bachelor&per=200");
    let page = office.roster(&all, &narrowed).await.unwrap();
    assert!(page.total > 0 && page.total < everyone.total / 2);
    let today = office.today();
    for line in &page.lines {
        let age = today.years_since(line.birth.unwrap());
        assert!(line.sex == "female" && (30..=35).contains(&age), "{} {age}", line.name);
        assert!(["bachelor", "master", "doctor"].contains(&line.at.education.as_str()));
    }
    let oldest = office.roster(&all, &Query::parse("order=birth&per=200")).await.unwrap();
    let births: Vec<_> = oldest.lines.iter().filter_map(|l| l.birth).collect();
    assert!(births.is_sorted());
    // A page beyond the last is the last.
    let last = office.roster(&all, &Query::parse("page=9999")).await.unwrap();
    assert_eq!(last.page, (last.total + 49) / 50);
    // A hostile value is a value.
    let found = names(office, &all, "q=%27%20OR%201%3D1%20--&ethnic=%27%3B").await;
    assert!(found.is_empty());
}

async fn nothing_reaches_beyond_a_township(office: &Office) {
    let all = Viewer::installation();
    let page = office.roster(&all, &Query::default()).await.unwrap();
    let township = page
        .units
        .iter()
        .find(|u| u.node.organ.as_ref().is_some_and(|o| o.kind == takeroot_civil::OrganKind::Township))
        .unwrap();
    let (from, to) = (township.node.seq, township.node.last);
    let head = holding(7, Role::TownshipHead, (from, to));
    let inside = |seq: i64| from <= seq && seq <= to;
    for query in [
        "",
        "state=all",
        "state=left",
        "part=townships",
        "part=county-organs",
        "organ=none",
        "q=zhang",
        "q=%E5%BC%A0",
        "away=yes",
        "away_place=x",
        "term_from=2020-01-01",
        "faults=yes",
        "order=-birth",
        "rank=none",
        "person=1&person=2&person=3",
    ] {
        let query = Query::parse(&format!("{query}&per=200"));
        let page = office.roster(&head, &query).await.unwrap();
        assert!(page.lines.iter().all(|l| inside(l.at.organ_seq)), "{query:?}");
        let (lines, _) = office.lines(&head, &query, takeroot_office::Action::Export).await.unwrap();
        assert!(lines.iter().all(|l| inside(l.at.organ_seq)), "{query:?}");
    }
    assert!(office.roster(&head, &Query::default()).await.unwrap().total > 0);
    // Another unit is, to the head, a unit that does not exist.
    let other = page.units.iter().find(|u| u.node.organ.is_some() && !inside(u.node.seq)).unwrap();
    for id in [other.node.id.as_str(), "no such unit"] {
        let asked = office.roster(&head, &Query::default().with("organ", id)).await;
        assert!(matches!(asked, Err(OfficeError::NotFound)), "{id}");
    }
    // The end of an identity number finds nobody for who may not see it.
    let someone = office.roster(&all, &Query::default().with("organ", &township.node.id)).await.unwrap();
    let person = someone.lines.iter().find(|l| !l.id_number.is_empty()).unwrap();
    let ending = &person.id_number[12..];
    let by_ending = Query::default().with("q", ending);
    let found = office.roster(&all, &by_ending).await.unwrap();
    assert!(found.lines.iter().any(|l| l.id == person.id));
    assert_eq!(office.roster(&head, &by_ending).await.unwrap().total, 0);
    assert_eq!(office.roster(&head, &Query::default().with("q", &person.id_number)).await.unwrap().total, 0);
}

async fn views_are_kept_and_shared(office: &Office) {
    let everywhere = (i64::MIN, i64::MAX);
    let (organization, clerk) =
        (holding(21, Role::Organization, everywhere), holding(22, Role::Clerk, (1, 400)));
    let query = Query::parse("rank=staff-1&rank=staff-2&col=age&col=term&order=-birth&page=4&person=9");
    let lang = Lang::Zh;
    let id = office.save_view(&organization, " 年轻科员 ", &query, true, lang).await.unwrap();
    let own = office.save_view(&clerk, "我的", &query, false, lang).await.unwrap();
    assert!(matches!(
        office.save_view(&clerk, "共享", &query, true, lang).await,
        Err(OfficeError::Forbidden { .. })
    ));
    assert!(matches!(
        office.save_view(&clerk, "  ", &query, false, lang).await,
        Err(OfficeError::Field { field: "name", .. })
    ));
    let seen: Vec<(i64, String)> =
        office.views(&clerk).await.unwrap().into_iter().map(|v| (v.id, v.name)).collect();
    assert_eq!(seen, [(own, "我的".to_owned()), (id, "年轻科员".to_owned())]);
    assert_eq!(office.views(&organization).await.unwrap().len(), 1, "another's own view is not seen");
    let kept = Query::parse(&office.views(&organization).await.unwrap()[0].query);
    assert_eq!(kept, Query::parse("rank=staff-1&rank=staff-2&col=age&col=term&order=-birth"));
    // Only whose it is may change it.
    assert!(matches!(office.rename_view(&clerk, id, "x", lang).await, Err(OfficeError::NotFound)));
    assert!(matches!(office.remove_view(&clerk, id).await, Err(OfficeError::NotFound)));
    office.rename_view(&clerk, own, "改名", lang).await.unwrap();
    assert_eq!(office.views(&clerk).await.unwrap()[0].name, "改名");
    office.remove_view(&clerk, own).await.unwrap();
    office.remove_view(&organization, id).await.unwrap();
    assert!(office.views(&clerk).await.unwrap().is_empty());
}

async fn files_leave_out_what_may_not_be_seen(office: &Office) {
    let all = Viewer::installation();
    let query = Query::parse("rank=staff-1&rank=staff-2&col=id-number&col=age");
    let total = office.roster(&all, &query).await.unwrap().total;
    let read = |book: &[u8]| takeroot_exchange::roster::read(book, "roster.xlsx").unwrap().roster;
    // The whole comes back as it went.
    let whole = read(&office.export_roster(&all, &query, Lang::Zh).await.unwrap());
    assert_eq!(whole.careers.len() as i64, total);
    assert!(whole.careers.iter().all(|c| c.person.resident_id.is_some()));
    // A township head's file has no identity number and no family.
    let head = holding(31, Role::TownshipHead, (i64::MIN, i64::MAX));
    let bare = read(&office.export_roster(&head, &query, Lang::Zh).await.unwrap());
    assert_eq!(bare.careers.len() as i64, total);
    assert!(bare.careers.iter().all(|c| c.person.resident_id.is_none() && c.person.family.is_empty()));
    // An administrator has no roster at all.
    let administrator = holding(32, Role::Administrator, (i64::MIN, i64::MAX));
    assert!(office.export_roster(&administrator, &query, Lang::Zh).await.is_err());
    assert!(office.export_list(&administrator, &query, Lang::Zh).await.is_err());
    // Whole numbers in a list are for who may see them, and each look is recorded.
    let chosen = columns::chosen(&query);
    let lines = office.roster(&all, &query).await.unwrap().lines;
    assert!(office.identities(&head, &chosen, &lines, "roster").await.unwrap().is_empty());
    let bureau = holding(33, Role::Personnel, (i64::MIN, i64::MAX));
    let shown = office.identities(&bureau, &chosen, &lines, "roster").await.unwrap();
    assert_eq!(shown.len(), lines.len());
    let mut tx = office.db.read().await.unwrap();
    let sights = "SELECT COUNT(*) FROM sight WHERE account = 33 AND class = 'identity'";
    assert_eq!(tx.number(sights, vec![]).await.unwrap(), lines.len() as i64);
    let exports = "SELECT COUNT(*) FROM act WHERE kind = 'export' AND account = 31";
    assert_eq!(tx.number(exports, vec![]).await.unwrap(), 1);
}
