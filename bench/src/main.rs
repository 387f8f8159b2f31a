//! Benchmarks: `standing` times the pass over columns, `workbook` writes a roster to import. `bench/run.sh` runs both.

mod npy;
mod standing;
mod workbook;

use std::path::Path;

use anyhow::bail;

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        ["standing", people, dir] => standing::run(people.parse()?, Path::new(dir)),
        ["workbook", rows, file] => workbook::write(rows.parse()?, Path::new(file)),
        _ => bail!("takeroot-bench standing PEOPLE DIR | workbook ROWS FILE.xlsx"),
    }
}
