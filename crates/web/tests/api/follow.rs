//! A system that follows the roster hears of every change, once, in the order of the acts.

use takeroot_office::Role;

use crate::common::{Place, numbers, on_both};

async fn since(place: &Place, token: &str, since: &str) -> (Vec<i64>, String) {
    let (mut people, mut since) = (Vec::new(), since.to_owned());
    loop {
        let answer = place.get(&format!("/api/v1/changes?limit=60&since={since}"), token).await;
        assert_eq!(answer.status.as_u16(), 200, "{}", answer.text);
        let part = answer.json();
        people.extend(numbers(&part["changes"], "person"));
        part["next"].as_str().unwrap().clone_into(&mut since);
        if part["more"] == false {
            return (people, since);
        }
    }
}

#[tokio::test]
async fn every_change_is_heard_of_once() {
    on_both(async |place| {
        let token = place.token(&[Role::ReadRoster], "").await;
        let (mut people, next) = since(place, &token, "").await;
        people.sort_unstable();
        people.dedup();
        assert_eq!(people.len(), place.roster.careers.len(), "everyone was entered");
        assert_eq!(since(place, &token, &next).await, (vec![], next.clone()), "and nothing since");

        let (here, _) = place.townships().await;
        let id = place.someone(&here).await;
        let mut typed = takeroot_office::event::Typed::new();
        for (name, value) in [("effective", "2025-12-31"), ("year", "2025"), ("grade", "excellent")] {
            typed.insert(name.into(), value.into());
        }
        let me = takeroot_office::Viewer::installation();
        let zh = takeroot_words::Lang::Zh;
        place.app.office.record_event(&me, id, "assessed", &typed, None, zh).await.unwrap();
        let (people, after) = since(place, &token, &next).await;
        assert_eq!(people, [id]);
        assert_ne!(after, next);
        assert_eq!(since(place, &token, &after).await.0, Vec::<i64>::new());
    })
    .await;
}
