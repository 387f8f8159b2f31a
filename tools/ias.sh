#!/usr/bin/env bash
# The backtest on real officers: tools/ias.sh PROGRAM [FOLDER]. Fitted to the end of 2010, compared with 2011 to 2020. The data are no
# part of this repository (docs/lab-spells.md says why, and where they come from); without them it says so and does nothing.
set -euo pipefail
cd "$(dirname "$0")/.."
program=${1:-./target/debug/takeroot}
data=${2:-../shared/data/careers-ias}
if [ ! -f "$data/officers.csv.gz" ]; then
  echo "skipped: the backtest on real officers ($data is not there)" >&2
  exit 0
fi
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
"$program" lab backtest "$data" --map tests/spells/ias.toml --until 2010-12-31 --through 2020-12-31 --json > "$out/report.json"
node - "$out/report.json" <<'JS'
const report = JSON.parse(require("node:fs").readFileSync(process.argv[2], "utf8"));
const must = (what, holds) => { if (!holds) { console.error(`does not hold: ${what}`); process.exitCode = 1; } };
const read = report.read;
const told = read.spells + read.not_taken.reduce((sum, flaw) => sum + flaw.count, 0) + Object.values(read.aside).reduce((a, b) => a + b, 0);
must("every row is a spell, or told", told === read.rows);
must("ten years are compared", report.all.periods.length === 10);
must("every cause has a hazard", report.hazards.causes.every((hazard) => hazard.error === null));
// What docs/lab-spells.md says of these officers.
const { model, last_years_rate, cohorts_rate } = report.all.errors;
must("half the error of the naive forecasts", model.mae < 0.6 * Math.min(last_years_rate.mae, cohorts_rate.mae));
must("resignations are forecast no better than naively, and it says so",
  report.causes.find((series) => series.cause === "resign").model_better === false && report.verdict.length > 0);
must("intervals that hold something", report.all.coverage["80"] >= 0.6 && report.coverage.groups["80"] >= 0.7);
const row = (name, errors) => console.log(`${name.padEnd(24)} ${errors.mae.toFixed(1).padStart(6)} a year, ${(100 * errors.wape).toFixed(1)} %`);
console.log(`real officers, 2011-2020: 80 % intervals held ${100 * report.all.coverage["80"]} % of the yearly totals; mean errors:`);
row("hazards", model);
row("last year's rate", last_years_rate);
row("rate by service", cohorts_rate);
JS
