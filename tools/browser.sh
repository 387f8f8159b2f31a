#!/usr/bin/env bash
# The pages in a real browser: tools/browser.sh [WORD…], where a word runs the stories whose names hold it. The browser and a
# Chinese font are installed where that is possible; where not, it says what it leaves out, and in CI that is a failure.
# UPDATE_PICTURES=1 takes the pictures of docs/pictures anew; WHOLE_PICTURES=DIR takes pictures of whole pages, to look at.
set -euo pipefail
cd "$(dirname "$0")/.."
left_out() {
  echo "skipped: the browser tests ($1)" >&2
  if [ -n "${CI:-}" ]; then exit 1; else exit 0; fi
}
browser() {
  for path in "${CHROMIUM:-}" /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome; do
    if [ -n "$path" ] && [ -x "$path" ]; then echo "$path"; return; fi
  done
}
chinese() { command -v fc-list >/dev/null && [ -n "$(fc-list :lang=zh-cn family 2>/dev/null)" ]; }
if { [ -z "$(browser)" ] || ! chinese; } && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "installing the packages chromium and fonts-noto-cjk for the browser tests" >&2
  (apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium fontconfig fonts-noto-cjk) >/dev/null 2>&1 || true
fi
command -v npm >/dev/null || left_out "no npm found; install Node"
CHROMIUM=$(browser)
[ -n "$CHROMIUM" ] || left_out "no Chromium found; install the package chromium, or set CHROMIUM"
export CHROMIUM
chinese || echo "note: no Chinese font found; pictures would show boxes (package fonts-noto-cjk)" >&2
if [ -n "${UPDATE_PICTURES:-}" ] && ! chinese; then exit 1; fi
# What is there already is left alone, so that a machine without a network can run them again.
if ! cmp -s tests/browser/package-lock.json tests/browser/node_modules/.of; then
  (cd tests/browser && npm ci --silent --no-fund --no-audit) || left_out "npm ci failed in tests/browser"
  cp tests/browser/package-lock.json tests/browser/node_modules/.of
fi
cargo build --locked
node tests/browser/run.mjs "${CARGO_TARGET_DIR:-target}/debug/takeroot" "$@"
