#!/usr/bin/env bash
# Every test, those on PostgreSQL and in a browser too: a server of our own is started for them and stopped by its process id. Where there is no
# PostgreSQL and none can be installed, it says so and runs the rest; in CI that is a failure.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)
if [ -z "$bin" ] && command -v postgres >/dev/null; then bin=$(dirname "$(command -v postgres)"); fi
if [ -z "$bin" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  (apt-get update && apt-get install -y --no-install-recommends postgresql) >/dev/null 2>&1 || true
  bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)
fi
if [ -n "${TAKEROOT_TEST_POSTGRES:-}" ]; then
  :
elif [ -z "$bin" ]; then
  echo "skipped: the tests on PostgreSQL (no server found; install the package postgresql)" >&2
  [ -z "${CI:-}" ] || exit 1
else
  home=$(mktemp -d)
  as=()
  if [ "$(id -u)" = 0 ]; then
    chown postgres "$home"
    as=(runuser -u postgres --)
  fi
  # A free port, as the system gives it.
  port=$(node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
  (cd "$home" && "${as[@]}" "$bin/initdb" -D "$home/db" -U takeroot -A trust -E UTF8 --no-locale >/dev/null)
  (cd "$home" && "${as[@]}" "$bin/pg_ctl" -D "$home/db" -w -t 60 -l "$home/log" \
    -o "-p $port -k $home -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200" start >/dev/null)
  trap 'kill -INT "$(head -n 1 "$home/db/postmaster.pid")" 2>/dev/null || true; sleep 1; rm -rf "$home"' EXIT
  export TAKEROOT_TEST_POSTGRES="postgres://takeroot@127.0.0.1:$port/postgres"
fi
code=0
cargo test --workspace --locked "$@" || code=1
# Both run, so that one look shows everything that is amiss. Whoever asks for some of the tests gets those alone.
[ $# -gt 0 ] || ./tools/r.sh || code=1
[ $# -gt 0 ] || ./tools/browser.sh || code=1
exit "$code"
