//! The administrator's page of tokens: one is made, shown once, used, ended.

use crate::common::{Answer, Place, on_both};
use crate::pages::{self, get, signed_in};

async fn form(place: &Place, path: &str, cookie: &str, typed: &str) -> Answer {
    place.send(pages::form(path, &format!("{cookie}; lang=en"), typed)).await
}

async fn page(place: &Place, cookie: &str) -> Answer {
    place.send(get("/tokens", &format!("{cookie}; lang=en"))).await
}

fn shown(html: &str) -> Option<&str> {
    let at = html.find("takeroot_")?;
    html[at..].split('"').next()
}

#[tokio::test]
async fn a_token_is_made_shown_once_used_and_ended() {
    on_both(async |place| {
        place.app.office.demonstration_accounts().await.unwrap();
        let admin = signed_in(&place.app, "guanli").await;
        let (here, there) = place.townships().await;
        let typed =
            format!("name=Province&scope=roster%3Aread&scope=policy%3Aread&organ={}&days=10", here.id);
        let made = form(place, "/tokens", &admin, &typed).await;
        assert_eq!(made.status.as_u16(), 200, "{}", made.text);
        let token = shown(&made.text).expect("the token").to_owned();
        assert!(token.len() > 40);
        assert!(made.text.contains("max=\"366\" value=\"366\""), "the next one begins with as many days");

        let list = page(place, &admin).await.text;
        assert!(list.contains("Province") && list.contains(&here.name), "it stands in the list");
        assert_eq!(shown(&list), None, "and is not shown again");
        assert!(list.contains(">never<"), "it was not used yet");

        let people = place.get("/api/v1/people?limit=500", &token).await.json();
        let seen = crate::common::numbers(&people["people"], "id");
        assert_eq!(seen, place.everyone(&here).await);
        assert_eq!(
            place.get(&format!("/api/v1/people?organ={}", there.id), &token).await.status.as_u16(),
            404
        );
        let standing = format!("/api/v1/standing/{}", seen[0]);
        assert_eq!(place.get(&standing, &token).await.status.as_u16(), 403);
        assert!(!page(place, &admin).await.text.contains(">never<"), "it was used");

        let sql = "SELECT MAX(id) FROM api_token";
        let id = place.count(sql).await;
        assert_eq!(form(place, &format!("/tokens/{id}/end"), &admin, "").await.status.as_u16(), 303);
        assert_eq!(place.get("/api/v1/people", &token).await.status.as_u16(), 401);
        assert_eq!(form(place, &format!("/tokens/{id}/end"), &admin, "").await.status.as_u16(), 404);
        let kinds = "SELECT COUNT(*) FROM act WHERE kind IN ('token-added', 'token-ended')";
        assert_eq!(place.count(kinds).await, 2, "both are acts that the auditor sees");
    })
    .await;
}

#[tokio::test]
async fn what_is_missing_is_said_at_its_field_and_what_was_typed_stays() {
    on_both(async |place| {
        place.app.office.demonstration_accounts().await.unwrap();
        let admin = signed_in(&place.app, "guanli").await;
        for (typed, said) in [
            ("name=&scope=roster%3Aread&days=10", "Say which system"),
            ("name=Bureau&days=10", "Choose"),
            ("name=Bureau&scope=organization&days=10", "Choose"),
            ("name=Bureau&scope=roster%3Aread&days=0", "1 to 366"),
            ("name=Bureau&scope=roster%3Aread&days=367", "1 to 366"),
            ("name=Bureau&scope=roster%3Aread&days=ten", "1 to 366"),
            ("name=Bureau&scope=roster%3Aread&days=10&organ=nowhere", "no such organ"),
        ] {
            let answer = form(place, "/tokens", &admin, typed).await;
            assert_eq!(answer.status.as_u16(), 422, "{typed}");
            assert!(answer.text.to_lowercase().contains(&said.to_lowercase()), "{typed}: {}", answer.text);
            assert!(typed.starts_with("name=&") || answer.text.contains("Bureau"), "{typed}");
            assert_eq!(shown(&answer.text), None);
        }
        assert_eq!(place.count("SELECT COUNT(*) FROM api_token").await, 0);
        for name in ["zuzhi", "renshe", "shenji", "geren"] {
            let cookie = signed_in(&place.app, name).await;
            assert_eq!(page(place, &cookie).await.status.as_u16(), 403, "{name}");
            let typed = "name=Bureau&scope=roster%3Aread&days=10";
            assert_eq!(form(place, "/tokens", &cookie, typed).await.status.as_u16(), 403, "{name}");
        }
    })
    .await;
}
