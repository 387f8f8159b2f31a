//! A post table is sent, kept, held against the law and a proposal, and against the vacancies of the roster.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests may fail"
)]

use std::sync::Arc;

use takeroot_civil::OrganKind;
use takeroot_demo::County;
use takeroot_exchange::posts::check::Limit;
use takeroot_office::effect_told::Told;
use takeroot_office::posts::Wanted;
use takeroot_office::testing::{self, today};
use takeroot_office::vacancies::{How, Unmatched};
use takeroot_office::viewer::Holds;
use takeroot_office::{Office, OfficeError, Role, Viewer};

use takeroot_store::organs::{self, Node};

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

fn holding(role: Role, within: (i64, i64)) -> Viewer {
    let name = "someone".to_owned();
    let holds = vec![Holds { role, within, organ: String::new() }];
    Viewer { account: 77, session: 0, title: name.clone(), name, person: None, holds }
}

async fn townships(office: &Office) -> (String, Vec<Node>) {
    let mut tx = office.db.read().await.unwrap();
    let tree = organs::tree(&mut tx).await.unwrap();
    let county = tree[0].name.clone();
    let town = |n: &Node| n.organ.as_ref().is_some_and(|o| o.kind == OrganKind::Township);
    (county, tree.into_iter().filter(town).collect())
}

/// A table as a county publishes it: organ, unit, recruits, education, majors.
fn table(rows: &[[&str; 5]]) -> Vec<u8> {
    let mut text = String::from("招录机关,用人单位,职位名称,招录人数,学历,专业,年龄\n");
    for [organ, unit, recruits, education, majors] in rows {
        text.push_str(&format!(
            "{organ},{unit},一级科员,{recruits},{education},{majors},18周岁以上35周岁以下\n"
        ));
    }
    text.into_bytes()
}

async fn finished(office: &Office, viewer: &Viewer, job: i64) -> takeroot_office::jobs::Job {
    loop {
        let job = office.job(viewer, job).await.unwrap();
        if job.state != "running" {
            return job;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn a_table_is_sent_kept_as_it_came_and_put_away() {
    on_both(|office| async move {
        let analyst = holding(Role::Analyst, EVERYWHERE);
        let file = table(&[
            ["云岭县财政局", "", "2", "大学本科及以上", "会计学"],
            ["云岭县税务所", "", "若干", "大学专科及以上", "不限"],
        ]);
        let job = office.start_posts(&analyst, r"C:\tables\职位表.csv", file.clone()).await.unwrap();
        let job = finished(&office, &analyst, job).await;
        assert_eq!(job.state, "done", "{} {}", job.message_zh, job.message_en);
        let held = office.post_tables(&analyst).await.unwrap();
        assert_eq!(held.len(), 1);
        assert_eq!((held[0].name.as_str(), held[0].posts, held[0].recruits), ("职位表.csv", 2, 2));
        assert_eq!(job.place, format!("/posts/{}", held[0].id));
        let id = held[0].id;
        assert_eq!(office.post_file(&analyst, id).await.unwrap(), ("职位表.csv".to_owned(), file));
        // The cell that is no number is told with its place.
        let kept = office.post_table(&analyst, id).await.unwrap();
        assert_eq!(held[0].unread, 1);
        let cell = &kept.table.unread[0];
        assert_eq!((cell.row, cell.column.as_str(), cell.found.as_str()), (3, "D", "若干"));

        let head = holding(Role::TownshipHead, EVERYWHERE);
        assert_eq!(office.post_tables(&head).await.unwrap().len(), 1);
        for refused in [
            office.remove_posts(&head, id).await.err(),
            office.export_posts(&head, id, Lang::Zh).await.err(),
            office.add_posts(&holding(Role::Personnel, EVERYWHERE), "x.csv", table(&[]), None).await.err(),
            office.post_tables(&holding(Role::Finance, EVERYWHERE)).await.err(),
        ] {
            assert!(matches!(refused, Some(OfficeError::Forbidden { .. })), "{refused:?}");
        }
        assert!(!office.export_posts(&analyst, id, Lang::Zh).await.unwrap().is_empty());
        office.remove_posts(&analyst, id).await.unwrap();
        assert!(office.post_tables(&analyst).await.unwrap().is_empty());
        assert!(matches!(office.post_table(&analyst, id).await, Err(OfficeError::NotFound)));
        let mut tx = office.db.read().await.unwrap();
        let sql = "SELECT kind FROM act WHERE kind LIKE 'posts-%' ORDER BY id";
        let acts: Vec<String> =
            tx.rows(sql, vec![]).await.unwrap().iter().map(|r| r.text(0).unwrap()).collect();
        assert_eq!(acts, ["posts-added", "posts-exported", "posts-removed"]);
    })
    .await;
}

#[tokio::test]
async fn a_file_that_is_no_post_table_is_refused_with_the_row_that_came_nearest() {
    on_both(|office| async move {
        let analyst = holding(Role::Analyst, EVERYWHERE);
        let broken = "公告\n招录机关,学历,专业\n某局,大学本科,不限\n".as_bytes().to_vec();
        let job = office.start_posts(&analyst, "坏.csv", broken).await.unwrap();
        let job = finished(&office, &analyst, job).await;
        assert_eq!(job.state, "failed");
        assert!(job.message_zh.contains("第 2 行") || job.message_zh.contains("第2行"), "{}", job.message_zh);
        assert!(job.message_zh.contains("坏.csv") && job.message_en.contains("row 2"), "{}", job.message_en);
        assert!(office.post_tables(&analyst).await.unwrap().is_empty(), "nothing is kept");
    })
    .await;
}

#[tokio::test]
async fn every_figure_of_the_check_is_the_number_of_recruits_in_its_list() {
    on_both(|office| async move {
        let analyst = holding(Role::Analyst, EVERYWHERE);
        let (_, towns) = townships(&office).await;
        let file = table(&[
            [&towns[0].name, "", "3", "大学本科及以上", "会计学"],
            [&towns[1].name, "", "2", "大学本科及以上", "不限"],
            [&towns[2].name, "", "1", "大学专科及以上", "不限"],
            ["某市财政局", "", "5", "硕士研究生及以上", "财政学"],
        ]);
        let id = office.add_posts(&analyst, "职位表.csv", file, None).await.unwrap();
        let with = ["one-rise-one-fall".to_owned()];
        let checked = office.check_posts(&analyst, id, today(), &with).await.unwrap();
        let recruits =
            |wanted: &Wanted| -> u32 { checked.lines(wanted).iter().map(|l| l.post.heads()).sum() };
        let all = &checked.checks.all;
        assert_eq!(all.limits[&Limit::Major].with.recruits, 8);
        for (limit, shut) in &all.limits {
            let of = |alone| Wanted { limit: Some(*limit), alone, ..Wanted::default() };
            assert_eq!(recruits(&of(false)), shut.with.recruits, "{limit:?}");
            assert_eq!(recruits(&of(true)), shut.only.recruits, "{limit:?}");
        }
        for (limit, shut) in &checked.checks.township.limits {
            let wanted = Wanted { limit: Some(*limit), township: true, ..Wanted::default() };
            assert_eq!(recruits(&wanted), shut.with.recruits, "{limit:?}");
        }
        assert_eq!(recruits(&Wanted { open: true, ..Wanted::default() }), all.open.recruits);
        assert_eq!(recruits(&Wanted::default()), 11);
        let opens = checked.checks.proposal.as_ref().unwrap();
        assert!(!opens.all.by.is_empty(), "the proposal lowers a threshold of these posts");
        for (opening, count) in &opens.all.by {
            let wanted = Wanted { opening: Some(*opening), ..Wanted::default() };
            assert_eq!(recruits(&wanted), count.recruits, "{opening:?}");
        }
        // Without the proposal nothing opens, and a draft of others is no proposal.
        let law = office.check_posts(&analyst, id, today(), &[]).await.unwrap();
        assert!(law.checks.proposal.is_none());
        let none = office.check_posts(&analyst, id, today(), &["nowhere".to_owned()]).await;
        assert!(matches!(none, Err(OfficeError::Stack(_))));
    })
    .await;
}

#[tokio::test]
async fn each_townships_posts_stand_beside_its_vacancies_and_what_was_not_matched_is_told() {
    on_both(|office| async move {
        let organization = holding(Role::Organization, EVERYWHERE);
        let (county, towns) = townships(&office).await;
        let short = towns[1].name.trim_start_matches(county.as_str()).trim_end_matches("人民政府").to_owned();
        let pool = format!("{county}乡镇机关");
        let nowhere = format!("{county}没有的镇人民政府");
        let file = table(&[
            [&towns[0].name, "", "3", "大学本科及以上", "不限"],
            [&pool, &short, "2", "大学本科及以上", "不限"],
            [&nowhere, "", "4", "大学本科及以上", "不限"],
            ["远山县石桥镇人民政府", "", "7", "大学本科及以上", "不限"],
        ]);
        let id = office.add_posts(&organization, "职位表.csv", file, None).await.unwrap();
        let table = office.post_table(&organization, id).await.unwrap().table;
        let found = office.vacancies(&organization, &table).await.unwrap();
        assert_eq!(found.counties, [county]);
        let line = |node: &Node| found.lines.iter().find(|l| l.id == node.id).unwrap();
        assert_eq!((line(&towns[0]).count.recruits, line(&towns[1]).count.recruits), (3, 2));
        assert_eq!(line(&towns[0]).posts, [(0, How::FullName)]);
        assert_eq!(line(&towns[1]).posts, [(1, How::ShortName)]);
        assert_eq!(line(&towns[2]).count.recruits, 0, "a township without posts is there with its vacancies");
        assert_eq!(found.unmatched, [(2, Unmatched::None)]);
        assert_eq!(found.elsewhere.recruits, 7);

        // Establishment less those in post, as the roster counts them.
        let mut query = takeroot_office::roster::Query::default();
        query.0.push(("organ".to_owned(), towns[0].id.clone()));
        let listed = office.roster(&organization, &query).await.unwrap().total;
        let first = line(&towns[0]);
        let own = first.people.number() as i64;
        assert!(own > 0 && own <= listed, "{own} of {listed} with its institutions");
        assert_eq!(first.vacant, Some(first.establishment.unwrap() - own));
        assert_eq!(first.beyond(), Some(3 - first.vacant.unwrap().max(0)));

        // A township head sees one township; who may not read the roster is told no small number.
        let head = holding(Role::TownshipHead, (towns[0].seq, towns[0].last));
        let lines = office.vacancies(&head, &table).await.unwrap().lines;
        assert_eq!(lines.iter().map(|l| l.id.clone()).collect::<Vec<_>>(), [towns[0].id.clone()]);
        let analyst = holding(Role::Analyst, EVERYWHERE);
        for (told, real) in office.vacancies(&analyst, &table).await.unwrap().lines.iter().zip(&found.lines) {
            let few = (1..10).contains(&real.people.number());
            assert_eq!(told.people == Told::Few, few, "{}", real.name);
            assert_eq!(told.vacant.is_none(), few || real.establishment.is_none());
        }
    })
    .await;
}

#[tokio::test]
async fn the_demonstration_county_has_a_table_of_its_own() {
    on_both(|office| async move {
        office.demonstration_posts().await.unwrap();
        office.demonstration_posts().await.unwrap();
        let organization = holding(Role::Organization, EVERYWHERE);
        let held = office.post_tables(&organization).await.unwrap();
        assert_eq!(held.len(), 1, "once");
        assert!(held[0].name.contains("虚构"), "it says that it is invented");
        let table = office.post_table(&organization, held[0].id).await.unwrap().table;
        assert_eq!(held[0].unread, 1, "{:?}", table.unread);
        let found = office.vacancies(&organization, &table).await.unwrap();
        assert_eq!(found.unmatched.len(), 1);
        assert!(found.lines.iter().filter(|l| !l.posts.is_empty()).count() > 5);
        assert_eq!((found.elsewhere.posts, found.others.posts), (0, 0));
    })
    .await;
}
