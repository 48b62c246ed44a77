#!/usr/bin/env bash
# Run the tests on both cores: on one what needs no screen, then the long whole systems that have no
# window; on the other the windows and then the other whole systems. Each of the four is a process of
# its own, so that none inherits another's Qt. Arguments go to all four.
set -uo pipefail
cd "$(dirname "$0")/.."
python=.venv/bin/python
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT

unseen=(tests/installer tests/e2e/test_{backup,bridge_process,faults,killed_bridge,killed_command}.py)

{
  "$python" -m pytest tests/unit tests/conformance tests/wire tests/matrix -q "$@"
  echo $? >"$logs/codes"
  "$python" -m pytest "${unseen[@]}" -q "$@"
  echo $? >>"$logs/codes"
} >"$logs/first" 2>&1 &
first=$!
"$python" -m pytest tests/gui -q "$@"
codes=($?)
"$python" -m pytest tests/e2e "${unseen[@]/#/--ignore=}" -q "$@"
codes+=($?)
wait "$first" || codes+=(1)
cat "$logs/first"
mapfile -t -O "${#codes[@]}" codes <"$logs/codes"
# pytest's 5 means "no test matched these arguments": fine for some of the four, not for all
[ "${codes[*]}" = "5 5 5 5" ] && exit 5
for code in "${codes[@]}"; do
  if [ "$code" -ne 0 ] && [ "$code" -ne 5 ]; then exit "$code"; fi
done
