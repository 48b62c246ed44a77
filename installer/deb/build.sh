#!/usr/bin/env bash
# Build the Debian packages: build.sh [OUT [bridge|field|console …]]
#
# Each package carries its own copy of the program and of every library it needs, as pinned with
# hashes in constraints.txt, under /usr/lib/beffroi/PART: nothing is fetched at installation and no
# other Python program of the machine is touched. It runs on the Python it was built for.
# BEFFROI_VERSION overrides the version, for trying upgrades.
set -euo pipefail
cd "$(dirname "$0")/../.."
out=$(realpath -m "${1:-out/deb}")
shift || true
parts=("${@:-}")
[ -n "${parts[0]}" ] || parts=(bridge field console)

python=/usr/bin/python3
if [ ! -x "$python" ]; then
  echo "build.sh: $python is missing: the packages run on Debian's own Python. Install python3." >&2
  exit 2
fi
minor=$("$python" -c 'import sys; print(sys.version_info.minor)')
arch=$(dpkg --print-architecture)
version=${BEFFROI_VERSION:-$(.venv/bin/python -c 'import tomllib
print(tomllib.load(open("pyproject.toml", "rb"))["project"]["version"])')}
# one moment for all files, so that the same commit makes the same package
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null || date +%s)
export SOURCE_DATE_EPOCH

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
[ -x .venv/bin/uv ] || .venv/bin/python -m pip install --quiet uv
uv=(.venv/bin/uv --quiet)

echo "== beffroi $version for Python 3.$minor on $arch"
.venv/bin/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir "$work" .
wheel=$(echo "$work"/beffroi-*.whl)

# What a part needs of Debian, as its own control file's Depends; the console's libraries are those
# of system-packages.sh, named in one place.
depends() {
  echo -n "python3 (>= 3.$minor), python3 (<< 3.$((minor + 1)))"
  if [ "$1" = console ]; then
    installer/system-packages.sh list runtime | grep -v '^python3-venv$' | sed 's/^/, /' | tr -d '\n'
  fi
}

build() {
  local part=$1 root=$work/$1 lib=$work/$1/usr/lib/beffroi/$1 own=installer/deb/$1
  mkdir -p "$root/DEBIAN" "$root/usr/bin" "$lib"
  # the versions of constraints.txt, of this part's requirements only
  "${uv[@]}" pip compile pyproject.toml --extra "$part" --constraint constraints.txt --generate-hashes \
    --python-version "3.$minor" --no-emit-index-url --no-emit-find-links --no-header \
    --output-file "$work/$part.txt"
  "${uv[@]}" pip install --python "$python" --target "$lib" --require-hashes -r "$work/$part.txt"
  "${uv[@]}" pip install --python "$python" --target "$lib" --no-deps "$wheel"
  # PySide's own scripts deploy other people's programs; one is a template that does not compile
  rm -rf "$lib/bin" "$lib/.lock" "$lib/PySide6/scripts"
  if [ "$version" != "$(basename "$wheel" | cut -d- -f2)" ]; then
    # a version to try an upgrade with: the program must say it of itself
    sed -i "s/^Version: .*/Version: $version/" "$lib"/beffroi-*.dist-info/METADATA
  fi
  "$python" -m compileall -q -j 2 --invalidation-mode unchecked-hash "$lib"

  [ ! -d "$own/root" ] || cp -a "$own/root/." "$root/"
  install -D -m 644 LICENSE "$root/usr/share/doc/beffroi-$part/copyright"
  # the pages point at each other; the pictures are the repository's
  (cd docs && find . -name '*.md' -exec install -D -m 644 {} "$root/usr/share/doc/beffroi-$part/{}" ';')
  for unit in "installer/beffroi-$part.service"; do
    [ ! -f "$unit" ] || install -D -m 644 -t "$root/lib/systemd/system" "$unit"
  done
  install -m 755 installer/deb/launcher.py "$root/usr/bin/beffroi-$part"
  # `beffroi` finds the commands of every part that is installed; alternatives say whose file it is
  install -D -m 755 installer/deb/launcher.py "$lib/beffroi"

  local size
  size=$(du -sk "$root" | cut -f1)
  sed -e "s/@VERSION@/$version/g" -e "s/@ARCH@/$arch/" -e "s/@SIZE@/$size/" \
    -e "s/@DEPENDS@/$(depends "$part" | sed 's/[&/]/\\&/g')/" "$own/control" >"$root/DEBIAN/control"
  for script in preinst postinst prerm postrm; do
    [ ! -f "$own/$script" ] || install -m 755 "$own/$script" "$root/DEBIAN/$script"
  done
  if [ -d "$root/etc" ]; then
    find "$root/etc" -type f -printf '/etc/%P\n' | sort >"$root/DEBIAN/conffiles"
  fi
  find "$root" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
  mkdir -p "$out"
  dpkg-deb --root-owner-group -Zzstd -z3 --build "$root" "$out/beffroi-${part}_${version}_$arch.deb" >/dev/null
  rm -rf "$root"
  echo "== $(du -h "$out/beffroi-${part}_${version}_$arch.deb")"
}

for part in "${parts[@]}"; do build "$part"; done
