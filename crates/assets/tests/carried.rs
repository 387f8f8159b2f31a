//! The program carries what its pages name.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests may fail")]

#[test]
fn an_address_leads_to_the_file_and_no_other_does() {
    let address = takeroot_assets::url("takeroot.css");
    let path = address.strip_prefix(takeroot_assets::PLACE).unwrap();
    let css = takeroot_assets::get(path).unwrap();
    assert!(css.mime.starts_with("text/css"));
    assert!(std::str::from_utf8(css.bytes).unwrap().contains(".chip"), "our own styles are in it");
    assert!(path.contains(css.etag.trim_matches('"')), "the address changes with the content");
    assert!(takeroot_assets::get("takeroot.css").is_none());
    assert!(takeroot_assets::get("../Cargo.toml").is_none());
}

#[test]
fn the_shortest_form_that_the_browser_takes_is_sent() {
    let script = takeroot_assets::url("chart.js");
    let script = takeroot_assets::get(script.strip_prefix(takeroot_assets::PLACE).unwrap()).unwrap();
    assert_eq!(script.encoded("gzip, deflate, br;q=1.0").1, Some("br"));
    assert_eq!(script.encoded("gzip, br;q=0").1, Some("gzip"));
    assert_eq!(script.encoded("identity").1, None);
    assert!(script.brotli.len() < script.gzip.len() && script.gzip.len() < script.bytes.len() / 2);
}

#[test]
fn nothing_in_it_asks_an_outside_host() {
    for name in ["takeroot.css", "icons.svg", "favicon.svg"] {
        let path = takeroot_assets::url(name);
        let asset = takeroot_assets::get(path.strip_prefix(takeroot_assets::PLACE).unwrap()).unwrap();
        let text = std::str::from_utf8(asset.bytes).unwrap();
        for (at, _) in text.match_indices("://") {
            let around = text.get(at.saturating_sub(12)..(at + 24).min(text.len())).unwrap_or("");
            assert!(
                around.contains("www.w3.org")
                    || around.contains("tabler.io")
                    || around.contains("github.com"),
                "{name}: {around}"
            );
        }
        assert!(!text.contains("@import"), "{name}");
    }
}

#[test]
fn both_fonts_are_true_type() {
    let fonts = takeroot_assets::serif_fonts();
    assert_eq!(fonts.len(), 2);
    assert!(fonts.iter().all(|font| font.starts_with(&[0, 1, 0, 0]) && font.len() > 1_000_000));
}

#[test]
fn every_icon_that_a_template_names_is_in_the_sprite() {
    let templates = concat!(env!("CARGO_MANIFEST_DIR"), "/../web/templates");
    let mut seen = 0;
    for file in std::fs::read_dir(templates).into_iter().flatten().flatten() {
        let text = std::fs::read_to_string(file.path()).unwrap_or_default();
        for rest in text.split("icon(\"").skip(1) {
            let name = rest.split('"').next().unwrap();
            seen += 1;
            assert!(
                takeroot_assets::icons().contains(&name),
                "{}: no icon {name} in assets/icons.txt",
                file.path().display()
            );
        }
    }
    assert!(seen > 0 || !std::path::Path::new(templates).join("macros.html").exists());
}
