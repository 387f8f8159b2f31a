//! `takeroot-bench logit`: a logit of so many rows by nine columns, for R's `glm.fit` to do again.

use std::fs;
use std::path::Path;

use rustix::time::{ClockId, clock_gettime};
use takeroot_survival::chance::{Chance, Purpose};
use takeroot_survival::logit::Cells;

/// CPU seconds of the whole process, every thread counted.
fn cpu() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 * 1e-9
}

/// Makes the rows, writes them for R, times the fit and writes its coefficients.
pub fn run(rows: u32, dir: &Path) -> anyhow::Result<()> {
    let luck = Chance::new(1);
    let mut cells = Cells { width: 9, ..Cells::default() };
    let truth = [-2.0, 0.5, -0.4, 0.3, -0.2, 0.7, -0.6, 0.1, 0.0];
    for row in 0..rows {
        let mut x = [1.0; 9];
        for (column, value) in x.iter_mut().enumerate().skip(1) {
            let of = u32::try_from(column)?;
            // Four columns of 0 and 1, four of normal numbers.
            *value = if of <= 4 {
                f64::from(u8::from(luck.one(Purpose::Leave, of, row, 0) < 0.3))
            } else {
                luck.normal(Purpose::Coefficient, of, row, 0)
            };
        }
        let eta: f64 = x.iter().zip(truth).map(|(x, b)| x * b).sum();
        let event = luck.one(Purpose::Year, 0, row, 0) < 1.0 / (1.0 + (-eta).exp());
        cells.push(&x, 1.0, f64::from(u8::from(event)));
    }
    fs::create_dir_all(dir)?;
    let bytes = |values: &[f64]| values.iter().flat_map(|v| v.to_le_bytes()).collect::<Vec<u8>>();
    fs::write(dir.join("x.bin"), bytes(&cells.x))?;
    fs::write(dir.join("y.bin"), bytes(&cells.events))?;
    let mut seconds = Vec::new();
    let mut told = String::new();
    for _ in 0..7 {
        let before = cpu();
        let fit = cells.fit(&[]).map_err(|e| anyhow::anyhow!("{e}"))?;
        seconds.push(cpu() - before);
        told = fit.coefficients.iter().chain(&fit.se).map(|v| format!("{v:.17e}\n")).collect();
    }
    seconds.sort_by(f64::total_cmp);
    let median = seconds[seconds.len() / 2];
    fs::write(dir.join("ours.txt"), format!("{median}\n{told}"))?;
    println!("takeroot: {rows} rows x 9, {median:.3} s of CPU (median of 7)");
    Ok(())
}
