#!/usr/bin/env bash
# Curves and hazards held to R, all of its answers computed anew: tools/r.sh. R is installed where that is possible; where not,
# it says what it leaves out, and in CI that is a failure. (Answers that were kept are compared on every machine.)
set -euo pipefail
cd "$(dirname "$0")/.."
stands() { command -v Rscript >/dev/null && Rscript --vanilla -e 'library(survival)' >/dev/null 2>&1; }
if ! stands && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "installing the packages r-base-core and r-cran-survival for the comparison with R" >&2
  (apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends r-base-core r-cran-survival) >/dev/null 2>&1 || true
fi
if ! stands; then
  echo "skipped: the live comparison with R (not found; install the packages r-base-core and r-cran-survival)" >&2
  if [ -n "${CI:-}" ]; then exit 1; else exit 0; fi
fi
TAKEROOT_TEST_R=needed cargo test --locked --quiet --workspace --test r -- --nocapture
