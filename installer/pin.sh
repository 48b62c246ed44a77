#!/usr/bin/env bash
# Write constraints.txt: the newest versions pyproject.toml allows, each with its hashes and without
# the address of any index. Needs uv, which this script installs into .venv.
set -euo pipefail
cd "$(dirname "$0")/.."
.venv/bin/python -m pip install --quiet uv
.venv/bin/uv pip compile pyproject.toml --extra dev --upgrade --universal --python-version 3.11 \
  --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --quiet \
  --output-file constraints.txt
echo "== $(grep -c '==' constraints.txt) packages pinned in constraints.txt"
