//! A roster sent by another system: told first, written when it is asked to, all or nothing, within its reach.

use takeroot_civil::Roster;
use takeroot_exchange::roster;
use takeroot_office::Role;
use takeroot_words::Lang;

use crate::common::{Answer, Place, on_both};

fn book(roster: &Roster) -> Vec<u8> {
    roster::write(roster, Lang::Zh).unwrap()
}

async fn send(place: &Place, token: &str, query: &str, file: Vec<u8>) -> Answer {
    place.ask("POST", &format!("/api/v1/import?name=roster.xlsx{query}"), token, file).await
}

/// The people of an organ, one of them with another name.
fn renamed(place: &Place, organ: &str) -> Roster {
    let mut part = place.roster.clone();
    let of = |career: &takeroot_civil::Career| {
        let index: takeroot_policy::timeline::Organs<'_> =
            place.roster.organs.iter().map(|o| (&o.id, o)).collect();
        let spec = takeroot_policy::StackSpec { baseline: None, proposals: Vec::new(), place: None };
        let library = takeroot_policy::Library::shipped().unwrap();
        let stack = takeroot_policy::Stack::new(&library, spec).unwrap();
        let rules = takeroot_policy::Rules::at(&stack, takeroot_civil::Day::new(2026, 7, 1).unwrap());
        let facts = takeroot_policy::Facts::of(career, &index, &rules);
        facts.timeline.organ().map(|o| o.0.clone())
    };
    let at = part.careers.iter().position(|c| of(c).as_deref() == Some(organ)).unwrap();
    part.careers = vec![part.careers.remove(at)];
    part.careers[0].person.native_place = "别处".to_owned();
    part
}

#[tokio::test]
async fn an_import_is_told_first_and_written_when_asked_to() {
    on_both(async |place| {
        let token = place.token(&[Role::WriteImport], "").await;
        let (here, _) = place.townships().await;
        let file = book(&renamed(place, &here.id));
        let acts = place.count("SELECT COUNT(*) FROM act").await;
        let told = send(place, &token, "", file.clone()).await.json();
        let counts = &told["counts"];
        assert_eq!(
            (&counts["changed"], &counts["new"], &counts["errors"]),
            (&1.into(), &0.into(), &0.into())
        );
        assert_eq!(told["act"], serde_json::Value::Null);
        assert_eq!(told["rows"][0]["kind"], "changed");
        assert_eq!(place.count("SELECT COUNT(*) FROM act").await, acts, "nothing was written");

        let done = send(place, &token, "&apply=yes", file.clone()).await.json();
        let act = done["act"].as_i64().expect("an act");
        let mut tx = place.app.office.db.read().await.unwrap();
        let kept = takeroot_store::acts::get(&mut tx, act).await.unwrap().unwrap();
        let account = takeroot_store::accounts::get(&mut tx, kept.account).await.unwrap().unwrap();
        assert_eq!((kept.kind.as_str(), account.title.as_str()), ("import", "省级系统"), "in its own name");
        let person = done["rows"][0]["person"].as_i64().unwrap();
        let career = takeroot_store::people::career(&mut tx, person).await.unwrap().unwrap().career;
        assert_eq!(career.person.native_place, "别处");
        drop(tx);
        let again = send(place, &token, "&apply=yes", file).await.json();
        assert_eq!((&again["counts"]["unchanged"], &again["act"]), (&1.into(), &serde_json::Value::Null));
    })
    .await;
}

#[tokio::test]
async fn one_row_with_an_error_keeps_everything_out() {
    on_both(async |place| {
        let token = place.token(&[Role::WriteImport], "").await;
        let (here, _) = place.townships().await;
        let mut part = renamed(place, &here.id);
        part.careers.push(takeroot_civil::Career {
            person: takeroot_civil::Person {
                id: takeroot_civil::PersonId("X-1".to_owned()),
                // Without a name.
                ..takeroot_civil::Person::default()
            },
            ..takeroot_civil::Career::default()
        });
        let versions = place.count("SELECT COUNT(*) FROM person_version").await;
        let told = send(place, &token, "&apply=yes", book(&part)).await.json();
        assert!(told["counts"]["errors"].as_i64().unwrap() >= 1, "{told}");
        assert_eq!(told["act"], serde_json::Value::Null);
        let rows = told["rows"].as_array().unwrap();
        let wrong = rows.iter().find(|r| r["kind"] == "error").unwrap();
        assert!(
            wrong["problems"][0].as_str().is_some_and(|p| p.contains("a required cell is empty")),
            "{wrong}"
        );
        assert_eq!(place.count("SELECT COUNT(*) FROM person_version").await, versions, "all or nothing");
    })
    .await;
}

#[tokio::test]
async fn a_file_of_another_township_is_not_taken() {
    on_both(async |place| {
        let (here, there) = place.townships().await;
        let token = place.token(&[Role::WriteImport], &here.id).await;
        let versions = place.count("SELECT COUNT(*) FROM person_version").await;
        let told = send(place, &token, "&apply=yes", book(&renamed(place, &there.id))).await.json();
        assert_eq!(
            (&told["counts"]["errors"], &told["act"]),
            (&1.into(), &serde_json::Value::Null),
            "{told}"
        );
        assert_eq!(told["rows"][0]["person"], serde_json::Value::Null, "nor told who it is");
        assert_eq!(place.count("SELECT COUNT(*) FROM person_version").await, versions);
        let own = send(place, &token, "&apply=yes", book(&renamed(place, &here.id))).await.json();
        assert!(own["act"].is_i64(), "{own}");
    })
    .await;
}

#[tokio::test]
async fn what_is_no_roster_is_told_in_the_form_of_problems() {
    on_both(async |place| {
        let token = place.token(&[Role::WriteImport], "").await;
        let zip: &[u8] = b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
        for (name, file) in [
            ("a.xlsx", b"no workbook".as_slice()),
            ("a.zip", zip),
            ("a.xls", b"\xD0\xCF\x11\xE0"),
            ("a.pdf", b"%PDF-1.7"),
        ] {
            let path = format!("/api/v1/import?name={name}&apply=yes");
            let answer = place.ask("POST", &path, &token, file.to_vec()).await;
            assert_eq!(answer.status.as_u16(), 422, "{name}: {}", answer.text);
            assert_eq!(answer.kind(), "application/problem+json");
            assert!(answer.json()["detail"].as_str().is_some_and(|d| d.len() > 5), "{name}: {}", answer.text);
        }
        // A form that breaks off is a row with an error, as one among many in an archive would be.
        let path = "/api/v1/import?name=a.lrmx&apply=yes";
        let told = place.ask("POST", path, &token, b"<not".to_vec()).await.json();
        assert_eq!(
            (&told["counts"]["errors"], &told["act"]),
            (&1.into(), &serde_json::Value::Null),
            "{told}"
        );
        assert_eq!(place.count("SELECT COUNT(*) FROM act WHERE kind = 'import'").await, 0);
    })
    .await;
}
