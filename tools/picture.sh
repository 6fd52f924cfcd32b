#!/usr/bin/env bash
# picture.sh - docs/roster.png, the README's picture: the first page of the example's roster.
set -euo pipefail
cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"${BUILD:-build/release}/amends" roster -q examples/pdu.json -o "$scratch/out"
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1000,1180 \
    --screenshot="$PWD/docs/roster.png" "file://$scratch/out/roster.html" >/dev/null 2>&1
