#!/usr/bin/env bash
# run-serve.sh - `amends-publish serve`, as curl, vdirsyncer and two hundred clients of wrk see it.
#
# On this computer alone, at a port that is free. Times are printed nowhere and asserted nowhere:
# benchmarks/serve.sh measures. WRAP=valgrind... wraps the server. Prints TAP.
set -u
cd "$(dirname "$0")/../.." || exit 1
BUILD=${BUILD:-build/release}
publish=$BUILD/amends-publish
make -s "$publish" "$BUILD/amends" >/dev/null || exit 1

scratch=$(mktemp -d)
server=
stop_server() {
    if [ -n "$server" ]; then
        kill -TERM "$server" 2>/dev/null
        wait "$server"
    fi
    server=
}
trap 'stop_server; rm -rf "$scratch"' EXIT
export HOME=$scratch XDG_CONFIG_HOME=$scratch/config no_proxy='*'

# shellcheck source=tests/support/tap.sh
. tests/support/tap.sh

folder=$scratch/feeds
tests/publish/serve_folder.py make "$folder" 12 >"$scratch/tokens" || exit 1
token=$(head -n 1 "$scratch/tokens")
revoked=$(printf '%064d' 7)
touch "$folder/revoked/$revoked"

# start_server OPTION...: $url is where it is reached.
start_server() {
    : >"$scratch/out"
    # shellcheck disable=SC2086  # WRAP is a command with its options
    ${WRAP:-} "$publish" serve --from "$folder" --listen 127.0.0.1:0 "$@" \
        >"$scratch/out" 2>>"$scratch/log" &
    server=$!
    for _ in $(seq 300); do
        url=$(sed -n 's/^Serving at //p' "$scratch/out")
        [ -n "$url" ] && return 0
        sleep 0.1
    done
    echo "the server did not start" >&2
    cat "$scratch/log" >&2
    exit 1
}

# status EXPECTED CURL-ARGUMENT...
status() {
    local expected=$1 got
    shift
    got=$(curl -s -m 20 -o /dev/null -w '%{http_code}' "$@")
    [ "$got" = "$expected" ] || { echo "status $got"; return 1; }
}
# has LINE CURL-ARGUMENT...: the head of the answer has this line.
has() {
    local line=$1 head
    shift
    head=$(curl -s -m 20 -o /dev/null -D - "$@" | tr -d '\r')
    grep -qixF -- "$line" <<<"$head" || { echo "$head"; return 1; }
}
lacks() { ! has "$@" >/dev/null; }
lacks_name() { ! curl -s -m 20 -o /dev/null -D - "${@:2}" | grep -i "^$1:"; }
same_bytes() { curl -s -m 20 "${@:2}" | cmp - "$1"; }
etag() { curl -s -m 20 -o /dev/null -D - "$@" | tr -d '\r' | sed -n 's/^ETag: //Ip'; }
nothing() { [ -z "$(curl -s -m 20 "$@")" ]; }
differ() { [ -n "$1" ] && [ "$1" != "$2" ]; }
usage() { # usage TEXT ARGUMENT...: refused as a mistake on the command line, saying TEXT
    local text=$1 said code
    shift
    said=$(timeout 20 "$publish" serve "$@" 2>&1)
    code=$?
    [ $code = 2 ] && [[ $said == *"$text"* ]] || { echo "$code: $said"; return 1; }
}

start_server
feed=$url$token.ics
file=$folder/feeds/$token.ics
check "a feed is served" same_bytes "$file" "$feed"
check "as a calendar" has "Content-Type: text/calendar; charset=utf-8" "$feed"
check "with its length" has "Content-Length: $(stat -c %s "$file")" "$feed"
check "with the hash of its bytes as tag" has "ETag: \"$(sha256sum <"$file" | cut -c1-64)\"" "$feed"
for line in "Cache-Control: private, no-cache" "Referrer-Policy: no-referrer" \
    "X-Robots-Tag: noindex" "X-Content-Type-Options: nosniff"; do
    check "with $line" has "$line" "$feed"
    check "and on errors too: $line" has "$line" "${url}nothing"
done
check "without gzip unless asked" lacks "Content-Encoding: gzip" "$feed"
check "gzipped when asked" has "Content-Encoding: gzip" -H "Accept-Encoding: gzip" "$feed"
check "gzip unpacks to the feed" same_bytes "$file" --compressed "$feed"
check "gzip refused by weight zero" lacks "Content-Encoding: gzip" -H "Accept-Encoding: gzip;q=0" \
    "$feed"
check "the gzipped form has a tag of its own" differ "$(etag "$feed")" \
    "$(etag -H 'Accept-Encoding: gzip' "$feed")"
check "HEAD has the same head" has "Content-Length: $(stat -c %s "$file")" -I "$feed"
check "HEAD has no body" nothing -I -o /dev/null "$feed"
tag=$(etag "$feed")
check "304 to who has it" status 304 -H "If-None-Match: $tag" "$feed"
check "304 to a weak tag" status 304 -H "If-None-Match: W/$tag" "$feed"
check "304 to a list" status 304 -H "If-None-Match: \"a\", W/\"b\", $tag" "$feed"
check "304 to a star" status 304 -H "If-None-Match: *" "$feed"
check "304 has no body" nothing -H "If-None-Match: $tag" "$feed"
check "304 tells no length" lacks_name Content-Length -H "If-None-Match: $tag" "$feed"
check "304 has the tag" has "ETag: $tag" -H "If-None-Match: $tag" "$feed"
check "304 to HEAD" status 304 -I -H "If-None-Match: $tag" "$feed"
check "200 to another tag" status 200 -H "If-None-Match: \"a\"" "$feed"
check "304 to the gzipped tag, gzipped" status 304 -H "Accept-Encoding: gzip" \
    -H "If-None-Match: $(etag -H 'Accept-Encoding: gzip' "$feed")" "$feed"
check "404 to an unknown token" status 404 "$url$(printf '%064d' 1).ics"
check "410 to a revoked one" status 410 "$url$revoked.ics"
check "404 to the top" status 404 "$url"
check "404 to the folder" status 404 "${url}feeds/$token.ics"
check "404 to the ledger" status 404 --path-as-is "$url../ledger.json"
check "404 to what climbs out" status 404 --path-as-is "$url../../../../../../etc/passwd"
check "404 to what climbs out encoded" status 404 --path-as-is "$url%2e%2e%2f%2e%2e%2fetc%2fpasswd"
check "404 to an encoded token" status 404 "$url$(sed 's/^./%3&/' <<<"0${token:1}").ics"
check "404 to capitals" status 404 "$url${token^^}.ics"
check "404 to the gzip file" status 404 "$feed.gz"
for method in POST PUT DELETE OPTIONS PROPFIND TRACE; do
    check "405 to $method" status 405 -X "$method" "$feed"
done
check "405 says what is understood" has "Allow: GET, HEAD" -X POST -d abc "$feed"
head -c 3000000 /dev/zero >"$scratch/large"
check "405 to a large body before it is sent" status 405 -T "$scratch/large" "$feed"
check "431 to a head that is too large" status 431 \
    -H "X: $(head -c 40000 /dev/zero | tr '\0' a)" "$feed"
check "and serves on" status 200 "$feed"
start_again() {
    stop_server
    start_server "$@"
    feed=$url$token.ics
}

# ---- a subscription ----

subscribe() {
    mkdir -p "$scratch/seen"
    cat >"$scratch/vdirsyncer.conf" <<END
[general]
status_path = "$scratch/status/"
[pair web]
a = "there"
b = "here"
collections = null
conflict_resolution = "a wins"
[storage there]
type = "http"
url = "$feed"
[storage here]
type = "filesystem"
path = "$scratch/seen/"
fileext = ".ics"
END
    yes | vdirsyncer -c "$scratch/vdirsyncer.conf" discover web || return 1
}
sync_web() { vdirsyncer -c "$scratch/vdirsyncer.conf" sync web; }
seen_are() { [ "$(find "$scratch/seen" -name '*.ics' | wc -l)" = "$1" ]; }
events=$(grep -c BEGIN:VEVENT "$file")
check "vdirsyncer subscribes" subscribe
check "vdirsyncer's first sync" sync_web
check "it has every event" seen_are "$events"
publish_version() { # a new version of the first feed
    python3 -c 'import sys; sys.path.insert(0, "tests/publish"); import serve_folder as f
f.publish(sys.argv[1], sys.argv[2], int(sys.argv[3]), False)' "$folder" "$token" "$1"
}
check "a new version with other events" publish_version 100000
check "vdirsyncer's second sync" sync_web
check "it has the new events" seen_are "$(grep -c BEGIN:VEVENT "$file")"
silent() {
    local said
    said=$(sync_web 2>&1) || { echo "$said"; return 1; }
    # it names the pair that it syncs, and nothing else
    said=$(grep -v '^Syncing ' <<<"$said")
    [ -z "$said" ] || { echo "$said"; return 1; }
}
check "the third sync is silent" silent

# ---- while feeds are replaced ----

tests/publish/serve_folder.py replace "$folder" "$scratch/stop" >"$scratch/rounds" &
replacing=$!
start_again --rate 0 --quiet
load() {
    TOKENS=$scratch/tokens timeout 120 wrk -t 2 -c 200 -d "$1" --timeout 30s \
        -s tests/publish/serve_load.lua "$url" >"$scratch/load" || return 1
    cat "$scratch/load"
    grep -qE '^LOAD good [1-9][0-9]* same [1-9][0-9]* bad 0 failed 0 ' "$scratch/load"
}
check "200 clients get nothing but whole feeds" load 4s
check "tags are of the bytes that came" tests/publish/serve_check.py "$url" "$scratch/tokens" 600
touch "$scratch/stop"
wait "$replacing"
check "feeds were replaced meanwhile" test "$(cat "$scratch/rounds")" -ge 3
rm "$scratch/stop"
warm() {
    local each
    while IFS= read -r each; do status 200 "$url$each.ics" || return 1; done <"$scratch/tokens"
}
check "every feed is asked for once" warm
tests/publish/serve_folder.py vanish "$folder" "$scratch/stop" >"$scratch/rounds" &
replacing=$!
check "nor is a file missed that is missing for a moment" load 3s
touch "$scratch/stop"
wait "$replacing"
check "files were missing meanwhile" test "$(cat "$scratch/rounds")" -ge 3

# The same with feeds of a roster, published over and over with a session now on, now off.
republished() {
    local case=$scratch/real which code rounds=0
    mkdir "$case" && cp examples/tiny.json "$case/on.json" &&
        jq '(.projects[] | select(.code == "PARK") | .sessions[0].overrides) =
            [{"date": "2026-03-07", "cancelled": true}]' examples/tiny.json >"$case/off.json" &&
        "$BUILD/amends" roster -q "$case/on.json" -o "$case/on" &&
        "$BUILD/amends" roster -q "$case/off.json" -o "$case/off" &&
        "$publish" folder -q "$case/on.json" "$case/on/roster.json" --to "$case/feeds" || return 1
    "$publish" list --in "$case/feeds" | sed 's/.* //; s/\.ics$//' >"$case/tokens"
    folder=$case/feeds
    start_server --rate 0 --quiet
    tests/publish/serve_check.py "$url" "$case/tokens" 2000 &
    local checking=$!
    while kill -0 "$checking" 2>/dev/null; do
        for which in off on; do
            "$publish" folder -q "$case/$which.json" "$case/$which/roster.json" --to "$folder" ||
                return 1
        done
        rounds=$((rounds + 1))
    done
    wait "$checking"
    code=$?
    stop_server
    [ $code = 0 ] && [ $rounds -ge 1 ] || { echo "$code after $rounds"; return 1; }
}
check "a roster published over and over: whole feeds alone" republished

# ---- who asks too often ----

start_again --rate 5
burst() {
    local codes=
    for _ in 1 2 3 4 5 6 7; do
        codes+=" $(curl -s -o /dev/null -w '%{http_code}' "$feed")"
    done
    [ "$codes" = " 200 200 200 200 200 429 429" ] || { echo "$codes"; return 1; }
}
check "after so many requests the answer is 429" burst
again() { curl -s -o /dev/null -D - "$feed" | grep -qE '^Retry-After: ([1-9]|1[0-2])\s$'; }
check "which says when to come again" again
forwarded() { status "$1" -H "X-Forwarded-For: 192.0.2.$2" "$feed"; }
check "who claims to be somebody else is not believed" forwarded 429 1
start_again --rate 1 --behind-proxy
check "a proxy on this computer is: one client" forwarded 200 1
check "the same client" forwarded 429 1
check "another client" forwarded 200 2
check "the last address counts, which the proxy adds" forwarded 429 "9, 192.0.2.2"

# ---- stopping, the log, the command line ----

# Ends the server; $code is what it ended with.
end_server() {
    kill -TERM "$server" 2>/dev/null
    wait "$server"
    code=$?
    server=
}
# A client that reads slowly when the server is told to stop.
slow_client() {
    python3 - "$url" "$token" "$server" "$file" <<'END'
import os, signal, socket, sys, time, urllib.parse
url, token, server, file = urllib.parse.urlsplit(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4]
s = socket.socket()
s.connect((url.hostname, url.port))
s.sendall(("GET /%s.ics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n" % token).encode())
got = s.recv(100)
os.kill(server, signal.SIGTERM)
time.sleep(0.6)
while True:
    part = s.recv(65536)
    if not part:
        break
    got += part
body = got.split(b"\r\n\r\n", 1)[1]
assert body == open(file, "rb").read(), (len(got), len(body))
END
}
start_again
head -c 6000000 /dev/zero | tr '\0' a >"$file"
check "told to stop, it ends what it was sending" slow_client
end_server
check "and then itself, with 0" test "$code" = 0
start_server
end_server
check "told to stop at once, it does" test "$code" = 0
start_server
feed=$url$token.ics
curl -s -o /dev/null "$feed"
curl -s -o /dev/null "$url$revoked.ics"
stop_server
no_token() {
    local each
    while IFS= read -r each; do
        ! grep -qi "${each:0:16}" "$scratch/log" || return 1
    done < <(cat "$scratch/tokens"; echo "$revoked")
}
log_line() { grep -qE "$1" "$scratch/log" || { tail -n 5 "$scratch/log"; return 1; }; }
hash=$(printf %s "$token" | sha256sum | cut -c1-12)
check "no token is in the log" no_token
check "but the beginning of its hash, and the rest" \
    log_line "^20[0-9-]{8}T[0-9:]{8}Z 127\.0\.0\.1 GET $hash 200 [0-9]+$"
check "a 304 has no bytes" log_line "127\.0\.0\.1 GET $hash 304 0$"
check "what is no token has no hash" log_line "127\.0\.0\.1 GET - 404 34$"
check "nothing but such lines" test "$(grep -cvE \
    '^20[0-9-]{8}T[0-9:]{8}Z [0-9.]+ (GET|HEAD|other) ([0-9a-f]{12}|-) [0-9]{3} [0-9]+( gzip)?( cut)?( \(.*\))?$' \
    "$scratch/log")" = 0
check "the network needs leave" usage "--allow-network" --from "$folder" --listen 0.0.0.0:0
check "an address is numbers" usage "127.0.0.1:8480" --from "$folder" --listen localhost:80
check "a folder is needed" usage "--from"
check "a rate is a number" usage "--rate" --from "$folder" --rate many
refused() {
    local said code
    said=$(timeout 20 "$publish" serve --from "$1" --listen 127.0.0.1:0 2>&1)
    code=$?
    [ $code = 1 ] && [[ $said == *"$1"* ]] || { echo "$code: $said"; return 1; }
}
check "a folder that is not ours is refused" refused "$scratch"
check "and one that is not there" refused "$scratch/none"
warns() {
    local said
    ${WRAP:-} "$publish" serve --from "$folder" --listen 0.0.0.0:0 --allow-network \
        >"$scratch/out" 2>"$scratch/warning" &
    server=$!
    for _ in $(seq 100); do [ -s "$scratch/out" ] && break; sleep 0.1; done
    stop_server
    said=$(cat "$scratch/warning")
    [[ $said == *TLS* ]] || { echo "$said"; return 1; }
}
check "with leave it warns of TLS" warns

finish
