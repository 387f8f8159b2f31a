use takeroot_store::jobs::{self, CANCELLED, DONE, INTERRUPTED, Job, RUNNING};

use crate::common::on_both;

#[tokio::test]
async fn work_is_its_accounts_and_its_file_is_kept() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        let id = jobs::begin(&mut tx, "forms", 7, 5).await.unwrap();
        let other = jobs::begin(&mut tx, "import", 7, 6).await.unwrap();
        let begun = jobs::of(&mut tx, 7, id).await.unwrap().unwrap();
        assert_eq!((begun.kind.as_str(), begun.state.as_str(), begun.began), ("forms", RUNNING, 5));
        assert!(jobs::of(&mut tx, 8, id).await.unwrap().is_none(), "nobody else's");
        assert!(jobs::file(&mut tx, 7, id).await.unwrap().is_none(), "no file yet");
        let done = Job {
            state: DONE.to_owned(),
            done: 3,
            total: 3,
            message_zh: "好".to_owned(),
            message_en: "good".to_owned(),
            place: "/forms".to_owned(),
            file_name: "表.zip".to_owned(),
            ended: Some(9),
            ..begun
        };
        jobs::end(&mut tx, &done, Some(vec![0, 255])).await.unwrap();
        assert_eq!(jobs::of(&mut tx, 7, id).await.unwrap().unwrap(), done);
        assert_eq!(jobs::file(&mut tx, 7, id).await.unwrap(), Some(("表.zip".to_owned(), vec![0, 255])));
        assert!(jobs::file(&mut tx, 8, id).await.unwrap().is_none());
        let latest: Vec<i64> = jobs::latest(&mut tx, 7, 5).await.unwrap().iter().map(|j| j.id).collect();
        assert_eq!(latest, [other, id]);
        assert!(jobs::latest(&mut tx, 8, 5).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_ran_when_the_program_ended_is_called_interrupted() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        let (one, two) =
            (jobs::begin(&mut tx, "a", 1, 1).await.unwrap(), jobs::begin(&mut tx, "b", 1, 1).await.unwrap());
        let ended = jobs::of(&mut tx, 1, one).await.unwrap().unwrap();
        jobs::end(&mut tx, &Job { state: CANCELLED.to_owned(), ended: Some(2), ..ended }, None)
            .await
            .unwrap();
        assert_eq!(jobs::interrupt_all(&mut tx, 3).await.unwrap(), 1);
        let told = jobs::of(&mut tx, 1, two).await.unwrap().unwrap();
        assert_eq!((told.state.as_str(), told.ended), (INTERRUPTED, Some(3)));
        assert_eq!(jobs::of(&mut tx, 1, one).await.unwrap().unwrap().state, CANCELLED);
        assert_eq!(jobs::interrupt_all(&mut tx, 4).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_file_is_forgotten_and_the_work_stays_known() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        let mut ids = Vec::new();
        for (kind, ended) in [("forms", 5), ("forms", 9), ("import", 5)] {
            let id = jobs::begin(&mut tx, kind, 1, 1).await.unwrap();
            let begun = jobs::of(&mut tx, 1, id).await.unwrap().unwrap();
            let done =
                Job { state: DONE.to_owned(), file_name: "a.pdf".to_owned(), ended: Some(ended), ..begun };
            jobs::end(&mut tx, &done, Some(vec![1])).await.unwrap();
            ids.push(id);
        }
        assert_eq!(jobs::forget_files(&mut tx, "forms", 9).await.unwrap(), 1);
        let old = jobs::of(&mut tx, 1, ids[0]).await.unwrap().unwrap();
        assert_eq!((old.state.as_str(), old.file_name.as_str()), (DONE, ""));
        assert!(jobs::file(&mut tx, 1, ids[0]).await.unwrap().is_none());
        assert!(jobs::file(&mut tx, 1, ids[1]).await.unwrap().is_some(), "a later one");
        assert!(jobs::file(&mut tx, 1, ids[2]).await.unwrap().is_some(), "another kind of work");
    })
    .await;
}
