#!/usr/bin/env bash
# Run the tests in two halves so that both cores work: one process takes what needs a screen or a
# whole system (gui, e2e), the other the rest. Arguments go to both.
set -uo pipefail
cd "$(dirname "$0")/.."
python=.venv/bin/python
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT

"$python" -m pytest tests/unit tests/conformance tests/wire -q "$@" >"$logs/first" 2>&1 &
first=$!
"$python" -m pytest tests/gui tests/e2e -q "$@"
second_rc=$?
wait "$first"
first_rc=$?
cat "$logs/first"
# pytest's 5 means "no test matched these arguments": fine for one half, not for both
if [ "$first_rc" -eq 5 ] && [ "$second_rc" -eq 5 ]; then exit 5; fi
for rc in "$first_rc" "$second_rc"; do
  if [ "$rc" -ne 0 ] && [ "$rc" -ne 5 ]; then exit "$rc"; fi
done
