//! What a token's scopes, its organ and its class of fields let it see; what it saw is told to the person.

use serde_json::Value;
use takeroot_office::proposal::Kept;
use takeroot_office::{Role, Viewer};
use takeroot_store::organs::Node;

use crate::common::{ALL, Place, numbers, on_both};

/// Someone of the organ with an identity number and a family, so that there is something to leave out.
async fn known(place: &Place, node: &Node) -> i64 {
    let mut tx = place.app.office.db.read().await.unwrap();
    let all = place.everyone(node).await;
    let kept = takeroot_store::people::careers(&mut tx, &all).await.unwrap();
    let one =
        kept.iter().find(|k| k.career.person.resident_id.is_some() && !k.career.person.family.is_empty());
    one.expect("someone of whom everything is known").id
}

#[tokio::test]
async fn each_class_of_fields_needs_its_scope() {
    on_both(async |place| {
        let (here, _) = place.townships().await;
        let id = known(place, &here).await;
        let person = format!("/api/v1/person/{id}");
        let standing = format!("/api/v1/standing/{id}");
        let people = format!("/api/v1/people?organ={}", here.id);

        let plain = place.token(&[Role::ReadRoster, Role::ReadStanding], "").await;
        let record = place.get(&person, &plain).await;
        let basics = &record.json()["person"];
        for field in ["id", "number", "resident_id", "id_number", "family", "health"] {
            assert!(basics.get(field).is_none(), "{field}: {basics}");
        }
        assert!(basics["name"].as_str().is_some_and(|n| !n.is_empty()));
        assert!(!record.json()["events"].as_array().unwrap().is_empty());
        assert!(place.get(&standing, &plain).await.json()["standing"].get("pay").is_none());
        let list = place.get(&people, &plain).await.json();
        assert!(list["people"].as_array().unwrap().iter().all(|p| p.get("id_number").is_none()));
        assert_eq!(
            place.count("SELECT COUNT(*) FROM sight").await,
            0,
            "nothing of a sensitive class was seen"
        );

        // Not by a guess at the end of an identity number either.
        let career = {
            let mut tx = place.app.office.db.read().await.unwrap();
            takeroot_store::people::career(&mut tx, id).await.unwrap().unwrap().career
        };
        let number = career.person.resident_id.as_ref().unwrap().as_str().to_owned();
        let search = format!("/api/v1/people?q={}", &number[12..]);
        assert_eq!(place.get(&search, &plain).await.json()["people"], serde_json::json!([]));

        let full = place.token(&ALL, "").await;
        assert_eq!(numbers(&place.get(&search, &full).await.json()["people"], "id"), [id]);
        let basics = place.get(&person, &full).await.json()["person"].clone();
        assert_eq!(basics["id_number"], number.as_str());
        assert_eq!(basics["number"], career.person.id.0.as_str());
        assert_eq!(basics["family"].as_array().unwrap().len(), career.person.family.len());
        assert!(place.get(&standing, &full).await.json()["standing"]["pay"].is_object());
        let list = place.get(&people, &full).await.json();
        let line = list["people"].as_array().unwrap().iter().find(|p| p["id"] == id).unwrap();
        assert_eq!(line["id_number"], number.as_str());
    })
    .await;
}

#[tokio::test]
async fn what_a_system_looked_at_is_told_to_the_person() {
    on_both(async |place| {
        let (here, _) = place.townships().await;
        let id = known(place, &here).await;
        let token = place.token(&ALL, "").await;
        for path in [format!("/api/v1/person/{id}"), format!("/api/v1/standing/{id}")] {
            assert_eq!(place.get(&path, &token).await.status.as_u16(), 200);
        }
        let own = Viewer { person: Some(id), account: 1, holds: vec![], ..Viewer::installation() };
        let (looks, total) = place.app.office.who_looked(&own, 0).await.unwrap();
        let mut classes: Vec<&str> = looks.iter().map(|l| l.class.as_str()).collect();
        classes.sort_unstable();
        assert_eq!((classes.as_slice(), total), (["family", "identity", "pay"].as_slice(), 3));
        assert!(looks.iter().all(|l| l.title == "省级系统" && l.place == "interface"), "{looks:?}");
        // A list is a look at everyone in it whose number it tells.
        let list = place.get(&format!("/api/v1/people?organ={}&limit=500", here.id), &token).await.json();
        let told = list["people"].as_array().unwrap().len() as i64;
        assert!(told > 1);
        let sql = "SELECT COUNT(DISTINCT person) FROM sight WHERE class = 'identity' AND place = 'interface'";
        assert_eq!(place.count(sql).await, told);
        let (_, total) = place.app.office.who_looked(&own, 0).await.unwrap();
        assert_eq!(total, 4);
    })
    .await;
}

/// Everyone that a token is told of, part by part.
async fn everyone(place: &Place, token: &str, query: &str) -> Vec<i64> {
    let mut all = Vec::new();
    let mut after = String::new();
    loop {
        let path = format!("/api/v1/people?limit=7&after={after}{query}");
        let answer = place.get(&path, token).await;
        assert_eq!(answer.status.as_u16(), 200, "{}", answer.text);
        let part = answer.json();
        let ids = numbers(&part["people"], "id");
        assert!(ids.len() <= 7);
        all.extend(ids);
        match part["next"].as_str() {
            Some(next) => next.clone_into(&mut after),
            None => return all,
        }
    }
}

#[tokio::test]
async fn a_token_of_one_township_sees_that_township_alone() {
    on_both(async |place| {
        let (here, there) = place.townships().await;
        let token = place.token(&ALL, &here.id).await;
        let own = place.everyone(&here).await;
        assert_eq!(
            everyone(place, &token, "").await,
            own,
            "everyone of the place, in the office's order, nobody twice"
        );
        let stranger = place.someone(&there).await;
        for path in ["person", "standing"] {
            let foreign = place.get(&format!("/api/v1/{path}/{stranger}"), &token).await;
            let nobody = place.get(&format!("/api/v1/{path}/987654"), &token).await;
            assert_eq!(foreign.status.as_u16(), 404);
            assert_eq!(foreign.text, nobody.text, "whether there is such a person is not told");
            assert_eq!(place.get(&format!("/api/v1/{path}/{}", own[0]), &token).await.status.as_u16(), 200);
        }
        let foreign = place.get(&format!("/api/v1/people?organ={}", there.id), &token).await;
        let nowhere = place.get("/api/v1/people?organ=nowhere", &token).await;
        assert_eq!((foreign.status, &foreign.text), (nowhere.status, &nowhere.text));
        assert_eq!(foreign.status.as_u16(), 404);
        let organs = place.get("/api/v1/organs", &token).await.json();
        let ids: Vec<&str> =
            organs["organs"].as_array().unwrap().iter().map(|o| o["id"].as_str().unwrap()).collect();
        assert!(ids.contains(&here.id.as_str()) && !ids.contains(&there.id.as_str()), "{ids:?}");
        let changes = place.get("/api/v1/changes?limit=500", &token).await.json();
        let (changed, ever) = (numbers(&changes["changes"], "person"), place.ever(&here).await);
        assert!(!changed.is_empty() && changed.iter().all(|p| ever.contains(p)), "{changed:?}");
        // By the stranger's name, and by a place in the order beyond the own.
        let name = {
            let mut tx = place.app.office.db.read().await.unwrap();
            takeroot_store::people::career(&mut tx, stranger).await.unwrap().unwrap().career.person.name
        };
        let found = everyone(place, &token, &format!("&q={}", encoded(&name))).await;
        assert!(!found.contains(&stranger));
        let beyond = format!("/api/v1/people?after={}.0.0", there.seq - 1);
        assert!(
            numbers(&place.get(&beyond, &token).await.json()["people"], "id").iter().all(|p| own.contains(p))
        );
    })
    .await;
}

#[tokio::test]
async fn a_guessed_number_tells_no_pay() {
    on_both(async |place| {
        let (here, there) = place.townships().await;
        let (own, stranger) = (place.someone(&here).await, place.someone(&there).await);
        let no_pay = place.token(&[Role::ReadRoster, Role::ReadStanding], &here.id).await;
        let only_pay = place.token(&[Role::ReadPay], "").await;
        let pay_here = place.token(&[Role::ReadRoster, Role::ReadStanding, Role::ReadPay], &here.id).await;
        let answer = place.get(&format!("/api/v1/standing/{own}"), &no_pay).await;
        assert!(answer.status.as_u16() == 200 && answer.json()["standing"].get("pay").is_none());
        assert!(!answer.text.contains("\"fen\"") && !answer.text.contains("amount"), "{}", answer.text);
        assert_eq!(place.get(&format!("/api/v1/standing/{own}"), &only_pay).await.status.as_u16(), 403);
        assert_eq!(place.get(&format!("/api/v1/standing/{stranger}"), &pay_here).await.status.as_u16(), 404);
        let answer = place.get(&format!("/api/v1/standing/{own}"), &pay_here).await;
        assert!(answer.json()["standing"]["pay"].is_object());
        assert_eq!(place.count("SELECT COUNT(*) FROM sight").await, 1, "the one look that there was");
    })
    .await;
}

#[tokio::test]
async fn a_standing_is_of_the_day_asked_for_and_of_the_law_here() {
    on_both(async |place| {
        let (here, _) = place.townships().await;
        let id = place.someone(&here).await;
        let token = place.token(&ALL, "").await;
        let law: Value = place.get("/api/v1/stack", &token).await.json();
        let today = place.get(&format!("/api/v1/standing/{id}"), &token).await.json();
        assert_eq!(today["on"], "2026-07-01");
        assert_eq!(today["digest"], law["digest"]);
        let past = place.get(&format!("/api/v1/standing/{id}?on=2019-07-01"), &token).await.json();
        assert_eq!(past["on"], "2019-07-01");
        assert_ne!(past["standing"], today["standing"]);
        let documents = law["documents"].as_array().unwrap();
        let policies = place.get("/api/v1/policies", &token).await.json();
        let known: Vec<&Value> = policies["policies"].as_array().unwrap().iter().map(|p| &p["id"]).collect();
        assert!(!documents.is_empty() && documents.iter().all(|d| known.contains(&d)));
    })
    .await;
}

fn encoded(text: &str) -> String {
    text.bytes().map(|b| format!("%{b:02X}")).collect()
}

#[tokio::test]
async fn a_draft_is_told_to_no_system() {
    on_both(async |place| {
        let text = include_str!("../../../../policies/proposals/one-rise-one-fall.toml").replacen(
            "one-rise-one-fall",
            "not-yet-said",
            1,
        );
        let saved = place.app.office.save_document(&Viewer::installation(), &text).await.unwrap();
        assert!(matches!(saved, Kept::Saved(..)), "{saved:?}");
        let token = place.token(&[Role::ReadPolicy], "").await;
        let told = place.get("/api/v1/policies", &token).await;
        assert!(told.text.contains("one-rise-one-fall") && !told.text.contains("not-yet-said"));
        place.app.office.publish(&Viewer::installation(), "not-yet-said", true).await.unwrap();
        assert!(place.get("/api/v1/policies", &token).await.text.contains("not-yet-said"));
    })
    .await;
}
