#!/usr/bin/env bash
# Upgrade a bridge that runs on an older store, by the package's own scripts; run inside in_root.sh.
# The older bridge is the package in /packages/older; without one, its store is taken as recorded.
set -euo pipefail
store=/var/lib/beffroi/store.sqlite
older=(/packages/older/beffroi-bridge_*.deb)
[ -f "${older[0]}" ] || older=(/packages/beffroi-bridge_*.deb)
apt-get install -y -qq --no-install-recommends "${older[0]}"
beffroi territory make-small /etc/beffroi/territory --cabinets 2 --lamps 4
sed -i 's/tcp:..\*:7461/tcp:\/\/127.0.0.1:0/; s/127.0.0.1:8470/127.0.0.1:0/' /etc/beffroi/bridge.toml

# stands in for the service manager, which this root has not: it knows one unit, which is active
mkdir -p /run/systemd/system
cat >/usr/bin/systemctl <<'UNIT'
#!/bin/bash
echo "$*" >>/tmp/systemctl
[ "$*" = 'try-restart beffroi-bridge.service' ] || exit 0
if [ -s /tmp/pid ]; then
  kill -TERM "$(cat /tmp/pid)"
  while kill -0 "$(cat /tmp/pid)" 2>/dev/null; do sleep 0.1; done
fi
setsid setpriv --reuid=beffroi --regid=beffroi --clear-groups --no-new-privs \
  beffroi-bridge --config /etc/beffroi/bridge.toml >/tmp/ready 2>/tmp/log </dev/null &
echo $! >/tmp/pid
UNIT
chmod 755 /usr/bin/systemctl
ready() {
  for _ in $(seq 300); do grep -qs '^bridge ready' /tmp/ready && return; sleep 0.1; done
  cat /tmp/log; exit 1
}
entries() {  # a digest of the first so many entries of the journal, as they lie in the file
  python3 - "$store" "$1" <<'LOOK'
import hashlib, sqlite3, sys
rows = sqlite3.connect(sys.argv[1]).execute(
    "SELECT seq, at_ms, kind, payload FROM journal ORDER BY seq LIMIT ?", (int(sys.argv[2]),))
print(hashlib.sha256(repr(rows.fetchall()).encode()).hexdigest())
LOOK
}
revision() { python3 -c 'import sqlite3, sys
print(sqlite3.connect(sys.argv[1]).execute("SELECT version_num FROM alembic_version").fetchone()[0])' "$1"; }

if [ -d /packages/older ]; then
  systemctl try-restart beffroi-bridge.service; ready
else
  python3 -c 'import sqlite3, sys
sqlite3.connect(sys.argv[1]).executescript(open("/packages/store-0002.sql").read())' "$store"
  chown beffroi:beffroi "$store"; chmod 600 "$store"
fi
test "$(revision "$store")" = 0002
count=$(python3 -c 'import sqlite3, sys
print(sqlite3.connect(sys.argv[1]).execute("SELECT count(*) FROM journal").fetchone()[0])' "$store")
test "$count" -gt 0
before=$(entries "$count")

: >/tmp/ready; : >/tmp/systemctl
apt-get install -y -qq --no-install-recommends /packages/upgrade/beffroi-bridge_*.deb
ready
uniq /tmp/systemctl | diff - <(printf 'daemon-reload\ntry-restart beffroi-bridge.service\n')
address=$(grep -o 'http=http://[^ ]*' /tmp/ready | cut -d= -f2)
python3 -c 'import json, sys, urllib.request
health = json.load(urllib.request.urlopen(sys.argv[1] + "/health"))
assert health["live"] and health["version"] == "99.1", health' "$address"
test "$(entries "$count")" = "$before" && echo "kept: $count entries"
copy=$(ls "$store".before-*)
test "$(revision "$copy")" = 0002 && test "$(stat -c '%U %a' "$copy")" = 'beffroi 600' && echo 'copied before'
echo "schema: $(revision "$store")"
beffroi admin audit verify --config /etc/beffroi/bridge.toml
kill -TERM "$(cat /tmp/pid)"
