#!/usr/bin/env bash
# Make a fresh Debian, install packages in it, boot it, and run standard input in it as a script:
# fresh_machine.sh SCRATCH PACKAGES
# Its own network has no way out; everything it writes is below SCRATCH.
set -euo pipefail
scratch=$1 packages=$2 root=$1/root
suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
sources=()
for file in /etc/apt/sources.list /etc/apt/sources.list.d/debian.sources; do
  [ ! -s "$file" ] || sources+=("$file")
done
mmdebstrap --quiet --variant=minbase --include=systemd-sysv,dbus \
  --customize-hook="copy-in $packages /var/tmp" \
  --customize-hook='chroot "$1" sh -c "apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends /var/tmp/*/*.deb"' \
  "$suite" "$root" "${sources[@]}" >"$scratch/made" 2>&1 || { tail -30 "$scratch/made" >&2; exit 1; }

systemd-nspawn --quiet --register=no --keep-unit --directory="$root" --boot --private-network \
  --link-journal=no --console=pipe </dev/null >"$scratch/console" 2>&1 &
machine=$!
off() {
  kill -TERM "$machine" 2>/dev/null || true
  for _ in $(seq 100); do kill -0 "$machine" 2>/dev/null || return 0; sleep 0.2; done
  kill -KILL "$machine" 2>/dev/null || true
}
trap off EXIT
for _ in $(seq 300); do
  first=$(pgrep -P "$machine" | head -1 || true)
  if [ -n "$first" ]; then
    state=$(nsenter --target "$first" --all systemctl is-system-running 2>/dev/null || true)
    [[ $state =~ ^(running|degraded)$ ]] && break
  fi
  sleep 0.2
done
[ "${state:-}" = running ] || { echo "the machine did not boot: ${state:-}" >&2; exit 1; }
nsenter --target "$first" --all env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 bash -s
