//! The shipped tables, other layouts, and bytes that are no table.

use std::path::PathBuf;

use super::*;

fn data(path: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../data/posts")
        .join(path);
    std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

mod shipped {
    use super::*;

    #[test]
    fn guangdong_2025() {
        let table = read(
            &data("guangdong-2025/guangdong-2025-posts-original.xls"),
            "guangdong-2025-posts-original.xls",
        )
        .expect("a post table");
        let s = table.summary();
        eprintln!(
            "{:#?} {:?}",
            s,
            table.unread.iter().take(20).collect::<Vec<_>>()
        );
        assert_eq!(table.layout, Layout::Guangdong);
        assert_eq!((s.posts, s.recruits), (12_377, 17_419));
    }

    #[test]
    fn henan_2026() {
        let table = read(
            &data("henan-2026/henan-2026-posts-original.xlsx"),
            "henan-2026-posts-original.xlsx",
        )
        .expect("a post table");
        let s = table.summary();
        eprintln!(
            "{:#?} {:?}",
            s,
            table.unread.iter().take(20).collect::<Vec<_>>()
        );
        assert_eq!(table.layout, Layout::Henan);
        assert_eq!((s.posts, s.recruits), (7_509, 10_429));
    }
}
