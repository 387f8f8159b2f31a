use takeroot_store::settings;

use crate::common::on_both;

#[tokio::test]
async fn a_setting_is_what_it_was_last_set_to() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        assert_eq!(settings::get(&mut tx, settings::PLACE).await.unwrap(), None);
        for value in ["990123", "", "990124\u{1F33E}"] {
            settings::set(&mut tx, settings::PLACE, value).await.unwrap();
            assert_eq!(settings::get(&mut tx, settings::PLACE).await.unwrap().as_deref(), Some(value));
        }
        assert_eq!(settings::get(&mut tx, settings::INVENTED).await.unwrap(), None);
    })
    .await;
}
