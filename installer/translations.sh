#!/usr/bin/env bash
# Compile every text into resources/translations/beffroi_<language>.qm, for a package that shall not
# need lrelease where it runs. A checkout needs none of this: the console builds what is missing
# into the user's cache (console/app_texts.py).
set -euo pipefail
cd "$(dirname "$0")/.."
python="${PYTHON:-.venv/bin/python}"
"$python" - <<'PY'
from pathlib import Path

from console.app_texts import LANGUAGES, build, sources

for language in LANGUAGES:
    found = sources(language)
    target = Path("resources/translations") / f"beffroi_{language}.qm"
    build(found, target)
    print(f"{target}: {len(found)} files")
PY
