#!/usr/bin/env bash
# The office with the demonstration county, in the browser. Its data stay under out/data: the next run goes on with them.
# In CI it checks itself and ends: sign in, look at the pages, stop.
set -euo pipefail
takeroot=$1
port=${PORT:-8080}
free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
while ! free "$port"; do port=$((port + 1)); done
mkdir -p out/data
address=http://127.0.0.1:$port
if [ "${TAKEROOT_LANG:-zh}" = en ]; then
  roles="organization department zuzhi · HR bureau renshe · finance bureau caizheng · township head xiangzhen · organ HR clerk renshi
civil servant geren · auditor shenji · system administrator guanli · policy analyst zhengce"
  said="Sign in at $address (password of all: takeroot-demo; everyone is invented):"
else
  roles="组织部 zuzhi · 人社局 renshe · 财政局 caizheng · 乡镇负责人 xiangzhen · 单位人事干部 renshi
公务员本人 geren · 审计员 shenji · 系统管理员 guanli · 政策研究 zhengce"
  said="在 $address 登录（密码都是 takeroot-demo；人员均为虚构）："
fi
if [ -z "${CI:-}" ]; then
  printf '%s\n%s\n\n' "$said" "$roles"
  opener=$(command -v xdg-open || command -v open || true)
  if [ -t 1 ] && [ -n "$opener" ] && { [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname)" = Darwin ]; }; then
    (until ! free "$port"; do sleep 1; done; "$opener" "$address" >/dev/null 2>&1) &
  fi
  exec "$takeroot" serve --demo --data out/data --listen "127.0.0.1:$port"
fi
data=$(mktemp -d)
"$takeroot" serve --demo --data "$data" --listen "127.0.0.1:$port" > "$data/log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -rf "$data"' EXIT
for _ in $(seq 300); do
  free "$port" || break
  kill -0 "$server" 2>/dev/null || { cat "$data/log"; exit 1; }
  sleep 1
done
curl -fsS "$address/health" >/dev/null
curl -fsS -c "$data/cookies" -o /dev/null -d 'name=zuzhi&password=takeroot-demo' -H "Origin: $address" "$address/sign-in"
for page in / /roster /import /forms /person/1; do
  curl -fsS -b "$data/cookies" -o "$data/page" "$address$page"
  grep -q '</html>' "$data/page" || { echo "$page is not whole"; exit 1; }
  echo "$page: $(wc -c < "$data/page") bytes"
done
printf '%s\n%s\n' "$said" "$roles"
