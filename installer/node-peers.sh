#!/usr/bin/env bash
# Install the JavaScript programs the tests check us against into .peers/ (git-ignored), pinned,
# through whatever registry npm is configured for.
set -euo pipefail
cd "$(dirname "$0")/.."

MODBUS_SERIAL=8.0.25

if ! command -v npm >/dev/null; then
  echo "npm is missing: installer/system-packages.sh peers installs it" >&2
  exit 1
fi
if [ "$(node -p 'require("./.peers/node_modules/modbus-serial/package.json").version' 2>/dev/null)" = "$MODBUS_SERIAL" ]; then
  exit 0
fi
echo "== JavaScript peers into .peers/: modbus-serial $MODBUS_SERIAL"
mkdir -p .peers
# serialport is optional and compiles native code; Modbus/TCP does not need it
npm install --prefix .peers --no-save --no-package-lock --omit=optional --ignore-scripts \
  --no-audit --no-fund --loglevel=error "modbus-serial@$MODBUS_SERIAL"
