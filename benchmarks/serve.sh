#!/usr/bin/env bash
# serve.sh [SECONDS] - how fast `amends-publish serve` is: 200 clients of wrk on this computer, while
# nothing changes and while the feeds are replaced over and over. Needs wrk (Debian).
set -eu
cd "$(dirname "$0")/.."
publish=${BUILD:-build/release}/amends-publish
seconds=${1:-5}
command -v wrk >/dev/null || { echo "wrk is not installed" >&2; exit 1; }
scratch=$(mktemp -d)
trap 'touch "$scratch/stop"; kill $(jobs -p) 2>/dev/null; wait; rm -rf "$scratch"' EXIT
tests/publish/serve_folder.py make "$scratch/feeds" 100 >"$scratch/tokens"
export TOKENS=$scratch/tokens
: >"$scratch/out"
"$publish" serve --from "$scratch/feeds" --listen 127.0.0.1:0 --rate 0 --quiet >"$scratch/out" &
server=$!
until url=$(sed -n 's/^Serving at //p' "$scratch/out") && [ -n "$url" ]; do sleep 0.1; done

round() {
    echo "$1"
    timeout $((seconds + 60)) wrk -t 2 -c 200 -d "${seconds}s" --latency --timeout 30s \
        -s tests/publish/serve_load.lua "$url" | grep -E '^ +(50|99)%|Requests/sec|Transfer/sec|LOAD'
    echo "  memory of the server: $(awk '/VmHWM/ {print $2, $3}' "/proc/$server/status") at most"
}
round "feeds stay as they are (100 feeds of about 12 kB, 200 clients, $seconds s)"
tests/publish/serve_folder.py replace "$scratch/feeds" "$scratch/stop" >"$scratch/rounds" &
round "feeds are replaced over and over"
