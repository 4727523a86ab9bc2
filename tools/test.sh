#!/usr/bin/env bash
# Lint, and every test: on SQLite, then on PostgreSQL; the browser journeys run with the first.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
data=$(mktemp -d)
trap '[ -z "${lint:-}" ] || kill "$lint" || true; rm -rf "$data"' EXIT
measured=(tests/core tests/books tests/gold)  # counting lines takes time: only where it says something
without_database=("${measured[@]}" tests/documents tests/browser tests/test_{problems,rooms,wheel}.py tests/web/test_translations.py)
postgres=${DATABASE_URL:-}
unset DATABASE_URL

if ! command -v chromium >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "== chromium, from Debian's packages"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; } >"$data/apt.log" 2>&1 \
    || tail -n 5 "$data/apt.log"
fi
if ! command -v chromium >/dev/null; then
  echo "!! No Chromium: the browser journeys in tests/browser can NOT run here. Install the package 'chromium'."
fi

echo "== tests of the core and of the reader, with coverage of the core; lint beside them"  # mypy knows one processor
make -s lint >"$data/lint.log" 2>&1 & lint=$!
failed=0
$bin/pytest -q -n 2 --dist worksteal --cov=sokhu.core --cov-branch --cov-report= "${measured[@]}" "$@" || failed=$?
wait "$lint" || failed=$?
lint=
cat "$data/lint.log"
[ "$failed" = 0 ] || exit "$failed"
$bin/coverage report --skip-covered | tail -n 25
$bin/coverage report --format=total --fail-under=98 >/dev/null

echo "== tests on SQLite"
$bin/pytest -q -n 2 --dist worksteal "${measured[@]/#/--ignore=}" "$@"

echo "== tests on PostgreSQL"
DATABASE_URL="$postgres" $bin/python tools/with_postgres.py $bin/pytest -q -n 2 --dist worksteal "${without_database[@]/#/--ignore=}" "$@"
