#!/usr/bin/env bash
# Run standard input as a script in a root of its own: in_root.sh SCRATCH PACKAGES
# Called in fresh mount and pid namespaces, as root; everything written there is in memory.
set -euo pipefail
scratch=$1 packages=$2
mount --make-rprivate /
mount -t tmpfs tmpfs "$scratch"
mkdir "$scratch"/{upper,work,root}
mount -t overlay overlay -o "lowerdir=/,upperdir=$scratch/upper,workdir=$scratch/work" "$scratch/root"
root=$scratch/root
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount --rbind /sys "$root/sys"
for hidden in run tmp root home "$(cut -d/ -f2 <<<"$(dirname "$(realpath "$0")")")"; do
  mount -t tmpfs -o mode=1777 tmpfs "$root/$hidden"
done
mkdir -p "$root/packages"
mount --bind "$packages" "$root/packages"
# the maintainers' scripts must not speak to this machine's own services
exec chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 \
  DEBIAN_FRONTEND=noninteractive bash -s
