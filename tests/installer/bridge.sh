#!/usr/bin/env bash
# Install, start, back up, upgrade, restore and remove the bridge; run inside in_root.sh.
set -euo pipefail
apt-get install -y -qq --no-install-recommends /packages/beffroi-bridge_*.deb

# what is installed belongs to root, and nothing of it can be written by the bridge's user
test -z "$(find /usr/lib/beffroi /etc/beffroi ! -user root -o -perm /022 ! -type l | head -1)"
systemd-analyze verify beffroi-bridge.service
beffroi territory make-small /etc/beffroi/territory --cabinets 1 --lamps 4
sed -i 's/tcp:..\*:7461/tcp:\/\/127.0.0.1:0/; s/127.0.0.1:8470/127.0.0.1:0/' /etc/beffroi/bridge.toml
sed -i '/^\[http\]/a # an administrator was here' /etc/beffroi/bridge.toml

run() {  # start the bridge as its user, wait until it is ready, look, stop it
  setpriv --reuid=beffroi --regid=beffroi --clear-groups --no-new-privs \
    beffroi-bridge --config /etc/beffroi/bridge.toml >/tmp/ready 2>/tmp/log &
  for _ in $(seq 200); do grep -q '^bridge ready' /tmp/ready && break; sleep 0.1; done
  grep -q '^bridge ready' /tmp/ready || { cat /tmp/log; exit 1; }
  address=$(grep -o 'http=http://[^ ]*' /tmp/ready | cut -d= -f2)
  python3 - "$address" <<'END'
import json, sys, urllib.error, urllib.request
health = json.load(urllib.request.urlopen(sys.argv[1] + "/health"))
assert health["live"], health
print(f"sign of life: {health['version']}")
END
  echo "runs as $(stat -c %U /proc/$(pgrep -f 'beffroi-bridge --config' | head -1))"
  kill -TERM %1; wait %1
}
run
test "$(stat -c '%U %a' /var/lib/beffroi)" = "beffroi 700"
beffroi admin backup /tmp/copy.zip --data /var/lib/beffroi
beffroi doctor | tail -1

apt-get install -y -qq --no-install-recommends /packages/upgrade/beffroi-bridge_*.deb
grep -q 'an administrator was here' /etc/beffroi/bridge.toml
echo -n 'second '; run

# a backup put back by an administrator belongs to the bridge's user
beffroi admin restore /tmp/copy.zip --data /var/lib/beffroi
test -z "$(find /var/lib/beffroi ! -user beffroi -not -path '*/before-restore*' | head -1)"
beffroi admin audit verify --data /var/lib/beffroi
run >/dev/null
beffroi admin audit verify --config /etc/beffroi/bridge.toml

apt-get remove -y -qq beffroi-bridge
test ! -e /usr/bin/beffroi
test -s /var/lib/beffroi/store.sqlite && echo 'journal kept after removal'
