#!/usr/bin/env bash
# Install all three packages and play the demo as an ordinary person; run inside in_root.sh.
set -euo pipefail
apt-get install -y -qq --no-install-recommends /packages/beffroi-*.deb desktop-file-utils
systemd-analyze verify beffroi-bridge.service beffroi-field.service
desktop-file-validate /usr/share/applications/beffroi-console.desktop
update-alternatives --query beffroi | grep -q 'Value: /usr/lib/beffroi/console/beffroi'
beffroi territory make-small /etc/beffroi/territory
beffroi doctor || { echo 'something is missing'; exit 1; }
useradd --create-home --home-dir /home/claire claire
runuser -u claire -- beffroi demo --offscreen \
  --territory /etc/beffroi/territory --out /tmp/claire
ls /tmp/claire/*.png >/dev/null && echo 'the demo was played'
