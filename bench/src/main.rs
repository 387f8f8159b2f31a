//! Benchmarks: `standing` times the pass over columns, `workbook` writes a roster to import, `office` asks the served program,
//! `logit` fits hazards, `plain` projects the plain workload of `peers/README.md`.
//! `bench/run.sh` runs all.

mod logit;
mod npy;
mod office;
mod plain;
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
        ["logit", rows, dir] => logit::run(rows.parse()?, Path::new(dir)),
        ["plain", posts, months, runs, name] => {
            plain::run(posts.parse()?, months.parse()?, runs.parse()?, name)
        }
        ["office", program, people, dir] => {
            office::run(Path::new(program), people.parse()?, Path::new(dir), None)
        }
        ["office", program, people, dir, database] => {
            office::run(Path::new(program), people.parse()?, Path::new(dir), Some(database))
        }
        _ => bail!(
            "takeroot-bench standing PEOPLE DIR | workbook ROWS FILE.xlsx | office TAKEROOT PEOPLE DIR [DATABASE] | logit ROWS DIR | plain POSTS MONTHS RUNS NAME"
        ),
    }
}
