//! How long a roster of many rows takes to read: `roster_speed make FILE ROWS`, then `time roster_speed read FILE`.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::disallowed_macros,
    reason = "tests and examples read files and print; the crate does not"
)]
#![allow(clippy::expect_used, reason = "a tool for measuring")]

use rust_xlsxwriter::{Format, Workbook};
use takeroot_civil::resident_id::check_character;
use takeroot_exchange::roster;
use takeroot_words::Lang;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [_, "make", file, rows] => {
            std::fs::write(file, make(rows.parse().expect("a number"))).expect("written")
        }
        [_, "read", file] => {
            let bytes = std::fs::read(file).expect("the file");
            let reading = roster::read(&bytes, file).expect("a roster");
            let events: usize = reading.roster.careers.iter().map(|c| c.events.len()).sum();
            let people = reading.roster.careers.len();
            println!("{people} people, {events} events, {} faults", reading.faults.len());
        }
        [_, "rewrite", file, out] => {
            let bytes = std::fs::read(file).expect("the file");
            let reading = roster::read(&bytes, file).expect("a roster");
            std::fs::write(out, roster::write(&reading.roster, Lang::Zh).expect("written")).expect("written");
        }
        _ => eprintln!("roster_speed make FILE ROWS | read FILE | rewrite FILE OUT"),
    }
}

const HEADS: [&str; 28] = [
    "序号",
    "姓名",
    "身份证号",
    "性别",
    "出生年月",
    "民族",
    "籍贯",
    "政治面貌",
    "入党时间",
    "参加工作时间",
    "工作单位",
    "录用时间",
    "录用渠道",
    "现任职务",
    "职务层次",
    "任现职时间",
    "现任职级",
    "任现职级时间",
    "任同职级时间",
    "级别",
    "档次",
    "全日制学历",
    "全日制学位",
    "全日制毕业院校系及专业",
    "在职学历",
    "2020年度考核",
    "2021年度考核",
    "2022年度考核",
];

/// An invented one-sheet roster: every date in another spelling, one row in a thousand with a fault.
fn make(rows: u32) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.merge_range(0, 0, 0, 27, "虚构县花名册（截至2023年12月31日）", &Format::new()).expect("merged");
    for (col, head) in (0u16..).zip(HEADS) {
        sheet.write_string(1, col, head).expect("written");
    }
    for n in 0..rows {
        let (year, month, day) = (1965 + n % 35, n / 35 % 12 + 1, n / 420 % 28 + 1);
        let digits = format!("990101{year}{month:02}{day:02}{:03}", n / 11_760);
        let id = format!("{digits}{}", check_character(&digits).expect("17 digits"));
        let start = year + 23;
        let cells = [
            (n + 1).to_string(),
            format!("林　{}", ["禾", "山", "溪", "河", "江"][n as usize % 5]),
            id,
            if n / 11_760 % 2 == 1 { "男" } else { "女" }.to_owned(),
            format!("{year}.{month:02}"),
            "汉族".to_owned(),
            "云岭县".to_owned(),
            "中共党员".to_owned(),
            format!("{start}年7月"),
            if n % 1000 == 999 { format!("{start}.13") } else { format!("{start}07") },
            format!("云岭县第{}镇人民政府", n % 57),
            format!("{start}/8/1"),
            "公开考录".to_owned(),
            format!("第{}办公室副主任", n % 9),
            "乡科级副职".to_owned(),
            "2022-03-15".to_owned(),
            "四级主任科员".to_owned(),
            "2021.06".to_owned(),
            "2019.06".to_owned(),
            "22".to_owned(),
            "5".to_owned(),
            "大学本科".to_owned(),
            "学士".to_owned(),
            format!("云岭大学第{}系", n % 40),
            String::new(),
            "称职".to_owned(),
            "优秀".to_owned(),
            "称职".to_owned(),
        ];
        for (col, cell) in (0u16..).zip(cells) {
            sheet.write_string(n + 2, col, cell).expect("written");
        }
    }
    book.save_to_buffer().expect("written")
}
