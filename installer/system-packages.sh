#!/usr/bin/env bash
# Install the Debian packages Beffroi needs, and say which.
#   system-packages.sh runtime   what the console, the demo and the tests need to run
#   system-packages.sh peers     the independent programs the tests check us against
#   system-packages.sh fresh     what makes and boots a fresh machine (make fresh)
#   system-packages.sh list KIND print them, one a line, and install nothing
# Asks apt only for what is missing; without root it uses sudo, and without that it says what to do.
set -euo pipefail

runtime=(
  python3-venv                                        # .venv
  fonts-b612 fonts-dejavu-core                        # the console's type and its fallback
  fonts-noto-color-emoji                              # what people type on telephones
  libglib2.0-0 libpulse0                              # Qt and OpenCV; Qt's sound
  libegl1 libgl1 libxkbcommon-x11-0 libdbus-1-3 libfontconfig1   # Qt
  libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1     # Qt on X11
  libxcb-render-util0 libxcb-shape0 libxcb-xinerama0 libsm6 libice6
  libwayland-cursor0 libwayland-egl1                  # Qt on Wayland
  libnss3 libasound2 libxcomposite1 libxdamage1 libxrandr2 libxtst6 libxkbfile1  # QtWebEngine
)
peers=(
  xvfb xauth xdotool x11-utils x11-xserver-utils      # a real X server, a real keyboard, screens plugged
  mbpoll libmodbus-dev gcc libc6-dev                  # Modbus nobody here wrote
  nodejs npm                                          # and a third one
  iproute2                                            # network namespaces
  postgresql                                          # a shared store
  ffmpeg                                              # reads and makes the cameras' streams
  gir1.2-gst-rtsp-server-1.0 python3-gi               # an RTSP server
  gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad gstreamer1.0-plugins-ugly
)

fresh=(mmdebstrap systemd-container)

list=
if [ "${1:-}" = list ]; then list=1; shift; fi
case "${1:-}" in
  runtime) wanted=("${runtime[@]}") ;;
  peers) wanted=("${peers[@]}") ;;
  fresh) wanted=("${fresh[@]}") ;;
  *) echo "usage: $0 [list] runtime|peers|fresh" >&2; exit 2 ;;
esac
if [ -n "$list" ]; then printf '%s\n' "${wanted[@]}"; exit 0; fi

if ! command -v dpkg-query >/dev/null; then
  echo "== not a Debian system: install the equivalents of: ${wanted[*]}" >&2
  exit 0
fi

missing=()
for package in "${wanted[@]}"; do
  # a Node.js that came another way (nodesource bundles npm) serves as well
  if [[ $package =~ ^(nodejs|npm)$ ]] && command -v node >/dev/null && command -v npm >/dev/null; then
    continue
  fi
  state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$state" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if command -v sudo >/dev/null; then
    as_root=(sudo)
  else
    echo "Beffroi needs these Debian packages and cannot install them without root:" >&2
    echo "  apt-get install ${missing[*]}" >&2
    exit 1
  fi
fi
echo "== Debian packages to install: ${missing[*]}"
if [[ " ${missing[*]} " = *" postgresql "* ]]; then
  # the tests make servers of their own: none of Debian's may begin to run here
  "${as_root[@]}" mkdir -p /etc/postgresql-common/createcluster.d
  echo 'create_main_cluster = false' |
    "${as_root[@]}" tee /etc/postgresql-common/createcluster.d/beffroi.conf >/dev/null
fi
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
