#!/usr/bin/env bash
# Run the tests on both cores: what needs no screen in one process, beside it the windows and then
# the whole systems, each in a process of its own so that none inherits another's Qt. Arguments go
# to all three.
set -uo pipefail
cd "$(dirname "$0")/.."
python=.venv/bin/python
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT

"$python" -m pytest tests/unit tests/conformance tests/wire tests/matrix -q "$@" >"$logs/first" 2>&1 &
first=$!
"$python" -m pytest tests/gui -q "$@"
codes=($?)
"$python" -m pytest tests/e2e tests/installer -q "$@"
codes+=($?)
wait "$first"
codes+=($?)
cat "$logs/first"
# pytest's 5 means "no test matched these arguments": fine for some of the three, not for all
[ "${codes[*]}" = "5 5 5" ] && exit 5
for code in "${codes[@]}"; do
  if [ "$code" -ne 0 ] && [ "$code" -ne 5 ]; then exit "$code"; fi
done
