#!/bin/sh
# Runs every benchmark. Needs cargo, g++, Python 3.11 or newer, and PyPI for OpenFisca and Mesa the first time.
#   bench/run.sh [PEOPLE]
set -eu
cd "$(dirname "$0")/.."
people=${1:-1000000}
out=target/bench
mkdir -p "$out"

cargo build --release
cargo build --release --manifest-path bench/Cargo.toml --target-dir target
if [ ! -x "$out/venv/bin/python" ]; then
    python3 -m venv "$out/venv"
    "$out/venv/bin/pip" install --quiet --requirement bench/openfisca/requirements.txt
fi

echo "== Standing of $people people: pay, next rank, minimum service"
target/release/takeroot-bench standing "$people" "$out/standing"
OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 "$out/venv/bin/python" bench/openfisca/bench.py "$out/standing" 15

echo "== Import of a one-sheet roster of 10000 rows"
target/release/takeroot-bench workbook 10000 "$out/roster.xlsx"
python3 bench/import.py target/release/takeroot "$out/roster.xlsx"

# The library that drives the browser.
[ -d tests/browser/node_modules ] || (cd tests/browser && npm ci --silent --no-fund --no-audit) || true

echo "== The office: 10000 people on SQLite"
target/release/takeroot-bench office target/release/takeroot 10000 "$out/office"

# R (the package r-base-core), where it stands.
if command -v Rscript >/dev/null; then
    echo "== A logit of 1000000 rows by 9 columns"
    target/release/takeroot-bench logit 1000000 "$out/logit"
    Rscript --vanilla bench/glm.R "$out/logit"
fi

echo "== The plain workload of a projection, beside numpy, Mesa and C++"
bench/peers/run.sh

# A PostgreSQL that is empty, for a hundred thousand people: BENCH_DATABASE=postgres://… bench/run.sh
if [ -n "${BENCH_DATABASE:-}" ]; then
    echo "== The office: 100000 people on PostgreSQL"
    target/release/takeroot-bench office target/release/takeroot 100000 "$out/office-large" "$BENCH_DATABASE"
fi
