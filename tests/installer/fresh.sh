#!/usr/bin/env bash
# Run bridge and field by their own units on a machine that was booted: see fresh_machine.sh.
set -euo pipefail
fail() { echo "$*"; journalctl --no-pager -n 40 -u beffroi-bridge -u beffroi-field | cut -c1-300; exit 1; }
until_true() {  # until_true SECONDS WORDS...: wait for a command to succeed
  for _ in $(seq $((5 * $1))); do "${@:2}" >/dev/null 2>&1 && return; sleep 0.2; done
  fail "waited $1 s for: ${*:2}"
}
live() { python3 -c 'import json, urllib.request
health = json.load(urllib.request.urlopen("http://127.0.0.1:8470/health"))
assert health["live"] and not health["links_down"], health'; }
main() { systemctl show --property=MainPID --value "beffroi-$1"; }
began_anew() { [ "$(main bridge)" != "$1" ] && [ "$(main bridge)" != 0 ] && live; }

beffroi territory make-small /etc/beffroi/territory >/dev/null
cp -r /etc/beffroi/territory /etc/beffroi/field-territory
systemctl start beffroi-field
systemctl enable --now beffroi-bridge
until_true 30 live
echo "bridge: $(systemctl is-active beffroi-bridge) as $(stat -c %U /proc/"$(main bridge)")"
echo "field: $(systemctl is-active beffroi-field) as $(systemctl show --property=DynamicUser beffroi-field), \
$(stat -c %u /proc/"$(main field)")"

# a console at the bridge that is hardened as its unit says: keys, a password, a whole picture
export BEFFROI_DATA=/var/lib/beffroi
as_bridge() { runuser -u beffroi -- "$@"; }
as_bridge beffroi keys new desk --data /var/lib/beffroi --enroll --out /tmp/desk \
  --bridge tcp://127.0.0.1:7461 >/dev/null
echo porte-guillaume-21 | as_bridge beffroi users add claire --data /var/lib/beffroi \
  --role supervisor --name Claire --password-file - >/dev/null
cat >/tmp/sign_in.py <<'CONSOLE'
import queue, sys, time
sys.path.insert(0, "/usr/lib/beffroi/console")
from pathlib import Path
from backend_bridge.contract.times import SystemClock
from console.link.settings import load
from console.link.thread import LinkThread
from console.state.world import World
batches, clock = queue.Queue(), SystemClock()
world, link = World(clock), LinkThread(load(Path("/tmp/desk")), batches.put, clock)
link.start()
end_s = time.monotonic() + 60
signing = None
while not (world.points.state and world.liveness.live) and time.monotonic() < end_s:
    if signing is None or (signing.done() and signing.exception()):
        signing = link.sign_in("claire", "porte-guillaume-21", "supervisor")
    try:
        world.apply(batches.get(timeout=0.1))
    except queue.Empty:
        pass
    world.tick()
link.stop()
print("signed in:", world.session is not None, "points:", len(world.points.state) > 100)
CONSOLE
as_bridge python3 /tmp/sign_in.py

# killed, it is started again; standing still, it is ended and started again
before=$(main bridge); kill -KILL "$before"; until_true 30 began_anew "$before"; echo 'back after a kill'
before=$(main bridge); kill -STOP "$before"; until_true 60 began_anew "$before"; echo 'back after a hang'

beffroi admin backup /root/copy.zip --data /var/lib/beffroi >/dev/null
systemctl stop beffroi-bridge
beffroi admin restore /root/copy.zip --data /var/lib/beffroi >/dev/null
systemctl start beffroi-bridge; until_true 30 live
beffroi admin audit verify --config /etc/beffroi/bridge.toml
before=$(main bridge)
apt-get install -y -qq --reinstall --no-install-recommends /var/tmp/*/beffroi-bridge_*.deb >/dev/null
until_true 30 began_anew "$before"; echo 'back after an installation'
beffroi doctor || fail 'something is missing'
systemctl stop beffroi-bridge beffroi-field
[ "$(systemctl is-active beffroi-bridge)" = inactive ] || fail "$(systemctl status --no-pager beffroi-bridge)"
useradd --create-home claire
runuser -u claire -- beffroi demo --offscreen --territory /etc/beffroi/territory --out /tmp/claire >/tmp/said 2>&1 ||
  { tail -20 /tmp/said; exit 1; }
ls /tmp/claire/*.png >/dev/null && echo 'the demo was played'
