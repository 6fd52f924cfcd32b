#!/usr/bin/env bash
# run-nginx.sh - the nginx snippet of docs/publish.md, in a real nginx. Prints TAP.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/publish/lib.sh
F=$scratch/published
week one 2026-03-02 2026-02-26
put one "$F" >/dev/null
old=$(basename "$(feed "$F" SV2)")
"$publish" revoke SV2 --in "$F" >/dev/null

port=$(/usr/bin/python3 -c '
import socket
with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    print(free.getsockname()[1])')
{
    echo "daemon off; pid $scratch/nginx.pid; error_log $scratch/error.log; worker_processes 1;"
    [ "$(id -u)" != 0 ] || echo "user root;"
    echo "events {} http { access_log $scratch/access.log;"
    for kind in client_body proxy fastcgi uwsgi scgi; do echo "${kind}_temp_path $scratch/tmp;"; done
    echo "server { listen 127.0.0.1:$port;"
    awk '/^```nginx$/ {inside = 1; next} inside && /^```$/ {exit} inside' docs/publish.md |
        sed "s|/srv/amends/published|$F|g"
    echo "} }"
} >"$scratch/nginx.conf"
PATH=$PATH:/usr/sbin
nginx -p "$scratch" -c "$scratch/nginx.conf" 2>"$scratch/said" &
server=$!
trap 'kill $server; rm -rf "$scratch"' EXIT
url=http://127.0.0.1:$port/feeds
for _ in $(seq 100); do curl -s -o /dev/null "$url/" && break; sleep 0.1; done

team=$(feed "$F" team)
token=$(basename "$team")
# answers STATUS PATH [OPTION...]
answers() {
    local status expected=$1 path=$2
    shift 2
    status=$(curl -s -o "$scratch/body" -D "$scratch/head" -w '%{http_code}' "$@" "$url/$path")
    [ "$status" = "$expected" ] || { echo "$status"; cat "$scratch/said" "$scratch/error.log"; return 1; }
}
header() { tr -d '\r' <"$scratch/head" | grep -qi "^$1" || { cat "$scratch/head"; return 1; }; }
unzips() { zcat "$scratch/body" | cmp - "$team"; }
no_token() { ! grep -F "${token%.ics}" "$scratch/access.log" "$scratch/error.log"; }
check "a feed" answers 200 "$token"
check "its bytes" cmp "$scratch/body" "$team"
check "text/calendar in UTF-8" header 'content-type: text/calendar; charset=utf-8$'
check "not to be kept by others, and asked for anew" header 'cache-control: private, no-cache$'
etag=$(tr -d '\r' <"$scratch/head" | sed -n 's/^ETag: //Ip')
check "a strong ETag" [ "${etag:0:1}" = '"' ]
check "unchanged: 304" answers 304 "$token" -H "If-None-Match: $etag"
put one "$F" >/dev/null
check "still so when the same is published again" answers 304 "$token" -H "If-None-Match: $etag"
check "gzipped" answers 200 "$token" -H 'Accept-Encoding: gzip'
check "as the file beside it" header 'content-encoding: gzip$'
check "which unzips to the feed" unzips
check "revoked: 410" answers 410 "$old"
check "unknown: 404" answers 404 "$(printf '0%.0s' $(seq 64)).ics"
check "nothing else is served: the ledger" answers 404 ../ledger.json --path-as-is
check "nor the list of feeds" answers 404 ""
check "nor a gzipped file by its name" answers 404 "$token.gz"
week two 2026-03-02 2026-03-03 cancel=PARK-A@2026-03-05
put two "$F" >/dev/null
check "changed: the new one" answers 200 "$token" -H "If-None-Match: $etag"
check "whole" cmp "$scratch/body" "$team"
check "no address in the log" no_token

finish
