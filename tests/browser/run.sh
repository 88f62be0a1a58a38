#!/bin/sh
# Tests the page of `byname report` in a real browser. It installs nothing: what is missing is told, and how to get it.
#
#   BYNAME    the program [default: what was built last under target/]
#   CHROMIUM  the browser [default: chromium, chromium-browser or google-chrome in PATH]
#   AXE       axe.min.js of the npm package axe-core [default: node_modules/axe-core/axe.min.js]
set -eu
cd "$(dirname "$0")/../.."

missing=""
need() { missing="$missing
  $1"; }

BYNAME="${BYNAME:-$PWD/$(ls -t target/debug/byname target/release/byname 2>/dev/null | head -n 1)}"
[ -f "$BYNAME" ] || need "the program: cargo build"
for name in chromium chromium-browser google-chrome; do
    [ -n "${CHROMIUM:-}" ] || CHROMIUM="$(command -v "$name" || true)"
done
[ -x "${CHROMIUM:-}" ] || need "Chromium: apt-get install chromium"
python3 -c 'import playwright' 2>/dev/null || need "Playwright for Python: pip install playwright"
AXE="${AXE:-$PWD/node_modules/axe-core/axe.min.js}"
[ -f "$AXE" ] || need "axe-core: npm install --no-save axe-core"
if [ -n "$missing" ]; then
    echo "The browser tests need:$missing" >&2
    exit 2
fi

export BYNAME CHROMIUM AXE
exec python3 tests/browser/report.py "$@"
