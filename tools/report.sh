#!/usr/bin/env bash
# The practitioners' five proposals and their sum on the demonstration county, against the law of the day and the rules of 2013, ten years: as
# PDF in Chinese and English, and what is read first as Markdown. tools/report.sh PROGRAM DAY [FOLDER]; PEOPLE, YEARS, REPLICATES and SENSE
# (empty for no screening) may be set.
set -euo pipefail
cd "$(dirname "$0")/.."
program=${1:-./target/debug/takeroot}
day=${2:-2026-07-01}
out=${3:-out/report}
people=${PEOPLE:-2000}
mkdir -p "$out"
"$program" demo --people "$people" --seed 1 --out "$out/county" --on "$day" --force
sense=()
[ -z "${SENSE-1}" ] || sense=(--sense)
"$program" lab report --roster "$out/county" --on "$day" --base law --base as-in-2013 \
  --with township-tilt one-rise-one-fall fewer-burdens-more-capacity difficulties-and-hopes one-reduction-one-increase --each --sum \
  --years "${YEARS:-10}" --replicates "${REPLICATES:-100}" --seed 1 "${sense[@]}" \
  --pdf "$out/report.zh.pdf" --pdf "$out/report.en.pdf" --markdown "$out/report.zh.md" --markdown "$out/report.en.md"
# What it says on the demonstration county is kept in docs/lab-report.md, below a mark; title and notice stand there already.
if [ -n "${PAGE:-}" ]; then
  page=docs/lab-report.md
  { sed '/^<!-- from here on/q' "$page"; echo; sed -n '/^## /,$p' "$out/report.en.md" | sed -E 's/^(#+) /#\1 /' | sed -e :a -e '/^\n*$/{$d;N;ba' -e '}'; } > "$out/page.md"
  mv "$out/page.md" "$page"
fi
