//! What the stories begin with.

use takeroot_civil::{Career, Day, Fact, Organ, OrganId, OrganKind, Person, PersonId, Rank};
use takeroot_store::accounts::{self, Account};
use takeroot_store::organs::{self, Node};
use takeroot_store::people::{self, Indexed};
use takeroot_store::{Db, Tx, acts, testing};

/// Tells a story on a fresh database of each engine.
pub async fn on_both(story: impl AsyncFn(&Db)) {
    let dir = tempfile::tempdir().unwrap();
    for db in testing::databases(dir.path()).await.unwrap() {
        story(&db).await;
    }
}

pub fn day(year: u16, month: u8, day: u8) -> Day {
    Day::new(year, month, day).unwrap()
}

/// Someone invented, registered and ranked.
pub fn career(number: &str, name: &str) -> Career {
    let person = Person { id: PersonId(number.to_owned()), name: name.to_owned(), ..Person::default() };
    let mut career = Career { person, ..Career::default() };
    career.add(day(2020, 7, 1), Fact::Registered { organ: OrganId("1".to_owned()) });
    career.add(day(2021, 7, 1), Fact::Ranked { rank: Rank::Staff1 });
    career
}

/// People under one act: the act, and their numbers.
pub async fn enter(tx: &mut Tx, people: &[Career]) -> (i64, Vec<i64>) {
    let act = acts::record(tx, "enter", 1, 0, None, "{}", None).await.unwrap();
    let ids = people::add(tx, &people.iter().collect::<Vec<_>>(), act, 1).await.unwrap();
    (act, ids)
}

/// Columns for lists of someone in the service in an organ.
pub fn serving(organ_seq: i64, position: i64) -> Indexed {
    Indexed { in_service: true, organ: organ_seq.to_string(), organ_seq, position, ..Indexed::default() }
}

/// Three people: 甲 in organ 1, 乙 and 丙 in organ 2, in this order.
pub async fn three(tx: &mut Tx) -> Vec<i64> {
    let all = [career("A-1", "试甲"), career("A-2", "试乙"), career("A-3", "试丙")];
    let ids = enter(tx, &all).await.1;
    let rows = [(ids[0], serving(1, 1)), (ids[1], serving(2, 1)), (ids[2], serving(2, 2))];
    people::set_indexed(tx, day(2026, 7, 1), &rows).await.unwrap();
    ids
}

pub async fn account(tx: &mut Tx, name: &str) -> i64 {
    let account = Account {
        id: 0,
        name: name.to_owned(),
        title: format!("{name}之名"),
        person: None,
        password: String::new(),
        must_change: true,
        totp: String::new(),
        totp_pending: String::new(),
        totp_step: 0,
        lang: "zh".to_owned(),
        created: 1,
        disabled: false,
        password_set: 1,
        totp_until: 0,
    };
    accounts::add(tx, &account).await.unwrap()
}

pub fn node(id: &str, seq: i64, last: i64, depth: i64, parent: &str) -> Node {
    let organ = Organ {
        id: OrganId(id.to_owned()),
        name: format!("试{id}"),
        kind: OrganKind::Township,
        division: "990123101".parse().ok(),
        establishment: Some(30),
        hardship_class: Some(0),
        area_band: None,
    };
    Node {
        id: id.to_owned(),
        seq,
        last,
        depth,
        parent: parent.to_owned(),
        grouping: String::new(),
        name: organ.name.clone(),
        organ: Some(organ),
    }
}

/// Organ 1, and below it organ 2.
pub async fn two_organs(tx: &mut Tx) -> Vec<Node> {
    let tree = vec![node("1", 1, 2, 0, ""), node("2", 2, 2, 1, "1")];
    organs::replace(tx, &tree).await.unwrap();
    tree
}
