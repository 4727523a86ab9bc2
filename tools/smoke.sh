#!/usr/bin/env bash
# `make run` as a newcomer does it: served, the overview fetched as a demo user, stopped by Ctrl-C.
set -euo pipefail
cd "$(dirname "$0")/.."
data=$(mktemp -d)
log="$data/run.log"
port=$(.venv/bin/python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])' 2>/dev/null || echo 8123)
echo "== make run on port $port"
setsid env -u DATABASE_URL SOKHU_DATA="$data" PORT="$port" make run >"$log" 2>&1 &
server=$!
trap 'kill -INT -- -$server 2>/dev/null || true; sleep 1; rm -rf "$data"' EXIT
for _ in $(seq 240); do
  (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break
  kill -0 "$server" 2>/dev/null || { cat "$log"; echo "make run ended before it served"; exit 1; }
  sleep 1
done
cat "$log"
.venv/bin/python tools/smoke.py "http://127.0.0.1:$port"
kill -INT -- -"$server"
wait "$server" || status=$?
[ "${status:-0}" -le 130 ] || { echo "make run ended with ${status}"; exit 1; }
echo "smoke: served, overview fetched, stopped"
