//! Bytes that are no post table, and any bytes at all.

use proptest::prelude::*;
use takeroot_words::{Lang, Say};

use super::*;

/// Reading never panics, and everything it gives can be said, counted and written.
fn survives(bytes: &[u8]) {
    match read(bytes, "t") {
        Ok(table) => {
            let _ = table.summary();
            for cell in &table.unread {
                assert!(!cell.say(Lang::Zh).is_empty());
            }
        }
        Err(fault) => assert!(!fault.say(Lang::En).is_empty()),
    }
}

fn small() -> Vec<u8> {
    book(&[Sheet {
        name: "职位",
        rows: &[
            &["2025年职位表"],
            &["招录机关", "职位名称", "职位代码", "招录人数", "学历", "专业", "年龄", "其他要求"],
            &[
                "始兴县太平镇人民政府",
                "科员",
                "B1",
                "#3",
                "本科及以上",
                "法学类（0301）",
                "18-35周岁",
                "限男性；最低服务年限5年",
            ],
            &["始兴县财政局", "科员", "B2", "2人", "大专及以上", "不限", "不限", "限始兴县户籍"],
        ],
        merges: &[(0, 0, 0, 7)],
    }])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        survives(&bytes);
    }

    #[test]
    fn a_workbook_with_some_bytes_changed(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12), cut in any::<prop::sample::Index>(), whole in any::<bool>()) {
        let mut bytes = small();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if !whole {
            bytes.truncate(cut.index(bytes.len()));
        }
        survives(&bytes);
    }

    #[test]
    fn any_text_in_the_cells(cells in prop::collection::vec("[0-9一二十年岁周以上下及、；，（）()不限本科大专研究生男女户籍服务县乡镇市 \n-]{0,24}", 24)) {
        let head = "招录机关,职位代码,招录人数,学历,学位,年龄,性别,其他要求\n";
        let mut text = head.to_owned();
        for row in cells.chunks(8) {
            let quoted: Vec<String> = row.iter().map(|c| format!("\"{c}\"")).collect();
            text.push_str(&quoted.join(","));
            text.push('\n');
        }
        survives(text.as_bytes());
    }
}

#[test]
fn an_old_workbook_with_some_bytes_changed() {
    let whole = data("guangdong-2025/guangdong-2025-majors-original.xls");
    for n in 0..24usize {
        let mut bytes = whole.clone();
        for k in 0..40usize {
            let at = (n * 7919 + k * 104_729 + n * n * 31) % bytes.len();
            bytes[at] = (n * 37 + k * 11) as u8;
        }
        if n % 3 == 0 {
            bytes.truncate(bytes.len() * (n + 1) / 30);
        }
        survives(&bytes);
    }
}

/// One damaged column number made the reader of the format lay out ten gigabytes.
#[test]
fn cells_outside_an_old_sheet_are_refused_before_they_are_laid_out() {
    let whole = data("guangdong-2025/guangdong-2025-majors-original.xls");
    assert!(crate::posts::biff::is_sound(&whole));
    assert!(crate::posts::biff::is_sound(&data("guangdong-2025/guangdong-2025-posts-original.xls")));
    // A cell with a shared text: its kind, its length of ten, row, column.
    let at = whole.windows(4).rposition(|w| w == [0xfd, 0x00, 0x0a, 0x00]).expect("a cell");
    let mut bytes = whole;
    bytes[at + 6..at + 8].copy_from_slice(&60_000u16.to_le_bytes());
    assert!(matches!(read(&bytes, "t.xls"), Err(FileFault::Broken { .. })));
}

#[test]
fn a_cell_in_the_far_corner_costs_nothing() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "a").expect("written");
    sheet.write_string(1_048_575, 16_383, "z").expect("written");
    survives(&book.save_to_buffer().expect("bytes"));
}

/// Every file of `tests/bad/posts` says what its `.expected` says, in both languages.
#[test]
fn broken_files_say_what_is_wrong() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/bad/posts");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(&folder).expect("tests/bad/posts").map(|e| e.expect("an entry").path()).collect();
    files.retain(|f| f.extension().is_none_or(|e| e != "expected"));
    files.sort();
    assert!(files.len() >= 6, "{}", files.len());
    let bless = std::env::var_os("BLESS").is_some();
    for path in files {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let said = |lang: Lang| match read(&std::fs::read(&path).expect("bytes"), &name) {
            Ok(table) => table.unread.iter().map(|u| u.say(lang)).collect::<Vec<_>>().join("\n"),
            Err(fault) => fault.say(lang),
        };
        let got = format!("zh\n{}\n\nen\n{}\n", said(Lang::Zh), said(Lang::En));
        let expected = path.with_file_name(format!("{name}.expected"));
        if bless {
            std::fs::write(&expected, &got).expect("written");
        }
        assert_eq!(got, std::fs::read_to_string(&expected).unwrap_or_default(), "{name}");
        assert!(got.len() > 12, "{name} is not broken");
    }
}
